"""Houses and tents."""

# ruff: noqa: PLR0913, PLR0917 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, WOOD, shade, still

Rgb = tuple[float, float, float]
PANE: Rgb = (0.16, 0.24, 0.32)
_LAMPLIT: tuple[Rgb, float] = (0.98, 0.72, 0.30), 0.9
"""Panes with a lamp behind them, and how much they glow."""
STONE: Rgb = (0.62, 0.59, 0.54)


def house(order: Order, kit: Assembly) -> Mechanism:
    """A house with a gabled roof; its front looks along x."""
    wall, roof, door = (
        order.color("body") or CREAM,
        order.color("roof") or (0.66, 0.27, 0.20),
        order.color("door") or WOOD,
    )
    pane, glow = _LAMPLIT if "cozy" in order.subject.traits else (PANE, 0.2)
    half, wide, eaves, ridge = 3.2, 4.0, 3.0, 5.4
    gable = [(-half, 0.0), (half, 0.0), (half, eaves), (0.0, ridge), (-half, eaves)]
    kit.add(
        prism(gable, -wide, wide, wall, round_m=0.03),
        box((-half - 0.08, -0.1, -wide - 0.08), (half + 0.08, 0.35, wide + 0.08), STONE, round_m=0.03),
        gloss=0.05,
    )
    slope = math.hypot(half, ridge - eaves)
    for s in (1.0, -1.0):
        slab = box((-0.55, -0.02, -wide - 0.45), (slope + 0.06, 0.16, wide + 0.45), roof, round_m=0.05)
        angle = math.degrees(math.atan2(ridge - eaves, half))
        kit.add(
            put(
                slab, (s * half, eaves, 0.0), turn=[("z", angle)] if s < 0.0 else [("z", angle), ("y", 180.0)]
            ),
            gloss=0.1,
        )
        for k in range(7):
            row = box(
                (0.1 + 0.55 * k, 0.13, -wide - 0.44),
                (0.2 + 0.55 * k, 0.19, wide + 0.44),
                shade(roof, 0.8),
                round_m=0.02,
            )
            kit.add(
                put(
                    row,
                    (s * half, eaves, 0.0),
                    turn=[("z", angle)] if s < 0.0 else [("z", angle), ("y", 180.0)],
                )
            )
    kit.add(
        box((-1.5, 4.0, 1.4), (-0.7, 6.2, 2.2), (0.60, 0.33, 0.26), round_m=0.04),
        box((-1.58, 6.15, 1.32), (-0.62, 6.35, 2.28), STONE, round_m=0.03),
    )
    for z in (-2.4, 2.4):
        window_of(kit, half, 1.0, 2.3, z, 0.62, pane, glow)
    kit.add(
        box((half - 0.02, 0.3, -0.62), (half + 0.08, 2.5, 0.62), (0.93, 0.92, 0.9), round_m=0.02),
        box((half + 0.02, 0.32, -0.5), (half + 0.12, 2.38, 0.5), door, round_m=0.03),
        ball((half + 0.15, 1.3, 0.36), 0.05, (0.8, 0.65, 0.3), level=1),
        box((half - 0.1, 0.0, -0.9), (half + 1.0, 0.18, 0.9), STONE, round_m=0.03),
        box((half - 0.1, 0.0, -0.8), (half + 0.6, 0.33, 0.8), STONE, round_m=0.03),
        gloss=0.2,
    )
    for x in (-1.6, 1.6):
        kit.add(
            flank(x - 0.55, x + 0.55, 1.0, 2.2, wide, (0.93, 0.92, 0.9), round_m=0.0, lift=0.05), gloss=0.1
        )
        kit.add(
            flank(x - 0.46, x - 0.03, 1.09, 2.11, wide, pane, round_m=0.0, lift=0.07, glow=glow),
            flank(x + 0.03, x + 0.46, 1.09, 2.11, wide, pane, round_m=0.0, lift=0.07, glow=glow),
            gloss=0.9,
        )
    kit.add(
        flank(-0.5, 0.5, 3.2, 4.2, wide, (0.93, 0.92, 0.9), round_m=0.3, lift=0.05),
        flank(-0.41, 0.41, 3.29, 4.11, wide, pane, round_m=0.25, lift=0.07, glow=glow),
        gloss=0.7,
    )
    for z in (-3.3, -2.7, 2.7, 3.3):
        kit.add(ball((half + 0.5, 0.25, z), (0.4, 0.42, 0.4), (0.28, 0.42, 0.18), level=2))
    return still(7.5, 8.9, 6.3)


def window_of(
    kit: Assembly, x: float, y0: float, y1: float, z: float, half: float, pane: Rgb = PANE, glow: float = 0.2
) -> None:
    """A window of four panes on a wall."""
    kit.add(
        front(
            x, y0 - 0.1, y1 + 0.1, z - half - 0.1, z + half + 0.1, (0.93, 0.92, 0.9), round_m=0.0, lift=0.05
        ),
        gloss=0.1,
    )
    for a, b in ((z - half, z - 0.03), (z + 0.03, z + half)):
        for low, high in ((y0, (y0 + y1) / 2.0 - 0.03), ((y0 + y1) / 2.0 + 0.03, y1)):
            kit.add(front(x, low, high, a, b, pane, round_m=0.0, lift=0.07, glow=glow), gloss=0.9)


def tent(order: Order, kit: Assembly) -> Mechanism:
    """A camping tent."""
    cloth = order.color("body") or (0.90, 0.48, 0.14)
    kit.add(
        put(
            prism([(-1.2, 0.0), (1.2, 0.0), (0.06, 1.5), (-0.06, 1.5)], -1.5, 1.5, cloth, round_m=0.05),
            turn=[("y", 90.0)],
        ),
        gloss=0.15,
    )
    kit.add(
        put(
            prism([(-0.5, 0.0), (0.5, 0.0), (0.0, 1.25)], 0.0, 0.03, shade(cloth, 0.35)),
            (1.49, 0.0, 0.0),
            turn=[("y", 90.0)],
        )
    )
    for z in (1.75, -1.75):
        for x in (1.5, -1.5):
            kit.add(
                sweep([(x, 1.45 * 0.3, z * 0.56), (x * 1.15, 0.0, z)], 0.012, CREAM, sides=4), shades=False
            )
    return still(3.0, 2.4, 1.5)
