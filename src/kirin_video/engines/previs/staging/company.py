"""Company: who has to be in the picture beside the one it is about."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Angle, Lens, RelationKind, ShotSize, Spot
from kirin_video.engines.previs.staging.hulls import Presence
from kirin_video.engines.previs.staging.hurdles import is_hurdle
from kirin_video.engines.previs.staging.parts import Look
from kirin_video.engines.previs.staging.passages import Passage
from kirin_video.engines.previs.staging.roundabout import goes_round
from kirin_video.engines.previs.staging.sense import MOUNTS
from kirin_video.engines.previs.staging.sipping import sips
from kirin_video.engines.previs.staging.spans import BRIDGES

_ALONE = frozenset({ShotSize.MEDIUM, ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})
"""Shots of one."""
_RELATED, _OTHERS = 7.0, 2.6
"""How much larger the company of somebody related, or of anybody, may make the picture's subject."""
_MET = 16.0
"""The same where one goes to the other: his whole way to him."""
_LEAPT = 2.0
"""The same of what is leapt over: the run-up would make the leaper small, and he comes to it."""
_NEAR_FOOT = frozenset({RelationKind.UNDER, RelationKind.BEHIND})
_BORNE = frozenset({RelationKind.ON, RelationKind.UNDER})
_GOING_ROUND = _BORNE | {RelationKind.RIDING, RelationKind.IN}
"""The same on what carries its riders round, far larger than they are."""
_FOLLOWED, _AFTER = 30.0, frozenset({RelationKind.FOLLOWING, RelationKind.CHASING})
"""The same of what is followed: without the ship nobody knows whom a gull is after."""
_MANY, _SHOALS = 3, 2.2
"""Of more than so many who would make the picture so many times as large, these are framed."""
_MIDST = 4
"""So many of a herd on its way are framed."""
_AT_LEAST = 0.4
"""Whoever is nearer than this share of the leading one's distance is taken as so far away."""
_OVER = 1.6
"""So far over somebody, in heights, a picture shows what stands above: the lower boughs of a tree."""
_CARRIERS = 3.0
"""The same for what carries it: a cup shows without the table's legs, somebody on a chair with the chair."""
_LOADED = 1.6
"""The same where things bear things: a chess board shows its men, not the table's legs."""


def framed_by(presences: tuple[Presence, ...], passage: Passage, look: Look) -> tuple[Presence, ...]:
    """Who is framed, the first of them what it is about.

    Args:
        presences: everybody, the leading one first.
        passage: how the picture is taken.
        look: from where it is looked at: what is further away is smaller.
    """
    focus = passage.focus
    if focus is None and passage.framing.size in _ALONE:
        focus = _rider(presences)
    about = _about(presences) if focus is None else focus
    own = tuple(p for p in presences if p.part.role.number == about) or presences[:1]
    alone = passage.framing.size in _ALONE or passage.framing.lens is Lens.MACRO
    if alone or passage.framing.sees(Angle.OVER_SHOULDER):
        return own[:1]
    if focus is not None and passage.first > 0:
        return own
    own = _midst_of(own)
    framed = list(own)
    number = own[0].part.role.number
    first = _size(own, look)
    for other in sorted(
        {p.part.role.number for p in presences} - {number}, key=lambda n: _gap(presences, number, n)
    ):
        group = [p for p in presences if p.part.role.number == other]
        near = _related(own[0], group[0]) or (_acts(group[0]) and _acts(own[0]))
        most = _RELATED if near else _OTHERS
        most = _FOLLOWED if _comes_after(own[0], group[0]) else most
        if group[0] is presences[0]:
            load = own[0].part.role.kind.family is Family.THING
            most = min(most, _LOADED if load else _CARRIERS)
            most = _RELATED if group[0].part.role.kind.name in BRIDGES else most
        most = _MET if _meets(own[0], group[0]) else most
        most = _LEAPT if is_hurdle(group[0].part.role, own[0].part.role) else most
        if len(group) > _MANY and _size([*framed, *group], look) > _SHOALS * first:
            # Of a shoal some are enough: all of it would make its hunter small.
            group = sorted(group, key=lambda one: _apart(own[0], one))[:_MANY]
        if sips(own[0].part, group[0].part):
            framed += [_part_near(group[0], own[0])]
        elif _size([*framed, *group], look) <= most * first:
            framed += group
        elif _is_over(group[0], own[0]):
            framed += [_part_near(host, own[0]) for host in group]
    return tuple(framed)


def _midst_of(herd: tuple[Presence, ...]) -> tuple[Presence, ...]:
    """Of a herd that nobody counted those in its middle: others may come into the picture and leave it."""
    role = herd[0].part.role
    loose = role.kind.family is Family.QUADRUPED and not role.subject.counted and not role.stays
    if not loose or len(herd) <= _MIDST:
        return herd
    middle = np.mean([one.middle for one in herd], axis=0)
    near = sorted(herd, key=lambda one: float(np.linalg.norm(one.middle - middle, axis=1).mean()))
    return tuple(near[:_MIDST])


