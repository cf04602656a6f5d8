"""From which frames to look for what shows."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.vantage import vantages


def walk(count: int, step_m: float) -> list[View]:
    return [View((step_m * k, 1.6, 0.0), (step_m * k, 1.6, -10.0), 40.0) for k in range(count)]


def test_a_short_clip_is_not_worth_it() -> None:
    assert vantages(walk(23, 0.01)) == ()


def test_looks_span_the_clip_evenly() -> None:
    frames = vantages(walk(120, 0.01))
    assert frames[0] == 0
    assert frames[-1] == 119
    assert max(b - a for a, b in pairwise(frames)) <= 14


def test_a_still_camera_needs_few_looks_and_a_quick_one_many() -> None:
    still, calm, quick = (len(vantages(walk(120, step))) for step in (0.0, 0.01, 0.2))
    assert still < calm < quick


@pytest.mark.parametrize("cut", [30, 61])
def test_both_sides_of_a_cut_are_looked_at(cut: int) -> None:
    views = walk(cut, 0.01) + [View((40.0, 3.0, 0.0), (0.0, 1.0, 0.0), 40.0)] * (120 - cut)
    frames = vantages(views)
    assert {0, cut - 1, cut, 119} <= set(frames)


def test_a_quick_pan_passes_nothing_over() -> None:
    turns = [math.radians(min(7.0 * k, 160.0)) for k in range(48)]
    views = [View((0.0, 1.6, 0.0), (math.sin(t), 1.6, -math.cos(t)), 40.0) for t in turns]
    looks = vantages(views)
    steps = [turns[b] - turns[a] for a, b in pairwise(looks)]
    assert max(steps) < math.radians(0.6 * 40.0)
    # Where it has come to rest a few looks do.
    assert sum(look > 24 for look in looks) <= 3
