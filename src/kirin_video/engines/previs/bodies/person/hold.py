"""Holding: how arms are held for what is in the hands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from kirin_video.engines.previs.bodies.person.acts import Hands, Move
from kirin_video.engines.previs.bodies.person.figure import Arm, Figure
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.grip import Grip
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.skipping import swing_rope

_YIELDING = frozenset({Hands.REST, Hands.HOLD, Hands.CARRY, Hands.LOOK, Hands.TALK, Hands.LEAN})
"""What hands do that hold something may take the place of."""
_POLE = np.array([-0.35, -0.9, 0.55])
_SHAKE_S, _ROLL_S = 0.34, 1.5
_BAR_M, _WORKTOP_M = 1.0, 0.86
"""How high above the ground hands are: at a handle, and on a table with something in them."""


def hold_on(m: Moment, figure: Figure) -> None:
    """Arms take the poses of what they hold; hands that have something to do with it do that."""
    for side, grip in m.grips.items():
        if grip is Grip.BLADE and m.act.move is Move.FIGHT:
            continue
        if grip in _PLAYED or m.act.hands in _YIELDING or (side == "l" and m.act.hands is Hands.WAVE):
            _ARMS[grip](m, figure, side)


def _one(
    x: float, y: float, z: float, curl: float = 1.15, wrist: float = 0.0
) -> Callable[[Moment, Figure, str], None]:
    def arm(m: Moment, figure: Figure, side: str) -> None:
        breath = 0.003 * m.life.slow(2, 1.0)
        goal = np.stack([x + 0.0 * breath, y + breath, z * SIDES[side] + 0.0 * breath], 1) * m.height
        figure.arms[side] = Arm(goal=goal, pole=_POLE, curl=curl, wrist=wrist)

    return arm


def _low(_m: Moment, figure: Figure, side: str) -> None:
    swing = figure.arms[side].swing
    figure.arms[side] = Arm(swing=0.35 * np.asarray(swing), out=0.20, bend=0.14, curl=1.3)


def _pole(m: Moment, figure: Figure, side: str) -> None:
    """On skis arms go as they go; who stands has his poles upright at his sides."""
    if m.act.move is Move.GLIDE:
        figure.arms[side].curl = 1.3
    else:
        _one(0.135, 0.590, 0.165)(m, figure, side)


def _seen(m: Moment, figure: Figure, side: str) -> None:
    _one(0.150, 0.735, 0.055, 0.9, 0.2)(m, figure, side)
    figure.head.pitch = figure.head.pitch + 0.26
    figure.face.look_pitch = 0.2


def _both(m: Moment, figure: Figure, side: str) -> None:
    del side
    apart = float(np.clip(0.5 * m.held_m / m.height, 0.045, 0.17))
    for each, sign in SIDES.items():
        goal = np.array([0.185, 0.585, (apart + 0.012) * sign]) * m.height
        figure.arms[each] = Arm(goal=goal, pole=np.array([-0.35, -0.7, 0.8]), curl=0.35, wrist=0.25)
    figure.back.pitch = figure.back.pitch - 0.05


def _opened(m: Moment, figure: Figure, side: str) -> None:
    del side
    for each, sign in SIDES.items():
        goal = np.array([0.165, 0.665, 0.062 * sign]) * m.height
        figure.arms[each] = Arm(goal=goal, pole=_POLE, curl=0.6, wrist=0.5)
    figure.head.pitch = figure.head.pitch + 0.32
    figure.face.look_pitch = 0.2


def _rod(m: Moment, figure: Figure, side: str) -> None:
    del side
    for each, (x, y) in {"r": (0.160, 0.575), "l": (0.245, 0.625)}.items():
        figure.arms[each] = Arm(goal=np.array([x, y, 0.045]) * m.height, pole=_POLE, curl=1.2)


def _tool(m: Moment, figure: Figure, side: str) -> None:
    """Before the body, its head over the right shoulder."""
    del side
    for each, goal in {"r": (0.130, 0.670, 0.100), "l": (0.165, 0.570, 0.030)}.items():
        figure.arms[each] = Arm(goal=np.array(goal) * m.height, pole=_POLE, curl=1.25)


def _guitar(m: Moment, figure: Figure, side: str) -> None:
    """The left hand on the neck; the right one strums when music is made."""
    del side
    busy = 1.0 if m.act.hands is Hands.MUSIC else 0.0
    strum = busy * np.sin(2.0 * np.pi * m.times / 0.48)
    right = np.stack([0.155 + 0.0 * strum, 0.555 + 0.026 * strum, 0.030 + 0.012 * strum], 1) * m.height
    step = busy * np.round(1.5 * np.sin(1.3 * m.times)) * 0.012
    left = np.stack([0.150 + 0.0 * step, 0.652 - 0.5 * step, -0.205 + step], 1) * m.height
    figure.arms["r"] = Arm(goal=right, pole=np.array([-0.5, -0.4, 0.9]), curl=0.6, wrist=0.35)
    figure.arms["l"] = Arm(goal=left, pole=_POLE, curl=1.1)
    figure.head.pitch = figure.head.pitch + 0.10
    figure.head.yaw = figure.head.yaw + 0.15


def _violin(m: Moment, figure: Figure, side: str) -> None:
    del side
    bow = 0.5 * np.sin(2.0 * np.pi * m.times / 1.3) * (m.act.hands is Hands.MUSIC)
    right = np.stack([0.150 + 0.05 * bow, 0.775 + 0.0 * bow, 0.055 + 0.06 * bow], 1) * m.height
    figure.arms["r"] = Arm(goal=right, pole=np.array([-0.2, -0.6, 0.9]), curl=0.8)
    figure.arms["l"] = Arm(goal=np.array([0.235, 0.770, -0.105]) * m.height, pole=_POLE, curl=1.1)
    figure.head.yaw = figure.head.yaw + 0.35
    figure.head.roll = figure.head.roll - 0.22


def _trumpet(m: Moment, figure: Figure, side: str) -> None:
    del side
    high = (float(m.frame.skull[1]) - 0.30 * m.frame.head) / m.height
    for each, x in {"r": 0.165, "l": 0.195}.items():
        goal = np.array([x, high - 0.035, 0.022 * SIDES[each]]) * m.height
        figure.arms[each] = Arm(goal=goal, pole=np.array([-0.2, -0.7, 0.9]), curl=1.0)
    figure.head.pitch = figure.head.pitch - 0.06


def _shaken(m: Moment, figure: Figure, side: str) -> None:
    """To and fro beside the head, as a barman does it."""
    del side
    beat = np.sin(2.0 * np.pi * m.times / _SHAKE_S)
    for each, sign in SIDES.items():
        goal = np.stack([0.155 + 0.030 * beat, 0.800 + 0.028 * beat, 0.125 + 0.030 * sign + 0.0 * beat], 1)
        figure.arms[each] = Arm(goal=goal * m.height, pole=np.array([-0.1, -0.7, 0.9]), curl=1.1)
    figure.back.yaw = figure.back.yaw - 0.12 + 0.03 * beat
    figure.face.open = 0.12


def _rolled(m: Moment, figure: Figure, side: str) -> None:
    """Out over the table and back, bent over it; the table's height is not his."""
    del side
    roll = np.sin(2.0 * np.pi * m.times / _ROLL_S)
    high = float(np.clip(_WORKTOP_M / m.height, 0.44, 0.70))
    apart = float(np.clip(0.40 * m.held_m / m.height, 0.07, 0.17))
    for each, sign in SIDES.items():
        goal = np.stack([0.245 + 0.055 * roll, high + 0.0 * roll, apart * sign + 0.0 * roll], 1)
        figure.arms[each] = Arm(goal=goal * m.height, pole=np.array([-0.4, -0.5, 0.8]), curl=1.2)
    figure.back.pitch = figure.back.pitch + 0.24 + 0.08 * roll
    figure.head.pitch = figure.head.pitch + 0.22
    figure.face.look_pitch = 0.2


