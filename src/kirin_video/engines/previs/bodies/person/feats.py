"""Jumping, swimming, crawling, falling, flying, floating, gliding, fighting."""

# ruff: noqa: PLR2004 -- shares of a body stand where they are used
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.acts import Hands
from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.going import look_about, stand
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.resting import feet_at, lie
from kirin_video.engines.previs.bodies.person.steps import Footing, ball_of, both, planted
from kirin_video.engines.previs.bodies.posing import Floats, turned

_JUMP_S = 1.25
_SKI, _UPRIGHT = 0.42, 0.55
"""Half of a ski, in heights; and how much of a slope a skier leans against."""


def _pulse(x: Floats, start: float, end: float, edge: float) -> Floats:
    """1 between start and end, over soft edges."""
    a, b = np.clip((x - start) / edge, 0.0, 1.0), np.clip((end - x) / edge, 0.0, 1.0)
    return a * a * (3.0 - 2.0 * a) * b * b * (3.0 - 2.0 * b)


def jump(m: Moment) -> Figure:
    """Up and down again: crouch, push off, fly with drawn-up knees, land softly."""
    h = m.height
    t = (m.times / (_JUMP_S / max(m.act.haste, 0.5)) + m.life.phase) % 1.0
    air = np.clip((t - 0.34) / 0.38, 0.0, 1.0)
    up = 4.0 * air * (1.0 - air)
    crouch = _pulse(t, 0.04, 0.36, 0.14) + 0.8 * _pulse(t, 0.70, 0.94, 0.09)
    rise = 0.21 * h * up
    feet: dict[str, Footing] = {}
    for side, sign in SIDES.items():
        place = np.repeat((ball_of(m.frame, side) + np.array([0.0, 0.0, 0.01 * h * sign]))[None], len(t), 0)
        place[:, 1] += rise + 0.055 * h * up
        place[:, 0] -= 0.07 * h * up
        feet[side] = Footing(place, np.clip(up * 3.0, 0.0, 1.0), 0.75 * np.sqrt(up), np.zeros_like(t))
    figure = Figure(feet)
    figure.shift = np.stack([0.0 * t, rise - 0.115 * h * crouch - 0.004 * h, 0.0 * t], 1)
    figure.hips = Turns(0.32 * crouch)
    figure.back = Turns(0.22 * crouch - 0.12 * up)
    figure.head = Turns(-0.25 * crouch - 0.05 * up)
    look_about(m, figure)
    figure.face.open = 0.35 * up
    for side in SIDES:
        figure.arms[side] = Arm(
            swing=-0.75 * crouch * (t < 0.5) + 0.7 * up,
            out=0.16 + 1.9 * up,
            bend=0.3 + 0.35 * up,
            turn=0.1,
            curl=0.35,
        )
    figure.flare = 0.35 * np.clip(np.sin(math.tau * (t - 0.52)), 0.0, 1.0) + 0.06
    figure.stream = 0.12
    return figure


def swim(m: Moment) -> Figure:
    """The crawl: face down along the surface, arms over, legs fluttering."""
    h = m.height
    w = math.tau * (m.times / 1.35 + m.life.phase)
    figure = Figure(feet_at(m, -0.44, 0.0, 0.045), free=True)
    deep = -0.015 * h
    for side, sign in SIDES.items():
        kick = 0.055 * h * np.sin(3.0 * w + (0.0 if sign > 0 else math.pi))
        foot = figure.feet[side]
        place = foot.place + np.stack([0.0 * w, kick + deep, 0.0 * w], 1)
        figure.feet[side] = Footing(place, foot.air, foot.pitch + 1.25, foot.yaw)
        turn = w + (0.0 if sign > 0 else math.pi)
        figure.arms[side] = Arm(
            swing=-(turn % math.tau) + math.pi,
            out=0.20,
            bend=0.15 + 0.75 * np.clip(np.sin(turn), 0.0, 1.0),
            curl=0.1,
        )
    figure.shift = np.stack(
        [0.0 * w, deep - float(m.frame.hips[1]) + 0.010 * h * np.sin(2.0 * w), 0.0 * w], 1
    )
    figure.whole = Turns(math.pi / 2.0 - 0.10, 0.0, 0.0)
    figure.back = Turns(-0.10, 0.22 * np.sin(w))
    figure.head = Turns(-0.60, 0.30 * np.clip(np.sin(w), 0.0, 1.0))
    figure.knees = dict.fromkeys(SIDES, 0.0)
    figure.face.shut = 1.0 - m.life.blinks
    return figure


