"""Vans and ambulances."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.plates import arched, flank, front, rear
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.machine.bumpers import bumpers
from kirin_video.engines.previs.bodies.machine.drivers import Pane, flat_side, seat_driver, upright
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, LAMP, PAINT, TAIL, Rgb
from kirin_video.engines.previs.bodies.machine.rolling import driven, rolling
from kirin_video.engines.previs.bodies.order import Order


def van(order: Order, kit: Assembly) -> Mechanism:
    """A van; ``ambulance`` adds stripes, a cross and lights."""
    paint = order.color("body") or (0.9, 0.9, 0.88)
    rescue = bool(order.kind.shape.get("ambulance", False))
    half_l, half_w, tall, sill, r = 2.6, 0.98, 2.3, 0.28, 0.36
    body = kit.bone("hull", (0.0, 0.4, 0.0))
    axles = (-1.55, 1.72)
    upper = rounded(
        [
            (half_l, sill),
            (half_l, 0.86),
            (half_l - 0.16, 1.10),
            (1.72, 1.26),
            (1.08, tall - 0.06),
            (0.7, tall),
            (-half_l + 0.12, tall),
            (-half_l, sill),
        ],
        0.16,
    )
    upper = [p for p in upper if p[1] >= sill - 1e-6]
    kit.add(
        prism(arched(upper, axles, r * 1.2, r, sill), -half_w, half_w, paint, round_m=0.09),
        bone=body,
        gloss=PAINT,
    )
    kit.add(
        box((-half_l + 0.1, sill - 0.05, -half_w + 0.3), (half_l - 0.1, sill + 0.4, half_w - 0.3), DARK),
        bone=body,
    )
    kit.add(
        front(
            1.66, 1.36, tall - 0.22, -half_w + 0.12, half_w - 0.12, GLASS, round_m=0.10, lift=0.03, lean=-0.50
        ),
        bone=body,
        gloss=1.0,
    )
    pane = prism(
        rounded([(0.42, 1.28), (1.52, 1.28), (1.02, 1.98), (0.42, 1.98)], 0.07),
        half_w - 0.01,
        half_w + 0.014,
        GLASS,
    )
    other = prism(
        rounded([(0.42, 1.28), (1.52, 1.28), (1.02, 1.98), (0.42, 1.98)], 0.07),
        -half_w - 0.014,
        -half_w + 0.01,
        GLASS,
    )
    kit.add(pane, other, bone=body, gloss=1.0)
    seat_driver(
        order,
        kit,
        body,
        Pane(upright(1.66, 1.36, 0.70), -0.42, 1.39, 1.80, wheel=True, lift=0.031),
        Pane(flat_side(half_w), 0.78, 1.32, 1.80, mirrored=True, lift=0.016),
    )
    for x in (0.34, -0.95):
        kit.add(
            flank(x - 0.008, x + 0.008, sill + 0.08, tall - 0.2, half_w, DARK, round_m=0.0, lift=0.006),
            bone=body,
        )
    kit.add(flank(0.0, 0.18, 1.10, 1.14, half_w, DARK, round_m=0.015, lift=0.03), bone=body)
    for side in (0.5, -0.5):
        kit.add(
            rear(-half_l, 1.25, 1.95, side - 0.36, side + 0.36, GLASS, round_m=0.08), bone=body, gloss=1.0
        )
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l - 0.06, 0.84, side * 0.74), (0.10, 0.12, 0.19), LAMP, level=2, glow=0.5),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            rear(-half_l, 0.75, 1.15, side * 0.84 - 0.07, side * 0.84 + 0.07, TAIL, round_m=0.04, glow=0.3),
            bone=body,
            gloss=0.8,
        )
        kit.add(
            box(
                (1.35, 1.30, side * (half_w + 0.14) - 0.1),
                (1.45, 1.60, side * (half_w + 0.14) + 0.1),
                DARK,
                round_m=0.05,
            ),
            bone=body,
            gloss=0.4,
        )
    kit.add(front(half_l, 0.52, 0.74, -0.5, 0.5, DARK, round_m=0.05, lift=0.01), bone=body, gloss=0.4)
    bumpers(
        kit,
        body,
        (half_l - 0.15, half_l + 0.07),
        (-half_l - 0.07, -half_l + 0.1),
        (sill - 0.02, sill + 0.18),
        half_w - 0.04,
    )
    if rescue:
        red: Rgb = (0.82, 0.10, 0.09)
        kit.add(
            flank(-half_l + 0.1, half_l - 0.3, 0.94, 1.10, half_w, red, round_m=0.02, lift=0.01),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            flank(-1.35, -0.85, 1.58, 1.74, half_w, red, round_m=0.0),
            flank(-1.18, -1.02, 1.41, 1.91, half_w, red, round_m=0.0),
            bone=body,
            gloss=0.4,
        )
        for low, high, color in ((0.1, 0.7, (0.85, 0.05, 0.06)), (-0.7, -0.1, (0.1, 0.25, 0.95))):
            kit.add(
                box(
                    (0.45, tall - 0.02, low),
                    (0.75, tall + 0.14, high),
                    color,
                    round_m=0.05,
                    steps=2,
                    glow=0.8,
                ),
                bone=body,
                gloss=0.8,
            )
    wheels = rolling(kit, axles, r, half_w - 0.01, wide=0.22, spokes=6)
    return driven(
        kit, body, wheels, 2.0 * half_l, 2.0 * half_w, 9.0, head=(2.0, 1.4, 0.0), top=(-0.8, tall, 0.0)
    )
