"""The kernel that draws a view between two pictures: both warped to it and blended, straight to I420.

Rows are drawn in steps: four neighbours of every point are fetched in one load (see :mod:`sheets`), then
mixed for the whole row, then finished with haze, light and grade. Only the first step hops about in memory;
the others are plain loops that the compiler turns into vector instructions. There are no threads in here:
frames are drawn side by side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.between.sheets import Sheet

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Row = NDArray[np.uint32]
Line = NDArray[np.float32]
Texels = NDArray[np.int32]

NODE_PX = 8
"""Distance of grid nodes in output pixels."""
PLANES = 6
"""x and y in the first picture, the same in the last, the last one's share, and haze."""

_SHARE, _HAZE, _LIGHT = 4, 5, PLANES
_PER_PX = np.float32(1.0 / NODE_PX)
_NODE_BITS = np.int32(3)
_TEXEL_BITS = np.int32(16)
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


class _Buffers(NamedTuple):
    """What one row needs: values at nodes, where they look, what was fetched, and values of pixels."""

    nodes: Plane
    texels: Texels
    fetched: Row
    spread: Plane


_A, _B, _RED_A, _RED_B, _PART_A, _PART_B = range(6)
_SHARES, _MIST, _GAIN, _FIRST, _SECOND = range(5)


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
    cells = (width + NODE_PX - 1) // NODE_PX
    room = cells * NODE_PX
    row = _Buffers(
        np.empty((PLANES + 1, cells + 1), np.float32),
        np.empty((4, cells + 1), np.int32),
        np.zeros((6, room), np.uint32),
        np.zeros((5, room), np.float32),
    )
    tones = np.clip(finish.tone + _HALF, _ZERO, _WHITE).astype(np.uint8)
    has_first, has_last = grid[_SHARE].min() < _WHOLE, grid[_SHARE].max() > _NONE
    has_haze = grid[_HAZE].max() > _ZERO
    for pair in range(height // 2):
        gy = 2 * pair // NODE_PX
        top = np.float32(2 * pair - gy * NODE_PX)
        for line in range(2):
            _on_row(grid, finish.light, gy, (top + np.float32(line)) * _PER_PX, _ZERO, row.nodes)
            _looked(first, last, row.nodes, _TWO, row.texels)
            _fetch_luma(first, last, row)
            _mix(row.fetched[_A], row.fetched[_B], row, width, has_first, has_last, row.spread[_FIRST])
            if has_haze:
                _spread(row.nodes[_HAZE], NODE_PX, row.spread[_MIST])
                _hazed(row.spread[_FIRST], row.spread[_MIST], finish.haze[0], width)
            _spread(row.nodes[_LIGHT], NODE_PX, row.spread[_GAIN])
            _finish_luma(row.spread[_FIRST], row.spread[_GAIN], tones, out_y[2 * pair + line])
        _on_row(grid, finish.light, gy, (top + _HALF) * _PER_PX, _HALF, row.nodes)
        _looked(first, last, row.nodes, _ONE, row.texels)
        _fetch_chroma(first, last, row)
        half = width // 2
        _mix(row.fetched[_A], row.fetched[_B], row, half, has_first, has_last, row.spread[_FIRST])
        _mix(row.fetched[_RED_A], row.fetched[_RED_B], row, half, has_first, has_last, row.spread[_SECOND])
        if has_haze:
            _spread(row.nodes[_HAZE], NODE_PX // 2, row.spread[_MIST])
            _hazed(row.spread[_FIRST], row.spread[_MIST], finish.haze[1], half)
            _hazed(row.spread[_SECOND], row.spread[_MIST], finish.haze[2], half)
        _finish_chroma(row.spread, finish.tint, pair, out_y, out_u[pair], out_v[pair])


@njit(cache=True, nogil=True)
def _on_row(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    grid: Plane, light: Plane, gy: int, fy: np.float32, begin: np.float32, nodes: Plane
) -> None:
    """Every plane between two rows of nodes, and ``begin`` pixels to the right of every node."""
    for plane in range(PLANES):
        _between(grid[plane, gy], grid[plane, gy + 1], fy, begin, nodes[plane])
    _between(light[gy], light[gy + 1], fy, begin, nodes[_LIGHT])


@njit(cache=True, nogil=True)
def _between(upper: Line, lower: Line, fy: np.float32, begin: np.float32, out: Line) -> None:
    for at in range(out.shape[0]):
        out[at] = upper[at] + (lower[at] - upper[at]) * fy
    if begin > _ZERO:
        off = begin * _PER_PX
        for at in range(out.shape[0] - 1):
            out[at] += (out[at + 1] - out[at]) * off


@njit(cache=True, nogil=True)
def _looked(first: Sheet, last: Sheet, nodes: Plane, fine: np.float32, texels: Texels) -> None:
    """Where nodes look in both sheets; ``fine`` is 2 for luma, which lies there at twice the size."""
    for plane in range(2):
        _texels(nodes[plane], first, fine, first.rows if plane else first.columns, texels[plane])
        _texels(nodes[2 + plane], last, fine, last.rows if plane else last.columns, texels[2 + plane])


@njit(cache=True, nogil=True)
def _texels(line: Line, sheet: Sheet, fine: np.float32, count: int, out: Texels) -> None:
    """Coordinates in pixels as 16.16 texels, kept inside the sheet."""
    pad, scale = np.float32(sheet.pad / sheet.scale), fine * np.float32(sheet.scale)
    most = fine * np.float32(count) - np.float32(1.01)
    for at in range(out.shape[0]):
        out[at] = np.int32(min(max((line[at] + pad) * scale, _ZERO), most) * np.float32(65536.0))


@njit(cache=True, nogil=True)
def _spread(line: Line, per_cell: int, out: Line) -> None:
    """A value for every pixel, from those at nodes."""
    part = np.float32(1.0) / np.float32(per_cell)
    for gx in range(line.shape[0] - 1):
        value, step = line[gx], (line[gx + 1] - line[gx]) * part
        for k in range(per_cell):
            out[np.uint64(gx * per_cell + k)] = value + step * np.float32(k)


@njit(cache=True, nogil=True)
def _settle(nodes: Plane, per_cell: int, gx: int, shares: Line) -> tuple[bool, bool]:
    """Whether a cell shows the first picture, and the last; where it shows one alone, its share is exact."""
    left, right = nodes[_SHARE, gx], nodes[_SHARE, gx + 1]
    shows_first, shows_last = min(left, right) <= _WHOLE, max(left, right) >= _NONE
    if not shows_first:
        shares[gx * per_cell : (gx + 1) * per_cell] = _ONE
    if not shows_last:
        shares[gx * per_cell : (gx + 1) * per_cell] = _ZERO
    return shows_first, shows_last


@njit(cache=True, nogil=True)
def _fetch_luma(first: Sheet, last: Sheet, row: _Buffers) -> None:
    """Four neighbours of every pixel in each picture that it shows, and the last one's share."""
    wide_a, wide_b = 2 * first.columns, 2 * last.columns
    shares, texels, fetched = row.spread[_SHARES], row.texels, row.fetched
    _spread(row.nodes[_SHARE], NODE_PX, shares)
    for gx in range(row.nodes.shape[1] - 1):
        shows_first, shows_last = _settle(row.nodes, NODE_PX, gx, shares)
        if shows_first:
            _luma_cell(first.luma, wide_a, texels[0], texels[1], gx, fetched[_A], fetched[_PART_A])
        if shows_last:
            _luma_cell(last.luma, wide_b, texels[2], texels[3], gx, fetched[_B], fetched[_PART_B])


@njit(cache=True, nogil=True)
def _luma_cell(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    two: NDArray[np.uint16], stride: int, us: Texels, vs: Texels, gx: int, four: Row, part: Row
) -> None:
    """The four neighbours of a cell's pixels, and where between them each lies: x in the low byte, then y."""
    cell = np.uint64(gx)
    u, v = us[cell], vs[cell]
    du = np.int32((us[cell + np.uint64(1)] - u) >> _NODE_BITS)
    dv = np.int32((vs[cell + np.uint64(1)] - v) >> _NODE_BITS)
    at = cell * np.uint64(NODE_PX)
    for _ in range(NODE_PX):
        here = np.uint64((v >> _TEXEL_BITS) * stride + (u >> _TEXEL_BITS))
        below = np.uint32(two[here + np.uint64(stride)])
        four[at] = np.uint32(np.uint32(two[here]) | np.uint32(below << np.uint32(16)))
        part[at] = np.uint32(((u >> 8) & 255) | (v & 0xFF00))
        u, v = np.int32(u + du), np.int32(v + dv)
        at += np.uint64(1)


@njit(cache=True, nogil=True)
def _fetch_chroma(first: Sheet, last: Sheet, row: _Buffers) -> None:
    """The same of every second pixel, in Cb and Cr."""
    shares, texels, fetched = row.spread[_SHARES], row.texels, row.fetched
    _spread(row.nodes[_SHARE], NODE_PX // 2, shares)
    for gx in range(row.nodes.shape[1] - 1):
        shows_first, shows_last = _settle(row.nodes, NODE_PX // 2, gx, shares)
        if shows_first:
            _chroma_cell(
                first.chroma, first.columns, texels[0], texels[1], gx,
                fetched[_A], fetched[_RED_A], fetched[_PART_A],
            )  # fmt: skip
        if shows_last:
            _chroma_cell(
                last.chroma, last.columns, texels[2], texels[3], gx,
                fetched[_B], fetched[_RED_B], fetched[_PART_B],
            )  # fmt: skip


@njit(cache=True, nogil=True)
def _chroma_cell(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    two: Row, stride: int, us: Texels, vs: Texels, gx: int, blue: Row, red: Row, part: Row
) -> None:
    cell = np.uint64(gx)
    u, v = us[cell], vs[cell]
    du = np.int32((us[cell + np.uint64(1)] - u) >> (_NODE_BITS - 1))
    dv = np.int32((vs[cell + np.uint64(1)] - v) >> (_NODE_BITS - 1))
    at = cell * np.uint64(NODE_PX // 2)
    for _ in range(NODE_PX // 2):
        here = np.uint64((v >> _TEXEL_BITS) * stride + (u >> _TEXEL_BITS))
        upper, lower = two[here], two[here + np.uint64(stride)]
        blue[at] = np.uint32(_every_second(upper) | np.uint32(_every_second(lower) << np.uint32(16)))
        red[at] = np.uint32(
            _every_second(upper >> np.uint32(8))
            | np.uint32(_every_second(lower >> np.uint32(8)) << np.uint32(16))
        )
        part[at] = np.uint32(((u >> 8) & 255) | (v & 0xFF00))
        u, v = np.int32(u + du), np.int32(v + dv)
        at += np.uint64(1)


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
    first: Row, last: Row, row: _Buffers, width: int, has_first: bool, has_last: bool, out: Line
) -> None:
    """Both pictures' values for a row's pixels, weighed by the last one's share."""
    part_a, part_b, shares = row.fetched[_PART_A], row.fetched[_PART_B], row.spread[_SHARES]
    if not has_first:
        for x in range(width):
            out[x] = _mixed(last[x], part_b[x])
        return
    for x in range(width):
        out[x] = _mixed(first[x], part_a[x])
    if has_last:
        for x in range(width):
            out[x] += (_mixed(last[x], part_b[x]) - out[x]) * shares[x]


@njit(cache=True, nogil=True)
def _hazed(values: Line, mist: Line, color: np.float32, width: int) -> None:
    for x in range(width):
        values[x] += mist[x] * (color - values[x])


@njit(cache=True, nogil=True)
def _finish_luma(values: Line, gain: Line, tones: Bytes, out: Bytes) -> None:
    black, quarter, most = np.float32(16.0), np.float32(4.0), np.float32(1024.0)
    for x in range(out.shape[0]):
        value = black + (values[x] - black) * gain[x]
        out[x] = tones[np.uint32(np.int32(min(max(value * quarter + _HALF, _ZERO), most)))]


@njit(cache=True, nogil=True)
def _finish_chroma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    spread: Plane, tint: Plane, pair: int, out_y: Bytes, blue_row: Bytes, red_row: Bytes
) -> None:
    """Tinted by the brightness that is already drawn."""
    neutral = np.float32(128.0)
    above, below = out_y[2 * pair], out_y[2 * pair + 1]
    for x in range(blue_row.shape[0]):
        total = np.int32(above[2 * x]) + np.int32(above[2 * x + 1])
        total += np.int32(below[2 * x]) + np.int32(below[2 * x + 1])
        level = np.uint32(total >> 2)
        blue = neutral + (spread[_FIRST, x] - neutral) * tint[level, 0] + tint[level, 1]
        red = neutral + (spread[_SECOND, x] - neutral) * tint[level, 0] + tint[level, 2]
        blue_row[x] = np.uint8(np.int32(min(max(blue + _HALF, _ZERO), _WHITE)))
        red_row[x] = np.uint8(np.int32(min(max(red + _HALF, _ZERO), _WHITE)))
