from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.track import Track, standing
from kirin_video.engines.previs.plan import Action, Age, Build, Color, Garment, SubjectPlan, Wear

Floats = NDArray[np.float64]
RED = Color("red", (200, 30, 35))
MAN = SubjectPlan("person", "a man", gender="male")
WOMAN = SubjectPlan("person", "a woman", gender="female")
IN_RED_DRESS = replace(WOMAN, wears=(Wear(Garment.DRESS, RED),))


def build(subject: SubjectPlan, *, seed: int = 1, detail: float = 0.3) -> Body:
    return build_body(subject, seed=seed, detail=detail)


def hills(x: Floats, z: Floats) -> Floats:
    return 0.25 * np.sin(0.35 * x) + 0.15 * np.cos(0.5 * z)


def level(x: Floats, _z: Floats) -> Floats:
    return np.zeros_like(x)


def bend(pace: float, seconds: float) -> Track:
    """A way along a wide curve over hills."""
    times = np.linspace(-0.5, seconds + 0.5, 400)
    radius = 30.0
    turns = pace * times / radius
    places = np.stack([radius * np.sin(turns), 0.0 * turns, radius * (np.cos(turns) - 1.0)], 1)
    return Track(times, places, turns, hills)


def carried_to(body: Body, poses: NDArray[np.float32], bone: str, *, end: str = "head") -> Floats:
    """Where an end of a bone is in the world, (f, 3)."""
    at = body.skeleton.index(bone)
    pose = poses[:, at].astype(float)
    return pose[:, :, :3] @ np.array(getattr(body.skeleton.bones[at], end)) + pose[:, :, 3]


def share_of(body: Body, color: Color) -> float:
    """The share of the surface that is nearly of a colour."""
    area, like = 0.0, 0.0
    for shell in body.shells:
        corners = shell.mesh.positions[shell.mesh.faces]
        size = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        shown = shell.mesh.colors[shell.mesh.faces, :3].astype(float).mean(1)
        area += float(size.sum())
        like += float(size[np.abs(shown - np.array(color.rgb)).max(1) < 40.0].sum())
    return like / area


@pytest.mark.parametrize("gender", ["male", "female"])
@pytest.mark.parametrize("age", list(Age))
def test_every_age_has_a_sound_body(gender: str, age: Age) -> None:
    body = build(SubjectPlan("person", "somebody", gender=gender, age=age), detail=0.5)
    for shell in body.shells:
        mesh = shell.mesh
        assert np.isfinite(mesh.positions).all()
        assert (shell.weights.sum(1) == 255).all()
        assert shell.bones.max() < len(body.skeleton)
        corners = mesh.positions[mesh.faces]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        outwards = (across * mesh.normals[mesh.faces].sum(1)).sum(1) > 0.0
        assert outwards.mean() > 0.96
        assert mesh.positions[:, 1].min() > -0.03 * body.height_m


def test_children_are_smaller_than_women_and_women_than_men() -> None:
    child, woman, man = (
        build(replace(s, age=age)).height_m
        for s, age in ((MAN, Age.CHILD), (WOMAN, Age.ADULT), (MAN, Age.ADULT))
    )
    assert child < 0.8 * woman
    assert woman < man < 2.0


@pytest.fixture(scope="module")
def plainly_dressed() -> Body:
    wears = (Wear(Garment.SHIRT, RED), Wear(Garment.JEANS), Wear(Garment.SHOES))
    return build(replace(MAN, wears=wears), detail=0.15)


@pytest.mark.parametrize("garment", list(Garment))
def test_every_garment_changes_the_body(garment: Garment, plainly_dressed: Body) -> None:
    bare = plainly_dressed
    wearing = build(
        replace(
            MAN, wears=(Wear(garment), Wear(Garment.SHIRT, RED), Wear(Garment.JEANS), Wear(Garment.SHOES))
        ),
        detail=0.15,
    )
    if garment in {Garment.SHIRT, Garment.JEANS, Garment.SHOES}:
        return
    same = len(bare.shells) == len(wearing.shells) and all(
        np.array_equal(a.mesh.positions, b.mesh.positions) and np.array_equal(a.mesh.colors, b.mesh.colors)
        for a, b in zip(bare.shells, wearing.shells, strict=True)
    )
    assert not same


