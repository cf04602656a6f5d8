"""Skaters are looked at where there is nothing but ice."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.shore import onto_ice
from kirin_video.engines.previs.staging.solids import Solids


def bank(x: NDArray[np.float64], z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Land down to ten metres ahead, level ice beyond."""
    return np.where(z > -10.0, 0.8, 0.02) + 0.0 * x


def test_the_stage_goes_ahead_until_a_skater_has_ice_below() -> None:
    ground = Footing(bank, np.zeros((2, 2), np.int32), None, cast("Solids", None))
    stage = Stage((0.0, 1.6, 0.0), (0.0, 1.6, -20.0), 39.0, lambda _x, _z: 0.0)
    moved = onto_ice(stage, ground, 6.0, 3.0)
    assert -10.0 < moved.eye[2] <= -4.0
    assert onto_ice(moved, ground, 6.0, 3.0).eye == moved.eye
