"""Where a head turns that meets somebody's eyes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.posing import Floats

_FURTHEST_RAD = 1.35
"""Further round no head turns."""
_TURNED_S = 0.3, 1.0
"""When a head begins to turn, and when it has turned, after the deed has begun."""


@dataclass(frozen=True, slots=True)
class Gaze:
    """Somebody's eyes, and when they are met.

    Attributes:
        x: where they are, metres.
        z: where they are, metres.
        from_s: when the deed begins, seconds.
    """

    x: float
    z: float
    from_s: float = 0.0

    def turn(self, places: Floats, turns: Floats, times: Floats) -> Floats:
        """How far a head is turned to the left from facing ahead, (f,), radians.

        Args:
            places: (f, 3), of the body.
            turns: (f,), radians, of the body.
            times: (f,), seconds.
        """
        towards = np.arctan2(-(self.z - places[:, 2]), self.x - places[:, 0])
        off = (towards - turns + np.pi) % (2.0 * np.pi) - np.pi
        first, last = _TURNED_S
        share = np.clip((times - self.from_s - first) / (last - first), 0.0, 1.0)
        return np.clip(off, -_FURTHEST_RAD, _FURTHEST_RAD) * share * share * (3.0 - 2.0 * share)
