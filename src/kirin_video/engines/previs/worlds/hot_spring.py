"""A hot spring: a pool among boulders that steams, stone lanterns, a bath house, pines and a bamboo fence."""

# ruff: noqa: PLR2004 - a world is made of measures
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import rod, shaded
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Season
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.swarms import Key, Look, Shape, Swarm, grown
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.bath_house import TIMBER, bath_house, lantern
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.plumes import births
from kirin_video.engines.previs.worlds.seasons import foliage, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.stillwater import by_water, still
from kirin_video.engines.previs.worlds.surface import water_mesh

_MIDDLE_Z, _LONG_M, _DEEP_M = -11.5, 9.0, 6.2
"""Where the pool lies, and half of its width and of its depth in the picture."""
_LEVEL_M = -0.22
_GRAVEL = np.array([0.56, 0.53, 0.48, 0.9], np.float32)
_MOSS = np.array([0.28, 0.38, 0.16, 0.9], np.float32)
_BED = np.array([0.30, 0.34, 0.32, 0.9], np.float32)
_MAPLE = ((0.50, 0.14, 0.08), (0.80, 0.34, 0.12))
_SUMMER = ((0.20, 0.34, 0.12), (0.44, 0.54, 0.20))


def build(site: Site) -> Scene:
    """Build the spring."""
    side = site.side(0)
    height = _height(site, side)
    paint = weathered(turned(_paint(site), site.plan.season), site)
    stage = site.stage(height, 1.85, (side * 0.6, 0.55, -14.0), 74.0)
    mesh = water_mesh(
        height, _LEVEL_M, columns=150, rows=80, nearest_m=1.5, farthest_m=60.0, driest_m=0.4, all_round=True
    )
    lit = site.light().lamps > 0.2
    scene = by_water(
        site,
        stage,
        light=site.light(turn_deg=20.0 * side),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.3),
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=400, farthest_m=3200.0, bands=((3.0, 40.0, 0.8),)),
            grain=Grain(amount=0.6, scale=8.0),
            wetness=0.25,
        ),
        parts=_parts(site, height, side, lit=lit),
        water=still(_LEVEL_M, mesh, ((0.05, 0.17, 0.17), (0.16, 0.36, 0.34)), swell=0.22),
        shadow=(34.0, -14.0),
    )
    return replace(scene, swarms=(_steam(site, side),), lamps=_lamps(side) if lit else ())


def _round_pool(x: Field, z: Field, side: float) -> Field:
    """How far out of the pool's middle a place is: 1 at its rim, which is as uneven as rocks are."""
    turn = np.arctan2(z - _MIDDLE_Z, x - side * 1.2)
    rim = 1.0 + 0.10 * np.sin(3.0 * turn + 1.0) + 0.07 * np.sin(5.0 * turn)
    return np.hypot((x - side * 1.2) / _LONG_M, (z - _MIDDLE_Z) / _DEEP_M) / rim


def _height(site: Site, side: float) -> Height:
    land = open_country(site, Relief(rolling=0.8, knolls=26.0, hills=130.0, ridges=420.0, fall=-1.0))

    def height(x: Field, z: Field) -> Field:
        d = _round_pool(x, z, side).astype(np.float32)
        basin = -0.82 * smoothstep(1.02, 0.84, d)
        back = 0.10 * np.clip(-z - 24.0, 0.0, 60.0) * smoothstep(10.0, 34.0, np.hypot(x, z))
        return (land(x, z) * smoothstep(1.0, 1.9, d) + basin + back).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)
    side = site.side(0)

    def paint(x: Field, z: Field, y: Field, _steep: Field) -> Field:
        d = _round_pool(x, z, side).astype(np.float32)
        mossy = smoothstep(-0.25, 0.25, noise.fbm(x / 5.0, z / 5.0, 4) + 0.25 * smoothstep(1.4, 2.6, d))
        color = blend(_GRAVEL, _MOSS, mossy) * (1.0 + 0.18 * noise.fbm(x / 0.6, z / 0.6, 3))[..., None]
        return blend(color.astype(np.float32), np.broadcast_to(_BED, color.shape), smoothstep(-0.1, -0.3, y))

    return paint


