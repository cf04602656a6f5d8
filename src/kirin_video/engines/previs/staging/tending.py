"""Tending: what is watered, blown at or chopped is before whoever does it, who is seen from the side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup

_REACH = 0.55
"""How far before somebody water from his can falls, in his heights."""
_STANDING_OFF = 0.16
"""How far from its edge somebody stands who blows at what is on it, in his heights."""
_FARTHER = -0.22
"""How much nearer to the viewer the plants are, as a share of what is between them."""
_TENDED = frozenset({Action.WATER, Action.BLOW, Action.CHOP, Action.PLANT})
_GOLDEN = 2.39996


def tending(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everything that is watered before whoever waters it."""
    found = list(parts)
    for at, one in enumerate(found):
        if one.role.subject.action not in _TENDED or one.carried or one.which:
            continue
        grown = [k for k, p in enumerate(found) if _is_watered(p, one)]
        if not grown:
            continue
        turn = setup.look.turn(1.0, _FARTHER)
        still = np.full(len(one.track.turns), turn)
        found[at] = replace(one, track=replace(one.track, turns=still))
        for nth, k in enumerate(grown):
            moved = _before(found[k], one, turn, nth)
            _with_its_load(found, found[k], moved)
            found[k] = moved
    return found


def _with_its_load(found: list[Part], before: Part, moved: Part) -> None:
    """What stands on something goes where that goes, and what stands on that."""
    (place, *_), _ = before.track.at(np.zeros(1))
    (other, *_), _ = moved.track.at(np.zeros(1))
    off, bearing = (other - place) * np.array([1.0, 0.0, 1.0]), {before.role.number}
    for k, part in enumerate(found):
        on_it = any(r.kind is RelationKind.ON and r.to in bearing for r in part.role.subject.relations)
        if part.carried and part.hold is None and on_it:
            bearing.add(part.role.number)
            found[k] = replace(part, track=replace(part.track, places=part.track.places + off))


def _is_watered(part: Part, one: Part) -> bool:
    before = any(
        r.kind is RelationKind.IN_FRONT_OF and r.to == one.role.number for r in part.role.subject.relations
    )
    return before and part.hold is None and part.role.kind.family is Family.THING


def _before(plant: Part, one: Part, turn: float, nth: int) -> Part:
    """One of the plants, round the place where the water falls."""
    (place, *_), _ = one.track.at(np.zeros(1))
    size = max(plant.body.length_m, plant.body.width_m)
    deep = min(plant.body.length_m, plant.body.width_m)
    near = 0.5 * deep + _STANDING_OFF * one.body.height_m
    ahead = (
        near if one.role.subject.action is Action.BLOW else max(_REACH * one.body.height_m, 0.5 * size + 0.3)
    )
    far = min(0.62 * size, 0.32) * math.sqrt(nth) * 1.25
    x = place[0] + ahead * math.cos(turn) + far * math.cos(_GOLDEN * nth)
    z = place[2] - ahead * math.sin(turn) + far * math.sin(_GOLDEN * nth)
    places = np.repeat(np.array([[x, 0.0, z]]), len(plant.track.times), 0)
    return replace(plant, track=replace(plant.track, places=places))
