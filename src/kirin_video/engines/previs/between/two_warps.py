"""The kernel that draws a view between two pictures: both warped to it and blended, straight to I420.

What a band of rows looks at is worked out once, at its edges; a row lies between them, and is drawn in steps:
where, what (two loads a point, see :mod:`sheets`), how bright, then haze, light and grade. Only the second
step hops about in memory; the others are plain loops that the compiler turns into vector instructions. There
are no threads in here: frames are drawn side by side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.between.sheets import Sheet

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]

NODE_PX = 8
"""Distance of grid nodes in output pixels."""
PLANES = 6
"""x and y in the first picture, the same in the last, the last one's share, and haze."""

_SHARE, _HAZE = 4, 5
_PER_PX = np.float32(1.0 / NODE_PX)
_HALF_CELL = NODE_PX // 2
_EDGE = np.float32(1.01)
_NONE, _WHOLE = np.float32(0.002), np.float32(0.998)
_ZERO, _HALF, _ONE, _TWO = np.float32(0.0), np.float32(0.5), np.float32(1.0), np.float32(2.0)
_WHITE = np.float32(255.0)


class Finish(NamedTuple):
    """What lies over both pictures.

    Attributes:
        light: gain of the light at every node, float32, (rows, columns).
        haze: the haze's Y, Cb and Cr, float32, (3,).
        tone: graded Y for every quarter step of Y, float32, (1025,).
        tint: gain of both chroma planes, then what is added to Cb and to Cr, for every Y, float32, (256, 3).
    """

    light: Plane
    haze: Plane
    tone: Plane
    tint: Plane


_PICTURE = 4
_TOP_X, _DOWN_X, _TOP_Y, _DOWN_Y = range(_PICTURE)
_TOP_SHARE, _DOWN_SHARE, _TOP_MIST, _DOWN_MIST, _TOP_GAIN, _DOWN_GAIN = range(2 * _PICTURE, 2 * _PICTURE + 6)
_EDGES = 2 * _PICTURE + 6
"""Rows of what a band's pixels have at its upper edge, and what is added to it to its lower edge."""
_A, _B, _RED_A, _RED_B, _PART_A, _PART_B, _INDEX = range(7)
_X, _Y, _SHARES, _MIST, _GAIN, _FIRST, _SECOND = range(7)


