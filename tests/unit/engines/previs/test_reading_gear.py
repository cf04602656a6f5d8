"""Deeds bring what they are done with: cans and flowers, skis and poles, snow; hair is as it is said."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Action, Garment, RelationKind, ShotPlan
from kirin_video.engines.previs.reading import read_plan


def kinds(plan: ShotPlan) -> dict[str, int]:
    """How many of each kind there are."""
    counts: dict[str, int] = {}
    for subject in plan.subjects:
        counts[subject.kind] = counts.get(subject.kind, 0) + subject.count
    return counts


def held_by(plan: ShotPlan, kind: str) -> list[int | None]:
    """Who holds each subject of a kind."""
    return [
        r.to for s in plan.subjects if s.kind == kind for r in s.relations if r.kind is RelationKind.HELD_BY
    ]


@pytest.mark.parametrize(
    ("prompt", "plants"),
    [
        ("A robot waters flowers in a garden", "flower"),
        ("A woman waters the plants on a balcony", "pot_plant"),
        ("\u5973\u5b69\u5728\u9633\u53f0\u4e0a\u6d47\u82b1", "flower"),
    ],
)
def test_who_waters_has_a_can_and_plants_before_him(prompt: str, plants: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert plan.subjects[0].action is Action.WATER
    assert held_by(plan, "watering_can") == [0]
    grown = next(s for s in plan.subjects if s.kind == plants)
    assert [(r.kind, r.to) for r in grown.relations] == [(RelationKind.IN_FRONT_OF, 0)]


@pytest.mark.parametrize(
    "prompt",
    [
        "Kids have a snowball fight",
        "Two boys throw snowballs at each other",
        "\u5b69\u5b50\u4eec\u5728\u6253\u96ea\u4ed7",
    ],
)
def test_everybody_in_a_snowball_fight_has_a_snowball(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    people = [s for s in plan.subjects if s.kind == "person"]
    assert kinds(plan)["snowball"] == sum(s.count for s in people) > 1
    assert all(s.action is Action.SNOWBALL for s in people)


@pytest.mark.parametrize(
    "prompt",
    [
        "A panda eats bamboo",
        "\u4e00\u53ea\u718a\u732b\u5728\u5403\u7af9\u5b50",
        "A giant panda eating bamboo in a forest",
    ],
)
def test_a_panda_has_a_stalk_in_its_paws(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert plan.subjects[0].kind == "panda"
    assert held_by(plan, "bamboo_stalk") == [0]
    assert "bamboo" not in kinds(plan)


@pytest.mark.parametrize(
    "prompt",
    [
        "A skier skis down the slope",
        "\u4e00\u4e2a\u4eba\u5728\u6ed1\u96ea",
        "A skier stands on a mountain top",
    ],
)
def test_who_skis_has_skis_and_two_poles(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert any(wear.garment is Garment.SKIS for wear in plan.subjects[0].wears)
    assert held_by(plan, "ski_pole") == [0, 0]


def test_a_snowboarder_rides_a_board_and_an_ice_skater_wears_skates() -> None:
    boarder = read_plan("A snowboarder rides down the mountain", seed=1)
    assert kinds(boarder) == {"person": 1, "snowboard": 1}
    skater = read_plan("A girl skates on a frozen lake", seed=1)
    assert any(wear.garment is Garment.SKATES for wear in skater.subjects[0].wears)


@pytest.mark.parametrize(
    "prompt",
    [
        "\u4e00\u4e2a\u5973\u5b69\u5728\u516c\u4ea4\u8f66\u7ad9\u7b49\u8f66",
        "\u4e0a\u73ed\u65cf\u5728\u7b49\u8f66",
        "\u7537\u5b69\u5728\u8f66\u7ad9\u7b49\u516c\u4ea4\u8f66",
    ],
)
def test_who_waits_for_a_bus_is_no_car(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert plan.subjects[0].action is Action.STAND
    assert "car" not in kinds(plan)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("A woman with a ponytail runs in the park", "ponytail"),
        ("A girl with a bob haircut, blond, smiles", "bob haircut"),
        ("A man with long curly hair", "long curly hair"),
        ("\u4e00\u4e2a\u624e\u7740\u9ebb\u82b1\u8fab\u7684\u5973\u5b69", "\u9ebb\u82b1\u8fab"),
        ("\u4e00\u4e2a\u5149\u5934\u7537\u4eba\u5728\u7b11", "\u5149\u5934"),
    ],
)
def test_hair_is_as_the_prompt_says(prompt: str, word: str) -> None:
    (person,) = (s for s in read_plan(prompt, seed=1).subjects if s.kind == "person")
    assert word in " ".join((person.words, *person.traits)).lower()


@pytest.mark.parametrize(
    "prompt", ["A blonde woman walks", "A woman, blond, walks", "A girl with blond hair walks"]
)
def test_blond_is_a_colour_of_hair(prompt: str) -> None:
    (person,) = (s for s in read_plan(prompt, seed=1).subjects if s.kind == "person")
    hair = person.color_of("hair")
    assert hair is not None
    assert hair.name == "blond"
    assert person.color_of("body") is None


def test_a_mother_rocks_a_baby_that_sleeps_in_her_arms() -> None:
    mother, baby = read_plan("A mother rocks a baby to sleep", seed=1).subjects
    assert (mother.action, baby.action) == (Action.ROCK, Action.SLEEP)
    assert any(r.kind is RelationKind.HELD_BY and r.to == 0 for r in baby.relations)


@pytest.mark.parametrize(
    ("prompt", "gender"),
    [
        ("She reads a book by the window", "female"),
        ("\u4ed6\u5728\u8dd1\u6b65", "male"),
        ("\u5979\u5728\u53a8\u623f\u505a\u996d", "female"),
    ],
)
def test_she_who_is_not_named_is_there_all_the_same(prompt: str, gender: str) -> None:
    people = [s for s in read_plan(prompt, seed=1).subjects if s.kind == "person"]
    assert [person.gender for person in people] == [gender]


def test_what_is_done_for_somebody_is_not_given_to_him() -> None:
    mother, daughter = read_plan("\u5988\u5988\u7ed9\u5973\u513f\u8bb2\u6545\u4e8b", seed=1).subjects
    assert mother.action is Action.SPEAK
    assert [(r.kind, r.to) for r in mother.relations] == [(RelationKind.FACING, 1)]
    assert not daughter.relations


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("A man lifts weights in the gym", "barbell"),
        ("\u4e00\u4e2a\u7537\u4eba\u5728\u5237\u7259", "toothbrush"),
        ("A woman takes a selfie with her friends", "phone"),
        ("A tourist takes a photo of a temple", "camera_thing"),
        ("A woman brushes her hair", "hairbrush"),
    ],
)
def test_deeds_have_their_tools_in_hand(prompt: str, kind: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert kinds(plan)[kind] == 1
    assert held_by(plan, kind) == [0]


def test_candles_that_are_blown_out_are_on_a_cake_on_a_table() -> None:
    plan = read_plan("A girl blows out the candles on her birthday cake", seed=1)
    (girl, *_), places = plan.subjects, {s.kind: s.relations for s in plan.subjects}
    cake, table = (
        next(k for k, s in enumerate(plan.subjects) if s.kind == kind) for kind in ("cake", "table")
    )
    assert girl.action is Action.BLOW
    assert not girl.relations
    assert [(r.kind, r.to) for r in places["candle"]] == [(RelationKind.ON, cake)]
    assert [(r.kind, r.to) for r in places["cake"]] == [(RelationKind.ON, table)]


def test_who_shakes_hands_stands_face_to_face() -> None:
    (men,) = read_plan("Two men shake hands", seed=1).subjects
    assert (men.count, men.action) == (2, Action.SHAKE_HANDS)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("A skateboarder in the city", "skateboard"),
        ("A snowboarder", "snowboard"),
        ("Kids sledding down a hill", "sled"),
    ],
)
def test_boards_and_sledges_go_on_the_ground(prompt: str, kind: str) -> None:
    (ridden,) = (s for s in read_plan(prompt, seed=1).subjects if s.kind == kind)
    assert ridden.action is Action.DRIVE
