"""Couples: two people who hold hands, hug or dance with each other stand where they can, and do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.person.bond import Bond, Touch
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action, Age, RelationKind
from kirin_video.engines.previs.staging.parts import Part
from kirin_video.engines.previs.staging.troupe import Role

_TOUCHES = {
    Action.HUG: Touch.EMBRACE,
    Action.KISS: Touch.EMBRACE,
    Action.DANCE: Touch.WALTZ,
    Action.HOLD_HANDS: Touch.HANDS,
    Action.SHAKE_HANDS: Touch.SHAKE,
}
_APART = {Touch.HANDS: 0.155, Touch.EMBRACE: 0.080, Touch.WALTZ: 0.112, Touch.SHAKE: 0.215}
"""From one to the other, as a share of both heights together."""
_FISTS, _BLADES = 0.270, 0.440
"""The same of those who fight, with their fists and with blades."""
_NOSES = 0.46
"""From one animal to the other, as a share of both lengths together."""
_WORDS = 0.30
"""The same of those who talk with each other."""
_HIGH = {Touch.SHAKE: 0.560, Touch.HANDS: 0.490, Touch.EMBRACE: 0.735, Touch.WALTZ: 0.735}
_GUIDED = frozenset({Action.WALK, Action.STAND, Action.IDLE})
_TOGETHER = frozenset({RelationKind.WITH, RelationKind.BESIDE, RelationKind.HELD_BY})

Place = tuple[int, int]
"""The number of a role and which of its bodies."""


@dataclass(frozen=True, slots=True)
class _Couple:
    one: Place
    other: Place
    touch: Touch


def coupled(roles: Sequence[Role], parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who touches somebody beside or before them, arms and all."""
    found = list(parts)
    at = {(part.role.number, part.which): k for k, part in enumerate(found)}
    for couple in _couples(roles):
        if couple.one in at and couple.other in at:
            first, second = at[couple.one], at[couple.other]
            if not (found[first].carried or found[second].carried):
                found[first], found[second] = _joined(found[first], found[second], couple.touch)
    for one, other in _pairs_who(roles, Action.FIGHT):
        if one in at and other in at and not (found[at[one]].carried or found[at[other]].carried):
            found[at[other]] = _opposed(found[at[one]], found[at[other]])
    for one, other in _pairs_who(roles, Action.FIGHT, Family.QUADRUPED):
        if one in at and other in at and not (found[at[one]].carried or found[at[other]].carried):
            found[at[other]] = _nose_to_nose(found[at[one]], found[at[other]])
    for one, other in _pairs_who(roles, Action.SPEAK):
        if one in at and other in at and not (found[at[one]].carried or found[at[other]].carried):
            found[at[other]] = _addressed(found[at[one]], found[at[other]])
    return found


