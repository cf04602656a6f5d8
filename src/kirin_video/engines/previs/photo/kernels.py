"""The kernel that draws a frame: every layer sampled, laid over one another and finished, straight to I420.

numba's rules for speed are kept: everything float32 or integer, loops over row pairs in parallel, nothing
allocated but a few numbers a row.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.warp import NODE_PX

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_OPAQUE = np.float32(0.004)


@njit(cache=True, nogil=True)
def _luma_at(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    texture: NDArray[np.uint16],
    layer: int,
    u: np.float32,
    v: np.float32,
    high_u: np.float32,
    high_v: np.float32,
) -> tuple[np.float32, np.float32]:
    """Bilinear Y (0 to 255) and alpha (0 to 1) at a point in texels."""
    one = np.float32(1.0)
    u = min(max(u, np.float32(0.0)), high_u)
    v = min(max(v, np.float32(0.0)), high_v)
    ix = np.int64(u)
    iy = np.int64(v)
    fx = u - np.float32(ix)
    fy = v - np.float32(iy)
    a = np.uint32(texture[layer, iy, ix])
    b = np.uint32(texture[layer, iy, ix + 1])
    c = np.uint32(texture[layer, iy + 1, ix])
    d = np.uint32(texture[layer, iy + 1, ix + 1])
    w11 = fx * fy
    w10 = fx - w11
    w01 = fy - w11
    w00 = one - fx - fy + w11
    low = np.uint32(255)
    eight = np.uint32(8)
    y = (
        np.float32(a & low) * w00
        + np.float32(b & low) * w10
        + np.float32(c & low) * w01
        + np.float32(d & low) * w11
    )
    alpha = (
        np.float32(a >> eight) * w00
        + np.float32(b >> eight) * w10
        + np.float32(c >> eight) * w01
        + np.float32(d >> eight) * w11
    )
    return y, alpha * np.float32(1.0 / 255.0)


@njit(cache=True, nogil=True)
def _chroma_at(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    texture: NDArray[np.uint32],
    layer: int,
    u: np.float32,
    v: np.float32,
    high_u: np.float32,
    high_v: np.float32,
) -> tuple[np.float32, np.float32, np.float32]:
    """Bilinear Cb, Cr (0 to 255) and alpha (0 to 1) at a point in texels."""
    one = np.float32(1.0)
    u = min(max(u, np.float32(0.0)), high_u)
    v = min(max(v, np.float32(0.0)), high_v)
    ix = np.int64(u)
    iy = np.int64(v)
    fx = u - np.float32(ix)
    fy = v - np.float32(iy)
    a = texture[layer, iy, ix]
    b = texture[layer, iy, ix + 1]
    c = texture[layer, iy + 1, ix]
    d = texture[layer, iy + 1, ix + 1]
    w11 = fx * fy
    w10 = fx - w11
    w01 = fy - w11
    w00 = one - fx - fy + w11
    low = np.uint32(255)
    eight = np.uint32(8)
    sixteen = np.uint32(16)
    blue = (
        np.float32(a & low) * w00
        + np.float32(b & low) * w10
        + np.float32(c & low) * w01
        + np.float32(d & low) * w11
    )
    red = (
        np.float32((a >> eight) & low) * w00
        + np.float32((b >> eight) & low) * w10
        + np.float32((c >> eight) & low) * w01
        + np.float32((d >> eight) & low) * w11
    )
    alpha = (
        np.float32(a >> sixteen) * w00
        + np.float32(b >> sixteen) * w10
        + np.float32(c >> sixteen) * w01
        + np.float32(d >> sixteen) * w11
    )
    return blue, red, alpha * np.float32(1.0 / 255.0)


@njit(cache=True, nogil=True)
def _cell(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    grid: Plane, layer: int, plane: int, gy: int, fy: np.float32, gx: int
) -> tuple[np.float32, np.float32]:
    """Value at a cell's left edge on a row, and the step per pixel."""
    one = np.float32(1.0)
    left = grid[layer, plane, gy, gx] * (one - fy) + grid[layer, plane, gy + 1, gx] * fy
    right = grid[layer, plane, gy, gx + 1] * (one - fy) + grid[layer, plane, gy + 1, gx + 1] * fy
    return left, (right - left) * np.float32(1.0 / NODE_PX)


