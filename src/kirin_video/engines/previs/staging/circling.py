"""Circling: people who talk and laugh in a group stand round its middle, open to the viewer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.parts import Part, Setup
from kirin_video.engines.previs.staging.troupe import Role

_SOCIABLE = frozenset({Action.SPEAK, Action.LAUGH, Action.CLAP, Action.DRINK})
_FEWEST, _MOST = 3, 9
_ROUND = 1.5
"""How far round the middle they are, to both sides of its far side, radians."""
_ROOM = 0.36
"""How much of the round one takes, in his heights."""


def circled(setup: Setup, roles: Sequence[Role], parts: Sequence[Part]) -> list[Part]:
    """The parts with groups of people who have something to say to each other in a circle."""
    found = list(parts)
    for role in roles:
        if not _is_sociable(role):
            continue
        group = [k for k, p in enumerate(found) if p.role.number == role.number]
        if any(found[k].carried for k in group):
            continue
        middle = np.mean([found[k].track.places[len(found[k].track.places) // 2] for k in group], axis=0)
        for nth, k in enumerate(group):
            found[k] = _round(setup, found[k], middle, nth, len(group))
    return found


def _is_sociable(role: Role) -> bool:
    few = _FEWEST <= len(role.bodies) <= _MOST
    return (
        few
        and role.kind.family is Family.PERSON
        and role.subject.action in _SOCIABLE
        and not role.subject.relations
    )


def _round(setup: Setup, part: Part, middle: np.ndarray, nth: int, count: int) -> Part:
    turn = setup.look.turn(0.0, 1.0) + _ROUND * (2.0 * nth / (count - 1) - 1.0)
    far = _ROOM * part.body.height_m * count / (2.0 * _ROUND)
    at = middle + far * np.array([math.cos(turn), 0.0, -math.sin(turn)])
    places = np.repeat((at * np.array([1.0, 0.0, 1.0]))[None], len(part.track.times), 0)
    return replace(part, track=replace(part.track, places=places, turns=np.full(len(places), turn + math.pi)))
