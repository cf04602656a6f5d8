"""Folded paper: a boat."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import paint_of, shade, still

_LONG, _WIDE, _SIDE, _TALL = 0.5, 0.20, 0.20, 0.42
"""Half its length, half its width, how high its sides are and its sail: shares of a metre."""
_AFLOAT_M = 0.07
"""How high over the water its keel is: paper hardly sinks in, and waves hide what is low."""


def paper_boat(order: Order, kit: Assembly) -> Mechanism:
    """The boat that is folded of one sheet: two sides that meet in points, and the peak between them."""
    paper = paint_of(order, "body", (0.95, 0.95, 0.93))
    bow, stern = (_LONG, _SIDE * 1.25, 0.0), (-_LONG, _SIDE * 1.25, 0.0)
    keel = (0.52 * _LONG, 0.0, 0.0), (-0.52 * _LONG, 0.0, 0.0)
    rims = [(0.0, _SIDE, z) for z in (_WIDE, -_WIDE)]
    peak = (0.0, _TALL, 0.0)
    points = np.array([bow, stern, *keel, *rims, peak, (0.40 * _LONG, 0.10, 0.0), (-0.40 * _LONG, 0.10, 0.0)])
    near, far, top, fore, aft = 4, 5, 6, 7, 8
    hull = [(0, near, 2), (near, 3, 2), (near, 1, 3), (0, 2, far), (far, 2, 3), (far, 3, 1)]
    sail = [(fore, top, near), (near, top, aft), (fore, far, top), (far, aft, top)]
    both = [*hull, *sail]
    faces = np.array([*both, *((a, c, b) for a, b, c in both)], np.int64)
    tones = [1.0, 0.90, 0.96, 0.86, 0.80, 0.84, 0.97, 0.90, 0.82, 0.80]
    paint = np.array([shade(paper, tone) for tone in (*tones, *(0.86 * tone for tone in tones))])
    points[:, 1] += _AFLOAT_M
    kit.add(creased(points, faces, paint, crease_deg=5.0, glow=0.16), gloss=0.05)
    return still(2.0 * _LONG, 2.0 * _WIDE, _TALL, ride=Ride.BOAT, sides=(90.0, -90.0))
