"""Games and toys: a chess board, a magic cube, a globe to turn, building blocks, dolls."""

# ruff: noqa: ARG001, E501, PLR2004 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank, front, rear, top
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, WOOD, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_IVORY: Rgb = (0.93, 0.87, 0.74)
_EBONY: Rgb = (0.13, 0.10, 0.09)
_PAWN = [
    (0.017, 0.0),
    (0.017, 0.005),
    (0.008, 0.012),
    (0.007, 0.026),
    (0.011, 0.03),
    (0.005, 0.032),
    (0.0, 0.032),
]
_TALL = [
    (0.020, 0.0),
    (0.020, 0.006),
    (0.010, 0.015),
    (0.008, 0.042),
    (0.014, 0.048),
    (0.008, 0.052),
    (0.013, 0.064),
]


def _piece(sort: str, tone: Rgb) -> list[Mesh]:
    """A chess piece at the origin, by its letter."""
    if sort == "p":
        return [lathe(_PAWN, tone, sides=14, crease_deg=60.0), ball((0.0, 0.037, 0.0), 0.009, tone, level=2)]
    short = sort in "rn"
    body = [(r, y * (0.72 if short else 1.0)) for r, y in _TALL]
    parts = [lathe([*body, (0.0, body[-1][1])], tone, sides=16, crease_deg=60.0)]
    h = body[-1][1]
    if sort == "r":
        parts += [box((-0.013, h - 0.004, -0.013), (0.013, h + 0.008, 0.013), tone, round_m=0.004)]
    elif sort == "n":
        parts += [
            put(
                ball((0.0, 0.0, 0.0), (0.017, 0.010, 0.008), tone, level=2),
                (0.006, h + 0.012, 0.0),
                turn=[("z", -28.0)],
            ),
            ball((-0.004, h + 0.008, 0.0), (0.009, 0.018, 0.008), tone, level=2),
        ]
    elif sort == "b":
        parts += [
            ball((0.0, h + 0.008, 0.0), (0.009, 0.014, 0.009), tone, level=2),
            ball((0.0, h + 0.024, 0.0), 0.004, tone, level=1),
        ]
    else:
        parts += [ball((0.0, h + 0.004, 0.0), (0.012, 0.008, 0.012), tone, level=2)]
        crown = [
            box((-0.002, h, -0.002), (0.002, h + 0.026, 0.002), tone, round_m=0.001),
            box((-0.002, h + 0.015, -0.007), (0.002, h + 0.019, 0.007), tone, round_m=0.001),
        ]
        parts += crown if sort == "k" else [ball((0.0, h + 0.014, 0.0), 0.005, tone, level=1)]
    return parts


def chess_board(order: Order, kit: Assembly) -> Mechanism:
    """A chess board in the middle of a game."""
    wood, cell = paint_of(order, "body", WOOD), 0.05
    kit.add(box((-0.23, 0.0, -0.23), (0.23, 0.024, 0.23), shade(wood, 0.7), round_m=0.006), gloss=0.5)
    for i in range(8):
        for j in range(8):
            x, z = (i - 4) * cell, (j - 4) * cell
            tone = (0.86, 0.74, 0.54) if (i + j) % 2 else (0.36, 0.21, 0.12)
            kit.add(top(x, x + cell, 0.024, z, z + cell, tone, round_m=0.0, lift=0.001), gloss=0.5)
    game = {
        "w": "ra1 nb1 bc1 qd1 kg1 rf1 nf3 bc4 pa2 pb2 pc2 pd3 pe4 pf2 pg2 ph2",
        "b": "ra8 bc8 qd8 ke8 rh8 nf6 nc6 bc5 pa7 pb7 pc7 pd6 pe5 pf7 pg7 ph6",
    }
    for side, placed in game.items():
        tone = _IVORY if side == "w" else _EBONY
        for code in placed.split():
            x, z = (int(code[2]) - 4.5) * cell, ("abcdefgh".index(code[1]) - 3.5) * cell
            turn = 0.0 if side == "w" else 180.0
            kit.add(
                *(put(part, (x, 0.025, z), turn=[("y", turn)]) for part in _piece(code[0], tone)), gloss=0.5
            )
    return still(0.46, 0.46, 0.12)


