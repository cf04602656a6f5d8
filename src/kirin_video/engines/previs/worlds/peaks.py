"""Peaks in a sea of clouds: pillars of granite with crooked pines, one behind the other into the light."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.massif import Strata, pillar
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant

_GRANITE = Strata(((0.40, 0.37, 0.35), (0.52, 0.48, 0.44)), (0.20, 0.28, 0.15), 6.0)
_CLOUD = np.array([0.95, 0.95, 0.97, 0.1], np.float32)
_HOLLOW = np.array([0.78, 0.82, 0.90, 0.1], np.float32)
_TURF = np.array([0.33, 0.36, 0.20, 0.9], np.float32)
_STONE = np.array([0.46, 0.43, 0.40, 0.9], np.float32)
_LEDGE_M = 13.0
_CLOUDS_M = -16.0
_KEYS = {
    TimeOfDay.DAWN: (-17.0, 9.0),
    TimeOfDay.DAY: (-62.0, 34.0),
    TimeOfDay.DUSK: (16.0, 8.0),
    TimeOfDay.NIGHT: (-24.0, 20.0),
}


def build(site: Site) -> Scene:
    """Build the ledge, the clouds below it and the peaks beyond."""
    height = _height(site)
    stage = site.stage(height, 2.2, (0.0, sample_height(height, 0.0, 0.0) + 5.5, -60.0), 70.0)
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.8, streaks=1.0, milky_way=0.4 * site.dark),
        weather=site.plan.weather if site.plan.weather is not Weather.FOG else Weather.CLEAR,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=420, farthest_m=7000.0, bands=((30.0, 1200.0, 1.2),)),
            grain=Grain(amount=0.10, scale=0.8),
        ),
        parts=tuple(_parts(site, height)),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -30.0),
    )


def _light(site: Site) -> Light:
    light = light_for(site.plan.time, Weather.CLEAR)
    azimuth, elevation = _KEYS[site.plan.time]
    day = site.plan.time is TimeOfDay.DAY
    return replace(
        light,
        sun=direction(azimuth * site.side(3), elevation),
        haze_per_m=0.0007,
        # Shreds of cloud lie between the peaks: each stands paler than the one before it.
        mist_per_m=0.0022,
        mist_height_m=30.0,
        cover=0.30,
        exposure=light.exposure * (0.80 if day else 0.95),
        bounce=tuple(0.5 * z + 0.5 * h for z, h in zip(light.zenith, light.horizon, strict=True)),  # pyright: ignore[reportArgumentType]
    )


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        edge = r + 2.4 * fine.fbm(x / 5.0, z / 5.0, 3) + 0.35 * np.clip(-z, -6.0, 20.0)
        ledge = 0.5 * fine.fbm(x / 7.0, z / 7.0, 3) * smoothstep(2.0, 7.0, r)
        swell = 10.0 * noise.fbm(x / 330.0, z / 330.0, 3) * smoothstep(60.0, 400.0, r)
        heaps = (1.0 - noise.ridged(x / 120.0, z / 120.0, 4, 0.5)) * 15.0 + (
            1.0 - fine.ridged(x / 34.0, z / 34.0, 4, 0.5)
        ) * 4.0
        clouds = _CLOUDS_M - 12.0 + heaps + swell
        on = smoothstep(_LEDGE_M + 3.0, _LEDGE_M, edge)
        return (clouds * (1.0 - on) + ledge * on).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(4)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        seam = smoothstep(0.45, 0.85, noise.ridged(x / 38.0, z / 38.0, 4, 0.5))
        cloud = blend(_CLOUD, _HOLLOW, seam * 0.8)
        bare = smoothstep(-0.1, 0.3, noise.fbm(x / 2.6, z / 2.6, 4) + 1.5 * steep)
        ledge = blend(_TURF, _STONE, bare)
        near = smoothstep(_LEDGE_M + 9.0, _LEDGE_M + 7.0, np.hypot(x, z)) * smoothstep(-9.0, -4.0, y)
        return blend(cloud, ledge, near)

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng, side = site.rng(1), site.side(0)
    noise = site.noise(6)
    towers: list[Mesh] = []
    crowns: list[Place] = []
    tops: list[float] = []
    for x, z, radius, high in _stand(site):
        foot = (x, _CLOUDS_M - 26.0, z)
        towers.append(
            pillar(noise, foot, radius, 1.35 * high + 26.0, _GRANITE, sides=44, rows=38, taper=0.38)
        )
        for _ in range(7):
            a, off = float(rng.uniform(0.0, 6.28)), 0.30 * radius * float(rng.random())
            crowns.append(
                (
                    x + off * np.cos(a),
                    z + off * np.sin(a),
                    float(rng.uniform(0.6, 1.1)) * (1.0 + 0.02 * radius),
                )
            )
            tops.append(_CLOUDS_M + 1.35 * high - 0.05 * radius - 1.3 * off)
    pines = [trees.pine(site.seed * 5 + k, sides=6, tiers=4) for k in range(3)]
    on_top = [
        pines[k % 3].moved((x, y, z), float(rng.uniform(0.0, 6.28)), s)
        for k, ((x, z, s), y) in enumerate(zip(crowns, tops, strict=True))
    ]
    own = [trees.acacia(site.seed * 3 + k) for k in range(2)]
    by_us: list[Place] = [(-side * 6.6, -9.0, 0.62), (side * 9.0, -6.0, 0.5)]
    stones = [rock(rng, (0.9, 0.6, 0.75), (0.44, 0.41, 0.38)) for _ in range(3)]
    strewn: list[Place] = [
        (-side * 7.6, -8.0, 1.4),
        (-side * 5.4, -10.5, 0.9),
        (side * 6.4, -9.4, 1.1),
        (side * 2.6, -11.6, 0.5),
    ]
    snowy = site.snowy
    return [
        Part(gather(towers, snowy=snowy), Finish.HARD, casts=False, cell_m=90.0),
        Part(gather(on_top, snowy=snowy), casts=False, cell_m=90.0),
        Part(merge(plant(rng, own, by_us, height, 0.15)), cell_m=12.0),
        Part(gather(plant(rng, stones, strewn, height, 0.15), snowy=snowy), Finish.HARD, cell_m=12.0),
    ]


def _stand(site: Site) -> list[tuple[float, float, float, float]]:
    """Where the peaks stand: x, z, radius and how high over the clouds; a gap between two groups."""
    rng, side = site.rng(2), site.side(0)
    near = [
        (side * 62.0, -118.0, 19.0, 40.0),
        (side * 92.0, -150.0, 24.0, 60.0),
        (side * 30.0, -128.0, 12.0, 30.0),
        (-side * 78.0, -150.0, 26.0, 52.0),
        (-side * 54.0, -172.0, 15.0, 34.0),
        (-side * 102.0, -190.0, 24.0, 74.0),
    ]
    for _ in range(24):
        far = far_off(rng, (230.0, 1900.0))
        turn = float(rng.uniform(-0.95, 0.95))
        size = 0.055 * far * float(rng.uniform(0.6, 1.3)) + 8.0
        near.append((np.sin(turn) * far, -np.cos(turn) * far, size, size * float(rng.uniform(1.2, 2.4))))
    return near
