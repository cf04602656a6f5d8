"""A volcano: a dark cone with a glowing crater, lava down its flanks, smoke over it, burnt land before it."""

# ruff: noqa: PLR0913, PLR0917 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import as_mesh, rock
from kirin_video.engines.previs.swarms import Swarm
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.plumes import column, fountain
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_BASALT = np.array([0.20, 0.18, 0.18, 1.0], np.float32)
_ASH = np.array([0.33, 0.30, 0.29, 1.0], np.float32)
_SCORCHED = np.array([0.30, 0.19, 0.15, 1.0], np.float32)
_FAR_M, _FOOT_M, _HIGH_M, _CRATER_M = 1040.0, 540.0, 285.0, 58.0
_GLOWING = np.array([[0.98, 0.78, 0.26], [0.98, 0.44, 0.08], [0.86, 0.20, 0.04]])


def build(site: Site) -> Scene:
    """Build the mountain and the field of lava before it."""
    height = _height(site)
    stage = site.stage(height, 2.4, (0.0, sample_height(height, 0.0, 0.0) + 13.5, -60.0), 72.0)
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.5, streaks=0.6),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site), site),
            center=(0.0, 0.0),
            rings=Rings(
                columns=1152, rows=480, farthest_m=4200.0, bands=((5.0, 60.0, 0.6), (350.0, 1400.0, 2.2))
            ),
            grain=Grain(amount=0.8, scale=5.0),
        ),
        parts=tuple(_parts(site, height)),
        swarms=_fire(site),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -36.0),
        round_rad=0.4,
    )


def _middle(site: Site) -> tuple[float, float]:
    return site.side(0) * 70.0, -_FAR_M


def _light(site: Site) -> Light:
    """Ash in the air reddens every hour, and what glows is always seen."""
    light = site.light(turn_deg=-30.0 * site.side(0), haze=0.8)
    warm = {TimeOfDay.DAY: 0.35, TimeOfDay.NIGHT: 0.5}.get(site.plan.time, 0.25)

    def ashen(color: tuple[float, float, float]) -> tuple[float, float, float]:
        level = sum(color) / 3.0
        red = (1.30 * level, 0.86 * level, 0.72 * level)
        r, g, b = (c * (1.0 - warm) + d * warm for c, d in zip(color, red, strict=True))
        return r, g, b

    return replace(
        light,
        sun=direction(-70.0 * site.side(3), 30.0),
        horizon=ashen(light.horizon),
        horizon_away=ashen(light.horizon_away),
        zenith=ashen(light.zenith),
        lamps=1.0,
        exposure=light.exposure * (0.84 if site.plan.time is TimeOfDay.DAY else 1.0),
        disc=0.0,
    )


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)
    mx, mz = _middle(site)

    def height(x: Field, z: Field) -> Field:
        r, d = np.hypot(x, z), np.hypot(x - mx, z - mz)
        turn = np.arctan2(x - mx, z - mz)
        gully = noise.ridged(np.cos(turn) * 3.1, np.sin(turn) * 3.1 + d / 900.0, 4)
        t = np.clip(1.0 - (d - _CRATER_M) / _FOOT_M, 0.0, 1.0)
        cone = _HIGH_M * t**1.75 + 34.0 * (gully - 0.4) * t * (1.0 - t) * 2.4
        bowl = 26.0 * smoothstep(_CRATER_M, 0.3 * _CRATER_M, d)
        crusts = (
            np.abs(fine.fbm(x / 7.0, z / 7.0, 4))
            * 1.6
            * smoothstep(2.0, 14.0, r)
            * smoothstep(260.0, 90.0, r)
        )
        hills = 46.0 * np.maximum(noise.fbm(x / 420.0 + 5.0, z / 420.0, 4), 0.0) * smoothstep(200.0, 600.0, r)
        return (np.maximum(cone - bowl, hills) + crusts + 0.3 * fine.fbm(x / 2.0, z / 2.0, 2)).astype(
            np.float32
        )

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)
    mx, mz = _middle(site)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        rough = noise.fbm(x / 9.0, z / 9.0, 4)
        color = blend(_BASALT, _ASH, smoothstep(-0.2, 0.5, rough + 0.4 * noise.fbm(x / 80.0, z / 80.0, 3)))
        d = np.hypot(x - mx, z - mz)
        color = blend(
            color, np.broadcast_to(_SCORCHED, color.shape), smoothstep(300.0, 60.0, d + 60.0 * rough) * 0.8
        )
        return blend(color, np.broadcast_to(_BASALT, color.shape), smoothstep(0.3, 0.5, steep) * 0.6)

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng = site.rng(1)
    stones = [rock(rng, (0.9, 0.6, 0.75), (0.20, 0.18, 0.18)) for _ in range(4)]
    strewn: list[Place] = [
        (float(rng.uniform(-20.0, 20.0)), -float(rng.uniform(7.0, 70.0)), float(rng.uniform(0.3, 1.9)))
        for _ in range(44)
    ]
    return [
        Part(gather(plant(rng, stones, strewn, height, 0.2), snowy=site.snowy), Finish.HARD, cell_m=16.0),
        Part(
            merge([*_flows(site, height), _lake(site, height), *_cracks(site, height)]),
            casts=False,
            cell_m=0.0,
        ),
    ]


