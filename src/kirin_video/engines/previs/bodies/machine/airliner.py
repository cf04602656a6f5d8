"""Airliners."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep, wing
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.flying import WHITE, facet_at, flies, porthole, upright_fin
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, TYRE
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.mesh import Mesh


def airliner(order: Order, kit: Assembly) -> Mechanism:
    """A passenger jet: swept wings, two engines, a coloured tail."""
    paint, tail = order.color("body") or WHITE, order.color("tail") or (0.15, 0.35, 0.70)
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
                kit.add(porthole(x, y + 0.42, s * 1.87, 0.16, 0.23), bone=body, gloss=1.0)
        for x in (-10.2, 11.4):
            half = 1.42 if x < 0.0 else 1.78
            kit.add(
                porthole(x, y + (0.6 if x < 0 else 0.15), s * (half + 0.02), 0.42, 0.85, shade(paint, 0.82)),
                bone=body,
            )
    kit.add(upright_fin((-11.0, y + 1.6), 4.3, 1.6, 6.0, tail), bone=body, gloss=0.5)
    for s in (1.0, -1.0):
        for a0 in (0.06, 0.42):
            pane = [
                _nose_at(line, 13.75 + dx, (0.5 * math.pi - s * (a0 + da)), y)
                for dx, da in ((0.0, 0.0), (0.0, 0.32), (0.55, 0.30), (0.62, 0.0))
            ]
            kit.add(facet_at(pane, GLASS), bone=body, gloss=1.0)
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
    return flies(Ride.PLANE, body, 31.0, 31.0, 26.0, 9.5, head=(12.0, y, 0.0), gear=(gear,))


def _nose_at(line: np.ndarray, x: float, turn: float, y: float) -> tuple[float, float, float]:
    r = float(np.interp(x, line[:, 1], line[:, 0])) + 0.025
    return x, y + r * math.sin(turn), r * math.cos(turn)
