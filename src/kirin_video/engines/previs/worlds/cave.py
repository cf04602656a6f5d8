"""A cave: a hall of rock with stone that hangs and stands, a pool, light through a gap in its roof."""

# ruff: noqa: PLR2004 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Place as Asked
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import Color, rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.dripstone import dripstone, prism
from kirin_video.engines.previs.worlds.massif import Strata, wall
from kirin_video.engines.previs.worlds.plumes import shafts
from kirin_video.engines.previs.worlds.site import Place, Site, plant
from kirin_video.engines.previs.worlds.surface import water_mesh

_STONE = np.array([0.42, 0.37, 0.33, 0.9], np.float32)
_DARK = np.array([0.30, 0.27, 0.26, 0.9], np.float32)
_GLAZE = np.array([0.82, 0.90, 0.95, 0.3], np.float32)
_BLUE = np.array([0.56, 0.72, 0.84, 0.3], np.float32)
_HALF_M, _HIGH_M, _NEAR_M, _END_M = 15.0, 13.0, 14.0, -62.0
_OPEN_Z = -27.0
"""Where the roof is open."""
_SHAFTS = {
    TimeOfDay.DAWN: (1.0, 0.78, 0.56),
    TimeOfDay.DAY: (0.92, 0.96, 0.90),
    TimeOfDay.DUSK: (1.0, 0.62, 0.36),
    TimeOfDay.NIGHT: (0.46, 0.58, 0.86),
}
_CRYSTALS: tuple[Color, ...] = ((0.46, 0.62, 0.98), (0.74, 0.46, 0.96), (0.42, 0.90, 0.92))
_ICE = Strata(((0.50, 0.68, 0.82), (0.74, 0.86, 0.94)), (0.90, 0.94, 0.98), 2.2, 0.5)
_ROCK = Strata(((0.34, 0.29, 0.27), (0.50, 0.44, 0.39)), (0.40, 0.36, 0.32), 2.8, 0.3)


def build(site: Site) -> Scene:
    """Build the hall."""
    height = _height(site)
    level = -0.55
    stage = site.stage(height, 1.75, (0.0, sample_height(height, 0.0, 0.0) + 3.0, -26.0), 78.0)
    points, faces = water_mesh(
        height, level, columns=120, rows=80, nearest_m=1.5, farthest_m=80.0, driest_m=0.4
    )
    tone = _SHAFTS[site.plan.time]
    side = site.side(0)
    rng = site.rng(5)
    spots = np.stack(
        [rng.uniform(-3.4, 3.4, 7) + side * 2.0, np.full(7, 6.0), _OPEN_Z + rng.uniform(-3.0, 3.0, 7)], 1
    )
    way = np.array([side * 0.22, -1.0, 0.10])
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.0, light=light_for(site.plan.time, Weather.CLEAR)),
        weather=Weather.CLEAR,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(columns=896, rows=300, farthest_m=90.0, bands=((3.0, 40.0, 0.8),)),
            grain=Grain(amount=0.6, scale=6.0),
            wetness=0.3,
        ),
        parts=tuple(_parts(site, height)),
        swarms=(shafts(rng, spots, (0.9, 7.5), way, tone, opacity=0.13),),
        lamps=(
            Lamp((side * 2.0, 6.0, _OPEN_Z), tuple(2.3 * c for c in tone), 7.5),  # pyright: ignore[reportArgumentType]
            Lamp(
                (-side * 6.0, 2.4, -8.0),
                (0.85, 0.52, 0.26) if not _crystal(site) else (0.40, 0.52, 0.95),
                5.0,
            ),
            Lamp((side * 7.0, 2.0, -44.0), tuple(0.9 * c for c in tone), 8.0),  # pyright: ignore[reportArgumentType]
        ),
        water=Water(
            Surface.LAKE,
            level,
            points,
            faces,
            (0.008, 0.050, 0.060),
            (0.05, 0.17, 0.17),
            swell=0.25,
            foam=0.0,
        ),
        mirror_level_m=level,
        shadow_radius_m=30.0,
        shadow_center=(0.0, -20.0),
    )


def _crystal(site: Site) -> bool:
    return site.plan.place is Asked.CRYSTAL_CAVE


def _light(site: Site) -> Light:
    """No sky under rock: a little light from everywhere, and the sun only through the gap."""
    light = light_for(site.plan.time, Weather.CLEAR)
    dim = 0.55 if site.dark else 1.0
    air = (0.050 * dim, 0.058 * dim, 0.068 * dim)
    return replace(
        light,
        sun=direction(-16.0 * site.side(0), 74.0),
        sun_color=tuple(0.9 * dim * c for c in _SHAFTS[site.plan.time]),  # pyright: ignore[reportArgumentType]
        horizon=air,
        horizon_away=air,
        zenith=(0.075 * dim, 0.080 * dim, 0.090 * dim),
        glow=(0.0, 0.0, 0.0),
        bounce=(0.055 * dim, 0.048 * dim, 0.042 * dim),
        disc=0.0,
        haze_per_m=0.006,
        mist_per_m=0.012,
        mist_height_m=1.6,
        cover=0.0,
        stars=0.0,
        lamps=1.0,
        exposure=1.05,
        saturation=1.06,
        wind=0.0,
    )


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        rough = 0.30 * fine.fbm(x / 2.2, z / 2.2, 3) * smoothstep(1.0, 4.0, r)
        flank = 0.16 * np.clip(np.abs(x) - 7.0, 0.0, None) ** 1.5
        pool = smoothstep(
            1.05,
            0.7,
            np.hypot((x + site.side(0) * 1.0) / 6.5, (z + 23.0) / 10.0)
            + 0.25 * noise.fbm(x / 6.0, z / 6.0, 3),
        )
        return (
            rough + flank + 0.5 * noise.fbm(x / 9.0, z / 9.0, 2) * smoothstep(3.0, 9.0, r) - 1.5 * pool
        ).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)
    light, dark = (_GLAZE, _BLUE) if site.plan.place is Asked.ICE_CAVE else (_STONE, _DARK)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        return blend(light, dark, smoothstep(-0.3, 0.4, noise.fbm(x / 2.4, z / 2.4, 4)))

    return paint


