"""What prompts say of their references, English and Chinese, and the plans that come of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kirin_video.domain.prompt import ReferenceKind, read_prompt
from kirin_video.engines.previs.craft import this_engine
from kirin_video.engines.previs.plan import Action, RelationKind, Setting, ShotPlan
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.concepts import Concept
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.references.roles import Part, Reading, noun_in, read_references
from kirin_video.engines.previs.references.standins import Reference, in_own_words, taught, with_standins

IMAGES = [Reference(ReferenceKind.IMAGE, number) for number in (1, 2, 3)]
ELEMENTS = [Reference(ReferenceKind.ELEMENT, number) for number in (1, 2)]
ALL = (*IMAGES, *ELEMENTS)
CONTENT = {0: Part.SUBJECT, 1: Part.SCENE, 2: Part.STYLE}
"""What the pictures show by themselves."""
S, P, T = Part.SUBJECT, Part.SCENE, Part.STYLE


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def read(prompt: str, lexicon: Lexicon, *, alone: bool = True) -> Reading:
    return read_references(
        read_prompt(prompt), ALL, lexicon, lambda k: CONTENT.get(k, Part.SUBJECT), lambda _: alone
    )


def plan_of(prompt: str, lexicon: Lexicon) -> ShotPlan:
    reading = read(prompt, lexicon)
    concepts = {r: Concept(r.name, "fantastic", proper=True) for r in ALL}
    craft = replace(this_engine(), kinds=this_engine().kinds | {r.name for r in ALL})
    words = with_standins(reading.text, ALL)
    return in_own_words(read_plan(words, seed=1, lexicon=taught(lexicon, concepts), craft=craft), ALL)


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("<<<image_1>>> rides on <<<element_1>>>'s shoulder on the beach", {0: S, 3: S}),
        ("<<<image_1>>> walks in the style of <<<image_3>>>", {0: S, 2: T}),
        ("<<<image_1>>> walks, with the colours and mood of <<<image_3>>>", {0: S, 2: T}),
        ("Use <<<image_3>>> style: <<<element_1>>> sings", {2: T, 3: S}),
        ("<<<image_1>>> dances in the place of <<<image_2>>>", {0: S, 1: P}),
        ("<<<image_1>>> dances in <<<image_2>>>", {0: S, 1: P}),
        ("with <<<image_2>>> as background, <<<image_1>>> jumps", {0: S, 1: P}),
        ("<<<element_1>>> rolls across the table in <<<image_1>>>", {0: P, 3: S}),
        ("<<<image_2>>> walks on the beach of <<<image_1>>>", {0: P, 1: S}),
        ("the woman in <<<image_1>>> waves", {0: S}),
        ("<<<image_1>>>在<<<image_2>>>的场景里散步,采用<<<image_3>>>的风格", {0: S, 1: P, 2: T}),
        ("以<<<image_2>>>为背景,<<<element_1>>>跳舞", {1: P, 3: S}),
        ("<<<image_1>>>中的女人在<<<image_2>>>里走", {0: S, 1: P}),
        ("<<<image_1>>> walks through <<<image_2>>> in the style of <<<image_3>>>", {0: S, 1: P, 2: T}),
        ("In the style of <<<image_3>>>, <<<image_1>>> walks through <<<image_2>>>", {0: S, 1: P, 2: T}),
        (
            "Use <<<image_2>>> as the background and <<<image_3>>> as the style: <<<image_1>>> walks",
            {0: S, 1: P, 2: T},
        ),
        (
            "<<<image_3>>> is the style, <<<image_2>>> is the setting, <<<image_1>>> walks slowly",
            {0: S, 1: P, 2: T},
        ),
        ("<<<image_1>>>走过<<<image_2>>>,风格参考<<<image_3>>>", {0: S, 1: P, 2: T}),
        ("以<<<image_3>>>的风格,让<<<image_1>>>走在<<<image_2>>>里", {0: S, 1: P, 2: T}),
        ("<<<image_2>>>是背景,<<<image_3>>>作为风格,<<<image_1>>>在跳舞", {0: S, 1: P, 2: T}),
        ("场景是<<<image_2>>>,画风是<<<image_3>>>,<<<image_1>>>慢慢走过", {0: S, 1: P, 2: T}),
    ],
)
def test_the_words_decide_which_reference_is_what(
    prompt: str, parts: dict[int, Part], lexicon: Lexicon
) -> None:
    assert read(prompt, lexicon).parts == parts


@pytest.mark.parametrize(
    ("prompt", "alone", "part"),
    [
        ("A dog runs through <<<image_1>>>", False, P),
        ("A dog runs through <<<image_1>>>", True, S),
        ("A red car drives past <<<image_1>>>", False, P),
        ("A red car drives past <<<image_1>>>", True, S),
        ("在<<<image_1>>>前面,一个女孩走过", False, P),
        ("<<<element_1>>>在<<<image_1>>>里跳舞", False, P),
        ("A dog barks at <<<image_1>>>", False, S),
        ("A dog sits on <<<image_1>>>", False, S),
    ],
)
def test_a_picture_that_others_go_into_is_a_place_unless_it_has_none(
    prompt: str, alone: bool, part: Part, lexicon: Lexicon
) -> None:
    assert read(prompt, lexicon, alone=alone).parts[0] is part


def test_a_noun_that_may_be_a_place_or_a_thing_is_a_thing_where_nothing_leads_to_it(lexicon: Lexicon) -> None:
    assert read("The cup <<<image_1>>> stands on a table", lexicon).nouns[0][0] == "cup"


def test_a_toy_is_called_one(lexicon: Lexicon) -> None:
    assert read("the toy robot <<<image_1>>> and the robot <<<image_2>>> walk", lexicon).toys == {0}


def test_who_is_on_the_shoulder_of_somebody_rides_on_him(lexicon: Lexicon) -> None:
    plan = plan_of("<<<image_1>>> rides on the left shoulder of <<<element_1>>>", lexicon)
    assert [(r.kind, r.to) for r in plan.subjects[0].relations] == [(RelationKind.RIDING, 1)]


@pytest.mark.parametrize(
    ("prompt", "noun"),
    [
        ("my dog <<<image_1>>> runs", "dog"),
        ("the woman in <<<image_1>>> waves", "woman"),
        ("<<<image_1>>>, a robot, walks", "robot"),
        ("小狗<<<image_1>>>在跑", "小狗"),
        ("<<<image_1>>>中的猫在睡觉", "猫"),
    ],
)
def test_what_a_reference_is_called(prompt: str, noun: str, lexicon: Lexicon) -> None:
    assert read(prompt, lexicon).nouns[0][0] == noun


def test_an_element_is_what_its_name_says(lexicon: Lexicon) -> None:
    found = noun_in("Clay robot. A small friendly robot of grey and orange clay.", lexicon)
    assert found is not None
    assert found[1].name == "robot"


def test_references_act_like_any_subject(lexicon: Lexicon) -> None:
    plan = plan_of(
        "The robot <<<element_1>>> chases <<<element_2>>> through a city. <<<element_2>>> jumps", lexicon
    )
    first, second = plan.subjects
    assert (first.kind, second.kind) == ("element_1", "element_2")
    assert first.relations[0].kind is RelationKind.CHASING
    assert second.action in {Action.RUN, Action.JUMP}
    assert plan.setting is Setting.CITY


def test_the_same_reference_is_the_same_subject(lexicon: Lexicon) -> None:
    plan = plan_of("<<<image_1>>> walks on the beach. A dog follows <<<image_1>>>", lexicon)
    assert [s.kind for s in plan.subjects] == ["image_1", "dog"]
    assert plan.subjects[1].relations[0].to == 0


def test_plans_speak_of_references_as_the_caller_does(lexicon: Lexicon) -> None:
    for prompt in ("my dog <<<image_1>>> runs on the beach", "小狗<<<image_1>>>在沙滩上跑"):
        [subject] = plan_of(prompt, lexicon).subjects
        assert "<<<image_1>>>" in subject.words
        assert "kirin" not in subject.words
        assert subject.action is Action.RUN


def test_numbers_count_references_too(lexicon: Lexicon) -> None:
    [subject] = plan_of("Three <<<element_1>>> walk across the desert", lexicon).subjects
    assert (subject.kind, subject.count) == ("element_1", 3)
