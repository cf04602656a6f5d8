"""Objects and furniture on and round a table."""

# ruff: noqa: PLR0913, PLR2004 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact, Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.forms import (
    ball,
    box,
    disc,
    lathe,
    prism,
    put,
    ring_faces,
    rounded,
    softened,
    sweep,
)
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Hinge, Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.plates import plate, top
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
WOOD: Rgb = (0.55, 0.36, 0.20)
DARK: Rgb = (0.07, 0.07, 0.08)
STEEL: Rgb = (0.72, 0.73, 0.75)
CREAM: Rgb = (0.95, 0.91, 0.82)


def still(
    length: float,
    width: float,
    tall: float,
    *,
    ride: Ride = Ride.STILL,
    flames: tuple[Flame, ...] = (),
    hinges: tuple[Hinge, ...] = (),
    tops: tuple[tuple[str, Point], ...] = (),
) -> Mechanism:
    """The mechanism of what stands where it is."""
    return Mechanism(
        ride=ride,
        hull=0,
        base_m=length,
        gauge_m=width,
        height_m=tall,
        middle_m=0.5 * tall,
        flames=flames,
        hinges=hinges,
        contacts=(Contact(0, (0.0, 0.0, 0.0), 0.62 * max(length, width), 0.6),),
        anchors=(
            ("head", 0, (0.0, 0.6 * tall, 0.0)),
            *(((name, 0, at) for name, at in tops) if tops else (("top", 0, (0.0, tall, 0.0)),)),
        ),
    )


def _paint(order: Order, part: str, otherwise: Rgb) -> Rgb:
    return order.color(part) or otherwise


def shade(color: Rgb, factor: float) -> Rgb:
    """A colour darker or lighter."""
    return min(color[0] * factor, 1.0), min(color[1] * factor, 1.0), min(color[2] * factor, 1.0)


def cup(order: Order, kit: Assembly) -> Mechanism:
    """A cup of coffee with its handle, on a saucer."""
    paint, drink = _paint(order, "body", CREAM), _paint(order, "drink", (0.20, 0.11, 0.06))
    wall = [
        (0.0, 0.012),
        (0.026, 0.012),
        (0.030, 0.016),
        (0.036, 0.03),
        (0.041, 0.06),
        (0.043, 0.090),
        (0.0425, 0.0925),
        (0.040, 0.0925),
        (0.039, 0.088),
        (0.036, 0.05),
        (0.0, 0.045),
    ]
    kit.add(lathe(softened(wall, 3), paint, sides=44, crease_deg=60.0), gloss=0.7)
    kit.add(
        disc((0.0, 0.080, 0.0), 0.0388, drink, axis="y", sides=40),
        disc((0.002, 0.0805, 0.004), 0.021, shade(drink, 2.2), axis="y", sides=24),
        gloss=0.6,
    )
    kit.add(
        sweep(
            [
                (0.038, 0.078, 0.0),
                (0.062, 0.080, 0.0),
                (0.070, 0.058, 0.0),
                (0.056, 0.036, 0.0),
                (0.036, 0.034, 0.0),
            ],
            0.0055,
            paint,
            sides=12,
            bend=6,
        ),
        gloss=0.7,
    )
    kit.add(
        lathe(
            [
                (0.0, 0.0),
                (0.045, 0.0),
                (0.072, 0.010),
                (0.078, 0.016),
                (0.076, 0.018),
                (0.045, 0.008),
                (0.0, 0.008),
            ],
            paint,
            sides=48,
            crease_deg=60.0,
        ),
        gloss=0.7,
    )
    return still(0.15, 0.15, 0.095)


def bottle(order: Order, kit: Assembly) -> Mechanism:
    """A bottle with a label and a cork."""
    glass = _paint(order, "body", (0.10, 0.28, 0.15))
    kit.add(
        lathe(
            [
                (0.0, 0.006),
                (0.03, 0.0),
                (0.037, 0.006),
                (0.038, 0.02),
                (0.038, 0.18),
                (0.035, 0.205),
                (0.018, 0.235),
                (0.0145, 0.25),
                (0.0145, 0.295),
                (0.017, 0.297),
                (0.017, 0.31),
                (0.0, 0.31),
            ],
            glass,
            sides=36,
            crease_deg=50.0,
        ),
        gloss=1.0,
    )
    kit.add(
        lathe(
            [(0.0384, 0.06), (0.0386, 0.061), (0.0386, 0.149), (0.0384, 0.15)],
            _paint(order, "label", CREAM),
            sides=36,
        ),
        lathe([(0.0388, 0.125), (0.0388, 0.135)], (0.75, 0.58, 0.25), sides=36),
        lathe([(0.0, 0.305), (0.012, 0.305), (0.012, 0.325), (0.0, 0.326)], (0.66, 0.50, 0.34), sides=18),
        gloss=0.2,
    )
    return still(0.076, 0.076, 0.325)


