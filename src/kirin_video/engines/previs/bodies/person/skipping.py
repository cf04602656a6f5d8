"""Skipping rope: small hops on both feet, and hands that swing a rope round."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.going import look_about
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.steps import Footing, ball_of
from kirin_video.engines.previs.bodies.posing import Floats

TURN_S = 0.78
"""How long a rope takes for a turn; it is under the feet at the start of each."""
HANDS_HIGH = 0.545
"""How high the hands are, as a share of the height."""
_AIR = 0.27
"""How long before and after that feet are off the ground, in turns."""


def skip(m: Moment) -> Figure:
    """Hops over a rope."""
    h = m.height
    off = (m.times / TURN_S + 0.5) % 1.0 - 0.5
    up = np.clip(1.0 - (off / _AIR) ** 2, 0.0, 1.0)
    crouch = np.clip(1.0 - np.abs((np.abs(off) - 0.36) / 0.13), 0.0, 1.0)
    feet: dict[str, Footing] = {}
    for side, sign in SIDES.items():
        place = np.repeat((ball_of(m.frame, side) * np.array([1.0, 1.0, 0.72]))[None], len(off), 0)
        place[:, 1] += 0.082 * h * up
        place[:, 0] -= 0.03 * h * up
        feet[side] = Footing(place, np.clip(3.0 * up, 0.0, 1.0), 0.70 * np.sqrt(up), 0.0 * off - 0.05 * sign)
    figure = Figure(feet)
    figure.shift = np.stack([0.0 * off, h * (0.066 * up - 0.042 * crouch - 0.006), 0.0 * off], 1)
    figure.hips = Turns(0.07 + 0.07 * crouch)
    figure.back = Turns(0.02 + 0.05 * crouch)
    figure.head = Turns(-0.06)
    look_about(m, figure)
    figure.face.open = 0.22 * up
    figure.flare = 0.10 + 0.14 * np.clip(-np.sin(math.tau * off), 0.0, 1.0)
    figure.stream = 0.12
    return figure


def swing_rope(m: Moment, figure: Figure, side: str) -> None:
    """Both hands beside the hips, circling with the rope."""
    del side
    turn = math.tau * m.times / TURN_S
    for each, sign in SIDES.items():
        figure.arms[each] = Arm(
            goal=_hand(m.height, turn, sign), pole=np.array([-0.85, -0.35, 0.35]), curl=1.3, level=False
        )


def _hand(height: float, turn: Floats, sign: float) -> Floats:
    wide = 0.205 + 0.0 * turn
    return (
        np.stack([0.045 - 0.018 * np.sin(turn), HANDS_HIGH - 0.018 * np.cos(turn), sign * wide], 1) * height
    )
