"""Snowmen."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, still


def snowman(order: Order, kit: Assembly) -> Mechanism:
    """A snowman with a carrot, a scarf and a hat."""
    snow, scarf = order.color("body") or (0.95, 0.96, 0.98), order.color("scarf") or (0.78, 0.14, 0.13)
    for y, r in ((0.42, 0.46), (1.02, 0.33), (1.47, 0.23)):
        kit.add(ball((0.0, y, 0.0), r, snow))
    kit.add(
        lathe(
            [(0.05, 0.0), (0.03, 0.14), (0.0, 0.26)],
            (0.93, 0.48, 0.12),
            axis="x",
            at=(0.2, 1.46, 0.0),
            sides=14,
        ),
        lathe(
            [(0.0, 1.64), (0.26, 1.64), (0.26, 1.67), (0.17, 1.68), (0.16, 1.93), (0.0, 1.94)], DARK, sides=26
        ),
        lathe([(0.168, 1.69), (0.172, 1.7), (0.168, 1.76)], scarf, sides=26),
        gloss=0.2,
    )
    kit.add(
        lathe([(0.19, 1.22), (0.27, 1.25), (0.26, 1.32), (0.18, 1.33)], scarf, sides=28, crease_deg=70.0),
        box((0.24, 0.92, 0.08), (0.30, 1.28, 0.20), scarf, round_m=0.025),
    )
    for z in (-0.08, 0.08):
        kit.add(ball((0.205, 1.54, z), 0.028, DARK, level=2), gloss=0.6)
    for k in range(5):
        kit.add(ball((0.215, 1.385 - 0.018 * math.cos(1.3 * (k - 2)), 0.05 * (k - 2)), 0.014, DARK, level=1))
    for y, x in ((0.9, 0.315), (1.04, 0.335), (0.62, 0.425)):
        kit.add(ball((x, y, 0.0), 0.028, DARK, level=2))
    for s in (1.0, -1.0):
        kit.add(
            sweep(
                [(0.0, 1.08, s * 0.28), (0.05, 1.25, s * 0.62), (0.06, 1.42, s * 0.8)],
                [0.022, 0.016, 0.01],
                (0.30, 0.20, 0.12),
                sides=6,
            ),
            sweep([(0.05, 1.25, s * 0.62), (0.0, 1.36, s * 0.66)], 0.01, (0.30, 0.20, 0.12), sides=5),
        )
    return still(0.9, 0.9, 1.94)
