"""Gaits of quadrupeds: when each foot is on the ground, and how fast the animal goes.

Speeds come from leg length by the Froude number v^2 / (g h), strides from R. McNeill Alexander's observation
that animals of different size move alike at equal Froude numbers ("Principles of Animal Locomotion", 2003);
strides are kept a little shorter than in nature so that straight legs reach them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_GRAVITY = 9.81


@dataclass(frozen=True, slots=True)
class Gait:
    """A way of going.

    Attributes:
        starts: when in a cycle each foot comes down: hind left, hind right, fore left, fore right.
        duty: share of a cycle that a foot is on the ground.
        stride: metres of a cycle as a share of leg length.
        froude: v^2 / (g h) of an unhurried animal.
        lift: how high feet swing, as a share of leg length.
        bob: how far the trunk rises and falls, as a share of leg length.
        beats: how often it does in a cycle.
        rock: how far the trunk pitches, radians.
        flex: how far the back bends, radians.
        crouch: how far the trunk hangs lower than at rest, as a share of leg length.
        fold: how far legs fold in the air, radians.
        reach: how far the neck stretches forwards, radians.
    """

    starts: tuple[float, float, float, float]
    duty: float
    stride: float
    froude: float
    lift: float
    bob: float = 0.0
    beats: int = 2
    rock: float = 0.0
    flex: float = 0.0
    crouch: float = 0.02
    fold: float = 0.8
    reach: float = 0.0

    def speed(self, leg_m: float) -> float:
        """Metres a second of an animal with legs of this length."""
        return math.sqrt(self.froude * _GRAVITY * leg_m)


WALK = Gait((0.0, 0.5, 0.25, 0.75), 0.64, 1.05, 0.17, 0.09, bob=0.010, rock=0.010, crouch=0.025, fold=0.75)
AMBLE = Gait((0.0, 0.5, 0.22, 0.72), 0.54, 1.25, 0.55, 0.13, bob=0.015, rock=0.015, crouch=0.03, fold=0.85)
SNEAK = Gait((0.0, 0.5, 0.25, 0.75), 0.72, 0.85, 0.05, 0.10, crouch=0.16, fold=0.85, reach=0.35)
TROT = Gait((0.0, 0.5, 0.5, 0.0), 0.44, 1.55, 0.70, 0.16, bob=0.022, crouch=0.03, fold=1.05, flex=0.02)
GALLOP = Gait(
    (0.0, 0.11, 0.42, 0.56), 0.25, 2.8, 4.6, 0.24,
    bob=0.055, beats=1, rock=0.085, flex=0.17, crouch=0.06, fold=1.25, reach=0.30,
)  # fmt: skip
CANTER = Gait(
    (0.0, 0.18, 0.22, 0.55), 0.34, 1.9, 1.9, 0.20,
    bob=0.045, beats=1, rock=0.075, flex=0.10, crouch=0.05, fold=1.1, reach=0.10,
)  # fmt: skip
BOUND = Gait(
    (0.0, 0.03, 0.44, 0.50), 0.26, 2.6, 2.6, 0.26,
    bob=0.10, beats=1, rock=0.13, flex=0.24, crouch=0.06, fold=1.1, reach=0.12,
)  # fmt: skip
LEAP = Gait(
    (0.0, 0.03, 0.10, 0.14), 0.36, 2.2, 1.6, 0.34,
    bob=0.30, beats=1, rock=0.16, flex=0.14, crouch=0.10, fold=1.35,
)  # fmt: skip
PADDLE = Gait((0.0, 0.5, 0.5, 0.0), 0.5, 1.0, 0.12, 0.28, bob=0.012, fold=1.1)