def crawl(m: Moment) -> Figure:
    """On hands and knees."""
    h = m.height
    gone = m.track.travelled(m.times)
    w = math.tau * (gone / (0.34 * h) + m.life.phase)
    thigh = float(np.linalg.norm(m.frame.legs["l"][1] - m.frame.legs["l"][0])) / h
    shin = float(np.linalg.norm(m.frame.legs["l"][2] - m.frame.legs["l"][1])) / h
    figure = Figure(feet_at(m, -shin + 0.02, 0.030, 0.055, pitch=1.15), free=True)
    hips = thigh + 0.050
    figure.shift = np.stack(
        [
            -0.05 * h + 0.0 * w,
            hips * h - float(m.frame.hips[1]) + 0.006 * h * np.sin(2.0 * w),
            0.012 * h * np.sin(w),
        ],
        1,
    )
    figure.hips = Turns(1.28, 0.06 * np.sin(w))
    figure.back = Turns(0.02, -0.10 * np.sin(w))
    figure.head = Turns(-0.95)
    look_about(m, figure)
    for side, sign in SIDES.items():
        step = w + (0.0 if sign > 0 else math.pi)
        foot = figure.feet[side]
        lift = np.stack([-0.075 * h * np.sin(step), 0.012 * h * np.clip(np.cos(step), 0.0, 1.0), 0.0 * w], 1)
        figure.feet[side] = Footing(foot.place + lift, foot.air, foot.pitch, foot.yaw)
        arm_long = float(m.frame.arms[side][0][1] - m.frame.arms[side][2][1])
        hand = np.stack(
            [
                0.30 * h + 0.085 * h * np.sin(step),
                np.clip(hips * h + 0.06 * h - arm_long, 0.025 * h, 0.04 * h)
                + 0.035 * h * np.clip(-np.cos(step), 0.0, 1.0),
                0.085 * h * sign + 0.0 * w,
            ],
            1,
        )
        figure.arms[side] = Arm(goal=hand, level=False, pole=np.array([-0.7, 0.1, 0.6]), curl=0.1, wrist=-0.9)
    return figure


def fall(m: Moment) -> Figure:
    """Loses the ground under the feet and ends on the back."""
    standing, lying = stand(m), lie(m)
    t = np.clip((m.times - float(m.times[0]) - 0.5) / 0.75, 0.0, 1.0)
    s = t * t * (1.6 - 0.6 * t)
    figure = lying
    figure.whole = Turns(-math.pi / 2.0 * s)
    start = np.array([0.0, -0.012 * m.height, 0.0])
    arc = 0.05 * m.height * np.sin(math.pi * t)
    figure.shift = start + (lying.shift - start) * s[:, None] + np.stack([0.0 * t, arc, 0.0 * t], 1)
    for side in SIDES:
        a, b = standing.feet[side], lying.feet[side]
        place = a.place + (b.place - a.place) * s[:, None]
        place[:, 1] += 0.13 * m.height * np.sin(math.pi * t)
        figure.feet[side] = Footing(place, a.air, b.pitch * s, a.yaw * (1.0 - s))
        fling = np.sin(math.pi * np.clip(t * 1.1, 0.0, 1.0))
        figure.arms[side] = Arm(swing=1.1 * fling, out=0.2 + 1.3 * fling + 0.3 * s, bend=0.35 + 0.4 * fling)
    figure.face.open = 0.6 * np.sin(math.pi * t)
    return figure


def fly(m: Moment) -> Figure:
    """As heroes fly: stretched out, one fist ahead."""
    h = m.height
    figure = Figure(feet_at(m, -0.47, 0.0, 0.040, pitch=1.35), free=True)
    rise = 0.30 * h + 0.02 * h * m.life.wave(2.1)
    for foot in figure.feet.values():
        foot.place[:, 1] += rise - 0.06 * h
    figure.shift = np.stack([0.0 * rise, rise - float(m.frame.hips[1]), 0.0 * rise], 1)
    figure.whole = Turns(math.pi / 2.0 - 0.16, 0.0, 0.05 * m.life.wave(3.3))
    figure.back = Turns(-0.16)
    figure.head = Turns(-0.85)
    look_about(m, figure)
    figure.arms["r"] = Arm(swing=3.0, out=0.08, bend=0.08, curl=1.3)
    figure.arms["l"] = Arm(swing=-0.12, out=0.22, bend=0.30, curl=1.3)
    figure.stream = 0.75 + 0.06 * m.life.wave(0.6)
    return figure


