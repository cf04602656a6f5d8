"""Lorries and fire engines."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.plates import arched, flank, front, rear
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.drivers import Pane, flat_side, seat_driver, upright
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, LAMP, PAINT, TAIL, Rgb, shade
from kirin_video.engines.previs.bodies.machine.rolling import driven, rolling
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order


def truck(order: Order, kit: Assembly) -> Mechanism:
    """A lorry: a cab and its load: ``box``, or ``fire`` with a ladder."""
    paint = order.color("body") or (0.2, 0.4, 0.75)
    load = order.color("cargo") or (0.90, 0.90, 0.88)
    fire = str(order.kind.shape.get("load", "box")) == "fire"
    body = kit.bone("hull", (0.0, 0.6, 0.0))
    r, half_w, sill, half_l = 0.50, 1.25, 0.46, 4.1
    cab_back, roof = 2.15, 2.95
    axles = (-2.55, -1.45, 3.0)
    kit.add(box((-half_l + 0.1, 0.62, -0.5), (half_l - 0.4, 0.92, 0.5), DARK), bone=body)
    upper = rounded(
        [
            (half_l, sill),
            (half_l, 1.35),
            (half_l - 0.20, roof - 0.1),
            (half_l - 0.5, roof + 0.1),
            (cab_back + 0.1, roof + 0.14),
            (cab_back, sill),
        ],
        0.14,
    )
    upper = [p for p in upper if p[1] >= sill - 1e-6]
    kit.add(
        prism(arched(upper, (3.0,), r * 1.18, r, sill), -half_w, half_w, paint, round_m=0.10),
        bone=body,
        gloss=PAINT,
    )
    kit.add(
        box((cab_back + 0.15, sill - 0.1, -half_w + 0.4), (half_l - 0.15, sill + 0.6, half_w - 0.4), DARK),
        bone=body,
    )
    kit.add(
        front(
            half_l - 0.02,
            1.52,
            2.60,
            -half_w + 0.13,
            half_w - 0.13,
            GLASS,
            round_m=0.12,
            lift=0.035,
            lean=-0.155,
        ),
        bone=body,
        gloss=1.0,
    )
    kit.add(flank(2.75, 3.70, 1.62, 2.52, half_w, GLASS, round_m=0.12, lean=-0.0), bone=body, gloss=1.0)
    seat_driver(
        order,
        kit,
        body,
        Pane(upright(half_l - 0.02, 1.52, 0.144), -0.55, 1.56, 2.12, wheel=True, lift=0.036),
        Pane(flat_side(half_w), 3.12, 1.66, 2.14, mirrored=True),
    )
    for x in (2.62, 3.82):
        kit.add(flank(x - 0.01, x + 0.01, 1.15, 2.6, half_w, DARK, round_m=0.0, lift=0.006), bone=body)
    kit.add(flank(2.70, 2.90, 1.34, 1.39, half_w, DARK, round_m=0.02, lift=0.03), bone=body)
    for y in (0.86, 1.02, 1.18):
        kit.add(
            box((half_l - 0.05, y, -0.78), (half_l + 0.035, y + 0.085, 0.78), DARK, round_m=0.03),
            bone=body,
            gloss=0.5,
        )
    kit.add(
        box(
            (half_l - 0.3, sill - 0.1, -half_w),
            (half_l + 0.12, sill + 0.26, half_w),
            shade(paint, 0.75),
            round_m=0.08,
            steps=2,
        ),
        bone=body,
        gloss=PAINT,
    )
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l + 0.08, sill + 0.10, side * 0.92), (0.07, 0.09, 0.17), LAMP, level=2, glow=0.5),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            box(
                (half_l - 0.12, 1.75, side * (half_w + 0.2) - 0.1),
                (half_l, 2.35, side * (half_w + 0.2) + 0.1),
                DARK,
                round_m=0.05,
            ),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            sweep(
                [
                    (half_l - 0.1, 2.42, side * (half_w - 0.05)),
                    (half_l - 0.06, 2.42, side * (half_w + 0.2)),
                    (half_l - 0.06, 2.2, side * (half_w + 0.2)),
                ],
                0.025,
                DARK,
                sides=6,
            ),
            bone=body,
        )
        kit.add(
            box(
                (-half_l - 0.02, 0.66, side * 1.0 - 0.16),
                (-half_l + 0.08, 0.84, side * 1.0 + 0.16),
                TAIL,
                round_m=0.03,
                glow=0.3,
            ),
            bone=body,
            gloss=0.7,
        )
        kit.add(
            box(
                (0.05, 0.45, side * 0.86 - 0.28),
                (1.25, 0.98, side * 0.86 + 0.28),
                STEEL,
                round_m=0.1,
                steps=2,
            ),
            bone=body,
            gloss=0.7,
        )
        mud = [(-3.25, 0.92), (-0.75, 0.92), (-0.75, 1.04), (-3.25, 1.04)]
        kit.add(prism(mud, side * 1.05 - 0.2, side * 1.05 + 0.2, DARK, round_m=0.02), bone=body)
    if fire:
        _fire_gear(kit, body, paint, half_l, half_w, cab_back)
    else:
        kit.add(
            box((-half_l, 1.02, -half_w), (cab_back - 0.22, 3.75, half_w), load, round_m=0.05),
            bone=body,
            gloss=0.25,
        )
        rim = shade(load, 0.72)
        for y in (1.02, 3.68):
            kit.add(
                flank(-half_l + 0.03, cab_back - 0.25, y, y + 0.10, half_w, rim, round_m=0.0, lift=0.02),
                bone=body,
                gloss=0.3,
            )
        kit.add(
            flank(-half_l + 0.3, cab_back - 0.5, 1.75, 2.1, half_w, paint, round_m=0.04, lift=0.014),
            bone=body,
            gloss=0.4,
        )
        kit.add(rear(-half_l, 1.1, 3.65, -0.012, 0.012, DARK, round_m=0.0), bone=body)
        for side in (0.35, -0.35):
            kit.add(
                sweep([(-half_l - 0.04, 1.2, side), (-half_l - 0.04, 3.55, side)], 0.025, STEEL, sides=6),
                bone=body,
                gloss=0.7,
            )
        spoiler = [
            (cab_back + 0.1, roof + 0.1),
            (half_l - 0.9, roof + 0.1),
            (cab_back + 0.3, roof + 0.62),
            (cab_back + 0.1, roof + 0.66),
        ]
        kit.add(
            prism(rounded(spoiler, 0.08), -half_w + 0.15, half_w - 0.15, paint, round_m=0.05),
            bone=body,
            gloss=PAINT,
        )
    wheels = rolling(kit, axles, r, half_w - 0.02, wide=0.34)
    return driven(
        kit, body, wheels, 2.0 * half_l, 2.0 * half_w, 8.0, head=(half_l, 1.9, 0.0), top=(-1.0, 3.75, 0.0)
    )


def _fire_gear(kit: Assembly, body: int, paint: Rgb, half_l: float, half_w: float, cab_back: float) -> None:
    """Lockers, a ladder on top, blue lights."""
    kit.add(
        box((-half_l, 0.95, -half_w), (cab_back - 0.06, 2.85, half_w), paint, round_m=0.07, steps=2),
        bone=body,
        gloss=PAINT,
    )
    for k in range(4):
        x = -half_l + 0.25 + k * 1.48
        kit.add(
            flank(x, x + 1.30, 1.30, 2.55, half_w, (0.72, 0.74, 0.76), round_m=0.05), bone=body, gloss=0.6
        )
        for j in range(1, 6):
            kit.add(
                flank(
                    x + 0.02,
                    x + 1.28,
                    1.30 + 0.2 * j,
                    1.315 + 0.2 * j,
                    half_w,
                    (0.45, 0.47, 0.5),
                    round_m=0.0,
                    lift=0.018,
                ),
                bone=body,
            )
    kit.add(
        flank(-half_l + 0.05, half_l - 0.25, 1.05, 1.22, half_w, (0.95, 0.93, 0.85), round_m=0.02, lift=0.02),
        bone=body,
        gloss=0.4,
    )
    for side in (0.45, -0.45):
        kit.add(
            sweep([(-half_l - 0.5, 3.05, side), (half_l - 0.3, 3.28, side)], 0.06, STEEL, sides=6),
            bone=body,
            gloss=0.7,
        )
    for k in range(17):
        x = -half_l - 0.3 + 0.47 * k
        y = 3.06 + 0.23 * k / 17.0
        kit.add(sweep([(x, y, -0.45), (x, y, 0.45)], 0.035, STEEL, sides=5), bone=body, gloss=0.7)
    kit.add(
        lathe(
            [(0.0, 2.8), (0.5, 2.8), (0.5, 3.0), (0.0, 3.05)], (0.3, 0.3, 0.32), at=(-2.6, 0.0, 0.0), sides=18
        ),
        bone=body,
    )
    for side in (0.75, -0.75):
        kit.add(
            box(
                (half_l - 0.95, 3.05, side - 0.3),
                (half_l - 0.65, 3.24, side + 0.3),
                (0.10, 0.25, 0.95),
                round_m=0.06,
                steps=2,
                glow=0.8,
            ),
            bone=body,
            gloss=0.8,
        )
