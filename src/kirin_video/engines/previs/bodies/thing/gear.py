"""What goes with a deed: a watering can, a hairbrush, a stalk of bamboo, ski poles, a snowboard."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import facing_out, put
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, WOOD, paint_of, shade, still

_LEAF = (0.30, 0.52, 0.17)


def watering_can(order: Order, kit: Assembly) -> Mechanism:
    """A can with a bow over it; its rose, at the end of the spout along x, is its highest place."""
    paint = paint_of(order, "body", (0.22, 0.52, 0.46))
    wall = [
        (0.0, 0.0),
        (0.105, 0.0),
        (0.112, 0.012),
        (0.104, 0.20),
        (0.098, 0.21),
        (0.06, 0.215),
        (0.0, 0.20),
    ]
    kit.add(lathe(softened(wall, 2), paint, sides=32, crease_deg=60.0), gloss=0.6)
    spout = [(0.09, 0.05, 0.0), (0.20, 0.13, 0.0), (0.32, 0.30, 0.0)]
    kit.add(sweep(spout, [0.028, 0.020, 0.015], paint, sides=12, bend=4), gloss=0.6)
    way = np.array([0.62, 0.78, 0.0])
    rose = [(0.315, 0.29, 0.0), tuple(np.array([0.315, 0.29, 0.0]) + 0.055 * way)]
    kit.add(sweep(rose, [0.018, 0.046], shade(paint, 0.8), sides=16), gloss=0.6)
    bow = [(0.07, 0.20, 0.0), (0.03, 0.29, 0.0), (-0.07, 0.27, 0.0), (-0.15, 0.16, 0.0), (-0.10, 0.05, 0.0)]
    kit.add(sweep(bow, 0.011, shade(paint, 0.7), sides=8, bend=5), gloss=0.5)
    for y in (0.03, 0.185):
        kit.add(ring((0.0, y, 0.0), 0.107, 0.005, shade(paint, 0.75), axis="y", sides=28), gloss=0.5)
    return still(0.52, 0.22, 0.336)


def hairbrush(order: Order, kit: Assembly) -> Mechanism:
    """A brush on its handle's end, its bristles ahead."""
    paint = paint_of(order, "body", WOOD)
    kit.add(
        sweep([(0.0, 0.0, 0.0), (0.0, 0.06, 0.0), (0.0, 0.12, 0.0)], [0.012, 0.009, 0.012], paint, sides=10)
    )
    kit.add(ball((0.0, 0.185, 0.0), (0.013, 0.075, 0.036), paint, level=2), gloss=0.4)
    kit.add(box((0.008, 0.125, -0.024), (0.032, 0.245, 0.024), DARK, round_m=0.010, steps=2))
    return still(0.05, 0.08, 0.26)


def bamboo_stalk(order: Order, kit: Assembly) -> Mechanism:
    """A jointed piece of a culm, leaves at its upper end."""
    paint = paint_of(order, "body", (0.46, 0.62, 0.24))
    tall = 1.05
    kit.add(sweep([(0.0, 0.0, 0.0), (0.0, tall, 0.0)], [0.026, 0.018], paint, sides=12), gloss=0.5)
    for k in range(1, 5):
        kit.add(ring((0.0, 0.21 * k, 0.0), 0.025, 0.006, shade(paint, 0.65), axis="y", sides=12), gloss=0.4)
    for k in range(11):
        a, y = 2.399 * k, 0.66 + 0.036 * k
        far = 0.17 + 0.05 * math.sin(1.7 * k)
        tip = (far * math.cos(a), y + 0.02, far * math.sin(a))
        leaf = ball((0.0, 0.0, 0.0), (0.125, 0.008, 0.026), shade(_LEAF, 0.85 + 0.14 * (k % 3)), level=1)
        kit.add(sweep([(0.0, y - 0.02, 0.0), tip], 0.0045, paint, sides=5), shades=False)
        kit.add(put(leaf, tip, turn=[("z", -24.0), ("y", -math.degrees(a))]))
    return still(0.12, 0.12, tall)


