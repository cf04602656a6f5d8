"""Bending planes that were painted straight and wide: what a fisheye shows of them.

The middle is enlarged and the rim is pressed together along the radius; there each pixel is the mean of
several places, or edges would crawl.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled
from kirin_video.engines.previs.fisheye import off_axis

Plane = NDArray[np.uint8]

_STEPS = 512
_TAP = 1.5
"""A pixel that covers more pixels than this along the radius is read at several places."""
_MOST_TAPS = 8


@compiled
def _read(source: Plane, x: np.float32, y: np.float32) -> np.float32:
    """One value between four pixels."""
    x = min(max(x, np.float32(0.0)), np.float32(source.shape[1]) - np.float32(1.001))
    y = min(max(y, np.float32(0.0)), np.float32(source.shape[0]) - np.float32(1.001))
    j, i = np.uint32(x), np.uint32(y)
    right, down = x - np.float32(j), y - np.float32(i)
    a, b = np.float32(source[i, j]), np.float32(source[i, j + np.uint32(1)])
    c, d = np.float32(source[i + np.uint32(1), j]), np.float32(source[i + np.uint32(1), j + np.uint32(1)])
    top, low = a + (b - a) * right, c + (d - c) * right
    return top + (low - top) * down


@compiled
def _bend(
    source: Plane, gains: NDArray[np.float32], slopes: NDArray[np.float32], taps: Plane, out: Plane
) -> None:
    """Bend a plane.

    Args:
        source: (h, w), straight.
        gains: (n,), by the square of the distance from the middle, the corner's last: how many of the
            source's pixels lie in one, measured from the middle.
        slopes: (n,), how many lie in one that steps along the radius, over the distance.
        taps: (n,), at how many places one is read.
        out: (H, W), is filled.
    """
    rows, columns = out.shape
    half = np.float32(0.5)
    middle_x = np.float32(source.shape[1]) * half - half
    middle_y = np.float32(source.shape[0]) * half - half
    corner = np.float32(rows * rows + columns * columns) * np.float32(0.25)
    scale = np.float32(len(gains) - 1) / corner
    for i in range(rows):
        y = np.float32(i) + half - np.float32(rows) * half
        for j in range(columns):
            x = np.float32(j) + half - np.float32(columns) * half
            at = (x * x + y * y) * scale
            k = min(np.uint32(at), np.uint32(len(gains) - 2))
            part = at - np.float32(k)
            gain = gains[k] + (gains[k + np.uint32(1)] - gains[k]) * part
            count = taps[k]
            if count == 1:
                value = _read(source, middle_x + x * gain, middle_y + y * gain)
            else:
                value = np.float32(0.0)
                for tap in range(count):
                    off = (np.float32(tap) + half) / np.float32(count) - half
                    here = gain + off * slopes[k]
                    value += _read(source, middle_x + x * here, middle_y + y * here)
                value /= np.float32(count)
            out[i, j] = np.uint8(value + half)


class Bender:
    """Brings straight planes to their own size, bent.

    Args:
        size: width and height of what comes, even numbers of pixels.
        wanted: the same of what goes.
    """

    def __init__(self, size: tuple[int, int], wanted: tuple[int, int]) -> None:
        self._pixels = math.hypot(*size) / 2.0, math.hypot(*wanted) / 2.0
        self._reach = -1.0
        self.aim(0.0)

    def aim(self, reach: float) -> None:
        """Set the glass.

        Args:
            reach: how far the corner is from the middle, in focal lengths; 0 leaves the picture straight.
        """
        if reach == self._reach:
            return
        self._reach = reach
        source, shown = self._pixels
        # From the middle to the corner; the middle's own ratio is that of places very near it.
        share = np.sqrt(np.maximum(np.linspace(0.0, 1.0, _STEPS), 1e-6))
        if reach > 0.0:
            angle = 2.0 * np.arcsin(reach * share / 2.0)
            widest = math.tan(off_axis(reach))
            place = np.tan(angle) / widest
            # An angle a grows by 1 / cos(a / 2) of the radius, its tangent by 1 / cos(a) ** 2.
            steep = reach / (np.cos(angle / 2.0) * np.cos(angle) ** 2 * widest)
        else:
            place, steep = share, np.ones_like(share)
        self._gains = (place / share * source / shown).astype(np.float32)
        along = steep * source / shown
        self._slopes = (along / (share * shown)).astype(np.float32)
        self._half_slopes = (2.0 * along / (share * shown)).astype(np.float32)
        self._taps = np.clip(np.ceil(along / _TAP), 1, _MOST_TAPS).astype(np.uint8)

    def luma(self, source: Plane, out: Plane) -> None:
        """Bend brightness, (h, w) to (H, W)."""
        _bend(source, self._gains, self._slopes, self._taps, out)

    def chroma(self, source: Plane, out: Plane) -> None:
        """Bend one of the planes of chroma, (h / 2, w / 2) to (H / 2, W / 2)."""
        _bend(source, self._gains, self._half_slopes, self._taps, out)
