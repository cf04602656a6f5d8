"""Two who hold hands, hug or dance with each other stand where they can, and reach each other."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.plan import (
    Action,
    Age,
    Move,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.survey import survey

WITH = (Relation(RelationKind.WITH, 0),)


def shot(*subjects: SubjectPlan) -> list[Actor]:
    plan = ShotPlan(Setting.STAGE, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects)
    actors = survey(plan, seed=2, aspect=16 / 9, num_frames=36).scene.actors
    return list({id(a.poses): a for a in actors}.values())


def person(action: Action, **more: object) -> SubjectPlan:
    return SubjectPlan("person", "somebody", action=action, **more)  # pyright: ignore[reportArgumentType]


def apart(one: Actor, other: Actor) -> np.ndarray:
    """From one's middle to the other's in every frame, metres over the ground."""
    return np.hypot(*(one.poses[:, 0, :, 3] - other.poses[:, 0, :, 3]).T[[0, 2]].astype(float))


def facing(actor: Actor) -> np.ndarray:
    return actor.poses[0, 0, :, 0].astype(float)


@pytest.mark.parametrize("action", [Action.HUG, Action.KISS, Action.DANCE])
def test_two_who_touch_face_each_other_within_reach(action: Action) -> None:
    one, other = shot(person(action), person(action, relations=WITH))
    assert apart(one, other).max() < 0.75
    assert facing(one) @ facing(other) < -0.7


def test_two_of_one_group_hug_each_other() -> None:
    one, other = shot(person(Action.HUG, count=2))
    assert apart(one, other).max() < 0.6


def test_hand_in_hand_they_go_side_by_side() -> None:
    one, other = shot(
        person(Action.WALK, also=(Action.HOLD_HANDS,)),
        person(Action.WALK, also=(Action.HOLD_HANDS,), relations=WITH),
    )
    assert 0.3 < apart(one, other).min() <= apart(one, other).max() < 0.8
    assert facing(one) @ facing(other) > 0.9


def test_a_child_walks_by_the_hand() -> None:
    one, other = shot(person(Action.WALK), person(Action.WALK, age=Age.CHILD, relations=WITH))
    assert apart(one, other).max() < 0.8


def test_two_who_walk_without_touching_keep_their_distance() -> None:
    one, other = shot(person(Action.WALK), person(Action.WALK, relations=WITH))
    assert apart(one, other).min() > 0.8
