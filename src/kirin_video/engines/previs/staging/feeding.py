"""Feeding: an animal that somebody feeds faces him, its mouth near his hand; birds gather at his feet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.parts import Part, Setup

_FED = frozenset({Family.QUADRUPED, Family.BIRD})
_HAND = 0.24
"""How far before somebody his hand is that feeds, in his heights."""
_AT_HAND = 0.36
"""Whose head is higher than this share of the feeder takes it from the hand."""
_FARTHER = 0.25
"""How much farther from the viewer the animal is than the feeder, as a share of what is between them."""
_HALF = 0.56
"""How far from its middle an animal's mouth is, in its lengths."""


def feeding(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with animals that are fed before those who feed them."""
    found = list(parts)
    for at, one in enumerate(found):
        if one.role.subject.action is not Action.FEED or one.role.kind.family is not Family.PERSON:
            continue
        fed = [k for k, p in enumerate(found) if _is_fed(p)]
        for nth, k in enumerate(fed):
            found[k] = _before(setup, found[k], one, nth, len(fed))
        if len(fed) == 1:
            turn = setup.look.turn(1.0, _FARTHER)
            track = replace(one.track, turns=np.full(len(one.track.turns), turn))
            found[at] = replace(one, track=track)
    return found


def _is_fed(part: Part) -> bool:
    return part.role.kind.family in _FED and part.hold is None and not part.carried


def _before(setup: Setup, animal: Part, feeder: Part, nth: int, count: int) -> Part:
    (place, *_), _ = feeder.track.at(np.array([0.5 * setup.seconds]))
    tall = feeder.body.height_m
    spread = 0.0 if count == 1 else 0.9 * (2.0 * nth / (count - 1) - 1.0)
    turn = setup.look.turn(1.0, _FARTHER) + spread
    away = _HAND * tall + _HALF * animal.body.length_m
    at = place + away * np.array([math.cos(turn), 0.0, -math.sin(turn)])
    places = np.repeat((at * np.array([1.0, 0.0, 1.0]))[None], len(animal.track.times), 0)
    track = replace(
        animal.track,
        places=places,
        turns=np.full(len(places), turn + math.pi),
        terrain=setup.ground.terrain,
    )
    from_hand = animal.body.height_m > _AT_HAND * tall
    deeds = ((0.0, Action.STAND if from_hand else Action.EAT),)
    return replace(animal, track=track, deeds=deeds)
