"""Games of throwing: who throws when, and where the hand is that throws and catches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kirin_video.engines.previs.bodies.posing import Floats

FLIGHT_S = 0.95
"""How long it is in the air from one player to the other."""
ROUND_S = 3.3
"""From one throw of the same player to the next."""
SNOW_S = 2.7
"""The same of one who throws snow, and has to bend down for more of it."""
SCOOP_S = 1.35
"""How long after a throw hands are in the snow."""
FOLLOW_S, REACH_S = 0.30, 0.42
"""How long an arm goes on after a throw, and how long before a catch hands go out."""

_READY = (0.12, 0.60, 0.09)
_WINDUP, _THROWN, _FOLLOW = (-0.07, 0.92, 0.17), (0.23, 0.90, 0.07), (0.22, 0.62, -0.02)
_FLAT_WINDUP, _FLAT_THROWN, _FLAT_FOLLOW = (0.10, 0.62, -0.17), (0.25, 0.68, 0.07), (0.17, 0.70, 0.24)
_CATCH, _KEPT = (0.24, 0.69, 0.03), (0.17, 0.60, 0.04)
_SCOOP, _PACK = (0.25, 0.10, 0.03), (0.17, 0.58, 0.02)

Place = tuple[float, float, float]


class Game(StrEnum):
    """What is played."""

    CATCH = "catch"
    """It goes to and fro between two."""
    SNOW = "snow"
    """Everybody throws; nobody catches."""
    THROW = "throw"
    """Thrown once, away."""
    RECEIVE = "receive"
    """Caught once, from somewhere."""


@dataclass(frozen=True, slots=True)
class Rally:
    """One person's part in a game.

    Attributes:
        start_s: when this one throws first, or catches what comes once.
        flat: whether what flies is a disc, thrown from across the body; else it is thrown overhand.
        game: what is played.
    """

    start_s: float
    flat: bool
    game: Game = Game.CATCH

    def since(self, times: Floats) -> Floats:
        """Seconds since the last throw; before the first one of a single throw, less than 0."""
        gone = times - self.start_s
        round_s = {Game.CATCH: ROUND_S, Game.SNOW: SNOW_S}.get(self.game)
        return gone if round_s is None else gone % round_s


def hand_of(rally: Rally, times: Floats) -> Floats:
    """Where the right hand is, (f, 3), in shares of the height, in the person's own space."""
    windup, thrown, follow = (
        (_FLAT_WINDUP, _FLAT_THROWN, _FLAT_FOLLOW) if rally.flat else (_WINDUP, _THROWN, _FOLLOW)
    )
    caught = ROUND_S / 2.0 + FLIGHT_S
    ways: Mapping[Game, Sequence[tuple[float, Place]]] = {
        Game.CATCH: (
            (0.0, thrown),
            (FOLLOW_S, follow),
            (FOLLOW_S + 0.4, _READY),
            (caught - REACH_S, _READY),
            (caught, _CATCH),
            (caught + 0.25, _KEPT),
            (ROUND_S - 0.18, windup),
            (ROUND_S, thrown),
        ),
        Game.SNOW: (
            (0.0, thrown),
            (FOLLOW_S, follow),
            (0.75, _READY),
            (SCOOP_S - 0.10, _SCOOP),
            (SCOOP_S + 0.10, _SCOOP),
            (1.80, _PACK),
            (2.10, _PACK),
            (SNOW_S - 0.18, windup),
            (SNOW_S, thrown),
        ),
        Game.THROW: (
            (-1.1, _KEPT),
            (-0.45, windup),
            (-0.16, windup),
            (0.0, thrown),
            (FOLLOW_S, follow),
            (0.9, _READY),
        ),
        Game.RECEIVE: ((-0.9, _READY), (-REACH_S, _CATCH), (0.0, _CATCH), (0.3, _KEPT)),
    }
    keys = ways[rally.game]
    at, since = [key for key, _ in keys], rally.since(times)
    return np.stack([np.interp(since, at, [place[axis] for _, place in keys]) for axis in range(3)], 1)


def both_of(rally: Rally, times: Floats) -> Floats:
    """How much the left hand is where the right one is, (f,), 0 to 1: two hands catch, and pack snow."""
    since, caught = rally.since(times), ROUND_S / 2.0 + FLIGHT_S
    match rally.game:
        case Game.CATCH:
            keys, shares = [caught - REACH_S, caught, caught + 0.3, caught + 0.5], [0.0, 1.0, 1.0, 0.0]
        case Game.SNOW:
            keys, shares = [SCOOP_S - 0.3, SCOOP_S, 2.10, 2.35], [0.0, 1.0, 1.0, 0.0]
        case Game.THROW:
            keys, shares = [-1.1, -0.7], [0.6, 0.0]
        case Game.RECEIVE:
            keys, shares = [-0.9, -REACH_S], [0.0, 1.0]
    return np.interp(since, keys, shares)


def bent_of(rally: Rally, times: Floats) -> Floats:
    """How far one who takes up snow is bent down, (f,), 0 to 1."""
    if rally.game is not Game.SNOW:
        return np.zeros_like(times)
    keys = [SCOOP_S - 0.55, SCOOP_S - 0.12, SCOOP_S + 0.12, SCOOP_S + 0.5]
    s = np.interp(rally.since(times), keys, [0.0, 1.0, 1.0, 0.0])
    return s * s * (3.0 - 2.0 * s)


def wound_of(rally: Rally, times: Floats) -> Floats:
    """How far the trunk is wound up for a throw, (f,): 0.6 at most, less than 0 after it."""
    end = {Game.CATCH: ROUND_S, Game.SNOW: SNOW_S}.get(rally.game)
    since = rally.since(times)
    if end is not None:
        keys = [0.0, FOLLOW_S, 0.8, end - 0.50, end - 0.16, end]
        return np.interp(since, keys, [-0.1, -0.4, 0.0, 0.0, 0.6, -0.1])
    if rally.game is Game.RECEIVE:
        return np.zeros_like(times)
    return np.interp(since, [-0.9, -0.4, -0.16, 0.0, FOLLOW_S, 0.9], [0.0, 0.6, 0.6, -0.1, -0.4, 0.0])
