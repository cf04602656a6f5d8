"""A street's own life: it goes by, and never through a subject, the camera or one another."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.plan import (
    Action,
    Mood,
    Move,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.staging import bustling
from kirin_video.engines.previs.survey import survey

WALKER = SubjectPlan("person", "a woman", action=Action.WALK)
STREET = ShotPlan(Setting.CITY, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=(WALKER,))


@pytest.fixture(scope="module")
def street() -> Prospect:
    return survey(STREET, seed=6, aspect=16 / 9, num_frames=48)


def extras(prospect: Prospect) -> list[Actor]:
    """One actor for each that goes by."""
    return list({id(a.poses): a for a in prospect.scene.actors if a.subject > 0}.values())


def ways(actors: list[Actor]) -> list[np.ndarray]:
    """Where each is in every frame, x and z."""
    found: list[np.ndarray] = []
    for actor in actors:
        middle = (actor.mesh.positions.min(0) + actor.mesh.positions.max(0)) / 2.0
        found.append((actor.poses[:, 0, :, :3] @ middle + actor.poses[:, 0, :, 3])[:, [0, 2]])
    return found


def test_the_street_is_alive(street: Prospect) -> None:
    gone = [float(np.linalg.norm(way[-1] - way[0])) for way in ways(extras(street))]
    assert len(gone) >= 4
    assert min(gone) > 1.5
    assert max(gone) > 8.0, "cars among them"


def test_nobody_runs_into_the_subject_the_camera_or_another(street: Prospect) -> None:
    going = ways(extras(street))
    lead = ways([next(a for a in street.scene.actors if a.subject == 0)])[0]
    eyes = np.array([view.eye for view in street.views])[:, [0, 2]]
    for way in going:
        assert np.linalg.norm(way - lead, axis=1).min() > 1.0
        assert np.linalg.norm(way - eyes, axis=1).min() > 2.0
    for one, other in itertools.combinations(going, 2):
        assert np.linalg.norm(one - other, axis=1).min() > 0.6


def test_nobody_comes_between_the_camera_and_the_subject(street: Prospect) -> None:
    lead = ways([next(a for a in street.scene.actors if a.subject == 0)])[0]
    eyes = np.array([view.eye for view in street.views])[:, [0, 2]]
    sight = lead - eyes
    far = np.linalg.norm(sight, axis=1)
    for way in ways(extras(street)):
        along = ((way - eyes) * sight).sum(1) / far
        aside = np.linalg.norm((way - eyes) - sight * (along / far)[:, None], axis=1)
        assert not ((along > 0.0) & (along < far) & (aside < 0.3)).any()


def test_cars_keep_to_the_road_and_people_to_the_pavement(street: Prospect) -> None:
    for way in ways(extras(street)):
        fast = np.linalg.norm(way[-1] - way[0]) > 4.0
        assert (np.abs(way[:, 0]) < 3.4).all() if fast else (np.abs(way[:, 0]) > 5.5).all()


@pytest.mark.parametrize("quiet", [{"mood": Mood.LONELY}, {"barred": ("car", "person")}])
def test_a_street_that_should_be_empty_is(street: Prospect, quiet: dict[str, object]) -> None:
    plan = replace(STREET, **quiet)  # pyright: ignore[reportArgumentType]
    alone = replace(street.scene, actors=tuple(a for a in street.scene.actors if a.subject == 0))
    times = np.array(street.clock.story_s)
    assert bustling(plan, alone, street.views, times=times, seed=6).actors == alone.actors
    assert len(bustling(STREET, alone, street.views, times=times, seed=6).actors) > len(alone.actors)
