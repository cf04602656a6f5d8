"""Playing catch: a throw, the other one's throw, and the catch, over and over."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.rally import (
    FLIGHT_S,
    FOLLOW_S,
    REACH_S,
    ROUND_S,
    hand_of,
)

_WINDUP_S = 0.50


def play_catch(m: Moment, figure: Figure) -> None:
    """Arms that throw and catch, the trunk turning with them."""
    rally = m.rally
    if rally is None:
        return
    since = (m.times - rally.start_s) % ROUND_S
    caught = ROUND_S / 2.0 + FLIGHT_S
    right = hand_of(rally, m.times)
    # Two hands catch.
    both = np.interp(since, [caught - REACH_S, caught, caught + 0.3, caught + 0.5], [0.0, 1.0, 1.0, 0.0])
    left = np.array([0.13, 0.60, -0.10]) * (1.0 - both)[:, None]
    left = left + (right * np.array([1.0, 1.0, 0.0]) - np.array([0.0, 0.0, 0.035])) * both[:, None]
    pole = np.array([-0.35, -0.8, 0.55])
    figure.arms["r"] = Arm(goal=right * m.height, pole=pole, curl=0.8, level=False)
    figure.arms["l"] = Arm(goal=left * m.height, pole=pole, curl=0.5, level=False)
    wound = np.interp(
        since,
        [0.0, FOLLOW_S, 0.8, ROUND_S - _WINDUP_S, ROUND_S - 0.16, ROUND_S],
        [-0.1, -0.4, 0.0, 0.0, 0.6, -0.1],
    )
    turn = wound if rally.flat else -wound
    figure.back.yaw = figure.back.yaw + 0.7 * turn
    figure.head.yaw = figure.head.yaw - 0.6 * turn
    figure.back.pitch = figure.back.pitch + 0.12 * both
    figure.face.open = 0.25 * both
