"""A desert of wind-drawn dunes, with rocks, a few cacti and acacias, and mesas in the pale distance.

Without plants, and in other colours, it is the surface of Mars, or of the Moon.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.light import Light, Rgb
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, Noise, blend, smoothstep
from kirin_video.engines.previs.plan import Place as Asked
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.space import air_round, planet

_SAND = (
    np.array([0.79, 0.61, 0.44, 0.9], np.float32),
    np.array([0.86, 0.69, 0.51, 0.9], np.float32),
    np.array([0.70, 0.48, 0.33, 0.9], np.float32),
)
_MESA = np.array([0.62, 0.37, 0.24, 0.7], np.float32)
_MESA_BAND = np.array([0.74, 0.50, 0.34, 0.7], np.float32)


_LIFELESS = {Asked.PLANET: (0.88, 0.54, 0.44), Asked.MOON: (0.60, 0.78, 1.06)}
"""Places that nothing grows in, and what they do to the colour of sand and stone."""

_EARTH_FAR_M = 3600.0
_CREST = 0.70
"""Where along its length a dune is highest."""


def build(site: Site) -> Scene:
    """Build the desert."""
    height = dunes_of(site)
    paint = weathered(sand_of(site), site)
    stage = site.stage(height, 3.4, (0.0, sample_height(height, 0.0, 0.0) + 2.7, -20.0))
    ground = map_ground(
        height,
        paint,
        center=(0.0, 0.0),
        rings=Rings(farthest_m=4200.0, bands=((20.0, 220.0, 0.8), (900.0, 4200.0, 0.7))),
        grain=Grain(amount=0.16, scale=9.0, ripple=0.02 if site.snowy else 0.15, ripple_per_m=3.4),
        wetness=0.12 if site.wet else 0.0,
        stride=3,
    )
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.5, streaks=0.8, milky_way=0.5 * (site.plan.place is Asked.MOON)),
        weather=site.plan.weather,
        seed=site.seed,
        ground=ground,
        parts=tuple(_parts(site, height)),
        shadow_radius_m=64.0,
        shadow_center=(0.0, -40.0),
    )


def _tint(site: Site) -> Rgb:
    return _LIFELESS.get(site.plan.place, (1.0, 1.0, 1.0)) if site.plan.place else (1.0, 1.0, 1.0)


def _light(site: Site) -> Light:
    """The hour's light; on Mars through pink dust, on the Moon through nothing at all."""
    light = site.light(turn_deg=0.0 if site.dark else 14.0 * site.side(0))
    if site.plan.place is Asked.PLANET:
        dim = 0.25 if site.dark else 1.0
        dust = (0.62 * dim, 0.40 * dim, 0.27 * dim)
        return replace(
            light, horizon=dust, horizon_away=dust, zenith=(0.42 * dim, 0.24 * dim, 0.16 * dim),
            bounce=(0.26 * dim, 0.15 * dim, 0.10 * dim), haze_per_m=max(light.haze_per_m, 0.0016), cover=0.0,
        )  # fmt: skip
    if site.plan.place is Asked.MOON:
        black = (0.004, 0.005, 0.009)
        return replace(
            light, sun_color=(2.5, 2.45, 2.35), horizon=black, horizon_away=black, zenith=black,
            glow=(0.04, 0.04, 0.05), bounce=(0.07, 0.07, 0.08), disc=0.0, haze_per_m=0.0, mist_per_m=0.0,
            cover=0.0, stars=2.0, exposure=0.9, wind=0.0,
        )  # fmt: skip
    return light


def _dunes(noise: Noise, x: Field, z: Field, length_m: float) -> Field:
    """Dunes 0 to 1: a long windward slope, a sharp crest, a short lee, their lines bent by noise."""
    bend = noise.fbm(x / (length_m * 1.6), z / (length_m * 1.6), 2) * 0.9
    phase = x / length_m * 0.55 + z / length_m + bend
    saw = phase - np.floor(phase)
    rise = np.where(saw < _CREST, smoothstep(0.0, 0.72, saw), (1.0 - smoothstep(0.68, 1.0, saw)))
    size = np.clip(0.65 + 1.1 * noise.at(x / (length_m * 2.2) + 50.0, z / (length_m * 2.2)), 0.12, 1.3)
    return (rise * size).astype(np.float32)


