"""Touching: arms that reach for somebody else: hand in hand, in each other's arms, dancing."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.bond import Bond, Touch
from kirin_video.engines.previs.bodies.person.figure import Arm, Figure
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.moment import Moment

_BEAT_S = 1.1
_ELBOWS_OUT = np.array([-0.25, -0.55, 0.9])


def bind(m: Moment, figure: Figure) -> None:
    """Let arms reach for the other one."""
    bond = m.bond
    if bond is not None:
        _TOUCHES[bond.touch](m, figure, bond)


def _hands(m: Moment, figure: Figure, bond: Bond) -> None:
    """The near hands meet half-way and swing a little as both go."""
    going = min(m.speed, 1.5)
    swing = 0.035 * going * np.sin(math.tau * m.times / _BEAT_S)
    goal = np.stack(
        [
            0.02 + swing,
            np.full_like(swing, bond.high_m),
            np.full_like(swing, 0.5 * bond.apart_m * SIDES[bond.side]),
        ],
        1,
    )
    figure.arms[bond.side] = Arm(goal=goal, pole=np.array([-0.8, -0.5, 0.25]), curl=1.2, level=False)
    figure.head.yaw = figure.head.yaw - 0.12 * SIDES[bond.side] * (0.5 + 0.5 * np.sin(0.9 * m.times))


def _embrace(m: Moment, figure: Figure, bond: Bond) -> None:
    """Arms round the other one's back, one high, one low; heads go past each other."""
    far = bond.apart_m + 0.055 * m.height
    rub = 0.012 * np.sin(1.6 * m.times + 2.0 * bond.leads)
    for side, sign in SIDES.items():
        up = 0.0 if (side == "r") == bond.leads else -0.13
        high = bond.high_m + up * m.height + rub
        goal = np.stack([np.full_like(rub, far), high, np.full_like(rub, 0.045 * sign * m.height)], 1)
        figure.arms[side] = Arm(goal=goal, pole=_ELBOWS_OUT, curl=0.5, wrist=0.3, level=False)
    sway = 0.02 * np.sin(0.9 * m.times) * (1.0 if bond.leads else -1.0)
    figure.back.roll = figure.back.roll + sway
    figure.back.pitch = figure.back.pitch + 0.10
    figure.head.roll = figure.head.roll + 0.30
    figure.head.pitch = figure.head.pitch + 0.05
    figure.face.shut = 1.0 - 0.15 * m.life.blinks


def _waltz(m: Moment, figure: Figure, bond: Bond) -> None:
    """Joined hands out to one side, the other arms on waist and shoulder; both sway as one."""
    beat = np.sin(math.tau * m.times / (2.0 * _BEAT_S)) * (1.0 if bond.leads else -1.0)
    dip = 0.5 - 0.5 * np.cos(2.0 * math.tau * m.times / (2.0 * _BEAT_S))
    sign = SIDES[bond.side]
    ones = np.ones_like(beat)
    out = np.stack(
        [0.5 * bond.apart_m * ones, bond.high_m + 0.03 * m.height * beat, sign * 0.27 * m.height * ones], 1
    )
    figure.arms[bond.side] = Arm(goal=out, pole=np.array([-0.2, -0.9, 0.6]), curl=1.1, level=False)
    other = "l" if bond.side == "r" else "r"
    high = bond.high_m - (0.10 if bond.leads else -0.04) * m.height
    rest = np.stack([(bond.apart_m - 0.02) * ones, high * ones, -sign * 0.085 * m.height * ones], 1)
    figure.arms[other] = Arm(goal=rest, pole=_ELBOWS_OUT, curl=0.35, level=False)
    figure.shift = figure.shift + np.stack([0.0 * beat, -0.014 * m.height * dip, 0.045 * m.height * beat], 1)
    figure.back.roll = figure.back.roll - 0.05 * beat
    figure.hips.roll = figure.hips.roll + 0.05 * beat
    figure.face.open = 0.12


def _cuddle(m: Moment, figure: Figure, bond: Bond) -> None:
    """Arms round a neck that is before the chest, the cheek against it."""
    rub = 0.014 * np.sin(1.9 * m.times)
    ones = np.ones_like(rub)
    for side, sign in SIDES.items():
        # One arm over the back, the other before the chest, both hands beyond the neck.
        high = bond.high_m + (0.035 if side == bond.side else -0.055) * m.height + rub
        goal = np.stack([(bond.apart_m + 0.035 * m.height) * ones, high, 0.085 * sign * m.height * ones], 1)
        figure.arms[side] = Arm(goal=goal, pole=_ELBOWS_OUT, curl=0.5, wrist=0.3, level=False)
    figure.hips.pitch = figure.hips.pitch + 0.16
    figure.back.pitch = figure.back.pitch + 0.26
    figure.head.roll = figure.head.roll + 0.30 * SIDES[bond.side]
    figure.head.pitch = figure.head.pitch + 0.04 + 0.5 * rub
    figure.face.shut = 1.0 - 0.25 * m.life.blinks
    figure.face.open = 0.10


def _shake(m: Moment, figure: Figure, bond: Bond) -> None:
    """Right hands meet half-way and go up and down; a nod with it."""
    pump = np.sin(math.tau * m.times / 0.55) * np.clip(np.sin(math.tau * m.times / 3.6) + 0.55, 0.0, 1.0)
    ones = np.ones_like(pump)
    goal = np.stack(
        [(0.5 * bond.apart_m - 0.035 * m.height) * ones, bond.high_m + 0.016 * m.height * pump, 0.012 * ones],
        1,
    )
    figure.arms["r"] = Arm(goal=goal, pole=np.array([-0.4, -0.8, 0.5]), curl=0.9, level=False)
    figure.back.pitch = figure.back.pitch + 0.07
    figure.head.pitch = figure.head.pitch + 0.05 + 0.03 * pump
    figure.face.open = 0.14


_TOUCHES = {
    Touch.SHAKE: _shake,
    Touch.CUDDLE: _cuddle,
    Touch.HANDS: _hands,
    Touch.EMBRACE: _embrace,
    Touch.WALTZ: _waltz,
}
