"""Neighbours in one number: a point between samples costs a kernel two loads, and a plane no more room."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_HALF_TAPS = np.array([-1, 4, -11, 40, 40, -11, 4, -1], np.float32) / np.float32(64)


def pairs(planes: Bytes) -> NDArray[np.uint16]:
    """Each sample but the last with the one after it, the first in the lower byte: a view, uint16, flat.

    Args:
        planes: uint8, contiguous, of any shape.
    """
    flat = planes.reshape(-1)
    return as_strided(flat[: flat.size // 2 * 2].view(np.uint16), (flat.size - 1,), (1,), writeable=False)


def pairs_of_two(both: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """The same of two planes whose samples lie in one number: a view, uint32, flat.

    Args:
        both: uint16, contiguous, of any shape and an even number of samples.
    """
    flat = both.reshape(-1)
    return as_strided(flat.view(np.uint32), (flat.size - 1,), (2,), writeable=False)


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
