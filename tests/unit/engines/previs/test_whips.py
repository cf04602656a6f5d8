"""A camera that is thrown round: into the next shot, out of the last one, and how that smears."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.camera import LEVEL, Stage, View
from kirin_video.engines.previs.plan import (
    Beat,
    Framing,
    Move,
    Setting,
    ShotPlan,
    Technique,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.shutter import smear_of
from kirin_video.engines.previs.smearing import smear
from kirin_video.engines.previs.staging.gripping import is_thrown, path_of, settled
from kirin_video.engines.previs.staging.passages import Passage, passages_of
from kirin_video.engines.previs.takes import cuts_of, takes_of

STAGE = Stage((0.0, 1.6, 0.0), (0.0, 1.6, -20.0), 39.0, lambda _x, _z: 0.0)
WHIP = Beat(
    0.5, "whip pan to", cut=True, move=Move.PAN_LEFT, techniques=(Technique.WHIP,), setting=Setting.SEA
)


def plan_of(*beats: Beat) -> ShotPlan:
    return ShotPlan(Setting.FOREST, TimeOfDay.DAY, Weather.CLEAR, Move.PUSH_IN, beats=beats)


def turn(passage: Passage, frame: int) -> float:
    path = path_of(passage, STAGE, 1.0, LEVEL, framed=False)
    return path(passage.u(frame)).pan_rad


@pytest.mark.parametrize(("move", "side"), [(Move.PAN_LEFT, -1), (Move.PAN_RIGHT, 1), (None, 1)])
def test_a_whip_to_another_place_leaves_and_arrives_the_same_way(move: Move | None, side: int) -> None:
    before, after = takes_of(plan_of(replace(WHIP, move=move)), 120)
    (leaving,) = passages_of(before.plan, before.staged_frames)
    (arriving,) = passages_of(after.plan, after.staged_frames)
    assert (leaving.thrown, arriving.thrown, arriving.caught) == (side, 0, True)
    assert turn(leaving, 40) == 0.0
    assert side * turn(leaving, 59) > 1.0
    assert side * turn(arriving, 0) < -1.0
    assert turn(arriving, 20) == 0.0


def test_a_camera_is_fastest_where_the_cut_hides() -> None:
    before, after = takes_of(plan_of(WHIP), 120)
    (leaving,), (arriving,) = (passages_of(take.plan, take.staged_frames) for take in (before, after))
    out = [abs(turn(leaving, k + 1) - turn(leaving, k)) for k in range(50, 59)]
    back = [abs(turn(arriving, k + 1) - turn(arriving, k)) for k in range(9)]
    assert out == sorted(out)
    assert back == sorted(back, reverse=True)


def test_a_whip_within_one_world_is_a_cut_between_two_passages() -> None:
    one, other = passages_of(plan_of(replace(WHIP, setting=None)), 120)
    assert (one.thrown, other.caught) == (-1, True)
    assert [k for k in range(120) if is_thrown(one if k < 60 else other, k)] == list(range(53, 69))


def test_a_subject_need_not_be_in_the_picture_while_it_is_thrown() -> None:
    one, other = passages_of(plan_of(replace(WHIP, setting=None)), 120)
    assert settled(one)[1] < one.u(54)
    assert settled(other)[0] >= other.u(68)


def test_a_whip_by_itself_first_holds_beside_its_subject() -> None:
    (passage,) = passages_of(replace(plan_of(), techniques=(Technique.WHIP,), move=Move.PAN_RIGHT), 120)
    assert turn(passage, 0) == turn(passage, 30) < -0.7
    assert abs(turn(passage, 50)) < 1e-9


def test_a_pan_that_is_thrown_goes_no_further() -> None:
    plan = plan_of(Beat(0.5, "whip pan left", move=Move.PAN_LEFT, techniques=(Technique.WHIP,)))
    _, passage = passages_of(plan, 120)
    assert turn(passage, 60) == 0.0
    assert turn(passage, 72) == turn(passage, 119) < -0.7


def test_cuts_are_where_new_shots_begin_and_lights_do_not_fade() -> None:
    close = Beat(0.25, "closer", cut=True, framing=Framing())
    night = Beat(0.75, "night falls", time=TimeOfDay.NIGHT)
    assert cuts_of(plan_of(close, WHIP, night), 120) == {30, 60}
    assert cuts_of(plan_of(night), 120) == frozenset()


def test_only_a_thrown_camera_smears_all_of_the_picture() -> None:
    views = [View((0.0, 0.0, 0.0), (0.1 * k, 0.0, -1.0), 40.0, thrown=k > 1) for k in range(4)]
    assert smear_of(views, frozenset(), 1, 16 / 9) == (0.0, 0.0)
    across, down = smear_of(views, frozenset(), 2, 16 / 9)
    assert 0.03 < across < 0.1
    assert down == 0.0


def test_a_smear_spreads_along_its_way_alone() -> None:
    y = np.full((40, 80), 50, np.uint8)
    y[20, 40] = 250
    u, v = np.full((20, 40), 128, np.uint8), np.full((20, 40), 128, np.uint8)
    smear((y, u, v), 0.25, 0.0)
    assert (y[20, 31:50] == 60).all()
    assert (y[:20] == 50).all()
    assert (u == 128).all()
