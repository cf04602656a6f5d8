"""Accordions, and the carpenter's saw with its board."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, Rgb, paint_of, shade, still

_FOLDS = 9
_PINE: Rgb = (0.86, 0.68, 0.44)
_GRIP: Rgb = (0.52, 0.24, 0.12)


def accordion(order: Order, kit: Assembly) -> Mechanism:
    """An accordion across, along z: keys on its right half, buttons on its left, bellows between."""
    paint = paint_of(order, "body", (0.72, 0.10, 0.13))
    for side in (1.0, -1.0):
        low, high = sorted((0.11 * side, 0.22 * side))
        kit.add(box((-0.10, 0.0, low), (0.10, 0.40, high), paint, round_m=0.02, steps=2), gloss=0.9)
        kit.add(box((0.098, 0.05, low + 0.02), (0.106, 0.35, high - 0.02), (0.86, 0.72, 0.36)), gloss=0.9)
    for k in range(_FOLDS):
        z = -0.11 + 0.22 * (k + 0.5) / _FOLDS
        tone = CREAM if k % 2 else DARK
        deep = 0.095 if k % 2 else 0.082
        kit.add(box((-deep, 0.012, z - 0.012), (deep, 0.388, z + 0.012), tone, round_m=0.004))
    for k in range(14):
        y = 0.02 + 0.026 * k
        kit.add(box((0.09, y, 0.222), (0.165, y + 0.024, 0.245), (0.97, 0.97, 0.95)), gloss=0.8)
        if k % 7 not in {2, 6}:
            kit.add(box((0.085, y + 0.018, 0.24), (0.135, y + 0.030, 0.252), DARK))
    for k in range(12):
        y, x = 0.05 + 0.05 * (k % 6), 0.02 + 0.04 * (k // 6)
        kit.add(box((x, y, -0.228), (x + 0.018, y + 0.018, -0.218), CREAM, round_m=0.004), gloss=0.7)
    for z in (0.15, -0.15):
        kit.add(sweep([(-0.10, 0.03, z), (-0.20, 0.24, z), (-0.10, 0.39, z)], 0.014, DARK, bend=4))
    return still(0.27, 0.48, 0.40)


def saw(order: Order, kit: Assembly) -> Mechanism:
    """A handsaw that points ahead, its teeth below, its handle at the origin."""
    wood = paint_of(order, "body", _GRIP)
    for k in range(5):
        deep = 0.125 - 0.018 * k
        kit.add(box((0.04 + 0.088 * k, 0.0, -0.0022), (0.13 + 0.088 * k, deep, 0.0022), STEEL), gloss=0.9)
    for k in range(20):
        x = 0.05 + 0.0215 * k
        kit.add(box((x, -0.010, -0.002), (x + 0.011, 0.002, 0.002), shade(STEEL, 0.8)))
    kit.add(box((-0.06, 0.0, -0.014), (0.06, 0.125, 0.014), wood, round_m=0.012, steps=2), gloss=0.5)
    return still(0.54, 0.03, 0.13)


def sawn_board(order: Order, kit: Assembly) -> Mechanism:
    """A board across, along z, half sawn through at one end, with its dust."""
    wood = paint_of(order, "body", _PINE)
    kit.add(box((-0.11, 0.0, -0.75), (0.11, 0.035, 0.30), wood, round_m=0.003))
    kit.add(box((-0.11, 0.0, 0.31), (0.11, 0.035, 0.62), shade(wood, 0.94), round_m=0.003))
    kit.add(box((-0.11, 0.0, 0.29), (-0.02, 0.034, 0.32), shade(wood, 0.9)))
    for k in range(3):
        kit.add(box((-0.10, 0.0352, -0.7 + 0.3 * k), (0.09, 0.0358, -0.69 + 0.32 * k), shade(wood, 0.8)))
    return still(0.22, 1.37, 0.036)
