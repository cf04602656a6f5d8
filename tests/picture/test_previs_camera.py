"""What the camera does, recovered from the pictures it takes."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import (
    Angle,
    Beat,
    Framing,
    Move,
    Setting,
    ShotPlan,
    Technique,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.plate import Format
from kirin_video.engines.previs.render import paint_alone
from kirin_video.engines.previs.survey import survey
from kirin_video.engines.previs.takes import prospects

SIZE = (320, 180)
Gray = NDArray[np.uint8]


def plan_of(move: Move, setting: Setting = Setting.DESERT, **more: object) -> ShotPlan:
    return ShotPlan(setting, TimeOfDay.DAY, Weather.CLEAR, move, **more)  # pyright: ignore[reportArgumentType]


def gray(pixels: NDArray[np.uint8]) -> Gray:
    return cv2.cvtColor(pixels[::-1, :, :3], cv2.COLOR_RGB2GRAY)


def ends(plan: ShotPlan, frames: int = 13) -> tuple[Gray, Gray, float]:
    """The first and the last frame of the middle third of a short clip, and the field of view, degrees."""
    prospect = survey(plan, seed=4, aspect=SIZE[0] / SIZE[1], num_frames=frames)
    short = prospect.between(frames // 3, 2 * frames // 3 + 1)
    painted = [gray(p.pixels) for p in paint_alone(short, Format(*SIZE))]
    return painted[0], painted[-1], short.views[0].fov_deg


def matches(one: Gray, other: Gray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places (n, 2) of what is found in both of two pictures, pixels."""
    finder = cv2.ORB_create(2000, fastThreshold=8)
    (at, told), (to, heard) = (finder.detectAndCompute(image, None) for image in (one, other))
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(told, heard)
    return np.array([at[p.queryIdx].pt for p in pairs]), np.array([to[p.trainIdx].pt for p in pairs])


def homography(one: Gray, other: Gray) -> NDArray[np.float64]:
    """How the picture changed between two frames."""
    found, inside = cv2.findHomography(*matches(one, other), cv2.RANSAC, 2.0)
    assert inside.sum() > 25
    return np.asarray(found, np.float64)


def moved(found: NDArray[np.float64]) -> tuple[float, float, float]:
    """How far the picture's middle went right and down, pixels, and how much it grew."""
    x, y = SIZE[0] / 2.0, SIZE[1] / 2.0
    points = np.array([[x, y, 1.0], [x + 20.0, y, 1.0], [x, y + 20.0, 1.0]]).T
    there = found @ points
    there = there[:2] / there[2]
    size = np.linalg.norm(there[:, 1] - there[:, 0]) * np.linalg.norm(there[:, 2] - there[:, 0])
    return float(there[0, 0] - x), float(there[1, 0] - y), math.sqrt(float(size)) / 20.0


@pytest.mark.parametrize(
    ("move", "right", "down", "growth"),
    [
        (Move.PAN_RIGHT, -1, 0, 0),
        (Move.PAN_LEFT, 1, 0, 0),
        (Move.TILT_UP, 0, 1, 0),
        (Move.PUSH_IN, 0, 0, 1),
        (Move.PULL_OUT, 0, 0, -1),
    ],
)
def test_a_move_moves_the_picture_its_way(move: Move, right: int, down: int, growth: int) -> None:
    one, other, _ = ends(plan_of(move, techniques=(Technique.ZOOM,)))
    x, y, size = moved(homography(one, other))
    for found, wanted, least in ((x, right, 8.0), (y, down, 5.0), (100.0 * (size - 1.0), growth, 4.0)):
        if wanted:
            assert wanted * found > least
        else:
            assert abs(found) < least


def test_a_camera_that_leans_turns_the_picture() -> None:
    level, _, _ = ends(plan_of(Move.STILL), 3)
    leaning, _, _ = ends(plan_of(Move.STILL, framing=Framing(angle=Angle.DUTCH)), 3)
    found = homography(level, leaning)
    turn = math.degrees(math.atan2(found[1, 0], found[0, 0]))
    assert 9.0 < abs(turn) < 17.0


def test_near_things_pass_far_ones_when_the_camera_travels() -> None:
    one, other, _ = ends(plan_of(Move.TRACK_RIGHT, Setting.VILLAGE))
    at, to = matches(one, other)
    shift = to - at
    level = np.abs(shift[:, 1]) < 3.0
    near = shift[level & (at[:, 1] > 0.62 * SIZE[1]), 0]
    far = shift[level & (at[:, 1] < 0.48 * SIZE[1]), 0]
    assert np.median(near) < -6.0
    assert np.median(near) < 1.25 * np.median(far)
    assert np.median(far) < 0.5


def test_a_cut_is_hard_and_a_change_of_light_is_soft() -> None:
    def steps(cut: bool) -> NDArray[np.float64]:
        beat = Beat(0.5, "later", time=TimeOfDay.NIGHT, cut=cut)
        clips = prospects(plan_of(Move.STILL, beats=(beat,)), seed=4, aspect=SIZE[0] / SIZE[1], num_frames=2)
        takes = [(float(gray(next(paint_alone(p, Format(*SIZE))).pixels).mean()), fade) for p, fade in clips]
        return np.array(takes)

    hard, soft = steps(True), steps(False)
    assert hard[0, 0] > 1.4 * hard[1, 0]
    assert hard[0, 1] == 0.0
    assert soft[0, 1] > 0.0
