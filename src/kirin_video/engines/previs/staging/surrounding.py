"""Surrounding: what somebody is among stands all round him, and leaves him in sight."""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.staging.formation import Spot

_ROOM = 0.62
"""How far from the middle nobody stands, as a share of the length of whoever is there."""
_OPEN = math.radians(38.0)
"""Towards the viewer, this far to both sides, only what is low stands near."""
_FAR = 1.9
"""How much further away it stands there."""


def all_round(spots: tuple[Spot, ...], length_m: float, towards: float) -> tuple[Spot, ...]:
    """Places of a group pushed outwards, so that there is room in their middle.

    Args:
        spots: their places about their own middle.
        length_m: of whoever is in the middle.
        towards: the way from the middle to the viewer: radians from ahead to the right.
    """
    return tuple(_outside(spot, _ROOM * length_m, towards) for spot in spots)


def _outside(spot: Spot, room: float, towards: float) -> Spot:
    angle = math.atan2(spot.aside, spot.ahead)
    off = (angle - towards + math.pi) % (2.0 * math.pi) - math.pi
    far = math.hypot(math.hypot(spot.ahead, spot.aside), room)
    far *= _FAR if abs(off) < _OPEN else 1.0
    return replace(spot, ahead=far * math.cos(angle), aside=far * math.sin(angle))
