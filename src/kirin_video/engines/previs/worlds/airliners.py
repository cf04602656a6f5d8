"""Airliners at their gates."""

# ruff: noqa: PLR2004 - a runway is made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.solids import Rgb, ball, loft, rod, shaded, turned
from kirin_video.engines.previs.mesh import Mesh, merge


def airliner(tail: Rgb) -> Mesh:
    """A parked airliner of thirty-six metres, its nose to +x."""
    white: Rgb = (0.92, 0.92, 0.91)
    t = np.linspace(0.0, 1.0, 15)
    x = -18.0 + 36.0 * t
    radius = 1.95 * np.minimum(
        np.clip((1.0 - t) / 0.10, 0.02, 1.0) ** 0.5, np.clip(t / 0.30, 0.06, 1.0) ** 0.7
    )
    lift = 3.6 + 1.3 * np.clip(1.0 - t / 0.30, 0.0, 1.0) ** 1.4
    turn = np.linspace(0.0, 2.0 * np.pi, 17)[:-1]
    rings = np.stack(
        [
            np.stack([np.full(16, a), b + r * np.cos(turn), r * np.sin(turn)], 1)
            for a, b, r in zip(x, lift, radius, strict=True)
        ]
    )
    parts = [loft(rings.astype(np.float32), white), _fins(tail, white)]
    clay = Clay()
    for k in range(24):
        for s in (-1.0, 1.0):
            at = -10.5 + k * 0.98
            z = s * 1.93
            ring = ((at, 3.95, z), (at + 0.45, 3.95, z), (at + 0.45, 4.5, s * 1.78), (at, 4.5, s * 1.78))
            clay.quad(facing(ring, ahead=s > 0.0), (0.16, 0.20, 0.26))
    for s in (-1.0, 1.0):
        for at in (-0.5, 11.0):
            z = s * (2.6 if at < 0.0 else 0.25)
            clay.add(rod((at, 0.5, z), (at, 2.6, z), 0.16, (0.6, 0.6, 0.62)))
            clay.add(ball((at, 0.55, z), (0.55, 0.55, 0.3), (0.10, 0.10, 0.11)))
        engine = turned(
            [(0.5, -1.9), (1.0, -1.2), (1.05, 1.6), (0.8, 1.9), (0.0, 1.7)], (0.70, 0.72, 0.75), sides=12
        )
        lying = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], np.float32)
        placed = (engine.positions @ lying + np.array([2.6, 2.1, s * 5.8], np.float32)).astype(np.float32)
        flipped = Mesh(
            placed,
            (engine.normals @ lying).astype(np.float32),
            engine.colors,
            engine.glow,
            engine.faces[:, ::-1].copy(),
        )
        clay.add(flipped)
    return merge([*parts, clay.mesh()])


def _fins(tail: Rgb, white: Rgb) -> Mesh:
    """Wings swept back, and the tail in its colours."""
    clay = Clay()
    for s in (-1.0, 1.0):
        upper = ((4.6, 3.0, s * 1.6), (-2.2, 3.0, s * 1.6), (-5.6, 4.3, s * 17.0), (-3.9, 4.3, s * 17.0))
        clay.quad(facing(upper, ahead=s > 0.0), shaded(white, 0.92))
        under = tuple((a, b - 0.35 * (abs(c) < 5.0) - 0.1, c) for a, b, c in upper)
        clay.quad(facing(under, ahead=s <= 0.0), shaded(white, 0.7))  # pyright: ignore[reportArgumentType]
        level = ((-13.4, 5.3, s * 0.4), (-16.6, 5.3, s * 0.4), (-18.2, 5.8, s * 6.2), (-17.0, 5.8, s * 6.2))
        clay.quad(facing(level, ahead=s > 0.0), shaded(white, 0.92))
        clay.quad(facing(level, ahead=s <= 0.0), shaded(white, 0.7))
        fin = (
            (-11.2, 5.4, s * 0.12),
            (-17.0, 5.4, s * 0.12),
            (-18.8, 11.6, s * 0.06),
            (-16.4, 11.6, s * 0.06),
        )
        clay.quad(facing(fin, ahead=s <= 0.0), tail)
    return clay.mesh()
