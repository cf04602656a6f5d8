"""A lagoon city: a canal between house fronts that rise from the water, bridges, mooring poles, a dome."""

# ruff: noqa: PLR2004, PLR0913, PLR0917 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Ground, Stage
from kirin_video.engines.previs.city.buildings import any_front, row_house
from kirin_video.engines.previs.city.light import lamplit, soiled
from kirin_video.engines.previs.city.palette import CREAM, IRON, LAMP, STONE, Lights, pick
from kirin_video.engines.previs.city.roofs import roof_kinds
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded, soft_box, turned
from kirin_video.engines.previs.city.windows import Front
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import as_mesh, whitened
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.worlds.site import Site, fitting_fov
from kirin_video.engines.previs.worlds.surface import water_mesh

_HALF_M = 7.2
_QUAY_M = 5.6
_FOOT_M, _BED_M, _BEHIND_M = 0.55, -2.2, -0.1
"""Heights of the quay and the bed; and behind the fronts, where nobody stands and nothing floats."""
_NEAR_M, _FAR_M = 26.0, -150.0
_BRIDGES = (-36.0, -92.0)
_WALLS: tuple[Rgb, ...] = (
    (0.78, 0.46, 0.32),
    (0.84, 0.66, 0.42),
    (0.80, 0.55, 0.46),
    (0.72, 0.34, 0.26),
    (0.86, 0.76, 0.60),
    (0.76, 0.58, 0.34),
    (0.82, 0.62, 0.56),
)


def build(site: Site) -> Scene:
    """Build the canal; the seed decides on which side the quay lies."""
    side = site.side(0)
    height = _height(side)
    fov, on_foot = fitting_fov(site.aspect, 70.0), any(not s.scenery for s in site.plan.subjects)
    stage = Stage((-side * 1.2, 2.5, 8.0), (side * 0.9, 3.0, -20.0), fov, _carried(side))
    if on_foot and not site.open_water:
        # Whoever is on foot is on the quay, and so is the viewer.
        eye = (side * (_HALF_M + 1.9), _FOOT_M + 1.6, 9.0)
        stage = Stage(eye, (side * (_HALF_M + 1.3), _FOOT_M + 1.7, -20.0), fov, _carried(side))
    points, faces = water_mesh(
        height, 0.0, columns=150, rows=110, nearest_m=0.05, farthest_m=320.0, driest_m=0.5, all_round=True
    )
    return Scene(
        stage=stage,
        light=site.light(turn_deg=24.0 * side),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        parts=tuple(
            Part(whitened(mesh, 0.9, 0.35) if site.snowy else mesh, Finish.HARD, mirrored=True, cell_m=26.0)
            for mesh in _town(site, side)
        ),
        water=Water(
            Surface.LAKE, 0.0, points, faces, (0.014, 0.085, 0.085), (0.07, 0.20, 0.17), swell=0.55, foam=0.0
        ),
        mirror_level_m=0.0,
        shadow_radius_m=60.0,
        shadow_center=(0.0, -34.0),
    )


def _carried(side: float) -> Ground:
    """The height of what carries feet: of the quay; behind the fronts there is nothing."""

    def ground(x: float, z: float) -> float:
        if abs(x) <= _HALF_M:
            return _BED_M
        return _FOOT_M if 0.0 < x * side < _HALF_M + _QUAY_M and _FAR_M < z < _NEAR_M else _BEHIND_M

    return ground


def _height(side: float) -> Height:
    """The same for the water's mesh, which ends at the fronts."""

    def height(x: Field, _z: Field) -> Field:
        right = x * side
        dry = np.maximum(
            smoothstep(_HALF_M, _HALF_M + 0.2, right), smoothstep(-_HALF_M - 2.5, -_HALF_M - 3.0, right)
        )
        return (_BED_M + (_FOOT_M - _BED_M) * dry).astype(np.float32)

    return height


def _town(site: Site, side: float) -> list[Mesh]:
    """Houses block by block, so that what is far can be left out; then what stands before them."""
    lights = Lights(site.rng(2), site.plan.time)
    lamps: list[tuple[float, float, float]] = [
        (side * (_HALF_M + 0.5), _FOOT_M + 3.2, z) for z in np.arange(2.0, _FAR_M, -17.0).tolist()
    ]
    strength = lights.lamps
    rows = [soiled(merge(block)) for one in (-1.0, 1.0) for block in _rows(one, side, lights)]
    furniture = merge([_quay(side), *_lamps(lamps, lit=strength > 0.0), *_poles(site, side)])
    bridges = merge([*(_bridge(z) for z in _BRIDGES), _dome(lights)])
    return [lamplit(mesh, tuple(lamps), strength) for mesh in (*rows, furniture)] + [bridges]


