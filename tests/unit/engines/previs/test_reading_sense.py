"""What the words leave to common sense: what riders ride, how large things are, where one stands."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import RelationKind, Setting
from kirin_video.engines.previs.reading import read_plan


@pytest.mark.parametrize(
    ("prompt", "mount"),
    [
        ("A surfer rides a big wave", "surfboard"),
        ("A man surfs at sunset", "surfboard"),
        ("A girl skateboards down the street", "skateboard"),
        ("A cyclist in the rain", "bicycle"),
        ("A motorcyclist on a highway", "motorcycle"),
        ("A cowboy rides through the desert", "horse"),
        ("A woman rides through the city", "bicycle"),
    ],
)
def test_a_rider_rides_what_the_prompt_leaves_out(prompt: str, mount: str) -> None:
    plan = read_plan(prompt, seed=1)
    rider = next(subject for subject in plan.subjects if subject.kind == "person")
    ridden = [
        plan.subjects[r.to].kind
        for r in rider.relations
        if r.kind is RelationKind.RIDING and r.to is not None
    ]
    assert ridden == [mount]


@pytest.mark.parametrize(
    "prompt",
    [
        "A surfer walks along the beach",
        "A girl skates on a frozen lake",
        "A boy rides on his father's shoulders",
        "A knight rides a white horse",
        "A girl rides a dolphin",
        "A man walks",
    ],
)
def test_nobody_else_gets_a_mount(prompt: str) -> None:
    told = read_plan(prompt, seed=1).subjects
    assert not {subject.kind for subject in told} & {"surfboard", "skateboard", "bicycle", "motorcycle"}
    assert sum(subject.kind == "horse" for subject in told) == ("horse" in prompt)


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [
        ("A yellow taxi stops in front of a hotel", Setting.CITY),
        ("Children wait outside the school", Setting.CITY),
        ("\u4e00\u8f86\u51fa\u79df\u8f66\u505c\u5728\u9152\u5e97\u95e8\u53e3", Setting.CITY),
        ("A man waits in a hotel", Setting.ROOM),
        ("A dog sleeps in front of the fireplace in the living room", Setting.ROOM),
    ],
)
def test_what_stands_before_a_house_is_in_the_street(prompt: str, setting: Setting) -> None:
    assert read_plan(prompt, seed=1).setting is setting


def test_things_are_in_scale() -> None:
    fish, bowl, table = read_plan("A goldfish swims in a bowl on a table", seed=1).subjects
    assert (fish.kind, bowl.kind, table.kind) == ("goldfish", "fish_bowl", "table")
    assert fish.scenery  # a fish bowl has its own
    assert [relation.kind for relation in bowl.relations] == [RelationKind.ON]
    toy = read_plan("A toy car races across the living room floor", seed=1).subjects[0]
    assert toy.size < 0.1


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("A vase with red roses on a table", ["flower_vase", "table"]),
        ("Two glasses of champagne on a table", ["wine_glass", "wine_glass", "table"]),
        ("A glass of orange juice on a table", ["glass", "table"]),
        ("A stack of pancakes on a table", ["pancakes", "table"]),
        ("A pair of glasses on a book", ["spectacles", "book", "table"]),
        ("一个青花瓷花瓶", ["vase", "table"]),
    ],
)
def test_what_things_hold_and_come_in(prompt: str, kinds: list[str]) -> None:
    seen = [s for s in read_plan(prompt, seed=1).subjects if not s.scenery]
    assert [s.kind for s in seen for _ in range(s.count)] == kinds


@pytest.mark.parametrize(
    "prompt",
    ["A lake at dusk, mountains behind it", "Snowy mountains beyond a lake", "雪山和湖边的小屋"],
)
def test_a_lake_and_the_mountains_behind_it_are_one_place(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert (plan.setting, plan.notes) == (Setting.MOUNTAINS, ())
