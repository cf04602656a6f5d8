"""Who a shot is about is seen well to its end: by water, under water, and as it leaves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kirin_video.engines.previs.camera import View, offset
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.staging.hulls import projected
from kirin_video.engines.previs.survey import survey

FRAMES = 120


def _shot(prompt: str) -> Prospect:
    return survey(read_plan(prompt, seed=1), seed=1, aspect=16 / 9, num_frames=FRAMES)


def _pitch_deg(view: View) -> float:
    _, pitch, _ = offset(view.eye, view.target)
    return math.degrees(pitch)


def test_a_camera_draws_far_back_from_a_boat_and_clear_of_the_shore() -> None:
    shot = _shot("A boat on a lake, then the camera pulls back")
    eyes = np.array([view.eye for view in shot.views])
    boat = next(a for a in shot.scene.actors if a.subject == 0).poses[:, 0, :, 3]
    away = np.linalg.norm(eyes - boat, axis=1)
    assert away[-1] > 1.35 * away[FRAMES // 2]
    assert np.abs(np.diff(away)).max() < 0.4, "it goes on from where the push in ended"


@pytest.mark.parametrize(
    "prompt", ["A clownfish in a coral reef", "A clownfish in an anemone, close", "海底一条小丑鱼"]
)
def test_who_is_under_water_is_seen_from_its_side(prompt: str) -> None:
    views = _shot(prompt).views
    assert max(abs(_pitch_deg(view)) for view in views) < 14.0


@pytest.mark.parametrize(
    "prompt", ["A bird stands on a rock, then flies away", "一只鸟站在树枝上, 然后飞走了"]
)
def test_a_bird_that_flies_away_is_in_the_picture_to_the_end(prompt: str) -> None:
    shot = _shot(prompt)
    bird = next(a for a in shot.scene.actors if a.subject == 0).poses[:, :1, :, 3].astype(float)
    place, ahead = projected(shot.views, bird, 16 / 9)
    assert (place > 0.04).all()
    assert (place < 0.96).all()
    assert ahead[-1, 0] < 6.0 * ahead[0, 0], "it does not become a dot"


def test_a_wide_shot_in_a_room_is_taken_from_within_its_walls() -> None:
    views = _shot("Wide shot of a waiter who walks through a restaurant").views
    assert max(abs(view.eye[2]) for view in views) < 5.5