def _bellows(m: Moment, figure: Figure, side: str) -> None:
    """The chest sways with the bellows; each hand keeps to its end."""
    del side
    pull = np.sin(2.0 * np.pi * m.times / 1.9) * (m.act.hands is Hands.MUSIC)
    apart = float(np.clip(0.5 * m.held_m / m.height, 0.08, 0.17))
    for each, sign in SIDES.items():
        goal = np.stack([0.150 + 0.0 * pull, 0.655 + 0.016 * sign * pull, sign * (apart + 0.012 * pull)], 1)
        figure.arms[each] = Arm(goal=goal * m.height, pole=np.array([-0.5, -0.7, 0.9]), curl=0.7)
    figure.back.yaw = figure.back.yaw + 0.10 * pull
    figure.back.roll = figure.back.roll + 0.05 * pull
    figure.head.roll = figure.head.roll + 0.08 * pull


def _sawn(m: Moment, figure: Figure, side: str) -> None:
    """The right hand to and fro, the left one on the board, bent over it."""
    del side
    stroke = np.sin(2.0 * np.pi * m.times / 0.85)
    high = float(np.clip((_WORKTOP_M + 0.06) / m.height, 0.46, 0.72))
    right = np.stack([0.195 + 0.070 * stroke, high - 0.012 * stroke, 0.070 + 0.0 * stroke], 1)
    figure.arms["r"] = Arm(goal=right * m.height, pole=np.array([-0.7, -0.2, 0.5]), curl=1.3)
    left = np.array([0.255, high - 0.035, -0.105]) * m.height
    figure.arms["l"] = Arm(goal=left, pole=np.array([-0.4, -0.5, 0.8]), curl=0.15)
    figure.back.pitch = figure.back.pitch + 0.26 + 0.05 * stroke
    figure.head.pitch = figure.head.pitch + 0.24
    figure.face.look_pitch = 0.2


