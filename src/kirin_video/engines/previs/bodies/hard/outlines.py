"""Lines that forms are made of: outlines with round corners, curves through points, filled outlines."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- a piece has a shape, a place and a look
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]
Outline = Sequence[tuple[float, float]] | Floats


def curved(points: Floats, at: Floats) -> Floats:
    """A Catmull-Rom curve through points (n, 3) at places 0 to n - 1."""
    k = np.clip(np.floor(at).astype(int), 0, len(points) - 2)
    t = (at - k)[:, None]
    a, b, c, d = (points[np.clip(k + o, 0, len(points) - 1)] for o in (-1, 0, 1, 2))
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def softened(profile: Outline, steps: int = 4) -> Floats:
    """A profile for `lathe` with a smooth curve through its points; its ends stay on the axis if they are."""
    knots = np.array(profile, float)
    line = curved(knots, np.linspace(0.0, len(knots) - 1.0, steps * (len(knots) - 1) + 1))
    line[:, 0] = np.maximum(line[:, 0], 0.0)
    line[[0, -1]] = knots[[0, -1]]
    return line


def inset(rim: Floats, by: float) -> Floats:
    """An outline moved inwards."""
    ahead, behind = np.roll(rim, -1, 0) - rim, rim - np.roll(rim, 1, 0)
    normals = [
        np.column_stack([-w[:, 1], w[:, 0]]) / np.linalg.norm(w, axis=1, keepdims=True)
        for w in (ahead, behind)
    ]
    way = normals[0] + normals[1]
    return rim + way * (by / np.maximum(0.5 * (way**2).sum(1, keepdims=True), 0.5))


def clipped(rim: Floats) -> NDArray[np.int64]:
    """Triangles (n - 2, 3) that fill an outline, counter-clockwise (ear clipping)."""
    left = list(range(len(rim)))
    faces: list[tuple[int, int, int]] = []
    while len(left) > 3:
        best = next((k for k in range(len(left)) if _ear(rim, left, k) > 0.0), 0)
        a, b, c = left[best - 1], left[best], left[(best + 1) % len(left)]
        faces.append((a, b, c))
        left.pop(best)
    return np.array([*faces, tuple(left)], np.int64)


def _ear(rim: Floats, left: list[int], k: int) -> float:
    """How well a corner can be cut off: the least sine of its triangle's angles; below 0 it cannot."""
    a, b, c = rim[left[k - 1]], rim[left[k]], rim[left[(k + 1) % len(left)]]
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    if area <= 0.0:
        return -1.0 + min(area, 0.0) * 1e-6
    others = rim[[i for i in left if i not in {left[k - 1], left[k], left[(k + 1) % len(left)]}]]
    inside = np.ones(len(others), bool)
    for p, q in ((a, b), (b, c), (c, a)):
        inside &= (q[0] - p[0]) * (others[:, 1] - p[1]) - (q[1] - p[1]) * (others[:, 0] - p[0]) > -1e-12
    if inside.any():
        return -0.5
    sides = [float(np.hypot(*(q - p))) for p, q in ((a, b), (b, c), (c, a))]
    return float(area) / max(max(sides) ** 2, 1e-12)


def rounded(outline: Outline, radius: float, steps: int = 4) -> list[tuple[float, float]]:
    """An outline with its corners rounded."""
    rim = np.array(outline, float)
    found: list[tuple[float, float]] = []
    for k in range(len(rim)):
        before, here, after = rim[k - 1], rim[k], rim[(k + 1) % len(rim)]
        back, ahead = before - here, after - here
        r = min(radius, 0.48 * float(np.hypot(*back)), 0.48 * float(np.hypot(*ahead)))
        a, b = here + back / np.hypot(*back) * r, here + ahead / np.hypot(*ahead) * r
        for t in np.linspace(0.0, 1.0, steps + 1).tolist():
            x, y = ((1 - t) ** 2 * a + 2 * t * (1 - t) * here + t * t * b).tolist()
            found.append((x, y))
    return found


def rectangle(
    x0: float, y0: float, x1: float, y1: float, radius: float = 0.0, steps: int = 3
) -> list[tuple[float, float]]:
    """A rectangle's outline with round corners."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return rounded(corners, radius, steps) if radius else corners
