"""Gymnastics: push-ups, a handstand, a somersault in the air."""

# ruff: noqa: PLR2004 -- shares of a body stand where they are used
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.going import look_about
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.resting import feet_at
from kirin_video.engines.previs.bodies.person.steps import Footing
from kirin_video.engines.previs.bodies.posing import Floats

_PUSH_S, _FLIP_S = 1.7, 2.4
"""How long a push-up is, and a somersault with the rest before the next."""
_FLOOR = 0.03
"""How high wrists are over the floor, in heights."""


def _limbs(m: Moment) -> tuple[float, float, float]:
    """How long arms, the trunk from hips to shoulders, and legs are, metres."""
    arm, leg = m.frame.arms["l"], m.frame.legs["l"]
    reach = float(np.linalg.norm(arm[1] - arm[0]) + np.linalg.norm(arm[2] - arm[1]))
    return reach, float(arm[0][1] - m.frame.hips[1]), float(leg[0][1] - leg[2][1])


def push_up(m: Moment) -> Figure:
    """Straight from head to heels on hands and toes; down to the floor and up again."""
    h, (arm, trunk, leg) = m.height, _limbs(m)
    low = 0.5 - 0.5 * np.cos(math.tau * (m.times / _PUSH_S + m.life.phase))
    shoulder = _FLOOR * h + arm * (0.97 - 0.58 * low)
    toes = 0.035 * h
    tilt = np.arcsin(np.clip((shoulder - 2.0 * toes) / (trunk + leg), 0.0, 0.9))
    figure = Figure(feet_at(m, 0.0, 0.035, 0.045, pitch=1.15), free=True)
    for side, foot in figure.feet.items():
        place = foot.place - np.stack([leg * np.cos(tilt), 0.0 * tilt, 0.0 * tilt], 1)
        figure.feet[side] = Footing(place, foot.air, foot.pitch, foot.yaw)
    up = 2.0 * toes + leg * np.sin(tilt) - float(m.frame.hips[1])
    figure.shift = np.stack([0.0 * tilt, up, 0.0 * tilt], 1)
    figure.whole = Turns(math.pi / 2.0 - tilt)
    figure.knees = dict.fromkeys(SIDES, 0.0)
    figure.head = Turns(-0.45)
    look_about(m, figure)
    for side, sign in SIDES.items():
        hand = np.stack([trunk * np.cos(tilt), _FLOOR * h + 0.0 * tilt, sign * 0.13 * h + 0.0 * tilt], 1)
        figure.arms[side] = Arm(goal=hand, level=False, pole=np.array([-0.7, 0.2, 0.8]), curl=0.1, wrist=-1.1)
    return figure


def handstand(m: Moment) -> Figure:
    """Upside down on both hands, legs straight up, swaying a little to keep the balance."""
    h, (arm, trunk, leg) = m.height, _limbs(m)
    sway = 0.035 * np.sin(math.tau * m.times / 2.3 + m.life.phase) + 0.02 * m.life.wave(1.3)
    hips = _FLOOR * h + 0.98 * arm + trunk
    figure = Figure(feet_at(m, 0.0, 0.0, 0.03, pitch=math.pi + 0.95), free=True)
    for side, sign in SIDES.items():
        part = 0.07 * h * np.sin(math.tau * m.times / 3.1 + (0.0 if sign > 0 else 2.0))
        rise = np.stack([leg * np.sin(sway) + part, hips + 0.985 * leg + 0.0 * sway, 0.0 * sway], 1)
        foot = figure.feet[side]
        figure.feet[side] = Footing(foot.place + rise, foot.air + 1.0, foot.pitch, foot.yaw)
    figure.shift = np.stack([0.0 * sway, hips - float(m.frame.hips[1]) + 0.0 * sway, 0.0 * sway], 1)
    figure.whole = Turns(math.pi + sway)
    figure.knees = dict.fromkeys(SIDES, 0.0)
    figure.head = Turns(-0.35)
    for side, sign in SIDES.items():
        hand = np.array([0.0, _FLOOR * h, sign * 0.115 * h]) + np.zeros((len(sway), 3))
        figure.arms[side] = Arm(goal=hand, level=False, pole=np.array([0.1, 0.1, 0.9]), curl=0.05, wrist=-1.2)
    return figure


def somersault(m: Moment) -> Figure:
    """Crouches, leaps, turns over backwards once with drawn-up knees, and lands on both feet."""
    h, (_, _, leg) = m.height, _limbs(m)
    t = (m.times / _FLIP_S + m.life.phase) % 1.0
    air = np.clip((t - 0.30) / 0.34, 0.0, 1.0)
    up, turn = 4.0 * air * (1.0 - air), math.tau * _eased(air)
    crouch = _bump(t, 0.10, 0.31) + 0.8 * _bump(t, 0.60, 0.84)
    rise = 0.52 * h * up - 0.16 * h * crouch - 0.004 * h
    long = leg * (1.0 - 0.5 * np.sqrt(up)) - 0.16 * h * crouch
    hips = float(m.frame.hips[1])
    feet: dict[str, Footing] = {}
    for side, foot in feet_at(m, 0.0, 0.0, 0.05).items():
        away = np.stack(
            [long * np.sin(turn) + 0.12 * h * up * np.cos(turn), -long * np.cos(turn), 0.0 * t], 1
        )
        centre = np.stack([0.0 * t, hips + rise, 0.0 * t], 1)
        feet[side] = Footing(
            foot.place + centre + away + _sole(m, hips, leg), np.clip(3.0 * up, 0.0, 1.0), -turn, 0.0 * t
        )
    figure = Figure(feet, free=True)
    figure.shift = np.stack([0.0 * t, rise, 0.0 * t], 1)
    figure.whole = Turns(-turn)
    figure.hips = Turns(0.35 * crouch + 0.35 * up)
    figure.back = Turns(0.25 * crouch + 0.30 * up + 0.012 * np.sin(math.tau * m.life.breaths))
    for side in SIDES:
        figure.arms[side] = Arm(
            swing=1.5 * up - 0.7 * crouch * (t < 0.4), out=0.2, bend=0.3 + 0.9 * up, curl=0.4
        )
    figure.flare = 0.2 * up
    return figure


def _sole(m: Moment, hips: float, leg: float) -> Floats:
    """From an ankle to the ground below it when standing, (3,)."""
    return np.array([0.02 * m.height, leg - hips, 0.0])


def _eased(x: Floats) -> Floats:
    return x * x * (3.0 - 2.0 * x)


def _bump(x: Floats, start: float, end: float) -> Floats:
    """0 outside, 1 in the middle."""
    return np.sin(math.pi * np.clip((x - start) / (end - start), 0.0, 1.0)) ** 2
