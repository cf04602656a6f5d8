"""Settling: who goes to a seat during the shot and takes it, and who leaves the one he had."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Motion
from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.phases import PhasedMotion
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.mounting import mounted
from kirin_video.engines.previs.staging.parts import Part, Setup
from kirin_video.engines.previs.staging.troupe import MOUNTED

_TAKES = {
    Action.SIT: Action.SIT,
    Action.LIE: Action.LIE,
    Action.SLEEP: Action.SLEEP,
    Action.PERCH: Action.SIT,
    Action.CROUCH: Action.SIT,
    Action.JUMP: Action.SIT,
    Action.LEAP: Action.SIT,
    Action.CLIMB: Action.SIT,
}
"""What is done to get onto a seat, and what is done there from then on."""
_LEAVES = frozenset(
    {
        Action.STAND,
        Action.WALK,
        Action.RUN,
        Action.TROT,
        Action.GALLOP,
        Action.JUMP,
        Action.LEAP,
        Action.SNEAK,
        Action.DANCE,
    }
)
"""What nobody does on a seat that he sits or lies on."""
_OFF = frozenset({Action.JUMP, Action.LEAP})
_ALIVE = frozenset({Family.PERSON, Family.QUADRUPED})
_BEFORE = {Family.PERSON: 0.09, Family.QUADRUPED: 0.45}
"""How far before a seat's edge its taker stands, as a share of a person's height or an animal's height."""
_COMES_FROM = tuple(math.radians(a) for a in (60.0, -60.0, 85.0, -85.0, 35.0, -35.0, 0.0))
_GOES_TO = tuple(math.radians(a) for a in (35.0, -35.0, 0.0, 70.0, -70.0))
"""To which side of straight ahead of a seat, the best first."""
_BRAKING_S, _TURNING_S, _CHANGING_S = 0.6, 0.7, 0.9
_SLOWEST = 0.55
"""Who goes at less than this share of a gait's speed takes a slower gait."""
_SLOWER = {Action.GALLOP: Action.RUN, Action.RUN: Action.TROT, Action.TROT: Action.WALK}
_FURTHEST = 1.7
"""Nobody comes from further to a seat than so many of his heights: both should be in the picture."""
_OFF_S, _HOP_S = 1.15, 0.6
"""Who jumps off a seat stands when so much time has gone."""
_LEAPS_AT = 0.36
"""When an animal jumps onto something, as a share of the clip."""
_STEP_M, _ROOM_M = 0.25, 0.3


@dataclass(frozen=True, slots=True)
class _Change:
    """From when on somebody is on something, or no longer is.

    Attributes:
        start: seconds.
        action: what the plan says is done then.
        seat: the part of what it is done on.
    """

    start: float
    action: Action
    seat: Part


