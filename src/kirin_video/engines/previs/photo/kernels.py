"""The kernel that draws a frame: every layer sampled, laid over one another and finished, straight to I420.

Most cells of the grid see one layer only: those take a short path in fixed point. numba's rules for speed
are kept: flat arrays with unsigned indices, row pairs in parallel, nothing allocated but a few numbers.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.warp import NODE_PX

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

EMPTY = 0
MIXED = 1
OPAQUE = 2

_ONE = 1 << 16
_THROUGH = np.float32(0.004)
_PER_PX = np.float32(1.0 / NODE_PX)


@njit(cache=True, nogil=True)
def _cell(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    grids: Plane, layer: int, plane: int, gy: int, fy: np.float32, gx: int
) -> tuple[np.float32, np.float32]:
    """Value at a cell's left edge on a row, and the step per pixel."""
    one = np.float32(1.0)
    left = grids[layer, plane, gy, gx] * (one - fy) + grids[layer, plane, gy + 1, gx] * fy
    right = grids[layer, plane, gy, gx + 1] * (one - fy) + grids[layer, plane, gy + 1, gx + 1] * fy
    return left, (right - left) * _PER_PX


@njit(cache=True, nogil=True)
def _texel(x: np.float32, scale: int, pad: int, last: int) -> np.int64:
    """A coordinate in pixels as 16.16 texels, kept inside the texture."""
    at = np.int64((x + np.float32(pad)) * np.float32(scale * _ONE))
    return min(max(at, np.int64(0)), np.int64((last - 1) * _ONE - 1))


@njit(cache=True, nogil=True)
def _mixed(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    a: np.int64, b: np.int64, c: np.int64, d: np.int64, fx: np.int64, fy: np.int64
) -> np.int64:
    """Bilinear of four bytes with 12-bit weights, times 256."""
    top = (a * (4096 - fx) + b * fx) >> 4
    bottom = (c * (4096 - fx) + d * fx) >> 4
    return (top * (4096 - fy) + bottom * fy) >> 12


@njit(cache=True, nogil=True)
def _luma_at(
    flat: NDArray[np.uint16], base: int, stride: int, u: np.int64, v: np.int64
) -> tuple[np.int64, np.int64]:
    """Y and alpha at a point in texels, both times 256."""
    at = np.uint64(base + (v >> 16) * stride + (u >> 16))
    fx = (u >> 4) & 4095
    fy = (v >> 4) & 4095
    a = np.int64(flat[at])
    b = np.int64(flat[at + np.uint64(1)])
    c = np.int64(flat[at + np.uint64(stride)])
    d = np.int64(flat[at + np.uint64(stride + 1)])
    y = _mixed(a & 255, b & 255, c & 255, d & 255, fx, fy)
    return y, _mixed(a >> 8, b >> 8, c >> 8, d >> 8, fx, fy)


@njit(cache=True, nogil=True)
def _bare_luma_at(flat: NDArray[np.uint16], base: int, stride: int, u: np.int64, v: np.int64) -> np.int64:
    """Y at a point in texels, times 256."""
    at = np.uint64(base + (v >> 16) * stride + (u >> 16))
    a = np.int64(flat[at]) & 255
    b = np.int64(flat[at + np.uint64(1)]) & 255
    c = np.int64(flat[at + np.uint64(stride)]) & 255
    d = np.int64(flat[at + np.uint64(stride + 1)]) & 255
    return _mixed(a, b, c, d, (u >> 4) & 4095, (v >> 4) & 4095)