def chess_piece(order: Order, kit: Assembly) -> Mechanism:
    """One chess piece: a king."""
    kit.add(*_piece("k", paint_of(order, "body", _IVORY)), gloss=0.6)
    return still(0.04, 0.04, 0.09)


def magic_cube(order: Order, kit: Assembly) -> Mechanism:
    """A cube of coloured squares, its top layer half turned."""
    faces: tuple[Rgb, ...] = (
        (0.80, 0.14, 0.12), (0.95, 0.50, 0.10), (0.95, 0.83, 0.15), (0.93, 0.93, 0.92), (0.12, 0.36, 0.75), (0.12, 0.58, 0.28),
    )  # fmt: skip
    for layer in range(3):
        y = 0.019 * layer
        made = [box((-0.028, y, -0.028), (0.028, y + 0.0185, 0.028), (0.07, 0.07, 0.08), round_m=0.003)]
        for k in range(3):
            a, b = -0.0265 + 0.019 * k, -0.0115 + 0.019 * k
            low, high = y + 0.002, y + 0.017
            mix = [faces[(s + (k * 2 + layer * 3 + s) % 3) % 6] for s in range(4)]
            made += [
                front(0.028, low, high, a, b, mix[0], round_m=0.002, lift=0.0006),
                rear(-0.028, low, high, a, b, mix[1], round_m=0.002, lift=0.0006),
            ]
            made += [flank(a, b, low, high, 0.028, mix[2], round_m=0.002, lift=0.0006)]
            if layer == 2:
                made += [
                    top(
                        a,
                        b,
                        0.0565,
                        -0.0265 + 0.019 * j,
                        -0.0115 + 0.019 * j,
                        faces[(k + j) % 6],
                        round_m=0.002,
                        lift=0.0006,
                    )
                    for j in range(3)
                ]
        kit.add(*(put(m, turn=[("y", 24.0 if layer == 2 else 0.0)]) for m in made), gloss=0.5)
    return still(0.06, 0.06, 0.057, sides=(0.0,))


def globe(order: Order, kit: Assembly) -> Mechanism:
    """A globe of the earth that turns on its stand."""
    sea = paint_of(order, "body", (0.22, 0.45, 0.70))
    kit.add(
        lathe(
            [(0.0, 0.0), (0.11, 0.0), (0.11, 0.015), (0.03, 0.03), (0.014, 0.06), (0.014, 0.09)],
            WOOD,
            sides=28,
        ),
        gloss=0.5,
    )
    pivot = (0.0, 0.25, 0.0)
    arc = [
        (0.17 * math.sin(a), 0.25 + 0.17 * math.cos(a), 0.0)
        for a in (math.pi * (0.13 + k / 14.0) for k in range(15))
    ]
    kit.add(sweep(arc, 0.007, (0.80, 0.62, 0.25), sides=8), gloss=0.9)
    ball_bone = kit.bone("ball", pivot)
    kit.add(ball(pivot, 0.15, sea, level=4), bone=ball_bone, gloss=0.6)
    lands = ((40, 0, 20, 30), (10, 20, 26, 20), (-20, 25, 18, 14), (50, 70, 22, 50), (20, 80, 16, 16), (-25, 135, 12, 18),
             (45, -100, 20, 28), (10, -85, 10, 8), (-15, -60, 24, 16), (70, -40, 9, 14), (-80, 0, 8, 60), (62, 110, 10, 40))  # fmt: skip
    for k, (lat, lon, tall, wide) in enumerate(lands):
        a, b = math.radians(lat), math.radians(lon)
        way = (math.cos(a) * math.cos(b), math.sin(a), -math.cos(a) * math.sin(b))
        tone: Rgb = (
            (0.92, 0.93, 0.94)
            if lat < -60
            else ((0.38, 0.56, 0.26), (0.72, 0.62, 0.36), (0.30, 0.50, 0.24))[k % 3]
        )
        patch = ball(
            (0.0, 0.0, 0.0), (0.012, 0.15 * math.radians(tall), 0.15 * math.radians(wide)), tone, level=2
        )
        at = (0.142 * way[0], 0.25 + 0.142 * way[1], 0.142 * way[2])
        kit.add(put(patch, at, turn=[("z", lat), ("y", lon)]), bone=ball_bone, gloss=0.4)
    tip = 0.41
    return Mechanism(
        Ride.STILL, 0, 0.34, 0.3, height_m=0.42,
        spinners=(Spinner(ball_bone, pivot, (math.sin(tip), math.cos(tip), 0.0), 0.12, always=True),),
        anchors=(("head", 0, pivot), ("top", 0, (0.0, 0.4, 0.0))),
    )  # fmt: skip


