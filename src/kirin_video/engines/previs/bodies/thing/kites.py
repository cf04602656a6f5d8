"""Kites: they hang on a line that leads down to the ground, and their tails wave."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, WOOD, Rgb, paint_of

_LEAN_DEG = 32.0
"""How far a kite leans back against the wind."""


def kite(order: Order, kit: Assembly) -> Mechanism:
    """A diamond of four fields with a tail of bows; its face looks along x and down, its line goes to the ground."""
    first = paint_of(order, "body", (0.85, 0.18, 0.14))
    second = paint_of(order, "patches", (0.96, 0.76, 0.18))
    tall, half = 1.3, 0.5
    low, high = -0.8, 0.5
    fields: list[tuple[list[tuple[float, float]], Rgb]] = [
        ([(0.0, 0.0), (half, 0.0), (0.0, high)], first),
        ([(0.0, 0.0), (0.0, high), (-half, 0.0)], second),
        ([(0.0, 0.0), (-half, 0.0), (0.0, low)], first),
        ([(0.0, 0.0), (0.0, low), (half, 0.0)], second),
    ]
    top = (0.0, 3.7, 0.0)
    hull = kit.bone("hull", top)
    lean = [("z", _LEAN_DEG)]
    for rim, color in fields:
        kit.add(
            put(prism(rim, -0.008, 0.008, color, axis="x"), top, turn=lean),
            bone=hull,
            gloss=0.2,
            shades=False,
        )
    kit.add(
        put(box((-0.02, low, -0.012), (-0.008, high, 0.012), WOOD, round_m=0.004), top, turn=lean), bone=hull
    )
    kit.add(
        put(box((-0.02, -0.012, -half), (-0.008, 0.012, half), WOOD, round_m=0.004), top, turn=lean),
        bone=hull,
    )
    slope = math.radians(_LEAN_DEG)
    foot = (top[0] - low * math.sin(slope), top[1] + low * math.cos(slope), 0.0)
    swings: list[Swing] = []
    parent, at = hull, foot
    for k in range(5):
        bone = kit.bone("tail", at, parent)
        after = (at[0] - 0.16, at[1] - 0.26, 0.0)
        kit.add(sweep([at, after], 0.008, CREAM, sides=5), bone=bone, shades=False)
        for s in (1.0, -1.0):
            bow = prism(
                [(0.0, -0.01), (s * 0.13, -0.06), (s * 0.13, 0.06), (0.0, 0.01)][:: int(s)],
                -0.006,
                0.006,
                (first, second)[k % 2],
                axis="x",
            )
            kit.add(put(bow, after), bone=bone, shades=False)
        swings.append(Swing(bone, at, (1.0, 0.0, 0.0), 16.0, period_s=1.7, phase=-0.14 * k))
        parent, at = bone, after
    line = [(0.05, 3.65, 0.0), (0.75, 2.5, 0.0), (1.35, 1.3, 0.0), (1.75, 0.0, 0.0)]
    kit.add(sweep(line, 0.006, CREAM, sides=5, bend=4), bone=hull, shades=False)
    return Mechanism(
        Ride.BALLOON, hull, 1.0, 1.0, 0.6, 3.7 + high, 3.7 - 0.5 * tall, swings=tuple(swings),
        anchors=(("head", hull, top), ("top", hull, top), ("line", hull, line[-1])),
        sides=(-0.75, 0.75),
    )  # fmt: skip
