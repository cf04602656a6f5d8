"""Swimmers lie in the water, not on it; under water they are off the ground."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.survey import survey


@pytest.mark.parametrize("prompt", ["A man swims in a lake", "A woman swims in a swimming pool"])
def test_a_swimmer_is_half_in_the_water(prompt: str) -> None:
    scene = survey(read_plan(prompt, seed=2), seed=2, aspect=16 / 9, num_frames=48).scene
    heights = next(a for a in scene.actors if a.subject == 0).poses[:, 0, 1, 3].astype(float)
    assert scene.water is not None
    assert np.abs(heights - scene.water.level_m).max() < 0.16


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [("A scuba diver under water", 0), ("A diver and a sea turtle", 1), ("A penguin swims under water", 0)],
)
def test_under_water_they_swim_above_the_ground(prompt: str, subject: int) -> None:
    plan = read_plan(prompt, seed=2)
    land = build_scene(plan, seed=2, aspect=16 / 9)
    actors = survey(plan, seed=2, aspect=16 / 9, num_frames=48).scene.actors
    where = next(a for a in actors if a.subject == subject).poses[:, 0, :, 3].astype(float)
    ground = [land.ground_height(float(x), float(z)) for x, _, z in where]
    assert (where[:, 1] - np.array(ground)).min() > 0.4
