from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.photo.grade import grade_for, tint_curve, tone_curve
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather


def _plan(time: TimeOfDay, weather: Weather) -> ShotPlan:
    return ShotPlan(Setting.MEADOW, time, weather, Move.STILL)


def test_day_and_clear_leave_the_picture_alone() -> None:
    grade = grade_for(_plan(TimeOfDay.DAY, Weather.CLEAR))
    assert grade.changes_nothing
    assert tone_curve(grade, 1.0) == pytest.approx(np.arange(1025) / 4, abs=1e-3)
    assert tint_curve(grade, 1.0)[:, 1:] == pytest.approx(0.0)


@pytest.mark.parametrize("time", list(TimeOfDay))
@pytest.mark.parametrize("weather", list(Weather))
def test_tones_keep_their_order_and_start_unchanged(time: TimeOfDay, weather: Weather) -> None:
    grade = grade_for(_plan(time, weather))
    assert (np.diff(tone_curve(grade, 1.0)) > 0).all()
    assert tone_curve(grade, 0.0) == pytest.approx(np.arange(1025) / 4, abs=1e-3)


def test_night_is_darker_and_bluer_than_dusk() -> None:
    night, dusk = (grade_for(_plan(time, Weather.CLEAR)) for time in (TimeOfDay.NIGHT, TimeOfDay.DUSK))
    assert tone_curve(night, 1.0)[600] < tone_curve(dusk, 1.0)[600]
    assert tint_curve(night, 1.0)[150, 1] > 0 > tint_curve(dusk, 1.0)[150, 1]
