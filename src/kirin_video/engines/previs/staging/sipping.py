"""Sipping: a small flyer that hovers before a flower is at the head of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup

_FLYERS = frozenset({Family.BIRD, Family.CREATURE})
_NEAR = frozenset(
    {
        *(RelationKind.IN_FRONT_OF, RelationKind.BESIDE, RelationKind.FACING),
        *(RelationKind.OVER, RelationKind.ABOVE, RelationKind.TOWARDS),
    }
)
_STAYING = frozenset({Action.HOVER, Action.IDLE, Action.EAT, Action.DRINK})
_TINY = 0.5
"""Who is so small beside a flower, as a share of its height, sips from it."""
_HEAD, _BEFORE = 0.86, 0.30
"""How high the blossom is, as a share of the flower's height, and how far beside it one hovers, in widths."""


def sips(one: Part, flower: Part) -> bool:
    """Whether a small flyer stays in the air at a flower."""
    subject = one.role.subject
    small = one.body.height_m < _TINY * flower.body.height_m
    related = any(r.kind in _NEAR and r.to == flower.role.number for r in subject.relations)
    blooms = flower.role.kind.shape.get("form") == "flower"
    return blooms and small and related and one.role.kind.family in _FLYERS and subject.action in _STAYING


def sipping(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with small flyers at the heads of the flowers that they hover before."""
    found = list(parts)
    for at, one in enumerate(found):
        flower = next((part for part in parts if part is not one and sips(one, part)), None)
        if flower is not None and not one.carried and one.hold is None:
            found[at] = _before(setup, one, flower)
    return found


def _before(setup: Setup, one: Part, flower: Part) -> Part:
    """At its side in the picture, its beak to the blossom."""
    (place, *_), _ = flower.track.at(np.array([0.5 * setup.seconds]))
    turn = setup.look.turn(1.0, 0.0)
    away = 0.5 * one.body.length_m + _BEFORE * flower.body.width_m
    x, z = float(place[0]) - away * math.cos(turn), float(place[2]) + away * math.sin(turn)
    foot = float(setup.ground.terrain(np.array([x]), np.array([z]))[0])
    up = float(place[1]) + _HEAD * flower.body.height_m - 0.5 * one.body.height_m - foot
    count = len(one.track.times)
    places = np.repeat(np.array([[x, up, z]]), count, 0)
    track = replace(one.track, places=places, turns=np.full(count, turn), terrain=setup.ground.terrain)
    return replace(one, track=track, deeds=((0.0, Action.HOVER),))