def sphere(order: Order, kit: Assembly) -> Mechanism:
    """A ball: ``beach`` gores, ``foot`` patches, ``basket`` seams, or plain."""
    style = str(order.kind.shape.get("style", "beach"))
    paint = _paint(order, "body", (0.85, 0.2, 0.15))
    r = 0.5
    sides = 48
    lat = np.linspace(-math.pi / 2.0, math.pi / 2.0, 25)
    profile = np.stack([r * np.cos(lat), r + r * np.sin(lat)], 1)
    profile[[0, -1], 0] = 0.0
    mesh = lathe(profile, paint, sides=sides, crease_deg=80.0)
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    rings = np.stack(
        [
            profile[:, :1] * np.cos(turn),
            np.broadcast_to(profile[:, 1:], (25, sides)),
            -profile[:, :1] * np.sin(turn),
        ],
        -1,
    ).reshape(-1, 3)
    faces = ring_faces(25, sides)
    middle = rings[faces].mean(1) - np.array([0.0, r, 0.0])
    way = middle / np.linalg.norm(middle, axis=1, keepdims=True)
    tones = np.tile(np.array(paint, float), (len(faces), 1))
    if style == "beach":
        gore = np.floor((np.arctan2(way[:, 2], way[:, 0]) / (2.0 * math.pi) + 0.5) * 6.0).astype(int) % 6
        colors = [
            paint,
            (0.95, 0.94, 0.92),
            (0.95, 0.78, 0.18),
            (0.95, 0.94, 0.92),
            (0.18, 0.45, 0.78),
            (0.95, 0.94, 0.92),
        ]
        if order.subject.color_of("body") is not None:
            second = order.color("patches") or (0.95, 0.94, 0.92)
            colors = [paint, second] * 3
        tones = np.array(colors)[gore]
        tones[np.abs(way[:, 1]) > 0.975] = (0.95, 0.94, 0.92)
    mesh = creased(rings, faces, tones, crease_deg=80.0) if style == "beach" else mesh
    kit.add(mesh, gloss=0.4 if style != "basket" else 0.15)
    if style == "foot":
        g = (1.0 + 5.0**0.5) / 2.0
        for v in (
            [(s * 1.0, t * g, 0.0) for s in (1, -1) for t in (1, -1)]
            + [(0.0, s * 1.0, t * g) for s in (1, -1) for t in (1, -1)]
            + [(s * g, 0.0, t * 1.0) for s in (1, -1) for t in (1, -1)]
        ):
            axis = np.array(v) / math.hypot(1.0, g)
            side = np.cross(axis, (0.31, 0.2, 0.93))
            side /= np.linalg.norm(side)
            up = np.cross(axis, side)
            around = np.linspace(0.0, 2.0 * math.pi, 5, endpoint=False)
            rim = axis * 0.93 + 0.36 * (np.cos(around)[:, None] * side + np.sin(around)[:, None] * up)
            points = np.concatenate([rim, (rim + np.roll(rim, -1, 0)) / 2.0, [axis]])
            points = points / np.linalg.norm(points, axis=1, keepdims=True) * r * 1.018 + np.array(
                [0.0, r, 0.0]
            )
            order_ = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9]
            patch = np.array([(10, order_[k], order_[(k + 1) % 10]) for k in range(10)])
            kit.add(
                creased(points, patch, _paint(order, "patches", DARK), crease_deg=80.0),
                gloss=0.4,
                shades=False,
            )
    if style == "basket":
        a = np.linspace(0.0, 2.0 * math.pi, 41)
        for path in (
            np.stack([np.cos(a), np.sin(a), 0 * a], 1),
            np.stack([np.cos(a), 0 * a, np.sin(a)], 1),
            np.stack([0.55 * np.ones_like(a) + 0.12 * np.cos(2 * a), 0.8 * np.cos(a), 0.8 * np.sin(a)], 1),
            np.stack([-0.55 * np.ones_like(a) - 0.12 * np.cos(2 * a), 0.8 * np.cos(a), 0.8 * np.sin(a)], 1),
        ):
            on = path / np.linalg.norm(path, axis=1, keepdims=True) * r + np.array([0.0, r, 0.0])
            kit.add(sweep(on, 0.010, DARK, sides=6), shades=False)
    return still(1.0, 1.0, 1.0)