@njit(cache=True, nogil=True, parallel=True)
def draw(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop, kept whole for the compiler
    luma: NDArray[np.uint16],
    chroma: NDArray[np.uint32],
    boxes: Plane,
    pad: int,
    grids: Plane,
    light: Plane,
    haze: Plane,
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
        boxes: see there.
        pad: see there.
        grids: x, y and haze amount (0 to 1) of every node of every layer, float32, (n, 3, rows, columns).
        light: gain of the light at every node, float32, (rows, columns).
        haze: the haze's Y, Cb and Cr, float32, (3,).
        tone: graded Y for every quarter step of Y, float32, (1025,).
        tint: gain of both chroma planes, then what is added to Cb and to Cr, for every Y, float32, (256, 3).
        cover: how much a flake or drop covers a pixel, uint8, (H, W).
        cover_color: its Y, Cb and Cr, float32, (3,).
        has_cover: whether ``cover`` is to be read.
        out_y: uint8, (H, W).
        out_u: uint8, (H/2, W/2).
        out_v: uint8, (H/2, W/2).
    """
    count = luma.shape[0]
    height, width = out_y.shape
    high_u = np.float32(luma.shape[2] - 2)
    high_v = np.float32(luma.shape[1] - 2)
    chroma_high_u = np.float32(chroma.shape[2] - 2)
    chroma_high_v = np.float32(chroma.shape[1] - 2)
    shift = np.float32(pad)
    two = np.float32(2.0)
    one = np.float32(1.0)
    half = np.float32(0.5)
    zero = np.float32(0.0)
    for pair in prange(height // 2):
        numbers = np.empty((count, 6), np.float32)
        for gx in range((width + NODE_PX - 1) // NODE_PX):
            start = gx * NODE_PX
            stop = min(start + NODE_PX, width)
            for line in range(2):
                py = 2 * pair + line
                gy = py // NODE_PX
                fy = np.float32(py - gy * NODE_PX) * np.float32(1.0 / NODE_PX)
                lowest = 0
                for layer in range(count):
                    x0, sx = _cell(grids, layer, 0, gy, fy, gx)
                    y0, sy = _cell(grids, layer, 1, gy, fy, gx)
                    h0, sh = _cell(grids, layer, 2, gy, fy, gx)
                    numbers[layer, 0] = x0
                    numbers[layer, 1] = sx
                    numbers[layer, 2] = y0
                    numbers[layer, 3] = sy
                    numbers[layer, 4] = h0
                    numbers[layer, 5] = sh
                gain0 = light[gy, gx] * (one - fy) + light[gy + 1, gx] * fy
                gain1 = light[gy, gx + 1] * (one - fy) + light[gy + 1, gx + 1] * fy
                gain_step = (gain1 - gain0) * np.float32(1.0 / NODE_PX)
                for px in range(start, stop):
                    k = np.float32(px - start)
                    total = zero
                    left = one
                    for above in range(count):
                        layer = count - 1 - above
                        x = numbers[layer, 0] + numbers[layer, 1] * k
                        y = numbers[layer, 2] + numbers[layer, 3] * k
                        if layer > lowest and (
                            x < boxes[layer, 0]
                            or y < boxes[layer, 1]
                            or x > boxes[layer, 2]
                            or y > boxes[layer, 3]
                        ):
                            continue
                        value, alpha = _luma_at(
                            luma, layer, (x + shift) * two, (y + shift) * two, high_u, high_v
                        )
                        mist = numbers[layer, 4] + numbers[layer, 5] * k
                        value += mist * (haze[0] - value)
                        total += left * alpha * value
                        left *= one - alpha
                        if left < _OPAQUE:
                            break
                    value = np.float32(16.0) + (total / (one - left) - np.float32(16.0)) * (
                        gain0 + gain_step * k
                    )
                    step = min(max(value * np.float32(4.0) + half, zero), np.float32(1024.0))
                    value = tone[np.int64(step)]
                    if has_cover:
                        amount = np.float32(cover[py, px]) * np.float32(1.0 / 255.0)
                        value += amount * (cover_color[0] - value)
                    out_y[py, px] = np.uint8(min(max(value + half, zero), np.float32(255.0)))
            py = 2 * pair
            gy = py // NODE_PX
            fy = (np.float32(py - gy * NODE_PX) + half) * np.float32(1.0 / NODE_PX)
            for layer in range(count):
                x0, sx = _cell(grids, layer, 0, gy, fy, gx)
                y0, sy = _cell(grids, layer, 1, gy, fy, gx)
                h0, sh = _cell(grids, layer, 2, gy, fy, gx)
                numbers[layer, 0] = x0
                numbers[layer, 1] = sx
                numbers[layer, 2] = y0
                numbers[layer, 3] = sy
                numbers[layer, 4] = h0
                numbers[layer, 5] = sh
            for px in range(start, stop, 2):
                k = np.float32(px - start) + half
                blue = zero
                red = zero
                left = one
                for above in range(count):
                    layer = count - 1 - above
                    x = numbers[layer, 0] + numbers[layer, 1] * k
                    y = numbers[layer, 2] + numbers[layer, 3] * k
                    if layer > 0 and (
                        x < boxes[layer, 0]
                        or y < boxes[layer, 1]
                        or x > boxes[layer, 2]
                        or y > boxes[layer, 3]
                    ):
                        continue
                    cb, cr, alpha = _chroma_at(
                        chroma, layer, x + shift, y + shift, chroma_high_u, chroma_high_v
                    )
                    mist = numbers[layer, 4] + numbers[layer, 5] * k
                    cb += mist * (haze[1] - cb)
                    cr += mist * (haze[2] - cr)
                    blue += left * alpha * cb
                    red += left * alpha * cr
                    left *= one - alpha
                    if left < _OPAQUE:
                        break
                scale = one / (one - left)
                level = (
                    np.int64(out_y[py, px])
                    + np.int64(out_y[py, px + 1])
                    + np.int64(out_y[py + 1, px])
                    + np.int64(out_y[py + 1, px + 1])
                ) >> 2
                blue = (
                    np.float32(128.0) + (blue * scale - np.float32(128.0)) * tint[level, 0] + tint[level, 1]
                )
                red = np.float32(128.0) + (red * scale - np.float32(128.0)) * tint[level, 0] + tint[level, 2]
                if has_cover:
                    amount = np.float32(cover[py, px]) * np.float32(1.0 / 255.0)
                    blue += amount * (cover_color[1] - blue)
                    red += amount * (cover_color[2] - red)
                out_u[pair, px >> 1] = np.uint8(min(max(blue + half, zero), np.float32(255.0)))
                out_v[pair, px >> 1] = np.uint8(min(max(red + half, zero), np.float32(255.0)))
