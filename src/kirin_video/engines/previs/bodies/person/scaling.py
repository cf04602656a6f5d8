"""Climbing a trunk: hands and feet reach up in turn, the chest near the wood."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.going import look_about
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.resting import feet_at
from kirin_video.engines.previs.bodies.person.steps import Footing

_REACH_S = 1.5
"""From one reach of a hand to the next of the same one."""


def scale(m: Moment) -> Figure:
    """Up a trunk that is right before the body."""
    h = m.height
    turn = math.tau * m.times / _REACH_S + m.life.phase
    figure = Figure(feet_at(m, 0.10, 0.055, 0.072), free=True)
    for side, sign in SIDES.items():
        up = np.sin(turn + (0.0 if sign > 0 else math.pi))
        foot = figure.feet[side]
        place = foot.place + np.stack([0.0 * up, -0.075 * h * up, 0.0 * up], 1)
        figure.feet[side] = Footing(place, foot.air + 1.0, foot.pitch - 0.15, foot.yaw - 0.55 * sign)
        goal = np.stack([0.175 + 0.0 * up, 0.905 + 0.075 * up, 0.055 * sign + 0.0 * up], 1) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.3, -0.7, 0.9]), curl=0.9, level=False)
    sway = 0.012 * h * np.sin(turn)
    figure.shift = np.stack([0.0 * sway - 0.02 * h, 0.0 * sway - 0.055 * h, sway], 1)
    figure.knees = dict.fromkeys(SIDES, 0.75)
    figure.hips = Turns(0.05, 0.0, 0.06 * np.sin(turn))
    figure.back = Turns(0.02, 0.0, -0.08 * np.sin(turn))
    figure.head = Turns(-0.28)
    look_about(m, figure)
    return figure
