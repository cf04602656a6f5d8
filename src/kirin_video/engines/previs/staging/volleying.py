"""Volleying: a snowball fight. Two parties face each other; everybody takes up snow and throws it over."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Motion
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.rally import SCOOP_S, SNOW_S, Game, Rally, hand_of
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup

_SNOW = frozenset({"snowball"})
_APART, _ROW = 2.1, 0.78
"""From one party to the other, and from one to the next of a party, in heights of the tallest."""
_STAGGER = 0.16
_FARTHER = 0.22
"""How much farther from the viewer the second party stands, as a share of what is between them."""
_FIRST_S, _NEXT_S = 0.35, 0.61
"""When the first of them throws, and how much later the next one."""
_FLIGHT_S, _ARC = 0.62, 0.20
"""How long a snowball is in the air, and how much higher than its line it flies, in heights."""
_HIT = 0.62
"""How high it hits, in heights of who is hit."""
_BELOW_M = 0.4
"""Where snow is that nobody has taken up yet: in the ground."""


def volleyed(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who throws snow in his place, and the snow in hands and in the air."""
    found = list(parts)
    balls = [k for k, p in enumerate(found) if p.role.kind.name in _SNOW and _is_thrown(p)]
    if not balls:
        return found
    among = {r.to for r in found[balls[0]].role.subject.relations if r.kind is RelationKind.BETWEEN}
    people = [k for k, p in enumerate(found) if p.role.number in among and _is_free(p)]
    if len(people) < 2:  # noqa: PLR2004 -- it takes two
        return found
    sides = [k % 2 for k in range(len(people))]
    for nth, k in enumerate(people):
        found[k] = _placed(setup, found, people, nth, sides[nth])
    for nth, (ball, k) in enumerate(zip(balls, people, strict=False)):
        foes = [j for j, side in zip(people, sides, strict=True) if side != sides[nth]]
        found[ball] = _thrown(setup, found[ball], found[k], found[foes[(nth // 2) % len(foes)]], nth)
    return found


def _is_thrown(part: Part) -> bool:
    return part.role.subject.action is Action.THROW and part.hold is None


def _is_free(part: Part) -> bool:
    return isinstance(part.body.motion, PersonMotion) and not part.carried


def _start(nth: int) -> float:
    return (_FIRST_S + _NEXT_S * nth) % SNOW_S


def _placed(setup: Setup, parts: Sequence[Part], people: Sequence[int], nth: int, side: int) -> Part:
    """One of them in his row, facing the other party."""
    part, tall = parts[people[nth]], max(parts[k].body.height_m for k in people)
    (middle, *_), _ = parts[people[0]].track.at(np.array([0.5 * setup.seconds]))
    turn = setup.look.turn(1.0, _FARTHER)
    way = np.array([math.cos(turn), 0.0, -math.sin(turn)])
    across = np.array([math.sin(turn), 0.0, math.cos(turn)])
    rows, row = math.ceil((len(people) - side) / 2), nth // 2
    along = (side - 0.5) * _APART + _STAGGER * ((row % 2) - 0.5) * (rows > 1)
    deep = (row - (rows - 1) / 2.0) * _ROW + 0.2 * (side - 0.5)
    place = middle + tall * (along * way + deep * across)
    places = np.repeat((place * np.array([1.0, 0.0, 1.0]))[None], len(part.track.times), 0)
    track = replace(part.track, places=places, turns=np.full(len(places), turn + side * math.pi))
    motion = _person(part.body.motion).rallying(Rally(_start(nth), flat=False, game=Game.SNOW))
    return replace(part, track=track, deeds=((0.0, Action.STAND),), own=replace(part.body, motion=motion))


def _person(motion: Motion) -> PersonMotion:
    assert isinstance(motion, PersonMotion)
    return motion


def _thrown(setup: Setup, ball: Part, thrower: Part, foe: Part, nth: int) -> Part:
    """A snowball in its thrower's hand, in the air, and then no more until he has made another one."""
    times = np.arange(setup.times[0], setup.times[-1], 1.0 / 96.0)
    rally = Rally(_start(nth), flat=False, game=Game.SNOW)
    hand, since = in_world(thrower, hand_of(rally, times)), rally.since(times)
    (origin,) = in_world(thrower, hand_of(rally, np.array([rally.start_s])))
    (foot, *_), _ = foe.track.at(np.zeros(1))
    terrain = thrower.track.terrain
    mark = foot + np.array([0.0, _HIT * foe.body.height_m, 0.0])
    share = np.clip(since / _FLIGHT_S, 0.0, 1.0)[:, None]
    flying = origin + (mark - origin) * share
    flying[:, 1] += 4.0 * share[:, 0] * (1.0 - share[:, 0]) * _ARC * thrower.body.height_m
    places = np.where((since < _FLIGHT_S)[:, None], flying, hand)
    places[:, 1] -= terrain(places[:, 0], places[:, 2]) + 0.5 * ball.body.height_m
    gone = (since >= _FLIGHT_S) & (since < SCOOP_S)
    places[gone, 1] = -_BELOW_M
    track = Track(times, places, 4.0 * times, terrain)
    return replace(ball, track=track, deeds=((0.0, Action.IDLE),), carried=True)


def in_world(part: Part, own: Floats) -> Floats:
    """Places (f, 3) in shares of somebody's height, in his own space, in the world; he stands still."""
    (place, *_), (turn, *_) = part.track.at(np.zeros(1))
    own = own * part.body.height_m
    own[:, 0] += 0.03 * part.body.height_m
    cos, sin = math.cos(turn), math.sin(turn)
    return place + np.stack(
        [own[:, 0] * cos + own[:, 2] * sin, own[:, 1], -own[:, 0] * sin + own[:, 2] * cos], 1
    )