def _is_over(host: Presence, one: Presence) -> bool:
    """Whether somebody is under or behind something large: its foot and lower boughs tell what it is."""
    relations = one.part.role.subject.relations
    kinds = _NEAR_FOOT | _GOING_ROUND if goes_round(host.part.body) else _NEAR_FOOT
    return any(r.kind in kinds and r.to == host.part.role.number for r in relations)


def _part_near(host: Presence, one: Presence) -> Presence:
    """Something large as far as it is near somebody under it."""
    middle, reach = one.middle[:, None], _OVER * one.tall_m
    low, high = middle - 0.6 * reach, middle + 0.6 * reach
    low[..., 1], high[..., 1] = middle[..., 1] - 0.5 * one.tall_m, middle[..., 1] + reach
    return replace(host, hull=np.clip(host.hull, low, high))


def _about(presences: tuple[Presence, ...]) -> int:
    """The number of whom the picture is about: the leading one, or what is on or under a thing that leads."""
    lead = presences[0].part.role
    if lead.kind.family is not Family.THING:
        return lead.number
    # Chairs round a table bear those whom the picture is about.
    bearing = {lead.number} | {
        one.part.role.number
        for one in presences[1:]
        if any(r.kind is RelationKind.AROUND and r.to == lead.number for r in one.part.role.subject.relations)
    }
    kinds = _GOING_ROUND if goes_round(presences[0].part.body) else _BORNE
    borne = (
        one.part.role.number
        for one in presences[1:]
        if any(r.kind in kinds and r.to in bearing for r in one.part.role.subject.relations)
    )
    return min((number for number in borne if number < lead.number), default=lead.number)


def _rider(presences: tuple[Presence, ...]) -> int | None:
    """The number of the rider whose face a picture is of, where the plan speaks of him before his mount."""
    lead = presences[0].part.role
    if lead.kind.family not in {Family.QUADRUPED, Family.MACHINE}:
        return None
    riders = (
        one.part.role.number
        for one in presences[1:]
        if one.part.role.kind.family is Family.PERSON
        and any(r.kind in MOUNTS and r.to == lead.number for r in one.part.role.subject.relations)
    )
    return min((number for number in riders if number < lead.number), default=None)


def _related(one: Presence, other: Presence) -> bool:
    """Whether the plan says how two stand to each other."""
    pairs = (
        (one.part.role, other.part.role.number),
        (other.part.role, one.part.role.number),
    )
    told = any(relation.to == number for role, number in pairs for relation in role.subject.relations)
    return told or bool(_carriers(one) & _carriers(other))


def _comes_after(one: Presence, other: Presence) -> bool:
    """Whether somebody follows another."""
    number = other.part.role.number
    return any(r.kind in _AFTER and r.to == number for r in one.part.role.subject.relations)


def _carriers(one: Presence) -> set[int | None]:
    """Numbers of what it stands on."""
    return {r.to for r in one.part.role.subject.relations if r.kind is RelationKind.ON}


def _meets(one: Presence, other: Presence) -> bool:
    """Whether it goes to the other: both ends of its way are seen."""
    number = other.part.role.number
    return any(r.kind is RelationKind.TOWARDS and r.to == number for r in one.part.role.subject.relations)


def _acts(one: Presence) -> bool:
    """Whether it lives or drives, and the plan puts it nowhere else: it is as much a subject as another."""
    role = one.part.role
    return role.kind.family is not Family.THING and role.subject.spot in {None, Spot.SKY}


def _size(group: list[Presence] | tuple[Presence, ...], look: Look) -> float:
    """How large a group looks at most at any one moment: its extent over its distance, both in metres."""
    points = np.concatenate([p.hull for p in group], 1)
    sin, cos = math.sin(look.yaw), math.cos(look.yaw)
    x, z = points[..., 0] - look.eye[0], points[..., 2] - look.eye[1]
    ahead = np.maximum(x * sin - z * cos, _AT_LEAST * look.far_m)
    seen = np.stack([(x * cos + z * sin) / ahead, points[..., 1] / ahead], -1)
    return float(np.linalg.norm(np.ptp(seen, axis=1), axis=1).max())


def _gap(presences: tuple[Presence, ...], one: int, other: int) -> float:
    """How far apart two groups are, metres."""
    a, b = (_middle(presences, number) for number in (one, other))
    return float(np.linalg.norm(a - b, axis=1).min())


def _apart(one: Presence, other: Presence) -> float:
    """How far apart two are on average, metres."""
    return float(np.linalg.norm(one.middle - other.middle, axis=1).mean())


def _middle(presences: tuple[Presence, ...], number: int) -> Floats:
    return np.mean([p.middle for p in presences if p.part.role.number == number], axis=0)