def grid_shape(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of nodes that cover a frame, one more on each far side."""
    return height // NODE_PX + 2, width // NODE_PX + 2


@njit(cache=True, nogil=True)
def draw(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    first: Sheet, last: Sheet, grid: Plane, finish: Finish, out_y: Bytes, out_u: Bytes, out_v: Bytes
) -> None:
    """Draws one frame into ``out_y``, uint8, (H, W), ``out_u`` and ``out_v``, uint8, (H/2, W/2).

    Args:
        first: the picture that opens the clip.
        last: the one that ends it.
        grid: see :func:`aiming.aim`.
        finish: what lies over both.
        out_y: is drawn.
        out_u: is drawn.
        out_v: is drawn.
    """
    height, width = out_y.shape
    cells, half = (width + NODE_PX - 1) // NODE_PX, width // 2
    fine = np.empty((_EDGES, cells * NODE_PX), np.float32)
    coarse = np.empty((_EDGES, cells * _HALF_CELL), np.float32)
    shows = np.empty((2, cells), np.bool_)
    fetched = np.zeros((7, cells * NODE_PX), np.uint32)
    rows = np.zeros((7, cells * NODE_PX), np.float32)
    tones = np.clip(finish.tone + _HALF, _ZERO, _WHITE).astype(np.uint8)
    has_first, has_last = grid[_SHARE].min() < _WHOLE, grid[_SHARE].max() > _NONE
    has_haze = grid[_HAZE].max() > _ZERO
    for gy in range((height + NODE_PX - 1) // NODE_PX):
        _edges(first, last, grid, finish.light, gy, fine, coarse, shows)
        for py in range(gy * NODE_PX, min(gy * NODE_PX + NODE_PX, height)):
            fy = np.float32(py - gy * NODE_PX) * _PER_PX
            if has_first:
                _look(fine, 0, fy, 2 * first.columns, rows, fetched, _PART_A)
                _luma_of(first.luma, 2 * first.columns, shows[0], fetched, _A)
            if has_last:
                _look(fine, _PICTURE, fy, 2 * last.columns, rows, fetched, _PART_B)
                _luma_of(last.luma, 2 * last.columns, shows[1], fetched, _B)
            _at_row(fine, _TOP_SHARE, fy, rows, _SHARES)
            _mix(fetched, _A, _B, rows, width, has_first, has_last, _FIRST)
            if has_haze:
                _at_row(fine, _TOP_MIST, fy, rows, _MIST)
                _hazed(rows, _FIRST, finish.haze[0], width)
            _at_row(fine, _TOP_GAIN, fy, rows, _GAIN)
            _finish_luma(rows, tones, out_y[py])
        for pair in range(gy * _HALF_CELL, min(gy * _HALF_CELL + _HALF_CELL, height // 2)):
            fy = (np.float32(2 * pair - gy * NODE_PX) + _HALF) * _PER_PX
            if has_first:
                _look(coarse, 0, fy, first.columns, rows, fetched, _PART_A)
                _chroma_of(first.chroma, first.columns, shows[0], fetched, _A, _RED_A)
            if has_last:
                _look(coarse, _PICTURE, fy, last.columns, rows, fetched, _PART_B)
                _chroma_of(last.chroma, last.columns, shows[1], fetched, _B, _RED_B)
            _at_row(coarse, _TOP_SHARE, fy, rows, _SHARES)
            _mix(fetched, _A, _B, rows, half, has_first, has_last, _FIRST)
            _mix(fetched, _RED_A, _RED_B, rows, half, has_first, has_last, _SECOND)
            if has_haze:
                _at_row(coarse, _TOP_MIST, fy, rows, _MIST)
                _hazed(rows, _FIRST, finish.haze[1], half)
                _hazed(rows, _SECOND, finish.haze[2], half)
            _finish_chroma(rows, finish.tint, pair, out_y, out_u[pair], out_v[pair])


@njit(cache=True, nogil=True)
def _edges(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    first: Sheet,
    last: Sheet,
    grid: Plane,
    light: Plane,
    gy: int,
    fine: Plane,
    coarse: Plane,
    shows: NDArray[np.bool_],
) -> None:
    """What a band's pixels look at, for all its rows at once, in luma and in chroma.

    Args:
        first: the picture that opens the clip.
        last: the one that ends it.
        grid: see :func:`aiming.aim`.
        light: gain of the light at every node.
        gy: the band.
        fine: is written: places in texels of both pictures, shares, haze and light for every pixel.
        coarse: is written: the same for every second one.
        shows: is written: which pictures each cell shows.
    """
    for gx in range(shows.shape[1]):
        for plane in range(_PICTURE):
            sheet = first if plane < _PICTURE // 2 else last
            pad, scale = np.float32(sheet.pad / sheet.scale), np.float32(sheet.scale)
            count = np.float32(sheet.rows if plane % 2 else sheet.columns)
            row = 2 * plane
            here, right, below, both = _nodes(grid[plane], gy, gx)
            most = count - _EDGE
            _lay(
                coarse, row, gx * _HALF_CELL, _HALF_CELL, _HALF, _TWO,
                _held((here + pad) * scale, most), _held((right + pad) * scale, most),
                _held((below + pad) * scale, most), _held((both + pad) * scale, most),
            )  # fmt: skip
            scale, most = _TWO * scale, _TWO * count - _EDGE
            _lay(
                fine, row, gx * NODE_PX, NODE_PX, _ZERO, _ONE,
                _held((here + pad) * scale, most), _held((right + pad) * scale, most),
                _held((below + pad) * scale, most), _held((both + pad) * scale, most),
            )  # fmt: skip
        here, right, below, both = _nodes(grid[_SHARE], gy, gx)
        shows[0, gx] = min(here, right, below, both) <= _WHOLE
        shows[1, gx] = max(here, right, below, both) >= _NONE
        if not shows[0, gx]:
            here = right = below = both = _ONE
        if not shows[1, gx]:
            here = right = below = both = _ZERO
        _lay(fine, _TOP_SHARE, gx * NODE_PX, NODE_PX, _ZERO, _ONE, here, right, below, both)
        _lay(coarse, _TOP_SHARE, gx * _HALF_CELL, _HALF_CELL, _HALF, _TWO, here, right, below, both)
        here, right, below, both = _nodes(grid[_HAZE], gy, gx)
        _lay(fine, _TOP_MIST, gx * NODE_PX, NODE_PX, _ZERO, _ONE, here, right, below, both)
        _lay(coarse, _TOP_MIST, gx * _HALF_CELL, _HALF_CELL, _HALF, _TWO, here, right, below, both)
        here, right, below, both = _nodes(light, gy, gx)
        _lay(fine, _TOP_GAIN, gx * NODE_PX, NODE_PX, _ZERO, _ONE, here, right, below, both)


@njit(cache=True, nogil=True)
def _nodes(plane: Plane, gy: int, gx: int) -> tuple[np.float32, np.float32, np.float32, np.float32]:
    return plane[gy, gx], plane[gy, gx + 1], plane[gy + 1, gx], plane[gy + 1, gx + 1]


@njit(cache=True, nogil=True)
def _held(texel: np.float32, most: np.float32) -> np.float32:
    return min(max(texel, _ZERO), most)


@njit(cache=True, nogil=True)
def _lay(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    out: Plane, row: int, start: int, count: int, begin: np.float32, step: np.float32,
    here: np.float32, right: np.float32, below: np.float32, both: np.float32,
) -> None:  # fmt: skip
    """Values between a cell's four nodes: at its upper edge, and what is added to them to its lower one."""
    grows, turns = (right - here) * _PER_PX, (both - below - right + here) * _PER_PX
    for k in range(count):
        out[row, start + k] = here + grows * (begin + step * np.float32(k))
    for k in range(count):
        out[row + 1, start + k] = below - here + turns * (begin + step * np.float32(k))


@njit(cache=True, nogil=True)
def _at_row(edges: Plane, row: int, fy: np.float32, out: Plane, to: int) -> None:
    """A row's values between both edges of its band."""
    for x in range(edges.shape[1]):
        out[to, x] = edges[row, x] + edges[row + 1, x] * fy


@njit(cache=True, nogil=True)
def _look(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    edges: Plane, picture: int, fy: np.float32, stride: int, rows: Plane, fetched: Words, part: int
) -> None:
    """Where a row's pixels look: the texel, and where beside it they lie: x in the low byte, then y."""
    _at_row(edges, picture + _TOP_X, fy, rows, _X)
    _at_row(edges, picture + _TOP_Y, fy, rows, _Y)
    wide, fraction = np.int32(stride), np.float32(256.0)
    for x in range(edges.shape[1]):
        fetched[_INDEX, x] = np.uint32(np.int32(rows[_Y, x]) * wide + np.int32(rows[_X, x]))
    for x in range(edges.shape[1]):
        across = np.int32((rows[_X, x] - np.float32(np.int32(rows[_X, x]))) * fraction)
        down = np.int32((rows[_Y, x] - np.float32(np.int32(rows[_Y, x]))) * fraction)
        fetched[part, x] = np.uint32(across | (down << np.int32(8)))


@njit(cache=True, nogil=True)
def _luma_of(two: NDArray[np.uint16], stride: int, shows: NDArray[np.bool_], fetched: Words, to: int) -> None:
    """Four neighbours of every pixel, in the cells that show the picture."""
    wide = np.uint32(stride)
    for gx in range(shows.shape[0]):
        if shows[gx]:
            for x in range(gx * NODE_PX, gx * NODE_PX + NODE_PX):
                here = fetched[_INDEX, x]
                below = np.uint32(two[np.uint32(here + wide)])
                fetched[to, x] = np.uint32(np.uint32(two[here]) | np.uint32(below << np.uint32(16)))


@njit(cache=True, nogil=True)
def _chroma_of(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    two: NDArray[np.uint32], stride: int, shows: NDArray[np.bool_], fetched: Words, blue: int, red: int
) -> None:
    """The same of every second pixel, in Cb and Cr."""
    wide = np.uint32(stride)
    for gx in range(shows.shape[0]):
        if shows[gx]:
            for x in range(gx * _HALF_CELL, gx * _HALF_CELL + _HALF_CELL):
                here = fetched[_INDEX, x]
                upper, lower = np.uint32(two[here]), np.uint32(two[np.uint32(here + wide)])
                fetched[blue, x] = np.uint32(
                    _every_second(upper) | np.uint32(_every_second(lower) << np.uint32(16))
                )
                fetched[red, x] = np.uint32(
                    _every_second(np.uint32(upper >> np.uint32(8)))
                    | np.uint32(_every_second(np.uint32(lower >> np.uint32(8))) << np.uint32(16))
                )


@njit(cache=True, nogil=True)
def _every_second(four: np.uint32) -> np.uint32:
    """The first and the third of four bytes, as the two lowest."""
    return np.uint32((four & np.uint32(0xFF)) | np.uint32((four >> np.uint32(8)) & np.uint32(0xFF00)))


@njit(cache=True, nogil=True)
def _mixed(four: np.uint32, part: np.uint32) -> np.float32:
    """Bilinear of four bytes; two of them are weighed in one multiplication."""
    pairs, low, one = np.uint32(0x00FF00FF), np.uint32(0xFFFF), np.uint32(256)
    fx, fy = np.uint32(part & np.uint32(255)), np.uint32(part >> np.uint32(8))
    left = np.uint32(np.uint32(four & pairs) * np.uint32(one - fx))
    right = np.uint32(np.uint32(np.uint32(four >> np.uint32(8)) & pairs) * fx)
    across = np.uint32(left + right)
    upper = np.uint32(np.uint32(across & low) * np.uint32(one - fy))
    lower = np.uint32(np.uint32(across >> np.uint32(16)) * fy)
    return np.float32(np.int32(np.uint32(upper + lower) >> np.uint32(10))) * np.float32(1.0 / 64.0)


@njit(cache=True, nogil=True)
def _mix(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    fetched: Words, first: int, last: int, rows: Plane, width: int, has_first: bool, has_last: bool, to: int
) -> None:
    """Both pictures' values for a row's pixels, weighed by the last one's share."""
    if not has_first:
        for x in range(width):
            rows[to, x] = _mixed(fetched[last, x], fetched[_PART_B, x])
        return
    for x in range(width):
        rows[to, x] = _mixed(fetched[first, x], fetched[_PART_A, x])
    if has_last:
        for x in range(width):
            own = rows[to, x]
            rows[to, x] = own + (_mixed(fetched[last, x], fetched[_PART_B, x]) - own) * rows[_SHARES, x]


@njit(cache=True, nogil=True)
def _hazed(rows: Plane, to: int, color: np.float32, width: int) -> None:
    for x in range(width):
        rows[to, x] += rows[_MIST, x] * (color - rows[to, x])


@njit(cache=True, nogil=True)
def _finish_luma(rows: Plane, tones: Bytes, out: Bytes) -> None:
    black, quarter, most = np.float32(16.0), np.float32(4.0), np.float32(1024.0)
    for x in range(out.shape[0]):
        value = black + (rows[_FIRST, x] - black) * rows[_GAIN, x]
        out[x] = tones[np.uint32(np.int32(min(max(value * quarter + _HALF, _ZERO), most)))]


@njit(cache=True, nogil=True)
def _finish_chroma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    rows: Plane, tint: Plane, pair: int, out_y: Bytes, blue_row: Bytes, red_row: Bytes
) -> None:
    """Tinted by the brightness that is already drawn."""
    neutral = np.float32(128.0)
    above, below = out_y[2 * pair], out_y[2 * pair + 1]
    for x in range(blue_row.shape[0]):
        total = np.int32(above[2 * x]) + np.int32(above[2 * x + 1])
        total += np.int32(below[2 * x]) + np.int32(below[2 * x + 1])
        level = np.uint32(total >> 2)
        blue = neutral + (rows[_FIRST, x] - neutral) * tint[level, 0] + tint[level, 1]
        red = neutral + (rows[_SECOND, x] - neutral) * tint[level, 0] + tint[level, 2]
        blue_row[x] = np.uint8(np.int32(min(max(blue + _HALF, _ZERO), _WHITE)))
        red_row[x] = np.uint8(np.int32(min(max(red + _HALF, _ZERO), _WHITE)))
