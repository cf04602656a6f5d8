"""A tower of iron lattice."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import as_mesh

_IRON: Rgb = (0.42, 0.31, 0.23)


Spot = tuple[float, float, float]
Bars = list[tuple[Spot, Spot]]

_WIDTHS = ((0.0, 7.9, 3.2), (3.2, 5.9, 2.6), (7.2, 4.5, 2.2), (11.0, 3.4, 1.75), (14.6, 2.6, 1.45))
"""The tower's legs: height, half of the tower's width there, width of a leg."""
_SHAFT = ((14.6, 2.6), (18.0, 1.9), (22.0, 1.42), (26.0, 1.1), (30.0, 0.86), (34.8, 0.66))
"""Its shaft: height, half of its width there."""


def eiffel_tower(order: Order, kit: Assembly) -> Mechanism:
    """A tower of iron lattice on four legs, arches between them, with three platforms and a mast."""
    iron = paint_of(order, "body", _IRON)
    kit.add(_lattice(_legs(), 0.17, iron), _lattice(_shaft(), 0.13, iron), shades=False)
    for y, half, tall in ((7.2, 5.1, 0.9), (14.6, 3.0, 0.7), (34.8, 1.1, 0.6)):
        kit.add(box((-half, y - 0.3, -half), (half, y + tall - 0.3, half), shade(iron, 0.9), round_m=0.05))
        kit.add(_lattice(_rail(y + tall, half), 0.05, iron), shades=False)
    kit.add(*_arches(iron), *_cores(shade(iron, 0.72)), shades=False)
    for a, b in itertools.product((-1.0, 1.0), repeat=2):
        kit.add(
            box((6.2 * a - 2.0, 0.0, 6.2 * b - 2.0), (6.2 * a + 2.0, 0.5, 6.2 * b + 2.0), (0.62, 0.58, 0.52))
        )
    cabin = [(0.9, 35.1), (0.9, 36.6), (0.5, 37.3), (0.2, 38.2), (0.09, 42.0), (0.0, 42.0)]
    kit.add(lathe(cabin, iron, sides=10))
    return still(16.0, 16.0, 42.0)


def _legs() -> Bars:
    """The bars of four legs that lean towards each other."""
    bars: Bars = []
    fine = np.linspace(0.0, 14.6, 11)
    high, half, wide = (np.array(column) for column in zip(*_WIDTHS, strict=True))
    outer = np.interp(fine, high, half)
    inner = outer - np.interp(fine, high, wide)
    for a, b in itertools.product((-1.0, 1.0), repeat=2):
        for k in range(len(fine) - 1):
            low = _corners(a, b, outer[k], inner[k], fine[k])
            top = _corners(a, b, outer[k + 1], inner[k + 1], fine[k + 1])
            bars += _panel(low, top)
    return bars


def _corners(a: float, b: float, outer: float, inner: float, y: float) -> list[Spot]:
    """The corners of a leg, in order round it."""
    return [
        (a * outer, y, b * outer),
        (a * outer, y, b * inner),
        (a * inner, y, b * inner),
        (a * inner, y, b * outer),
    ]


def _shaft() -> Bars:
    """The bars above the legs."""
    bars: Bars = []
    heights = np.linspace(14.6, 34.8, 14)
    halves = np.interp(heights, [y for y, _ in _SHAFT], [half for _, half in _SHAFT])
    rows = [_square(float(half), float(y)) for y, half in zip(heights, halves, strict=True)]
    for low, top in itertools.pairwise(rows):
        bars += _panel(low, top)
    return bars


def _square(half: float, y: float) -> list[Spot]:
    """The corners of a level square, in order."""
    return [(half * a, y, half * b) for a, b in ((1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0))]


def _panel(low: Sequence[Spot], top: Sequence[Spot]) -> Bars:
    """One storey: its posts, the crosses between them and the beams above."""
    bars: Bars = []
    for k in range(4):
        n = (k + 1) % 4
        bars += [(low[k], top[k]), (low[k], top[n]), (low[n], top[k]), (top[k], top[n])]
    return bars


def _rail(y: float, half: float) -> Bars:
    rim = _square(half, y + 0.35)
    return [(rim[k], rim[(k + 1) % 4]) for k in range(4)]


def _arches(iron: Rgb) -> list[Mesh]:
    """The four arches below the first platform."""
    angles = np.linspace(0.0, math.pi, 15)
    arcs: list[Mesh] = []
    for turn in (0.0, 90.0, 180.0, 270.0):
        for r in (4.6, 4.1):
            path = [(6.2, 1.8 + r * 1.05 * math.sin(t), r * math.cos(t)) for t in angles]
            arcs.append(put(sweep(path, 0.15, iron, sides=5), turn=[("y", turn)]))
    return arcs


def _cores(dark: Rgb) -> list[Mesh]:
    """What makes legs and shaft solid from afar: one sees little through so many bars."""
    cores = [put(lathe([(1.0 * half, y) for y, half in _SHAFT], dark, sides=4), turn=[("y", 45.0)])]
    for a, b in itertools.product((-1.0, 1.0), repeat=2):
        path = [(a * (half - 0.5 * wide), y, b * (half - 0.5 * wide)) for y, half, wide in _WIDTHS]
        cores.append(sweep(path, [0.36 * wide for _, _, wide in _WIDTHS], dark, sides=8))
    return cores


def _lattice(bars: Bars, thick: float, color: Rgb) -> Mesh:
    """Square bars, 8 triangles each, all in one mesh."""
    ends: NDArray[np.float64] = np.array(bars, float)
    a, b = ends[:, 0], ends[:, 1]
    way = (b - a) / np.maximum(np.linalg.norm(b - a, axis=1, keepdims=True), 1e-9)
    helper = np.where(np.abs(way[:, 1:2]) < 0.9, [[0.0, 1.0, 0.0]], [[1.0, 0.0, 0.0]])
    u = np.cross(way, helper)
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    sides = (u, np.cross(way, u), -u, -np.cross(way, u))
    points: list[NDArray[np.float64]] = []
    normals: list[NDArray[np.float64]] = []
    faces: list[NDArray[np.int64]] = []
    for k, normal in enumerate(sides):
        across = sides[(k + 1) % 4]
        corners = [a + thick * (normal - across), a + thick * (normal + across)]
        corners += [b + thick * (normal + across), b + thick * (normal - across)]
        first = 4 * (np.arange(len(bars)) + k * len(bars))[:, None]
        points.append(np.stack(corners, 1).reshape(-1, 3))
        normals.append(np.repeat(normal, 4, axis=0))
        faces.append(np.concatenate([first + np.array([0, 1, 2]), first + np.array([0, 2, 3])]))
    return as_mesh(np.concatenate(points), np.concatenate(normals), color, np.concatenate(faces))
