import math
from itertools import pairwise

import pytest

from kirin_video.engines.previs.camera import EYE_CLEARANCE_M, Point, Stage, View, eased_time, view_at
from kirin_video.engines.previs.plan import Move

STEPS = [i / 120 for i in range(121)]
MOVING = [move for move in Move if move is not Move.STILL]
STAGE = Stage((3.0, 1.7, 8.0), (3.0, 2.0, -6.0), 50.0, lambda x, z: 0.0 * (x + z))

OPPOSITES = [
    (Move.PAN_LEFT, Move.PAN_RIGHT),
    (Move.TILT_UP, Move.TILT_DOWN),
    (Move.PUSH_IN, Move.PULL_OUT),
    (Move.ORBIT_LEFT, Move.ORBIT_RIGHT),
    (Move.TRACK_LEFT, Move.TRACK_RIGHT),
    (Move.CRANE_UP, Move.CRANE_DOWN),
]


def path(move: Move, energy: float = 1.0, stage: Stage = STAGE) -> list[View]:
    return [view_at(stage, move, energy, u) for u in STEPS]


def yaw_deg(view: View) -> float:
    return math.degrees(math.atan2(view.target[0] - view.eye[0], view.eye[2] - view.target[2]))


def pitch_deg(view: View) -> float:
    flat = math.hypot(view.target[0] - view.eye[0], view.target[2] - view.eye[2])
    return math.degrees(math.atan2(view.target[1] - view.eye[1], flat))


def near(a: Point, b: Point, by: float = 1e-3) -> bool:
    return math.dist(a, b) < by


def test_still_is_still() -> None:
    assert len(set(path(Move.STILL))) == 1
    assert near(path(Move.STILL)[0].eye, STAGE.eye)
    assert path(Move.STILL)[0].target == STAGE.target


@pytest.mark.parametrize("move", [Move.PAN_LEFT, Move.PAN_RIGHT])
def test_a_pan_turns_on_the_spot(move: Move) -> None:
    views = path(move)
    assert all(near(view.eye, STAGE.eye) for view in views)
    assert all(abs(view.target[1] - STAGE.target[1]) < 1e-9 for view in views)
    turn = yaw_deg(views[-1]) - yaw_deg(views[0])
    assert turn == pytest.approx(27.5 if move is Move.PAN_RIGHT else -27.5, abs=0.1)


@pytest.mark.parametrize("move", [Move.TILT_UP, Move.TILT_DOWN])
def test_a_tilt_nods_on_the_spot(move: Move) -> None:
    views = path(move)
    assert all(near(view.eye, STAGE.eye) for view in views)
    assert max(abs(yaw_deg(view)) for view in views) < 1e-6
    nod = pitch_deg(views[-1]) - pitch_deg(views[0])
    assert nod == pytest.approx(15.0 if move is Move.TILT_UP else -15.0, abs=0.1)


def test_a_tilt_never_goes_over_the_top() -> None:
    steep = Stage((0.0, 1.7, 0.0), (0.0, 30.0, -5.0), 50.0, STAGE.ground)
    assert max(pitch_deg(view) for view in path(Move.TILT_UP, 3.0, steep)) <= 80.1


def test_a_push_in_goes_nearer_along_the_view() -> None:
    views = path(Move.PUSH_IN)
    distances = [math.dist(view.eye, STAGE.target) for view in views]
    assert near(views[0].eye, STAGE.eye)
    assert 3.0 < distances[0] - distances[-1] < 7.0
    assert all(b < a for a, b in pairwise(distances))
    assert all(abs(pitch_deg(view) - pitch_deg(views[0])) < 0.1 for view in views)


def test_a_push_in_never_reaches_its_target() -> None:
    assert all(math.dist(view.eye, STAGE.target) > 3.0 for view in path(Move.PUSH_IN, 50.0))


@pytest.mark.parametrize(("move", "sign"), [(Move.ORBIT_RIGHT, 1), (Move.ORBIT_LEFT, -1)])
def test_an_orbit_keeps_distance_height_and_target(move: Move, sign: int) -> None:
    views = path(move)
    assert {view.target for view in views} == {STAGE.target}
    assert all(abs(view.eye[1] - STAGE.eye[1]) < 1e-3 for view in views)
    radii = [math.hypot(v.eye[0] - v.target[0], v.eye[2] - v.target[2]) for v in views]
    assert max(radii) - min(radii) < 1e-6
    assert radii[0] == pytest.approx(14.0)
    assert 4.0 < sign * (views[-1].eye[0] - views[0].eye[0]) < 10.0


@pytest.mark.parametrize(("move", "sign"), [(Move.TRACK_RIGHT, 1), (Move.TRACK_LEFT, -1)])
def test_a_track_carries_the_target_along(move: Move, sign: int) -> None:
    views = path(move)
    assert 3.0 < sign * (views[-1].eye[0] - views[0].eye[0]) < 6.0
    assert all(abs(view.eye[2] - STAGE.eye[2]) < 1e-9 for view in views)
    assert all(abs(yaw_deg(view)) < 1e-6 for view in views)


