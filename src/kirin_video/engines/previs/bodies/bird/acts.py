"""What a bird does for every action of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kirin_video.engines.previs.bodies.bird.shape import BirdShape, Wing
from kirin_video.engines.previs.plan import Action


class Way(StrEnum):
    """How it gets about."""

    STAND = "stand"
    WALK = "walk"
    FLY = "fly"
    SWIM = "swim"
    SLIDE = "slide"
    """On the belly."""
    BOTH = "both"
    """On foot near the ground, on the wing above it: taking off and landing."""


@dataclass(frozen=True, slots=True)
class Act:
    """An action as a way of moving.

    Attributes:
        way: how it gets about.
        haste: speed as a share of the usual.
        curiosity: how much the head looks about.
        pecks: radians that the head goes down for food.
        bow: radians that the trunk leans forwards.
        crouch: how far it sinks, in lengths of its legs.
        mouth: radians that the beak opens.
        flutter: radians that folded wings lift.
        glides: how much of the flight is gliding.
        hovers: whether it stays in the air in one place.
        dance: how much it sways.
    """

    way: Way = Way.STAND
    haste: float = 1.0
    curiosity: float = 1.0
    pecks: float = 0.0
    bow: float = 0.0
    crouch: float = 0.0
    mouth: float = 0.0
    flutter: float = 0.0
    glides: float = 0.0
    hovers: bool = False
    dance: float = 0.0


_ACTS: dict[Action, Act] = {
    Action.FLY: Act(Way.FLY),
    Action.GLIDE: Act(Way.FLY, glides=0.85),
    Action.HOVER: Act(Way.FLY, haste=0.0, hovers=True),
    Action.DIVE: Act(Way.FLY, haste=1.4, glides=0.9),
    Action.FALL: Act(Way.FLY, haste=0.5, glides=0.5),
    Action.TAKE_OFF: Act(Way.BOTH),
    Action.LAND: Act(Way.BOTH),
    Action.WALK: Act(Way.WALK, curiosity=0.4),
    Action.SNEAK: Act(Way.WALK, haste=0.8, crouch=0.1, curiosity=0.5),
    Action.CLIMB: Act(Way.WALK, haste=0.8),
    Action.CRAWL: Act(Way.WALK, haste=0.7, crouch=0.15),
    Action.TROT: Act(Way.WALK, haste=1.3, curiosity=0.2),
    Action.RUN: Act(Way.WALK, haste=2.2, curiosity=0.1, bow=0.12),
    Action.GALLOP: Act(Way.WALK, haste=2.4, curiosity=0.1, bow=0.12),
    Action.CARRY: Act(Way.WALK, curiosity=0.4),
    Action.PUSH: Act(Way.WALK, haste=0.8),
    Action.PULL: Act(Way.WALK, haste=0.8),
    Action.SWIM: Act(Way.SWIM),
    Action.SAIL: Act(Way.SWIM),
    Action.FLOAT: Act(Way.SWIM, haste=0.45),
    Action.SURF: Act(Way.SWIM),
    Action.SLIDE: Act(Way.SLIDE, haste=1.5, curiosity=0.2),
    Action.HOWL: Act(mouth=0.62, curiosity=0.3),
    Action.SHAKE_OFF: Act(flutter=0.9, dance=0.5, curiosity=0.1),
    Action.EAT: Act(pecks=1.0, bow=0.55, curiosity=0.2),
    Action.GRAZE: Act(pecks=1.0, bow=0.55, curiosity=0.2),
    Action.DRINK: Act(pecks=1.0, bow=0.50, curiosity=0.1),
    Action.SING: Act(mouth=0.45, curiosity=0.7),
    Action.SPEAK: Act(mouth=0.35),
    Action.ROAR: Act(mouth=0.62, curiosity=0.3),
    Action.LAUGH: Act(mouth=0.4),
    Action.DANCE: Act(flutter=0.5, dance=1.0, curiosity=0.6),
    Action.PLAY: Act(flutter=0.4, dance=0.5),
    Action.JUMP: Act(flutter=0.7, dance=1.0),
    Action.LEAP: Act(flutter=0.7, dance=1.0),
    Action.FIGHT: Act(flutter=0.7, dance=0.7, mouth=0.4),
    Action.WAVE: Act(flutter=0.9),
    Action.CLAP: Act(flutter=0.9),
    Action.LIE: Act(crouch=0.5, curiosity=0.5),
    Action.SIT: Act(crouch=0.4),
    Action.SLEEP: Act(crouch=0.45, curiosity=0.0, pecks=0.0, bow=0.1),
    Action.LOOK: Act(curiosity=1.5),
    Action.SPIN: Act(dance=0.8),
}
_FLIGHTLESS = 0.61
"""Wings shorter than this carry nobody."""


def act_of(action: Action, shape: BirdShape) -> Act:
    """What a bird of these proportions does; it stands where it cannot do better."""
    act = _ACTS.get(action, Act())
    if action is Action.DIVE and shape.wing is Wing.FLIPPER:
        return _ACTS[Action.SWIM]
    grounded = shape.wing in {Wing.NONE, Wing.FLIPPER} or shape.arms or shape.span < _FLIGHTLESS
    if act.way in {Way.FLY, Way.BOTH} and grounded:
        return Act(Way.WALK, haste=1.6, flutter=0.5)
    return act
