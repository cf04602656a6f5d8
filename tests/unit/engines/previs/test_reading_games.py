"""What people play, make and carry is read with all that it takes."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Action, Age, Garment, RelationKind, Setting, ShotPlan
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def related(plan: ShotPlan, one: int, kind: RelationKind, to: int) -> bool:
    return any(r.kind is kind and r.to == to for r in plan.subjects[one].relations)


@pytest.mark.parametrize(
    "text",
    ["a person skipping rope", "a girl jumps rope in the yard", "一个女孩在跳绳", "boys skip rope"],
)
def test_who_skips_holds_a_rope(text: str, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    who, rope = plan.subjects
    assert (who.kind, who.action, rope.kind, rope.count) == ("person", Action.SKIP, "jump_rope", who.count)
    assert related(plan, 1, RelationKind.HELD_BY, 0)


@pytest.mark.parametrize(
    "text", ["two people playing frisbee in a park", "两个人在公园玩飞盘", "two boys playing catch"]
)
def test_what_is_thrown_flies_between_two(text: str, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert plan.subjects[1].action is Action.THROW
    assert related(plan, 1, RelationKind.BETWEEN, 0)


@pytest.mark.parametrize(
    "text", ["a father with his son on his shoulders", "a man carrying his daughter on his shoulders"]
)
def test_a_child_is_on_shoulders(text: str, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert plan.subjects[1].age is Age.CHILD
    assert [r.kind for r in plan.subjects[1].relations] == [RelationKind.ON]


@pytest.mark.parametrize(
    "text", ["a capybara in a hot spring", "一只水豚在温泉里", "an elephant bathes in a river"]
)
def test_who_is_in_the_water_bathes(text: str, lexicon: Lexicon) -> None:
    assert read_plan(text, seed=1, lexicon=lexicon).subjects[0].action is Action.BATHE


def test_who_only_stands_by_the_water_does_not(lexicon: Lexicon) -> None:
    assert read_plan("a deer by a river", seed=1, lexicon=lexicon).subjects[0].action is not Action.BATHE


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a couple having a picnic", ["person", "picnic"]),
        ("一家人在公园野餐", ["person", "picnic"]),
        ("a family building a snowman", ["person", "snowman"]),
        ("a chef flips a pancake", ["person", "pancake", "skillet"]),
        ("grandma knitting a scarf", ["person", "knitting", "chair"]),
        ("奶奶在织毛衣", ["person", "knitting", "chair"]),
    ],
)
def test_deeds_bring_what_they_take(text: str, kinds: list[str], lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert [s.kind for s in plan.subjects] == kinds
    assert not any("ag in place" in note for note in plan.notes)


def test_a_detective_wears_a_coat_and_a_hat_in_town(lexicon: Lexicon) -> None:
    plan = read_plan("a noir detective", seed=1, lexicon=lexicon)
    assert {w.garment for w in plan.subjects[0].wears} >= {Garment.COAT, Garment.HAT}
    assert plan.setting is Setting.CITY


def test_only_people_are_said_to_hug(lexicon: Lexicon) -> None:
    girl, dog = read_plan("a girl hugging a dog", seed=1, lexicon=lexicon).subjects
    assert (girl.action, dog.action) == (Action.HUG, Action.IDLE)


@pytest.mark.parametrize("text", ["一只狗跳上床", "a dog jumping onto the bed"])
def test_an_animal_jumps_onto_furniture(text: str, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert plan.subjects[0].action is Action.JUMP
    assert related(plan, 0, RelationKind.ON, 1)
