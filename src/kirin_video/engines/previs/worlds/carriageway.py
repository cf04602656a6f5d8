"""Carriageways: asphalt with its markings, guard rails, and the posts that shine back at headlights."""

# ruff: noqa: PLR2004 -- roads are made of measures
from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, box
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.ways import Floats, Way
from kirin_video.engines.previs.worlds.ribbons import beside, dashes, ribbon, stations

_ASPHALT: Color = (0.245, 0.245, 0.255)
_WORN: Color = (0.305, 0.300, 0.298)
_GRAVEL: Color = (0.50, 0.46, 0.40)
_WHITE: Color = (0.86, 0.86, 0.82)
_YELLOW: Color = (0.88, 0.68, 0.16)
_ZINC: Color = (0.60, 0.62, 0.63)
_PAINT_M = 0.022
"""Paint lies this high: two centimetres keep it from flickering."""


@dataclass(frozen=True, slots=True)
class Road:
    """What a road is like.

    Attributes:
        half_m: half of the asphalt's width.
        lanes: how far to the right of the middle one drives, the usual lane first.
        divided: whether a green strip parts the two directions.
        yellow: whether its middle line is yellow.
    """

    half_m: float
    lanes: tuple[float, ...]
    divided: bool = False
    yellow: bool = False


COUNTRY_ROAD = Road(3.5, (1.75,))
HIGHWAY = Road(10.2, (4.4, 7.9), divided=True)
DESERT_ROAD = Road(3.9, (1.95,), yellow=True)
_STRIP_M = 2.0
"""Half of the green strip of a divided road."""


def asphalt(way: Way, road: Road) -> Mesh:
    """The road's surface: darker at its edges, lighter where wheels run, gravel beside it."""
    z = stations(60.0, 1100.0)
    sides = (
        [(-road.half_m, -_STRIP_M), (_STRIP_M, road.half_m)]
        if road.divided
        else [(-road.half_m, road.half_m)]
    )
    meshes: list[Mesh] = []
    for left, right in sides:
        asides = np.unique(np.concatenate([np.linspace(left, right, 2), *(_tracks(road, left, right))]))
        ribs = [
            (left - 1.1, -0.5, _GRAVEL),
            (left - 0.8, -0.07, _GRAVEL),
            (left, 0.0, _GRAVEL),
            (left, 0.0, _ASPHALT),
        ]
        ribs += [(float(a), 0.0, _WORN if _is_worn(road, float(a)) else _ASPHALT) for a in asides[1:-1]]
        ribs += [
            (right, 0.0, _ASPHALT),
            (right, 0.0, _GRAVEL),
            (right + 0.8, -0.07, _GRAVEL),
            (right + 1.1, -0.5, _GRAVEL),
        ]
        meshes.append(ribbon(way, ribs, z))
    if road.divided:
        green = (0.33, 0.41, 0.18)
        meshes.append(
            ribbon(
                way, [(-_STRIP_M + 0.7, -0.08, green), (0.0, 0.10, green), (_STRIP_M - 0.7, -0.08, green)], z
            )
        )
    return _mottled(merge(meshes))


def _tracks(road: Road, left: float, right: float) -> list[Floats]:
    lanes = [s * lane for lane in road.lanes for s in (-1.0, 1.0) if left < s * lane < right]
    return [lane + np.array([-1.25, -0.72, -0.2, 0.2, 0.72, 1.25]) for lane in lanes]


def _is_worn(road: Road, aside: float) -> bool:
    return any(abs(abs(abs(aside) - lane) - 0.72) < 0.05 for lane in road.lanes)


def _mottled(mesh: Mesh) -> Mesh:
    """Repairs and stains: no two metres of a road have the same grey."""
    x, z = mesh.positions[:, 0].astype(float), mesh.positions[:, 2].astype(float)
    tone = 1.0 + 0.05 * np.sin(0.31 * z + 1.7 * np.sin(0.13 * x)) + 0.03 * np.sin(1.9 * z + x)
    colors = mesh.colors.copy()
    colors[:, :3] = np.clip(colors[:, :3] * tone[:, None], 0.0, 255.0).astype(np.uint8)
    return Mesh(mesh.positions, mesh.normals, colors, mesh.glow, mesh.faces)


