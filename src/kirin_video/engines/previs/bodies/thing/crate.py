"""Boxes and gifts."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import top
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import paint_of, shade, still


def crate(order: Order, kit: Assembly) -> Mechanism:
    """A gift with a ribbon (``gift``) or a cardboard box."""
    paint = paint_of(order, "body", (0.70, 0.52, 0.33))
    kit.add(box((-0.25, 0.0, -0.25), (0.25, 0.4, 0.25), paint, round_m=0.012), gloss=0.1)
    if bool(order.kind.shape.get("gift", False)):
        band = paint_of(order, "ribbon", (0.93, 0.80, 0.30))
        kit.add(
            box((-0.254, 0.0, -0.04), (0.254, 0.404, 0.04), band, round_m=0.004),
            box((-0.04, 0.0, -0.254), (0.04, 0.404, 0.254), band, round_m=0.004),
            gloss=0.6,
        )
        for s in (1.0, -1.0):
            kit.add(
                put(
                    ball((0.0, 0.0, 0.0), (0.05, 0.055, 0.12), band, level=2),
                    (0.0, 0.45, s * 0.10),
                    turn=[("x", s * 28.0)],
                ),
                gloss=0.6,
            )
    else:
        kit.add(
            top(-0.25, 0.25, 0.4, -0.03, 0.03, shade(paint, 1.2), round_m=0.0, lift=0.002),
            top(-0.25, 0.25, 0.4, -0.002, 0.002, shade(paint, 0.5), round_m=0.0, lift=0.003),
        )
    return still(0.5, 0.5, 0.4)
