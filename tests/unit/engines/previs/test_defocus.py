"""Blur of what is out of focus."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.defocus import Defocus
from kirin_video.engines.previs.gl.focus import sharp_range
from kirin_video.engines.previs.glass import SHARP, STEPS, glass_for
from kirin_video.engines.previs.plan import Framing, Move, Setting, ShotPlan, TimeOfDay, Weather

Plane = NDArray[np.uint8]
SIZE = (96, 64)


def blurred(y: Plane, radius: NDArray[np.float64]) -> Plane:
    """A luma plane blurred by radii in pixels of half size; positive lie behind the focus."""
    width, height = SIZE
    blur = np.clip(SHARP + STEPS * radius, 0, 255).astype(np.uint8)[::-1]
    out = y.copy()
    u, v = (
        np.full((height // 2, width // 2), 128, np.uint8),
        np.full((height // 2, width // 2), 128, np.uint8),
    )
    Defocus(width, height).apply(blur, out, u, v)
    assert (u == 128).all()
    assert (v == 128).all()
    return out


def stripes() -> Plane:
    width, height = SIZE
    return np.tile(np.where(np.arange(width) % 8 < 4, 60, 180).astype(np.uint8), (height, 1))


def test_what_is_in_focus_stays_as_it_is() -> None:
    assert np.array_equal(blurred(stripes(), np.zeros(SIZE[::-1])), stripes())


def test_what_is_behind_and_what_is_before_loses_its_stripes() -> None:
    for radius in (4.0, -4.0):
        soft = blurred(stripes(), np.full(SIZE[::-1], radius)).astype(float)[16:-16, 24:-24]
        assert soft.std() < 0.35 * stripes().std()
        assert abs(soft.mean() - 120.0) < 6.0


def test_a_sharp_subject_keeps_its_border_and_gets_no_halo() -> None:
    y, radius = np.full(SIZE[::-1], 60, np.uint8), np.full(SIZE[::-1], 5.0)
    y[:, 40:56], radius[:, 40:56] = 220, 0.0
    after = blurred(y, radius).astype(int)
    assert (after[:, 40:56] == 220).all()
    assert abs(after[:, :39] - 60).max() <= 2
    assert abs(after[:, 57:] - 60).max() <= 2


def test_what_is_before_the_subject_spreads_over_it() -> None:
    y, radius = np.full(SIZE[::-1], 60, np.uint8), np.zeros(SIZE[::-1])
    y[:, :48], radius[:, :48] = 220, -5.0
    after = blurred(y, radius).astype(int)[32]
    assert after[20] > 210
    assert 80 < after[50] < 200
    assert after[70] == 60


def test_only_pro_and_those_who_ask_get_glass() -> None:
    plan = ShotPlan(Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)
    asked = ShotPlan(
        Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, framing=Framing(shallow_focus=True)
    )
    assert glass_for(plan, pro=False) is None
    # A landscape is sharp all through.
    assert glass_for(plan, pro=True) is None
    assert glass_for(asked, pro=False) is not None


def test_focus_covers_the_subject_and_follows_it_smoothly() -> None:
    views = [View((0.0, 1.0, 0.0), (0.0, 1.0, -10.0), 40.0)] * 40
    boxes = np.zeros((40, 2, 3), np.float32)
    boxes[:, 0], boxes[:, 1] = (-1.0, 0.0, -9.0), (1.0, 2.0, -7.0)
    boxes[20:, :, 2] -= 4.0
    near, far = sharp_range(views, boxes)
    assert [near[0], far[0]] == pytest.approx([7.0, 9.0])
    assert [near[-1], far[-1]] == pytest.approx([11.0, 13.0])
    assert np.abs(np.diff(near)).max() < 0.6
