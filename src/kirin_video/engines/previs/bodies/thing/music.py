"""What is beaten, blown or sung into: drums, bells, trumpets, microphones."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
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
from kirin_video.engines.previs.mesh import Mesh

_BRASS: Rgb = (0.86, 0.66, 0.24)
_SKIN: Rgb = (0.93, 0.90, 0.82)


def _drum(r: float, tall: float, paint: Rgb) -> list[Mesh]:
    """A drum that stands on the origin: shell, skins, hoops, rods."""
    parts = [
        lathe([(r, 0.0), (r, tall)], paint, sides=36),
        disc((0.0, tall, 0.0), r, _SKIN, axis="y", sides=36),
        disc((0.0, 0.0, 0.0), r, _SKIN, axis="-y", sides=36),
    ]
    hoop = 0.035 * r + 0.004
    parts += [ring((0.0, y, 0.0), 1.02 * r, hoop, STEEL, axis="y", sides=36) for y in (0.0, tall)]
    for k in range(8):
        a = 2.0 * math.pi * k / 8.0
        c, s = 1.03 * r * math.cos(a), 1.03 * r * math.sin(a)
        parts.append(sweep([(c, 0.02, s), (c, tall - 0.02, s)], 0.006, STEEL, sides=5))
    return parts


def drum(order: Order, kit: Assembly) -> Mechanism:
    """A drum with lacing rods and two sticks on it."""
    paint = paint_of(order, "body", (0.74, 0.14, 0.12))
    kit.add(*_drum(0.19, 0.24, paint), gloss=0.6)
    for z, turn in ((-0.03, 25.0), (0.03, -20.0)):
        stick = sweep(
            [(-0.2, 0.0, 0.0), (0.17, 0.0, 0.0), (0.2, 0.0, 0.0)], [0.009, 0.006, 0.009], (0.80, 0.62, 0.38)
        )
        kit.add(put(stick, (0.0, 0.255, z), turn=[("y", turn)]), gloss=0.4)
    return still(0.4, 0.4, 0.265)


def drum_kit(order: Order, kit: Assembly) -> Mechanism:
    """A drum kit: bass drum, snare, three toms, hi-hat and two cymbals; it faces +x."""
    paint = paint_of(order, "body", (0.70, 0.12, 0.11))
    bass = [put(m, (0.45, 0.31, 0.0), turn=[("z", 90.0)]) for m in _drum(0.3, 0.4, paint)]
    kit.add(*bass, gloss=0.7)
    kit.add(put(disc((0.0, 0.0, 0.0), 0.1, paint, axis="x"), (0.457, 0.31, 0.0)))
    for at, r, tall, tilt in (
        ((0.22, 0.66, -0.2), 0.14, 0.18, 14.0),
        ((0.22, 0.66, 0.2), 0.15, 0.2, 14.0),
        ((-0.25, 0.3, 0.5), 0.2, 0.36, 0.0),
        ((-0.3, 0.52, -0.45), 0.17, 0.13, 4.0),
    ):
        kit.add(*(put(m, at, turn=[("z", tilt)]) for m in _drum(r, tall, paint)), gloss=0.7)
        kit.add(sweep([(at[0], 0.0, at[2]), at], 0.016, STEEL, sides=6), gloss=0.9)
    plate = [(0.0, 0.012), (0.04, 0.012), (0.05, 0.0), (0.22, -0.012), (0.05, -0.003), (0.0, -0.002)]
    for at, size, tilt in (
        ((-0.1, 0.9, -0.72), 0.8, 0.0), ((-0.1, 0.88, -0.72), 0.8, 0.0), ((0.3, 1.22, -0.62), 1.05, 12.0), ((0.3, 1.18, 0.62), 1.25, 12.0),
    ):  # fmt: skip
        kit.add(put(lathe(plate[::-1], _BRASS, sides=36), at, turn=[("z", tilt)], size=size), gloss=1.0)
        kit.add(sweep([(at[0], 0.0, at[2]), at], 0.013, STEEL, sides=6), gloss=0.9)
        for k in range(3):
            a = 2.1 * k
            kit.add(
                sweep(
                    [(at[0], 0.22, at[2]), (at[0] + 0.2 * math.cos(a), 0.0, at[2] + 0.2 * math.sin(a))],
                    0.01,
                    STEEL,
                    sides=5,
                )
            )
    kit.add(
        lathe([(0.0, 0.42), (0.17, 0.42), (0.17, 0.5), (0.0, 0.51)], DARK, at=(-0.75, 0.0, 0.0), sides=26),
        sweep([(-0.75, 0.0, 0.0), (-0.75, 0.42, 0.0)], 0.03, STEEL),
    )
    return still(
        1.5,
        1.7,
        1.24,
        tops=(("saddle", (-0.75, 0.51, 0.0)), ("seat", (-0.75, 0.51, 0.0)), ("top", (0.0, 0.9, 0.0))),
    )


def bell(order: Order, kit: Assembly) -> Mechanism:
    """A bell in its wooden frame."""
    paint = paint_of(order, "body", (0.66, 0.48, 0.20))
    line = [
        (0.0, 0.62),
        (0.06, 0.62),
        (0.12, 0.56),
        (0.14, 0.4),
        (0.19, 0.24),
        (0.24, 0.19),
        (0.22, 0.19),
        (0.12, 0.4),
        (0.0, 0.5),
    ]
    kit.add(lathe(softened(line[::-1], 3), paint, sides=36, crease_deg=60.0), gloss=0.9)
    kit.add(
        ball((0.0, 0.2, 0.0), 0.045, DARK, level=2), sweep([(0.0, 0.5, 0.0), (0.0, 0.2, 0.0)], 0.012, DARK)
    )
    for z in (-0.36, 0.36):
        for x in (-0.2, 0.2):
            kit.add(sweep([(x, 0.0, z), (0.0, 0.78, z)], 0.03, WOOD, sides=8))
    kit.add(
        box((-0.045, 0.72, -0.42), (0.045, 0.8, 0.42), WOOD),
        sweep([(0.0, 0.6, 0.0), (0.0, 0.74, 0.0)], 0.03, DARK),
    )
    return still(0.5, 0.84, 0.8)


def trumpet(order: Order, kit: Assembly) -> Mechanism:
    """A trumpet along x: its bell ahead, its mouthpiece behind, three valves."""
    brass = paint_of(order, "body", _BRASS)
    y = 0.12
    loop = [
        (-0.24, y, 0.0),
        (0.1, y, 0.0),
        (0.15, y - 0.03, 0.0),
        (0.1, y - 0.07, 0.0),
        (-0.08, y - 0.07, 0.0),
        (-0.12, y - 0.035, 0.02),
        (-0.06, y, 0.03),
        (0.05, y, 0.03),
    ]
    kit.add(sweep(loop, 0.008, brass, sides=10, bend=4), gloss=1.0)
    horn = [
        (0.0085, -0.06),
        (0.01, 0.1),
        (0.017, 0.18),
        (0.035, 0.225),
        (0.062, 0.245),
        (0.03, 0.222),
        (0.008, 0.16),
    ]
    kit.add(lathe(horn, brass, axis="x", at=(0.0, y, 0.03), sides=32, crease_deg=70.0), gloss=1.0)
    kit.add(
        lathe(
            [(0.008, -0.3), (0.014, -0.3), (0.011, -0.285), (0.006, -0.26), (0.006, -0.23)],
            STEEL,
            axis="x",
            at=(0.0, y, 0.0),
            sides=18,
        ),
        gloss=1.0,
    )
    for k in range(3):
        x = -0.03 + 0.032 * k
        kit.add(
            lathe(
                [
                    (0.0, 0.02),
                    (0.013, 0.02),
                    (0.013, 0.125),
                    (0.006, 0.128),
                    (0.005, 0.15),
                    (0.01, 0.153),
                    (0.0, 0.157),
                ],
                brass,
                at=(x, 0.0, 0.015),
                sides=16,
            ),
            gloss=1.0,
        )
    return still(0.55, 0.14, 0.18)


def saxophone(order: Order, kit: Assembly) -> Mechanism:
    """A saxophone that stands on its bow, its bell ahead."""
    brass = paint_of(order, "body", _BRASS)
    body = [
        (-0.12, 0.66, 0.0),
        (-0.05, 0.7, 0.0),
        (-0.01, 0.64, 0.0),
        (0.0, 0.4, 0.0),
        (0.01, 0.14, 0.0),
        (0.06, 0.05, 0.0),
        (0.13, 0.1, 0.0),
        (0.16, 0.26, 0.0),
        (0.21, 0.36, 0.0),
    ]
    kit.add(
        sweep(body, [0.009, 0.011, 0.013, 0.022, 0.034, 0.042, 0.046, 0.056, 0.1], brass, sides=18, bend=6),
        gloss=1.0,
    )
    kit.add(sweep([(-0.17, 0.64, 0.0), (-0.11, 0.662, 0.0)], [0.008, 0.013], DARK), gloss=0.6)
    for k in range(7):
        kit.add(
            ball((0.03, 0.58 - 0.06 * k, 0.012), (0.012, 0.017, 0.017), shade(brass, 1.15), level=2),
            gloss=1.0,
        )
    kit.add(sweep([(0.035, 0.6, 0.02), (0.05, 0.2, 0.03)], 0.004, STEEL), disc((0.2, 0.4, 0.0), 0.01, DARK))
    return still(0.5, 0.22, 0.72)


def microphone(order: Order, kit: Assembly) -> Mechanism:
    """A microphone on its stand."""
    metal = paint_of(order, "body", STEEL)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.15, 0.0), (0.15, 0.02), (0.03, 0.035), (0.012, 0.06), (0.011, 1.35)],
            DARK,
            sides=32,
        ),
        gloss=0.6,
    )
    kit.add(
        sweep([(0.0, 1.34, 0.0), (0.06, 1.42, 0.0)], 0.012, DARK),
        sweep([(0.03, 1.38, 0.0), (0.14, 1.47, 0.0)], [0.018, 0.026], DARK, sides=16),
        gloss=0.5,
    )
    kit.add(
        ball((0.165, 1.492, 0.0), 0.05, metal),
        put(ring((0.0, 0.0, 0.0), 0.05, 0.004, CREAM, axis="x"), (0.165, 1.492, 0.0), turn=[("z", 38.0)]),
        gloss=0.9,
    )
    return still(0.3, 0.3, 1.545)


def hand_microphone(order: Order, kit: Assembly) -> Mechanism:
    """A microphone for the hand."""
    metal = paint_of(order, "body", STEEL)
    kit.add(lathe([(0.0, 0.0), (0.014, 0.0), (0.022, 0.16), (0.0, 0.16)], DARK, sides=20), gloss=0.5)
    kit.add(ball((0.0, 0.185, 0.0), 0.036, metal, level=2), gloss=0.9)
    return still(0.07, 0.07, 0.22)
