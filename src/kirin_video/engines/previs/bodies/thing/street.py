"""What stands along streets: traffic lights, signs, mailboxes, telephone boxes, vending machines, fountains, wells."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank, front, rear
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
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

_RED: Rgb = (0.78, 0.12, 0.10)
_STONE: Rgb = (0.68, 0.66, 0.62)
_WATER: Rgb = (0.45, 0.66, 0.78)


def traffic_light(order: Order, kit: Assembly) -> Mechanism:
    """A traffic light on its post: red is lit; it faces +x."""
    case = paint_of(order, "body", (0.12, 0.14, 0.13))
    kit.add(lathe([(0.16, 0.0), (0.14, 0.12), (0.06, 0.2), (0.055, 2.4)], STEEL, sides=16), gloss=0.5)
    kit.add(box((-0.14, 2.3, -0.2), (0.12, 3.5, 0.2), case, round_m=0.05), gloss=0.4)
    lights: tuple[tuple[Rgb, float], ...] = (
        ((0.95, 0.14, 0.08), 1.0), ((0.42, 0.32, 0.08), 0.05), ((0.08, 0.34, 0.16), 0.05),
    )  # fmt: skip
    for k, (color, glow) in enumerate(lights):
        y = 3.28 - 0.37 * k
        kit.add(put(disc((0.0, 0.0, 0.0), 0.14, color, axis="x", glow=glow), (0.13, y, 0.0)), gloss=0.8)
        hood = lathe(
            [(0.16, 0.0), (0.165, 0.2), (0.15, 0.2), (0.145, 0.0)], case, axis="x", at=(0.11, y, 0.0)
        )
        kit.add(hood)
    return still(0.3, 0.4, 3.5, sides=(0.0,))


def signpost(order: Order, kit: Assembly) -> Mechanism:
    """A signpost with three arms."""
    wood = paint_of(order, "body", WOOD)
    kit.add(sweep([(0.0, 0.0, 0.0), (0.0, 2.5, 0.0)], [0.08, 0.06], wood, sides=10))
    for y, turn in ((2.2, 8.0), (1.85, 172.0), (1.5, 25.0)):
        arm = [(-0.15, -0.13), (0.85, -0.13), (1.05, 0.0), (0.85, 0.13), (-0.15, 0.13)]
        kit.add(
            put(prism(arm, 0.06, 0.11, shade(wood, 1.35), round_m=0.01), (0.0, y, 0.0), turn=[("y", turn)])
        )
        for k in range(5):
            word = box((0.05 + 0.14 * k, -0.03, 0.109), (0.14 + 0.14 * k, 0.04, 0.117), DARK, round_m=0.002)
            kit.add(put(word, (0.0, y, 0.0), turn=[("y", turn)]))
    return still(0.3, 2.1, 2.5)


def billboard(order: Order, kit: Assembly) -> Mechanism:
    """A board on two posts with a picture on it; it faces +x."""
    kit.add(box((-0.12, 1.4, -2.2), (0.1, 4.2, 2.2), DARK, round_m=0.04), gloss=0.2)
    for z in (-1.5, 1.5):
        kit.add(sweep([(0.0, 0.0, z), (0.0, 2.0, z)], 0.12, STEEL))
    paint = paint_of(order, "body", CREAM)
    kit.add(front(0.1, 1.5, 4.1, -2.1, 2.1, paint, round_m=0.0, glow=0.25))
    kit.add(front(0.1, 1.7, 2.2, -1.8, 0.6, (0.80, 0.22, 0.16), round_m=0.05, lift=0.02, glow=0.3))
    kit.add(put(disc((0.0, 0.0, 0.0), 0.65, (0.95, 0.72, 0.20), axis="x", glow=0.3), (0.13, 3.1, 0.9)))
    return still(0.4, 4.4, 4.2, sides=(0.0,))


def mailbox(order: Order, kit: Assembly) -> Mechanism:
    """A pillar box with a slot and a cap; it faces +x."""
    paint = paint_of(order, "body", _RED)
    line = [
        (0.30, 0.0),
        (0.30, 0.16),
        (0.27, 0.18),
        (0.27, 1.25),
        (0.33, 1.29),
        (0.33, 1.36),
        (0.2, 1.46),
        (0.0, 1.5),
    ]
    kit.add(
        lathe(line, [DARK, DARK, paint, paint, paint, paint, paint], sides=36, crease_deg=50.0), gloss=0.6
    )
    kit.add(
        box((0.2, 1.08, -0.15), (0.29, 1.14, 0.15), DARK, round_m=0.01),
        box((0.2, 0.72, -0.1), (0.28, 0.94, 0.1), CREAM, round_m=0.01),
        gloss=0.3,
    )
    return still(0.66, 0.66, 1.5, sides=(0.0,))


def letter_box(order: Order, kit: Assembly) -> Mechanism:
    """A country mailbox on its post, with a flag; its door looks along x."""
    paint = paint_of(order, "body", (0.25, 0.42, 0.62))
    kit.add(box((-0.05, 0.0, -0.05), (0.05, 1.0, 0.05), WOOD, round_m=0.01))
    rim = [(0.14 * math.cos(a), 1.16 + 0.14 * math.sin(a)) for a in (math.pi * k / 10.0 for k in range(11))]
    kit.add(prism([(-0.14, 1.0), (0.14, 1.0), *rim], -0.3, 0.3, paint, axis="x", round_m=0.015), gloss=0.6)
    kit.add(box((0.28, 1.24, -0.03), (0.33, 1.27, 0.03), STEEL, round_m=0.01), gloss=0.8)
    kit.add(
        box((-0.1, 1.1, 0.14), (-0.07, 1.48, 0.16), _RED, round_m=0.005),
        box((-0.1, 1.38, 0.14), (0.06, 1.48, 0.16), _RED),
    )
    return still(0.6, 0.3, 1.48)


def phone_booth(order: Order, kit: Assembly) -> Mechanism:
    """A red telephone box with its panes."""
    paint = paint_of(order, "body", _RED)
    kit.add(box((-0.45, 0.0, -0.45), (0.45, 2.3, 0.45), paint, round_m=0.03), gloss=0.5)
    kit.add(
        box((-0.5, 0.0, -0.5), (0.5, 0.12, 0.5), DARK),
        lathe([(0.62, 2.28), (0.55, 2.4), (0.0, 2.52)], paint, sides=4),
    )
    glass: Rgb = (0.55, 0.66, 0.70)
    for k in range(6):
        for c in (-0.22, 0.0, 0.22):
            low, high = 0.3 + 0.27 * k, 0.52 + 0.27 * k
            kit.add(front(0.45, low, high, c - 0.09, c + 0.09, glass, round_m=0.01, glow=0.15), gloss=0.9)
            kit.add(rear(-0.45, low, high, c - 0.09, c + 0.09, glass, round_m=0.01, glow=0.15), gloss=0.9)
            kit.add(flank(c - 0.09, c + 0.09, low, high, 0.45, glass, round_m=0.01, glow=0.15), gloss=0.9)
    for sign in (
        front(0.45, 2.05, 2.22, -0.36, 0.36, CREAM, glow=0.3),
        flank(-0.36, 0.36, 2.05, 2.22, 0.45, CREAM, glow=0.3),
    ):
        kit.add(sign)
    return still(1.0, 1.0, 2.52, sides=(0.0,))


def vending_machine(order: Order, kit: Assembly) -> Mechanism:
    """A vending machine with rows of cans behind its lit front; it faces +x."""
    paint = paint_of(order, "body", (0.78, 0.16, 0.14))
    kit.add(box((-0.4, 0.0, -0.5), (0.4, 1.85, 0.5), paint, round_m=0.04), gloss=0.5)
    kit.add(front(0.4, 0.62, 1.72, -0.42, 0.22, (0.90, 0.93, 0.95), round_m=0.02, glow=0.5))
    tones: tuple[Rgb, ...] = (_RED, (0.16, 0.42, 0.74), (0.95, 0.72, 0.18), (0.22, 0.60, 0.32))
    for row in range(4):
        for k in range(6):
            at = (0.41, 0.68 + 0.27 * row, -0.36 + 0.1 * k)
            kit.add(
                lathe([(0.034, 0.0), (0.034, 0.16), (0.0, 0.17)], tones[(row + k) % 4], at=at, sides=10),
                gloss=0.7,
            )
    kit.add(
        front(0.4, 0.25, 0.45, -0.36, 0.16, DARK, round_m=0.02),
        front(0.4, 1.0, 1.4, 0.3, 0.44, DARK, glow=0.2),
    )
    return still(0.8, 1.0, 1.85, sides=(0.0,))


def fountain(order: Order, kit: Assembly) -> Mechanism:
    """A fountain of two basins; water falls from each."""
    stone = paint_of(order, "body", _STONE)
    pool = [(2.5, 0.0), (2.6, 0.15), (2.5, 0.55), (2.65, 0.62), (2.65, 0.7), (2.3, 0.7), (2.25, 0.4)]
    kit.add(lathe(pool, stone, sides=40), disc((0.0, 0.56, 0.0), 2.3, _WATER, axis="y", sides=40), gloss=0.6)
    stem = [
        (0.5, 0.4),
        (0.3, 0.7),
        (0.22, 1.5),
        (0.3, 1.7),
        (1.2, 1.95),
        (1.25, 2.02),
        (1.1, 1.98),
        (0.0, 1.9),
    ]
    kit.add(
        lathe(stem, stone, sides=32, crease_deg=50.0),
        disc((0.0, 1.97, 0.0), 1.1, _WATER, axis="y"),
        gloss=0.3,
    )
    kit.add(
        lathe([(0.2, 1.9), (0.13, 2.6), (0.16, 2.7), (0.5, 2.85), (0.52, 2.9), (0.0, 2.85)], stone, sides=24)
    )
    for count, far, top, low in ((14, 1.22, 2.0, 0.58), (9, 0.5, 2.88, 2.0)):
        for k in range(count):
            a = 2.0 * math.pi * k / count
            c, s = math.cos(a), math.sin(a)
            arc = [
                (far * c, top, far * s),
                (1.25 * far * c, top - 0.1, 1.25 * far * s),
                (1.45 * far * c, low, 1.45 * far * s),
            ]
            kit.add(
                sweep(arc, [0.03, 0.035, 0.05], (0.86, 0.93, 0.97), sides=6, bend=4), gloss=0.9, shades=False
            )
    jet = [(0.09, 2.85), (0.06, 3.4), (0.12, 3.7), (0.05, 3.9), (0.0, 3.95)]
    kit.add(lathe(softened(jet), (0.90, 0.96, 0.99), sides=12, crease_deg=80.0), gloss=0.9, shades=False)
    return still(5.3, 5.3, 3.95)


def well(order: Order, kit: Assembly) -> Mechanism:
    """A round well of stones with a roof, a windlass and a bucket."""
    stone = paint_of(order, "body", _STONE)
    for row in range(3):
        for k in range(12):
            a = 2.0 * math.pi * (k + 0.5 * (row % 2)) / 12.0
            brick = box(
                (-0.12, 0.0, -0.23),
                (0.12, 0.27, 0.23),
                shade(stone, 0.85 + 0.05 * ((3 * k + row) % 5)),
                round_m=0.04,
            )
            kit.add(
                put(brick, (0.8 * math.cos(a), 0.28 * row, -0.8 * math.sin(a)), turn=[("y", math.degrees(a))])
            )
    kit.add(disc((0.0, 0.35, 0.0), 0.72, (0.10, 0.14, 0.17), axis="y"), gloss=0.8)
    for z in (-0.8, 0.8):
        kit.add(box((-0.06, 0.7, z - 0.06), (0.06, 2.1, z + 0.06), WOOD))
    for s in (1.0, -1.0):
        tilt = put(box((0.0, -0.04, -1.1), (0.95, 0.04, 1.1), (0.55, 0.24, 0.16)), turn=[("z", -35.0)])
        kit.add(put(tilt, (0.0, 2.45, 0.0), turn=[("y", 0.0 if s > 0.0 else 180.0)]))
    kit.add(
        sweep([(0.0, 1.6, -0.85), (0.0, 1.6, 1.05)], 0.07, WOOD),
        sweep([(0.0, 1.6, 0.1), (0.0, 1.2, 0.1)], 0.015, CREAM),
    )
    kit.add(
        lathe(
            [(0.0, 0.95), (0.11, 0.95), (0.14, 1.2), (0.12, 1.2), (0.0, 1.1)],
            WOOD,
            at=(0.0, 0.0, 0.1),
            sides=16,
        ),
        ball((0.0, 1.6, 1.08), 0.05, DARK),
    )
    return still(2.0, 2.0, 2.5)
