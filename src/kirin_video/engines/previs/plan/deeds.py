"""What subjects do, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a subject does. A body that cannot do it does the nearest thing it can."""

    IDLE = "idle"
    """Alive, but doing nothing: breathes, looks about, sways. The default."""
    STAND = "stand"
    SIT = "sit"
    LIE = "lie"
    SLEEP = "sleep"
    KNEEL = "kneel"
    CROUCH = "crouch"
    LEAN = "lean"
    WALK = "walk"
    SNEAK = "sneak"
    TROT = "trot"
    RUN = "run"
    GALLOP = "gallop"
    JUMP = "jump"
    CLIMB = "climb"
    CRAWL = "crawl"
    SLITHER = "slither"
    FALL = "fall"
    ROLL = "roll"
    SPIN = "spin"
    TURN = "turn"
    FLY = "fly"
    GLIDE = "glide"
    HOVER = "hover"
    PERCH = "perch"
    TAKE_OFF = "take_off"
    LAND = "land"
    FLOAT = "float"
    SWIM = "swim"
    DIVE = "dive"
    LEAP = "leap"
    """Out of the water and back."""
    SURF = "surf"
    SKI = "ski"
    SKATE = "skate"
    RIDE = "ride"
    DRIVE = "drive"
    SAIL = "sail"
    ROW = "row"
    STOP = "stop"
    LAUNCH = "launch"
    CRASH = "crash"
    DANCE = "dance"
    FIGHT = "fight"
    TAI_CHI = "tai_chi"
    """Slow forms, on the spot."""
    PLAY = "play"
    SING = "sing"
    MUSIC = "music"
    """Plays an instrument."""
    SPEAK = "speak"
    ROAR = "roar"
    LAUGH = "laugh"
    CRY = "cry"
    WAVE = "wave"
    POINT = "point"
    CLAP = "clap"
    HUG = "hug"
    KISS = "kiss"
    HOLD_HANDS = "hold_hands"
    """Of two; also done while walking."""
    LOOK = "look"
    READ = "read"
    WRITE = "write"
    WORK = "work"
    COOK = "cook"
    EAT = "eat"
    DRINK = "drink"
    GRAZE = "graze"
    HOLD = "hold"
    CARRY = "carry"
    THROW = "throw"
    CATCH = "catch"
    KICK = "kick"
    PUSH = "push"
    PULL = "pull"
    OPEN = "open"
    GROW = "grow"
    BLOOM = "bloom"
    SWAY = "sway"
    BURN = "burn"
    GLOW = "glow"
    TURN_INTO = "turn_into"


class Heading(StrEnum):
    """Where a moving subject goes, as the picture shows it."""

    LEFT = "left"
    RIGHT = "right"
    TOWARDS = "towards"
    """Towards the camera."""
    AWAY = "away"
    """Away from the camera."""
    UP = "up"
    DOWN = "down"
    AROUND = "around"


class Spot(StrEnum):
    """Where in the picture a subject is."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"
    FOREGROUND = "foreground"
    BACKGROUND = "background"
    DISTANCE = "distance"
    SKY = "sky"


class RelationKind(StrEnum):
    """How a subject stands to another."""

    BESIDE = "beside"
    BEHIND = "behind"
    IN_FRONT_OF = "in_front_of"
    LEFT_OF = "left_of"
    RIGHT_OF = "right_of"
    BETWEEN = "between"
    AMONG = "among"
    AROUND = "around"
    ON = "on"
    IN = "in"
    UNDER = "under"
    ABOVE = "above"
    RIDING = "riding"
    """Sits on or in it and goes with it; the ridden one moves, at its own gait."""
    HELD_BY = "held_by"
    """Is in the other's hand, or mouth."""
    WORN_BY = "worn_by"
    TOWED_BY = "towed_by"
    CHASING = "chasing"
    FOLLOWING = "following"
    FACING = "facing"
    """Turned towards it; also looking at it."""
    TOWARDS = "towards"
    AWAY_FROM = "away_from"
    THROUGH = "through"
    OVER = "over"
    """Passes above it or across it."""
    PAST = "past"
    WITH = "with"
    """Does the same thing with it: dancing with, playing with, fighting."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a subject stands to another, or to the camera.

    Attributes:
        kind: how.
        to: index of the other in the plan's subjects, never the subject's own; None is the camera.
    """

    kind: RelationKind
    to: int | None