def test_a_woman_in_a_red_dress_is_red_from_the_chest_to_the_knees() -> None:
    body = build(IN_RED_DRESS, detail=0.6)
    assert share_of(body, RED) > 0.25
    reds = np.concatenate(
        [
            s.mesh.positions[np.abs(s.mesh.colors[:, :3].astype(float) - np.array(RED.rgb)).max(1) < 25.0]
            for s in body.shells
        ]
    )
    assert 0.2 < reds[:, 1].min() / body.height_m < 0.36
    assert 0.68 < reds[:, 1].max() / body.height_m < 0.88


def test_detail_sets_the_number_of_triangles() -> None:
    counts = {d: sum(len(s.mesh.faces) for s in build(MAN, detail=d).shells) for d in (0.2, 1.0)}
    assert 7000 < counts[1.0] < 17_000
    assert counts[0.2] < 0.5 * counts[1.0]


def test_the_same_seed_builds_and_moves_the_same_person() -> None:
    one, same, other = build(IN_RED_DRESS), build(IN_RED_DRESS), build(IN_RED_DRESS, seed=2)
    assert all(
        np.array_equal(a.mesh.positions, b.mesh.positions)
        for a, b in zip(one.shells, same.shells, strict=True)
    )
    assert len(one.shells[0].mesh.positions) != len(other.shells[0].mesh.positions)
    track, times = standing(0.0, 0.0, 0.3, level), np.arange(12) / 24.0
    first = one.motion.poses(Action.DANCE, track, times, seed=4)
    assert np.array_equal(first, same.motion.poses(Action.DANCE, track, times, seed=4))
    assert not np.array_equal(first, same.motion.poses(Action.DANCE, track, times, seed=5))


@pytest.mark.parametrize(
    "subject",
    [MAN, IN_RED_DRESS, replace(MAN, age=Age.CHILD), replace(MAN, build=Build.HEAVY)],
    ids=["man", "woman", "child", "heavy"],
)
@pytest.mark.parametrize("action", [Action.WALK, Action.RUN, Action.SNEAK])
def test_feet_do_not_slide(subject: SubjectPlan, action: Action) -> None:
    body = build(subject)
    pace = body.motion.pace(action)
    assert pace > 0.0
    times = np.arange(0, 3 * 96) / 96.0
    poses = body.motion.poses(action, bend(pace, 3.0), times, seed=3)
    for side in "lr":
        ball = carried_to(body, poses, f"toes_{side}")
        above = ball[:, 1] - hills(ball[:, 0], ball[:, 2])
        low = above < above.min() + 0.004 * body.height_m
        resting = low[1:] & low[:-1]
        assert resting.mean() > 0.1
        steps = np.hypot(np.diff(ball[:, 0]), np.diff(ball[:, 2]))
        stances = max(int((np.diff(resting.astype(int)) == 1).sum()), 1)
        assert np.where(resting, steps, 0.0).sum() / stances < 0.02 * body.height_m


@pytest.mark.parametrize("action", [Action.WALK, Action.RUN, Action.DANCE, Action.STAND, Action.FIGHT])
def test_knees_bend_forwards_and_never_backwards(action: Action) -> None:
    body = build(MAN)
    pace = body.motion.pace(action)
    times = np.arange(96) / 32.0
    track = bend(pace, 3.0) if pace else standing(0.0, 0.0, 0.4, level)
    poses = body.motion.poses(action, track, times, seed=3)
    facing = poses[:, body.skeleton.index("pelvis"), :, 0].astype(float)
    for side in "lr":
        hip, knee, ankle = (carried_to(body, poses, f"{name}_{side}") for name in ("thigh", "shin", "foot"))
        middle = (hip + ankle) / 2.0
        assert (((knee - middle) * facing).sum(1)).min() > -0.02