def _pairs_who(
    roles: Sequence[Role], action: Action, family: Family = Family.PERSON
) -> list[tuple[Place, Place]]:
    """Pairs of those who fight each other, or speak with each other."""
    doing = [r for r in roles if r.kind.family is family and r.subject.action is action]
    pairs = [((r.number, 2 * k), (r.number, 2 * k + 1)) for r in doing for k in range(len(r.bodies) // 2)]
    singles = [r.number for r in doing if len(r.bodies) == 1]
    return pairs + [((a, 0), (b, 0)) for a, b in zip(singles[::2], singles[1::2], strict=False)]


def _opposed(one: Part, other: Part) -> Part:
    """The other one before the first, facing it, at arm's or at blade's length."""
    motion = one.body.motion
    armed = isinstance(motion, PersonMotion) and bool(motion.hands_full)
    apart = (_BLADES if armed else _FISTS) * (one.body.height_m + other.body.height_m)
    track = _beside(one.track, apart, facing=True)
    return replace(other, track=track, deeds=one.deeds)


def _nose_to_nose(one: Part, other: Part) -> Part:
    """An animal before another, facing it."""
    apart = _NOSES * (one.body.length_m + other.body.length_m)
    return replace(other, track=_beside(one.track, apart, facing=True), deeds=one.deeds)


def _addressed(one: Part, other: Part) -> Part:
    """The other one where the first looks, face to face with him."""
    apart = _WORDS * (one.body.height_m + other.body.height_m)
    return replace(other, track=_beside(one.track, apart, facing=True))


def _couples(roles: Sequence[Role]) -> list[_Couple]:
    # Cut-outs have no arms to put round anybody.
    people = [role for role in roles if isinstance(role.body.motion, PersonMotion)]
    couples: list[_Couple] = []
    taken: set[int] = set()
    for role in people:
        touch = _touch_of(role)
        pairs = len(role.bodies) // 2
        if touch is not None and pairs and (len(role.bodies) == 2 or touch is not Touch.WALTZ):  # noqa: PLR2004
            couples += [_Couple((role.number, 2 * k), (role.number, 2 * k + 1), touch) for k in range(pairs)]
            taken.add(role.number)
    singles = [role for role in people if len(role.bodies) == 1 and role.number not in taken]
    for one in singles:
        for other in singles:
            if one.number < other.number and not {one.number, other.number} & taken:
                touch = _between(one, other)
                if touch is not None:
                    couples.append(_Couple((one.number, 0), (other.number, 0), touch))
                    taken |= {one.number, other.number}
    return couples


def _touch_of(role: Role) -> Touch | None:
    """How somebody holds another: by what he does first, or what he does beside it."""
    doing = (role.subject.action, *role.subject.also)
    return next((_TOUCHES[action] for action in doing if action in _TOUCHES), None)


def _between(one: Role, other: Role) -> Touch | None:
    """How two hold each other; None where they do not."""
    related = any(
        relation.kind in _TOGETHER and relation.to == b.number
        for a, b in ((one, other), (other, one))
        for relation in a.subject.relations
    )
    first, second = _touch_of(one), _touch_of(other)
    if first is not None and (first is second or (related and first is not Touch.WALTZ)):
        return first
    small = {one.subject.age, other.subject.age} & {Age.CHILD, Age.BABY}
    grown = {one.subject.age, other.subject.age} & {Age.ADULT, Age.OLD, Age.YOUNG}
    both = {one.subject.action, other.subject.action} <= _GUIDED
    return Touch.HANDS if related and small and grown and both else second if related else None


def _joined(one: Part, other: Part, touch: Touch) -> tuple[Part, Part]:
    """Two parts as a couple: the other one goes with the first."""
    tall, short = one.body.height_m, other.body.height_m
    apart = _APART[touch] * (tall + short)
    # Of an adult and a child the hand is as low as the adult's arm reaches.
    high = _HIGH[touch] * (max(tall, short) if touch is Touch.HANDS else 0.5 * (tall + short))
    facing = touch is not Touch.HANDS
    track = _beside(one.track, apart, facing=facing)
    sides = ("l", "r") if touch is Touch.WALTZ else ("r", "l")
    pair: list[Part] = []
    for part, side, leads in ((one, sides[0], True), (replace(other, track=track), sides[1], False)):
        bond = Bond(touch, side, apart, high, leads)
        deeds = tuple((start, _danced(action, touch)) for start, action in part.deeds)
        motion = part.body.motion
        assert isinstance(motion, PersonMotion)
        pair.append(replace(part, own=replace(part.body, motion=motion.bound(bond)), deeds=deeds))
    # Who goes hand in hand keeps step.
    return pair[0], replace(pair[1], deeds=pair[0].deeds if touch is Touch.HANDS else pair[1].deeds)


def _danced(action: Action, touch: Touch) -> Action:
    """What the legs do while the arms hold another."""
    still = touch is not Touch.HANDS or action in {Action.HOLD_HANDS, Action.HOLD}
    return Action.STAND if still else action


def _beside(track: Track, apart: float, *, facing: bool) -> Track:
    """A track that keeps to the right of another, or before it and facing it."""
    sin, cos = np.sin(track.turns), np.cos(track.turns)
    places = track.places.copy()
    if facing:
        places[:, 0] += apart * cos
        places[:, 2] -= apart * sin
        return replace(track, places=places, turns=track.turns + math.pi)
    places[:, 0] += apart * sin
    places[:, 2] += apart * cos
    return replace(track, places=places)
