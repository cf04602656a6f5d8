"""A water town south of the Yangtze: white houses and black tiles on a canal, bridges, trees, boats."""

# ruff: noqa: PLR2004 - a world is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.clay import Clay, facing, four
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.worlds.seasons import foliage
from kirin_video.engines.previs.worlds.site import Site, fitting_fov, gather
from kirin_video.engines.previs.worlds.surface import water_mesh

_HALF_M, _QUAY_M, _FOOT_M, _BED_M = 4.2, 3.4, 0.75, -1.6
"""Half of the canal's width, how broad and how high its quays are, and its bed."""
_NEAR_Z, _FAR_Z = 24.0, -130.0
_BRIDGES = (-26.0, -78.0)
_MARSH_M = -0.1
"""The ground behind the houses: neither to be stood on nor to be floated over."""
_WHITE: tuple[Rgb, ...] = ((0.90, 0.89, 0.86), (0.86, 0.85, 0.81), (0.92, 0.90, 0.87))
_TILES: Rgb = (0.22, 0.23, 0.25)
_TIMBER: Rgb = (0.36, 0.21, 0.14)
_STONE: Rgb = (0.58, 0.57, 0.54)
_RED: Rgb = (0.82, 0.12, 0.08)
_LEAVES = ((0.30, 0.44, 0.14), (0.52, 0.62, 0.22))


def build(site: Site) -> Scene:
    """Build the town on its canal."""
    side = site.side(0)
    points, faces = water_mesh(
        _height, 0.0, columns=140, rows=100, nearest_m=0.05, farthest_m=260.0, driest_m=0.4, all_round=True
    )
    on_foot = any(not s.scenery for s in site.plan.subjects) and not site.open_water
    eye = (side * (_HALF_M + 1.2), _FOOT_M + 1.6, 8.0) if on_foot else (side * -0.6, 2.3, 7.0)
    target = (side * (_HALF_M + 0.6), _FOOT_M + 1.5, -20.0) if on_foot else (side * 0.4, 2.6, -24.0)
    lit = site.light().lamps > 0.2
    parts = [*_rows(site, lit=lit), merge([_bridge(z) for z in _BRIDGES]), _quays(), *_afloat(side, lit=lit)]
    return Scene(
        stage=Stage(eye, target, fitting_fov(site.aspect, 72.0), _carried),
        light=site.light(turn_deg=24.0 * side),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.4),
        weather=site.plan.weather,
        seed=site.seed,
        parts=(
            *(
                Part(gather([mesh], snowy=site.snowy), Finish.HARD, mirrored=True, cell_m=24.0)
                for mesh in parts
            ),
            Part(gather(_willows(site, side), snowy=site.snowy), mirrored=True, cell_m=14.0),
        ),
        water=Water(
            Surface.LAKE, 0.0, points, faces, (0.020, 0.075, 0.062), (0.08, 0.19, 0.15), swell=0.4, foam=0.0
        ),
        mirror_level_m=0.0,
        shadow_radius_m=46.0,
        shadow_center=(0.0, -24.0),
    )


def _carried(x: float, z: float) -> float:
    """The height of what carries feet: the quays; of what carries hulls, the canal's bed."""
    if abs(x) <= _HALF_M:
        return _BED_M
    return _FOOT_M if abs(x) < _HALF_M + _QUAY_M and _FAR_Z < z < _NEAR_Z else _MARSH_M


def _height(x: Field, _z: Field) -> Field:
    """The same for the water's mesh."""
    dry = smoothstep(_HALF_M, _HALF_M + 0.2, np.abs(x))
    return (_BED_M + (_FOOT_M - _BED_M) * dry).astype(np.float32)


