"""The troupe: the bodies of a plan's subjects, in the detail that their size in the picture deserves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import Family, Kind, Realm, catalogue
from kirin_video.engines.previs.bodies.hard.railed import on_given_rails
from kirin_video.engines.previs.bodies.machine.drivers import ACCOMPANIED, HOLDING, MANNED
from kirin_video.engines.previs.journeys import built_in, goes_by_rail
from kirin_video.engines.previs.plan import (
    Action,
    Age,
    Phenomenon,
    RelationKind,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
)
from kirin_video.engines.previs.staging.complexions import of_their_own
from kirin_video.engines.previs.staging.dressing import dressed
from kirin_video.engines.previs.staging.sense import MOUNTS, sensible
from kirin_video.engines.previs.staging.spans import seen_there
from kirin_video.engines.previs.staging.variety import variants_of

Troupe = Mapping[str, tuple[Kind, Body]]
"""Bodies that are in no catalogue, with the rows they would have there, by the kind that the plan says."""

NOBODY: Troupe = MappingProxyType({})

MOST_BODIES = 40
"""Nobody counts more; every one of them costs."""

_SHARED = 0.7
"""How fast bodies of a group lose detail as it grows."""

_VARIANTS = 5
"""Bodies of one group that differ; the others are their twins."""

_STREETS = frozenset({Setting.CITY, Setting.VILLAGE})
"""Where the rails of trams lie in the pavement."""
MOUNTED = MOUNTS
"""How somebody stands to another who carries it."""
_BORNE = MOUNTED | {RelationKind.HELD_BY, RelationKind.IN}
_SLED, _SMALL_SLED = "sled", 0.46
"""A sledge for hills is so large, against one that horses draw."""
_FITTED = frozenset({"bicycle", "scooter", "motorcycle"})
_FIT = {Age.BABY: 0.45, Age.CHILD: 0.64, Age.OLD: 0.90, Age.ADULT: 0.92, Age.YOUNG: 0.90}
"""How large what somebody rides is made: legs are short in this world."""
_PERSON, _ROBOT = "person", "robot"
_LAMP_HOURS = frozenset({TimeOfDay.DUSK, TimeOfDay.NIGHT})
_COZY = "cozy"
_EMPTY = frozenset({"abandoned", "haunted", "ruined", "empty", "unlit", "dark", "废弃", "空"})
_HOMES, _LIGHTHOUSE = frozenset({"house", "cabin"}), "lighthouse"
PARKED = frozenset({"parked", "abandoned", "broken", "rusty", "wrecked"})
"""What is said of a vehicle that nobody drives."""
_DRIVEN = frozenset({Action.DRIVE, Action.RUN, Action.TURN, Action.STOP})
_LOW_M = 1.2
"""Furniture is less high than this."""
_CLOSE = {ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP}


@dataclass(frozen=True, slots=True)
class Role:
    """One subject of the plan on stage.

    Attributes:
        number: its number in the plan.
        subject: what the plan says of it.
        kind: the row of the catalogue.
        bodies: one for each of them; twins are the same object.
    """

    number: int
    subject: SubjectPlan
    kind: Kind
    bodies: tuple[Body, ...]

    @property
    def body(self) -> Body:
        """The first of them."""
        return self.bodies[0]

    @property
    def stays(self) -> bool:
        """Whether what it does leads nowhere."""
        return self.body.motion.pace(self.subject.action) == 0.0


def troupe_of(plan: ShotPlan, *, seed: int, guests: Troupe = NOBODY) -> tuple[Role, ...]:
    """Bodies for all subjects that the catalogue knows and that the world does not show anyway.

    Args:
        plan: who does what.
        seed: what makes these bodies different.
        guests: subjects that bring their own bodies.
    """
    subjects = seen_there(sensible(plan.subjects))
    on_stage = [
        (k, s)
        for k, s in enumerate(subjects)
        if s.kind in guests or (_is_staged(plan, s) and s.kind in catalogue())
    ]
    left, seed = MOST_BODIES, seed & 0xFFFF
    people = [s for _, s in on_stage if s.kind == _PERSON and s.kind not in guests]
    met, company = 0, sum(s.count for s in people) > 1
    roles: list[Role] = []
    for number, subject in on_stage:
        count = max(1, min(subject.count, left))
        left -= count
        if subject.kind in guests:
            kind, body = guests[subject.kind]
            roles.append(Role(number, subject, kind, (body,) * count))
            continue
        detail = _detail(plan, number, count)
        made = _lived_in(plan, _handed(plan, number, _manned(plan, number, _fitting(plan, number, subject))))
        kind = catalogue()[subject.kind]
        sorts = variants_of(made, kind, min(count, _variants(kind, count)), seed * 101 + number * 11)
        if kind.name == _PERSON:
            sorts = dressed(plan, made, sorts, met if company else seed)
        if company and kind.name == _PERSON:
            sorts = of_their_own(sorts, met, people[0], seed)
            met += len(sorts)
        variants = [
            build_body(sort, seed=seed * 101 + number * 11 + k, detail=detail) for k, sort in enumerate(sorts)
        ]
        if kind.realm is Realm.RAIL and (goes_by_rail(plan) or plan.setting in _STREETS):
            variants = [on_given_rails(body) for body in variants]
        variants = [_broadside(plan, number, body) for body in variants]
        bodies = tuple(variants[k % len(variants)] for k in range(count))
        roles.append(Role(number, subject, kind, bodies))
        if left <= 0:
            break
    return _mounts_first(roles)


def _broadside(plan: ShotPlan, number: int, body: Body) -> Body:
    """A low thing that somebody is under, such as a table, is seen from its long side: between its legs."""
    sheltering = any(
        r.kind is RelationKind.UNDER and r.to == number for s in plan.subjects for r in s.relations
    )
    low = body.height_m < _LOW_M and body.width_m > body.length_m
    return replace(body, sides=(0.0, math.pi)) if sheltering and low and not body.sides else body


def _variants(kind: Kind, count: int) -> int:
    """How many of a group differ: people more than others, and all of those that can be counted."""
    return _VARIANTS + 3 * (kind.family is Family.PERSON and count > _VARIANTS)


def _fitting(plan: ShotPlan, number: int, subject: SubjectPlan) -> SubjectPlan:
    """A bicycle or a board in its rider's size: children reach the pedals of theirs."""
    if subject.kind not in {*_FITTED, _SLED} or subject.size != 1.0:
        return subject
    riders = [s for s in plan.subjects if any(r.kind in MOUNTED and r.to == number for r in s.relations)]
    if subject.kind == _SLED:
        on_it = any(rider.action is Action.SLED for rider in riders)
        return replace(subject, size=_SMALL_SLED) if on_it else subject
    return replace(subject, size=_FIT.get(riders[0].age, 1.0)) if riders else subject


