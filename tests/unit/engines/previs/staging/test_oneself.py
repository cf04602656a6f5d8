"""What somebody whose eyes the camera is sees of himself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.plan import (
    Action,
    Angle,
    Framing,
    Move,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.staging import with_a_beholder
from kirin_video.engines.previs.staging.hulls import projected
from kirin_video.engines.previs.survey import survey

ASPECT = 16 / 9


def plan_of(setting: Setting, *subjects: SubjectPlan) -> ShotPlan:
    return ShotPlan(
        setting,
        TimeOfDay.NIGHT,
        Weather.CLEAR,
        Move.TRACK_FORWARD,
        subjects=subjects,
        framing=Framing(angle=Angle.FIRST_PERSON),
    )


TORCH = plan_of(Setting.DESERT, SubjectPlan("torch", "a torch"))


def test_somebody_holds_the_torch_that_a_first_person_view_shows() -> None:
    plan = with_a_beholder(TORCH)
    torch, beholder = plan.subjects
    assert torch.relations == (Relation(RelationKind.HELD_BY, 1),)
    assert (beholder.kind, beholder.action) == ("person", Action.WALK)


@pytest.mark.parametrize(
    "plan",
    [
        replace(TORCH, framing=Framing()),
        plan_of(Setting.DESERT, SubjectPlan("car", "a car")),
        plan_of(Setting.DESERT, SubjectPlan("torch", "torches", count=3)),
    ],
)
def test_nobody_is_added_where_nobody_need_be(plan: ShotPlan) -> None:
    assert with_a_beholder(plan) == plan


def points_of(prospect: Prospect, subject: int, frame: int) -> np.ndarray:
    """Where a subject's vertices are in the picture of a frame, (n, 2)."""
    points: list[np.ndarray] = []
    for actor in prospect.scene.actors:
        if actor.subject == subject:
            used = np.unique(actor.mesh.faces)
            main = actor.bones[np.arange(len(actor.bones)), actor.weights.argmax(1)]
            pose = actor.poses[frame, main[used]].astype(float)
            points.append(np.einsum("nij,nj->ni", pose[..., :3], actor.mesh.positions[used]) + pose[..., 3])
    at, depth = projected(prospect.views[frame : frame + 1], np.concatenate(points)[None], ASPECT)
    return at[0][depth[0] > 0.0]


def test_a_torch_is_low_in_a_corner_and_lights_the_way() -> None:
    prospect = survey(with_a_beholder(TORCH), seed=3, aspect=ASPECT, num_frames=9)
    for frame in (0, 8):
        torch, arm = points_of(prospect, 0, frame), points_of(prospect, 1, frame)
        assert torch[:, 0].min() > 0.6
        assert torch[:, 1].max() < 0.6
        assert np.median(arm[:, 1]) < 0.2
    (ahead,) = (lamp for lamp in prospect.scene.lamps if lamp.cone_deg is not None)
    assert len(ahead.way) == 9


def test_a_driver_sees_the_wheel_and_the_road_above_it() -> None:
    plan = plan_of(Setting.ROAD, SubjectPlan("car", "a car", action=Action.DRIVE))
    prospect = survey(plan, seed=3, aspect=ASPECT, num_frames=9)
    (inside,) = (actor for actor in prospect.scene.actors if actor.subject == 0)
    assert not inside.casts
    low = points_of(prospect, 0, 4)
    middle = low[(np.abs(low[:, 0] - 0.5) < 0.2) & (low[:, 1] < 0.8)]
    assert 0.2 < middle[:, 1].max() < 0.5
