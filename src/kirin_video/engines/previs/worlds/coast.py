"""A rocky coast: dark stacks in the surf, a grassy cliff above it, the open sea beyond."""

# ruff: noqa: PLR2004 - a world is made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Phenomenon, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.swarms import Swarm
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.massif import Strata, pillar
from kirin_video.engines.previs.worlds.plumes import bursts, spray
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_TURF = (np.array([0.28, 0.38, 0.16, 0.9], np.float32), np.array([0.42, 0.46, 0.22, 0.9], np.float32))
_STONE = (np.array([0.27, 0.26, 0.26, 0.9], np.float32), np.array([0.42, 0.39, 0.37, 0.9], np.float32))
_STACK = Strata(((0.24, 0.23, 0.23), (0.38, 0.36, 0.34)), (0.30, 0.36, 0.18), 2.4, 0.7)
_HIGH_M = 5.2
_HIGH = frozenset({Phenomenon.HIGH_WAVES, Phenomenon.STORM})
"""What makes its waves high."""


def build(site: Site) -> Scene:
    """Build the coast; the seed decides on which side the sea lies."""
    side = site.side(0)
    height = _height(site, side)
    paint = weathered(_paint(site), site)
    high = not _HIGH.isdisjoint(site.plan.phenomena)
    stage = _stage(site, height, side, high=high)
    points, faces = water_mesh(
        height,
        0.0,
        shore=lambda x, z: _off(site, side, x, z),
        columns=230,
        rows=190,
        nearest_m=2.0,
        farthest_m=8500.0,
        driest_m=0.5,
        all_round=True,
    )
    rough = high or site.wet or site.plan.weather is Weather.SNOW
    bright = site.plan.time is TimeOfDay.DAY and not rough
    deep, shallow = (
        ((0.014, 0.12, 0.17), (0.10, 0.40, 0.42)) if bright else ((0.014, 0.052, 0.066), (0.09, 0.21, 0.22))
    )
    return Scene(
        stage=stage,
        light=site.light(turn_deg=side * 10.0, haze=0.55),
        sky=Sky(site.seed, cloud_size=1.4, streaks=0.5),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(farthest_m=2600.0, bands=((6.0, 160.0, 1.2),)),
            grain=Grain(amount=0.5, scale=5.0),
            wetness=0.30 if site.wet else 0.05,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye, side)),
        swarms=(_surf(site, height, side), *((_hits(site, height, side),) if high else ())),
        water=Water(
            Surface.SHORE,
            0.0,
            points,
            faces,
            deep,
            shallow,
            swell=2.1 if high else 1.5 if rough else 0.85,
            foam=1.0 if rough else 0.6,
        ),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -34.0),
    )


def _stage(site: Site, height: Height, side: float, *, high: bool) -> Stage:
    """The view along the cliff; of high waves, at the rocks that they break on."""
    alone = all(subject.scenery for subject in site.plan.subjects)
    if high and alone:
        return site.stage(height, 2.4, (side * 27.0, 2.0, -44.0), 62.0)
    return site.stage(height, 1.8, (side * 7.0, sample_height(height, 0.0, 0.0) + 1.2, -34.0), 74.0)


def _off(site: Site, side: float, x: Field, z: Field) -> Field:
    """Metres from the cliff's foot, positive over water: the line runs ahead to a cape."""
    noise, ahead = site.noise(1), -z
    line = 7.0 + 0.05 * ahead - 19.0 * np.exp(-(((ahead - 62.0) / 26.0) ** 2)) * -1.0
    ragged = 5.0 * noise.fbm(x / 17.0, z / 17.0, 4)
    return (side * x - line + ragged).astype(np.float32)


