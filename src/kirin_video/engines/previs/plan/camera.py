"""The words of a camera crew: move, size, angle, lens, grip and the pace of time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """Camera verbs, in the words of a film set."""

    STILL = "still"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    ORBIT_LEFT = "orbit_left"
    ORBIT_RIGHT = "orbit_right"
    TRACK_LEFT = "track_left"
    TRACK_RIGHT = "track_right"
    TRACK_FORWARD = "track_forward"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"


class ShotSize(StrEnum):
    """How much of the subject fills the picture."""

    EXTREME_CLOSE_UP = "extreme_close_up"
    """An eye, a hand."""
    CLOSE_UP = "close_up"
    """A face."""
    MEDIUM_CLOSE_UP = "medium_close_up"
    """Head and shoulders."""
    MEDIUM = "medium"
    """To the waist."""
    FULL = "full"
    """Head to foot."""
    WIDE = "wide"
    """The subject in its surroundings."""
    EXTREME_WIDE = "extreme_wide"
    """Surroundings, and the subject somewhere in them."""


class Angle(StrEnum):
    """From where the camera looks at the subject."""

    EYE_LEVEL = "eye_level"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    AERIAL = "aerial"
    FIRST_PERSON = "first_person"
    OVER_SHOULDER = "over_shoulder"
    DUTCH = "dutch"
    SIDE = "side"
    BEHIND = "behind"
    FRONT = "front"
    THREE_QUARTER = "three_quarter"
    """Between front and side."""


OF_SOMEBODY = frozenset({Angle.OVER_SHOULDER, Angle.SIDE, Angle.BEHIND, Angle.FRONT, Angle.THREE_QUARTER})
"""Angles that need somebody to be seen from there."""


_HEIGHTS = frozenset({Angle.EYE_LEVEL, Angle.LOW, Angle.HIGH, Angle.OVERHEAD, Angle.AERIAL})


class Detail(StrEnum):
    """What of somebody a close shot is of, where that is not the face."""

    EYES = "eyes"
    EYE = "eye"
    """One of them."""
    HANDS = "hands"
    FEET = "feet"


class Lens(StrEnum):
    """What glass the picture is taken through."""

    NORMAL = "normal"
    WIDE = "wide"
    TELE = "tele"
    MACRO = "macro"
    FISHEYE = "fisheye"


def side_of_whip(move: Move | None) -> int:
    """To which side a camera is thrown that makes a move: -1 is left, 1 right."""
    return -1 if move in {Move.PAN_LEFT, Move.TRACK_LEFT, Move.ORBIT_LEFT} else 1


class Grip(StrEnum):
    """How the camera is held."""

    STEADY = "steady"
    HANDHELD = "handheld"


class Technique(StrEnum):
    """Things a crew does that are more than one of the moves."""

    ZOOM = "zoom"
    """By the lens, the camera stands."""
    DOLLY_ZOOM = "dolly_zoom"
    """The camera goes one way and the lens the other; the subject keeps its size."""
    WHIP = "whip"
    """So fast that the picture smears."""
    CRASH_ZOOM = "crash_zoom"
    """By the lens, all at once."""
    ROLL = "roll"
    """About the line of sight."""
    SPIRAL = "spiral"
    """Around and up, or around and in."""
    FOLLOW = "follow"
    """The camera stays with the first subject as it goes."""
    REVEAL = "reveal"
    """Out from behind something."""


class Pace(StrEnum):
    """How time runs."""

    REAL = "real"
    SLOW_MOTION = "slow_motion"
    FAST_MOTION = "fast_motion"
    TIME_LAPSE = "time_lapse"
    REVERSE = "reverse"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class Framing:
    """How the picture is taken, apart from the move.

    Attributes:
        size: how much of the subject fills the picture; None where the prompt does not say.
        angle: from where it is seen; None where the prompt does not say.
        also: a second angle that goes with it: from the side and low.
        lens: the glass.
        grip: how the camera is held.
        shallow_focus: whether only the subject should be sharp.
        detail: what of somebody a close shot is of; None leaves it to the size.
    """

    size: ShotSize | None = None
    angle: Angle | None = None
    also: Angle | None = None
    lens: Lens = Lens.NORMAL
    grip: Grip = Grip.STEADY
    shallow_focus: bool = False
    detail: Detail | None = None

    @property
    def side(self) -> Angle | None:
        """Which side of somebody is asked for."""
        return next((angle for angle in (self.angle, self.also) if angle in OF_SOMEBODY), None)

    @property
    def height(self) -> Angle | None:
        """From how high the picture is asked to be taken."""
        return next((angle for angle in (self.angle, self.also) if angle in _HEIGHTS), None)

    def sees(self, angle: Angle) -> bool:
        """Whether an angle is asked for."""
        return angle in {self.angle, self.also}
