"""A bird that takes off from what it stands on leaves it."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.survey import survey


@pytest.mark.parametrize(
    "prompt", ["A bird stands on a rock, then flies away", "A crow on a fence takes off and flies away"]
)
def test_a_bird_flies_away_from_its_perch(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    actors = survey(plan, seed=1, aspect=16 / 9, num_frames=120).scene.actors
    bird = next(a for a in actors if a.subject == 0).poses[:, 0, :, 3].astype(float)
    off = bird - bird[0]
    assert np.abs(off[:12]).max() < 0.2, "it is seen on its perch"
    assert np.linalg.norm(off[-1]) > 4.0
    assert off[-1, 1] > 1.0