def _shell(site: Site, strata: Strata) -> list[Mesh]:
    """Walls and roof as one bent sheet, open above the pool; and the wall where the hall ends."""
    noise = site.noise(4)
    a, z = np.meshgrid(np.linspace(-0.18, np.pi + 0.18, 54), np.linspace(_NEAR_M, _END_M, 58))
    size = (
        1.0
        + 0.30 * noise.fbm(np.cos(a) * 2.0 + 5.0, z / 9.0 + np.sin(a), 4)
        + 0.10 * noise.ridged(a * 3.0, z / 3.5, 3)
    )
    x = np.cos(a) * _HALF_M * size
    y = np.sin(a) * _HIGH_M * size - 1.0
    points = np.stack([x, y, z], -1).astype(np.float64)
    sheet = wall(points, noise, strata)
    hole = np.hypot(
        (sheet.positions[:, 0] - site.side(0) * 2.0) / 4.6, (sheet.positions[:, 2] - _OPEN_Z) / 5.5
    )
    gone = (hole < 1.0) & (sheet.positions[:, 1] > 0.6 * _HIGH_M)
    faces = sheet.faces[~gone[sheet.faces].any(1)]
    shell = Mesh(sheet.positions, sheet.normals, sheet.colors, sheet.glow, faces)
    u, v = np.meshgrid(np.linspace(-20.0, 20.0, 24), np.linspace(-2.0, 18.0, 14))
    end = np.stack([u, v, _END_M + 6.0 + 3.0 * noise.fbm(u / 6.0, v / 6.0, 3)], -1).astype(np.float64)
    return [shell, wall(end, noise, strata)]


def _spikes(site: Site, height: Height, stone: Color) -> list[Mesh]:
    rng, noise = site.rng(3), site.noise(5)
    made: list[Mesh] = []
    for k in range(110):
        x, z = float(rng.uniform(-12.5, 12.5)), -float(rng.uniform(5.0, 56.0))
        shade = float(rng.uniform(0.8, 1.2))
        tone = (stone[0] * shade, stone[1] * shade, stone[2] * shade)
        if k % 3:
            roof = (_HIGH_M - 0.5) * float(np.sqrt(max(1.0 - (x / (_HALF_M + 1.5)) ** 2, 0.04)))
            if np.hypot(x - site.side(0) * 2.0, z - _OPEN_Z) > 5.0:
                made.append(
                    dripstone(
                        noise,
                        (x, roof + 1.2, z),
                        -float(rng.uniform(1.8, 5.5)),
                        float(rng.uniform(0.18, 0.55)),
                        tone,
                    )
                )
        elif abs(x) > 4.6 + 0.08 * abs(z):
            foot = sample_height(height, x, z) - 0.2
            made.append(
                dripstone(
                    noise, (x, foot, z), float(rng.uniform(0.8, 3.6)), float(rng.uniform(0.25, 0.65)), tone
                )
            )
    return made


def _crystals(site: Site, height: Height) -> Mesh:
    """Clusters of pointed prisms that shine by themselves."""
    rng = site.rng(8)
    made: list[Mesh] = []
    for _ in range(44):
        x, z = float(rng.choice((-1.0, 1.0))) * float(rng.uniform(3.6, 10.0)), -float(rng.uniform(5.0, 46.0))
        foot, tone = sample_height(height, x, z) - 0.1, _CRYSTALS[int(rng.integers(len(_CRYSTALS)))]
        for _ in range(int(rng.integers(4, 8))):
            way = np.array([rng.normal() * 0.5, 1.0, rng.normal() * 0.5])
            long = float(rng.uniform(0.5, 2.3))
            start = np.array([x, foot, z]) + np.array([way[0], 0.0, way[2]]) * 0.4
            made.append(prism(start, way / np.linalg.norm(way) * long, 0.10 + 0.07 * long, tone))
    return merge(made)


def _parts(site: Site, height: Height) -> list[Part]:
    rng = site.rng(1)
    icy = site.plan.place is Asked.ICE_CAVE
    strata, stone = (_ICE, (0.66, 0.82, 0.92)) if icy else (_ROCK, (0.46, 0.40, 0.35))
    stones = [rock(rng, (0.8, 0.55, 0.7), stone) for _ in range(3)]
    strewn: list[Place] = [
        (
            float(rng.choice((-1.0, 1.0))) * float(rng.uniform(3.2, 10.0)),
            -float(rng.uniform(4.0, 44.0)),
            float(rng.uniform(0.3, 1.4)),
        )
        for _ in range(30)
    ]
    parts = [
        Part(merge(_shell(site, strata)), Finish.HARD, casts=False, mirrored=True, cell_m=14.0),
        Part(merge(_spikes(site, height, stone)), Finish.HARD, casts=False, mirrored=True, cell_m=14.0),
        Part(merge(plant(rng, stones, strewn, height, 0.15)), Finish.HARD, mirrored=True, cell_m=14.0),
    ]
    if _crystal(site):
        parts.append(Part(_crystals(site, height), Finish.HARD, casts=False, mirrored=True, cell_m=14.0))
    return parts
