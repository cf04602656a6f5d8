from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.bodies.track import Track, standing
from kirin_video.engines.previs.plan import Action, Age, Color, PartColor, SubjectPlan

Floats = NDArray[np.float64]
QUADRUPEDS = sorted(name for name, kind in catalogue().items() if kind.family is Family.QUADRUPED)
FEET = 4


def build(kind: str, *, seed: int = 1, detail: float = 0.3, age: Age = Age.ADULT) -> Body:
    return build_body(SubjectPlan(kind, kind, age=age), seed=seed, detail=detail)


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


def contacts(body: Body, poses: NDArray[np.float32]) -> Floats:
    """Where the feet are in the world, (f, 4, 3)."""
    feet = [c for c in body.contacts if len(body.skeleton.bones[c.bone].name) == 3][:FEET]
    points = [
        poses[:, c.bone, :, :3].astype(float) @ np.array(c.point) + poses[:, c.bone, :, 3] for c in feet
    ]
    return np.stack(points, 1)


@pytest.mark.parametrize("kind", QUADRUPEDS)
def test_every_kind_has_a_sound_body_of_its_own_height(kind: str) -> None:
    body = build(kind)
    tallest = 0.0
    for shell in body.shells:
        mesh = shell.mesh
        assert np.isfinite(mesh.positions).all()
        assert (shell.weights.sum(1) == 255).all()
        assert shell.bones.max() < len(body.skeleton)
        corners = mesh.positions[mesh.faces]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        outwards = (across * mesh.normals[mesh.faces].sum(1)).sum(1) > 0.0
        assert outwards.mean() > 0.97
        assert mesh.positions[:, 1].min() > -0.08 * body.height_m
        tallest = max(tallest, float(mesh.positions[:, 1].max()))
    assert body.height_m == pytest.approx(catalogue()[kind].height_m, rel=0.1)
    assert tallest > 0.85 * body.height_m


def test_detail_sets_the_number_of_triangles() -> None:
    counts = {
        detail: sum(len(s.mesh.faces) for s in build("horse", detail=detail).shells) for detail in (0.2, 1.0)
    }
    assert 6000 < counts[1.0] < 13_000
    assert counts[0.2] < 0.45 * counts[1.0]


def test_the_same_seed_builds_and_moves_the_same_body() -> None:
    one, same = build("tiger"), build("tiger")
    track, times = standing(0.0, 0.0, 0.3, level), np.arange(12) / 24.0
    for a, b in zip(one.shells, same.shells, strict=True):
        assert np.array_equal(a.mesh.positions, b.mesh.positions)
        assert np.array_equal(a.weights, b.weights)
    first = one.motion.poses(Action.STAND, track, times, seed=4)
    assert np.array_equal(first, same.motion.poses(Action.STAND, track, times, seed=4))
    assert not np.array_equal(first, same.motion.poses(Action.STAND, track, times, seed=5))


@pytest.mark.parametrize(
    "kind", ["dog", "cat", "horse", "cow", "elephant", "giraffe", "rabbit", "bear", "fox"]
)
@pytest.mark.parametrize("action", [Action.WALK, Action.TROT, Action.RUN])
def test_feet_do_not_slide(kind: str, action: Action) -> None:
    body = build(kind)
    pace = body.motion.pace(action)
    assert pace > 0.0
    times = np.arange(0, 3 * 96) / 96.0
    at = contacts(body, body.motion.poses(action, bend(pace, 3.0), times, seed=3))
    above = at[:, :, 1] - hills(at[:, :, 0], at[:, :, 2])
    stride = 2.0 * body.height_m
    steps = np.hypot(np.diff(at[:, :, 0], axis=0), np.diff(at[:, :, 2], axis=0))
    # What rests on the ground before and after a step must not have gone anywhere.
    low = above < above.min(0) + 0.004 * body.height_m
    resting = low[1:] & low[:-1]
    assert resting.mean() > 0.1
    slips = np.where(resting, steps, 0.0)
    per_stance = slips.sum(0) / np.maximum((np.diff(resting.astype(int), axis=0) == 1).sum(0), 1)
    assert per_stance.max() < 0.02 * stride


