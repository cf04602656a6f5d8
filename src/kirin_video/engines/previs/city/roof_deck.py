"""A flat roof to stand on, across the near end of the avenue: boards, a parapet, tubs, a chimney, a tank."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.furniture import planter
from kirin_video.engines.previs.city.ground import ground_height
from kirin_video.engines.previs.city.palette import BRICKS, IRON, LAMP, STONE, WOOD, tinted
from kirin_video.engines.previs.city.solids import ball, rod, shaded, turned
from kirin_video.engines.previs.mesh import Mesh

ROOF_M = 16.5
_HALF_M, _EDGE_M, _BACK_M = 11.0, 3.0, 34.0
"""Half of its width, and where it begins and ends along the avenue."""


def on_the_roof(x: float, z: float) -> float:
    """The height of the roof, and of the street where it ends."""
    return ROOF_M if abs(x) < _HALF_M and _EDGE_M < z < _BACK_M else ground_height(x, z)


def roof_deck(*, lit: bool) -> Mesh:
    """The roof and what stands on it.

    Args:
        lit: whether the bulbs over it shine.
    """
    rng = np.random.default_rng(17)
    clay = Clay()
    y = ROOF_M
    clay.box((-_HALF_M, y - 0.5, _EDGE_M), (_HALF_M, y - 0.02, _BACK_M), (0.44, 0.42, 0.39), faces="xXYzZ")
    for x in np.arange(-_HALF_M + 0.4, _HALF_M - 0.4, 0.34).tolist():
        tone = tinted(rng, (0.52, 0.38, 0.26), 0.12)
        clay.box((x, y - 0.02, _EDGE_M + 0.5), (x + 0.31, y, _BACK_M), tone, faces="xXYzZ")
    brick = BRICKS[1]
    clay.soft_box((-_HALF_M, y - 1.0, _EDGE_M), (_HALF_M, y + 0.78, _EDGE_M + 0.34), brick, bevel=0.03)
    clay.soft_box(
        (-_HALF_M - 0.05, y + 0.76, _EDGE_M - 0.05),
        (_HALF_M + 0.05, y + 0.90, _EDGE_M + 0.40),
        STONE,
        bevel=0.03,
    )
    for side in (-1.0, 1.0):
        a, b = sorted((side * _HALF_M, side * (_HALF_M - 0.34)))
        clay.soft_box((a, y - 1.0, _EDGE_M), (b, y + 0.78, _BACK_M), shaded(brick, 0.95), bevel=0.03)
        clay.soft_box((a - 0.05, y + 0.76, _EDGE_M), (b + 0.05, y + 0.90, _BACK_M), STONE, bevel=0.03)
    clay.soft_box((7.6, y, 6.0), (9.0, y + 2.6, 7.2), shaded(brick, 0.9), bevel=0.04)
    clay.soft_box((7.5, y + 2.55, 5.9), (9.1, y + 2.75, 7.3), STONE, bevel=0.03)
    for x in (-8.9, -6.9):
        for z in (7.2, 9.2):
            clay.add(rod((x, y, z), (x, y + 1.5, z), 0.08, IRON))
    clay.add(
        turned([(1.35, y + 1.5), (1.35, y + 3.6), (1.45, y + 3.7), (0.0, y + 4.6)], WOOD, sides=16).moved(
            (-7.9, 0.0, 8.2)
        )
    )
    for x in (-4.6, -3.2, 4.2, 5.6):
        clay.add(planter(rng).moved((x, y, _EDGE_M + 1.1)))
    for z0, z1 in ((6.5, 5.0), (13.0, 11.0)):
        posts = ((-6.2, z0), (6.2, z1))
        for x, z in posts:
            clay.add(rod((x, y, z), (x, y + 3.3, z), 0.05, IRON))
        for k in range(17):
            u = k / 16.0
            sag = y + 3.25 - 2.6 * u * (1.0 - u)
            at = (-6.2 + 12.4 * u, sag, z0 + (z1 - z0) * u)
            clay.add(ball(at, (0.075, 0.09, 0.075), LAMP, glow=1.0 if lit else 0.0))
    return clay.mesh()
