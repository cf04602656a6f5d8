"""Pictures as the kernels of this package read them: four neighbours in one number, a margin around."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.layers import doubled, ycbcr
from kirin_video.engines.previs.photo.picture import Rgb

_MARGIN = 0.1

Fours = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture at one size.

    Every number holds a sample, the one to its right, the one below and the one below that, from the lowest
    byte up, so that a point between them costs one load.

    Attributes:
        luma: at twice the size, even samples are the picture's own, uint32, (2(H + 2 pad), 2(W + 2 pad)).
        chroma: four of Cb, then four of Cr, uint64, (H + 2 pad, W + 2 pad).
        pad: pixels of mirrored margin.
        scale: this sheet's pixels for one of the picture's.
    """

    luma: Fours
    chroma: NDArray[np.uint64]
    pad: int
    scale: float


def sheets_of(rgb: Rgb, count: int) -> tuple[Sheet, ...]:
    """A picture at its own size, half of it, and so on: for views that show it smaller."""
    found: list[Sheet] = []
    height, width = rgb.shape[:2]
    for level in range(count):
        scale = 0.5**level
        size = max(8, round(width * scale)), max(8, round(height * scale))
        shrunk = rgb if level == 0 else cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        found.append(_sheet(np.asarray(shrunk, np.uint8), size[0] / width))
    return tuple(found)


def _sheet(rgb: Rgb, scale: float) -> Sheet:
    pad = max(4, round(_MARGIN * max(rgb.shape[:2])))
    pad = min(pad, min(rgb.shape[:2]) - 1)
    planes = np.asarray(
        cv2.copyMakeBorder(ycbcr(rgb), pad, pad, pad, pad, cv2.BORDER_REFLECT_101), np.float32
    )
    luma, blue, red = (np.ascontiguousarray(planes[..., channel]) for channel in range(3))
    return Sheet(_fours(doubled(luma)), _eights(blue, red), pad, scale)


@njit(cache=True, nogil=True)
def _byte(value: np.float32) -> np.uint32:
    return np.uint32(min(max(value + np.float32(0.5), np.float32(0.0)), np.float32(255.0)))


@njit(cache=True, nogil=True)
def _four(plane: NDArray[np.float32], row: int, column: int) -> np.uint32:
    below, right = min(row + 1, plane.shape[0] - 1), min(column + 1, plane.shape[1] - 1)
    return (
        _byte(plane[row, column])
        | (_byte(plane[row, right]) << np.uint32(8))
        | (_byte(plane[below, column]) << np.uint32(16))
        | (_byte(plane[below, right]) << np.uint32(24))
    )


@njit(cache=True, nogil=True, parallel=True)
def _fours(plane: NDArray[np.float32]) -> Fours:
    out = np.empty(plane.shape, np.uint32)
    for row in prange(plane.shape[0]):
        for column in range(plane.shape[1]):
            out[row, column] = _four(plane, row, column)
    return out


@njit(cache=True, nogil=True, parallel=True)
def _eights(blue: NDArray[np.float32], red: NDArray[np.float32]) -> NDArray[np.uint64]:
    out = np.empty(blue.shape, np.uint64)
    for row in prange(blue.shape[0]):
        for column in range(blue.shape[1]):
            here = np.uint64(_four(red, row, column)) << np.uint64(32)
            out[row, column] = here | np.uint64(_four(blue, row, column))
    return out
