"""Who comes out of a house on fire comes towards the viewer, with the fire behind."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Heading, Relation, RelationKind, SubjectPlan

_HOUSES = frozenset({"house", "cabin", "barn", "castle", "church", "temple", "tower"})
_OUT_OF = frozenset({RelationKind.AWAY_FROM, RelationKind.IN})
_GOING = frozenset({Action.CARRY, Action.RUN, Action.WALK})


def come_out(found: list[SubjectPlan]) -> None:
    """Put those who leave a burning house before it: beside it nobody sees what they leave."""
    for at, subject in enumerate(found):
        for k, relation in enumerate(subject.relations):
            if subject.kind != "person" or relation.to is None or relation.kind not in _OUT_OF:
                continue
            house = found[relation.to]
            if house.kind in _HOUSES and house.action is Action.BURN and subject.action in _GOING:
                before = Relation(RelationKind.IN_FRONT_OF, relation.to)
                others = (*subject.relations[:k], before, *subject.relations[k + 1 :])
                found[at] = replace(subject, relations=others, heading=subject.heading or Heading.TOWARDS)