def settled(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who takes a seat during the shot going there, and who leaves one going off."""
    seats = {p.role.number: p for p in parts if p.role.kind.family is Family.THING and p.hold is None}
    found: list[Part] = []
    for part in parts:
        own = part
        if part.role.kind.family in _ALIVE and part.hold is None:
            taking, leaving = _taking(setup, part, seats), _leaving(part, seats)
            leap = _leaping(setup, part, seats)
            if leap is not None:
                own = _taken(setup, _afoot(part, leap), leap)
            elif taking is not None and not part.carried:
                own = _taken(setup, part, taking)
            elif leaving is not None and part.carried:
                own = _left(setup, part, leaving)
        found.append(own)
    return found


def _taking(setup: Setup, part: Part, seats: dict[int, Part]) -> _Change | None:
    """The seat that somebody takes in a later beat."""
    for beat in setup.plan.beats:
        for act in beat.acts:
            if act.subject == part.role.number and act.action in _TAKES:
                to = next((r.to for r in act.relations if r.kind in MOUNTED and r.to in seats), None)
                if to is not None:
                    return _Change(beat.start * setup.seconds, act.action, seats[to])
    return None


def _leaping(setup: Setup, part: Part, seats: dict[int, Part]) -> _Change | None:
    """What an animal jumps onto that is said to jump on it: it is not there before."""
    subject = part.role.subject
    if part.role.kind.family is not Family.QUADRUPED or subject.action not in _OFF:
        return None
    on = next((r.to for r in subject.relations if r.kind in MOUNTED and r.to in seats), None)
    # Among several it goes from one to the next.
    hops = on is None or len(seats[on].role.bodies) > 1
    return None if hops or on is None else _Change(_LEAPS_AT * setup.seconds, subject.action, seats[on])


def _afoot(part: Part, change: _Change) -> Part:
    """An animal on the ground that is going to jump onto something."""
    return replace(part, deeds=((0.0, Action.TROT), (change.start, change.action)), carried=False)


def _leaving(part: Part, seats: dict[int, Part]) -> _Change | None:
    """The seat that somebody leaves in a later beat."""
    ridden = (r.to for r in part.role.subject.relations if r.kind in MOUNTED and r.to in seats)
    seat = next(ridden, None)
    later = next(((s, a) for s, a in part.deeds[1:] if a in _LEAVES), None)
    if seat is None or later is None or part.deeds[0][1] in _LEAVES:
        return None
    return _Change(*later, seats[seat])


def _taken(setup: Setup, part: Part, change: _Change) -> Part:
    """Goes to the seat, turns round before it, and takes it."""
    onto, times, start = _TAKES[change.action], setup.times, change.start
    seated = mounted(setup, part.role, part.which, change.seat, doing=onto, own=part.body)
    edge, turn = _edge(part, change.seat, seated.track)
    usual, first = part.body.motion, part.deeds[0][1]
    wished = min(usual.pace(first) * start, _FURTHEST * part.body.height_m)
    heading, room = _freest(setup, edge, _across(setup, [turn + a for a in _COMES_FROM]), wished)
    pace = room / max(start, 0.1)
    deeds = tuple(
        (s, onto if s == start else _slower(usual, a, pace) if s < start else a) for s, a in part.deeds
    )
    # Straight at the seat, slower at the end, and round with the back to it.
    left = np.maximum(start - times, 0.0)
    away = pace * np.where(left > _BRAKING_S, left - _BRAKING_S / 2.0, left * left / (2.0 * _BRAKING_S))
    x, z = edge[0] + math.cos(heading) * away, edge[1] - math.sin(heading) * away
    round_ = _eased((times - start + 0.35) / _TURNING_S) if pace > 0.0 else np.ones_like(times)
    turns = turn + _half_turn(heading + math.pi - turn) * (1.0 - round_)
    walk = Track(times, np.stack([x, 0.0 * x, z], 1), turns, part.track.terrain)
    motion = PhasedMotion((part.body.motion, walk), {onto: (seated.body.motion, seated.track)})
    track = _joined(walk, seated.track, _eased((times - start) / _CHANGING_S))
    return replace(part, track=track, deeds=deeds, own=replace(part.body, motion=motion))


def _slower(motion: Motion, action: Action, pace: float) -> Action:
    """The gait for a speed, where an action would be in slow motion."""
    while action in _SLOWER and pace < _SLOWEST * motion.pace(action):
        action = _SLOWER[action]
    return action


def _across(setup: Setup, turns: list[float]) -> list[float]:
    """Directions from a seat, those first that are across the picture, those towards the viewer last."""
    nearer = setup.look.turn(0.0, -1.0)
    return sorted(turns, key=lambda turn: max(math.cos(turn - nearer), -0.3))


def _left(setup: Setup, part: Part, change: _Change) -> Part:
    """Gets off the seat and goes away from it."""
    usual, times = part.role.bodies[part.which].motion, setup.times
    edge, turn = _edge(part, change.seat, part.track)
    pace, deeds = np.zeros_like(times), part.deeds
    if deeds[-1][1] in _OFF and deeds[-1][0] == change.start:
        deeds = (*deeds, (change.start + _OFF_S, Action.STAND))
    for start, action in deeds:
        if start >= change.start:
            on = _eased((times - start - 0.3) / _BRAKING_S)
            pace = pace * (1.0 - on) + usual.pace(action) * on
    gone = np.cumsum(pace) * float(times[1] - times[0])
    heading, _ = _freest(setup, edge, [turn + a for a in _GOES_TO], float(gone[-1]))
    x, z = edge[0] + math.cos(heading) * gone, edge[1] - math.sin(heading) * gone
    turns = turn + _half_turn(heading - turn) * _eased((times - change.start) / _TURNING_S)
    walk = Track(times, np.stack([x, _hop(times, change, part), z], 1), turns, part.track.terrain)
    still = {a: (part.body.motion, part.track) for s, a in part.deeds if s < change.start}
    motion = PhasedMotion((usual, walk), still)
    track = _joined(part.track, walk, _eased((times - change.start) / _CHANGING_S))
    return replace(part, track=track, deeds=deeds, own=replace(part.body, motion=motion))


def _hop(times: Floats, change: _Change, part: Part) -> Floats:
    """How high over the ground somebody is who jumps off a seat: over its edge, then down."""
    if change.action not in _OFF:
        return np.zeros_like(times)
    s = np.clip((times - change.start) / _HOP_S, 0.0, 1.0)
    return float(part.track.places[0, 1]) * (1.0 + 1.2 * s) * (1.0 - s * s)


def _edge(part: Part, seat: Part, on_it: Track) -> tuple[tuple[float, float], float]:
    """X and z of the place before a seat, and the turn of who sits there."""
    (place, *_), (turn, *_) = on_it.at(np.zeros(1))
    (middle, *_), _ = seat.track.at(np.zeros(1))
    ahead = np.array([math.cos(turn), 0.0, -math.sin(turn)])
    deep = 0.5 * seat.body.length_m + _BEFORE[part.role.kind.family] * part.body.height_m
    at = place + ahead * (deep - float((place - middle) @ ahead))
    return (float(at[0]), float(at[2])), float(turn)


def _freest(
    setup: Setup, place: tuple[float, float], turns: Sequence[float], wished_m: float
) -> tuple[float, float]:
    """Of some directions the one with the most room, up to a wish, and how much, metres."""
    best = turns[0], 0.0
    metres = np.arange(_STEP_M, max(wished_m, _STEP_M) + _STEP_M, _STEP_M)
    for turn in turns:
        free = setup.ground.is_free(
            place[0] + math.cos(turn) * metres, place[1] - math.sin(turn) * metres, _ROOM_M
        )
        room = min(wished_m, float(metres[~free][0]) - _STEP_M) if not free.all() else wished_m
        if room > best[1] + 0.2 * wished_m:
            best = turn, room
    return best


def _joined(first: Track, second: Track, share: Floats) -> Track:
    """One track that becomes another: what the camera follows."""
    s = share[:, None]
    turns = first.turns + _half_turn_of(second.turns - first.turns) * share
    return Track(first.times, first.places * (1.0 - s) + second.places * s, turns, first.terrain)


def _eased(x: Floats) -> Floats:
    s = np.clip(x, 0.0, 1.0)
    return s * s * (3.0 - 2.0 * s)


def _half_turn(angle: float) -> float:
    """The same angle between minus and plus half a turn."""
    return (angle + math.pi) % (2.0 * math.pi) - math.pi


def _half_turn_of(angles: Floats) -> Floats:
    return (angles + math.pi) % (2.0 * math.pi) - math.pi
