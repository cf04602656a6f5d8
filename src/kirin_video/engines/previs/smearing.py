"""Smearing all of a picture along its rows or columns, as a camera does that is thrown round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled

Plane = NDArray[np.uint8]


@compiled
def _smear(plane: Plane, length: int, sums: NDArray[np.uint32]) -> None:
    """Put the mean of so many neighbours along its row in each pixel's place; at the rim of fewer.

    Args:
        plane: (h, w), in place.
        length: at least 2.
        sums: (w + 1,), room.
    """
    rows, columns = plane.shape
    before = length // 2
    for i in range(rows):
        total = np.uint32(0)
        sums[0] = total
        for j in range(columns):
            total += np.uint32(plane[i, j])
            sums[j + 1] = total
        for j in range(columns):
            low, high = max(j - before, 0), min(j - before + length, columns)
            count = np.uint32(high - low)
            plane[i, j] = np.uint8((sums[high] - sums[low] + count // np.uint32(2)) // count)


def smear(planes: tuple[Plane, Plane, Plane], across: float, down: float) -> None:
    """Smear luma and both planes of chroma in place.

    Args:
        planes: uint8; chroma may be smaller.
        across: how far along the rows, in widths.
        down: how far along the columns, in heights.
    """
    for plane in planes:
        rows, columns = plane.shape
        for turned, wide, share in ((plane, columns, across), (plane.T, rows, down)):
            length = round(share * wide)
            if length > 1:
                _smear(turned, length, np.zeros((wide + 1,), np.uint32))
