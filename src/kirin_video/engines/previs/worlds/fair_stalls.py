"""Striped tents and booths of a fair."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded
from kirin_video.engines.previs.mesh import Mesh

_CREAM: Rgb = (0.94, 0.90, 0.82)
TONES: tuple[Rgb, ...] = (
    (0.84, 0.16, 0.16),
    (0.16, 0.40, 0.72),
    (0.94, 0.66, 0.14),
    (0.22, 0.58, 0.34),
    (0.66, 0.26, 0.60),
)
BULBS: tuple[Rgb, ...] = ((1.0, 0.82, 0.46), (1.0, 0.42, 0.34), (0.46, 0.82, 1.0), (0.62, 1.0, 0.56))


def tent(radius: float, wall: float, color: Rgb) -> Mesh:
    """A round tent in stripes with a pointed roof and a pennant."""
    clay, count = Clay(), 20
    peak = wall + 0.95 * radius
    for k in range(count):
        a, b = 2.0 * math.pi * k / count, 2.0 * math.pi * (k + 1) / count
        tone = color if k % 2 else _CREAM
        p0, p1 = (radius * math.cos(a), radius * math.sin(a)), (radius * math.cos(b), radius * math.sin(b))
        clay.quad(
            ((p1[0], 0.0, p1[1]), (p0[0], 0.0, p0[1]), (p0[0], wall, p0[1]), (p1[0], wall, p1[1])),
            shaded(tone, 0.93),
        )
        out = 1.12
        low = wall - 0.1
        mid = (
            (0.42 * p0[0], wall + 0.42 * radius, 0.42 * p0[1]),
            (0.42 * p1[0], wall + 0.42 * radius, 0.42 * p1[1]),
        )
        clay.quad(((out * p1[0], low, out * p1[1]), (out * p0[0], low, out * p0[1]), mid[0], mid[1]), tone)
        clay.quad((mid[1], mid[0], (0.0, peak, 0.0), (0.0, peak, 0.0)), tone)
        clay.quad(
            (
                (out * p1[0], low - 0.5, out * p1[1]),
                (out * p0[0], low - 0.5, out * p0[1]),
                (out * p0[0], low, out * p0[1]),
                (out * p1[0], low, out * p1[1]),
            ),
            shaded(color if k % 2 == 0 else _CREAM, 0.98),
        )
    clay.add(rod((0.0, peak - 0.2, 0.0), (0.0, peak + 1.8, 0.0), 0.05, (0.85, 0.72, 0.3)))
    for s in (1.0, -1.0):
        ring = (
            (0.0, peak + 1.1, 0.02 * s),
            (1.1, peak + 1.4, 0.02 * s),
            (0.0, peak + 1.7, 0.02 * s),
            (0.0, peak + 1.7, 0.02 * s),
        )
        clay.quad(facing(ring, ahead=s > 0.0), color)
    return clay.mesh()


def booth(rng: np.random.Generator, color: Rgb, *, lit: bool) -> Mesh:
    """A booth that opens to +z: prizes on shelves, a striped front, a lit sign."""
    clay = Clay()
    clay.box((-2.1, 0.0, -1.8), (2.1, 2.9, -1.6), shaded(color, 0.5), faces="Z")
    for x in (-2.1, 2.1):
        clay.box((x - 0.08, 0.0, -1.8), (x + 0.08, 2.9, 0.6), shaded(color, 0.8))
    for k in range(8):
        x0 = -2.1 + 4.2 * k / 8.0
        tone = color if k % 2 else _CREAM
        clay.front(x0, x0 + 0.525, 0.0, 1.0, 0.6, tone)
        clay.quad(((x0, 2.75, 1.3), (x0 + 0.525, 2.75, 1.3), (x0 + 0.525, 3.4, -1.8), (x0, 3.4, -1.8)), tone)
        clay.front(x0, x0 + 0.525, 2.45, 2.75, 1.3, tone)
    clay.box((-2.1, 0.98, 0.1), (2.1, 1.05, 0.75), (0.62, 0.46, 0.30), faces="YZxX")
    clay.box((-1.9, 1.0, -1.6), (1.9, 2.7, -1.58), (0.95, 0.80, 0.52), faces="Z", glow=0.35 if lit else 0.0)
    for y in (1.35, 2.05):
        for x in np.linspace(-1.6, 1.6, 6).tolist():
            tone = TONES[int(rng.integers(5))]
            clay.add(ball((x, y, -1.2), (0.2, 0.24, 0.2), tone))
            clay.add(ball((x, y + 0.3, -1.15), (0.14, 0.14, 0.14), shaded(tone, 1.15)))
    clay.soft_box((-1.5, 3.0, 0.6), (1.5, 3.7, 0.8), shaded(color, 0.9), bevel=0.08)
    for k in range(9):
        clay.add(
            ball(
                (-1.35 + 0.3375 * k, 3.66, 0.84),
                (0.07, 0.07, 0.07),
                BULBS[0],
                detail=0,
                glow=1.0 if lit else 0.25,
            )
        )
        clay.add(
            ball(
                (-1.35 + 0.3375 * k, 3.06, 0.84),
                (0.07, 0.07, 0.07),
                BULBS[0],
                detail=0,
                glow=1.0 if lit else 0.25,
            )
        )
    return clay.mesh()
