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
from kirin_video.engines.previs.motion_ways import MARGIN, MIXED, ONE_WAY, TILE, fastest, survey, ways
from kirin_video.engines.previs.plate import Plate as Painted
from kirin_video.engines.previs.shutter import REACH

Plane = NDArray[np.uint8]
Floats = NDArray[np.float32]

Flat = NDArray[np.uint8]
Steps = NDArray[np.int64]
Sums = NDArray[np.uint16]
Box = tuple[int, int, int, int]

_MOST_STEPS = 24
"""Longer ways are gone over in larger steps."""
_FEWEST, _MOST = 6, 16
"""How often one asks what is there where ways differ."""


@compiled
def _steps(dx: float, dy: float, row_px: int, turn: int, steps: Steps) -> int:
    """What a straight way touches, in 256ths that add up to 256.

    Steps go along the longer side of the way, a pixel each or several on long ways; between two lines of
    pixels both count.

    Args:
        dx: the whole way across, pixels.
        dy: the whole way down, pixels.
        row_px: pixels from one row to the next.
        turn: which of four rows: where steps are wide, rows take turns, so that nothing is seen twice.
        steps: (2, n), is filled with places relative to the middle, and their weights.

    Returns:
        How many there are.
    """
    flat = abs(dx) >= abs(dy)
    along, across = (dx, dy) if flat else (dy, dx)
    lean = across / along
    half = abs(along) / 2.0
    stride = max(int(np.ceil(abs(along) / _MOST_STEPS)), 1)
    most = int(np.floor(half / stride + 0.5))
    shift = ((turn & 3) * stride) // 4 - stride // 2 + stride // 8 if stride > 1 else 0
    whole = 0.0
    for k in range(-most, most + 1):
        whole += min(max(half / stride + 0.5 - abs(k), 0.0), 1.0)
    count, spent, middle = 0, 0, 0
    for k in range(-most, most + 1):
        share = 256.0 * min(max(half / stride + 0.5 - abs(k), 0.0), 1.0) / whole
        at = k * stride + shift
        off = at * lean
        base = int(np.floor(off))
        second = int(share * (off - base) + 0.5)
        first = int(share + 0.5) - second
        spent += first + second
        for beside, weight in ((0, first), (1, second)):
            if weight > 0:
                down, right = (base + beside, at) if flat else (at, base + beside)
                steps[0, count], steps[1, count] = down * row_px + right, weight
                if k == 0 and beside == 0:
                    middle = count
                count += 1
    steps[1, middle] += 256 - spent
    return count


@compiled
def _slide(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    source: Flat, out: Flat, box: Box, row_px: int, steps: Steps, counts: Steps, sums: Sums
) -> None:
    """Blur a part of a plane along one way, the same for all of it; it may not reach the plane's borders.

    Args:
        source: (h * w,).
        out: (h * w,).
        box: first and end row, first and end column.
        row_px: pixels from one row to the next.
        steps: (4, 2, n), as `_steps` fills them for each of four rows.
        counts: (1, 4), how many.
        sums: room for a row.
    """
    top, end, left, right = box
    wide = np.uint64(right - left)
    for i in range(top, end):
        start = i * row_px + left
        for j in range(wide):
            sums[j] = np.uint16(128)
        turn = i & 3
        for k in range(counts[0, turn]):
            at, weight = np.uint64(start + steps[turn, 0, k]), np.uint16(steps[turn, 1, k])
            for j in range(wide):
                sums[j] += np.uint16(source[at + j]) * weight
        to = np.uint64(start)
        for j in range(wide):
            out[to + j] = np.uint8(sums[j] >> np.uint16(8))


@compiled
def _moments(fast: tuple[np.float32, np.float32], count: int, moments: Floats, passed: Steps) -> None:
    """When one asks what is there, and where what moves fastest near by is then.

    Neighbours ask at other moments, so that few of them suffice.

    Args:
        fast: the fastest way near by, pixels to the right and down.
        count: how many moments.
        moments: (4, n), is filled for each of four neighbours, as shares of the exposure around 0.
        passed: (4, 2 n), is filled with pixels down and to the right, in turn.
    """
    half = np.float32(0.5)
    for turn in range(4):
        for k in range(count):
            t = (np.float32(k) + np.float32(turn * 0.25 + 0.125)) / np.float32(count) - half
            moments[turn, k] = t
            passed[turn, 2 * k] = int(np.floor(half - t * fast[1]))
            passed[turn, 2 * k + 1] = int(np.floor(half - t * fast[0]))