def _rows(one: float, quay: float, lights: Lights) -> list[list[Mesh]]:
    """The houses of one side, three blocks of them."""
    rng, kinds = lights.rng, roof_kinds()
    front_x = _HALF_M + (_QUAY_M if one == quay else 0.0)
    blocks: list[list[Mesh]] = []
    for near, far in ((_NEAR_M, -34.0), (-38.0, -90.0), (-94.0, _FAR_M)):
        houses: list[Mesh] = []
        z = near
        while z > far + 3.0:
            width = min(float(rng.uniform(6.4, 10.5)), z - far)
            detail = 2 if z > -16.0 else 1 if z > -70.0 else 0
            front = any_front(rng, floors=int(rng.choice([2, 3, 3, 4])), detail=detail)
            front = _painted(front, pick(rng, _WALLS))
            house = row_house(front, width - 0.04, pick(rng, kinds[:3]), lights, shop=False, open_side=0)
            houses.append(house.moved((one * front_x, _FOOT_M, z - width / 2.0), -one * math.pi / 2.0))
            # Its foot stands in the water, dark and green.
            a, b = sorted((one * (front_x - 0.06), one * (front_x + 3.0)))
            houses.append(
                soft_box((a, -1.6, z - width), (b, _FOOT_M + 0.06, z), (0.34, 0.36, 0.28), bevel=0.02)
            )
            z -= width
        blocks.append(houses)
    return blocks


def _quay(side: float) -> Mesh:
    """A strip of paving along one side, with an edge of pale stone and steps into the water."""
    a, b = sorted((side * _HALF_M, side * (_HALF_M + _QUAY_M + 0.2)))
    e, f = sorted((side * (_HALF_M - 0.12), side * (_HALF_M + 0.32)))
    return merge(
        [
            soft_box((a, -1.6, _FAR_M), (b, _FOOT_M, _NEAR_M), (0.58, 0.54, 0.47), bevel=0.02),
            soft_box((e, _FOOT_M - 0.30, _FAR_M), (f, _FOOT_M + 0.05, _NEAR_M), CREAM, bevel=0.03),
        ]
    )


def _lamps(spots: list[tuple[float, float, float]], *, lit: bool) -> list[Mesh]:
    made: list[Mesh] = []
    for x, y, z in spots:
        made += [
            rod((x, _FOOT_M, z), (x, y, z), 0.06, IRON),
            ball((x, y + 0.2, z), (0.22, 0.28, 0.22), LAMP if lit else (0.80, 0.74, 0.72), glow=0.5 * lit),
        ]
    return made


def _poles(site: Site, side: float) -> list[Mesh]:
    """Mooring poles in stripes along the front without a quay, and a few beside the quay."""
    rng = site.rng(5)
    poles: list[Mesh] = []
    for z in (4.0, -1.5, -9.0, -11.0, -22.0, -24.5, -46.0, -60.0, -76.0):
        where = -side if rng.random() < 0.7 else side
        x, lean = where * float(rng.uniform(5.2, 6.3)), float(rng.uniform(-0.12, 0.12))
        stripe: Rgb = (0.66, 0.14, 0.12) if rng.random() < 0.6 else (0.14, 0.26, 0.46)
        for k in range(7):
            low, high = -1.0 + 0.62 * k, -1.0 + 0.62 * (k + 1)
            tone = stripe if k % 2 else (0.86, 0.82, 0.74)
            poles.append(rod((x + lean * low, low, z), (x + lean * high, high, z), 0.10, tone, sides=8))
        poles.append(ball((x + lean * 3.4, 3.42, z), (0.15, 0.15, 0.15), (0.80, 0.62, 0.24)))
    return poles