def book(order: Order, kit: Assembly) -> Mechanism:
    """A book that lies open."""
    cover = _paint(order, "body", (0.55, 0.15, 0.13))
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


def umbrella(order: Order, kit: Assembly) -> Mechanism:
    """An umbrella, open, with gores in one or two colours and a crook."""
    first = _paint(order, "body", (0.82, 0.16, 0.14))
    second = order.color("patches") or first
    sides, ribs = 48, 8
    knots = np.array([(0.56, 0.66), (0.50, 0.76), (0.36, 0.88), (0.18, 0.95), (0.0, 0.975)])
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    dip = 1.0 - 0.07 * np.abs(np.sin(turn * ribs / 2.0)) ** 0.8
    rings = np.stack(
        [
            knots[:, :1] * np.cos(turn) * dip,
            np.broadcast_to(knots[:, 1:], (5, sides)),
            -knots[:, :1] * np.sin(turn) * dip,
        ],
        -1,
    ).reshape(-1, 3)
    gore = ((np.arange(sides) // (sides // ribs)) % 2 == 0)[:, None]
    paint = np.tile(np.tile(np.where(gore, np.array(first), np.array(second)), (4, 1)), (2, 1))
    kit.add(
        creased(rings, ring_faces(5, sides), paint, crease_deg=70.0),
        creased(
            rings * np.array([0.99, 0.995, 0.99]), ring_faces(5, sides)[:, ::-1], paint * 0.7, crease_deg=70.0
        ),
        gloss=0.25,
    )
    kit.add(
        sweep([(0.0, 1.03, 0.0), (0.0, 0.08, 0.0)], 0.008, STEEL, sides=8),
        sweep(
            [(0.0, 0.16, 0.0), (0.0, 0.05, 0.0), (0.035, 0.012, 0.0), (0.07, 0.04, 0.0), (0.07, 0.07, 0.0)],
            0.013,
            WOOD,
            sides=10,
            bend=6,
        ),
        gloss=0.6,
    )
    for k in range(ribs):
        a = 2.0 * math.pi * k / ribs
        kit.add(
            sweep([(0.28 * math.cos(a), 0.9, 0.28 * math.sin(a)), (0.0, 0.62, 0.0)], 0.003, STEEL, sides=4),
            shades=False,
        )
    return still(1.1, 1.1, 1.03)


def laptop(order: Order, kit: Assembly) -> Mechanism:
    """A laptop whose lid is open; its screen glows."""
    paint = _paint(order, "body", (0.72, 0.73, 0.75))
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
    """A phone that stands; its screen glows."""
    paint = _paint(order, "body", (0.08, 0.08, 0.09))
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
                )
            )
    return still(0.072, 0.02, 0.15)


def candle(order: Order, kit: Assembly) -> Mechanism:
    """A candle in its dish; the flame flickers."""
    wax = _paint(order, "body", CREAM)
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
        ),
        sweep([(0.0, 0.128, 0.0), (0.002, 0.143, 0.0)], 0.0018, DARK, sides=6),
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
            gloss=0.3,
        )
    at = (0.0, 0.14, 0.0)
    flame = kit.bone("flame", at)
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
    return still(0.12, 0.12, 0.14, flames=(Flame(flame, at, always=True),))


def chair(order: Order, kit: Assembly) -> Mechanism:
    """A wooden chair."""
    wood, seat = _paint(order, "body", WOOD), order.color("seat") or _paint(order, "body", WOOD)
    kit.add(box((-0.21, 0.43, -0.21), (0.22, 0.47, 0.21), seat, round_m=0.018, steps=2), gloss=0.35)
    for z in (-0.185, 0.185):
        kit.add(
            sweep([(0.19, 0.0, z * 1.04), (0.18, 0.44, z)], [0.017, 0.021], wood, sides=10),
            sweep(
                [(-0.24, 0.0, z * 1.04), (-0.185, 0.45, z), (-0.25, 0.92, z)],
                [0.017, 0.021, 0.017],
                wood,
                sides=10,
                bend=5,
            ),
            sweep([(-0.22, 0.18, z * 1.02), (0.185, 0.18, z * 1.02)], 0.011, wood, sides=8),
            gloss=0.35,
        )
    kit.add(sweep([(0.0, 0.18, -0.19), (0.0, 0.18, 0.19)], 0.011, wood, sides=8), gloss=0.35)
    for y, x in ((0.62, -0.205), (0.74, -0.222), (0.86, -0.24)):
        kit.add(
            box((x - 0.011, y - 0.035, -0.185), (x + 0.011, y + 0.035, 0.185), wood, round_m=0.010),
            gloss=0.35,
        )
    return still(
        0.5,
        0.45,
        0.92,
        tops=(("saddle", (0.0, 0.47, 0.0)), ("top", (0.0, 0.47, 0.0)), ("seat", (0.0, 0.47, 0.0))),
    )


