"""Motorcycles and scooters."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Wheel
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.bicycle import DARK, SADDLE, ridden
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, road_wheel
from kirin_video.engines.previs.bodies.order import Order


def _pegs(bone: int, right: Point) -> tuple[tuple[int, Point], tuple[int, Point]]:
    """Rests for both feet that stay where they are."""
    return (bone, (right[0], right[1], -right[2])), (bone, right)


def motorcycle(order: Order, kit: Assembly) -> Mechanism:
    """A motorcycle with tank, engine and exhausts."""
    paint = order.color("body") or (0.12, 0.12, 0.13)
    hull = kit.bone("hull", (0.0, 0.0, 0.0))
    r = 0.32
    back, fore = (-0.70, r, 0.0), (0.74, r, 0.0)
    tank = rounded([(-0.12, 0.74), (0.34, 0.80), (0.40, 0.92), (0.20, 1.02), (-0.10, 0.90)], 0.07)
    kit.add(prism(tank, -0.16, 0.16, paint, round_m=0.08), bone=hull, gloss=0.8)
    kit.add(
        prism(
            rounded([(-0.78, 0.80), (-0.10, 0.72), (-0.08, 0.86), (-0.40, 0.84), (-0.84, 0.93)], 0.05),
            -0.15,
            0.15,
            SADDLE,
            round_m=0.05,
        ),
        bone=hull,
        gloss=0.25,
    )
    kit.add(
        prism(
            rounded([(-0.95, 0.72), (-0.35, 0.62), (-0.2, 0.74), (-0.9, 0.88)], 0.05),
            -0.12,
            0.12,
            paint,
            round_m=0.04,
        ),
        bone=hull,
        gloss=0.8,
    )
    kit.add(
        box((-0.22, 0.28, -0.16), (0.28, 0.58, 0.16), (0.30, 0.30, 0.32), round_m=0.06, steps=2),
        bone=hull,
        gloss=0.6,
    )
    for x, tilt in ((0.0, -12.0), (0.16, 22.0)):
        fins = lathe(
            [
                (0.09, 0.0),
                (0.12, 0.02),
                (0.09, 0.05),
                (0.12, 0.07),
                (0.09, 0.10),
                (0.12, 0.12),
                (0.09, 0.15),
                (0.12, 0.17),
                (0.09, 0.21),
                (0.0, 0.22),
            ],
            STEEL,
            sides=16,
        )
        kit.add(put(fins, (x, 0.54, 0.0), turn=[("z", tilt)]), bone=hull, gloss=0.7)
    for z in (0.17, -0.17):
        kit.add(
            sweep(
                [(0.28, 0.66, z * 0.6), (0.36, 0.42, z), (0.1, 0.27, z), (-0.5, 0.28, z), (-0.98, 0.34, z)],
                [0.026, 0.026, 0.03, 0.045, 0.05],
                STEEL,
                sides=10,
                bend=4,
            ),
            bone=hull,
            gloss=1.0,
        )
        kit.add(
            sweep(
                [(0.44, 1.0, z * 0.55), (0.56, 0.72, z * 0.55), (fore[0], fore[1], z * 0.55)],
                0.026,
                STEEL,
                sides=8,
            ),
            bone=hull,
            gloss=0.9,
        )
        kit.add(
            sweep([(-0.15, 0.42, z * 0.6), (back[0], back[1], z * 0.6)], 0.028, DARK, sides=8),
            sweep([(-0.62, 0.76, z * 0.6), (-0.66, 0.36, z * 0.6)], 0.03, STEEL, sides=8),
            bone=hull,
            gloss=0.5,
        )
        kit.add(
            sweep(
                [(0.42, 1.05, 0.0), (0.38, 1.12, z * 1.1), (0.20, 1.10, z * 2.2)],
                0.014,
                STEEL,
                sides=8,
                bend=4,
            ),
            sweep([(0.26, 1.11, z * 1.95), (0.15, 1.09, z * 2.4)], 0.021, DARK, sides=8),
            bone=hull,
            gloss=0.7,
        )
        kit.add(ball((0.36, 1.24, z * 1.7), (0.015, 0.045, 0.06), DARK, level=2), bone=hull, gloss=0.8)
    kit.add(
        ball((0.55, 0.97, 0.0), (0.10, 0.11, 0.11), DARK, level=2),
        ball((0.60, 0.97, 0.0), (0.07, 0.095, 0.095), (0.95, 0.95, 0.9), level=2, glow=0.6),
        bone=hull,
        gloss=1.0,
    )
    kit.add(
        ball((-0.93, 0.84, 0.0), (0.04, 0.045, 0.09), (0.75, 0.04, 0.04), level=2, glow=0.4),
        bone=hull,
        gloss=0.8,
    )
    for hub, a0, a1 in ((back, 40.0, 160.0), (fore, 40.0, 150.0)):
        arc = [
            (hub[0] + 0.36 * math.cos(math.radians(a)), hub[1] + 0.36 * math.sin(math.radians(a)), 0.0)
            for a in range(int(a0), int(a1) + 1, 10)
        ]
        kit.add(put(sweep(arc, 0.03, paint, sides=8), size=(1.0, 1.0, 2.6)), bone=hull, gloss=0.8)
    tyre, rim = road_wheel(r, 0.14, order.color("wheels") or STEEL, spokes=7, sides=30)
    wheels: list[Wheel] = []
    for k, hub in enumerate((back, fore)):
        bone = kit.bone(f"wheel{k}", hub, hull)
        kit.add(put(tyre, hub), bone=bone)
        kit.add(put(rim, hub), put(rim, hub, turn=[("y", 180.0)]), bone=bone, gloss=0.7)
        wheels.append(Wheel(bone, hub, r))
    return ridden(
        tuple(wheels), 1.44, 9.0, (-0.32, 0.90, 0.0), (0.22, 1.10, 0.36), _pegs(hull, (0.0, 0.30, 0.23))
    )


def scooter(order: Order, kit: Assembly) -> Mechanism:
    """A motor scooter: leg shield, footboard, round tail."""
    paint = order.color("body") or (0.6, 0.8, 0.82)
    hull = kit.bone("hull", (0.0, 0.0, 0.0))
    r = 0.24
    back, fore = (-0.56, r, 0.0), (0.62, r, 0.0)
    kit.add(ball((-0.48, 0.50, 0.0), (0.42, 0.24, 0.20), paint), bone=hull, gloss=0.8)
    kit.add(box((-0.25, 0.24, -0.19), (0.42, 0.31, 0.19), paint, round_m=0.03), bone=hull, gloss=0.7)
    shield = prism(
        rounded([(0.36, 0.26), (0.46, 0.27), (0.42, 0.62), (0.36, 0.98), (0.29, 0.98), (0.33, 0.6)], 0.03),
        -0.21,
        0.21,
        paint,
        round_m=0.03,
    )
    kit.add(shield, ball((0.33, 1.02, 0.0), (0.10, 0.09, 0.12), paint, level=2), bone=hull, gloss=0.8)
    kit.add(
        prism(
            rounded([(-0.80, 0.70), (-0.12, 0.70), (-0.10, 0.78), (-0.46, 0.80), (-0.82, 0.80)], 0.04),
            -0.16,
            0.16,
            SADDLE,
            round_m=0.05,
        ),
        bone=hull,
        gloss=0.3,
    )
    kit.add(
        ball((0.42, 1.0, 0.0), (0.05, 0.07, 0.07), (0.95, 0.95, 0.9), level=2, glow=0.6),
        ball((-0.89, 0.55, 0.0), (0.03, 0.04, 0.07), (0.75, 0.04, 0.04), level=2, glow=0.4),
        bone=hull,
        gloss=1.0,
    )
    kit.add(
        sweep([(0.36, 0.5, 0.0), (fore[0], fore[1], 0.0)], 0.045, paint, sides=10),
        put(ball((0.0, 0.0, 0.0), (0.29, 0.15, 0.10), paint, level=2), (fore[0] - 0.02, fore[1] + 0.16, 0.0)),
        bone=hull,
        gloss=0.8,
    )
    for z in (1.0, -1.0):
        kit.add(
            sweep([(0.32, 1.06, z * 0.05), (0.24, 1.08, z * 0.34)], 0.016, STEEL, sides=8),
            sweep([(0.26, 1.076, z * 0.24), (0.23, 1.082, z * 0.36)], 0.022, DARK, sides=8),
            bone=hull,
            gloss=0.7,
        )
        kit.add(
            sweep([(0.30, 1.08, z * 0.2), (0.30, 1.25, z * 0.3)], 0.008, STEEL, sides=6),
            ball((0.30, 1.27, z * 0.31), (0.015, 0.05, 0.05), STEEL, level=2),
            bone=hull,
            gloss=1.0,
        )
    tyre, rim = road_wheel(r, 0.12, STEEL, spokes=5, sides=26)
    wheels: list[Wheel] = []
    for k, hub in enumerate((back, fore)):
        bone = kit.bone(f"wheel{k}", hub, hull)
        kit.add(put(tyre, hub), bone=bone)
        kit.add(put(rim, hub), put(rim, hub, turn=[("y", 180.0)]), bone=bone, gloss=0.7)
        wheels.append(Wheel(bone, hub, r))
    return ridden(
        tuple(wheels), 1.18, 6.0, (-0.40, 0.80, 0.0), (0.25, 1.08, 0.3), _pegs(hull, (0.12, 0.28, 0.13))
    )
