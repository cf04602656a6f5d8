"""Age in a face: lines round eyes and mouth and across the forehead, and pouches below the eyes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec
from kirin_video.engines.previs.bodies.person.palette import Palette, mixed, shade
from kirin_video.engines.previs.bodies.sculpt import Layer
from kirin_video.engines.previs.bodies.trims import horn

_SUNK = 0.45
"""How deep a line lies in the skin, in its own radii: a thin shade of it shows."""
_POINTS = 9

Place = tuple[float, float]
"""A height above the middle of the skull, in shares of the head, and degrees to the side."""


def add_wrinkles(skin: Layer, f: Frame, p: Palette) -> None:
    """Draw the lines of an old face into its skin.

    Args:
        skin: the layer of the head, eyes and mouth in place.
        f: the joints.
        p: the colours.
    """
    for high, wide, thick in ((0.208, 26.0, 0.0058), (0.240, 30.0, 0.0064), (0.272, 26.0, 0.0058)):
        _line(skin, f, p, [(high - 0.006, -wide), (high + 0.006, 0.0), (high - 0.006, wide)], thick)
    for side in SIDES.values():
        for places, thick in _OF_HALF_A_FACE:
            _line(skin, f, p, [(high, side * angle) for high, angle in places], thick)


_OF_HALF_A_FACE: tuple[tuple[tuple[Place, ...], float], ...] = (
    # From the wings of the nose past the corners of the mouth, and down from these.
    (((-0.115, 14.0), (-0.165, 20.0), (-0.225, 24.5), (-0.285, 25.5), (-0.320, 24.0)), 0.0098),
    (((-0.305, 19.5), (-0.345, 19.0), (-0.385, 16.5)), 0.0062),
    # Crow's feet.
    (((0.030, 45.0), (0.045, 51.0), (0.066, 57.0)), 0.0058),
    (((0.004, 46.0), (0.004, 53.0), (0.008, 60.0)), 0.0064),
    (((-0.024, 45.5), (-0.040, 52.0), (-0.050, 59.0)), 0.0058),
    # Pouches under the eye.
    (((-0.085, 15.0), (-0.112, 22.0), (-0.118, 30.0), (-0.100, 38.0)), 0.0074),
    (((-0.128, 20.0), (-0.146, 27.0), (-0.140, 36.0)), 0.0052),
    # Between the brows.
    (((0.120, 4.0), (0.152, 4.6), (0.184, 4.0)), 0.0052),
    # Over the cheek.
    (((-0.170, 34.0), (-0.225, 36.0), (-0.275, 35.0)), 0.0050),
)
"""Lines of one side of a face, each with its thickness, in shares of the head."""


def _line(skin: Layer, f: Frame, p: Palette, places: Sequence[Place], thick: float) -> None:
    """A line over the skin, thin at both ends."""
    h = f.head
    color = shade(mixed(p.skin, p.cheeks, 0.35), 0.76)
    known, at = np.arange(float(len(places))), np.linspace(0.0, len(places) - 1.0, _POINTS)
    path: list[Vec] = []
    highs = np.interp(at, known, [high for high, _ in places])
    angles = np.radians(np.interp(at, known, [angle for _, angle in places]))
    for high, angle in zip(highs.tolist(), angles.tolist(), strict=True):
        way = np.array([math.cos(angle), 0.0, math.sin(angle)])
        on_skin = skin.surface(f.skull + np.array([0.0, high, 0.0]) * h, way, 0.8 * h)
        path.append(on_skin - way * thick * _SUNK * h)
    radii = [thick * h * (0.2 + 0.8 * float(e)) for e in np.sin(np.linspace(0.1, np.pi - 0.1, _POINTS))]
    skin.trim(horn(path, radii, color, color, sides=5), "head", fur=0.2)
