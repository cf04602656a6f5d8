"""How far everything goes in the picture while the shutter is open, and where it matters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled
from kirin_video.engines.previs.gl.matrices import FAR_M, NEAR_M

Plane = NDArray[np.uint8]
Floats = NDArray[np.float32]

TILE = 8
"""Side of a tile at half size."""
LEAST = 1.0
"""Ways shorter than that, in pixels, stay within their pixel."""
WITHIN = 0.75
"""Pixels that ways in one tile may differ by and still be one way."""
MARK = 128
MARGIN = 48
"""Places around the picture, at half size, that count as nowhere: as far as any way reaches."""
STILL, ONE_WAY, MIXED = 0, 1, 2


@compiled
def _nearest(pixels: Plane, depth: NDArray[np.uint16], low: int, left: int) -> tuple[np.uint16, np.uint8]:
    """The depth and the mark of the nearest of four pixels."""
    d, mark = depth[low, left], pixels[low, left, 3]
    for k in range(1, 4):
        m, n = low + (k >> 1), left + (k & 1)
        if depth[m, n] < d:
            d, mark = depth[m, n], pixels[m, n, 3]
    return d, mark


@compiled
def _told(speeds: NDArray[np.uint16], row: int, column: int) -> tuple[int, int]:
    """The nearest place that tells a speed, this one or one beside it: bodies are smaller at half size.

    Returns:
        Row and column; -1 and -1 where there is none.
    """
    if speeds[row, column, 0]:
        return row, column
    for k in range(4):
        m = row + (1 if k == 0 else 0) - (1 if k == 1 else 0)
        n = column + (1 if k > 1 else 0) - (2 if k > 2 else 0)  # noqa: PLR2004 -- the four beside it
        if 0 <= m < speeds.shape[0] and 0 <= n < speeds.shape[1] and speeds[m, n, 0]:
            return m, n
    return -1, -1


@compiled
def ways(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    pixels: Plane,
    depth: NDArray[np.uint16],
    speeds: NDArray[np.uint16],
    opening: NDArray[np.float64],
    closing: NDArray[np.float64],
    still: bool,
    reach: np.float32,
    way: Floats,
) -> None:
    """How far everything goes in the picture, at half size, and how near it is.

    Args:
        pixels: (H, W, 4), the bottom row first; the last byte marks what moves by itself.
        depth: (H, W), the bottom row first.
        speeds: (H / 2, W / 2, 2), the bottom row first, as a plate tells them.
        opening: (4, 4), clip space now to clip space when the shutter opens.
        closing: (4, 4), the same for when it closes.
        still: whether the camera is.
        reach: the farthest that is told, pixels.
        way: (h, w, 3) with a margin around, pixels to the right and down from opening to closing, and one
            over the distance; the top row first.
    """
    height, width = depth.shape
    rows, columns = height // 2, width // 2
    nearest, slope = np.float32(1.0 / NEAR_M), np.float32((1.0 / NEAR_M - 1.0 / FAR_M) / 65535.0)
    a, b = opening.astype(np.float32), closing.astype(np.float32)
    half_width, half_height = np.float32(width * 0.5), np.float32(height * 0.5)
    zero, one, middle = np.float32(0.0), np.float32(1.0), np.float32(32767.5)
    for i in range(rows):
        low = height - 2 - 2 * i
        y = np.float32(2.0 * (low + 1.0) / height - 1.0)
        for j in range(columns):
            d, mark = _nearest(pixels, depth, low, 2 * j)
            here = way[i + MARGIN, j + MARGIN]
            here[2] = nearest - slope * np.float32(d)
            if mark < MARK:
                row, column = _told(speeds, rows - 1 - i, j)
                if row >= 0:
                    here[0] = (np.float32(speeds[row, column, 0]) - middle) * (reach / middle)
                    here[1] = (middle - np.float32(speeds[row, column, 1])) * (reach / middle)
                    continue
            if still:
                here[0], here[1] = zero, zero
                continue
            x = np.float32((2.0 * j + 1.0) * 2.0 / width - 1.0)
            z = np.float32(d) * np.float32(2.0 / 65535.0) - one
            w0 = max(a[3, 0] * x + a[3, 1] * y + a[3, 2] * z + a[3, 3], np.float32(1e-7))
            w1 = max(b[3, 0] * x + b[3, 1] * y + b[3, 2] * z + b[3, 3], np.float32(1e-7))
            x0 = (a[0, 0] * x + a[0, 1] * y + a[0, 2] * z + a[0, 3]) / w0
            y0 = (a[1, 0] * x + a[1, 1] * y + a[1, 2] * z + a[1, 3]) / w0
            x1 = (b[0, 0] * x + b[0, 1] * y + b[0, 2] * z + b[0, 3]) / w1
            y1 = (b[1, 0] * x + b[1, 1] * y + b[1, 2] * z + b[1, 3]) / w1
            right, down = (x1 - x0) * half_width, (y0 - y1) * half_height
            long = np.sqrt(right * right + down * down)
            scale = reach / long if long > reach else one
            here[0], here[1] = right * scale, down * scale


@compiled
def survey(way: Floats, tiles: Floats, spans: Floats) -> None:
    """The longest way in every tile, and from where to where its ways reach: left, right, up, down."""
    rows, columns = tiles.shape[0], tiles.shape[1]
    for m in range(rows):
        for n in range(columns):
            end_i = way.shape[0] - 2 * MARGIN if m == rows - 1 else (m + 1) * TILE
            end_j = way.shape[1] - 2 * MARGIN if n == columns - 1 else (n + 1) * TILE
            longest = np.float32(-1.0)
            left, right, high, low = np.float32(1e9), np.float32(-1e9), np.float32(1e9), np.float32(-1e9)
            for i in range(m * TILE + MARGIN, end_i + MARGIN):
                for j in range(n * TILE + MARGIN, end_j + MARGIN):
                    a, b = way[i, j, 0], way[i, j, 1]
                    left, right, high, low = min(left, a), max(right, a), min(high, b), max(low, b)
                    if a * a + b * b > longest:
                        longest = a * a + b * b
                        tiles[m, n, 0], tiles[m, n, 1] = a, b
            spans[m, n, 0], spans[m, n, 1], spans[m, n, 2], spans[m, n, 3] = left, right, high, low


@compiled
def _reaching(tiles: Floats, m: int, n: int, room: int, around: Floats) -> np.float32:
    """Find the longest way near a tile that reaches into it, and tell the square of its length."""
    side, best = np.float32(2 * TILE), np.float32(-1.0)
    for i in range(max(m - room, 0), min(m + room + 1, tiles.shape[0])):
        for j in range(max(n - room, 0), min(n + room + 1, tiles.shape[1])):
            long = tiles[i, j, 0] * tiles[i, j, 0] + tiles[i, j, 1] * tiles[i, j, 1]
            away = np.float32(max(abs(i - m), abs(j - n)) - 1) * side
            if long > best and (away <= np.float32(0.0) or np.float32(0.25) * long > away * away):
                best = long
                around[m, n, 0], around[m, n, 1] = tiles[i, j, 0], tiles[i, j, 1]
    return best


@compiled
def _is_alike(spans: Floats, m: int, n: int, long: np.float32) -> bool:
    """Whether all within reach of a tile goes one way, and the tile reaches no border of the picture."""
    rows, columns = spans.shape[0], spans.shape[1]
    near = int(np.ceil(long * np.float32(0.5) / np.float32(2 * TILE)))
    if m < near or n < near or m + near >= rows or n + near >= columns:
        return False
    left, right, high, low = spans[m, n, 0], spans[m, n, 1], spans[m, n, 2], spans[m, n, 3]
    if max(right - left, low - high) > np.float32(WITHIN):
        return False
    for i in range(m - near, m + near + 1):
        for j in range(n - near, n + near + 1):
            left, right = min(left, spans[i, j, 0]), max(right, spans[i, j, 1])
            high, low = min(high, spans[i, j, 2]), max(low, spans[i, j, 3])
    return max(right - left, low - high) < max(np.float32(1.0), np.float32(0.15) * long)


@compiled
def fastest(tiles: Floats, spans: Floats, around: Floats, kinds: Plane) -> None:
    """The longest way that reaches into every tile, and how the tile has to be blurred.

    Args:
        tiles: (r, c, 2), the longest way in every tile.
        spans: (r, c, 4), as `survey` tells.
        around: (r, c, 2), the longest way near by.
        kinds: (r, c): whether a tile is ``STILL``, goes ``ONE_WAY``, or is ``MIXED``.
    """
    rows, columns = kinds.shape
    overall = np.float32(0.0)
    for m in range(rows):
        for n in range(columns):
            overall = max(overall, tiles[m, n, 0] * tiles[m, n, 0] + tiles[m, n, 1] * tiles[m, n, 1])
    room = int(np.ceil(np.sqrt(overall) * np.float32(0.5) / np.float32(2 * TILE)))
    for m in range(rows):
        for n in range(columns):
            long = np.sqrt(max(_reaching(tiles, m, n, room, around), np.float32(0.0)))
            if long < np.float32(LEAST):
                kinds[m, n] = STILL
            else:
                kinds[m, n] = ONE_WAY if _is_alike(spans, m, n, long) else MIXED
