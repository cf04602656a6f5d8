"""The bare bones of a quadruped: where its joints are at rest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.quadruped.shape import Ear, Foot, QuadShape
from kirin_video.engines.previs.bodies.sculpt import Sculpture

Vec = NDArray[np.float64]

LEGS = ("hl", "hr", "fl", "fr")
"""Hind left, hind right, fore left, fore right; left is -z."""
TAIL_BONES = 4
TRUNK_BONES = 6
_TRUNK_ANGLES = (-72.0, -86.0, -92.0, -84.0, -62.0, -30.0)


def way(degrees: float) -> Vec:
    """The unit vector in the body's middle plane that rises by an angle towards the front."""
    a = math.radians(degrees)
    return np.array([math.cos(a), math.sin(a), 0.0])


@dataclass(frozen=True, slots=True)
class Frame:
    """Joints at rest, float64, (3,) each.

    Attributes:
        hips, middle, shoulders: along the spine.
        neck_base, neck_middle, neck_top: the neck.
        skull: the middle of the head.
        nose: the tip of the muzzle.
        jaw: where the lower jaw hangs.
        tail: its joints from the root to the tip.
        trunk: the joints of a trunk; empty for most.
        ears: (2, 3), where the left and the right ear grow.
        legs: by name, the joints (5, 3): hip or shoulder, knee or elbow, hock or wrist, fetlock, toe.
    """

    hips: Vec
    middle: Vec
    shoulders: Vec
    neck_base: Vec
    neck_middle: Vec
    neck_top: Vec
    skull: Vec
    nose: Vec
    jaw: Vec
    tail: Vec
    trunk: Vec
    ears: Vec
    legs: Mapping[str, Vec]

    def scaled(self, factor: float) -> Frame:
        """The frame of a larger or smaller animal."""
        return Frame(
            *(
                getattr(self, name) * factor
                for name in (
                    "hips", "middle", "shoulders", "neck_base", "neck_middle", "neck_top",
                    "skull", "nose", "jaw", "tail", "trunk", "ears",
                )
            ),
            legs={name: joints * factor for name, joints in self.legs.items()},
        )  # fmt: skip


def frame_of(shape: QuadShape) -> Frame:
    """Joints from proportions."""
    s = shape
    shoulders = np.array([s.length * 0.40, s.stand + s.slope * 0.5, 0.0])
    middle = np.array([0.0, s.stand - s.sag, 0.0])
    hips = np.array([-s.length * 0.42, s.stand - s.slope * 0.35 + s.rump[1] * 0.08, 0.0])
    neck_base = shoulders + np.array([s.chest[0] * 0.35, s.chest[1] * 0.28, 0.0])
    neck_top = neck_base + way(s.neck_angle) * s.neck
    neck_middle = (neck_base + neck_top) / 2.0 + np.array([-0.02, 0.02, 0.0]) * s.neck
    skull = neck_top + np.array([s.skull[0] * 0.45, s.skull[1] * 0.15, 0.0])
    ahead = way(s.tilt)
    nose = skull + ahead * (s.skull[0] * 0.5 + s.muzzle)
    jaw = skull + ahead * (s.skull[0] * 0.05) + way(s.tilt - 90.0) * (s.skull[1] * 0.35)
    return Frame(
        hips=hips,
        middle=middle,
        shoulders=shoulders,
        neck_base=neck_base,
        neck_middle=neck_middle,
        neck_top=neck_top,
        skull=skull,
        nose=nose,
        jaw=jaw,
        tail=_tail(s, hips),
        trunk=_trunk(s, nose),
        ears=np.array([skull + _ear_root(s, side) for side in (-1.0, 1.0)]),
        legs={name: _leg(s, name) for name in LEGS},
    )


def _ear_root(s: QuadShape, side: float) -> Vec:
    """Where an ear grows, from the middle of the skull."""
    x, y, z = s.skull
    share = {
        Ear.POINT: (-0.25, 0.72, 0.58),
        Ear.ROUND: (-0.20, 0.66, 0.72),
        Ear.FLOP: (-0.22, 0.62, 0.80),
        Ear.SIDE: (-0.30, 0.58, 0.78),
        Ear.LONG: (-0.25, 0.80, 0.42),
        Ear.FAN: (-0.35, 0.20, 0.85),
    }[s.ear]
    return np.array([share[0] * x, share[1] * y, side * share[2] * z])


def _tail(s: QuadShape, hips: Vec) -> Vec:
    joints = [hips + np.array([-s.rump[0] * 0.85, s.rump[1] * 0.45, 0.0])]
    for k in range(TAIL_BONES):
        angle = s.tail_angle + (s.tail_curl - s.tail_angle) * k / (TAIL_BONES - 1)
        joints.append(joints[-1] + way(180.0 - angle) * s.tail / TAIL_BONES)
    return np.array(joints)


def _trunk(s: QuadShape, nose: Vec) -> Vec:
    if s.trunk <= 0.0:
        return np.zeros((0, 3))
    joints = [nose + way(s.tilt) * 0.1 * s.muzzle_base]
    for angle in _TRUNK_ANGLES:
        joints.append(joints[-1] + way(angle) * s.trunk / TRUNK_BONES)
    return np.array(joints)


def _leg(s: QuadShape, name: str) -> Vec:
    fore, side = name[0] == "f", -1.0 if name[1] == "l" else 1.0
    z = side * s.spread
    x = s.length * 0.42 if fore else -s.length * 0.44
    top = (s.stand + s.slope * 0.5 if fore else s.stand - s.slope * 0.35) * 0.97
    out = s.stand * s.bend
    ankle = s.foot_radius * (1.05 if s.foot in {Foot.PAW, Foot.PILLAR} else 1.5)
    if fore:
        joints = [
            (x, top, z * 0.9),
            (x - 0.055 * out, top * 0.66, z),
            (x + 0.012 * out, top * 0.355, z),
            (x, ankle, z),
        ]
    else:
        joints = [
            (x, top, z * 0.85),
            (x + 0.115 * out, top * 0.67, z),
            (x - 0.125 * out, top * 0.375, z),
            (x - 0.05 * out, ankle, z),
        ]
    toe = np.array(joints[-1]) + np.array([s.foot_length, -s.foot_radius * 0.25, 0.0])
    return np.array([*joints, toe])


def add_bones(clay: Sculpture, frame: Frame) -> None:
    """The skeleton of a frame: pelvis first, then everything that hangs on it."""
    f = frame
    clay.bone("pelvis", f.hips, f.middle)
    clay.bone("chest", f.middle, f.shoulders, "pelvis")
    clay.bone("neck", f.neck_base, f.neck_middle, "chest")
    clay.bone("nape", f.neck_middle, f.neck_top, "neck")
    clay.bone("head", f.skull, f.nose, "nape")
    clay.bone("jaw", f.jaw, f.nose, "head")
    for side, root in zip("lr", f.ears, strict=True):
        clay.bone(f"ear_{side}", root, root + np.array([0.0, 1e-3, 0.0]), "head")
    for k in range(TAIL_BONES):
        clay.bone(f"tail{k}", f.tail[k], f.tail[k + 1], f"tail{k - 1}" if k else "pelvis")
    for k in range(len(f.trunk) - 1):
        clay.bone(f"trunk{k}", f.trunk[k], f.trunk[k + 1], f"trunk{k - 1}" if k else "head")
    for name in LEGS:
        for k in range(4):
            above = f"{name}{k - 1}" if k else ("chest" if name[0] == "f" else "pelvis")
            clay.bone(f"{name}{k}", f.legs[name][k], f.legs[name][k + 1], above)
