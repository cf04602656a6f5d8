"""Looks for things in a cast, and puts them in hands."""

from __future__ import annotations

from kirin_video.engines.previs.plan import Relation, RelationKind, SubjectPlan

Subjects = list[SubjectPlan]


def at(found: Subjects, kinds: frozenset[str]) -> int | None:
    """The index of the first thing of some kinds that is on stage."""
    return next((k for k, s in enumerate(found) if s.kind in kinds and not s.scenery), None)


def in_hand(kind: str, words: str, one: int) -> SubjectPlan:
    """A thing in the hand of the subject of an index."""
    return SubjectPlan(kind, words, relations=(Relation(RelationKind.HELD_BY, one),))
