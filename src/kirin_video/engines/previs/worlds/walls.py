"""The shell of a room: floor, walls with windows and curtains, ceiling, skirting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Shell:
    """The measures and the finish of a room.

    Attributes:
        paint: colour of the walls.
        half_m: half its width.
        back_m: its back wall along z.
        front_m: the wall behind the camera.
        high_m: its height.
        floor: colour of the floor.
        tile_m: how large the floor's tiles are; None are boards.
        ceiling: colour of the ceiling.
        drape: colour of the curtains; None for bare windows.
        back: the windows of the back wall, from left to right.
        left: the windows of the left wall, from the back forwards.
    """

    paint: Color
    half_m: float = HALF_M
    back_m: float = BACK_M
    front_m: float = FRONT_M
    high_m: float = HIGH_M
    floor: Color = made.OAK
    tile_m: float | None = None
    ceiling: Color = _WHITE
    drape: Color | None = _DRAPE
    back: tuple[Rect, ...] = ()
    left: tuple[Rect, ...] = ()


def build_walls(seed: int, shell: Shell, covers: Sequence[Rect]) -> Mesh:
    """Build a shell.

    Args:
        seed: of the floor.
        shell: its measures.
        covers: what furniture stands on; it shades the floor and the walls beside it.
    """
    shade = _openness(shell, covers)
    half, back, front, high, paint = shell.half_m, shell.back_m, shell.front_m, shell.high_m, shell.paint
    deep, wide = front - back, 2.0 * half
    parts = [
        _floor(seed, shell, shade),
        made.panel((-half, high, back), (wide, 0, 0), (0, 0, deep), shell.ceiling, shade, step_m=0.45),
        made.panel((half, 0, back), (0, 0, deep), (0, high, 0), paint, shade),
        made.panel((half, 0, front), (-wide, 0, 0), (0, high, 0), paint, shade, step_m=1.0),
        soft_box((-half, 0.0, back), (half, 0.12, back + 0.025), made.WHITE, bevel=0.008),
        soft_box((half - 0.025, 0.0, back), (half, 0.12, front), made.WHITE, bevel=0.008),
        soft_box((-half, 0.0, back), (-half + 0.025, 0.12, front), made.WHITE, bevel=0.008),
    ]
    for a, b, y0, y1 in _around(-half, half, high, shell.back):
        parts.append(made.panel((a, y0, back), (b - a, 0, 0), (0, y1 - y0, 0), paint, shade))
    for a, b, y0, y1 in _around(back, front, high, shell.left):
        parts.append(made.panel((-half, y0, b), (0, 0, a - b), (0, y1 - y0, 0), paint, shade))
    for hole in shell.back:
        parts += _dressed(hole, shell)
    for a, b, y0, y1 in shell.left:
        parts.append(made.window(-b, -a, y0, y1).moved((-half, 0.0, 0.0), math.pi / 2.0))
    return merge(parts)


def _floor(seed: int, shell: Shell, shade: made.Shade) -> Mesh:
    half, back, front = shell.half_m, shell.back_m, shell.front_m
    if shell.tile_m is None:
        return made.boards((-half, back), (half, front), shell.floor, shade, seed=seed)
    return made.tiles(
        (-half, 0.0, front), (2.0 * half, 0, 0), (0, 0, back - front), shell.floor, shade,
        tile_m=shell.tile_m, seed=seed,
    )  # fmt: skip


def _openness(shell: Shell, covers: Sequence[Rect]) -> made.Shade:
    """How open places are: less in corners, and least beside furniture."""

    def open_at(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, z = points.T
        near = np.ones(len(points))
        for off in (shell.half_m - np.abs(x), z - shell.back_m, y, shell.high_m - y):
            # A wall's own plane does not shade it.
            near *= np.where(off < _TOUCHING_M, 1.0, 1.0 - _CORNER * np.exp(-off / 0.28))
        for x0, z0, x1, z1 in covers:
            right = np.maximum(np.maximum(x0 - x, x - x1), 0.0)
            ahead = np.maximum(np.maximum(z0 - z, z - z1), 0.0)
            near *= 1.0 - _UNDER * np.exp(-np.sqrt(right**2 + ahead**2 + y**2) / 0.22)
        return near

    return open_at


def _around(low: float, high: float, top: float, holes: Sequence[Rect]) -> list[Rect]:
    """The pieces of a wall from one end to the other that leave its holes open."""
    pieces: list[Rect] = []
    at = low
    for a, b, y0, y1 in holes:
        pieces += [(at, a, 0.0, top), (a, b, 0.0, y0), (a, b, y1, top)]
        at = b
    return [*pieces, (at, high, 0.0, top)]


def _dressed(hole: Rect, shell: Shell) -> list[Mesh]:
    """A window of the back wall with its curtains, where it has some."""
    a, b, y0, y1 = hole
    glazed = made.window(a, b, y0, y1).moved((0.0, 0.0, shell.back_m))
    if shell.drape is None:
        return [glazed]
    before = (0.0, 0.0, shell.back_m + 0.10)
    cloth = [
        made.curtain(x, x + 0.40, y1 + 0.18, shell.drape, folds=4, low=y0 - 0.25).moved(before)
        for x in (a - 0.42, b + 0.02)
    ]
    rail = rod((a - 0.5, y1 + 0.20, 0.0), (b + 0.5, y1 + 0.20, 0.0), 0.014, made.WALNUT).moved(before)
    return [glazed, *cloth, rail]
