"""Umbrellas."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.turned import ring_faces
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, STEEL, WOOD, paint_of, still
from kirin_video.engines.previs.plan import RelationKind

_LYING_DEG = 47.0
"""How far its stick leans when rim and crook touch the ground."""


def umbrella(order: Order, kit: Assembly) -> Mechanism:
    """An umbrella, open, with gores in one or two colours and a crook.

    Nobody's lies on its rim, its crook on the ground, so that its handle shows; ``pole`` makes a sunshade
    that stands in the ground.
    """
    first = paint_of(order, "body", (0.82, 0.16, 0.14))
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
    pole = bool(order.kind.shape.get("pole"))
    _stick(kit, pole=pole)
    for k in range(ribs):
        a = 2.0 * math.pi * k / ribs
        kit.add(
            sweep([(0.28 * math.cos(a), 0.9, 0.28 * math.sin(a)), (0.0, 0.62, 0.0)], 0.003, STEEL, sides=4),
            shades=False,
        )
    if pole or any(r.kind is RelationKind.HELD_BY for r in order.subject.relations):
        return still(1.1, 1.1, 1.03)
    lean = [("z", _LYING_DEG)]
    kit.pieces = [replace(p, mesh=put(p.mesh, (0.30, -0.03, 0.0), turn=lean)) for p in kit.pieces]
    return still(1.1, 1.1, 0.95, sides=(0.95, -0.95))


def _stick(kit: Assembly, *, pole: bool) -> None:
    """What holds it up: a stick with a crook, or a pole that stands in the ground."""
    if pole:
        kit.add(sweep([(0.0, 1.03, 0.0), (0.0, 0.0, 0.0)], 0.014, CREAM, sides=10), gloss=0.4)
        return
    crook = [(0.0, 0.16, 0.0), (0.0, 0.05, 0.0), (0.035, 0.012, 0.0), (0.07, 0.04, 0.0), (0.07, 0.07, 0.0)]
    kit.add(
        sweep([(0.0, 1.03, 0.0), (0.0, 0.08, 0.0)], 0.011, STEEL, sides=8),
        sweep(crook, 0.018, WOOD, sides=10, bend=6),
        gloss=0.6,
    )
