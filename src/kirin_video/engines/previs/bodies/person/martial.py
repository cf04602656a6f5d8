"""Martial arts: cuts with a blade, and the slow forms of tai chi."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Features, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.steps import Footing, planted
from kirin_video.engines.previs.bodies.posing import Floats

_CUT_S = 1.35
_FORM_S = 3.2
"""How long a cut and a form take."""
_GUARD = ((0.17, 0.66, 0.07), 0.0)
_CUTS: tuple[tuple[tuple[tuple[float, float, float], float], ...], ...] = (
    (_GUARD, ((-0.01, 0.93, 0.10), 0.0), ((0.31, 0.60, -0.06), 1.0), ((0.24, 0.54, -0.10), 0.8)),
    (_GUARD, ((0.10, 0.74, -0.16), 0.1), ((0.30, 0.70, 0.14), 0.9), ((0.18, 0.72, 0.24), 0.6)),
    (_GUARD, ((0.02, 0.66, 0.13), 0.0), ((0.36, 0.73, 0.02), 1.0), ((0.26, 0.70, 0.05), 0.4)),
)
"""Cuts from above, from the left, and a thrust: where the hand is, as shares of the height, and the lunge."""
_KNOTS = (0.0, 0.34, 0.52, 0.68, 1.0)


def fence(m: Moment) -> Figure:
    """One cut after the other, the front foot lunging; the left arm is out for balance."""
    h, n = m.height, len(m.times)
    beats = m.times / _CUT_S + m.life.phase
    which, share = np.floor(beats).astype(int) % len(_CUTS), beats % 1.0
    hand, lunge = np.zeros((n, 3)), np.zeros(n)
    for k, cut in enumerate(_CUTS):
        mine = which == k
        knots = (*cut, _GUARD)
        for axis in range(3):
            hand[mine, axis] = _through(share[mine], [place[axis] for place, _ in knots])
        lunge[mine] = _through(share[mine], [reach for _, reach in knots])
    left = planted(m.frame, "l", n, np.array([-0.13 * h, 0.0, -0.03 * h]), 0.6)
    right = planted(m.frame, "r", n, np.array([0.10 * h, 0.0, 0.02 * h]))
    step = 0.13 * h * lunge
    air = np.clip(4.0 * np.abs(np.gradient(lunge, m.times)) / 4.0, 0.0, 1.0) if n > 1 else 0.0 * lunge
    place = right.place + np.stack([step, 0.02 * h * air, 0.0 * step], 1)
    figure = Figure({"l": left, "r": Footing(place, 0.0 * air, 0.0 * air, right.yaw)})
    figure.shift = np.stack([0.05 * h * lunge, -0.05 * h - 0.055 * h * lunge, 0.0 * lunge], 1)
    figure.hips = Turns(0.05 + 0.10 * lunge, -0.25 + 0.35 * lunge)
    figure.back = Turns(0.06 + 0.14 * lunge, -0.30 + 0.55 * lunge)
    figure.head = Turns(-0.10, 0.45 - 0.75 * lunge)
    figure.face = Features(shut=1.0 - m.life.blinks, brows=-0.01)
    figure.arms["r"] = Arm(goal=hand * h, pole=np.array([-0.3, -0.8, 0.6]), curl=1.4, level=False)
    figure.arms["l"] = Arm(swing=-0.35 - 0.35 * lunge, out=0.75 + 0.25 * lunge, bend=0.7, curl=0.8)
    figure.stream = 0.15 + 0.2 * lunge
    return figure


def _through(share: Floats, values: list[float]) -> Floats:
    """Eased from one value to the next at the knots of a cut."""
    k = np.clip(np.searchsorted(_KNOTS, share, side="right") - 1, 0, len(_KNOTS) - 2)
    knots, at = np.array(_KNOTS), np.array(values)
    s = (share - knots[k]) / (knots[k + 1] - knots[k])
    s = s * s * (3.0 - 2.0 * s)
    return at[k] + (at[k + 1] - at[k]) * s


def tai_chi(m: Moment) -> Figure:
    """Deep in the knees, weight from foot to foot, hands that push and part like clouds."""
    h, n = m.height, len(m.times)
    w = math.tau * (m.times / (2.0 * _FORM_S) + m.life.phase)
    weight = np.sin(w)
    left = planted(m.frame, "l", n, np.array([0.03 * h, 0.0, -0.115 * h]), 0.35)
    right = planted(m.frame, "r", n, np.array([-0.03 * h, 0.0, 0.115 * h]), -0.35)
    figure = Figure({"l": left, "r": right})
    deep = 0.085 + 0.020 * np.cos(2.0 * w)
    figure.shift = np.stack([0.012 * h * np.cos(w), -h * deep, 0.075 * h * weight], 1)
    figure.hips = Turns(0.02, -0.30 * weight)
    figure.back = Turns(0.02, -0.42 * weight)
    figure.head = Turns(-0.02, -0.20 * weight)
    figure.face = Features(shut=np.maximum(1.0 - m.life.blinks, 0.25))
    figure.knees = dict.fromkeys(SIDES, 0.32)
    for side, sign in SIDES.items():
        # One hand presses out while the other comes round low, and they change places.
        turn = w + (0.0 if sign > 0 else math.pi)
        out = np.stack(
            [
                0.225 + 0.075 * np.sin(turn),
                0.665 + 0.100 * np.cos(turn),
                sign * (0.105 + 0.075 * np.cos(turn)),
            ],
            1,
        )
        figure.arms[side] = Arm(
            goal=out * h, pole=np.array([-0.2, -0.8, 0.9]), curl=0.12, wrist=-0.55 + 0.35 * np.cos(turn)
        )
    figure.stream = 0.08
    return figure
