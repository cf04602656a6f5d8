"""How a hard body goes at every moment: speed, surge, bends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies import track as tracks

Floats = NDArray[np.float64]


def eased(share: Floats) -> Floats:
    """From 0 to 1 with a soft start and a soft end."""
    s = np.clip(share, 0.0, 1.0)
    return s * s * (3.0 - 2.0 * s)


@dataclass(frozen=True, slots=True)
class Going:
    """How a body goes, at every frame.

    Attributes:
        speed: metres a second.
        surge: metres a second squared, ahead.
        change: radians a second that its way turns.
        gone: metres.
        slow: seconds, shifted by its own phase.
    """

    speed: Floats
    surge: Floats
    change: Floats
    gone: Floats
    slow: Floats


_STEP_S = 0.25


def going_of(track: tracks.Track, times: Floats, gone: Floats, phase: float) -> Going:
    """How a body goes along its track at these times."""
    after, now, before = (track.travelled(times + s) for s in (_STEP_S, 0.0, -_STEP_S))
    change = (track.at(times + _STEP_S)[1] - track.at(times - _STEP_S)[1]) / (2.0 * _STEP_S)
    speed = np.maximum((after - before) / (2.0 * _STEP_S), 0.0)
    return Going(speed, (after - 2.0 * now + before) / _STEP_S**2, change, gone, times + phase)
