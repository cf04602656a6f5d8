"""What grows in gardens and fields: pumpkins, carrots, pineapples, grapes, strawberries; bamboo; plants in pots."""

# ruff: noqa: E501, PLR2004 -- things are made of measures
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, Rgb, paint_of, shade, still

_LEAF: Rgb = (0.26, 0.50, 0.18)


def pumpkin(order: Order, kit: Assembly) -> Mechanism:
    """A ribbed pumpkin with its stalk; ``carved`` cuts a face into it that glows. It faces +x."""
    paint = paint_of(order, "body", (0.90, 0.45, 0.08))
    turn = np.linspace(0.0, 2.0 * math.pi, 60, endpoint=False)
    ribs = 1.0 - 0.09 * np.abs(np.cos(5.0 * turn)) ** 6
    sections: list[NDArray[np.float64]] = []
    for a in np.linspace(-math.pi / 2.0 + 0.05, math.pi / 2.0 - 0.05, 15).tolist():
        r = 0.2 * math.cos(a) ** 0.75 * ribs
        y = 0.14 + 0.14 * math.sin(a)
        sections.append(np.column_stack([r * np.cos(turn), np.full(60, y), -r * np.sin(turn)]))
    kit.add(loft(np.array(sections), paint, crease_deg=70.0), gloss=0.4)
    stalk = [(0.0, 0.27, 0.0), (0.005, 0.32, 0.0), (0.03, 0.36, 0.01)]
    kit.add(sweep(stalk, [0.028, 0.018, 0.022], (0.40, 0.42, 0.18), sides=9, bend=3))
    if order.kind.shape.get("carved"):
        fire: Rgb = (1.0, 0.78, 0.25)
        for z in (-0.075, 0.075):
            kit.add(
                put(ball((0.0, 0.0, 0.0), (0.02, 0.034, 0.034), fire, level=2, glow=1.0), (0.172, 0.185, z))
            )
        kit.add(put(ball((0.0, 0.0, 0.0), (0.02, 0.02, 0.016), fire, level=2, glow=1.0), (0.188, 0.145, 0.0)))
        grin = [
            (0.163, 0.118, -0.095),
            (0.183, 0.082, -0.05),
            (0.188, 0.072, 0.0),
            (0.183, 0.082, 0.05),
            (0.163, 0.118, 0.095),
        ]
        mouth = sweep(grin, [0.008, 0.02, 0.022, 0.02, 0.008], fire, bend=4)
        mouth.glow[:] = 1.0
        kit.add(mouth, gloss=0.0)
        for z in (-0.05, 0.012, 0.06):
            kit.add(box((0.17, 0.08, z - 0.012), (0.214, 0.102, z + 0.012), paint, round_m=0.003))
    return still(0.4, 0.4, 0.37, sides=(0.0,))


def carrot(order: Order, kit: Assembly) -> Mechanism:
    """A carrot that lies on its side, with its greens."""
    paint = paint_of(order, "body", (0.93, 0.46, 0.10))
    line = [(0.0, -0.11), (0.006, -0.1), (0.016, -0.02), (0.023, 0.06), (0.018, 0.075), (0.0, 0.078)]
    kit.add(
        lathe(softened(line), paint, axis="x", at=(0.0, 0.023, 0.0), sides=20, crease_deg=70.0), gloss=0.3
    )
    for k in range(6):
        x = -0.07 + 0.022 * k
        kit.add(
            ring((x, 0.023, 0.0), 0.0115 + 0.09 * (x + 0.07), 0.0012, shade(paint, 0.8), axis="x", sides=18),
            shades=False,
        )
    for k in range(7):
        a = 2.399 * k
        way = (0.16 + 0.01 * (k % 3), 0.03 + 0.03 * math.sin(a), 0.04 * math.cos(a))
        kit.add(
            sweep(
                [(0.075, 0.023, 0.0), (0.12, 0.03 + 0.01 * math.sin(a), 0.015 * math.cos(a)), way],
                [0.004, 0.004, 0.007],
                _LEAF,
                sides=5,
                bend=2,
            )
        )
    return still(0.28, 0.05, 0.06)


