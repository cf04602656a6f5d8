"""Enlarging planes a little, with their edges kept crisp.

Brightness goes through a cubic kernel steeper than Catmull and Rom's (Keys 1981, with a = -0.75), first along
rows, then down columns; each result is held near the two values it lies between, so that edges get steeper
and nothing rings. Chroma, which eyes see coarsely, is interpolated linearly. All in whole numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled

Plane = NDArray[np.uint8]
Table = NDArray[np.int32]

_STEEP = -0.75
_ONE = 256


@compiled
def _across(source: Plane, first: NDArray[np.uint32], weights: Table, out: NDArray[np.int16]) -> None:
    """Enlarge rows; results are sixteen times as fine.

    Args:
        source: (h, w).
        first: (W,), the first of the four columns that each new one is made of, with two before the picture.
        weights: (4, W), adding up to 256.
        out: (h, W), is filled.
    """
    rows, columns = out.shape
    width = source.shape[1]
    line = np.zeros(width + 4, np.int32)
    w0, w1, w2, w3 = weights[0], weights[1], weights[2], weights[3]
    for i in range(rows):
        row, to = source[i], out[i]
        for j in range(width):
            line[j + 2] = row[j]
        line[0] = line[1] = line[2]
        line[width + 2] = line[width + 3] = line[width + 1]
        for j in range(columns):
            k = first[j]
            b, c = line[k + np.uint32(1)], line[k + np.uint32(2)]
            value = line[k] * w0[j] + b * w1[j] + c * w2[j] + line[k + np.uint32(3)] * w3[j]
            low, high = min(b, c) << 4, max(b, c) << 4
            room = (high - low) >> 3
            to[j] = np.int16(min(max(value >> 4, low - room), high + room))


@compiled
def _down(source: NDArray[np.int16], first: Table, weights: Table, out: Plane) -> None:
    """Enlarge columns of what `_across` made: source (h, W), tables (4, H), out (H, W)."""
    rows, columns = out.shape
    for i in range(rows):
        one, two = source[first[0, i]], source[first[1, i]]
        three, four = source[first[2, i]], source[first[3, i]]
        w0, w1, w2, w3 = weights[0, i], weights[1, i], weights[2, i], weights[3, i]
        to = out[i]
        for j in range(columns):
            b, c = np.int32(two[j]), np.int32(three[j])
            value = (np.int32(one[j]) * w0 + b * w1 + c * w2 + np.int32(four[j]) * w3) >> 8
            low, high = min(b, c), max(b, c)
            room = (high - low) >> 3
            value = min(max(value, low - room), high + room)
            to[j] = np.uint8(min(max((value + 8) >> 4, 0), 255))


@compiled
def _linear(source: Plane, at_x: Table, at_y: Table, out: Plane) -> None:
    """Enlarge a plane of chroma; places are 256ths of its pixels, within the plane."""
    rows, columns = out.shape
    last_row, last_column = source.shape[0] - 1, source.shape[1] - 1
    mixed = np.zeros(last_column + 2, np.int32)
    left, parts = (at_x >> 8).astype(np.uint32), at_x & 255
    for i in range(rows):
        y = at_y[i] >> 8
        one, two = source[y], source[min(y + 1, last_row)]
        part = at_y[i] & 255
        for j in range(last_column + 1):
            mixed[j] = np.int32(one[j]) * (256 - part) + np.int32(two[j]) * part
        mixed[last_column + 1] = mixed[last_column]
        to = out[i]
        for j in range(columns):
            x, share = left[j], parts[j]
            to[j] = np.uint8((mixed[x] * (256 - share) + mixed[x + np.uint32(1)] * share + 32768) >> 16)


class Enlarger:
    """Brings planes of one size to another, at least as large.

    Args:
        size: width and height of what comes, even numbers of pixels.
        wanted: the same of what goes.
    """

    def __init__(self, size: tuple[int, int], wanted: tuple[int, int]) -> None:
        (columns, self._across), (rows, self._down) = map(_cubic, size, wanted)
        self._first = (columns + 2).astype(np.uint32)
        self._rows = np.clip(rows + np.arange(4)[:, None], 0, size[1] - 1).astype(np.int32)
        self._at_x, self._at_y = map(_places, (size[0] // 2, size[1] // 2), (wanted[0] // 2, wanted[1] // 2))
        self._wide = np.empty((size[1], wanted[0]), np.int16)

    def luma(self, source: Plane, out: Plane) -> None:
        """Enlarge brightness, (h, w) to (H, W)."""
        _across(source, self._first, self._across, self._wide)
        _down(self._wide, self._rows, self._down, out)

    def chroma(self, source: Plane, out: Plane) -> None:
        """Enlarge one of the planes of chroma, (h / 2, w / 2) to (H / 2, W / 2)."""
        _linear(source, self._at_x, self._at_y, out)


def _cubic(size: int, wanted: int) -> tuple[Table, Table]:
    """For each of the wanted pixels the first of the four it is made of, and weights: int32, (4, wanted)."""
    at = (np.arange(wanted) + 0.5) * size / wanted - 0.5
    base = np.floor(at)
    off = np.abs(at - base - np.arange(-1, 3)[:, None])
    near = ((_STEEP + 2.0) * off - (_STEEP + 3.0)) * off * off + 1.0
    far = _STEEP * (((off - 5.0) * off + 8.0) * off - 4.0)
    weights = np.rint(np.where(off <= 1.0, near, far) * _ONE).astype(np.int32)
    weights[1] += _ONE - weights.sum(0)
    return (base - 1.0).astype(np.int32), weights


def _places(size: int, wanted: int) -> Table:
    """Where each of the wanted pixels lies among those there are, in 256ths: int32, (wanted,)."""
    at = (np.arange(wanted) + 0.5) * size / wanted - 0.5
    return np.rint(np.clip(at, 0.0, size - 1.0) * _ONE).astype(np.int32)
