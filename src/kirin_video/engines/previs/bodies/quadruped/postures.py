"""Postures of quadrupeds that stay in place: standing, sitting, lying, feeding."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.posing import about, apply, compose, turned
from kirin_video.engines.previs.bodies.quadruped.frame import LEGS, Frame
from kirin_video.engines.previs.bodies.quadruped.shape import Foot, QuadShape

Vec = NDArray[np.float64]

NECK_SHARE, NAPE_SHARE = 0.75, 0.40
"""How much of a neck's bend its root and its middle take."""
_ROLLED_UP_RAD = 0.75
"""How far those with paws turn their head to their flank when they sleep."""
_LONG_TAIL = 0.5
_UPRIGHT_RAD, _MOST_UPRIGHT_RAD = 0.30, 1.22
"""How much more upright they sit who eat from their paws."""
_HANGING_RAD = 1.30


class Pose(StrEnum):
    """Ways of holding still."""

    STAND = "stand"
    SIT = "sit"
    LIE = "lie"
    SLEEP = "sleep"
    FEED = "feed"
    """Head to the ground."""
    DRINK = "drink"
    """Head below the ground that it stands on, where the water is; bowed in front."""
    MUNCH = "munch"
    """Sitting upright, something at the mouth between the forepaws."""
    HANG = "hang"
    """Upright, by the hands from what is overhead."""
    STRETCH = "stretch"
    """Forelegs far ahead, the breast low, the rump high."""
    LOW = "low"
    """Head level with the back, as when it sneaks or pulls."""
    DIG = "dig"
    """Bowed over the forepaws."""
    HOWL = "howl"
    """Head thrown up, the nose at the sky."""
    PROUD = "proud"
    """Head high, as when it calls."""


@dataclass(frozen=True, slots=True)
class Posture:
    """How a trunk is held and where the feet are.

    Attributes:
        crouch: how far the trunk is lowered, as a share of leg length.
        pitch: radians that the trunk is raised in front, about the shoulders.
        pelvis: radians that the pelvis is tucked.
        neck: radians that the neck is raised; negative lowers it.
        head: radians that the head is raised against the neck.
        tail: radians that the tail is raised.
        feet: where the balls of feet are, against their place at rest.
        cannons: radians that cannon bones are turned against rest, where legs are folded.
        folded: whether the legs are folded.
        asleep: whether the eyes are shut.
        turn: radians that head and neck are turned to the right.
        curl: radians that a tail on the ground goes round to the right; None where it does not lie there.
    """

    crouch: float = 0.0
    pitch: float = 0.0
    pelvis: float = 0.0
    neck: float = 0.0
    head: float = 0.0
    tail: float = 0.0
    feet: Mapping[str, Vec] = field(default_factory=dict[str, Vec])
    cannons: Mapping[str, float] = field(default_factory=dict[str, float])
    folded: bool = False
    asleep: bool = False
    turn: float = 0.0
    curl: float | None = None


_ON_ITS_LEGS: Mapping[Pose, Posture] = {
    Pose.LOW: Posture(neck=-0.55, head=0.40),
    Pose.PROUD: Posture(neck=0.22, head=0.12),
    Pose.DIG: Posture(crouch=0.06, pitch=-0.26, neck=-0.55, head=0.10, tail=0.55),
    Pose.HOWL: Posture(pitch=0.06, neck=0.50, head=0.62, tail=-0.25),
}


def posture_of(pose: Pose, shape: QuadShape, frame: Frame) -> Posture:
    """How an animal of these proportions holds a pose."""
    match pose:
        case Pose.SIT:
            posture = _sitting(shape, frame)
        case Pose.LIE | Pose.SLEEP:
            posture = _lying(shape, frame, asleep=pose is Pose.SLEEP)
        case Pose.MUNCH:
            posture = _munching(shape, frame)
        case Pose.HANG:
            posture = _hanging(shape, frame)
        case Pose.FEED | Pose.DRINK:
            posture = _feeding(frame, drinks=pose is Pose.DRINK)
        case Pose.STRETCH:
            posture = _stretching(shape)
        case _:
            posture = _ON_ITS_LEGS.get(pose, Posture())
    return posture