def _parts(site: Site, height: Height, side: float, *, lit: bool) -> list[Part]:
    rng, season, snowy = site.rng(1), site.plan.season, site.snowy
    stones = [rock(rng, (0.9, 0.62, 0.75), shaded((0.34, 0.33, 0.32), tone)) for tone in (1.0, 0.85, 1.1)]
    rim: list[Place] = []
    for k in range(46):
        turn = 2.0 * np.pi * (k + 0.5 * float(rng.random())) / 46.0
        toward = np.sin(turn) > 0.55  # the viewer's side stays low
        out = float(rng.uniform(1.0, 1.14))
        x = side * 1.2 + np.cos(turn) * _LONG_M * out * (1.0 + 0.10 * np.sin(3.0 * turn + 1.0))
        z = _MIDDLE_Z + np.sin(turn) * _DEEP_M * out * (1.0 + 0.10 * np.sin(3.0 * turn + 1.0))
        size = float(rng.uniform(0.28, 0.5) if toward else rng.uniform(0.55, 1.35))
        rim.append((float(x), float(z), size))
    rim += [(-side * 3.4, -12.6, 0.7), (-side * 4.3, -11.8, 0.4), (side * 5.6, -9.4, 0.55)]
    leaves = _MAPLE if season in {Season.AUTUMN, None} else _SUMMER
    maples = [
        trees.broadleaf(site.seed * 7 + k, detail=0.7, colors=foliage(season, k, leaves)) for k in range(2)
    ]
    pines = [trees.pine(site.seed * 5 + k, sides=12, tiers=6) for k in range(3)]
    far = [trees.pine(site.seed * 5 + k, sides=5, tiers=3, far=True) for k in range(3)]
    shrubs = [
        trees.bush(site.seed + k, ((0.18, 0.30, 0.12), (0.36, 0.46, 0.18)), detail=0.6) for k in range(3)
    ]
    low: list[Place] = [
        (float(rng.uniform(-16.0, 16.0)), -float(rng.uniform(18.5, 25.0)), float(rng.uniform(0.5, 1.0)))
        for _ in range(16)
    ]
    high: list[Place] = [
        (side * 10.5, -21.5, 0.9),
        (side * 14.5, -26.0, 1.1),
        (-side * 16.0, -30.0, 1.2),
        (side * 4.5, -31.0, 1.1),
        (-side * 3.0, -33.0, 1.25),
    ]

    def standing(mesh: Mesh, x: float, z: float, turn: float = 0.0) -> Mesh:
        return mesh.moved((x, sample_height(height, x, z), z), turn)

    built = [
        standing(bath_house(lit=lit), -side * 8.2, -23.0, side * 0.38),
        standing(lantern(lit=lit), -side * 5.2, -17.6),
        standing(lantern(lit=lit), side * 7.6, -17.4),
        *_fence(height, side),
    ]
    return [
        Part(
            gather(plant(rng, stones, rim, height, 0.12), snowy=snowy),
            Finish.HARD,
            mirrored=True,
            cell_m=10.0,
        ),
        Part(gather(built, snowy=snowy), Finish.HARD, mirrored=True, cell_m=12.0),
        Part(
            gather(
                plant(rng, maples, [(side * 7.4, -20.6, 0.62), (-side * 1.6, -21.5, 0.6)], height, 0.1),
                snowy=snowy,
            ),
            mirrored=True,
            cell_m=12.0,
        ),
        Part(gather(plant(rng, pines, high, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(gather(plant(rng, shrubs, low, height), snowy=snowy), mirrored=True, cell_m=12.0),
        Part(
            gather(plant(rng, far, clusters(rng, 40, (44.0, 300.0), (4, 9)), height, 0.3), snowy=snowy),
            casts=False,
            cell_m=60.0,
        ),
    ]


def _fence(height: Height, side: float) -> list[Mesh]:
    """A fence of bamboo behind the pool."""
    clay = Clay()
    for x in np.arange(-2.0, 20.0, 0.16).tolist():
        at, z = side * x, -25.0 + 0.02 * x * x
        y = sample_height(height, at, z)
        tone = 1.0 + 0.12 * float(np.sin(9.7 * x))
        clay.add(rod((at, y - 0.1, z), (at, y + 2.1, z), 0.075, shaded((0.62, 0.54, 0.32), tone), sides=5))
    for x in np.arange(-2.0, 19.0, 2.0).tolist():
        z0, z1 = -25.0 + 0.02 * x * x + 0.09, -25.0 + 0.02 * (x + 2.0) ** 2 + 0.09
        y0, y1 = sample_height(height, side * x, z0), sample_height(height, side * (x + 2.0), z1)
        for up in (0.5, 1.7):
            clay.add(rod((side * x, y0 + up, z0), (side * (x + 2.0), y1 + up, z1), 0.05, TIMBER, sides=5))
    return [clay.mesh()]


def _steam(site: Site, side: float) -> Swarm:
    """Steam that rises from the whole pool and drifts away."""
    rng, life = site.rng(9), 5.5
    born = births(rng, 13.0, life)
    count = len(born)
    turn, out = rng.uniform(0.0, 2.0 * np.pi, count), np.sqrt(rng.uniform(0.05, 1.0, count))
    start = np.stack(
        [
            side * 1.2 + np.cos(turn) * out * _LONG_M,
            np.full(count, 0.1),
            _MIDDLE_Z - 1.0 + np.sin(turn) * out * _DEEP_M,
        ],
        1,
    )
    velocity = np.stack(
        [rng.normal(0.1, 0.1, count), rng.uniform(0.35, 0.7, count), rng.normal(0.0, 0.1, count)], 1
    )
    white = (0.90, 0.92, 0.94)
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, white, 0.0, 0.6), Key(0.3, white, 0.36), Key(1.0, white, 0.0, 2.6)),
        softness=0.5,
        wind=(0.22 * side, 0.0, 0.0),
        drag=0.3,
        sway_m=0.15,
    )
    return grown(
        look,
        born=born,
        life=life,
        start=start,
        velocity=velocity,
        size=rng.uniform(0.8, 1.7, count),
        chance=rng.random(count),
    )


def _lamps(side: float) -> tuple[Lamp, ...]:
    warm = (1.3, 0.82, 0.42)
    return (
        Lamp((-side * 5.2, 1.6, -17.2), warm, 3.0, flicker=0.04),
        Lamp((side * 7.6, 1.6, -17.0), warm, 3.0, flicker=0.04),
        Lamp((-side * 6.8, 2.2, -18.6), (1.2, 0.80, 0.46), 4.5),
    )
