"""Boards to write on: a blackboard and a whiteboard that stand on legs."""

from __future__ import annotations

import math
from itertools import pairwise

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import STEEL, Rgb, paint_of, shade, still

_PINE: Rgb = (0.68, 0.48, 0.28)
_CHALK: Rgb = (0.93, 0.94, 0.91)
_INK: Rgb = (0.12, 0.20, 0.62)
_LOW, _HIGH, _HALF = 0.82, 1.98, 0.95
"""The lower and the upper edge of a board, and half its width."""


def blackboard(order: Order, kit: Assembly) -> Mechanism:
    """A green board in a wooden frame, chalk lines on it; it faces +x."""
    return _board(kit, paint_of(order, "body", (0.10, 0.24, 0.18)), _PINE, _CHALK, gloss=0.05)


def whiteboard(order: Order, kit: Assembly) -> Mechanism:
    """A white board in a frame of steel, written on in blue; it faces +x."""
    return _board(kit, paint_of(order, "body", (0.95, 0.96, 0.97)), STEEL, _INK, gloss=0.6)


def _board(kit: Assembly, paint: Rgb, frame: Rgb, ink: Rgb, *, gloss: float) -> Mechanism:
    kit.add(box((-0.02, _LOW, -_HALF), (0.02, _HIGH, _HALF), paint, round_m=0.004), gloss=gloss)
    for y in (_LOW, _HIGH):
        kit.add(box((-0.035, y - 0.035, -_HALF - 0.03), (0.035, y + 0.035, _HALF + 0.03), frame), gloss=0.3)
    for z in (-_HALF, _HALF):
        kit.add(box((-0.035, 0.10, z - 0.035), (0.035, _HIGH + 0.02, z + 0.035), frame), gloss=0.3)
        kit.add(box((-0.32, 0.03, z - 0.04), (0.32, 0.10, z + 0.04), shade(frame, 0.85)), gloss=0.3)
    kit.add(box((0.02, _LOW + 0.035, -0.5), (0.11, _LOW + 0.06, 0.5), frame, round_m=0.008), gloss=0.3)
    for z in (-0.22, 0.05):
        kit.add(box((0.05, _LOW + 0.06, z), (0.068, _LOW + 0.078, z + 0.09), ink, round_m=0.006))
    for line in _lesson():
        path = [(0.024, y, z) for z, y in line]
        for one in pairwise(path):
            kit.add(sweep(list(one), 0.009, ink, sides=5), shades=False)
    return still(0.64, 2.0 * _HALF + 0.06, _HIGH + 0.035, sides=(0.0,))


def _lesson() -> list[list[tuple[float, float]]]:
    """What is drawn on it, z and y: words, a triangle, a curve on its axes."""
    lines = [[(0.30, 1.02), (0.78, 1.02), (0.78, 1.38), (0.30, 1.02)]]
    lines += [[(-0.75, 1.02), (-0.05, 1.02)], [(-0.75, 1.02), (-0.75, 1.42)]]
    lines.append([(-0.72 + 0.06 * k, 1.20 + 0.13 * math.sin(0.75 * k)) for k in range(11)])
    for y, words in ((1.80, (0.30, 0.42, 0.24)), (1.62, (0.20, 0.36))):
        z = 0.78
        for wide in words:
            steps = max(round(wide / 0.05), 2)
            lines.append([(z - wide * k / steps, y + (0.04 if k % 2 else -0.04)) for k in range(steps + 1)])
            z -= wide + 0.10
    return lines
