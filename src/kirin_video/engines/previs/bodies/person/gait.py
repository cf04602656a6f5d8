"""How people go: when feet are on the ground, how fast, and how the body answers.

Speeds come from leg length by the Froude number v^2 / (g h), as in `quadruped.gait`; people change from
walking to running near 0.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_GRAVITY = 9.81


@dataclass(frozen=True, slots=True)
class Gait:
    """A way of going on two legs.

    Attributes:
        duty: share of a cycle of two steps that a foot is on the ground.
        stride: metres of a cycle as a share of leg length.
        froude: v^2 / (g h) of an unhurried person.
        lift: how high ankles swing, as a share of leg length.
        bob: how far the hips rise and fall, as a share of leg length.
        high: when in a step the hips are highest, as a share of it after a foot comes down.
        crouch: how far the hips hang lower than at rest, as a share of leg length.
        lean: radians that the trunk leans forwards.
        twist: radians that hips and shoulders turn against each other.
        swing: radians that arms swing to either side.
        elbow: radians that elbows are bent.
        roll: radians that heels are lifted behind.
        together: whether both feet go at once, as in hopping.
    """

    duty: float
    stride: float
    froude: float
    lift: float
    bob: float
    high: float = 0.5
    crouch: float = 0.012
    lean: float = 0.03
    twist: float = 0.10
    swing: float = 0.42
    elbow: float = 0.28
    roll: float = 0.85
    together: bool = False

    def speed(self, leg_m: float) -> float:
        """Metres a second of somebody with legs of this length."""
        return math.sqrt(self.froude * _GRAVITY * leg_m)


WALK = Gait(0.60, 1.48, 0.185, 0.075, 0.013)
STROLL = Gait(0.64, 1.20, 0.085, 0.060, 0.010, swing=0.28, elbow=0.22, twist=0.07)
SNEAK = Gait(0.68, 1.05, 0.035, 0.16, 0.008, crouch=0.16, lean=0.34, swing=0.14, elbow=1.25, roll=0.55)
CLIMB = Gait(0.62, 1.05, 0.050, 0.22, 0.020, crouch=0.05, lean=0.26, swing=0.35, elbow=0.75)
JOG = Gait(
    0.36, 2.15, 0.85, 0.26, 0.035, high=0.86, crouch=0.050, lean=0.11, twist=0.16, swing=0.62, elbow=1.45
)
RUN = Gait(
    0.29, 2.70, 1.75, 0.46, 0.050, high=0.88, crouch=0.045, lean=0.24, twist=0.22, swing=0.90, elbow=1.60
)
SKIP = Gait(
    0.40, 1.70, 0.45, 0.22, 0.070, high=0.90, crouch=0.030, lean=0.03, twist=0.14, swing=0.75, elbow=0.60
)
PUSH = Gait(0.66, 1.0, 0.05, 0.07, 0.008, crouch=0.08, lean=0.42, swing=0.0, elbow=0.5)
