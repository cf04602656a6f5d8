"""What stands on a pavement (lamps, benches, tubs, tables, boxes) and what hangs above the street.

Everything stands on y = 0 and faces +z.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.palette import (
    ACCENTS,
    CREAM,
    FLOWERS,
    IRON,
    LAMP,
    LEAF,
    STONE,
    WOOD,
    chance,
    pick,
    tinted,
)
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded, turned
from kirin_video.engines.previs.mesh import Mesh

LAMP_HEIGHT_M = 4.35


def street_lamp(*, lit: bool) -> Mesh:
    """A cast-iron lamp with a globe."""
    clay = Clay()
    post = [
        (0.2, 0.0),
        (0.2, 0.25),
        (0.13, 0.5),
        (0.07, 0.7),
        (0.055, 3.6),
        (0.09, 3.7),
        (0.05, 3.8),
        (0.16, 3.98),
    ]
    clay.add(turned(post, IRON, sides=8))
    clay.add(
        ball(
            (0.0, LAMP_HEIGHT_M - 0.05, 0.0),
            (0.27, 0.32, 0.27),
            LAMP if lit else (0.80, 0.76, 0.66),
            glow=0.5 * lit,
        )
    )
    clay.add(
        turned(
            [(0.3, LAMP_HEIGHT_M + 0.12), (0.06, LAMP_HEIGHT_M + 0.34), (0.0, LAMP_HEIGHT_M + 0.5)],
            IRON,
            sides=8,
        )
    )
    return clay.mesh()


def traffic_light(*, green: bool, lit: bool) -> Mesh:
    """A post with three lenses, one of them shining."""
    clay = Clay()
    clay.add(turned([(0.11, 0.0), (0.11, 0.3), (0.055, 0.36), (0.055, 3.5)], IRON, sides=8))
    clay.soft_box((-0.17, 2.45, -0.14), (0.17, 3.5, 0.14), (0.13, 0.15, 0.14), bevel=0.06)
    lenses: tuple[tuple[float, Rgb, bool], ...] = (
        (3.28, (0.85, 0.12, 0.08), not green),
        (2.97, (0.85, 0.55, 0.08), False),
        (2.66, (0.15, 0.72, 0.34), green),
    )
    for y, color, on in lenses:
        clay.add(
            ball(
                (0.0, y, 0.13),
                (0.11, 0.11, 0.06),
                color if on else shaded(color, 0.3),
                glow=float(on and lit),
            )
        )
        clay.box((-0.13, y + 0.1, 0.12), (0.13, y + 0.13, 0.3), IRON, faces="xXyYZ")
    return clay.mesh()


def bench() -> Mesh:
    """Wooden slats on iron feet."""
    clay = Clay()
    for i in range(3):
        clay.soft_box((-0.85, 0.42, -0.2 + 0.16 * i), (0.85, 0.47, -0.06 + 0.16 * i), WOOD, bevel=0.02)
        clay.soft_box((-0.85, 0.58 + 0.15 * i, -0.28), (0.85, 0.69 + 0.15 * i, -0.23), WOOD, bevel=0.02)
    for x in (-0.65, 0.65):
        for z0, z1, low, high in (
            (-0.24, -0.14, 0.0, 0.42),
            (0.14, 0.24, 0.0, 0.42),
            (-0.31, -0.28, 0.42, 1.0),
        ):
            clay.box((x - 0.04, low, z0), (x + 0.04, high, z1), IRON)
    return clay.mesh()


def planter(rng: np.random.Generator) -> Mesh:
    """A stone tub of flowers."""
    clay = Clay()
    clay.add(
        turned([(0.42, 0.0), (0.55, 0.5), (0.6, 0.5), (0.6, 0.6), (0.5, 0.6), (0.0, 0.56)], STONE, sides=12)
    )
    bloom = pick(rng, FLOWERS)
    for k in range(11):
        a, r = 2.4 * k, 0.42 * (k / 11.0) ** 0.5
        size = float(rng.uniform(0.12, 0.19))
        color = tinted(rng, LEAF if k % 3 == 0 else bloom, 0.12)
        spot = (r * float(np.cos(a)), 0.66 + 0.16 * float(rng.random()), r * float(np.sin(a)))
        clay.add(ball(spot, (size, size, size), color, detail=0))
    return clay.mesh()


def cafe_table(rng: np.random.Generator) -> Mesh:
    """A table with two chairs under a parasol."""
    clay = Clay()
    cloth = pick(rng, ACCENTS)
    clay.add(
        turned(
            [(0.3, 0.0), (0.04, 0.06), (0.04, 0.72), (0.42, 0.72), (0.42, 0.76), (0.0, 0.76)], CREAM, sides=12
        )
    )
    for side in (-1.0, 1.0):
        x = 0.72 * side
        clay.soft_box((x - 0.2, 0.42, -0.2), (x + 0.2, 0.47, 0.2), WOOD, bevel=0.02)
        clay.soft_box(
            (x + 0.17 * side - 0.02, 0.47, -0.2), (x + 0.17 * side + 0.02, 0.9, 0.2), WOOD, bevel=0.02
        )
        for dx in (-0.16, 0.16):
            for dz in (-0.16, 0.16):
                clay.box(
                    (x + dx - 0.02, 0.0, dz - 0.02), (x + dx + 0.02, 0.42, dz + 0.02), IRON, faces="xXzZ"
                )
    clay.add(rod((0.0, 0.7, 0.0), (0.0, 2.5, 0.0), 0.03, WOOD))
    _parasol(clay, cloth)
    return clay.mesh()


def _parasol(clay: Clay, cloth: Rgb) -> None:
    panels, radius, low, high = 8, 1.02, 2.0, 2.5
    for k in range(panels):
        a, b = 2.0 * np.pi * k / panels, 2.0 * np.pi * (k + 1) / panels
        p = (radius * float(np.cos(a)), low, radius * float(np.sin(a)))
        q = (radius * float(np.cos(b)), low, radius * float(np.sin(b)))
        top = (0.0, high, 0.0)
        color = cloth if k % 2 else CREAM
        clay.quad((p, top, q, q), color)
        clay.quad(
            (
                (q[0], low - 0.02, q[2]),
                (0.0, high - 0.02, 0.0),
                (p[0], low - 0.02, p[2]),
                (p[0], low - 0.02, p[2]),
            ),
            shaded(color, 0.5),
        )
        hem = low - 0.16
        clay.quad((q, (q[0], hem, q[2]), (p[0], hem, p[2]), p), shaded(color, 0.92))


def post_box(rng: np.random.Generator) -> Mesh:
    """A round pillar box."""
    color = ACCENTS[0] if chance(rng, 0.6) else ACCENTS[2]
    clay = Clay()
    clay.add(
        turned(
            [
                (0.3, 0.0),
                (0.3, 0.12),
                (0.25, 0.14),
                (0.25, 1.25),
                (0.31, 1.27),
                (0.31, 1.36),
                (0.15, 1.48),
                (0.0, 1.5),
            ],
            color,
            sides=14,
        )
    )
    clay.box((-0.14, 1.05, 0.22), (0.14, 1.1, 0.27), IRON, faces="xXyYZ")
    clay.box((-0.12, 0.75, 0.22), (0.12, 0.95, 0.27), CREAM, faces="xXyYZ")
    return clay.mesh()


def litter_bin() -> Mesh:
    """A ribbed bin."""
    clay = Clay()
    clay.add(
        turned(
            [(0.22, 0.0), (0.25, 0.75), (0.28, 0.76), (0.28, 0.84), (0.2, 0.84), (0.18, 0.6), (0.0, 0.6)],
            ACCENTS[1],
            sides=12,
        )
    )
    return clay.mesh()


def festoon(width: float, y: float, rng: np.random.Generator, *, bulbs: bool, lit: bool) -> Mesh:
    """A sagging line from house to house along x, hung with bulbs or with flags."""
    clay = Clay()
    count = round(width / 0.62)
    sag = float(rng.uniform(1.0, 1.5))
    spots = [
        (width * (i / count - 0.5), y - sag * (1.0 - (2.0 * i / count - 1.0) ** 2)) for i in range(count + 1)
    ]
    for (x0, y0), (x1, y1) in pairwise(spots):
        clay.add(rod((x0, y0, 0.0), (x1, y1, 0.0), 0.015, IRON, sides=3))
    for i, (x, low) in enumerate(spots[1:-1]):
        if bulbs:
            clay.add(
                ball(
                    (x, low - 0.1, 0.0),
                    (0.075, 0.095, 0.075),
                    LAMP if lit else (0.82, 0.76, 0.6),
                    detail=0,
                    glow=float(lit),
                )
            )
        else:
            flag = tinted(rng, (*ACCENTS, CREAM)[i * 3 % 8], 0.05)
            a, b, tip = (x - 0.22, low, 0.0), (x + 0.22, low, 0.0), (x, low - 0.48, 0.05)
            clay.quad((a, tip, b, b), flag)
            clay.quad((b, tip, a, a), shaded(flag, 0.85))
    return clay.mesh()
