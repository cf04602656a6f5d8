"""Wares that product pictures are made of: headphones, lipstick, cans, jars of cream, a ring, bubble tea."""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import mirrored, put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glassware import floating_ice
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, Rgb, paint_of, shade, still
from kirin_video.engines.previs.plan import Contrivance

_GOLD: Rgb = (0.88, 0.68, 0.30)
_ALUMINIUM: Rgb = (0.82, 0.83, 0.85)


def headphones(order: Order, kit: Assembly) -> Mechanism:
    """Large headphones that stand on their cups: a padded band, two cushions; they face +x."""
    paint = paint_of(order, "body", (0.13, 0.14, 0.16))
    turns = [math.pi * k / 20.0 for k in range(21)]
    band = [(0.0, 0.105 + 0.088 * math.sin(a), 0.088 * math.cos(a)) for a in turns]
    kit.add(sweep(band, 0.0075, paint, sides=12), gloss=0.5)
    padded = [(0.0, 0.101 + 0.086 * math.sin(a), 0.086 * math.cos(a)) for a in turns[4:17]]
    kit.add(sweep(padded, 0.0125, shade(paint, 0.7), sides=12), gloss=0.1)
    for side in (-1.0, 1.0):
        z = 0.088 * side
        kit.add(sweep([(0.0, 0.105, z), (0.0, 0.05, 1.06 * z)], 0.006, STEEL, sides=10), gloss=0.9)
        shell = [(0.0, -0.008), (0.040, -0.008), (0.042, 0.0), (0.040, 0.012), (0.030, 0.020), (0.0, 0.020)]
        cup = lathe(shell, paint, axis="z")
        kit.add(put(cup if side > 0.0 else mirrored(cup), (0.0, 0.044, z)), gloss=0.6)
        kit.add(
            ring((0.0, 0.044, z - 0.014 * side), 0.028, 0.0125, shade(paint, 0.55), axis="z"),
            gloss=0.08,
        )
        kit.add(ring((0.0, 0.044, z + 0.0185 * side), 0.024, 0.002, _GOLD, axis="z"), gloss=0.9)
    return still(0.09, 0.22, 0.20)


def lipstick(order: Order, kit: Assembly) -> Mechanism:
    """A lipstick, turned up, its cap lying beside it."""
    red = paint_of(order, "body", (0.76, 0.06, 0.12))
    kit.add(lathe([(0.0, 0.0), (0.0112, 0.0), (0.0112, 0.034), (0.0, 0.034)], DARK, sides=32), gloss=0.8)
    kit.add(lathe([(0.0, 0.034), (0.0118, 0.034), (0.0118, 0.038), (0.0, 0.038)], _GOLD, sides=32), gloss=1.0)
    kit.add(lathe([(0.0, 0.038), (0.0095, 0.038), (0.0095, 0.054), (0.0, 0.054)], _GOLD, sides=32), gloss=1.0)
    tip = [(0.0, 0.052), (0.0078, 0.052), (0.0078, 0.070), (0.0068, 0.076), (0.004, 0.080), (0.0, 0.081)]
    kit.add(put(lathe(tip, red, sides=32)), gloss=0.55)
    cap = lathe(
        [(0.0, -0.026), (0.0115, -0.026), (0.0115, 0.024), (0.0105, 0.026), (0.0, 0.026)],
        DARK,
        axis="z",
        sides=32,
    )
    kit.add(put(cap, (0.016, 0.0115, 0.034), turn=[("y", 35.0)]), gloss=0.8)
    return still(0.06, 0.09, 0.081)


