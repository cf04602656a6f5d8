"""What is played, held, hung or stood in a room: instruments, blades, flags, shelves, screens."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.forms import (
    ball,
    box,
    disc,
    lathe,
    prism,
    put,
    rounded,
    softened,
    sweep,
)
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner, Swing
from kirin_video.engines.previs.bodies.hard.plates import plate, top
from kirin_video.engines.previs.bodies.machine.hulls import cloth
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.objects import CREAM, DARK, STEEL, WOOD, shade, still

Rgb = tuple[float, float, float]
_GOLD: Rgb = (0.82, 0.64, 0.25)


def guitar(order: Order, kit: Assembly) -> Mechanism:
    """A guitar, or a violin (``bowed``), that stands upright and faces +z."""
    wood, small = order.color("body") or (0.72, 0.44, 0.18), bool(order.kind.shape.get("bowed", False))
    t = np.linspace(0.0, 2.0 * math.pi, 48, endpoint=False)
    up = 0.24 - 0.24 * np.cos(t)
    waist = 0.175 - 0.035 * np.cos(2.0 * math.pi * up / 0.30) - 0.07 * up
    rim = np.column_stack([np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.55 * waist, up])
    kit.add(prism(rim, -0.045, 0.045, wood, round_m=0.008), gloss=0.8)
    kit.add(
        prism(rim * 0.965 + np.array([0.0, 0.008]), 0.044, 0.0475, shade(wood, 1.3), round_m=0.001), gloss=0.8
    )
    if small:
        for side in (1.0, -1.0):
            path = [(side * 0.055, 0.14, 0.049), (side * 0.075, 0.18, 0.049), (side * 0.06, 0.24, 0.049)]
            kit.add(sweep(path, 0.004, DARK, sides=6, bend=5))
    else:
        kit.add(
            disc((0.0, 0.29, 0.048), 0.05, DARK),
            lathe([(0.05, 0.0478), (0.058, 0.049), (0.06, 0.0478)], WOOD, axis="z", at=(0.0, 0.29, 0.0)),
        )
    kit.add(box((-0.06, 0.10, 0.046), (0.06, 0.125, 0.058), DARK, round_m=0.004), gloss=0.4)
    kit.add(
        box((-0.026, 0.36, 0.030), (0.026, 0.88, 0.054), WOOD, round_m=0.006),
        box((-0.025, 0.34, 0.052), (0.025, 0.88, 0.058), DARK, round_m=0.003),
        gloss=0.5,
    )
    for k in range(12):
        kit.add(
            box((-0.025, 0.42 + 0.038 * k, 0.057), (0.025, 0.423 + 0.038 * k, 0.060), STEEL, round_m=0.001)
        )
    kit.add(
        prism(
            rounded([(-0.03, 0.87), (0.03, 0.87), (0.042, 1.02), (-0.042, 1.02)], 0.012),
            0.032,
            0.052,
            WOOD,
            round_m=0.004,
        ),
        gloss=0.6,
    )
    for k in range(3):
        for side in (1.0, -1.0):
            kit.add(
                ball((side * 0.056, 0.905 + 0.04 * k, 0.042), (0.014, 0.009, 0.006), STEEL, level=1),
                gloss=0.9,
            )
    for k in range(6):
        x = -0.018 + 0.0072 * k
        kit.add(sweep([(x * 1.2, 0.112, 0.061), (x, 0.9, 0.060)], 0.0009, STEEL, sides=4), shades=False)
    return still(0.4, 0.1, 1.02)


def piano(order: Order, kit: Assembly) -> Mechanism:
    """A grand piano with its lid open."""
    paint = order.color("body") or (0.06, 0.06, 0.065)
    side = rounded(
        [(-0.75, 0.0), (0.75, 0.0), (0.75, 0.55), (0.45, 1.15), (0.10, 1.62), (-0.35, 1.75), (-0.75, 1.45)],
        0.16,
        6,
    )
    kit.add(prism(side, 0.66, 0.98, paint, axis="y", round_m=0.012), gloss=1.0)
    lid = prism(side, 0.0, 0.02, paint, axis="y", round_m=0.006)
    kit.add(
        put(
            lid,
            (-0.75 + 0.75 * math.cos(0.6), 1.0 + 0.75 * math.sin(0.6), 0.0),
            turn=[("z", math.degrees(0.6))],
        ),
        gloss=1.0,
    )
    kit.add(sweep([(0.45, 0.98, -0.7), (0.36, 1.72, -0.7)], 0.012, paint), gloss=0.8)
    kit.add(
        box((-0.72, 0.70, 0.0), (0.72, 0.78, 0.24), paint, round_m=0.015),
        box((-0.62, 0.775, 0.02), (0.62, 0.792, 0.19), (0.95, 0.94, 0.90), round_m=0.004),
        gloss=0.9,
    )
    for k in range(35):
        x = -0.60 + 0.0353 * k
        kit.add(
            top(x - 0.0008, x + 0.0008, 0.792, 0.02, 0.19, (0.4, 0.4, 0.4), round_m=0.0, lift=0.0006),
            shades=False,
        )
        if k % 7 not in {2, 6}:
            kit.add(box((x + 0.008, 0.79, 0.02), (x + 0.026, 0.803, 0.12), DARK, round_m=0.002))
    for x, z in ((-0.62, 0.05), (0.62, 0.05), (-0.25, -1.45)):
        kit.add(
            lathe([(0.03, 0.0), (0.045, 0.3), (0.06, 0.66), (0.0, 0.66)], paint, at=(x, 0.0, z), sides=18),
            gloss=0.9,
        )
    kit.add(box((-0.35, 0.42, 0.45), (0.35, 0.5, 0.8), paint, round_m=0.02), gloss=0.6)
    for x in (-0.3, 0.3):
        for z in (0.5, 0.75):
            kit.add(sweep([(x, 0.0, z), (x, 0.44, z)], 0.02, paint), gloss=0.6)
    return still(1.5, 2.6, 1.75, tops=(("saddle", (0.0, 0.5, 0.62)), ("top", (0.0, 1.0, 0.0))))


def sword(order: Order, kit: Assembly) -> Mechanism:
    """A sword that stands on its point."""
    steel = order.color("body") or (0.76, 0.78, 0.80)
    blade = [(-0.026, 0.16), (0.0, 0.0), (0.026, 0.16), (0.030, 0.78), (-0.030, 0.78)]
    kit.add(
        prism(blade, -0.006, 0.006, steel, round_m=0.005),
        box((-0.006, 0.2, -0.0072), (0.006, 0.76, 0.0072), shade(steel, 0.75), round_m=0.002),
        gloss=1.0,
    )
    kit.add(
        sweep(
            [(-0.11, 0.80, 0.0), (0.0, 0.785, 0.0), (0.11, 0.80, 0.0)], [0.010, 0.014, 0.010], _GOLD, bend=5
        ),
        ball((0.0, 0.985, 0.0), 0.024, _GOLD, level=2),
        gloss=0.9,
    )
    kit.add(sweep([(0.0, 0.79, 0.0), (0.0, 0.97, 0.0)], 0.014, (0.25, 0.13, 0.08)), gloss=0.2)
    return still(0.22, 0.05, 1.0)


def wand(order: Order, kit: Assembly) -> Mechanism:
    """A staff; a ``pen`` or a ``horn`` are the same held thing in other shapes."""
    paint = order.color("body") or WOOD
    form = str(order.kind.shape.get("style", "staff"))
    if form == "horn":
        bell = [
            (0.012, 0.0),
            (0.012, 0.30),
            (0.018, 0.42),
            (0.034, 0.50),
            (0.062, 0.535),
            (0.060, 0.537),
            (0.030, 0.50),
            (0.0, 0.44),
        ]
        kit.add(lathe(softened(bell, 3), paint, axis="x", at=(-0.25, 0.12, 0.0), crease_deg=60.0), gloss=1.0)
        loop = [
            (-0.2, 0.12, 0.0),
            (-0.05, 0.12, 0.02),
            (0.07, 0.09, 0.02),
            (-0.05, 0.05, 0.02),
            (-0.14, 0.08, 0.02),
            (-0.05, 0.12, 0.02),
        ]
        kit.add(sweep(loop, 0.010, paint, bend=6), gloss=1.0)
        for k in range(3):
            kit.add(
                sweep([(-0.05 + 0.035 * k, 0.055, 0.02), (-0.05 + 0.035 * k, 0.155, 0.02)], 0.012, paint),
                ball((-0.05 + 0.035 * k, 0.165, 0.02), (0.011, 0.004, 0.011), CREAM, level=1),
                gloss=1.0,
            )
        return still(0.55, 0.13, 0.18)
    if form == "pen":
        kit.add(
            lathe(
                [(0.0, 0.0), (0.0015, 0.002), (0.0045, 0.022), (0.0045, 0.13), (0.0035, 0.14), (0.0, 0.14)],
                [DARK, CREAM, paint, paint, paint],
                sides=16,
            ),
            gloss=0.7,
        )
        return still(0.01, 0.01, 0.14)
    kit.add(
        sweep(
            [(0.0, 0.0, 0.0), (0.02, 0.5, 0.0), (-0.01, 1.0, 0.01), (0.0, 1.5, 0.0)],
            [0.022, 0.02, 0.018, 0.02],
            paint,
            bend=6,
        )
    )
    kit.add(
        sweep(
            [(0.0, 1.45, 0.0), (0.07, 1.53, 0.0), (0.05, 1.64, 0.0), (-0.03, 1.65, 0.0), (-0.06, 1.56, 0.0)],
            [0.02, 0.018, 0.016, 0.013, 0.008],
            paint,
            bend=6,
        )
    )
    kit.add(ball((0.0, 1.56, 0.0), 0.038, (0.35, 0.75, 0.95), level=3, glow=0.7), gloss=1.0)
    return still(0.15, 0.08, 1.66)


def flag(order: Order, kit: Assembly) -> Mechanism:
    """A flag that waves on its pole."""
    color = order.color("body") or (0.80, 0.12, 0.12)
    kit.add(
        lathe([(0.25, 0.0), (0.25, 0.06), (0.06, 0.12), (0.0, 0.12)], STEEL, sides=24),
        sweep([(0.0, 0.1, 0.0), (0.0, 5.0, 0.0)], [0.045, 0.03], STEEL),
        ball((0.0, 5.04, 0.0), 0.07, _GOLD, level=2),
        gloss=0.7,
    )
    swings: list[Swing] = []
    parent = 0
    for k in range(5):
        x = -0.03 - 0.4 * k
        bone = kit.bone("fold", (x, 4.3, 0.0), parent)
        kit.add(
            cloth(((x, 3.7, 0.0), (x - 0.405, 3.7, 0.0), (x - 0.405, 4.9, 0.0), (x, 4.9, 0.0)), 0.01, color),
            bone=bone,
            shades=False,
        )
        swings.append(
            Swing(bone, (x, 4.3, 0.0), (0.0, 1.0, 0.0), 10.0 + 5.0 * k, period_s=1.5, phase=-0.21 * k)
        )
        parent = bone
    plain = still(2.1, 0.5, 5.1, ride=Ride.ROOTED)
    return Mechanism(
        ride=Ride.ROOTED,
        hull=0,
        base_m=2.1,
        gauge_m=0.5,
        height_m=5.1,
        swings=tuple(swings),
        contacts=plain.contacts,
        anchors=plain.anchors,
    )


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
                    _GOLD,
                    level=2,
                ),
                gloss=0.9,
            )
        return still(0.34, 1.0, 1.9)
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
    for low in (0.055, 0.435, 0.815, 1.195, 1.555):
        z = -0.46
        while z < 0.40:
            wide, tall = float(rng.uniform(0.025, 0.055)), float(rng.uniform(0.20, 0.29))
            kit.add(
                box(
                    (-0.12, low, z),
                    (float(rng.uniform(0.06, 0.11)), low + tall, z + wide * 0.94),
                    colors[int(rng.integers(7))],
                    round_m=0.004,
                ),
                gloss=0.2,
            )
            z += wide * (1.0 if rng.random() > 0.06 else 3.0)
    return still(0.32, 1.0, 1.9)


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
                ball((0.0, 0.0, 0.0), (0.022, 0.017, 0.022), _GOLD, level=2),
                (0.0, 0.150, z),
                turn=[("x", 18.0 if z > 0.0 else -18.0)],
            ),
            sweep([(0.0, 0.04, z * 0.9), (0.0, 0.0, z * 1.3)], [0.007, 0.005], _GOLD),
            gloss=0.9,
        )
    kit.add(
        sweep([(0.0, 0.155, -0.03), (0.0, 0.185, 0.0), (0.0, 0.155, 0.03)], 0.003, _GOLD, bend=6), gloss=0.9
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
    return still(0.24, 1.24, 0.8)


def fence(order: Order, kit: Assembly) -> Mechanism:
    """A picket fence, or a single board (``board``)."""
    paint = order.color("body") or (0.92, 0.90, 0.85)
    if bool(order.kind.shape.get("board", False)):
        kit.add(box((-0.02, 0.0, -0.18), (0.02, 1.2, 0.18), paint, round_m=0.01), gloss=0.2)
        return still(0.05, 0.36, 1.2)
    for k in range(15):
        z = -1.4 + 0.2 * k
        picket = rounded([(-0.05, 0.05), (0.05, 0.05), (0.05, 0.9), (0.0, 1.0), (-0.05, 0.9)], 0.01, 2)
        kit.add(
            put(prism(picket, -0.012, 0.012, paint, round_m=0.004), (0.0, 0.0, z), turn=[("y", 90.0)]),
            gloss=0.1,
        )
    for y in (0.28, 0.68):
        kit.add(box((-0.045, y, -1.5), (-0.015, y + 0.08, 1.5), shade(paint, 0.92), round_m=0.008))
    return still(0.1, 3.0, 1.0)


def bridge(order: Order, kit: Assembly) -> Mechanism:
    """An arched bridge of stone; the way over it is x."""
    stone = order.color("body") or (0.62, 0.58, 0.52)
    half, wide, rise = 7.0, 1.8, 1.5
    xs = np.linspace(-half, half, 25)
    deck = 1.2 + rise * (1.0 - (xs / half) ** 2)
    arch = [(3.6 * math.cos(a), 2.1 * math.sin(a)) for a in np.linspace(math.pi, 0.0, 17)]
    outline = [
        (-half, -0.4),
        (-3.6, -0.4),
        *arch,
        (3.6, -0.4),
        (half, -0.4),
        *zip(xs[::-1].tolist(), deck[::-1].tolist(), strict=True),
    ]
    kit.add(prism(outline, -wide, wide, stone, round_m=0.04))
    for side in (1.0, -1.0):
        wall = [
            *zip(xs.tolist(), (deck - 0.05).tolist(), strict=True),
            *zip(xs[::-1].tolist(), (deck[::-1] + 0.75).tolist(), strict=True),
        ]
        kit.add(prism(wall, side * wide - 0.18, side * wide + 0.18, shade(stone, 1.08), round_m=0.05))
        for a in np.linspace(0.12, math.pi - 0.12, 13).tolist():
            block = box((-0.22, 0.0, -0.06), (0.22, 0.5, 0.06), shade(stone, 0.82), round_m=0.04)
            kit.add(
                put(
                    block,
                    (3.6 * math.cos(a), 2.1 * math.sin(a), side * (wide + 0.02)),
                    turn=[("z", math.degrees(a) - 90.0)],
                )
            )
    return still(14.0, 4.0, 3.45, tops=(("saddle", (0.0, 2.7, 0.0)), ("top", (0.0, 2.7, 0.0))))
