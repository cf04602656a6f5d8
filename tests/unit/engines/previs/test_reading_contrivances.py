"""What things do by themselves: poured drinks, lit lamps, assembled burgers, papers behind products."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Action, Contrivance, Setting, ShotPlan, SubjectPlan, TimeOfDay
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def read(text: str, lexicon: Lexicon) -> ShotPlan:
    return read_plan(text, seed=3, lexicon=lexicon)


def shown(plan: ShotPlan) -> list[SubjectPlan]:
    return [subject for subject in plan.subjects if not subject.scenery]


@pytest.mark.parametrize(
    ("text", "kind", "does"),
    [
        ("A burger is assembled layer by layer", "burger", Contrivance.ASSEMBLED),
        ("汉堡一层一层地叠起来", "burger", Contrivance.ASSEMBLED),
        ("A smartphone on a desk, its screen lights up", "phone", Contrivance.LIGHTS_UP),
        ("书桌上台灯亮起", "lamp", Contrivance.LIGHTS_UP),
        ("A candle burns down on a table", "candle", Contrivance.BURNS_DOWN),
        ("一支蜡烛慢慢燃尽", "candle", Contrivance.BURNS_DOWN),
        ("A book slides out of an old bookshelf", "bookshelf", Contrivance.SLIDES_OUT),
        ("一杯奶茶放在木桌上\uff0c冰块在里面晃动", "bubble_tea", Contrivance.WITH_ICE),
        ("A typewriter types by itself", "typewriter", Contrivance.TYPES),
        ("A toy train circles a Christmas tree", "christmas_tree", Contrivance.WITH_A_TRAIN),
        ("玩具火车绕着圣诞树转", "christmas_tree", Contrivance.WITH_A_TRAIN),
    ],
)
def test_things_go_by_themselves(text: str, kind: str, does: Contrivance, lexicon: Lexicon) -> None:
    subjects = shown(read(text, lexicon))
    assert [s.kind for s in subjects if does in s.traits] == [kind]
    # What only told of it is not in the picture twice.
    assert not {"slide", "train", "rock", "television"} & {s.kind for s in subjects}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pouring coffee into a white cup", "coffee_pouring"),
        ("Hot tea is poured into a cup", "tea_pouring"),
        ("往玻璃杯里倒牛奶", "jug_pouring"),
        ("Red wine is poured into a glass", "wine_pouring"),
        ("啤酒倒入杯中", "bottle_pouring"),
    ],
)
def test_what_nobody_pours_pours_itself_once(text: str, kind: str, lexicon: Lexicon) -> None:
    kinds = [s.kind for s in shown(read(text, lexicon))]
    assert kinds.count(kind) == 1
    assert not {"cup", "glass", "wine_glass", "bottle"} & set(kinds)


def test_a_waiter_pours_himself(lexicon: Lexicon) -> None:
    assert "wine_pouring" not in [s.kind for s in read("A waiter pours wine into a glass", lexicon).subjects]


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("A sneaker floats and rotates in the air against an orange background", "orange"),
        ("A bottle of perfume on a pink background", "pink"),
        ("一双球鞋悬浮在粉色背景前旋转", "pink"),
        ("A lipstick on a white background", None),
        ("A castle on a hill, the sea in the background", None),
    ],
)
def test_products_stand_before_paper_of_a_colour(text: str, color: str | None, lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    assert (plan.backdrop and plan.backdrop.name) == color
    assert color is None or plan.setting is Setting.STUDIO
    assert all(s.spot is None for s in plan.subjects) or color is None


def test_what_floats_before_paper_hangs_and_turns(lexicon: Lexicon) -> None:
    plan = read("A sneaker floats and rotates in the air against an orange background", lexicon)
    assert [s.action for s in plan.subjects] == [Action.HOVER]
    assert plan.beats == ()


@pytest.mark.parametrize("text", ["A red convertible parked by a house", "路边停着一辆红色的车"])
def test_what_is_parked_stands_and_nobody_drives(text: str, lexicon: Lexicon) -> None:
    subjects = shown(read(text, lexicon))
    assert subjects[0].action is not Action.DRIVE
    assert "person" not in [s.kind for s in subjects]


@pytest.mark.parametrize(
    "text",
    ["Close-up of a camera on a tripod", "三脚架上的相机特写", "A vintage camera on a tripod in a studio"],
)
def test_a_camera_on_its_tripod_is_looked_at(text: str, lexicon: Lexicon) -> None:
    assert [s.kind for s in shown(read(text, lexicon))] == ["tripod_camera"]


def test_a_dish_is_presented_in_the_hand(lexicon: Lexicon) -> None:
    chef, dish = read("A chef presents a dish to the camera", lexicon).subjects[:2]
    assert chef.action is Action.HOLD
    assert dish.relations


def test_a_lamp_is_lit_by_night_and_a_train_goes_through_mountains(lexicon: Lexicon) -> None:
    assert read("The lamp turns on", lexicon).time is TimeOfDay.NIGHT
    assert read("The lamp turns on in the morning", lexicon).time is not TimeOfDay.NIGHT
    assert read("A train comes out of a tunnel", lexicon).setting is Setting.MOUNTAINS
    assert read("一只纸船在雨水中漂流", lexicon).setting is Setting.RIVER


@pytest.mark.parametrize("text", ["冰块落入威士忌酒杯", "Ice cubes fall into a glass of whiskey"])
def test_ice_falls_into_a_glass_on_a_table(text: str, lexicon: Lexicon) -> None:
    glass, table = shown(read(text, lexicon))
    assert (glass.kind, table.kind) == ("glass", "table")
    assert Contrivance.ICE_FALLS in glass.traits


@pytest.mark.parametrize(
    "text", ["手机屏幕亮起", "放在床头柜上的手机屏幕亮了", "A phone screen lights up on a nightstand"]
)
def test_a_phones_screen_is_the_phone(text: str, lexicon: Lexicon) -> None:
    phones = [s for s in shown(read(text, lexicon)) if s.kind != "table"]
    assert [s.kind for s in phones] == ["phone"]
    assert Contrivance.LIGHTS_UP in phones[0].traits