def test_a_track_forward_walks_level_along_the_view() -> None:
    views = path(Move.TRACK_FORWARD)
    assert 4.0 < views[0].eye[2] - views[-1].eye[2] < 10.0
    assert all(abs(view.eye[1] - STAGE.eye[1]) < 1e-3 for view in views)
    assert near(views[0].eye, STAGE.eye)


def test_a_crane_rises_and_keeps_its_target() -> None:
    views = path(Move.CRANE_UP)
    assert near(views[0].eye, STAGE.eye)
    assert 3.0 < views[-1].eye[1] - views[0].eye[1] < 6.0
    assert {view.target for view in views} == {STAGE.target}
    assert all((view.eye[0], view.eye[2]) == (3.0, 8.0) for view in views)


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposite_moves_are_one_path_run_backwards(one: Move, other: Move) -> None:
    for a, b in zip(path(one), reversed(path(other)), strict=True):
        assert near(a.eye, b.eye, 1e-9)
        assert near(a.target, b.target, 1e-9)


@pytest.mark.parametrize("move", [Move.PAN_LEFT, Move.TILT_UP, Move.ORBIT_LEFT, Move.TRACK_RIGHT])
def test_sideways_moves_pass_through_the_composed_view_halfway(move: Move) -> None:
    middle = view_at(STAGE, move, 1.0, 0.5)
    assert near(middle.eye, STAGE.eye)
    assert near(middle.target, STAGE.target)


@pytest.mark.parametrize("move", [Move.PULL_OUT, Move.CRANE_DOWN])
def test_a_pull_out_and_a_crane_down_land_on_the_composed_view(move: Move) -> None:
    assert near(view_at(STAGE, move, 1.0, 1.0).eye, STAGE.eye)


def speed(a: View, b: View) -> float:
    return math.dist(a.eye, b.eye) + math.dist(a.target, b.target)


@pytest.mark.parametrize("move", MOVING)
@pytest.mark.parametrize("energy", [0.4, 1.0, 2.2])
def test_moves_start_gently_never_freeze_and_never_jerk(move: Move, energy: float) -> None:
    speeds = [speed(a, b) for a, b in pairwise(path(move, energy))]
    mean = sum(speeds) / len(speeds)
    assert min(speeds) > 0.05 * mean
    assert speeds[0] < 0.35 * mean
    assert speeds[-1] < 0.35 * mean
    assert max(abs(b - a) for a, b in pairwise(speeds)) < 0.06 * mean


@pytest.mark.parametrize("move", MOVING)
def test_energy_scales_the_amount(move: Move) -> None:
    def amount(energy: float) -> float:
        views = path(move, energy)
        return speed(views[0], views[-1])

    assert amount(0.5) == pytest.approx(0.5 * amount(1.0), rel=0.06)
    assert amount(1.5) > 1.3 * amount(1.0)


@pytest.mark.parametrize("move", MOVING)
def test_the_eye_stays_above_the_ground(move: Move) -> None:
    def hill(x: float, z: float) -> float:
        return 4.0 * math.exp(-((x - 2.0) ** 2 + (z - 2.0) ** 2) / 20.0)

    stage = Stage((3.0, hill(3.0, 8.0) + 0.6, 8.0), (3.0, -1.0, -6.0), 50.0, hill)
    views = path(move, 2.5, stage)
    assert all(v.eye[1] > hill(v.eye[0], v.eye[2]) + EYE_CLEARANCE_M for v in views)
    heights = [v.eye[1] for v in views]
    accelerations = [c - 2 * b + a for a, b, c in zip(heights, heights[1:], heights[2:], strict=False)]
    assert max(map(abs, accelerations)) < 0.02


@pytest.mark.parametrize("move", list(Move))
def test_a_camera_looking_straight_down_still_has_numbers(move: Move) -> None:
    stage = Stage((0.0, 9.0, 0.0), (0.0, 0.0, 0.0), 50.0, STAGE.ground)
    for view in path(move, 1.0, stage):
        assert all(map(math.isfinite, (*view.eye, *view.target)))


def test_far_targets_move_the_camera_by_metres_not_by_miles() -> None:
    far = Stage((0.0, 2.0, 0.0), (0.0, 80.0, -2000.0), 50.0, STAGE.ground)
    for move in (Move.PUSH_IN, Move.ORBIT_LEFT, Move.TRACK_LEFT, Move.TRACK_FORWARD, Move.CRANE_UP):
        views = path(move, 1.0, far)
        assert 3.0 < math.dist(views[0].eye, views[-1].eye) < 20.0


def test_eased_time_is_symmetric_and_monotone() -> None:
    assert (eased_time(0.0), eased_time(1.0)) == (0.0, 1.0)
    assert (eased_time(-1.0), eased_time(2.0)) == (0.0, 1.0)
    eased = [eased_time(u) for u in STEPS]
    assert all(b > a for a, b in pairwise(eased))
    assert all(abs(a + b - 1.0) < 1e-12 for a, b in zip(eased, reversed(eased), strict=True))
