"""Lumps of clay: cones with round ends and ellipsoids, as rows of numbers that the kernels read."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Rgb = tuple[float, float, float]
Rows = NDArray[np.float64]
Closer = list[tuple[Rows, float, float]]
"""Balls that are looked at more closely: middle, radius, how many times smaller triangles are there."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a lump's surface looks like.

    Attributes:
        color: sRGB, 0 to 1.
        coat: how much the layer's pattern covers it.
        gloss: how much it shines like wet or polished.
        fur: how furry its outline is.
    """

    color: Rgb
    coat: float = 1.0
    gloss: float = 0.0
    fur: float = 0.4


@dataclass(frozen=True, slots=True)
class Lump:
    """A cone with round ends, or an ellipsoid.

    Attributes:
        row: float64, (30,), as the kernels read it: kind, operation, two points, two radii, three half axes,
            a turn (rows are the lump's axes), blend, flatness and its axis, where the flow leads to.
        low: the corner of its box, without room for blending.
        high: the opposite corner.
        bone: the index of the bone that it hangs on.
        look: what it looks like.
        along: how far along the body's flow its two ends are; NaN where it follows its neighbours.
        area_m2: roughly, of its surface.
    """

    row: Rows
    low: Rows
    high: Rows
    bone: int
    look: Look
    along: tuple[float, float]
    area_m2: float


def scaled(lump: Lump, factor: float) -> Lump:
    """The lump so many times as large, about the origin."""
    row = lump.row.copy()
    row[2:13] *= factor
    row[22] *= factor
    row[27:30] *= factor
    return replace(
        lump,
        row=row,
        low=lump.low * factor,
        high=lump.high * factor,
        along=(lump.along[0] * factor, lump.along[1] * factor),
        area_m2=lump.area_m2 * factor * factor,
    )


def true_area(lump: Lump, closer: Closer) -> float:
    """A lump's area, counted as often as smaller triangles fill it."""
    middle = (lump.low + lump.high) / 2.0
    finest = max((t for c, r, t in closer if np.linalg.norm(middle - c) < r), default=1.0)
    return lump.area_m2 * finest * finest


def stacked(lumps: list[Lump], room: float) -> tuple[Rows, Rows]:
    """Rows (l, 30) and boxes (l, 6) with room for blending and a bit more, metres."""
    rows = np.array([lump.row for lump in lumps])
    margin = (1.2 * rows[:, 22] + room)[:, None]
    low = np.array([lump.low for lump in lumps]) - margin
    high = np.array([lump.high for lump in lumps]) + margin
    return rows, np.concatenate([low, high], 1)


def thickened(lump: Lump, cell: float, closer: Closer) -> Lump:
    """The lump no thinner than cells can show: far away, ears and tails must not vanish."""
    middle = (lump.low + lump.high) / 2.0
    finest = max((t for c, r, t in closer if np.linalg.norm(middle - c) < r), default=1.0)
    least = 0.75 * cell / finest
    row = lump.row.copy()
    if row[1] != 0.0:
        return lump
    if row[0] == 0.0:
        row[8:10] = np.maximum(row[8:10], least)
        row[23] = max(row[23], min(1.0, least / max(row[8], row[9])))
    else:
        row[10:13] = np.maximum(row[10:13], least)
    return replace(lump, row=row)
