"""Reads what deeds are done with and prompts leave out: dough, a shaker, a net, a swing, a hose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Action,
    Age,
    Heading,
    Place,
    Relation,
    RelationKind,
    Setting,
    SubjectPlan,
)
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.subjects.holding import is_held_by, people_of
from kirin_video.engines.previs.reading.world import NAMED, PlaceWish, WorldWish

Subjects = list[SubjectPlan]

_KNEADED = re.compile(r"\bknead\w*\b|揉面|和面", re.IGNORECASE)
_ROLLED = re.compile(r"\bdough\b|擀面|擀\S{0,3}皮", re.IGNORECASE)
_WRAPPED = re.compile(r"包(?:饺子|包子|馄饨|粽子|汤圆)")
_SHAKEN = re.compile(
    r"\b(?:shak|mix)\w*\b[^.,;]{0,24}\b(?:cocktails?|drinks?|martinis?|shaker)\b|摇\w{0,4}(?:鸡尾酒|调酒|酒)"
    r"|调(?:制)?\w{0,4}(?:鸡尾酒|酒)",
    re.IGNORECASE,
)
_NETS = re.compile(
    r"\b(?:cast|throw|haul|pull|drag|mend)\w*\b[^.,;]{0,16}\bnets?\b|撒网|收网|拉网|渔网", re.IGNORECASE
)
_SWUNG = re.compile(
    r"荡(?:着|起)?秋千|\bswing\w*\b[^.,;]{0,12}\b(?:in|at) (?:the|a) (?:park|playground)\b", re.IGNORECASE
)
_DOUSED = re.compile(
    r"\b(?:put|puts|putting)\b[^.,;]{0,12}\bout\b[^.,;]{0,16}\b(?:fire|flames?|blaze)\b"
    r"|\b(?:extinguish|fight|douse|battl)\w*\b[^.,;]{0,20}\b(?:fires?|flames?|blaze)\b"
    r"|\bspray\w*\b[^.,;]{0,12}\bwater\b[^.,;]{0,24}\b(?:fire|flames?|blaze|burning)\b|\bfire ?hose\b"
    r"|灭火|扑灭|救火|扑火|浇灭|消防水(?:枪|带|管)",
    re.IGNORECASE,
)
_LEAVING = re.compile(
    r"\b(?:departing|leaving|moving)\s+train\b|\btrain\b[^.,;]{0,20}\b(?:leav|depart|pull)\w*"
    r"|\bcatch\w*\b[^.,;]{0,16}\btrain\b|[赶追]\w{0,6}(?:火车|列车|高铁|地铁)",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"\b(?:from|out of)\b (?:a |the )?(?:smoky|smoking|smoke-?filled|burning|flaming)"
    r" (?:building|house|home|apartment)\b"
    r"|浓烟\w{0,4}(?:楼|房|建筑)",
    re.IGNORECASE,
)
_SAWN = re.compile(r"\bsaw(?:s|ing)\b|锯(?!齿)", re.IGNORECASE)
_WHEELED = re.compile("推\\w{0,2}坐\\w{0,2}轮椅")
_HUGGED = re.compile("抱着")
_TRAFFIC = re.compile(r"\btraffic\b|车流", re.IGNORECASE)
_BRIDGED = re.compile(
    r"\b(?:under|beneath|below)\b (?:a |the )?(?:\w+ )?bridge\b|桥(?:下|底下|洞里)", re.IGNORECASE
)
_BOARDED = re.compile(
    r"\b(?:to|towards?|board\w*)\b (?:an? |the |his |her |their )?(?:\w+ )?(?:air)?planes?\b"
    r"|登机|走向\w{0,4}飞机|登?上\w{0,4}飞机",
    re.IGNORECASE,
)
_LIT = re.compile(
    r"\bbackstage\b|\b(?:in|into|under|to)\b (?:the|a) spotlight\b|后台|聚光灯(?:下|里|中)", re.IGNORECASE
)
_TAUGHT = re.compile(r"\bin (?:a |the )?class\b|\bduring (?:a |the )?(?:class|lesson)\b", re.IGNORECASE)
_PLACES: tuple[tuple[re.Pattern[str], Place], ...] = (
    (_KNEADED, Place.KITCHEN),
    (_ROLLED, Place.KITCHEN),
    (_WRAPPED, Place.KITCHEN),
    (_SHAKEN, Place.BAR),
    (_SAWN, Place.WORKSHOP),
    (_SWUNG, Place.PARK),
    (_LEAVING, Place.STATION),
    (_BOARDED, Place.AIRPORT),
    (_TAUGHT, Place.CLASSROOM),
    (_LIT, Place.STAGE),
    (_SAVED, Place.VILLAGE),
)
"""Where what is done is done, when no place is named."""
_DRINKS = frozenset({"wine_glass", "glass", "bottle", "cup", "shaker"})
_FISH = frozenset({"fish", "salmon", "trout", "carp"})
_BOATS = frozenset({"boat", "canoe", "fishing_boat", "sailboat", "ship"})
_BOARDS = frozenset({"plank", "log", "cutting_board", "timber", "sawn_board"})
_PASTE = frozenset({"dough"})
_TABLES = frozenset({"table", "desk"})
_ON_FOOT = frozenset({Action.WALK, Action.RUN, Action.CLIMB, Action.IDLE, Action.RIDE})
_IN_TRAFFIC = frozenset({"scooter", "motorcycle", "bicycle"})
"""What traffic of its own would hide."""
_HOUSES = frozenset({"house", "building", "cabin", "barn"})
_TRAINS = frozenset({"train", "steam_train", "bullet_train", "subway_train"})
_WITH_HANDLES = frozenset({"stroller", "wheelchair", "shopping_cart"})
_ON_STAGE = frozenset({RelationKind.RIDING, RelationKind.ON, RelationKind.IN})
_FIREFIGHTERS = re.compile(r"\bfire ?(?:fighter|man|men|crew)s?\b|消防员|消防队|消防战士", re.IGNORECASE)


def where_errands_are(world: WorldWish, text: str, lexicon: Lexicon) -> WorldWish:
    """The world, at the place where a deed is done; a place that the prompt names stays."""
    balcony = next((wish for wish in world.places if wish.place is Place.BALCONY), None)
    if balcony is not None:
        # A roof terrace: from up there one sees the town; in the street nobody is on a balcony.
        roof = PlaceWish(Place.ROOFTOP, Setting(lexicon.worlds[Place.ROOFTOP]), "exact", balcony.text)
        return replace(world, places=(roof,), setting=roof.world)
    place = next((place for said, place in _PLACES if said.search(text)), None)
    if place is None or any(wish.grade in NAMED for wish in world.places):
        return world
    wish = PlaceWish(place, Setting(lexicon.worlds[place]), "hint", "")
    return replace(world, places=(wish,), setting=wish.world)


def with_their_things(subjects: tuple[SubjectPlan, ...], text: str) -> tuple[SubjectPlan, ...]:
    """The subjects, and what they do their deeds with.

    Args:
        subjects: everybody, before they are completed with what their deeds need.
        text: the prompt.
    """
    found = list(subjects)
    steps: tuple[tuple[re.Pattern[str], Callable[[Subjects, int], None]], ...] = (
        (_KNEADED, _knead),
        (_ROLLED, _roll_dough),
        (_WRAPPED, _wrap),
        (_SAWN, _saw),
        (_SHAKEN, _shake),
        (_NETS, _haul_net),
        (_SWUNG, _put_on_swing),
        (_DOUSED, _douse),
        (_SAVED, _come_from),
        (_BOARDED, _go_aboard),
        (_WHEELED, _push_chair),
        (_HUGGED, _take_up),
        (_BRIDGED, _by_the_arch),
    )
    for said, step in steps:
        people = people_of(found)
        if people and said.search(text):
            step(found, people[0])
    found = [_in_arms(_with_a_handle(s, found), found) for s in found]
    if _TRAFFIC.search(text) and any(s.kind in _IN_TRAFFIC for s in found):
        found = [
            replace(s, scenery=True) if s.kind == "car" and _TRAFFIC.search(s.words) else s for s in found
        ]
    if _LIT.search(text):
        found = [replace(s, scenery=True) if "spot" in s.words or "聚光灯" in s.words else s for s in found]
    if _LEAVING.search(text):
        found = [_after_the_train(s) for s in found]
    return tuple(found)


def _knead(found: Subjects, one: int) -> None:
    """Who makes dough stands behind a table that it lies on."""
    table = _at(found, _TABLES)
    if table is None:
        table = len(found)
        found.append(SubjectPlan("table", "table"))
    paste = _at(found, _PASTE)
    if paste is None:
        paste = len(found)
        found.append(SubjectPlan("dough", "dough"))
    found[table] = replace(found[table], relations=())
    found[paste] = replace(found[paste], relations=(Relation(RelationKind.ON, table),))
    kept = tuple(r for r in found[one].relations if r.to not in {table, paste})
    behind = Relation(RelationKind.BEHIND, table)
    found[one] = replace(found[one], action=Action.WORK, relations=(behind, *kept))


def _roll_dough(found: Subjects, one: int) -> None:
    """Who rolls dough out has a pin in his hands."""
    if _at(found, _PASTE) is not None and any(r.kind is RelationKind.BEHIND for r in found[one].relations):
        return
    _knead(found, one)
    pin = _at(found, frozenset({"rolling_pin"}))
    if pin is None:
        found.append(_in_hand("rolling_pin", "rolling pin", one))
    else:
        found[pin] = replace(found[pin], relations=(Relation(RelationKind.HELD_BY, one),))


def _saw(found: Subjects, one: int) -> None:
    """Who saws has a saw, and the board before him on a table."""
    table = _at(found, _TABLES)
    if table is None:
        table = len(found)
        found.append(SubjectPlan("table", "workbench"))
    on_it = (Relation(RelationKind.ON, table),)
    board = _at(found, _BOARDS)
    if board is None:
        found.append(SubjectPlan("sawn_board", "board", relations=on_it))
    else:
        found[board] = replace(found[board], kind="sawn_board", asked=None, scenery=False, relations=on_it)
    found[table] = replace(found[table], relations=())
    kept = tuple(r for r in found[one].relations if r.to not in {table, board})
    behind = Relation(RelationKind.BEHIND, table)
    found[one] = replace(found[one], action=Action.WORK, relations=(behind, *kept))
    tool = _at(found, frozenset({"hand_saw"}))
    if tool is None:
        found.append(_in_hand("hand_saw", "saw", one))
    else:
        found[tool] = replace(found[tool], relations=(Relation(RelationKind.HELD_BY, one),))


def _wrap(found: Subjects, one: int) -> None:
    """Who makes dumplings has them before him."""
    if _at(found, frozenset({"dumplings"})) is None:
        found[one] = replace(found[one], action=Action.WORK)
        found.append(_in_hand("dumplings", "dumplings", one))


def _shake(found: Subjects, one: int) -> None:
    """A drink that is shaken is in a shaker."""
    drink = _at(found, _DRINKS)
    if drink is None:
        drink = len(found)
        found.append(SubjectPlan("shaker", "cocktail shaker"))
    held = (Relation(RelationKind.HELD_BY, one),)
    found[drink] = replace(found[drink], kind="shaker", asked=None, count=found[one].count, relations=held)
    kept = tuple(r for r in found[one].relations if r.to != drink)
    found[one] = replace(found[one], action=Action.HOLD, relations=kept)
    if _at(found, _TABLES) is None:
        behind = Relation(RelationKind.BEHIND, len(found))
        found.append(SubjectPlan("bar_counter", "bar counter"))
        found[one] = replace(found[one], relations=(behind, *kept))


def _haul_net(found: Subjects, one: int) -> None:
    """Fish in a net hang in it from the fisher's hands; he stands in his boat."""
    net = _at(found, frozenset({"fishing_net"}))
    fish = _at(found, _FISH)
    held = (Relation(RelationKind.HELD_BY, one),)
    if net is None and fish is not None:
        net = fish
    if net is None:
        found.append(_in_hand("fishing_net", "fishing net", one))
    else:
        found[net] = replace(
            found[net], kind="fishing_net", asked=None, count=1, action=Action.IDLE, relations=held
        )
    boat = _at(found, _BOATS)
    if boat is not None:
        aboard = Relation(RelationKind.ON, boat)
        kept = tuple(r for r in found[one].relations if r.to not in {boat, net})
        found[one] = replace(found[one], action=Action.STAND, relations=(aboard, *kept))


