"""Paints that machines share: glass, lamps and dark trim; sRGB 0 to 1."""

from __future__ import annotations

Rgb = tuple[float, float, float]
GLASS: Rgb = (0.06, 0.085, 0.11)
DARK: Rgb = (0.05, 0.05, 0.055)
LAMP: Rgb = (0.93, 0.94, 0.90)
TAIL: Rgb = (0.75, 0.05, 0.05)
AMBER: Rgb = (0.95, 0.55, 0.10)
PAINT = 0.5


def shade(color: Rgb, factor: float) -> Rgb:
    """A colour darker or lighter."""
    return min(color[0] * factor, 1.0), min(color[1] * factor, 1.0), min(color[2] * factor, 1.0)
