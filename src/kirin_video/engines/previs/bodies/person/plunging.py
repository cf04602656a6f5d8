"""Leaping into water: knees drawn up, arms thrown high."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.resting import feet_at


def plunge(m: Moment) -> Figure:
    """In the air over water: whoever is in it is carried along an arc."""
    h = m.height
    kick = np.sin(math.tau * m.times / 0.5)
    figure = Figure(feet_at(m, 0.03, 0.12, 0.05, pitch=0.5), free=True)
    for side, sign in SIDES.items():
        figure.feet[side].place[:, 0] += 0.05 * h * sign * (1.0 + 0.5 * kick)
        figure.feet[side].place[:, 1] += 0.025 * h * sign
        figure.arms[side] = Arm(swing=2.5 + 0.2 * sign * kick, out=0.55, bend=0.25, curl=0.2)
    figure.shift = np.zeros((len(m.times), 3))
    figure.hips = Turns(0.22)
    figure.back = Turns(0.10)
    figure.head = Turns(-0.10)
    figure.knees = dict.fromkeys(SIDES, 0.18)
    figure.face.open = 0.8
    figure.flare, figure.stream = 0.3, 0.2
    return figure
