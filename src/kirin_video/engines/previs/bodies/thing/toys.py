"""What is swung, thrown and tossed: a skipping rope, a frisbee, a pancake; and knitting."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, paint_of, shade, still

_REACH_M = 0.955
"""From the hands to the lowest place of a rope; a person of 1.76 m has them a little higher."""
_APART_M = 0.36
"""Half the distance of the hands of one who swings it."""


def jump_rope(order: Order, kit: Assembly) -> Mechanism:
    """A rope that hangs in a wide loop from two handles, its lowest place at the origin."""
    paint = paint_of(order, "body", (0.86, 0.20, 0.16))
    around = np.linspace(0.0, math.pi, 29)
    deep = _REACH_M * np.sin(around) ** 0.72
    wide = _APART_M * np.cos(around) * (1.0 + 0.22 * np.sin(around))
    path = np.stack([0.0 * around, _REACH_M - deep, wide], 1)
    kit.add(sweep(path, 0.016, paint, sides=7, bend=2), shades=False)
    for side in (-1.0, 1.0):
        at, out = np.array([0.0, _REACH_M, side * _APART_M]), np.array([0.0, 0.0, side])
        handle = [at + 0.03 * out, at - 0.075 * out]
        kit.add(sweep(handle, [0.017, 0.021], shade(CREAM, 0.95), sides=9), gloss=0.3)
    return still(0.05, 2.0 * _APART_M, _REACH_M)


def frisbee(order: Order, kit: Assembly) -> Mechanism:
    """A disc with a deep rim."""
    paint = paint_of(order, "body", (0.90, 0.24, 0.16))
    stripe = paint_of(order, "patches", (0.98, 0.86, 0.30))
    rim = [(0.0, 0.028), (0.150, 0.026), (0.158, 0.0), (0.166, 0.002), (0.168, 0.026), (0.150, 0.038)]
    top = [(0.150, 0.038), (0.112, 0.042), (0.088, 0.043), (0.0, 0.044)]
    kit.add(lathe(softened([*rim, top[0]], 1), paint, sides=36), gloss=0.5)
    kit.add(lathe(top, [paint, stripe, paint], sides=36), gloss=0.5)
    return still(0.336, 0.336, 0.044)


def pancake(order: Order, kit: Assembly) -> Mechanism:
    """One pancake, brown on both sides, pale at its rim."""
    paint = paint_of(order, "body", (0.84, 0.58, 0.26))
    rim = [(0.0, 0.0), (0.098, 0.0), (0.112, 0.007), (0.098, 0.015), (0.0, 0.016)]
    tones = [shade(paint, 0.82), shade(paint, 1.18), shade(paint, 1.18), shade(paint, 0.90)]
    kit.add(lathe(rim, tones, sides=40, crease_deg=60.0), gloss=0.2)
    return still(0.224, 0.224, 0.016)


def knitting(order: Order, kit: Assembly) -> Mechanism:
    """A piece with stripes that hangs from two crossed needles, and its ball of wool."""
    wool = paint_of(order, "body", (0.80, 0.30, 0.34))
    light = paint_of(order, "patches", (0.95, 0.88, 0.76))
    for k in range(9):
        low, wide = 0.035 * k, 0.115 + 0.004 * math.sin(2.1 * k)
        color = light if k % 3 == 1 else wool
        kit.add(box((-0.010, low, -wide), (0.010, low + 0.037, wide), color, round_m=0.009), gloss=0.0)
    for side in (-1.0, 1.0):
        needle = [(0.012 * side, 0.30, -0.135 * side), (0.03 * side, 0.37, 0.21 * side)]
        kit.add(sweep(needle, 0.0052, (0.80, 0.66, 0.42), sides=7), gloss=0.5)
        kit.add(ball(needle[1], 0.011, (0.75, 0.20, 0.18), level=1), gloss=0.4)
    kit.add(ball((0.085, 0.06, -0.10), 0.055, wool, level=2), gloss=0.0)
    strand = [(0.085, 0.11, -0.10), (0.06, 0.20, -0.08), (0.012, 0.31, -0.04)]
    kit.add(sweep(strand, 0.004, wool, sides=5, bend=5), gloss=0.0)
    return still(0.15, 0.42, 0.37)


def trampoline(order: Order, kit: Assembly) -> Mechanism:
    """A dark mat in a padded ring on six legs."""
    pad = paint_of(order, "body", (0.16, 0.42, 0.74))
    high, wide = 0.62, 1.75
    kit.add(ring((0.0, high, 0.0), wide, 0.075, pad, axis="y", sides=44), gloss=0.2)
    mat = [(0.0, high - 0.02), (wide - 0.05, high - 0.02), (wide - 0.05, high), (0.0, high)]
    kit.add(lathe(mat, (0.10, 0.10, 0.12), sides=44), gloss=0.1)
    for k in range(6):
        a = math.tau * (k + 0.5) / 6.0
        foot = (wide * 0.97 * math.cos(a), 0.0, wide * 0.97 * math.sin(a))
        kit.add(sweep([foot, (foot[0], high, foot[2])], 0.028, (0.72, 0.73, 0.75), sides=9), gloss=0.7)
    return still(2.0 * wide, 2.0 * wide, high, tops=(("top", (0.0, high, 0.0)),))
