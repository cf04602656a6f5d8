"""Reading layers at points between their texels: the arithmetic shared by the drawing kernels.

Coordinates are float32 and indices unsigned; every function is small enough for the compiler to lay into
its caller's loop.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.warp import NODE_PX

Plane = NDArray[np.float32]
Words = NDArray[np.uint32]
Pairs = NDArray[np.uint16]

PER_PX = np.float32(1.0 / NODE_PX)
_LOW = np.uint32(255)


@njit(cache=True, nogil=True)
def across(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    grids: Plane, layer: int, plane: int, gy: int, fy: np.float32, gx: int
) -> tuple[np.float32, np.float32]:
    """A plane's value at a cell's left edge on a row, and the step per pixel."""
    one = np.float32(1.0)
    left = grids[layer, plane, gy, gx] * (one - fy) + grids[layer, plane, gy + 1, gx] * fy
    right = grids[layer, plane, gy, gx + 1] * (one - fy) + grids[layer, plane, gy + 1, gx + 1] * fy
    return left, (right - left) * PER_PX


@njit(cache=True, nogil=True)
def texel(x: np.float32, scale: np.float32, pad: np.float32, last: np.float32) -> np.float32:
    """A coordinate in pixels as texels, kept inside the texture."""
    return min(max((x + pad) * scale, np.float32(0.0)), last)


@njit(cache=True, nogil=True)
def blended(quad: np.uint32, fx: np.float32, fy: np.float32) -> np.float32:
    """Bilinear of the four bytes of a quad: here, to the right, below, and both."""
    a = np.float32(np.int32(quad & _LOW))
    b = np.float32(np.int32((quad >> np.uint32(8)) & _LOW))
    c = np.float32(np.int32((quad >> np.uint32(16)) & _LOW))
    d = np.float32(np.int32(quad >> np.uint32(24)))
    top = a + (b - a) * fx
    return top + (c + (d - c) * fx - top) * fy


@njit(cache=True, nogil=True)
def quad(two: Pairs, at: np.uint32, stride: np.uint32) -> np.uint32:
    """A sample, that to its right, that below and that below to the right, from the lowest byte up."""
    return np.uint32(np.uint32(two[at]) | np.uint32(np.uint32(two[np.uint32(at + stride)]) << np.uint32(16)))


@njit(cache=True, nogil=True)
def byte_between(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    flat: Words, at: np.uint32, stride: np.uint32, shift: np.uint32, fx: np.float32, fy: np.float32
) -> np.float32:
    """Bilinear of one byte of the four words around a point."""
    a = np.float32(np.int32((flat[at] >> shift) & _LOW))
    b = np.float32(np.int32((flat[at + np.uint32(1)] >> shift) & _LOW))
    c = np.float32(np.int32((flat[at + stride] >> shift) & _LOW))
    d = np.float32(np.int32((flat[at + stride + np.uint32(1)] >> shift) & _LOW))
    top = a + (b - a) * fx
    return top + (c + (d - c) * fx - top) * fy


@njit(cache=True, nogil=True)
def kind_at(kinds: NDArray[np.uint8], layer: int, x: np.float32, y: np.float32, pad: np.float32) -> np.int64:
    """What a layer is around a point: empty, mixed or opaque."""
    half = np.float32(0.5)
    row = min(max(int((y + pad) * PER_PX + half), 0), kinds.shape[1] - 1)
    column = min(max(int((x + pad) * PER_PX + half), 0), kinds.shape[2] - 1)
    return np.int64(kinds[layer, row, column])
