"""A game of catch: who throws when, and where the hand is that throws and catches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.posing import Floats

FLIGHT_S = 0.95
"""How long it is in the air."""
ROUND_S = 3.3
"""From one throw of the same person to the next."""
_READY = 0.12, 0.60, 0.09
FOLLOW_S, REACH_S = 0.30, 0.42
"""How long an arm goes on after a throw, and how long before a catch hands go out."""


@dataclass(frozen=True, slots=True)
class Rally:
    """One person's half of a game of catch.

    Attributes:
        start_s: when this one throws first.
        flat: whether what flies is a disc, thrown from across the body; else it is thrown overhand.
    """

    start_s: float
    flat: bool


def hand_of(rally: Rally, times: Floats) -> Floats:
    """Where the right hand is, (f, 3), in shares of the height, in the person's own space."""
    since = (times - rally.start_s) % ROUND_S
    caught = ROUND_S / 2.0 + FLIGHT_S
    keys = [0.0, FOLLOW_S, FOLLOW_S + 0.4, caught - REACH_S, caught, caught + 0.25, ROUND_S - 0.18, ROUND_S]
    windup = (0.10, 0.62, -0.17) if rally.flat else (-0.07, 0.92, 0.17)
    thrown = (0.25, 0.68, 0.07) if rally.flat else (0.23, 0.90, 0.07)
    follow = (0.17, 0.70, 0.24) if rally.flat else (0.22, 0.62, -0.02)
    catch = (0.24, 0.69, 0.03)
    places = np.array([thrown, follow, _READY, _READY, catch, (0.17, 0.60, 0.04), windup, thrown])
    return np.stack([np.interp(since, keys, places[:, axis]) for axis in range(3)], 1)