def markings(way: Way, road: Road) -> Mesh:
    """White lines: at the edges throughout, between lanes in dashes, the middle one by the road's kind."""
    z = stations(60.0, 420.0)
    edge = road.half_m - 0.32
    lines = [_line(way, side * edge, 0.13, _WHITE, z) for side in (-1.0, 1.0)]
    spans = [(a, a - 3.0) for a in np.arange(108.0, -300.0, -9.0).tolist()]
    if road.divided:
        lines += [_line(way, side * (_STRIP_M + 0.32), 0.13, _WHITE, z) for side in (-1.0, 1.0)]
        between = sum(road.lanes) / len(road.lanes)
        lines += [dashes(way, side * between, 0.15, _PAINT_M, _WHITE, spans) for side in (-1.0, 1.0)]
    elif road.yellow:
        lines += [_line(way, side * 0.14, 0.11, _YELLOW, z) for side in (-1.0, 1.0)]
    else:
        lines.append(dashes(way, 0.0, 0.14, _PAINT_M, _WHITE, spans))
    return merge(lines)


def _line(way: Way, aside: float, wide: float, color: Color, z: Floats) -> Mesh:
    return ribbon(way, [(aside - wide / 2.0, _PAINT_M, color), (aside + wide / 2.0, _PAINT_M, color)], z)


def guard_rail(way: Way, aside: float) -> Mesh:
    """A rail of folded zinc on posts along one side of a road."""
    z = stations(50.0, 420.0)
    inward = -1.0 if aside > 0.0 else 1.0
    dark = (0.44, 0.46, 0.48)
    fold = [(0.0, 0.44, dark), (0.05, 0.52, _ZINC), (0.0, 0.60, dark), (0.05, 0.68, _ZINC), (0.0, 0.76, dark)]
    front = [(aside + inward * out, up, color) for out, up, color in fold]
    back = [(aside - inward * 0.03, 0.44, dark), (aside - inward * 0.03, 0.76, dark)]
    ways = (front, back[::-1]) if inward > 0.0 else (front[::-1], back)
    post = box((-0.05, -0.5, -0.06), (0.05, 0.72, 0.06), dark)
    posts = beside(way, post, aside - inward * 0.09, np.arange(84.0, -170.0, -4.0))
    return merge([*(ribbon(way, list(ribs), z) for ribs in ways), posts])


def marker_posts(way: Way, aside: float, height: Height) -> Mesh:
    """White posts with a black band and a reflector, every twenty metres on both sides."""
    band, white = (0.10, 0.10, 0.11), (0.88, 0.88, 0.86)
    shine: Color = (1.0, 0.72, 0.30)
    parts = [
        box((-0.06, -0.3, -0.05), (0.06, 0.70, 0.05), white),
        box((-0.062, 0.70, -0.052), (0.062, 0.92, 0.052), band),
        box((-0.06, 0.92, -0.05), (0.06, 1.0, 0.05), white),
        box((-0.035, 0.74, -0.058), (0.035, 0.88, 0.058), shine, glow=0.9),
    ]
    post = merge(parts)
    copies: list[Mesh] = []
    for side in (-1.0, 1.0):
        z = np.arange(96.0, -290.0, -24.0)
        spots = way.placed(z, side * aside)
        foot = height(spots[:, 0].astype(np.float32), spots[:, 2].astype(np.float32)).astype(float)
        copies.append(beside(way, post, side * aside, z, foot=foot))
    return merge(copies)


def poles(way: Way, aside: float, height: Height) -> Mesh:
    """Wooden poles with a wire along one side of a road, hanging a little between them."""
    wood: Color = (0.36, 0.29, 0.22)
    pole = merge(
        [
            box((-0.10, -0.4, -0.10), (0.10, 7.0, 0.10), wood),
            box((-0.85, 6.35, -0.06), (0.85, 6.50, 0.06), wood),
        ]
    )
    z = np.arange(112.0, -420.0, -38.0)
    spots = way.placed(z, aside)
    foot = height(spots[:, 0].astype(np.float32), spots[:, 2].astype(np.float32)).astype(float)
    meshes = [beside(way, pole, aside, z, foot=foot)]
    for arm in (-0.75, 0.75):
        tops = way.placed(z, aside + arm)
        tops[:, 1] = foot + 6.58
        meshes += [_wire(a, b) for a, b in pairwise(tops)]
    return merge(meshes)


def _wire(start: Floats, end: Floats) -> Mesh:
    """A wire of two crossed strips that sags by one metre."""
    share = np.linspace(0.0, 1.0, 7)[:, None]
    line = start + (end - start) * share - np.array([0.0, 4.0, 0.0]) * share * (1.0 - share)
    points = np.concatenate([line + np.array([0.0, 0.014, 0.0]), line - np.array([0.0, 0.014, 0.0])])
    k = np.arange(6)
    faces = np.concatenate([np.stack([k, k + 7, k + 1], 1), np.stack([k + 1, k + 7, k + 8], 1)])
    faces = np.concatenate([faces, faces[:, ::-1]])
    return as_mesh(points, np.tile(np.array([0.0, 1.0, 0.0]), (14, 1)), (0.12, 0.12, 0.13), faces)
