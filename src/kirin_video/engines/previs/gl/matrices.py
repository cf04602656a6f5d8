"""Camera and light matrices, row-major with column vectors, as float64 arrays."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View

Matrix = NDArray[np.float64]

NEAR_M = 0.12
FAR_M = 9000.0
_UPSIDE_DOWN = 0.1
"""Of a camera that leans further, cosine of its roll, the sky may be anywhere in the picture."""


def perspective(fov_deg: float, aspect: float, near_m: float = NEAR_M, far_m: float = FAR_M) -> Matrix:
    """The projection of a vertical field of view."""
    t = 1.0 / math.tan(math.radians(fov_deg) / 2.0)
    span = near_m - far_m
    return np.array(
        [
            [t / aspect, 0, 0, 0],
            [0, t, 0, 0],
            [0, 0, (far_m + near_m) / span, 2 * far_m * near_m / span],
            [0, 0, -1, 0],
        ]
    )


def look_at(
    eye: tuple[float, float, float], target: tuple[float, float, float], roll_deg: float = 0.0
) -> Matrix:
    """World to camera; the horizon is level unless the camera leans, to its right where positive."""
    e = np.array(eye, np.float64)
    forward = np.array(target, np.float64) - e
    forward /= np.linalg.norm(forward)
    side = np.cross(forward, (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    up = np.cross(side, forward)
    if roll_deg:
        cos, sin = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
        side, up = cos * side - sin * up, cos * up + sin * side
    m = np.eye(4)
    m[0, :3], m[1, :3], m[2, :3] = side, up, -forward
    m[:3, 3] = -m[:3, :3] @ e
    return m


def view_projection(view: View, aspect: float) -> Matrix:
    """World to clip space."""
    return perspective(view.fov_deg, aspect) @ look_at(view.eye, view.target, view.roll_deg)


def horizon_share(view: View, aspect: float = 1.0) -> float:
    """How high the horizon reaches in the picture: 0 is the lower edge, 1 the upper one; may lie outside."""
    dx, dy, dz = (t - e for e, t in zip(view.eye, view.target, strict=True))
    middle = -dy / math.hypot(dx, dz) / math.tan(math.radians(view.fov_deg) / 2.0)
    roll = math.radians(view.roll_deg)
    if math.cos(roll) <= _UPSIDE_DOWN:
        return math.inf
    return 0.5 + 0.5 * (middle / math.cos(roll) + aspect * abs(math.tan(roll)))


def light_projection(
    sun: tuple[float, float, float], middle: tuple[float, float, float], radius_m: float, depth_m: float
) -> Matrix:
    """World to a light's clip space: parallel rays over a square of a radius."""
    eye = (middle[0] + sun[0] * depth_m, middle[1] + sun[1] * depth_m, middle[2] + sun[2] * depth_m)
    ortho = np.diag([1.0 / radius_m, 1.0 / radius_m, -1.0 / depth_m, 1.0])
    ortho[2, 3] = -1.0
    return ortho @ look_at(eye, middle)


def mirrored(matrix: Matrix, level_m: float) -> Matrix:
    """The same view of a world turned upside down at a level."""
    flip = np.diag([1.0, -1.0, 1.0, 1.0])
    flip[1, 3] = 2.0 * level_m
    return matrix @ flip