def test_arms_swing_against_the_legs() -> None:
    body = build(MAN)
    pace = body.motion.pace(Action.WALK)
    times = np.arange(96) / 32.0
    track = Track(
        np.array([-1.0, 4.0]), np.array([[-pace, 0.0, 0.0], [4.0 * pace, 0.0, 0.0]]), np.zeros(2), level
    )
    poses = body.motion.poses(Action.WALK, track, times, seed=3)
    hand, foot, hips = (carried_to(body, poses, name)[:, 0] for name in ("hand_l", "foot_l", "pelvis"))
    assert np.corrcoef(hand - hips, foot - hips)[0, 1] < -0.6


def test_running_has_a_moment_in_the_air() -> None:
    body = build(MAN)
    pace = body.motion.pace(Action.RUN)
    times = np.arange(96) / 48.0
    track = Track(
        np.array([-1.0, 4.0]), np.array([[-pace, 0.0, 0.0], [4.0 * pace, 0.0, 0.0]]), np.zeros(2), level
    )
    poses = body.motion.poses(Action.RUN, track, times, seed=3)
    lowest = np.minimum(*(carried_to(body, poses, f"toes_{side}")[:, 1] for side in "lr"))
    assert (lowest > 0.03 * body.height_m).mean() > 0.08


def test_a_dance_turns_sways_and_keeps_moving() -> None:
    body = build(IN_RED_DRESS)
    times = np.arange(0, 120) / 24.0
    poses = body.motion.poses(Action.DANCE, standing(0.0, 0.0, 0.0, level), times, seed=3)
    hips = poses[:, body.skeleton.index("pelvis")].astype(float)
    turned = np.unwrap(np.arctan2(-hips[:, 2, 0], hips[:, 0, 0]))
    assert np.ptp(turned) > 5.0
    hand = carried_to(body, poses, "hand_r")
    assert np.ptp(hand[:, 1]) > 0.4 * body.height_m
    assert np.abs(np.diff(poses, axis=0)).max((1, 2, 3)).min() > 1e-3


@pytest.mark.parametrize("action", list(Action))
def test_nothing_is_ever_frozen_broken_or_below_the_ground(action: Action) -> None:
    body = build(IN_RED_DRESS, detail=0.15)
    pace = body.motion.pace(action)
    times = np.arange(48) / 24.0
    track = bend(pace, 2.0) if pace else standing(1.0, 2.0, 0.7, hills)
    poses = body.motion.poses(action, track, times, seed=2)
    assert np.isfinite(poses).all()
    assert np.abs(np.diff(poses, axis=0)).max((1, 2, 3)).min() > 1e-5
    if action in {Action.SWIM, Action.DIVE}:
        return  # what would be ground is water's surface
    for bone in ("head", "hand_l", "hand_r", "toes_l", "toes_r", "pelvis"):
        at = carried_to(body, poses, bone)
        assert (at[:, 1] - hills(at[:, 0], at[:, 2])).min() > -0.07 * body.height_m


def test_who_is_carried_sits_at_the_saddle() -> None:
    body = build(MAN)
    track = Track(np.array([0.0, 1.0]), np.array([[0.0, 1.3, 0.0], [1.0, 1.3, 0.0]]), np.zeros(2), level)
    poses = body.motion.poses(Action.RIDE, track, np.arange(10) / 10.0, seed=1)
    seat = carried_to(body, poses, "pelvis")[:, 1]
    assert np.abs(seat - 1.3 - 0.055 * body.height_m).max() < 0.04
    feet = [carried_to(body, poses, f"foot_{side}") for side in "lr"]
    assert (feet[1][:, 2] - feet[0][:, 2]).min() > 0.2
    assert max(foot[:, 1].max() for foot in feet) < 1.1


def test_a_person_is_built_within_a_second() -> None:
    build(MAN)
    before = time.process_time()
    build(IN_RED_DRESS, seed=2, detail=1.0)
    assert time.process_time() - before < 1.2
