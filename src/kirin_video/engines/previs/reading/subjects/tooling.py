"""Hands out long tools: an axe and a block to who chops wood, a shovel to who digs, a broom to who sweeps."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.subjects.holding import is_held_by, people_of

_TOOLS = {
    Action.CHOP: "axe",
    Action.HOE: "hoe",
    Action.MINE: "pickaxe",
    Action.DIG: "shovel",
    Action.SWEEP: "sweeping_broom",
    Action.RAKE: "rake",
}
"""What is taken where no other tool is told."""
_LONG = frozenset({"axe", "pickaxe", "hoe", "shovel", "rake", "sweeping_broom"})
_BROOMS = frozenset({"broom", "wand"})
"""What a broom is taken for that nobody flies on."""
_WOOD = frozenset({"log", "bough", "plank"})
_FELLED = frozenset({"tree", "pine", "palm", "cherry_tree"})
_BEFORE = RelationKind.IN_FRONT_OF

Subjects = list[SubjectPlan]


def hand_long_tools(found: Subjects) -> None:
    """Who chops, digs or sweeps has what it takes in both hands, and before him the wood he chops."""
    for at, one in enumerate(found):
        if one.action in _TOOLS and one.action is not Action.DIG and one.kind != "person":
            found[at] = replace(one, action=Action.WORK)
    for one in people_of(found):
        action = found[one].action
        if action is Action.PLANT:
            _show_planted(found, one)
        if action not in _TOOLS:
            continue
        tool = _taken(found, one, action)
        if action is Action.CHOP and found[tool].kind == "axe":
            _lay_wood(found, one)


def _show_planted(found: Subjects, one: int) -> None:
    """What somebody plants is there, however common it is in that place."""
    for at, thing in enumerate(found):
        if any(r.to == one and r.kind is _BEFORE for r in thing.relations):
            found[at] = replace(thing, scenery=False)


def _taken(found: Subjects, one: int, action: Action) -> int:
    """The index of somebody's tool, that is in his hands now."""
    held = (Relation(RelationKind.HELD_BY, one),)
    for at, thing in enumerate(found):
        is_broom = action is Action.SWEEP and thing.kind in _BROOMS
        if (thing.kind in _LONG or is_broom) and (not thing.relations or is_held_by(thing, one)):
            kind = "sweeping_broom" if is_broom else thing.kind
            found[at] = replace(thing, kind=kind, count=found[one].count, relations=held, scenery=False)
            return at
    kind = _TOOLS[action]
    words = kind.removeprefix("sweeping_")
    found.append(SubjectPlan(kind, words, count=found[one].count, relations=held))
    return len(found) - 1


def _lay_wood(found: Subjects, one: int) -> None:
    """What is chopped is before who chops it: a tree, else a block with wood on it."""
    before = (Relation(_BEFORE, one),)
    for at, thing in enumerate(found):
        own = not thing.relations or any(r.to == one for r in thing.relations)
        if thing.kind in _WOOD and own:
            found[at] = replace(thing, kind="chopping_block", count=1, relations=before, scenery=False)
            return
        if thing.kind in _FELLED and any(r.to == one and r.kind is _BEFORE for r in thing.relations):
            found[at] = replace(thing, scenery=False)
            return
    found.append(SubjectPlan("chopping_block", "wood", relations=before))
