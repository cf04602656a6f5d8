"""What is climbed: stairs, ladders, and what stands on a playground."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import WOOD, Rgb, paint_of, shade, still

_STONE: Rgb = (0.66, 0.63, 0.58)
_BARS: Rgb = (0.20, 0.42, 0.72)


def stairs(order: Order, kit: Assembly) -> Mechanism:
    """Sixteen steps of stone up to a landing, between two low walls; their foot is ahead, at +x."""
    stone = paint_of(order, "body", _STONE)
    count, deep, tall = 16, 0.34, 0.17
    for k in range(count):
        x = (count / 2.0 - k) * deep
        tone = shade(stone, 0.96 + 0.08 * (k % 2))
        kit.add(box((x - deep, 0.0, -1.5), (x + 0.03, tall * (k + 1), 1.5), tone, round_m=0.015), gloss=0.05)
    back, top = -count / 2.0 * deep, tall * count
    kit.add(box((back - 1.6, 0.0, -1.8), (back + 0.02, top, 1.8), stone, round_m=0.02))
    for z in (-1.68, 1.68):
        line = [
            (-back + 0.3, 0.55, z),
            (-back - 0.1, 0.75, z),
            (back, top + 0.75, z),
            (back - 1.5, top + 0.75, z),
        ]
        kit.add(sweep(line, 0.11, shade(stone, 0.86), sides=8))
        for k in range(0, count + 1, 2):
            x = (count / 2.0 - k) * deep
            kit.add(
                box(
                    (x - 0.1, 0.0, z - 0.11),
                    (x + 0.1, tall * k + 0.72, z + 0.11),
                    shade(stone, 0.9),
                    round_m=0.02,
                )
            )
    return still(count * deep + 1.6, 3.6, top + 0.85, tops=(("top", (back - 0.8, top, 0.0)),), sides=(0.0,))


def ladder(order: Order, kit: Assembly) -> Mechanism:
    """A wooden ladder that leans back."""
    wood = paint_of(order, "body", (0.72, 0.52, 0.30))
    for z in (-0.24, 0.24):
        kit.add(sweep([(0.5, 0.0, 1.15 * z), (-0.5, 3.2, z)], 0.035, wood, sides=8), gloss=0.2)
    for k in range(9):
        t = 0.07 + 0.105 * k
        x, y = 0.5 - t, 3.2 * t
        kit.add(sweep([(x, y, -0.27), (x, y, 0.27)], 0.024, shade(wood, 0.9), sides=8), gloss=0.2)
    return still(1.0, 0.6, 3.2)


def swing(order: Order, kit: Assembly) -> Mechanism:
    """A swing in its frame; its seat goes to and fro along x."""
    paint = paint_of(order, "body", _BARS)
    for z in (-1.3, 1.3):
        for x in (-0.8, 0.8):
            kit.add(sweep([(x, 0.0, z), (0.0, 2.4, 0.94 * z)], 0.05, paint, sides=10), gloss=0.4)
    kit.add(sweep([(0.0, 2.4, -1.35), (0.0, 2.4, 1.35)], 0.06, paint, sides=10), gloss=0.4)
    pivot = (0.0, 2.4, 0.0)
    seat = kit.bone("seat", pivot)
    for z in (-0.28, 0.28):
        kit.add(sweep([(0.0, 2.4, z), (0.0, 0.52, z)], 0.014, (0.35, 0.35, 0.37), sides=6), bone=seat)
    kit.add(box((-0.16, 0.47, -0.36), (0.16, 0.53, 0.36), WOOD, round_m=0.02), bone=seat, gloss=0.2)
    at = (0.0, 0.53, 0.0)
    return Mechanism(
        ride=Ride.STILL,
        hull=0,
        base_m=1.6,
        gauge_m=2.7,
        height_m=2.46,
        middle_m=1.2,
        swings=(Swing(seat, pivot, (0.0, 0.0, 1.0), 22.0, period_s=2.8),),
        anchors=(("head", 0, (0.0, 1.3, 0.0)), ("saddle", seat, at), ("top", seat, at), ("seat", seat, at)),
    )


def slide(order: Order, kit: Assembly) -> Mechanism:
    """A playground slide: a ladder up, a chute down along x."""
    paint, rails = paint_of(order, "body", (0.88, 0.26, 0.18)), (0.95, 0.76, 0.18)
    knots = [(-0.6, 1.75), (-0.2, 1.72), (0.5, 1.15), (1.3, 0.52), (1.9, 0.3), (2.5, 0.28)]
    chute = [
        [
            (x, y + 0.16, -0.33),
            (x, y, -0.3),
            (x, y, 0.3),
            (x, y + 0.16, 0.33),
            (x, y - 0.05, 0.35),
            (x, y - 0.05, -0.35),
        ]
        for x, y in knots
    ]
    kit.add(loft(np.array(chute), paint, crease_deg=30.0), gloss=0.6)
    for z in (-0.36, 0.36):
        kit.add(sweep([(x, y + 0.18, z) for x, y in knots], 0.035, rails, sides=8, bend=3), gloss=0.5)
        kit.add(
            sweep(
                [(-1.25, 0.0, z), (-0.75, 1.75, z), (-0.72, 2.3, z), (-0.3, 2.2, z), (-0.2, 1.85, z)],
                0.035,
                rails,
            )
        )
        for x, y in ((-0.3, 1.7), (1.6, 0.35)):
            kit.add(sweep([(x, 0.0, z), (x, y, z)], 0.035, rails), gloss=0.5)
    for k in range(6):
        t = 0.12 + 0.15 * k
        kit.add(sweep([(-1.25 + 0.5 * t, 1.75 * t, -0.36), (-1.25 + 0.5 * t, 1.75 * t, 0.36)], 0.028, rails))
    kit.add(box((-0.85, 1.68, -0.36), (-0.2, 1.75, 0.36), shade(paint, 0.8), round_m=0.02))
    return still(3.8, 0.8, 2.33, tops=(("top", (-0.5, 1.75, 0.0)), ("saddle", (-0.3, 1.75, 0.0))))


def seesaw(order: Order, kit: Assembly) -> Mechanism:
    """A seesaw that rocks."""
    paint = paint_of(order, "body", (0.90, 0.42, 0.16))
    foot = [(-0.3, 0.0, 0.0), (0.0, 0.58, 0.0), (0.3, 0.0, 0.0)]
    for z in (-0.2, 0.2):
        kit.add(put(sweep(foot, 0.05, _BARS), (0.0, 0.0, z)), gloss=0.4)
    pivot = (0.0, 0.6, 0.0)
    board = kit.bone("board", pivot)
    kit.add(box((-1.8, 0.58, -0.15), (1.8, 0.64, 0.15), paint, round_m=0.02), bone=board, gloss=0.4)
    for x in (-1.3, 1.3):
        kit.add(
            sweep([(x, 0.62, -0.2), (x, 0.95, -0.2), (x, 0.95, 0.2), (x, 0.62, 0.2)], 0.025, _BARS),
            bone=board,
        )
    kit.add(ball(pivot, 0.08, _BARS, level=2))
    at = (1.55, 0.64, 0.0)
    return Mechanism(
        Ride.STILL, 0, 3.6, 0.4, height_m=0.97, swings=(Swing(board, pivot, (0.0, 0.0, 1.0), 14.0, period_s=3.0),),
        anchors=(("head", 0, (0.0, 0.7, 0.0)), ("saddle", board, at), ("top", board, at)),
    )  # fmt: skip
