"""The proportions of a person, as shares of the height: warm and simple, the head a little large."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.plan import Age, Build


class Sex(StrEnum):
    """Whose proportions and default clothes a body has."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class PersonShape:
    """Everything that tells one person's body from another's.

    Lengths are shares of the height.

    Attributes:
        sex: whose default clothes and hair.
        age: how old.
        height_m: metres from the ground to the crown.
        head: from chin to crown.
        leg: height of the hip joints.
        shoulder: from the middle to a shoulder joint.
        chest, waist, hips: half width and half depth of the trunk there.
        bust: depth of the breasts.
        belly: how far a paunch stands out.
        arm, forearm, hand: their lengths.
        upper_arm, lower_arm, wrist: radii.
        thigh, calf, ankle: radii.
        neck: its radius.
        foot: its length.
        jaw: breadth of the lower face as a share of the head.
        stoop: radians that an old back is bent.
    """

    sex: Sex
    age: Age
    height_m: float
    head: float = 0.167
    leg: float = 0.500
    shoulder: float = 0.112
    chest: tuple[float, float] = (0.098, 0.068)
    waist: tuple[float, float] = (0.080, 0.058)
    hips: tuple[float, float] = (0.088, 0.064)
    bust: float = 0.0
    belly: float = 0.0
    arm: float = 0.172
    forearm: float = 0.148
    hand: float = 0.092
    upper_arm: float = 0.030
    lower_arm: float = 0.025
    wrist: float = 0.0175
    thigh: float = 0.047
    calf: float = 0.035
    ankle: float = 0.0225
    neck: float = 0.030
    foot: float = 0.150
    jaw: float = 0.300
    stoop: float = 0.0


_MAN = PersonShape(Sex.MALE, Age.ADULT, 1.76)
_WOMAN = PersonShape(
    Sex.FEMALE, Age.ADULT, 1.67, head=0.172, leg=0.508, shoulder=0.096, chest=(0.083, 0.060),
    waist=(0.064, 0.049), hips=(0.091, 0.065), bust=0.026, arm=0.168, forearm=0.144, hand=0.086,
    upper_arm=0.025, lower_arm=0.021, wrist=0.0150, thigh=0.047, calf=0.032, ankle=0.0200, neck=0.0235,
    foot=0.140, jaw=0.270,
)  # fmt: skip
_CHILD = PersonShape(
    Sex.MALE, Age.CHILD, 1.22, head=0.218, leg=0.450, shoulder=0.098, chest=(0.087, 0.064),
    waist=(0.078, 0.060), hips=(0.084, 0.064), arm=0.152, forearm=0.130, hand=0.090, upper_arm=0.028,
    lower_arm=0.0245, wrist=0.0190, thigh=0.047, calf=0.034, ankle=0.0240, neck=0.028, foot=0.155, jaw=0.285,
)  # fmt: skip
_BABY = PersonShape(
    Sex.MALE, Age.BABY, 0.86, head=0.275, leg=0.375, shoulder=0.104, chest=(0.098, 0.080),
    waist=(0.100, 0.086), hips=(0.102, 0.084), belly=0.022, arm=0.130, forearm=0.112, hand=0.088,
    upper_arm=0.036, lower_arm=0.033, wrist=0.0260, thigh=0.058, calf=0.044, ankle=0.0330, neck=0.034,
    foot=0.150, jaw=0.300,
)  # fmt: skip


def shape_of(order: Order) -> PersonShape:
    """The proportions of one person."""
    subject = order.subject
    rng = np.random.default_rng([order.seed, 5])
    sex = Sex(subject.gender) if subject.gender in set(Sex) else (Sex.FEMALE, Sex.MALE)[int(rng.integers(2))]
    shape = _built(_aged(sex, subject.age), subject.build)
    # No two of a crowd are of the same height.
    height = shape.height_m * (1.0 + 0.025 * float(rng.uniform(-1.0, 1.0))) * subject.size
    for change in subject.proportions:
        if change.part == "head":
            shape = replace(shape, head=min(shape.head * change.factor, 0.4))
    return replace(shape, height_m=height * order.kind.height_m / _MAN.height_m)


def _aged(sex: Sex, age: Age) -> PersonShape:
    grown = _WOMAN if sex is Sex.FEMALE else _MAN
    if age is Age.BABY:
        return replace(_BABY, sex=sex)
    if age is Age.CHILD:
        return replace(_CHILD, sex=sex)
    if age is Age.YOUNG:
        return replace(
            grown, age=age, height_m=grown.height_m * 0.965, head=grown.head * 1.04,
            upper_arm=grown.upper_arm * 0.94, shoulder=grown.shoulder * 0.96,
        )  # fmt: skip
    if age is Age.OLD:
        return replace(
            grown, age=age, height_m=grown.height_m * 0.95, head=grown.head * 1.05, belly=0.014,
            waist=(grown.waist[0] * 1.12, grown.waist[1] * 1.10), bust=grown.bust * 0.7, stoop=0.20,
        )  # fmt: skip
    return grown


def _built(s: PersonShape, build: Build) -> PersonShape:
    if build is Build.TALL:
        return replace(s, height_m=s.height_m * 1.09, head=s.head * 0.94, leg=s.leg * 1.02)
    if build is Build.SHORT:
        return replace(s, height_m=s.height_m * 0.90, head=s.head * 1.06, leg=s.leg * 0.98)
    if build is Build.SLIM:
        return _widened(s, trunk=0.90, limbs=0.88, shoulder=0.97)
    if build is Build.STRONG:
        wide = _widened(s, trunk=1.04, limbs=1.16, shoulder=1.12)
        return replace(wide, chest=(s.chest[0] * 1.14, s.chest[1] * 1.14), neck=s.neck * 1.15)
    if build is Build.HEAVY:
        wide = _widened(s, trunk=1.24, limbs=1.16, shoulder=1.06)
        return replace(wide, belly=s.belly + 0.040, neck=s.neck * 1.15, jaw=s.jaw * 1.08)
    return s


def _widened(s: PersonShape, *, trunk: float, limbs: float, shoulder: float) -> PersonShape:
    return replace(
        s,
        chest=(s.chest[0] * trunk, s.chest[1] * trunk),
        waist=(s.waist[0] * trunk, s.waist[1] * trunk),
        hips=(s.hips[0] * (trunk + 1.0) / 2.0, s.hips[1] * (trunk + 1.0) / 2.0),
        shoulder=s.shoulder * shoulder,
        upper_arm=s.upper_arm * limbs,
        lower_arm=s.lower_arm * limbs,
        wrist=s.wrist * (limbs + 1.0) / 2.0,
        thigh=s.thigh * limbs,
        calf=s.calf * limbs,
        ankle=s.ankle * (limbs + 1.0) / 2.0,
    )
