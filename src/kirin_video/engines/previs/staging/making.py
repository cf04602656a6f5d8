"""Making: those who build something, or have a picnic, are round it and look at it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup

_AT = frozenset(
    {
        RelationKind.AROUND,
        RelationKind.IN_FRONT_OF,
        RelationKind.BESIDE,
        RelationKind.HELD_BY,
        RelationKind.WITH,
    }
)
_SPREAD = 1.25
"""How far round it they are, to both sides of its far side, radians."""
_ALONE = 0.75
"""The same of one alone: his face is seen, and the side of what he builds."""
_NEAR = 0.24
"""From its rim to somebody's middle, in his heights."""
_TALL = 0.62
"""What is taller than this share of somebody is worked at standing."""
_FEW = 5
_ROUND_IT = frozenset({Action.BUILD, Action.PICNIC})


def making(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who builds something round it."""
    found = list(parts)
    things = [p for p in found if p.role.kind.family is Family.THING and p.hold is None and not p.carried]
    for thing in things:
        makers = [k for k, p in enumerate(found) if _makes(p, thing) and not _makes_another(p, thing, things)]
        if makers and len(makers) <= _FEW and thing.which == 0:
            for nth, at in enumerate(makers):
                found[at] = _round_it(setup, found[at], thing, nth, len(makers))
    return found


def _makes(part: Part, thing: Part) -> bool:
    if part.role.subject.action not in _ROUND_IT or part.role.kind.family is not Family.PERSON:
        return False
    return _is_at(part, thing) or _is_at(thing, part)


def _makes_another(part: Part, thing: Part, things: Sequence[Part]) -> bool:
    """Whether somebody is only near this thing, such as a house, and another is there for him."""
    return not _is_at(thing, part) and any(_is_at(one, part) for one in things)


def _is_at(one: Part, other: Part) -> bool:
    return any(r.kind in _AT and r.to == other.role.number for r in one.role.subject.relations)


def _round_it(setup: Setup, part: Part, thing: Part, nth: int, count: int) -> Part:
    (place, *_), _ = thing.track.at(np.zeros(1))
    away = setup.look.turn(0.0, 1.0)
    off = _ALONE if count == 1 else _SPREAD * (2.0 * nth / (count - 1) - 1.0)
    turn = away + off
    far = 0.5 * max(thing.body.length_m, thing.body.width_m) + _NEAR * part.body.height_m
    at = place + far * np.array([math.cos(turn), 0.0, -math.sin(turn)])
    places = np.repeat((at * np.array([1.0, 0.0, 1.0]))[None], len(part.track.times), 0)
    track = replace(part.track, places=places, turns=np.full(len(places), turn + math.pi))
    stands = thing.body.height_m > _TALL * part.body.height_m
    doing = Action.WORK if stands else Action.BUILD
    deeds = tuple((start, doing if action is Action.BUILD else action) for start, action in part.deeds)
    return replace(part, track=track, deeds=deeds)
