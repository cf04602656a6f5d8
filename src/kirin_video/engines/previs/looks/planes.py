"""Planes and numbers that all looks share: limited-range BT.709 luma and colour differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame

Plane = NDArray[np.uint8]
Real = NDArray[np.floating]
"""Mostly float32; kernels take float32 only."""

BLACK, WHITE, GREY = 16, 235, 128
"""Luma of black and of white; colour difference of no colour."""

REFERENCE_PX = 720
"""Sizes in looks are pixels of a picture whose shorter side is this."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as planes have it.

    Attributes:
        y: luma, 16 to 235.
        u: blue difference, 16 to 240, 128 is none.
        v: red difference, likewise.
    """

    y: float
    u: float
    v: float


def paint(red: int, green: int, blue: int) -> Paint:
    """An sRGB colour, 0 to 255 each, as BT.709 limited range (ITU-R BT.709-6)."""
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return Paint(
        BLACK + y * 219 / 255,
        GREY + (blue - y) / 1.8556 * 224 / 255,
        GREY + (red - y) / 1.5748 * 224 / 255,
    )


def scale_of(width: int, height: int) -> float:
    """How many pixels one pixel of the reference is."""
    return min(width, height) / REFERENCE_PX


def bytes_of(values: NDArray[np.floating | np.integer]) -> Plane:
    """Rounded and cut to 0 to 255."""
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def curve(points: tuple[tuple[float, float], ...]) -> Plane:
    """A table of 256 lumas through points given as shares of white; straight between them."""
    level = (np.arange(256) - BLACK) / (WHITE - BLACK)
    at, to = zip(*points, strict=True)
    return bytes_of(BLACK + (WHITE - BLACK) * np.interp(level, at, to))


def saturated(amount: float, shift: float = 0.0) -> Plane:
    """A table for a colour difference: so many times as colourful, then shifted."""
    return bytes_of(np.clip(GREY + (np.arange(256) - GREY) * amount + shift, 16, 240))


def frame_of(y: Plane, u: Plane, v: Plane) -> I420Frame:
    """Planes as a frame."""
    return I420Frame(y, u, v)
