from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.breakers import breaker, crest_of, face_at, in_world
from kirin_video.engines.previs.plan import Move, Phenomenon, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.scenery import Breaker
from kirin_video.engines.previs.survey import survey

FRAMES = 5


def wave(height_m: float = 3.0) -> Breaker:
    places = np.column_stack([np.linspace(0.0, 4.0, FRAMES), np.full(FRAMES, -8.0), np.ones(FRAMES)])
    return breaker(4, height_m, along=(1.0, 0.0), behind=(0.0, -1.0), places=places)


def test_a_wave_is_as_high_as_asked_and_meets_still_water_at_its_ends() -> None:
    points = wave(3.0).points
    assert points[:, 1].max() == pytest.approx(3.2, abs=0.5)
    ends = np.abs(points[:, 0]) > 0.95 * np.abs(points[:, 0]).max()
    assert np.abs(points[ends, 1]).max() < 0.6


def test_its_face_rises_towards_its_crest() -> None:
    high, slope = face_at(np.full(4, 0.2), np.array([-1.2, -0.9, -0.6, -0.4]))
    assert (np.diff(high) > 0.0).all()
    assert (slope[1:] > 0.1).all()


def test_where_it_breaks_its_lip_is_before_its_face() -> None:
    thrown, shoulder = crest_of(np.array([-2.0, 6.0]))
    assert thrown[2] < shoulder[2] - 0.3


def test_it_goes_where_it_is_led() -> None:
    first, last = in_world(wave(), np.zeros((2, 3)), np.array([0, FRAMES - 1]))
    assert last - first == pytest.approx([4.0, 0.0, 0.0])


def test_a_surfer_is_on_the_face_of_a_wave_that_goes_along() -> None:
    plan = read_plan("a surfer rides a huge wave", seed=1)
    prospect = survey(plan, seed=1, aspect=16 / 9, num_frames=FRAMES)
    water = prospect.scene.water
    assert water is not None
    assert water.breaker is not None
    feet = np.array([actor.poses[:, 0, :, 3] for actor in prospect.scene.actors]).min(0)
    above = feet[:, 1] - water.level_m
    assert (above > 0.3).all()
    assert (above < water.breaker.height_m).all()
    assert len(prospect.between(1, 3).scene.water.breaker.places) == 2  # pyright: ignore[reportOptionalMemberAccess]


def test_waves_come_by_themselves_where_nobody_surfs() -> None:
    plan = ShotPlan(Setting.SEA, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, phenomena=(Phenomenon.HIGH_WAVES,))
    water = survey(plan, seed=1, aspect=16 / 9, num_frames=FRAMES).scene.water
    assert water is not None
    assert water.breaker is not None
