"""Fishing boats for a harbour."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.city.clay import Clay, facing, four
from kirin_video.engines.previs.city.solids import Point, Rgb, ball, loft, rod, shaded
from kirin_video.engines.previs.mesh import Mesh


def _point(place: NDArray[np.float32]) -> Point:
    x, y, z = (float(c) for c in place)
    return x, y, z


def trawler(color: Rgb, *, lit: bool) -> Mesh:
    """A fishing boat of eleven metres, its bow to +x: a wheelhouse, a mast with booms, nets on its stern."""
    t = np.linspace(0.0, 1.0, 12)
    x = -5.5 + 11.0 * t
    beam = 1.75 * np.clip((1.0 - t) / 0.42, 0.0, 1.0) ** 0.6 * np.clip(0.72 + t, 0.0, 1.0) + 0.04
    deck = 1.05 + 0.95 * np.clip(t - 0.4, 0.0, 1.0) ** 1.6
    rings = np.stack(
        [
            np.stack(
                [
                    np.full(6, a),
                    np.array([h, 0.45 * h, -0.7, -0.7, 0.45 * h, h]),
                    np.array([1.0, 0.92, 0.25, -0.25, -0.92, -1.0]) * b,
                ],
                1,
            )
            for a, b, h in zip(x, beam, deck, strict=True)
        ]
    ).astype(np.float32)
    clay = Clay()
    clay.add(loft(rings, color))
    for a, b in pairwise(rings):
        for s in (0, 5):
            clay.add(rod(_point(a[s]), _point(b[s]), 0.09, (0.93, 0.91, 0.85), sides=5))
    white: Rgb = (0.92, 0.90, 0.84)
    clay.soft_box((-2.4, 0.9, -1.0), (0.6, 3.1, 1.0), white, bevel=0.12)
    clay.soft_box((-2.7, 3.05, -1.2), (0.9, 3.25, 1.2), shaded(color, 0.9), bevel=0.08)
    pane: Rgb = (1.0, 0.84, 0.55) if lit else (0.16, 0.22, 0.26)
    glow = 0.6 if lit else 0.0
    for s in (-1.0, 1.0):
        for k in range(2):
            x0 = -2.0 + 1.3 * k
            ring = (
                (x0, 2.0, s * 1.02),
                (x0 + 0.9, 2.0, s * 1.02),
                (x0 + 0.9, 2.75, s * 1.02),
                (x0, 2.75, s * 1.02),
            )
            clay.quad(facing(ring, ahead=s > 0.0), pane, glow=four(glow))
    ring = ((0.62, 2.0, 0.8), (0.62, 2.0, -0.8), (0.62, 2.75, -0.8), (0.62, 2.75, 0.8))
    clay.quad(ring, pane, glow=four(glow))
    wood: Rgb = (0.50, 0.36, 0.22)
    clay.add(rod((-0.6, 3.0, 0.0), (-0.6, 7.4, 0.0), 0.09, wood))
    clay.add(rod((-0.6, 4.0, 0.0), (-5.0, 5.8, 0.0), 0.07, wood))
    clay.add(rod((1.8, 1.3, 0.0), (1.9, 4.6, 0.0), 0.06, wood))
    for tip in ((5.3, 2.0, 0.0), (-5.0, 5.8, 0.0), (-5.3, 1.2, 1.0), (-5.3, 1.2, -1.0)):
        clay.add(rod((-0.6, 7.3, 0.0), tip, 0.018, (0.15, 0.14, 0.13), sides=3))
    clay.add(ball((-4.0, 1.35, 0.0), (0.9, 0.45, 0.8), (0.16, 0.44, 0.42)))
    for k in range(3):
        clay.add(ball((-3.3 + 1.9 * k, 0.75, 1.85), (0.24, 0.34, 0.2), (0.90, 0.50, 0.14)))
    return clay.mesh()
