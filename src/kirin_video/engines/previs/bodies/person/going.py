"""Standing and going: the choreographies that others build on."""

# ruff: noqa: PLR2004 -- shares of a body stand where they are used
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Features, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.gait import Gait
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.steps import both, planted, striding
from kirin_video.engines.previs.bodies.posing import Floats


def stand(m: Moment) -> Figure:
    """Standing: weight goes from one leg to the other, breath, glances."""
    h, life, n = m.height, m.life, len(m.times)
    weight = np.tanh(2.2 * life.wave(7.3)) + life.slow(1, 0.25)
    breath = np.sin(math.tau * life.breaths)
    feet = both(
        lambda side: planted(
            m.frame,
            side,
            n,
            np.array([0.010 * h if side == "l" else -0.006 * h, 0.0, SIDES[side] * 0.012 * h]),
            -SIDES[side] * 0.14,
        )
    )
    figure = Figure(feet)
    figure.shift = np.stack([0.004 * h * life.slow(0, 1.0), -0.012 * h + 0.0 * weight, 0.017 * h * weight], 1)
    figure.hips = Turns(0.0, 0.04 * weight, -0.055 * weight)
    figure.back = Turns(0.012 * breath, -0.05 * weight, 0.075 * weight)
    look_about(m, figure)
    for side, sign in SIDES.items():
        figure.arms[side] = Arm(
            swing=0.03 + life.slow(2, 0.03) * sign,
            out=0.13 + 0.012 * breath + 0.03 * sign * weight,
            turn=0.25,
            bend=0.24 + life.slow(6, 0.05),
            lift=0.015 * breath,
            curl=0.42,
        )
    return figure


def look_about(m: Moment, figure: Figure) -> None:
    """Glances, blinks and small turns of the head."""
    life, c = m.life, m.act.curiosity
    glance = life.glance * c
    figure.head.yaw = figure.head.yaw + 1.05 * glance
    figure.head.pitch = figure.head.pitch + life.slow(3, 0.05) * c
    figure.head.roll = figure.head.roll + life.slow(4, 0.04) * c
    figure.face = Features(
        shut=1.0 - life.blinks,
        look_yaw=0.55 * glance + life.slow(5, 0.10) * c,
        look_pitch=life.slow(6, 0.05),
        brows=0.012 * np.clip(life.slow(7, 1.6), 0.0, 1.0),
        open=figure.face.open,
    )


def go(m: Moment) -> Figure:
    """Walking, running, sneaking: feet first, everything else answers."""
    g = m.act.gait
    assert g is not None
    stride = g.stride * m.leg_m
    phase = m.life.phase
    cycles = phase + m.track.travelled(m.times) / stride

    def grounds(at: Floats) -> tuple[Floats, Floats]:
        return m.track.at(m.track.when((at - phase) * stride))

    narrow = 0.62 if g.duty > 0.5 else 0.40
    feet = both(
        lambda side: striding(
            g,
            m.frame,
            side,
            cycles,
            m.root,
            m.turns,
            leg_m=m.leg_m,
            grounds=grounds,
            terrain=m.track,
            narrow=narrow,
        )
    )
    figure = Figure(feet)
    _answer(m, figure, g, cycles)
    return figure


def _answer(m: Moment, figure: Figure, g: Gait, cycles: Floats) -> None:
    """Hips, shoulders and arms in step: the left foot comes down at 0, the right one at a half."""
    w = math.tau * cycles
    leg = m.leg_m
    steps = 2.0 * (cycles % 1.0)
    bob = g.bob * np.cos(math.tau * (steps - g.high - 0.5 * g.duty * 0.0)) - g.crouch
    # Over the standing foot: the left one in the first half.
    over = -np.sin(w - 0.6)
    female = m.shape.bust > 0.0
    figure.shift = np.stack([0.0 * w, bob * leg, 0.020 * leg * over * (1.0 if g.duty > 0.5 else 0.5)], 1)
    figure.hips = Turns(g.lean * 0.45, -g.twist * np.cos(w), (0.085 if female else 0.05) * over)
    figure.back = Turns(g.lean * 0.55, 2.0 * g.twist * np.cos(w), -0.075 * over)
    figure.head = Turns(-g.lean * 0.75 + 0.02 * np.cos(2.0 * w), -g.twist * np.cos(w), 0.0)
    look_about(m, figure)
    for side, sign in SIDES.items():
        wave = sign * np.cos(w + 0.12)
        forward = np.clip(wave, 0.0, 1.0)
        figure.arms[side] = Arm(
            swing=g.swing * (wave + 0.10) + 0.05,
            out=0.13 + 0.05 * (g.elbow > 1.0),
            turn=0.10 + 0.16 * forward,
            bend=g.elbow * (1.0 + 0.45 * wave * (g.elbow < 1.0)) + 0.12 * forward,
            curl=0.50 + 0.5 * (g.elbow > 1.0),
        )
    pace = m.speed / 3.0
    figure.stream = np.clip(0.12 + 0.33 * pace, 0.0, 0.9) + 0.06 * np.sin(2.0 * w)
    figure.flare = 0.05 * min(pace, 1.0) + 0.02 * np.sin(2.0 * w)
