"""Dousing: whoever has a hose turns it on what burns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.parts import Part

_HOSES = frozenset({"fire_hose"})
_ASIDE = 0.22
"""How far beside the middle of what burns the water goes, as a share of its length: it is seen then."""


def dousing(parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who holds a hose turned to what burns."""
    found = list(parts)
    burning = next((p for p in found if any(action is Action.BURN for _, action in p.deeds)), None)
    if burning is None:
        return found
    holders = {p.hold.by for p in found if p.hold is not None and p.role.kind.name in _HOSES}
    (goal, *_), (turn, *_) = burning.track.at(np.zeros(1))
    for at, one in enumerate(found):
        if (one.role.number, one.which) not in holders:
            continue
        (place, *_), _ = one.track.at(np.zeros(1))
        along = np.array([math.cos(turn), 0.0, -math.sin(turn)])
        side = math.copysign(_ASIDE * burning.body.length_m, float((place - goal) @ along))
        x, _, z = goal + side * along - place
        turns = np.full(len(one.track.turns), math.atan2(-z, x))
        found[at] = replace(one, track=replace(one.track, turns=turns))
    return found
