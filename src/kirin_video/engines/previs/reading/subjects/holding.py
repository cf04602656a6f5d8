"""Who is a person on stage and who holds what: asked by all that completes a cast."""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.plan import RelationKind, SubjectPlan


def people_of(found: Sequence[SubjectPlan]) -> list[int]:
    """The indices of the people who are on stage."""
    return [k for k, s in enumerate(found) if s.kind == "person" and not s.scenery]


def is_held_by(thing: SubjectPlan, one: int) -> bool:
    """Whether the subject of an index has a thing in the hand."""
    return any(r.kind is RelationKind.HELD_BY and r.to == one for r in thing.relations)
