"""What is held lies in the hand, who is carried sits where riders sit: measured at the points of contact."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
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
from kirin_video.engines.previs.staging.acting import acting_of
from kirin_video.engines.previs.staging.blocking import block
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.hands import places_in_hand
from kirin_video.engines.previs.staging.parts import Look, Part, Setup
from kirin_video.engines.previs.staging.solids import Solids
from kirin_video.engines.previs.staging.troupe import troupe_of

TIMES = np.arange(25) / 24.0
Acted = dict[int, tuple[Part, NDArray[np.float64]]]


def flat(x: NDArray[np.float64], _z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros(np.shape(x))


def acted(*subjects: SubjectPlan) -> Acted:
    """Every subject's part and its bones in the world, on a plain without end."""
    plan = ShotPlan(Setting.DESERT, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects)
    nothing = np.zeros((3, 3), np.uint16)
    ground = Footing(flat, np.zeros((3, 3), np.int32), None, Solids(flat, nothing, nothing))
    look = Look((0.0, 0.0), 0.0, 8.0, 10.0)
    parts = block(Setup(plan, ground, look, 1.0, 3), troupe_of(plan, seed=3)).parts
    return {
        part.role.number: (part, actors[0].poses.astype(float)) for part, actors in acting_of(parts, TIMES)
    }


