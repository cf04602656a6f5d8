"""What is shown off: pedestals, perfume, watches, old typewriters."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import (
    CREAM,
    DARK,
    STEEL,
    WOOD,
    Rgb,
    paint_of,
    shade,
    still,
)
from kirin_video.engines.previs.plan import Contrivance

_GOLD: Rgb = (0.86, 0.68, 0.32)


def pedestal(order: Order, kit: Assembly) -> Mechanism:
    """A round stand of two steps; what is on it may turn with it."""
    paint = paint_of(order, "body", (0.90, 0.89, 0.87))
    kit.add(
        lathe(
            [(0.0, 0.0), (0.44, 0.0), (0.44, 0.10), (0.43, 0.11), (0.0, 0.11)], shade(paint, 0.94), sides=72
        ),
        lathe([(0.0, 0.10), (0.34, 0.10), (0.34, 0.28), (0.33, 0.29), (0.0, 0.29)], paint, sides=72),
        gloss=0.4,
    )
    kit.add(lathe([(0.342, 0.13), (0.342, 0.145)], _GOLD, sides=72), gloss=0.9)
    return still(0.88, 0.88, 0.29)


def slab(order: Order, kit: Assembly) -> Mechanism:
    """A flat stone to put things on, wet: drops lie on it."""
    stone = paint_of(order, "body", (0.12, 0.12, 0.13))
    rim = [
        (
            0.30 * (1.0 + 0.10 * math.sin(3.0 * a + 1.0)) * math.cos(a),
            0.24 * (1.0 + 0.08 * math.sin(5.0 * a)) * math.sin(a),
        )
        for a in (math.tau * k / 40.0 for k in range(40))
    ]
    kit.add(prism(rim, 0.0, 0.07, stone, axis="y", round_m=0.015), gloss=0.6)
    for k in range(46):
        a, far = 2.399 * k, 0.034 * math.sqrt(k + 5.0)
        r = 0.004 + 0.006 * ((k * 7) % 5) / 4.0
        at = (1.1 * far * math.cos(a), 0.070, 0.85 * far * math.sin(a))
        kit.add(ball(at, (r, 0.55 * r, r), shade((0.62, 0.70, 0.76), 1.0), level=2), gloss=1.0, shades=False)
    return still(0.6, 0.48, 0.07)


def perfume(order: Order, kit: Assembly) -> Mechanism:
    """A cut bottle of glass with something golden in it, a collar and a stopper; it faces +x."""
    liquid = paint_of(order, "body", (0.88, 0.60, 0.36))
    outline = rounded([(-0.030, -0.030), (0.030, -0.030), (0.030, 0.030), (-0.030, 0.030)], 0.008)
    pale: Rgb = (0.5 * liquid[0] + 0.46, 0.5 * liquid[1] + 0.46, 0.5 * liquid[2] + 0.46)
    kit.add(prism(outline, 0.0, 0.012, pale, axis="y", round_m=0.003), gloss=1.0)
    kit.add(
        prism(
            outline,
            0.012,
            0.070,
            liquid,
            axis="y",
            round_m=0.002,
        ),
        gloss=1.0,
    )
    kit.add(prism(outline, 0.070, 0.092, pale, axis="y", round_m=0.004), gloss=1.0)
    for z in (-0.0265, 0.0265):
        kit.add(
            front(0.030, 0.008, 0.086, z - 0.0025, z + 0.0025, (0.97, 0.95, 0.90), round_m=0.001, lift=0.0008)
        )
    kit.add(
        front(0.030, 0.030, 0.058, -0.017, 0.017, CREAM, round_m=0.002, lift=0.0012),
        front(0.030, 0.047, 0.050, -0.012, 0.012, _GOLD, round_m=0.0, lift=0.0020),
        front(0.030, 0.039, 0.041, -0.008, 0.008, DARK, round_m=0.0, lift=0.0020),
        gloss=0.5,
    )
    kit.add(
        lathe([(0.0, 0.090), (0.015, 0.090), (0.015, 0.103), (0.012, 0.106), (0.0, 0.106)], _GOLD, sides=32),
        prism(
            rounded([(-0.018, -0.018), (0.018, -0.018), (0.018, 0.018), (-0.018, 0.018)], 0.005),
            0.106,
            0.142,
            pale,
            axis="y",
            round_m=0.004,
        ),
        gloss=1.0,
    )
    return still(0.06, 0.06, 0.142, sides=(0.0,))


def wristwatch(order: Order, kit: Assembly) -> Mechanism:
    """A watch whose strap stands in a ring, its face up and ahead; the hands go. It faces +x."""
    strap, case = paint_of(order, "body", (0.28, 0.16, 0.10)), (0.80, 0.81, 0.83)
    middle, r = 0.031, 0.030
    band = [
        (r * math.cos(a), middle + r * math.sin(a), 0.0) for a in (math.tau * k / 40.0 for k in range(41))
    ]
    for z in (-0.0075, -0.0025, 0.0025, 0.0075):
        kit.add(sweep([(x, y, z) for x, y, _ in band], 0.0024, strap, sides=8), gloss=0.3)
    hub = (r + 0.0085, middle + 0.0, 0.0)
    kit.add(
        lathe(
            [(0.0, -0.006), (0.019, -0.006), (0.0205, 0.0), (0.0195, 0.003), (0.0175, 0.0042), (0.0, 0.0042)],
            case,
            axis="x",
            at=(r + 0.003, middle, 0.0),
            sides=48,
        ),
        gloss=1.0,
    )
    kit.add(disc((r + 0.0076, middle, 0.0), 0.0172, (0.96, 0.96, 0.94), axis="x", sides=44))
    kit.add(ring((r + 0.0076, middle, 0.0), 0.0178, 0.0012, _GOLD, axis="x", sides=44), gloss=1.0)
    kit.add(
        box((r + 0.001, middle - 0.0025, 0.0200), (r + 0.006, middle + 0.0025, 0.0235), case, round_m=0.001),
        gloss=1.0,
    )
    for k in range(12):
        mark = box((0.0, 0.0125, -0.0006), (0.0005, 0.0158, 0.0006), DARK, round_m=0.0002)
        kit.add(put(mark, (r + 0.0078, middle, 0.0), turn=[("x", 30.0 * k)]))
    spinners: list[Spinner] = []
    for length, wide, rate, at in (
        (0.0155, 0.0003, 1.0 / 60.0, 40.0),
        (0.0135, 0.0006, 1.0 / 3600.0, 60.0),
        (0.009, 0.0008, 1.0 / 43200.0, -58.0),
    ):
        bone = kit.bone("hand", hub)
        tone = (0.80, 0.15, 0.12) if rate > 0.01 else DARK
        hand = box((0.0, -0.002, -wide), (0.0004, length, wide), tone, round_m=0.0001)
        kit.add(
            put(hand, (hub[0] + 0.0005 * len(spinners), hub[1], hub[2]), turn=[("x", at)]),
            bone=bone,
            shades=False,
        )
        spinners.append(Spinner(bone, hub, (1.0, 0.0, 0.0), rate, always=True))
    plain = still(0.07, 0.05, 0.063, sides=(0.0,))
    return Mechanism(
        ride=Ride.STILL, hull=0, base_m=0.07, gauge_m=0.05, height_m=0.063, middle_m=0.03,
        spinners=tuple(spinners), contacts=plain.contacts, anchors=plain.anchors, sides=(0.0,),
    )  # fmt: skip


_FINGERS, _STROKE_S, _STROKES, _LINE = 7, 0.24, 44, 14
"""How many groups of keys go by themselves, how long a stroke takes, how many there are and fill a line."""
_HAMMER = (-0.005, 0.105, 0.0)
"""What the hammer turns about."""


def typewriter(order: Order, kit: Assembly) -> Mechanism:
    """An old typewriter with round keys and a sheet in its roller; who types is at +x.

    Where it types by itself its keys go down, its hammer strikes the sheet and its carriage moves on.
    """
    types = Contrivance.TYPES in order.subject.traits
    keys = [kit.bone("keys", (-0.02, 0.06, 0.0)) for _ in range(_FINGERS)] if types else [0]
    carriage = kit.bone("carriage", (-0.085, 0.138, 0.0)) if types else 0
    hammer = kit.bone("hammer", _HAMMER) if types else 0
    paint = paint_of(order, "body", (0.10, 0.12, 0.13))
    kit.add(
        box((-0.16, 0.0, -0.17), (0.17, 0.035, 0.17), paint, round_m=0.012),
        box((-0.16, 0.03, -0.17), (-0.01, 0.115, 0.17), paint, round_m=0.02),
        box((-0.02, 0.03, -0.155), (0.02, 0.10, 0.155), shade(paint, 1.3), round_m=0.012),
        gloss=0.7,
    )
    kit.add(
        prism([(0.02, 0.035), (0.155, 0.035), (0.155, 0.042), (0.02, 0.082)], -0.15, 0.15, shade(paint, 0.8)),
        gloss=0.4,
    )
    for row in range(4):
        for k in range(10):
            x, z = 0.045 + 0.028 * row, -0.126 + 0.028 * k + 0.006 * (row % 2)
            y = 0.084 - 0.0115 * row
            kit.add(
                lathe(
                    [(0.0, y + 0.004), (0.0105, y + 0.004), (0.0105, y + 0.009), (0.0, y + 0.010)],
                    CREAM,
                    at=(x, 0.0, z),
                    sides=14,
                ),
                bone=keys[(7 * row + 3 * k) % len(keys)],
                gloss=0.5,
            )
            kit.add(
                lathe(
                    [(0.0106, y + 0.002), (0.0122, y + 0.008), (0.0106, y + 0.0095)],
                    STEEL,
                    at=(x, 0.0, z),
                    sides=14,
                ),
                bone=keys[(7 * row + 3 * k) % len(keys)],
                gloss=0.9,
            )
    kit.add(box((0.150, 0.040, -0.07), (0.166, 0.050, 0.07), STEEL, round_m=0.004), gloss=0.8)
    kit.add(
        sweep([(-0.085, 0.138, -0.19), (-0.085, 0.138, 0.19)], 0.022, (0.07, 0.07, 0.075), sides=24),
        bone=carriage,
        gloss=0.4,
    )
    for z in (-0.20, 0.20):
        kit.add(
            sweep([(-0.085, 0.138, z - 0.012), (-0.085, 0.138, z + 0.012)], 0.026, WOOD, sides=20),
            bone=carriage,
            gloss=0.4,
        )
    kit.add(sweep([(-0.07, 0.150, -0.18), (0.02, 0.175, -0.20)], 0.005, STEEL), bone=carriage, gloss=0.9)
    sheet = box((-0.002, 0.0, -0.105), (0.0, 0.19, 0.105), (0.97, 0.96, 0.92), round_m=0.0005)
    kit.add(put(sheet, (-0.088, 0.150, 0.0), turn=[("z", 10.0)]), bone=carriage)
    for k, wide in enumerate((0.15, 0.17, 0.13, 0.16, 0.07)):
        line = box((0.0, 0.0, -0.085), (0.0008, 0.005, -0.085 + wide), (0.20, 0.20, 0.22), round_m=0.0002)
        kit.add(
            put(
                line,
                (-0.088 - 0.00017 * (140 - 24 * k) * 1.0 + 0.0012, 0.150 + 0.165 - 0.026 * k, 0.0),
                turn=[("z", 10.0)],
            ),
            bone=carriage,
        )
    plain = still(0.34, 0.40, 0.33, sides=(0.0,))
    if not types:
        return plain
    arm = sweep([_HAMMER, (0.035, 0.118, 0.0), (0.075, 0.122, 0.0)], [0.0035, 0.003, 0.005], STEEL, sides=8)
    kit.add(arm, bone=hammer, gloss=0.9)
    return replace(plain, courses=_typing(keys, hammer, carriage))


def _typing(keys: list[int], hammer: int, carriage: int) -> tuple[Course, ...]:
    """Strokes at an even pace, each by the next finger; the carriage goes a step with each, then back."""
    strokes = [(0.2 + _STROKE_S * k, (5 * k + k // 3) % len(keys)) for k in range(_STROKES)]
    found: list[Course] = []
    for nth, bone in enumerate(keys):
        cues = [Cue(0.0)]
        for at, finger in strokes:
            if finger == nth:
                cues += [Cue(at), Cue(at + 0.07, (0.0, -0.009, 0.0)), Cue(at + 0.16)]
        found.append(Course(bone, (0.0, 0.0, 0.0), tuple(cues)))
    hits: list[Cue] = [Cue(0.0)]
    steps: list[Cue] = [Cue(0.0, _carriage_at(0))]
    for k, (at, _) in enumerate(strokes):
        hits += [Cue(at), Cue(at + 0.07, turn_deg=148.0), Cue(at + 0.16)]
        steps += [Cue(at + 0.10, _carriage_at(k)), Cue(at + 0.18, _carriage_at(k + 1))]
    found.append(Course(hammer, _HAMMER, tuple(hits), axis=(0.0, 0.0, 1.0)))
    found.append(Course(carriage, (0.0, 0.0, 0.0), tuple(steps)))
    return tuple(found)


def _carriage_at(step: int) -> Point:
    """How far the carriage is aside after so many strokes."""
    return 0.0, 0.0, -0.075 + 0.15 * (step % _LINE) / _LINE