def _flows(site: Site, height: Height) -> list[Mesh]:
    """Streams of lava from the rim towards the viewer, bright where they leave it, red where they cool."""
    rng, noise = site.rng(3), site.noise(9)
    mx, mz = _middle(site)
    flows: list[Mesh] = []
    for turn, long, half in ((0.15, 0.95, 13.0), (-0.62, 0.62, 8.0), (0.78, 0.7, 9.0), (-0.2, 0.4, 6.0)):
        t = np.linspace(0.0, 1.0, 70)
        d = 0.86 * _CRATER_M + t * long * 0.85 * _FOOT_M
        a = (
            turn
            + 0.16 * np.sin(5.0 * t + float(rng.uniform(0.0, 6.0))) * t
            + 0.05 * noise.fbm(t * 9.0, 0.0 * t + turn, 3)
        )
        wide = (
            half
            * (0.5 + 0.9 * t)
            * (1.0 - 0.75 * t)
            * (1.0 + 0.35 * noise.fbm(t * 14.0, 0.0 * t + 5.0 * turn, 3))
        )
        flows.append(_ribbon(mx + np.sin(a) * d, mz + np.cos(a) * d, np.maximum(wide, 0.8), t, height, 3.0))
    return flows


def _ribbon(x: Field, z: Field, half: Field, t: Field, height: Height, over_m: float) -> Mesh:
    along = np.stack([np.gradient(x), np.gradient(z)], 1)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.stack([-along[:, 1], along[:, 0]], 1)
    rows = [np.stack([x, z], 1) + across * (s * half)[:, None] for s in (-1.0, 0.0, 1.0)]
    flat = np.concatenate(rows)
    y = height(flat[:, 0].astype(np.float32), flat[:, 1].astype(np.float32)) + np.float32(over_m)
    points = np.stack([flat[:, 0], y, flat[:, 1]], 1)
    n, i = len(x), np.arange(len(x) - 1)
    faces = np.concatenate(
        [
            np.concatenate(
                [
                    np.stack([i + k, i + 1 + k, i + n + k], 1),
                    np.stack([i + 1 + k, i + n + 1 + k, i + n + k], 1),
                ]
            )
            for k in (0, n)
        ]
    )
    heat = np.clip(1.6 * np.concatenate([t + 0.45, t, t + 0.45]), 0.0, 2.0)
    low = np.minimum(heat.astype(int), 1)
    share = (heat - low)[:, None]
    color = _GLOWING[low] * (1.0 - share) + _GLOWING[low + 1] * share
    both = np.concatenate([faces, faces[:, ::-1]])
    return as_mesh(points, np.tile([0.0, 1.0, 0.2], (len(points), 1)), color, both, 0.0, 1.0)


def _lake(site: Site, height: Height) -> Mesh:
    """The glow in the crater."""
    mx, mz = _middle(site)
    a = np.linspace(0.0, 2.0 * np.pi, 25)[:-1]
    level = float(height(np.array([mx], np.float32), np.array([mz + 0.9 * _CRATER_M], np.float32))[0]) - 4.0
    rim = np.stack(
        [mx + 0.9 * _CRATER_M * np.cos(a), np.full(24, level), mz + 0.9 * _CRATER_M * np.sin(a)], 1
    )
    points = np.concatenate([rim, [[mx, level, mz]]])
    i = np.arange(24)
    faces = np.stack([i, np.full(24, 24), (i + 1) % 24], 1)
    return as_mesh(
        points,
        np.tile([0.0, 1.0, 0.0], (25, 1)),
        _GLOWING[0],
        np.concatenate([faces, faces[:, ::-1]]),
        0.0,
        1.0,
    )


def _cracks(site: Site, height: Height) -> list[Mesh]:
    """Red lines in the crust of the plain."""
    rng, noise = site.rng(4), site.noise(8)
    cracks: list[Mesh] = []
    for _ in range(9):
        x0, z0, turn = (
            float(rng.uniform(-60.0, 60.0)),
            -float(rng.uniform(26.0, 190.0)),
            float(rng.uniform(0.0, 3.1)),
        )
        t = np.linspace(0.0, 1.0, 26)
        long = float(rng.uniform(14.0, 46.0))
        wave = 4.0 * noise.fbm(6.0 * t + x0, 0.0 * t + z0, 3)
        x = x0 + long * (t - 0.5) * np.cos(turn) + wave
        z = z0 + long * (t - 0.5) * np.sin(turn) + wave
        half = 0.05 + 0.55 * np.sin(np.pi * t) * (1.0 + 0.6 * noise.fbm(11.0 * t + z0, 0.0 * t, 2))
        cracks.append(_ribbon(x, z, half, 0.55 + 0.0 * t, height, 0.10))
    return cracks


def _fire(site: Site) -> tuple[Swarm, ...]:
    rng, (mx, mz), side = site.rng(7), _middle(site), site.side(0)
    mouth = (mx, _HIGH_M - 6.0, mz)
    smoke = ((1.0, 0.34, 0.14), (0.22, 0.20, 0.20)) if site.dark else ((0.62, 0.34, 0.24), (0.30, 0.28, 0.28))
    wind = (-side * 5.0, 0.0, 2.0)
    return (
        column(rng, mouth, 44.0, life_s=15.0, tones=smoke, wind=wind, per_s=4.2),
        fountain(rng, mouth, 120.0, 3.4, per_s=34.0),
    )
