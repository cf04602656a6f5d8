"""Everyday acts: hands that go up, heads that turn to the camera, seats in open cars, guests at tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kirin_video.engines.previs.bodies.gaze import Gaze
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.survey import survey

FRAMES = 48


def seen(prompt: str) -> Prospect:
    """A prompt's shot, as it is painted."""
    return survey(read_plan(prompt, seed=7), seed=7, aspect=16 / 9, num_frames=FRAMES)


def of(prospect: Prospect, number: int) -> list[Actor]:
    """The shells of a subject."""
    return [actor for actor in prospect.scene.actors if actor.subject == number]


def highest(actors: Sequence[Actor], frame: int) -> float:
    """The height of the highest point of some shells in a frame."""
    tops: list[float] = []
    for actor in actors:
        bones = actor.bones[np.arange(len(actor.bones)), actor.weights.argmax(1)]
        poses = actor.poses[frame].astype(float)[bones]
        places = np.einsum("nij,nj->ni", poses[:, :, :3], actor.mesh.positions.astype(float)) + poses[:, :, 3]
        tops.append(float(places[:, 1].max()))
    return max(tops)


def test_what_is_raised_goes_up() -> None:
    shot = seen("A wizard raises his staff")
    assert highest(of(shot, 1), FRAMES - 1) > highest(of(shot, 1), 0) + 0.3


def test_what_melts_sinks() -> None:
    shot = seen("A snowman melts")
    assert highest(of(shot, 0), FRAMES - 1) < 0.5 * highest(of(shot, 0), 0)


def test_a_head_turns_to_whom_it_meets_and_stays() -> None:
    times = np.array([0.0, 0.5, 2.0, 3.0])
    turn = Gaze(0.0, 5.0).turn(np.zeros((4, 3)), np.zeros(4), times)
    assert turn[0] == 0.0
    assert turn[2] == pytest.approx(turn[3])
    assert turn[2] < -1.0  # what is on its right


def test_four_sit_in_an_open_car_and_go_with_it() -> None:
    shot = seen("Four friends drive in a convertible through the desert")
    car, friends = of(shot, 1)[0], of(shot, 0)
    roots = {tuple(np.round(actor.poses[0, 0, :, 3], 2)) for actor in friends}
    assert len(roots) == 4
    gone = car.poses[-1, 0, :, 3] - car.poses[0, 0, :, 3]
    assert np.linalg.norm(gone) > 1.0
    for actor in friends:
        assert np.linalg.norm(actor.poses[-1, 0, :, 3] - actor.poses[0, 0, :, 3] - gone) < 0.5


def test_a_crowded_restaurant_has_guests() -> None:
    plans = [
        read_plan(f"A waiter carries a tray through a {how}restaurant", seed=7) for how in ("crowded ", "")
    ]
    crowded, quiet = (survey(p, seed=7, aspect=16 / 9, num_frames=4) for p in plans)
    assert len(crowded.scene.actors) > len(quiet.scene.actors)
    assert plans[0].subjects[0].action is Action.CARRY
