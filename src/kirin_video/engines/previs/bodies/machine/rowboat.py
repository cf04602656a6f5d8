"""Rowing boats and canoes."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Swing
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.machine.hulls import DECK, WOOD, floating, hull
from kirin_video.engines.previs.bodies.machine.paint import shade
from kirin_video.engines.previs.bodies.order import Order


def rowboat(order: Order, kit: Assembly) -> Mechanism:
    """A small open boat with oars, or a slim canoe (``canoe``)."""
    canoe = bool(order.kind.shape.get("canoe", False))
    paint = order.color("body") or WOOD
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    length, beam = (4.6, 0.85) if canoe else (3.9, 1.45)
    inside = shade(WOOD, 1.15)
    kit.add(
        hull(
            length,
            beam,
            0.16,
            0.42,
            (shade(paint, 0.62), paint, inside),
            bow=0.6,
            stern=0.05 if canoe else 0.62,
            sheer=0.6 if canoe else 0.4,
            full=0.5,
            deck_low=0.36,
            deck=inside,
        ),
        bone=body,
        gloss=0.3,
    )
    for x in (-1.0, 0.9) if canoe else (-1.15, 0.0, 1.05):
        wide = 0.42 * beam * (1.0 if abs(x) < 0.5 else 0.84)
        kit.add(box((x - 0.13, 0.28, -wide), (x + 0.13, 0.33, wide), DECK, round_m=0.02), bone=body)
    if canoe:
        kit.add(
            sweep([(-0.2, 0.46, -0.5), (0.5, 0.5, 0.75)], 0.018, DECK, sides=6),
            ball((0.56, 0.5, 0.86), (0.09, 0.02, 0.17), DECK, level=2),
            bone=body,
        )
        return floating(body, length, beam, 0.6, 1.8, deck=0.33)
    swings: list[Swing] = []
    for side in (1.0, -1.0):
        lock = (-0.25, 0.47, side * 0.70)
        oar = kit.bone("oar", lock, body)
        kit.add(
            sweep([(-0.12, 0.58, side * 0.08), lock, (-0.55, 0.06, side * 1.85)], 0.023, DECK, sides=8),
            bone=oar,
        )
        blade = ball((-0.62, -0.02, side * 2.08), (0.09, 0.06, 0.28), DECK, level=2)
        kit.add(blade, bone=oar)
        swings += [Swing(oar, lock, (0.0, 1.0, 0.0), side * 24.0, stride_m=2.2)]
    return floating(body, length, beam, 0.6, 1.5, swings=tuple(swings), deck=0.33)
