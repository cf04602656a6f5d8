"""Gathering: chairs round a table, those seats first from which faces are seen."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup, deeds_of, seed_of
from kirin_video.engines.previs.staging.routes import line, walked
from kirin_video.engines.previs.staging.troupe import Role

_BACK_M = 0.24
"""How far before a table's edge the middle of a chair stands, which is pulled up to it."""
_ROOM_M = 0.62
"""How much of a table's side one who sits there takes."""
_BODY_M = 0.52
"""Who is seen less than this beside another hides some of him."""
_HIDING, _BACKS, _APART = 3.0, 0.9, 0.30
"""What it costs to hide somebody, or to be seen from behind; what a metre between two is worth."""
_MOST_WAYS = 500
"""Of more ways to choose places the first good one is taken."""
_CHAIRS_M = 1.3
"""How much wider and deeper a table is with its chairs."""


@dataclass(frozen=True, slots=True)
class _Seat:
    """A place at a table, in its own space.

    Attributes:
        x, z: metres.
        turn: radians, towards the table, as in `Track`.
    """

    x: float
    z: float
    turn: float


def gathers(role: Role, mates: Sequence[Part]) -> bool:
    """Whether a thing stands round another: chairs at a table."""
    round_it = any(r.kind is RelationKind.AROUND for r in role.subject.relations)
    return bool(mates) and round_it and role.kind.family is Family.THING


def room_for(roles: Sequence[Role]) -> float:
    """How much more room the leading one takes with what stands round it, metres."""
    lead = roles[0]
    around = (
        r.kind is RelationKind.AROUND and r.to == lead.number
        for role in roles[1:]
        for r in role.subject.relations
    )
    return _CHAIRS_M if any(around) else 0.0


def round_table(setup: Setup, role: Role, roles: Sequence[Role], table: Part) -> list[Part]:
    """The parts of chairs, each in a place of its own.

    Args:
        setup: the shot.
        role: the chairs.
        roles: everybody; others may have chairs at the same table.
        table: what they stand round.
    """
    chairs = [r for r in roles if r.kind.name == role.kind.name and gathers(r, [table])]
    before = sum(len(r.bodies) for r in chairs if r.number < role.number)
    seats = _seats(setup, table, sum(len(r.bodies) for r in chairs))
    (place, *_), (turn, *_) = table.track.at(np.zeros(1))
    deeds = deeds_of(setup.plan, role, setup.seconds)
    parts: list[Part] = []
    for which in range(len(role.bodies)):
        seat = seats[before + which]
        x = float(place[0]) + math.cos(turn) * seat.x + math.sin(turn) * seat.z
        z = float(place[2]) - math.sin(turn) * seat.x + math.cos(turn) * seat.z
        route = line((x, z), float(turn) + seat.turn, 0.0)
        track = walked(route, setup.times, 0.0 * setup.times, table.track.terrain)
        parts.append(Part(role, which, track, deeds, seed_of(setup, role, which)))
    return parts


def _seats(setup: Setup, table: Part, count: int) -> list[_Seat]:
    """So many places, chosen so that nobody is hidden behind another; those farthest away come first."""
    body = table.body
    (place, *_), (turn, *_) = table.track.at(np.zeros(1))
    along_x = body.length_m >= body.width_m
    long, deep = max(body.length_m, body.width_m), min(body.length_m, body.width_m)
    ends = [(side * (long / 2.0 + _BACK_M), 0.0, -side, 0.0) for side in (-1.0, 1.0)]
    row = max(int(long / _ROOM_M), 1, math.ceil((count - len(ends)) / 2))
    sides = [
        ((k - (row - 1) / 2.0) * min(long / row, 1.3 * _ROOM_M), side * (deep / 2.0 + _BACK_M), 0.0, -side)
        for side in (-1.0, 1.0)
        for k in range(row)
    ]
    places = [*ends, *sides]
    if not along_x:
        places = [(b, a, across, ahead) for a, b, ahead, across in places]
    cos, sin = math.cos(turn), math.sin(turn)
    seen = [
        setup.look.seen(float(place[0]) + cos * x + sin * z, float(place[2]) - sin * x + cos * z)
        for x, z, _, _ in places
    ]
    shown = [
        (far, right, _turned_away(setup, turn + math.atan2(-across, ahead)))
        for (far, right), (_, _, ahead, across) in zip(seen, places, strict=True)
    ]
    chosen = sorted(_best(shown, count), key=lambda k: -shown[k][0])
    return [_Seat(places[k][0], places[k][1], math.atan2(-places[k][3], places[k][2])) for k in chosen]


def _turned_away(setup: Setup, turn: float) -> float:
    """How much of somebody's back is seen, 0 to 1."""
    return max(math.cos(turn - setup.look.turn(0.0, 1.0)), 0.0)


def _best(shown: Sequence[tuple[float, float, float]], count: int) -> tuple[int, ...]:
    """Which of some places hide least of each other and show most faces; all of them where none is free.

    Args:
        shown: how far away each place is, how far to the right, and how much of a back it shows.
        count: how many are taken.
    """
    if count >= len(shown):
        return tuple(range(len(shown)))
    if math.comb(len(shown), count) > _MOST_WAYS:
        return tuple(sorted(range(len(shown)), key=lambda k: shown[k][2])[:count])

    def cost(places: tuple[int, ...]) -> float:
        total = sum(_BACKS * shown[k][2] for k in places)
        for a, b in itertools.combinations(places, 2):
            nearer = min(shown[a][0], shown[b][0])
            beside = abs(shown[a][1] / shown[a][0] - shown[b][1] / shown[b][0]) * nearer
            total += _HIDING * max(_BODY_M - beside, 0.0) / _BODY_M
            total -= _APART * math.hypot(shown[a][0] - shown[b][0], shown[a][1] - shown[b][1]) / count
        return total

    return min(itertools.combinations(range(len(shown)), count), key=cost)
