"""What is cooked in: pots, kettles, pans, coffee makers."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, Rgb, paint_of, shade, still


def cooking_pot(order: Order, kit: Assembly) -> Mechanism:
    """A pot with two handles; soup in it, and a ladle."""
    paint = paint_of(order, "body", (0.72, 0.18, 0.14))
    wall = [
        (0.0, 0.0),
        (0.12, 0.0),
        (0.135, 0.015),
        (0.14, 0.13),
        (0.147, 0.135),
        (0.147, 0.145),
        (0.132, 0.145),
        (0.13, 0.1),
    ]
    kit.add(lathe(wall, paint, sides=40, crease_deg=50.0), gloss=0.7)
    kit.add(disc((0.0, 0.115, 0.0), 0.132, (0.82, 0.50, 0.16), axis="y", sides=36), gloss=0.7)
    for s in (1.0, -1.0):
        grip = [
            (-0.045, 0.11, s * 0.135),
            (-0.04, 0.118, s * 0.185),
            (0.04, 0.118, s * 0.185),
            (0.045, 0.11, s * 0.135),
        ]
        kit.add(sweep(grip, 0.01, DARK, sides=8, bend=4), gloss=0.4)
    tones: tuple[Rgb, ...] = ((0.90, 0.48, 0.12), (0.36, 0.58, 0.22), (0.93, 0.86, 0.66))
    for k in range(11):
        a, far = 2.399 * k, 0.033 * math.sqrt(k)
        kit.add(
            ball((far * math.cos(a), 0.116, far * math.sin(a)), (0.017, 0.009, 0.014), tones[k % 3], level=1),
            gloss=0.4,
        )
    kit.add(
        sweep([(0.02, 0.1, 0.04), (-0.06, 0.22, 0.02), (-0.1, 0.3, 0.01)], 0.007, (0.66, 0.45, 0.25), sides=8)
    )
    return still(0.3, 0.39, 0.3)


def kettle(order: Order, kit: Assembly) -> Mechanism:
    """A kettle with a spout and a bow of a handle."""
    paint = paint_of(order, "body", (0.70, 0.73, 0.76))
    belly = [(0.0, 0.0), (0.1, 0.0), (0.108, 0.02), (0.1, 0.09), (0.06, 0.135), (0.045, 0.14), (0.0, 0.142)]
    kit.add(lathe(softened(belly, 3), paint, sides=40, crease_deg=60.0), gloss=0.9)
    kit.add(
        lathe([(0.045, 0.139), (0.04, 0.15), (0.0, 0.155)], shade(paint, 0.9), sides=28),
        ball((0.0, 0.163, 0.0), 0.013, DARK),
        gloss=0.8,
    )
    kit.add(
        sweep(
            [(0.085, 0.05, 0.0), (0.135, 0.09, 0.0), (0.155, 0.13, 0.0)],
            [0.022, 0.016, 0.011],
            paint,
            sides=14,
            bend=4,
        ),
        gloss=0.9,
    )
    bow = [(0.06, 0.125, 0.0), (0.06, 0.21, 0.0), (0.0, 0.235, 0.0), (-0.06, 0.21, 0.0), (-0.06, 0.125, 0.0)]
    kit.add(sweep(bow, 0.009, DARK, sides=10, bend=5), gloss=0.4)
    return still(0.27, 0.22, 0.245)


def cauldron(order: Order, kit: Assembly) -> Mechanism:
    """A black cauldron on three feet, full of something green that glows and bubbles."""
    iron, brew = paint_of(order, "body", (0.12, 0.12, 0.13)), paint_of(order, "drink", (0.36, 0.85, 0.25))
    wall = [
        (0.0, 0.1),
        (0.2, 0.12),
        (0.34, 0.26),
        (0.36, 0.42),
        (0.28, 0.58),
        (0.31, 0.64),
        (0.27, 0.64),
        (0.25, 0.56),
    ]
    kit.add(lathe(softened(wall, 3), iron, sides=40, crease_deg=60.0), gloss=0.4)
    kit.add(disc((0.0, 0.59, 0.0), 0.275, brew, axis="y", sides=36, glow=0.6), gloss=0.8)
    for k in range(9):
        a, far = 2.399 * k, 0.08 * math.sqrt(k)
        kit.add(
            ball(
                (far * math.cos(a), 0.59, far * math.sin(a)), 0.02 + 0.012 * (k % 3), brew, level=2, glow=0.7
            ),
            gloss=0.9,
        )
    for k in range(3):
        a = 2.0 * math.pi * k / 3.0 + 0.5
        kit.add(
            sweep(
                [
                    (0.18 * math.cos(a), 0.16, 0.18 * math.sin(a)),
                    (0.26 * math.cos(a), 0.0, 0.26 * math.sin(a)),
                ],
                [0.05, 0.03],
                iron,
            )
        )
    return still(0.72, 0.72, 0.64)


def frying_pan(order: Order, kit: Assembly) -> Mechanism:
    """A frying pan, with two eggs in it unless it is empty."""
    iron = paint_of(order, "body", (0.13, 0.13, 0.14))
    kit.add(
        lathe(
            [(0.0, 0.0), (0.11, 0.0), (0.14, 0.04), (0.136, 0.042), (0.108, 0.006), (0.0, 0.006)],
            iron,
            sides=40,
            crease_deg=50.0,
        ),
        gloss=0.6,
    )
    kit.add(
        put(
            box((0.0, -0.008, -0.014), (0.2, 0.008, 0.014), DARK, round_m=0.007),
            (-0.33, 0.045, 0.0),
            turn=[("z", -4.0)],
        ),
        gloss=0.4,
    )
    eggs = () if order.kind.shape.get("empty") else ((0.03, -0.042, 1.0), (-0.02, 0.045, 1.1))
    for x, z, size in eggs:
        kit.add(
            ball((x, 0.009, z), (0.05 * size, 0.006, 0.043 * size), (0.97, 0.96, 0.92)),
            ball((x, 0.015, z), (0.02, 0.012, 0.02), (0.98, 0.70, 0.12)),
            gloss=0.6,
        )
    return still(0.47, 0.28, 0.06)


def coffee_maker(order: Order, kit: Assembly) -> Mechanism:
    """An espresso machine with its group, its gauges and a cup below; it faces +x."""
    paint = paint_of(order, "body", (0.72, 0.14, 0.13))
    kit.add(
        box((-0.14, 0.0, -0.16), (0.16, 0.05, 0.16), STEEL, round_m=0.01),
        box((-0.14, 0.05, -0.16), (-0.02, 0.34, 0.16), paint, round_m=0.02),
        gloss=0.8,
    )
    kit.add(box((-0.14, 0.27, -0.16), (0.14, 0.38, 0.16), paint, round_m=0.025, steps=2), gloss=0.8)
    kit.add(
        lathe([(0.035, 0.21), (0.045, 0.23), (0.045, 0.28)], STEEL, at=(0.07, 0.0, 0.0), sides=24),
        sweep([(0.08, 0.225, 0.0), (0.2, 0.215, 0.0)], 0.012, DARK),
        gloss=0.9,
    )
    kit.add(
        lathe(
            [(0.0, 0.05), (0.025, 0.05), (0.033, 0.1), (0.029, 0.1), (0.0, 0.09)],
            (0.95, 0.93, 0.88),
            at=(0.07, 0.0, 0.0),
            sides=24,
        ),
        gloss=0.7,
    )
    kit.add(sweep([(0.07, 0.21, 0.0), (0.07, 0.09, 0.0)], 0.003, (0.28, 0.15, 0.07), sides=6))
    for z in (-0.08, 0.08):
        kit.add(
            put(
                lathe([(0.022, 0.0), (0.022, 0.008), (0.0, 0.008)], (0.95, 0.95, 0.93), axis="x", sides=20),
                (0.14, 0.325, z),
            ),
            gloss=0.8,
        )
    kit.add(sweep([(0.06, 0.3, 0.14), (0.13, 0.26, 0.17), (0.13, 0.14, 0.17)], 0.006, STEEL, bend=3))
    return still(0.34, 0.34, 0.38, sides=(0.0,))
