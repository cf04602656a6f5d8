"""Everybody whom a prompt names is in the picture, whole and large enough, not only the first."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import Setting, Spot
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.staging.hulls import projected
from kirin_video.engines.previs.survey import survey

_ASPECT, _FRAMES, _POINTS = 16 / 9, 13, 150
_IN, _LARGE = 0.75, 0.022

Floats = NDArray[np.float64]


def _placed(actor: Actor) -> Floats:
    """Some of a shell's points (f, m, 3) in the world."""
    step = max(len(actor.mesh.positions) // _POINTS, 1)
    points = actor.mesh.positions[::step].astype(float)
    bones = np.take_along_axis(actor.bones, actor.weights.argmax(1)[:, None], 1)[::step, 0]
    poses = actor.poses[:, bones].astype(float)
    return np.einsum("fmij,mj->fmi", poses[..., :3], points) + poses[..., 3]


def _seen(views: tuple[View, ...], shells: list[Actor]) -> tuple[float, float]:
    """How much of somebody is in the picture, and how much of its height he fills; both usually."""
    places, ahead = projected(views, np.concatenate([_placed(shell) for shell in shells], 1), _ASPECT)
    inside = ((places > 0.0) & (places < 1.0)).all(2) & (ahead > 0.0)
    return float(np.median(inside.mean(1))), float(np.median(np.ptp(places[..., 1], axis=1)))


def _of(shot: Prospect, number: int) -> list[Actor]:
    mine = [actor for actor in shot.scene.actors if actor.subject == number]
    assert mine, "he is on stage"
    return [actor for actor in mine if actor.poses is mine[0].poses]


@pytest.mark.parametrize(
    "prompt",
    [
        "A knight and a dragon",
        "A mouse and an elephant in a meadow",
        "A girl and a giraffe",
        "A boy facing a dragon",
        "A sailor in front of a lighthouse",
        "A king and a queen in a castle",
        "A crab and a seagull on the beach",
        "A dinosaur and a car in the city",
        "A police car chases a black van through the city at night",
        "Two children and a horse in a meadow",
        "一个男孩和一只大象",
    ],
)
def test_everybody_named_is_in_the_picture(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    shot = survey(plan, seed=1, aspect=_ASPECT, num_frames=_FRAMES)
    for number, subject in enumerate(plan.subjects):
        share, tall = _seen(shot.views, _of(shot, number))
        assert share > _IN, f"{subject.kind} is out of the picture"
        assert tall > _LARGE, f"{subject.kind} is tiny"


@pytest.mark.parametrize("prompt", ["A soldier runs across a bridge", "Two horses walk over a bridge"])
def test_who_crosses_a_bridge_is_on_it(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    shot = survey(plan, seed=1, aspect=_ASPECT, num_frames=_FRAMES)
    bridge, goers = (np.concatenate([_placed(shell) for shell in _of(shot, n)], 1) for n in (1, 0))
    over = goers[..., 1].min(1) - bridge[..., 1].min()
    assert (over > 1.0).all(), "on its deck, not beside it"
    assert np.linalg.norm(goers[-1].mean(0) - goers[0].mean(0)) > 0.4, "and goes on"


@pytest.mark.parametrize("prompt", ["A man runs towards a woman", "一只狗跑向一个男孩"])
def test_who_goes_to_somebody_arrives(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    shot = survey(plan, seed=1, aspect=_ASPECT, num_frames=_FRAMES)
    goer, other = (np.concatenate([_placed(shell) for shell in _of(shot, n)], 1).mean(1) for n in (0, 1))
    away = np.hypot(*(goer - other)[:, [0, 2]].T)
    assert away[-1] < 2.5, "he is there"
    assert away[-1] == away.min(), "he does not run past"


@pytest.mark.parametrize("prompt", ["A boy points at an airplane", "一个男孩指着飞机"])
def test_what_is_pointed_at_flies_over_who_stands_on_the_ground(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert plan.setting is Setting.MEADOW
    assert plan.subjects[1].spot is Spot.SKY


@pytest.mark.parametrize("prompt", ["A hummingbird hovers in front of a pink flower", "一只蜂鸟在一朵花前"])
def test_a_hummingbird_is_at_the_head_of_its_flower(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    shot = survey(plan, seed=1, aspect=_ASPECT, num_frames=_FRAMES)
    bird, flower = (np.concatenate([_placed(shell) for shell in _of(shot, n)], 1) for n in (0, 1))
    head = flower[..., 1].min() + 0.75 * np.ptp(flower[0, :, 1])
    assert abs(bird[..., 1].mean() - head) < 0.3 * np.ptp(flower[0, :, 1])
    share, tall = _seen(shot.views, _of(shot, 0))
    assert share > _IN
    assert tall > 0.2, "close, not a dot"
