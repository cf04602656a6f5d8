# ruff: noqa: RUF001 - Chinese has its own punctuation

import pytest

from kirin_video.domain.prompt import read_prompt
from kirin_video.engines.previs.feature.own_words import names_place
from kirin_video.engines.previs.feature.wishes import EVERYTHING, Follows, Trait, Wish, load_words, read_wish

WORDS = load_words()
CAMERA, PACE, PALETTE, STYLE = Trait.CAMERA, Trait.PACE, Trait.PALETTE, Trait.STYLE


def wish(prompt: str) -> Wish:
    return read_wish(read_prompt(prompt), WORDS)


@pytest.mark.parametrize(
    ("prompt", "traits", "rest"),
    [
        (
            "A horse gallops, same camera movement as <<<video_1>>>",
            {CAMERA},
            "A horse gallops",
        ),
        ("A horse gallops, in the style of <<<video_1>>>", {STYLE, PALETTE}, "A horse gallops"),
        ("Follow the camera movement of <<<video_1>>>: a car drives by", {CAMERA}, "a car drives by"),
        ("A car drives by at the same pace as <<<video_1>>>", {PACE}, "A car drives by"),
        ("Use <<<video_1>>>'s color palette and pacing. A fox.", {PALETTE, PACE}, "A fox."),
        (
            "Refer to <<<video_1>>> for the camera movement and the pace; <<<image_1>>> walks",
            {CAMERA, PACE},
            "<<<image_1>>> walks",
        ),
        (
            "A castle with the camera movement and colors of the reference video",
            {CAMERA, PALETTE},
            "A castle",
        ),
        ("Filmed like <<<video_1>>>, a boat on a lake", EVERYTHING, "a boat on a lake"),
        ("参考<<<video_1>>>的运镜方式，一匹马在草原上奔跑", {CAMERA}, "一匹马在草原上奔跑"),
        ("一只狐狸在森林里，采用<<<video_1>>>的色调和节奏", {PALETTE, PACE}, "一只狐狸在森林里"),
    ],
)
def test_what_is_named_is_taken_and_left_out_of_the_prompt(
    prompt: str, traits: set[Trait], rest: str
) -> None:
    found = wish(prompt)
    assert (found.traits, found.said, found.follows) == (traits, True, None)
    assert found.prompt.source == rest


@pytest.mark.parametrize("prompt", ["A fox in a forest", "A fox in a forest <<<video_1>>>"])
def test_everything_is_taken_where_the_prompt_names_nothing(prompt: str) -> None:
    found = wish(prompt)
    assert (found.traits, found.said) == (EVERYTHING, False)
    assert found.prompt.source == "A fox in a forest"


def test_what_is_refused_is_not_taken() -> None:
    found = wish("A castle. Do not copy the colors of <<<video_1>>>.")
    assert found.traits == EVERYTHING - {PALETTE}
    assert found.prompt.source == "A castle."


@pytest.mark.parametrize(
    ("prompt", "follows", "rest"),
    [
        ("Based on <<<video_1>>>, generate the next shot: she turns away", Follows.NEXT, "she turns away"),
        ("Generate the next shot of <<<video_1>>>. A dog runs in.", Follows.NEXT, "A dog runs in."),
        ("Next shot: a dog runs in", Follows.NEXT, "a dog runs in"),
        ("Continue <<<video_1>>>: the camera pulls back", Follows.ON, "the camera pulls back"),
        ("Based on <<<video_1>>>, generate the previous shot: he opens the door", Follows.PREVIOUS, None),
        ("基于<<<video_1>>>，生成下一个镜头：女孩转身走开", Follows.NEXT, "女孩转身走开"),
        ("生成<<<video_1>>>的上一个镜头，一辆红色汽车驶来", Follows.PREVIOUS, "一辆红色汽车驶来"),
    ],
)
def test_shots_that_continue_a_scene_are_told_from_those_that_borrow(
    prompt: str, follows: Follows, rest: str | None
) -> None:
    found = wish(prompt)
    assert (found.follows, found.traits) == (follows, frozenset())
    assert rest is None or found.prompt.source == rest


def test_a_next_shot_may_be_one_of_the_prompts_own() -> None:
    found = wish("A cat sits. In the next shot, it jumps.")
    assert found.follows is None
    assert found.prompt.source == "A cat sits. In the next shot, it jumps."


def test_notes_are_in_the_prompts_language() -> None:
    assert wish("参考<<<video_1>>>的运镜方式，一匹马").language == "zh"
    assert set(WORDS.texts["en"]) == set(WORDS.texts["zh"])


def test_the_wayside_is_that_of_the_scene_and_a_new_place_is_not() -> None:
    assert not names_place("汽车停在路边")
    assert not names_place("the woman waits on the street")
    assert names_place("the car waits in a desert")
    assert names_place("女人走进森林")
