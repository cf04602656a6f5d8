"""Completes deeds with what they are done with: a can to water with, skis to ski on, snow to throw."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Garment, Relation, RelationKind, SubjectPlan, Wear
from kirin_video.engines.previs.reading.subjects.holding import is_held_by, people_of

_CANS = frozenset({"watering_can", "kettle", "bucket", "bottle", "teapot"})
_TOOLS = {
    Action.COMB: ("hairbrush", ("pen",)),
    Action.BRUSH_TEETH: ("toothbrush", ("pen",)),
    Action.LIFT: ("barbell", ()),
    Action.SELFIE: ("phone", ("camera_thing",)),
    Action.PHOTOGRAPH: ("camera_thing", ("phone",)),
    Action.READ: ("book", ("newspaper", "phone", "laptop", "signpost", "billboard", "map", "letter")),
}
"""What a deed is done with, and what else it may be."""
_WITH_SKIS = ("skier", "\u6ed1\u96ea\u8005", "\u6ed1\u96ea\u8fd0\u52a8\u5458", "\u6ed1\u96ea\u7684\u4eba")
_UPRIGHT = frozenset(
    {
        *(Action.SKI, Action.STAND, Action.IDLE, Action.LOOK, Action.WALK, Action.JUMP, Action.RUN),
        *(Action.DRIVE, Action.GLIDE, Action.TURN, Action.WAVE),
    }
)
"""What skiers do with their skis on."""
_GOING = frozenset({Action.IDLE, Action.DRIVE, Action.RUN, Action.GLIDE, Action.WALK, Action.TURN})
"""What skiers do on them, whatever it is called."""
_STALKS = frozenset({"bamboo"})
_FLOWERS = 7
_TOGETHER = RelationKind.WITH
_BEFORE = RelationKind.IN_FRONT_OF
_NEWBORN = 0.72
"""The size of a baby that is rocked, against one that sits."""

Subjects = list[SubjectPlan]


def hand_can(found: Subjects) -> None:
    """Who waters has a can, and something grows before him."""
    for one in [k for k, s in enumerate(found) if s.action is Action.WATER and not s.scenery]:
        if not any(s.kind in _CANS and is_held_by(s, one) for s in found):
            found.append(_in_hand(found, one, "watering_can", "watering can"))
        grown = [
            k for k, s in enumerate(found) if any(r.to == one and r.kind is _BEFORE for r in s.relations)
        ]
        for at in grown:
            found[at] = replace(found[at], scenery=False)
        if not grown:
            before = (Relation(RelationKind.IN_FRONT_OF, one),)
            found.append(SubjectPlan("flower", "flowers", count=_FLOWERS, relations=before))


def set_cake(found: Subjects) -> None:
    """A cake that somebody blows at stands on a table before him, the candles on it."""
    for one in [k for k in people_of(found) if found[k].action is Action.BLOW]:
        cake = next((k for k, s in enumerate(found) if s.kind == "cake" and not _is_on(s)), None)
        before = Relation(_BEFORE, one)
        for at, thing in enumerate(found):
            if thing.kind == "candle" and (cake is not None or _is_on(thing)):
                kept = tuple(r for r in thing.relations if r != before)
                on_it = () if _is_on(thing) or cake is None else (Relation(RelationKind.ON, cake),)
                found[at] = replace(thing, relations=(*on_it, *kept))
        if cake is not None:
            kept = tuple(r for r in found[cake].relations if r != before)
            found[cake] = replace(found[cake], relations=(Relation(RelationKind.ON, len(found)), *kept))
            found.append(SubjectPlan("table", "table", relations=(before,)))


def _is_on(thing: SubjectPlan) -> bool:
    return any(r.kind is RelationKind.ON for r in thing.relations)


def hand_tools(found: Subjects) -> None:
    """Who brushes hair or teeth, lifts weights or takes pictures has what it takes in his hands."""
    for one in people_of(found):
        wanted = _TOOLS.get(found[one].action)
        if found[one].action is Action.SELFIE and any(r.kind is _TOGETHER for r in found[one].relations):
            # One of them holds it; the others smile.
            found[one] = replace(found[one], action=Action.LAUGH)
            continue
        if wanted is None:
            continue
        kind, others = wanted
        if found[one].action is Action.READ and any(s.kind in {kind, *others} and s.relations for s in found):
            continue
        loose = next((k for k, s in enumerate(found) if s.kind in {kind, *others} and not s.relations), None)
        if loose is not None:
            held = (Relation(RelationKind.HELD_BY, one),)
            found[loose] = replace(found[loose], count=found[one].count, relations=held)
        elif not any(is_held_by(s, one) for s in found):
            found.append(_in_hand(found, one, kind, kind.replace("_", " ")))


def put_on_skis(found: Subjects) -> None:
    """Who skis has skis on and poles in both hands; who skates and rides no board has skates on."""
    for one in people_of(found):
        person = _on_blades(found[one])
        skis = person.action is Action.SKI or any(word in person.words.lower() for word in _WITH_SKIS)
        if skis and person.action in _UPRIGHT:
            goes = person.action in _GOING and not any(_carries(r) for r in person.relations)
            action = Action.SKI if goes else person.action
            found[one] = replace(person, action=action, wears=(*person.wears, Wear(Garment.SKIS)))
            if not any(is_held_by(s, one) for s in found):
                found.extend(_in_hand(found, one, "ski_pole", "ski poles") for _ in "lr")
        elif person.action is Action.SKATE and not any(_carries(r) for r in person.relations):
            on_feet = any(w.garment is Garment.SKATES for w in person.wears)
            skates = () if on_feet else (Wear(Garment.SKATES),)
            found[one] = replace(person, wears=(*person.wears, *skates))


def _on_blades(person: SubjectPlan) -> SubjectPlan:
    """An ice skater of whom nothing else is said skates."""
    skater = person.action is Action.IDLE and any(w.garment is Garment.SKATES for w in person.wears)
    return replace(person, action=Action.SKATE) if skater else person


def make_snowballs(found: Subjects) -> None:
    """Who throws snow at others has snowballs: everybody his own."""
    throwing = [k for k in people_of(found) if Action.SNOWBALL in {found[k].action, *found[k].also}]
    if not throwing:
        return
    count = sum(found[k].count for k in throwing)
    balls = next((k for k, s in enumerate(found) if s.kind == "snowball"), None)
    if balls is None:
        balls = len(found)
        found.append(SubjectPlan("snowball", "snowballs"))
    if count == 1:
        (one,) = throwing
        found[one] = replace(found[one], action=Action.THROW)
        found[balls] = replace(found[balls], relations=(Relation(RelationKind.HELD_BY, one),))
        return
    for k in throwing:
        kept = tuple(r for r in found[k].relations if r.to not in {balls, *throwing})
        found[k] = replace(found[k], action=Action.SNOWBALL, relations=kept)
    between = tuple(Relation(RelationKind.BETWEEN, k) for k in throwing)
    found[balls] = replace(found[balls], count=count, action=Action.THROW, relations=between)


def cut_stalks(found: Subjects) -> None:
    """An animal that eats bamboo has a stalk of it in its paws."""
    for at, food in enumerate(found):
        eaters = [k for k, s in enumerate(found) if s.action is Action.EAT and s.kind != "person"]
        eater = next((k for k in eaters if _is_eaten_by(found, at, k)), None)
        if food.kind in _STALKS and eater is not None:
            held = (Relation(RelationKind.HELD_BY, eater),)
            kept = tuple(r for r in found[eater].relations if r.to != at)
            found[eater] = replace(found[eater], relations=kept)
            found[at] = replace(
                food, kind="bamboo_stalk", asked=None, count=found[eater].count, scenery=False, relations=held
            )


def lay_in_arms(found: Subjects) -> None:
    """Who rocks has somebody in the arms; else it is a chair that rocks, or only he."""
    for one in [k for k in people_of(found) if Action.ROCK in {found[k].action, *found[k].also}]:
        found[one] = replace(found[one], action=Action.ROCK)
        for at in [k for k, s in enumerate(found) if s.kind == "person" and is_held_by(s, one)]:
            found[at] = replace(found[at], size=_NEWBORN * found[at].size)
        if not any(is_held_by(s, one) for s in found):
            seated = any(_carries(r) for r in found[one].relations)
            found[one] = replace(found[one], action=Action.SIT if seated else Action.SWAY)


def _is_eaten_by(found: Subjects, food: int, eater: int) -> bool:
    mine = any(r.to == food for r in found[eater].relations)
    return mine or any(r.to == eater for r in found[food].relations) or not found[food].relations


def _in_hand(found: Subjects, one: int, kind: str, words: str) -> SubjectPlan:
    return SubjectPlan(kind, words, count=found[one].count, relations=(Relation(RelationKind.HELD_BY, one),))


def _carries(relation: Relation) -> bool:
    return relation.kind in {RelationKind.RIDING, RelationKind.ON}
