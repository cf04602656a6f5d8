"""Phases: a body that moves in one way for some deeds and elsewhere in another way for others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Motion
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action

Phase = tuple[Motion, Track]
"""How something is done, and where."""


class PhasedMotion:
    """The motion of somebody who takes a seat during the shot, or leaves one.

    Args:
        usual: how and where everything is done but for the deeds below.
        others: how and where these are done.
    """

    def __init__(self, usual: Phase, others: Mapping[Action, Phase]) -> None:
        self._usual, self._others = usual, dict(others)

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        return self._others.get(action, self._usual)[0].pace(action)

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`. The phase's own track takes the place of the whole way's."""
        del track
        motion, where = self._others.get(action, self._usual)
        return motion.poses(action, where, times, seed=seed)
