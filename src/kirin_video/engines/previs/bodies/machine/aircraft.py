"""What flies: aeroplanes, helicopters, balloons, rockets, saucers."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.forms import (
    ball,
    box,
    disc,
    lathe,
    prism,
    put,
    ring,
    ring_faces,
    rounded,
    softened,
    sweep,
    wing,
)
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.machine.coach import DARK, GLASS, LAMP, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, TYRE
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.mesh import Mesh

Rgb = tuple[float, float, float]
_WHITE: Rgb = (0.93, 0.94, 0.95)


def _flying(
    ride: Ride,
    body: int,
    length: float,
    width: float,
    speed: float,
    tall: float,
    *,
    spinners: tuple[Spinner, ...] = (),
    flames: tuple[Flame, ...] = (),
    gear: tuple[int, ...] = (),
    low: float = 0.0,
    head: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> Mechanism:
    return Mechanism(
        ride=ride,
        hull=body,
        base_m=length,
        gauge_m=width,
        speed=speed,
        height_m=tall,
        middle_m=0.5 * tall,
        spinners=spinners,
        flames=flames,
        gear=gear,
        contacts=(Contact(0, (0.0, low, 0.0), 0.3 * max(length, 0.6 * width), 0.45),),
        anchors=(
            ("head", body, head),
            ("top", body, (0.0, tall, 0.0)),
            ("saddle", body, (0.2 * length, 0.6 * tall, 0.0)),
        ),
    )


def airliner(order: Order, kit: Assembly) -> Mechanism:
    """A passenger jet: swept wings, two engines, a coloured tail."""
    paint, tail = order.color("body") or _WHITE, order.color("tail") or (0.15, 0.35, 0.70)
    body = kit.bone("hull", (0.0, 3.2, 0.0))
    y = 3.3
    profile = [
        (0.0, -15.5),
        (0.35, -15.2),
        (1.0, -12.5),
        (1.75, -8.0),
        (1.9, -4.0),
        (1.9, 8.0),
        (1.75, 12.0),
        (1.25, 14.2),
        (0.55, 15.3),
        (0.0, 15.6),
    ]
    line = softened(profile)
    fuselage = lathe(line, paint, axis="x", sides=36, crease_deg=70.0)
    lift = np.clip((-fuselage.positions[:, 0] - 6.0) / 9.5, 0.0, 1.0) ** 1.5 * 1.1
    lifted = fuselage.positions.copy()
    lifted[:, 1] += lift.astype(np.float32)
    kit.add(
        put(Mesh(lifted, fuselage.normals, fuselage.colors, fuselage.glow, fuselage.faces), (0.0, y, 0.0)),
        bone=body,
        gloss=0.6,
    )
    for s in (1.0, -1.0):
        kit.add(
            wing((3.6, y - 0.9, s * 1.3), (-4.6, y + 0.5, s * 15.0), (6.2, 1.5), shade(paint, 0.94)),
            wing((-4.7, y + 0.45, s * 14.8), (-5.6, y + 2.0, s * 15.5), (1.5, 0.8), tail),
            bone=body,
            gloss=0.5,
        )
        kit.add(
            wing((-11.6, y + 0.95, s * 0.4), (-14.6, y + 1.5, s * 5.6), (3.0, 1.2), shade(paint, 0.94)),
            bone=body,
            gloss=0.5,
        )
        cowl = lathe(
            [
                (0.62, -1.7),
                (0.85, -1.0),
                (1.02, 0.2),
                (1.0, 1.3),
                (0.9, 1.55),
                (0.78, 1.3),
                (0.74, 0.6),
                (0.0, 0.55),
            ],
            [tail, tail, tail, STEEL, STEEL, DARK, DARK],
            axis="x",
            sides=28,
        )
        at = (2.0, y - 2.05, s * 5.2)
        kit.add(
            put(cowl, at),
            put(
                lathe([(0.0, -2.5), (0.42, -1.75), (0.58, -1.5), (0.0, -1.4)], STEEL, axis="x", sides=20), at
            ),
            bone=body,
            gloss=0.6,
        )
        kit.add(
            box(
                (at[0] - 1.6, at[1] + 0.8, at[2] - 0.1),
                (at[0] + 0.9, at[1] + 1.5, at[2] + 0.1),
                paint,
                round_m=0.08,
            ),
            bone=body,
        )
        fan = kit.bone("fan", at, body)
        for k in range(10):
            kit.add(
                put(
                    box((-0.04, 0.1, -0.10), (0.04, 0.76, 0.10), (0.3, 0.3, 0.32), round_m=0.02),
                    (at[0] + 0.75, at[1], at[2]),
                    turn=[("y", 30.0), ("x", 36.0 * k)],
                ),
                bone=fan,
            )
        for k in range(26):
            x = -8.5 + 0.72 * k
            if x < 10.5:
                kit.add(_porthole(x, y + 0.42, s * 1.87, 0.16, 0.23), bone=body, gloss=1.0)
        for x in (-10.2, 11.4):
            half = 1.42 if x < 0.0 else 1.78
            kit.add(
                _porthole(x, y + (0.6 if x < 0 else 0.15), s * (half + 0.02), 0.42, 0.85, shade(paint, 0.82)),
                bone=body,
            )
    kit.add(_fin((-11.0, y + 1.6), 4.3, 1.6, 6.0, tail), bone=body, gloss=0.5)
    for s in (1.0, -1.0):
        for a0 in (0.06, 0.42):
            pane = [
                _nose_at(line, 13.75 + dx, (0.5 * math.pi - s * (a0 + da)), y)
                for dx, da in ((0.0, 0.0), (0.0, 0.32), (0.55, 0.30), (0.62, 0.0))
            ]
            kit.add(_facet(pane, GLASS), bone=body, gloss=1.0)
    gear = kit.bone("gear", (0.0, y, 0.0), body)
    for x, z in ((11.5, 0.0), (-1.0, 2.6), (-1.0, -2.6)):
        kit.add(sweep([(x, y - 1.3, z), (x, 0.55, z)], 0.13, STEEL, sides=8), bone=gear, gloss=0.7)
        for off in (-0.25, 0.25):
            kit.add(
                put(
                    lathe(
                        [(0.0, -0.16), (0.5, -0.16), (0.55, -0.08), (0.55, 0.08), (0.5, 0.16), (0.0, 0.16)],
                        TYRE,
                        axis="z",
                        sides=18,
                    ),
                    (x, 0.55, z + off),
                ),
                bone=gear,
            )
    return _flying(Ride.PLANE, body, 31.0, 31.0, 26.0, 9.5, head=(12.0, y, 0.0), gear=(gear,))


def _porthole(x: float, y: float, z: float, half_w: float, half_h: float, color: Rgb = GLASS) -> Mesh:
    rim = rounded(
        [
            (x - half_w, y - half_h),
            (x + half_w, y - half_h),
            (x + half_w, y + half_h),
            (x - half_w, y + half_h),
        ],
        min(half_w, half_h) * 0.9,
        2,
    )
    points = np.array(
        [(a, b, z + math.copysign(0.03, z)) for a, b in rim] + [(x, y, z + math.copysign(0.03, z))]
    )
    k = np.arange(len(rim))
    faces = np.stack([np.full(len(rim), len(rim)), k, (k + 1) % len(rim)], 1)
    return creased(points, faces if z > 0.0 else faces[:, ::-1], color)


def _nose_at(line: np.ndarray, x: float, turn: float, y: float) -> tuple[float, float, float]:
    r = float(np.interp(x, line[:, 1], line[:, 0])) + 0.025
    return x, y + r * math.sin(turn), r * math.cos(turn)


def _facet(corners: list[tuple[float, float, float]], color: Rgb) -> Mesh:
    points = np.array(corners)
    normal = np.cross(points[1] - points[0], points[2] - points[0])
    faces = np.array([[0, 1, 2], [0, 2, 3]])
    outward = points.mean(0) - np.array([points[:, 0].mean() - 0.8, points[:, 1].mean() - 0.8, 0.0])
    return creased(points, faces if float(normal @ outward) > 0.0 else faces[:, ::-1], color)


def _fin(
    foot: tuple[float, float], chord: float, tip: float, tall: float, color: Rgb, thick: float = 0.16
) -> Mesh:
    """An upright fin, swept back."""
    x, y = foot
    outline = [
        (x + 0.2, y - 0.6),
        (x + 0.2 + 0.12 * chord, y),
        (x - 0.62 * chord - 0.2, y + tall),
        (x - 0.62 * chord - 0.2 - tip, y + tall),
        (x - chord, y - 0.6),
    ]
    return prism(
        rounded(outline[::1] if _ccw(outline) else outline[::-1], 0.3), -thick, thick, color, round_m=0.11
    )


def _ccw(rim: list[tuple[float, float]]) -> bool:
    p = np.array(rim)
    q = np.roll(p, -1, 0)
    return float((p[:, 0] * q[:, 1] - q[:, 0] * p[:, 1]).sum()) > 0.0


def fighter(order: Order, kit: Assembly) -> Mechanism:
    """A jet fighter with delta wings and two fins."""
    paint = order.color("body") or (0.45, 0.48, 0.52)
    body = kit.bone("hull", (0.0, 1.8, 0.0))
    y = 1.9
    kit.add(
        put(
            lathe(
                softened(
                    [
                        (0.0, -6.2),
                        (0.62, -6.0),
                        (0.95, -3.5),
                        (1.0, 0.0),
                        (0.85, 3.0),
                        (0.55, 5.4),
                        (0.2, 7.0),
                        (0.0, 7.6),
                    ]
                ),
                paint,
                axis="x",
                sides=28,
                crease_deg=60.0,
            ),
            (0.0, y, 0.0),
            size=(1.0, 0.82, 1.15),
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(ball((3.0, y + 0.62, 0.0), (1.7, 0.52, 0.48), (0.10, 0.12, 0.10)), bone=body, gloss=1.0)
    for s in (1.0, -1.0):
        kit.add(
            wing((2.2, y - 0.1, s * 0.8), (-3.6, y - 0.1, s * 5.0), (6.0, 1.4), paint, thick=0.05),
            wing((-4.2, y, s * 0.8), (-6.2, y, s * 2.9), (2.4, 1.1), paint, thick=0.06),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            put(
                _fin((-3.2, 0.0), 2.6, 1.1, 2.3, shade(paint, 0.92), 0.07),
                (0.0, y + 0.6, s * 0.85),
                turn=[("x", s * 14.0)],
            ),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            box(
                (-1.5, y - 0.55, s * 1.0 - 0.32), (2.6, y + 0.25, s * 1.0 + 0.32), paint, round_m=0.2, steps=2
            ),
            box((2.5, y - 0.42, s * 1.0 - 0.22), (2.66, y + 0.12, s * 1.0 + 0.22), DARK, round_m=0.05),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            put(
                lathe(
                    [(0.42, -0.9), (0.5, 0.0), (0.36, 0.0), (0.3, -0.85), (0.0, -0.3)],
                    (0.2, 0.2, 0.22),
                    axis="x",
                    sides=20,
                ),
                (-5.9, y, s * 0.5),
            ),
            bone=body,
            gloss=0.6,
        )
        kit.add(
            lathe(
                [(0.0, -1.2), (0.11, -1.1), (0.11, 1.0), (0.0, 1.4)],
                _WHITE,
                axis="x",
                at=(-1.2, y - 0.35, s * 3.0),
                sides=10,
            ),
            bone=body,
        )
    flames: list[Flame] = []
    for s in (0.5, -0.5):
        at = (-6.6, y, s)
        bone = kit.bone("flame", at, body)
        kit.add(
            put(ball((0.0, 0.0, 0.0), (1.3, 0.28, 0.28), (1.0, 0.6, 0.2), level=2, glow=1.0), (-7.4, y, s)),
            bone=bone,
            gloss=0.0,
            shades=False,
        )
        flames.append(Flame(bone, at))
    return _flying(Ride.PLANE, body, 14.0, 10.0, 30.0, 4.4, flames=tuple(flames), head=(4.0, y + 0.4, 0.0))


def biplane(order: Order, kit: Assembly) -> Mechanism:
    """A propeller plane: one wing above, one below (``wings`` 1 leaves only the upper)."""
    paint, second = order.color("body") or (0.80, 0.16, 0.12), order.color("wings") or (0.95, 0.90, 0.78)
    two = int(order.kind.shape.get("wings", 2)) == 2
    body = kit.bone("hull", (0.0, 1.3, 0.0))
    y = 1.35
    kit.add(
        put(
            lathe(
                softened(
                    [
                        (0.0, -3.6),
                        (0.10, -3.55),
                        (0.30, -2.2),
                        (0.50, -0.6),
                        (0.56, 0.8),
                        (0.55, 1.8),
                        (0.46, 2.1),
                        (0.0, 2.15),
                    ]
                ),
                paint,
                axis="x",
                sides=26,
                crease_deg=55.0,
            ),
            (0.0, y, 0.0),
            size=(1.0, 1.1, 0.95),
        ),
        bone=body,
        gloss=0.55,
    )
    kit.add(
        lathe(
            [(0.0, 0.0), (0.47, 0.0), (0.50, 0.12), (0.44, 0.2), (0.0, 0.2)],
            STEEL,
            axis="x",
            at=(2.0, y, 0.0),
            sides=24,
        ),
        bone=body,
        gloss=0.8,
    )
    if two:
        kit.add(
            ball((-0.35, y + 0.52, 0.0), (0.42, 0.16, 0.30), (0.18, 0.10, 0.06), level=2),
            box((0.08, y + 0.45, -0.22), (0.12, y + 0.82, 0.22), GLASS, round_m=0.02),
            bone=body,
            gloss=0.9,
        )
    else:
        kit.add(
            box((-0.9, y + 0.2, -0.46), (0.9, y + 0.98, 0.46), GLASS, round_m=0.22, steps=2),
            bone=body,
            gloss=1.0,
        )
    for s in (1.0, -1.0):
        for rise in (1.05, -0.25) if two else (1.0,):
            kit.add(
                wing(
                    (1.15 if rise > 0.0 else 0.8, y + rise, s * 0.05 if rise > 0 else s * 0.4),
                    (1.05 if rise > 0.0 else 0.7, y + rise + 0.15, s * 4.3),
                    (1.35, 1.25),
                    second,
                    thick=0.10,
                ),
                bone=body,
                gloss=0.45,
            )
            kit.add(
                wing(
                    (1.052 if rise > 0 else 0.702, y + rise + 0.125, s * 3.5),
                    (1.03 if rise > 0 else 0.68, y + rise + 0.155, s * 4.34),
                    (1.29, 1.28),
                    paint,
                    thick=0.112,
                ),
                bone=body,
                gloss=0.45,
            )
        for x in (0.75, -0.1):
            if two:
                kit.add(
                    sweep([(x, y - 0.18, s * 2.9), (x + 0.1, y + 1.12, s * 2.9)], 0.035, WOOD_, sides=6),
                    sweep([(x, y + 0.5, s * 0.35), (x + 0.1, y + 1.05, s * 0.8)], 0.03, WOOD_, sides=6),
                    bone=body,
                )
            else:
                kit.add(
                    sweep([(x, y - 0.2, s * 0.5), (x, y + 1.08, s * 2.2)], 0.035, STEEL, sides=6), bone=body
                )
        kit.add(
            wing((-2.6, y + 0.15, 0.0), (-2.9, y + 0.15, s * 1.45), (0.95, 0.6), second, thick=0.09),
            bone=body,
            gloss=0.45,
        )
        kit.add(
            sweep([(0.9, y - 0.4, s * 0.25), (1.05, 0.36, s * 0.8)], 0.04, DARK, sides=6),
            put(
                lathe(
                    [(0.0, -0.08), (0.3, -0.08), (0.36, -0.03), (0.36, 0.03), (0.3, 0.08), (0.0, 0.08)],
                    TYRE,
                    axis="z",
                    sides=22,
                ),
                (1.05, 0.36, s * 0.85),
            ),
            bone=body,
        )
    kit.add(
        prism(
            rounded(
                [(-2.6, y + 0.2), (-3.75, y - 0.05), (-3.85, y + 0.75), (-3.45, y + 1.15), (-3.05, y + 0.95)][
                    ::-1
                ],
                0.22,
            ),
            -0.04,
            0.04,
            paint,
            round_m=0.02,
        ),
        bone=body,
        gloss=0.5,
    )
    hub = (2.3, y, 0.0)
    screw = kit.bone("propeller", hub, body)
    kit.add(ball((2.34, y, 0.0), (0.24, 0.15, 0.15), paint, level=2), bone=screw, gloss=0.7)
    for k in range(2):
        kit.add(
            put(
                ball((0.0, 0.55, 0.0), (0.035, 0.55, 0.095), (0.35, 0.22, 0.12), level=2),
                hub,
                turn=[("y", 18.0), ("x", 180.0 * k)],
            ),
            bone=screw,
            gloss=0.5,
        )
    return _flying(
        Ride.PLANE,
        body,
        6.0,
        8.6,
        13.0,
        2.6,
        spinners=(Spinner(screw, hub, (1.0, 0.0, 0.0), 5.3),),
        head=(1.2, y + 0.2, 0.0),
    )


WOOD_: Rgb = (0.45, 0.30, 0.18)


def helicopter(order: Order, kit: Assembly) -> Mechanism:
    """A helicopter: glass nose, tail boom, two rotors, skids."""
    paint = order.color("body") or (0.80, 0.25, 0.12)
    body = kit.bone("hull", (0.0, 1.5, 0.0))
    y = 1.55
    cabin = put(
        lathe(
            softened(
                [
                    (0.0, -2.2),
                    (0.35, -2.1),
                    (0.85, -1.2),
                    (1.05, 0.0),
                    (1.0, 1.0),
                    (0.7, 1.8),
                    (0.3, 2.2),
                    (0.0, 2.3),
                ]
            ),
            paint,
            axis="x",
            sides=30,
            crease_deg=70.0,
        ),
        (0.3, y, 0.0),
        size=(1.0, 0.98, 0.85),
    )
    kit.add(cabin, bone=body, gloss=0.6)
    glass = lathe(
        [
            *softened([(0.95, 0.62), (0.92, 1.2), (0.72, 1.8), (0.32, 2.2), (0.0, 2.31)], 3)[:-1].tolist(),
            (0.0, 2.31),
        ],
        GLASS,
        axis="x",
        sides=30,
        crease_deg=70.0,
    )
    kit.add(put(glass, (0.34, y + 0.05, 0.0), size=(1.0, 0.98, 0.87)), bone=body, gloss=1.0)
    for s in (1.0, -1.0):
        kit.add(
            box((-0.55, y - 0.05, s * 0.80 - 0.06), (0.62, y + 0.62, s * 0.80 + 0.075), GLASS, round_m=0.06),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            sweep(
                [(-1.3, 0.12, s * 1.0), (1.5, 0.12, s * 1.0), (1.85, 0.28, s * 1.0)],
                0.05,
                DARK,
                sides=8,
                bend=3,
            ),
            bone=body,
            gloss=0.5,
        )
        for x in (-0.7, 0.9):
            kit.add(sweep([(x, y - 0.75, s * 0.5), (x, 0.14, s * 1.0)], 0.04, DARK, sides=8), bone=body)
        kit.add(
            wing((-4.6, y + 0.4, 0.0), (-4.8, y + 0.4, s * 0.95), (0.6, 0.4), paint), bone=body, gloss=0.5
        )
    kit.add(
        sweep(
            [(-1.2, y + 0.25, 0.0), (-3.5, y + 0.42, 0.0), (-5.6, y + 0.55, 0.0)],
            [0.46, 0.24, 0.13],
            paint,
            sides=16,
        ),
        bone=body,
        gloss=0.6,
    )
    kit.add(
        prism(
            rounded(
                [
                    (-5.1, y + 0.4),
                    (-5.9, y - 0.25),
                    (-6.15, y - 0.2),
                    (-5.95, y + 0.5),
                    (-6.3, y + 1.5),
                    (-5.95, y + 1.55),
                ][::-1]
                if not _ccw(
                    [
                        (-5.1, y + 0.4),
                        (-5.9, y - 0.25),
                        (-6.15, y - 0.2),
                        (-5.95, y + 0.5),
                        (-6.3, y + 1.5),
                        (-5.95, y + 1.55),
                    ]
                )
                else [
                    (-5.1, y + 0.4),
                    (-5.9, y - 0.25),
                    (-6.15, y - 0.2),
                    (-5.95, y + 0.5),
                    (-6.3, y + 1.5),
                    (-5.95, y + 1.55),
                ],
                0.1,
            ),
            -0.06,
            0.06,
            paint,
            round_m=0.03,
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(
        box((-1.1, y + 0.75, -0.42), (0.75, y + 1.22, 0.42), shade(paint, 0.85), round_m=0.18, steps=2),
        lathe(
            [(0.14, 1.1), (0.09, 1.5), (0.16, 1.55), (0.16, 1.68), (0.0, 1.7)],
            DARK,
            at=(0.0, y, 0.0),
            sides=16,
        ),
        bone=body,
        gloss=0.5,
    )
    hub = (0.0, y + 1.62, 0.0)
    rotor = kit.bone("rotor", hub, body)
    for k in range(4):
        kit.add(
            put(
                box((0.1, -0.015, -0.12), (4.9, 0.015, 0.12), (0.13, 0.13, 0.14), round_m=0.012),
                hub,
                turn=[("z", 1.5), ("y", 90.0 * k + 20.0)],
            ),
            put(
                box((4.4, -0.017, -0.122), (4.905, 0.017, 0.122), (0.95, 0.80, 0.2), round_m=0.012),
                hub,
                turn=[("z", 1.5), ("y", 90.0 * k + 20.0)],
            ),
            bone=rotor,
            shades=False,
        )
    tail_hub = (-6.05, y + 1.25, 0.16)
    tail = kit.bone("tail rotor", tail_hub, body)
    for k in range(4):
        kit.add(
            put(
                box((-0.05, 0.03, -0.01), (0.05, 0.8, 0.01), (0.13, 0.13, 0.14), round_m=0.008),
                tail_hub,
                turn=[("z", 90.0 * k)],
            ),
            bone=tail,
        )
    spinners = (Spinner(rotor, hub, (0.0, 1.0, 0.0), 3.1), Spinner(tail, tail_hub, (0.0, 0.0, 1.0), 5.2))
    return _flying(Ride.ROTOR, body, 8.5, 2.4, 9.0, 3.2, spinners=spinners, head=(1.6, y, 0.0))


def drone(order: Order, kit: Assembly) -> Mechanism:
    """A quadcopter with a camera."""
    paint = order.color("body") or (0.16, 0.16, 0.18)
    body = kit.bone("hull", (0.0, 0.09, 0.0))
    kit.add(
        box((-0.13, 0.08, -0.07), (0.14, 0.16, 0.07), paint, round_m=0.03, steps=2),
        ball((0.12, 0.08, 0.0), (0.035, 0.035, 0.035), DARK, level=2),
        bone=body,
        gloss=0.6,
    )
    kit.add(disc((0.156, 0.08, 0.0), 0.016, (0.3, 0.45, 0.6), axis="x", sides=12), bone=body, gloss=1.0)
    spinners: list[Spinner] = []
    for x in (0.2, -0.2):
        for z in (0.2, -0.2):
            hub = (x, 0.185, z)
            kit.add(
                sweep([(x * 0.3, 0.13, z * 0.25), (x, 0.14, z)], 0.016, paint, sides=8),
                lathe(
                    [(0.0, 0.12), (0.03, 0.12), (0.03, 0.175), (0.0, 0.18)], STEEL, at=(x, 0.0, z), sides=14
                ),
                sweep([(x * 0.8, 0.13, z * 0.8), (x * 0.85, 0.0, z * 0.85)], 0.008, paint, sides=6),
                bone=body,
                gloss=0.5,
            )
            bone = kit.bone("rotor", hub, body)
            for k in range(2):
                kit.add(
                    put(
                        box((0.005, -0.002, -0.014), (0.15, 0.003, 0.014), (0.10, 0.10, 0.11), round_m=0.002),
                        hub,
                        turn=[("x", 8.0), ("y", 180.0 * k + 40.0 * x)],
                    ),
                    bone=bone,
                    shades=False,
                )
            kit.add(
                ball(
                    (x * 1.02, 0.13, z * 1.02),
                    0.012,
                    (0.2, 0.9, 0.3) if x < 0.0 else (0.95, 0.2, 0.15),
                    level=1,
                    glow=0.9,
                ),
                bone=body,
            )
            spinners.append(Spinner(bone, hub, (0.0, 1.0, 0.0), 7.3 if x * z > 0.0 else -7.3))
    return _flying(Ride.ROTOR, body, 0.55, 0.55, 2.5, 0.19, spinners=tuple(spinners), head=(0.12, 0.09, 0.0))


def balloon(order: Order, kit: Assembly) -> Mechanism:
    """A hot-air balloon: gores in two or three colours, a basket, a burner."""
    first = order.color("body") or (0.85, 0.22, 0.15)
    second = order.color("patches") or order.color("stripe") or (0.96, 0.78, 0.25)
    third = order.color("rim") or (0.95, 0.93, 0.88)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    gores, per = 16, 4
    sides = gores * per
    knots = softened(
        [
            (0.9, 3.3),
            (1.5, 4.4),
            (3.3, 7.0),
            (5.0, 10.0),
            (5.6, 13.2),
            (4.9, 16.2),
            (3.0, 18.3),
            (1.2, 19.0),
            (0.0, 19.15),
        ],
        4,
    )
    knots[0, 0] = 0.9
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    bulge = 1.0 + 0.035 * np.abs(np.sin(turn * gores / 2.0))
    rings = np.stack(
        [
            knots[:, :1] * np.cos(turn) * bulge,
            np.broadcast_to(knots[:, 1:], (len(knots), sides)),
            -knots[:, :1] * np.sin(turn) * bulge,
        ],
        -1,
    )
    height = (knots[:-1, 1] + knots[1:, 1]) / 2.0
    paint = np.empty((len(knots) - 1, sides, 3))
    gore = (np.arange(sides) // per) % 2
    paint[:, gore == 0] = first
    paint[:, gore == 1] = second
    paint[(height > 11.6) & (height < 12.7)] = third
    paint[height < 4.9] = third
    paint[height > 18.2] = third
    faces = ring_faces(len(knots), sides)
    kit.add(
        creased(rings.reshape(-1, 3), faces, np.tile(paint.reshape(-1, 3), (2, 1)), crease_deg=60.0),
        bone=body,
        gloss=0.25,
    )
    inside = rings[:6] * np.array([0.99, 1.0, 0.99])
    kit.add(
        creased(inside.reshape(-1, 3), ring_faces(6, sides)[:, ::-1], shade(first, 0.5), crease_deg=80.0),
        bone=body,
        gloss=0.0,
        shades=False,
    )
    wicker: Rgb = (0.52, 0.36, 0.20)
    kit.add(
        box((-0.72, 0.0, -0.6), (0.72, 1.05, 0.6), wicker, round_m=0.12, steps=2),
        box((-0.78, 0.98, -0.66), (0.78, 1.12, 0.66), shade(wicker, 0.65), round_m=0.06),
        box((-0.62, 1.06, -0.5), (0.62, 1.14, 0.5), (0.12, 0.09, 0.06), round_m=0.02),
        bone=body,
    )
    for y in (0.2, 0.4, 0.6, 0.8):
        kit.add(
            box((-0.735, y, -0.615), (0.735, y + 0.04, 0.615), shade(wicker, 0.8), round_m=0.1), bone=body
        )
    for x in (-0.6, 0.6):
        for z in (-0.5, 0.5):
            kit.add(
                sweep(
                    [(x, 1.1, z), (x * 0.85, 2.1, z * 0.85), (x * 1.35, 3.5, z * 1.5)], 0.025, DARK, sides=5
                ),
                bone=body,
                shades=False,
            )
    kit.add(lathe([(0.0, 2.05), (0.2, 2.05), (0.24, 2.3), (0.0, 2.3)], STEEL, sides=16), bone=body, gloss=0.8)
    at = (0.0, 2.3, 0.0)
    flame = kit.bone("flame", at, body)
    kit.add(
        lathe(
            [(0.0, 2.25), (0.16, 2.5), (0.13, 2.9), (0.0, 3.5)],
            (1.0, 0.72, 0.25),
            sides=14,
            glow=1.0,
            crease_deg=80.0,
        ),
        bone=flame,
        gloss=0.0,
        shades=False,
    )
    return _flying(
        Ride.BALLOON, body, 11.0, 11.0, 1.2, 19.1, flames=(Flame(flame, at),), head=(0.0, 13.0, 5.6)
    )


def airship(order: Order, kit: Assembly) -> Mechanism:
    """An airship with fins and a gondola."""
    paint, second = order.color("body") or (0.75, 0.76, 0.78), order.color("tail") or (0.72, 0.22, 0.16)
    body = kit.bone("hull", (0.0, 6.0, 0.0))
    y = 6.6
    kit.add(
        lathe(
            softened(
                [
                    (0.0, -17.0),
                    (1.5, -15.8),
                    (3.2, -11.0),
                    (4.4, -3.0),
                    (4.5, 4.0),
                    (3.6, 11.0),
                    (1.8, 15.3),
                    (0.0, 17.0),
                ]
            ),
            paint,
            axis="x",
            at=(0.0, y, 0.0),
            sides=40,
            crease_deg=70.0,
        ),
        bone=body,
        gloss=0.45,
    )
    for k in range(4):
        fin = prism(
            rounded([(-10.5, 2.2), (-12.0, 4.6), (-15.8, 5.0), (-16.0, 0.9), (-13.0, 1.2)], 0.4),
            -0.16,
            0.16,
            second,
            round_m=0.08,
        )
        kit.add(put(fin, (0.0, y, 0.0), turn=[("x", 90.0 * k)]), bone=body, gloss=0.4)
    kit.add(box((-2.5, 0.6, -0.95), (3.2, 2.4, 0.95), _WHITE, round_m=0.4, steps=2), bone=body, gloss=0.5)
    for s in (1.0, -1.0):
        for k in range(5):
            kit.add(_porthole(-1.8 + k, 1.65, s * 0.96, 0.34, 0.30), bone=body, gloss=1.0)
        kit.add(
            put(
                lathe([(0.0, -0.8), (0.32, -0.4), (0.35, 0.5), (0.0, 0.8)], DARK, axis="x", sides=16),
                (-3.0, 2.4, s * 1.9),
            ),
            sweep([(-3.0, 2.5, s * 1.9), (-2.4, 2.9, s * 0.6)], 0.08, DARK),
            bone=body,
            gloss=0.4,
        )
    kit.add(box((-1.6, 2.2, -0.5), (2.4, 2.8, 0.5), shade(paint, 0.8), round_m=0.1), bone=body)
    return _flying(Ride.BALLOON, body, 34.0, 9.0, 4.0, 11.1, head=(10.0, y, 0.0))


def parachute(order: Order, kit: Assembly) -> Mechanism:
    """A round canopy with its lines."""
    first, second = order.color("body") or (0.85, 0.25, 0.18), order.color("patches") or (0.95, 0.93, 0.88)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    sides = 48
    knots = np.array([(3.1, 4.9), (3.05, 5.4), (2.7, 6.2), (1.9, 6.95), (0.9, 7.3), (0.0, 7.4)])
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    scallop = 1.0 - 0.05 * np.abs(np.sin(turn * 6.0))
    rings = np.stack(
        [
            knots[:, :1] * np.cos(turn) * scallop,
            np.broadcast_to(knots[:, 1:], (len(knots), sides)),
            -knots[:, :1] * np.sin(turn) * scallop,
        ],
        -1,
    )
    tones = np.where(((np.arange(sides) // 4) % 2 == 0)[:, None], np.array(first), np.array(second))
    paint = np.tile(np.tile(tones, (len(knots) - 1, 1)), (2, 1))
    faces = ring_faces(len(knots), sides)
    kit.add(
        creased(rings.reshape(-1, 3), faces, paint, crease_deg=80.0),
        creased(
            rings.reshape(-1, 3) * np.array([0.99, 0.995, 0.99]), faces[:, ::-1], paint * 0.7, crease_deg=80.0
        ),
        bone=body,
    )
    for k in range(12):
        a = 2.0 * math.pi * k / 12.0
        kit.add(
            sweep(
                [
                    (3.05 * math.cos(a), 4.95, 3.05 * math.sin(a)),
                    (0.12 * math.cos(a), 1.2, 0.12 * math.sin(a)),
                ],
                0.014,
                DARK,
                sides=4,
            ),
            bone=body,
            shades=False,
        )
    kit.add(box((-0.2, 0.6, -0.16), (0.1, 1.2, 0.16), (0.35, 0.30, 0.2), round_m=0.08), bone=body)
    return _flying(Ride.BALLOON, body, 6.0, 6.0, 0.8, 7.4)


def rocket(order: Order, kit: Assembly) -> Mechanism:
    """A rocket on its fins; its engine burns when it is launched."""
    paint, second = order.color("body") or _WHITE, order.color("tail") or (0.80, 0.16, 0.12)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    line = softened(
        [
            (1.0, 1.6),
            (1.35, 3.0),
            (1.55, 6.0),
            (1.5, 9.0),
            (1.2, 11.6),
            (0.7, 13.4),
            (0.25, 14.5),
            (0.0, 14.8),
        ],
        5,
    )
    line[0, 0] = 1.0
    tones: list[Rgb] = [
        second if h > 11.4 or 3.1 < h < 3.6 else (shade(paint, 0.45) if h < 2.0 else paint)
        for h in ((line[:-1, 1] + line[1:, 1]) / 2.0).tolist()
    ]
    kit.add(lathe(line, tones, sides=36, crease_deg=60.0), bone=body, gloss=0.6)
    kit.add(
        lathe(
            [(0.0, 1.7), (0.7, 1.7), (0.95, 0.8), (0.85, 0.8), (0.6, 1.6), (0.0, 1.6)][::-1],
            (0.25, 0.25, 0.27),
            sides=26,
        ),
        bone=body,
        gloss=0.7,
    )
    for k in range(4):
        fin = prism(
            rounded([(1.05, 1.9), (2.6, 0.0), (3.15, 0.0), (3.0, 2.2), (1.4, 5.0), (1.2, 4.6)], 0.12),
            -0.12,
            0.12,
            second,
            round_m=0.06,
        )
        kit.add(put(fin, turn=[("y", 90.0 * k + 45.0)]), bone=body, gloss=0.5)
    for turn in (0.0, 180.0, 90.0, -90.0):
        for y, size in ((9.6, 0.55), (7.4, 0.42)) if turn in {0.0, 90.0} else ((9.6, 0.55),):
            r = float(np.interp(y, line[:, 1], line[:, 0]))
            window = [
                ring((0.0, 0.0, r - 0.03), size, 0.12, STEEL, sides=24),
                ball((0.0, 0.0, r - 0.06), (size, size, 0.14), (0.12, 0.25, 0.38), level=2),
            ]
            for piece in window:
                kit.add(put(put(piece, (0.0, y, 0.0)), turn=[("y", turn)]), bone=body, gloss=1.0)
    at = (0.0, 1.0, 0.0)
    flame = kit.bone("flame", at, body)
    kit.add(
        lathe(
            [(0.0, -4.6), (0.35, -3.2), (0.85, -0.8), (0.7, 0.9), (0.0, 1.0)],
            (1.0, 0.45, 0.10),
            sides=18,
            glow=0.9,
            crease_deg=80.0,
        ),
        lathe(
            [(0.0, -2.6), (0.45, -0.6), (0.72, 0.85), (0.0, 0.9)],
            (1.0, 0.88, 0.45),
            sides=16,
            glow=1.0,
            crease_deg=80.0,
        ),
        bone=flame,
        gloss=0.0,
        shades=False,
    )
    rng = np.random.default_rng(5)
    for k in range(16):
        a, far = 2.399 * k, 0.9 + 0.20 * k
        puff = float(rng.uniform(0.6, 1.1))
        kit.add(
            ball(
                (far * math.cos(a), 0.35 * puff - 0.8, far * math.sin(a)),
                (puff, 0.8 * puff, puff),
                (0.92, 0.90, 0.88),
                level=2,
            ),
            bone=flame,
            gloss=0.0,
            shades=False,
        )
    return _flying(Ride.ROCKET, body, 4.0, 4.0, 14.0, 14.8, flames=(Flame(flame, at),), head=(0.0, 9.6, 1.4))


def saucer(order: Order, kit: Assembly) -> Mechanism:
    """A flying saucer: a dome of glass, a ring of lights that turns."""
    paint = order.color("body") or (0.62, 0.65, 0.69)
    glow = order.color("light") or (0.45, 0.95, 0.75)
    body = kit.bone("hull", (0.0, 1.5, 0.0))
    kit.add(
        lathe(
            [
                (0.0, 0.25),
                (1.2, 0.25),
                (1.5, 0.55),
                (3.0, 0.95),
                (4.6, 1.35),
                (4.8, 1.5),
                (4.6, 1.65),
                (3.0, 2.05),
                (1.7, 2.4),
                (1.5, 2.5),
                (0.0, 2.5),
            ],
            paint,
            sides=56,
        ),
        bone=body,
        gloss=0.8,
    )
    kit.add(
        put(ball((0.0, 0.0, 0.0), (1.5, 1.35, 1.5), (0.25, 0.50, 0.52), glow=0.15), (0.0, 2.4, 0.0)),
        ring((0.0, 2.45, 0.0), 1.55, 0.12, STEEL, axis="y", sides=40),
        bone=body,
        gloss=1.0,
    )
    kit.add(disc((0.0, 0.24, 0.0), 1.1, glow, axis="-y", glow=1.0), bone=body)
    rim = kit.bone("rim", (0.0, 1.2, 0.0), body)
    for k in range(16):
        a = 2.0 * math.pi * k / 16.0
        color = glow if k % 2 else (0.98, 0.80, 0.35)
        kit.add(
            ball((4.0 * math.cos(a), 1.83, 4.0 * math.sin(a)), (0.2, 0.13, 0.2), color, level=2, glow=1.0),
            ball((3.6 * math.cos(a), 1.05, 3.6 * math.sin(a)), (0.22, 0.14, 0.22), color, level=2, glow=1.0),
            bone=rim,
            gloss=0.8,
        )
    for k in range(3):
        a = 2.0 * math.pi * k / 3.0
        kit.add(
            sweep(
                [(1.8 * math.cos(a), 0.7, 1.8 * math.sin(a)), (2.4 * math.cos(a), 0.1, 2.4 * math.sin(a))],
                0.09,
                STEEL,
            ),
            ball((2.4 * math.cos(a), 0.08, 2.4 * math.sin(a)), (0.28, 0.08, 0.28), STEEL, level=2),
            bone=body,
            gloss=0.8,
        )
    return _flying(
        Ride.SAUCER,
        body,
        9.6,
        9.6,
        6.0,
        3.75,
        spinners=(Spinner(rim, (0.0, 1.2, 0.0), (0.0, 1.0, 0.0), 0.25, always=True),),
    )


def spaceship(order: Order, kit: Assembly) -> Mechanism:
    """A space cruiser: a wedge with engines that glow."""
    paint, second = order.color("body") or (0.66, 0.68, 0.72), order.color("stripe") or (0.75, 0.25, 0.15)
    body = kit.bone("hull", (0.0, 2.0, 0.0))
    y = 2.2
    kit.add(
        put(
            lathe(
                softened([(0.9, -6.0), (1.25, -5.0), (1.5, -2.0), (1.2, 2.0), (0.7, 5.0), (0.0, 7.6)]),
                paint,
                axis="x",
                sides=28,
                crease_deg=55.0,
            ),
            (0.0, y, 0.0),
            size=(1.0, 0.72, 1.3),
        ),
        ball((2.7, y + 0.62, 0.0), (1.5, 0.45, 0.6), (0.08, 0.14, 0.2)),
        bone=body,
        gloss=0.7,
    )
    kit.add(
        prism(
            rounded([(-5.8, -1.6), (-2.0, -1.2), (-1.0, 0.0), (-2.0, 1.2), (-5.8, 1.6)], 0.3),
            y + 0.5,
            y + 1.25,
            shade(paint, 0.85),
            axis="y",
            round_m=0.2,
        ),
        bone=body,
        gloss=0.5,
    )
    for s in (1.0, -1.0):
        kit.add(
            wing((1.0, y - 0.1, s * 1.2), (-4.6, y - 0.4, s * 5.2), (5.0, 1.6), paint, thick=0.09),
            wing((-4.55, y - 0.37, s * 4.7), (-4.75, y - 0.4, s * 5.3), (1.9, 1.6), second, thick=0.14),
            bone=body,
            gloss=0.6,
        )
        kit.add(
            lathe(
                [(0.6, -2.0), (0.72, -1.0), (0.7, 1.2), (0.4, 1.9), (0.0, 2.0)],
                shade(paint, 0.8),
                axis="x",
                at=(-4.4, y, s * 2.2),
                sides=24,
            ),
            bone=body,
            gloss=0.6,
        )
    flames: list[Flame] = []
    for z in (-2.2, 0.0, 2.2):
        x = -6.35 if z else -6.0
        kit.add(disc((x, y, z), 0.58 if z else 0.85, (0.55, 0.85, 1.0), axis="-x", glow=1.0), bone=body)
        bone = kit.bone("flame", (x, y, z), body)
        kit.add(
            lathe(
                [(0.0, -2.4), (0.3, -1.2), (0.5, 0.0), (0.0, 0.02)],
                (0.40, 0.75, 1.0),
                axis="x",
                at=(x, y, z),
                sides=16,
                glow=1.0,
                crease_deg=80.0,
            ),
            bone=bone,
            shades=False,
        )
        flames.append(Flame(bone, (x, y, z)))
    for x, z in ((3.6, 0.0), (-3.0, 1.6), (-3.0, -1.6)):
        kit.add(
            sweep([(x, y - 0.5, z), (x, 0.15, z)], 0.12, STEEL),
            ball((x, 0.1, z), (0.35, 0.1, 0.3), STEEL, level=2),
            bone=body,
            gloss=0.7,
        )
    kit.add(ball((7.2, y, 0.0), (0.12, 0.1, 0.1), LAMP, level=1, glow=0.8), bone=body)
    return _flying(Ride.SAUCER, body, 13.5, 10.4, 14.0, 3.5, flames=tuple(flames))


def satellite(order: Order, kit: Assembly) -> Mechanism:
    """A satellite with two wings of solar cells and a dish."""
    paint = order.color("body") or (0.80, 0.62, 0.25)
    body = kit.bone("hull", (0.0, 1.0, 0.0))
    kit.add(box((-0.7, 0.4, -0.6), (0.7, 1.8, 0.6), paint, round_m=0.06), bone=body, gloss=0.8)
    for s in (1.0, -1.0):
        kit.add(sweep([(0.0, 1.1, s * 0.5), (0.0, 1.1, s * 1.1)], 0.05, STEEL), bone=body, gloss=0.8)
        for k in range(3):
            z = s * (1.65 + 1.08 * k)
            kit.add(
                box((-0.65, 1.08, z - 0.5), (0.65, 1.13, z + 0.5), (0.10, 0.16, 0.38), round_m=0.01),
                box((-0.66, 1.085, z - 0.02), (0.66, 1.135, z + 0.02), STEEL, round_m=0.004),
                box((-0.02, 1.085, z - 0.5), (0.02, 1.135, z + 0.5), STEEL, round_m=0.004),
                bone=body,
                gloss=0.9,
            )
    dish = lathe(
        [(0.0, 0.0), (0.35, 0.06), (0.6, 0.2), (0.62, 0.2), (0.36, 0.04), (0.0, -0.04)][::-1],
        _WHITE,
        sides=28,
    )
    kit.add(
        put(dish, (0.85, 1.6, 0.0), turn=[("z", -70.0)]),
        sweep([(0.7, 1.5, 0.0), (1.3, 1.82, 0.0)], 0.03, STEEL),
        bone=body,
        gloss=0.6,
    )
    return _flying(Ride.SAUCER, body, 2.0, 8.5, 1.0, 1.9)