def table(order: Order, kit: Assembly) -> Mechanism:
    """A wooden table with turned edges."""
    wood = _paint(order, "body", WOOD)
    kit.add(
        box((-0.45, 0.70, -0.75), (0.45, 0.74, 0.75), wood, round_m=0.014, steps=2),
        box((-0.37, 0.62, -0.66), (0.37, 0.705, 0.66), shade(wood, 0.88), round_m=0.01),
        gloss=0.35,
    )
    for x in (-0.37, 0.37):
        for z in (-0.66, 0.66):
            kit.add(
                lathe(
                    [
                        (0.0, 0.0),
                        (0.024, 0.0),
                        (0.032, 0.25),
                        (0.038, 0.55),
                        (0.045, 0.58),
                        (0.045, 0.70),
                        (0.0, 0.70),
                    ],
                    wood,
                    at=(x, 0.0, z),
                    sides=16,
                ),
                gloss=0.35,
            )
    return still(0.9, 1.5, 0.74)


def bench(order: Order, kit: Assembly) -> Mechanism:
    """A park bench of slats on iron legs."""
    wood = _paint(order, "body", WOOD)
    for k in range(4):
        kit.add(
            box((-0.22 + 0.115 * k, 0.43, -0.8), (-0.12 + 0.115 * k, 0.46, 0.8), wood, round_m=0.01),
            gloss=0.3,
        )
    for k in range(3):
        kit.add(
            put(
                box((-0.015, 0.0, -0.8), (0.015, 0.095, 0.8), wood, round_m=0.01),
                (-0.26 - 0.03 * k, 0.54 + 0.12 * k, 0.0),
                turn=[("z", 14.0)],
            ),
            gloss=0.3,
        )
    for z in (-0.65, 0.65):
        kit.add(
            sweep(
                [(0.2, 0.0, z), (0.18, 0.42, z), (-0.22, 0.42, z), (-0.26, 0.0, z)],
                0.024,
                DARK,
                sides=8,
                bend=5,
            ),
            sweep([(-0.2, 0.42, z), (-0.35, 0.88, z)], 0.024, DARK, sides=8),
            sweep(
                [(-0.27, 0.64, z), (0.0, 0.66, z), (0.2, 0.62, z), (0.2, 0.44, z)],
                0.02,
                DARK,
                sides=8,
                bend=4,
            ),
            gloss=0.5,
        )
    return still(
        0.6,
        1.6,
        0.9,
        tops=(("saddle", (0.0, 0.46, 0.0)), ("top", (0.0, 0.46, 0.0)), ("seat", (0.0, 0.46, 0.0))),
    )


def sofa(order: Order, kit: Assembly) -> Mechanism:
    """A soft sofa with cushions."""
    cloth = _paint(order, "body", (0.25, 0.42, 0.45))
    kit.add(
        box((-0.42, 0.12, -1.0), (0.42, 0.40, 1.0), shade(cloth, 0.9), round_m=0.06, steps=2),
        box((-0.45, 0.14, -0.98), (-0.2, 0.86, 0.98), cloth, round_m=0.10, steps=3),
        gloss=0.05,
    )
    for z in (-1.0, 1.0):
        kit.add(
            box((-0.44, 0.13, z - 0.13), (0.44, 0.62, z + 0.13), cloth, round_m=0.11, steps=3), gloss=0.05
        )
        for x in (-0.36, 0.36):
            kit.add(sweep([(x, 0.0, z * 0.95), (x, 0.14, z * 0.95)], [0.018, 0.03], WOOD, sides=8), gloss=0.3)
    for z in (-0.44, 0.44):
        kit.add(
            box((-0.26, 0.38, z - 0.43), (0.43, 0.53, z + 0.43), shade(cloth, 1.06), round_m=0.07, steps=3),
            put(
                box((-0.09, 0.0, -0.42), (0.09, 0.44, 0.42), shade(cloth, 1.06), round_m=0.08, steps=3),
                (-0.2, 0.50, z),
                turn=[("z", 10.0)],
            ),
            gloss=0.05,
        )
    return still(
        0.9,
        2.2,
        0.9,
        tops=(("saddle", (0.1, 0.53, 0.0)), ("top", (0.1, 0.53, 0.0)), ("seat", (0.1, 0.53, 0.0))),
    )


