"""Galleons: tall ships with square sails."""

# ruff: noqa: C901, PLR2004 -- machines are made of measures
from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Swing
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.hulls import WOOD, Rgb, cloth, floating, hull
from kirin_video.engines.previs.bodies.machine.paint import DARK, shade
from kirin_video.engines.previs.bodies.order import Order


def galleon(order: Order, kit: Assembly) -> Mechanism:
    """A pirates' ship: three masts of square sails, a high stern, a black flag."""
    paint = order.color("body") or (0.30, 0.19, 0.12)
    sail = order.color("sail") or (0.86, 0.80, 0.68)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    gold: Rgb = (0.78, 0.60, 0.22)
    kit.add(
        hull(
            24.0,
            6.2,
            0.9,
            2.7,
            (shade(paint, 0.6), paint, gold),
            bow=0.6,
            stern=0.78,
            sheer=0.55,
            full=0.6,
            deck_low=0.5,
        ),
        bone=body,
        gloss=0.25,
    )
    for y0, y1, x1, half in ((2.6, 4.5, -5.6, 2.5), (4.4, 6.0, -8.2, 2.3)):
        castle = prism(
            rounded(
                [(-13.0 + 0.12 * (y0 - 2.6), y0 - 1.0), (x1, y0 - 0.6), (x1 - 0.1, y1), (-13.6, y1 + 0.35)],
                0.15,
            ),
            -half,
            half,
            shade(paint, 1.1),
            round_m=0.12,
        )
        kit.add(castle, bone=body, gloss=0.25)
        for k in range(4):
            x = -12.4 + 1.5 * k
            if x + 0.8 < x1:
                kit.add(
                    flank(x, x + 0.8, y0 + 0.75, y0 + 1.55, half, (0.95, 0.75, 0.35), round_m=0.1, glow=0.35),
                    bone=body,
                    gloss=0.6,
                )
        kit.add(
            flank(-13.2, x1 - 0.05, y1 - 0.28, y1 - 0.12, half, gold, round_m=0.0, lift=0.03),
            bone=body,
            gloss=0.7,
        )
    for k in range(5):
        x = -4.6 + 2.4 * k
        for s in (1.0, -1.0):
            z = s * (3.02 if k < 4 else 2.75)
            kit.add(
                box((x - 0.38, 1.25, z - 0.06), (x + 0.38, 1.95, z + 0.06), DARK, round_m=0.03),
                put(
                    lathe(
                        [(0.16, 0.0), (0.12, 0.9), (0.16, 0.95), (0.0, 0.95)],
                        (0.16, 0.16, 0.17),
                        axis="z",
                        sides=12,
                    ),
                    (x, 1.6, z),
                    turn=[] if s > 0.0 else [("y", 180.0)],
                ),
                bone=body,
                gloss=0.4,
            )
    kit.add(sweep([(9.5, 3.6, 0.0), (17.0, 6.6, 0.0)], [0.28, 0.12], WOOD, sides=10), bone=body)
    swings: list[Swing] = []
    for x, tall in ((6.2, 16.5), (-0.6, 18.5), (-8.4, 14.5)):
        kit.add(
            sweep([(x, 2.0, 0.0), (x - 0.3, tall, 0.0)], [0.32, 0.14], WOOD, sides=10),
            lathe(
                [(0.35, 0.0), (0.7, 0.6), (0.66, 0.6), (0.3, 0.05), (0.0, 0.05)],
                WOOD,
                at=(x - 0.2, tall * 0.72, 0.0),
                sides=16,
            ),
            bone=body,
        )
        rig = kit.bone("yard", (x, 8.0, 0.0), body)
        for low, high, wide in ((0.30, 0.62, 4.6), (0.65, 0.90, 3.6)):
            y0, y1 = tall * low + 1.0, tall * high + 0.6
            kit.add(sweep([(x, y1, -wide), (x, y1, wide)], 0.13, WOOD, sides=8), bone=rig)
            square = cloth(
                (
                    (-wide * 1.02, y0, 0.0),
                    (wide * 1.02, y0, 0.0),
                    (wide * 0.94, y1, 0.0),
                    (-wide * 0.94, y1, 0.0),
                ),
                1.15,
                sail,
            )
            kit.add(put(square, (x + 0.1, 0.0, 0.0), turn=[("y", 90.0)]), bone=rig, shades=False)
        swings.append(Swing(rig, (x, 8.0, 0.0), (0.0, 1.0, 0.0), 2.2, period_s=5.3, phase=0.1 * x))
        for s in (1.0, -1.0):
            for off in (-1.1, 0.0, 1.1):
                kit.add(
                    sweep([(x + off, 3.0, s * 2.9), (x - 0.2, tall * 0.72, 0.0)], 0.035, DARK, sides=4),
                    bone=body,
                    shades=False,
                )
    kit.add(cloth(((16.0, 6.4, 0.0), (7.0, 5.2, 0.3), (6.1, 14.0, 0.0)), 0.7, sail), bone=body, shades=False)
    flag = kit.bone("flag", (-0.9, 18.5, 0.0), body)
    kit.add(
        cloth(
            ((-0.9, 18.2, 0.0), (-3.4, 18.1, 0.2), (-3.4, 19.8, 0.2), (-0.9, 19.8, 0.0)),
            0.25,
            (0.05, 0.05, 0.055),
        ),
        sweep([(-0.9, 18.0, 0.0), (-0.9, 20.0, 0.0)], 0.06, WOOD, sides=6),
        bone=flag,
        shades=False,
    )
    skull: Rgb = (0.93, 0.92, 0.88)
    for s in (0.34, -0.14):
        kit.add(
            ball((-2.15, 19.1, 0.12 + s), (0.34, 0.34, 0.06), skull, level=2),
            box((-2.9, 18.55, 0.09 + s), (-1.4, 18.67, 0.15 + s), skull, round_m=0.03),
            bone=flag,
            shades=False,
        )
    swings.append(Swing(flag, (-0.9, 19.0, 0.0), (0.0, 1.0, 0.0), 14.0, period_s=1.4))
    return floating(body, 24.0, 6.2, 20.0, 3.4, swings=tuple(swings), deck=2.4)
