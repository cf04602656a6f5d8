"""Puts into a place what its words imply and prompts leave out: a playground's slide, a busy road's cars."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Place, Relation, RelationKind, SubjectPlan

_PLAYGROUND = re.compile(
    "\\bplayground\\b|\u513f\u7ae5\u6e38\u4e50\u573a|\u513f\u7ae5\u4e50\u56ed|\u6e38\u4e50\u8bbe\u65bd",
    re.IGNORECASE,
)
_PLAYED_ON = ("slide", "swing", "seesaw")
_BUSY = re.compile(
    r"\b(busy|crowded|congested|rush.hour)\b.{0,20}\b(highway|freeway|motorway|expressway|road)\b"
    "|\\b(heavy |busy )?traffic\\b|\u8f66\u6d41|\u8f66\u6c34\u9a6c\u9f99|\u5835\u8f66",
    re.IGNORECASE,
)
_CROWDED = re.compile(
    r"\b(crowded|busy|packed|bustling|lively|full of (people|guests|customers))\b"
    "|\u62e5\u6324|\u70ed\u95f9|\u6324\u6ee1|\u5750\u6ee1|\u6ee1\u5ea7|\u4eba\u6ee1\u4e3a\u60a3|\u7e41\u5fd9",
    re.IGNORECASE,
)
_ROADS = frozenset({Place.HIGHWAY, Place.ROAD})
_CARS = 6
_OWN = {
    Place.CLASSROOM: frozenset({"blackboard", "whiteboard"}),
    Place.POLAR_SEA: frozenset({"iceberg"}),
    Place.GREAT_WALL: frozenset({"tree", "pine", "maple"}),
}
"""What places have of their own: a board on the wall, icebergs, the woods below the Great Wall."""
_HUGE, _INDOORS = frozenset({"dinosaur", "triceratops", "brachiosaurus", "mammoth", "whale"}), 0.75
"""Who has to be smaller than life to stand in a hall, and how small."""
_STATION = "gas_station"
_NEAR = frozenset({RelationKind.IN_FRONT_OF, RelationKind.BESIDE, RelationKind.IN})
_RAIL_CITY = re.compile("\\bsan francisco\\b|\u65e7\u91d1\u5c71", re.IGNORECASE)
"""Where cable cars run on rails in the street."""


def is_crowded(text: str) -> bool:
    """Whether a prompt says that its place is full of people."""
    return _CROWDED.search(text) is not None


def with_what_is_implied(
    subjects: tuple[SubjectPlan, ...], text: str, place: Place | None
) -> tuple[SubjectPlan, ...]:
    """The subjects, and what their place has.

    A playground has a slide, a swing and a seesaw where none of them is named; a busy road has cars where
    nobody is named; who is at a filling station stands beside it; San Francisco's cable cars run on rails; a
    classroom has its own board on the wall, a polar sea its icebergs.

    Args:
        subjects: everybody.
        text: the prompt.
        place: the place that was asked for.
    """
    subjects = _at_the_pumps(subjects)
    named = {subject.kind for subject in subjects}
    if place is Place.PARK and _PLAYGROUND.search(text) and not named & set(_PLAYED_ON):
        return (*subjects, *(SubjectPlan(kind, kind) for kind in _PLAYED_ON))
    if place is not None and place in _OWN:
        return tuple(replace(s, scenery=True) if s.kind in _OWN[place] else s for s in subjects)
    if place is Place.HALL:
        return tuple(replace(s, size=min(s.size, _INDOORS)) if s.kind in _HUGE else s for s in subjects)
    if _RAIL_CITY.search(text):
        return tuple(replace(s, kind="tram") if s.kind == "cable_car" else s for s in subjects)
    if place in _ROADS and not subjects and _BUSY.search(text):
        return (SubjectPlan("car", "car", count=_CARS, action=Action.DRIVE),)
    return subjects


def _at_the_pumps(subjects: tuple[SubjectPlan, ...]) -> tuple[SubjectPlan, ...]:
    """Everybody, the first of them beside the filling station where one is named: neither hides the other."""
    station = next((k for k, s in enumerate(subjects) if s.kind == _STATION), 0)
    if not station or any(r.kind not in _NEAR for r in subjects[0].relations):
        return subjects
    first = replace(subjects[0], relations=(Relation(RelationKind.BESIDE, station),))
    return (first, *subjects[1:])
