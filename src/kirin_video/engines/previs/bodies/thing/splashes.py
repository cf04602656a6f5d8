"""Fruit that falls into a bowl of water: it splashes, goes under and comes up."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glassware import inside_out
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_CLEAR: Rgb = (0.80, 0.90, 0.93)
_RIM_M, _LEVEL_M, _DEEP_M = 0.150, 0.098, 0.115
"""Half the bowl's width at its rim, how high the water stands in it and how high its rim is."""
_FALLS = ((0.5, -0.02, 0.055), (1.5, 0.045, -0.05), (2.5, -0.06, -0.035), (3.5, 0.05, 0.05))
"""When each fruit meets the water, and where: x and z."""
_FROM_M, _FALL_S, _UP_S = 0.34, 0.42, 0.9
"""How high above the water it comes from, how long it falls, and when it is up again."""
_FRUITS = {
    "fruit": ("strawberry", "lemon", "apple", "orange"),
    "orange_fruit": ("orange",),
}


def fruit_splash(order: Order, kit: Assembly) -> Mechanism:
    """A wide bowl of clear glass, into which one piece of fruit after the other falls.

    The subject's first trait is the kind of fruit, or ``fruit`` for several.
    """
    water = paint_of(order, "drink", (0.50, 0.77, 0.86))
    _bowl(kit, water)
    named = order.subject.traits[0] if order.subject.traits else "fruit"
    kinds = _FRUITS.get(named, (named,))
    courses: list[Course] = []
    for nth, (meets, x, z) in enumerate(_FALLS):
        at = (x, _LEVEL_M, z)
        courses += [_fallen(kit, kinds[nth % len(kinds)], at, meets, nth), *_crown(kit, at, meets, water)]
    plain = still(0.30, 0.30, 0.30)
    return Mechanism(
        ride=Ride.STILL, hull=0, base_m=0.30, gauge_m=0.30, height_m=0.30, middle_m=0.12,
        courses=tuple(courses), contacts=plain.contacts, anchors=plain.anchors,
    )  # fmt: skip


def _bowl(kit: Assembly, water: Rgb) -> None:
    wall = [(0.055, 0.0), (0.105, 0.025), (0.135, 0.065), (_RIM_M, _DEEP_M)]
    within = [(0.0, 0.008), *((0.97 * r, y + 0.004) for r, y in wall[:-1]), (0.140, _LEVEL_M)]
    kit.add(lathe([*within, (0.0, _LEVEL_M)], water, sides=48, crease_deg=40.0), gloss=0.9)
    kit.add(inside_out(lathe(wall, _CLEAR, sides=48, crease_deg=80.0)), shades=False, gloss=0.7)
    kit.add(
        ring((0.0, _DEEP_M, 0.0), _RIM_M, 0.0024, (0.94, 0.97, 0.98), axis="y", sides=56),
        shades=False,
        gloss=1.0,
    )
    kit.add(disc((0.0, _LEVEL_M + 0.0006, 0.0), 0.139, shade(water, 1.12), axis="y", sides=48), gloss=1.0)
    # The height of a fall: a speck of glass that frames it.
    kit.add(ball((0.0, 0.299, 0.0), 0.0008, _CLEAR, level=1), shades=False)


def _fallen(kit: Assembly, kind: str, at: Point, meets: float, nth: int) -> Course:
    """A fruit, at rest where it swims at last."""
    bone = kit.bone("fruit", at)
    for mesh, gloss in _fruit(kind):
        kit.add(
            put(mesh, (at[0], at[1] + 0.008, at[2]), turn=[("z", 25.0 * nth), ("y", 70.0 * nth)]),
            bone=bone,
            gloss=gloss,
        )
    high, hidden = (0.0, _FROM_M, 0.0), (0.0, 0.0, 0.0)
    cues = (
        Cue(meets - _FALL_S - 0.02, high, hidden),
        Cue(meets - _FALL_S, high, turn_deg=-70.0),
        *(Cue(meets - _FALL_S * (1.0 - s), (0.0, _FROM_M * (1.0 - s * s), 0.0), turn_deg=-70.0 * (1.0 - s), even=True)
          for s in (0.25, 0.5, 0.75, 1.0)),
        Cue(meets + 0.18, (0.0, -0.040, 0.0)),
        Cue(meets + _UP_S, (0.0, 0.006, 0.0)),
        Cue(meets + _UP_S + 0.4),
    )  # fmt: skip
    return Course(bone, at, cues, axis=(0.6, 0.0, 0.8))


