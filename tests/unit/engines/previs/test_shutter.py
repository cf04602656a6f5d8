"""Where the camera and bones are while the shutter is open."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.shutter import bone_steps, exposed_views

HUB = np.array([[1.0, 0.3, 0.0, 1.0]], np.float32)


def views() -> list[View]:
    """A camera that goes a metre a frame, and jumps to the other side of the world at frame 3."""
    places = [0.0, 1.0, 2.0, 100.0, 101.0, 102.0]
    return [View((x, 1.0, 0.0), (x, 1.0, -10.0), 40.0) for x in places]


@pytest.mark.parametrize(("number", "middle"), [(0, 0.0), (1, 1.0), (2, 2.0), (3, 100.0), (5, 102.0)])
def test_the_exposure_lies_evenly_round_its_frame_and_never_reaches_over_a_cut(
    number: int, middle: float
) -> None:
    opening, closing = exposed_views(views(), frozenset({3}), number)
    assert opening.eye[0] == pytest.approx(middle - 0.25)
    assert closing.eye[0] == pytest.approx(middle + 0.25)


def test_a_view_of_one_frame_stands_still() -> None:
    opening, closing = exposed_views(views(), frozenset({3, 4}), 3)
    assert opening == closing == views()[3]


def rolling(turn_rad: float, gone_m: float, frames: int = 5) -> NDArray[np.float32]:
    """Poses of a wheel that turns about its hub and rolls along x."""
    poses = np.zeros((frames, 1, 3, 4), np.float32)
    for k in range(frames):
        cos, sin = math.cos(k * turn_rad), math.sin(k * turn_rad)
        turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
        poses[k, 0, :, :3] = turn
        poses[k, 0, :, 3] = HUB[0, :3] - turn @ HUB[0, :3] + np.array([k * gone_m, 0.0, 0.0])
    return poses


@pytest.mark.parametrize("turn_rad", [0.05, 0.8, 1.9])
def test_a_rim_goes_as_far_round_as_it_turns(turn_rad: float) -> None:
    poses = rolling(turn_rad, 0.4)
    steps = bone_steps(poses, 2, HUB)
    hub, rim = HUB[0], HUB[0] + np.array([0.0, 0.3, 0.0, 0.0], np.float32)
    # A quarter of what happens from one frame to the next.
    assert steps[0] @ hub == pytest.approx([0.1, 0.0, 0.0], abs=1e-5)
    assert np.linalg.norm(steps[0] @ (rim - hub)) == pytest.approx(0.3 * turn_rad / 4.0, rel=0.02)


def test_who_is_put_elsewhere_does_not_race_there() -> None:
    poses = rolling(0.0, 0.1)
    poses[3:, 0, :, 3] += 60.0
    step = bone_steps(poses, 2, HUB)[0] @ HUB[0]
    assert step == pytest.approx([0.025, 0.0, 0.0], abs=1e-4)


def test_what_is_hidden_does_not_move() -> None:
    poses = rolling(0.3, 0.1)
    poses[2] = 0.0
    assert not bone_steps(poses, 2, HUB).any()
