"""What prompts of things, rooms and rides leave unsaid: caravans are loaded, dinners have a table."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Action, Place, RelationKind, Setting, ShotPlan, TimeOfDay
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def read(text: str, lexicon: Lexicon) -> ShotPlan:
    return read_plan(text, seed=3, lexicon=lexicon)


@pytest.mark.parametrize(
    "text", ["a desert caravan", "沙漠里的驼队", "a caravan of camels crosses the dunes"]
)
def test_a_caravan_is_loaded_and_led(text: str, lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    kinds = [subject.kind for subject in plan.subjects]
    camels, load, guide = (plan.subjects[kinds.index(kind)] for kind in ("camel", "camel_load", "person"))
    assert plan.setting is Setting.DESERT
    assert camels.count == load.count > 3
    assert camels.action is guide.action is Action.WALK
    assert [r.kind for r in camels.relations] == [RelationKind.FOLLOWING]


@pytest.mark.parametrize("text", ["candlelight dinner", "烛光晚餐", "a couple has a candlelight dinner"])
def test_a_dinner_by_candlelight_is_in_the_dark_with_candles_on_its_table(
    text: str, lexicon: Lexicon
) -> None:
    plan = read(text, lexicon)
    kinds = [subject.kind for subject in plan.subjects]
    assert plan.time is TimeOfDay.NIGHT
    table = kinds.index("table")
    for kind in ("candle", "meal"):
        on = plan.subjects[kinds.index(kind)].relations
        assert any(r.kind is RelationKind.ON and r.to == table for r in on), kind


@pytest.mark.parametrize(
    "text",
    ["rain on a window pane", "raindrops slide down the glass", "雨滴打在窗户上", "窗玻璃上的雨滴"],
)
def test_rain_on_a_window_is_a_picture_of_its_pane(text: str, lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    assert plan.place is Place.WINDOW_PANE
    assert all(subject.scenery for subject in plan.subjects)


@pytest.mark.parametrize("text", ["a woman by the window on a rainy day", "a house in the rain"])
def test_somebody_in_the_rain_is_not(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon).place is not Place.WINDOW_PANE


@pytest.mark.parametrize(
    ("text", "kind", "least"),
    [
        ("a hot air balloon festival", "balloon", 6),
        ("many balloons over the valley", "balloon", 6),
        ("五彩缤纷的热气球飘在山谷上空", "balloon", 6),
        ("a hot air balloon over the valley", "balloon", 1),
        ("a girl holds balloons in a valley", "toy_balloon", 2),
    ],
)
def test_balloons_over_a_valley_carry_people(text: str, kind: str, least: int, lexicon: Lexicon) -> None:
    found = next(s for s in read(text, lexicon).subjects if "balloon" in s.kind)
    assert found.kind == kind
    assert found.count == 1 if least == 1 else found.count >= least


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a scientist works in a laboratory", Place.LABORATORY),
        ("实验室里的试管", Place.LABORATORY),
        ("a construction site", Place.BUILDING_SITE),
        ("工地上塔吊正在施工", Place.BUILDING_SITE),
    ],
)
def test_laboratories_and_building_sites_are_drawn_as_what_they_are(
    text: str, place: Place, lexicon: Lexicon
) -> None:
    plan = read(text, lexicon)
    assert plan.place is place
    assert not plan.notes


@pytest.mark.parametrize("kind", ["hammock", "rocking_chair", "porch_swing"])
def test_seats_that_sway_are_themselves(kind: str, lexicon: Lexicon) -> None:
    plan = read(f"a woman in a {kind.replace('_', ' ')}", lexicon)
    assert [s.kind for s in plan.subjects] == ["person", kind]
    assert not plan.notes


@pytest.mark.parametrize(
    ("text", "kind", "setting"),
    [
        ("a diamond ring sparkles", "jewel_box", Setting.STUDIO),
        ("一支口红特写", "lipstick", Setting.ROOM),
        ("a sneaker floats in the air", "shoe", Setting.STUDIO),
        ("一罐可乐", "can", Setting.STUDIO),
        ("a gold necklace on black velvet", "necklace", Setting.STUDIO),
        ("一个礼盒缓缓打开", "gift", Setting.STUDIO),
        ("一杯珍珠奶茶", "bubble_tea", Setting.ROOM),
        ("热气腾腾的火锅", "hot_pot", Setting.KITCHEN),
        ("中秋节的月饼", "mooncakes", Setting.KITCHEN),
        ("a robot vacuum cleans the living room", "robot_vacuum", Setting.ROOM),
        ("a forklift in a warehouse", "forklift", Setting.ROOM),
        ("一架无人机悬停在城市上空", "drone", Setting.CITY),
    ],
)
def test_wares_and_dishes_are_themselves_where_they_are_shown(
    text: str, kind: str, setting: Setting, lexicon: Lexicon
) -> None:
    plan = read(text, lexicon)
    assert plan.subjects[0].kind == kind
    assert plan.setting is setting
    assert not plan.notes


def test_glasses_beside_a_bottle_are_drunk_from(lexicon: Lexicon) -> None:
    plan = read("a wine bottle and two glasses on a table", lexicon)
    assert [(s.kind, s.count) for s in plan.subjects[:2]] == [("bottle", 1), ("wine_glass", 2)]
