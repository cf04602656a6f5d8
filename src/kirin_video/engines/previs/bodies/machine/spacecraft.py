"""What flies in space: spaceships, saucers, satellites."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded, softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep, wing
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.machine.flying import WHITE, flies
from kirin_video.engines.previs.bodies.machine.paint import LAMP, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order


def saucer(order: Order, kit: Assembly) -> Mechanism:
    """A flying saucer: a dome of glass, a ring of lights that turns."""
    paint = order.color("body") or (0.62, 0.65, 0.69)
    glow = order.color("light") or (0.45, 0.95, 0.75)
    body = kit.bone("hull", (0.0, 1.5, 0.0))
    kit.add(
        lathe(
            [
                (0.0, 0.25),
                (1.2, 0.25),
                (1.5, 0.55),
                (3.0, 0.95),
                (4.6, 1.35),
                (4.8, 1.5),
                (4.6, 1.65),
                (3.0, 2.05),
                (1.7, 2.4),
                (1.5, 2.5),
                (0.0, 2.5),
            ],
            paint,
            sides=56,
        ),
        bone=body,
        gloss=0.8,
    )
    kit.add(
        put(ball((0.0, 0.0, 0.0), (1.5, 1.35, 1.5), (0.25, 0.50, 0.52), glow=0.15), (0.0, 2.4, 0.0)),
        ring((0.0, 2.45, 0.0), 1.55, 0.12, STEEL, axis="y", sides=40),
        bone=body,
        gloss=1.0,
    )
    kit.add(disc((0.0, 0.24, 0.0), 1.1, glow, axis="-y", glow=1.0), bone=body)
    rim = kit.bone("rim", (0.0, 1.2, 0.0), body)
    for k in range(16):
        a = 2.0 * math.pi * k / 16.0
        color = glow if k % 2 else (0.98, 0.80, 0.35)
        kit.add(
            ball((4.0 * math.cos(a), 1.83, 4.0 * math.sin(a)), (0.2, 0.13, 0.2), color, level=2, glow=1.0),
            ball((3.6 * math.cos(a), 1.05, 3.6 * math.sin(a)), (0.22, 0.14, 0.22), color, level=2, glow=1.0),
            bone=rim,
            gloss=0.8,
        )
    for k in range(3):
        a = 2.0 * math.pi * k / 3.0
        kit.add(
            sweep(
                [(1.8 * math.cos(a), 0.7, 1.8 * math.sin(a)), (2.4 * math.cos(a), 0.1, 2.4 * math.sin(a))],
                0.09,
                STEEL,
            ),
            ball((2.4 * math.cos(a), 0.08, 2.4 * math.sin(a)), (0.28, 0.08, 0.28), STEEL, level=2),
            bone=body,
            gloss=0.8,
        )
    return flies(
        Ride.SAUCER,
        body,
        9.6,
        9.6,
        6.0,
        3.75,
        spinners=(Spinner(rim, (0.0, 1.2, 0.0), (0.0, 1.0, 0.0), 0.25, always=True),),
    )


def spaceship(order: Order, kit: Assembly) -> Mechanism:
    """A space cruiser: a wedge with engines that glow."""
    paint, second = order.color("body") or (0.66, 0.68, 0.72), order.color("stripe") or (0.75, 0.25, 0.15)
    body = kit.bone("hull", (0.0, 2.0, 0.0))
    y = 2.2
    kit.add(
        put(
            lathe(
                softened([(0.9, -6.0), (1.25, -5.0), (1.5, -2.0), (1.2, 2.0), (0.7, 5.0), (0.0, 7.6)]),
                paint,
                axis="x",
                sides=28,
                crease_deg=55.0,
            ),
            (0.0, y, 0.0),
            size=(1.0, 0.72, 1.3),
        ),
        ball((2.7, y + 0.62, 0.0), (1.5, 0.45, 0.6), (0.08, 0.14, 0.2)),
        bone=body,
        gloss=0.7,
    )
    kit.add(
        prism(
            rounded([(-5.8, -1.6), (-2.0, -1.2), (-1.0, 0.0), (-2.0, 1.2), (-5.8, 1.6)], 0.3),
            y + 0.5,
            y + 1.25,
            shade(paint, 0.85),
            axis="y",
            round_m=0.2,
        ),
        bone=body,
        gloss=0.5,
    )
    for s in (1.0, -1.0):
        kit.add(
            wing((1.0, y - 0.1, s * 1.2), (-4.6, y - 0.4, s * 5.2), (5.0, 1.6), paint, thick=0.09),
            wing((-4.55, y - 0.37, s * 4.7), (-4.75, y - 0.4, s * 5.3), (1.9, 1.6), second, thick=0.14),
            bone=body,
            gloss=0.6,
        )
        kit.add(
            lathe(
                [(0.6, -2.0), (0.72, -1.0), (0.7, 1.2), (0.4, 1.9), (0.0, 2.0)],
                shade(paint, 0.8),
                axis="x",
                at=(-4.4, y, s * 2.2),
                sides=24,
            ),
            bone=body,
            gloss=0.6,
        )
    flames: list[Flame] = []
    for z in (-2.2, 0.0, 2.2):
        x = -6.35 if z else -6.0
        kit.add(disc((x, y, z), 0.58 if z else 0.85, (0.55, 0.85, 1.0), axis="-x", glow=1.0), bone=body)
        bone = kit.bone("flame", (x, y, z), body)
        kit.add(
            lathe(
                [(0.0, -2.4), (0.3, -1.2), (0.5, 0.0), (0.0, 0.02)],
                (0.40, 0.75, 1.0),
                axis="x",
                at=(x, y, z),
                sides=16,
                glow=1.0,
                crease_deg=80.0,
            ),
            bone=bone,
            shades=False,
        )
        flames.append(Flame(bone, (x, y, z)))
    legs = kit.bone("gear", (0.0, y, 0.0), body)
    for x, z in ((3.6, 0.0), (-3.0, 1.6), (-3.0, -1.6)):
        kit.add(
            sweep([(x, y - 0.5, z), (x, 0.15, z)], 0.12, STEEL),
            ball((x, 0.1, z), (0.35, 0.1, 0.3), STEEL, level=2),
            bone=legs,
            gloss=0.7,
        )
    kit.add(ball((7.2, y, 0.0), (0.12, 0.1, 0.1), LAMP, level=1, glow=0.8), bone=body)
    return flies(Ride.SAUCER, body, 13.5, 10.4, 14.0, 3.5, flames=tuple(flames), gear=(legs,))


def satellite(order: Order, kit: Assembly) -> Mechanism:
    """A satellite with two wings of solar cells and a dish."""
    paint = order.color("body") or (0.80, 0.62, 0.25)
    body = kit.bone("hull", (0.0, 1.0, 0.0))
    kit.add(box((-0.7, 0.4, -0.6), (0.7, 1.8, 0.6), paint, round_m=0.06), bone=body, gloss=0.8)
    for s in (1.0, -1.0):
        kit.add(sweep([(0.0, 1.1, s * 0.5), (0.0, 1.1, s * 1.1)], 0.05, STEEL), bone=body, gloss=0.8)
        for k in range(3):
            z = s * (1.65 + 1.08 * k)
            kit.add(
                box((-0.65, 1.08, z - 0.5), (0.65, 1.13, z + 0.5), (0.10, 0.16, 0.38), round_m=0.01),
                box((-0.66, 1.085, z - 0.02), (0.66, 1.135, z + 0.02), STEEL, round_m=0.004),
                box((-0.02, 1.085, z - 0.5), (0.02, 1.135, z + 0.5), STEEL, round_m=0.004),
                bone=body,
                gloss=0.9,
            )
    dish = lathe(
        [(0.0, 0.0), (0.35, 0.06), (0.6, 0.2), (0.62, 0.2), (0.36, 0.04), (0.0, -0.04)][::-1],
        WHITE,
        sides=28,
    )
    kit.add(
        put(dish, (0.85, 1.6, 0.0), turn=[("z", -70.0)]),
        sweep([(0.7, 1.5, 0.0), (1.3, 1.82, 0.0)], 0.03, STEEL),
        bone=body,
        gloss=0.6,
    )
    return flies(Ride.SAUCER, body, 2.0, 8.5, 1.0, 1.9)