def _crown(kit: Assembly, at: Point, meets: float, water: Rgb) -> tuple[Course, Course, Course]:
    """The splash: a crown that rises and falls back, drops that fly off it, a ring that widens."""
    x, y, z = at
    white = tuple(0.55 * c + 0.45 for c in water)
    pale: Rgb = (white[0], white[1], white[2])
    gone = (0.0, 0.0, 0.0)
    crown, drops, waves = (kit.bone(name, at) for name in ("crown", "drops", "waves"))
    for k in range(14):
        a, tall = math.tau * k / 14.0, 0.045 + 0.016 * ((k * 5) % 3)
        c, s = math.cos(a), math.sin(a)
        jet = [(x + 0.024 * c, y - 0.006, z + 0.024 * s), (x + 0.036 * c, y + 0.6 * tall, z + 0.036 * s),
               (x + 0.052 * c, y + tall, z + 0.052 * s)]  # fmt: skip
        kit.add(
            sweep(jet, [0.0085, 0.0055, 0.0030], pale, sides=5, bend=2), bone=crown, gloss=1.0, shades=False
        )
        tip = (x + 0.056 * c, y + tall + 0.006, z + 0.056 * s)
        kit.add(ball(tip, 0.0050, pale, level=1), bone=crown, gloss=1.0, shades=False)
        far = (x + (0.070 + 0.02 * (k % 2)) * c, y + tall + 0.02 * (k % 3), z + (0.070 + 0.02 * (k % 2)) * s)
        kit.add(ball(far, 0.0042 - 0.0008 * (k % 3), pale, level=1), bone=drops, gloss=1.0, shades=False)
    wall = lathe([(0.022, -0.006), (0.032, 0.020), (0.042, 0.034)], pale, at=at, sides=28, crease_deg=80.0)
    kit.add(wall, _back(wall), bone=crown, gloss=1.0, shades=False)
    kit.add(
        ring((x, y + 0.002, z), 0.050, 0.0022, pale, axis="y", sides=40), bone=waves, gloss=1.0, shades=False
    )
    return (
        Course(crown, at, (Cue(meets - 0.03, size=gone), Cue(meets + 0.14, size=(0.85, 1.0, 0.85)),
                           Cue(meets + 0.30, size=(1.15, 0.80, 1.15)), Cue(meets + 0.55, size=(1.35, 0.0, 1.35)),
                           Cue(meets + 0.56, size=gone))),
        Course(drops, at, (Cue(meets - 0.02, size=gone), Cue(meets + 0.22, (0.0, 0.045, 0.0)),
                           Cue(meets + 0.60, (0.0, -0.06, 0.0), (1.5, 1.0, 1.5)), Cue(meets + 0.61, size=gone))),
        Course(waves, at, (Cue(meets, size=gone), Cue(meets + 0.12, size=(0.6, 1.0, 0.6)),
                           Cue(meets + 0.95, size=(1.5, 0.4, 1.5)), Cue(meets + 1.0, size=gone))),
    )  # fmt: skip


def _back(mesh: Mesh) -> Mesh:
    """The other side of a thin wall."""
    return inside_out(mesh)


def _fruit(kind: str) -> list[tuple[Mesh, float]]:
    """One piece of fruit about its middle."""
    if kind == "strawberry":
        body = lathe(
            [(0.0, -0.032), (0.012, -0.022), (0.022, 0.0), (0.020, 0.014), (0.0, 0.020)],
            (0.82, 0.09, 0.11),
            sides=24,
            crease_deg=80.0,
        )
        leaf = [
            put(
                ball((0.012, 0.0, 0.0), (0.012, 0.002, 0.005), (0.25, 0.52, 0.18), level=1),
                (0.0, 0.020, 0.0),
                turn=[("z", 12.0), ("y", 60.0 * k)],
            )
            for k in range(6)
        ]
        rng = np.random.default_rng(5)
        seeds = [
            ball(_on_cone(float(rng.uniform(-0.020, 0.010)), 2.399 * k), 0.0014, (0.95, 0.82, 0.40), level=1)
            for k in range(22)
        ]
        return [(body, 0.6), *((m, 0.2) for m in leaf), *((m, 0.3) for m in seeds)]
    if kind in {"lemon", "banana"}:
        body = lathe(
            [
                (0.0, -0.036),
                (0.008, -0.032),
                (0.024, -0.014),
                (0.026, 0.0),
                (0.024, 0.014),
                (0.008, 0.032),
                (0.0, 0.036),
            ],
            (0.96, 0.82, 0.18),
            sides=28,
            crease_deg=80.0,
        )
        return [(put(body, turn=[("z", 80.0)]), 0.5)]
    if kind == "orange":
        return [
            (ball((0.0, 0.0, 0.0), 0.032, (0.95, 0.52, 0.10)), 0.4),
            (ball((0.0, 0.031, 0.0), (0.006, 0.003, 0.006), (0.28, 0.46, 0.16), level=1), 0.2),
        ]
    paint = {
        "cherry": (0.62, 0.05, 0.12),
        "grapes": (0.42, 0.20, 0.45),
        "watermelon": (0.20, 0.48, 0.18),
    }.get(kind, (0.80, 0.10, 0.08))
    stem = sweep([(0.0, 0.022, 0.0), (0.004, 0.044, 0.002)], 0.0018, (0.35, 0.22, 0.12), sides=6)
    leaf = put(
        ball((0.014, 0.0, 0.0), (0.014, 0.002, 0.007), (0.27, 0.52, 0.18), level=1),
        (0.003, 0.036, 0.0),
        turn=[("z", 20.0)],
    )
    body = lathe(
        [
            (0.0, -0.024),
            (0.012, -0.028),
            (0.028, -0.012),
            (0.031, 0.008),
            (0.018, 0.027),
            (0.006, 0.026),
            (0.0, 0.020),
        ],
        paint,
        sides=28,
        crease_deg=80.0,
    )
    return [(body, 0.7), (stem, 0.2), (leaf, 0.3)]


def _on_cone(y: float, turn: float) -> Point:
    """A point on a strawberry's side."""
    far = 0.0215 - 0.32 * abs(y + 0.002)
    return far * math.cos(turn), y, far * math.sin(turn)
