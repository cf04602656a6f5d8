"""Furniture: chairs, tables, benches, sofas, beds."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, WOOD, paint_of, shade, still


def chair(order: Order, kit: Assembly) -> Mechanism:
    """A wooden chair."""
    wood, seat = paint_of(order, "body", WOOD), order.color("seat") or paint_of(order, "body", WOOD)
    kit.add(box((-0.21, 0.43, -0.21), (0.22, 0.47, 0.21), seat, round_m=0.018, steps=2), gloss=0.35)
    for z in (-0.185, 0.185):
        kit.add(
            sweep([(0.19, 0.0, z * 1.04), (0.18, 0.44, z)], [0.017, 0.021], wood, sides=10),
            sweep(
                [(-0.24, 0.0, z * 1.04), (-0.185, 0.45, z), (-0.25, 0.92, z)],
                [0.017, 0.021, 0.017],
                wood,
                sides=10,
                bend=5,
            ),
            sweep([(-0.22, 0.18, z * 1.02), (0.185, 0.18, z * 1.02)], 0.011, wood, sides=8),
            gloss=0.35,
        )
    kit.add(sweep([(0.0, 0.18, -0.19), (0.0, 0.18, 0.19)], 0.011, wood, sides=8), gloss=0.35)
    for y, x in ((0.62, -0.205), (0.74, -0.222), (0.86, -0.24)):
        kit.add(
            box((x - 0.011, y - 0.035, -0.185), (x + 0.011, y + 0.035, 0.185), wood, round_m=0.010),
            gloss=0.35,
        )
    return still(
        0.5,
        0.45,
        0.92,
        tops=(("saddle", (0.0, 0.47, 0.0)), ("top", (0.0, 0.47, 0.0)), ("seat", (0.0, 0.47, 0.0))),
    )


def table(order: Order, kit: Assembly) -> Mechanism:
    """A wooden table with turned edges."""
    wood = paint_of(order, "body", WOOD)
    kit.add(
        box((-0.45, 0.70, -0.75), (0.45, 0.74, 0.75), wood, round_m=0.014, steps=2),
        box((-0.37, 0.62, -0.66), (0.37, 0.705, 0.66), shade(wood, 0.88), round_m=0.01),
        gloss=0.35,
    )
    for x in (-0.37, 0.37):
        for z in (-0.66, 0.66):
            kit.add(
                lathe(
                    [
                        (0.0, 0.0),
                        (0.024, 0.0),
                        (0.032, 0.25),
                        (0.038, 0.55),
                        (0.045, 0.58),
                        (0.045, 0.70),
                        (0.0, 0.70),
                    ],
                    wood,
                    at=(x, 0.0, z),
                    sides=16,
                ),
                gloss=0.35,
            )
    return still(0.9, 1.5, 0.74)


def bench(order: Order, kit: Assembly) -> Mechanism:
    """A park bench of slats on iron legs."""
    wood = paint_of(order, "body", WOOD)
    for k in range(4):
        kit.add(
            box((-0.22 + 0.115 * k, 0.43, -0.8), (-0.12 + 0.115 * k, 0.46, 0.8), wood, round_m=0.01),
            gloss=0.3,
        )
    for k in range(3):
        kit.add(
            put(
                box((-0.015, 0.0, -0.8), (0.015, 0.095, 0.8), wood, round_m=0.01),
                (-0.26 - 0.03 * k, 0.54 + 0.12 * k, 0.0),
                turn=[("z", 14.0)],
            ),
            gloss=0.3,
        )
    for z in (-0.65, 0.65):
        kit.add(
            sweep(
                [(0.2, 0.0, z), (0.18, 0.42, z), (-0.22, 0.42, z), (-0.26, 0.0, z)],
                0.024,
                DARK,
                sides=8,
                bend=5,
            ),
            sweep([(-0.2, 0.42, z), (-0.35, 0.88, z)], 0.024, DARK, sides=8),
            sweep(
                [(-0.27, 0.64, z), (0.0, 0.66, z), (0.2, 0.62, z), (0.2, 0.44, z)],
                0.02,
                DARK,
                sides=8,
                bend=4,
            ),
            gloss=0.5,
        )
    return still(
        0.6,
        1.6,
        0.9,
        tops=(("saddle", (0.0, 0.46, 0.0)), ("top", (0.0, 0.46, 0.0)), ("seat", (0.0, 0.46, 0.0))),
    )


def sofa(order: Order, kit: Assembly) -> Mechanism:
    """A soft sofa with cushions."""
    cloth = paint_of(order, "body", (0.25, 0.42, 0.45))
    kit.add(
        box((-0.42, 0.12, -1.0), (0.42, 0.40, 1.0), shade(cloth, 0.9), round_m=0.06, steps=2),
        box((-0.45, 0.14, -0.98), (-0.2, 0.86, 0.98), cloth, round_m=0.10, steps=3),
        gloss=0.05,
    )
    for z in (-1.0, 1.0):
        kit.add(
            box((-0.44, 0.13, z - 0.13), (0.44, 0.62, z + 0.13), cloth, round_m=0.11, steps=3), gloss=0.05
        )
        for x in (-0.36, 0.36):
            kit.add(sweep([(x, 0.0, z * 0.95), (x, 0.14, z * 0.95)], [0.018, 0.03], WOOD, sides=8), gloss=0.3)
    for z in (-0.44, 0.44):
        kit.add(
            box((-0.26, 0.38, z - 0.43), (0.43, 0.53, z + 0.43), shade(cloth, 1.06), round_m=0.07, steps=3),
            put(
                box((-0.09, 0.0, -0.42), (0.09, 0.44, 0.42), shade(cloth, 1.06), round_m=0.08, steps=3),
                (-0.2, 0.50, z),
                turn=[("z", 10.0)],
            ),
            gloss=0.05,
        )
    return still(
        0.9,
        2.2,
        0.9,
        tops=(("saddle", (0.1, 0.53, 0.0)), ("top", (0.1, 0.53, 0.0)), ("seat", (0.1, 0.53, 0.0))),
    )


def bed(order: Order, kit: Assembly) -> Mechanism:
    """A bed with a head board, a blanket and two pillows."""
    cover = paint_of(order, "body", (0.35, 0.48, 0.65))
    kit.add(
        box((-1.02, 0.18, -0.82), (1.02, 0.34, 0.82), WOOD, round_m=0.03),
        box((-1.08, 0.0, -0.86), (-1.0, 1.05, 0.86), WOOD, round_m=0.04, steps=2),
        box((1.0, 0.0, -0.86), (1.07, 0.52, 0.86), WOOD, round_m=0.03),
        gloss=0.3,
    )
    kit.add(
        box((-1.0, 0.32, -0.8), (1.0, 0.55, 0.8), (0.93, 0.92, 0.89), round_m=0.07, steps=2),
        box((-0.42, 0.28, -0.845), (1.02, 0.60, 0.845), cover, round_m=0.09, steps=3),
        box((-0.52, 0.50, -0.84), (-0.30, 0.625, 0.84), shade(cover, 1.25), round_m=0.06, steps=2),
        gloss=0.05,
    )
    for z in (-0.38, 0.38):
        kit.add(ball((-0.72, 0.60, z), (0.22, 0.085, 0.33), (0.96, 0.95, 0.92)), gloss=0.05)
    return still(2.1, 1.7, 1.05, tops=(("saddle", (0.0, 0.6, 0.0)), ("top", (0.0, 0.6, 0.0))))
