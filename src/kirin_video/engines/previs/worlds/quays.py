"""The stone of a harbour: a quay with bollards, lamps, crates and nets, a mole with its light."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.furniture import street_lamp
from kirin_video.engines.previs.city.solids import ball, rod, turned
from kirin_video.engines.previs.mesh import Mesh, merge

QUAY_M, EDGE_X = 1.25, -2.6
"""How high the quay is, and where it ends, on the side it lies on."""


def quay(side: float, *, lit: bool) -> list[Mesh]:
    """The quay's wall, its kerb of stone, bollards with ropes, lamps, crates and nets."""
    clay, at = Clay(), side * EDGE_X
    a, b = sorted((at, at - side * 1.7))
    clay.box((a, -1.5, -160.0), (b, QUAY_M, 60.0), (0.44, 0.40, 0.35), faces="xXYz")
    a, b = sorted((at + side * 0.08, at - side * 0.6))
    clay.soft_box((a, QUAY_M - 0.3, -160.0), (b, QUAY_M + 0.12, 60.0), (0.60, 0.56, 0.49), bevel=0.08)
    for z in np.arange(4.0, -150.0, -9.0).tolist():
        x = at - side * 0.9
        clay.add(
            turned(
                [(0.26, 0.0), (0.17, 0.1), (0.16, 0.5), (0.28, 0.58), (0.24, 0.70), (0.0, 0.74)],
                (0.13, 0.13, 0.14),
            ).moved((x, QUAY_M, z))
        )
        clay.add(
            rod((x, QUAY_M + 0.4, z), (at + side * 1.6, 0.9, z - 2.0), 0.035, (0.66, 0.56, 0.38), sides=4)
        )
    for z in (-3.0, -12.0, -30.0):
        for k, color in enumerate(((0.56, 0.40, 0.24), (0.18, 0.44, 0.58), (0.62, 0.46, 0.28))):
            x = at - side * (2.4 + 0.05 * k)
            clay.soft_box(
                (x - 0.35, QUAY_M + 0.42 * k, z - 0.5),
                (x + 0.35, QUAY_M + 0.42 * k + 0.38, z + 0.5),
                color,
                bevel=0.04,
            )
        clay.add(ball((at - side * 3.5, QUAY_M + 0.15, z - 1.6), (0.8, 0.34, 0.6), (0.20, 0.46, 0.40)))
    lamps = [
        street_lamp(lit=lit).moved((at - side * 1.6, QUAY_M, z))
        for z in np.arange(-9.0, -150.0, -20.0).tolist()
    ]
    return [clay.mesh(), *lamps]


def breakwater(side: float, *, lit: bool) -> list[Mesh]:
    """A mole that closes the basin, with a red and white light at its head."""
    clay = Clay()
    for x, z0 in ((86.0, -150.0), (86.0, -100.0)):
        a, b = sorted((side * (x - 3.0), side * (x + 3.0)))
        clay.soft_box((a, -3.0, z0), (b, 2.2, z0 + 52.0), (0.46, 0.44, 0.40), bevel=0.9)
    tower: list[Mesh] = []
    for k in range(5):
        low, high = 2.0 + 2.6 * k, 2.0 + 2.6 * (k + 1)
        r0, r1 = 2.3 - 0.2 * k, 2.3 - 0.2 * (k + 1)
        tower.append(
            turned(
                [(r0, low), (r1, high)], (0.80, 0.14, 0.10) if k % 2 == 0 else (0.94, 0.93, 0.90), sides=16
            )
        )
    tower.append(turned([(1.9, 15.0), (1.9, 15.3), (0.9, 15.3)], (0.20, 0.20, 0.22), sides=16))
    tower.append(turned([(0.95, 15.3), (0.95, 17.0)], (1.0, 0.88, 0.56), sides=12, glow=1.0 if lit else 0.2))
    tower.append(turned([(1.2, 17.0), (0.0, 18.4)], (0.70, 0.12, 0.10), sides=12))
    return [clay.mesh(), merge(tower).moved((side * 86.0, 0.0, -54.0), 0.0, 1.15)]
