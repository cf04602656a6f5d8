"""Cups and bottles."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glaze import blue_and_white, is_painted
from kirin_video.engines.previs.bodies.thing.standing import CREAM, paint_of, shade, still


def cup(order: Order, kit: Assembly) -> Mechanism:
    """A cup of coffee with its handle, on a saucer."""
    paint, drink = paint_of(order, "body", CREAM), paint_of(order, "drink", (0.20, 0.11, 0.06))
    wall = [
        (0.0, 0.012),
        (0.026, 0.012),
        (0.030, 0.016),
        (0.036, 0.03),
        (0.041, 0.06),
        (0.043, 0.090),
        (0.0425, 0.0925),
        (0.040, 0.0925),
        (0.039, 0.088),
        (0.036, 0.05),
        (0.0, 0.045),
    ]
    line = softened(wall, 3)
    kit.add(lathe(line, paint, sides=44, crease_deg=60.0), gloss=0.7)
    if is_painted(order):
        blue_and_white(kit, line, 0.03, 0.085)
    kit.add(
        disc((0.0, 0.080, 0.0), 0.0388, drink, axis="y", sides=40),
        disc((0.002, 0.0805, 0.004), 0.021, shade(drink, 2.2), axis="y", sides=24),
        gloss=0.6,
    )
    kit.add(
        sweep(
            [
                (0.038, 0.078, 0.0),
                (0.062, 0.080, 0.0),
                (0.070, 0.058, 0.0),
                (0.056, 0.036, 0.0),
                (0.036, 0.034, 0.0),
            ],
            0.0055,
            paint,
            sides=12,
            bend=6,
        ),
        gloss=0.7,
    )
    kit.add(
        lathe(
            [
                (0.0, 0.0),
                (0.045, 0.0),
                (0.072, 0.010),
                (0.078, 0.016),
                (0.076, 0.018),
                (0.045, 0.008),
                (0.0, 0.008),
            ],
            paint,
            sides=48,
            crease_deg=60.0,
        ),
        gloss=0.7,
    )
    return still(0.15, 0.15, 0.095)


def bottle(order: Order, kit: Assembly) -> Mechanism:
    """A bottle with a label and a cork."""
    glass = paint_of(order, "body", (0.10, 0.28, 0.15))
    kit.add(
        lathe(
            [
                (0.0, 0.006),
                (0.03, 0.0),
                (0.037, 0.006),
                (0.038, 0.02),
                (0.038, 0.18),
                (0.035, 0.205),
                (0.018, 0.235),
                (0.0145, 0.25),
                (0.0145, 0.295),
                (0.017, 0.297),
                (0.017, 0.31),
                (0.0, 0.31),
            ],
            glass,
            sides=36,
            crease_deg=50.0,
        ),
        gloss=1.0,
    )
    kit.add(
        lathe(
            [(0.0384, 0.06), (0.0386, 0.061), (0.0386, 0.149), (0.0384, 0.15)],
            paint_of(order, "label", CREAM),
            sides=36,
        ),
        lathe([(0.0388, 0.125), (0.0388, 0.135)], (0.75, 0.58, 0.25), sides=36),
        lathe([(0.0, 0.305), (0.012, 0.305), (0.012, 0.325), (0.0, 0.326)], (0.66, 0.50, 0.34), sides=18),
        gloss=0.2,
    )
    return still(0.076, 0.076, 0.325)
