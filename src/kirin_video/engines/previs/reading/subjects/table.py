"""Lays a table: small things that are shown in a room, on nothing, stand on one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Relation, RelationKind, Setting, SubjectPlan

_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN})
_PLACED = frozenset({RelationKind.ON, RelationKind.IN, RelationKind.UNDER, RelationKind.HELD_BY})


def on_a_table(
    subjects: Sequence[SubjectPlan], setting: Setting, small: Collection[str]
) -> tuple[SubjectPlan, ...]:
    """The subjects, on a table of their own where the prompt leaves them on the floor.

    Args:
        subjects: everybody and everything.
        setting: the world around them.
        small: the kinds that belong on a table.
    """
    if setting not in _INDOORS or not subjects or any(subject.kind not in small for subject in subjects):
        return tuple(subjects)
    stands = Relation(RelationKind.ON, len(subjects))
    laid = (
        subject
        if any(relation.kind in _PLACED for relation in subject.relations)
        else replace(subject, relations=(stands, *subject.relations))
        for subject in subjects
    )
    return (*laid, SubjectPlan("table", "table"))
