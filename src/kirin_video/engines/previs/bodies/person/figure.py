"""A figure: everything that a pose is made of, over all frames at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.steps import Footing
from kirin_video.engines.previs.bodies.posing import Floats, turned

Value = Floats | float


@dataclass(slots=True)
class Turns:
    """How a part of the trunk is turned, radians, (f,) or one for all.

    Attributes:
        pitch: leaning forwards.
        yaw: turned to the left.
        roll: leaning to the right.
    """

    pitch: Value = 0.0
    yaw: Value = 0.0
    roll: Value = 0.0

    def matrix(self, count: int, share: float = 1.0) -> Floats:
        """Rotations (f, 3, 3) by a share of the turns."""
        ones = np.ones(count) * share
        return (
            turned("y", self.yaw * ones) @ turned("x", self.roll * ones) @ turned("z", -(self.pitch * ones))
        )


@dataclass(slots=True)
class Arm:
    """How an arm is held, radians, (f,) or one for all.

    Attributes:
        swing: forwards from hanging down.
        out: away from the body.
        turn: of the upper arm about itself, so that the elbow bends more inwards.
        bend: of the elbow.
        wrist: bent towards the palm.
        curl: of the fingers.
        lift: of the shoulder.
        goal: (f, 3) or (3,), where the wrist should be, in the person's own space; instead of
            the above.
        pole: where the elbow points when there is a goal.
        level: whether the goal moves with the chest.
    """

    swing: Value = 0.04
    out: Value = 0.12
    turn: Value = 0.15
    bend: Value = 0.22
    wrist: Value = 0.0
    curl: Value = 0.35
    lift: Value = 0.0
    goal: Floats | None = None
    pole: Floats = field(default_factory=lambda: np.array([-0.45, -0.8, 0.35]))
    level: bool = True


@dataclass(slots=True)
class Features:
    """What the face does; (f,) or one for all.

    Attributes:
        open: of the mouth, 0 to 1.
        shut: of the eyes, 0 to 1.
        look_yaw: eyes to the left, radians.
        look_pitch: eyes down, radians.
        brows: raised, as a share of the head.
    """

    open: Value = 0.0
    shut: Value = 0.0
    look_yaw: Value = 0.0
    look_pitch: Value = 0.0
    brows: Value = 0.0


@dataclass(slots=True)
class Figure:
    """A pose, or many.

    Attributes:
        shift: (f, 3) or (3,), metres that the hips are away from their place at rest.
        whole: how the whole body is turned about the hips.
        hips, back, head: how they are turned, each against the one before.
        arms: by side.
        feet: by side.
        free: whether feet go where legs take them: the hips are not lowered for feet to reach the ground.
        knees: by side, radians that knees point outwards.
        face: what it does.
        flare: radians that a skirt is spread.
        stream: radians that hair and cape fly behind.
    """

    feet: dict[str, Footing]
    shift: Floats = field(default_factory=lambda: np.zeros(3))
    whole: Turns = field(default_factory=Turns)
    hips: Turns = field(default_factory=Turns)
    back: Turns = field(default_factory=Turns)
    head: Turns = field(default_factory=Turns)
    arms: dict[str, Arm] = field(default_factory=lambda: {side: Arm() for side in SIDES})
    free: bool = False
    knees: dict[str, Value] = field(default_factory=lambda: dict.fromkeys(SIDES, 0.10))
    face: Features = field(default_factory=Features)
    flare: Value = 0.0
    stream: Value = 0.0
