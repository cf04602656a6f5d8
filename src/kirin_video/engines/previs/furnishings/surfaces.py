"""What floors and walls are made of: panels, boards, tiles, rugs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh

Shade = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How open points (n, 3) are, 0 to 1: corners and floors under furniture are darker."""

WHITE: Color = (0.93, 0.91, 0.87)
OAK: Color = (0.60, 0.43, 0.28)
WALNUT: Color = (0.38, 0.26, 0.18)
_JOINT, _RAISED_M = 0.018, 0.003
"""How wide half a joint is, as a share of a tile, and how high tiles lie above it."""


def panel(  # noqa: PLR0913 -- shape and look
    corner: Color, u: Color, v: Color, color: Color, shade: Shade, *, step_m: float = 0.3
) -> Mesh:
    """A rectangle from a corner along two edges, fine enough for shades; it faces u x v."""
    a, b, c = (np.array(p, float) for p in (corner, u, v))
    n, m = (max(int(np.ceil(np.linalg.norm(e) / step_m)), 1) for e in (b, c))
    s, t = np.meshgrid(np.linspace(0.0, 1.0, n + 1), np.linspace(0.0, 1.0, m + 1))
    points = (a + s[..., None] * b + t[..., None] * c).reshape(-1, 3)
    at = np.arange(len(points)).reshape(m + 1, n + 1)
    p, q, r, w = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([p, q, w], -1).reshape(-1, 3), np.stack([p, w, r], -1).reshape(-1, 3)])
    normal = np.cross(b, c)
    return as_mesh(points, np.tile(normal, (len(points), 1)), np.array(color) * shade(points)[:, None], faces)


def boards(  # noqa: PLR0913 -- shape and look
    low: tuple[float, float],
    high: tuple[float, float],
    color: Color,
    shade: Shade,
    *,
    seed: int,
    wide_m: float = 0.17,
) -> Mesh:
    """A floor of boards along z between two corners (x, z), at height 0."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    x = low[0]
    while x < high[0]:
        z = low[1] - float(rng.uniform(0.0, 1.6))
        while z < high[1]:
            long = float(rng.uniform(1.3, 2.3))
            tone = np.array(color) * rng.uniform(0.84, 1.10) * np.array([1.0, rng.uniform(0.96, 1.02), 1.0])
            z0, z1, x1 = max(z, low[1]), min(z + long, high[1]), min(x + wide_m, high[0])
            if z1 > z0:
                board: Color = (float(tone[0]), float(tone[1]), float(tone[2]))
                gap = 0.004
                parts.append(
                    panel(
                        (x + gap, 0.0, z1 - gap),
                        (x1 - x - 2 * gap, 0, 0),
                        (0, 0, z0 - z1 + 2 * gap),
                        board,
                        shade,
                        step_m=0.5,
                    )
                )
            z += long
        x += wide_m
    under = panel(
        (low[0], -0.012, high[1]),
        (high[0] - low[0], 0, 0),
        (0, 0, low[1] - high[1]),
        (0.16, 0.11, 0.08),
        shade,
        step_m=4.0,
    )
    return merge([under, *parts])


def tiles(  # noqa: PLR0913 -- shape and look
    corner: Color, u: Color, v: Color, color: Color, shade: Shade, *, tile_m: float, seed: int = 0
) -> Mesh:
    """Tiles from a corner along two edges, each a little different, over darker joints; they face u x v."""
    a, b, c = (np.array(p, float) for p in (corner, u, v))
    n, m = (max(round(float(np.linalg.norm(e)) / tile_m), 1) for e in (b, c))
    normal = np.cross(b, c) / np.linalg.norm(np.cross(b, c))
    i, j = (k.ravel()[:, None] for k in np.meshgrid(np.arange(n), np.arange(m)))
    s = (i + np.array([_JOINT, 1.0 - _JOINT, 1.0 - _JOINT, _JOINT])) / n
    t = (j + np.array([_JOINT, _JOINT, 1.0 - _JOINT, 1.0 - _JOINT])) / m
    points = (a + s[..., None] * b + t[..., None] * c + _RAISED_M * normal).reshape(-1, 3)
    first = 4 * np.arange(n * m)[:, None]
    faces = np.concatenate([first + np.array([0, 1, 2]), first + np.array([0, 2, 3])])
    tone = np.repeat(np.random.default_rng(seed).uniform(0.94, 1.05, n * m), 4) * shade(points)
    laid = as_mesh(points, np.tile(normal, (len(points), 1)), np.array(color) * tone[:, None], faces)
    joints: Color = (0.72 * color[0], 0.72 * color[1], 0.72 * color[2])
    return merge([panel(corner, u, v, joints, shade, step_m=2.0), laid])


def rug(wide: float, deep: float, colors: tuple[Color, Color]) -> Mesh:
    """An oval rug of rings, flat on the floor."""
    parts: list[Mesh] = []
    for k in range(5):
        share = 1.0 - 0.2 * k
        a = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
        y = 0.006 + 0.006 * k
        rim = np.stack([np.cos(a) * wide / 2 * share, np.full_like(a, y), np.sin(a) * deep / 2 * share], 1)
        points = np.concatenate([rim, [[0.0, y, 0.0]]])
        i = np.arange(48)
        faces = np.stack([i, np.full(48, 48), (i + 1) % 48], 1)
        parts.append(as_mesh(points, np.tile([[0.0, 1.0, 0.0]], (49, 1)), colors[k % 2], faces))
    return merge(parts)
