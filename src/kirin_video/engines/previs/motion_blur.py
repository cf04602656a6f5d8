"""Blurring what moves along its way while the shutter is open.

A pixel of the picture shows what passes before it during the exposure. For so many moments of it, evenly
spread, one asks what is there: first whether what moves fastest near by covers the place at that moment, then
what moves as the pixel itself does, which is the pixel's own thing or what its going uncovers (tiles, the
fastest way near by and the comparison of depths are ideas of McGuire et al. 2012). So what stands still keeps
its outline, and what moves has soft ends along its way and stays sharp across it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled
from kirin_video.engines.previs.motion_ways import MIXED, ONE_WAY, TILE, fastest, survey, ways
from kirin_video.engines.previs.plate import Plate as Painted
from kirin_video.engines.previs.shutter import REACH

Plane = NDArray[np.uint8]
Floats = NDArray[np.float32]

_NOWHERE = -1


@compiled
def _slide(source: Plane, out: Plane, box: tuple[int, int, int, int], dx: float, dy: float) -> None:
    """Blur a part of a plane along one way, the same for all of it; it may not reach the plane's borders.

    Steps go along the longer side of the way, a pixel each; between two lines of pixels both count.

    Args:
        source: (h, w).
        out: (h, w).
        box: first and end row, first and end column.
        dx: the whole way across, pixels.
        dy: the whole way down, pixels.
    """
    top, end, left, right = box
    flat = abs(dx) >= abs(dy)
    along, across = (dx, dy) if flat else (dy, dx)
    long = abs(along)
    lean = across / max(long, 1e-6) if along > 0.0 else -across / max(long, 1e-6)
    half = long / 2.0
    stride = max(int(np.ceil(long / 24.0)), 1)
    most = int(np.floor(half / stride + 0.5))
    sums = np.zeros(right - left, np.uint32)
    for i in range(top, end):
        sums[:] = np.uint32(0)
        total = np.uint32(0)
        # Rows and columns take turns where steps are wide, so that nothing is seen several times.
        shift = (i * 5) % stride - (stride >> 1) if stride > 1 else 0
        for k in range(-most, most + 1):
            at = k * stride + shift
            share = min(max(half / stride + 0.5 - abs(k), 0.0), 1.0)
            off = at * lean
            base = int(np.floor(off))
            part = off - base
            first = np.uint32(share * (1.0 - part) * 256.0 + 0.5)
            second = np.uint32(share * 256.0 + 0.5) - first
            total += first + second
            row, column = (i + base, left + at) if flat else (i + at, left + base)
            down, over = (1, 0) if flat else (0, 1)
            one, two = source[row], source[row + down]
            for j in range(right - left):
                sums[j] += np.uint32(one[column + j]) * first + np.uint32(two[column + over + j]) * second
        to = out[i]
        middle = total >> np.uint32(1)
        for j in range(right - left):
            to[left + j] = np.uint8((sums[j] + middle) // total)


@compiled
def _passing(way: Floats, i: int, j: int, fast: tuple[np.float32, np.float32], t: np.float32) -> int:
    """Where what moves fastest near by was that covers a place at a moment.

    Returns:
        Its place relative to this one, packed by `_packed`; ``NOWHERE`` where it does not cover it.
    """
    half = np.float32(0.5)
    down, right = int(np.floor(half - t * fast[1])), int(np.floor(half - t * fast[0]))
    m, n = (2 * i + down) >> 1, (2 * j + right) >> 1
    if m < 0 or n < 0 or m >= way.shape[0] or n >= way.shape[1]:
        return _NOWHERE
    if way[m, n, 2] <= way[i, j, 2] * np.float32(1.02):
        return _NOWHERE
    off = abs(way[m, n, 0] - fast[0]) + abs(way[m, n, 1] - fast[1])
    long = np.sqrt(fast[0] * fast[0] + fast[1] * fast[1])
    return _packed(down, right) if off < max(np.float32(0.35) * long, np.float32(1.0)) else _NOWHERE


@compiled
def _uncovered(way: Floats, i: int, j: int, own: np.float32, t: np.float32) -> int:
    """What is seen at a moment of what moves as a place does: packed by `_packed`.

    Where somebody else stands before it, the other side of the way is as good a guess.
    """
    half = np.float32(0.5)
    loose = max(half * own, np.float32(1.0))
    for side in range(2):
        s = t if side == 0 else -t
        down, right = int(np.floor(half - s * way[i, j, 1])), int(np.floor(half - s * way[i, j, 0]))
        m, n = (2 * i + down) >> 1, (2 * j + right) >> 1
        if m < 0 or n < 0 or m >= way.shape[0] or n >= way.shape[1]:
            continue
        off = abs(way[m, n, 0] - way[i, j, 0]) + abs(way[m, n, 1] - way[i, j, 1])
        if off <= loose or way[m, n, 2] <= way[i, j, 2] * np.float32(1.05):
            return _packed(down, right)
    return _packed(0, 0)


@compiled
def _packed(down: int, right: int) -> int:
    """Two small numbers as one."""
    return ((down + 1024) << 12) | (right + 1024)


@compiled
def _mix(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    y: Plane,
    u: Plane,
    v: Plane,
    way: Floats,
    fast: tuple[np.float32, np.float32],
    box: tuple[int, int, int, int],
    out_y: Plane,
    out_u: Plane,
    out_v: Plane,
) -> None:
    """Blur a part of the picture in which ways differ.

    Args:
        y: luma.
        u: blue difference.
        v: red difference.
        way: (h, w, 3), as `ways` tells.
        fast: the fastest way near by, pixels to the right and down.
        box: first and end row, first and end column, at half size.
        out_y: blurred luma.
        out_u: blurred blue difference.
        out_v: blurred red difference.
    """
    last_row, last_column = y.shape[0] - 1, y.shape[1] - 1
    fast_long = np.sqrt(fast[0] * fast[0] + fast[1] * fast[1])
    like = max(np.float32(0.35) * fast_long, np.float32(1.0))
    sums = np.zeros(6, np.uint32)
    for i in range(box[0], box[1]):
        for j in range(box[2], box[3]):
            own_x, own_y = way[i, j, 0], way[i, j, 1]
            own = np.sqrt(own_x * own_x + own_y * own_y)
            others = abs(own_x - fast[0]) + abs(own_y - fast[1]) >= like
            count = min(max(int(max(fast_long, own) * np.float32(0.8)), 8), 20)
            sums[:] = np.uint32(0)
            # Neighbours ask at other moments, so that few of them suffice.
            turn = np.float32(((i & 1) * 2 + ((i ^ j) & 1)) * 0.25 + 0.125)
            for k in range(count):
                t = (np.float32(k) + turn) / np.float32(count) - np.float32(0.5)
                at = _passing(way, i, j, fast, t) if others else _NOWHERE
                if at == _NOWHERE:
                    at = _uncovered(way, i, j, own, t) if own >= np.float32(0.5) else _packed(0, 0)
                p, q = 2 * i + (at >> 12) - 1024, 2 * j + (at & 4095) - 1024
                p1, q1 = min(max(p + 1, 0), last_row), min(max(q + 1, 0), last_column)
                p, q = min(max(p, 0), last_row), min(max(q, 0), last_column)
                sums[0] += np.uint32(y[p, q])
                sums[1] += np.uint32(y[p, q1])
                sums[2] += np.uint32(y[p1, q])
                sums[3] += np.uint32(y[p1, q1])
                sums[4] += np.uint32(u[p >> 1, q >> 1])
                sums[5] += np.uint32(v[p >> 1, q >> 1])
            n = np.uint32(count)
            sums += n >> np.uint32(1)
            for k in range(4):
                out_y[2 * i + (k >> 1), 2 * j + (k & 1)] = np.uint8(sums[k] // n)
            out_u[i, j], out_v[i, j] = np.uint8(sums[4] // n), np.uint8(sums[5] // n)


@compiled
def _blur(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    y: Plane,
    u: Plane,
    v: Plane,
    way: Floats,
    tiles: Floats,
    around: Floats,
    kinds: Plane,
    out_y: Plane,
    out_u: Plane,
    out_v: Plane,
) -> None:
    """Blur all tiles that need it, from one set of planes into another; the others are copied."""
    rows, columns = kinds.shape
    for m in range(rows):
        for n in range(columns):
            top, left = m * TILE, n * TILE
            end = u.shape[0] if m == rows - 1 else top + TILE
            right = u.shape[1] if n == columns - 1 else left + TILE
            if kinds[m, n] == ONE_WAY:
                dx, dy = np.float64(tiles[m, n, 0]), np.float64(tiles[m, n, 1])
                _slide(y, out_y, (2 * top, 2 * end, 2 * left, 2 * right), dx, dy)
                _slide(u, out_u, (top, end, left, right), dx / 2.0, dy / 2.0)
                _slide(v, out_v, (top, end, left, right), dx / 2.0, dy / 2.0)
                continue
            if kinds[m, n] == MIXED:
                box = (top, end, left, right)
                fast = (around[m, n, 0], around[m, n, 1])
                _mix(y, u, v, way, fast, box, out_y, out_u, out_v)
                continue
            out_y[2 * top : 2 * end, 2 * left : 2 * right] = y[2 * top : 2 * end, 2 * left : 2 * right]
            out_u[top:end, left:right] = u[top:end, left:right]
            out_v[top:end, left:right] = v[top:end, left:right]


class MotionBlur:
    """Blurs planes by what their plate tells of motion; it owns every buffer it needs.

    Args:
        width: even number of pixels.
        height: even number of pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        rows, columns = height // 2, width // 2
        across = max(rows // TILE, 1), max(columns // TILE, 1)
        self._reach = np.float32(REACH * height)
        self._way = np.zeros((rows, columns, 3), np.float32)
        self._tiles, self._around = (np.zeros((*across, 2), np.float32) for _ in range(2))
        self._spans = np.zeros((*across, 4), np.float32)
        self._kinds = np.zeros(across, np.uint8)
        self._y = np.empty((height, width), np.uint8)
        self._u, self._v = (np.empty((rows, columns), np.uint8) for _ in range(2))

    def apply(self, painted: Painted, y: Plane, u: Plane, v: Plane) -> None:
        """Blur planes in place.

        Args:
            painted: what they were made of.
            y: luma, uint8, (H, W).
            u: blue difference, uint8, (H / 2, W / 2).
            v: red difference, uint8, (H / 2, W / 2).
        """
        opening, closing = painted.opening, painted.closing
        still = bool(np.allclose(opening, closing, rtol=0.0, atol=1e-9))
        seen = painted.pixels, painted.depth, painted.speeds
        ways(*seen, opening, closing, still, self._reach, self._way)
        survey(self._way, self._tiles, self._spans)
        fastest(self._tiles, self._spans, self._around, self._kinds)
        if not self._kinds.any():
            return
        drawn = self._way, self._tiles, self._around, self._kinds
        _blur(y, u, v, *drawn, self._y, self._u, self._v)
        y[:], u[:], v[:] = self._y, self._u, self._v
