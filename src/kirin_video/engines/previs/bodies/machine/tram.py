"""Trams."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Wheel
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.plates import flank, front, rear
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.machine.paint import AMBER, DARK, GLASS, LAMP, TAIL
from kirin_video.engines.previs.bodies.machine.railway import bogie_at, lay_rails, on_rails
from kirin_video.engines.previs.bodies.order import Order


def tram(order: Order, kit: Assembly) -> Mechanism:
    """A tram of one car with a pantograph."""
    paint, second = order.color("body") or (0.75, 0.12, 0.1), order.color("stripe") or (0.94, 0.91, 0.82)
    body = kit.bone("hull", (0.0, 0.6, 0.0))
    half_l, half_w, floor, tall = 5.5, 1.2, 0.55, 2.85
    outline = rounded(
        [
            (half_l - 0.1, floor),
            (half_l, 1.5),
            (half_l - 0.35, floor + tall),
            (-half_l + 0.35, floor + tall),
            (-half_l, 1.5),
            (-half_l + 0.1, floor),
        ],
        0.25,
    )
    kit.add(prism(outline, -half_w, half_w, paint, round_m=0.10), bone=body, gloss=0.5)
    kit.add(
        flank(-half_l + 0.25, half_l - 0.25, 1.62, 2.98, half_w, second, round_m=0.1, lift=0.006),
        bone=body,
        gloss=0.4,
    )
    step = (2.0 * half_l - 0.9) / 8.0
    for k in range(8):
        x = -half_l + 0.45 + k * step
        low = floor + 0.12 if k in {1, 6} else 1.75
        kit.add(
            flank(x + 0.08, x + step - 0.08, low, 2.82, half_w, GLASS, round_m=0.1, lift=0.018),
            bone=body,
            gloss=1.0,
        )
    kit.add(
        front(
            half_l - 0.03,
            1.72,
            2.88,
            -half_w + 0.15,
            half_w - 0.15,
            GLASS,
            round_m=0.14,
            lift=0.03,
            lean=-0.23,
        ),
        bone=body,
        gloss=1.0,
    )
    kit.add(
        rear(
            -half_l + 0.03,
            1.72,
            2.88,
            -half_w + 0.15,
            half_w - 0.15,
            GLASS,
            round_m=0.14,
            lift=0.03,
            lean=0.23,
        ),
        bone=body,
        gloss=1.0,
    )
    kit.add(
        box(
            (half_l - 0.42, floor + tall - 0.05, -0.6),
            (half_l - 0.28, floor + tall + 0.22, 0.6),
            AMBER,
            round_m=0.04,
            glow=0.6,
        ),
        bone=body,
    )
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l - 0.04, 1.1, side * 0.8), (0.05, 0.12, 0.12), LAMP, level=2, glow=0.6),
            ball((-half_l + 0.04, 1.1, side * 0.8), (0.05, 0.1, 0.1), TAIL, level=2, glow=0.4),
            bone=body,
            gloss=1.0,
        )
    kit.add(
        box((-2.4, floor + tall, -0.8), (2.0, floor + tall + 0.2, 0.8), (0.5, 0.5, 0.52), round_m=0.06),
        bone=body,
    )
    y = floor + tall + 0.15
    for z in (-0.45, 0.45):
        kit.add(
            sweep([(-0.6, y, z), (0.5, y + 0.5, z * 0.9), (-0.5, y + 1.0, z * 0.9)], 0.03, DARK, sides=6),
            bone=body,
        )
    kit.add(sweep([(-0.5, y + 1.02, -0.75), (-0.5, y + 1.02, 0.75)], 0.04, DARK, sides=6), bone=body)
    kit.add(
        box(
            (-half_l + 0.6, 0.4, -half_w + 0.15),
            (half_l - 0.6, floor + 0.2, half_w - 0.15),
            DARK,
            round_m=0.05,
        ),
        bone=body,
    )
    wheels: list[Wheel] = []
    for x in (-3.2, 3.2):
        bogie_at(kit, body, x, wheels, radius=0.36, gap=0.9)
    rails = lay_rails(kit, -half_l - 60.0, half_l + 60.0)
    return on_rails(body, rails, wheels, (-half_l, half_l), 7.0, floor + tall + 1.2)