def _put_on_swing(found: Subjects, one: int) -> None:
    """Who swings sits on a swing."""
    swinger = found[one]
    if _at(found, frozenset({"swing", "porch_swing"})) is None and not _is_borne(swinger):
        on = Relation(RelationKind.ON, len(found))
        found.append(SubjectPlan("swing", "swing", count=min(swinger.count, 2)))
        found[one] = replace(swinger, action=Action.SWAY, relations=(on, *swinger.relations))


def _douse(found: Subjects, one: int) -> None:
    """Who puts out a fire has a hose; what burns is before him."""
    one = next((k for k in people_of(found) if _FIREFIGHTERS.search(found[k].words)), one)
    if not any(is_held_by(s, one) for s in found):
        found.append(replace(_in_hand("fire_hose", "fire hose", one), count=found[one].count))
    burning = next((k for k, s in enumerate(found) if s.action is Action.BURN), None)
    if burning is None:
        burning = next(
            (k for k, s in enumerate(found) if s.kind in {"house", "building", "car", "barn"}), None
        )
    if burning is None:
        burning = len(found)
        found.append(SubjectPlan("house", "house"))
    found[burning] = replace(found[burning], action=Action.BURN)
    kept = tuple(r for r in found[one].relations if r.to != burning)
    towards = Relation(RelationKind.FACING, burning)
    found[one] = replace(found[one], action=Action.HOLD, relations=(towards, *kept))


