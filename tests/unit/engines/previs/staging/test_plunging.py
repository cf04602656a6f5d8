from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.survey import survey

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("prompt", "action"),
    [
        ("a kid jumps into a pool", Action.PLUNGE),
        ("a boy dives into a lake", Action.PLUNGE),
        ("一个孩子跳进泳池", Action.PLUNGE),
        ("一只狗跳进湖里", Action.PLUNGE),
        ("a kid jumps into a puddle in the street", Action.JUMP),
        ("a girl jumps for joy by the lake", Action.JUMP),
    ],
)
def test_it_is_read_who_leaps_into_water(prompt: str, action: Action) -> None:
    assert read_plan(prompt, seed=0, lexicon=LEXICON).subjects[0].action is action


@pytest.mark.parametrize("prompt", ["three kids jump into a pool", "一只狗跳进湖里"])
def test_a_leap_goes_up_and_ends_in_the_water(prompt: str) -> None:
    plan = read_plan(prompt, seed=3, lexicon=LEXICON)
    scene = survey(plan, seed=3, aspect=16 / 9, num_frames=96).scene
    assert scene.water is not None
    roots = {id(a.poses): a.poses[:, 0, :, 3].astype(float) for a in scene.actors if a.subject == 0}
    for root in roots.values():
        above, way = root[:, 1] - scene.water.level_m, root[:, [0, 2]] - root[0, [0, 2]]
        assert np.diff(above).max() > 0.1
        assert above[-1] < 0.1
        assert np.linalg.norm(way[-1]) > 2.0
