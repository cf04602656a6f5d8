from __future__ import annotations

from itertools import pairwise

import pytest

from kirin_video.engines.previs.photo.moves import Aim, Pose, eased, pose_at
from kirin_video.engines.previs.plan import Move

AIM = Aim(0.1, 0.05, 0.6)


def test_a_move_starts_from_rest_and_ends_at_a_creep() -> None:
    assert eased(0.0) == 0.0
    assert eased(1.0) == pytest.approx(1.0)
    assert eased(0.01) < 0.001
    assert 0.0 < 1.0 - eased(0.99) < 0.01


def test_travel_never_turns_back() -> None:
    steps = [eased(i / 240) for i in range(241)]
    assert all(later > earlier for earlier, later in pairwise(steps))


def test_speed_has_no_jolt() -> None:
    steps = [eased(i / 240) for i in range(241)]
    speed = [later - earlier for earlier, later in pairwise(steps)]
    jolts = [abs(later - earlier) for earlier, later in pairwise(speed)]
    assert max(jolts) < 0.08 * max(speed)


@pytest.mark.parametrize("move", list(Move))
def test_every_move_leaves_from_the_photograph(move: Move) -> None:
    assert pose_at(move, AIM, 1.0, 0.0) == Pose()


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.STILL])
def test_every_other_move_goes_somewhere(move: Move) -> None:
    assert pose_at(move, AIM, 1.0, 1.0) != Pose()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Move.PAN_LEFT, Move.PAN_RIGHT),
        (Move.TRACK_LEFT, Move.TRACK_RIGHT),
        (Move.ORBIT_LEFT, Move.ORBIT_RIGHT),
    ],
)
def test_left_and_right_mirror_each_other(one: Move, other: Move) -> None:
    left, right = pose_at(one, AIM, 1.0, 0.7), pose_at(other, AIM, 1.0, 0.7)
    assert (left.x, left.yaw) == pytest.approx((-right.x, -right.yaw))


def test_an_orbit_turns_back_to_its_subject() -> None:
    pose = pose_at(Move.ORBIT_RIGHT, AIM, 1.0, 1.0)
    assert pose.x > 0 > pose.yaw
