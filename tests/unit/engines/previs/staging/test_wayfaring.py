"""Who drives keeps to his lane, trains keep to the rails, and who crosses open country finds a road there."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.journeys import crosses_bridge, goes_by_rail, goes_by_road, manned
from kirin_video.engines.previs.plan import (
    Action,
    Heading,
    Move,
    Place,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.survey import survey


def shot(
    *subjects: SubjectPlan, setting: Setting = Setting.ROAD, place: Place | None = None, frames: int = 48
) -> Prospect:
    plan = ShotPlan(
        setting,
        TimeOfDay.DAY,
        Weather.CLEAR,
        Move.STILL,
        subjects=subjects,
        place=place,
        absent=("birds",),
    )
    return survey(plan, seed=5, aspect=16 / 9, num_frames=frames)


def driver(kind: str, **more: object) -> SubjectPlan:
    return SubjectPlan(kind, kind, action=Action.DRIVE, **more)  # pyright: ignore[reportArgumentType]


def roots(prospect: Prospect, subject: int = 0) -> np.ndarray:
    """Where a subject is in every frame, (f, 3)."""
    actor = next(a for a in prospect.scene.actors if a.subject == subject)
    return actor.poses[:, 0, :, 3].astype(float)


@pytest.mark.parametrize("kind", ["car", "motorcycle"])
def test_a_vehicle_stays_in_its_lane_on_the_road(kind: str) -> None:
    prospect = shot(driver(kind), place=Place.MOUNTAIN_ROAD)
    (way,) = prospect.scene.ways
    at = roots(prospect)
    off = way.off(at[:, 0], at[:, 2])
    assert np.abs(off).min() > 1.0
    assert np.abs(off).max() < way.half_m - 0.3
    assert np.ptp(off) < 0.2
    assert np.abs(at[:, 1] - way.middle(at[:, 2])[1]).max() < 0.15


def test_traffic_keeps_to_the_right() -> None:
    prospect = shot(driver("car", heading=Heading.AWAY))
    (way,) = prospect.scene.ways
    at = roots(prospect)
    gone = at[-1, 2] - at[0, 2]
    # Who goes along -z has +x to his right.
    assert np.sign(way.off(at[:, 0], at[:, 2])).mean() == -np.sign(gone)


def test_a_city_has_lanes_too() -> None:
    at = roots(shot(driver("taxi"), setting=Setting.CITY))
    assert np.abs(np.abs(at[:, 0]) - 1.8).max() < 0.1


def test_two_vehicles_have_a_lane_each() -> None:
    prospect = shot(driver("car"), driver("truck"), place=Place.HIGHWAY)
    (way,) = prospect.scene.ways
    one, two = (way.off(roots(prospect, k)[:, 0], roots(prospect, k)[:, 2]) for k in (0, 1))
    assert np.abs(one - two).min() > 3.0


@pytest.mark.parametrize("setting", [Setting.SNOWFIELD, Setting.RIVER])
def test_a_train_runs_on_the_rails_of_its_world(setting: Setting) -> None:
    prospect = shot(driver("steam_train"), setting=setting)
    (way,) = prospect.scene.ways
    at = roots(prospect)
    assert way.railed
    assert np.abs(way.off(at[:, 0], at[:, 2])).max() < 0.3
    assert np.hypot(*(at[-1] - at[0])[[0, 2]]) > 10.0


def test_a_train_is_large_in_the_picture() -> None:
    prospect = shot(driver("train"), setting=Setting.SNOWFIELD)
    view, at = prospect.views[24], roots(prospect)[24]
    far = float(np.linalg.norm(np.array(view.eye) - at))
    assert far < 60.0


def test_journeys_are_told_from_what_a_plan_says() -> None:
    def plan(setting: Setting, *kinds: str) -> ShotPlan:
        subjects = tuple(driver(kind) for kind in kinds)
        return ShotPlan(setting, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects)

    assert goes_by_rail(plan(Setting.MEADOW, "train"))
    assert not goes_by_rail(plan(Setting.CITY, "train"))
    assert crosses_bridge(plan(Setting.MEADOW, "train", "bridge"))
    assert not crosses_bridge(plan(Setting.MEADOW, "car", "bridge"))
    assert goes_by_road(plan(Setting.FOREST, "car"))
    assert not goes_by_road(plan(Setting.FOREST, "bicycle"))
    assert not goes_by_road(plan(Setting.DESERT, "car"))


def test_a_cycle_that_goes_has_a_rider_unless_nobody_is_wanted() -> None:
    def plan(*subjects: SubjectPlan, barred: tuple[str, ...] = ()) -> ShotPlan:
        return ShotPlan(
            Setting.ROAD, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects, barred=barred
        )

    riding = Relation(RelationKind.RIDING, 0)
    alone = plan(driver("motorcycle"))
    assert manned(alone).subjects[1].relations == (riding,)
    ridden = plan(driver("motorcycle"), SubjectPlan("person", "a man", relations=(riding,)))
    assert manned(ridden) == ridden
    for left in (
        plan(driver("motorcycle"), barred=("person",)),
        plan(SubjectPlan("bicycle", "a bicycle", action=Action.STAND)),
        plan(driver("car")),
    ):
        assert manned(left) == left
