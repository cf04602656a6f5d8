"""The kernel that draws a view between two pictures: both warped to it and blended, straight to I420.

Rows are drawn in three steps: four neighbours of every point are fetched in one load (see :mod:`sheets`),
then mixed for the whole row, then finished with haze, light and grade. Only the first step hops about in
memory; the others are plain loops that the compiler turns into vector instructions.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Row = NDArray[np.uint32]
Line = NDArray[np.float32]

NODE_PX = 8
"""Distance of grid nodes in output pixels."""
PLANES = 6
"""x and y in the first picture, the same in the last, the last one's share, and haze."""

_PER_PX = np.float32(1.0 / NODE_PX)
_NODE_BITS = np.int32(3)
_TEXEL_BITS = np.int32(16)
_NONE, _WHOLE = np.float32(0.002), np.float32(0.998)


def grid_shape(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of nodes that cover a frame, one more on each far side."""
    return height // NODE_PX + 2, width // NODE_PX + 2


@njit(cache=True, nogil=True)
def _between(upper: Line, lower: Line, fy: np.float32, begin: np.float32, out: Line) -> None:
    """What lies between two rows of nodes, and ``begin`` pixels to the right of every node."""
    for at in range(out.shape[0]):
        out[at] = upper[at] + (lower[at] - upper[at]) * fy
    if begin > np.float32(0.0):
        off = begin * _PER_PX
        for at in range(out.shape[0] - 1):
            out[at] += (out[at + 1] - out[at]) * off


@njit(cache=True, nogil=True)
def _texels(line: Line, scale: np.float32, pad: np.float32, last: int, out: NDArray[np.int32]) -> None:
    """Coordinates in pixels as 16.16 texels, kept inside the texture."""
    zero, most = np.float32(0.0), np.float32(last) - np.float32(1.01)
    for at in range(out.shape[0]):
        out[at] = np.int32(min(max((line[at] + pad) * scale, zero), most) * np.float32(65536.0))


@njit(cache=True, nogil=True)
def _spread(line: Line, per_cell: int, out: Line) -> None:
    """A value for every pixel, from those at nodes."""
    part = np.float32(1.0) / np.float32(per_cell)
    for gx in range(line.shape[0] - 1):
        value, step = line[gx], (line[gx + 1] - line[gx]) * part
        for k in range(per_cell):
            out[np.uint64(gx * per_cell + k)] = value + step * np.float32(k)


@njit(cache=True, nogil=True)
def _fetch_luma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    flat: Row, stride: int, us: NDArray[np.int32], vs: NDArray[np.int32], gx: int, four: Row, part: Row
) -> None:
    """Four neighbours of every pixel of a cell, and where between them it lies: x in the low byte, then y."""
    cell = np.uint64(gx)
    u, v = us[cell], vs[cell]
    du = np.int32((us[cell + np.uint64(1)] - u) >> _NODE_BITS)
    dv = np.int32((vs[cell + np.uint64(1)] - v) >> _NODE_BITS)
    at = cell * np.uint64(NODE_PX)
    for _ in range(NODE_PX):
        four[at] = flat[np.uint64((v >> _TEXEL_BITS) * stride + (u >> _TEXEL_BITS))]
        part[at] = np.uint32(((u >> 8) & 255) | (v & 0xFF00))
        u, v = np.int32(u + du), np.int32(v + dv)
        at += np.uint64(1)


@njit(cache=True, nogil=True)
def _fetch_chroma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    flat: NDArray[np.uint64], stride: int, us: NDArray[np.int32], vs: NDArray[np.int32], gx: int,
    blue: Row, red: Row, part: Row,
) -> None:  # fmt: skip
    """The same of every second pixel."""
    cell = np.uint64(gx)
    u, v = us[cell], vs[cell]
    du = np.int32((us[cell + np.uint64(1)] - u) >> (_NODE_BITS - 1))
    dv = np.int32((vs[cell + np.uint64(1)] - v) >> (_NODE_BITS - 1))
    at = cell * np.uint64(NODE_PX // 2)
    for _ in range(NODE_PX // 2):
        both = flat[np.uint64((v >> _TEXEL_BITS) * stride + (u >> _TEXEL_BITS))]
        blue[at], red[at] = np.uint32(both & np.uint64(0xFFFFFFFF)), np.uint32(both >> np.uint64(32))
        part[at] = np.uint32(((u >> 8) & 255) | (v & 0xFF00))
        u, v = np.int32(u + du), np.int32(v + dv)
        at += np.uint64(1)


@njit(cache=True, nogil=True)
def _mixed(four: np.uint32, part: np.uint32) -> np.int32:
    """Bilinear of four bytes, times 64; two of them are weighed in one multiplication."""
    pairs, low, one = np.uint32(0x00FF00FF), np.uint32(0xFFFF), np.uint32(256)
    fx, fy = np.uint32(part & np.uint32(255)), np.uint32(part >> np.uint32(8))
    left = np.uint32(np.uint32(four & pairs) * np.uint32(one - fx))
    right = np.uint32(np.uint32(np.uint32(four >> np.uint32(8)) & pairs) * fx)
    across = np.uint32(left + right)
    upper = np.uint32(np.uint32(across & low) * np.uint32(one - fy))
    lower = np.uint32(np.uint32(across >> np.uint32(16)) * fy)
    return np.int32(np.uint32(upper + lower) >> np.uint32(10))


@njit(cache=True, nogil=True)
def _blended(a: np.int32, b: np.int32, share: np.float32) -> np.float32:
    first = np.float32(a)
    return (first + (np.float32(b) - first) * share) * np.float32(1.0 / 64.0)


@njit(cache=True, nogil=True, parallel=True)
def draw(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop, kept whole for the compiler
    luma_a: NDArray[np.uint32],
    chroma_a: NDArray[np.uint64],
    luma_b: NDArray[np.uint32],
    chroma_b: NDArray[np.uint64],
    pads: Plane,
    scales: Plane,
    grid: Plane,
    light: Plane,
    haze: Plane,
    tone: Plane,
    tint: Plane,
    out_y: Bytes,
    out_u: Bytes,
    out_v: Bytes,
) -> None:
    """Draws one frame into ``out_y``, ``out_u`` and ``out_v``.

    Args:
        luma_a: of the first picture, see :class:`sheets.Sheet`.
        chroma_a: see there.
        luma_b: of the last picture.
        chroma_b: see there.
        pads: of both, in pixels of the picture, float32, (2,).
        scales: of both, float32, (2,).
        grid: see :func:`aiming.aim`.
        light: gain of the light at every node, float32, (rows, columns).
        haze: the haze's Y, Cb and Cr, float32, (3,).
        tone: graded Y for every quarter step of Y, float32, (1025,).
        tint: gain of both chroma planes, then what is added to Cb and to Cr, for every Y, float32, (256, 3).
        out_y: uint8, (H, W).
        out_u: uint8, (H/2, W/2).
        out_v: uint8, (H/2, W/2).
    """
    height, width = out_y.shape
    rows_a, stride_a = luma_a.shape
    rows_b, stride_b = luma_b.shape
    rows_c, stride_c = chroma_a.shape
    rows_d, stride_d = chroma_b.shape
    flat_a, flat_b = luma_a.reshape(-1), luma_b.reshape(-1)
    flat_c, flat_d = chroma_a.reshape(-1), chroma_b.reshape(-1)
    zero, half, white = np.float32(0.0), np.float32(0.5), np.float32(255.0)
    black, neutral, two = np.float32(16.0), np.float32(128.0), np.float32(2.0)
    tones = np.clip(tone + half, zero, white).astype(np.uint8)
    cells = (width + NODE_PX - 1) // NODE_PX
    room = cells * NODE_PX
    has_haze = bool(grid[5].max() > zero)
    for pair in prange(height // 2):
        fours = np.zeros((4, room), np.uint32)
        parts = np.zeros((2, room), np.uint32)
        spread = np.zeros((3, room), np.float32)
        edges = np.empty((PLANES + 1, cells + 1), np.float32)
        texels = np.empty((4, cells + 1), np.int32)
        four_a, four_b, red_a, red_b = fours[0], fours[1], fours[2], fours[3]
        part_a, part_b = parts[0], parts[1]
        shares, mist, gain = spread[0], spread[1], spread[2]
        gy = (2 * pair) // NODE_PX
        for line in range(3):
            # two rows of luma, then one of chroma half way between them
            is_chroma = line == 2  # noqa: PLR2004
            fy = (np.float32(2 * pair - gy * NODE_PX) + (half if is_chroma else np.float32(line))) * _PER_PX
            begin = half if is_chroma else zero
            per_cell = NODE_PX // 2 if is_chroma else NODE_PX
            for plane in range(PLANES):
                _between(grid[plane, gy], grid[plane, gy + 1], fy, begin, edges[plane])
            _between(light[gy], light[gy + 1], fy, begin, edges[PLANES])
            if is_chroma:
                _texels(edges[0], scales[0], pads[0], stride_c, texels[0])
                _texels(edges[1], scales[0], pads[0], rows_c, texels[1])
                _texels(edges[2], scales[1], pads[1], stride_d, texels[2])
                _texels(edges[3], scales[1], pads[1], rows_d, texels[3])
            else:
                _texels(edges[0], two * scales[0], pads[0], stride_a, texels[0])
                _texels(edges[1], two * scales[0], pads[0], rows_a, texels[1])
                _texels(edges[2], two * scales[1], pads[1], stride_b, texels[2])
                _texels(edges[3], two * scales[1], pads[1], rows_b, texels[3])
                _spread(edges[PLANES], per_cell, gain)
            _spread(edges[4], per_cell, shares)
            if has_haze:
                _spread(edges[5], per_cell, mist)
            for gx in range(cells):
                s0, s1 = edges[4, gx], edges[4, gx + 1]
                # what does not count is not fetched
                if min(s0, s1) > _WHOLE:
                    shares[gx * per_cell : (gx + 1) * per_cell] = np.float32(1.0)
                elif is_chroma:
                    _fetch_chroma(flat_c, stride_c, texels[0], texels[1], gx, four_a, red_a, part_a)
                else:
                    _fetch_luma(flat_a, stride_a, texels[0], texels[1], gx, four_a, part_a)
                if max(s0, s1) < _NONE:
                    shares[gx * per_cell : (gx + 1) * per_cell] = zero
                elif is_chroma:
                    _fetch_chroma(flat_d, stride_d, texels[2], texels[3], gx, four_b, red_b, part_b)
                else:
                    _fetch_luma(flat_b, stride_b, texels[2], texels[3], gx, four_b, part_b)
            if is_chroma:
                above, below = out_y[2 * pair], out_y[2 * pair + 1]
                blue_row, red_row = out_u[pair], out_v[pair]
                for x in range(width // 2):
                    blue = _blended(_mixed(four_a[x], part_a[x]), _mixed(four_b[x], part_b[x]), shares[x])
                    red = _blended(_mixed(red_a[x], part_a[x]), _mixed(red_b[x], part_b[x]), shares[x])
                    if has_haze:
                        blue += mist[x] * (haze[1] - blue)
                        red += mist[x] * (haze[2] - red)
                    level = (
                        np.int32(above[2 * x]) + np.int32(above[2 * x + 1])
                        + np.int32(below[2 * x]) + np.int32(below[2 * x + 1])
                    ) >> 2  # fmt: skip
                    blue = neutral + (blue - neutral) * tint[level, 0] + tint[level, 1]
                    red = neutral + (red - neutral) * tint[level, 0] + tint[level, 2]
                    blue_row[x] = np.uint8(min(max(blue + half, zero), white))
                    red_row[x] = np.uint8(min(max(red + half, zero), white))
                continue
            row = out_y[2 * pair + line]
            for x in range(width):
                value = _blended(_mixed(four_a[x], part_a[x]), _mixed(four_b[x], part_b[x]), shares[x])
                if has_haze:
                    value += mist[x] * (haze[0] - value)
                value = black + (value - black) * gain[x]
                level = np.int32(min(max(value * np.float32(4.0) + half, zero), np.float32(1024.0)))
                row[x] = tones[level]
