"""Flat areas with clear borders: what separates a painted picture from a photograph."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import AREA, blurred, less_value, resized

_SIDES = 8


@compiled
def _from_calmest_side(
    means: Real, unrest: Real, ways: NDArray[np.int32], sharpness: int, out: NDArray[np.uint8]
) -> None:
    """Every pixel takes the colour of the sides around it, the calm ones counting most."""
    rows, columns = unrest.shape
    for y in range(rows):
        for x in range(columns):
            a, b, c, weight = np.float32(0.0), np.float32(0.0), np.float32(0.0), np.float32(0.0)
            for k in range(_SIDES):
                i = min(max(y + ways[k, 1], 0), rows - 1)
                j = min(max(x + ways[k, 0], 0), columns - 1)
                share = np.float32(1.0) / (np.float32(2.0) + unrest[i, j])
                share *= share
                if sharpness > 1:
                    share *= share
                a += means[i, j, 0] * share
                b += means[i, j, 1] * share
                c += means[i, j, 2] * share
                weight += share
            out[0, y, x] = np.uint8(a / weight + np.float32(0.5))
            out[1, y, x] = np.uint8(b / weight + np.float32(0.5))
            out[2, y, x] = np.uint8(c / weight + np.float32(0.5))


def flattened(y: Plane, u: Plane, v: Plane, radius: float, *, sharpness: int = 2) -> NDArray[np.uint8]:
    """A picture in patches, like gouache: the Kuwahara filter (1976) with eight round, weighted sides.

    Args:
        y: luma, at the size of ``u`` and ``v``.
        u: blue difference.
        v: red difference.
        radius: of a patch, pixels.
        sharpness: 1 is soft, 2 is crisp.

    Returns:
        uint8, (3, H, W).
    """
    planes = np.dstack((y, u, v)).astype(np.float32)
    sigma = max(radius * 0.5, 0.6)
    means = blurred(planes, sigma)
    square = blurred(planes[..., 0] ** 2, sigma)
    unrest = np.maximum(square - means[..., 0] ** 2, 0)
    turns = np.arange(_SIDES) * (2 * np.pi / _SIDES) + 0.2
    ways = np.rint(np.stack((np.cos(turns), np.sin(turns)), axis=1) * radius).astype(np.int32)
    out = np.empty((3, *y.shape), np.uint8)
    _from_calmest_side(means, unrest, ways, sharpness, out)
    return out


@compiled
def _joined(fine: Plane, coarse: Plane, flat: Plane, weights: NDArray[np.int32], out: Plane) -> None:
    """Every fine pixel takes from the four flat pixels around it, mostly from those that it resembled."""
    rows, columns = coarse.shape
    height, width = fine.shape
    for y in range(height):
        i = min(max((y - 1) >> 1, 0), rows - 2)
        low = np.int32(1 if (y & 1) else 3)
        above, below = coarse[i], coarse[i + 1]
        flat_above, flat_below = flat[i], flat[i + 1]
        for x in range(width):
            j = min(max((x - 1) >> 1, 0), columns - 2)
            left = np.int32(1 if (x & 1) else 3)
            own = np.int32(fine[y, x])
            a = (4 - low) * (4 - left) * weights[own - np.int32(above[j]) + 255]
            b = (4 - low) * left * weights[own - np.int32(above[j + 1]) + 255]
            c = low * (4 - left) * weights[own - np.int32(below[j]) + 255]
            d = low * left * weights[own - np.int32(below[j + 1]) + 255]
            total = a * np.int32(flat_above[j]) + b * np.int32(flat_above[j + 1])
            total += c * np.int32(flat_below[j]) + d * np.int32(flat_below[j + 1])
            out[y, x] = np.uint8(np.float32(total) / np.float32(a + b + c + d))


def sharpened_up(fine: Plane, coarse: Plane, flat: Plane) -> Plane:
    """A flattened luma of half the size brought to full size, with the borders where the fine one has them.

    Args:
        fine: the luma before, uint8, (H, W).
        coarse: the same at half the size.
        flat: flattened, at half the size.
    """
    out = np.empty_like(fine)
    _joined(fine, coarse, flat, _resemblance(36), out)
    return out


def _resemblance(spread: int) -> NDArray[np.int32]:
    """What a pixel counts by its difference, from -255 to 255."""
    far = np.arange(-255, 256)
    return (16 + 16384 // (spread + far * far)).astype(np.int32)


def glow(y: Plane, sigma: float, floor: int) -> Plane:
    """What shines above a level, blurred: worked out at a quarter of the size."""
    height, width = y.shape
    small = resized(y, max(width // 4, 2), max(height // 4, 2), AREA)
    soft = blurred(less_value(small, floor), max(sigma / 4, 0.6))
    return resized(soft, width, height)
