"""Dancing: on the beat, with hips, arms and turns; and turning on the spot."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.gait import Gait
from kirin_video.engines.previs.bodies.person.going import look_about
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.steps import both, striding
from kirin_video.engines.previs.bodies.posing import Floats, placed, turned

_BEAT_S = 0.54
_BAR = 8.0
"""Beats of a figure: sways, raised arms, a turn."""
_STEP = Gait(duty=0.66, stride=0.0, froude=0.0, lift=0.085, bob=0.0, roll=0.55)


def _smooth(x: Floats) -> Floats:
    s = np.clip(x, 0.0, 1.0)
    return s * s * s * (s * (6.0 * s - 15.0) + 10.0)


def _stepping(m: Moment, beats: Floats, yaw: Floats, offset: Floats, when: _Way) -> Figure:
    """Feet that step once every two beats under a body that turns and moves about its place."""
    place, base = m.track.at(m.times[:1])
    places = place + _around(base[0], offset)
    turns = base[0] + yaw
    m.root, m.turns = placed(turned("y", turns), places), turns

    def grounds(at: Floats) -> tuple[Floats, Floats]:
        later, way = when(at * 2.0)
        return place + _around(base[0], way), base[0] + later

    feet = both(
        lambda side: striding(
            _STEP, m.frame, side, beats / 2.0, m.root, m.turns, leg_m=m.leg_m, grounds=grounds, narrow=1.12
        )
    )
    return Figure(feet)


class _Way:
    """Where a dancer is at a beat: the turn, and the way from its place, (f,) and (f, 3)."""

    def __init__(self, height: float, sign: float, *, always: bool) -> None:
        self._height, self._sign, self._always = height, sign, always

    def __call__(self, beats: Floats) -> tuple[Floats, Floats]:
        bar, within = np.floor(beats / _BAR), beats % _BAR
        if self._always:
            return self._sign * math.tau * beats / _BAR, np.zeros((len(beats), 3))
        whole = bar + _smooth((within - 4.6) / 3.2)
        # Towards both sides in four beats, and a little to and fro.
        z = 0.085 * self._height * np.sin(math.pi * beats / 2.0)
        x = 0.030 * self._height * np.sin(math.pi * beats / 4.0)
        return self._sign * math.tau * whole, np.stack([x, 0.0 * x, z], 1)


def _around(turn: float, offset: Floats) -> Floats:
    return offset @ turned("y", np.array(turn)).T


def dance(m: Moment) -> Figure:
    """A dance of eight beats: hips sway, arms swing, rise overhead, and a whole turn."""
    beats = m.times / _BEAT_S + 4.0 * m.life.phase
    way = _Way(m.height, 1.0 if m.life.phase < 0.5 else -1.0, always=False)  # noqa: PLR2004 -- a coin
    yaw, offset = way(beats)
    figure = _stepping(m, beats, yaw, offset, way)
    within, h = beats % _BAR, m.height
    turning = _smooth((within - 4.2) / 1.0) * (1.0 - _smooth((within - 7.0) / 0.9))
    high = _smooth((within - 1.8) / 0.9) * (1.0 - _smooth((within - 4.4) / 0.9))
    sway = np.sin(math.pi * beats)
    bounce = 0.5 - 0.5 * np.cos(math.tau * beats)
    figure.shift = np.stack(
        [0.0 * beats, -h * (0.012 + 0.026 * bounce), 0.034 * h * sway * (1.0 - 0.5 * turning)], 1
    )
    figure.hips = Turns(0.02, 0.16 * np.sin(math.pi * beats + 0.7), -0.17 * sway * (1.0 - 0.5 * turning))
    figure.back = Turns(
        -0.05 * high, -0.20 * np.sin(math.pi * beats + 0.7), 0.25 * sway * (1.0 - 0.5 * turning)
    )
    figure.head = Turns(-0.06 - 0.10 * high + 0.05 * bounce, 0.0, -0.14 * sway)
    look_about(m, figure)
    figure.face.open = 0.10 + 0.12 * high
    for side, sign in SIDES.items():
        figure.arms[side] = _dancing_arm(beats, sign, sway, high, turning)
    speed = np.abs(np.gradient(yaw, m.times)) if len(yaw) > 1 else np.zeros_like(yaw)
    figure.flare = 0.05 + np.clip(0.125 * speed, 0.0, 0.75) + 0.03 * sway
    figure.stream = 0.15 + np.clip(0.10 * speed, 0.0, 0.5)
    return figure


def _dancing_arm(beats: Floats, sign: float, sway: Floats, high: Floats, turning: Floats) -> Arm:
    """Low: elbows bent, hands swing across. High: overhead, waving. In the turn: spread wide."""
    low = 1.0 - high - turning * (1.0 - high)
    spread = turning * (1.0 - high)
    wave = np.sin(math.pi * beats + 0.6 * sign)
    return Arm(
        swing=low * (0.55 + 0.40 * sign * sway) + high * (0.50 + 0.15 * wave) + spread * 0.12,
        out=low * (0.50 + 0.22 * wave) + high * (2.55 + 0.28 * sign * sway) + spread * (1.30 + 0.14 * wave),
        turn=low * 0.45 + high * 0.30,
        bend=low * (1.25 + 0.35 * wave) + high * (0.55 + 0.30 * wave) + spread * 0.22,
        wrist=0.35 * np.sin(math.pi * beats + 1.2),
        curl=0.20 + 0.20 * low,
    )


def spin(m: Moment) -> Figure:
    """Turning round and round with small steps, arms a little spread."""
    beats = m.times / 0.45
    way = _Way(m.height, 1.0 if m.life.phase < 0.5 else -1.0, always=True)  # noqa: PLR2004 -- a coin
    yaw, offset = way(beats)
    figure = _stepping(m, beats, yaw, offset, way)
    figure.shift = np.stack(
        [0.0 * beats, -0.012 * m.height + 0.0 * beats, 0.012 * m.height * np.sin(math.pi * beats)], 1
    )
    look_about(m, figure)
    for side in SIDES:
        figure.arms[side] = Arm(swing=0.15, out=0.95 + 0.08 * np.sin(beats), bend=0.30, curl=0.2)
    figure.flare = 0.28
    figure.stream = 0.30
    return figure
