"""Who can do what: so that a verb finds its doer among the nouns before it."""

from __future__ import annotations

from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.reading.concepts import Concept

_MOTIONS = frozenset(
    {
        Action.WALK, Action.SNEAK, Action.TROT, Action.RUN, Action.GALLOP, Action.JUMP, Action.CLIMB,
        Action.CRAWL, Action.SLITHER, Action.FALL, Action.ROLL, Action.SPIN, Action.TURN, Action.FLY,
        Action.GLIDE, Action.HOVER, Action.PERCH, Action.TAKE_OFF, Action.LAND, Action.FLOAT, Action.SWIM,
        Action.DIVE, Action.LEAP, Action.SURF, Action.SKI, Action.SKATE, Action.RIDE, Action.DRIVE,
        Action.SAIL, Action.ROW, Action.STOP, Action.LAUNCH, Action.CRASH, Action.DANCE, Action.SIT,
        Action.STAND, Action.LIE, Action.SLEEP, Action.KNEEL, Action.CROUCH, Action.BATHE, Action.SLIDE,
        Action.SNOWBOARD, Action.SLED,
    }
)  # fmt: skip
_OF_VEHICLES = frozenset(
    {
        Action.STAND, Action.WALK, Action.RUN, Action.JUMP, Action.CLIMB, Action.FALL, Action.ROLL,
        Action.SPIN, Action.TURN, Action.FLY, Action.GLIDE, Action.HOVER, Action.TAKE_OFF, Action.LAND,
        Action.FLOAT, Action.DIVE, Action.SURF, Action.DRIVE, Action.SAIL, Action.ROW, Action.STOP,
        Action.LAUNCH, Action.CRASH, Action.SWAY, Action.BURN, Action.GLOW, Action.TURN_INTO, Action.CARRY,
        Action.PULL, Action.PUSH, Action.GALLOP, Action.SIT, Action.LIE, Action.SKATE, Action.SKI,
        Action.DANCE, Action.BLOW,
    }
)  # fmt: skip
_OF_THINGS = frozenset(
    {
        Action.STAND, Action.SIT, Action.LIE, Action.LEAN, Action.FALL, Action.ROLL, Action.SPIN,
        Action.HOVER, Action.FLOAT, Action.SWAY, Action.BURN, Action.GLOW, Action.GROW, Action.BLOOM,
        Action.TURN, Action.OPEN, Action.TURN_INTO, Action.MELT, Action.FLY, Action.CRASH, Action.JUMP,
        Action.DANCE, Action.LAND, Action.GLIDE, Action.BLOW,
    }
)  # fmt: skip


GOING = frozenset(
    {
        Action.WALK,
        Action.RUN,
        Action.GALLOP,
        Action.FLOAT,
        Action.GLIDE,
        Action.DRIVE,
        Action.SAIL,
        Action.RIDE,
    }
)
_CRUISES = {"boat": Action.SAIL, "aircraft": Action.FLY}
CARRIED = frozenset({Action.RIDE, Action.DRIVE, Action.SAIL, Action.ROW})
"""Who does these goes as what carries him goes: "riding a bicycle, he crosses the park"."""

OF_WHAT_IS_WORN = frozenset(
    {Action.SWAY, Action.FLOAT, Action.FLY, Action.GLOW, Action.BURN, Action.FALL, Action.BLOW}
)
"""What a cape or hair does by itself: "her hair flying" says nothing of her."""


def is_able(concept: Concept, action: Action) -> bool:
    """Whether something can do something, as far as finding a verb's doer goes."""
    if concept.living or not concept.name:
        return True
    return action in (_OF_VEHICLES if concept.moving else _OF_THINGS)


def fitting(concept: Concept, action: Action) -> Action:
    """The same verb as it is for this doer: a car that races drives, a ship that cruises sails."""
    if action is Action.BLOW and not concept.living:
        return Action.SWAY
    if concept.family == "vehicle" and action in GOING:
        return Action.DRIVE
    if concept.family in _CRUISES and action in GOING - {Action.FLOAT}:
        return _CRUISES[concept.family]
    if concept.family == "insect" and action is Action.RUN:
        return Action.FLY
    if concept.family == "swimmer" and action in {Action.WALK, Action.RUN, Action.FLOAT}:
        return Action.SWIM
    slides = action is Action.SKI and concept.living and concept.family != "person"  # nobody gave it skis
    return Action.SLIDE if slides else action


def is_motion(action: Action) -> bool:
    """Whether it takes the whole body, so that two of them come one after the other."""
    return action in _MOTIONS
