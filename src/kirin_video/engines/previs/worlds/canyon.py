"""A canyon: red walls in layers to both sides, buttes where it opens, a river or a sandy bed between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.massif import Strata, pillar
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_BED = np.array([0.74, 0.52, 0.36, 0.9], np.float32)
_DUST = np.array([0.80, 0.60, 0.42, 0.9], np.float32)
_BANDS = np.array(
    [
        [0.62, 0.30, 0.20, 0.7],
        [0.74, 0.42, 0.27, 0.7],
        [0.52, 0.25, 0.18, 0.7],
        [0.80, 0.56, 0.38, 0.7],
        [0.66, 0.35, 0.23, 0.7],
        [0.72, 0.50, 0.36, 0.7],
    ],
    np.float32,
)
_STRATA = Strata(((0.60, 0.30, 0.20), (0.76, 0.47, 0.30)), (0.70, 0.48, 0.32), 4.0, 0.6)
_KEYS = {
    TimeOfDay.DAWN: (-62.0, 22.0),
    TimeOfDay.DAY: (-74.0, 46.0),
    TimeOfDay.DUSK: (60.0, 20.0),
    TimeOfDay.NIGHT: (52.0, 40.0),
}
"""The sun comes over one rim and lights the other wall."""


def build(site: Site) -> Scene:
    """Build the canyon."""
    height = _height(site)
    stage = site.stage(height, 2.6, (0.0, sample_height(height, 0.0, -20.0) + 9.0, -60.0), 76.0)
    points, faces = water_mesh(
        height, -1.2, columns=120, rows=100, nearest_m=1.5, farthest_m=600.0, driest_m=0.6
    )
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.4, streaks=0.6),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site), site),
            center=(0.0, 0.0),
            rings=Rings(columns=1280, rows=640, farthest_m=3800.0, bands=((20.0, 260.0, 2.6),)),
            grain=Grain(amount=0.30, scale=4.0),
            wetness=0.2 if site.wet else 0.0,
            stride=3,
        ),
        parts=tuple(_parts(site, height)),
        water=Water(
            Surface.LAKE, -1.2, points, faces, (0.030, 0.10, 0.085), (0.16, 0.26, 0.18), swell=0.7, foam=0.0
        ),
        mirror_level_m=-1.2,
        shadow_radius_m=80.0,
        shadow_center=(0.0, -55.0),
    )


def _light(site: Site) -> Light:
    azimuth, elevation = _KEYS[site.plan.time]
    light = site.light()
    return replace(
        light,
        sun=direction(azimuth * site.side(3), elevation),
        # Red walls light each other.
        bounce=(light.bounce[0] * 1.3, light.bounce[1] * 1.15, light.bounce[2] * 1.05),
    )


def _course(site: Site, z: Field) -> Field:
    """Where the canyon's middle runs: x at z."""
    ahead, side = np.maximum(-z, -40.0), site.side(0)
    return side * (
        16.0 * np.sin(ahead / 75.0) * smoothstep(20.0, 90.0, ahead)
        + 0.0006 * np.maximum(ahead - 120.0, 0.0) ** 1.8
    )


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)
    side = site.side(0)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        off = np.abs(x - _course(site, z))
        ragged = 9.0 * noise.fbm(x / 42.0, z / 42.0, 4) + 3.0 * fine.fbm(x / 9.0, z / 9.0, 3)
        s = off + ragged * smoothstep(8.0, 30.0, off)
        # Cliffs and ledges by turns, as hard and soft rock lie.
        rise = np.clip(s - 24.0, 0.0, 150.0)
        steps = 0.0
        for k, (at, tall) in enumerate(((0.0, 19.0), (15.0, 26.0), (40.0, 22.0), (72.0, 30.0))):
            steps = steps + tall * smoothstep(at, at + 8.0 + 2.0 * k, rise)
        talus = 0.18 * np.clip(s - 14.0, 0.0, 12.0)
        bed = 0.5 * fine.fbm(x / 8.0, z / 8.0, 3)
        river = smoothstep(
            5.4, 3.0, np.abs(x - _course(site, z) + side * 8.5) + 1.3 * fine.fbm(x / 8.0, z / 8.0, 2)
        )
        rim = 6.0 * noise.fbm(x / 300.0, z / 300.0, 3) * smoothstep(90.0, 200.0, s)
        return (steps + talus + bed - 2.6 * river * smoothstep(500.0, 300.0, r) + rim).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        rough = noise.fbm(x / 22.0, z / 22.0, 4)
        at = (y + 2.4 * rough) / 4.6
        low = np.floor(at).astype(int)
        share = smoothstep(0.35, 0.65, at - low)
        n = len(_BANDS)
        stone = blend(_BANDS[low % n], _BANDS[(low + 1) % n], share)
        stone = stone * (1.0 + 0.22 * noise.fbm(x / 3.0, y / 1.5, 3))[..., None]
        sand = blend(_BED, _DUST, smoothstep(-0.3, 0.4, rough))
        return blend(
            sand,
            stone.astype(np.float32),
            np.maximum(smoothstep(0.10, 0.28, steep), smoothstep(4.0, 9.0, y) * 0.75),
        )

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng, side = site.rng(1), site.side(0)
    buttes = [
        pillar(site.noise(7), (x, -2.0, z), radius, high, _STRATA, sides=28, rows=24, taper=0.30)
        for x, z, radius, high in (
            (side * 6.0, -330.0, 34.0, 92.0),
            (-side * 46.0, -430.0, 46.0, 120.0),
            (side * 15.0, -105.0, 5.0, 26.0),
        )
    ]
    stones = [rock(rng, (1.0, 0.65, 0.8), (0.64, 0.38, 0.26)) for _ in range(4)]
    strewn: list[Place] = [
        (-side * 5.0, -9.5, 1.1),
        (-side * 6.6, -10.6, 0.6),
        (side * 9.5, -17.0, 1.7),
        *[
            (float(rng.uniform(-17.0, 17.0)), -float(rng.uniform(12.0, 90.0)), float(rng.uniform(0.3, 2.0)))
            for _ in range(26)
        ],
    ]
    scrub = [
        trees.bush(site.seed + k, ((0.34, 0.38, 0.18), (0.52, 0.54, 0.28)), detail=0.6) for k in range(2)
    ]
    tufts: list[Place] = [
        (float(rng.uniform(-18.0, 18.0)), -float(rng.uniform(7.0, 80.0)), float(rng.uniform(0.3, 0.8)))
        for _ in range(26)
    ]
    snowy = site.snowy
    return [
        Part(gather(buttes, snowy=snowy), Finish.HARD, casts=False, cell_m=0.0),
        Part(gather(plant(rng, stones, strewn, height, 0.2), snowy=snowy), Finish.HARD, cell_m=16.0),
        Part(gather(plant(rng, scrub, tufts, height), snowy=snowy), cell_m=16.0),
    ]
