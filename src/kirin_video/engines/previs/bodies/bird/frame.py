"""The bare bones of a bird: where its joints are at rest, standing, its wings spread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.bird.shape import BirdShape, Tail
from kirin_video.engines.previs.bodies.sculpt import Sculpture

Vec = NDArray[np.float64]

NECK_BONES = 4
SIDES = ("l", "r")
"""Left is -z."""
WING_BONES = 3
TAIL_BONES = 4
_BENDS = (-1.15, 0.70, 0.55, -0.75)
"""An S: a neck leans forwards at its root, back in its middle, forwards below the head."""
_WING_SHARES = (0.0, 0.24, 0.54, 1.0)


def way(degrees: float) -> Vec:
    """The unit vector in the body's middle plane that rises by an angle towards the front."""
    a = math.radians(degrees)
    return np.array([math.cos(a), math.sin(a), 0.0])


def sign_of(side: str) -> float:
    """-1 for the left side, 1 for the right."""
    return -1.0 if side == "l" else 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Joints at rest, float64.

    Attributes:
        middle: (3,), of the trunk.
        ahead, up: (3,), unit vectors along the trunk and out of its back.
        neck: (5, 3), joints from the trunk to the head.
        skull: (3,), the middle of the head.
        tail: (5, 3), joints from the rump backwards.
        legs: by side, (4, 3): hip, hock, foot, end of the toes.
        wings: by side, (4, 3): shoulder, elbow, wrist, tip.
    """

    middle: Vec
    ahead: Vec
    up: Vec
    neck: Vec
    skull: Vec
    tail: Vec
    legs: dict[str, Vec]
    wings: dict[str, Vec]

    def scaled(self, k: float) -> Frame:
        """The frame of a larger or smaller bird."""
        return Frame(
            self.middle * k,
            self.ahead,
            self.up,
            self.neck * k,
            self.skull * k,
            self.tail * k,
            {side: v * k for side, v in self.legs.items()},
            {side: v * k for side, v in self.wings.items()},
        )


def frame_of(s: BirdShape) -> Frame:
    """Joints from proportions."""
    ahead, up = way(s.pitch), way(s.pitch + 90.0)
    middle = np.array([0.0, s.leg, 0.0])
    root = middle + ahead * s.body[0] * 0.62 + up * s.body[1] * 0.25
    neck = [root]
    for k in range(NECK_BONES):
        neck.append(neck[-1] + way(s.neck_angle + s.neck_bend * _BENDS[k]) * s.neck / NECK_BONES)
    skull = neck[-1] + way(20.0) * s.head[0] * 0.3
    rump = middle - ahead * s.body[0] * 0.82 + up * s.body[1] * 0.15
    tail = [rump]
    for _ in range(TAIL_BONES):
        tail.append(tail[-1] + way(180.0 - s.tail_angle) * s.tail_length / TAIL_BONES)
    return Frame(
        middle,
        ahead,
        up,
        np.array(neck),
        skull,
        np.array(tail),
        {side: _leg(s, sign_of(side)) for side in SIDES},
        {side: _wing(s, middle, ahead, up, sign_of(side)) for side in SIDES},
    )


def _leg(s: BirdShape, sign: float) -> Vec:
    hip_y = s.leg - s.body[1] * 0.30
    z = sign * s.spread
    back = 0.10 * s.leg if s.tail is not Tail.LIZARD else 0.16 * s.leg
    hip = (0.0, hip_y, z * 0.85)
    hock = (-back, hip_y * 0.50, z)
    foot = (0.02, 0.035 * s.leg, z)
    return np.array([hip, hock, foot, (0.02 + s.foot, 0.02 * s.leg, z)])


def _wing(s: BirdShape, middle: Vec, ahead: Vec, up: Vec, sign: float) -> Vec:
    shoulder = middle + ahead * s.body[0] * 0.38 + up * s.body[1] * 0.52
    shoulder = shoulder + np.array([0.0, 0.0, sign * s.body[2] * 0.62])
    out = np.array([0.0, 0.0, sign])
    sweep = (0.0, 0.06, 0.10, -0.06)
    return np.array(
        [shoulder + (out * share + ahead * x) * s.span for share, x in zip(_WING_SHARES, sweep, strict=True)]
    )


def add_bones(clay: Sculpture, f: Frame) -> None:
    """The skeleton of a frame: the trunk first."""
    clay.bone("trunk", f.middle, f.neck[0])
    for k in range(NECK_BONES):
        clay.bone(f"neck{k}", f.neck[k], f.neck[k + 1], f"neck{k - 1}" if k else "trunk")
    clay.bone("head", f.neck[-1], f.skull, f"neck{NECK_BONES - 1}")
    clay.bone("jaw", f.skull, f.skull + np.array([0.1, 0.0, 0.0]), "head")
    for k in range(TAIL_BONES):
        clay.bone(f"tail{k}", f.tail[k], f.tail[k + 1], f"tail{k - 1}" if k else "trunk")
    for side in SIDES:
        for k in range(WING_BONES):
            above = f"wing_{side}{k - 1}" if k else "trunk"
            clay.bone(f"wing_{side}{k}", f.wings[side][k], f.wings[side][k + 1], above)
        clay.bone(f"fold_{side}", f.wings[side][0], f.middle, "trunk")
        for k in range(3):
            above = f"leg_{side}{k - 1}" if k else "trunk"
            clay.bone(f"leg_{side}{k}", f.legs[side][k], f.legs[side][k + 1], above)
