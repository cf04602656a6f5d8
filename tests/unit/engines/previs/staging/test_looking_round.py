"""How far round a world may be looked at."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.staging.composing import Floor
from kirin_video.engines.previs.staging.footing import footing_of
from kirin_video.engines.previs.staging.parts import Look


@pytest.fixture(scope="module")
def floor() -> Floor:
    plan = ShotPlan(Setting.STAGE, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)
    scene = build_scene(plan, seed=1, aspect=16 / 9)
    stage = Stage((0.0, 1.6, 0.0), (0.0, 1.6, -20.0), 39.0, lambda _x, _z: 0.0)
    look = Look((0.0, 0.0), 0.0, 10.0, 10.0)
    return Floor(plan, stage, look, footing_of(scene), (), np.zeros(1), 16 / 9, 1, round_rad=scene.round_rad)


def test_a_stage_is_looked_at_from_the_stalls_alone(floor: Floor) -> None:
    assert 0.0 < floor.round_rad < 1.0


@pytest.mark.parametrize("turn", [0.1, -0.25, 1.0, -1.0, math.pi])
def test_a_view_is_bare_by_as_much_as_it_turns_too_far(floor: Floor, turn: float) -> None:
    eye = np.array([3.0, 1.6, 2.0])
    target = eye + 5.0 * np.array([math.sin(turn), 0.0, -math.cos(turn)])
    assert floor.bare(eye, target) == pytest.approx(max(abs(turn) - floor.round_rad, 0.0))


def test_most_worlds_go_all_the_way_round(floor: Floor) -> None:
    whole = replace(floor, round_rad=math.pi)
    assert whole.bare(np.zeros(3), np.array([0.0, 0.0, 9.0])) == 0.0
