"""Fences and bridges."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import shade, still


def fence(order: Order, kit: Assembly) -> Mechanism:
    """A picket fence, or a single board (``board``)."""
    paint = order.color("body") or (0.92, 0.90, 0.85)
    if bool(order.kind.shape.get("board", False)):
        kit.add(box((-0.02, 0.0, -0.18), (0.02, 1.2, 0.18), paint, round_m=0.01), gloss=0.2)
        return still(0.05, 0.36, 1.2)
    for k in range(15):
        z = -1.4 + 0.2 * k
        picket = rounded([(-0.05, 0.05), (0.05, 0.05), (0.05, 0.9), (0.0, 1.0), (-0.05, 0.9)], 0.01, 2)
        kit.add(
            put(prism(picket, -0.012, 0.012, paint, round_m=0.004), (0.0, 0.0, z), turn=[("y", 90.0)]),
            gloss=0.1,
        )
    for y in (0.28, 0.68):
        kit.add(box((-0.045, y, -1.5), (-0.015, y + 0.08, 1.5), shade(paint, 0.92), round_m=0.008))
    return still(0.1, 3.0, 1.0)


def bridge(order: Order, kit: Assembly) -> Mechanism:
    """An arched bridge of stone; the way over it is x."""
    stone = order.color("body") or (0.62, 0.58, 0.52)
    half, wide, rise = 7.0, 1.8, 1.5
    xs = np.linspace(-half, half, 25)
    deck = 1.2 + rise * (1.0 - (xs / half) ** 2)
    arch = [(3.6 * math.cos(a), 2.1 * math.sin(a)) for a in np.linspace(math.pi, 0.0, 17)]
    outline = [
        (-half, -0.4),
        (-3.6, -0.4),
        *arch,
        (3.6, -0.4),
        (half, -0.4),
        *zip(xs[::-1].tolist(), deck[::-1].tolist(), strict=True),
    ]
    kit.add(prism(outline, -wide, wide, stone, round_m=0.04))
    for side in (1.0, -1.0):
        wall = [
            *zip(xs.tolist(), (deck - 0.05).tolist(), strict=True),
            *zip(xs[::-1].tolist(), (deck[::-1] + 0.5).tolist(), strict=True),
        ]
        kit.add(prism(wall, side * wide - 0.18, side * wide + 0.18, shade(stone, 1.08), round_m=0.05))
        for a in np.linspace(0.12, math.pi - 0.12, 13).tolist():
            block = box((-0.22, 0.0, -0.06), (0.22, 0.5, 0.06), shade(stone, 0.82), round_m=0.04)
            kit.add(
                put(
                    block,
                    (3.6 * math.cos(a), 2.1 * math.sin(a), side * (wide + 0.02)),
                    turn=[("z", math.degrees(a) - 90.0)],
                )
            )
    return still(14.0, 4.0, 3.2, tops=(("saddle", (0.0, 2.7, 0.0)), ("top", (0.0, 2.7, 0.0))))
