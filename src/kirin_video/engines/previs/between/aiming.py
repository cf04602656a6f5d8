"""Where a view between two pictures looks: a place in either for every node of a grid, and what each counts.

numba's rules for speed are those of ``photo.kernels``.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.between.two_warps import NODE_PX
from kirin_video.engines.previs.sampling import bilinear

Plane = NDArray[np.float32]

_LEAST = np.float32(1e-6)
_HELD = np.float32(1e-4)
"""What a picture counts before its turn and after it, on the way: where the other ends it is still seen."""
_UNSURE = np.float32(0.05)
SWAY_STEP = 4
"""The displacement by what moves of itself has one sample for so many of the flow, each way."""
_PER_SWAY = np.float32(1.0 / SWAY_STEP)


@njit(cache=True, nogil=True)
def _projected(m: Plane, x: np.float32, y: np.float32) -> tuple[np.float32, np.float32]:
    w = np.float32(1.0) / (m[2, 0] * x + m[2, 1] * y + m[2, 2])
    return (m[0, 0] * x + m[0, 1] * y + m[0, 2]) * w, (m[1, 0] * x + m[1, 1] * y + m[1, 2]) * w


@njit(cache=True, nogil=True)
def _inside(x: np.float32, y: np.float32, width: int, height: int, soft: np.float32) -> np.float32:
    """1 within a picture, falling to 0 at its border."""
    nearest = min(x, y, np.float32(width - 1) - x, np.float32(height - 1) - y)
    return min(max((nearest + np.float32(0.75)) / soft, np.float32(0.0)), np.float32(1.0))


@njit(cache=True, nogil=True)
def _found(miss: np.float32) -> np.float32:
    """1 where a search has come to rest, nearly 0 where it still jumps so many samples."""
    off = miss * np.float32(1.2)
    return max(np.float32(1.0) / (np.float32(1.0) + off * off * off * off), np.float32(1e-4))


@njit(cache=True, nogil=True)
def _rise(u: np.float32) -> np.float32:
    u = min(max(u, np.float32(0.0)), np.float32(1.0))
    return u * u * (np.float32(3.0) - np.float32(2.0) * u)


@njit(cache=True, nogil=True)
def aim(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    to_middle: Plane,
    first_from: Plane,
    last_from: Plane,
    forth: Plane,
    back: Plane,
    sure_first: Plane,
    sure_last: Plane,
    late: Plane,
    place: Plane,
    way: np.float32,
    change: Plane,
    sway: Plane,
    size: NDArray[np.int64],
    grid: Plane,
) -> None:
    """Fills a grid of nodes.

    Args:
        to_middle: takes pixels of the frame to those of the view half way, float32, (3, 3).
        first_from: takes these to pixels of the first picture.
        last_from: the same of the last.
        forth: x and y of the flow from the first to the last, float32, (2, h, w).
        back: the other way.
        sure_first: how sure ``forth`` is, float32, (h, w).
        sure_last: how sure ``back`` is.
        late: what is added to the share of the way when the pictures change over, float32, (h, w).
        place: x and y of the flow's first sample, and the reciprocal of its step, float32, (3,).
        way: how far along, 0 to 1.
        change: when the pictures change over: the middle, how long where they agree, how long where they do
            not, as shares of the way, float32, (3,).
        sway: x and y displacement by what moves of itself, float32, (2, h / 4, w / 4); one sample wide for
            none.
        size: width and height of the pictures.
        grid: what is filled; its last plane is left alone, float32, (6, rows, columns).
    """
    rows, columns = grid.shape[1], grid.shape[2]
    width, height = size[0], size[1]
    zero, one, half = np.float32(0.0), np.float32(1.0), np.float32(0.5)
    rest = one - way
    soft = np.float32(max(width, height)) * np.float32(0.02)
    soft_first = max(soft * min(one, way * np.float32(8.0)), np.float32(0.75))
    soft_last = max(soft * min(one, rest * np.float32(8.0)), np.float32(0.75))
    settled = np.float32(0.03)
    has_sway = sway.shape[2] > 1
    # cut out once: a slice within the loops costs as much as reading a sample
    forth_x, forth_y, back_x, back_y = forth[0], forth[1], back[0], back[1]
    sway_x, sway_y = sway[0], sway[1]
    for row in range(rows):
        for column in range(columns):
            x, y = _projected(to_middle, np.float32(column * NODE_PX), np.float32(row * NODE_PX))
            if has_sway:
                u, v = (x - place[0]) * place[2], (y - place[1]) * place[2]
                u, v = u * _PER_SWAY, v * _PER_SWAY
                x, y = x + bilinear(sway_x, u, v), y + bilinear(sway_y, u, v)
            ax, ay, bx, by = x, y, x, y
            miss_a, miss_b = zero, zero
            for _ in range(5):
                u, v = (ax - place[0]) * place[2], (ay - place[1]) * place[2]
                nx, ny = x - way * bilinear(forth_x, u, v), y - way * bilinear(forth_y, u, v)
                miss_a = abs(nx - ax) + abs(ny - ay)
                ax, ay = nx, ny
                u, v = (bx - place[0]) * place[2], (by - place[1]) * place[2]
                nx, ny = x - rest * bilinear(back_x, u, v), y - rest * bilinear(back_y, u, v)
                miss_b = abs(nx - bx) + abs(ny - by)
                bx, by = nx, ny
                if miss_a + miss_b < settled:
                    break
            au, av = (ax - place[0]) * place[2], (ay - place[1]) * place[2]
            bu, bv = (bx - place[0]) * place[2], (by - place[1]) * place[2]
            sure_a, sure_b = bilinear(sure_first, au, av), bilinear(sure_last, bu, bv)
            x0, y0 = _projected(first_from, ax, ay)
            x1, y1 = _projected(last_from, bx, by)
            length = change[2] + (change[1] - change[2]) * min(sure_a, sure_b)
            middle = change[0] + bilinear(late, au, av)
            turned = _rise((way - middle) / length + half)
            kept, come = max(one - turned, _HELD), max(turned, _HELD)
            if way <= zero:
                kept, come = one, zero
            elif way >= one:
                kept, come = zero, one
            seen_a = max(_inside(x0, y0, width, height, soft_first), _LEAST)
            seen_b = max(_inside(x1, y1, width, height, soft_last), _LEAST)
            # where nothing of a picture comes to lie here, its search ends nowhere: the other one sees it
            found_a, found_b = _found(miss_a * place[2]), _found(miss_b * place[2])
            weight_a = kept * seen_a * found_a * (sure_a + _UNSURE)
            weight_b = come * seen_b * found_b * (sure_b + _UNSURE)
            grid[0, row, column], grid[1, row, column] = x0, y0
            grid[2, row, column], grid[3, row, column] = x1, y1
            grid[4, row, column] = weight_b / max(weight_a + weight_b, np.float32(1e-12))