def _bar(m: Moment, figure: Figure, side: str) -> None:
    """A handle before the belly; it keeps its height, whoever pushes."""
    del side
    high = float(np.clip(_BAR_M / m.height, 0.50, 0.72))
    for each, sign in SIDES.items():
        goal = np.array([0.165, high, 0.085 * sign]) * m.height
        figure.arms[each] = Arm(goal=goal, pole=np.array([-0.4, -0.7, 0.6]), curl=1.2)


def _shins(m: Moment, figure: Figure, side: str) -> None:
    """Before the shoulders, where the legs of somebody on them hang down."""
    del side
    for each, sign in SIDES.items():
        goal = np.array([0.105, 0.725, 0.060 * sign]) * m.height
        figure.arms[each] = Arm(goal=goal, pole=np.array([-0.1, -0.8, 0.75]), curl=1.1)


def _needles(m: Moment, figure: Figure, side: str) -> None:
    """Small rounds of both hands, one after the other; the eyes are on them."""
    del side
    for each, sign in SIDES.items():
        turn = 2.0 * np.pi * m.times / 0.62 + (0.0 if sign > 0 else np.pi)
        goal = np.stack(
            [
                0.190 + 0.012 * np.cos(turn),
                0.668 + 0.014 * np.sin(turn),
                0.046 * sign + 0.010 * np.cos(turn),
            ],
            1,
        )
        figure.arms[each] = Arm(goal=goal * m.height, pole=np.array([-0.3, -0.8, 0.7]), curl=1.2, wrist=0.2)
    figure.head.pitch = figure.head.pitch + 0.34
    figure.face.look_pitch = 0.2


_PLAYED = frozenset(
    {
        *(Grip.GUITAR, Grip.VIOLIN, Grip.TRUMPET, Grip.ROD, Grip.ROPE, Grip.NEEDLES, Grip.SHINS),
        *(Grip.SHAKEN, Grip.ROLLED, Grip.BAR, Grip.BELLOWS, Grip.SAWN),
    }
)
"""What is held the same way whatever is done with it."""

_ARMS: Mapping[Grip, Callable[[Moment, Figure, str], None]] = {
    Grip.POLE: _pole,
    Grip.RAISED: _one(0.130, 0.725, 0.095),
    Grip.STRING: _one(0.135, 0.690, 0.115),
    Grip.LOW: _low,
    Grip.FORWARD: _one(0.185, 0.640, 0.105),
    Grip.BLADE: _one(0.185, 0.640, 0.105),
    Grip.STAFF: _one(0.125, 0.640, 0.150),
    Grip.TRAY: _one(0.120, 0.790, 0.235, 0.15),
    Grip.SMALL: _one(0.165, 0.655, 0.060, 0.95, 0.2),
    Grip.SEEN: _seen,
    Grip.BOTH: _both,
    Grip.OPENED: _opened,
    Grip.TOOL: _tool,
    Grip.ROD: _rod,
    Grip.GUITAR: _guitar,
    Grip.VIOLIN: _violin,
    Grip.TRUMPET: _trumpet,
    Grip.ROPE: swing_rope,
    Grip.SHINS: _shins,
    Grip.NEEDLES: _needles,
    Grip.SHAKEN: _shaken,
    Grip.ROLLED: _rolled,
    Grip.BAR: _bar,
    Grip.BELLOWS: _bellows,
    Grip.SAWN: _sawn,
}