def bed(order: Order, kit: Assembly) -> Mechanism:
    """A bed with a head board, a blanket and two pillows."""
    cover = _paint(order, "body", (0.35, 0.48, 0.65))
    kit.add(
        box((-1.02, 0.18, -0.82), (1.02, 0.34, 0.82), WOOD, round_m=0.03),
        box((-1.08, 0.0, -0.86), (-1.0, 1.05, 0.86), WOOD, round_m=0.04, steps=2),
        box((1.0, 0.0, -0.86), (1.07, 0.52, 0.86), WOOD, round_m=0.03),
        gloss=0.3,
    )
    kit.add(
        box((-1.0, 0.32, -0.8), (1.0, 0.55, 0.8), (0.93, 0.92, 0.89), round_m=0.07, steps=2),
        box((-0.42, 0.28, -0.845), (1.02, 0.60, 0.845), cover, round_m=0.09, steps=3),
        box((-0.52, 0.50, -0.84), (-0.30, 0.625, 0.84), shade(cover, 1.25), round_m=0.06, steps=2),
        gloss=0.05,
    )
    for z in (-0.38, 0.38):
        kit.add(ball((-0.72, 0.60, z), (0.22, 0.085, 0.33), (0.96, 0.95, 0.92)), gloss=0.05)
    return still(2.1, 1.7, 1.05, tops=(("saddle", (0.0, 0.6, 0.0)), ("top", (0.0, 0.6, 0.0))))


def lamp(order: Order, kit: Assembly) -> Mechanism:
    """A table lamp, lit."""
    foot = _paint(order, "body", (0.18, 0.48, 0.50))
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
    kit.add(
        lathe(
            [(0.155, 0.30), (0.10, 0.50), (0.097, 0.50), (0.150, 0.30)],
            _paint(order, "light", (0.98, 0.90, 0.70)),
            sides=36,
            glow=0.5,
        ),
        ball((0.0, 0.37, 0.0), 0.035, (1.0, 0.95, 0.8), level=2, glow=1.0),
    )
    return still(0.3, 0.3, 0.5)


def street_lamp(order: Order, kit: Assembly) -> Mechanism:
    """An old street lamp with a lantern."""
    iron = _paint(order, "body", (0.10, 0.12, 0.12))
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


def crate(order: Order, kit: Assembly) -> Mechanism:
    """A gift with a ribbon (``gift``) or a cardboard box."""
    paint = _paint(order, "body", (0.70, 0.52, 0.33))
    kit.add(box((-0.25, 0.0, -0.25), (0.25, 0.4, 0.25), paint, round_m=0.012), gloss=0.1)
    if bool(order.kind.shape.get("gift", False)):
        band = _paint(order, "ribbon", (0.93, 0.80, 0.30))
        kit.add(
            box((-0.254, 0.0, -0.04), (0.254, 0.404, 0.04), band, round_m=0.004),
            box((-0.04, 0.0, -0.254), (0.04, 0.404, 0.254), band, round_m=0.004),
            gloss=0.6,
        )
        for s in (1.0, -1.0):
            kit.add(
                put(
                    ball((0.0, 0.0, 0.0), (0.05, 0.055, 0.12), band, level=2),
                    (0.0, 0.45, s * 0.10),
                    turn=[("x", s * 28.0)],
                ),
                gloss=0.6,
            )
    else:
        kit.add(
            top(-0.25, 0.25, 0.4, -0.03, 0.03, shade(paint, 1.2), round_m=0.0, lift=0.002),
            top(-0.25, 0.25, 0.4, -0.002, 0.002, shade(paint, 0.5), round_m=0.0, lift=0.003),
        )
    return still(0.5, 0.5, 0.4)


