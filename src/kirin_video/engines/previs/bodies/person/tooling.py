"""Tools with long handles at work: chopping, digging, sweeping.

Both hands are on the handle, the right one nearer to the head; the tool lies along the line from the left to
the right hand, so that wherever hands go it goes with them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.bodies.person.figure import Arm, Figure
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.posing import Floats

_CHOP_S, _DIG_S, _SWEEP_S = 2.1, 3.0, 1.7
"""How long a blow, a shovelful and a stroke take."""
_POLE = np.array([-0.35, -0.9, 0.55])
_CHOP = (
    # share of the time, right hand, left hand (shares of the height), how far the back is bent
    (0.00, (0.275, 0.500, 0.020), (0.185, 0.530, 0.000), 0.42),
    (0.16, (0.275, 0.500, 0.020), (0.185, 0.530, 0.000), 0.42),
    (0.42, (0.215, 0.740, 0.060), (0.140, 0.660, 0.020), 0.10),
    (0.64, (0.030, 1.070, 0.045), (0.085, 0.975, 0.010), -0.16),
    (0.74, (0.020, 1.070, 0.045), (0.085, 0.975, 0.010), -0.18),
    (0.84, (0.265, 0.820, 0.030), (0.195, 0.740, 0.005), 0.12),
    (0.90, (0.275, 0.500, 0.020), (0.185, 0.530, 0.000), 0.42),
    (1.00, (0.275, 0.500, 0.020), (0.185, 0.530, 0.000), 0.42),
)
"""Up past the shoulder, a moment over the head, down."""
_DIG = (
    (0.00, (0.190, 0.420, 0.045), (0.105, 0.585, 0.010), 0.34),
    (0.20, (0.225, 0.345, 0.045), (0.140, 0.505, 0.010), 0.52),
    (0.32, (0.225, 0.345, 0.045), (0.140, 0.505, 0.010), 0.52),
    (0.52, (0.270, 0.500, 0.040), (0.135, 0.545, 0.010), 0.24),
    (0.70, (0.215, 0.565, 0.170), (0.125, 0.560, 0.010), 0.10),
    (0.80, (0.215, 0.540, 0.185), (0.125, 0.580, 0.010), 0.12),
    (1.00, (0.190, 0.420, 0.045), (0.105, 0.585, 0.010), 0.34),
)
"""Into the ground, up with it, thrown aside."""
_SWEEP = (
    (0.00, (0.170, 0.500, 0.100), (0.105, 0.655, 0.000), 0.14),
    (0.45, (0.200, 0.500, -0.045), (0.110, 0.655, 0.010), 0.18),
    (0.60, (0.185, 0.530, -0.050), (0.110, 0.670, 0.010), 0.14),
    (0.85, (0.165, 0.530, 0.095), (0.105, 0.670, 0.000), 0.10),
    (1.00, (0.170, 0.500, 0.100), (0.105, 0.655, 0.000), 0.14),
)
"""Across the floor to the left, and back above it."""

Key = tuple[float, tuple[float, float, float], tuple[float, float, float], float]


def chop(m: Moment, figure: Figure) -> None:
    """Blows with an axe, a pick or a hoe, swung over the head."""
    _swing(m, figure, _CHOP, m.times / _CHOP_S + 0.2)
    figure.head.pitch = figure.head.pitch + 0.10


def dig(m: Moment, figure: Figure) -> None:
    """Shovelfuls."""
    _swing(m, figure, _DIG, m.times / _DIG_S)
    figure.head.pitch = figure.head.pitch + 0.16


def sweep(m: Moment, figure: Figure) -> None:
    """Strokes of a broom or a rake over the ground before the feet."""
    _swing(m, figure, _SWEEP, m.times / _SWEEP_S)
    figure.head.pitch = figure.head.pitch + 0.26
    figure.face.look_pitch = 0.2


def _swing(m: Moment, figure: Figure, keys: Sequence[Key], turns: Floats) -> None:
    """Both hands and the back through keys, over and over; everybody at a moment of his own."""
    share = (turns + m.life.phase) % 1.0
    starts = np.array([key[0] for key in keys])
    at = np.clip(np.searchsorted(starts, share, "right") - 1, 0, len(keys) - 2)
    gone = (share - starts[at]) / (starts[at + 1] - starts[at])
    gone = gone * gone * (3.0 - 2.0 * gone)
    for side, column in (("r", 1), ("l", 2)):
        goals = np.array([key[column] for key in keys])
        goal = goals[at] + (goals[at + 1] - goals[at]) * gone[:, None]
        figure.arms[side] = Arm(goal=goal * m.height, pole=_POLE, curl=1.25)
    bends = np.array([key[3] for key in keys])
    figure.back.pitch = figure.back.pitch + bends[at] + (bends[at + 1] - bends[at]) * gone
