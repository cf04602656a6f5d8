"""Stretching: a yawn with the arms up, and the tree of yoga."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Features, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.steps import Footing, ball_of, planted
from kirin_video.engines.previs.bodies.posing import Floats

_STRETCH_S = 4.4
_RISE_S = 2.4
"""How long arms take from before the chest to over the head."""


def stretch(m: Moment, figure: Figure) -> None:
    """Arms up and out, the back arched, the mouth wide open; then down again."""
    up = _swell(m.times / _STRETCH_S)
    h = m.height
    for side, sign in SIDES.items():
        low = np.array([0.03, 0.52, 0.15 * sign])
        high = np.array([-0.02, 1.10, 0.17 * sign])
        # The hands go up past the shoulders, not through them.
        way = low + (high - low) * up[:, None] + np.outer(np.sin(math.pi * up), [0.10, 0.0, 0.05 * sign])
        figure.arms[side] = Arm(goal=way * h, pole=np.array([-0.1, -0.3, 1.0]), curl=1.2)
    figure.back.pitch = figure.back.pitch - 0.20 * up
    figure.back.roll = figure.back.roll + 0.10 * up * np.sin(1.3 * m.times)
    figure.head.pitch = figure.head.pitch - 0.30 * up
    yawn = _swell(m.times / _STRETCH_S - 0.04) ** 1.5
    figure.face = Features(
        shut=np.maximum(0.95 * yawn, 1.0 - m.life.blinks), open=0.95 * yawn, brows=0.02 * yawn
    )


def _swell(share: Floats) -> Floats:
    """0 to 1 and back in every turn, resting at both ends; up at once."""
    t = share % 1.0
    x = np.clip(np.minimum(t / 0.30, (0.86 - t) / 0.22), 0.0, 1.0)
    return x * x * (3.0 - 2.0 * x)


def tree(m: Moment) -> Figure:
    """On one leg, the other foot at its knee, palms joined: before the chest, then over the head."""
    h, n = m.height, len(m.times)
    left = planted(m.frame, "l", n)
    knee = m.frame.legs["l"][1]
    over = float(ball_of(m.frame, "l")[2])
    place = np.array([0.015 * h, float(knee[1]) * 0.96, over + 0.055 * h]) + np.zeros((n, 3))
    zero = np.zeros(n)
    right = Footing(place, zero + 1.0, zero + 1.20, zero - 1.05)
    sway = 0.006 * h * m.life.wave(3.1)
    figure = Figure({"l": left, "r": right})
    figure.shift = np.stack([0.0 * zero, zero - 0.004 * h, zero + 0.86 * over + sway], 1)
    figure.knees = {"l": 0.02, "r": 1.45}
    figure.hips = Turns(0.0, 0.0, 0.03 * m.life.wave(3.1))
    figure.back = Turns(-0.04, 0.0, -0.03 * m.life.wave(3.1))
    figure.head = Turns(-0.03)
    figure.face = Features(shut=1.0 - m.life.blinks)
    rise = np.clip((m.times - 0.4) / _RISE_S, 0.0, 1.0)
    rise = rise * rise * (3.0 - 2.0 * rise)
    for side, sign in SIDES.items():
        low = np.array([0.125, 0.715, 0.012 * sign])
        high = np.array([0.015, 1.115, 0.014 * sign])
        way = low + (high - low) * rise[:, None] + np.outer(np.sin(math.pi * rise), [0.09, 0.0, 0.0])
        pole = np.array([-0.1, -0.35, 1.0])
        figure.arms[side] = Arm(goal=way * h, pole=pole, curl=0.05, wrist=-0.5, level=False)
    return figure
