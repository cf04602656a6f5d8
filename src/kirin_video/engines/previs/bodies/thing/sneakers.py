"""Sneakers: one, or a pair side by side."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import mirrored, outwards, put
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_ONE = ("a sneaker", "a shoe", "one shoe", "one sneaker", "a running shoe", "single", "\u4e00\u53ea")
_LAST: tuple[tuple[float, float, float], ...] = (
    (-0.132, 0.020, 0.080),
    (-0.126, 0.031, 0.104),
    (-0.105, 0.037, 0.109),
    (-0.075, 0.037, 0.100),
    (-0.045, 0.036, 0.102),
    (-0.020, 0.036, 0.104),
    (0.010, 0.038, 0.090),
    (0.040, 0.042, 0.075),
    (0.075, 0.045, 0.062),
    (0.105, 0.042, 0.055),
    (0.128, 0.032, 0.048),
    (0.142, 0.016, 0.036),
)
"""Along a shoe: how far ahead, half of its width and its height there, metres."""
_SOLE_M = 0.030


def shoe(order: Order, kit: Assembly) -> Mechanism:
    """A sneaker, or a pair where no single one is told of; their toes point along x."""
    paint = paint_of(order, "body", (0.80, 0.20, 0.16))
    words = order.subject.words.lower()
    single = order.subject.count == 1 and any(word in words for word in _ONE)
    for side in (0.0,) if single else (-0.062, 0.062):
        for mesh, gloss in _sneaker(paint):
            kit.add(put(mesh if side >= 0.0 else mirrored(mesh), (0.0, 0.0, side)), gloss=gloss)
    return still(0.29, 0.10 if single else 0.22, 0.12)


def _sneaker(paint: Rgb) -> list[tuple[Mesh, float]]:
    """The pieces of a right shoe with how much each shines."""
    white = CREAM if max(paint) - min(paint) > 0.1 or max(paint) < 0.7 else shade(paint, 0.92)  # noqa: PLR2004
    edge = [(x, 1.10 * half) for x, half, _ in _LAST]
    outline = [*edge, *((x, -z) for x, z in reversed(edge))]
    found = [
        (outwards(prism(outline[::-1], 0.0, _SOLE_M, white, axis="y", round_m=0.008)), 0.3),
        (outwards(prism(outline[::-1], -0.002, 0.006, shade(paint, 0.8), axis="y", round_m=0.002)), 0.2),
        (_upper(paint), 0.25),
        (ball((-0.076, 0.102, 0.0), (0.044, 0.010, 0.025), DARK, level=3), 0.05),
        (put(box((-0.030, 0.0, -0.017), (0.030, 0.008, 0.017), shade(paint, 0.85), round_m=0.004),
             (-0.028, 0.108, 0.0), turn=[("z", 38.0)]), 0.15),
        (ball((0.112, 0.036, 0.0), (0.034, 0.018, 0.037), white, level=3), 0.3),
        (box((-0.134, 0.045, -0.012), (-0.122, 0.100, 0.012), white, round_m=0.004), 0.3),
    ]  # fmt: skip
    for k in range(5):
        x = -0.008 + 0.017 * k
        top = float(np.interp(x, [a for a, _, _ in _LAST], [h for _, _, h in _LAST]))
        lace = [(x - 0.006, top - 0.012, -0.026), (x, top + 0.004, 0.0), (x - 0.006, top - 0.012, 0.026)]
        found.append((sweep(lace, 0.0034, white, sides=8, bend=4), 0.2))
    for side in (-1.0, 1.0):
        # A bold stripe along each flank.
        way = [
            (-0.085, 0.052, 0.0385),
            (-0.040, 0.046, 0.0400),
            (0.010, 0.056, 0.0385),
            (0.045, 0.070, 0.033),
        ]
        stripe = [(x, y, side * z) for x, y, z in way]
        found.append((sweep(stripe, [0.003, 0.008, 0.0055, 0.002], white, sides=8, bend=5), 0.3))
    return found


def _upper(paint: Rgb) -> Mesh:
    """The upper: half an oval at every step from the heel to the toe."""
    turns = np.linspace(0.0, math.pi, 17)
    rings: list[list[Point]] = []
    for x, half, top in _LAST:
        over = [
            (x, _SOLE_M - 0.006 + (top - _SOLE_M) * math.sin(t) ** 0.75, -half * math.cos(t))
            for t in turns.tolist()
        ]
        rings.append([*over, (x, _SOLE_M - 0.010, 0.5 * half), (x, _SOLE_M - 0.010, -0.5 * half)])
    return outwards(loft(np.array(rings), paint, crease_deg=60.0))
