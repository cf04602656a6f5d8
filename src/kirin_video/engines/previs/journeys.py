"""Journeys: whether a plan's leading subjects go by rail or by road, and need a world that has one."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.catalogue import Realm, catalogue
from kirin_video.engines.previs.plan import Action, Setting, ShotPlan, SubjectPlan

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
_BRIDGES = frozenset({"bridge"})


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
    """Whether the world of a plan has a subject built in: the bridge that a train crosses."""
    return subject.kind in _BRIDGES and crosses_bridge(plan)


def _realm(subject: SubjectPlan) -> Realm | None:
    kind = catalogue().get(subject.kind)
    return kind.realm if kind is not None and not subject.scenery else None
