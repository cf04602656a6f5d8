"""Completes who fishes: everybody has a rod of his own, stands or sits still, and looks at the water."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.subjects.holding import is_held_by

_ROD = "fishing_rod"
_NETS = frozenset({"net", "fishing_rod"})
_CARRIED = frozenset({RelationKind.ON, RelationKind.IN, RelationKind.RIDING})
_AFLOAT = frozenset(
    {"boat", "rowboat", "sailboat", "canoe", "fishing_boat", "raft", "kayak", "ship", "yacht"}
)
"""What one fishes from."""
_CAUGHT = frozenset({"fish", "salmon", "trout", "carp"})
"""What is fished for is under water still."""

Subjects = list[SubjectPlan]


def hand_rods(found: Subjects) -> None:
    """Who fishes holds a rod; who fishes from a boat sits in it."""
    for one in [k for k, s in enumerate(found) if Action.FISH in {s.action, *s.also} and s.kind == "person"]:
        _sit_down(found, one)
        for at, prey in enumerate(found):
            if prey.kind in _CAUGHT and any(r.to == one for r in prey.relations):
                found[at] = replace(prey, scenery=True, relations=())
        if not any(s.kind in _NETS and is_held_by(s, one) for s in found):
            held = (Relation(RelationKind.HELD_BY, one),)
            found.append(SubjectPlan(_ROD, "fishing rod", count=found[one].count, relations=held))


def _sit_down(found: Subjects, one: int) -> None:
    """Who fishes is still: seated where he is on something, in the boat that he is said to be at."""
    person = found[one]
    told = {r.to for r in person.relations}
    boat = next((k for k, s in enumerate(found) if s.kind in _AFLOAT and (k in told or _is_of(s, one))), None)
    others = tuple(r for r in person.relations if boat is None or r.to != boat)
    aboard = () if boat is None else (Relation(RelationKind.ON, boat),)
    if boat is not None:
        kept = tuple(r for r in found[boat].relations if r.to != one)
        found[boat] = replace(found[boat], relations=kept)
    carried = any(r.kind in _CARRIED for r in (*aboard, *others))
    sits = carried or Action.SIT in {person.action, *person.also}
    also = tuple(a for a in person.also if a not in {Action.FISH, Action.SIT})
    action = Action.SIT if sits else Action.STAND
    found[one] = replace(person, action=action, also=also, relations=(*aboard, *others))


def _is_of(thing: SubjectPlan, one: int) -> bool:
    return any(r.to == one for r in thing.relations)
