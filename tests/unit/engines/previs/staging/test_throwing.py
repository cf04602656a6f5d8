"""What is thrown flies: snow from one party to the other, a ball away from whoever throws it; water falls."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.survey import survey


def shown(prompt: str) -> tuple[Scene, list[str]]:
    """A prompt's scene, and the kinds of its subjects."""
    plan = read_plan(prompt, seed=1)
    return survey(plan, seed=1, aspect=16 / 9, num_frames=72).scene, [s.kind for s in plan.subjects]


def bodies(scene: Scene, number: int) -> list[Actor]:
    """An actor for each body of a subject."""
    return list({id(a.poses): a for a in scene.actors if a.subject == number}.values())


def way(actor: Actor) -> NDArray[np.float64]:
    """Where its first bone is, (f, 3)."""
    return actor.poses[:, 0, :, 3].astype(float)


def test_snowballs_fly_from_one_party_to_the_other() -> None:
    scene, kinds = shown("Kids have a snowball fight")
    people, balls = bodies(scene, 0), bodies(scene, kinds.index("snowball"))
    assert len(balls) == len(people) == 3
    thrower, ball = way(people[0]), way(balls[0])
    away = np.hypot(*(ball - thrower)[:, [0, 2]].T)
    # In the hand at first or at last, and beside who is hit in between.
    assert away.min() < 0.7
    assert away.max() > 1.2
    assert ball[away > 1.0, 1].max() > thrower[0, 1] + 0.4


def test_a_ball_that_one_throws_leaves_the_hand_and_lies_on_the_ground() -> None:
    scene, kinds = shown("A boy throws a ball in a meadow")
    (boy,), (ball,) = bodies(scene, 0), bodies(scene, kinds.index("ball"))
    away = np.hypot(*(way(ball) - way(boy))[:, [0, 2]].T)
    assert away[0] < 0.8
    assert away[-1] > 1.5
    assert way(ball)[-1, 1] < way(ball)[0, 1]


def test_water_falls_from_a_can_onto_what_grows_before_it() -> None:
    scene, kinds = shown("A woman waters the flowers in a meadow")
    (woman,), flowers = bodies(scene, 0), bodies(scene, kinds.index("flower"))
    middle = np.mean([way(flower)[0] for flower in flowers], 0)
    drops = next(swarm for swarm in scene.swarms if swarm.look.pull[1] < -9.0)
    off = drops.start.mean(0) - way(woman)[0]
    assert 0.2 < np.hypot(off[0], off[2]) < 1.2
    assert np.hypot(*(middle - way(woman)[0])[[0, 2]]) < 1.6
