"""Games, hugs and company on stage: what flies goes from hand to hand; nobody looks like his neighbour."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.plan import (
    Action,
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
from kirin_video.engines.previs.staging.complexions import of_their_own
from kirin_video.engines.previs.staging.variety import variants_of
from kirin_video.engines.previs.survey import survey

TWO = SubjectPlan("person", "two people", count=2, counted=True, action=Action.STAND)


def shot(*subjects: SubjectPlan, num_frames: int = 96) -> dict[int, list[Actor]]:
    """The actors of each subject, one a body."""
    plan = ShotPlan(Setting.STAGE, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects)
    found: dict[int, list[Actor]] = {}
    for actor in survey(plan, seed=2, aspect=16 / 9, num_frames=num_frames).scene.actors:
        others = found.setdefault(actor.subject, [])
        if all(actor.poses is not other.poses for other in others):
            others.append(actor)
    return found


def places(actor: Actor) -> np.ndarray:
    return actor.poses[:, 0, :, 3].astype(float)


def test_a_frisbee_goes_from_one_to_the_other() -> None:
    between = (Relation(RelationKind.BETWEEN, 0),)
    cast = shot(TWO, SubjectPlan("frisbee", "frisbee", action=Action.THROW, relations=between))
    one, other = (places(a) for a in cast[0])
    disc = places(cast[1][0])
    near = [np.linalg.norm((disc - who)[:, [0, 2]], axis=1).min() for who in (one, other)]
    assert max(near) < 0.7
    assert np.linalg.norm((one - other)[0, [0, 2]]) > 2.5
    assert disc[:, 1].min() > 0.6


def test_a_rope_goes_round_whoever_skips() -> None:
    held = (Relation(RelationKind.HELD_BY, 0),)
    cast = shot(
        SubjectPlan("person", "a girl", gender="female", action=Action.SKIP),
        SubjectPlan("jump_rope", "rope", relations=held),
        num_frames=48,
    )
    lowest = places(cast[1][0])[:, 1]  # its origin is its lowest place at rest
    assert lowest.min() < 0.2
    assert lowest.max() > 1.5


@pytest.mark.parametrize("kind", ["dog", "horse"])
def test_who_hugs_an_animal_is_beside_its_neck(kind: str) -> None:
    cast = shot(
        SubjectPlan("person", "a girl", action=Action.HUG, relations=(Relation(RelationKind.WITH, 1),)),
        SubjectPlan(kind, kind),
        num_frames=8,
    )
    girl, animal = places(cast[0][0]), places(cast[1][0])
    size = catalogue()[kind].height_m
    assert np.linalg.norm((girl - animal)[:, [0, 2]], axis=1).max() < 0.35 + 0.75 * size


def test_company_differs_in_skin_or_hair_and_in_clothes() -> None:
    men = SubjectPlan("person", "five men", count=5, gender="male")
    for seed in range(6):
        sorts = of_their_own(variants_of(men, catalogue()["person"], 5, seed), 0, men, seed)
        looks = [tuple(s.color_of(part) for part in ("skin", "hair")) for s in sorts]
        assert len(set(looks)) == len(looks)
        assert all(a.color_of("body") != b.color_of("body") for a, b in itertools.pairwise(sorts))
        assert sorts == of_their_own(variants_of(men, catalogue()["person"], 5, seed), 0, men, seed)


def test_kin_have_the_same_skin() -> None:
    mother = SubjectPlan("person", "a mother", gender="female")
    son = SubjectPlan("person", "her son", gender="male")
    (one,) = of_their_own((mother,), 0, mother, 3)
    (other,) = of_their_own((son,), 1, mother, 3)
    assert one.color_of("skin") == other.color_of("skin")
    assert one.color_of("body") != other.color_of("body")
