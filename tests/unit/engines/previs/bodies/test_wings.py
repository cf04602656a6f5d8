from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.bodies.track import Track, standing
from kirin_video.engines.previs.plan import Action, Color, PartColor, SubjectPlan

Floats = NDArray[np.float64]
BIRDS = sorted(name for name, kind in catalogue().items() if kind.family is Family.BIRD)
CREATURES = sorted(name for name, kind in catalogue().items() if kind.family is Family.CREATURE)
TIMES = np.arange(36) / 24.0


def build(kind: str, action: Action = Action.IDLE, *, detail: float = 0.2) -> Body:
    return build_body(SubjectPlan(kind, kind, action=action), seed=1, detail=detail)


def level(x: Floats, _z: Floats) -> Floats:
    return np.zeros_like(x)


def ahead(pace: float, above: float = 0.0) -> Track:
    times = np.linspace(-0.5, 3.0, 200)
    return Track(times, np.stack([pace * times, 0.0 * times + above, 0.0 * times], 1), 0.0 * times, level)


def tip(body: Body, poses: NDArray[np.float32], bone: str) -> Floats:
    at = body.skeleton.index(bone)
    end = np.array(body.skeleton.bones[at].tail)
    return poses[:, at, :, :3].astype(float) @ end + poses[:, at, :, 3]


@pytest.mark.parametrize("kind", BIRDS + CREATURES)
def test_every_kind_has_a_sound_body_that_never_freezes(kind: str) -> None:
    body = build(kind)
    for shell in body.shells:
        mesh = shell.mesh
        assert np.isfinite(mesh.positions).all()
        assert np.isfinite(mesh.normals).all()
        assert (shell.weights.sum(1) == 255).all()
        assert shell.bones.max() < len(body.skeleton)
    for action in (Action.IDLE, Action.WALK, Action.FLY, Action.SWIM):
        poses = body.motion.poses(action, ahead(body.motion.pace(action)), TIMES, seed=2)
        assert poses.shape == (len(TIMES), len(body.skeleton), 3, 4)
        assert np.isfinite(poses).all()
        assert np.abs(np.diff(poses, axis=0)).max((1, 2, 3)).min() > 1e-6


@pytest.mark.parametrize("kind", ["bird", "gull", "eagle", "bat", "dragon", "pegasus"])
def test_wings_flap_together_and_far(kind: str) -> None:
    body = build(kind, Action.FLY)
    times = np.arange(96) / 24.0
    poses = body.motion.poses(Action.FLY, ahead(body.motion.pace(Action.FLY), 5.0), times, seed=2)
    left, right = (tip(body, poses, f"wing_{side}2") for side in "lr")
    root = tip(body, poses, "wing_l0")
    stroke = np.ptp(left[:, 1] - root[:, 1])
    assert stroke > 0.3 * np.ptp(left[:, 2] - right[:, 2], axis=0) or stroke > 0.3 * body.height_m
    assert np.corrcoef(left[:, 1], right[:, 1])[0, 1] > 0.7


def test_wings_are_folded_on_the_ground_and_open_in_the_air() -> None:
    body = build("eagle")
    still = standing(0.0, 0.0, 0.0, level)
    spans = [
        np.abs(tip(body, body.motion.poses(action, still, TIMES, seed=1), "wing_l2")[:, 2]).max()
        for action in (Action.STAND, Action.FLY)
    ]
    assert spans[0] < 0.3 * spans[1]


@pytest.mark.parametrize("kind", ["fish", "shark"])
def test_waves_run_backwards_along_a_swimmer(kind: str) -> None:
    body = build(kind)
    times = np.arange(240) / 120.0
    poses = body.motion.poses(Action.SWIM, ahead(0.0), times, seed=1)
    bends = [
        np.einsum("fji,fjk->fik", poses[:, k, :, :3], poses[:, k + 1, :, :3])[:, 2, 0] for k in (3, 4, 5, 6)
    ]

    def lag(first: NDArray[np.float32], second: NDArray[np.float32]) -> int:
        a, b = (v - v.mean() for v in (first, second))
        shifts = np.arange(0, 40)
        return int(shifts[np.argmax([np.dot(a[: 200 - s], b[s:200]) for s in shifts])])

    assert all(lag(bends[k], bends[k + 1]) > 0 for k in range(3))


def test_a_dolphin_leaps_out_of_the_sea_and_falls_back() -> None:
    body = build("dolphin", Action.LEAP)
    times = np.arange(0, 96) / 24.0
    poses = body.motion.poses(Action.LEAP, ahead(body.motion.pace(Action.LEAP)), times, seed=1)
    height = tip(body, poses, "spine4")[:, 1]
    assert height.max() > 0.25 * body.length_m
    assert height.min() < -0.25 * body.length_m


def test_a_bird_is_built_within_its_budget() -> None:
    body = build("eagle", detail=1.0)
    assert 3000 < sum(len(s.mesh.faces) for s in body.shells) < 12_000


@pytest.mark.parametrize("kind", ["parrot", "butterfly", "fish", "dragon"])
def test_an_asked_colour_is_worn(kind: str) -> None:
    part = "wings" if kind == "butterfly" else "body"
    plan = SubjectPlan(kind, kind, colors=(PartColor(part, Color("blue", (20, 40, 220))),))
    shells = build_body(plan, seed=1, detail=0.2).shells
    colors = np.concatenate([s.mesh.colors[:, :3] for s in shells]).astype(float)
    usual = np.concatenate([s.mesh.colors[:, :3] for s in build(kind).shells]).astype(float)
    assert colors[:, 2].mean() - colors[:, 0].mean() > usual[:, 2].mean() - usual[:, 0].mean() + 25.0
