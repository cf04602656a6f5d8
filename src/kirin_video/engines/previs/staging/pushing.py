"""Pushing: a pram, a wheelchair or a trolley goes ahead of whoever has its handle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.person.grip import Grip
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup
from kirin_video.engines.previs.staging.troupe import MOUNTED

_WITH_HANDLES = frozenset({"stroller", "wheelchair", "shopping_cart"})
"""What one has by its handle whenever one is behind it."""
_HANDLE = 0.15
"""How far ahead of his middle somebody has a handle, in his heights."""


def pushing(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everything on wheels that somebody pushes before him, and who sits in it."""
    del setup
    found = list(parts)
    for at, one in enumerate(found):
        cart = next((k for k, p in enumerate(found) if _is_pushed(p, one)), None)
        if cart is None or not isinstance(one.body.motion, PersonMotion) or one.carried:
            continue
        before, after = found[cart], _ahead(found[cart], one)
        found[cart] = after
        for k, rider in enumerate(found):
            if _rides(rider, after):
                found[k] = _along(rider, before.track, after.track)
        if not one.body.motion.hands_full:
            own = replace(one.body, motion=one.body.motion.holding("r", Grip.BAR, after.body.width_m))
            found[at] = replace(one, own=own)
    return found


def _is_pushed(part: Part, one: Part) -> bool:
    behind = any(
        r.kind is RelationKind.BEHIND and r.to == part.role.number for r in one.role.subject.relations
    )
    return behind and part.role.kind.name in _WITH_HANDLES and part.which == one.which


def _rides(part: Part, cart: Part) -> bool:
    return part.carried and any(
        r.to == cart.role.number and r.kind in {*MOUNTED, RelationKind.IN}
        for r in part.role.subject.relations
    )


def _ahead(cart: Part, one: Part) -> Part:
    """A cart on the way of whoever pushes it, its handle before his chest."""
    track = one.track
    far = 0.5 * cart.body.length_m + _HANDLE * one.body.height_m
    ahead = np.stack([np.cos(track.turns), 0.0 * track.turns, -np.sin(track.turns)], 1)
    return replace(
        cart,
        track=replace(track, places=track.places * [1.0, 0.0, 1.0] + far * ahead),
        deeds=((0.0, Action.DRIVE),),
    )


def _along(rider: Part, before: Track, after: Track) -> Part:
    """Who sits in it, as he sat before it was moved."""
    (place, *_), (turn, *_) = before.at(np.zeros(1))
    (mine, *_), (own, *_) = rider.track.at(np.zeros(1))
    x, _, z = _turned((mine - place)[None], np.array([-turn]))[0]
    rest = np.tile([x, 0.0, z], (len(after.times), 1))
    places = after.places + _turned(rest, after.turns)
    places[:, 1] = mine[1] - place[1]
    turns = after.turns + (own - turn)
    return replace(rider, track=replace(after, places=places, turns=turns))


def _turned(points: Floats, turns: Floats) -> Floats:
    """Points (k, 3) turned to the left about the upright axis by radians (k,)."""
    c, s = np.cos(turns), np.sin(turns)
    return np.stack(
        [c * points[:, 0] + s * points[:, 2], points[:, 1], c * points[:, 2] - s * points[:, 0]], 1
    )
