"""Apples, oranges and cakes."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import paint_of, shade, still


def apple(order: Order, kit: Assembly) -> Mechanism:
    """An apple, or an orange (``round``)."""
    paint = paint_of(order, "body", (0.78, 0.12, 0.10))
    even = bool(order.kind.shape.get("round", False))
    profile = (
        [
            (0.0, 0.004),
            (0.018, 0.0),
            (0.034, 0.015),
            (0.04, 0.036),
            (0.036, 0.058),
            (0.022, 0.071),
            (0.0, 0.074),
        ]
        if even
        else [
            (0.0, 0.008),
            (0.012, 0.0),
            (0.028, 0.008),
            (0.038, 0.03),
            (0.040, 0.048),
            (0.034, 0.066),
            (0.020, 0.074),
            (0.008, 0.070),
            (0.0, 0.062),
        ]
    )
    kit.add(lathe(softened(profile), paint, sides=36, crease_deg=80.0), gloss=0.55)
    if not even:
        kit.add(
            sweep(
                [(0.0, 0.062, 0.0), (0.002, 0.074, 0.0), (0.007, 0.086, 0.0)],
                0.0018,
                (0.30, 0.20, 0.10),
                sides=6,
            ),
            put(
                ball((0.0, 0.0, 0.0), (0.016, 0.002, 0.007), (0.25, 0.48, 0.15), level=2),
                (0.018, 0.082, 0.004),
                turn=[("z", 18.0)],
            ),
            gloss=0.3,
        )
    return still(0.08, 0.08, 0.074)


def cake(order: Order, kit: Assembly) -> Mechanism:
    """A cake of two tiers with cream, cherries and candles that burn."""
    icing, cream = paint_of(order, "body", (0.93, 0.62, 0.68)), (0.97, 0.94, 0.88)
    kit.add(lathe([(0.0, 0.0), (0.19, 0.0), (0.2, 0.008), (0.0, 0.01)], (0.9, 0.9, 0.9), sides=44), gloss=0.6)
    for r, low, high in ((0.15, 0.01, 0.10), (0.10, 0.10, 0.17)):
        kit.add(
            lathe(
                [(r, low), (r, high - 0.01), (r - 0.01, high), (0.0, high)], icing, sides=44, crease_deg=60.0
            ),
            gloss=0.35,
        )
        count = round(r * 130)
        for k in range(count):
            a = 2.0 * math.pi * k / count
            kit.add(
                ball((r * math.cos(a), high, r * math.sin(a)), 0.015, cream, level=1),
                ball(
                    ((r + 0.004) * math.cos(a), low + 0.008, (r + 0.004) * math.sin(a)), 0.014, cream, level=1
                ),
                gloss=0.2,
            )
    flames: list[Flame] = []
    for k in range(5):
        a = 2.0 * math.pi * k / 5.0
        x, z = 0.055 * math.cos(a), 0.055 * math.sin(a)
        kit.add(
            sweep([(x, 0.165, z), (x, 0.235, z)], 0.005, ((0.3, 0.6, 0.85), (0.95, 0.8, 0.3))[k % 2], sides=8)
        )
        bone = kit.bone("flame", (x, 0.235, z))
        kit.add(
            ball((x, 0.248, z), (0.0055, 0.013, 0.0055), (1.0, 0.68, 0.2), level=1, glow=1.0),
            bone=bone,
            shades=False,
        )
        flames.append(Flame(bone, (x, 0.235, z), always=True))
    kit.add(ball((0.0, 0.185, 0.0), 0.018, (0.75, 0.05, 0.08), level=2), gloss=0.8)
    return still(0.4, 0.4, 0.235, flames=tuple(flames))


def pancakes(order: Order, kit: Assembly) -> Mechanism:
    """A stack of pancakes on a plate, butter on top, syrup running down."""
    paint, syrup = paint_of(order, "body", (0.82, 0.55, 0.26)), (0.48, 0.22, 0.06)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.08, 0.0), (0.135, 0.012), (0.13, 0.015), (0.0, 0.008)],
            (0.94, 0.94, 0.93),
            sides=44,
        ),
        gloss=0.6,
    )
    for k in range(6):
        y, aside = 0.01 + 0.0165 * k, 0.004 * math.sin(2.4 * k)
        rim = [(0.0, y), (0.088, y), (0.094, y + 0.008), (0.088, y + 0.016), (0.0, y + 0.0165)]
        kit.add(lathe(softened(rim, 2), paint, at=(aside, 0.0, -aside), sides=40, crease_deg=60.0), gloss=0.2)
        kit.add(
            lathe(
                [(0.094, y + 0.006), (0.0945, y + 0.01)],
                shade(paint, 1.25),
                at=(aside, 0.0, -aside),
                sides=40,
            )
        )
    top = 0.11
    kit.add(ball((0.0, top, 0.0), (0.07, 0.004, 0.062), syrup), gloss=0.9)
    for k in range(6):
        a = 2.0 * math.pi * k / 6.0 + 0.4
        c, s, low = math.cos(a), math.sin(a), 0.04 + 0.02 * (k % 3)
        kit.add(
            sweep(
                [(0.05 * c, top, 0.05 * s), (0.092 * c, top - 0.004, 0.092 * s), (0.098 * c, low, 0.098 * s)],
                [0.008, 0.009, 0.011],
                syrup,
                sides=7,
                bend=3,
            ),
            gloss=0.9,
        )
    kit.add(
        put(
            box((-0.016, 0.0, -0.016), (0.016, 0.016, 0.016), (0.98, 0.88, 0.45), round_m=0.004),
            (0.0, top + 0.002, 0.0),
            turn=[("y", 25.0)],
        ),
        gloss=0.5,
    )
    return still(0.27, 0.27, 0.128)
