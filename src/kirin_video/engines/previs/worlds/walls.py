"""The shell of a room: floor, walls with windows and curtains, ceiling, skirting."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import rod, soft_box
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color

HALF_M, BACK_M, FRONT_M, HIGH_M = 3.3, -5.4, 3.2, 2.75
"""Half the room's width, its back wall and the wall behind the camera along z, its height."""

Rect = tuple[float, float, float, float]
"""A window: x0, x1, y0, y1 in the back wall, z0, z1, y0, y1 in the left one. Furniture: x0, z0, x1, z1."""

_WHITE: Color = (0.90, 0.88, 0.84)
_DRAPE: Color = (0.84, 0.76, 0.62)
_TOUCHING_M = 1e-3
_CORNER, _UNDER = 0.30, 0.50
"""How much darker corners are, and floors beside furniture."""


def build_walls(
    seed: int, paint: Color, covers: Sequence[Rect], back: Sequence[Rect], left: Sequence[Rect]
) -> Mesh:
    """Build a shell.

    Args:
        seed: of the boards.
        paint: colour of the walls.
        covers: what furniture stands on; it shades the floor and the walls beside it.
        back: the windows of the back wall, from left to right.
        left: the windows of the left wall, from the back forwards.
    """
    shade = _openness(covers)
    deep, wide, high = FRONT_M - BACK_M, 2.0 * HALF_M, HIGH_M
    parts = [
        made.boards((-HALF_M, BACK_M), (HALF_M, FRONT_M), made.OAK, shade, seed=seed),
        made.panel((-HALF_M, high, BACK_M), (wide, 0, 0), (0, 0, deep), _WHITE, shade, step_m=0.45),
        made.panel((HALF_M, 0, BACK_M), (0, 0, deep), (0, high, 0), paint, shade),
        made.panel((HALF_M, 0, FRONT_M), (-wide, 0, 0), (0, high, 0), paint, shade, step_m=1.0),
        soft_box((-HALF_M, 0.0, BACK_M), (HALF_M, 0.12, BACK_M + 0.025), made.WHITE, bevel=0.008),
        soft_box((HALF_M - 0.025, 0.0, BACK_M), (HALF_M, 0.12, FRONT_M), made.WHITE, bevel=0.008),
        soft_box((-HALF_M, 0.0, BACK_M), (-HALF_M + 0.025, 0.12, FRONT_M), made.WHITE, bevel=0.008),
    ]
    for a, b, y0, y1 in _around(-HALF_M, HALF_M, back):
        parts.append(made.panel((a, y0, BACK_M), (b - a, 0, 0), (0, y1 - y0, 0), paint, shade))
    for a, b, y0, y1 in _around(BACK_M, FRONT_M, left):
        parts.append(made.panel((-HALF_M, y0, b), (0, 0, a - b), (0, y1 - y0, 0), paint, shade))
    for hole in back:
        parts += _dressed(hole)
    for a, b, y0, y1 in left:
        parts.append(made.window(-b, -a, y0, y1).moved((-HALF_M, 0.0, 0.0), math.pi / 2.0))
    return merge(parts)


def _openness(covers: Sequence[Rect]) -> made.Shade:
    """How open places are: less in corners, and least beside furniture."""

    def open_at(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, z = points.T
        near = np.ones(len(points))
        for off in (HALF_M - np.abs(x), z - BACK_M, y, HIGH_M - y):
            # A wall's own plane does not shade it.
            near *= np.where(off < _TOUCHING_M, 1.0, 1.0 - _CORNER * np.exp(-off / 0.28))
        for x0, z0, x1, z1 in covers:
            right = np.maximum(np.maximum(x0 - x, x - x1), 0.0)
            ahead = np.maximum(np.maximum(z0 - z, z - z1), 0.0)
            near *= 1.0 - _UNDER * np.exp(-np.sqrt(right**2 + ahead**2 + y**2) / 0.22)
        return near

    return open_at


def _around(low: float, high: float, holes: Sequence[Rect]) -> list[Rect]:
    """The pieces of a wall from one end to the other that leave its holes open."""
    pieces: list[Rect] = []
    at = low
    for a, b, y0, y1 in holes:
        pieces += [(at, a, 0.0, HIGH_M), (a, b, 0.0, y0), (a, b, y1, HIGH_M)]
        at = b
    return [*pieces, (at, high, 0.0, HIGH_M)]


def _dressed(hole: Rect) -> list[Mesh]:
    """A window of the back wall with its curtains."""
    a, b, y0, y1 = hole
    before = (0.0, 0.0, BACK_M + 0.10)
    cloth = [
        made.curtain(x, x + 0.40, y1 + 0.18, _DRAPE, folds=4, low=y0 - 0.25).moved(before)
        for x in (a - 0.42, b + 0.02)
    ]
    rail = rod((a - 0.5, y1 + 0.20, 0.0), (b + 0.5, y1 + 0.20, 0.0), 0.014, made.WALNUT).moved(before)
    return [made.window(a, b, y0, y1).moved((0.0, 0.0, BACK_M)), *cloth, rail]
