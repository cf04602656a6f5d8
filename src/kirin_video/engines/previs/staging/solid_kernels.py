"""Filling the map of what is solid, compiled: the inner loops of ``solids``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled

Points = NDArray[np.float64]


@compiled
def spread(corners: Points, steps: int, reach: float, out: Points) -> int:
    """Points all over triangles, as many along each side.

    Args:
        corners: float64, (m, 3, 3), metres.
        steps: into how many pieces each side is cut.
        reach: points further from the origin along x or z are left out.
        out: float64, (n, 3), is filled; with room for m * (steps + 1) * (steps + 2) / 2.

    Returns:
        How many there are.
    """
    found = 0
    for k in range(len(corners)):
        corner = corners[k]
        for b in range(steps + 1):
            for a in range(steps + 1 - b):
                one, two, three = a / steps, b / steps, (steps - a - b) / steps
                x = one * corner[0, 0] + two * corner[1, 0] + three * corner[2, 0]
                z = one * corner[0, 2] + two * corner[1, 2] + three * corner[2, 2]
                if abs(x) < reach and abs(z) < reach:
                    out[found, 0], out[found, 2] = x, z
                    out[found, 1] = one * corner[0, 1] + two * corner[1, 1] + three * corner[2, 1]
                    found += 1
    return found


@compiled
def fill(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    points: Points,
    ground: Points,
    edges: Points,
    reach: float,
    cell: float,
    filled: NDArray[np.bool_],
) -> None:
    """Mark the cells that points lie in.

    Args:
        points: float64, (n, 3), metres, all within the reach along x and z.
        ground: float64, (n,), the height of the ground below or above each.
        edges: float64, (levels + 1,), heights above the ground between which levels lie, rising.
        reach: from the origin to the map's first row and column, metres.
        cell: the side of a cell, metres.
        filled: (levels, rows, columns): rows are z, columns x.
    """
    for k in range(len(points)):
        above, level = points[k, 1] - ground[k], -1
        while level + 1 < len(edges) and above >= edges[level + 1]:
            level += 1
        if 0 <= level < len(filled):
            row, column = int((points[k, 2] + reach) / cell), int((points[k, 0] + reach) / cell)
            filled[level, row, column] = True
