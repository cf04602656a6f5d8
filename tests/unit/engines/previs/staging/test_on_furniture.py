"""Who is under furniture is seen between its legs, who rides a merry-go-round sits on its horses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.survey import survey


def shot(prompt: str, seed: int) -> Prospect:
    return survey(read_plan(prompt, seed=seed), seed=seed, aspect=16 / 9, num_frames=24)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_cat_under_a_table_is_seen_from_the_long_side(seed: int) -> None:
    prospect = shot("a cat under a table", seed)
    table = next(a for a in prospect.scene.actors if a.subject == 1).poses[12, 0].astype(float)
    view = prospect.views[12]
    eye = np.array([view.eye[0] - table[0, 3], view.eye[2] - table[2, 3]])
    # Its short side is along x.
    off = abs(math.cos(math.atan2(eye[1], eye[0]) - math.atan2(table[2, 0], table[0, 0])))
    assert off > math.cos(0.75)


def test_children_ride_the_horses_of_a_carousel() -> None:
    prospect = shot("three children ride a carousel", 2)
    riders = {id(a.poses): a.poses[:, 0].astype(float) for a in prospect.scene.actors if a.subject == 0}
    wheel = next(a for a in prospect.scene.actors if a.subject == 1).poses[:, 0].astype(float)
    away = [np.hypot(*(p[:, [0, 2], 3] - wheel[:, [0, 2], 3]).T) for p in riders.values()]
    assert len(away) == 3
    for far, pose in zip(away, riders.values(), strict=True):
        np.testing.assert_allclose(far, 2.4, atol=0.35)
        # They go round with it, below its roof.
        assert np.ptp(pose[:, 0, 3]) + np.ptp(pose[:, 2, 3]) > 0.3
        assert pose[:, 1, 3].max() - wheel[0, 1, 3] < 2.2
    places = np.array([pose[12, [0, 2], 3] for pose in riders.values()])
    gaps = np.linalg.norm(places[:, None] - places[None], axis=-1) + 9.0 * np.eye(3)
    assert gaps.min() > 1.0, "each has a horse of his own"
