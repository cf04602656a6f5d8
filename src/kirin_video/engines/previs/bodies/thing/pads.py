"""What floats on ponds: the leaves of water lilies."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_NOTCH_RAD = 0.30
"""Half the angle of the notch of a leaf."""
_RIBS = 11


def lily_pad(order: Order, kit: Assembly) -> Mechanism:
    """A round leaf with a notch, flat on the water, a smaller one and a blossom beside it."""
    green = paint_of(order, "body", (0.30, 0.52, 0.20))
    petal = paint_of(order, "petals", (0.95, 0.66, 0.76))
    kit.add(put(_leaf(0.30, green), (0.0, 0.0, 0.0), turn=[("y", 150.0)]), gloss=0.35, shades=False)
    kit.add(
        put(_leaf(0.19, shade(green, 0.86)), (-0.40, -0.004, -0.26), turn=[("y", 40.0)]),
        gloss=0.35,
        shades=False,
    )
    kit.add(
        put(_leaf(0.15, shade(green, 1.12)), (0.33, -0.004, -0.36), turn=[("y", -70.0)]),
        gloss=0.35,
        shades=False,
    )
    at = (-0.20, 0.02, -0.44)
    for ring, (count, lean, long) in enumerate(((7, 62.0, 0.085), (7, 38.0, 0.08), (5, 16.0, 0.065))):
        for k in range(count):
            leaf = ball(
                (0.0, long * 0.8, 0.0), (0.013, long, 0.030), shade(petal, 1.0 - 0.05 * ring), level=2
            )
            kit.add(put(leaf, at, turn=[("z", -lean), ("y", 360.0 * (k + 0.5 * ring) / count)]), gloss=0.1)
    kit.add(ball((at[0], at[1] + 0.03, at[2]), 0.024, (0.95, 0.78, 0.22), level=1))
    return still(0.6, 0.6, 0.03, ride=Ride.BOAT, tops=(("top", (0.0, 0.024, 0.0)),))


def _leaf(radius: float, color: Rgb) -> Mesh:
    """A disc with a notch towards +x, its rim a little raised, ribs from its middle."""
    around = np.linspace(_NOTCH_RAD, 2.0 * math.pi - _NOTCH_RAD, 8 * _RIBS + 1)
    rings = np.array([0.0, 0.30, 0.62, 0.90, 1.0])
    high = np.array([0.018, 0.020, 0.018, 0.017, 0.034]) * radius / 0.30
    x = radius * rings[:, None] * np.cos(around)
    z = -radius * rings[:, None] * np.sin(around)
    points = np.stack([x, np.repeat(high[:, None], len(around), 1), z], -1).reshape(-1, 3)
    at = np.arange(len(points)).reshape(len(rings), -1)
    a, b, c, d = (part.reshape(-1) for part in (at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]))
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    ribs = (np.arange(len(around) - 1) % 8 == 0)[None, :] & (np.arange(len(rings) - 1) < 3)[:, None]  # noqa: PLR2004 -- ribs end before the rim
    tones = np.where(ribs.reshape(-1, 1), np.array(shade(color, 1.30)), np.array(color))
    under = faces[:, ::-1]
    return creased(
        points,
        np.concatenate([faces, under]),
        np.concatenate([tones, tones, np.tile(shade(color, 0.6), (len(under), 1))]),
        crease_deg=50.0,
    )
