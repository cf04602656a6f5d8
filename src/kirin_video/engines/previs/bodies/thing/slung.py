"""Seats that sway: a hammock in its stand, a swinging bench, a rocking chair."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact, Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, STEEL, WOOD, Rgb, paint_of, shade
from kirin_video.engines.previs.mesh import Mesh

_ROPE: Rgb = (0.84, 0.76, 0.60)
_LIES_M = 0.66
"""How high somebody lies in a hammock."""


def hammock(order: Order, kit: Assembly) -> Mechanism:
    """A striped cloth slung along x between the two arms of a wooden stand; it sways."""
    cloth = paint_of(order, "body", (0.80, 0.30, 0.24))
    for z in (-0.62, 0.62):
        kit.add(sweep([(-0.7, 0.05, z), (0.7, 0.05, z)], 0.05, WOOD, sides=8), gloss=0.3)
    kit.add(
        sweep([(-1.95, 1.46, 0.0), (-1.45, 0.42, 0.0), (-0.7, 0.08, 0.0), (0.0, 0.05, 0.0),
               (0.7, 0.08, 0.0), (1.45, 0.42, 0.0), (1.95, 1.46, 0.0)], 0.065, WOOD, sides=10, bend=5),
        gloss=0.3,
    )  # fmt: skip
    pivot = (0.0, 1.42, 0.0)
    bed = kit.bone("bed", pivot)
    for k in range(8):
        tone = CREAM if k % 2 else cloth
        kit.add(_stripe(k / 8.0, (k + 1) / 8.0, tone), bone=bed, gloss=0.05)
    for x in (-1.0, 1.0):
        for z in (-0.36, -0.18, 0.0, 0.18, 0.36):
            kit.add(
                sweep([(1.22 * x, _hangs(1.22) + 0.02, z), (1.9 * x, 1.40, 0.0)], 0.009, _ROPE, sides=5),
                bone=bed,
            )
        kit.add(
            sweep([(1.22 * x, _hangs(1.22), -0.42), (1.22 * x, _hangs(1.22), 0.42)], 0.02, WOOD), bone=bed
        )
    kit.add(ball((-0.86, _LIES_M + 0.13, 0.0), (0.15, 0.07, 0.27), CREAM), bone=bed, gloss=0.05)
    at = (0.0, _LIES_M, 0.0)
    across = math.pi / 2.0
    swing = Swing(bed, pivot, (1.0, 0.0, 0.0), 5.0, period_s=3.4)
    return _swaying(swing, at, (3.9, 1.3, 1.5), sides=(across, -across))


def _hangs(x: float) -> float:
    """How high the cloth is at a place along it: level in the middle, up to both ends."""
    return _LIES_M - 0.04 + 0.30 * max(abs(x) - 0.55, 0.0) ** 1.4


def _stripe(low: float, high: float, tone: Rgb) -> Mesh:
    """A stripe of the cloth between two shares of its width: a thin trough along x."""
    xs = np.linspace(-1.22, 1.22, 13)
    rings: list[list[Point]] = []
    for x in xs.tolist():
        y0 = _hangs(x)
        edge = [(x, y0 + 0.10 * (2.0 * s - 1.0) ** 2, 0.86 * (s - 0.5)) for s in np.linspace(low, high, 4)]
        under = [(a, b - 0.012, c) for a, b, c in reversed(edge)]
        rings.append([(float(a), float(b), float(c)) for a, b, c in (*edge, *under)])
    return loft(np.array(rings), tone, crease_deg=40.0)


def porch_swing(order: Order, kit: Assembly) -> Mechanism:
    """A bench of slats on chains from the beam of a frame; it swings along x."""
    wood = paint_of(order, "body", (0.90, 0.88, 0.84))
    frame, top = shade(WOOD, 0.9), 2.15
    for z in (-1.15, 1.15):
        for x in (-0.75, 0.75):
            kit.add(sweep([(x, 0.0, z), (0.0, top, 0.96 * z)], 0.05, frame, sides=8), gloss=0.25)
        kit.add(sweep([(-0.44, 0.9, 1.02 * z), (0.44, 0.9, 1.02 * z)], 0.035, frame, sides=8), gloss=0.25)
    kit.add(sweep([(0.0, top, -1.25), (0.0, top, 1.25)], 0.06, frame, sides=10), gloss=0.25)
    pivot = (0.0, top, 0.0)
    seat = kit.bone("seat", pivot)
    for k in range(5):
        x = -0.22 + 0.11 * k
        kit.add(box((x, 0.44, -0.72), (x + 0.095, 0.47, 0.72), wood, round_m=0.01), bone=seat, gloss=0.25)
    for k in range(13):
        z = -0.68 + 0.1133 * k
        slat = box((-0.012, 0.0, -0.035), (0.012, 0.44, 0.035), wood, round_m=0.008)
        kit.add(put(slat, (-0.24, 0.47, z), turn=[("z", 14.0)]), bone=seat, gloss=0.25)
    kit.add(put(box((-0.02, 0.42, -0.74), (0.02, 0.50, 0.74), wood, round_m=0.015), (-0.24, 0.47, 0.0),
                turn=[("z", 14.0)]), bone=seat, gloss=0.25)  # fmt: skip
    for z in (-0.74, 0.74):
        kit.add(
            box((-0.30, 0.66, z - 0.03), (0.30, 0.70, z + 0.03), wood, round_m=0.015),
            box((0.22, 0.44, z - 0.025), (0.27, 0.68, z + 0.025), wood, round_m=0.01),
            bone=seat,
            gloss=0.25,
        )
        for x in (-0.26, 0.26):
            kit.add(
                sweep(
                    [(x, 0.46, 1.03 * z), (0.0, 1.35, 1.03 * z), (0.0, top, 1.03 * z)], 0.012, STEEL, sides=5
                ),
                bone=seat,
            )
    at = (0.02, 0.47, 0.0)
    swing = Swing(seat, pivot, (0.0, 0.0, 1.0), 8.0, period_s=2.9)
    return _swaying(swing, at, (1.6, 2.5, 2.2), sides=(0.0,))


def rocking_chair(order: Order, kit: Assembly) -> Mechanism:
    """A wooden armchair with a tall slatted back on two curved runners; it rocks."""
    wood, reach = paint_of(order, "body", WOOD), 1.25
    pivot = (0.0, reach, 0.0)
    chair = kit.bone("chair", pivot)
    for z in (-0.27, 0.27):
        turns = np.linspace(-0.50, 0.40, 12).tolist()
        runner = [(reach * math.sin(a), reach * (1.0 - math.cos(a)) + 0.025, z) for a in turns]
        kit.add(sweep(runner, 0.026, wood, sides=8), bone=chair, gloss=0.35)
        kit.add(
            sweep([(0.22, 0.05, z), (0.23, 0.66, z)], 0.022, wood, sides=8),
            sweep([(-0.22, 0.05, z), (-0.23, 0.46, z), (-0.42, 1.14, z)], 0.022, wood, sides=8, bend=4),
            sweep([(-0.33, 0.68, z), (0.28, 0.67, z)], 0.026, wood, sides=8),
            bone=chair,
            gloss=0.35,
        )
    kit.add(
        box((-0.27, 0.43, -0.28), (0.27, 0.47, 0.28), wood, round_m=0.018, steps=2),
        box(
            (-0.24, 0.465, -0.24),
            (0.25, 0.505, 0.24),
            paint_of(order, "seat", (0.66, 0.32, 0.26)),
            round_m=0.02,
        ),
        bone=chair,
        gloss=0.2,
    )
    for k in range(6):
        z = -0.2 + 0.08 * k
        kit.add(sweep([(-0.25, 0.48, z), (-0.405, 1.08, z)], 0.011, wood, sides=6), bone=chair, gloss=0.35)
    for x, y in ((-0.405, 1.08), (-0.42, 1.14), (-0.25, 0.5)):
        kit.add(sweep([(x, y, -0.27), (x, y, 0.27)], 0.024, wood, sides=8), bone=chair, gloss=0.35)
    at = (0.0, 0.50, 0.0)
    return _swaying(Swing(chair, pivot, (0.0, 0.0, 1.0), 6.5, period_s=2.6), at, (1.0, 0.65, 1.16))


def _swaying(swing: Swing, at: Point, size: Point, *, sides: tuple[float, ...] = ()) -> Mechanism:
    """What stands while a part of it sways, with a place on that."""
    long, wide, tall = size
    return Mechanism(
        ride=Ride.STILL,
        hull=0,
        base_m=long,
        gauge_m=wide,
        height_m=tall,
        middle_m=0.5 * tall,
        swings=(swing,),
        contacts=(Contact(0, (0.0, 0.0, 0.0), 0.5 * max(long, wide), 0.5),),
        anchors=(
            ("head", 0, (0.0, 0.6 * tall, 0.0)),
            *((name, swing.bone, at) for name in ("saddle", "top", "seat")),
        ),
        sides=sides,
    )
