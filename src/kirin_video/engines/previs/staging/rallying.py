"""Rallying: two people who throw something to each other stand apart; one alone throws or catches it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.rally import FLIGHT_S, ROUND_S, Game, Rally, hand_of
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup

_APART = 2.15
"""From one to the other, in heights of the taller."""
_DISCS = frozenset({"frisbee"})
_FIRST_S = 0.55
"""When the first of them throws."""
_ARC_DISC, _ARC_BALL = 0.16, 0.55
"""How much higher than hands it flies, in heights."""
_FARTHER = 0.30
"""How much farther from the viewer the second one stands, as a share of what is between them."""
_HELD_OUT = 0.40
"""How far before the hand the middle of what is held is, in its lengths."""
_THROWN = frozenset(
    {
        *(
            "ball",
            "football",
            "beach_ball",
            "basketball",
            "tennis_ball",
            "snowball",
            "frisbee",
            "rock",
            "apple",
        ),
        *("paper_plane", "rose", "flower", "hat", "bouquet"),
    }
)
"""What is let go by whom it is said that he throws it."""
_GAMES = {Action.THROW: Game.THROW, Action.CATCH: Game.RECEIVE}
_LONE_S, _LONE_FAR, _ROLLS = 1.25, 1.75, 0.30
"""When one alone throws, how far it flies and how far it rolls then, in his heights."""
_ACROSS = 0.12
"""How much farther away it comes down, as a share of its way."""
_SPRING = {"rock": 0.05, "snowball": 0.0, "apple": 0.2, "rose": 0.05, "flower": 0.05, "hat": 0.05}
"""How high it bounces, where not as a ball does."""
_SPIN = 3.0
"""Turns a second of a disc in flight."""


def rallied(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who plays catch in his place, and what is thrown in the air."""
    found = list(parts)
    for at, thing in enumerate(found):
        if thing.role.subject.action is not Action.THROW:
            continue
        between = {r.to for r in thing.role.subject.relations if r.kind is RelationKind.BETWEEN}
        people = [k for k, p in enumerate(found) if p.role.number in between and _is_free(p)][:2]
        if len(people) == 2:  # noqa: PLR2004 -- it takes two
            one, other = people
            found[one], found[other], found[at] = _playing(setup, found[one], found[other], thing)
    for at in range(len(found)):
        _alone(setup, found, at)
    return found


def _alone(setup: Setup, found: list[Part], at: int) -> None:
    """What one alone has in his hand and throws flies off; what he catches comes flying."""
    thing = found[at]
    if thing.hold is None or thing.role.kind.name not in _THROWN:
        return
    one = next((k for k, p in enumerate(found) if (p.role.number, p.which) == thing.hold.by), None)
    if one is None or not _is_free(found[one]):
        return
    subject = found[one].role.subject
    game = next((_GAMES[a] for a in (subject.action, *subject.also) if a in _GAMES), None)
    if game is None:
        return
    part, turn = found[one], setup.look.turn(1.0, _ACROSS)
    rally = Rally(_LONE_S, thing.role.kind.name in _DISCS, game)
    motion = part.body.motion
    assert isinstance(motion, PersonMotion)
    middle = part.track.at(np.array([0.5 * setup.seconds]))[0][0] * np.array([1.0, 0.0, 1.0])
    places = np.repeat(middle[None], len(part.track.times), 0)
    track = replace(part.track, places=places, turns=np.full(len(places), turn))
    own = replace(part.body, motion=motion.rallying(rally))
    found[one] = replace(part, track=track, deeds=((0.0, Action.STAND),), own=own)
    found[at] = _off(setup, found[one], thing, rally)


def _off(setup: Setup, part: Part, thing: Part, rally: Rally) -> Part:
    """In the hand, and through the air to the ground ahead and on; or from there into the hands."""
    times = np.arange(setup.times[0], setup.times[-1], 1.0 / 48.0)
    hand, since = _hand(part, rally, times, thing), times - _LONE_S
    (held,) = _hand(part, rally, np.array([_LONE_S]), thing)
    (place, *_), (turn, *_) = part.track.at(np.zeros(1))
    way, tall = np.array([math.cos(turn), 0.0, -math.sin(turn)]), part.body.height_m
    caught = rally.game is Game.RECEIVE
    gone = np.maximum(-since if caught else since, 0.0)
    far, low = _LONE_FAR * tall, 0.5 * thing.body.height_m
    share = np.clip(gone / FLIGHT_S, 0.0, 1.0)
    after = np.maximum(gone - FLIGHT_S, 0.0)
    start, end = float(held[1] - place[1]), (float(held[1] - place[1]) if caught else low)
    high = start + (end - start) * share + 4.0 * share * (1.0 - share) * _ARC_BALL * tall
    if not caught:
        # It bounces twice, lower each time, and rolls until it lies.
        for first, length, rise in ((0.0, 0.42, 0.16), (0.42, 0.26, 0.05)):
            hop = np.clip((after - first) / length, 0.0, 1.0)
            high = high + 4.0 * hop * (1.0 - hop) * rise * tall * _SPRING.get(thing.role.kind.name, 0.35)
    rolled = _ROLLS * tall * (1.0 - np.exp(-after / 0.55)) if not caught else 0.8 * far * after
    flying = held + (far * share + rolled)[:, None] * way
    flying[:, 1] = place[1] + high
    places = np.where((gone > 0.0)[:, None], flying, hand)
    terrain = part.track.terrain
    places[:, 1] -= terrain(places[:, 0], places[:, 2]) + low
    turns = math.tau * _SPIN * np.where(gone > 0.0, since, 0.0) * (0.3 + 0.7 * rally.flat)
    track = Track(times, np.maximum(places, np.array([-np.inf, 0.0, -np.inf])), turns, terrain)
    return replace(thing, track=track, deeds=((0.0, Action.IDLE),), carried=True, hold=None)