@compiled
def _mix(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    planes: tuple[Plane, Plane, Plane],
    way: Floats,
    fast: tuple[np.float32, np.float32],
    box: Box,
    outs: tuple[Plane, Plane, Plane],
    moments: Floats,
    passed: Steps,
) -> None:
    """Blur a part of the picture in which ways differ.

    Args:
        planes: luma, blue and red difference.
        way: (h, w, 3) with its margin, as `ways` tells.
        fast: the fastest way near by, pixels to the right and down.
        box: first and end row, first and end column, at half size.
        outs: blurred luma, blue and red difference.
        moments: room for (4, 32).
        passed: room for (4, 64).
    """
    y, u, v = planes
    out_y, out_u, out_v = outs
    last_row, last_column = y.shape[0] - 1, y.shape[1] - 1
    long = np.sqrt(fast[0] * fast[0] + fast[1] * fast[1])
    like, one, half = max(np.float32(0.35) * long, np.float32(1.0)), np.float32(1.0), np.float32(0.5)
    count = min(max(int(long * np.float32(0.6)), _FEWEST), _MOST)
    _moments(fast, count, moments, passed)
    n, rest = np.uint32(count), np.uint32(count >> 1)
    for i in range(box[0], box[1]):
        for j in range(box[2], box[3]):
            own_x, own_y = way[i + MARGIN, j + MARGIN, 0], way[i + MARGIN, j + MARGIN, 1]
            near = way[i + MARGIN, j + MARGIN, 2]
            own = np.sqrt(own_x * own_x + own_y * own_y)
            others = abs(own_x - fast[0]) + abs(own_y - fast[1]) >= like
            moves, loose = own >= half, max(half * own, one)
            before, behind = near * np.float32(1.02), near * np.float32(1.05)
            turn = (i & 1) * 2 + ((i ^ j) & 1)
            a, b, c, d = rest, rest, rest, rest
            e, f = rest, rest
            for k in range(count):
                down, right = 0, 0
                found = False
                if others:
                    s, t = passed[turn, 2 * k], passed[turn, 2 * k + 1]
                    there = way[((2 * i + s) >> 1) + MARGIN, ((2 * j + t) >> 1) + MARGIN]
                    if there[2] > before and abs(there[0] - fast[0]) + abs(there[1] - fast[1]) < like:
                        down, right, found = s, t, True
                if moves and not found:
                    moment = moments[turn, k]
                    # Positive numbers are rounded by cutting off.
                    s = int(np.float32(1024.5) - moment * own_y) - 1024
                    t = int(np.float32(1024.5) - moment * own_x) - 1024
                    for _ in range(2):
                        there = way[((2 * i + s) >> 1) + MARGIN, ((2 * j + t) >> 1) + MARGIN]
                        if abs(there[0] - own_x) + abs(there[1] - own_y) <= loose or there[2] <= behind:
                            down, right = s, t
                            break
                        # Somebody else stands before it: the other side of the way is as good a guess.
                        s, t = -s, -t
                p, q = 2 * i + down, 2 * j + right
                p1, q1 = min(p + 1, last_row), min(q + 1, last_column)
                a += np.uint32(y[p, q])
                b += np.uint32(y[p, q1])
                c += np.uint32(y[p1, q])
                d += np.uint32(y[p1, q1])
                e += np.uint32(u[p >> 1, q >> 1])
                f += np.uint32(v[p >> 1, q >> 1])
            out_y[2 * i, 2 * j], out_y[2 * i, 2 * j + 1] = np.uint8(a // n), np.uint8(b // n)
            out_y[2 * i + 1, 2 * j], out_y[2 * i + 1, 2 * j + 1] = np.uint8(c // n), np.uint8(d // n)
            out_u[i, j], out_v[i, j] = np.uint8(e // n), np.uint8(f // n)


@compiled
def _copy(source: Plane, out: Plane, box: Box) -> None:
    """Copy a part of a plane."""
    for i in range(box[0], box[1]):
        for j in range(box[2], box[3]):
            out[i, j] = source[i, j]


@compiled
def _slide_all(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    plane: Plane, out: Plane, box: Box, dx: float, dy: float, steps: Steps, counts: Steps, sums: Sums
) -> None:
    """Blur a part of one plane along one way: rooms as for `_slide`."""
    wide = plane.shape[1]
    for turn in range(4):
        counts[0, turn] = _steps(dx, dy, wide, turn, steps[turn])
    _slide(plane.reshape(-1), out.reshape(-1), box, wide, steps, counts, sums)


@compiled
def _blur(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    planes: tuple[Plane, Plane, Plane],
    way: Floats,
    tiles: Floats,
    around: Floats,
    kinds: Plane,
    outs: tuple[Plane, Plane, Plane],
) -> None:
    """Blur all tiles that need it, from one set of planes into another; the others are copied."""
    y, u, v = planes
    out_y, out_u, out_v = outs
    rows, columns = kinds.shape
    steps, counts = np.zeros((4, 2, 128), np.int64), np.zeros((1, 4), np.int64)
    sums = np.zeros(4 * TILE, np.uint16)
    moments, passed = np.zeros((4, 32), np.float32), np.zeros((4, 64), np.int64)
    for m in range(rows):
        for n in range(columns):
            top, left = m * TILE, n * TILE
            end = u.shape[0] if m == rows - 1 else top + TILE
            right = u.shape[1] if n == columns - 1 else left + TILE
            box, large = (top, end, left, right), (2 * top, 2 * end, 2 * left, 2 * right)
            if kinds[m, n] == ONE_WAY:
                dx, dy = np.float64(tiles[m, n, 0]), np.float64(tiles[m, n, 1])
                _slide_all(y, out_y, large, dx, dy, steps, counts, sums)
                _slide_all(u, out_u, box, dx / 2.0, dy / 2.0, steps, counts, sums)
                _slide_all(v, out_v, box, dx / 2.0, dy / 2.0, steps, counts, sums)
            elif kinds[m, n] == MIXED:
                fast = (around[m, n, 0], around[m, n, 1])
                _mix(planes, way, fast, box, outs, moments, passed)
            else:
                _copy(y, out_y, large)
                _copy(u, out_u, box)
                _copy(v, out_v, box)


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
        # In the margin nothing is ever found: it is nearer than all and goes elsewhere.
        self._way = np.full((rows + 2 * MARGIN, columns + 2 * MARGIN, 3), 1e9, np.float32)
        self._way[..., 2] = np.inf
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
        _blur((y, u, v), *drawn, (self._y, self._u, self._v))
        y[:], u[:], v[:] = self._y, self._u, self._v
