"""What instructions for footage are understood to ask for."""

from __future__ import annotations

import json

import pytest

from kirin_video.domain.prompt import read_prompt
from kirin_video.engines.previs.footage.clauses import Words, load_words
from kirin_video.engines.previs.footage.edits import EditPlan
from kirin_video.engines.previs.footage.facts import facts_of
from kirin_video.engines.previs.footage.instructions import read_instructions
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def tables() -> tuple[Words, Lexicon]:
    return load_words(), load_lexicon()


def plan(prompt: str, tables: tuple[Words, Lexicon]) -> EditPlan:
    return read_instructions(read_prompt(prompt), seed=1, words=tables[0], lexicon=tables[1])


def background(ground: str, shown: str) -> dict[str, object]:
    return {"edit": "background", "ground": ground, "as": shown}


@pytest.mark.parametrize(
    ("prompt", "facts"),
    [
        ("Make it autumn in <<<video_1>>>", {"season": "autumn"}),
        ("Make it snow and turn day into night", {"weather": ["snow"], "time": "night"}),
        ("Add heavy rain and fog", {"weather": ["rain", "fog"]}),
        ("It is raining at night.", {"weather": ["rain"], "time": "night"}),
        ("Make it a moonlit night with fog", {"weather": ["fog"], "time": "night"}),
        ("Make it warmer and more vivid", {"touches": ["warmer", "vivid"]}),
        ("Convert to black and white", {"style": "monochrome"}),
        ("Make it look like an oil painting", {"style": "oil"}),
        ("Zoom in slowly", {"move": "push_in"}),
        ("Make it a close-up shot", {"size": "close_up"}),
        ("Flip the video horizontally", {"mirror": True}),
        ("Zoom to her face", {"move": "push_in", "aim": "her face"}),
        ("Crop to a close-up of the rabbit", {"size": "close_up", "aim": "the rabbit"}),
        ("Zoom in on the left side", {"move": "push_in", "aim": "the left side"}),
        ("镜头慢慢推近到她的脸", {"move": "push_in", "aim": "她的脸"}),
        ("给她的脸一个特写", {"size": "close_up", "aim": "她的脸"}),
        ("把视频变成水彩画风格", {"style": "watercolor"}),
        ("变成下雪的夜晚", {"weather": ["snow"], "time": "night"}),
    ],
)
def test_what_lies_over_the_whole_picture(
    tables: tuple[Words, Lexicon], prompt: str, facts: dict[str, object]
) -> None:
    read = plan(prompt, tables)
    assert facts_of(read) == facts
    assert not read.unread


@pytest.mark.parametrize(
    ("prompt", "edit"),
    [
        ("Make the red car blue", {"edit": "recolor", "thing": "the red car", "as": "blue"}),
        ("Change the car's color to red", {"edit": "recolor", "thing": "the car's color", "as": "red"}),
        ("把红色的汽车变成蓝色", {"edit": "recolor", "thing": "红色的汽车", "as": "blue"}),
        ("Remove the person on the left", {"edit": "remove", "thing": "the person on the left"}),
        ("去掉左边的人", {"edit": "remove", "thing": "左边的人"}),
        (
            "Change the background to a beach at sunset, with palm trees",
            background("world", "a beach at sunset, with palm trees"),
        ),
        ("Replace the background of <<<video_1>>> with <<<image_1>>>", background("picture", "image_1")),
        ("Put the person on a green screen", background("color", "chroma green")),
        ("Replace the green screen with a snowy mountain", background("world", "a snowy mountain")),
        ("把背景换成海滩", background("world", "海滩")),
        ("Solid white background", background("color", "white")),
        ("Blur the background", {"edit": "background", "ground": "blur"}),
        (
            "Replace the dog with <<<element_1>>>",
            {"edit": "insert", "thing": "element_1", "instead": "the dog"},
        ),
        ("Add a cat", {"edit": "insert", "thing": "a cat"}),
        ("Add a dog next to the man", {"edit": "insert", "thing": "a dog"}),
        ("在女人旁边添加一只狗", {"edit": "insert", "thing": "一只狗"}),
        ("Replace the floor with wooden planks", {"edit": "resurface", "thing": "the floor", "as": "wood"}),
        ("把地板换成大理石", {"edit": "resurface", "thing": "地板", "as": "marble"}),
        ("Turn the wall into brick", {"edit": "resurface", "thing": "the wall", "as": "brick"}),
        ("Replace the sky with a sunset", {"edit": "sky", "as": "a sunset"}),
        ("Replace the sky with <<<image_1>>>", {"edit": "sky", "as": "image_1"}),
        ("把天空换成星空", {"edit": "sky", "as": "星空"}),
        ("Make the shirt emerald green", {"edit": "recolor", "thing": "the shirt", "as": "emerald"}),
        ("Make the sky bluer", {"edit": "recolor", "thing": "the sky", "as": "blue"}),
        ("Make the sky stormy with lightning", {"edit": "sky", "as": "stormy lightning"}),
        ("Make the background darker", {"edit": "retouch", "thing": "background", "as": ["darker"]}),
        ("把天空调亮一点", {"edit": "retouch", "thing": "天空", "as": ["brighter"]}),
        ("Change the car to a blue car", {"edit": "recolor", "thing": "the car", "as": "blue"}),
        (
            "Replace the woman with a red robot",
            {"edit": "insert", "thing": "a red robot", "instead": "the woman"},
        ),
        ("在草地上加一只猫", {"edit": "insert", "thing": "一只猫"}),
    ],
)
def test_what_is_done_to_a_part(tables: tuple[Words, Lexicon], prompt: str, edit: dict[str, object]) -> None:
    assert facts_of(plan(prompt, tables)) == {"edits": [edit]}