@njit(cache=True, nogil=True)
def _chroma_at(
    flat: NDArray[np.uint32], base: int, stride: int, u: np.int64, v: np.int64
) -> tuple[np.int64, np.int64, np.int64]:
    """Cb, Cr and alpha at a point in texels, all times 256."""
    at = np.uint64(base + (v >> 16) * stride + (u >> 16))
    fx = (u >> 4) & 4095
    fy = (v >> 4) & 4095
    a = np.int64(flat[at])
    b = np.int64(flat[at + np.uint64(1)])
    c = np.int64(flat[at + np.uint64(stride)])
    d = np.int64(flat[at + np.uint64(stride + 1)])
    blue = _mixed(a & 255, b & 255, c & 255, d & 255, fx, fy)
    red = _mixed((a >> 8) & 255, (b >> 8) & 255, (c >> 8) & 255, (d >> 8) & 255, fx, fy)
    return blue, red, _mixed(a >> 16, b >> 16, c >> 16, d >> 16, fx, fy)


@njit(cache=True, nogil=True)
def _bare_chroma_at(
    flat: NDArray[np.uint32], base: int, stride: int, u: np.int64, v: np.int64
) -> tuple[np.int64, np.int64]:
    """Cb and Cr at a point in texels, times 256."""
    at = np.uint64(base + (v >> 16) * stride + (u >> 16))
    fx = (u >> 4) & 4095
    fy = (v >> 4) & 4095
    a = np.int64(flat[at])
    b = np.int64(flat[at + np.uint64(1)])
    c = np.int64(flat[at + np.uint64(stride)])
    d = np.int64(flat[at + np.uint64(stride + 1)])
    blue = _mixed(a & 255, b & 255, c & 255, d & 255, fx, fy)
    return blue, _mixed((a >> 8) & 255, (b >> 8) & 255, (c >> 8) & 255, (d >> 8) & 255, fx, fy)


@njit(cache=True, nogil=True)
def _kind(kinds: Bytes, layer: int, x: np.float32, y: np.float32, pad: int) -> np.int64:
    """What a layer is around a point: empty, mixed or opaque."""
    row = min(max(int((y + np.float32(pad)) * _PER_PX + np.float32(0.5)), 0), kinds.shape[1] - 1)
    column = min(max(int((x + np.float32(pad)) * _PER_PX + np.float32(0.5)), 0), kinds.shape[2] - 1)
    return np.int64(kinds[layer, row, column])


