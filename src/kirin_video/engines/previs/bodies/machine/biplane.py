"""Biplanes."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded, softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep, wing
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.flying import Rgb, flies
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, TYRE
from kirin_video.engines.previs.bodies.order import Order


def biplane(order: Order, kit: Assembly) -> Mechanism:
    """A propeller plane: one wing above, one below (``wings`` 1 leaves only the upper)."""
    paint, second = order.color("body") or (0.80, 0.16, 0.12), order.color("wings") or (0.95, 0.90, 0.78)
    two = int(order.kind.shape.get("wings", 2)) == 2
    body = kit.bone("hull", (0.0, 1.3, 0.0))
    y = 1.35
    kit.add(
        put(
            lathe(
                softened(
                    [
                        (0.0, -3.6),
                        (0.10, -3.55),
                        (0.30, -2.2),
                        (0.50, -0.6),
                        (0.56, 0.8),
                        (0.55, 1.8),
                        (0.46, 2.1),
                        (0.0, 2.15),
                    ]
                ),
                paint,
                axis="x",
                sides=26,
                crease_deg=55.0,
            ),
            (0.0, y, 0.0),
            size=(1.0, 1.1, 0.95),
        ),
        bone=body,
        gloss=0.55,
    )
    kit.add(
        lathe(
            [(0.0, 0.0), (0.47, 0.0), (0.50, 0.12), (0.44, 0.2), (0.0, 0.2)],
            STEEL,
            axis="x",
            at=(2.0, y, 0.0),
            sides=24,
        ),
        bone=body,
        gloss=0.8,
    )
    if two:
        kit.add(
            ball((-0.35, y + 0.52, 0.0), (0.42, 0.16, 0.30), (0.18, 0.10, 0.06), level=2),
            box((0.08, y + 0.45, -0.22), (0.12, y + 0.82, 0.22), GLASS, round_m=0.02),
            bone=body,
            gloss=0.9,
        )
    else:
        kit.add(
            box((-0.9, y + 0.2, -0.46), (0.9, y + 0.98, 0.46), GLASS, round_m=0.22, steps=2),
            bone=body,
            gloss=1.0,
        )
    for s in (1.0, -1.0):
        for rise in (1.05, -0.25) if two else (1.0,):
            kit.add(
                wing(
                    (1.15 if rise > 0.0 else 0.8, y + rise, s * 0.05 if rise > 0 else s * 0.4),
                    (1.05 if rise > 0.0 else 0.7, y + rise + 0.15, s * 4.3),
                    (1.35, 1.25),
                    second,
                    thick=0.10,
                ),
                bone=body,
                gloss=0.45,
            )
            kit.add(
                wing(
                    (1.052 if rise > 0 else 0.702, y + rise + 0.125, s * 3.5),
                    (1.03 if rise > 0 else 0.68, y + rise + 0.155, s * 4.34),
                    (1.29, 1.28),
                    paint,
                    thick=0.112,
                ),
                bone=body,
                gloss=0.45,
            )
        for x in (0.75, -0.1):
            if two:
                kit.add(
                    sweep([(x, y - 0.18, s * 2.9), (x + 0.1, y + 1.12, s * 2.9)], 0.035, WOOD_, sides=6),
                    sweep([(x, y + 0.5, s * 0.35), (x + 0.1, y + 1.05, s * 0.8)], 0.03, WOOD_, sides=6),
                    bone=body,
                )
            else:
                kit.add(
                    sweep([(x, y - 0.2, s * 0.5), (x, y + 1.08, s * 2.2)], 0.035, STEEL, sides=6), bone=body
                )
        kit.add(
            wing((-2.6, y + 0.15, 0.0), (-2.9, y + 0.15, s * 1.45), (0.95, 0.6), second, thick=0.09),
            bone=body,
            gloss=0.45,
        )
        kit.add(
            sweep([(0.9, y - 0.4, s * 0.25), (1.05, 0.36, s * 0.8)], 0.04, DARK, sides=6),
            put(
                lathe(
                    [(0.0, -0.08), (0.3, -0.08), (0.36, -0.03), (0.36, 0.03), (0.3, 0.08), (0.0, 0.08)],
                    TYRE,
                    axis="z",
                    sides=22,
                ),
                (1.05, 0.36, s * 0.85),
            ),
            bone=body,
        )
    kit.add(
        prism(
            rounded(
                [(-2.6, y + 0.2), (-3.75, y - 0.05), (-3.85, y + 0.75), (-3.45, y + 1.15), (-3.05, y + 0.95)][
                    ::-1
                ],
                0.22,
            ),
            -0.04,
            0.04,
            paint,
            round_m=0.02,
        ),
        bone=body,
        gloss=0.5,
    )
    hub = (2.3, y, 0.0)
    screw = kit.bone("propeller", hub, body)
    kit.add(ball((2.34, y, 0.0), (0.24, 0.15, 0.15), paint, level=2), bone=screw, gloss=0.7)
    for k in range(2):
        kit.add(
            put(
                ball((0.0, 0.55, 0.0), (0.035, 0.55, 0.095), (0.35, 0.22, 0.12), level=2),
                hub,
                turn=[("y", 18.0), ("x", 180.0 * k)],
            ),
            bone=screw,
            gloss=0.5,
        )
    return flies(
        Ride.PLANE,
        body,
        6.0,
        8.6,
        13.0,
        2.6,
        spinners=(Spinner(screw, hub, (1.0, 0.0, 0.0), 5.3),),
        head=(1.2, y + 0.2, 0.0),
    )


WOOD_: Rgb = (0.45, 0.30, 0.18)
