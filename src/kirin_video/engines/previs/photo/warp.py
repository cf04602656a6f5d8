"""From a camera pose to coordinates: where on a layer each node of a coarse grid looks."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.moves import FOCAL, Pose

Plane = NDArray[np.float32]

NODE_PX = 8
"""Distance of grid nodes in output pixels."""

DISPARITY_PX = 8
"""Distance of disparity samples in picture pixels."""


def grid_shape(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of nodes that cover a frame, one more on each far side."""
    return height // NODE_PX + 2, width // NODE_PX + 2


def camera_numbers(pose: Pose, width: int, height: int) -> NDArray[np.float32]:
    """What the kernel needs of a pose: centre, focal lengths, position and rotation, float32, (16,).

    The rotation takes directions of the moved camera back to those of the photograph.
    """
    focal = FOCAL * max(width, height)
    cos_yaw, sin_yaw = math.cos(pose.yaw), math.sin(pose.yaw)
    cos_pitch, sin_pitch = math.cos(pose.pitch), math.sin(pose.pitch)
    rotation = (
        *(cos_yaw, -sin_yaw * sin_pitch, sin_yaw * cos_pitch),
        *(0.0, cos_pitch, sin_pitch),
        *(-sin_yaw, -cos_yaw * sin_pitch, cos_yaw * cos_pitch),
    )
    # the centre of pixel coordinates: nodes sit on pixel centres, counted from 0
    middle = (width - 1) / 2, (height - 1) / 2
    return np.array([*middle, focal, focal * pose.zoom, pose.x, pose.y, pose.z, *rotation], np.float32)


@njit(cache=True, nogil=True)
def _sampled(plane: Plane, x: np.float32, y: np.float32) -> np.float32:
    rows, columns = plane.shape
    per_px = np.float32(1.0 / DISPARITY_PX)
    u = min(max(x * per_px, np.float32(0.0)), np.float32(columns - 1.001))
    v = min(max(y * per_px, np.float32(0.0)), np.float32(rows - 1.001))
    ix = int(u)
    iy = int(v)
    fx = u - np.float32(ix)
    fy = v - np.float32(iy)
    one = np.float32(1.0)
    top = plane[iy, ix] * (one - fx) + plane[iy, ix + 1] * fx
    bottom = plane[iy + 1, ix] * (one - fx) + plane[iy + 1, ix + 1] * fx
    return top * (one - fy) + bottom * fy


@njit(cache=True, nogil=True)
def looked_at(
    camera: Plane, disparity: Plane, px: np.float32, py: np.float32
) -> tuple[np.float32, np.float32, np.float32]:
    """The point of a layer that a pixel of the moved camera sees, and its disparity.

    With a point (x, y, 1)/d and a camera at t, the ray q through the pixel meets it where
    (x, y, 1) - d t = s q, so x = (1 - d t_z) q_x/q_z + d t_x; d depends on x, hence a few rounds.
    """
    cx, cy, focal, lens = camera[0], camera[1], camera[2], camera[3]
    tx, ty, tz = camera[4], camera[5], camera[6]
    rx = (px - cx) / lens
    ry = (py - cy) / lens
    qx = camera[7] * rx + camera[8] * ry + camera[9]
    qy = camera[10] * rx + camera[11] * ry + camera[12]
    qz = camera[13] * rx + camera[14] * ry + camera[15]
    u = qx / qz
    v = qy / qz
    x = u * focal + cx
    y = v * focal + cy
    d = np.float32(0.0)
    for _ in range(4):
        d = _sampled(disparity, x, y)
        scale = np.float32(1.0) - d * tz
        x = (u * scale + d * tx) * focal + cx
        y = (v * scale + d * ty) * focal + cy
    return x, y, d


@njit(cache=True, nogil=True)
def fill_grid(camera: Plane, disparity: Plane, grid: Plane) -> None:
    """Writes x, y and disparity of every node into ``grid``, float32, (3, rows, columns).

    Depth is smooth over some sixteen pixels: every other node is looked up, the rest lie between.
    """
    rows, columns = grid.shape[1], grid.shape[2]
    half = np.float32(0.5)
    for row in range(0, rows + 1, 2):
        for column in range(0, columns + 1, 2):
            # the last ones are on the border whatever their number
            r, c = min(row, rows - 1), min(column, columns - 1)
            x, y, d = looked_at(camera, disparity, np.float32(c * NODE_PX), np.float32(r * NODE_PX))
            grid[0, r, c] = x
            grid[1, r, c] = y
            grid[2, r, c] = d
    for plane in range(3):
        for row in range(rows):
            if row % 2 == 0 or row == rows - 1:
                for column in range(1, columns - 1, 2):
                    grid[plane, row, column] = half * (
                        grid[plane, row, column - 1] + grid[plane, row, column + 1]
                    )
        for row in range(1, rows - 1, 2):
            for column in range(columns):
                grid[plane, row, column] = half * (
                    grid[plane, row - 1, column] + grid[plane, row + 1, column]
                )


@njit(cache=True, nogil=True)
def farthest_outside(camera: Plane, disparity: Plane, width: int, height: int) -> np.float32:
    """How many pixels beyond the picture the frame's border looks, at most."""
    worst = np.float32(-1e9)
    steps = 48
    for i in range(steps + 1):
        px = np.float32(i * (width - 1) / steps)
        py = np.float32(i * (height - 1) / steps)
        for side in range(4):
            bx = px if side < 2 else (np.float32(0.0) if side == 2 else np.float32(width - 1))
            by = py if side >= 2 else (np.float32(0.0) if side == 0 else np.float32(height - 1))
            x, y, _ = looked_at(camera, disparity, bx, by)
            worst = max(worst, -x, -y, x - np.float32(width - 1), y - np.float32(height - 1))
    return worst
