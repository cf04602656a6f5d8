"""Shopping trolleys: a basket of wire on four castors, with a few things in it."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.paint import DARK
from kirin_video.engines.previs.bodies.machine.rolling import driven, rolling
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
_LOW_M, _HIGH_M = 0.44, 0.92
_FLOOR = ((0.36, 0.19), (-0.30, 0.21))
_RIM = ((0.50, 0.24), (-0.40, 0.28))
"""Front and back end of the basket's floor and rim: x, and half the width."""


def trolley(order: Order, kit: Assembly) -> Mechanism:
    """A shopping trolley; whoever pushes it is behind, at -x."""
    wire = order.color("body") or (0.72, 0.73, 0.75)
    body = kit.bone("hull", (0.0, 0.3, 0.0))
    levels = np.linspace(0.0, 1.0, 6)
    for t in levels.tolist():
        ring = _ring(t)
        kit.add(
            sweep([*ring, ring[0]], 0.013 if t in {0.0, 1.0} else 0.006, wire, sides=6), bone=body, gloss=0.8
        )
    low, high = _ring(0.0), _ring(1.0)
    for k in range(4):
        for t in np.linspace(0.0, 1.0, 7 if k % 2 else 5)[:-1].tolist():
            foot, head = (_between(r[k], r[(k + 1) % 4], t) for r in (low, high))
            kit.add(sweep([foot, head], 0.006, wire, sides=5), bone=body, gloss=0.8)
    for t in np.linspace(0.1, 0.9, 6).tolist():
        kit.add(
            sweep([_between(low[0], low[3], t), _between(low[1], low[2], t)], 0.006, wire, sides=5), bone=body
        )
    for side in (1.0, -1.0):
        kit.add(
            sweep(
                [(0.40, 0.12, side * 0.20), (-0.30, 0.14, side * 0.24), (-0.33, _LOW_M, side * 0.23)],
                0.014,
                wire,
                bend=4,
            ),
            sweep([(-0.40, _HIGH_M, side * 0.27), (-0.54, 1.0, side * 0.25)], 0.014, wire),
            bone=body,
            gloss=0.8,
        )
    kit.add(
        sweep([(-0.54, 1.0, -0.27), (-0.54, 1.0, 0.27)], 0.022, (0.80, 0.16, 0.14), sides=12),
        bone=body,
        gloss=0.5,
    )
    _shopping(kit, body)
    wheels = rolling(kit, (-0.30, 0.40), 0.065, 0.23, wide=0.035, rim=DARK, spokes=5)
    return driven(kit, body, wheels, 1.05, 0.56, 1.2, head=(0.2, 0.9, 0.0), top=(0.05, _LOW_M + 0.02, 0.0))


def _ring(t: float) -> list[tuple[float, float, float]]:
    """The four corners of the basket so far up, from the front right one round."""
    (x0, a0), (x1, a1) = _FLOOR
    (u0, b0), (u1, b1) = _RIM
    y = _LOW_M + (_HIGH_M - _LOW_M) * t
    front, back = x0 + (u0 - x0) * t, x1 + (u1 - x1) * t
    ahead, behind = a0 + (b0 - a0) * t, a1 + (b1 - a1) * t
    return [(front, y, ahead), (front, y, -ahead), (back, y, -behind), (back, y, behind)]


def _between(
    a: tuple[float, float, float], b: tuple[float, float, float], t: float
) -> tuple[float, float, float]:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t


def _shopping(kit: Assembly, body: int) -> None:
    """A packet, a bottle, bread, fruit and greens."""
    y = _LOW_M + 0.02
    kit.add(
        box((-0.22, y, -0.14), (-0.10, y + 0.34, 0.04), (0.94, 0.72, 0.20), round_m=0.01),
        bone=body,
        gloss=0.4,
    )
    kit.add(
        box((-0.05, y, 0.03), (0.14, y + 0.20, 0.15), (0.24, 0.46, 0.70), round_m=0.01), bone=body, gloss=0.4
    )
    bottle = [(0.0, y), (0.042, y), (0.042, y + 0.22), (0.016, y + 0.30), (0.016, y + 0.36), (0.0, y + 0.36)]
    kit.add(lathe(bottle, (0.30, 0.62, 0.34), at=(0.22, 0.0, -0.06), sides=16), bone=body, gloss=0.9)
    kit.add(
        sweep([(-0.06, y + 0.06, -0.12), (0.10, y + 0.44, -0.10)], 0.034, (0.82, 0.58, 0.30), sides=10),
        bone=body,
    )
    for x, z, tone in (
        (0.0, -0.02, (0.84, 0.22, 0.16)),
        (0.07, -0.08, (0.92, 0.56, 0.14)),
        (0.26, 0.08, (0.40, 0.64, 0.22)),
    ):
        kit.add(ball((x, y + 0.05, z), 0.05, tone, level=2), bone=body, gloss=0.4)
