"""Landmarks that everybody knows by their outline; their fronts look along x."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import itertools
import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_STONE: Rgb = (0.80, 0.70, 0.50)
_COPPER: Rgb = (0.42, 0.66, 0.58)
_GOLD: Rgb = (0.86, 0.66, 0.24)
_WHITE: Rgb = (0.92, 0.91, 0.88)


def clock_tower(order: Order, kit: Assembly) -> Mechanism:
    """A tall square tower of pale stone with a white clock on every side and a steep spire."""
    wall, roof = paint_of(order, "body", (0.76, 0.64, 0.42)), paint_of(order, "roof", (0.27, 0.31, 0.30))
    kit.add(box((-2.3, 0.0, -2.3), (2.3, 16.4, 2.3), wall, round_m=0.04))
    kit.add(box((-2.5, 0.0, -2.5), (2.5, 1.2, 2.5), shade(wall, 0.9)))
    for y in (5.0, 9.6, 14.2):
        kit.add(box((-2.42, y, -2.42), (2.42, y + 0.35, 2.42), shade(wall, 1.08)))
    for turn in (0.0, 90.0, 180.0, 270.0):
        ribs = [box((2.2, 1.2, z - 0.09), (2.42, 16.4, z + 0.09), shade(wall, 1.08)) for z in _across(2.2, 6)]
        slits = [
            box((2.28, y, z - 0.14), (2.33, y + 2.9, z + 0.14), (0.20, 0.18, 0.15))
            for z in (-1.32, -0.44, 0.44, 1.32)
            for y in (1.7, 5.9, 10.5)
        ]
        kit.add(*(put(piece, turn=[("y", turn)]) for piece in (*ribs, *slits, *_dial(wall))))
    kit.add(box((-2.75, 16.3, -2.75), (2.75, 21.9, 2.75), wall, round_m=0.05))
    kit.add(box((-2.95, 21.7, -2.95), (2.95, 22.2, 2.95), shade(wall, 1.08)))
    for a, b in itertools.product((-1.0, 1.0), repeat=2):
        pinnacle = [(0.32, 16.3), (0.32, 23.0), (0.0, 24.8)]
        kit.add(lathe(pinnacle, shade(wall, 1.05), at=(2.65 * a, 0.0, 2.65 * b), sides=8))
    kit.add(
        put(lathe([(3.75, 22.2), (2.5, 24.8), (0.0, 24.8)], roof, sides=4), turn=[("y", 45.0)]), gloss=0.2
    )
    kit.add(box((-1.55, 24.7, -1.55), (1.55, 26.3, 1.55), (0.22, 0.19, 0.15)))
    for a, b in itertools.product((-1.0, -0.33, 0.33, 1.0), repeat=2):
        if max(abs(a), abs(b)) == 1.0:
            kit.add(box((1.6 * a - 0.1, 24.7, 1.6 * b - 0.1), (1.6 * a + 0.1, 26.4, 1.6 * b + 0.1), _GOLD))
    kit.add(
        put(lathe([(2.6, 26.3), (0.9, 29.2), (0.12, 33.0), (0.0, 33.0)], roof, sides=4), turn=[("y", 45.0)])
    )
    kit.add(
        ball((0.0, 33.1, 0.0), 0.26, _GOLD, level=1), sweep([(0.0, 33.0, 0.0), (0.0, 34.6, 0.0)], 0.06, _GOLD)
    )
    return still(5.9, 5.9, 34.6)


def _across(half: float, count: int) -> list[float]:
    return [half * (2.0 * k / (count - 1) - 1.0) for k in range(count)]


def _dial(wall: Rgb) -> list[Mesh]:
    """A clock on the front: its rim, its face, the marks of its hours and its hands, at ten past ten."""
    at = (2.76, 19.0, 0.0)
    parts = [
        lathe([(0.0, 0.0), (2.3, 0.0), (2.3, 0.12), (0.0, 0.12)], _GOLD, axis="x", at=at, sides=32),
        lathe(
            [(0.0, 0.1), (2.08, 0.1), (2.08, 0.18), (0.0, 0.18)], _WHITE, axis="x", at=at, sides=32, glow=0.35
        ),
        box((2.74, 16.4, -2.5), (2.86, 16.65, 2.5), shade(wall, 1.1)),
    ]
    for k in range(12):
        mark = box((0.0, 1.62, -0.07), (0.05, 1.98, 0.07), DARK, round_m=0.01)
        parts.append(put(mark, (2.92, 19.0, 0.0), turn=[("x", 30.0 * k)]))
    for long, wide, turn in ((1.1, 0.13, 55.0), (1.7, 0.09, -60.0)):
        hand = box((0.0, -0.25, -wide), (0.06, long, wide), DARK, round_m=0.01)
        parts.append(put(hand, (2.96, 19.0, 0.0), turn=[("x", turn)]))
    return parts


def liberty(order: Order, kit: Assembly) -> Mechanism:
    """A robed woman of green copper with a crown of rays who lifts a torch, on a pedestal of stone."""
    robe, stone = paint_of(order, "body", _COPPER), paint_of(order, "base", (0.74, 0.68, 0.57))
    for low, high, half in (
        (0.0, 1.2, 5.6),
        (1.2, 2.2, 4.4),
        (2.2, 7.6, 2.5),
        (7.6, 8.2, 2.9),
        (8.2, 9.0, 2.2),
    ):
        kit.add(box((-half, low, -half), (half, high, half), stone, round_m=0.05))
    for turn in (0.0, 90.0, 180.0, 270.0):
        kit.add(put(box((2.45, 3.4, -1.2), (2.53, 6.6, 1.2), shade(stone, 0.72)), turn=[("y", turn)]))
    gown = [
        (1.95, 9.0),
        (1.85, 10.0),
        (1.5, 12.6),
        (1.28, 14.6),
        (1.42, 16.2),
        (1.15, 17.4),
        (0.42, 17.9),
        (0.36, 18.5),
    ]
    kit.add(lathe(gown, robe, sides=24, crease_deg=60.0))
    for k in range(14):
        t = 2.0 * math.pi * k / 14.0
        fold = [
            (r * math.cos(t + w), y, r * math.sin(t + w))
            for r, y, w in ((1.93, 9.0, 0.0), (1.54, 12.4, 0.14), (1.3, 14.6, 0.3))
        ]
        kit.add(sweep(fold, (0.2, 0.15, 0.06), shade(robe, 0.9 if k % 2 else 1.06), sides=6, bend=3))
    sash = [(0.9, 17.3, 1.0), (1.35, 16.2, 0.3), (1.3, 14.8, -0.7), (0.3, 13.6, -1.4)]
    kit.add(sweep(sash, 0.26, shade(robe, 1.08), sides=8, bend=4))
    kit.add(
        ball((0.1, 19.3, 0.0), (0.72, 0.92, 0.66), robe),
        ball((-0.22, 19.4, 0.0), (0.72, 0.86, 0.72), shade(robe, 0.85)),
    )
    kit.add(ball((0.8, 19.2, 0.0), (0.12, 0.2, 0.1), robe, level=1))
    kit.add(*(ball((0.70, 19.45, z), (0.08, 0.07, 0.12), shade(robe, 0.6), level=1) for z in (-0.25, 0.25)))
    kit.add(lathe([(0.74, 19.75), (0.80, 20.05), (0.0, 20.06)], shade(robe, 1.05), sides=20))
    for k in range(7):
        t = math.radians(-75.0 + 25.0 * k)
        foot, tip = (
            (0.2 + 0.3 * math.cos(t), 20.0, 0.72 * math.sin(t)),
            (0.5 + 0.75 * math.cos(t), 21.3, 1.75 * math.sin(t)),
        )
        kit.add(sweep([foot, tip], (0.12, 0.02), shade(robe, 1.05), sides=5))
    # Her right hand is on the side of +z, who looks along x.
    arm = [(0.0, 17.2, 1.05), (0.15, 18.8, 1.75), (0.3, 21.4, 1.95)]
    kit.add(sweep(arm, (0.55, 0.46, 0.26), robe, sides=10, bend=4))
    kit.add(ball((0.3, 21.6, 1.95), 0.32, robe, level=2))
    torch = [(0.1, 21.0), (0.14, 22.2), (0.5, 22.7), (0.5, 22.9), (0.0, 22.9)]
    kit.add(lathe(torch, shade(robe, 0.95), at=(0.3, 0.0, 1.95), sides=14))
    flame = [(0.3, 22.9), (0.42, 23.3), (0.24, 23.9), (0.0, 24.6)]
    kit.add(lathe(flame, _GOLD, at=(0.3, 0.0, 1.95), sides=12, glow=0.5), gloss=0.7)
    kit.add(
        sweep(
            [(0.0, 17.0, -1.05), (0.55, 15.4, -1.55), (1.3, 15.9, -1.0)],
            (0.5, 0.42, 0.28),
            robe,
            sides=10,
            bend=4,
        )
    )
    tablet = box((-0.12, -0.95, -0.62), (0.12, 0.95, 0.62), shade(robe, 1.05))
    kit.add(put(tablet, (1.3, 16.3, -1.15), turn=[("z", -14.0), ("y", 20.0)]))
    return still(11.2, 11.2, 24.6, sides=(0.0,))


def pearl_tower(order: Order, kit: Assembly) -> Mechanism:
    """A television tower: spheres like pearls strung on columns, on slanted legs, with a long mast."""
    shaft, pearl = paint_of(order, "body", (0.74, 0.74, 0.76)), paint_of(order, "roof", (0.70, 0.20, 0.34))
    for k in range(3):
        t = 2.0 * math.pi * k / 3.0
        x, z = math.cos(t), math.sin(t)
        kit.add(sweep([(1.3 * x, 0.0, 1.3 * z), (1.3 * x, 27.0, 1.3 * z)], 0.6, shaft, sides=12), gloss=0.3)
        kit.add(sweep([(6.4 * x, 0.0, 6.4 * z), (1.4 * x, 8.6, 1.4 * z)], 0.5, shaft, sides=10), gloss=0.3)
        kit.add(ball((6.2 * x, 0.9, 6.2 * z), 1.2, pearl, level=2), gloss=0.6)
    for y, r in (
        (9.6, 3.5),
        (14.2, 0.95),
        (16.6, 0.95),
        (19.0, 0.95),
        (21.4, 0.95),
        (26.6, 2.6),
        (32.0, 1.0),
    ):
        kit.add(ball((0.0, y, 0.0), r, pearl), gloss=0.7)
        if r > 2.0:
            for lift in (-0.28, 0.0, 0.28):
                ring = r * math.sqrt(1.0 - lift * lift)
                band = [
                    (ring - 0.05, y + r * lift - 0.1),
                    (ring + 0.08, y + r * lift),
                    (ring - 0.05, y + r * lift + 0.1),
                ]
                kit.add(lathe(band, _WHITE, sides=32, glow=0.2), gloss=0.6)
    kit.add(
        lathe([(0.8, 28.0), (0.6, 31.0), (0.45, 35.0), (0.12, 43.0), (0.0, 43.0)], shaft, sides=14), gloss=0.3
    )
    return still(14.0, 14.0, 43.0)


def sphinx(order: Order, kit: Assembly) -> Mechanism:
    """A lion of worn stone that lies with its paws before it, with the head of a king in his cloth."""
    stone = paint_of(order, "body", _STONE)
    kit.add(box((-8.4, 0.0, -2.9), (9.4, 0.5, 2.9), shade(stone, 0.85)))
    kit.add(ball((-2.4, 2.6, 0.0), (5.6, 2.3, 2.2), stone), ball((-5.6, 2.5, 0.0), (2.6, 2.5, 2.5), stone))
    kit.add(ball((1.8, 3.0, 0.0), (1.9, 2.9, 1.8), stone))
    for z in (-1.6, 1.6):
        kit.add(box((1.6, 0.4, z - 0.65), (8.6, 1.7, z + 0.65), stone, round_m=0.5, steps=2))
        kit.add(ball((-5.0, 1.5, 1.45 * z), (2.2, 1.4, 0.8), stone))
    cloth = [(1.9, 4.9), (1.95, 5.6), (1.75, 6.8), (1.6, 7.9), (1.25, 8.8), (0.7, 9.15), (0.0, 9.2)]
    kit.add(put(lathe(cloth, shade(stone, 0.95), sides=20), (1.95, 0.0, 0.0), size=(0.75, 1.0, 1.05)))
    for z in (-1.0, 1.0):
        flap = [(0.0, 0.0), (0.9, 0.0), (0.45, 3.0), (0.0, 3.2)]
        side = [(z * p, 4.4 + q) for p, q in flap]
        kit.add(prism(side if z > 0.0 else side[::-1], 1.6, 3.1, shade(stone, 0.9), axis="x"))
        kit.add(ball((3.88, 7.55, 0.42 * z), (0.14, 0.13, 0.24), shade(stone, 0.45), level=1))
    kit.add(ball((2.95, 7.25, 0.0), (1.1, 1.35, 1.05), shade(stone, 1.04)))
    kit.add(ball((4.05, 7.15, 0.0), (0.2, 0.36, 0.2), shade(stone, 0.9), level=1))
    kit.add(ball((3.92, 6.62, 0.0), (0.14, 0.09, 0.42), shade(stone, 0.6), level=1))
    return still(18.0, 6.0, 9.2, sides=(0.8, -0.8))
