"""Windows and what hangs before them."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import soft_box
from kirin_video.engines.previs.furnishings.surfaces import WHITE
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, box


def window(x0: float, x1: float, y0: float, y1: float) -> Mesh:
    """Frame and bars of a window in a wall at z = 0 that is seen from +z; its sill reaches into the room."""
    bar = 0.035
    middle, upper = (x0 + x1) / 2.0, y0 + 0.66 * (y1 - y0)
    parts = [
        soft_box((x0 - 0.09, y0 - 0.09, -0.06), (x0, y1 + 0.09, 0.05), WHITE, bevel=0.012),
        soft_box((x1, y0 - 0.09, -0.06), (x1 + 0.09, y1 + 0.09, 0.05), WHITE, bevel=0.012),
        soft_box((x0, y1, -0.06), (x1, y1 + 0.09, 0.05), WHITE, bevel=0.012),
        soft_box((x0 - 0.16, y0 - 0.10, -0.06), (x1 + 0.16, y0 - 0.04, 0.20), WHITE, bevel=0.012),
        box((middle - bar, y0 - 0.04, -0.05), (middle + bar, y1, 0.01), WHITE),
        box((x0, upper - bar, -0.05), (x1, upper + bar, 0.01), WHITE),
    ]
    return merge(parts)


def curtain(  # noqa: PLR0913 -- shape and look
    x0: float, x1: float, top: float, color: Color, *, folds: int = 7, low: float = 0.06, deep: float = 0.05
) -> Mesh:
    """Cloth that hangs in folds at z = 0, seen from +z."""
    s = np.linspace(0.0, 1.0, folds * 6 + 1)
    wave = np.sin(s * folds * 2.0 * np.pi)
    rows = np.array([low, low + (top - low) * 0.5, top])
    points = np.stack(
        [
            np.tile(x0 + (x1 - x0) * s, 3),
            np.repeat(rows, len(s)),
            np.tile(deep * wave, 3) * np.repeat([1.15, 1.0, 0.7], len(s)),
        ],
        1,
    )
    slope = np.cos(s * folds * 2.0 * np.pi)
    normals = np.stack([-slope * 0.75, np.zeros_like(s), np.ones_like(s)], 1)
    at = np.arange(len(points)).reshape(3, len(s))
    p, q, r, w = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([p, q, w], -1).reshape(-1, 3), np.stack([p, w, r], -1).reshape(-1, 3)])
    tone = np.array(color) * (0.78 + 0.22 * np.tile(wave, 3))[:, None]
    return as_mesh(points, np.tile(normals, (3, 1)), tone, faces)
