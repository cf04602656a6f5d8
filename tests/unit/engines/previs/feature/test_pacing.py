"""Prompts and plans at the pace of footage that cuts."""

from __future__ import annotations

import pytest

from kirin_video.domain.prompt import read_prompt
from kirin_video.engines.previs.feature.pacing import told_in_shots
from kirin_video.engines.previs.plan import Setting
from kirin_video.engines.previs.reading import read_plan


@pytest.mark.parametrize(
    "prompt",
    [
        "A train crosses a bridge, then a ship on the sea, then a balloon in the sky",
        "A train crosses a bridge; then a ship sails on the sea. Finally, a balloon floats in the sky",
        "火车驶过桥梁,然后是海上的一艘船,最后是天上的热气球",
        "一列火车驶过大桥,接着一艘船在海上航行,然后一只热气球在天上飘",
    ],
)
def test_whoever_is_new_has_a_shot_of_his_own(prompt: str) -> None:
    plan = read_plan(told_in_shots(read_prompt(prompt)).text, seed=1)
    assert [beat.cut for beat in plan.beats] == [True, True]
    assert [beat.setting for beat in plan.beats] == [Setting.SEA, Setting.CLOUDS]


@pytest.mark.parametrize(
    "prompt",
    [
        "The woman walks to the bench, then sits down",
        "A dog runs, then the camera pulls back",
        "女人走到长椅边,然后坐下",
        "A car drives on, then a camera move to the left",
    ],
)
def test_what_the_same_ones_do_next_is_no_cut(prompt: str) -> None:
    assert told_in_shots(read_prompt(prompt)).source == prompt