def _come_from(found: Subjects, one: int) -> None:
    """Whoever is saved comes out of a house on fire."""
    if found[one].action in {Action.CARRY, Action.RUN, Action.WALK} and _at(found, _HOUSES) is None:
        out = Relation(RelationKind.AWAY_FROM, len(found))
        found.append(SubjectPlan("house", "house", action=Action.BURN))
        found[one] = replace(found[one], relations=(out, *found[one].relations))


def _go_aboard(found: Subjects, one: int) -> None:
    """An aeroplane that somebody walks to stands on the ground, and he goes there, away from the viewer."""
    plane = _at(found, frozenset({"airplane", "jet", "biplane"}))
    if plane is not None and found[one].action in _ON_FOOT:
        found[plane] = replace(found[plane], action=Action.STOP)
        kept = tuple(r for r in found[one].relations if r.to != plane)
        before = Relation(RelationKind.IN_FRONT_OF, plane)
        found[one] = replace(
            found[one],
            action=Action.WALK,
            heading=found[one].heading or Heading.AWAY,
            relations=(before, *kept),
        )


def _by_the_arch(found: Subjects, one: int) -> None:
    """Who is under a bridge is seen before its arch, in the light of a lamp."""
    bridge = _at(found, frozenset({"bridge"}))
    under = [r for r in found[one].relations if r.kind is RelationKind.UNDER and r.to == bridge]
    if bridge is not None and under:
        kept = tuple(r for r in found[one].relations if r not in under)
        before = Relation(RelationKind.IN_FRONT_OF, bridge)
        found[one] = replace(found[one], relations=(before, *kept))
        found.append(
            SubjectPlan("street_lamp", "street lamp", relations=(Relation(RelationKind.BESIDE, one),))
        )


