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
    i, j = int(y), int(x)
    fx, fy = x - np.float32(j), y - np.float32(i)
    top = plane[i, j] + (plane[i, j + 1] - plane[i, j]) * fx
    bottom = plane[i + 1, j] + (plane[i + 1, j + 1] - plane[i + 1, j]) * fx
    return top + (bottom - top) * fy
