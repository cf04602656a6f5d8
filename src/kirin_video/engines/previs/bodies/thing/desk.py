"""What lies on a desk: books, laptops, phones."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Hinge, Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import plate, top
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, paint_of, shade, still
from kirin_video.engines.previs.plan import LIGHTS_UP_S, Contrivance


def book(order: Order, kit: Assembly) -> Mechanism:
    """A book that lies open."""
    cover = paint_of(order, "body", (0.55, 0.15, 0.13))
    hinges: list[Hinge] = []
    for side in (1.0, -1.0):
        bone = kit.bone("half", (0.0, 0.008, 0.0)) if side > 0.0 else 0
        kit.add(
            put(box((-0.125, 0.0, 0.004), (0.125, 0.006, 0.185), cover, round_m=0.002), size=(1.0, 1.0, side))
            if side > 0.0
            else box((-0.125, 0.0, -0.185), (0.125, 0.006, -0.004), cover, round_m=0.002),
            bone=bone,
            gloss=0.3,
        )
        z = np.linspace(0.002, 0.172, 10)
        rise = 0.006 + 0.020 * np.sin(math.pi * np.clip(z / 0.172, 0.0, 1.0) ** 0.6) ** 0.8 + 0.006
        outline = [
            *zip((side * z).tolist(), rise.tolist(), strict=True),
            (side * 0.172, 0.006),
            (side * 0.002, 0.006),
        ]
        pages = prism(outline if side < 0.0 else outline[::-1], -0.118, 0.118, (0.94, 0.91, 0.84))
        kit.add(put(pages, turn=[("y", -90.0)]), bone=bone)
        for k in range(9):
            x = 0.092 - 0.022 * k
            line = top(
                x - 0.003,
                x + 0.003,
                0.0335,
                min(side * 0.03, side * 0.145),
                max(side * 0.03, side * 0.145),
                (0.45, 0.42, 0.38),
                round_m=0.0,
                lift=0.0008,
            )
            kit.add(line, bone=bone, shades=False)
        if side > 0.0:
            hinges.append(Hinge(bone, (0.0, 0.008, 0.0), (1.0, 0.0, 0.0), -172.0))
    return still(0.25, 0.37, 0.034, hinges=tuple(hinges))


def laptop(order: Order, kit: Assembly) -> Mechanism:
    """A laptop whose lid is open; its screen glows."""
    paint = paint_of(order, "body", (0.72, 0.73, 0.75))
    kit.add(
        prism(
            rounded([(-0.12, -0.17), (0.12, -0.17), (0.12, 0.17), (-0.12, 0.17)], 0.012),
            0.0,
            0.016,
            paint,
            axis="y",
            round_m=0.004,
        ),
        gloss=0.6,
    )
    for row in range(5):
        for k in range(14):
            x, z = -0.075 + 0.02 * row, -0.148 + 0.0212 * k
            kit.add(top(x, x + 0.017, 0.016, z, z + 0.018, DARK, round_m=0.0, lift=0.0015), shades=False)
    kit.add(
        top(0.035, 0.11, 0.016, -0.055, 0.055, shade(paint, 0.88), round_m=0.006, lift=0.0008), shades=False
    )
    lid = kit.bone("lid", (-0.12, 0.016, 0.0))
    parts = [
        (
            prism(
                rounded([(0.0, -0.17), (0.23, -0.17), (0.23, 0.17), (0.0, 0.17)], 0.012),
                -0.008,
                0.0,
                paint,
                axis="y",
                round_m=0.003,
            ),
            0.6,
        ),
        (top(0.006, 0.224, 0.0, -0.163, 0.163, DARK, round_m=0.008, lift=0.0008), 0.8),
        (
            top(0.014, 0.216, 0.0, -0.155, 0.155, (0.30, 0.55, 0.82), round_m=0.004, lift=0.0016, glow=0.7),
            0.3,
        ),
        (top(0.09, 0.19, 0.0, -0.12, -0.02, (0.95, 0.80, 0.35), round_m=0.005, lift=0.0024, glow=0.6), 0.3),
        (top(0.06, 0.19, 0.0, 0.0, 0.12, (0.93, 0.94, 0.95), round_m=0.005, lift=0.0024, glow=0.6), 0.3),
    ]
    for mesh, gloss in parts:
        kit.add(
            put(mesh, (-0.12, 0.016, 0.0), turn=[("x", 180.0), ("z", 108.0)]),
            bone=lid,
            gloss=gloss,
            shades=gloss == 0.6,
        )
    return still(0.3, 0.34, 0.236, hinges=(Hinge(lid, (-0.12, 0.016, 0.0), (0.0, 0.0, 1.0), -108.0),))


def phone(order: Order, kit: Assembly) -> Mechanism:
    """A phone that stands; its screen glows, from a moment on where it is said to light up.

    One that lies (``lying``) lies on its back.
    """
    if bool(order.kind.shape.get("lying", False)):
        upright = Assembly()
        made = _phone(order, upright)
        kit.bones += upright.bones[1:]
        for piece in upright.pieces:
            laid = put(piece.mesh, (0.0, 0.0045, 0.075), turn=[("x", -90.0)])
            kit.add(laid, bone=piece.bone, gloss=piece.gloss, shades=piece.shades)
        flat = tuple(replace(course, pivot=(0.0, 0.009, 0.0)) for course in made.courses)
        return replace(still(0.072, 0.15, 0.009), courses=flat)
    return _phone(order, kit)


def _phone(order: Order, kit: Assembly) -> Mechanism:
    """A phone upright, its screen towards +z."""
    paint = paint_of(order, "body", (0.08, 0.08, 0.09))
    kit.add(
        prism(
            rounded([(-0.036, 0.0), (0.036, 0.0), (0.036, 0.15), (-0.036, 0.15)], 0.010),
            -0.004,
            0.004,
            paint,
            round_m=0.002,
        ),
        gloss=0.9,
    )
    middle = (0.0, 0.075, 0.004)
    wakes = Contrivance.LIGHTS_UP in order.subject.traits
    screen = kit.bone("screen", middle) if wakes else 0
    dark = Cue(LIGHTS_UP_S, size=(0.0, 0.0, 0.0)), Cue(LIGHTS_UP_S + 0.25)
    courses = (Course(screen, middle, dark),) if wakes else ()
    kit.add(
        plate(
            (-0.033, 0.004, 0.004),
            (0.066, 0.0, 0.0),
            (0.0, 0.142, 0.0),
            (0.22, 0.42, 0.72),
            round_m=0.007,
            lift=0.0005,
            glow=0.6,
        ),
        bone=screen,
        gloss=0.9,
    )
    for row in range(4):
        for k in range(4):
            color = ((0.95, 0.55, 0.25), (0.35, 0.78, 0.45), (0.92, 0.92, 0.94), (0.90, 0.30, 0.40))[
                (row + k) % 4
            ]
            kit.add(
                plate(
                    (-0.0285 + 0.0155 * k, 0.03 + 0.02 * row, 0.004),
                    (0.011, 0.0, 0.0),
                    (0.0, 0.011, 0.0),
                    color,
                    round_m=0.003,
                    lift=0.001,
                    glow=0.5,
                ),
                bone=screen,
            )
    return replace(still(0.072, 0.02, 0.15), courses=courses)
