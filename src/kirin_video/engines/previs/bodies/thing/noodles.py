"""Chopsticks, and noodles that they lift out of their bowl."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.food import bowl
from kirin_video.engines.previs.bodies.thing.standing import CREAM, Rgb, paint_of, shade, still

_NOODLE: Rgb = (0.95, 0.83, 0.52)
_WOOD: Rgb = (0.45, 0.20, 0.12)
_SOUP_M, _GRIP_M = 0.058, 0.205
"""How high the soup is, and the chopsticks when the noodles hang from them."""
_SUNK = 0.26
"""How long the noodles are, as a share, before they are lifted."""


def lifted_noodles(order: Order, kit: Assembly) -> Mechanism:
    """A bowl of noodles, and a pair of chopsticks that lifts some, lowers them and lifts them again."""
    bowl(order, kit)
    rng = np.random.default_rng(order.seed & 0xFFFF)
    strands, sticks = kit.bone("strands", (0.0, _SOUP_M, 0.0)), kit.bone("sticks", (0.0, _GRIP_M, 0.0))
    for k in range(15):
        a = math.tau * k / 15.0
        x, z = 0.011 * math.cos(a), 0.017 * math.sin(a)
        foot = (x * 2.3 + rng.normal(0.0, 0.006), _SOUP_M - 0.004, z * 1.7 + rng.normal(0.0, 0.006))
        bow = (x * 1.25, 0.5 * (_SOUP_M + _GRIP_M), z * 0.8 + rng.normal(0.0, 0.003))
        path = [foot, bow, (x, _GRIP_M - 0.004, z * 0.8), (0.2 * x, _GRIP_M + 0.010, z * 0.7)]
        tone = shade(_NOODLE, 0.92 + 0.12 * (k % 3) / 2.0)
        kit.add(sweep(path, 0.0031, tone, sides=7, bend=5), bone=strands, gloss=0.5)
    for x in (0.012, -0.012):
        kit.add(
            sweep(
                [(x, _GRIP_M - 0.004, -0.045), (1.9 * x, _GRIP_M + 0.062, 0.185)],
                [0.0026, 0.0046],
                _WOOD,
                sides=10,
            ),
            bone=sticks,
            gloss=0.5,
        )
    low = (1.0, _SUNK, 1.0)
    down = (0.0, -(1.0 - _SUNK) * (_GRIP_M - _SOUP_M), 0.0)
    beats = (0.2, 1.8, 2.9, 3.7, 5.2)
    up = (False, True, True, False, True)
    plain = still(0.17, 0.24, 0.27, sides=(0.0,))
    return Mechanism(
        ride=Ride.STILL, hull=0, base_m=0.17, gauge_m=0.24, height_m=0.27, middle_m=0.12,
        courses=(
            Course(strands, (0.0, _SOUP_M, 0.0), tuple(
                Cue(s, size=(1.0, 1.0, 1.0) if high else low) for s, high in zip(beats, up, strict=True)
            )),
            Course(sticks, (0.0, _GRIP_M, 0.0), tuple(
                Cue(s, (0.0, 0.0, 0.0) if high else down) for s, high in zip(beats, up, strict=True)
            )),
        ),
        contacts=plain.contacts, anchors=plain.anchors, sides=(0.0,),
    )  # fmt: skip


def chopsticks(order: Order, kit: Assembly) -> Mechanism:
    """A pair of chopsticks that lies on its rest."""
    paint = paint_of(order, "body", _WOOD)
    kit.add(box((-0.014, 0.0, -0.028), (0.014, 0.014, 0.028), CREAM, round_m=0.006), gloss=0.7)
    for z in (-0.010, 0.010):
        kit.add(
            sweep([(-0.040, 0.021, 0.5 * z), (0.19, 0.006, z)], [0.0022, 0.0044], paint, sides=10), gloss=0.6
        )
    return still(0.23, 0.06, 0.026)