def anchor(body: Body, poses: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    bone, point = body.anchors[name]
    return poses[:, bone, :, :3] @ np.array(point) + poses[:, bone, :, 3]


def bone_end(body: Body, poses: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    bone = body.skeleton.index(name)
    return poses[:, bone, :, :3] @ np.array(body.skeleton.bones[bone].tail) + poses[:, bone, :, 3]


def person(action: Action = Action.STAND, *relations: Relation, **more: object) -> SubjectPlan:
    return SubjectPlan("person", "somebody", action=action, relations=relations, **more)  # pyright: ignore[reportArgumentType]


def thing(kind: str, relation: RelationKind | None = None, to: int = 0) -> SubjectPlan:
    relations = () if relation is None else (Relation(relation, to),)
    return SubjectPlan(kind, kind, relations=relations)


@pytest.mark.parametrize("kind", ["umbrella", "sword", "cup", "toy_balloon", "lantern"])
def test_what_is_held_stays_in_the_hand_while_its_holder_walks(kind: str) -> None:
    parts = acted(person(Action.WALK), thing(kind, RelationKind.HELD_BY))
    (holder, poses), (prop, own) = parts[0], parts[1]
    hand = anchor(holder.body, poses, "hand")
    # The thing is rigid: the point that the hand has hold of is the same in every frame.
    turned = np.einsum("fji,fj->fi", own[:, 0, :, :3], hand - own[:, 0, :, 3])
    assert np.ptp(turned, axis=0).max() < 0.01
    inside = prop.body.height_m
    assert -0.02 < turned[0, 1] < inside + 0.02
    assert np.hypot(turned[0, 0], turned[0, 2]) < 0.1


def test_an_umbrella_is_over_the_head_of_who_holds_it() -> None:
    parts = acted(person(Action.WALK), thing("umbrella", RelationKind.HELD_BY))
    (holder, poses), (_, own) = parts[0], parts[1]
    top = own[:, 0, :, :3] @ np.array((0.0, 0.97, 0.0)) + own[:, 0, :, 3]
    head = anchor(holder.body, poses, "top")
    assert (top[:, 1] > head[:, 1] + 0.15).all()
    assert np.hypot(top[:, 0] - head[:, 0], top[:, 2] - head[:, 2]).max() < 0.55


def test_two_things_take_two_hands() -> None:
    parts = acted(person(), thing("sword", RelationKind.HELD_BY), thing("cup", RelationKind.HELD_BY))
    holds = [parts[k][0].hold for k in (1, 2)]
    assert {hold.anchor for hold in holds if hold is not None} == {"hand", "hand_left"}


@pytest.mark.parametrize("age", [Age.ADULT, Age.CHILD])
def test_a_cyclist_keeps_feet_on_the_pedals_and_hands_at_the_bar(age: Age) -> None:
    rides = Relation(RelationKind.RIDING, 1)
    cycle = SubjectPlan("bicycle", "a bicycle", action=Action.DRIVE)
    parts = acted(person(Action.RIDE, rides, age=age), cycle)
    (rider, poses), (mount, wheels) = parts[0], parts[1]
    for side in "lr":
        pedal = anchor(mount.body, wheels, f"foot_{side}")
        assert np.ptp(pedal[:, 1]) > 0.15, "pedals go round"
        ball = bone_end(rider.body, poses, f"foot_{side}")
        assert np.linalg.norm(ball - pedal, axis=1).max() < 0.09
        bar = anchor(mount.body, wheels, f"hand_{side}")
        assert (
            np.linalg.norm(
                anchor(rider.body, poses, "hand" if side == "r" else "hand_left") - bar, axis=1
            ).max()
            < 0.13
        )
    saddle = anchor(mount.body, wheels, "saddle")
    pelvis = bone_end(rider.body, poses, "pelvis")
    assert np.abs(pelvis[:, 1] - saddle[:, 1]).max() < 0.30


def test_a_rider_goes_where_the_horse_goes() -> None:
    rides = Relation(RelationKind.RIDING, 1)
    parts = acted(person(Action.RIDE, rides), SubjectPlan("horse", "a horse", action=Action.GALLOP))
    (rider, poses), (mount, bones) = parts[0], parts[1]
    saddle = anchor(mount.body, bones, "saddle")
    pelvis = bone_end(rider.body, poses, "pelvis")
    assert np.linalg.norm((pelvis - saddle)[:, [0, 2]], axis=1).max() < 0.2
    assert (pelvis - saddle)[:, 1].min() > 0.0
    assert (pelvis - saddle)[:, 1].max() < 0.35


@pytest.mark.parametrize("kind", ["bench", "chair", "sofa"])
def test_who_sits_on_furniture_has_the_feet_on_the_floor(kind: str) -> None:
    parts = acted(person(Action.SIT, Relation(RelationKind.ON, 1)), thing(kind))
    (sitter, poses), (seat, own) = parts[0], parts[1]
    for side in "lr":
        ball = bone_end(sitter.body, poses, f"foot_{side}")
        assert np.abs(ball[:, 1]).max() < 0.08
    top = anchor(seat.body, own, "seat")
    knee = bone_end(sitter.body, poses, "thigh_l")
    assert np.abs(knee[:, 1] - top[:, 1]).max() < 0.2
    # The knees are before the seat's middle, the way that it faces.
    ahead = own[:, 0, :, 0]
    assert ((knee - top) * ahead).sum(1).min() > 0.1


def test_a_cat_stands_on_the_table_and_not_in_it() -> None:
    cat = SubjectPlan("cat", "a cat", action=Action.STAND, relations=(Relation(RelationKind.ON, 1),))
    parts = acted(cat, thing("table"))
    (animal, poses), (table, own) = parts[0], parts[1]
    top = anchor(table.body, own, "top")[:, 1]
    feet = [
        poses[:, c.bone, :, :3] @ np.array(c.point) + poses[:, c.bone, :, 3] for c in animal.body.contacts[:4]
    ]
    assert np.abs(np.array(feet)[..., 1] - top).max() < 0.03


def test_who_drives_a_car_is_behind_its_windows() -> None:
    drives = Relation(RelationKind.RIDING, 1)
    parts = acted(person(Action.DRIVE, drives), SubjectPlan("car", "a car", action=Action.DRIVE))
    assert list(parts) == [1]


def test_a_wheelchair_rolls_before_its_pusher_with_who_sits_in_it() -> None:
    bodies = acted(
        person(Action.WALK, Relation(RelationKind.BEHIND, 2)),
        person(Action.IDLE, Relation(RelationKind.IN, 2)),
        thing("wheelchair"),
    )
    (pusher, walking), (_, sitting), (chair, rolling) = (bodies[k] for k in range(3))
    seat = anchor(chair.body, rolling, "saddle")
    gone = np.linalg.norm(seat[-1] - seat[0])
    assert gone > 0.5
    hands = 0.5 * (anchor(pusher.body, walking, "hand") + anchor(pusher.body, walking, "hand_left"))
    assert np.ptp(np.linalg.norm((hands - seat)[:, [0, 2]], axis=1)) < 0.08
    assert np.linalg.norm((sitting[:, 0, :, 3] - seat)[:, [0, 2]], axis=1).max() < 0.25


def test_a_child_that_is_carried_lies_before_the_chest() -> None:
    bodies = acted(
        person(Action.CARRY),
        person(Action.LIE, Relation(RelationKind.HELD_BY, 0), age=Age.CHILD),
    )
    (mother, _), (child, _) = bodies[0], bodies[1]
    assert child.hold is not None
    assert child.hold.by == (0, 0)
    chest = 0.75 * mother.body.height_m
    lying = acted_places(child, mother, bodies[0][1])
    assert (lying[:, 1] < chest).all()


def acted_places(part: Part, holder: Part, poses: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where a held body's own origin is in every frame, (f, 3)."""
    return places_in_hand(part, holder, poses, TIMES)[:, :, 3]