def _sitting(s: QuadShape, f: Frame) -> Posture:
    """The rump on the ground, hocks flat, forelegs upright."""
    back = float(f.shoulders[0] - f.hips[0])
    low = s.rump[1] * 0.92
    pitch = math.asin(min(max((float(f.shoulders[1]) - low) / back, 0.0), 0.92))
    hips = apply(about(turned("z", np.array(pitch)), f.shoulders), f.hips)
    feet: dict[str, Vec] = {}
    cannons: dict[str, float] = {}
    for name in ("hl", "hr"):
        rest = f.legs[name]
        ball_x = float(rest[3][0]) + 0.8 * s.foot_length
        wide = (1.0 if name[1] == "r" else -1.0) * 0.35 * s.spread
        feet[name] = np.array([float(hips[0]) + 0.42 * s.stand - ball_x, 0.0, wide])
        cannons[name] = _flat(rest, -0.16)
    for name in ("fl", "fr"):
        feet[name] = np.array([-0.10 * s.stand, 0.0, 0.0])
    return Posture(
        pitch=pitch, neck=-0.62 * pitch, head=-0.22 * pitch, tail=-0.75 * pitch - 0.2,
        feet=feet, cannons=cannons, folded=True, curl=_laid(s, 0.62),
    )  # fmt: skip


def _lying(s: QuadShape, f: Frame, *, asleep: bool) -> Posture:
    """On its breast, legs folded below: paws in front like a sphinx, hoofs tucked under."""
    leg = (float(f.hips[1]) + float(f.shoulders[1])) / 2.0
    crouch = (leg - max(s.chest[1], s.belly[1]) * 0.93) / leg
    feet: dict[str, Vec] = {}
    cannons: dict[str, float] = {}
    for name in ("hl", "hr", "fl", "fr"):
        rest = f.legs[name]
        side = 1.0 if name[1] == "r" else -1.0
        ball_x = float(rest[3][0]) + 0.8 * s.foot_length
        if name[0] == "h":
            feet[name] = np.array([float(f.hips[0]) + 0.40 * s.stand - ball_x, 0.0, side * 0.75 * s.spread])
            cannons[name] = _flat(rest, -0.10)
        elif s.foot is Foot.PAW:
            feet[name] = np.array(
                [float(f.shoulders[0]) + 0.50 * s.stand - ball_x, 0.0, side * 0.1 * s.spread]
            )
            cannons[name] = _flat(rest, -0.03)
        else:
            # The knee goes forward, the hoof back under the chest.
            feet[name] = np.array(
                [float(f.shoulders[0]) + 0.06 * s.stand - ball_x, 0.0, side * 0.3 * s.spread]
            )
            cannons[name] = -_flat(rest, 0.05) + 2.0 * (math.pi / 2.0 - _angle(rest))
    return Posture(
        crouch=crouch,
        neck=-0.55 if asleep else 0.0,
        head=0.20 if asleep else 0.0,
        tail=-0.3,
        feet=feet,
        cannons=cannons,
        folded=True,
        asleep=asleep,
        turn=_ROLLED_UP_RAD if asleep and s.foot is Foot.PAW else 0.0,
        curl=_laid(s, 0.86 if asleep else 0.35),
    )


def _laid(s: QuadShape, share: float) -> float | None:
    """How far round a tail goes that is long enough to lie on the ground, half turns."""
    return share * math.pi if s.tail > _LONG_TAIL * s.stand else None


def _angle(rest: Vec) -> float:
    """The direction of a cannon bone at rest, from fetlock to hock."""
    up = rest[2] - rest[3]
    return math.atan2(float(up[1]), float(up[0]))


def _flat(rest: Vec, above: float) -> float:
    """The turn that lays a cannon bone backwards along the ground, ``above`` radians short of level."""
    return math.pi + above - _angle(rest)