def dunes_of(site: Site) -> Height:
    """The height of a desert: small dunes near by, large ones behind them, mesas in the distance."""
    noise, rough = site.noise(1), site.noise(2)
    moon = site.plan.place is Asked.MOON

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        small = (
            _dunes(rough, x, z, 34.0) * 3.9 * smoothstep(7.0, 30.0, r) * (1.0 - smoothstep(140.0, 300.0, r))
        )
        large = _dunes(noise, x + 40.0, z + 11.0, 150.0) * 30.0 * smoothstep(50.0, 190.0, r)
        mesa_shape = noise.fbm(x / 900.0 + 7.0, z / 900.0, 4)
        mesas = smoothstep(0.16, 0.24, mesa_shape) * (95.0 + 60.0 * rough.at(x / 700.0, z / 700.0))
        mesas = (mesas + smoothstep(0.05, 0.2, mesa_shape) * 40.0) * (0.25 if moon else 1.0)
        gentle = noise.fbm(x / 60.0, z / 60.0, 2) * 0.5
        return (small + large + gentle + mesas * smoothstep(1100.0, 2000.0, r)).astype(np.float32)

    return height


def sand_of(site: Site) -> Paint:
    """A desert's colours."""
    noise = site.noise(3)
    tint = np.array([*_tint(site), 1.0], np.float32)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        r = np.hypot(x, z)
        color = blend(_SAND[0], _SAND[1], smoothstep(-0.3, 0.4, noise.fbm(x / 40.0, z / 40.0, 3)))
        color = blend(color, _SAND[2], smoothstep(0.04, 0.20, steep) * 0.55)
        strata = smoothstep(
            -0.4, 0.4, np.sin(y * 0.16 + noise.fbm(x / 300.0, z / 300.0, 2)).astype(np.float32)
        )
        stone = blend(np.broadcast_to(_MESA, color.shape), np.broadcast_to(_MESA_BAND, color.shape), strata)
        color = blend(color, stone, smoothstep(18.0, 42.0, y) * smoothstep(800.0, 1200.0, r))
        return (color * tint).astype(np.float32)

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng = site.rng(1)
    side = site.side(0)
    cacti = [trees.cactus(site.seed * 5 + k) for k in range(4)]
    spots: list[Place] = [
        (side * 5.2, -11.5, 1.15),
        (side * 9.5, -19.0, 1.0),
        (-side * 12.0, -27.0, 1.1),
        *[(rng.uniform(-40.0, 40.0), -rng.uniform(30.0, 85.0), rng.uniform(0.8, 1.3)) for _ in range(10)],
    ]
    acacias = [trees.acacia(site.seed * 3 + k) for k in range(2)]
    lone: list[Place] = [
        (-side * rng.uniform(9.0, 12.0), -rng.uniform(30.0, 36.0), 1.25),
        (-side * rng.uniform(20.0, 26.0), -rng.uniform(52.0, 60.0), 1.2),
        (side * rng.uniform(26.0, 34.0), -rng.uniform(60.0, 80.0), 1.3),
    ]
    scrub = [
        trees.bush(site.seed + k, ((0.40, 0.36, 0.20), (0.58, 0.52, 0.30)), detail=0.6) for k in range(2)
    ]
    tufts: list[Place] = [
        (rng.uniform(-26.0, 26.0), -rng.uniform(7.0, 55.0), rng.uniform(0.35, 0.8)) for _ in range(20)
    ]
    lifeless = site.plan.place in _LIFELESS
    red, green, blue = _tint(site)
    stone = (0.60 * red, 0.42 * green, 0.30 * blue)
    stones = [rock(rng, (0.8, 0.5, 0.65), stone) for _ in range(3)]
    heap: list[Place] = [
        (-side * 3.4, -7.6, 0.75),
        (-side * 4.5, -8.1, 0.42),
        (-side * 3.0, -6.7, 0.28),
        *[(rng.uniform(-24.0, 24.0), -rng.uniform(10.0, 50.0), rng.uniform(0.3, 1.3)) for _ in range(12)],
    ]
    snowy = site.snowy
    grown = [
        Part(gather(plant(rng, cacti, spots, height), snowy=snowy), Finish.HARD, cell_m=20.0),
        Part(gather(plant(rng, acacias, lone, height), snowy=snowy), cell_m=24.0),
        Part(gather(plant(rng, scrub, tufts, height), snowy=snowy), cell_m=16.0),
    ]
    far = [Part(earth(site, side), casts=False, cell_m=0.0)] if site.plan.place is Asked.MOON else []
    strewn = Part(gather(plant(rng, stones, heap, height, 0.12), snowy=snowy), Finish.HARD, cell_m=16.0)
    return [*far, strewn] if lifeless else [*grown, strewn]


def earth(site: Site, side: float) -> Mesh:
    """The Earth in the sky of the Moon, larger than life so that its lands can be told."""
    away = np.array([-side * 0.27, 0.165, -1.0])
    middle = _EARTH_FAR_M * away / np.linalg.norm(away)
    radius = 0.085 * _EARTH_FAR_M
    return merge([planet(site, middle, radius), *air_round(middle, radius)])
