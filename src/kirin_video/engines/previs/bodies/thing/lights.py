"""What gives light: candles, lamps, floor lamps, street lamps."""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Flame, Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, paint_of, shade, still
from kirin_video.engines.previs.plan import LIGHTS_UP_S, Contrivance

_BURNT_S, _LEFT = 5.4, 0.34
"""When a candle has burnt down, and how much of it is left."""


def candle(order: Order, kit: Assembly) -> Mechanism:
    """A candle in its dish; the flame flickers, and where it is said to burn down it does."""
    foot = (0.0, 0.006, 0.0)
    down = Contrivance.BURNS_DOWN in order.subject.traits
    stem = kit.bone("wax", foot) if down else 0
    wax = paint_of(order, "body", CREAM)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.05, 0.0), (0.06, 0.012), (0.057, 0.014), (0.045, 0.006), (0.0, 0.006)],
            (0.72, 0.56, 0.25),
            sides=32,
        ),
        gloss=0.8,
    )
    kit.add(
        lathe(
            [(0.028, 0.004), (0.028, 0.13), (0.026, 0.137), (0.022, 0.134), (0.0, 0.128)],
            wax,
            sides=32,
            crease_deg=50.0,
            # Wax is lit from within.
            glow=0.30,
        ),
        bone=stem,
        gloss=0.3,
    )
    rest = kit.bone("wick", (0.0, 0.134, 0.0)) if down else 0
    kit.add(
        sweep([(0.0, 0.128, 0.0), (0.002, 0.143, 0.0)], 0.0018, DARK, sides=6),
        bone=rest,
        gloss=0.3,
    )
    for a, low in ((0.5, 0.08), (2.6, 0.1), (4.4, 0.06)):
        kit.add(
            sweep(
                [
                    (0.0275 * math.cos(a), 0.134, 0.0275 * math.sin(a)),
                    (0.029 * math.cos(a), low, 0.029 * math.sin(a)),
                ],
                [0.004, 0.0055],
                wax,
                sides=8,
            ),
            bone=stem,
            gloss=0.3,
        )
    at = (0.0, 0.14, 0.0)
    flame = kit.bone("flame", at, rest)
    kit.add(
        lathe(
            [(0.0, 0.136), (0.008, 0.145), (0.010, 0.156), (0.007, 0.17), (0.0, 0.192)],
            (1.0, 0.66, 0.20),
            sides=16,
            glow=1.0,
            crease_deg=80.0,
        ),
        bone=flame,
        gloss=0.0,
        shades=False,
    )
    plain = still(0.12, 0.12, 0.14, flames=(Flame(flame, at, always=True),))
    if not down:
        return plain
    short = Cue(_BURNT_S, size=(1.06, _LEFT, 1.06)), Cue(_BURNT_S, (0.0, -(1.0 - _LEFT) * 0.128, 0.0))
    return replace(
        plain, courses=(Course(stem, foot, (Cue(0.3), short[0])), Course(rest, at, (Cue(0.3), short[1])))
    )