def _push_chair(found: Subjects, one: int) -> None:
    """Of two with a wheelchair the second sits in it, and the first pushes."""
    chair = _at(found, frozenset({"wheelchair"}))
    other = next((k for k in people_of(found) if k != one), None)
    if chair is None or other is None:
        return
    found[one] = replace(found[one], action=Action.PUSH, relations=(Relation(RelationKind.BEHIND, chair),))
    seated = (Relation(RelationKind.IN, chair),)
    found[other] = replace(found[other], action=Action.IDLE, also=(), heading=None, relations=seated)
    found[chair] = replace(found[chair], action=Action.IDLE, relations=())


def _take_up(found: Subjects, one: int) -> None:
    """A child that somebody holds who walks, or that sleeps, is carried."""
    doing = {found[one].action, *found[one].also}
    child = next((k for k in people_of(found) if k != one and found[k].age is Age.CHILD), None)
    if child is None or not doing & {Action.HUG, Action.HOLD}:
        return
    if doing & {Action.WALK, Action.RUN} or found[child].action is Action.SLEEP:
        kept = tuple(r for r in found[one].relations if r.to != child)
        found[one] = replace(found[one], action=Action.CARRY, also=(), relations=kept)
        held = (Relation(RelationKind.HELD_BY, one),)
        found[child] = replace(found[child], action=Action.LIE, also=(), relations=held)