def _rows(site: Site, *, lit: bool) -> list[Mesh]:
    """Houses on both sides, in three stretches each."""
    rng, blocks = site.rng(2), list[Mesh]()
    for side in (-1.0, 1.0):
        for near, far in ((_NEAR_Z, -30.0), (-30.0, -76.0), (-76.0, _FAR_Z)):
            houses: list[Mesh] = []
            z = near
            while z > far + 4.0:
                wide = float(rng.uniform(6.0, 9.0))
                floors = 2 if rng.random() < 0.62 else 1
                house = _house(rng, wide, floors, lit=lit)
                houses.append(
                    house.moved((side * (_HALF_M + _QUAY_M), _FOOT_M, z - wide / 2.0), -side * math.pi / 2.0)
                )
                z -= wide + 0.15
            blocks.append(merge(houses))
    return blocks


def _house(rng: np.random.Generator, wide: float, floors: int, *, lit: bool) -> Mesh:
    """A white house whose front faces +z: timbered ground floor, stepped gables, a roof of black tiles."""
    clay, half, deep, top = Clay(), wide / 2.0, 7.0, 2.9 * floors + 0.3
    wall = _WHITE[int(rng.integers(len(_WHITE)))]
    clay.box((-half, 0.0, -deep), (half, top, 0.0), wall)
    clay.front(-half, half, 0.0, 0.55, 0.012, shaded(_STONE, 0.9))
    glow = 0.34 if lit else 0.0
    pane: Rgb = (1.0, 0.74, 0.40) if lit else (0.22, 0.20, 0.18)
    for floor in range(floors):
        low = 0.6 + 2.9 * floor
        count = max(round(wide / 2.2), 2)
        for k in range(count):
            x = -half + wide * (k + 0.5) / count
            if floor == 0 and rng.random() < 0.6:
                clay.box((x - 0.75, 0.05, 0.0), (x + 0.75, 2.5, 0.05), _TIMBER, faces="xXYZ")
                clay.front(x - 0.6, x + 0.6, 1.1, 2.2, 0.055, pane, glow=four(glow))
                for dx in (-0.3, 0.0, 0.3):
                    clay.box((x + dx - 0.02, 1.1, 0.05), (x + dx + 0.02, 2.2, 0.08), _TIMBER, faces="xXZ")
                continue
            clay.box((x - 0.62, low + 0.4, 0.0), (x + 0.62, low + 1.7, 0.05), _TIMBER, faces="xXyYZ")
            clay.front(x - 0.52, x + 0.52, low + 0.5, low + 1.6, 0.055, pane, glow=four(glow))
            for dx in (-0.17, 0.17):
                clay.box(
                    (x + dx - 0.02, low + 0.5, 0.05), (x + dx + 0.02, low + 1.6, 0.08), _TIMBER, faces="xXZ"
                )
    if floors == 2:
        _eave(clay, half, 2.95, 0.9)
    _roof(clay, half, deep, top)
    for s in (-1.0, 1.0):
        _gable(clay, s * half, deep, top, wall)
    if rng.random() < 0.55:
        for x in (-half + 0.9, half - 0.9):
            clay.add(ball((x, 2.35, 0.75), (0.20, 0.24, 0.20), _RED, glow=0.7 if lit else 0.06))
            clay.add(rod((x, 2.6, 0.75), (x, 2.95, 0.75), 0.015, (0.2, 0.15, 0.1), sides=4))
    return clay.mesh()


def _eave(clay: Clay, half: float, y: float, out: float) -> None:
    """A narrow roof over the ground floor."""
    ring = ((-half, y, out), (half, y, out), (half, y + 0.5, 0.0), (-half, y + 0.5, 0.0))
    clay.quad(ring, _TILES)
    clay.quad(facing(ring, ahead=False), shaded(_TIMBER, 0.7))
    clay.front(-half, half, y - 0.1, y, out, shaded(_TILES, 1.3))


