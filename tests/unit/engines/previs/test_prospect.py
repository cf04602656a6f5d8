from __future__ import annotations

import math
import pickle

import numpy as np
import pytest

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.survey import sky_span, survey


def prospect(setting: Setting, weather: Weather, *, frames: int = 5) -> Prospect:
    plan = ShotPlan(setting, TimeOfDay.DAY, weather, Move.PUSH_IN)
    return survey(plan, seed=3, aspect=1.0, num_frames=frames)


def test_a_prospect_can_be_sent_to_another_process() -> None:
    sent = prospect(Setting.CITY, Weather.RAIN)
    heard = pickle.loads(pickle.dumps(sent))
    assert heard.views == sent.views
    assert heard.shadow_middle == sent.shadow_middle
    assert np.array_equal(heard.splashes, sent.splashes)
    assert np.array_equal(heard.scene.parts[0].mesh.positions, sent.scene.parts[0].mesh.positions)


def test_drops_splash_on_land_but_not_on_the_open_sea() -> None:
    assert len(prospect(Setting.CITY, Weather.RAIN).splashes) > 100
    assert len(prospect(Setting.CITY, Weather.CLEAR).splashes) == 0
    assert len(prospect(Setting.SEA, Weather.RAIN).splashes) == 0


def test_there_is_a_view_for_every_frame() -> None:
    views = prospect(Setting.SEA, Weather.CLEAR, frames=7).views
    assert len(views) == 7
    assert views[0].eye != views[-1].eye


def test_the_sky_in_sight_is_what_the_views_span() -> None:
    level = View((0.0, 1.0, 0.0), (0.0, 1.0, -10.0), 60.0)
    right = View((0.0, 1.0, 0.0), (10.0, 1.0, 0.0), 60.0)
    span = sky_span((level, right), 1.0, 5.0)
    assert (span.left_rad, span.right_rad) == pytest.approx((-math.radians(30.0), math.radians(120.0)))
    assert span.highest_rad == pytest.approx(math.radians(30.0))


def test_looking_almost_straight_up_shows_the_sky_all_round() -> None:
    span = sky_span((View((0.0, 0.0, 0.0), (0.0, 10.0, -2.0), 60.0),), 1.0, 5.0)
    assert span.right_rad - span.left_rad == pytest.approx(math.tau)
