"""Submarines."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import curved, rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep, wing
from kirin_video.engines.previs.bodies.hard.solids import ball, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.machine.hulls import floating
from kirin_video.engines.previs.bodies.machine.paint import GLASS, LAMP
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order


def submarine(order: Order, kit: Assembly) -> Mechanism:
    """A round little submarine with a tower, portholes and a propeller."""
    paint = order.color("body") or (0.93, 0.74, 0.12)
    body = kit.bone("hull", (0.0, 1.3, 0.0))
    profile = [
        (0.0, -4.6),
        (0.30, -4.55),
        (0.75, -3.6),
        (1.15, -2.0),
        (1.3, -0.4),
        (1.3, 1.6),
        (1.2, 2.7),
        (0.92, 3.5),
        (0.5, 4.0),
        (0.0, 4.15),
    ]
    knots = np.array(profile)
    fine = np.linspace(0.0, len(profile) - 1.0, 34)

    smooth = curved(knots, fine)
    smooth[:, 0] = np.maximum(smooth[:, 0], 0.0)
    smooth[[0, -1], 0] = 0.0
    kit.add(
        lathe(smooth, paint, axis="x", at=(0.0, 1.4, 0.0), sides=36, crease_deg=70.0), bone=body, gloss=0.6
    )
    tower = prism(
        rounded([(-0.9, 2.3), (1.3, 2.3), (1.0, 3.7), (-0.7, 3.7)], 0.25), -0.42, 0.42, paint, round_m=0.2
    )
    kit.add(
        tower,
        sweep([(0.35, 3.6, 0.0), (0.35, 4.6, 0.0), (0.62, 4.75, 0.0)], 0.08, STEEL, sides=10),
        bone=body,
        gloss=0.6,
    )
    for x in (-1.2, 0.0, 1.2, 2.4):
        for s in (1.0, -1.0):
            z = 1.3 if x < 2.0 else 1.2
            kit.add(
                ring((x, 1.55, s * (z - 0.02)), 0.27, 0.07, STEEL, sides=22),
                disc((x, 1.55, s * (z + 0.02)), 0.24, GLASS, axis="z" if s > 0.0 else "-z", sides=22),
                bone=body,
                gloss=1.0,
            )
    for s in (1.0, -1.0):
        kit.add(wing((-3.0, 1.4, s * 0.7), (-3.5, 1.4, s * 2.0), (1.1, 0.7), paint), bone=body, gloss=0.5)
        kit.add(wing((1.0, 3.0, s * 0.4), (0.8, 3.0, s * 1.3), (0.7, 0.5), paint), bone=body, gloss=0.5)
        kit.add(
            wing((-3.0, 1.4 + s * 0.7, 0.0), (-3.6, 1.4 + s * 1.8, 0.0), (1.1, 0.7), paint),
            bone=body,
            gloss=0.5,
        )
    kit.add(ball((3.9, 1.5, 0.0), (0.2, 0.28, 0.28), LAMP, level=2, glow=0.7), bone=body, gloss=1.0)
    hub = (-4.7, 1.4, 0.0)
    screw = kit.bone("screw", hub, body)
    for k in range(4):
        kit.add(
            put(
                ball((0.0, 0.42, 0.0), (0.05, 0.4, 0.16), (0.72, 0.55, 0.25), level=2),
                hub,
                turn=[("y", 25.0), ("x", 90.0 * k)],
            ),
            bone=screw,
            gloss=0.8,
        )
    kit.add(ball(hub, (0.2, 0.14, 0.14), (0.72, 0.55, 0.25), level=2), bone=screw, gloss=0.8)
    return floating(
        body,
        8.8,
        2.6,
        4.8,
        2.4,
        spinners=(Spinner(screw, hub, (1.0, 0.0, 0.0), 2.0),),
        deck=3.7,
        ride=Ride.DIVER,
    )
