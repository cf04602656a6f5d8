"""What an errand is run with: dough and its pin, a saw, a shaker, a net, a swing, a hose."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Action,
    Relation,
    RelationKind,
    SubjectPlan,
)
from kirin_video.engines.previs.reading.errand_finding import Subjects, at, in_hand
from kirin_video.engines.previs.reading.errand_words import FIREFIGHTERS
from kirin_video.engines.previs.reading.subjects.holding import is_held_by, people_of

_DRINKS = frozenset({"wine_glass", "glass", "bottle", "cup", "shaker"})
_FISH = frozenset({"fish", "salmon", "trout", "carp"})
_BOATS = frozenset({"boat", "canoe", "fishing_boat", "sailboat", "ship"})
_BOARDS = frozenset({"plank", "log", "cutting_board", "timber", "sawn_board"})
_PASTE = frozenset({"dough"})
_TABLES = frozenset({"table", "desk"})
_BEARING = frozenset({RelationKind.RIDING, RelationKind.ON, RelationKind.IN})


def knead(found: Subjects, one: int) -> None:
    """Who makes dough stands behind a table that it lies on."""
    table = at(found, _TABLES)
    if table is None:
        table = len(found)
        found.append(SubjectPlan("table", "table"))
    paste = at(found, _PASTE)
    if paste is None:
        paste = len(found)
        found.append(SubjectPlan("dough", "dough"))
    found[table] = replace(found[table], relations=())
    found[paste] = replace(found[paste], relations=(Relation(RelationKind.ON, table),))
    kept = tuple(r for r in found[one].relations if r.to not in {table, paste})
    behind = Relation(RelationKind.BEHIND, table)
    found[one] = replace(found[one], action=Action.WORK, relations=(behind, *kept))


def roll_dough(found: Subjects, one: int) -> None:
    """Who rolls dough out has a pin in his hands."""
    if at(found, _PASTE) is not None and any(r.kind is RelationKind.BEHIND for r in found[one].relations):
        return
    knead(found, one)
    pin = at(found, frozenset({"rolling_pin"}))
    if pin is None:
        found.append(in_hand("rolling_pin", "rolling pin", one))
    else:
        found[pin] = replace(found[pin], relations=(Relation(RelationKind.HELD_BY, one),))


def saw(found: Subjects, one: int) -> None:
    """Who saws has a saw, and the board before him on a table."""
    table = at(found, _TABLES)
    if table is None:
        table = len(found)
        found.append(SubjectPlan("table", "workbench"))
    on_it = (Relation(RelationKind.ON, table),)
    board = at(found, _BOARDS)
    if board is None:
        found.append(SubjectPlan("sawn_board", "board", relations=on_it))
    else:
        found[board] = replace(found[board], kind="sawn_board", asked=None, scenery=False, relations=on_it)
    found[table] = replace(found[table], relations=())
    kept = tuple(r for r in found[one].relations if r.to not in {table, board})
    behind = Relation(RelationKind.BEHIND, table)
    found[one] = replace(found[one], action=Action.WORK, relations=(behind, *kept))
    tool = at(found, frozenset({"hand_saw"}))
    if tool is None:
        found.append(in_hand("hand_saw", "saw", one))
    else:
        found[tool] = replace(found[tool], relations=(Relation(RelationKind.HELD_BY, one),))


def wrap(found: Subjects, one: int) -> None:
    """Who makes dumplings has them before him."""
    if at(found, frozenset({"dumplings"})) is None:
        found[one] = replace(found[one], action=Action.WORK)
        found.append(in_hand("dumplings", "dumplings", one))


def shake(found: Subjects, one: int) -> None:
    """A drink that is shaken is in a shaker."""
    drink = at(found, _DRINKS)
    if drink is None:
        drink = len(found)
        found.append(SubjectPlan("shaker", "cocktail shaker"))
    held = (Relation(RelationKind.HELD_BY, one),)
    found[drink] = replace(found[drink], kind="shaker", asked=None, count=found[one].count, relations=held)
    kept = tuple(r for r in found[one].relations if r.to != drink)
    found[one] = replace(found[one], action=Action.HOLD, relations=kept)
    if at(found, _TABLES) is None:
        behind = Relation(RelationKind.BEHIND, len(found))
        found.append(SubjectPlan("bar_counter", "bar counter"))
        found[one] = replace(found[one], relations=(behind, *kept))


def haul_net(found: Subjects, one: int) -> None:
    """Fish in a net hang in it from the fisher's hands; he stands in his boat."""
    net = at(found, frozenset({"fishing_net"}))
    fish = at(found, _FISH)
    held = (Relation(RelationKind.HELD_BY, one),)
    if net is None and fish is not None:
        net = fish
    if net is None:
        found.append(in_hand("fishing_net", "fishing net", one))
    else:
        found[net] = replace(
            found[net], kind="fishing_net", asked=None, count=1, action=Action.IDLE, relations=held
        )
    boat = at(found, _BOATS)
    if boat is not None:
        aboard = Relation(RelationKind.ON, boat)
        kept = tuple(r for r in found[one].relations if r.to not in {boat, net})
        found[one] = replace(found[one], action=Action.STAND, relations=(aboard, *kept))


def put_on_swing(found: Subjects, one: int) -> None:
    """Who swings sits on a swing."""
    swinger = found[one]
    if at(found, frozenset({"swing", "porch_swing"})) is None and not _is_borne(swinger):
        on = Relation(RelationKind.ON, len(found))
        found.append(SubjectPlan("swing", "swing", count=min(swinger.count, 2)))
        found[one] = replace(swinger, action=Action.SWAY, relations=(on, *swinger.relations))


def douse(found: Subjects, one: int) -> None:
    """Who puts out a fire has a hose; what burns is before him."""
    one = next((k for k in people_of(found) if FIREFIGHTERS.search(found[k].words)), one)
    if not any(is_held_by(s, one) for s in found):
        found.append(replace(in_hand("fire_hose", "fire hose", one), count=found[one].count))
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


def _is_borne(subject: SubjectPlan) -> bool:
    return any(r.kind in _BEARING for r in subject.relations)
