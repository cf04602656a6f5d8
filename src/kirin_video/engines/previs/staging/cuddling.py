"""Cuddling: who hugs an animal is beside it with the arms round its neck.

Who has somebody on the shoulders holds on to his legs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.person.bond import Bond, Touch
from kirin_video.engines.previs.bodies.person.grip import Grip
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup
from kirin_video.engines.previs.staging.troupe import MOUNTED

_HUGS = frozenset({Action.HUG, Action.KISS})
_NEAR = frozenset({RelationKind.WITH, RelationKind.BESIDE, RelationKind.FACING, RelationKind.IN_FRONT_OF})
_KNEELS = 0.62
"""Who hugs what has its neck below this share of his height kneels."""
_KNELT = 0.59
"""How high the shoulders of somebody on his knees are, as a share of his height."""
_NECK = 0.24
"""How far ahead of its middle an animal's neck is, in its lengths."""
_STANDING, _SITTING = 0.66, 0.80
"""How high the neck of an animal is that stands or sits, in its heights."""
_SHOULDERS = 0.80
"""How high somebody's shoulders are, in his height."""
_ARMS = 0.26
"""How far below his shoulders somebody's arms still go round a neck."""
_GAP = 0.085
"""From somebody's middle to the side of what he hugs, in heights."""
_ASIDE = 0.42
"""How far those who hug it are turned towards its face, radians."""


def cuddled(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who hugs an animal at its neck, and those who carry others holding them."""
    found = list(parts)
    for k, part in enumerate(found):
        motion = part.body.motion
        if not isinstance(motion, PersonMotion):
            continue
        rider = next((p for p in found if _sits_on(p, part)), None)
        if rider is not None:
            own = replace(part.body, motion=motion.holding("r", Grip.SHINS, rider.body.width_m))
            found[k] = replace(part, own=own)
        animal = next((a for a, p in enumerate(found) if not part.carried and _is_hugged_by(p, part)), None)
        if animal is not None:
            found[k], found[animal] = _hugging(setup, part, found[animal])
    return found


def _sits_on(one: Part, other: Part) -> bool:
    ridden = any(r.kind in MOUNTED and r.to == other.role.number for r in one.role.subject.relations)
    return one.carried and ridden and one.which == other.which and isinstance(one.body.motion, PersonMotion)


def _is_hugged_by(one: Part, other: Part) -> bool:
    """Whether somebody hugs an animal."""
    if one.role.kind.family is not Family.QUADRUPED or one.carried or one.hold is not None:
        return False
    doing = {other.role.subject.action, *other.role.subject.also}
    pairs = ((other, one), (one, other))
    near = any(r.kind in _NEAR and r.to == b.role.number for a, b in pairs for r in a.role.subject.relations)
    return bool(doing & _HUGS) and near and one.which == other.which


def _hugging(setup: Setup, person: Part, animal: Part) -> tuple[Part, Part]:
    """Somebody on the far side of an animal's neck, and the animal that holds still for it."""
    tall, body = person.body.height_m, animal.body
    kneels = _STANDING * body.height_m < _KNEELS * tall
    neck = (_SITTING if kneels else _STANDING) * body.height_m
    shoulders = (_KNELT if kneels else _SHOULDERS) * tall
    high = float(np.clip(neck, shoulders - _ARMS * tall, shoulders))
    (place, *_), _ = animal.track.at(np.array([0.5 * setup.seconds]))
    # The animal is seen from its side, a little from the front; he is behind it, and his face over its back.
    turn = setup.look.turn(0.86, -0.5)
    ahead, side = np.array([math.cos(turn), -math.sin(turn)]), np.array([-math.sin(turn), -math.cos(turn)])
    apart = _GAP * tall + 0.5 * body.width_m
    middle = place[[0, 2]]
    at = middle + _NECK * body.length_m * ahead + apart * side
    still = np.zeros_like(animal.track.places)
    placed = still + np.array([middle[0], 0.0, middle[1]])
    beast = replace(animal.track, places=placed, turns=np.full(len(placed), turn))
    own = replace(
        person.track,
        places=still[: len(placed)] + np.array([at[0], 0.0, at[1]]),
        times=animal.track.times,
        turns=np.full(len(placed), turn - math.pi / 2.0 + _ASIDE),
    )
    motion = person.body.motion
    assert isinstance(motion, PersonMotion)
    bond = Bond(Touch.CUDDLE, "l", apart, high, leads=True)
    deeds = tuple((start, Action.KNEEL if kneels else Action.STAND) for start, _ in person.deeds)
    sits = Action.SIT if kneels else Action.STAND
    return (
        replace(person, track=own, deeds=deeds, own=replace(person.body, motion=motion.bound(bond))),
        replace(animal, track=beast, deeds=((0.0, sits),)),
    )
