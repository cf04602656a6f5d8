"""A fisheye: what is painted for it, and how that is bent."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kirin_video.engines.previs.bending import Bender
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.fisheye import MOST_REACH, bent, canvas_of, is_bent, off_axis
from kirin_video.engines.previs.plan import (
    Beat,
    Framing,
    Lens,
    Move,
    Setting,
    ShotPlan,
    TimeOfDay,
    Weather,
)

SIZE, SHOWN = (240, 136), (160, 90)
COMPOSED = View((0.0, 0.0, 0.0), (0.0, 0.0, -9.0), 46.0)
ASPECT = SHOWN[0] / SHOWN[1]


def test_the_painted_picture_holds_all_that_the_bent_one_shows() -> None:
    view = bent(COMPOSED, ASPECT)
    corner = math.tan(math.radians(view.fov_deg) / 2.0) * math.hypot(1.0, ASPECT)
    assert math.isclose(math.atan(corner), off_axis(view.bend))
    assert view.fov_deg > COMPOSED.fov_deg
    assert (view.eye, view.target) == (COMPOSED.eye, COMPOSED.target)


def test_no_glass_is_so_wide_that_straight_pictures_of_it_have_no_end() -> None:
    view = bent(View((0.0, 0.0, 0.0), (0.0, 0.0, -9.0), 117.0), ASPECT)
    assert view.bend == MOST_REACH
    assert view.fov_deg < 130.0


def test_a_place_lies_as_far_from_the_middle_as_an_equisolid_lens_puts_it() -> None:
    reach, angle = 1.1, math.radians(40.0)
    bender = Bender(SIZE, SHOWN)
    bender.aim(reach)
    radius = math.hypot(*SIZE) / 2.0 * math.tan(angle) / math.tan(off_axis(reach))
    rows, columns = np.indices(SIZE[::-1])
    off = np.hypot(columns + 0.5 - SIZE[0] / 2.0, rows + 0.5 - SIZE[1] / 2.0)
    source = np.where(off > radius, 200, 40).astype(np.uint8)
    out = np.empty(SHOWN[::-1], np.uint8)
    bender.luma(source, out)
    middle = out[SHOWN[1] // 2, SHOWN[0] // 2 :].astype(float)
    found = float(np.interp(120.0, middle, np.arange(len(middle)) + 0.5))
    assert found == pytest.approx(math.hypot(*SHOWN) / 2.0 * 2.0 * math.sin(angle / 2.0) / reach, abs=1.0)


@pytest.mark.parametrize("reach", [0.0, 0.6, MOST_REACH])
def test_what_is_flat_stays_flat_to_the_corners(reach: float) -> None:
    bender = Bender(SIZE, SHOWN)
    bender.aim(reach)
    luma, chroma = np.empty(SHOWN[::-1], np.uint8), np.empty((SHOWN[1] // 2, SHOWN[0] // 2), np.uint8)
    bender.luma(np.full(SIZE[::-1], 97, np.uint8), luma)
    bender.chroma(np.full((SIZE[1] // 2, SIZE[0] // 2), 140, np.uint8), chroma)
    assert (luma == 97).all()
    assert (chroma == 140).all()


def test_a_straight_line_beside_the_middle_bulges() -> None:
    bender = Bender(SIZE, SHOWN)
    bender.aim(MOST_REACH)
    source = np.full(SIZE[::-1], 40, np.uint8)
    source[: SIZE[1] // 4] = 200
    out = np.empty(SHOWN[::-1], np.uint8)
    bender.luma(source, out)
    edge = (out > 120).sum(0)
    assert edge[0] > edge[SHOWN[0] // 2] + 4


def test_one_shot_of_a_clip_is_enough_for_a_larger_canvas() -> None:
    plan = ShotPlan(Setting.DESERT, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)
    later = Beat(0.5, "through a fisheye", cut=True, framing=Framing(lens=Lens.FISHEYE))
    assert not is_bent(plan)
    assert is_bent(ShotPlan(plan.setting, plan.time, plan.weather, plan.move, beats=(later,)))
    assert all(side % 2 == 0 for side in canvas_of(1280, 720, pro=False))
    assert max(canvas_of(1920, 1080, pro=True)) <= 2560
