"""What is played with: a skipping rope, a frisbee."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.turned import lathe
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