def _manned(plan: ShotPlan, number: int, subject: SubjectPlan) -> SubjectPlan:
    """A vehicle that is driven has somebody at its wheel; one that is parked has nobody."""
    kind = catalogue()[subject.kind]
    if kind.family is not Family.MACHINE or kind.realm is not Realm.ROAD or PARKED & set(subject.traits):
        return subject
    driven = subject.action in _DRIVEN or (subject.action is Action.IDLE and plan.setting is Setting.ROAD)
    later = any(act.action in _DRIVEN for beat in plan.beats for act in beat.acts)
    riders = _people_in(plan, number)
    if not (driven or later or riders):
        return subject
    return replace(subject, traits=(*subject.traits, MANNED, *((ACCOMPANIED,) if riders > 1 else ())))


def _people_in(plan: ShotPlan, number: int) -> int:
    """How many people ride in a vehicle."""
    return sum(
        s.count
        for s in plan.subjects
        if s.kind == _PERSON and any(r.kind is RelationKind.RIDING and r.to == number for r in s.relations)
    )


def _handed(plan: ShotPlan, number: int, subject: SubjectPlan) -> SubjectPlan:
    """A robot that has something in its hand holds it out."""
    held = any(r.kind is RelationKind.HELD_BY and r.to == number for s in plan.subjects for r in s.relations)
    return replace(subject, traits=(*subject.traits, HOLDING)) if held and subject.kind == _ROBOT else subject


def _lived_in(plan: ShotPlan, subject: SubjectPlan) -> SubjectPlan:
    """A home whose windows are lit when it grows dark, unless it is said to stand empty."""
    dark = plan.time in _LAMP_HOURS and subject.kind in _HOMES
    lit = dark and not _EMPTY & set(subject.traits)
    return replace(subject, traits=(*subject.traits, _COZY)) if lit else subject


def _is_staged(plan: ShotPlan, subject: SubjectPlan) -> bool:
    """Whether it is put on stage: what the world shows anyway is not, unless it does something there."""
    held = any(relation.kind is RelationKind.HELD_BY for relation in subject.relations)
    smokes = subject.kind in _HOMES and Phenomenon.SMOKE in plan.phenomena
    if built_in(plan, subject):
        return False
    # At sea the world's own lighthouse is far away, on its headland.
    far = plan.setting is Setting.SEA and subject.kind == _LIGHTHOUSE == plan.subjects[0].kind
    return not subject.scenery or subject.action is Action.BURN or held or smokes or far


def _bears(kind: RelationKind, role: Role, other: Role) -> bool:
    """Whether one has its place from another: on it, in its hand, or at rest under it."""
    if kind is RelationKind.UNDER:
        return other.kind.family is Family.THING and role.stays
    if kind is RelationKind.AROUND:
        return role.kind.family is Family.THING and other.kind.family is Family.THING
    return kind in _BORNE


def _mounts_first(roles: list[Role]) -> tuple[Role, ...]:
    """Who carries or holds the leading subject leads: it is the one that goes.

    Everybody comes after who carries him: the table, the plate on it, the apple on the plate.
    """
    known = {role.number: role for role in roles}
    order: list[Role] = []

    def take(role: Role, above: tuple[Role, ...]) -> None:
        if role in order or role in above:
            return
        for relation in role.subject.relations:
            if relation.to in known and _bears(relation.kind, role, known[relation.to]):
                take(known[relation.to], (*above, role))
        order.append(role)

    for role in roles:
        take(role, ())
    return tuple(order)


def _detail(plan: ShotPlan, number: int, count: int) -> float:
    """Smaller in the picture, fewer triangles."""
    near = 1.1 if plan.framing.size in _CLOSE else 1.0
    if plan.framing.size in {ShotSize.WIDE, ShotSize.EXTREME_WIDE}:
        near = 0.5
    return max(0.10, near * (1.0 if number == 0 else 0.75) / count**_SHARED)