def _is_free(part: Part) -> bool:
    return isinstance(part.body.motion, PersonMotion) and not part.carried


def _playing(setup: Setup, one: Part, other: Part, thing: Part) -> tuple[Part, Part, Part]:
    apart = _APART * max(one.body.height_m, other.body.height_m)
    (middle, *_), _ = one.track.at(np.array([0.5 * setup.seconds]))
    turn = setup.look.turn(1.0, _FARTHER)
    way = np.array([math.cos(turn), 0.0, -math.sin(turn)])
    flat = thing.role.kind.name in _DISCS
    players: list[Part] = []
    for part, sign, start in ((one, -1.0, _FIRST_S), (other, 1.0, _FIRST_S + ROUND_S / 2.0)):
        place = (middle + 0.5 * sign * apart * way) * np.array([1.0, 0.0, 1.0])
        places = np.repeat(place[None], len(part.track.times), 0)
        track = replace(part.track, places=places, turns=np.full(len(places), turn + (sign > 0.0) * math.pi))
        motion = part.body.motion
        assert isinstance(motion, PersonMotion)
        own = replace(part.body, motion=motion.rallying(Rally(start, flat)))
        players.append(replace(part, track=track, deeds=((0.0, Action.STAND),), own=own))
    first, second = players
    return first, second, _flying(setup, first, second, thing, flat=flat)


def _flying(setup: Setup, one: Part, other: Part, thing: Part, *, flat: bool) -> Part:
    """What is thrown: in the hand of one, in the air, in the hand of the other."""
    times = np.arange(setup.times[0], setup.times[-1], 1.0 / 48.0)
    hands = [
        _hand(p, Rally(s, flat), times, thing)
        for p, s in ((one, _FIRST_S), (other, _FIRST_S + ROUND_S / 2.0))
    ]
    since = (times - _FIRST_S) % ROUND_S
    half = since % (ROUND_S / 2.0)
    by_first = since < ROUND_S / 2.0
    share = np.clip(half / FLIGHT_S, 0.0, 1.0)[:, None]
    start = np.where(
        by_first[:, None],
        _thrown(hands[0], times, _FIRST_S),
        _thrown(hands[1], times, _FIRST_S + ROUND_S / 2.0),
    )
    holder = np.where(by_first[:, None], hands[1], hands[0])
    high = (_ARC_DISC if flat else _ARC_BALL) * one.body.height_m
    arc = 4.0 * share[:, 0] * (1.0 - share[:, 0]) * high
    places = np.where(share < 1.0, start + (holder - start) * share, holder)
    places[:, 1] += arc - 0.5 * thing.body.height_m
    terrain = one.track.terrain
    places[:, 1] -= terrain(places[:, 0], places[:, 2])
    turns = math.tau * _SPIN * times
    return replace(
        thing,
        track=Track(times, places, turns, terrain),
        deeds=((0.0, Action.IDLE),),
        carried=True,
        hold=None,
    )


def _thrown(hand: Floats, times: Floats, start_s: float) -> Floats:
    """Where a hand is when it lets go, (3,)."""
    return np.array([float(np.interp(start_s + ROUND_S, times, hand[:, axis])) for axis in range(3)])


def _hand(part: Part, rally: Rally, times: Floats, thing: Part) -> Floats:
    """Where the middle of what is in somebody's hand is, (f, 3), in the world."""
    own = hand_of(rally, times) * part.body.height_m
    own[:, 0] += _HELD_OUT * thing.body.length_m + 0.03 * part.body.height_m
    (place, *_), (turn, *_) = part.track.at(np.zeros(1))
    cos, sin = math.cos(turn), math.sin(turn)
    return place + np.stack(
        [own[:, 0] * cos + own[:, 2] * sin, own[:, 1], -own[:, 0] * sin + own[:, 2] * cos], 1
    )