def test_several_edits_in_one_prompt_keep_their_order(tables: tuple[Words, Lexicon]) -> None:
    read = plan(
        "Change the background to a forest, then make the red car blue and remove the dog; "
        "make it evening, keep everything else the same",
        tables,
    )
    assert [edit["edit"] for edit in facts_of(read)["edits"]] == ["background", "recolor", "remove"]  # type: ignore[attr-defined]
    assert facts_of(read)["time"] == "dusk"
    assert not read.unread


@pytest.mark.parametrize(
    ("prompt", "edits"),
    [
        ("Change the man's jacket to dark green and blur the background", ["recolor", "background"]),
        ("Make the butterfly blue and the grass darker", ["recolor", "retouch"]),
        ("把人物提亮,背景压暗", ["retouch", "retouch"]),
        ("Make the background darker and the rabbit purple", ["retouch", "recolor"]),
    ],
)
def test_no_edit_is_lost_behind_an_and(tables: tuple[Words, Lexicon], prompt: str, edits: list[str]) -> None:
    read = plan(prompt, tables)
    assert [edit["edit"] for edit in facts_of(read)["edits"]] == edits  # type: ignore[attr-defined]
    assert not read.unread


def test_clothes_that_are_named_recolour_what_is_worn(tables: tuple[Words, Lexicon]) -> None:
    read = plan("Give the man a blue tie and a white shirt", tables)
    assert facts_of(read) == {"edits": [{"edit": "recolor", "thing": "a white shirt", "as": "white"}]}
    assert read.undone == (("dressed", "a white shirt"),)
    assert read.unread == ("the man a blue tie",)


@pytest.mark.parametrize(
    ("prompt", "facts"),
    [
        (
            "Make everything black and white except the red dress",
            {"style": "monochrome", "kept": ["red dress"]},
        ),
        ("Make it night but keep the car red", {"time": "night", "kept": ["car red"]}),
        ("Add falling snow, but do not change the people", {"weather": ["snow"], "kept": ["people"]}),
        ("Turn it into a cartoon, keep her face the same", {"style": "cartoon"}),
        ("只保留红色,其余黑白", {"style": "monochrome", "kept": ["红色"]}),
        ("除了树以外,把季节变成秋天", {"season": "autumn", "kept": ["树"]}),
        (
            "Keep the woman but replace everything else with a jungle",
            {"edits": [background("world", "a jungle")]},
        ),
    ],
)
def test_what_is_excepted_stays(tables: tuple[Words, Lexicon], prompt: str, facts: dict[str, object]) -> None:
    read = plan(prompt, tables)
    assert facts_of(read) == facts
    assert not read.unread


@pytest.mark.parametrize(
    ("prompt", "note"),
    [
        ("Slow it down", "speed"),
        ("倒放", "length"),
        ("Add subtitles", "lettering"),
        ("去掉水印", "lettering"),
        ("Upscale it to 4K", "detail"),
        ("Stabilise it", "steady"),
        ("Remove the background music", "sound"),
        ("Make it vertical", "shape"),
        ("让她微笑", "acting"),
        ("Remove everyone except the woman", "one_of_many"),
    ],
)
def test_what_no_edit_does_is_told_by_its_name(tables: tuple[Words, Lexicon], prompt: str, note: str) -> None:
    read = plan(prompt, tables)
    assert [name for name, _ in read.undone] == [note]
    assert read.changes_nothing


def test_what_is_not_understood_or_not_possible_is_kept_to_be_told(tables: tuple[Words, Lexicon]) -> None:
    read = plan("Frobnicate the wombulator. Show it from above, in slow motion", tables)
    assert read.unread == ("frobnicate the wombulator",)
    assert {note for note, _ in read.undone} == {"angle", "pace"}
    assert read.changes_nothing


@pytest.mark.parametrize(
    "prompt", ["<<<video_1>>>", "make it", "的", "remove", "background", "a, b; c and d"]
)
def test_no_prompt_breaks_the_reader(tables: tuple[Words, Lexicon], prompt: str) -> None:
    json.dumps(dict(facts_of(plan(prompt, tables))))


def test_every_note_is_worded_in_both_languages(tables: tuple[Words, Lexicon]) -> None:
    texts = tables[0].texts
    assert texts["en"].keys() == texts["zh"].keys()
    for language in ("en", "zh"):
        assert all(text.format(words="x") for text in texts[language].values())
