"""How a cut-out stands: what it is built like, its pose at every frame, and the clock that moves it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TAU = math.tau


class Manner(StrEnum):
    """How something goes from place to place."""

    STEP = "step"
    """On legs."""
    HOP = "hop"
    """In small hops, as toys do."""
    ROLL = "roll"
    """As balls do."""
    GLIDE = "glide"
    """On wheels, or as boats do."""
    STILL = "still"
    """Not at all."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a motion needs to know of its body, metres.

    Attributes:
        height_m: of the subject.
        parting_m: where its legs part, right of its middle in the picture.
        bearing: where whoever took the picture stood: a turn from the body's front, radians.
        manner: how it goes.
        alive: whether it breathes.
        sideways: whether the picture shows it from the side, so that its legs swing within the picture.
        speed: metres a second at a walk.
        draft: how deep it lies in water, as a share of its height.
        lift_m: how high above the ground its lower edge hangs.
        back_m: how far behind its place it is, seen from whoever took the picture.
    """

    height_m: float
    parting_m: float
    bearing: float
    manner: Manner
    alive: bool
    sideways: bool
    speed: float
    draft: float
    lift_m: float = 0.0
    back_m: float = 0.0

    @property
    def raised(self) -> Floats:
        """How far off its place all of it is."""
        return np.array([0.0, self.lift_m, 0.0]) - self.back_m * self.outward

    @property
    def across(self) -> Floats:
        """The picture's right, in the body's space."""
        return np.array([-math.sin(self.bearing), 0.0, -math.cos(self.bearing)])

    @property
    def outward(self) -> Floats:
        """Towards whoever looks at the picture, in the body's space."""
        return np.array([math.cos(self.bearing), 0.0, -math.sin(self.bearing)])


@dataclass(slots=True)
class Pose:
    """How everything stands at every frame; each (f,). Lengths are in heights, angles in radians.

    Attributes:
        up: over the ground.
        aside: to the right within the picture.
        lean: within the picture, to the right.
        bow: towards whoever looks.
        yaw: round the upright axis.
        roll: within the picture, about the middle.
        stretch: of the height; the width gives way.
        breath: of the chest.
        nod: of the head, within the picture.
        swing: of the legs, one forward and one back.
        lift: of the left and the right foot.
    """

    up: Floats
    aside: Floats
    lean: Floats
    bow: Floats
    yaw: Floats
    roll: Floats
    stretch: Floats
    breath: Floats
    nod: Floats
    swing: Floats
    lift: tuple[Floats, Floats]


def at_rest(times: Floats) -> Pose:
    """Standing still."""

    def zero() -> Floats:
        return np.zeros_like(times)

    return Pose(
        up=zero(), aside=zero(), lean=zero(), bow=zero(), yaw=zero(), roll=zero(),
        stretch=np.ones_like(times), breath=zero(), nod=zero(), swing=zero(), lift=(zero(), zero()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beat:
    """The clock of a motion.

    Attributes:
        times: (f,), seconds.
        gone: (f,), metres.
        start: a share of a period that makes this one different from its neighbour.
        build: whose.
    """

    times: Floats
    gone: Floats
    start: float
    build: Build

    def by_time(self, period_s: float) -> Floats:
        """A phase that goes by time, radians."""
        return TAU * (self.times / period_s + self.start)

    def by_way(self, stride: float) -> Floats:
        """A phase that goes by the way, one round in so many heights."""
        return TAU * (self.gone / (stride * self.build.height_m) + self.start)
