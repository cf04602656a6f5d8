"""What hands and mouth do over whatever the body does."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from kirin_video.engines.previs.bodies.person.acts import Hands, Move
from kirin_video.engines.previs.bodies.person.figure import Arm, Figure
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.grip import TWO_HANDED
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.stretching import stretch
from kirin_video.engines.previs.bodies.person.tooling import chop, dig, sweep
from kirin_video.engines.previs.bodies.posing import Floats

_RAISED_S = 0.25, 1.15
"""When what is raised leaves the chest, and when it is up."""
_FREE = {Move.STAND, Move.GO, Move.SIT, Move.RIDE, Move.KNEEL}
"""Moves that leave the hands to do something else."""


def use_hands(m: Moment, figure: Figure) -> None:
    """Let hands and mouth do what the act says."""
    make = _HANDS.get(m.act.hands)
    if make is not None and m.act.move in _FREE:
        make(m, figure)


def _at(m: Moment, x: float, y: float, z: float) -> Floats:
    """A place before the chest at rest, in shares of the height."""
    return np.array([x, y, z]) * m.height


def _reach(m: Moment, side: str, goal: Floats, curl: float = 0.5, wrist: float = 0.0) -> Arm:
    del m, side
    return Arm(goal=goal, pole=np.array([-0.35, -0.9, 0.55]), curl=curl, wrist=wrist)


def _talking(m: Moment) -> Floats:
    """A mouth that speaks: syllables in phrases."""
    t = m.times + 3.0 * m.life.phase
    phrase = np.clip(np.sin(1.7 * t) * 2.2 + 1.2, 0.0, 1.0)
    return phrase * np.clip(0.30 + 0.26 * np.sin(17.0 * t) + 0.20 * np.sin(10.3 * t + 1.0), 0.03, 0.8)


def _wave(m: Moment, figure: Figure) -> None:
    w = np.sin(math.tau * m.times / 0.62)
    # Beside the head, the elbow below the hand, so that both fit into a close-up.
    hand = np.stack([0.085 + 0.0 * w, 0.865 - 0.016 * w * w, 0.205 + 0.052 * w], 1) * m.height
    figure.arms["r"] = Arm(goal=hand, pole=np.array([-0.10, -0.9, 0.55]), wrist=-0.15, curl=0.05, lift=0.05)
    figure.head.roll = figure.head.roll + 0.06
    figure.face.open = 0.22
    figure.face.brows = 0.02


def _point(m: Moment, figure: Figure) -> None:
    figure.arms["r"] = Arm(swing=1.42 + m.life.slow(2, 0.05), out=0.22, bend=0.08, curl=0.5)
    figure.head.yaw = figure.head.yaw - 0.08


def _clap(m: Moment, figure: Figure) -> None:
    apart = 0.5 + 0.5 * np.cos(math.tau * m.times / 0.40)
    for side, sign in SIDES.items():
        z = sign * (0.012 + 0.075 * apart)
        goal = np.stack([0.175 + 0.0 * z, 0.700 + 0.01 * apart, z], 1) * m.height
        figure.arms[side] = _reach(m, side, goal, 0.1)
    figure.face.open = 0.28


def _raise(m: Moment, figure: Figure) -> None:
    """What is held goes up and stays there, or the right hand does where nothing is held."""
    if any(grip in TWO_HANDED for grip in m.grips.values()):
        _raise_both(m, figure)
        return
    for side in m.grips or {"r": None}:
        _lifted(m, figure, side, 0.125)


def _raise_both(m: Moment, figure: Figure) -> None:
    """Both arms go up, as far apart as what they hold is wide."""
    held = any(grip in TWO_HANDED for grip in m.grips.values())
    aside = float(np.clip(0.5 * m.held_m / m.height, 0.045, 0.17)) + 0.012 if held else 0.185
    for side in SIDES:
        _lifted(m, figure, side, aside)


def _lifted(m: Moment, figure: Figure, side: str, aside: float) -> None:
    """A hand from before the chest up over the head, so far beside the middle, as a share of the height."""
    up = np.clip((m.times - _RAISED_S[0]) / (_RAISED_S[1] - _RAISED_S[0]), 0.0, 1.0)
    up = up * up * (3.0 - 2.0 * up)
    goal = [0.150 - 0.075 * up, 0.660 + 0.455 * up + m.life.slow(2, 0.004), SIDES[side] * aside + 0.0 * up]
    figure.arms[side] = _reach(m, side, np.stack(goal, 1) * m.height, 1.1 if m.grips else 0.15)
    figure.head.pitch = figure.head.pitch - 0.06 * up


def _talk(m: Moment, figure: Figure) -> None:
    t = m.times + m.life.phase * 5.0
    for side, sign in SIDES.items():
        busy = np.clip(np.sin(1.1 * t + sign) * 1.5 + 0.6, 0.0, 1.0)
        goal = (
            np.stack(
                [
                    0.150 + 0.030 * np.sin(2.3 * t + sign),
                    0.625 + 0.045 * busy + 0.020 * np.sin(4.1 * t + 2.0 * sign),
                    sign * (0.075 + 0.030 * np.sin(2.9 * t)),
                ],
                1,
            )
            * m.height
        )
        figure.arms[side] = _reach(m, side, goal, 0.25, 0.3)
    figure.face.open = _talking(m)
    figure.face.brows = 0.02 * np.clip(np.sin(1.7 * t), 0.0, 1.0)
    figure.head.pitch = figure.head.pitch + 0.05 * np.sin(3.7 * t)


def _sing(m: Moment, figure: Figure) -> None:
    t = m.times
    sway = np.sin(math.tau * t / 2.2)
    figure.shift = figure.shift + np.stack([0.0 * t, 0.0 * t, 0.018 * m.height * sway], 1)
    figure.back.roll = figure.back.roll + 0.07 * sway
    figure.head.pitch = figure.head.pitch - 0.12
    figure.face.open = np.clip(0.42 + 0.30 * np.sin(4.2 * t) + 0.16 * np.sin(7.7 * t), 0.04, 0.95)
    figure.face.brows = 0.02
    open_ = 0.5 + 0.5 * np.sin(math.tau * t / 4.4)
    figure.arms["r"] = _reach(m, "r", _at(m, 0.105, 0.800, 0.030), 1.3)
    figure.arms["l"] = Arm(
        swing=0.75 + 0.3 * open_, out=0.45 + 0.5 * open_, bend=0.75 - 0.3 * open_, curl=0.15
    )


def _music(m: Moment, figure: Figure) -> None:
    """As with a guitar: the left hand at the neck, the right one strums; seated, as on keys."""
    if m.act.move is Move.SIT:
        _play_keys(m, figure)
        return
    t = m.times
    strum = np.sin(math.tau * t / 0.48)
    right = np.stack([0.135 + 0.0 * t, 0.585 + 0.026 * strum, 0.045 + 0.012 * strum], 1) * m.height
    left = (
        np.stack([0.165 + 0.0 * t, 0.700 + 0.02 * np.sin(1.3 * t), -0.175 + 0.03 * np.sin(1.7 * t)], 1)
        * m.height
    )
    figure.arms["r"], figure.arms["l"] = _reach(m, "r", right, 0.7), _reach(m, "l", left, 1.1)
    figure.back.roll = figure.back.roll + 0.05 * np.sin(math.tau * t / 1.92)
    figure.head.pitch = figure.head.pitch + 0.16 + 0.07 * np.sin(math.tau * t / 0.96)


def _play_keys(m: Moment, figure: Figure) -> None:
    """Both hands over the keys: they go up and down them, and every touch dips a hand."""
    t = m.times
    for side, sign in SIDES.items():
        dip = np.abs(np.sin((8.2 if sign > 0 else 5.1) * t + sign))
        along = sign * 0.105 + 0.055 * np.sin((0.9 if sign > 0 else 0.63) * t + 1.3 * sign)
        goal = np.stack([0.285 + 0.0 * t, 0.662 + 0.016 * dip, along], 1) * m.height
        figure.arms[side] = _reach(m, side, goal, 0.6, 0.5)
    figure.back.roll = figure.back.roll + 0.04 * np.sin(1.1 * t)
    figure.back.pitch = figure.back.pitch + 0.06
    figure.head.pitch = figure.head.pitch + 0.20 + 0.04 * np.sin(2.2 * t)


def _to_mouth(m: Moment, figure: Figure, period: float, hold: float) -> Floats:
    """The right hand goes to the mouth and back; how near it is, 0 to 1."""
    t = (m.times / period + m.life.phase) % 1.0
    up = np.clip(np.minimum((t - 0.15) / 0.22, (0.15 + 0.22 + hold - t) / 0.22 + 1.0), 0.0, 1.0)
    up = up * up * (3.0 - 2.0 * up)
    low, high = _at(m, 0.170, 0.600, 0.050), np.array([0.085, 0.0, 0.030]) * m.height
    high[1] = float(m.frame.skull[1]) - 0.52 * m.frame.head
    figure.arms["r"] = _reach(m, "r", low + (high - low) * up[:, None], 1.1, 0.35)
    figure.arms["l"] = _reach(m, "l", _at(m, 0.155, 0.590, -0.060), 0.7)
    return up


def _eat(m: Moment, figure: Figure) -> None:
    up = _to_mouth(m, figure, 2.4, 0.10)
    chew = 0.5 + 0.5 * np.sin(math.tau * 1.7 * m.times)
    figure.face.open = 0.45 * up + 0.16 * chew * (1.0 - up)
    figure.head.pitch = figure.head.pitch + 0.16


def _drink(m: Moment, figure: Figure) -> None:
    up = _to_mouth(m, figure, 3.4, 0.24)
    figure.face.open = 0.14 * up
    figure.head.pitch = figure.head.pitch - 0.22 * up


def _read(m: Moment, figure: Figure) -> None:
    for side, sign in SIDES.items():
        figure.arms[side] = _reach(m, side, _at(m, 0.165, 0.680, 0.062 * sign), 0.6, 0.5)
    figure.head.pitch = figure.head.pitch + 0.36
    figure.face.look_pitch = 0.25
    figure.face.look_yaw = 0.20 * np.sin(2.6 * m.times)


def _work(m: Moment, figure: Figure) -> None:
    """Hands busy before the body: cooking, writing, making; seated, over a table."""
    t = m.times
    ahead, high = (0.275, 0.690) if m.act.move is Move.SIT else (0.180, 0.570)
    for side, sign in SIDES.items():
        turn = 4.6 * t + (0.0 if sign > 0 else 2.0)
        size = 0.026 if sign > 0 else 0.010
        goal = np.stack(
            [
                ahead + size * np.cos(turn),
                high + 0.012 * np.sin(2.0 * turn),
                sign * 0.070 + size * np.sin(turn),
            ],
            1,
        )
        figure.arms[side] = _reach(m, side, goal * m.height, 0.9, 0.2)
    figure.head.pitch = figure.head.pitch + 0.34
    figure.back.pitch = figure.back.pitch + 0.08
    figure.face.look_pitch = 0.22


def _hold(m: Moment, figure: Figure) -> None:
    figure.arms["r"] = _reach(m, "r", _at(m, 0.150, 0.640, 0.060), 1.1, 0.2)
    figure.arms["l"] = _reach(m, "l", _at(m, 0.140, 0.610, -0.050), 0.9, 0.2)


def _feed(m: Moment, figure: Figure) -> None:
    """An open hand, held out."""
    nod = m.life.slow(2, 0.012)
    goal = np.stack([0.255 + nod, 0.585 + 0.5 * nod, 0.035 + 0.0 * nod], 1) * m.height
    figure.arms["r"] = _reach(m, "r", goal, 0.25, -0.35)
    figure.arms["l"] = _reach(m, "l", _at(m, 0.120, 0.565, -0.070), 0.8)
    figure.back.pitch = figure.back.pitch + 0.10
    figure.head.pitch = figure.head.pitch + 0.12


def _carry(m: Moment, figure: Figure) -> None:
    for side, sign in SIDES.items():
        figure.arms[side] = _reach(m, side, _at(m, 0.165, 0.590, 0.085 * sign), 0.9, 0.3)
    figure.back.pitch = figure.back.pitch - 0.08


def _throw(m: Moment, figure: Figure) -> None:
    t = (m.times / 1.7 + m.life.phase) % 1.0
    swing = np.interp(t, [0.0, 0.30, 0.45, 0.58, 1.0], [0.1, -1.5, 1.9, 0.9, 0.1])
    lift = np.interp(t, [0.0, 0.30, 0.45, 0.60, 1.0], [0.15, 1.25, 0.9, 0.3, 0.15])
    figure.arms["r"] = Arm(
        swing=swing, out=lift, bend=np.interp(t, [0.0, 0.3, 0.45, 1.0], [0.3, 1.5, 0.15, 0.3]), curl=0.9
    )
    figure.back.yaw = figure.back.yaw - np.interp(t, [0.0, 0.3, 0.48, 1.0], [0.0, 0.45, -0.4, 0.0])


def _hug(m: Moment, figure: Figure) -> None:
    for side, sign in SIDES.items():
        figure.arms[side] = _reach(m, side, _at(m, 0.160, 0.700 + 0.02 * sign, -0.010 * sign), 0.6, 0.3)
    figure.head.roll = figure.head.roll + 0.12
    figure.face.shut = 1.0 - 0.7 * m.life.blinks


def _cry(m: Moment, figure: Figure) -> None:
    sob = np.abs(np.sin(5.2 * m.times))
    for side, sign in SIDES.items():
        goal = np.array([0.080, 0.0, 0.040 * sign]) * m.height
        goal[1] = float(m.frame.skull[1]) - 0.40 * m.frame.head
        figure.arms[side] = _reach(m, side, goal, 0.5, 0.4)
    figure.head.pitch = figure.head.pitch + 0.32 + 0.03 * sob
    figure.back.pitch = figure.back.pitch + 0.14 + 0.03 * sob
    figure.face.shut = np.full(len(m.times), 0.9)
    figure.face.open = 0.15 + 0.15 * sob


def _laugh(m: Moment, figure: Figure) -> None:
    shake = np.sin(14.0 * m.times)
    bout = np.clip(np.sin(1.5 * m.times) * 1.6 + 0.9, 0.2, 1.0)
    figure.back.pitch = figure.back.pitch + 0.025 * shake * bout - 0.08
    figure.head.pitch = figure.head.pitch - 0.14 * bout
    figure.face.open = bout * (0.55 + 0.15 * shake)
    figure.face.shut = np.maximum(0.55 * bout, 1.0 - m.life.blinks)


def _push(m: Moment, figure: Figure) -> None:
    for side, sign in SIDES.items():
        figure.arms[side] = Arm(
            goal=_at(m, 0.265, 0.720, 0.090 * sign), pole=np.array([-0.2, -0.9, 0.5]), curl=0.05, wrist=-0.9
        )


def _pull(m: Moment, figure: Figure) -> None:
    back = 0.04 * np.sin(math.tau * m.times / 1.5)
    for side, sign in SIDES.items():
        goal = np.stack([0.205 - back, 0.640 + 0.0 * back, 0.040 * sign + 0.0 * back], 1) * m.height
        figure.arms[side] = _reach(m, side, goal, 1.4)
    figure.back.pitch = figure.back.pitch - 2.0 * back


def _look(m: Moment, figure: Figure) -> None:
    """A hand shades the eyes."""
    goal = np.array([0.085, 0.0, 0.040]) * m.height
    goal[1] = float(m.frame.skull[1]) + 0.10 * m.frame.head
    figure.arms["r"] = Arm(goal=goal, pole=np.array([0.1, -0.5, 1.0]), curl=0.1, wrist=0.2)


def _roar(m: Moment, figure: Figure) -> None:
    call = m.life.calls
    figure.face.open = call
    figure.head.pitch = figure.head.pitch - 0.22 * call
    figure.back.pitch = figure.back.pitch - 0.08 * call
    for side in SIDES:
        figure.arms[side] = Arm(
            swing=-0.1, out=0.55 + 0.25 * call, bend=0.6 + 0.4 * call, curl=1.4 * call + 0.3
        )


def _lean(m: Moment, figure: Figure) -> None:
    """Arms crossed."""
    figure.arms["r"] = _reach(m, "r", _at(m, 0.120, 0.655, -0.045), 0.6, 0.2)
    figure.arms["l"] = _reach(m, "l", _at(m, 0.140, 0.670, 0.045), 0.6, 0.2)
    figure.whole.pitch = figure.whole.pitch - 0.06


def _lift(m: Moment, figure: Figure) -> None:
    """A bar from the shoulders up over the head, and down again, knees giving a little below."""
    t = (m.times / 2.8 + 0.35) % 1.0
    up = np.interp(t, [0.0, 0.12, 0.36, 0.62, 0.86, 1.0], [0.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    up = up * up * (3.0 - 2.0 * up)
    dip = np.interp(t, [0.0, 0.10, 0.20, 1.0], [0.0, 1.0, 0.0, 0.0])
    high = float(m.frame.skull[1]) / m.height
    for side, sign in SIDES.items():
        goal = np.stack(
            [0.115 - 0.045 * up, high - 0.135 + 0.235 * up - 0.02 * dip, (0.150 + 0.02 * up) * sign], 1
        )
        pole = np.array([0.15, -0.9, 0.75])
        figure.arms[side] = Arm(goal=goal * m.height, pole=pole, curl=1.4, lift=0.12 * up, level=False)
    figure.shift = figure.shift - np.stack([0.0 * dip, 0.035 * m.height * dip, 0.0 * dip], 1)
    figure.head.pitch = figure.head.pitch - 0.10 * up
    figure.face.open = 0.12 * up


def _selfie(m: Moment, figure: Figure) -> None:
    """An arm held out and up, the face turned to it with a smile."""
    sway = 0.008 * np.sin(0.9 * m.times)
    goal = np.stack([0.245 + 0.0 * sway, 0.870 + sway, 0.235 + 0.5 * sway], 1) * m.height
    figure.arms["r"] = Arm(goal=goal, pole=np.array([-0.2, -0.9, 0.5]), curl=0.9, level=False)
    figure.head.roll = figure.head.roll - 0.10
    figure.head.yaw = figure.head.yaw - 0.22
    figure.head.pitch = figure.head.pitch - 0.08
    figure.face.open, figure.face.look_pitch = 0.20, -0.12


def _photograph(m: Moment, figure: Figure) -> None:
    """A camera before the eyes, in both hands."""
    high = (float(m.frame.skull[1]) - 0.10 * m.frame.head) / m.height
    for side, sign in SIDES.items():
        goal = np.array([0.150, high, 0.040 * sign]) * m.height
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.1, -0.9, 0.7]), curl=0.9, level=False)
    figure.head.pitch = figure.head.pitch + 0.04


def _teeth(m: Moment, figure: Figure) -> None:
    """A brush to and fro before the mouth."""
    rub = np.sin(math.tau * m.times / 0.42)
    mouth = (float(m.frame.skull[1]) - 0.30 * m.frame.head) / m.height
    goal = np.stack([0.125 + 0.0 * rub, mouth - 0.062 + 0.006 * rub, 0.085 + 0.014 * rub], 1) * m.height
    figure.arms["r"] = Arm(goal=goal, pole=np.array([0.1, -0.7, 0.9]), curl=1.1, level=False)
    figure.face.open = 0.22 + 0.05 * rub
    figure.head.yaw = figure.head.yaw + 0.03 * rub


def _blow(m: Moment, figure: Figure) -> None:
    """Bent forward with round lips, then a breath, over and over."""
    t = m.times / 2.6 % 1.0
    out = np.interp(t, [0.0, 0.25, 0.40, 0.75, 1.0], [0.0, 0.0, 1.0, 1.0, 0.0])
    figure.back.pitch = figure.back.pitch - 0.10 + 0.42 * out
    figure.head.pitch = figure.head.pitch - 0.16 * out
    figure.face.open = 0.10 + 0.16 * out
    figure.face.brows = 0.02
    for side, sign in SIDES.items():
        figure.arms[side] = _reach(m, side, _at(m, 0.130, 0.590, 0.075 * sign), 0.7, 0.2)


def _water(m: Moment, figure: Figure) -> None:
    """A can held out and tipped; it wanders over what is watered, and the eyes with it."""
    wander = 0.020 * np.sin(math.tau * m.times / 3.1)
    ones = np.ones_like(wander)
    goal = np.stack([0.205 * ones, 0.565 + 0.25 * wander, 0.045 + wander], 1) * m.height
    figure.arms["r"] = _reach(m, "r", goal, 1.3)
    figure.back.pitch = figure.back.pitch + 0.16
    figure.head.pitch = figure.head.pitch + 0.26
    figure.face.look_pitch = 0.2


def _comb(m: Moment, figure: Figure) -> None:
    """From the crown down along the hair to the shoulder, again and again, the head a little to that side."""
    t = (m.times / 1.9 + m.life.phase) % 1.0
    h, skull = m.frame.head / m.height, m.frame.skull / m.height
    keys = [0.0, 0.62, 0.80, 1.0]
    x = np.interp(t, keys, [0.02, -0.02, 0.16, 0.02]) * h * 2.0
    y = skull[1] + np.interp(t, keys, [0.42, -0.62, -0.30, 0.42]) * h
    z = np.interp(t, keys, [0.52, 0.60, 0.95, 0.52]) * h
    goal = np.stack([x + skull[0], y, z], 1) * m.height
    figure.arms["r"] = Arm(goal=goal, pole=np.array([0.2, -0.7, 0.9]), curl=1.1, level=False)
    figure.head.roll = figure.head.roll + 0.12
    figure.head.yaw = figure.head.yaw + 0.10
    figure.face.shut = 1.0 - 0.75 * m.life.blinks


def _rock(m: Moment, figure: Figure) -> None:
    """Both arms round somebody small, the whole body swaying; the eyes are on it."""
    sway = np.sin(math.tau * m.times / 2.4)
    ones = np.ones_like(sway)
    for side, sign in SIDES.items():
        goal = np.stack([0.165 * ones, 0.610 + 0.02 * sign + 0.008 * sway * sign, 0.075 * sign * ones], 1)
        figure.arms[side] = _reach(m, side, goal * m.height, 0.6, 0.4)
    figure.shift = figure.shift + np.stack([0.0 * sway, 0.0 * sway, 0.024 * m.height * sway], 1)
    figure.back.roll = figure.back.roll + 0.10 * sway
    figure.back.yaw = figure.back.yaw + 0.10 * sway
    figure.head.pitch = figure.head.pitch + 0.34
    figure.head.roll = figure.head.roll + 0.10
    figure.face.look_pitch = 0.2


_HANDS: Mapping[Hands, Callable[[Moment, Figure], None]] = {
    Hands.WAVE: _wave, Hands.POINT: _point, Hands.CLAP: _clap, Hands.TALK: _talk, Hands.SING: _sing,
    Hands.MUSIC: _music, Hands.EAT: _eat, Hands.DRINK: _drink, Hands.READ: _read, Hands.WORK: _work,
    Hands.HOLD: _hold, Hands.CARRY: _carry, Hands.THROW: _throw, Hands.HUG: _hug, Hands.CRY: _cry,
    Hands.RAISE: _raise, Hands.RAISE_BOTH: _raise_both,
    Hands.LAUGH: _laugh, Hands.PUSH: _push, Hands.PULL: _pull, Hands.LOOK: _look, Hands.ROAR: _roar,
    Hands.LEAN: _lean, Hands.STRETCH: stretch, Hands.FEED: _feed,
    Hands.LIFT: _lift, Hands.SELFIE: _selfie, Hands.PHOTOGRAPH: _photograph, Hands.TEETH: _teeth,
    Hands.BLOW: _blow, Hands.WATER: _water, Hands.COMB: _comb, Hands.ROCK: _rock,
    Hands.CHOP: chop, Hands.DIG: dig, Hands.SWEEP: sweep,
}  # fmt: skip