def lamp(order: Order, kit: Assembly) -> Mechanism:
    """A table lamp, lit; from a moment on, or until one, where that is said."""
    foot = paint_of(order, "body", (0.18, 0.48, 0.50))
    kit.add(
        lathe(
            [
                (0.0, 0.0),
                (0.085, 0.0),
                (0.085, 0.015),
                (0.03, 0.03),
                (0.055, 0.07),
                (0.075, 0.12),
                (0.06, 0.19),
                (0.025, 0.235),
                (0.018, 0.25),
                (0.0, 0.25),
            ],
            foot,
            sides=36,
            crease_deg=50.0,
        ),
        sweep([(0.0, 0.24, 0.0), (0.0, 0.33, 0.0)], 0.008, (0.75, 0.58, 0.25), sides=8),
        gloss=0.8,
    )
    light = paint_of(order, "light", (0.98, 0.90, 0.70))
    cover = [(0.155, 0.30), (0.10, 0.50), (0.097, 0.50), (0.150, 0.30)]
    middle, traits = (0.0, 0.40, 0.0), order.subject.traits
    wakes = bool({Contrivance.LIGHTS_UP, Contrivance.GOES_OUT} & {*traits})
    lit = kit.bone("lit", middle) if wakes else 0
    kit.add(
        lathe(cover, light, sides=36, glow=0.5),
        ball((0.0, 0.37, 0.0), 0.035, (1.0, 0.95, 0.8), level=2, glow=1.0),
        bone=lit,
    )
    if not wakes:
        return still(0.3, 0.3, 0.5)
    dark = kit.bone("dark", middle)
    kit.add(lathe(cover, shade(light, 0.62), sides=36), bone=dark)
    first, then = (lit, dark) if Contrivance.GOES_OUT in traits else (dark, lit)
    gone, at = (0.0, 0.0, 0.0), LIGHTS_UP_S
    courses = (
        Course(then, middle, (Cue(at, size=gone), Cue(at + 0.02))),
        Course(first, middle, (Cue(at), Cue(at + 0.02, size=gone))),
    )
    return replace(still(0.3, 0.3, 0.5), courses=courses)


def floor_lamp(order: Order, kit: Assembly) -> Mechanism:
    """A lamp of a metre and a half on its foot, lit."""
    brass = paint_of(order, "body", (0.66, 0.52, 0.28))
    kit.add(
        lathe([(0.0, 0.0), (0.17, 0.0), (0.17, 0.02), (0.04, 0.045), (0.0, 0.045)], brass, sides=32),
        sweep([(0.0, 0.03, 0.0), (0.0, 1.42, 0.0)], 0.014, brass, sides=10),
        gloss=0.8,
    )
    kit.add(
        lathe(
            [(0.25, 1.28), (0.16, 1.62), (0.156, 1.62), (0.244, 1.28)],
            paint_of(order, "light", (0.98, 0.88, 0.66)),
            sides=36,
            glow=0.55,
        ),
        ball((0.0, 1.42, 0.0), 0.045, (1.0, 0.95, 0.8), level=2, glow=1.0),
    )
    return still(0.5, 0.5, 1.62)


def street_lamp(order: Order, kit: Assembly) -> Mechanism:
    """An old street lamp with a lantern."""
    iron = paint_of(order, "body", (0.10, 0.12, 0.12))
    kit.add(
        lathe(
            [
                (0.0, 0.0),
                (0.22, 0.0),
                (0.22, 0.12),
                (0.14, 0.2),
                (0.12, 0.6),
                (0.075, 0.75),
                (0.055, 0.9),
                (0.045, 3.1),
                (0.08, 3.16),
                (0.045, 3.22),
                (0.045, 3.4),
                (0.12, 3.46),
                (0.0, 3.48),
            ],
            iron,
            sides=20,
        ),
        gloss=0.5,
    )
    kit.add(
        sweep([(0.0, 3.0, -0.32), (0.0, 3.0, 0.32)], 0.022, iron, sides=8),
        lathe([(0.10, 3.46), (0.2, 3.95), (0.0, 3.96)], (1.0, 0.88, 0.60), sides=6, glow=0.9),
        lathe(
            [(0.26, 3.93), (0.24, 3.98), (0.08, 4.14), (0.03, 4.18), (0.045, 4.23), (0.0, 4.28)],
            iron,
            sides=6,
        ),
        gloss=0.5,
    )
    for k in range(6):
        a = 2.0 * math.pi * k / 6.0
        kit.add(
            sweep(
                [
                    (0.105 * math.cos(a), 3.46, 0.105 * math.sin(a)),
                    (0.205 * math.cos(a), 3.95, 0.205 * math.sin(a)),
                ],
                0.014,
                iron,
                sides=5,
            )
        )
    return still(0.5, 0.6, 4.28)
