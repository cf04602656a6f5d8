"""Who acts again in the next shot of footage: whom the prompt speaks of as known, and no picture plays."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.domain.prompt import read_prompt
from kirin_video.engines.previs.feature.scenes import first_known, is_person, with_somebody
from kirin_video.engines.previs.feature.somebody import Somebody
from kirin_video.engines.previs.reading import read_plan


def known(source: str) -> str | None:
    plan = read_plan(read_prompt(source).text, seed=1)
    found = first_known(plan, source)
    return found and found.kind


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("the woman sits down on a bench", "person"),
        ("a woman sits down on a bench", None),
        ("女人坐在长椅上", "person"),
        ("一个女人坐在长椅上", None),
        ("the red car stops", "car"),
        ("the dog <<<image_1>>> runs past", None),
    ],
)
def test_who_is_known_is_told_by_the_words(source: str, kind: str | None) -> None:
    assert known(source) == kind


def test_people_are_told_from_things() -> None:
    plan = read_plan("the woman drives the car", seed=1)
    assert [is_person(subject) for subject in plan.subjects if not subject.scenery][:1] == [True]


def test_behind_somebody_is_what_other_frames_saw_there() -> None:
    behind = np.zeros((90, 160, 3), np.uint8)
    behind[...] = (40, 90, 200)
    behind[:, 75:85] = (230, 220, 60)  # a post that nothing around it tells of
    mask = np.zeros((90, 160), np.bool_)
    mask[20:70, 68:92] = True
    rgb = np.where(mask[..., None], np.uint8((180, 30, 30)), behind)
    rgb[:16, 75:85] = rgb[74:, 75:85] = (40, 90, 200)
    scene = with_somebody(Somebody(rgb, mask, behind, np.ones_like(mask)), 1, person=True)
    assert scene is not None
    assert scene.empty is not None
    assert scene.upright
    assert np.abs(scene.empty[30:60, 77:83].astype(int) - (230, 220, 60)).max() < 12