def pineapple(order: Order, kit: Assembly) -> Mechanism:
    """A pineapple: a knobbly fruit below a crown of leaves."""
    paint = paint_of(order, "body", (0.83, 0.56, 0.16))
    kit.add(ball((0.0, 0.1, 0.0), (0.062, 0.1, 0.062), shade(paint, 0.75)), gloss=0.2)
    for row in range(9):
        up = math.radians(-62.0 + 15.5 * row)
        for k in range(12):
            a = 2.0 * math.pi * (k + 0.5 * (row % 2)) / 12.0
            at = (
                0.062 * math.cos(up) * math.cos(a),
                0.1 + 0.1 * math.sin(up),
                0.062 * math.cos(up) * math.sin(a),
            )
            size = 0.0145 * math.cos(up) ** 0.5
            kit.add(ball(at, (size, 1.1 * size, size), paint, level=1), gloss=0.3)
    for k in range(22):
        a, out = 2.399 * k, 1.0 - k / 22.0
        c, s = math.cos(a), math.sin(a)
        leaf = [
            (0.012 * c, 0.19, 0.012 * s),
            (0.03 * out * c, 0.24, 0.03 * out * s),
            (0.08 * out * c, 0.33 - 0.07 * out, 0.08 * out * s),
        ]
        kit.add(
            sweep(leaf, [0.008, 0.008, 0.001], shade(_LEAF, 0.85 + 0.3 * (k % 3) / 2.0), sides=5, bend=2),
            gloss=0.2,
        )
    return still(0.14, 0.14, 0.33)


def grapes(order: Order, kit: Assembly) -> Mechanism:
    """A bunch of grapes that lies, with its stalk and a leaf."""
    paint = paint_of(order, "body", (0.42, 0.16, 0.42))
    for k in range(38):
        t = k / 38.0
        a, far = 2.399 * k, 0.052 * math.sqrt(max(1.0 - t, 0.0)) * (0.4 + 0.6 * ((k * 0.618) % 1.0) ** 0.5)
        at = (-0.07 + 0.15 * t, 0.014 + 0.6 * max(far * math.sin(a), -0.0) + 0.012, far * math.cos(a))
        kit.add(ball(at, 0.014, shade(paint, 0.85 + 0.1 * (k % 4)), level=2), gloss=0.7)
    kit.add(
        sweep(
            [(-0.06, 0.03, 0.0), (-0.1, 0.05, 0.0), (-0.13, 0.06, 0.01)], 0.004, (0.42, 0.32, 0.16), sides=6
        )
    )
    kit.add(
        put(
            ball((0.0, 0.0, 0.0), (0.035, 0.004, 0.04), _LEAF, level=2),
            (-0.09, 0.055, 0.03),
            turn=[("x", 25.0)],
        )
    )
    return still(0.2, 0.1, 0.075)


def strawberry(order: Order, kit: Assembly) -> Mechanism:
    """A strawberry with its seeds and its green star."""
    paint = paint_of(order, "body", (0.84, 0.10, 0.12))
    line = softened(
        [(0.0, 0.0), (0.009, 0.003), (0.018, 0.018), (0.021, 0.032), (0.014, 0.042), (0.0, 0.043)], 4
    )
    kit.add(lathe(line, paint, sides=28, crease_deg=80.0), gloss=0.7)
    for row in range(5):
        y = 0.008 + 0.0065 * row
        r = float(np.interp(y, line[:, 1], line[:, 0]))
        for k in range(9):
            a = 2.0 * math.pi * (k + 0.5 * (row % 2)) / 9.0
            kit.add(
                ball(
                    (r * math.cos(a), y, r * math.sin(a)),
                    (0.0009, 0.0015, 0.0009),
                    (0.96, 0.80, 0.35),
                    level=1,
                ),
                shades=False,
            )
    for k in range(6):
        a = 2.0 * math.pi * k / 6.0
        leaf = [
            (0.0, 0.043, 0.0),
            (0.01 * math.cos(a), 0.046, 0.01 * math.sin(a)),
            (0.019 * math.cos(a), 0.041, 0.019 * math.sin(a)),
        ]
        kit.add(sweep(leaf, [0.003, 0.004, 0.0006], _LEAF, sides=5))
    kit.add(sweep([(0.0, 0.043, 0.0), (0.003, 0.055, 0.0)], 0.0014, _LEAF, sides=5))
    return still(0.042, 0.042, 0.055)


