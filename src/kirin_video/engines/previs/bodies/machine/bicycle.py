"""Bicycles, and what all on two wheels share."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.body import Contact, Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import ring
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, wire_wheel
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
DARK: Rgb = (0.06, 0.06, 0.065)
SADDLE: Rgb = (0.22, 0.13, 0.08)


def ridden(
    wheels: tuple[Wheel, ...],
    base: float,
    speed: float,
    saddle: tuple[float, float, float],
    grip: tuple[float, float, float],
    pedals: tuple[tuple[int, Point], tuple[int, Point]],
) -> Mechanism:
    """A mechanism with places for a rider: a saddle, a bar, rests for the left and the right foot."""
    return Mechanism(
        ride=Ride.CYCLE,
        hull=1,
        base_m=base,
        gauge_m=0.4,
        speed=speed,
        height_m=1.0,
        middle_m=0.5,
        wheels=wheels,
        contacts=(
            *(Contact(0, (w.pivot[0], 0.0, 0.0), 0.28, 0.6) for w in wheels),
            Contact(0, (0.0, 0.0, 0.0), 0.5, 0.25),
        ),
        anchors=(
            ("saddle", 1, saddle),
            ("seat", 1, saddle),
            ("hand_r", 1, grip),
            ("hand_l", 1, (grip[0], grip[1], -grip[2])),
            *((name, *rest) for name, rest in zip(("foot_l", "foot_r"), pedals, strict=True)),
            ("head", 1, (grip[0], grip[1] - 0.1, 0.0)),
            ("top", 1, saddle),
        ),
    )


def bicycle(order: Order, kit: Assembly) -> Mechanism:
    """A bicycle of steel tubes; its saddle waits for a rider."""
    paint = order.color("body") or (0.1, 0.6, 0.6)
    hull = kit.bone("hull", (0.0, 0.0, 0.0))
    r = 0.345
    back, fore = (-0.52, r, 0.0), (0.52, r, 0.0)
    crank, seat, head, low = (-0.07, 0.29, 0.0), (-0.22, 0.86, 0.0), (0.33, 0.88, 0.0), (0.38, 0.72, 0.0)
    for a, b, thick in ((crank, seat, 0.017), (seat, head, 0.017), (crank, low, 0.021), (head, low, 0.021)):
        kit.add(sweep([a, b], thick, paint, sides=10), bone=hull, gloss=0.6)
    for z in (0.055, -0.055):
        for a, b in ((crank, back), ((-0.20, 0.80, 0.0), back)):
            kit.add(
                sweep([(a[0], a[1], z * 0.5), (b[0], b[1], z)], 0.0105, paint, sides=8), bone=hull, gloss=0.6
            )
        kit.add(
            sweep(
                [(low[0] + 0.01, low[1] - 0.02, z * 0.9), (0.43, 0.55, z), (fore[0], fore[1], z)],
                0.012,
                paint,
                sides=8,
                bend=4,
            ),
            bone=hull,
            gloss=0.6,
        )
    kit.add(sweep([seat, (-0.245, 0.97, 0.0)], 0.013, STEEL, sides=8), bone=hull, gloss=0.9)
    kit.add(
        ball((-0.30, 0.985, 0.0), (0.10, 0.035, 0.085), SADDLE, level=2),
        ball((-0.16, 0.985, 0.0), (0.13, 0.025, 0.035), SADDLE, level=2),
        bone=hull,
        gloss=0.3,
    )
    kit.add(
        sweep([head, (0.31, 1.0, 0.0), (0.37, 1.02, 0.0)], 0.014, STEEL, sides=8, bend=3),
        bone=hull,
        gloss=0.9,
    )
    bar = [
        (0.20, 1.04, -0.29),
        (0.33, 1.05, -0.22),
        (0.37, 1.02, 0.0),
        (0.33, 1.05, 0.22),
        (0.20, 1.04, 0.29),
    ]
    kit.add(sweep(bar, 0.012, STEEL, sides=8, bend=4), bone=hull, gloss=0.9)
    for z in (0.29, -0.29):
        kit.add(sweep([(0.17, 1.035, z * 1.02), (0.26, 1.045, z * 0.92)], 0.018, SADDLE, sides=8), bone=hull)
    for hub, a0, a1 in ((back, 20.0, 170.0), (fore, 30.0, 150.0)):
        arc = [
            (hub[0] + 0.375 * math.cos(math.radians(a)), hub[1] + 0.375 * math.sin(math.radians(a)), 0.0)
            for a in range(int(a0), int(a1) + 1, 12)
        ]
        kit.add(
            put(sweep([(x, y, 0.0) for x, y, _ in arc], 0.011, paint, sides=8), size=(1.0, 1.0, 2.2)),
            bone=hull,
            gloss=0.6,
        )
    kit.add(
        ball((0.44, 0.86, 0.0), (0.05, 0.045, 0.045), (0.93, 0.93, 0.88), level=2, glow=0.4),
        bone=hull,
        gloss=1.0,
    )
    pedals = kit.bone("cranks", crank, hull)
    kit.add(ring((crank[0], crank[1], 0.05), 0.085, 0.008, STEEL, sides=24), bone=pedals, gloss=0.9)
    for side in (1.0, -1.0):
        end = (crank[0] + side * 0.165, crank[1], side * 0.075)
        kit.add(
            sweep([(crank[0], crank[1], side * 0.07), end], 0.010, STEEL, sides=6),
            box(
                (end[0] - 0.045, end[1] - 0.012, end[2]),
                (end[0] + 0.045, end[1] + 0.012, end[2] + side * 0.09),
                DARK,
                round_m=0.008,
            ),
            bone=pedals,
            gloss=0.7,
        )
    kit.add(
        sweep([(crank[0], crank[1] + 0.085, 0.05), (back[0], back[1] + 0.035, 0.05)], 0.006, DARK, sides=4),
        sweep([(crank[0], crank[1] - 0.085, 0.05), (back[0], back[1] - 0.035, 0.05)], 0.006, DARK, sides=4),
        bone=hull,
    )
    tyre, rim = wire_wheel(r, 0.022, STEEL)
    wheels = [Wheel(pedals, crank, 2.4 * r)]
    for k, hub in enumerate((back, fore)):
        bone = kit.bone(f"wheel{k}", hub, hull)
        kit.add(put(tyre, hub), bone=bone)
        kit.add(put(rim, hub), bone=bone, gloss=0.9)
        wheels.append(Wheel(bone, hub, r))
    rests = (
        (pedals, (crank[0] - 0.165, crank[1] + 0.014, -0.12)),
        (pedals, (crank[0] + 0.165, crank[1] + 0.014, 0.12)),
    )
    return ridden(tuple(wheels), 1.04, 4.2, (-0.24, 1.01, 0.0), (0.22, 1.05, 0.28), rests)
