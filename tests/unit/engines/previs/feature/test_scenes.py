"""Who acts again in the next shot of footage: whom the prompt speaks of as known, and no picture plays."""

from __future__ import annotations

import pytest

from kirin_video.domain.prompt import read_prompt
from kirin_video.engines.previs.feature.scenes import first_known, is_person
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
