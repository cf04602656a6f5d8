"""Serves what people eat together or make by hand: it is on a table, and they sit or stand at it."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

SHARED = frozenset({"hot_pot", "dumplings", "noodles", "pizza", "sushi", "meal", "soup", "mooncakes", "cake"})
"""What several people eat from a table."""
_NEVER_IN_HAND = frozenset({"hot_pot"})
_MADE = frozenset({"dumplings", "noodles", "pizza", "sushi", "mooncakes", "bread", "vegetables", "soup"})
"""What is made on a table."""
_CUT = frozenset({"vegetables", "bread", "soup"})
"""What is made standing."""
_BOARDS = frozenset({"cutting_board"})
_CUT_UP = frozenset(
    {
        "carrot",
        "vegetable",
        "eggplant",
        "pineapple",
        "apple",
        "lemon",
        "orange_fruit",
        "banana",
        "watermelon",
        "fish",
    }
)
"""What is cut up raw."""
_MAKING = frozenset({Action.IDLE, Action.WORK, Action.COOK})
_PLACED = frozenset({RelationKind.ON, RelationKind.IN, RelationKind.UNDER})


def share_meals(found: list[SubjectPlan]) -> None:
    """Put a dish that people share, or make by hand, on a table, and them at it.

    One who eats alone keeps the bowl in his hands; who stands at a market stall or sits on something has what
    he needs already.
    """
    if any(s.kind in {"table", "desk", "picnic", "blanket"} for s in found):
        return
    _work_at_boards(found)
    for at, dish in enumerate(tuple(found)):
        one = _whose(found, dish)
        if one is None or any(r.kind in _PLACED for r in (*dish.relations, *found[one].relations)):
            continue
        eater = found[one]
        shared = eater.count > 1 or dish.kind in _NEVER_IN_HAND
        eats = eater.action in {Action.EAT, Action.SIT} and dish.kind in SHARED and shared
        makes = eater.action in _MAKING and dish.kind in _MADE
        if eats or makes:
            table = len(found)
            found.append(SubjectPlan("table", "table"))
            found[at] = replace(dish, relations=(Relation(RelationKind.ON, table),))
            action = Action.WORK if makes else Action.EAT
            stands = makes and dish.kind in _CUT
            at_it = RelationKind.BEHIND if stands else RelationKind.BESIDE
            beside = (Relation(at_it, table), *eater.relations)
            found[one] = replace(eater, action=action, relations=beside)
            return


def _work_at_boards(found: list[SubjectPlan]) -> None:
    """Who cuts something on a board stands at a table with the board and that on it: not on the board."""
    boards = {at for at, s in enumerate(found) if s.kind in _BOARDS}
    on_board = (k for k, s in enumerate(found) if s.kind == "person" and any(_on(s, at) for at in boards))
    if (one := next(on_board, None)) is None:
        return
    table = len(found)
    found.append(SubjectPlan("table", "table"))
    on_table = (Relation(RelationKind.ON, table),)
    for at, thing in enumerate(found):
        held = any(r.kind is RelationKind.HELD_BY and r.to == one for r in thing.relations)
        if at in boards or (held and thing.kind in SHARED | _MADE | _CUT_UP):
            found[at] = replace(thing, relations=on_table)
    relations = tuple(r for r in found[one].relations if r.to not in boards)
    at_it = (Relation(RelationKind.BEHIND, table), *relations)
    found[one] = replace(found[one], action=Action.WORK, relations=at_it)


def _on(subject: SubjectPlan, other: int) -> bool:
    return any(r.kind is RelationKind.ON and r.to == other for r in subject.relations)


def _whose(found: list[SubjectPlan], dish: SubjectPlan) -> int | None:
    """Who holds a dish, or is there with it; None where nobody is, or the world shows it anyway."""
    if dish.scenery or dish.kind not in SHARED | _MADE:
        return None
    holder = next((r.to for r in dish.relations if r.kind is RelationKind.HELD_BY), None)
    if holder is None and all(r.kind is RelationKind.IN_FRONT_OF for r in dish.relations):
        holder = next((k for k, s in enumerate(found) if s.kind == "person" and not s.scenery), None)
    return holder if holder is not None and found[holder].kind == "person" else None
