"""What rooms are fitted with: shelves, clocks, televisions."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism, Ride, Spinner, Swing
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import plate
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.instruments import Rgb
from kirin_video.engines.previs.bodies.thing.rods import GOLD
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, WOOD, shade, still
from kirin_video.engines.previs.plan import Contrivance


def bookshelf(order: Order, kit: Assembly) -> Mechanism:
    """A bookcase full of books, or a cupboard with doors (``doors``). It faces +x."""
    wood = order.color("body") or WOOD
    kit.add(box((-0.16, 0.0, -0.5), (-0.14, 1.9, 0.5), shade(wood, 0.8), round_m=0.004))
    for z in (-0.5, 0.48):
        kit.add(box((-0.16, 0.0, z), (0.16, 1.9, z + 0.03), wood, round_m=0.008), gloss=0.3)
    for y in (0.04, 0.42, 0.80, 1.18, 1.54, 1.88):
        kit.add(box((-0.16, y - 0.015, -0.49), (0.16, y + 0.015, 0.49), wood, round_m=0.006), gloss=0.3)
    if bool(order.kind.shape.get("doors", False)):
        for z0, z1 in ((-0.49, -0.005), (0.005, 0.49)):
            kit.add(
                box((0.15, 0.06, z0), (0.18, 1.86, z1), wood, round_m=0.01),
                box((0.17, 0.16, z0 + 0.08), (0.186, 1.76, z1 - 0.08), shade(wood, 1.15), round_m=0.006),
                gloss=0.35,
            )
            kit.add(
                ball(
                    (0.195, 0.95, (z0 if z0 > 0.0 else z1) * 0.92 + math.copysign(0.03, z0 + z1)),
                    0.016,
                    GOLD,
                    level=2,
                ),
                gloss=0.9,
            )
        return still(0.34, 1.0, 1.9, sides=(0.0,))
    colors: tuple[Rgb, ...] = (
        (0.60, 0.16, 0.14),
        (0.18, 0.34, 0.50),
        (0.25, 0.42, 0.26),
        (0.80, 0.66, 0.34),
        (0.42, 0.24, 0.40),
        CREAM,
        (0.30, 0.20, 0.15),
    )
    rng = np.random.default_rng(order.seed)
    slides = Contrivance.SLIDES_OUT in order.subject.traits
    courses: tuple[Course, ...] = ()
    for low in (0.055, 0.435, 0.815, 1.195, 1.555):
        z = -0.46
        while z < 0.40:
            wide, tall = float(rng.uniform(0.025, 0.055)), float(rng.uniform(0.20, 0.29))
            bone = 0
            if slides and not courses and low > 1.1 and z > -0.12:
                bone, wide, tall = kit.bone("book", (0.0, low, z)), 0.055, 0.27
                out = Cue(0.7), Cue(3.0, (0.20, 0.0, 0.0)), Cue(4.4, (0.25, -0.01, 0.0), turn_deg=-24.0)
                courses = (Course(bone, (0.08, low, z), out, axis=(0.0, 0.0, 1.0)),)
            kit.add(
                box(
                    (-0.12, low, z),
                    (float(rng.uniform(0.06, 0.11)), low + tall, z + wide * 0.94),
                    (0.78, 0.16, 0.12) if bone else colors[int(rng.integers(7))],
                    round_m=0.004,
                ),
                bone=bone,
                gloss=0.2,
            )
            z += wide * (1.0 if rng.random() > 0.06 else 3.0)
    return replace(still(0.32, 1.0, 1.9, sides=(0.0,)), courses=courses, about=tuple(c.bone for c in courses))


def clock(order: Order, kit: Assembly) -> Mechanism:
    """An alarm clock whose hands turn; it faces +x."""
    paint = order.color("body") or (0.78, 0.20, 0.17)
    kit.add(
        lathe(
            [
                (0.0, -0.03),
                (0.05, -0.03),
                (0.062, -0.015),
                (0.065, 0.02),
                (0.061, 0.028),
                (0.056, 0.022),
                (0.0, 0.022),
            ],
            paint,
            axis="x",
            at=(0.0, 0.08, 0.0),
            sides=44,
            crease_deg=50.0,
        ),
        gloss=0.8,
    )
    kit.add(disc((0.0235, 0.08, 0.0), 0.055, CREAM, axis="x", sides=40))
    for k in range(12):
        a = 2.0 * math.pi * k / 12.0
        mark = box(
            (0.0235, 0.042 if k % 3 else 0.038, -0.0012), (0.0245, 0.050, 0.0012), DARK, round_m=0.0003
        )
        kit.add(put(put(mark), (0.0, 0.08, 0.0), turn=[("x", math.degrees(a))]))
    hub = (0.025, 0.08, 0.0)
    spinners: list[Spinner] = []
    for length, wide, rate, at in (
        (0.045, 0.0016, 1.0 / 60.0, 0.0),
        (0.042, 0.0028, 1.0 / 3600.0, 70.0),
        (0.028, 0.0036, 1.0 / 43200.0, -55.0),
    ):
        bone = kit.bone("hand", hub)
        color = (0.80, 0.15, 0.12) if wide < 0.002 else DARK
        hand = box((0.0, -0.008, -wide), (0.0012, length, wide), color, round_m=0.0004)
        kit.add(
            put(hand, (hub[0] + 0.0015 * len(spinners), hub[1], hub[2]), turn=[("x", at)]),
            bone=bone,
            shades=False,
        )
        spinners.append(Spinner(bone, hub, (1.0, 0.0, 0.0), rate, always=True))
    for z in (-0.035, 0.035):
        kit.add(
            put(
                ball((0.0, 0.0, 0.0), (0.022, 0.017, 0.022), GOLD, level=2),
                (0.0, 0.150, z),
                turn=[("x", 18.0 if z > 0.0 else -18.0)],
            ),
            sweep([(0.0, 0.04, z * 0.9), (0.0, 0.0, z * 1.3)], [0.007, 0.005], GOLD),
            gloss=0.9,
        )
    kit.add(
        sweep([(0.0, 0.155, -0.03), (0.0, 0.185, 0.0), (0.0, 0.155, 0.03)], 0.003, GOLD, bend=6), gloss=0.9
    )
    plain = still(0.07, 0.13, 0.19)
    return Mechanism(
        ride=Ride.STILL,
        hull=0,
        base_m=0.07,
        gauge_m=0.13,
        height_m=0.19,
        middle_m=0.08,
        spinners=tuple(spinners),
        contacts=plain.contacts,
        anchors=plain.anchors,
    )


def television(order: Order, kit: Assembly) -> Mechanism:
    """A flat television on its foot; its screen glows. It faces +x."""
    paint = order.color("body") or DARK
    kit.add(
        box((-0.03, 0.09, -0.62), (0.02, 0.80, 0.62), paint, round_m=0.012),
        box((-0.12, 0.0, -0.25), (0.12, 0.02, 0.25), paint, round_m=0.008),
        box((-0.03, 0.01, -0.06), (0.0, 0.14, 0.06), paint, round_m=0.008),
        gloss=0.8,
    )
    kit.add(
        plate(
            (0.02, 0.11, 0.60), (0.0, 0.0, -1.20), (0.0, 0.67, 0.0), (0.25, 0.48, 0.72), lift=0.002, glow=0.6
        ),
        gloss=0.9,
    )
    kit.add(
        plate(
            (0.02, 0.11, 0.60), (0.0, 0.0, -1.20), (0.0, 0.22, 0.0), (0.30, 0.55, 0.30), lift=0.004, glow=0.5
        ),
        gloss=0.9,
    )
    kit.add(put(disc((0.0, 0.0, 0.0), 0.07, (0.98, 0.85, 0.45), axis="x", glow=0.8), (0.026, 0.62, -0.3)))
    return still(0.24, 1.24, 0.8, sides=(0.0,))


def tall_clock(order: Order, kit: Assembly) -> Mechanism:
    """A grandfather clock: its pendulum swings behind the door; it faces +x."""
    wood = order.color("body") or (0.42, 0.23, 0.12)
    kit.add(
        box((-0.16, 0.0, -0.27), (0.16, 0.32, 0.27), wood, round_m=0.02),
        box((-0.12, 0.3, -0.21), (0.12, 1.45, 0.21), wood, round_m=0.015),
        box((-0.16, 1.43, -0.27), (0.16, 2.02, 0.27), wood, round_m=0.02),
        box((-0.18, 2.0, -0.3), (0.18, 2.07, 0.3), shade(wood, 0.8), round_m=0.02),
        box((0.118, 0.42, -0.14), (0.13, 1.36, 0.14), (0.09, 0.07, 0.06), round_m=0.005),
        gloss=0.5,
    )
    face = put(disc((0.0, 0.0, 0.0), 0.2, CREAM, axis="x", sides=40), (0.165, 1.73, 0.0))
    kit.add(
        face, put(ring((0.0, 0.0, 0.0), 0.2, 0.016, GOLD, axis="x", sides=40), (0.165, 1.73, 0.0)), gloss=0.6
    )
    for k in range(12):
        a = 2.0 * math.pi * k / 12.0
        kit.add(ball((0.168, 1.73 + 0.165 * math.cos(a), 0.165 * math.sin(a)), 0.012, DARK, level=1))
    kit.add(
        sweep([(0.172, 1.73, 0.0), (0.172, 1.86, 0.02)], 0.006, DARK),
        sweep([(0.174, 1.73, 0.0), (0.174, 1.7, -0.09)], 0.008, DARK),
    )
    pivot = (0.135, 1.34, 0.0)
    rod = kit.bone("pendulum", pivot)
    kit.add(sweep([pivot, (0.135, 0.72, 0.0)], 0.007, GOLD), bone=rod, gloss=0.9)
    kit.add(
        put(
            lathe([(0.0, 0.0), (0.085, 0.0), (0.08, 0.014), (0.0, 0.016)], GOLD, axis="x", sides=30),
            (0.13, 0.68, 0.0),
        ),
        bone=rod,
        gloss=0.9,
    )
    kit.add(ball((0.0, 2.12, 0.0), 0.05, GOLD, level=2), gloss=0.9)
    plain = still(0.36, 0.6, 2.17, sides=(0.0,))
    return replace(plain, swings=(Swing(rod, pivot, (1.0, 0.0, 0.0), 6.0, period_s=2.0),))
