"""Four neighbours in one number: a point between samples then costs a kernel one load."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_HALF_TAPS = np.array([-1, 4, -11, 40, 40, -11, 4, -1], np.float32) / np.float32(64)


def fours(plane: Bytes) -> NDArray[np.uint32]:
    """Each sample, that to its right, that below and that below to the right, from the lowest byte up.

    The last column and row count as their own neighbours.

    Args:
        plane: uint8, (h, w).

    Returns:
        uint32, (h, w).
    """
    return cv2.merge(_neighbours(plane)).view(np.uint32)[..., 0]


def fours_of_two(low: Bytes, high: Bytes) -> NDArray[np.uint64]:
    """The fours of two planes in one number, those of ``low`` in its lower half: uint64, (h, w)."""
    return cv2.merge([*_neighbours(low), *_neighbours(high)]).view(np.uint64)[..., 0]


def _neighbours(plane: Bytes) -> list[Bytes]:
    wide = np.asarray(cv2.copyMakeBorder(plane, 0, 1, 0, 1, cv2.BORDER_REPLICATE), np.uint8)
    return [wide[:-1, :-1], wide[:-1, 1:], wide[1:, :-1], wide[1:, 1:]]


def doubled(plane: Bytes) -> Bytes:
    """A plane at twice the size; even samples are the originals, odd ones come of an eight-tap filter.

    Plain bilinear sampling of it keeps fine detail steady while a camera creeps through fractions of a pixel.
    """
    one, anchor = np.ones(1, np.float32), len(_HALF_TAPS) // 2 - 1
    mode = cv2.BORDER_REFLECT_101
    flat = np.ascontiguousarray(plane)
    beside = cv2.sepFilter2D(flat, cv2.CV_8U, _HALF_TAPS, one, anchor=(anchor, 0), borderType=mode)
    out = np.empty((2 * plane.shape[0], 2 * plane.shape[1]), np.uint8)
    for offset, column in enumerate((flat, np.asarray(beside, np.uint8))):
        out[::2, offset::2] = column
        below = cv2.sepFilter2D(column, cv2.CV_8U, one, _HALF_TAPS, anchor=(0, anchor), borderType=mode)
        out[1::2, offset::2] = below
    return out