def _in_arms(one: SubjectPlan, found: Subjects) -> SubjectPlan:
    """Somebody who is carried lies in the arms of whoever carries him; babies are held upright."""
    grown = one.kind == "person" and one.action is Action.IDLE and one.age is not Age.BABY
    holders = [r.to for r in one.relations if r.kind is RelationKind.HELD_BY and r.to is not None]
    carried = any(found[k].kind == "person" and found[k].action is Action.CARRY for k in holders)
    return replace(one, action=Action.LIE) if grown and carried else one


def _with_a_handle(one: SubjectPlan, found: Subjects) -> SubjectPlan:
    """Who pushes something by its handle, or somebody who sits in it, walks behind it."""
    if one.action is not Action.PUSH and Action.PUSH not in one.also:
        return one
    for k, relation in enumerate(one.relations):
        if relation.kind is not RelationKind.BEHIND or relation.to is None:
            continue
        pushed = found[relation.to]
        seat = next((r.to for r in pushed.relations if r.kind in _ON_STAGE and r.to is not None), None)
        cart = relation.to if pushed.kind in _WITH_HANDLES else seat
        if cart is not None and found[cart].kind in _WITH_HANDLES:
            others = (*one.relations[:k], Relation(RelationKind.BEHIND, cart), *one.relations[k + 1 :])
            walks = one.action is Action.PUSH
            also = tuple(dict.fromkeys((*one.also, Action.PUSH)))
            return replace(
                one,
                action=Action.WALK if walks else one.action,
                also=also if walks else one.also,
                relations=others,
            )
    return one


def _after_the_train(one: SubjectPlan) -> SubjectPlan:
    """A train that leaves goes away from the viewer, and so does whoever runs after it."""
    if one.kind in _TRAINS and one.action in {Action.IDLE, Action.DRIVE, Action.WALK}:
        return replace(one, action=Action.DRIVE, heading=one.heading or Heading.AWAY)
    hurries = one.kind == "person" and one.action in {Action.RUN, Action.CATCH, Action.TROT}
    return replace(one, action=Action.RUN, heading=one.heading or Heading.AWAY) if hurries else one


def _is_borne(subject: SubjectPlan) -> bool:
    return any(r.kind in _ON_STAGE for r in subject.relations)


def _at(found: Subjects, kinds: frozenset[str]) -> int | None:
    return next((k for k, s in enumerate(found) if s.kind in kinds and not s.scenery), None)


def _in_hand(kind: str, words: str, one: int) -> SubjectPlan:
    return SubjectPlan(kind, words, relations=(Relation(RelationKind.HELD_BY, one),))
