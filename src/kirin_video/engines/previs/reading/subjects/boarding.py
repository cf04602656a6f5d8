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
_BY_NAME = {
    "taxi": "taxi",
    "cab": "taxi",
    "bus": "bus",
    "truck": "truck",
    "lorry": "truck",
    "rac": "sports_car",
    "\u51fa\u79df": "taxi",
    "\u516c\u4ea4": "bus",
    "\u5361\u8f66": "truck",
    "\u8d27\u8f66": "truck",
    "\u8d5b\u8f66": "sports_car",
}
"""What drivers drive, by a part of their name."""
_CARRIED = frozenset({RelationKind.RIDING, RelationKind.IN, RelationKind.ON})
_GOING = frozenset({Action.DRIVE, Action.RIDE, Action.RUN, Action.WALK})


def board(found: list[SubjectPlan]) -> None:
    """Seat people who are in a car, let it go where they go in it, and give an open one a driver."""
    for at, subject in enumerate(tuple(found)):
        if subject.kind == "person":
            _get_in(found, at)
            _give_wheels(found, at)
    for at, subject in enumerate(tuple(found)):
        driven = any(r.to == at and r.kind is RelationKind.RIDING for s in found for r in s.relations)
        if subject.kind == _OPEN and subject.action is Action.DRIVE and not driven:
            by_it = (Relation(RelationKind.RIDING, at),)
            found.append(SubjectPlan("person", "driver", action=Action.DRIVE, relations=by_it))


def _give_wheels(found: list[SubjectPlan], at: int) -> None:
    """Put somebody who drives, and nothing is said of what, at the wheel of what his name tells."""
    subject = found[at]
    carried = any(r.kind in _CARRIED for r in subject.relations)
    if (
        subject.action is not Action.DRIVE
        or carried
        or any(s.action is Action.DRIVE for s in found if s is not subject)
    ):
        return
    words = subject.words.lower()
    kind = next((kind for word, kind in _BY_NAME.items() if word in words), "car")
    found[at] = replace(subject, relations=(*subject.relations, Relation(RelationKind.RIDING, len(found))))
    found.append(SubjectPlan(kind, kind.replace("_", " "), action=Action.DRIVE))


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
