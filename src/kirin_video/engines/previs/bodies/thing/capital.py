"""Landmarks of China: the round temple of heaven, the gate of heavenly peace."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.shrines import swept_roof
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still

_GOLD: Rgb = (0.86, 0.66, 0.24)
_WHITE: Rgb = (0.92, 0.91, 0.88)


def temple_of_heaven(order: Order, kit: Assembly) -> Mechanism:
    """A round hall of red columns under three blue roofs, on three terraces of white marble."""
    wall, tile = paint_of(order, "body", (0.64, 0.16, 0.12)), paint_of(order, "roof", (0.13, 0.24, 0.50))
    for k, r in enumerate((10.5, 8.9, 7.3)):
        kit.add(lathe([(r, 0.9 * k), (r, 0.9 * k + 0.9), (0.0, 0.9 * k + 0.9)], _WHITE, sides=48))
        for j in range(36):
            t = 2.0 * math.pi * j / 36.0
            post = (r - 0.2) * math.cos(t), (r - 0.2) * math.sin(t)
            if abs(post[1]) > 1.3 or post[0] < 0.0:
                low, high = (
                    (post[0] - 0.12, 0.9 * k + 0.9, post[1] - 0.12),
                    (post[0] + 0.12, 0.9 * k + 1.6, post[1] + 0.12),
                )
                kit.add(box(low, high, _WHITE))
    kit.add(prism([(7.0, 2.7), (7.0, 0.0), (12.6, 0.0)][::-1], -1.2, 1.2, _WHITE))
    for r, low, high in ((4.9, 2.7, 7.0), (3.9, 8.2, 9.9), (2.9, 11.2, 12.9)):
        kit.add(lathe([(r, low), (r, high), (0.0, high)], wall, sides=32))
        kit.add(lathe([(r + 0.1, high - 0.8), (r + 0.25, high)], (0.14, 0.34, 0.36), sides=32))
        for j in range(12):
            t = 2.0 * math.pi * (j + 0.5) / 12.0
            foot = (r + 0.12) * math.cos(t), (r + 0.12) * math.sin(t)
            kit.add(
                sweep([(foot[0], low, foot[1]), (foot[0], high, foot[1])], 0.2, shade(wall, 1.25), sides=8)
            )
    for r, y, top, rise in ((6.6, 6.9, 3.6, 1.7), (5.4, 9.8, 2.6, 1.8)):
        kit.add(
            lathe([(0.0, y), (r, y), (r, y + 0.2), (0.7 * r, y + 0.55), (top, y + rise)], tile, sides=40),
            gloss=0.4,
        )
    kit.add(
        lathe(
            [(0.0, 12.8), (4.4, 12.8), (4.4, 13.0), (2.6, 13.7), (1.1, 15.4), (0.5, 16.7), (0.0, 16.8)],
            tile,
            sides=40,
        ),
        gloss=0.4,
    )
    kit.add(
        lathe([(0.5, 16.6), (0.7, 17.0), (0.35, 17.5), (0.55, 17.9), (0.0, 18.5)], _GOLD, sides=18), gloss=0.8
    )
    return still(21.0, 21.0, 18.5)


def gate_of_heavenly_peace(order: Order, kit: Assembly) -> Mechanism:
    """A long red wall with five arched gates and a hall with two golden roofs on it."""
    wall, tile = paint_of(order, "body", (0.66, 0.16, 0.11)), paint_of(order, "roof", (0.84, 0.58, 0.16))
    kit.add(box((-4.0, 0.0, -15.0), (4.0, 6.6, 15.0), wall, round_m=0.05))
    kit.add(
        box((-4.15, 0.0, -15.15), (4.15, 0.7, 15.15), _WHITE),
        box((-4.15, 6.5, -15.15), (4.15, 6.8, 15.15), tile),
    )
    for z in (-9.0, -4.6, 0.0, 4.6, 9.0):
        half, spring = (1.25, 2.9) if z == 0.0 else (1.0, 2.4)
        arc = [(z + half * math.cos(t), spring + half * math.sin(t)) for t in np.linspace(0.0, math.pi, 11)]
        kit.add(prism([(z - half, 0.0), (z + half, 0.0), *arc], 3.9, 4.2, (0.12, 0.06, 0.05), axis="x"))
    kit.add(box((4.0, 3.6, -0.75), (4.12, 5.5, 0.75), (0.86, 0.80, 0.66)))
    kit.add(box((-3.2, 6.8, -11.4), (3.2, 10.6, 11.4), shade(wall, 0.8)))
    for z in np.linspace(-11.2, 11.2, 10).tolist():
        kit.add(sweep([(3.7, 6.8, z), (3.7, 10.4, z)], 0.27, shade(wall, 1.2), sides=8), gloss=0.3)
        kit.add(box((3.2, 7.2, z - 0.75), (3.28, 9.6, z + 0.75), (0.72, 0.50, 0.22)))
    kit.add(box((-3.9, 10.1, -11.8), (3.9, 10.6, 11.8), (0.16, 0.36, 0.38)))
    kit.add(swept_roof((5.4, 13.8), 10.5, 1.9, tile, ridge=10.6), gloss=0.3)
    kit.add(box((-2.6, 11.4, -10.2), (2.6, 13.2, 10.2), shade(wall, 0.85)))
    kit.add(swept_roof((4.6, 12.4), 13.0, 3.1, tile, ridge=9.2), gloss=0.3)
    return still(9.0, 30.4, 16.4, sides=(0.0,))
