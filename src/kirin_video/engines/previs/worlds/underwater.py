"""Under water: sand with dancing light, rocks, corals and weeds, blue distance."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.corals import brain, branching, kelp, sea_grass
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.site import Place, Site, plant

_SAND = np.array([0.80, 0.74, 0.58, 0.8], np.float32)
_SILT = np.array([0.52, 0.55, 0.44, 0.9], np.float32)
_WATERS = {
    TimeOfDay.DAWN: ((0.08, 0.30, 0.36), (0.30, 0.52, 0.50), 0.75),
    TimeOfDay.DAY: ((0.022, 0.21, 0.36), (0.20, 0.56, 0.66), 1.0),
    TimeOfDay.DUSK: ((0.06, 0.16, 0.27), (0.46, 0.36, 0.34), 0.62),
    TimeOfDay.NIGHT: ((0.012, 0.050, 0.105), (0.05, 0.13, 0.21), 0.32),
}
"""The water ahead, the water towards the surface, and how much light comes down."""


def build(site: Site) -> Scene:
    """Build the sea floor."""
    height = sea_floor(site)
    stage = site.stage(height, 1.5, (0.0, sample_height(height, 0.0, 0.0) + 2.2, -14.0))
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed),
        weather=Weather.CLEAR,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=384, farthest_m=260.0, bands=((3.0, 30.0, 0.6),)),
            grain=Grain(amount=0.25, scale=9.0, ripple=0.16, ripple_per_m=2.0),
        ),
        parts=tuple(_parts(site, height)),
        roughness=0.3,
        shadow_radius_m=26.0,
        shadow_center=(0.0, -13.0),
    )


def _light(site: Site) -> Light:
    ahead, above, level = _WATERS[site.plan.time]
    dull = 1.0 if site.plan.weather in {Weather.CLEAR, Weather.CLOUDY} else 0.7
    return Light(
        sun=direction(-24.0 * site.side(3), 62.0),
        sun_color=(1.55 * level * dull, 1.75 * level * dull, 1.62 * level * dull),
        horizon=ahead, horizon_away=ahead, zenith=above, glow=(0.25 * level, 0.42 * level, 0.42 * level),
        bounce=(ahead[0] * 0.9, ahead[1] * 0.85, ahead[2] * 0.7), disc=0.0, disc_radius_rad=0.02,
        haze_per_m=0.036, mist_per_m=0.0, mist_height_m=5.0, cover=0.0, cloud_lit=above, cloud_shade=ahead,
        stars=0.0, lamps=0.6 if site.dark else 0.2, exposure=1.0, saturation=1.08, wind=1.5,
        caustics=0.85 * dull,
    )  # fmt: skip


def sea_floor(site: Site) -> Height:
    """Sand in low dunes, banks of rock further on."""
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        dunes = noise.fbm(x / 11.0, z / 7.0, 3) * 0.65 * smoothstep(1.5, 9.0, r)
        reef = (
            np.maximum(noise.fbm(x / 26.0 + 4.0, z / 26.0, 4) + 0.06, 0.0) * 9.0 * smoothstep(12.0, 40.0, r)
        )
        return (dunes + reef + 0.02 * np.clip(r - 20.0, 0.0, 80.0)).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        sand = (
            np.broadcast_to(_SAND, (*x.shape, 4)) * (1.0 + 0.16 * noise.fbm(x / 1.8, z / 1.8, 4))[..., None]
        )
        return blend(sand, np.broadcast_to(_SILT, sand.shape), smoothstep(0.05, 0.22, steep) * 0.8)

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng = site.rng(1)
    side = site.side(0)

    def around(
        count: int, reach: tuple[float, float], size: tuple[float, float], free: float = 1.6
    ) -> list[Place]:
        places: list[Place] = []
        while len(places) < count:
            turn, r = float(rng.uniform(-0.95, 0.95)), far_off(rng, reach)
            x, z = np.sin(turn) * r, -np.cos(turn) * r
            if abs(x) > free:
                places.append((float(x), float(z), float(rng.uniform(*size))))
        return places

    weeds = [kelp(site.seed + k) for k in range(4)]
    grass = [sea_grass(site.seed + 9 + k) for k in range(3)]
    corals = [
        branching(site.seed + k, color)
        for k, color in enumerate(
            ((0.92, 0.34, 0.26), (0.96, 0.62, 0.22), (0.78, 0.36, 0.66), (0.94, 0.46, 0.52))
        )
    ]
    brains = [
        brain(site.seed + k, color)
        for k, color in enumerate(((0.80, 0.62, 0.44), (0.56, 0.62, 0.40), (0.78, 0.48, 0.50)))
    ]
    stones = [rock(rng, (1.1, 0.8, 0.9), (0.40, 0.44, 0.42)) for _ in range(4)]
    heap: list[Place] = [
        (side * 4.6, -9.0, 1.5),
        (side * 6.4, -10.4, 2.0),
        (-side * 6.6, -14.0, 2.2),
        (side * 3.4, -8.2, 0.6),
        *around(12, (12.0, 45.0), (0.8, 2.6), 3.0),
    ]
    bed: list[Place] = [
        (side * 3.6, -7.0, 1.0),
        (side * 5.2, -7.6, 1.1),
        (-side * 3.8, -8.6, 0.9),
        (side * 2.5, -6.2, 0.8),
        (side * 4.4, -9.4, 1.7),
        (side * 7.0, -11.5, 2.2),
        (-side * 5.6, -12.0, 1.9),
        *around(44, (6.0, 30.0), (0.7, 1.8), 2.0),
    ]
    return [
        Part(merge(plant(rng, stones, heap, height, 0.25)), Finish.HARD, cell_m=12.0),
        Part(merge(plant(rng, corals, bed, height)), cell_m=10.0),
        Part(
            merge(plant(rng, brains, around(30, (5.0, 26.0), (0.5, 1.5), 2.0), height, 0.1)),
            Finish.HARD,
            cell_m=10.0,
        ),
        Part(merge(plant(rng, weeds, around(26, (9.0, 42.0), (0.8, 1.5), 4.4), height)), cell_m=12.0),
        Part(
            merge(plant(rng, grass, around(70, (2.8, 26.0), (0.6, 1.2), 1.0), height)),
            casts=False,
            cell_m=8.0,
        ),
    ]
