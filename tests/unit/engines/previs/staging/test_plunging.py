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


@pytest.mark.parametrize("prompt", ["a kid jumps into a pool", "一只狗跳进湖里"])
def test_a_leap_goes_up_and_ends_in_the_water(prompt: str) -> None:
    plan = read_plan(prompt, seed=2, lexicon=LEXICON)
    scene = survey(plan, seed=2, aspect=16 / 9, num_frames=96).scene
    assert scene.water is not None
    root = scene.actors[0].poses[:, 0, :, 3].astype(float)
    above, gone = root[:, 1] - scene.water.level_m, np.linalg.norm(root[:, [0, 2]] - root[0, [0, 2]], axis=1)
    assert above.max() > above[0] + 0.3
    assert above[-1] < 0.1
    assert gone[-1] > 2.0
