"""Paint on the road: lanes, parking bays, zebra crossings; and the iron covers in it."""

# ruff: noqa: PLR2004 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.palette import IRON, PAINT_WHITE, tinted
from kirin_video.engines.previs.city.solids import shaded, turned

MARK_M = 0.022
"""Paint lies this high above the road: two centimetres keep it from flickering in the distance."""

_NEAR_M, _FAR_M = 43.0, -150.0
_FIRST_BAY_M = 0.5


def paint_markings(
    clay: Clay, rng: np.random.Generator, crossings: Sequence[float], zebras: Sequence[float]
) -> None:
    """Mark the avenue, and set its manhole covers."""
    _middle_line(clay, rng, crossings, zebras)
    _parking_bays(clay, rng, (*crossings, *zebras))
    for z in zebras:
        _zebra(clay, rng, z)
    for z in np.arange(20.0, -60.0, -17.0).tolist():
        # A rim would stand out black where snow covers the top; the middle line keeps its place.
        cover = turned([(0.36, MARK_M), (0.0, MARK_M)], shaded(IRON, 1.2), sides=12)
        x = float(rng.uniform(0.7, 2.6)) * float(rng.choice((-1.0, 1.0)))
        clay.add(cover.moved((x, 0.0, z + float(rng.uniform(-2.0, 2.0)))))


def _mark(clay: Clay, rng: np.random.Generator, x: tuple[float, float], z: tuple[float, float]) -> None:
    low, high = sorted(x)
    clay.box((low, 0.0, z[0]), (high, MARK_M, z[1]), tinted(rng, PAINT_WHITE, 0.04), faces="Y")


def _middle_line(
    clay: Clay, rng: np.random.Generator, crossings: Sequence[float], zebras: Sequence[float]
) -> None:
    for z in np.arange(_NEAR_M, _FAR_M, -5.0).tolist():
        if all(abs(z - c) > 9.0 for c in crossings) and all(abs(z - s) > 4.0 for s in zebras):
            _mark(clay, rng, (-0.07, 0.07), (z - 1.3, z + 1.3))


def _parking_bays(clay: Clay, rng: np.random.Generator, kept_clear: Sequence[float]) -> None:
    for z in np.arange(_FIRST_BAY_M, _FAR_M, -6.2).tolist():
        if all(abs(z - other) > 7.0 for other in kept_clear):
            for side in (-1.0, 1.0):
                _mark(clay, rng, (side * 3.42, side * 5.3), (z - 0.05, z + 0.05))
                _mark(clay, rng, (side * 3.3, side * 3.42), (z - 0.6, z + 0.6))


def _zebra(clay: Clay, rng: np.random.Generator, z: float) -> None:
    for x in np.arange(-4.8, 4.81, 1.2).tolist():
        _mark(clay, rng, (x - 0.31, x + 0.31), (z - 1.7, z + 1.7))
    for side in (-1.0, 1.0):
        stop = z + 2.4 * side
        _mark(clay, rng, (0.2 * side, 3.2 * side), (stop - 0.15, stop + 0.15))