def _height(site: Site, side: float) -> Height:
    noise = site.noise(2)

    def height(x: Field, z: Field) -> Field:
        off, r = _off(site, side, x, z), np.hypot(x, z)
        sea = -0.5 - 0.14 * np.clip(off, 0.0, 60.0)
        land = _HIGH_M + 0.04 * np.clip(-off, 0.0, 120.0) + 0.5 * noise.fbm(x / 9.0, z / 9.0, 3)
        land = land + smoothstep(40.0, 300.0, -off) * (30.0 + 40.0 * noise.fbm(x / 240.0, z / 240.0, 4))
        up = smoothstep(1.5, -4.5, off)
        ledges = (
            1.1
            * np.maximum(noise.ridged(x / 7.0, z / 7.0, 4) - 0.35, 0.0)
            * smoothstep(11.0, 1.0, np.abs(off))
        )
        far = (
            70.0
            * np.maximum(noise.fbm(x / 600.0 + 4.0, z / 600.0, 4) - 0.05, 0.0)
            * smoothstep(700.0, 1500.0, r)
        )
        return (sea * (1.0 - up) + land * up + ledges * 2.2 + far).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        turf = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 8.0, z / 8.0, 4)))
        rough = noise.fbm(x / 3.0, z / 3.0, 4)
        stone = blend(_STONE[0], _STONE[1], smoothstep(-0.4, 0.5, rough))
        bare = np.maximum(smoothstep(0.10, 0.24, steep + 0.05 * rough), smoothstep(4.6, 3.4, y + 0.6 * rough))
        return blend(turf, stone, bare)

    return paint


def _stacks(side: float) -> tuple[tuple[float, float, float, float], ...]:
    """Rocks that stand in the sea: x, z, radius and height."""
    return (
        (side * 24.0, -46.0, 3.4, 7.0),
        (side * 31.0, -60.0, 4.6, 11.0),
        (side * 19.0, -33.0, 1.9, 3.2),
        (side * 44.0, -92.0, 5.5, 13.0),
    )


def _hits(site: Site, height: Height, side: float) -> Swarm:
    """High waves that hit the rock and shoot up along it."""
    return bursts(site.rng(7), np.array(_feet(site, height, side)), 6.5)


def _surf(site: Site, height: Height, side: float) -> Swarm:
    """White water thrown up where waves meet the rock."""
    strength = 1.5 if site.wet else 0.8
    foot = np.array(_feet(site, height, side))
    return spray(site.rng(6), foot, strength, per_s=26.0 if site.wet else 11.0, tone=(0.82, 0.86, 0.88))


def _feet(site: Site, height: Height, side: float) -> list[tuple[float, float, float]]:
    """Where waves meet the rock: round the stacks, and along the cliff's foot."""
    foot = [(x - 0.6 * side * r, 0.6, z + 0.9 * r) for x, z, r, _ in _stacks(side)]
    for z in np.arange(-9.0, -75.0, -4.5).tolist():
        x = np.linspace(-30.0, 40.0, 140)
        off = _off(site, side, side * x, np.full_like(x, z))
        at = float(side * x[int(np.abs(off - 0.5).argmin())])
        foot.append((at, max(sample_height(height, at, z), 0.2), z))
    return foot


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, snowy = site.rng(1), site.snowy
    noise = site.noise(5)
    stones = [rock(rng, (1.1, 0.8, 0.95), (0.30, 0.29, 0.28)) for _ in range(4)]
    beds: list[Place] = []
    for z in rng.uniform(-80.0, -5.0, 70).tolist():
        x = float(rng.uniform(3.0, 16.0)) * side + 0.05 * side * -z
        if -1.4 < sample_height(height, x, z) < 2.5:
            beds.append((x, z, float(rng.uniform(0.5, 2.1))))
    towers = [
        pillar(noise, (x, -4.0, z), r, high + 4.0, _STACK, sides=26, rows=18, taper=0.5)
        for x, z, r, high in _stacks(side)
    ]
    sward = grass.Sward(
        blades=8_000 if snowy else 24_000,
        height_m=0.30,
        reach_m=(1.1, 42.0),
        lowest_m=4.4,
        tip=(0.54, 0.58, 0.28),
        steepest=0.12,
    )
    return [
        Part(
            gather([grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(towers, snowy=snowy), Finish.HARD, cell_m=20.0),
        Part(gather(plant(rng, stones, beds, height, 0.25), snowy=snowy), Finish.HARD, cell_m=16.0),
    ]
