"""Journeys: whether a plan's leading subjects go by rail or by road, and need a world that has one."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.bodies.catalogue import Realm, catalogue
from kirin_video.engines.previs.plan import (
    Action,
    Place,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    SubjectPlan,
)

_OPEN = frozenset(
    {
        *(Setting.MEADOW, Setting.DESERT, Setting.SEA, Setting.BEACH, Setting.MOUNTAINS, Setting.FOREST),
        *(Setting.SAVANNA, Setting.SNOWFIELD, Setting.LAKE, Setting.RIVER, Setting.VILLAGE, Setting.ROAD),
        Setting.NIGHT_SKY,
    }
)
"""Worlds that a railway can run through."""
_DRIVEN_THROUGH = frozenset({Setting.FOREST, Setting.MOUNTAINS, Setting.SNOWFIELD, Setting.MEADOW})
"""Worlds in which who drives is on a road though nobody says so."""
_OFF_ROAD = frozenset({"bicycle", "scooter", "motorcycle", "suv", "tractor"})
_SADDLED = frozenset({"bicycle", "motorcycle", "scooter"})
"""What does not go by itself."""
_BORNE = frozenset({RelationKind.RIDING, RelationKind.ON, RelationKind.HELD_BY})
_BRIDGES = frozenset({"bridge"})
BLOSSOMING = "cherry_tree"
"""What roads and railways are lined with in spring."""
_CANALS = frozenset({Place.LAGOON_CITY, Place.WATER_TOWN})
"""Places with bridges of their own."""


def manned(plan: ShotPlan) -> ShotPlan:
    """The plan with somebody on every cycle that goes and that nobody rides, unless it wants no people."""
    if "person" in plan.barred:
        return plan
    ridden = {r.to for subject in plan.subjects for r in subject.relations if r.kind in _BORNE}
    riders = tuple(
        SubjectPlan("person", "rider", action=Action.RIDE, relations=(Relation(RelationKind.RIDING, number),))
        for number, subject in enumerate(plan.subjects)
        if subject.kind in _SADDLED and number not in ridden and subject.count == 1 and _goes(plan, subject)
    )
    return replace(plan, subjects=(*plan.subjects, *riders)) if riders else plan


def _goes(plan: ShotPlan, subject: SubjectPlan) -> bool:
    """Whether a cycle is on its way: it is said to drive, or is on a road and not said to stand there."""
    on_road = plan.setting is Setting.ROAD and subject.action is Action.IDLE
    return not subject.relations and (on_road or subject.action in {Action.DRIVE, Action.RUN})


def goes_by_rail(plan: ShotPlan) -> bool:
    """Whether the shot is about a train in open country."""
    return plan.setting in _OPEN and any(_realm(subject) is Realm.RAIL for subject in plan.subjects)


def goes_by_road(plan: ShotPlan) -> bool:
    """Whether the world of the shot is a road's."""
    if plan.setting is Setting.ROAD:
        return True
    drives = any(
        _realm(subject) is Realm.ROAD
        and subject.kind not in _OFF_ROAD
        and subject.action in {Action.DRIVE, Action.RUN}
        for subject in plan.subjects[:1]
    )
    return drives and plan.setting in _DRIVEN_THROUGH


def crosses_bridge(plan: ShotPlan) -> bool:
    """Whether a railway of the plan runs over a bridge."""
    bridged = any(subject.kind in _BRIDGES for subject in plan.subjects)
    return goes_by_rail(plan) and (bridged or plan.setting is Setting.RIVER)


def built_in(plan: ShotPlan, subject: SubjectPlan) -> bool:
    """Whether a plan's world has a subject built in: a bridge for a train, cherry trees along a journey."""
    if subject.kind == BLOSSOMING:
        return lines_the_way(plan)
    if plan.place is Place.ROOFTOP and subject.count > 1 and _realm(subject) is Realm.ROAD:
        return True  # Seen from a roof, traffic is the streets' own.
    on_canal = plan.place in _CANALS and plan.subjects[0].kind not in _BRIDGES
    return subject.kind in _BRIDGES and (on_canal or crosses_bridge(plan))


def lines_the_way(plan: ShotPlan) -> bool:
    """Whether cherry trees are what the leading subject goes past: they stand along its whole way."""
    others = plan.subjects[1:]
    past = any(s.kind == BLOSSOMING for s in others)
    return past and (goes_by_rail(plan) or goes_by_road(plan))


def _realm(subject: SubjectPlan) -> Realm | None:
    kind = catalogue().get(subject.kind)
    return kind.realm if kind is not None and not subject.scenery else None