def can(order: Order, kit: Assembly) -> Mechanism:
    """A can of something fizzy with a pale wave round it, wet with small drops."""
    paint = paint_of(order, "body", (0.80, 0.08, 0.10))
    wall = [(0.0, 0.0), (0.026, 0.0), (0.033, 0.010), (0.033, 0.106), (0.0275, 0.117), (0.0275, 0.121)]
    kit.add(lathe(wall, paint, sides=48), gloss=0.85)
    kit.add(
        lathe([(0.0275, 0.121), (0.0255, 0.1215), (0.0245, 0.118), (0.0, 0.118)], _ALUMINIUM, sides=48),
        gloss=1.0,
    )
    kit.add(lathe([(0.0, 0.0004), (0.0262, -0.0001), (0.0285, 0.004)], _ALUMINIUM, sides=48), gloss=1.0)
    kit.add(box((-0.010, 0.1185, -0.007), (0.010, 0.1205, 0.007), _ALUMINIUM, round_m=0.001), gloss=1.0)
    for k in range(28):
        a, b = math.tau * k / 28.0, math.tau * (k + 1) / 28.0
        path = [
            (0.0326 * math.cos(t), 0.058 + 0.014 * math.sin(t + 0.6), -0.0326 * math.sin(t)) for t in (a, b)
        ]
        kit.add(sweep(path, 0.0042, CREAM, sides=6), gloss=0.7)
    for k in range(40):
        a, y = 2.399 * k, 0.014 + 0.088 * ((k * 7) % 40) / 39.0
        r = 0.0011 + 0.0011 * (k % 3) / 2.0
        kit.add(
            ball(
                (0.0332 * math.cos(a), y, -0.0332 * math.sin(a)), (r, 1.2 * r, r), (0.86, 0.90, 0.94), level=1
            ),
            gloss=1.0,
            shades=False,
        )
    return still(0.066, 0.066, 0.1215)


def cream_jar(order: Order, kit: Assembly) -> Mechanism:
    """An open jar of face cream, a swirl on it, its golden lid leaning on it; it faces +x."""
    glass = paint_of(order, "body", (0.90, 0.93, 0.92))
    kit.add(
        lathe(
            [(0.0, 0.0), (0.034, 0.0), (0.038, 0.004), (0.038, 0.036), (0.034, 0.040), (0.030, 0.041)],
            glass,
            sides=56,
        ),
        gloss=0.95,
    )
    kit.add(
        lathe(
            [(0.030, 0.041), (0.031, 0.046), (0.0285, 0.046), (0.0285, 0.043), (0.0, 0.043)], CREAM, sides=56
        ),
        gloss=0.4,
    )
    swirl = [
        (0.020 * (1.0 - t) * math.cos(9.0 * t), 0.0435 + 0.010 * t, 0.020 * (1.0 - t) * math.sin(9.0 * t))
        for t in (k / 24.0 for k in range(25))
    ]
    kit.add(
        sweep(swirl, [0.0075 * (1.0 - 0.85 * k / 24.0) for k in range(25)], (0.98, 0.96, 0.93), sides=10),
        gloss=0.3,
    )
    kit.add(
        front(0.0372, 0.012, 0.028, -0.018, 0.018, (0.97, 0.96, 0.94), round_m=0.001, lift=0.001), gloss=0.4
    )
    kit.add(front(0.0372, 0.019, 0.021, -0.011, 0.011, _GOLD, round_m=0.0, lift=0.002), gloss=0.9)
    lid = lathe([(0.0, 0.0), (0.037, 0.0), (0.037, 0.014), (0.035, 0.016), (0.0, 0.016)], _GOLD, sides=56)
    kit.add(put(lid, (-0.006, 0.034, 0.058), turn=[("x", -68.0)]), gloss=1.0)
    return still(0.08, 0.13, 0.056)


def jewel_box(order: Order, kit: Assembly) -> Mechanism:
    """A ring with a stone in the cushion of a small open box; it faces +x."""
    velvet, gold = (0.10, 0.13, 0.30), paint_of(order, "body", _GOLD)
    kit.add(box((-0.034, 0.0, -0.034), (0.034, 0.030, 0.034), velvet, round_m=0.005, steps=2), gloss=0.1)
    kit.add(box((-0.029, 0.024, -0.029), (0.029, 0.034, 0.029), CREAM, round_m=0.004, steps=2), gloss=0.05)
    lid = box((0.0, 0.0, -0.034), (0.012, 0.066, 0.034), velvet, round_m=0.005, steps=2)
    lining = box((0.008, 0.005, -0.029), (0.0135, 0.061, 0.029), CREAM, round_m=0.003)
    kit.add(*(put(mesh, (-0.040, 0.026, 0.0), turn=[("z", 14.0)]) for mesh in (lid, lining)), gloss=0.1)
    at = (0.004, 0.044, 0.0)
    kit.add(ring(at, 0.0135, 0.0019, gold, axis="x", sides=48), gloss=1.0)
    crown = at[1] + 0.0135
    stone = lathe(
        [(0.0, 0.0), (0.0062, 0.0062), (0.0062, 0.0070), (0.0044, 0.0096), (0.0, 0.0096)], (0.88, 0.95, 1.0),
        at=(at[0], crown, 0.0), sides=8, crease_deg=10.0, glow=0.25,
    )  # fmt: skip
    kit.add(stone, gloss=1.0, shades=False)
    for k in range(4):
        a = math.pi / 4.0 + math.pi / 2.0 * k
        x, z = 0.0060 * math.cos(a), 0.0060 * math.sin(a)
        kit.add(
            sweep([(at[0], crown, 0.0), (at[0] + x, crown + 0.0076, z)], 0.0009, gold, sides=6), gloss=1.0
        )
    return still(0.08, 0.07, 0.09)