@njit(cache=True, nogil=True, parallel=True)
def draw(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop, kept whole for the compiler
    luma: NDArray[np.uint16],
    chroma: NDArray[np.uint32],
    kinds: Bytes,
    opacity: Plane,
    pad: int,
    grids: Plane,
    light: Plane,
    haze: Plane,
    has_haze: bool,
    tone: Plane,
    tint: Plane,
    cover: Bytes,
    cover_color: Plane,
    has_cover: bool,
    out_y: Bytes,
    out_u: Bytes,
    out_v: Bytes,
) -> None:
    """Draws one frame into ``out_y``, ``out_u`` and ``out_v``.

    Args:
        luma: see :class:`layers.Textures`.
        chroma: see there.
        kinds: see there.
        opacity: of each layer, 0 to 1, float32, (n,).
        pad: see there.
        grids: x, y and haze amount (0 to 1) of every node of every layer, float32, (n, 3, rows, columns).
        light: gain of the light at every node, float32, (rows, columns).
        haze: the haze's Y, Cb and Cr, float32, (3,).
        has_haze: whether there is any.
        tone: graded Y for every quarter step of Y, float32, (1025,).
        tint: gain of both chroma planes, then what is added to Cb and to Cr, for every Y, float32, (256, 3).
        cover: how much a flake or drop covers a pixel, uint8, (H, W).
        cover_color: its Y, Cb and Cr, float32, (3,).
        has_cover: whether ``cover`` is to be read.
        out_y: uint8, (H, W).
        out_u: uint8, (H/2, W/2).
        out_v: uint8, (H/2, W/2).
    """
    count, luma_rows, luma_stride = luma.shape
    _, chroma_rows, chroma_stride = chroma.shape
    luma_size = luma_rows * luma_stride
    chroma_size = chroma_rows * chroma_stride
    flat_luma = luma.reshape(-1)
    flat_chroma = chroma.reshape(-1)
    height, width = out_y.shape
    one = np.float32(1.0)
    half = np.float32(0.5)
    zero = np.float32(0.0)
    white = np.float32(255.0)
    byte = np.float32(1.0 / 256.0)
    cells = (width + NODE_PX - 1) // NODE_PX
    for pair in prange(height // 2):
        numbers = np.empty((count, 6), np.float32)
        seen = np.empty(count, np.int64)
        gy = (2 * pair) // NODE_PX
        middle_y = np.float32(2 * pair + 1 - gy * NODE_PX) * _PER_PX
        for gx in range(cells):
            start = gx * NODE_PX
            stop = min(start + NODE_PX, width)
            # which layers the cell sees, front first; one opaque layer ends the list
            shown = 0
            for above in range(count):
                layer = count - 1 - above
                x0, sx = _cell(grids, layer, 0, gy, middle_y, gx)
                y0, sy = _cell(grids, layer, 1, gy, middle_y, gx)
                kind = _kind(kinds, layer, x0 + sx * np.float32(4.0), y0 + sy * np.float32(4.0), pad)
                if kind == EMPTY:
                    continue
                seen[shown] = layer
                shown += 1
                if kind == OPAQUE and opacity[layer] >= one:
                    break
            front = seen[0]
            is_plain = shown == 1
            for line in range(2):
                py = 2 * pair + line
                fy = np.float32(py - gy * NODE_PX) * _PER_PX
                gain0 = light[gy, gx] * (one - fy) + light[gy + 1, gx] * fy
                gain1 = light[gy, gx + 1] * (one - fy) + light[gy + 1, gx + 1] * fy
                gain = gain0
                gain_step = (gain1 - gain0) * _PER_PX
                for index in range(shown):
                    layer = seen[index]
                    numbers[index, 0], numbers[index, 1] = _cell(grids, layer, 0, gy, fy, gx)
                    numbers[index, 2], numbers[index, 3] = _cell(grids, layer, 1, gy, fy, gx)
                    numbers[index, 4], numbers[index, 5] = _cell(grids, layer, 2, gy, fy, gx)
                u0 = _texel(numbers[0, 0], 2, pad, luma_stride)
                v0 = _texel(numbers[0, 2], 2, pad, luma_rows)
                reach = np.float32(NODE_PX)
                u_step = (_texel(numbers[0, 0] + numbers[0, 1] * reach, 2, pad, luma_stride) - u0) // NODE_PX
                v_step = (_texel(numbers[0, 2] + numbers[0, 3] * reach, 2, pad, luma_rows) - v0) // NODE_PX
                for px in range(start, stop):
                    if is_plain:
                        value = (
                            np.float32(_bare_luma_at(flat_luma, front * luma_size, luma_stride, u0, v0))
                            * byte
                        )
                        if has_haze:
                            mist = numbers[0, 4] + numbers[0, 5] * np.float32(px - start)
                            value += mist * (haze[0] - value)
                        u0 += u_step
                        v0 += v_step
                    else:
                        k = np.float32(px - start)
                        total = zero
                        left = one
                        for index in range(shown):
                            layer = seen[index]
                            u = _texel(numbers[index, 0] + numbers[index, 1] * k, 2, pad, luma_stride)
                            v = _texel(numbers[index, 2] + numbers[index, 3] * k, 2, pad, luma_rows)
                            level, solid = _luma_at(flat_luma, layer * luma_size, luma_stride, u, v)
                            own = np.float32(level) * byte
                            alpha = np.float32(solid) * np.float32(1.0 / 65280.0) * opacity[layer]
                            mist = numbers[index, 4] + numbers[index, 5] * k
                            own += mist * (haze[0] - own)
                            total += left * alpha * own
                            left *= one - alpha
                            if left < _THROUGH:
                                break
                        value = total / (one - left)
                    value = np.float32(16.0) + (value - np.float32(16.0)) * gain
                    gain += gain_step
                    step = np.int64(value * np.float32(4.0) + half)
                    value = tone[np.uint64(min(max(step, 0), 1024))]
                    if has_cover:
                        value += (
                            np.float32(cover[py, px]) * np.float32(1.0 / 255.0) * (cover_color[0] - value)
                        )
                    out_y[py, px] = np.uint8(min(max(value + half, zero), white))
            for index in range(shown):
                layer = seen[index]
                numbers[index, 0], numbers[index, 1] = _cell(
                    grids, layer, 0, gy, middle_y - half * _PER_PX, gx
                )
                numbers[index, 2], numbers[index, 3] = _cell(
                    grids, layer, 1, gy, middle_y - half * _PER_PX, gx
                )
                numbers[index, 4], numbers[index, 5] = _cell(
                    grids, layer, 2, gy, middle_y - half * _PER_PX, gx
                )
            py = 2 * pair
            u0 = _texel(numbers[0, 0] + numbers[0, 1] * half, 1, pad, chroma_stride)
            v0 = _texel(numbers[0, 2] + numbers[0, 3] * half, 1, pad, chroma_rows)
            reach = np.float32(NODE_PX) + half
            u_step = (
                (_texel(numbers[0, 0] + numbers[0, 1] * reach, 1, pad, chroma_stride) - u0) * 2 // NODE_PX
            )
            v_step = (_texel(numbers[0, 2] + numbers[0, 3] * reach, 1, pad, chroma_rows) - v0) * 2 // NODE_PX
            for px in range(start, stop, 2):
                k = np.float32(px - start) + half
                blue = zero
                red = zero
                left = one
                if is_plain:
                    cb, cr = _bare_chroma_at(flat_chroma, front * chroma_size, chroma_stride, u0, v0)
                    blue = np.float32(cb) * byte
                    red = np.float32(cr) * byte
                    left = zero
                    u0 += u_step
                    v0 += v_step
                    if has_haze:
                        mist = numbers[0, 4] + numbers[0, 5] * k
                        blue += mist * (haze[1] - blue)
                        red += mist * (haze[2] - red)
                for index in range(0 if is_plain else shown):
                    layer = seen[index]
                    u = _texel(numbers[index, 0] + numbers[index, 1] * k, 1, pad, chroma_stride)
                    v = _texel(numbers[index, 2] + numbers[index, 3] * k, 1, pad, chroma_rows)
                    cb, cr, solid = _chroma_at(flat_chroma, layer * chroma_size, chroma_stride, u, v)
                    own_blue = np.float32(cb) * byte
                    own_red = np.float32(cr) * byte
                    alpha = np.float32(solid) * np.float32(1.0 / 65280.0) * opacity[layer]
                    mist = numbers[index, 4] + numbers[index, 5] * k
                    own_blue += mist * (haze[1] - own_blue)
                    own_red += mist * (haze[2] - own_red)
                    blue += left * alpha * own_blue
                    red += left * alpha * own_red
                    left *= one - alpha
                    if left < _THROUGH:
                        break
                scale = one / (one - left)
                level = (
                    np.int64(out_y[py, px])
                    + np.int64(out_y[py, px + 1])
                    + np.int64(out_y[py + 1, px])
                    + np.int64(out_y[py + 1, px + 1])
                ) >> 2
                neutral = np.float32(128.0)
                blue = neutral + (blue * scale - neutral) * tint[level, 0] + tint[level, 1]
                red = neutral + (red * scale - neutral) * tint[level, 0] + tint[level, 2]
                if has_cover:
                    amount = np.float32(cover[py, px]) * np.float32(1.0 / 255.0)
                    blue += amount * (cover_color[1] - blue)
                    red += amount * (cover_color[2] - red)
                out_u[pair, px >> 1] = np.uint8(min(max(blue + half, zero), white))
                out_v[pair, px >> 1] = np.uint8(min(max(red + half, zero), white))