def _roof(clay: Clay, half: float, deep: float, top: float) -> None:
    """Two slopes of tiles in rows."""
    ridge, middle = top + 2.0, -deep / 2.0
    count = max(round(half * 2.0 / 0.42), 4)
    for k in range(count):
        x0, x1 = (-half + 2.0 * half * (k + end) / count for end in (0, 1))
        tone = shaded(_TILES, 1.25 if k % 2 else 0.88)
        clay.quad(
            ((x0, top - 0.2, 0.6), (x1, top - 0.2, 0.6), (x1, ridge, middle), (x0, ridge, middle)), tone
        )
    low = -deep - 0.4
    clay.quad(
        ((half, top - 0.2, low), (-half, top - 0.2, low), (-half, ridge, middle), (half, ridge, middle)),
        _TILES,
    )
    clay.soft_box(
        (-half, ridge - 0.1, middle - 0.16),
        (half, ridge + 0.2, middle + 0.16),
        shaded(_TILES, 1.2),
        bevel=0.06,
    )


def _gable(clay: Clay, x: float, deep: float, top: float, wall: Rgb) -> None:
    """A horse-head wall: white, higher than the roof in steps, each with a cap of tiles."""
    a, b = x - 0.16, x + 0.16
    for share, high in ((1.0, 0.7), (0.66, 1.6), (0.34, 2.5)):
        reach = (deep / 2.0 + 0.5) * share
        low, near = -deep / 2.0 - reach, -deep / 2.0 + reach
        clay.box((a, 0.0, low), (b, top + high, near), wall)
        clay.soft_box(
            (a - 0.2, top + high, low - 0.15), (b + 0.2, top + high + 0.22, near + 0.15), _TILES, bevel=0.08
        )
        clay.soft_box(
            (a - 0.1, top + high + 0.1, near - 0.1),
            (b + 0.1, top + high + 0.42, near + 0.3),
            _TILES,
            bevel=0.08,
        )


def _bridge(z: float) -> Mesh:
    """A stone bridge with one round arch and steps up to its crown."""
    clay, count = Clay(), 24
    reach, crown = _HALF_M + 2.6, 3.9
    x = np.linspace(-reach, reach, count + 1)
    deck = _FOOT_M + (crown - _FOOT_M) * np.cos(x / reach * math.pi / 2.0) ** 1.2
    open_m = 3.3
    under = np.where(np.abs(x) < open_m, np.sqrt(np.maximum(open_m**2 - x**2, 0.0)) * 0.94, -0.6)
    for k in range(count):
        x0, x1, y0, y1 = float(x[k]), float(x[k + 1]), float(deck[k]), float(deck[k + 1])
        u0, u1 = float(under[k]), float(under[k + 1])
        tone = shaded(_STONE, 0.94 + 0.08 * (k % 2))
        for s in (1.0, -1.0):
            at = z + s * 1.5
            side = ((x0, u0, at), (x1, u1, at), (x1, y1, at), (x0, y0, at))
            clay.quad(facing(side, ahead=s > 0.0), tone)
            rail = ((x0, y0, at), (x1, y1, at), (x1, y1 + 0.62, at), (x0, y0 + 0.62, at))
            clay.quad(facing(rail, ahead=s > 0.0), shaded(_STONE, 1.06))
            clay.quad(facing(rail, ahead=s <= 0.0), shaded(_STONE, 0.9))
            clay.add(rod((x0, y0 + 0.64, at), (x1, y1 + 0.64, at), 0.09, shaded(_STONE, 1.12), sides=5))
        step = max(y0, y1)
        clay.quad(
            ((x0, step, z + 1.5), (x1, step, z + 1.5), (x1, step, z - 1.5), (x0, step, z - 1.5)),
            shaded(tone, 1.05),
        )
        if abs(x0) < open_m or abs(x1) < open_m:
            vault = ((x0, u0, z - 1.5), (x1, u1, z - 1.5), (x1, u1, z + 1.5), (x0, u0, z + 1.5))
            clay.quad(vault, shaded(_STONE, 0.55))
    return clay.mesh()


