"""Several in one boat sit one behind the other."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.survey import survey


@pytest.mark.parametrize("prompt", ["Two women paddle a canoe", "两个人划船"])
def test_two_in_a_boat_have_a_seat_each(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    actors = survey(plan, seed=1, aspect=16 / 9, num_frames=24).scene.actors
    seats = {tuple(np.round(a.poses[0, 0, :, 3].astype(float), 2)) for a in actors if a.subject == 0}
    assert len(seats) == 2
    one, other = (np.array(seat) for seat in seats)
    assert 0.6 < np.linalg.norm(one - other) < 1.4
