"""Hangs up what is told to hang: a lantern from the eaves or a bough, a lamp from the ceiling.

What is told to lean on something stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, RelationKind, Setting, SubjectPlan

_THINGS = {
    "lantern": "lantern",
    "lamp": "pendant",
    "bell": "bell",
    "bird_cage": "cage",
    "wind_chime": "chime",
}
"""Things that hang, and what they are called that do."""
_ALWAYS = frozenset({"wind_chime"})
_TREES = frozenset({"bough", "tree", "pine", "cherry_tree"})
_HOUSES = frozenset({"house", "cabin", "temple", "pavilion", "building", "door", "window"})
_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN, Setting.STAGE})
_HANGS = frozenset({Action.HANG, Action.SWAY})
_BELOW = frozenset({RelationKind.UNDER, RelationKind.ON, RelationKind.BESIDE, RelationKind.IN})
_LEAN = frozenset(
    {"guitar", "violin", "sword", "umbrella", "wand", "skateboard", "surfboard", "ladder", "mirror"}
)
_WORDS = frozenset({"hanging", "挂着", "悬挂", "吊着", "高挂", "悬着"})


def hung_up(subjects: Sequence[SubjectPlan], setting: Setting) -> tuple[SubjectPlan, ...]:
    """The subjects, with what hangs hung up; what it hangs from comes with it.

    Args:
        subjects: everybody and everything.
        setting: the world around them.
    """
    found = [_leaning(subject) for subject in subjects]
    for at, subject in enumerate(subjects):
        if subject.kind not in _THINGS or _is_held(subject):
            continue
        holder = _holder(subject, subjects)
        if not (_is_told_to(subject) or subject.kind in _ALWAYS or holder is not None):
            continue
        if holder is None:
            holder = next((k for k, other in enumerate(subjects) if other.kind in _HOUSES), None)
        where = _place(subjects[holder].kind if holder is not None else "", setting)
        kind = f"{_THINGS[subject.kind]}_on_{where}"
        kept = tuple(r for r in subject.relations if r.to != holder)
        found[at] = replace(subject, kind=kind, relations=kept)
        if holder is not None:
            found[holder] = replace(found[holder], scenery=True)
    return tuple(found)


def _leaning(subject: SubjectPlan) -> SubjectPlan:
    """A thing that leans on another is not on top of it."""
    if subject.action is not Action.LEAN or subject.kind not in _LEAN:
        return subject
    return replace(subject, relations=tuple(r for r in subject.relations if r.kind is not RelationKind.ON))


def _is_held(subject: SubjectPlan) -> bool:
    return any(r.kind is RelationKind.HELD_BY for r in subject.relations)


def _is_told_to(subject: SubjectPlan) -> bool:
    return subject.action in _HANGS or bool(_WORDS & set(subject.traits))


def _holder(subject: SubjectPlan, subjects: Sequence[SubjectPlan]) -> int | None:
    """The number of what it hangs from, where the prompt names that."""
    for relation in subject.relations:
        if relation.to is None or relation.kind not in _BELOW:
            continue
        kind = subjects[relation.to].kind
        if kind in _TREES and (relation.kind is not RelationKind.BESIDE or _is_told_to(subject)):
            return relation.to
        if kind in _HOUSES and (relation.kind is RelationKind.UNDER or _is_told_to(subject)):
            return relation.to
    return None


def _place(holder: str, setting: Setting) -> str:
    if holder in _TREES:
        return "bough"
    return "ceiling" if setting in _INDOORS and holder not in _HOUSES else "eaves"
