"""Playing: throws, catches, and bending down for snow, over and over."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.rally import Game, bent_of, both_of, hand_of, wound_of
from kirin_video.engines.previs.bodies.posing import Floats

_POLE = np.array([-0.35, -0.8, 0.55])


def play_catch(m: Moment, figure: Figure) -> None:
    """Arms that throw and catch, the trunk turning with them."""
    rally = m.rally
    if rally is None:
        return
    right, both, bent = hand_of(rally, m.times), both_of(rally, m.times), bent_of(rally, m.times)
    left = np.array([0.13, 0.60, -0.10]) * (1.0 - both)[:, None]
    left = left + (right * np.array([1.0, 1.0, 0.0]) - np.array([0.0, 0.0, 0.035])) * both[:, None]
    figure.arms["r"] = Arm(goal=right * m.height, pole=_POLE, curl=0.8, level=False)
    figure.arms["l"] = Arm(goal=left * m.height, pole=_POLE, curl=0.5, level=False)
    wound = wound_of(rally, m.times)
    turn = wound if rally.flat else -wound
    figure.back.yaw = figure.back.yaw + 0.7 * turn
    figure.head.yaw = figure.head.yaw - 0.6 * turn
    figure.back.pitch = figure.back.pitch + 0.12 * both * (rally.game is not Game.THROW) + 0.60 * bent
    figure.face.open = 0.25 * both
    if rally.game is Game.SNOW:
        _bend(m, figure, bent)


def _bend(m: Moment, figure: Figure, bent: Floats) -> None:
    """Down to the snow, knees bent, and a laugh on the way up."""
    down = np.stack([-0.07 * bent, -0.15 * bent, 0.0 * bent], 1) * m.height
    figure.shift = figure.shift + down
    figure.hips.pitch = figure.hips.pitch + 0.70 * bent
    figure.head.pitch = figure.head.pitch - 0.35 * bent
    figure.face.open = 0.35 * (1.0 - bent)
