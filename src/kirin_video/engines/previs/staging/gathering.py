"""Gathering: chairs round a table, those seats first from which faces are seen."""

from __future__ import annotations

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
    """So many places: both ends, the far side, then the near one."""
    body = table.body
    (place, *_), (turn, *_) = table.track.at(np.zeros(1))
    eye = np.array([setup.look.eye[0] - place[0], setup.look.eye[1] - place[2]])
    along_x = body.length_m >= body.width_m
    long, deep = max(body.length_m, body.width_m), min(body.length_m, body.width_m)
    # To which of the long sides the viewer is nearer, in the table's own space.
    own_x = math.cos(turn) * eye[0] - math.sin(turn) * eye[1]
    own_z = math.sin(turn) * eye[0] + math.cos(turn) * eye[1]
    near = math.copysign(1.0, own_z if along_x else own_x)
    ends = [(side * (long / 2.0 + _BACK_M), 0.0, -side, 0.0) for side in (-1.0, 1.0)]
    others = max(count - len(ends), 0)
    most = max(int(long / _ROOM_M), 1)
    rows = ((-near, min(others, most)), (near, max(others - most, 0)))
    sides = [
        ((k - (n - 1) / 2.0) * min(long / n, 1.3 * _ROOM_M), side * (deep / 2.0 + _BACK_M), 0.0, -side)
        for side, n in rows
        for k in range(n)
    ]
    places = [*ends, *sides][:count]
    if not along_x:
        places = [(b, a, across, ahead) for a, b, ahead, across in places]
    return [_Seat(x, z, math.atan2(-across, ahead)) for x, z, ahead, across in places]