def _quays() -> Mesh:
    """Quays of long stones, steps down to the water."""
    clay = Clay()
    for s in (-1.0, 1.0):
        a, b = sorted((s * _HALF_M, s * (_HALF_M + _QUAY_M + 0.3)))
        for k, z in enumerate(np.arange(_NEAR_Z, _FAR_Z, -2.0).tolist()):
            tone = shaded(_STONE, 0.9 + 0.12 * ((k * 7) % 5) / 4.0)
            clay.box((a, _BED_M, z - 2.0), (b, _FOOT_M, z - 0.015), tone, faces="xXYZ")
        for z in (-9.0, -44.0):
            for n in range(4):
                x0, x1 = sorted((s * _HALF_M, s * (_HALF_M - 0.9)))
                y = _FOOT_M - 0.22 * (n + 1)
                clay.box(
                    (x0, _BED_M, z - 1.6 + 0.35 * n),
                    (x1, y, z - 1.25 + 0.35 * n),
                    shaded(_STONE, 0.95),
                    faces="xXYzZ",
                )
    return clay.mesh()


def _afloat(side: float, *, lit: bool) -> list[Mesh]:
    """Narrow boats with a round mat roof."""
    boats: list[Mesh] = []
    for x, z, turn in ((side * 1.9, -9.0, 0.06), (-side * 2.3, -19.0, -0.05), (side * 1.2, -46.0, 0.1)):
        clay = Clay()
        for k in range(10):
            t0, t1 = k / 10.0, (k + 1) / 10.0
            w0, w1 = (0.72 * math.sin(math.pi * (0.12 + 0.76 * t)) for t in (t0, t1))
            h0, h1 = (0.34 + 0.5 * abs(2.0 * t - 1.0) ** 2.4 for t in (t0, t1))
            z0, z1 = 3.2 - 6.4 * t0, 3.2 - 6.4 * t1
            for s in (1.0, -1.0):
                hull = (
                    (s * 0.7 * w0, -0.2, z0),
                    (s * 0.7 * w1, -0.2, z1),
                    (s * w1, h1, z1),
                    (s * w0, h0, z0),
                )
                clay.quad(facing(hull, ahead=s > 0.0), (0.24, 0.17, 0.13))
                clay.quad(facing(hull, ahead=s <= 0.0), (0.34, 0.25, 0.18))
            clay.quad(((-w0, 0.12, z0), (w0, 0.12, z0), (w1, 0.12, z1), (-w1, 0.12, z1)), (0.46, 0.34, 0.24))
        for k in range(8):
            a, b = math.pi * k / 8.0, math.pi * (k + 1) / 8.0
            mat = (
                (0.74 * math.cos(a), 0.3 + 0.95 * math.sin(a), 1.1),
                (0.74 * math.cos(a), 0.3 + 0.95 * math.sin(a), -1.1),
                (0.74 * math.cos(b), 0.3 + 0.95 * math.sin(b), -1.1),
                (0.74 * math.cos(b), 0.3 + 0.95 * math.sin(b), 1.1),
            )
            clay.quad(mat, shaded((0.40, 0.33, 0.22), 0.92 + 0.12 * (k % 2)))
            clay.quad(facing(mat, ahead=False), (0.20, 0.16, 0.11))
        clay.add(ball((0.0, 1.0, 1.15), (0.13, 0.16, 0.13), _RED, glow=0.8 if lit else 0.06))
        boats.append(clay.mesh().moved((x, 0.0, z), turn))
    return [merge(boats)]


def _willows(site: Site, side: float) -> list[Mesh]:
    """Trees on the quays."""
    kinds = [
        trees.broadleaf(
            site.seed * 7 + k, detail=0.6, colors=foliage(site.plan.season, k, _LEAVES, blossoms=True)
        )
        for k in range(3)
    ]
    spots = (
        (side, -13.5, 0.52),
        (-side, -21.0, 0.56),
        (side, -37.0, 0.6),
        (-side, -55.0, 0.6),
        (side, -90.0, 0.65),
    )
    return [
        kinds[k % 3].moved((s * (_HALF_M + 0.8), _FOOT_M - 0.1, z), 1.3 * k, size)
        for k, (s, z, size) in enumerate(spots)
    ]