@pytest.mark.parametrize(
    "action", [Action.STAND, Action.SIT, Action.LIE, Action.GRAZE, Action.SLEEP, Action.WALK]
)
def test_nothing_is_ever_frozen_or_below_the_ground(action: Action) -> None:
    body = build("dog")
    pace = body.motion.pace(action)
    times = np.arange(48) / 24.0
    track = bend(pace, 2.0) if pace else standing(1.0, 2.0, 0.7, hills)
    poses = body.motion.poses(action, track, times, seed=2)
    assert np.isfinite(poses).all()
    moved = np.abs(np.diff(poses, axis=0)).max((1, 2, 3))
    assert moved.min() > 1e-5
    at = contacts(body, poses)
    assert (at[:, :, 1] - hills(at[:, :, 0], at[:, :, 2])).min() > -0.08 * body.height_m


def test_bigger_animals_and_faster_gaits_go_faster() -> None:
    mouse, dog, horse = (build(kind).motion for kind in ("mouse", "dog", "horse"))
    assert mouse.pace(Action.WALK) < dog.pace(Action.WALK) < horse.pace(Action.WALK)
    assert horse.pace(Action.WALK) < horse.pace(Action.TROT) < horse.pace(Action.GALLOP)
    assert horse.pace(Action.STAND) == 0.0


def test_a_sitting_dog_is_lower_behind_and_a_lying_one_lower_altogether() -> None:
    body = build("dog")
    track, times = standing(0.0, 0.0, 0.0, level), np.array([0.0])
    bones = {b.name: k for k, b in enumerate(body.skeleton.bones)}

    def height(action: Action, bone: str) -> float:
        pose = body.motion.poses(action, track, times, seed=1)[0, bones[bone]].astype(float)
        return float((pose[:, :3] @ np.array(body.skeleton.bones[bones[bone]].head) + pose[:, 3])[1])

    assert height(Action.SIT, "tail0") < 0.6 * height(Action.STAND, "tail0")
    assert height(Action.SIT, "head") > 0.8 * height(Action.STAND, "head")
    assert height(Action.LIE, "fl0") < 0.6 * height(Action.STAND, "fl0")


@pytest.mark.parametrize("kind", ["dog", "horse", "cow", "sheep", "giraffe", "rabbit"])
def test_grazing_brings_the_nose_to_the_ground(kind: str) -> None:
    body = build(kind)
    poses = body.motion.poses(Action.GRAZE, standing(0.0, 0.0, 0.0, level), np.linspace(0.0, 4.0, 20), seed=1)
    head = body.skeleton.index("head")
    nose = np.array(body.skeleton.bones[head].tail)
    heights = (poses[:, head, :, :3].astype(float) @ nose + poses[:, head, :, 3])[:, 1]
    assert -0.05 < heights.min() / body.height_m < 0.22


def test_an_asked_colour_is_worn_and_what_belongs_to_it_follows() -> None:
    def mean(color: tuple[int, int, int] | None) -> float:
        colors = (PartColor("body", Color("asked", color)),) if color else ()
        body = build_body(SubjectPlan("horse", "horse", colors=colors), seed=1, detail=0.2)
        return float(body.shells[0].mesh.colors[:, :3].mean())

    assert mean((20, 18, 18)) + 15 < mean(None) < mean((245, 243, 238)) - 60


def test_a_foal_is_smaller_with_a_larger_head() -> None:
    horse, foal = build("horse"), build("horse", age=Age.BABY)
    assert foal.height_m < 0.6 * horse.height_m
    assert foal.face_m / foal.height_m > horse.face_m / horse.height_m
