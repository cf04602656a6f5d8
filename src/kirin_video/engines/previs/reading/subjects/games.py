"""Completes games: a rope for everybody who skips, and what is thrown from one to the other."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.subjects.holding import is_held_by, people_of

_THROWN = frozenset({"frisbee"})
"""What people throw to each other, whatever else is said."""
_BALLS = frozenset({"ball", "football", "beach_ball", "basketball", "tennis_ball"})
_PASSED = frozenset({Action.THROW, Action.CATCH})
_FETCHING = frozenset({Action.PLAY, Action.THROW, Action.IDLE, Action.STAND, Action.HOLD})
_FETCHERS = frozenset({"dog"})
_FRIED = frozenset({"pancakes"})
_PANS = frozenset({"frying_pan", "cooking_pot", "stove"})
_HANDBALL = 0.6
"""The size of a ball for one hand, against one for the beach."""
_BLANKET = "picnic"
_LOUNGING = frozenset(
    {Action.IDLE, Action.SIT, Action.EAT, Action.DRINK, Action.HOLD, Action.PICNIC, Action.LIE}
)
_KNITTED = frozenset({"bag", "knitting", "garment", "soap"})
"""What clothes that nobody wears are drawn as, and wool."""
_FODDER = frozenset({"apple", "carrot", "bread", "banana", "egg", "hay_bale", "bottle", "lemon", "corn"})
_ROPE = "jump_rope"
_STILL = frozenset({Action.IDLE, Action.STAND, Action.PLAY, Action.HOLD, Action.JUMP, Action.WORK})
"""What those who have a rope are said to do who skip over it."""

Subjects = list[SubjectPlan]


def give_ropes(found: Subjects) -> None:
    """Everybody who skips holds a rope of his own."""
    people = people_of(found)
    for one in [k for k in people if found[k].action is Action.SKIP]:
        if not any(s.kind == _ROPE and is_held_by(s, one) for s in found):
            found.append(SubjectPlan(_ROPE, "jump rope", relations=(Relation(RelationKind.HELD_BY, one),)))
    for at, rope in enumerate(found):
        one = next((k for k in people if is_held_by(rope, k)), None)
        if rope.kind != _ROPE or one is None:
            continue
        skips = found[one].action in _STILL
        found[one] = replace(found[one], action=Action.SKIP if skips else found[one].action)
        found[at] = replace(rope, count=found[one].count, action=Action.IDLE)


def spread_blanket(found: Subjects) -> None:
    """Who has a picnic sits round a blanket with a basket on it."""
    people = people_of(found)
    blanket = next((k for k, s in enumerate(found) if s.kind == _BLANKET), None)
    if blanket is None and any(found[k].action is Action.PICNIC for k in people):
        blanket = len(found)
        found.append(SubjectPlan(_BLANKET, "picnic blanket"))
    if blanket is None:
        return
    found[blanket] = replace(found[blanket], relations=())
    for one in people:
        if found[one].action in _LOUNGING:
            kept = tuple(r for r in found[one].relations if r.to != blanket)
            at_it = Relation(RelationKind.AROUND, blanket)
            found[one] = replace(found[one], action=Action.PICNIC, relations=(at_it, *kept))


def wind_wool(found: Subjects) -> None:
    """Who knits sits on a chair with needles and wool; what is knitted is on the needles."""
    people = people_of(found)
    for one in [k for k in people if found[k].action is Action.KNIT]:
        held = [k for k, s in enumerate(found) if is_held_by(s, one) and s.kind in _KNITTED]
        for at in held:
            found[at] = replace(found[at], kind="knitting", asked=None)
        if not held:
            wool = SubjectPlan("knitting", "knitting", relations=(Relation(RelationKind.HELD_BY, one),))
            found.append(replace(wool, count=found[one].count))
        if not any(r.kind is RelationKind.ON for r in found[one].relations):
            seat = (Relation(RelationKind.ON, len(found)), *found[one].relations)
            found.append(SubjectPlan("chair", "chair", count=found[one].count))
            found[one] = replace(found[one], relations=seat)


def hand_food(found: Subjects) -> None:
    """What an animal is fed with is in the hand of whoever feeds it."""
    feeder = next((k for k, s in enumerate(found) if s.kind == "person" and s.action is Action.FEED), None)
    for at, food in enumerate(found):
        if feeder is not None and food.kind in _FODDER and not food.relations and not food.scenery:
            found[at] = replace(food, relations=(Relation(RelationKind.HELD_BY, feeder),))


def fry(found: Subjects) -> None:
    """Pancakes that somebody cooks are in a pan in his hand."""
    for at, food in enumerate(found):
        cook = next((k for k, s in enumerate(found) if s.action is Action.COOK and is_held_by(food, k)), None)
        if food.kind not in _FRIED or cook is None or any(s.kind in _PANS for s in found):
            continue
        one = replace(food, kind="pancake", count=1) if food.kind == "pancakes" else food
        found[at] = replace(one, relations=(Relation(RelationKind.ON, len(found)),))
        found.append(SubjectPlan("skillet", "pan", relations=(Relation(RelationKind.HELD_BY, cook),)))


def throw_over(found: Subjects) -> None:
    """A frisbee, or a ball that is thrown and caught, flies from one to the other."""
    _add_ball(found)
    for at, thing in enumerate(found):
        people = people_of(found)
        doing = {a for k in people for a in (found[k].action, *found[k].also)}
        if thing.kind not in _THROWN and not (thing.kind in _BALLS and doing & _PASSED):
            continue
        if sum(found[k].count for k in people) > 1:
            pair = people[:1] if found[people[0]].count > 1 else people[:2]
            for k in pair:
                kept = tuple(r for r in found[k].relations if r.to != at)
                found[k] = replace(found[k], action=Action.STAND, relations=kept)
            between = tuple(Relation(RelationKind.BETWEEN, k) for k in pair)
            found[at] = replace(thing, count=1, action=Action.THROW, relations=between)
        elif thing.kind in _THROWN:
            _fetch(found, at, people)


def _add_ball(found: Subjects) -> None:
    """Who plays catch with somebody has a ball, where nothing is named that could be thrown."""
    throwing = [s for s in found if s.kind == "person" and not s.scenery and s.action is Action.THROW]
    if sum(s.count for s in throwing) > 1 and all(s.kind == "person" or s.scenery for s in found):
        found.append(SubjectPlan("ball", "ball", size=_HANDBALL))


def _fetch(found: Subjects, at: int, people: list[int]) -> None:
    """A dog has caught the frisbee that its master threw."""
    dog = next((k for k, s in enumerate(found) if s.kind in _FETCHERS), None)
    if dog is None:
        return
    found[at] = replace(found[at], action=Action.IDLE, relations=(Relation(RelationKind.HELD_BY, dog),))
    others = tuple(r for r in found[dog].relations if r.to != at)
    runs = found[dog].action in {Action.IDLE, Action.PLAY, Action.CATCH, Action.THROW}
    found[dog] = replace(found[dog], action=Action.RUN if runs else found[dog].action, relations=others)
    for k in people:
        if found[k].action in _FETCHING:
            found[k] = replace(found[k], relations=tuple(r for r in found[k].relations if r.to != at))