def float_about(m: Moment) -> Figure:
    """Weightless: limbs spread a little, the whole body slowly tilting."""
    h, life = m.height, m.life
    figure = Figure(feet_at(m, 0.02, 0.05, 0.075, pitch=0.45), free=True)
    rise = 0.07 * h + 0.03 * h * life.wave(4.2)
    for side, sign in SIDES.items():
        figure.feet[side].place[:, 1] += rise + 0.035 * h * life.wave(3.4, 1.3 * sign)
        figure.feet[side].place[:, 0] -= 0.10 * h + 0.04 * h * life.wave(2.9, sign)
        figure.arms[side] = Arm(
            swing=0.35 + 0.18 * life.wave(3.1, sign),
            out=0.85 + 0.15 * life.wave(3.7, 2.0 * sign),
            bend=0.55 + 0.2 * life.wave(2.7, sign),
            curl=0.5,
        )
    figure.shift = np.stack([0.0 * rise, rise, 0.0 * rise], 1)
    figure.whole = Turns(0.14 + 0.10 * life.wave(5.3), 0.15 * life.wave(6.1), 0.10 * life.wave(4.7))
    look_about(m, figure)
    return figure


def glide(m: Moment) -> Figure:
    """On skis, skates or a board: knees bent, weight from side to side."""
    h = m.height
    w = math.tau * m.times / 1.7
    lean = np.sin(w)
    figure = Figure(
        both(
            lambda side: planted(
                m.frame, side, len(w), np.array([0.0, m.act.lift * h, 0.03 * h * SIDES[side]])
            )
        )
    )
    if m.seat is None and not m.carried:
        figure.whole = Turns(_UPRIGHT * _laid_on_slope(m))
    figure.shift = np.stack(
        [-0.02 * h + 0.0 * w, (m.act.lift - 0.085) * h - 0.012 * h * np.cos(2.0 * w), 0.030 * h * lean], 1
    )
    figure.hips = Turns(0.42, 0.0, 0.08 * lean)
    figure.back = Turns(0.22, 0.10 * lean, -0.05 * lean)
    figure.head = Turns(-0.50)
    look_about(m, figure)
    for side, sign in SIDES.items():
        figure.arms[side] = Arm(swing=0.35 + 0.25 * sign * lean, out=0.45, bend=0.85, curl=1.2)
    figure.stream = 0.6
    return figure


def _laid_on_slope(m: Moment) -> Floats:
    """Turns the person's space with the slope below, so that skis lie on it; how far it rises, radians."""
    places, turns = m.track.at(m.times)
    half = _SKI * m.height
    x, z = half * np.cos(turns), -half * np.sin(turns)
    front = m.track.terrain(places[:, 0] + x, places[:, 2] + z)
    back = m.track.terrain(places[:, 0] - x, places[:, 2] - z)
    here = m.track.terrain(places[:, 0], places[:, 2])
    pitch = np.arctan2(front - back, 2.0 * half)
    root = m.root.copy()
    root[:, :, :3] = root[:, :, :3] @ turned("z", pitch)
    root[:, 1, 3] += (front + back) / 2.0 - here
    m.root = root
    return pitch


def fight(m: Moment) -> Figure:
    """A guard on springy knees, with jabs; or kicks."""
    h, n = m.height, len(m.times)
    t = m.times / 0.95 + m.life.phase
    step, within = np.floor(t), t % 1.0
    strike = _pulse(within, 0.18, 0.52, 0.13)
    bounce = np.sin(math.tau * m.times / 0.42)
    left = planted(m.frame, "l", n, np.array([0.10 * h, 0.0, -0.01 * h]))
    right = planted(m.frame, "r", n, np.array([-0.09 * h, 0.0, 0.02 * h]), -0.5)
    kicks = (m.act.hands is Hands.KICK) * np.ones(n) + (m.act.hands is not Hands.KICK) * (step % 4.0 == 3.0)
    kick = strike * kicks
    place = right.place + kick[:, None] * np.array([0.50 * h, 0.30 * h, -0.03 * h])
    air = np.clip(kick * 4.0, 0.0, 1.0)
    figure = Figure({"l": left, "r": Footing(place, air, 0.15 * kick, right.yaw * (1.0 - kick))})
    figure.shift = np.stack(
        [0.01 * h - 0.03 * h * kick, -0.040 * h + 0.006 * h * bounce + 0.02 * h * kick, -0.015 * h * kick], 1
    )
    figure.hips = Turns(0.08 - 0.30 * kick, -0.35 + 0.55 * strike)
    figure.back = Turns(0.12, -0.12 + 0.25 * strike * (1.0 - kicks))
    figure.head = Turns(-0.05, 0.42 - 0.45 * strike)
    look_about(m, figure)
    for side, sign in SIDES.items():
        mine = strike * (1.0 - kicks) * ((step % 2.0 == 0.0) if sign > 0 else (step % 2.0 == 1.0))
        guard = np.array([0.115, 0.735, 0.045 * sign]) * h
        reach = np.array([0.33, 0.775, 0.010 * sign]) * h
        goal = guard + (reach - guard) * mine[:, None] + np.stack([0.0 * t, 0.006 * h * bounce, 0.0 * t], 1)
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.3, -0.9, 0.4]), curl=1.5)
    return figure
