"""One sample between four of a plane: what every warp of this package reads its fields with."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def bilinear(plane: NDArray[np.float32], x: np.float32, y: np.float32) -> np.float32:
    """A plane's value at a point, in samples; beyond its border it is that of the border."""
    rows, columns = plane.shape
    x = min(max(x, np.float32(0.0)), np.float32(columns) - np.float32(1.001))
    y = min(max(y, np.float32(0.0)), np.float32(rows) - np.float32(1.001))
    # unsigned: no index is asked whether it counts from the end
    i, j, one = np.uint32(y), np.uint32(x), np.uint32(1)
    fx, fy = x - np.float32(np.int32(j)), y - np.float32(np.int32(i))
    below, right = np.uint32(i + one), np.uint32(j + one)
    top = plane[i, j] + (plane[i, right] - plane[i, j]) * fx
    bottom = plane[below, j] + (plane[below, right] - plane[below, j]) * fx
    return top + (bottom - top) * fy
