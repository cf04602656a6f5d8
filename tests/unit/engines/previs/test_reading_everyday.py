"""Everyday prompts: who does what by name, what is eaten at a table, and the landmarks."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Action, Place, RelationKind, Setting, ShotPlan, SubjectPlan
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def the(plan: ShotPlan, kind: str) -> SubjectPlan:
    return next(subject for subject in plan.subjects if subject.kind == kind)


def on(plan: ShotPlan, one: SubjectPlan) -> str | None:
    """The kind of what it is on."""
    to = next((r.to for r in one.relations if r.kind is RelationKind.ON), None)
    return None if to is None else plan.subjects[to].kind


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("A runner crosses the finish line", Action.RUN),
        ("a runner walks home", Action.WALK),
        ("A swimmer crosses a lake", Action.SWIM),
        ("a dancer goes across the stage", Action.DANCE),
        ("a cyclist passes by", Action.RIDE),
        ("a surfer crosses a wave", Action.SURF),
        ("a swimmer in a pool", Action.SWIM),
        ("a portrait of a ballerina", Action.IDLE),
        ("一个跑步者经过公园", Action.RUN),
    ],
)
def test_people_do_what_their_name_says(text: str, action: Action, lexicon: Lexicon) -> None:
    assert the(read_plan(text, seed=1, lexicon=lexicon), "person").action is action


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A kayaker paddles through rapids", 1),
        ("two people paddle a canoe", 2),
        ("people paddle a canoe", 4),
        ("两个人划皮划艇", 2),
    ],
)
def test_who_paddles_sits_in_the_boat(text: str, count: int, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    person = the(plan, "person")
    assert [s.kind for s in plan.subjects] == ["person", "canoe"]
    assert (person.count, person.action, person.relations[0].kind) == (count, Action.ROW, RelationKind.RIDING)


@pytest.mark.parametrize(
    ("text", "dish", "action"),
    [
        ("三个朋友在火锅店吃火锅", "hot_pot", Action.EAT),
        ("friends eat hot pot", "hot_pot", Action.EAT),
        ("一位老奶奶在厨房包饺子", "dumplings", Action.WORK),
        ("grandma makes dumplings", "dumplings", Action.WORK),
    ],
)
def test_dishes_are_on_the_table(text: str, dish: str, action: Action, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    person = the(plan, "person")
    assert (on(plan, the(plan, dish)), on(plan, person), person.action) == ("table", "chair", action)


def test_who_eats_alone_keeps_the_bowl(lexicon: Lexicon) -> None:
    plan = read_plan("a man eats noodles in the street", seed=1, lexicon=lexicon)
    assert not any(s.kind == "table" for s in plan.subjects)


@pytest.mark.parametrize(
    ("text", "setting", "place"),
    [
        ("A man waits at a crossing in heavy rain", Setting.CITY, Place.CITY),
        ("一个女人在十字路口等红灯", Setting.CITY, Place.CITY),
        ("A couple dances tango in a ballroom", Setting.ROOM, Place.BALLROOM),
        ("一对情侣在舞厅跳舞", Setting.ROOM, Place.BALLROOM),
        ("三个朋友在火锅店吃火锅", Setting.KITCHEN, Place.CAFE),
    ],
)
def test_places_of_everyday(text: str, setting: Setting, place: Place, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert (plan.setting, plan.place, plan.notes) == (setting, place, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tourists in front of the Eiffel Tower", "eiffel_tower"),
        ("埃菲尔铁塔前的游客", "eiffel_tower"),
        ("Big Ben at dusk", "clock_tower"),
        ("大本钟", "clock_tower"),
        ("a family before the Statue of Liberty", "liberty"),
        ("自由女神像", "liberty"),
        ("东方明珠的夜景", "pearl_tower"),
        ("天坛", "temple_of_heaven"),
        ("天安门", "gate_of_heavenly_peace"),
        ("the great sphinx", "sphinx"),
        ("金字塔", "pyramid"),
    ],
)
def test_landmarks_are_themselves(text: str, kind: str, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert the(plan, kind).asked is None
    assert plan.notes == ()


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("a man does push-ups", Action.PUSH_UP),
        ("女孩做俯卧撑", Action.PUSH_UP),
        ("a gymnast does a handstand", Action.HANDSTAND),
        ("一个男孩倒立", Action.HANDSTAND),
        ("a gymnast does a backflip", Action.SOMERSAULT),
    ],
)
def test_gymnastics(text: str, action: Action, lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert (the(plan, "person").action, plan.notes) == (action, ())


@pytest.mark.parametrize(
    ("text", "kind", "action", "setting"),
    [
        ("An eagle catches a fish from a lake", "eagle", Action.FLY, Setting.LAKE),
        ("一只老鹰抓鱼", "eagle", Action.FLY, Setting.LAKE),
        ("a bear catches a salmon", "bear", Action.CATCH, Setting.RIVER),
    ],
)
def test_who_catches_a_fish_has_it(
    text: str, kind: str, action: Action, setting: Setting, lexicon: Lexicon
) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    held = [r.kind for r in the(plan, "fish").relations]
    assert (plan.setting, the(plan, kind).action, held) == (setting, action, [RelationKind.HELD_BY])


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("A girl flies a kite on the beach with her father", [Action.HOLD, Action.STAND]),
        ("A barber cuts a man's hair", [Action.WORK, Action.IDLE]),
        ("老师在教室里给学生上课", [Action.SPEAK, Action.IDLE]),
        ("小男孩在沙滩上捡贝壳", [Action.HOLD]),
        ("A boy and a girl share an ice cream on a bench", [Action.HOLD, Action.HOLD]),
        ("一位书法家在写毛笔字", [Action.WRITE]),
        ("A toddler takes his first steps", [Action.WALK]),
    ],
)
def test_verbs_of_everyday(text: str, actions: list[Action], lexicon: Lexicon) -> None:
    plan = read_plan(text, seed=1, lexicon=lexicon)
    assert [s.action for s in plan.subjects if s.kind == "person"] == actions


def test_bride_and_groom_are_two(lexicon: Lexicon) -> None:
    assert the(read_plan("新郎新娘在教堂里接吻", seed=1, lexicon=lexicon), "person").count == 2


def test_a_panda_slides_without_skis(lexicon: Lexicon) -> None:
    plan = read_plan("A panda slides down a snowy hill", seed=1, lexicon=lexicon)
    assert the(plan, "panda").action is Action.SLIDE


def test_who_reads_has_a_book(lexicon: Lexicon) -> None:
    plan = read_plan("a girl reads under a tree", seed=1, lexicon=lexicon)
    assert the(plan, "book").relations[0].kind is RelationKind.HELD_BY


@pytest.mark.parametrize(
    ("text", "action", "count"),
    [
        ("A man shovels snow in front of his house", Action.DIG, 1),
        ("A farmer milks a cow", Action.WORK, 1),
        ("A ballerina ties her shoes", Action.KNEEL, 1),
        ("一对双胞胎姐妹在荡秋千", Action.SWAY, 2),
        ("一对夫妻在散步", Action.WALK, 2),
        ("一个女人在超市买菜", Action.HOLD, 1),
    ],
)
def test_everyday_people_keep_their_verb_and_number(
    text: str, action: Action, count: int, lexicon: Lexicon
) -> None:
    person = the(read_plan(text, seed=1, lexicon=lexicon), "person")
    assert (person.action, person.count) == (action, count)