def bamboo(order: Order, kit: Assembly) -> Mechanism:
    """A clump of bamboo: jointed culms, thin branches, hanging leaves."""
    paint = paint_of(order, "body", (0.48, 0.62, 0.26))
    rng = np.random.default_rng(order.seed + 11)
    for k in range(7):
        a = 2.399 * k
        x, z = 0.28 * math.sqrt(k) * math.cos(a), 0.28 * math.sqrt(k) * math.sin(a)
        tall, lean = float(rng.uniform(4.6, 6.4)), rng.uniform(-0.35, 0.35, 2)
        tone = shade(paint, float(rng.uniform(0.8, 1.15)))
        culm = [(x + lean[0] * t**2, tall * t, z + lean[1] * t**2) for t in (0.0, 0.35, 0.7, 1.0)]
        kit.add(sweep(culm, [0.055, 0.05, 0.035, 0.012], tone, sides=10, bend=4), gloss=0.5)
        for n in range(1, 11):
            t = n / 11.5
            at = (x + lean[0] * t**2, tall * t, z + lean[1] * t**2)
            kit.add(ring(at, 0.052 - 0.03 * t, 0.008, shade(tone, 0.7), axis="y", sides=10))
            if n < 4:
                continue
            for m in range(3):
                b = float(rng.uniform(0.0, 2.0 * math.pi))
                far = float(rng.uniform(0.35, 0.75))
                tip = (at[0] + far * math.cos(b), at[1] + 0.12 - 0.16 * m, at[2] + far * math.sin(b))
                leaf = put(
                    ball(
                        (0.0, 0.0, 0.0),
                        (0.17, 0.012, 0.03),
                        shade(_LEAF, 0.9 + 0.5 * ((n + m) % 3) / 2.0),
                        level=0,
                    ),
                    tip,
                    turn=[("z", -32.0), ("y", -math.degrees(b))],
                )
                kit.add(sweep([at, tip], 0.005, tone, sides=4), leaf, shades=False)
    return still(1.6, 1.6, 6.4, ride=Ride.ROOTED, tops=(("top", (0.0, 3.0, 0.0)),))


def pot_plant(order: Order, kit: Assembly) -> Mechanism:
    """A leafy plant in a clay pot."""
    leaf, clay = paint_of(order, "leaves", _LEAF), paint_of(order, "body", (0.72, 0.38, 0.24))
    pot = [(0.0, 0.0), (0.09, 0.0), (0.125, 0.19), (0.14, 0.19), (0.14, 0.23), (0.12, 0.23), (0.11, 0.2)]
    kit.add(
        lathe(pot, clay, sides=32),
        lathe([(0.118, 0.205), (0.0, 0.212)], (0.22, 0.15, 0.1), sides=24),
        gloss=0.15,
    )
    for k in range(17):
        a, up = 2.399 * k, 0.28 + 0.022 * k
        far = 0.24 - 0.008 * k
        c, s = math.cos(a), math.sin(a)
        kit.add(
            sweep(
                [
                    (0.02 * c, 0.2, 0.02 * s),
                    (0.4 * far * c, up, 0.4 * far * s),
                    (0.8 * far * c, up + 0.05, 0.8 * far * s),
                ],
                0.006,
                shade(leaf, 0.8),
                sides=5,
                bend=2,
            )
        )
        blade = ball((0.0, 0.0, 0.0), (0.085, 0.008, 0.045), shade(leaf, 0.82 + 0.12 * (k % 4)), level=2)
        kit.add(
            put(blade, (far * c, up + 0.04, far * s), turn=[("z", -22.0 + 3.0 * k), ("y", -math.degrees(a))]),
            gloss=0.3,
        )
    return still(0.5, 0.5, 0.72)


def hay_bale(order: Order, kit: Assembly) -> Mechanism:
    """A round bale of hay that lies on its side."""
    paint = paint_of(order, "body", (0.83, 0.67, 0.33))
    line = [(0.0, -0.6), (0.66, -0.6), (0.7, -0.55), (0.7, 0.55), (0.66, 0.6), (0.0, 0.6)]
    kit.add(lathe(line, paint, axis="z", at=(0.0, 0.7, 0.0), sides=40), gloss=0.0)
    for z in np.linspace(-0.5, 0.5, 7).tolist():
        kit.add(ring((0.0, 0.7, z), 0.695, 0.016, shade(paint, 0.8), sides=36), gloss=0.0)
    for k in range(5):
        for z in (-0.6, 0.6):
            kit.add(ring((0.0, 0.7, z), 0.12 + 0.12 * k, 0.018, shade(paint, 0.86), sides=30), gloss=0.0)
    kit.add(ball((0.0, 0.7, 0.6), 0.03, DARK, level=1))
    return still(1.4, 1.2, 1.4)
