"""What people do their work with: a clipboard, a shaker, a rolling pin and its dough, a net full of fish."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import STEEL, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_PAPER: Rgb = (0.97, 0.96, 0.93)
_INK: Rgb = (0.42, 0.46, 0.55)
_BEECH: Rgb = (0.78, 0.58, 0.36)
_DOUGH: Rgb = (0.96, 0.89, 0.74)
_FLOUR: Rgb = (0.99, 0.98, 0.95)
_CORD: Rgb = (0.42, 0.52, 0.40)
_SILVER: Rgb = (0.72, 0.79, 0.84)
_WATER: Rgb = (0.62, 0.80, 0.93)
_FOAM: Rgb = (0.90, 0.96, 1.0)
_NOZZLE_M, _JET_M = 1.0, 6.5
"""How high a hose is held, and how far its jet goes."""
_DRINKS: tuple[Rgb, ...] = ((0.95, 0.55, 0.12), (0.80, 0.12, 0.20), (0.96, 0.82, 0.34), (0.34, 0.66, 0.44))
_BAG = ((0.03, 0.78), (0.13, 0.66), (0.25, 0.46), (0.31, 0.26), (0.24, 0.08), (0.05, 0.0))
"""A net's outline from its neck down: radius and height."""
_CORDS = 14


def clipboard(order: Order, kit: Assembly) -> Mechanism:
    """A board that stands on its short side, a sheet with lines on the face towards -x, a clip on top."""
    board = paint_of(order, "body", (0.50, 0.31, 0.17))
    kit.add(box((-0.004, 0.0, -0.125), (0.004, 0.34, 0.125), board, round_m=0.003))
    for side in (-1.0, 1.0):
        sheet = sorted((side * 0.0045, side * 0.0065))
        kit.add(box((sheet[0], 0.015, -0.108), (sheet[1], 0.30, 0.108), _PAPER))
        ink = sorted((side * 0.0066, side * 0.0075))
        for k in range(7):
            y, short = 0.265 - 0.034 * k, 0.03 * (k % 3)
            kit.add(box((ink[0], y, -0.088), (ink[1], y + 0.009, 0.088 - short), _INK))
    kit.add(box((-0.014, 0.305, -0.055), (0.014, 0.352, 0.055), STEEL, round_m=0.006), gloss=0.9)
    return still(0.03, 0.25, 0.35)


def shaker(order: Order, kit: Assembly) -> Mechanism:
    """A cocktail shaker of steel: cup, shoulder and cap."""
    steel = paint_of(order, "body", (0.80, 0.81, 0.83))
    line = [
        (0.0, 0.0),
        (0.042, 0.0),
        (0.056, 0.165),
        (0.052, 0.185),
        (0.026, 0.235),
        (0.026, 0.275),
        (0.0, 0.285),
    ]
    kit.add(lathe(softened(line, 3), steel, sides=32, crease_deg=50.0), gloss=1.0)
    kit.add(lathe([(0.057, 0.160), (0.059, 0.166), (0.057, 0.172)], shade(steel, 0.6), sides=32), gloss=1.0)
    return still(0.12, 0.12, 0.285)


def rolling_pin(order: Order, kit: Assembly) -> Mechanism:
    """A rolling pin across, along z, with its two handles."""
    wood = paint_of(order, "body", _BEECH)
    half = [(0.0, -0.23), (0.013, -0.23), (0.016, -0.17), (0.012, -0.145), (0.032, -0.14), (0.034, -0.12)]
    line = [*half, *((r, -x) for r, x in reversed(half))]
    kit.add(lathe(softened(line, 2), wood, axis="z", at=(0.0, 0.034, 0.0), sides=24), gloss=0.4)
    return still(0.07, 0.46, 0.068)


def dough(order: Order, kit: Assembly) -> Mechanism:
    """Dough that is rolled out flat, on its dust of flour."""
    paste = paint_of(order, "body", _DOUGH)
    kit.add(lathe([(0.31, 0.0), (0.30, 0.003), (0.0, 0.004)], _FLOUR, sides=36))
    kit.add(lathe(softened([(0.245, 0.003), (0.25, 0.012), (0.22, 0.024), (0.0, 0.026)], 3), paste, sides=40))
    for x, z, r in ((-0.10, 0.30, 0.05), (0.03, -0.33, 0.055)):
        kit.add(ball((x, 0.72 * r, z), (r, 0.8 * r, r), paste, level=2))
    return still(0.56, 0.74, 0.07)


def fishing_net(order: Order, kit: Assembly) -> Mechanism:
    """A net that hangs by its neck, bulging with fish."""
    cord = paint_of(order, "body", _CORD)
    for k in range(_CORDS):
        for turn in (1.0, -1.0):
            path: list[Point] = []
            for n, (r, y) in enumerate(_BAG):
                a = math.tau * (k / _CORDS + turn * 0.09 * n)
                path.append((r * math.cos(a), y, r * math.sin(a)))
            kit.add(sweep(path, 0.006, cord, sides=4, bend=3))
    kit.add(sweep([(0.0, 0.76, 0.0), (0.0, 0.92, 0.0)], 0.022, shade(cord, 0.8), sides=8))
    for k in range(15):
        level, a = k // 5, 2.39996 * k
        r = (0.15, 0.17, 0.10)[level]
        at = (r * math.cos(a), 0.14 + 0.14 * level + 0.02 * (k % 3), r * math.sin(a))
        kit.add(*_fish(at, a + 1.2, 0.85 + 0.10 * (k % 3)), gloss=0.8)
    return still(0.62, 0.62, 0.92)


