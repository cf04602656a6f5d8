"""A fair: the big wheel and the merry-go-round."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.placing import outwards, put
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, STEEL, Rgb, paint_of, shade
from kirin_video.engines.previs.mesh import Mesh

_ROUND_PER_S = 0.055
"""How often a merry-go-round turns: who is on its near side stays there for a clip."""
_TONES: tuple[Rgb, ...] = (
    (0.84, 0.22, 0.20),
    (0.95, 0.74, 0.20),
    (0.22, 0.52, 0.76),
    (0.36, 0.66, 0.38),
    (0.72, 0.36, 0.66),
)


def ferris_wheel(order: Order, kit: Assembly) -> Mechanism:
    """A big wheel that turns, twelve cabins on it that stay upright; its axle is x."""
    paint = paint_of(order, "body", (0.90, 0.90, 0.92))
    r, hub = 10.0, (0.0, 12.4, 0.0)
    for x in (-1.6, 1.6):
        for z in (-5.0, 5.0):
            kit.add(
                sweep([(1.5 * x, 0.0, z), (0.9 * x, 12.4, 0.0)], 0.24, shade(paint, 0.8), sides=8), gloss=0.5
            )
    wheel = kit.bone("wheel", hub)
    for x in (-0.9, 0.9):
        at = (x, hub[1], 0.0)
        kit.add(
            ring(at, r, 0.15, paint, axis="x", sides=48),
            ring(at, 0.72 * r, 0.09, paint, axis="x", sides=40),
            bone=wheel,
            gloss=0.5,
        )
    kit.add(sweep([(-1.6, hub[1], 0.0), (1.6, hub[1], 0.0)], 0.5, STEEL, sides=16), bone=wheel, gloss=0.8)
    spinners = [Spinner(wheel, hub, (1.0, 0.0, 0.0), 0.045, always=True)]
    for k in range(12):
        a = 2.0 * math.pi * k / 12.0
        y, z = hub[1] + r * math.cos(a), r * math.sin(a)
        for x in (-0.9, 0.9):
            kit.add(sweep([(x, hub[1], 0.0), (x, y, z)], 0.07, paint, sides=5), bone=wheel)
            kit.add(ball((x, y, z), 0.2, (1.0, 0.86, 0.5), level=1, glow=0.9), bone=wheel)
        kit.add(sweep([(-0.9, y, z), (0.9, y, z)], 0.08, paint, sides=5), bone=wheel)
        # It hangs on the wheel and turns back as fast as that turns.
        cabin = kit.bone("cabin", (0.0, y, z), wheel)
        tone = _TONES[k % len(_TONES)]
        kit.add(
            box((-0.7, y - 1.75, z - 0.7), (0.7, y - 0.95, z + 0.7), tone, round_m=0.16, steps=2),
            lathe([(0.95, y - 0.3), (0.9, y - 0.22), (0.0, y + 0.05)], tone, at=(0.0, 0.0, z), sides=12),
            bone=cabin,
            gloss=0.5,
        )
        for dx in (-0.6, 0.6):
            for dz in (-0.6, 0.6):
                kit.add(
                    sweep([(dx, y - 1.0, z + dz), (dx, y - 0.25, z + dz)], 0.04, CREAM, sides=4), bone=cabin
                )
        spinners.append(Spinner(cabin, (0.0, y, z), (-1.0, 0.0, 0.0), 0.045, always=True))
    return Mechanism(
        Ride.STILL, 0, 5.0, 21.0, height_m=22.6, middle_m=12.4, spinners=tuple(spinners),
        anchors=(("head", 0, hub), ("top", 0, (0.0, 22.4, 0.0))),
    )  # fmt: skip


def carousel(order: Order, kit: Assembly) -> Mechanism:
    """A merry-go-round: a striped roof, eight horses on poles; it turns."""
    paint, second = paint_of(order, "body", (0.85, 0.25, 0.28)), CREAM
    kit.add(lathe([(3.3, 0.0), (3.3, 0.3), (0.0, 0.32)], (0.62, 0.44, 0.30), sides=40))
    pivot = (0.0, 0.3, 0.0)
    turn = kit.bone("turn", pivot)
    kit.add(
        lathe([(0.75, 0.3), (0.6, 0.6), (0.6, 3.0), (0.9, 3.3)], (0.93, 0.80, 0.52), sides=24),
        bone=turn,
        gloss=0.5,
    )
    for k in range(16):
        a0, a1 = 2.0 * math.pi * k / 16.0, 2.0 * math.pi * (k + 1) / 16.0
        tone, mid = paint if k % 2 else second, (a0 + a1) / 2.0
        kit.add(_canvas(a0, a1, tone), bone=turn, gloss=0.2)
        flap = ball((0.0, 0.0, 0.0), (0.06, 0.30, 0.66), shade(tone, 0.92), level=2)
        at = (3.62 * math.cos(mid), 3.12, -3.62 * math.sin(mid))
        kit.add(put(flap, at, turn=[("y", math.degrees(mid))]), bone=turn, gloss=0.2)
        kit.add(
            ball(
                (3.72 * math.cos(a0), 3.12, -3.72 * math.sin(a0)), 0.1, (1.0, 0.88, 0.55), level=1, glow=0.9
            ),
            bone=turn,
        )
    kit.add(lathe([(0.2, 4.7), (0.05, 5.3), (0.0, 5.4)], (0.90, 0.70, 0.25), sides=12), bone=turn, gloss=0.9)
    saddles: list[tuple[str, int, Point]] = []
    for k in range(8):
        a = 2.0 * math.pi * k / 8.0
        lift = 0.18 * math.sin(2.0 * a)
        horse = [
            ball((0.0, 1.1, 0.0), (0.5, 0.24, 0.2), _TONES[k % 5] if k % 2 else second, level=2),
            sweep(
                [(0.36, 1.15, 0.0), (0.58, 1.5, 0.0), (0.62, 1.62, 0.0)],
                [0.17, 0.12, 0.11],
                second if k % 2 else _TONES[k % 5],
            ),
            sweep([(0.6, 1.64, 0.0), (0.86, 1.52, 0.0)], [0.13, 0.08], second if k % 2 else _TONES[k % 5]),
            sweep(
                [(-0.48, 1.2, 0.0), (-0.68, 1.0, 0.0), (-0.66, 0.8, 0.0)],
                [0.06, 0.07, 0.02],
                (0.40, 0.24, 0.14),
                bend=2,
            ),
            box((-0.16, 1.24, -0.18), (0.18, 1.36, 0.18), (0.78, 0.16, 0.18), round_m=0.05),
        ]
        horse += [
            sweep([(x, 1.0, z), (x + bend, 0.78, z), (x, 0.56, z)], [0.09, 0.06, 0.05], second, sides=7)
            for x, bend in ((0.32, 0.16), (-0.32, -0.16))
            for z in (-0.1, 0.1)
        ]
        horse.append(sweep([(0.0, 0.3, 0.0), (0.0, 3.3, 0.0)], 0.035, (0.90, 0.72, 0.30), sides=6))
        for piece in horse:
            at = (2.4 * math.cos(a), lift, -2.4 * math.sin(a))
            kit.add(put(piece, at, turn=[("y", math.degrees(a) + 90.0)]), bone=turn, gloss=0.5)
        name = f"saddle_{k}" if k else "saddle"
        saddles.append((name, turn, (2.4 * math.cos(a), lift + 1.36, -2.4 * math.sin(a))))
    return Mechanism(
        Ride.STILL, 0, 7.0, 7.0, height_m=5.4, middle_m=2.0, spinners=(Spinner(turn, pivot, (0.0, 1.0, 0.0), _ROUND_PER_S, always=True),),
        anchors=(("head", 0, (0.0, 2.0, 0.0)), ("top", 0, (0.0, 5.4, 0.0)), *saddles),
    )  # fmt: skip


def _canvas(a0: float, a1: float, tone: Rgb) -> Mesh:
    """A gore of a tent's roof between two angles, radians."""
    rings: list[list[Point]] = []
    for r, y in ((3.7, 3.2), (1.9, 4.05), (0.06, 4.85)):
        over = [(r * math.cos(a), y, -r * math.sin(a)) for a in (a0, a1)]
        rings.append([*over, *((x, h - 0.06, z) for x, h, z in reversed(over))])
    return outwards(loft(np.array(rings), tone, crease_deg=30.0))