def _bridge(z: float) -> Mesh:
    """A stone bridge in one flat arch from side to side, with a parapet on each edge."""
    half, rise, wide = _HALF_M + 0.8, 3.5, 1.7
    x = np.linspace(-half, half, 33)
    arch = -0.2 + (rise + 0.2) * np.sqrt(np.clip(1.0 - (x / (half + 0.01)) ** 2, 0.0, 1.0))
    deck = _FOOT_M + 0.2 + (rise + 0.15 - _FOOT_M) * np.cos(0.5 * np.pi * x / half) ** 0.8 + 0.35
    top = deck + 0.95
    parts = [_face(x, arch, top, z + wide, 1.0), _face(x, arch, top, z - wide, -1.0)]
    parts += [
        _band(x, arch, z, wide, -1.0, (0.42, 0.39, 0.34)),
        _band(x, deck, z, wide - 0.3, 1.0, (0.60, 0.56, 0.48)),
        _band(x, top, z + wide - 0.15, 0.22, 1.0, CREAM),
        _band(x, top, z - wide + 0.15, 0.22, 1.0, CREAM),
        _face(x, deck, top, z + wide - 0.3, -1.0),
        _face(x, deck, top, z - wide + 0.3, 1.0),
    ]
    return merge(parts)


def _face(x: Field, low: Field, high: Field, z: float, facing: float) -> Mesh:
    n = len(x)
    points = np.concatenate([np.stack([x, low, np.full(n, z)], 1), np.stack([x, high, np.full(n, z)], 1)])
    i = np.arange(n - 1)
    faces = np.concatenate([np.stack([i, i + 1, i + n], 1), np.stack([i + 1, i + n + 1, i + n], 1)])
    tone = np.array((0.74, 0.68, 0.58)) * (1.0 + 0.06 * np.sin(9.0 * np.tile(x, 2)))[:, None]
    faces = faces if facing > 0.0 else faces[:, ::-1]
    return as_mesh(points, np.tile([0.0, 0.0, facing], (2 * n, 1)), tone, faces)


def _band(x: Field, y: Field, z: float, half: float, up: float, color: Rgb) -> Mesh:
    n = len(x)
    points = np.concatenate(
        [np.stack([x, y, np.full(n, z + half)], 1), np.stack([x, y, np.full(n, z - half)], 1)]
    )
    i = np.arange(n - 1)
    faces = np.concatenate([np.stack([i, i + 1, i + n], 1), np.stack([i + 1, i + n + 1, i + n], 1)])
    slope = np.gradient(y, x)
    normals = np.tile(np.stack([-slope, np.ones(n), np.zeros(n)], 1) * up, (2, 1))
    return as_mesh(points, normals, color, faces if up > 0.0 else faces[:, ::-1])


def _dome(lights: Lights) -> Mesh:
    """The church where the canal ends: a drum, a pale dome, a lantern, and two slim towers beside it."""
    z = _FAR_M - 18.0
    lit = 0.2 if lights.lamps > 0.0 else 0.0
    body = soft_box((-16.0, 0.2, z - 14.0), (16.0, 15.0, z + 12.0), (0.84, 0.80, 0.72), bevel=0.2)
    porch = soft_box((-6.0, 0.2, z + 11.0), (6.0, 18.0, z + 14.0), (0.88, 0.84, 0.76), bevel=0.2)
    profile = [(9.6, 14.0), (9.6, 21.0), (10.4, 21.4), (10.2, 22.5)]
    dome = [(10.0 * math.cos(a), 22.5 + 10.5 * math.sin(a)) for a in np.linspace(0.0, 1.45, 10).tolist()]
    parts = [
        body,
        porch,
        soft_box((-2.0, 0.6, z + 13.9), (2.0, 9.0, z + 14.2), (0.36, 0.26, 0.18), bevel=0.05, glow=lit),
        turned(profile, (0.82, 0.78, 0.70), sides=24).moved((0.0, 0.0, z)),
        turned([*dome, (1.6, 33.2), (1.6, 36.0), (0.0, 38.5)], (0.62, 0.66, 0.64), sides=24).moved(
            (0.0, 0.0, z)
        ),
    ]
    for x in (-13.0, 13.0):
        tower = [(2.2, 0.0), (2.2, 26.0), (2.7, 26.4), (2.0, 28.0), (1.2, 32.0), (0.0, 35.0)]
        parts.append(turned(tower, STONE, sides=10).moved((x, 0.0, z + 6.0)))
    return merge(parts)


def _painted(front: Front, wall: Rgb) -> Front:
    """A front in another colour, a little darker below."""
    return replace(front, wall=wall, base=shaded(wall, 0.9))