def _fish(at: tuple[float, float, float], turn: float, tone: float) -> list[Mesh]:
    """A fish in a heap: body, tail, eye."""
    x, y, z = at
    c, s = math.cos(turn), math.sin(turn)
    nose, tail = (x + 0.13 * c, y + 0.03, z + 0.13 * s), (x - 0.12 * c, y - 0.02, z - 0.12 * s)
    fin = (x - 0.18 * c, y - 0.03, z - 0.18 * s)
    return [
        sweep([nose, at, tail, fin], [0.014, 0.052, 0.016, 0.045], shade(_SILVER, tone), sides=10, bend=3),
        ball((x + 0.095 * c, y + 0.045, z + 0.095 * s), 0.012, (0.06, 0.06, 0.08), level=1),
    ]


def fire_hose(order: Order, kit: Assembly) -> Mechanism:
    """A hose from the ground behind up to a nozzle at the origin's height, and its jet of water ahead."""
    cloth = paint_of(order, "body", (0.86, 0.78, 0.52))
    brass: Rgb = (0.82, 0.62, 0.24)
    y = _NOZZLE_M
    line = [(-0.16, y - 0.02, 0.0), (-0.42, y - 0.16, 0.03), (-0.62, y - 0.62, 0.08), (-1.0, 0.05, 0.12)]
    kit.add(sweep([*line, (-1.9, 0.05, 0.05), (-2.8, 0.05, 0.45)], 0.042, cloth, sides=12, bend=6))
    kit.add(
        sweep([(-0.20, y - 0.025, 0.0), (0.02, y, 0.0), (0.24, y + 0.03, 0.0)], [0.050, 0.034, 0.024], brass),
        gloss=0.9,
    )
    for k in range(4):
        path: list[Point] = []
        for n in range(9):
            s = _JET_M * n / 8.0
            rise = 0.42 * s - 0.046 * s * s
            off = 0.016 * s * math.sin(1.9 * k + 0.8 * n)
            path.append((0.24 + s, y + 0.03 + rise + 0.02 * s * math.cos(2.4 * k + n), off))
        thick = [(0.020 + 0.022 * n * (1.0 - 0.12 * k)) * (1.0 - (n / 8.0) ** 5) + 0.004 for n in range(9)]
        kit.add(sweep(path, thick, (_WATER, _FOAM)[k % 2], sides=8, bend=3), gloss=0.6, shades=False)
    for k in range(46):
        s = _JET_M * (0.45 + 0.62 * ((k * 0.618) % 1.0))
        spread = 0.10 * s
        at = (
            0.24 + s,
            y + 0.03 + 0.42 * s - 0.046 * s * s + spread * math.sin(2.4 * k) - 0.03 * s,
            spread * math.cos(3.7 * k),
        )
        r = 0.012 + 0.006 * (k % 4)
        kit.add(ball(at, (1.7 * r, r, r), _FOAM, level=1), gloss=0.6, shades=False)
    return still(1.0, 0.3, 1.95)


def bar_counter(order: Order, kit: Assembly) -> Mechanism:
    """A bar, its front towards +x: panels under a thick top with a line of neon, a few drinks on it."""
    wood = paint_of(order, "body", (0.30, 0.17, 0.11))
    neon = paint_of(order, "light", (0.98, 0.24, 0.62))
    half = 1.0
    kit.add(box((-0.22, 0.0, -half), (0.20, 1.02, half), wood, round_m=0.01), gloss=0.3)
    for k in range(4):
        z = -half + 0.07 + 0.48 * k
        kit.add(box((0.195, 0.14, z), (0.225, 0.88, z + 0.42), shade(wood, 1.35), round_m=0.008), gloss=0.3)
    kit.add(
        box((-0.28, 1.02, -half - 0.06), (0.30, 1.08, half + 0.06), shade(wood, 0.6), round_m=0.02), gloss=0.8
    )
    kit.add(box((0.29, 0.995, -half - 0.05), (0.31, 1.018, half + 0.05), neon, glow=1.0), shades=False)
    kit.add(box((0.215, 0.03, -half), (0.235, 0.055, half), neon, glow=1.0), shades=False)
    for (k, drink), z in zip(enumerate(_DRINKS), (-0.75, -0.55, 0.60, 0.82), strict=True):
        glass = [(0.0, 1.08), (0.035, 1.08), (0.042, 1.20), (0.0, 1.20)]
        at = (0.12 - 0.05 * (k % 2), 0.0, z)
        kit.add(lathe(glass, drink, at=at, sides=18, crease_deg=50.0), gloss=1.0)
    return still(0.6, 2.12, 1.08)
