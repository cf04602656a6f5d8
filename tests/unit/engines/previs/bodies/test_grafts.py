"""Two bodies in one hang together: bones, heights and motion."""

import numpy as np
import pytest

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.track import standing
from kirin_video.engines.previs.plan import Action, Extra, SubjectPlan
from kirin_video.engines.previs.scenery import MOST_BONES

FLAT = standing(0.0, 0.0, 0.0, lambda x, _z: np.zeros_like(x))


def built(kind: str, extra: Extra) -> Body:
    return build_body(SubjectPlan(kind, kind, extras=(extra,)), seed=1, detail=0.3)


@pytest.mark.parametrize(
    ("kind", "extra", "action"),
    [("horse", Extra.HUMAN_TORSO, Action.GALLOP), ("person", Extra.FISH_TAIL, Action.SWIM)],
)
def test_both_halves_move_as_one(kind: str, extra: Extra, action: Action) -> None:
    body = built(kind, extra)
    assert len(body.skeleton) <= MOST_BONES
    assert len({bone.name for bone in body.skeleton.bones}) == len(body.skeleton)
    assert all(shell.bones.max() < len(body.skeleton) for shell in body.shells)
    poses = body.motion.poses(action, FLAT, np.linspace(0.0, 1.0, 9), seed=2)
    assert poses.shape == (9, len(body.skeleton), 3, 4)
    assert np.isfinite(poses).all()
    # No half leaves the other, however it moves.
    points = np.stack([where(body, pose) for pose in poses])
    assert np.ptp(points, axis=1).max() < 2.2 * max(body.length_m, body.height_m)
    again = body.motion.poses(action, FLAT, np.linspace(0.0, 1.0, 9), seed=2)
    assert np.array_equal(poses, again)


def test_a_centaur_has_its_face_where_a_horse_has_its_own() -> None:
    horse, centaur = (
        build_body(SubjectPlan("horse", "horse"), seed=1, detail=0.3),
        built("horse", Extra.HUMAN_TORSO),
    )
    assert centaur.height_m > 0.95 * horse.height_m
    bone, point = centaur.anchors["head"]
    pose = centaur.motion.poses(Action.STAND, FLAT, np.zeros(1), seed=2)[0, bone]
    head = pose[:, :3] @ np.array(point) + pose[:, 3]
    assert head[1] > 0.8 * horse.height_m


def where(body: Body, pose: np.ndarray) -> np.ndarray:
    """Every vertex by its main bone."""
    parts = []
    for shell in body.shells:
        main = shell.bones[np.arange(len(shell.bones)), shell.weights.argmax(1)]
        parts.append(np.einsum("nij,nj->ni", pose[main, :, :3], shell.mesh.positions) + pose[main, :, 3])
    return np.concatenate(parts)
