"""Leaves: cards that face away from the middle of a crown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import Color, as_mesh


def leaves(  # noqa: PLR0913, PLR0917 -- shape and look
    rng: np.random.Generator,
    middle: NDArray[np.floating],
    size: NDArray[np.floating],
    count: int,
    leaf_m: float,
    colors: tuple[Color, Color],
    crown_middle: NDArray[np.floating],
) -> Mesh:
    """Diamonds scattered in the outer shell of an ellipsoid, lit as one soft crown."""
    way = rng.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    depth = 0.72 + 0.36 * rng.random(count) ** 0.6
    at = middle + way * size * depth[:, None]
    t = rng.normal(size=(count, 3))
    t -= way * (t * way).sum(1, keepdims=True) * 0.75
    t /= np.linalg.norm(t, axis=1, keepdims=True)
    u = np.cross(way, t)
    s = leaf_m * (0.7 + 0.6 * rng.random((count, 1)))
    corners = np.stack([at - t * s, at + u * s * 0.55, at + t * s, at - u * s * 0.55], 1).reshape(-1, 3)
    out = at - crown_middle
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    normals = out * 0.7 + way * 0.5 + np.array([0.0, 0.2, 0.0])
    shade = np.clip(0.50 + 0.30 * way[:, 1] + 0.55 * (depth - 0.72), 0.30, 1.05) * rng.uniform(
        0.85, 1.12, count
    )
    mix = rng.random((count, 1))
    paint = (np.array(colors[0]) * (1 - mix) + np.array(colors[1]) * mix) * shade[:, None]
    quad = np.arange(count)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])[None]
    return as_mesh(corners, np.repeat(normals, 4, 0), np.repeat(paint, 4, 0), quad.reshape(-1, 3), 0.32)
