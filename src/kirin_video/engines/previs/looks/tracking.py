"""Points that go with what they lie on: strokes, tesserae and facets move with the picture, not across it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Plane, Real


def carried(points: Real, flow: Flow | None, width: float, height: float) -> Real:
    """Points a frame later.

    Args:
        points: x and y, float32, (n, 2), in pixels of a frame of ``width`` by ``height``.
        flow: where things were, in the same pixels; None moves nothing.
        width: of the frame.
        height: of the frame.
    """
    if flow is None or not len(points):
        return points
    # where a thing is now is found by asking at the place it was, then at the place that answer gives
    first = points - sampled(flow, points, width, height)
    return (points - sampled(flow, first, width, height)).astype(np.float32)


def sampled(grid: Real, points: Real, width: float, height: float) -> Real:
    """Values of a grid that covers a frame, between its samples: float32, (n, channels)."""
    rows, columns = grid.shape[:2]
    x = np.clip(points[:, 0] * (columns / width) - 0.5, 0, columns - 1)
    y = np.clip(points[:, 1] * (rows / height) - 0.5, 0, rows - 1)
    j, i = np.minimum(x.astype(int), max(columns - 2, 0)), np.minimum(y.astype(int), max(rows - 2, 0))
    fx, fy = (x - j)[:, None].astype(np.float32), (y - i)[:, None].astype(np.float32)
    below, beside = np.minimum(i + 1, rows - 1), np.minimum(j + 1, columns - 1)
    top = grid[i, j] * (1 - fx) + grid[i, beside] * fx
    bottom = grid[below, j] * (1 - fx) + grid[below, beside] * fx
    return (top * (1 - fy) + bottom * fy).astype(np.float32)


def looked_up_at(plane: Plane | Real, points: Real, scale: float = 1.0) -> Real:
    """The plane's values at points, the nearest pixel each."""
    rows, columns = plane.shape[:2]
    j = np.clip((points[:, 0] * scale).astype(int), 0, columns - 1)
    i = np.clip((points[:, 1] * scale).astype(int), 0, rows - 1)
    return plane[i, j].astype(np.float32)


def bins(points: Real, pitch: float, columns: int, rows: int) -> NDArray[np.int64]:
    """Which square of a grid each point lies in; those outside go to the nearest."""
    j = np.clip((points[:, 0] / pitch).astype(int), 0, columns - 1)
    i = np.clip((points[:, 1] / pitch).astype(int), 0, rows - 1)
    return i * columns + j


def hashed(numbers: NDArray[np.integer], salt: int) -> Real:
    """A share of one for each number, always the same: float32."""
    x = (numbers.astype(np.uint64) + np.uint64(salt) * np.uint64(0x9E3779B9)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x45D9F3B), (15, 0x2C1B3C6D), (16, 0x297A2D39)):
        x = ((x >> np.uint64(shift)) ^ x) * np.uint64(factor) & np.uint64(0xFFFFFFFF)
    return (x.astype(np.float64) / 2**32).astype(np.float32)