def bubble_tea(order: Order, kit: Assembly) -> Mechanism:
    """Milk tea in a clear cup: dark pearls at its foot, a domed lid, a wide straw.

    With ice it is open, and the ice moves in it.
    """
    iced = Contrivance.WITH_ICE in order.subject.traits
    tea = paint_of(order, "body", (0.80, 0.60, 0.42))
    kit.add(lathe([(0.0, 0.0), (0.034, 0.0), (0.036, 0.03)], shade(tea, 0.72), sides=44), gloss=0.7)
    kit.add(lathe([(0.036, 0.03), (0.0455, 0.132), (0.0, 0.132)], tea, sides=44), gloss=0.7)
    kit.add(
        *()
        if iced
        else (
            lathe(
                [
                    (0.0455, 0.132),
                    (0.0475, 0.134),
                    (0.047, 0.140),
                    (0.040, 0.158),
                    (0.024, 0.168),
                    (0.0, 0.170),
                ],
                (0.90, 0.93, 0.95),
                sides=44,
            ),
        ),
        gloss=1.0,
    )
    for k in range(46):
        a, y = 2.399 * k, 0.006 + 0.034 * ((k * 11) % 46) / 45.0
        far = 0.0325 + 0.09 * y * 0.6
        kit.add(
            ball((far * math.cos(a), y, -far * math.sin(a)), 0.0062, (0.10, 0.06, 0.05), level=2), gloss=0.8
        )
    swings = floating_ice(kit, 0.132, 0.026, 0.152) if iced else ()
    for k in range(0 if iced else 3):
        a = 0.8 + 2.1 * k
        cube = box((-0.010,) * 3, (0.010,) * 3, (0.90, 0.80, 0.68), round_m=0.003)
        at = (0.024 * math.cos(a), 0.131, 0.024 * math.sin(a))
        kit.add(put(cube, at, turn=[("y", 40.0 * k), ("x", 20.0)]), gloss=0.9)
    kit.add(sweep([(0.0, 0.12, 0.0), (0.016, 0.225, 0.010)], 0.0062, (0.92, 0.34, 0.42), sides=14), gloss=0.5)
    return replace(still(0.095, 0.095, 0.229), swings=swings)


def necklace(order: Order, kit: Assembly) -> Mechanism:
    """A necklace with a stone on a velvet bust; it faces +x."""
    gold, velvet = paint_of(order, "body", _GOLD), (0.10, 0.10, 0.12)
    bust = [(0.0, 0.0), (0.075, 0.0), (0.090, 0.05), (0.112, 0.13), (0.105, 0.165), (0.058, 0.190),
            (0.043, 0.215), (0.042, 0.285), (0.0, 0.285)]  # fmt: skip
    kit.add(put(lathe(bust, velvet, sides=48, crease_deg=60.0), size=(0.62, 1.0, 1.28)), gloss=0.08)
    chain: list[tuple[float, float, float]] = []
    for k in range(33):
        a = -2.2 + 4.4 * k / 32.0
        drop = 0.5 + 0.5 * math.cos(a * math.pi / 2.2)
        chain.append((0.030 + 0.038 * drop, 0.228 - 0.098 * drop, 0.072 * math.sin(a * 0.72)))
    kit.add(sweep(chain, 0.0021, gold, sides=8), gloss=1.0)
    for x, y, z in chain[2:-2:2]:
        kit.add(ball((x + 0.001, y, z), 0.0034, gold, level=1), gloss=1.0)
    x, y, _ = chain[16]
    kit.add(
        put(ring((0.0, 0.0, 0.0), 0.0125, 0.0028, gold, axis="x"), (x + 0.004, y - 0.016, 0.0)), gloss=1.0
    )
    kit.add(ball((x + 0.005, y - 0.016, 0.0), (0.007, 0.011, 0.011), (0.16, 0.42, 0.86), level=2), gloss=1.0)
    return still(0.14, 0.28, 0.285, sides=(0.0,))
