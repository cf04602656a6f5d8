"""Coats: patterns that a fragment shader paints on a body's rest position, so that they stick to its skin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Rgb = tuple[float, float, float]


class Pattern(StrEnum):
    """What a coat shows beside the colour of its vertices."""

    PLAIN = "plain"
    """One colour: skin, cloth, paint."""
    FUR = "fur"
    """Fine streaks along the body."""
    STRIPES = "stripes"
    """Bands across the body's flow, as on a zebra or a tiger."""
    PATCHES = "patches"
    """Large islands with soft outlines, as on a cow."""
    CELLS = "cells"
    """Polygons with a light net between them, as on a giraffe."""
    SPOTS = "spots"
    """Round dots, as on a fawn or a ladybird."""
    ROSETTES = "rosettes"
    """Rings of dark with a darker middle, as on a leopard."""
    WOOL = "wool"
    """Curls, as on a sheep."""
    HIDE = "hide"
    """Wrinkles, as on an elephant."""
    SCALES = "scales"
    """Rows of overlapping scales, as on a fish or a snake."""


@dataclass(frozen=True, slots=True)
class Coat:
    """A pattern with its second colour.

    Attributes:
        pattern: what is painted over the vertices' own colours, where their skin lets it.
        color: the pattern's own colour, sRGB 0 to 1.
        per_m: how many of its features fit into a metre.
        balance: share of the surface that the pattern covers, 0 to 1.
        seed: moves the pattern over the body, so that no two are the same.
    """

    pattern: Pattern = Pattern.PLAIN
    color: Rgb = (0.0, 0.0, 0.0)
    per_m: float = 6.0
    balance: float = 0.5
    seed: int = 0


PLAIN = Coat()
