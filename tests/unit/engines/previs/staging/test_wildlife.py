"""A world's own life: there where nothing speaks against it, and never where the prompt wants nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.plan import (
    Framing,
    Mood,
    Move,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.staging.wildlife import flocks_of
from kirin_video.engines.previs.survey import survey

SEA = ShotPlan(Setting.SEA, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)


@pytest.mark.parametrize(
    "plan",
    [
        replace(SEA, absent=("people",)),
        replace(SEA, barred=("bird",)),
        replace(SEA, barred=("gull",)),
        replace(SEA, mood=Mood.LONELY),
        replace(SEA, weather=Weather.RAIN),
        replace(SEA, time=TimeOfDay.NIGHT),
        replace(SEA, framing=Framing(size=ShotSize.CLOSE_UP)),
        replace(SEA, subjects=(SubjectPlan("gull", "a gull"),)),
        replace(SEA, subjects=(SubjectPlan("eagle", "an eagle"),)),
        replace(SEA, setting=Setting.ROOM),
    ],
)
def test_there_is_none_where_something_speaks_against_it(plan: ShotPlan) -> None:
    assert flocks_of(plan) == ()


def test_gulls_fly_over_the_sea_and_belong_to_no_subject() -> None:
    prospect = survey(SEA, seed=3, aspect=16 / 9, num_frames=24)
    gulls = {id(a.poses): a for a in prospect.scene.actors}.values()
    assert len(gulls) == 5
    assert all(a.subject == 1 and not a.casts for a in gulls)
    gone = [float(np.linalg.norm(a.poses[-1, 0, :, 3] - a.poses[0, 0, :, 3])) for a in gulls]
    assert min(gone) > 2.0
    assert sum(len(a.mesh.faces) for a in prospect.scene.actors) < 25_000


def test_the_same_seed_gives_the_same_birds() -> None:
    one, same = (survey(SEA, seed=3, aspect=16 / 9, num_frames=6).scene.actors for _ in range(2))
    assert all((a.poses == b.poses).all() for a, b in zip(one, same, strict=True))
