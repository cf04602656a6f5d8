"""Tests of shot lists, timecodes and montages: each beat is read, and begins when the prompt says."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Action, Setting, ShotPlan, ShotSize
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.listing import read_script


def _starts(plan: ShotPlan) -> list[float]:
    return [round(beat.start, 2) for beat in plan.beats]


@pytest.mark.parametrize(
    "prompt",
    [
        "A cat sleeps on a sofa, then it wakes up",
        "A 5-10 second video of 3 dogs in a park",
        "一只猫睡在沙发上,然后醒来",
        "Two cats, shot on 35mm film, 1:1",
        "A train at 10:30 in the morning",
        "Shot 1 of a series",
    ],
)
def test_what_is_no_shot_list_stays_as_it_is(prompt: str) -> None:
    script = read_script(prompt)
    assert not script.starts
    assert not script.added


@pytest.mark.parametrize(
    ("prompt", "starts"),
    [
        ("0-2s: a cat sleeps on a sofa. 2-5s: the cat jumps", [0.4]),
        ("[00:00-00:03] A dog sits in a garden. [00:03-00:05] The dog runs.", [0.6]),
        ("From 0 to 1 seconds, a dog sits. From 1 to 4 seconds, it runs", [0.25]),
        ("前两秒,一个男孩站在海边;后三秒,他跑起来", [0.4]),
        ("0-3秒:一只鸟站在树枝上。3-5秒:它飞走了。", [0.6]),
        ("A dog sits in a garden. At 3 seconds it runs", [0.6]),
        ("一只狗坐在花园里,第3秒它跑起来", [0.6]),
        ("一只狗坐在花园里,两秒后它跑起来", [0.4]),
        ("In the first two seconds a dog sits, then it runs", [0.4]),
    ],
)
def test_a_beat_begins_when_its_timecode_says(prompt: str, starts: list[float]) -> None:
    plan = read_plan(prompt, seed=1)
    assert _starts(plan) == starts
    assert plan.subjects[0].count == 1, "the digits count no subjects"


@pytest.mark.parametrize(
    "prompt",
    [
        "Shot 1: a woman walks on the beach. Shot 2: a close-up of her face. Shot 3: a dog runs in a forest",
        "镜头一:一个女人走在海滩上。镜头二:她的脸部特写。镜头三:一只狗在森林里跑",
        "第一个镜头:一个女人走在海滩上;第二个镜头:她的脸部特写;第三个镜头:一只狗在森林里跑",
        "1. A woman walks on the beach\n2. Close-up of her face\n3. A dog runs in a forest",
    ],
)
def test_numbered_shots_are_cuts(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert plan.setting is Setting.BEACH
    face, forest = plan.beats
    assert face.cut
    assert forest.cut
    assert face.framing is not None
    assert face.framing.size is ShotSize.CLOSE_UP
    assert forest.setting is Setting.FOREST
    assert [act.action for act in forest.acts][:1] in ([], [Action.RUN])


def test_a_numbered_shot_has_its_time() -> None:
    plan = read_plan("Shot 1 (0-2s): a camel in a desert. Shot 2 (2-8s): close-up of the camel", seed=1)
    assert _starts(plan) == [0.25]
    assert plan.beats[0].cut


@pytest.mark.parametrize(
    "prompt",
    [
        "A montage of a dog in a park, a cat on a sofa, and a bird over the sea",
        "蒙太奇:公园里的一只狗,沙发上的一只猫,海上的一只鸟",
    ],
)
def test_a_montage_cuts_from_one_to_the_next(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert [beat.cut for beat in plan.beats] == [True, True]
    assert [subject.enters for subject in plan.subjects if subject.kind in {"dog", "cat"}] == [0, 1]


@pytest.mark.parametrize(
    "prompt",
    [
        "A horse gallops through a meadow, then it runs along a beach",
        "一匹马在草原上奔跑,然后跑到海滩上",
    ],
)
def test_who_goes_on_somewhere_else_is_cut_to(prompt: str) -> None:
    (beat,) = read_plan(prompt, seed=1).beats
    assert beat.cut
    assert beat.setting is Setting.BEACH


def test_one_take_has_no_cuts() -> None:
    asked = "wide shot of a waiter in a restaurant, then a close-up of his face"
    assert read_plan(asked, seed=1).beats[0].cut
    assert not read_plan(f"One continuous take: {asked}", seed=1).beats[0].cut


@pytest.mark.parametrize(
    "prompt",
    ["Close-up of a man's face, then a cat jumps onto the table", "一个男人的特写,然后一只猫跳上桌子"],
)
def test_who_comes_in_after_a_close_up_of_another_is_cut_to(prompt: str) -> None:
    (beat,) = read_plan(prompt, seed=1).beats
    assert beat.cut


@pytest.mark.parametrize(
    "prompt",
    ["Close-up of a laptop, then pull back to show the whole office", "一个女孩的特写,然后拉远露出整个城市"],
)
def test_a_camera_that_draws_back_from_something_to_all_of_it_ends_wide(prompt: str) -> None:
    (beat,) = read_plan(prompt, seed=1).beats
    assert not beat.cut
    assert beat.framing is not None
    assert beat.framing.size is ShotSize.WIDE
