"""Firs and pines: skirts of needles round a stem."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import as_mesh, tube


def pine(seed: int, *, sides: int = 14, tiers: int = 7, far: bool = False) -> Mesh:
    """A spruce of about nine metres in drooping tiers.

    Args:
        seed: which one.
        sides: tips around a tier.
        tiers: how many.
        far: whether it stands so far away that neither its trunk nor a hollow in its tiers shows.
    """
    rng = np.random.default_rng(seed)
    height = rng.uniform(8.0, 10.5)
    parts = [
        tube(np.array([[0, -0.4, 0], [0, height * 0.3, 0]]), np.array([0.24, 0.17]), 6, (0.30, 0.23, 0.18))
    ]
    green = (
        np.array([0.15, 0.245, 0.175]) * rng.uniform(0.85, 1.15)
        + np.array([0.03, 0.02, -0.01]) * rng.random()
    )
    for k in range(tiers):
        share = k / tiers
        base = height * (0.10 + 0.86 * share)
        top = base + height * (0.24 - 0.08 * share)
        radius = (1.0 - share) ** 0.85 * 2.05 * rng.uniform(0.9, 1.1) + 0.18
        paint = green * (0.82 + 0.30 * share)
        parts.append(_skirt(rng, base, min(top, height), radius, sides, paint, hollow=not far))
    return merge(parts[1:] if far else parts)


def _skirt(  # noqa: PLR0913, PLR0917 -- shape and look
    rng: np.random.Generator,
    base: float,
    top: float,
    radius: float,
    sides: int,
    color: NDArray[np.floating],
    *,
    hollow: bool,
) -> Mesh:
    """One tier: a cone, hollow or straight, whose rim is a star of drooping tips."""
    count = sides * 2
    a = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False) + rng.uniform(0, 6.28)
    tip = np.arange(count) % 2 == 0
    r = np.where(tip, radius * rng.uniform(0.88, 1.12, count), radius * 0.66)
    y = np.where(tip, base - 0.16 * radius, base + 0.10 * radius)
    rim = np.stack([np.cos(a) * r, y, np.sin(a) * r], 1)
    mid = np.stack(
        [np.cos(a) * r * 0.45, np.full(count, base + (top - base) * 0.42), np.sin(a) * r * 0.45], 1
    )
    rows = [rim, mid] if hollow else [rim]
    points = np.concatenate([*rows, [[0.0, top, 0.0]]])
    out = np.stack([np.cos(a), np.full(count, 0.55), np.sin(a)], 1)
    normals = np.concatenate([*([out] * len(rows)), [[0.0, 1.0, 0.0]]])
    # Without its dark hollow a tier is darker at the top.
    edge = np.where(tip, 1.18, 0.72)
    shade = np.concatenate([edge, np.full(count, 0.66), [0.9]]) if hollow else np.append(edge, 0.62)
    k = np.arange(count)
    n = (k + 1) % count
    faces = np.stack([k, np.full(count, count), n], 1)
    if hollow:
        faces = np.concatenate(
            [
                np.stack([k, k + count, n], 1),
                np.stack([n, k + count, n + count], 1),
                np.stack([k + count, np.full(count, 2 * count), n + count], 1),
            ]
        )
    sway = np.full(len(points), 0.05)
    sway[:count] = 0.12
    return as_mesh(points, normals, color * shade[:, None], faces, sway)
