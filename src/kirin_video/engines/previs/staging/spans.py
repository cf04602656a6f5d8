"""Spans: who goes over a bridge is on it, as the plan of a stage should say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

BRIDGES = frozenset({"bridge"})
GOING = frozenset({Action.WALK, Action.RUN, Action.TROT})
"""How one crosses a bridge on foot."""
_OVER = frozenset({RelationKind.OVER, RelationKind.THROUGH})


def on_bridges(subjects: Sequence[SubjectPlan]) -> list[SubjectPlan]:
    """The subjects with those who go over a bridge on it."""
    return [replace(s, relations=_upon(s, subjects)) if s.action in GOING else s for s in subjects]


def _upon(subject: SubjectPlan, subjects: Sequence[SubjectPlan]) -> tuple[Relation, ...]:
    return tuple(
        Relation(RelationKind.ON, r.to)
        if r.kind in _OVER and r.to is not None and subjects[r.to].kind in BRIDGES
        else r
        for r in subject.relations
    )
