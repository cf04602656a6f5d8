"""Push-ups, handstands and somersaults."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.track import standing
from kirin_video.engines.previs.plan import Action, SubjectPlan

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def body() -> Body:
    return build_body(SubjectPlan("person", "a gymnast"), seed=3, detail=0.3)


def level(x: Floats, _z: Floats) -> Floats:
    return np.zeros(np.shape(x))


_TIMES = np.linspace(0.0, 5.0, 101)


def heights(body: Body, action: Action, *bones: str, times: Floats = _TIMES) -> list[Floats]:
    """Heights of bones' heads over five seconds, in heights of the body."""
    poses = body.motion.poses(action, standing(0.0, 0.0, 0.0, level), times, seed=5).astype(float)
    found: list[Floats] = []
    for bone in bones:
        at = body.skeleton.index(bone)
        head = np.array(body.skeleton.bones[at].head)
        found.append((poses[:, at, 1, :3] @ head + poses[:, at, 1, 3]) / body.height_m)
    return found


def test_push_ups_go_down_and_up(body: Body) -> None:
    chest, head = heights(body, Action.PUSH_UP, "chest", "head")
    assert chest.max() < 0.5
    assert chest.max() - chest.min() > 0.08
    assert head.min() > 0.02


def test_a_handstand_is_upside_down(body: Body) -> None:
    hips, chest, head, hand = heights(body, Action.HANDSTAND, "pelvis", "chest", "head", "hand_r")
    assert (hips > chest).all()
    assert (chest > head).all()
    assert (head > 0.0).all()
    assert (hand < 0.12).all()


def test_a_somersault_turns_over_and_lands(body: Body) -> None:
    hips, head = heights(body, Action.SOMERSAULT, "pelvis", "head")
    over = head < hips
    assert over.any()
    assert hips[over].min() > 0.4
    assert np.median(head) > np.median(hips)


def test_arms_go_up_while_feet_run(body: Body) -> None:
    assert isinstance(body.motion, PersonMotion)
    times = np.linspace(0.0, 2.0, 41)
    cheering = replace(body, motion=body.motion.meanwhile(Action.RAISE_BOTH))
    hand, head = heights(cheering, Action.RUN, "hand_r", "head", times=times)
    assert (hand[-10:] > head[-10:]).all()