def _munching(s: QuadShape, f: Frame) -> Posture:
    """As it sits, but upright, and the forepaws before the mouth."""
    sitting = _sitting(s, f)
    pitch = min(sitting.pitch + _UPRIGHT_RAD, _MOST_UPRIGHT_RAD)
    back = float(f.shoulders[0] - f.hips[0])
    # The rump stays on the ground, so the shoulders come up, and the feet go with the rump.
    rise = back * (math.sin(pitch) - math.sin(sitting.pitch))
    ahead = back * (math.cos(sitting.pitch) - math.cos(pitch))
    leg = (float(f.hips[1]) + float(f.shoulders[1])) / 2.0
    neck, head = -0.62 * pitch, -0.18 * pitch
    turn = about(turned("z", np.array(pitch)), f.shoulders)
    turn = compose(turn, about(turned("z", np.array(NECK_SHARE * neck)), f.neck_base))
    turn = compose(turn, about(turned("z", np.array(NAPE_SHARE * neck)), f.neck_middle))
    turn = compose(turn, about(turned("z", np.array(head)), f.neck_top))
    mouth = apply(turn, f.nose) + np.array([0.0, rise, 0.0])
    feet = {name: place + np.array([ahead, 0.0, 0.0]) for name, place in sitting.feet.items()}
    for name in ("fl", "fr"):
        rest = f.legs[name]
        ball = np.array([rest[3][0] + 0.8 * s.foot_length, 0.0, rest[3][2]])
        side = 1.0 if name[1] == "r" else -1.0
        # One paw higher than the other, along what it eats.
        at = mouth + np.array([-0.02, -0.20 + 0.06 * side, 0.0]) * s.stand
        feet[name] = np.array([at[0] - ball[0], at[1], side * 0.10 * s.spread - ball[2] * 0.55])
    return Posture(
        crouch=-rise / leg, pitch=pitch, neck=neck, head=head, tail=sitting.tail, feet=feet,
        cannons=sitting.cannons, folded=True, curl=sitting.curl,
    )  # fmt: skip


def _hanging(s: QuadShape, f: Frame) -> Posture:
    """The trunk upright below the hands, the legs dangling: its own ground is far below its feet."""
    pitch = _HANGING_RAD
    arm = float(sum(np.linalg.norm(b - a) for a, b in itertools.pairwise(f.legs["fl"][:4])))
    hips = apply(about(turned("z", np.array(pitch)), f.shoulders), f.hips)
    feet: dict[str, Vec] = {}
    for name in LEGS:
        rest = f.legs[name]
        ball = np.array([rest[3][0] + 0.8 * s.foot_length, 0.0, rest[3][2]])
        if name[0] == "f":
            at = f.shoulders + np.array([0.10 * arm, 0.94 * arm, 0.0])
        else:
            at = hips + np.array([0.22 * s.stand, -0.80 * s.stand, 0.0])
        feet[name] = np.array([at[0] - ball[0], at[1], 0.0])
    return Posture(pitch=pitch, neck=-0.8 * pitch, head=-0.25 * pitch, tail=-0.9, feet=feet, folded=True)


def _stretching(s: QuadShape) -> Posture:
    """As cats and dogs do after a nap."""
    feet = {name: np.array([0.62 * s.stand, 0.0, 0.0]) for name in ("fl", "fr")}
    return Posture(crouch=0.16, pitch=-0.46, neck=0.62, head=0.26, tail=0.60, feet=feet)


def _feeding(f: Frame, *, drinks: bool) -> Posture:
    """The neck lowered until the nose is at the ground, or below it; who does not reach it bows in front."""
    bow = (-0.10 if drinks else 0.06) * float(f.shoulders[1])
    crouch = 0.20 if drinks else 0.06
    best, least = Posture(), 1e9
    for share in np.linspace(0.0, 1.0, 40):
        down = -2.3 * float(share)
        turn = about(turned("z", np.array(NECK_SHARE * down)), f.neck_base)
        turn = compose(turn, about(turned("z", np.array(NAPE_SHARE * down)), f.neck_middle))
        head = -0.42 * down
        turn = compose(turn, about(turned("z", np.array(head * 0.5)), f.neck_top))
        off = abs(float(apply(turn, f.nose)[1]) - bow - 0.05 * float(f.shoulders[1]))
        if off < least:
            best, least = Posture(crouch=crouch, neck=down, head=head * 0.5), off
    return best
