"""Neon: signs that stand out from the fronts of a street, and the tubes that are bent on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.ground import FRONT_M
from kirin_video.engines.previs.city.palette import chance, pick
from kirin_video.engines.previs.city.solids import Point, Rgb, rod
from kirin_video.engines.previs.mesh import Mesh

TUBES: tuple[Rgb, ...] = (
    (1.0, 0.10, 0.42),
    (0.08, 0.86, 1.0),
    (1.0, 0.30, 0.10),
    (0.62, 0.18, 1.0),
    (0.20, 1.0, 0.46),
    (1.0, 0.80, 0.16),
    (0.16, 0.40, 1.0),
)
_BOARD: Rgb = (0.055, 0.055, 0.075)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign in place.

    Attributes:
        mesh: its board and its tubes.
        middle: where it hangs, metres.
        color: of most of its tubes.
        half_m: half of its height.
    """

    mesh: Mesh
    middle: Point
    color: Rgb
    half_m: float


def signs(rng: np.random.Generator, front_m: float = FRONT_M, far_z: float = -84.0) -> list[Sign]:
    """The signs of both sides of a street, nearest first.

    Args:
        rng: chance.
        front_m: how far the fronts stand from its middle.
        far_z: how far along it they hang.
    """
    hung: list[Sign] = []
    for side in (-1.0, 1.0):
        z = 1.0 + float(rng.uniform(-1.5, 1.5))
        while z > far_z:
            tall = chance(rng, 0.72)
            size = (float(rng.uniform(0.55, 0.8)), float(rng.uniform(1.5, 2.6))) if tall else (1.15, 0.6)
            y = float(rng.uniform(4.7, 6.4)) + (0.8 * size[1] if tall else 0.0)
            out = front_m - 0.25 - size[0]
            hung.append(_sign(rng, (side * out, y, z), size))
            z -= float(rng.uniform(3.6, 6.4))
    return hung


def _sign(rng: np.random.Generator, at: Point, half: tuple[float, float]) -> Sign:
    """A board across the pavement, written upon on both of its faces."""
    clay = Clay()
    (x, y, z), (w, h) = at, half
    color, other = pick(rng, TUBES), pick(rng, TUBES)
    clay.soft_box((x - w, y - h, z - 0.09), (x + w, y + h, z + 0.09), _BOARD, bevel=0.04)
    for face in (1.0, -1.0):
        plane = z + face * 0.13
        _frame(clay, (x, y, plane), (w - 0.08, h - 0.08), color)
        rows = max(round(h / w), 1)
        step = 2.0 * (h - 0.2) / rows
        for k in range(rows):
            middle = (x, y + h - 0.2 - (k + 0.5) * step, plane)
            _glyph(clay, rng, middle, (0.62 * (w - 0.1), 0.36 * step), other if k % 2 else color)
    return Sign(clay.mesh(), at, color, h)


def _frame(clay: Clay, at: Point, half: tuple[float, float], color: Rgb) -> None:
    (x, y, z), (w, h) = at, half
    corners: list[Point] = [(x - w, y - h, z), (x + w, y - h, z), (x + w, y + h, z), (x - w, y + h, z)]
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        clay.add(rod(a, b, 0.035, color, sides=4, glow=1.0))


def _glyph(clay: Clay, rng: np.random.Generator, at: Point, half: tuple[float, float], color: Rgb) -> None:
    """A letter of no language: strokes between the points of a small grid."""
    (x, y, z), (w, h) = at, half
    grid = [(x + i * w, y + j * h, z) for i in (-1.0, 0.0, 1.0) for j in (-1.0, 0.0, 1.0)]
    pairs = ((0, 2), (6, 8), (1, 7), (2, 8), (0, 6), (3, 5), (1, 4), (4, 8), (2, 4), (4, 6))
    for k in rng.permutation(len(pairs))[:4]:
        start, end = pairs[int(k)]
        clay.add(rod(grid[start], grid[end], 0.055, color, sides=4, glow=1.0))
