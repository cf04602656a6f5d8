"""Houses of worship of the West: churches, domes, temples of columns; and arches."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.houses import PANE
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still

_STONE: Rgb = (0.80, 0.76, 0.68)
_SLATE: Rgb = (0.30, 0.33, 0.38)
_DOOR: Rgb = (0.36, 0.20, 0.12)
_GOLD: Rgb = (0.85, 0.66, 0.25)


def pointed(half: float, low: float, spring: float, steps: int = 6) -> list[tuple[float, float]]:
    """The outline of a pointed arch, counter-clockwise: half as wide, from its foot to where it bends."""
    right = [(half * (2.0 * math.cos(a) - 1.0), spring + 2.0 * half * math.sin(a)) for a in _angles(steps)]
    left = [(-x, y) for x, y in right[::-1][1:]]
    return [(-half, low), (half, low), *right, *left]


def _angles(steps: int) -> list[float]:
    return [math.pi / 3.0 * k / steps for k in range(steps + 1)]


def church(order: Order, kit: Assembly) -> Mechanism:
    """A church: a nave, a tower with a spire and its cross, pointed windows; its front looks along x."""
    wall, roof = paint_of(order, "body", _STONE), paint_of(order, "roof", _SLATE)
    nave = [(-3.0, 0.0), (3.0, 0.0), (3.0, 5.0), (0.0, 8.4), (-3.0, 5.0)]
    kit.add(prism(nave, -11.0, 3.0, wall, axis="x", round_m=0.02))
    for s in (1.0, -1.0):
        slope = [(s * 3.35, 4.6), (s * 3.35, 4.9), (0.0, 8.75), (0.0, 8.4)]
        kit.add(prism(slope if s > 0.0 else slope[::-1], -11.3, 3.0, roof, axis="x"), gloss=0.15)
    kit.add(
        box((2.0, 0.0, -2.0), (6.0, 11.0, 2.0), wall),
        box((1.8, 10.8, -2.2), (6.2, 11.3, 2.2), shade(wall, 0.9)),
    )
    spire = [(2.6, 11.2), (2.3, 11.4), (0.12, 20.5), (0.0, 20.6)]
    kit.add(lathe(spire, roof, at=(4.0, 0.0, 0.0), sides=8, crease_deg=20.0), gloss=0.15)
    kit.add(
        sweep([(4.0, 20.3, 0.0), (4.0, 22.4, 0.0)], 0.09, _GOLD),
        sweep([(4.0, 21.7, -0.6), (4.0, 21.7, 0.6)], 0.09, _GOLD),
        gloss=0.7,
    )
    kit.add(prism(pointed(1.0, 0.0, 2.2), 5.9, 6.06, shade(wall, 0.75), axis="x"))
    kit.add(prism(pointed(0.8, 0.0, 2.1), 5.9, 6.1, _DOOR, axis="x"), gloss=0.3)
    for y in (5.4, 8.2):
        kit.add(prism(pointed(0.45, y, y + 0.9), 5.9, 6.07, PANE, axis="x", glow=0.2), gloss=0.8)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.75, 0.0), (0.7, 0.1), (0.0, 0.1)], _GOLD, axis="x", at=(6.0, 7.35, 0.0), sides=28
        )
    )
    for k in range(4):
        x = -9.4 + 3.0 * k
        for s in (1.0, -1.0):
            rim = [(x + a, b) for a, b in pointed(0.5, 1.6, 3.2)]
            low, high = sorted((s * 2.95, s * 3.06))
            kit.add(prism(rim, low, high, PANE, glow=0.25), gloss=0.8)
            kit.add(box((x + 1.2, 0.0, s * 3.2 - 0.35), (x + 1.8, 4.0, s * 3.2 + 0.35), wall, round_m=0.04))
    return still(17.6, 7.0, 22.4)


def domed(order: Order, kit: Assembly) -> Mechanism:
    """A white hall with an onion dome and four slender towers; its front looks along x."""
    wall, gold = paint_of(order, "body", (0.93, 0.91, 0.86)), paint_of(order, "roof", _GOLD)
    kit.add(box((-9.0, 0.0, -9.0), (9.0, 1.2, 9.0), shade(wall, 0.93)))
    kit.add(box((-5.0, 1.2, -5.0), (5.0, 7.4, 5.0), wall, round_m=0.2))
    onion = [
        (2.6, 7.4),
        (2.6, 8.6),
        (3.3, 9.8),
        (3.4, 11.0),
        (2.4, 13.0),
        (0.7, 14.4),
        (0.15, 15.4),
        (0.0, 16.4),
    ]
    kit.add(lathe(softened(onion, 4), shade(wall, 0.98), sides=36, crease_deg=60.0), gloss=0.4)
    kit.add(sweep([(0.0, 15.6, 0.0), (0.0, 17.4, 0.0)], 0.1, gold), gloss=0.8)
    for a in (-1.0, 1.0):
        for b in (-1.0, 1.0):
            small = [(1.0, 7.3), (1.0, 8.0), (1.25, 8.5), (0.8, 9.5), (0.1, 10.2), (0.0, 10.4)]
            kit.add(
                lathe(
                    softened(small), shade(wall, 0.98), at=(3.7 * a, 0.0, 3.7 * b), sides=20, crease_deg=60.0
                )
            )
            tower = [
                (0.8, 1.2),
                (0.55, 12.6),
                (0.8, 12.8),
                (0.5, 13.0),
                (0.5, 13.8),
                (0.65, 14.3),
                (0.0, 15.4),
            ]
            kit.add(lathe(tower, wall, at=(8.0 * a, 0.0, 8.0 * b), sides=16))
    kit.add(prism(pointed(1.6, 1.2, 4.2), 4.9, 5.1, shade(wall, 0.72), axis="x"))
    kit.add(prism(pointed(1.2, 1.2, 3.9), 4.9, 5.14, (0.20, 0.22, 0.26), axis="x"))
    for z in (-3.4, 3.4):
        for y in (1.6, 4.4):
            kit.add(
                prism(
                    [(z + p, q) for p, q in pointed(0.7, y, y + 1.1)], 4.9, 5.1, (0.30, 0.33, 0.38), axis="x"
                )
            )
    return still(18.0, 18.0, 17.4)


def columns(order: Order, kit: Assembly) -> Mechanism:
    """A temple of white columns below a gable, on three steps; its front looks along x."""
    wall = paint_of(order, "body", (0.90, 0.87, 0.80))
    for k in range(3):
        out = 0.5 * (3 - k)
        kit.add(
            box(
                (-8.0 - out, 0.35 * k, -4.5 - out), (8.0 + out, 0.35 * (k + 1), 4.5 + out), wall, round_m=0.03
            )
        )
    post = [
        (0.62, 1.05),
        (0.62, 1.25),
        (0.5, 1.35),
        (0.47, 3.5),
        (0.4, 6.0),
        (0.56, 6.25),
        (0.6, 6.5),
        (0.0, 6.5),
    ]
    for k in range(6):
        z = -3.9 + 1.56 * k
        for x in (-7.4, 7.4):
            kit.add(lathe(post, wall, at=(x, 0.0, z), sides=16), gloss=0.1)
    for k in range(1, 8):
        for z in (-3.9, 3.9):
            kit.add(lathe(post, wall, at=(-7.4 + 1.85 * k, 0.0, z), sides=16), gloss=0.1)
    kit.add(box((-5.6, 1.0, -2.6), (5.6, 6.5, 2.6), shade(wall, 0.82)))
    kit.add(box((-8.1, 6.5, -4.6), (8.1, 7.4, 4.6), wall, round_m=0.03))
    kit.add(prism([(-5.0, 7.4), (5.0, 7.4), (0.0, 9.6)], -8.4, 8.4, shade(wall, 0.94), axis="x"))
    kit.add(front(5.6, 1.1, 4.6, -1.0, 1.0, _DOOR, round_m=0.0))
    return still(19.0, 12.0, 9.6)


def arch(order: Order, kit: Assembly) -> Mechanism:
    """A great gate of stone with one round arch; its way leads along x."""
    wall = paint_of(order, "body", _STONE)
    opening = [(2.0 * math.cos(a), 5.0 + 2.0 * math.sin(a)) for a in (math.pi * k / 12.0 for k in range(13))]
    rim = [(-5.0, 0.0), (-2.0, 0.0), *opening[::-1], (2.0, 0.0), (5.0, 0.0), (5.0, 10.0), (-5.0, 10.0)]
    kit.add(prism(rim, -1.8, 1.8, wall, axis="x"))
    kit.add(
        box((-2.1, 8.2, -5.3), (2.1, 8.7, 5.3), shade(wall, 1.05)),
        box((-2.0, 10.0, -5.2), (2.0, 10.7, 5.2), wall),
    )
    for z in (-3.5, 3.5):
        kit.add(front(1.8, 4.6, 7.6, z - 0.9, z + 0.9, shade(wall, 0.82), round_m=0.0, lift=0.03))
        kit.add(box((1.6, 0.0, z - 1.1), (2.2, 1.0, z + 1.1), shade(wall, 0.95)))
        kit.add(ball((1.95, 2.6, z), (0.4, 1.5, 0.6), shade(wall, 0.92), level=2))
    kit.add(flank(-1.2, 1.2, 3.0, 7.0, 5.0, shade(wall, 0.82), round_m=0.0, lift=0.03))
    return still(4.4, 10.6, 10.7)
