"""What the seasons do to leaves and grass."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.plan import Season
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.terrain import Paint

Foliage = tuple[Color, Color]
"""The dark and the light colour of leaves."""

_AUTUMN: tuple[Foliage, ...] = (
    ((0.52, 0.26, 0.08), (0.85, 0.50, 0.14)),
    ((0.55, 0.38, 0.09), (0.90, 0.68, 0.20)),
    ((0.46, 0.15, 0.08), (0.76, 0.28, 0.12)),
    ((0.34, 0.34, 0.12), (0.66, 0.58, 0.20)),
)
_BLOSSOM: tuple[Foliage, ...] = (
    ((0.62, 0.36, 0.44), (0.96, 0.76, 0.82)),
    ((0.68, 0.50, 0.54), (0.98, 0.90, 0.92)),
)
_AUTUMN_GRASS = np.array([1.28, 0.98, 0.80, 1.0], np.float32)
_SPRING_GRASS = np.array([0.94, 1.10, 0.90, 1.0], np.float32)


def foliage(season: Season | None, which: int, summer: Foliage, *, blossoms: bool = False) -> Foliage:
    """The leaves of one tree of many.

    Args:
        season: when; None is summer.
        which: which tree: in autumn neighbours differ.
        summer: its colours in summer.
        blossoms: whether it flowers in spring.
    """
    if season is Season.AUTUMN:
        return _AUTUMN[which % len(_AUTUMN)]
    if season is Season.SPRING and blossoms:
        return _BLOSSOM[which % len(_BLOSSOM)]
    if season is Season.SPRING:
        return _fresher(summer[0]), _fresher(summer[1])
    return summer


def _fresher(color: Color) -> Color:
    return (color[0] * 1.08, min(color[1] * 1.16, 1.0), color[2] * 0.95)


def turned(paint: Paint, season: Season | None) -> Paint:
    """The paint of a meadow as the season turns it."""
    factor = {Season.AUTUMN: _AUTUMN_GRASS, Season.SPRING: _SPRING_GRASS}.get(season) if season else None
    if factor is None:
        return paint

    def toned(x: Field, z: Field, y: Field, steep: Field) -> Field:
        return (paint(x, z, y, steep) * factor).astype(np.float32)

    return toned


def tip(season: Season | None, summer: Color) -> Color:
    """What colour the tips of the grass tend to."""
    if season is Season.AUTUMN:
        return (0.68, 0.56, 0.26)
    return (0.46, 0.62, 0.20) if season is Season.SPRING else summer
