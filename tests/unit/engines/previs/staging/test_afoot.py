"""Animals on their way: through water, up a trunk, from leaf to leaf."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.survey import survey

LEXICON = load_lexicon()


def _scene(prompt: str) -> Scene:
    plan = read_plan(prompt, seed=3, lexicon=LEXICON)
    return survey(plan, seed=3, aspect=16 / 9, num_frames=48).scene


def _heights(scene: Scene, frame: int) -> NDArray[np.float64]:
    """The lowest and the highest bone of every body of the first subject, metres: (n, 2)."""
    poses = {id(a.poses): a for a in scene.actors if a.subject == 0}.values()
    heights: list[NDArray[np.float64]] = []
    for actor in poses:
        points, main = actor.mesh.positions.astype(float), actor.bones[:, 0]
        at = np.einsum("nij,nj->ni", actor.poses[frame, main, :, :3].astype(float), points)
        y = at[:, 1] + actor.poses[frame, main, 1, 3]
        heights.append(np.array([y.min(), y.max()]))
    return np.array(heights)


@pytest.mark.parametrize("prompt", ["Horses gallop through a river", "三头大象穿过河流"])
def test_who_goes_through_a_river_has_its_feet_under_water_and_its_back_over_it(prompt: str) -> None:
    scene = _scene(prompt)
    assert scene.water is not None
    low, high = (_heights(scene, 24) - scene.water.level_m).T
    assert (low < -0.3).all()
    assert (high > 0.4).all()


def test_who_goes_along_a_river_keeps_its_feet_dry() -> None:
    scene = _scene("Horses gallop along a river")
    assert scene.water is not None
    assert (_heights(scene, 24)[:, 0] > scene.water.level_m - 0.1).all()


def test_a_squirrel_goes_up_a_trunk() -> None:
    scene = _scene("A squirrel climbs a tree")
    first, last = _heights(scene, 0)[0], _heights(scene, 47)[0]
    assert last[0] > first[0] + 0.1


def test_a_frog_goes_from_leaf_to_leaf_and_is_in_the_air_between() -> None:
    scene = _scene("A frog jumps from one lily pad to the next")
    lows = np.array([_heights(scene, f)[0, 0] for f in range(48)])
    actor = next(a for a in scene.actors if a.subject == 0)
    way = actor.poses[-1, 0, [0, 2], 3] - actor.poses[0, 0, [0, 2], 3]
    assert lows.max() > lows[0] + 0.1
    assert abs(lows[-1] - lows[0]) < 0.05
    assert np.linalg.norm(way) > 0.5
