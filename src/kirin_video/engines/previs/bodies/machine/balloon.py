"""What hangs in the air: hot air balloons, airships, parachutes."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import rounded, softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring_faces
from kirin_video.engines.previs.bodies.machine.flying import WHITE, Rgb, flies, porthole
from kirin_video.engines.previs.bodies.machine.paint import DARK, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order


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
    return flies(Ride.BALLOON, body, 11.0, 11.0, 1.2, 19.1, flames=(Flame(flame, at),), head=(0.0, 13.0, 5.6))


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
    kit.add(box((-2.5, 0.6, -0.95), (3.2, 2.4, 0.95), WHITE, round_m=0.4, steps=2), bone=body, gloss=0.5)
    for s in (1.0, -1.0):
        for k in range(5):
            kit.add(porthole(-1.8 + k, 1.65, s * 0.96, 0.34, 0.30), bone=body, gloss=1.0)
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
    return flies(Ride.BALLOON, body, 34.0, 9.0, 4.0, 11.1, head=(10.0, y, 0.0))


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
    return flies(Ride.BALLOON, body, 6.0, 6.0, 0.8, 7.4)