def blocks(order: Order, kit: Assembly) -> Mechanism:
    """A little castle of wooden building blocks."""
    tones: tuple[Rgb, ...] = ((0.82, 0.24, 0.18), (0.20, 0.46, 0.74), (0.93, 0.74, 0.20), (0.30, 0.60, 0.32))
    rows = ((-0.09, 0.0), (-0.03, 0.0), (0.03, 0.0), (0.09, 0.0), (-0.06, 1.0), (0.06, 1.0), (0.0, 2.0))
    for k, (z, row) in enumerate(rows):
        y = 0.056 * row
        kit.add(
            box((-0.027, y, z - 0.027), (0.027, y + 0.054, z + 0.027), tones[k % 4], round_m=0.004), gloss=0.3
        )
    kit.add(
        box((-0.027, 0.056, -0.03), (0.027, 0.11, 0.03), tones[3], round_m=0.004),
        lathe([(0.03, 0.168), (0.0, 0.23)], tones[0], sides=20),
    )
    return still(0.06, 0.24, 0.23)


def matryoshka(order: Order, kit: Assembly) -> Mechanism:
    """A painted wooden doll; it faces +x."""
    paint = paint_of(order, "body", (0.80, 0.16, 0.14))
    line = [
        (0.045, 0.0),
        (0.06, 0.01),
        (0.068, 0.06),
        (0.05, 0.11),
        (0.042, 0.13),
        (0.05, 0.16),
        (0.035, 0.195),
        (0.0, 0.207),
    ]
    kit.add(lathe(softened(line, 4), paint, sides=32, crease_deg=80.0), gloss=0.8)
    kit.add(
        ball((0.022, 0.155, 0.0), (0.031, 0.032, 0.034), (0.95, 0.80, 0.66)),
        ball((0.03, 0.07, 0.0), (0.04, 0.045, 0.04), CREAM),
        gloss=0.5,
    )
    for z in (-0.013, 0.013):
        kit.add(
            ball((0.051, 0.16, z), 0.004, _EBONY, level=1),
            ball((0.049, 0.147, 1.5 * z), (0.003, 0.006, 0.006), (0.92, 0.45, 0.42), level=1),
        )
    kit.add(
        ball((0.053, 0.143, 0.0), (0.002, 0.003, 0.006), (0.75, 0.12, 0.12), level=1),
        ring((0.0, 0.118, 0.0), 0.048, 0.005, (0.93, 0.74, 0.20), axis="y"),
    )
    for k in range(6):
        a = 2.0 * math.pi * k / 6.0
        kit.add(
            ball((0.068, 0.07 + 0.016 * math.sin(a), 0.016 * math.cos(a)), 0.008, (0.85, 0.25, 0.35), level=1)
        )
    return still(0.14, 0.14, 0.207, sides=(0.0,))
