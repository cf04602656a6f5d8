"""The kernels that draw a view between two pictures: both warped to it, blended where they agree.

``aim`` finds for every node of a grid where either picture is looked at and how much each counts; ``draw``
fills the cells between nodes, straight to I420. numba's rules for speed are those of ``photo.kernels``.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

NODE_PX = 4
"""Distance of grid nodes in output pixels."""
PLANES = 6
"""x and y in the first picture, the same in the last, the last one's share, and haze."""

_PER_PX = np.float32(1.0 / NODE_PX)
_LEAST = np.float32(1e-3)
_UNSURE = np.float32(0.05)
SWAY_STEP = 4
"""The displacement by what moves of itself has one sample for so many of the flow, each way."""
_PER_SWAY = np.float32(1.0 / SWAY_STEP)


def grid_shape(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of nodes that cover a frame, one more on each far side."""
    return height // NODE_PX + 2, width // NODE_PX + 2


@njit(cache=True, nogil=True)
def _read(plane: Plane, u: np.float32, v: np.float32) -> np.float32:
    rows, columns = plane.shape
    u = min(max(u, np.float32(0.0)), np.float32(columns) - np.float32(1.001))
    v = min(max(v, np.float32(0.0)), np.float32(rows) - np.float32(1.001))
    i, j = int(v), int(u)
    fx, fy = u - np.float32(j), v - np.float32(i)
    top = plane[i, j] + (plane[i, j + 1] - plane[i, j]) * fx
    bottom = plane[i + 1, j] + (plane[i + 1, j + 1] - plane[i + 1, j]) * fx
    return top + (bottom - top) * fy


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


@njit(cache=True, nogil=True, parallel=True)
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
    for row in prange(rows):
        for column in range(columns):
            x, y = _projected(to_middle, np.float32(column * NODE_PX), np.float32(row * NODE_PX))
            if has_sway:
                u, v = (x - place[0]) * place[2], (y - place[1]) * place[2]
                u, v = u * _PER_SWAY, v * _PER_SWAY
                x, y = x + _read(sway[0], u, v), y + _read(sway[1], u, v)
            ax, ay, bx, by = x, y, x, y
            miss_a, miss_b = zero, zero
            for _ in range(5):
                u, v = (ax - place[0]) * place[2], (ay - place[1]) * place[2]
                nx, ny = x - way * _read(forth[0], u, v), y - way * _read(forth[1], u, v)
                miss_a = abs(nx - ax) + abs(ny - ay)
                ax, ay = nx, ny
                u, v = (bx - place[0]) * place[2], (by - place[1]) * place[2]
                nx, ny = x - rest * _read(back[0], u, v), y - rest * _read(back[1], u, v)
                miss_b = abs(nx - bx) + abs(ny - by)
                bx, by = nx, ny
                if miss_a + miss_b < settled:
                    break
            au, av = (ax - place[0]) * place[2], (ay - place[1]) * place[2]
            bu, bv = (bx - place[0]) * place[2], (by - place[1]) * place[2]
            sure_a, sure_b = _read(sure_first, au, av), _read(sure_last, bu, bv)
            x0, y0 = _projected(first_from, ax, ay)
            x1, y1 = _projected(last_from, bx, by)
            length = change[2] + (change[1] - change[2]) * min(sure_a, sure_b)
            middle = change[0] + _read(late, au, av)
            turned = _rise((way - middle) / length + half)
            if way <= zero:
                turned = zero
            elif way >= one:
                turned = one
            seen_a = max(_inside(x0, y0, width, height, soft_first), _LEAST)
            seen_b = max(_inside(x1, y1, width, height, soft_last), _LEAST)
            # where nothing of a picture comes to lie here, its search ends nowhere: the other one sees it
            found_a, found_b = _found(miss_a * place[2]), _found(miss_b * place[2])
            weight_a = (one - turned) * seen_a * found_a * (sure_a + _UNSURE)
            weight_b = turned * seen_b * found_b * (sure_b + _UNSURE)
            grid[0, row, column], grid[1, row, column] = x0, y0
            grid[2, row, column], grid[3, row, column] = x1, y1
            grid[4, row, column] = weight_b / max(weight_a + weight_b, np.float32(1e-12))


@njit(cache=True, nogil=True)
def _texel(x: np.float32, scale: np.float32, pad: int, last: int) -> np.int64:
    """A coordinate in pixels as 16.16 texels, kept inside the texture."""
    at = np.int64((x * scale + np.float32(pad)) * np.float32(65536.0))
    return min(max(at, np.int64(0)), np.int64((last - 1) * 65536 - 1))


@njit(cache=True, nogil=True)
def _mixed(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    a: np.int64, b: np.int64, c: np.int64, d: np.int64, u: np.int64, v: np.int64
) -> np.float32:
    """Bilinear of four bytes at a point in texels."""
    fx, fy = (u >> 4) & 4095, (v >> 4) & 4095
    top = (a * (4096 - fx) + b * fx) >> 4
    bottom = (c * (4096 - fx) + d * fx) >> 4
    return np.float32((top * (4096 - fy) + bottom * fy) >> 12) * np.float32(1.0 / 256.0)


@njit(cache=True, nogil=True)
def _luma(flat: Bytes, stride: int, u: np.int64, v: np.int64) -> np.float32:
    at = np.uint64((v >> 16) * stride + (u >> 16))
    below = at + np.uint64(stride)
    return _mixed(
        np.int64(flat[at]), np.int64(flat[at + np.uint64(1)]),
        np.int64(flat[below]), np.int64(flat[below + np.uint64(1)]), u, v,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _chroma(flat: NDArray[np.uint16], stride: int, u: np.int64, v: np.int64) -> tuple[np.float32, np.float32]:
    at = np.uint64((v >> 16) * stride + (u >> 16))
    a, b = np.int64(flat[at]), np.int64(flat[at + np.uint64(1)])
    c, d = np.int64(flat[at + np.uint64(stride)]), np.int64(flat[at + np.uint64(stride + 1)])
    blue = _mixed(a & 255, b & 255, c & 255, d & 255, u, v)
    return blue, _mixed(a >> 8, b >> 8, c >> 8, d >> 8, u, v)


@njit(cache=True, nogil=True, parallel=True)
def draw(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop, kept whole for the compiler
    luma_a: Bytes,
    chroma_a: NDArray[np.uint16],
    luma_b: Bytes,
    chroma_b: NDArray[np.uint16],
    pads: NDArray[np.int64],
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
        pads: of both, int64, (2,).
        scales: of both, float32, (2,).
        grid: see :func:`aim`.
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
    crows_a, cstride_a = chroma_a.shape
    crows_b, cstride_b = chroma_b.shape
    flat_a, flat_b = luma_a.reshape(-1), luma_b.reshape(-1)
    color_a, color_b = chroma_a.reshape(-1), chroma_b.reshape(-1)
    zero, one, half = np.float32(0.0), np.float32(1.0), np.float32(0.5)
    white, two, neutral = np.float32(255.0), np.float32(2.0), np.float32(128.0)
    none, whole = np.float32(0.004), np.float32(0.996)
    pad_a, pad_b = pads[0], pads[1]
    scale_a, scale_b = scales[0], scales[1]
    cells = (width + NODE_PX - 1) // NODE_PX
    for pair in prange(height // 2):
        left = np.empty(7, np.float32)
        step = np.empty(7, np.float32)
        gy = (2 * pair) // NODE_PX
        for gx in range(cells):
            start = gx * NODE_PX
            stop = min(start + NODE_PX, width)
            for line in range(3):
                # two rows of luma, then one of chroma half way between them
                row = np.float32(2 * pair - gy * NODE_PX) + (np.float32(line) if line < 2 else half)  # noqa: PLR2004
                fy = row * _PER_PX
                for plane in range(PLANES):
                    a = grid[plane, gy, gx] * (one - fy) + grid[plane, gy + 1, gx] * fy
                    b = grid[plane, gy, gx + 1] * (one - fy) + grid[plane, gy + 1, gx + 1] * fy
                    left[plane], step[plane] = a, (b - a) * _PER_PX
                a = light[gy, gx] * (one - fy) + light[gy + 1, gx] * fy
                b = light[gy, gx + 1] * (one - fy) + light[gy + 1, gx + 1] * fy
                left[6], step[6] = a, (b - a) * _PER_PX
                share_end = left[4] + step[4] * np.float32(NODE_PX)
                needs_a = min(left[4], share_end) < whole
                needs_b = max(left[4], share_end) > none
                if line < 2:  # noqa: PLR2004
                    py = 2 * pair + line
                    for px in range(start, stop):
                        k = np.float32(px - start)
                        share = left[4] + step[4] * k
                        value = zero
                        if needs_a:
                            u = _texel(left[0] + step[0] * k, scale_a * two, 2 * pad_a, stride_a)
                            v = _texel(left[1] + step[1] * k, scale_a * two, 2 * pad_a, rows_a)
                            value = _luma(flat_a, stride_a, u, v)
                        if needs_b:
                            u = _texel(left[2] + step[2] * k, scale_b * two, 2 * pad_b, stride_b)
                            v = _texel(left[3] + step[3] * k, scale_b * two, 2 * pad_b, rows_b)
                            other = _luma(flat_b, stride_b, u, v)
                            value = other if not needs_a else value + share * (other - value)
                        value += (left[5] + step[5] * k) * (haze[0] - value)
                        value = np.float32(16.0) + (value - np.float32(16.0)) * (left[6] + step[6] * k)
                        level = np.int64(value * np.float32(4.0) + half)
                        value = tone[np.uint64(min(max(level, 0), 1024))]
                        out_y[py, px] = np.uint8(min(max(value + half, zero), white))
                    continue
                for px in range(start, stop, 2):
                    k = np.float32(px - start) + half
                    share = left[4] + step[4] * k
                    blue, red = zero, zero
                    if needs_a:
                        u = _texel(left[0] + step[0] * k, scale_a, pad_a, cstride_a)
                        v = _texel(left[1] + step[1] * k, scale_a, pad_a, crows_a)
                        blue, red = _chroma(color_a, cstride_a, u, v)
                    if needs_b:
                        u = _texel(left[2] + step[2] * k, scale_b, pad_b, cstride_b)
                        v = _texel(left[3] + step[3] * k, scale_b, pad_b, crows_b)
                        other_blue, other_red = _chroma(color_b, cstride_b, u, v)
                        if needs_a:
                            blue += share * (other_blue - blue)
                            red += share * (other_red - red)
                        else:
                            blue, red = other_blue, other_red
                    mist = left[5] + step[5] * k
                    blue += mist * (haze[1] - blue)
                    red += mist * (haze[2] - red)
                    py = 2 * pair
                    level = (
                        np.int64(out_y[py, px])
                        + np.int64(out_y[py, px + 1])
                        + np.int64(out_y[py + 1, px])
                        + np.int64(out_y[py + 1, px + 1])
                    ) >> 2
                    blue = neutral + (blue - neutral) * tint[level, 0] + tint[level, 1]
                    red = neutral + (red - neutral) * tint[level, 0] + tint[level, 2]
                    out_u[pair, px >> 1] = np.uint8(min(max(blue + half, zero), white))
                    out_v[pair, px >> 1] = np.uint8(min(max(red + half, zero), white))
