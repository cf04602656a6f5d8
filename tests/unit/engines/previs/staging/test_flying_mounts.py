"""Brooms and carpets fly as soon as somebody is on them, and he sits on them."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.survey import survey


@pytest.mark.parametrize(
    "prompt",
    ["A witch flies on a broom", "A boy flies on a magic carpet over the desert", "一个女巫骑着扫帚"],
)
def test_it_flies_and_its_rider_sits_on_it(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    actors = survey(plan, seed=1, aspect=16 / 9, num_frames=48).scene.actors
    rider, mount = (next(a for a in actors if a.subject == k).poses[:, 0].astype(float) for k in (0, 1))
    off = rider[:, :, 3] - mount[:, :, 3]
    assert np.abs(off[:, [0, 2]]).max() < 0.8, "he stays on it"
    assert np.ptp(mount[:, 0, 3]) + np.ptp(mount[:, 2, 3]) > 3.0, "it goes"
    assert rider[:, 1, 1].min() > 0.7, "upright"


def test_a_broom_is_swept_with_too() -> None:
    plan = read_plan("A man sweeps the street with a broom", seed=1)
    assert [r.kind.value for r in plan.subjects[1].relations] == ["held_by"]
