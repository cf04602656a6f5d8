"""Who is in a car sits in it and goes with it, and an open car that drives has somebody at its wheel."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

_CARS = frozenset(
    {
        *("car", "sports_car", "convertible", "vintage_car", "suv", "taxi", "police_car", "van", "ambulance"),
        *(
            "truck",
            "fire_truck",
            "bus",
            "school_bus",
            "double_decker",
            "limousine",
            "pickup",
            "lorry",
            "tram",
        ),
    }
)
_OPEN = "convertible"
_GOING = frozenset({Action.DRIVE, Action.RIDE, Action.RUN, Action.WALK})


def board(found: list[SubjectPlan]) -> None:
    """Seat people who are in a car, let it go where they go in it, and give an open one a driver."""
    for at, subject in enumerate(tuple(found)):
        if subject.kind == "person":
            _get_in(found, at)
    for at, subject in enumerate(tuple(found)):
        driven = any(r.to == at and r.kind is RelationKind.RIDING for s in found for r in s.relations)
        if subject.kind == _OPEN and subject.action is Action.DRIVE and not driven:
            by_it = (Relation(RelationKind.RIDING, at),)
            found.append(SubjectPlan("person", "driver", action=Action.DRIVE, relations=by_it))


def _get_in(found: list[SubjectPlan], at: int) -> None:
    subject = found[at]
    for k, relation in enumerate(subject.relations):
        if relation.to is None or relation.kind not in {RelationKind.IN, RelationKind.RIDING}:
            continue
        car = found[relation.to]
        if car.kind not in _CARS or car.scenery:
            continue
        seated = (
            *subject.relations[:k],
            Relation(RelationKind.RIDING, relation.to),
            *subject.relations[k + 1 :],
        )
        found[at] = replace(subject, relations=seated)
        if car.action is Action.IDLE and subject.action in _GOING:
            found[relation.to] = replace(car, action=Action.DRIVE)
        return
