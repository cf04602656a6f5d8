"""Gives microphones to who sings on a stage, and to who gives a speech."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Action,
    Heading,
    Place,
    Relation,
    RelationKind,
    Setting,
    SubjectPlan,
)
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.world import PlaceWish, WorldWish

_SINGS = re.compile("\\b(sings?|singing|sang|sung|singers?)\\b|\u5531|\u6b4c\u624b", re.IGNORECASE)
_SPEECH = re.compile(
    "\\b(speech|speeches|keynote|lecture|address to)\\b|\u6f14\u8bb2|\u8bb2\u8bdd|\u81f4\u8f9e|\u53d1\u8a00",
    re.IGNORECASE,
)
_SAID = frozenset({Action.SPEAK, Action.HOLD, Action.IDLE, Action.STAND})
_BUSY = frozenset({RelationKind.HELD_BY, RelationKind.IN_FRONT_OF})


def where_speeches_are(world: WorldWish, text: str, lexicon: Lexicon) -> WorldWish:
    """The world, on a stage where a speech is given and no place is named or hinted at."""
    if world.places or world.setting is not Setting.MEADOW or not _SPEECH.search(text):
        return world
    wish = PlaceWish(Place.STAGE, Setting(lexicon.worlds[Place.STAGE]), "hint", "")
    return replace(world, places=(wish,), setting=wish.world)


def with_microphones(
    subjects: tuple[SubjectPlan, ...], text: str, place: Place | None
) -> tuple[SubjectPlan, ...]:
    """The subjects, and the microphone that a singer holds on a stage, or that stands before a speaker.

    Args:
        subjects: everybody.
        text: the prompt.
        place: the place that was asked for or hinted at.
    """
    at = next((k for k, s in enumerate(subjects) if s.kind == "person" and not s.scenery), None)
    if at is None or place is not Place.STAGE or any("microphone" in s.kind for s in subjects):
        return subjects
    one = subjects[at]
    taken = any(r.to == at and r.kind in _BUSY for s in subjects for r in s.relations)
    if one.action is Action.SING and _SINGS.search(text) and not taken:
        held = (Relation(RelationKind.HELD_BY, at),)
        return (
            *_fronting(subjects, at),
            SubjectPlan("hand_microphone", "microphone", count=one.count, relations=held),
        )
    if one.action in _SAID and _SPEECH.search(text) and one.count == 1:
        facing = _fronting(subjects, at)
        spoken = (*facing[:at], replace(facing[at], action=Action.SPEAK), *facing[at + 1 :])
        before = (Relation(RelationKind.IN_FRONT_OF, at),)
        return (*spoken, SubjectPlan("microphone", "microphone", relations=before))
    return subjects


def _fronting(subjects: tuple[SubjectPlan, ...], at: int) -> tuple[SubjectPlan, ...]:
    """The subjects, one of them turned to those who listen."""
    one = subjects[at]
    return (*subjects[:at], replace(one, heading=one.heading or Heading.TOWARDS), *subjects[at + 1 :])
