"""What is built into rooms: doors, windows, mirrors, fireplaces, bathtubs."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Hinge, Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, STEEL, WOOD, Rgb, paint_of, shade, still

_FRAME: Rgb = (0.93, 0.91, 0.86)
_SKY: Rgb = (0.62, 0.80, 0.93)


def door(order: Order, kit: Assembly) -> Mechanism:
    """A door of four panels in its frame; it opens, and looks along x."""
    paint = paint_of(order, "body", (0.46, 0.26, 0.14))
    for z in (-0.52, 0.52):
        kit.add(box((-0.08, 0.0, z - 0.06), (0.08, 2.15, z + 0.06), _FRAME, round_m=0.015))
    kit.add(box((-0.08, 2.07, -0.58), (0.08, 2.2, 0.58), _FRAME, round_m=0.015))
    hinge = (0.0, 0.0, -0.46)
    leaf = kit.bone("leaf", hinge)
    kit.add(box((-0.03, 0.0, -0.46), (0.03, 2.07, 0.46), paint, round_m=0.01), bone=leaf, gloss=0.3)
    for low, high in ((0.2, 0.9), (1.05, 1.9)):
        for z in (-0.22, 0.22):
            for x in (-0.035, 0.026):
                kit.add(
                    box((x, low, z - 0.15), (x + 0.009, high, z + 0.15), shade(paint, 0.82), round_m=0.003),
                    bone=leaf,
                )
    for x in (-0.07, 0.07):
        kit.add(ball((x, 1.0, 0.38), 0.035, (0.82, 0.64, 0.26), level=2), bone=leaf, gloss=0.9)
    return still(0.3, 1.2, 2.2, hinges=(Hinge(leaf, hinge, (0.0, 1.0, 0.0), 70.0),), sides=(0.0,))


def window(order: Order, kit: Assembly) -> Mechanism:
    """A window of six panes with a sill and a flower box, the sky in its glass; it looks along x."""
    paint = paint_of(order, "frame", _FRAME)
    kit.add(box((-0.1, 0.7, -0.8), (0.06, 2.3, 0.8), (0.80, 0.66, 0.52), round_m=0.02))
    kit.add(front(0.06, 0.85, 2.2, -0.66, 0.66, _SKY, round_m=0.0, glow=0.35), gloss=0.9)
    for z in (-0.68, 0.0, 0.68):
        kit.add(box((0.05, 0.8, z - 0.045), (0.11, 2.24, z + 0.045), paint, round_m=0.01))
    for y in (0.82, 1.3, 1.76, 2.22):
        kit.add(box((0.05, y - 0.035, -0.7), (0.11, y + 0.035, 0.7), paint, round_m=0.01))
    kit.add(
        box((0.04, 0.7, -0.82), (0.26, 0.78, 0.82), paint, round_m=0.02),
        box((0.08, 0.78, -0.6), (0.24, 0.92, 0.6), WOOD),
    )
    tones: tuple[Rgb, ...] = ((0.86, 0.20, 0.22), (0.95, 0.60, 0.70), (0.96, 0.78, 0.22))
    for k in range(13):
        z = -0.54 + 0.09 * k
        kit.add(
            ball((0.16, 0.95, z), (0.07, 0.06, 0.06), (0.26, 0.48, 0.20), level=1),
            ball((0.18, 1.01, z), 0.035, tones[k % 3], level=1),
        )
    return still(0.4, 1.7, 2.3, sides=(0.0,))


def mirror(order: Order, kit: Assembly) -> Mechanism:
    """A tall mirror on its stand, silver with two streaks of light; it faces +x."""
    paint = paint_of(order, "frame", (0.72, 0.54, 0.22))
    rim = [(math.cos(a), math.sin(a)) for a in (2.0 * math.pi * k / 40.0 for k in range(40))]
    path = [(0.02, 1.0 + 0.75 * s, 0.4 * c) for c, s in [*rim, rim[0], rim[1]]]
    kit.add(sweep(path, 0.045, paint, sides=10), gloss=0.9)
    glass = lathe(
        [(0.0, 0.0), (1.0, 0.0), (1.0, 0.02), (0.0, 0.02)], (0.74, 0.83, 0.90), axis="x", sides=40, glow=0.15
    )
    kit.add(put(glass, (0.0, 1.0, 0.0), size=(1.0, 0.74, 0.39)), gloss=1.0)
    for z in (-0.1, 0.02):
        streak = box((0.0, -0.35, -0.025), (0.004, 0.35, 0.025), (0.94, 0.97, 1.0), round_m=0.001, glow=0.3)
        kit.add(put(streak, (0.021, 1.05, z), turn=[("x", 24.0)]), shades=False)
    for z in (-0.42, 0.42):
        kit.add(
            sweep([(0.0, 0.0, z), (0.0, 1.1, z)], 0.025, paint),
            sweep([(-0.25, 0.02, z), (0.25, 0.02, z)], 0.025, paint),
        )
    return still(0.5, 0.95, 1.8, sides=(0.0,))


def fireplace(order: Order, kit: Assembly) -> Mechanism:
    """A fireplace of bricks with a mantel; logs burn in it. It faces +x."""
    brick = paint_of(order, "body", (0.58, 0.27, 0.20))
    kit.add(box((-0.4, 0.0, -0.95), (0.1, 1.2, -0.5), brick), box((-0.4, 0.0, 0.5), (0.1, 1.2, 0.95), brick))
    kit.add(
        box((-0.4, 0.8, -0.6), (0.1, 1.2, 0.6), brick),
        box((-0.42, 0.0, -0.6), (-0.36, 0.9, 0.6), (0.10, 0.08, 0.08)),
    )
    kit.add(
        box((-0.4, 0.0, -1.05), (0.45, 0.08, 1.05), shade(CREAM, 0.7)),
        box((-0.42, 1.2, -1.1), (0.2, 1.3, 1.1), WOOD),
        gloss=0.2,
    )
    for row in range(12):
        for k in range(5):
            for s in (-1.0, 1.0):
                z = s * (0.54 + 0.09 * k)
                if (row + k) % 2 and row < 12:
                    kit.add(
                        box(
                            (0.09, 0.1 * row + 0.012, z - 0.04),
                            (0.112, 0.1 * row + 0.09, z + 0.04),
                            shade(brick, 1.15),
                            round_m=0.006,
                        )
                    )
    for k, (x, z, turn) in enumerate(((0.0, 0.0, 8.0), (-0.14, 0.0, -10.0), (-0.07, 0.0, 3.0))):
        log = sweep([(0.0, 0.0, -0.34), (0.0, 0.0, 0.34)], 0.065, (0.30, 0.18, 0.11), sides=10)
        kit.add(put(log, (x, 0.15 + 0.11 * (k == 2), z), turn=[("y", turn)]))
    flames: list[Flame] = []
    for k in range(7):
        z, tall = -0.3 + 0.1 * k, 0.24 + 0.14 * ((k * 3) % 4) / 3.0
        at = (-0.06 + 0.04 * (k % 3), 0.2, z)
        bone = kit.bone("flame", at)
        line = [(0.0, 0.0), (0.07, 0.06), (0.05, 0.45 * tall), (0.0, tall)]
        for size, tone in ((1.0, (1.0, 0.45, 0.10)), (0.6, (1.0, 0.80, 0.35))):
            tongue = lathe(
                [(r * size, y * (0.55 + 0.45 * size)) for r, y in line],
                tone,
                at=(at[0] + 0.03 * (1.0 - size), at[1], z),
                sides=12,
                glow=1.0,
                crease_deg=80.0,
            )
            kit.add(tongue, bone=bone, gloss=0.0, shades=False)
        flames.append(Flame(bone, at, always=True))
    return still(0.9, 2.2, 1.3, flames=tuple(flames), sides=(0.0,))


def bathtub(order: Order, kit: Assembly) -> Mechanism:
    """A bathtub on feet, full of water and foam."""
    paint = paint_of(order, "body", (0.95, 0.95, 0.94))
    line = [
        (0.0, 0.14),
        (0.7, 0.14),
        (0.92, 0.3),
        (0.97, 0.6),
        (1.02, 0.63),
        (1.0, 0.66),
        (0.9, 0.64),
        (0.86, 0.5),
    ]
    kit.add(put(lathe(line, paint, sides=44, crease_deg=60.0), size=(0.85, 1.0, 0.42)), gloss=0.8)
    kit.add(
        put(lathe([(0.89, 0.56), (0.0, 0.56)], (0.62, 0.80, 0.88), sides=36), size=(0.85, 1.0, 0.42)),
        gloss=0.9,
    )
    for k in range(34):
        a, far = 2.399 * k, 0.13 * math.sqrt(k)
        kit.add(
            ball(
                (0.82 * far * math.cos(a), 0.57, 0.4 * far * math.sin(a)),
                0.06 + 0.03 * ((k * 7) % 5) / 4.0,
                (0.97, 0.98, 1.0),
                level=2,
            )
        )
    for x in (-0.5, 0.5):
        for z in (-0.22, 0.22):
            kit.add(ball((x, 0.07, z), (0.05, 0.08, 0.05), (0.82, 0.64, 0.26), level=2), gloss=0.9)
    tap = [(-0.84, 0.6, 0.0), (-0.86, 0.86, 0.0), (-0.74, 0.92, 0.0), (-0.68, 0.84, 0.0)]
    kit.add(
        sweep(tap, 0.022, STEEL, sides=12, bend=5),
        sweep([(-0.86, 0.78, -0.09), (-0.86, 0.78, 0.09)], 0.014, STEEL),
        gloss=1.0,
    )
    seat = (0.1, 0.3, 0.0)
    return still(1.75, 0.9, 0.93, tops=(("top", (0.0, 0.5, 0.0)), ("saddle", seat), ("seat", seat)))
