"""Plates behind what is removed: shadows that go on from a hole's foot."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.footage.plates import shadow_of
from kirin_video.media.frames import new_i420


def test_a_speck_of_a_hole_throws_no_shadow() -> None:
    frame = new_i420(1280, 720)
    hole = np.zeros((360, 640), np.bool_)
    hole[200, 300] = True
    assert not shadow_of(frame, hole).any()
