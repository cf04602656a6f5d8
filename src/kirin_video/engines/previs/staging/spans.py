"""Spans and walls: who goes over a bridge is on it, and who is in a castle is seen before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

BRIDGES = frozenset({"bridge"})
GOING = frozenset({Action.WALK, Action.RUN, Action.TROT})
"""How one crosses a bridge on foot."""
_WALLED = frozenset({"castle"})
_OVER = frozenset({RelationKind.OVER, RelationKind.THROUGH})


def seen_there(subjects: Sequence[SubjectPlan]) -> list[SubjectPlan]:
    """The subjects with those who go over a bridge on it, and those in a castle, unseen there, before it."""
    told = [replace(s, relations=_upon(s, subjects)) if s.action in GOING else s for s in subjects]
    return [replace(s, relations=_before(s, subjects)) if s.kind == "person" else s for s in told]


def _before(subject: SubjectPlan, subjects: Sequence[SubjectPlan]) -> tuple[Relation, ...]:
    return tuple(
        Relation(RelationKind.IN_FRONT_OF, r.to)
        if r.kind is RelationKind.IN and r.to is not None and subjects[r.to].kind in _WALLED
        else r
        for r in subject.relations
    )


def _upon(subject: SubjectPlan, subjects: Sequence[SubjectPlan]) -> tuple[Relation, ...]:
    return tuple(
        Relation(RelationKind.ON, r.to)
        if r.kind in _OVER and r.to is not None and subjects[r.to].kind in BRIDGES
        else r
        for r in subject.relations
    )
