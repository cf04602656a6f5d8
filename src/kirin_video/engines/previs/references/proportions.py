"""Proportions: subjects in sizes and places that let them act together, where their own would not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.plan import Action, Relation, RelationKind, ShotPlan, SubjectPlan
from kirin_video.engines.previs.references.sizes import Likeness
from kirin_video.engines.previs.references.views import GOING

CARRIED = frozenset({RelationKind.RIDING, RelationKind.ON})
"""How somebody stands to another who carries it."""

_HELD_M = 0.45
"""What is held in the hand is no taller."""
_MOUNT = 0.55
"""What carries somebody is at least so tall, as a share of its rider."""
_PERCHED = 0.3
"""Who sits on somebody's shoulder is at most so tall, as a share of whoever carries him."""
_PARTNER = 2.0
"""Who acts with somebody is at most so many times as tall."""
_AFLOAT_M = 1.5
"""Smaller things are lost between waves."""
_PASSIVE = frozenset({Action.IDLE, Action.STAND})
_HOLDING = frozenset({Action.HOLD, Action.CARRY, Action.CATCH, Action.HUG, Action.THROW})
_EMBRACING = frozenset({Action.HOLD, Action.CARRY, Action.HUG})
_TALL_M = 1.0
"""What is taller is in nobody's hand unless the prompt says that it is held."""
_BACKDROP = 2.2
"""What is so many times as tall as the leading subject stands behind it, where it can be seen."""
_MANY = 3
"""So many who stay where they are stand beside each other, and belong in one picture."""
_ON_WATER = frozenset({Action.FLOAT, Action.SAIL, Action.ROW, Action.SWIM})


def arranged(plan: ShotPlan, likenesses: Mapping[str, Likeness]) -> ShotPlan:
    """The plan with subjects of pictures in hands that hold them, beside others, or behind these.

    Args:
        plan: as it was read, without knowing what the pictures show.
        likenesses: what they show, by the kinds of the subjects.
    """
    subjects = list(plan.subjects)
    for at, subject in enumerate(subjects):
        if subject.kind in likenesses:
            relations = tuple(_held(r, subject, plan, likenesses) for r in subject.relations)
            holder = _embraced_by(plan, at, likenesses)
            relations = (Relation(RelationKind.HELD_BY, holder),) if holder is not None else relations
            if at > 0 and _is_backdrop(plan, at, likenesses):
                relations = (Relation(RelationKind.BEHIND, 0),)
            subjects[at] = replace(subject, relations=relations)
    together = [at for at, s in enumerate(subjects) if s.kind in likenesses and _stays_alone(s)]
    if len(together) >= _MANY and together[0] == 0:
        for at in together[1:]:
            subjects[at] = replace(subjects[at], relations=(Relation(RelationKind.BESIDE, 0),))
    return replace(plan, subjects=tuple(subjects))


def _embraced_by(plan: ShotPlan, at: int, likenesses: Mapping[str, Likeness]) -> int | None:
    """Who holds something small in his arms, of which nothing else is said: a kitten, a doll."""
    subject = plan.subjects[at]
    row = likenesses[subject.kind]
    if subject.relations or row.family == "person" or _height(subject, likenesses) > _TALL_M:
        return None
    return next(
        (
            k
            for k, other in enumerate(plan.subjects)
            if not _EMBRACING.isdisjoint({other.action, *other.also})
            and any(r.to == at for r in other.relations)
        ),
        None,
    )


def _stays_alone(subject: SubjectPlan) -> bool:
    """Whether somebody goes nowhere, and nothing is said of how he stands to others."""
    return not subject.relations and subject.action not in GOING


def _held(
    relation: Relation, subject: SubjectPlan, plan: ShotPlan, likenesses: Mapping[str, Likeness]
) -> Relation:
    """What somebody holds is in his hand, whatever it is; what is large and not held is beside him."""
    if relation.to is None or relation.kind not in {RelationKind.IN_FRONT_OF, RelationKind.HELD_BY}:
        return relation
    if plan.subjects[relation.to].action in _HOLDING:
        return Relation(RelationKind.HELD_BY, relation.to)
    large = relation.kind is RelationKind.HELD_BY and _height(subject, likenesses) > _TALL_M
    return Relation(RelationKind.BESIDE, relation.to) if large else relation


def _is_backdrop(plan: ShotPlan, at: int, likenesses: Mapping[str, Likeness]) -> bool:
    """Whether a subject is far taller than the leading one, does nothing and carries nobody."""
    subject = plan.subjects[at]
    carries = any(r.to == at and r.kind in CARRIED for s in plan.subjects for r in s.relations)
    tall = _height(subject, likenesses) > _BACKDROP * _height(plan.subjects[0], likenesses)
    return tall and subject.action in _PASSIVE and not carries and not _is_pursued(plan, at)


def fitting_size(plan: ShotPlan, at: int, likenesses: Mapping[str, Likeness]) -> float:
    """How many times its usual size a subject of pictures is drawn.

    Args:
        plan: who does what with whom.
        at: the subject's number.
        likenesses: what the subjects of pictures are, by their kinds.
    """
    subject = plan.subjects[at]
    high = likenesses[subject.kind].height_m * subject.size
    least, most = 0.0, float("inf")
    if any(r.kind is RelationKind.HELD_BY for r in subject.relations):
        most = _HELD_M
    carriers = [plan.subjects[r.to] for r in subject.relations if r.kind in CARRIED and r.to is not None]
    if any(c.kind in likenesses and likenesses[c.kind].family == "person" for c in carriers):
        most = min(most, _PERCHED * max(_height(c, likenesses) for c in carriers))
    riders = [s for s in plan.subjects if any(r.to == at and r.kind in CARRIED for r in s.relations)]
    least = max([least, *(_MOUNT * _height(s, likenesses) for s in riders)])
    if subject.action in _ON_WATER and likenesses[subject.kind].family in {"boat", "thing"}:
        least = max(least, _AFLOAT_M)
    acts = subject.action not in _PASSIVE or _is_pursued(plan, at)
    if at > 0 and not riders and acts and likenesses[subject.kind].family != "person":
        most = min(most, _PARTNER * _height(plan.subjects[0], likenesses))
    if not carriers and not riders and acts and most > high:
        # Toys grow for those who act with them; people keep their size.
        beside = (s for k, s in enumerate(plan.subjects) if k != at and s.action not in _PASSIVE)
        people = [_height(s, likenesses) for s in beside if _is_person(s, likenesses)]
        least = max([least, *(each / _PARTNER for each in people)]) if likenesses[subject.kind].toy else least
    return subject.size * min(max(high, least), max(most, least)) / high


def _is_person(subject: SubjectPlan, likenesses: Mapping[str, Likeness]) -> bool:
    return subject.kind in likenesses and likenesses[subject.kind].family == "person"


def _is_pursued(plan: ShotPlan, at: int) -> bool:
    return any(r.to == at and r.kind is RelationKind.CHASING for s in plan.subjects for r in s.relations)


def _height(subject: SubjectPlan, likenesses: Mapping[str, Likeness]) -> float:
    """How tall a subject is, metres."""
    if subject.kind in likenesses:
        return likenesses[subject.kind].height_m * subject.size
    row = catalogue().get(subject.kind)
    return (row.height_m if row is not None else 1.0) * subject.size
