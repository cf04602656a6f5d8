"""Blocking: where everybody is at any time (a first simple form: one subject, straight on)."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.track import Terrain, Track, standing
from kirin_video.engines.previs.plan import Heading

_TURNS = {
    Heading.RIGHT: 0.0,
    Heading.LEFT: math.pi,
    Heading.AWAY: math.pi / 2.0,
    Heading.TOWARDS: -math.pi / 2.0,
}


def straight(
    place: tuple[float, float], heading: Heading | None, pace: float, seconds: float, terrain: Terrain
) -> Track:
    """A way straight through a place, which is reached in the middle of the clip."""
    # A little towards the viewer: both eyes and the far legs show.
    turn = _TURNS.get(heading or Heading.RIGHT, 0.0) + (-0.45 if heading in {None, Heading.RIGHT} else 0.45)
    if pace <= 0.0:
        return standing(*place, turn, terrain)
    times = np.linspace(0.0, seconds, 64)
    gone = pace * (times - seconds / 2.0)
    x, z = place[0] + math.cos(turn) * gone, place[1] - math.sin(turn) * gone
    return Track(times, np.stack([x, np.zeros_like(x), z], 1), np.full_like(x, turn), terrain)
