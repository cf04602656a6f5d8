"""Helicopters and drones: what hangs on rotors."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded, softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep, wing
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.machine.flying import counter_clockwise, flies
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order


def helicopter(order: Order, kit: Assembly) -> Mechanism:
    """A helicopter: glass nose, tail boom, two rotors, skids."""
    paint = order.color("body") or (0.80, 0.25, 0.12)
    body = kit.bone("hull", (0.0, 1.5, 0.0))
    y = 1.55
    cabin = put(
        lathe(
            softened(
                [
                    (0.0, -2.2),
                    (0.35, -2.1),
                    (0.85, -1.2),
                    (1.05, 0.0),
                    (1.0, 1.0),
                    (0.7, 1.8),
                    (0.3, 2.2),
                    (0.0, 2.3),
                ]
            ),
            paint,
            axis="x",
            sides=30,
            crease_deg=70.0,
        ),
        (0.3, y, 0.0),
        size=(1.0, 0.98, 0.85),
    )
    kit.add(cabin, bone=body, gloss=0.6)
    glass = lathe(
        [
            *softened([(0.95, 0.62), (0.92, 1.2), (0.72, 1.8), (0.32, 2.2), (0.0, 2.31)], 3)[:-1].tolist(),
            (0.0, 2.31),
        ],
        GLASS,
        axis="x",
        sides=30,
        crease_deg=70.0,
    )
    kit.add(put(glass, (0.34, y + 0.05, 0.0), size=(1.0, 0.98, 0.87)), bone=body, gloss=1.0)
    for s in (1.0, -1.0):
        kit.add(
            box((-0.55, y - 0.05, s * 0.80 - 0.06), (0.62, y + 0.62, s * 0.80 + 0.075), GLASS, round_m=0.06),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            sweep(
                [(-1.3, 0.12, s * 1.0), (1.5, 0.12, s * 1.0), (1.85, 0.28, s * 1.0)],
                0.05,
                DARK,
                sides=8,
                bend=3,
            ),
            bone=body,
            gloss=0.5,
        )
        for x in (-0.7, 0.9):
            kit.add(sweep([(x, y - 0.75, s * 0.5), (x, 0.14, s * 1.0)], 0.04, DARK, sides=8), bone=body)
        kit.add(
            wing((-4.6, y + 0.4, 0.0), (-4.8, y + 0.4, s * 0.95), (0.6, 0.4), paint), bone=body, gloss=0.5
        )
    kit.add(
        sweep(
            [(-1.2, y + 0.25, 0.0), (-3.5, y + 0.42, 0.0), (-5.6, y + 0.55, 0.0)],
            [0.46, 0.24, 0.13],
            paint,
            sides=16,
        ),
        bone=body,
        gloss=0.6,
    )
    kit.add(
        prism(
            rounded(
                [
                    (-5.1, y + 0.4),
                    (-5.9, y - 0.25),
                    (-6.15, y - 0.2),
                    (-5.95, y + 0.5),
                    (-6.3, y + 1.5),
                    (-5.95, y + 1.55),
                ][::-1]
                if not counter_clockwise(
                    [
                        (-5.1, y + 0.4),
                        (-5.9, y - 0.25),
                        (-6.15, y - 0.2),
                        (-5.95, y + 0.5),
                        (-6.3, y + 1.5),
                        (-5.95, y + 1.55),
                    ]
                )
                else [
                    (-5.1, y + 0.4),
                    (-5.9, y - 0.25),
                    (-6.15, y - 0.2),
                    (-5.95, y + 0.5),
                    (-6.3, y + 1.5),
                    (-5.95, y + 1.55),
                ],
                0.1,
            ),
            -0.06,
            0.06,
            paint,
            round_m=0.03,
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(
        box((-1.1, y + 0.75, -0.42), (0.75, y + 1.22, 0.42), shade(paint, 0.85), round_m=0.18, steps=2),
        lathe(
            [(0.14, 1.1), (0.09, 1.5), (0.16, 1.55), (0.16, 1.68), (0.0, 1.7)],
            DARK,
            at=(0.0, y, 0.0),
            sides=16,
        ),
        bone=body,
        gloss=0.5,
    )
    hub = (0.0, y + 1.62, 0.0)
    rotor = kit.bone("rotor", hub, body)
    for k in range(4):
        kit.add(
            put(
                box((0.1, -0.015, -0.12), (4.9, 0.015, 0.12), (0.13, 0.13, 0.14), round_m=0.012),
                hub,
                turn=[("z", 1.5), ("y", 90.0 * k + 20.0)],
            ),
            put(
                box((4.4, -0.017, -0.122), (4.905, 0.017, 0.122), (0.95, 0.80, 0.2), round_m=0.012),
                hub,
                turn=[("z", 1.5), ("y", 90.0 * k + 20.0)],
            ),
            bone=rotor,
            shades=False,
        )
    tail_hub = (-6.05, y + 1.25, 0.16)
    tail = kit.bone("tail rotor", tail_hub, body)
    for k in range(4):
        kit.add(
            put(
                box((-0.05, 0.03, -0.01), (0.05, 0.8, 0.01), (0.13, 0.13, 0.14), round_m=0.008),
                tail_hub,
                turn=[("z", 90.0 * k)],
            ),
            bone=tail,
        )
    spinners = (Spinner(rotor, hub, (0.0, 1.0, 0.0), 3.1), Spinner(tail, tail_hub, (0.0, 0.0, 1.0), 5.2))
    return flies(Ride.ROTOR, body, 8.5, 2.4, 9.0, 3.2, spinners=spinners, head=(1.6, y, 0.0))


def drone(order: Order, kit: Assembly) -> Mechanism:
    """A quadcopter with a camera."""
    paint = order.color("body") or (0.16, 0.16, 0.18)
    body = kit.bone("hull", (0.0, 0.09, 0.0))
    kit.add(
        box((-0.13, 0.08, -0.07), (0.14, 0.16, 0.07), paint, round_m=0.03, steps=2),
        ball((0.12, 0.08, 0.0), (0.035, 0.035, 0.035), DARK, level=2),
        bone=body,
        gloss=0.6,
    )
    kit.add(disc((0.156, 0.08, 0.0), 0.016, (0.3, 0.45, 0.6), axis="x", sides=12), bone=body, gloss=1.0)
    spinners: list[Spinner] = []
    for x in (0.2, -0.2):
        for z in (0.2, -0.2):
            hub = (x, 0.185, z)
            kit.add(
                sweep([(x * 0.3, 0.13, z * 0.25), (x, 0.14, z)], 0.016, paint, sides=8),
                lathe(
                    [(0.0, 0.12), (0.03, 0.12), (0.03, 0.175), (0.0, 0.18)], STEEL, at=(x, 0.0, z), sides=14
                ),
                sweep([(x * 0.8, 0.13, z * 0.8), (x * 0.85, 0.0, z * 0.85)], 0.008, paint, sides=6),
                bone=body,
                gloss=0.5,
            )
            bone = kit.bone("rotor", hub, body)
            for k in range(2):
                kit.add(
                    put(
                        box((0.005, -0.002, -0.014), (0.15, 0.003, 0.014), (0.10, 0.10, 0.11), round_m=0.002),
                        hub,
                        turn=[("x", 8.0), ("y", 180.0 * k + 40.0 * x)],
                    ),
                    bone=bone,
                    shades=False,
                )
            kit.add(
                ball(
                    (x * 1.02, 0.13, z * 1.02),
                    0.012,
                    (0.2, 0.9, 0.3) if x < 0.0 else (0.95, 0.2, 0.15),
                    level=1,
                    glow=0.9,
                ),
                bone=body,
            )
            spinners.append(Spinner(bone, hub, (0.0, 1.0, 0.0), 7.3 if x * z > 0.0 else -7.3))
    return flies(Ride.ROTOR, body, 0.55, 0.55, 2.5, 0.19, spinners=tuple(spinners), head=(0.12, 0.09, 0.0))