def toy_balloon(order: Order, kit: Assembly) -> Mechanism:
    """A balloon on its string."""
    paint = _paint(order, "body", (0.85, 0.15, 0.15))
    kit.add(
        lathe(
            [
                (0.0, 0.80),
                (0.03, 0.81),
                (0.09, 0.88),
                (0.135, 0.98),
                (0.14, 1.06),
                (0.115, 1.14),
                (0.06, 1.185),
                (0.0, 1.20),
            ],
            paint,
            sides=36,
            crease_deg=80.0,
        ),
        lathe([(0.0, 0.775), (0.022, 0.78), (0.01, 0.80), (0.0, 0.805)], paint, sides=12),
        gloss=0.8,
    )
    kit.add(
        sweep(
            [(0.0, 0.78, 0.0), (0.02, 0.5, 0.01), (-0.02, 0.25, 0.0), (0.0, 0.0, 0.01)],
            0.003,
            CREAM,
            sides=5,
            bend=5,
        ),
        shades=False,
    )
    return still(0.28, 0.28, 1.2)


def apple(order: Order, kit: Assembly) -> Mechanism:
    """An apple, or an orange (``round``)."""
    paint = _paint(order, "body", (0.78, 0.12, 0.10))
    even = bool(order.kind.shape.get("round", False))
    profile = (
        [
            (0.0, 0.004),
            (0.018, 0.0),
            (0.034, 0.015),
            (0.04, 0.036),
            (0.036, 0.058),
            (0.022, 0.071),
            (0.0, 0.074),
        ]
        if even
        else [
            (0.0, 0.008),
            (0.012, 0.0),
            (0.028, 0.008),
            (0.038, 0.03),
            (0.040, 0.048),
            (0.034, 0.066),
            (0.020, 0.074),
            (0.008, 0.070),
            (0.0, 0.062),
        ]
    )
    kit.add(lathe(softened(profile), paint, sides=36, crease_deg=80.0), gloss=0.55)
    if not even:
        kit.add(
            sweep(
                [(0.0, 0.062, 0.0), (0.002, 0.074, 0.0), (0.007, 0.086, 0.0)],
                0.0018,
                (0.30, 0.20, 0.10),
                sides=6,
            ),
            put(
                ball((0.0, 0.0, 0.0), (0.016, 0.002, 0.007), (0.25, 0.48, 0.15), level=2),
                (0.018, 0.082, 0.004),
                turn=[("z", 18.0)],
            ),
            gloss=0.3,
        )
    return still(0.08, 0.08, 0.074)


def cake(order: Order, kit: Assembly) -> Mechanism:
    """A cake of two tiers with cream, cherries and candles that burn."""
    icing, cream = _paint(order, "body", (0.93, 0.62, 0.68)), (0.97, 0.94, 0.88)
    kit.add(lathe([(0.0, 0.0), (0.19, 0.0), (0.2, 0.008), (0.0, 0.01)], (0.9, 0.9, 0.9), sides=44), gloss=0.6)
    for r, low, high in ((0.15, 0.01, 0.10), (0.10, 0.10, 0.17)):
        kit.add(
            lathe(
                [(r, low), (r, high - 0.01), (r - 0.01, high), (0.0, high)], icing, sides=44, crease_deg=60.0
            ),
            gloss=0.35,
        )
        count = round(r * 130)
        for k in range(count):
            a = 2.0 * math.pi * k / count
            kit.add(
                ball((r * math.cos(a), high, r * math.sin(a)), 0.015, cream, level=1),
                ball(
                    ((r + 0.004) * math.cos(a), low + 0.008, (r + 0.004) * math.sin(a)), 0.014, cream, level=1
                ),
                gloss=0.2,
            )
    flames: list[Flame] = []
    for k in range(5):
        a = 2.0 * math.pi * k / 5.0
        x, z = 0.055 * math.cos(a), 0.055 * math.sin(a)
        kit.add(
            sweep([(x, 0.165, z), (x, 0.235, z)], 0.005, ((0.3, 0.6, 0.85), (0.95, 0.8, 0.3))[k % 2], sides=8)
        )
        bone = kit.bone("flame", (x, 0.235, z))
        kit.add(
            ball((x, 0.248, z), (0.0055, 0.013, 0.0055), (1.0, 0.68, 0.2), level=1, glow=1.0),
            bone=bone,
            shades=False,
        )
        flames.append(Flame(bone, (x, 0.235, z), always=True))
    kit.add(ball((0.0, 0.185, 0.0), 0.018, (0.75, 0.05, 0.08), level=2), gloss=0.8)
    return still(0.4, 0.4, 0.235, flames=tuple(flames))
