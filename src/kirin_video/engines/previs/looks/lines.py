"""Drawn lines: where a hand would put the pen."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import angle_of, blurred, gained, mixed, resized, slope

_REACH = 4


@compiled
def _along(dark: Plane, ways: Real, out: Plane, reach: int) -> None:
    """Average darkness along the lines, so that a line is one stroke and not a row of specks."""
    height, width = dark.shape
    rows, columns = ways.shape[0], ways.shape[1]
    for y in range(height):
        i = min(y >> 1, rows - 1)
        for x in range(width):
            near = np.int32(dark[y, x])
            near += dark[max(y - 2, 0), x]
            near += dark[min(y + 2, height - 1), x]
            near += dark[y, max(x - 2, 0)]
            near += dark[y, min(x + 2, width - 1)]
            if near < 24:
                out[y, x] = 0
                continue
            j = min(x >> 1, columns - 1)
            tx, ty = ways[i, j, 0], ways[i, j, 1]
            total = np.int32(dark[y, x]) * 2
            for k in range(1, reach + 1):
                dx = np.int32(np.rint(tx * np.float32(k)))
                dy = np.int32(np.rint(ty * np.float32(k)))
                total += dark[min(max(y + dy, 0), height - 1), min(max(x + dx, 0), width - 1)]
                total += dark[min(max(y - dy, 0), height - 1), min(max(x - dx, 0), width - 1)]
            out[y, x] = np.uint8(total // (2 * reach + 2))


def tangents(half: Plane, sigma: float = 2.5) -> Real:
    """The way that edges run, as unit vectors: float32, (H, W, 2), of a luma of half the size.

    The weaker eigenvector of the smoothed structure tensor (Brox and others, 2006).
    """
    soft = blurred(half.astype(np.float32), 1.0)
    gx, gy = slope(soft, 1 / 32)
    tensor = blurred(np.dstack((gx * gx, gx * gy, gy * gy)), sigma)
    a, b, c = tensor[..., 0], tensor[..., 1], tensor[..., 2]
    angle = np.float32(0.5) * angle_of(a - c, 2 * b) + np.float32(np.pi / 2)
    return np.dstack((np.cos(angle), np.sin(angle)))


def drawn_lines(y: Plane, half: Plane, *, width_px: float, least: float = 2.0, gain: float = 18.0) -> Plane:
    """Lines as darkness, 0 to 255: dark ridges and edges, thick where they are strong.

    A difference of Gaussians with a soft threshold (Winnemoller, 2011), averaged along the edges' way.

    Args:
        y: luma, uint8, (H, W).
        half: the same at half the size.
        width_px: of a line.
        least: how many levels darker than around a line has to be.
        gain: darkness for each further level.
    """
    sigma = max(width_px * 0.55, 0.5)
    fine = blurred(y, sigma).astype(np.int16)
    wide = blurred(y, sigma * 1.9).astype(np.int16)
    # what lies in the dark differs less: a line there needs less
    bend = (wide - fine).astype(np.float32) * (
        np.float32(1.5) - wide.astype(np.float32) * np.float32(1 / 255)
    )
    dark = gained(np.maximum(bend - np.float32(least), 0), gain)
    out = np.empty_like(y)
    _along(dark, tangents(half), out, _REACH)
    return out


def edge_strength(half: Plane, width: int, height: int) -> Plane:
    """How strong edges are, 0 to 255, at any size."""
    across, down = slope(half, 1 / 4)
    return resized(mixed(gained(across, 1.0), 0.5, gained(down, 1.0), 0.5), width, height)
