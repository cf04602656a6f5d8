"""Sitting, riding, lying, kneeling."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.going import look_about
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.steps import Footing, ball_of
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.plan import Age


def feet_at(  # noqa: PLR0913 -- a place and how feet stand there
    m: Moment, x: float, y: float, z: float, *, pitch: float = 0.0, yaw: float = 0.0
) -> dict[str, Footing]:
    """Both feet at a place, in shares of the height; z outwards from the middle."""
    h, zero = m.height, np.zeros(len(m.times))
    feet: dict[str, Footing] = {}
    for side, sign in SIDES.items():
        place = np.array([x * h, y * h, sign * z * h]) + np.zeros((len(zero), 3))
        feet[side] = Footing(place, zero, zero + pitch, zero - sign * yaw)
    return feet


def seated(m: Moment, hips: float) -> Floats:
    """The shift that brings the hips to a height, as a share of the person's."""
    down = hips * m.height - float(m.frame.hips[1])
    return np.array([0.0, down, 0.0]) + np.zeros((len(m.times), 3))


def sit(m: Moment) -> Figure:
    """On the ground, knees up; on something, as on a chair."""
    life, h = m.life, m.height
    breath = np.sin(math.tau * life.breaths)
    thigh = float(np.linalg.norm(m.frame.legs["l"][1] - m.frame.legs["l"][0])) / h
    if m.carried:
        figure = Figure(feet_at(m, thigh + 0.075, -0.225, 0.055), free=True)
        figure.shift = seated(m, 0.050)
    else:
        reach = 0.300 if m.shape.age is not Age.BABY else 0.26
        if m.skirted:
            # Legs stretched, so that the skirt lies over them.
            figure = Figure(feet_at(m, 0.455, 0.012, 0.050, pitch=-0.75), free=True)
        else:
            figure = Figure(feet_at(m, reach + 0.07, 0.0, 0.062), free=True)
        figure.shift = seated(m, 0.070)
        figure.shift[:, 0] -= 0.06 * h
        figure.hips = Turns(-0.22)
        figure.knees = dict.fromkeys(SIDES, 0.0 if m.skirted else 0.35)
    figure.back = Turns(0.20 + 0.012 * breath, life.slow(1, 0.08), life.slow(2, 0.03))
    look_about(m, figure)
    for side in SIDES:
        goal = np.array([0.19, 0.565, 0.075 * SIDES[side]]) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.5, -0.5, 0.8]), curl=0.5, wrist=0.1)
    return figure


def ride(m: Moment) -> Figure:
    """Astride: thighs round the saddle, hands at the reins; it gives way to every bounce."""
    h, life = m.height, m.life
    bounce = np.sin(math.tau * m.times / 0.48)
    figure = Figure(feet_at(m, 0.115, -0.345, 0.150, pitch=-0.10, yaw=0.25), free=True)
    figure.shift = seated(m, 0.045)
    figure.shift[:, 1] += 0.006 * h * (1.0 + bounce)
    figure.knees = dict.fromkeys(SIDES, 0.55)
    figure.hips = Turns(0.03 + 0.02 * bounce)
    figure.back = Turns(0.06 - 0.03 * bounce, life.slow(1, 0.04), 0.0)
    look_about(m, figure)
    for side in SIDES:
        goal = np.array([0.195, 0.605, 0.040 * SIDES[side]]) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.6, -0.7, 0.5]), curl=1.2)
    figure.stream = 0.35 + 0.05 * bounce
    return figure


def lie(m: Moment) -> Figure:
    """On the back, one hand on the belly; asleep with shut eyes."""
    h, n = m.height, len(m.times)
    breath = np.sin(math.tau * m.life.breaths)
    figure = Figure(feet_at(m, 0.62, 0.045, 0.060, pitch=-1.20), free=True)
    figure.shift = np.array([-0.02 * h, 0.068 * h - float(m.frame.hips[1]), 0.0]) + np.zeros((n, 3))
    figure.whole = Turns(-math.pi / 2.0)
    figure.back = Turns(0.05 + 0.010 * breath)
    figure.head = Turns(0.16)
    look_about(m, figure)
    if m.act.curiosity == 0.0:
        figure.face.shut = np.ones(n)
    figure.arms["l"] = Arm(swing=-0.04, out=0.45, bend=0.25)
    figure.arms["r"] = Arm(goal=np.array([0.085, 0.60, 0.01]) * h, pole=np.array([-0.2, -0.3, 1.0]), curl=0.3)
    return figure


def kneel(m: Moment) -> Figure:
    """On both knees."""
    h = m.height
    thigh = float(np.linalg.norm(m.frame.legs["l"][1] - m.frame.legs["l"][0]))
    shin = float(np.linalg.norm(m.frame.legs["l"][2] - m.frame.legs["l"][1]))
    wide = float(ball_of(m.frame, "r")[2]) / h
    figure = Figure(feet_at(m, 0.02 - shin / h * 0.92 + 0.05, 0.010, wide, pitch=1.05), free=True)
    figure.shift = seated(m, (thigh + 0.045 * h) / h)
    figure.back = Turns(0.10 + 0.012 * np.sin(math.tau * m.life.breaths), m.life.slow(1, 0.05))
    look_about(m, figure)
    for side in SIDES:
        goal = np.array([0.115, 0.505, 0.062 * SIDES[side]]) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.6, -0.3, 0.9]), curl=0.4)
    return figure
