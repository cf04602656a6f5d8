"""Huddling: who takes a picture of himself with others has them close behind both shoulders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part

_BACK, _ASIDE = 0.15, 0.31
"""How far behind each other rows are, and how far beside each other people in them, in heights."""
_TURNED = 0.30
"""How far those beside are turned inwards, radians."""


def huddled(parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who is in somebody's picture of himself behind him."""
    found = list(parts)
    for one in parts:
        if one.role.subject.action is not Action.SELFIE or one.which or one.carried:
            continue
        others = [k for k, p in enumerate(found) if _is_in_it(p, one)]
        for nth, k in enumerate(others):
            found[k] = _behind(found[k], one, nth)
    return found


def _is_in_it(part: Part, one: Part) -> bool:
    joins = part.role.number == one.role.number and part.which > 0
    for a, b in ((part, one), (one, part)):
        kinds = {r.kind for r in a.role.subject.relations if r.to == b.role.number}
        joins = joins or bool(kinds & {RelationKind.WITH, RelationKind.BESIDE})
    return joins and isinstance(part.body.motion, PersonMotion) and not part.carried


def _behind(part: Part, one: Part, nth: int) -> Part:
    """One of them: to the left and to the right by turns, each row farther back."""
    (place, *_), (turn, *_) = one.track.at(np.zeros(1))
    side, row = (1.0 if nth % 2 else -1.0), nth // 2 + 1
    tall = one.body.height_m
    ahead = np.array([math.cos(turn), 0.0, -math.sin(turn)])
    right = np.array([math.sin(turn), 0.0, math.cos(turn)])
    at = place - (_BACK * row * tall) * ahead + (side * _ASIDE * (0.25 + 0.75 * row) * tall) * right
    places = np.repeat((at * np.array([1.0, 0.0, 1.0]))[None], len(part.track.times), 0)
    track = replace(part.track, places=places, turns=np.full(len(places), turn + side * _TURNED))
    return replace(part, track=track)
