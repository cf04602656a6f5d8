"""Completes who looks up: what is pointed or waved at from the ground, and can fly, is in the sky."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, RelationKind, Spot, SubjectPlan

_UP = frozenset({Action.POINT, Action.LOOK, Action.WAVE})
_CRAFT = frozenset({"airplane", "jet", "biplane", "helicopter", "airship", "balloon", "ufo", "rocket"})
_AT = frozenset({RelationKind.FACING, RelationKind.TOWARDS})

_FAR_OFF = 0.12
"""What is far up seems slow: as a share of its usual pace, so that it stays in the picture."""

Subjects = list[SubjectPlan]


def look_up(found: Subjects) -> None:
    """An airplane of which nothing is said but that somebody points at it flies by."""
    for at in [k for k, s in enumerate(found) if s.kind in _CRAFT and _is_anywhere(s)]:
        if any(s.kind == "person" and s.action in _UP and _regards(s, at) for s in found):
            found[at] = replace(found[at], spot=Spot.SKY, action=Action.FLY, tempo=_FAR_OFF)


def _is_anywhere(craft: SubjectPlan) -> bool:
    """Whether nothing is said of where it is and what it does."""
    return craft.action is Action.IDLE and not craft.relations and craft.spot in {None, Spot.SKY}


def _regards(person: SubjectPlan, at: int) -> bool:
    return any(r.kind in _AT and r.to == at for r in person.relations)
