"""Broods: who has no hands to carry or lead its young goes before them, and they do as it does."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Age, Relation, RelationKind, SubjectPlan

_TAKES = frozenset({Action.CARRY, Action.PULL, Action.HOLD})
_GOES = frozenset({Action.WALK, Action.RUN, Action.SWIM, Action.TROT, Action.FLY})
_ALONG = frozenset({RelationKind.HELD_BY, RelationKind.FOLLOWING})
_PERSON = "person"


def lead_broods(found: list[SubjectPlan]) -> None:
    """Let an animal that takes its young along lead them."""
    for at, young in enumerate(tuple(found)):
        to = next((r.to for r in young.relations if r.kind in _ALONG and r.to is not None), None)
        if to is None or young.age is not Age.BABY or _PERSON in {young.kind, found[to].kind}:
            continue
        parent = found[to]
        carried = any(r.kind is RelationKind.HELD_BY for r in young.relations)
        if carried and not _TAKES & {parent.action, *parent.also}:
            continue
        kept = tuple(r for r in young.relations if r.to != to)
        doing = parent.action if parent.action in _GOES else Action.WALK
        also = tuple(a for a in parent.also if a not in _TAKES and a is not doing)
        found[to] = replace(parent, action=doing, also=also)
        follows = (Relation(RelationKind.FOLLOWING, to), *kept)
        found[at] = replace(young, action=doing, heading=parent.heading, relations=follows)
