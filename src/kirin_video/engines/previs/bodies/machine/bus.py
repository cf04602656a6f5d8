"""Buses: an outline with wheel arches drawn out to its width, and flat panes."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.plates import arched, flank, front, rear
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.machine.bumpers import bumpers
from kirin_video.engines.previs.bodies.machine.drivers import (
    Pane,
    flat_side,
    seat_driver,
    seat_passengers,
    upright,
)
from kirin_video.engines.previs.bodies.machine.paint import AMBER, DARK, GLASS, LAMP, PAINT, TAIL
from kirin_video.engines.previs.bodies.machine.rolling import driven, rolling
from kirin_video.engines.previs.bodies.order import Order


def bus(order: Order, kit: Assembly) -> Mechanism:
    """A bus; ``decks`` 2 is a double-decker, ``nose`` gives it a bonnet, as a school bus has."""
    shape = order.kind.shape
    paint = order.color("body") or (0.9, 0.7, 0.1)
    second = order.color("stripe") or DARK
    roof = order.color("roof") or paint
    decks, nose = int(shape.get("decks", 1)), bool(shape.get("nose", False))
    half_l, half_w, tall = (5.4 if decks == 1 else 4.6), 1.25, 3.05 if decks == 1 else 4.35
    body = kit.bone("hull", (0.0, 0.5, 0.0))
    axles = (-0.52 * half_l, 0.60 * half_l)
    sill, r = 0.36, 0.48
    front_x, lean = (half_l - 1.35, 0.02) if nose else (half_l, 0.10)
    upper = (
        [(half_l, sill), (half_l, 1.28), (half_l - 0.15, 1.42), (front_x + 0.03, 1.50)]
        if nose
        else [(half_l, sill), (half_l, 1.1)]
    )
    upper += [
        (front_x - lean, tall - 0.22),
        (front_x - lean - 0.2, tall),
        (-half_l + 0.2, tall),
        (-half_l, tall - 0.2),
        (-half_l, sill),
    ]
    outline = arched(upper, axles, r * 1.2, r, sill)
    kit.add(prism(outline, -half_w, half_w, paint, round_m=0.10), bone=body, gloss=PAINT)
    kit.add(
        box(
            (-half_l + 0.25, tall - 0.05, -half_w + 0.12),
            (front_x - lean - 0.25, tall + 0.05, half_w - 0.12),
            roof,
            round_m=0.05,
        ),
        bone=body,
        gloss=PAINT,
    )
    kit.add(
        box((-half_l + 0.1, sill - 0.06, -half_w + 0.36), (half_l - 0.1, sill + 0.55, half_w - 0.36), DARK),
        bone=body,
    )
    z, seats = half_w, list[Pane]()
    for deck in range(decks):
        low, high = 1.42 + 1.55 * deck, 2.42 + 1.42 * deck
        panes = 6 if not nose else 7
        start, end = -half_l + 0.28, front_x - (1.25 if deck == 0 else 0.35)
        step = (end - start) / panes
        for k in range(panes):
            x0 = start + k * step
            kit.add(
                flank(x0 + 0.06, x0 + step - 0.06, low, high, z, GLASS, round_m=0.09), bone=body, gloss=1.0
            )
            seats.append(Pane(flat_side(z), x0 + 0.5 * step, low + 0.03, low + 0.52))
        y0 = low - 0.05
        kit.add(
            front(
                front_x - lean * (y0 - 1.1) / (tall - 1.3) if not nose else front_x,
                y0 if not nose else 1.58,
                high + 0.12,
                -half_w + 0.14,
                half_w - 0.14,
                GLASS,
                round_m=0.14,
                lean=-lean * (high + 0.12 - y0) / (tall - 1.3) if not nose else -0.02,
                lift=0.025,
            ),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            rear(-half_l, low, high, -half_w + 0.25, half_w - 0.25, GLASS, round_m=0.12), bone=body, gloss=1.0
        )
    seat_passengers(order, kit, body, *seats)
    screen = upright(front_x, 1.58, 0.02) if nose else upright(front_x, 1.1, lean / (tall - 1.3))
    seat_driver(
        order,
        kit,
        body,
        Pane(screen, -0.58, 1.62 if nose else 1.42, 2.05 if nose else 1.98, wheel=True, lift=0.027),
    )
    door = front_x - 0.68
    kit.add(
        flank(door - 0.45, door + 0.48, sill + 0.10, 2.46, z, DARK, round_m=0.06, lift=0.008),
        bone=body,
        gloss=0.4,
    )
    for x0 in (door - 0.40, door + 0.04):
        kit.add(
            flank(x0, x0 + 0.39, sill + 0.22, 2.38, z, GLASS, round_m=0.06, lift=0.02), bone=body, gloss=1.0
        )
    for y in (0.98, 1.16) if nose else (1.06,):
        kit.add(
            flank(-half_l + 0.16, front_x - 1.25, y, y + 0.075, z, second, round_m=0.02),
            bone=body,
            gloss=PAINT,
        )
    lamp_y = 0.98 if nose else 0.72
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l - 0.02, lamp_y, side * 0.90), (0.07, 0.13, 0.15), LAMP, level=2, glow=0.5),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            rear(-half_l, 0.85, 1.2, side * 1.02 - 0.08, side * 1.02 + 0.08, TAIL, round_m=0.05, glow=0.3),
            bone=body,
            gloss=0.8,
        )
        mirror = (front_x + 0.10, 2.15, side * (half_w + 0.20))
        kit.add(
            box(
                (mirror[0] - 0.05, mirror[1] - 0.22, mirror[2] - 0.11),
                (mirror[0] + 0.05, mirror[1] + 0.18, mirror[2] + 0.11),
                DARK,
                round_m=0.05,
            ),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            sweep(
                [
                    (front_x - 0.05, 2.42, side * (half_w - 0.06)),
                    (front_x + 0.10, 2.42, side * (half_w + 0.18)),
                    mirror,
                ],
                0.022,
                DARK,
                sides=6,
            ),
            bone=body,
        )
        if nose:
            kit.add(
                ball((front_x - 0.3, tall - 0.02, side * 0.8), (0.09, 0.09, 0.09), AMBER, level=2, glow=0.5),
                bone=body,
                gloss=0.8,
            )
            kit.add(
                ball((-half_l + 0.3, tall - 0.02, side * 0.8), (0.09, 0.09, 0.09), AMBER, level=2, glow=0.5),
                bone=body,
                gloss=0.8,
            )
    if nose:
        kit.add(front(half_l, 0.62, 1.16, -0.55, 0.55, DARK, round_m=0.08, lift=0.015), bone=body, gloss=0.5)
    else:
        kit.add(
            front(
                front_x - lean * 0.9,
                tall - 0.52,
                tall - 0.27,
                -0.8,
                0.8,
                (0.98, 0.72, 0.2),
                round_m=0.04,
                lift=0.03,
                lean=-0.05,
                glow=0.7,
            ),
            bone=body,
        )
    bumpers(
        kit,
        body,
        (half_l - 0.1, half_l + 0.10),
        (-half_l - 0.08, -half_l + 0.1),
        (sill - 0.04, sill + 0.20),
        half_w - 0.02,
    )
    wheels = rolling(kit, axles, r, half_w - 0.02)
    return driven(
        kit,
        body,
        wheels,
        2.0 * half_l,
        2.0 * half_w,
        8.0,
        head=(front_x, 1.8, 0.0),
        top=(0.0, tall + 0.05, 0.0),
    )
