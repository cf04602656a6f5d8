"""A day that goes by within a clip: the sun's path, the light, and windows that light up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.daybreak import burning, kindled
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.scenery import Hour, Part
from kirin_video.engines.previs.survey import survey
from kirin_video.engines.previs.takes import takes_of

_FRAMES = 40


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def _hours(plan: ShotPlan) -> tuple[Hour, ...]:
    return survey(plan, seed=3, aspect=16 / 9, num_frames=_FRAMES).scene.hours


@pytest.mark.parametrize("text", ["Time-lapse of a lake from day to night", "湖面从白天到黑夜的延时摄影"])
def test_from_day_to_night_the_sun_sets_before_the_moon_rises(text: str, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=3, lexicon=lexicon)
    assert len(takes_of(plan, _FRAMES)) == 1
    hours = _hours(plan)
    assert len(hours) == _FRAMES
    darkness = np.array([hour.darkness for hour in hours])
    assert darkness[0] == 0.0
    assert darkness[-1] > 0.99
    assert (np.diff(darkness) >= 0.0).all()
    suns = np.array([hour.light.sun for hour in hours])
    lowest = int(suns[:, 1].argmin())
    assert 0 < lowest < _FRAMES - 1
    assert suns[lowest, 1] < 0.0
    assert max(hours[lowest].light.sun_color) < 0.4
    assert np.linalg.norm(np.diff(suns[:lowest], axis=0), axis=1).max() < 0.25
    assert np.mean(hours[-1].light.zenith) < 0.3 * np.mean(hours[0].light.zenith)


def test_within_an_hour_the_sun_goes_on_and_clouds_keep_their_pace(lexicon: Lexicon) -> None:
    hours = _hours(read_plan("A time-lapse of clouds over a lake", seed=3, lexicon=lexicon))
    first, last = np.array(hours[0].light.sun), np.array(hours[-1].light.sun)
    assert float(first @ last) < 0.9
    assert len({hour.light.wind for hour in hours}) == 1


def test_only_time_lapses_have_hours(lexicon: Lexicon) -> None:
    assert _hours(read_plan("A lake", seed=3, lexicon=lexicon)) == ()


def test_windows_light_up_one_after_the_other_and_lamplight_grows() -> None:
    rooms = 60
    corners = np.zeros((3 * rooms, 3), np.float32)
    faces = np.arange(3 * rooms, dtype=np.uint32).reshape(-1, 3)
    unlit = np.tile(np.array([70, 80, 90, 0], np.uint8), (3 * rooms, 1))
    day = Part(Mesh(corners, corners, unlit, np.zeros(3 * rooms, np.uint8), faces))
    lit, glow = unlit.copy(), np.repeat(np.arange(30, 30 + rooms, dtype=np.uint8), 3)
    lit[:, :3] = (255, 190, 110)
    lit[:3], glow[:3] = unlit[:3], 100  # a wall that a lamp shines on
    part = kindled(day, replace(day, mesh=replace(day.mesh, colors=lit, glow=glow)))
    assert part.kindling is not None
    shares = [float((burning(day.mesh, part.kindling, d)[1][3:] > 0).mean()) for d in (0.0, 0.45, 0.7, 1.0)]
    assert shares[0] == 0.0
    assert shares[0] < shares[1] < shares[2] < shares[3] == 1.0
    wall = [int(burning(day.mesh, part.kindling, d)[1][0]) for d in (0.0, 0.5, 1.0)]
    assert wall == [0, 50, 100]


def test_what_is_not_the_same_by_night_stays_as_it_is() -> None:
    corners = np.zeros((3, 3), np.float32)
    mesh = Mesh(
        corners, corners, np.zeros((3, 4), np.uint8), np.zeros(3, np.uint8), np.array([[0, 1, 2]], np.uint32)
    )
    other = replace(mesh, positions=np.zeros((4, 3), np.float32))
    assert kindled(Part(mesh), Part(other)).kindling is None