def barbell(order: Order, kit: Assembly) -> Mechanism:
    """A bar from left to right with plates at both ends."""
    paint = paint_of(order, "body", (0.16, 0.16, 0.18))
    kit.add(sweep([(0.0, 0.16, -0.80), (0.0, 0.16, 0.80)], 0.014, STEEL, sides=10), gloss=0.9)
    for side in (-1.0, 1.0):
        for k, (radius, tone) in enumerate(((0.16, paint), (0.16, (0.72, 0.16, 0.14)), (0.11, paint))):
            z = side * (0.56 + 0.062 * k)
            rim = [
                (0.0, -0.026),
                (radius - 0.01, -0.026),
                (radius, 0.0),
                (radius - 0.01, 0.026),
                (0.0, 0.026),
            ]
            kit.add(lathe(rim, tone, axis="z", at=(0.0, 0.16, z), sides=28), gloss=0.4)
    return still(0.32, 1.60, 0.32)


def toothbrush(order: Order, kit: Assembly) -> Mechanism:
    """A brush lying along x, its bristles up, paste on them."""
    paint = paint_of(order, "body", (0.20, 0.55, 0.78))
    kit.add(
        sweep([(-0.11, 0.008, 0.0), (0.02, 0.008, 0.0), (0.10, 0.008, 0.0)], [0.008, 0.006, 0.005], paint)
    )
    kit.add(box((0.062, 0.010, -0.007), (0.100, 0.026, 0.007), CREAM, round_m=0.003))
    return still(0.22, 0.016, 0.026)


def ski_pole(order: Order, kit: Assembly) -> Mechanism:
    """A thin pole with a grip and a basket over its point."""
    paint = paint_of(order, "body", (0.82, 0.22, 0.18))
    kit.add(sweep([(0.0, 0.0, 0.0), (0.0, 1.06, 0.0)], [0.007, 0.011], STEEL, sides=8), gloss=0.8)
    kit.add(sweep([(0.0, 0.30, 0.0), (0.0, 0.95, 0.0)], 0.0125, paint, sides=8), gloss=0.6)
    kit.add(sweep([(0.0, 1.03, 0.0), (0.0, 1.17, 0.0)], [0.017, 0.020], DARK, sides=10))
    kit.add(lathe([(0.0, 0.070), (0.050, 0.076), (0.050, 0.086), (0.0, 0.092)], DARK, sides=18))
    return still(0.10, 0.10, 1.18)


def snowboard(order: Order, kit: Assembly) -> Mechanism:
    """A board with both ends turned up and two bindings; it goes along x."""
    paint = paint_of(order, "body", (0.16, 0.42, 0.66))
    stripe = paint_of(order, "patches", (0.96, 0.74, 0.22))
    hull = kit.bone("board", (0.0, 0.0, 0.0))
    t = np.linspace(-1.0, 1.0, 29)
    angle = np.linspace(0.0, math.tau, 16, endpoint=False)
    wide = (
        0.150 * np.clip(1.0 - np.abs(t) ** 7.0, 0.0, 1.0) ** 0.5 - 0.022 * np.cos(0.5 * math.pi * t) + 0.004
    )
    rise = 0.014 + 0.14 * np.clip((np.abs(t) - 0.78) / 0.22, 0.0, 1.0) ** 1.8
    rings = np.stack(
        [
            np.broadcast_to(0.79 * t[:, None], (29, 16)),
            rise[:, None] + 0.012 * np.sin(angle),
            -wide[:, None] * np.cos(angle),
        ],
        -1,
    )
    bands = (np.abs(np.abs(t[:-1] + t[1:]) / 2.0 - 0.66) < 0.1)[:, None, None]  # noqa: PLR2004 -- shares
    colors = np.broadcast_to(np.where(bands, np.array(stripe), np.array(paint)), (28, 16, 3))
    kit.add(facing_out(loft(rings, colors)), bone=hull, gloss=0.7)
    for x in (-0.25, 0.25):
        kit.add(box((x - 0.06, 0.02, -0.13), (x + 0.06, 0.045, 0.13), DARK, round_m=0.012), bone=hull)
        kit.add(ring((x, 0.075, 0.02), 0.075, 0.012, shade(CREAM, 0.5), axis="z", sides=16), bone=hull)
    return Mechanism(
        ride=Ride.WHEELS,
        hull=hull,
        base_m=1.0,
        gauge_m=0.28,
        speed=5.0,
        height_m=0.17,
        middle_m=0.1,
        contacts=(Contact(0, (-0.4, 0.0, 0.0), 0.3, 0.5), Contact(0, (0.4, 0.0, 0.0), 0.3, 0.5)),
        anchors=tuple((name, hull, (0.0, 0.045, 0.0)) for name in ("top", "saddle", "deck", "head")),
    )
