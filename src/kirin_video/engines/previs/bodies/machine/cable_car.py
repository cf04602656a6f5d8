"""Cable cars: a cabin with windows all round that hangs from a cable, which climbs ahead of it."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.plates import flank, front, rear
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.hard.turned import ring
from kirin_video.engines.previs.bodies.machine.flying import flies
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order

RISE = 0.26
"""Metres that the cable climbs for every metre ahead."""
_HALF_CABLE_M, _GRIP_M, _APART_M = 70.0, 4.15, 3.4
"""How far the cable goes both ways, its height over the cabin's floor, and how far off the one back is."""
_HALF_L, _HALF_W, _TALL = 1.55, 1.15, 2.35


def cable_car(order: Order, kit: Assembly) -> Mechanism:
    """The cabin and its hanger on the cable, and the second cable, which leads back."""
    paint = order.color("body") or (0.80, 0.12, 0.10)
    cable = kit.bone("cable", (0.0, _GRIP_M, 0.0))
    cabin = kit.bone("cabin", (0.0, _GRIP_M, 0.0), cable)
    for z in (0.0, _APART_M):
        ends = [(s * _HALF_CABLE_M, _GRIP_M + s * _HALF_CABLE_M * RISE, z) for s in (-1.0, 1.0)]
        kit.add(sweep(ends, 0.045, (0.13, 0.13, 0.14), sides=8), bone=cable, gloss=0.5, shades=False)
    _cabin(kit, cabin, paint, order.color("stripe") or (0.95, 0.95, 0.93))
    _hanger(kit, cabin)
    swing = Swing(cabin, (0.0, _GRIP_M, 0.0), (0.0, 0.0, 1.0), 1.3, period_s=3.6)
    made = flies(Ride.CABLE, cable, 2.0 * _HALF_L, 2.0 * _HALF_W, 4.2, _GRIP_M, head=(0.0, 1.4, 0.0))
    return replace(made, swings=(swing,), about=(cabin,), lines=(cable,))


def _cabin(
    kit: Assembly, cabin: int, paint: tuple[float, float, float], stripe: tuple[float, float, float]
) -> None:
    """Round at its corners, glass above its waist, a door in its side."""
    outline = rounded(
        [
            (_HALF_L - 0.12, 0.0),
            (_HALF_L, 0.95),
            (_HALF_L - 0.20, _TALL),
            (-_HALF_L + 0.20, _TALL),
            (-_HALF_L, 0.95),
            (-_HALF_L + 0.12, 0.0),
        ],
        0.24,
    )
    kit.add(prism(outline, -_HALF_W, _HALF_W, paint, round_m=0.14), bone=cabin, gloss=0.6)
    kit.add(
        flank(-_HALF_L + 0.16, _HALF_L - 0.16, 0.72, 0.92, _HALF_W, stripe, round_m=0.04, lift=0.008),
        bone=cabin,
        gloss=0.4,
    )
    for x in (-1.30, -0.42, 0.46):
        kit.add(
            flank(x, x + 0.80, 1.02, 2.12, _HALF_W, GLASS, round_m=0.10, lift=0.02), bone=cabin, gloss=1.0
        )
    wide = _HALF_W - 0.18
    kit.add(
        front(_HALF_L - 0.02, 1.05, 2.10, -wide, wide, GLASS, round_m=0.12, lift=0.03, lean=-0.15),
        rear(-_HALF_L + 0.02, 1.05, 2.10, -wide, wide, GLASS, round_m=0.12, lift=0.03, lean=0.15),
        bone=cabin,
        gloss=1.0,
    )
    kit.add(
        box(
            (-_HALF_L + 0.3, _TALL - 0.02, -0.8),
            (_HALF_L - 0.3, _TALL + 0.10, 0.8),
            shade(paint, 0.75),
            round_m=0.04,
        ),
        box((-_HALF_L + 0.2, -0.10, -0.9), (_HALF_L - 0.2, 0.02, 0.9), DARK, round_m=0.03),
        bone=cabin,
    )


def _hanger(kit: Assembly, cabin: int) -> None:
    """The arm that holds the cabin, and the trolley that runs on the cable."""
    arm = [(0.0, _TALL, 0.0), (0.0, _TALL + 0.7, -0.22), (0.0, _GRIP_M - 0.25, -0.22), (0.0, _GRIP_M, 0.0)]
    kit.add(sweep(arm, 0.085, STEEL, sides=10, bend=4), bone=cabin, gloss=0.8)
    for s in (-1.0, 1.0):
        brace = [(s * 0.95, _TALL + 0.05, 0.0), (0.0, _TALL + 0.75, -0.2)]
        kit.add(sweep(brace, 0.045, STEEL, sides=8), bone=cabin, gloss=0.8)
    kit.add(
        box((-0.75, _GRIP_M - 0.12, -0.13), (0.75, _GRIP_M + 0.10, -0.05), (0.22, 0.23, 0.25), round_m=0.03),
        bone=cabin,
        gloss=0.5,
    )
    for x in (-0.55, -0.18, 0.18, 0.55):
        at = (x, _GRIP_M + 0.12 + x * RISE, 0.0)
        kit.add(ring(at, 0.09, 0.04, DARK, sides=18), bone=cabin, gloss=0.5)
