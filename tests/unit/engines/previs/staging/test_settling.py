"""Who goes to a seat takes it; who leaves one goes off."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.plan import (
    Act,
    Action,
    Beat,
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

ON = (Relation(RelationKind.ON, 1),)


def acted(kind: str, first: Action, then: Action, *, seated_first: bool) -> dict[int, list[Actor]]:
    own = SubjectPlan(kind, kind, action=first, relations=ON if seated_first else ())
    beat = Beat(0.5, "then", acts=(Act(0, then, relations=() if seated_first else ON),))
    plan = ShotPlan(
        Setting.ROOM,
        TimeOfDay.DAY,
        Weather.CLEAR,
        Move.STILL,
        subjects=(own, SubjectPlan("sofa", "a sofa")),
        beats=(beat,),
    )
    actors = survey(plan, seed=1, aspect=16 / 9, num_frames=60).scene.actors
    return {number: [a for a in actors if a.subject == number] for number in (0, 1)}


def away(actors: dict[int, list[Actor]]) -> np.ndarray:
    """From the sofa's middle to the person's hips in every frame, metres: over the ground, and up."""
    hips, sofa = actors[0][0].poses[:, 0, :, 3], actors[1][0].poses[:, 0, :, 3]
    off = hips.astype(float) - sofa.astype(float)
    return np.stack([np.hypot(off[:, 0], off[:, 2]), off[:, 1]], 1)


def test_a_man_walks_to_the_sofa_and_sits_on_it() -> None:
    off = away(acted("person", Action.WALK, Action.SIT, seated_first=False))
    assert off[0, 0] > 1.5
    assert off[-1, 0] < 0.6
    assert np.abs(np.diff(off[:, 0])).max() < 0.15


def test_a_cat_jumps_off_the_sofa() -> None:
    off = away(acted("cat", Action.SIT, Action.JUMP, seated_first=True))
    assert off[0, 0] < 0.6
    assert off[-1, 0] > 0.8
    assert off[-1, 1] < off[0, 1] - 0.25
