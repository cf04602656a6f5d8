"""Sailing boats."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Swing
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.plates import flank
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.machine.hulls import DECK, WOOD, Rgb, cloth, floating, hull
from kirin_video.engines.previs.bodies.machine.paint import GLASS
from kirin_video.engines.previs.bodies.order import Order


def sailboat(order: Order, kit: Assembly) -> Mechanism:
    """A sloop with a main sail and a jib that the wind fills."""
    paint = order.color("body") or (0.93, 0.92, 0.88)
    white: Rgb = order.color("sail") or (0.95, 0.93, 0.87)
    jib: Rgb = order.color("jib") or white
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    kit.add(
        hull(7.6, 2.3, 0.5, 0.72, ((0.20, 0.27, 0.38), paint, WOOD), bow=0.55, sheer=0.45),
        bone=body,
        gloss=0.5,
    )
    cabin = prism(
        rounded([(-0.6, 0.6), (1.7, 0.62), (1.1, 1.12), (-0.5, 1.14)], 0.12),
        -0.62,
        0.62,
        (0.93, 0.92, 0.88),
        round_m=0.10,
    )
    kit.add(cabin, bone=body, gloss=0.4)
    for k in range(3):
        kit.add(
            flank(-0.35 + 0.45 * k, -0.05 + 0.45 * k, 0.80, 0.98, 0.62, GLASS, round_m=0.08),
            bone=body,
            gloss=1.0,
        )
    kit.add(sweep([(0.75, 0.6, 0.0), (0.72, 9.6, 0.0)], [0.075, 0.045], WOOD, sides=12), bone=body, gloss=0.4)
    rig = kit.bone("boom", (0.74, 1.5, 0.0), body)
    kit.add(sweep([(0.7, 1.55, 0.0), (-3.0, 1.50, 0.42)], 0.05, WOOD, sides=10), bone=rig, gloss=0.4)
    kit.add(
        cloth(((0.62, 1.66, 0.0), (-2.92, 1.62, 0.40), (0.58, 9.4, 0.02)), 0.55, white),
        bone=rig,
        shades=False,
    )
    kit.add(
        cloth(((3.9, 1.25, 0.0), (1.0, 1.40, 0.30), (0.85, 8.3, 0.02)), 0.42, jib), bone=body, shades=False
    )
    for a, b in (
        ((3.95, 1.15, 0.0), (0.74, 8.5, 0.0)),
        ((-3.6, 0.95, 0.0), (0.72, 9.5, 0.0)),
        ((0.7, 0.8, 1.05), (0.72, 7.4, 0.0)),
        ((0.7, 0.8, -1.05), (0.72, 7.4, 0.0)),
    ):
        kit.add(sweep([a, b], 0.012, (0.25, 0.25, 0.27), sides=4), bone=body, shades=False)
    kit.add(
        sweep([(-3.1, 0.95, 0.0), (-2.3, 1.05, 0.12)], 0.03, WOOD, sides=6),
        box((-2.9, 0.62, -0.75), (-1.0, 0.80, -0.45), DECK, round_m=0.03),
        box((-2.9, 0.62, 0.45), (-1.0, 0.80, 0.75), DECK, round_m=0.03),
        bone=body,
    )
    pennant = kit.bone("pennant", (0.72, 9.6, 0.0), body)
    kit.add(
        cloth(((0.7, 9.30, 0.0), (0.0, 9.42, 0.05), (0.7, 9.55, 0.0)), 0.05, (0.80, 0.15, 0.12)),
        bone=pennant,
        shades=False,
    )
    swings = (
        Swing(rig, (0.74, 1.5, 0.0), (0.0, 1.0, 0.0), 2.5, period_s=4.7),
        Swing(pennant, (0.72, 9.4, 0.0), (0.0, 1.0, 0.0), 16.0, period_s=0.9),
    )
    return floating(body, 7.6, 2.3, 9.6, 3.2, swings=swings, deck=0.62)
