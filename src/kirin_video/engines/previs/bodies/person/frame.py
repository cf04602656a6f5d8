"""The bare bones of a person: where the joints are at rest, arms a little away from the body."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.sculpt import Sculpture

Vec = NDArray[np.float64]

SIDES: Mapping[str, float] = {"l": -1.0, "r": 1.0}
"""Left is -z."""
ARM_OUT = 0.42
"""Radians that arms are away from the upright at rest."""
SKIRT_BONES = 8
"""Round the waist, from the front clockwise as seen from above."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Joints at rest, float64.

    Attributes:
        hips, waist, chest, neck, skull: (3,), up the spine; ``neck`` is its root, ``nape`` its top, ``skull``
            the middle of the head.
        nape: (3,).
        head: height of the head, chin to crown.
        arms: by side, (4, 3): shoulder, elbow, wrist, finger tips.
        clavicles: by side, (3,): where collar bones begin.
        legs: by side, (5, 3): hip, knee, ankle, ball, toe.
        eyes: by side, (3,), set once the face is made.
        skirt: (8, 2, 3), the bones of a skirt from the waist to its hem; empty without one.
    """

    hips: Vec
    waist: Vec
    chest: Vec
    neck: Vec
    nape: Vec
    skull: Vec
    head: float
    arms: Mapping[str, Vec]
    clavicles: Mapping[str, Vec]
    legs: Mapping[str, Vec]

    def scaled(self, k: float) -> Frame:
        """The frame of a taller or shorter person."""
        return Frame(
            self.hips * k, self.waist * k, self.chest * k, self.neck * k, self.nape * k, self.skull * k,
            self.head * k, {s: a * k for s, a in self.arms.items()},
            {s: a * k for s, a in self.clavicles.items()}, {s: a * k for s, a in self.legs.items()},
        )  # fmt: skip


def frame_of(s: PersonShape) -> Frame:
    """Joints from proportions, for a person of height 1."""
    chin = 1.0 - s.head
    neck = chin - 0.026
    trunk = neck - s.leg
    return Frame(
        hips=np.array([0.0, s.leg + 0.010, 0.0]),
        waist=np.array([-0.004, s.leg + 0.26 * trunk, 0.0]),
        chest=np.array([-0.006, s.leg + 0.55 * trunk, 0.0]),
        neck=np.array([-0.012, neck - 0.012, 0.0]),
        nape=np.array([0.0, chin + 0.12 * s.head, 0.0]),
        skull=np.array([0.012, 1.0 - 0.5 * s.head, 0.0]),
        head=s.head,
        arms={name: _arm(s, side, neck) for name, side in SIDES.items()},
        clavicles={name: np.array([0.0, neck - 0.030, side * 0.022]) for name, side in SIDES.items()},
        legs={name: _leg(s, side) for name, side in SIDES.items()},
    )


def _arm(s: PersonShape, side: float, neck: float) -> Vec:
    shoulder = np.array([-0.008, neck - 0.030 - 0.1 * s.upper_arm, side * s.shoulder])
    down = np.array([0.0, -math.cos(ARM_OUT), side * math.sin(ARM_OUT)])
    fore = np.array([0.10, -math.cos(ARM_OUT), side * math.sin(ARM_OUT)])
    fore /= np.linalg.norm(fore)
    elbow = shoulder + down * s.arm
    wrist = elbow + fore * s.forearm
    return np.array([shoulder, elbow, wrist, wrist + fore * s.hand])


def _leg(s: PersonShape, side: float) -> Vec:
    z = side * (s.hips[0] - s.thigh * 0.90)
    ankle = 0.042
    return np.array(
        [
            (0.0, s.leg, z),
            (0.010, ankle + (s.leg - ankle) * 0.515, z * 1.06),
            (-0.008, ankle, z * 1.10),
            (-0.008 + s.foot * 0.50, 0.014, z * 1.18),
            (-0.008 + s.foot * 0.72, 0.012, z * 1.20),
        ]
    )


def add_bones(clay: Sculpture, f: Frame) -> None:
    """The skeleton of a frame, pelvis first."""
    clay.bone("pelvis", f.hips, f.waist)
    clay.bone("spine", f.waist, f.chest, "pelvis")
    clay.bone("chest", f.chest, f.neck, "spine")
    clay.bone("neck", f.neck, f.nape, "chest")
    clay.bone("head", f.nape, f.skull, "neck")
    clay.bone("jaw", f.skull + np.array([-0.05, -0.15, 0.0]) * f.head, f.nape, "head")
    for side in SIDES:
        arm, leg = f.arms[side], f.legs[side]
        clay.bone(f"collar_{side}", f.clavicles[side], arm[0], "chest")
        clay.bone(f"arm_{side}", arm[0], arm[1], f"collar_{side}")
        clay.bone(f"forearm_{side}", arm[1], arm[2], f"arm_{side}")
        knuckles = arm[2] + (arm[3] - arm[2]) * 0.50
        clay.bone(f"hand_{side}", arm[2], knuckles, f"forearm_{side}")
        clay.bone(f"fingers_{side}", knuckles, arm[3], f"hand_{side}")
        clay.bone(f"thigh_{side}", leg[0], leg[1], "pelvis")
        clay.bone(f"shin_{side}", leg[1], leg[2], f"thigh_{side}")
        clay.bone(f"foot_{side}", leg[2], leg[3], f"shin_{side}")
        clay.bone(f"toes_{side}", leg[3], leg[4], f"foot_{side}")
