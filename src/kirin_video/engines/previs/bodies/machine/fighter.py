"""Fighter jets."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import wing
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.flying import WHITE, flies, upright_fin
from kirin_video.engines.previs.bodies.machine.paint import DARK, shade
from kirin_video.engines.previs.bodies.order import Order


def fighter(order: Order, kit: Assembly) -> Mechanism:
    """A jet fighter with delta wings and two fins."""
    paint = order.color("body") or (0.45, 0.48, 0.52)
    body = kit.bone("hull", (0.0, 1.8, 0.0))
    y = 1.9
    kit.add(
        put(
            lathe(
                softened(
                    [
                        (0.0, -6.2),
                        (0.62, -6.0),
                        (0.95, -3.5),
                        (1.0, 0.0),
                        (0.85, 3.0),
                        (0.55, 5.4),
                        (0.2, 7.0),
                        (0.0, 7.6),
                    ]
                ),
                paint,
                axis="x",
                sides=28,
                crease_deg=60.0,
            ),
            (0.0, y, 0.0),
            size=(1.0, 0.82, 1.15),
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(ball((3.0, y + 0.62, 0.0), (1.7, 0.52, 0.48), (0.10, 0.12, 0.10)), bone=body, gloss=1.0)
    for s in (1.0, -1.0):
        kit.add(
            wing((2.2, y - 0.1, s * 0.8), (-3.6, y - 0.1, s * 5.0), (6.0, 1.4), paint, thick=0.05),
            wing((-4.2, y, s * 0.8), (-6.2, y, s * 2.9), (2.4, 1.1), paint, thick=0.06),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            put(
                upright_fin((-3.2, 0.0), 2.6, 1.1, 2.3, shade(paint, 0.92), 0.07),
                (0.0, y + 0.6, s * 0.85),
                turn=[("x", s * 14.0)],
            ),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            box(
                (-1.5, y - 0.55, s * 1.0 - 0.32), (2.6, y + 0.25, s * 1.0 + 0.32), paint, round_m=0.2, steps=2
            ),
            box((2.5, y - 0.42, s * 1.0 - 0.22), (2.66, y + 0.12, s * 1.0 + 0.22), DARK, round_m=0.05),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            put(
                lathe(
                    [(0.42, -0.9), (0.5, 0.0), (0.36, 0.0), (0.3, -0.85), (0.0, -0.3)],
                    (0.2, 0.2, 0.22),
                    axis="x",
                    sides=20,
                ),
                (-5.9, y, s * 0.5),
            ),
            bone=body,
            gloss=0.6,
        )
        kit.add(
            lathe(
                [(0.0, -1.2), (0.11, -1.1), (0.11, 1.0), (0.0, 1.4)],
                WHITE,
                axis="x",
                at=(-1.2, y - 0.35, s * 3.0),
                sides=10,
            ),
            bone=body,
        )
    flames: list[Flame] = []
    for s in (0.5, -0.5):
        at = (-6.6, y, s)
        bone = kit.bone("flame", at, body)
        kit.add(
            put(ball((0.0, 0.0, 0.0), (1.3, 0.28, 0.28), (1.0, 0.6, 0.2), level=2, glow=1.0), (-7.4, y, s)),
            bone=bone,
            gloss=0.0,
            shades=False,
        )
        flames.append(Flame(bone, at))
    return flies(Ride.PLANE, body, 14.0, 10.0, 30.0, 4.4, flames=tuple(flames), head=(4.0, y + 0.4, 0.0))
