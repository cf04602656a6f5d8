"""The proportions of a quadruped: what a row of ``kinds.toml`` may say, and what a plan changes of it.

Lengths are in the row's own unit: the finished body is scaled to the kind's height. Angles are degrees above
the horizon, as seen from its right side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.plan import Age, Build, Extra

Triple = tuple[float, float, float]


class Ear(StrEnum):
    """Shapes of ears."""

    POINT = "point"
    """Upright triangles: cat, wolf, horse."""
    ROUND = "round"
    FLOP = "flop"
    """Hanging: many dogs."""
    SIDE = "side"
    """Leaves to both sides: cow, deer."""
    LONG = "long"
    """Rabbit, donkey."""
    FAN = "fan"
    """Elephant."""


class Foot(StrEnum):
    """What it walks on."""

    PAW = "paw"
    HOOF = "hoof"
    CLOVEN = "cloven"
    PILLAR = "pillar"
    """A round sole with nails: elephant, rhino, hippo."""


class Headgear(StrEnum):
    """What grows on the head."""

    NONE = "none"
    COW = "cow"
    GOAT = "goat"
    RAM = "ram"
    ANTLERS = "antlers"
    OSSICONES = "ossicones"
    TUSKS = "tusks"
    RHINO = "rhino"
    UNICORN = "unicorn"
    BOAR = "boar"


class Mane(StrEnum):
    """Long hair of head and neck."""

    NONE = "none"
    HORSE = "horse"
    STIFF = "stiff"
    """A brush: zebra, giraffe."""
    LION = "lion"
    RUFF = "ruff"
    """A thick collar of fur: wolf, fox."""


class Gaze(StrEnum):
    """Shapes of pupils."""

    ROUND = "round"
    SLIT = "slit"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class QuadShape:
    """Everything that tells one quadruped from another, but for its colours.

    Attributes:
        length: from the shoulder joints to the hip joints.
        stand: height of the spine above the ground.
        chest, belly, rump: half axes of the trunk's three masses: along, up, across.
        slope: how much higher the withers are than the croup.
        sag: how far the belly hangs.
        hump: height of a hump over the withers.
        humps: how many humps a camel has on its back.
        neck, neck_angle, neck_base, neck_top, neck_flat: length, direction, radii and flatness of the neck.
        skull: half axes of the head.
        tilt: direction of the muzzle.
        muzzle, muzzle_base, muzzle_tip, muzzle_flat: its length, radii, and its breadth as a share of them.
        jaw: depth of the lower jaw as a share of the muzzle.
        cheek: size of the cheeks, 0 for none; on a horse the round jowl.
        pads: size of a cat's whisker pads.
        brow: how strongly the brow hangs over the eyes.
        eye: radius of an eyeball.
        eye_forward: 0 looks sideways, 1 ahead.
        eye_up: how high on the skull, -1 to 1.
        gaze: the pupil.
        ear, ear_length, ear_width, ear_out: shape, size, and how far they spread: 0 upright, 1 level.
        fore, hind: radii of a leg from shoulder to fetlock.
        spread: half the distance between left and right feet.
        bend: how much knees and hocks stand out.
        foot, foot_length, foot_radius: what it walks on.
        tail, tail_base, tail_tip, tail_angle, tail_curl: length, radii, direction at its root and at its end.
        tuft: radius of the hair at its end; a bushy tail is all tuft.
        bushy: whether the tail is a brush.
        mane: long hair.
        headgear: what grows on the head.
        headgear_size: its length.
        trunk: length of a trunk.
        wool: how curly the fleece is, 0 for none.
        udder: whether it has one.
        beard: length of a goat's beard.
        flat_nose: whether the muzzle ends in a disc, as a pig's.
        whiskers: whether it has long ones.
        pattern: which coat it wears; a value of `coats.Pattern`.
        pattern_per_m: how many of the coat's features fit into a metre of the real animal.
        pattern_balance: share of the skin that the pattern covers.
        upright: whether it stands on its hind legs, as a kangaroo.
        hops: whether its gaits are jumps.
        pads_dark: whether legs darken towards the feet.
        banded: whether only legs and rump wear the pattern, as an okapi's.
        handy: whether it eats from its forepaws.
        gills: length of an axolotl's feathery gills.
    """

    length: float = 0.56
    stand: float = 0.51
    chest: Triple = (0.17, 0.165, 0.115)
    belly: Triple = (0.15, 0.125, 0.10)
    rump: Triple = (0.14, 0.13, 0.10)
    slope: float = 0.0
    sag: float = 0.0
    hump: float = 0.0
    humps: int = 0
    neck: float = 0.24
    neck_angle: float = 50.0
    neck_base: float = 0.105
    neck_top: float = 0.085
    neck_flat: float = 0.85
    skull: Triple = (0.10, 0.092, 0.09)
    tilt: float = -10.0
    muzzle: float = 0.145
    muzzle_base: float = 0.062
    muzzle_tip: float = 0.042
    muzzle_flat: float = 0.9
    jaw: float = 0.6
    cheek: float = 0.0
    pads: float = 0.0
    brow: float = 0.3
    eye: float = 0.018
    eye_forward: float = 0.5
    eye_up: float = 0.3
    gaze: Gaze = Gaze.ROUND
    ear: Ear = Ear.POINT
    ear_length: float = 0.10
    ear_width: float = 0.045
    ear_out: float = 0.4
    fore: tuple[float, float, float, float] = (0.075, 0.04, 0.028, 0.024)
    hind: tuple[float, float, float, float] = (0.10, 0.05, 0.030, 0.024)
    spread: float = 0.085
    bend: float = 1.0
    foot: Foot = Foot.PAW
    foot_length: float = 0.045
    foot_radius: float = 0.032
    tail: float = 0.42
    tail_base: float = 0.035
    tail_tip: float = 0.014
    tail_angle: float = 35.0
    tail_curl: float = 60.0
    tuft: float = 0.0
    bushy: bool = False
    mane: Mane = Mane.NONE
    headgear: Headgear = Headgear.NONE
    headgear_size: float = 0.2
    trunk: float = 0.0
    wool: float = 0.0
    udder: bool = False
    beard: float = 0.0
    flat_nose: bool = False
    whiskers: bool = False
    pattern: str = "fur"
    pattern_per_m: float = 6.0
    pattern_balance: float = 0.5
    upright: bool = False
    hops: bool = False
    pads_dark: bool = False
    banded: bool = False
    handy: bool = False
    gills: float = 0.0


def shape_of(order: Order) -> QuadShape:
    """The proportions of one animal: its kind's, changed by what the plan says."""
    shape = _parsed(order.kind.shape)
    factors = {p.part: p.factor for p in order.subject.proportions}
    shape = _stretched(shape, factors)
    shape = _aged(shape, order.subject.age)
    if order.subject.build is Build.HEAVY:
        shape = _stretched(shape, {"belly": 1.25})
    if order.subject.build is Build.SLIM:
        shape = _stretched(shape, {"belly": 0.85, "legs": 1.05})
    return _with_extras(shape, order.subject.extras)


def _parsed(row: Mapping[str, Any]) -> QuadShape:
    known = {f.name: f for f in fields(QuadShape)}
    unknown = set(row) - set(known)
    assert not unknown, f"no such proportion: {sorted(unknown)}"
    enums: dict[str, type[StrEnum]] = {
        "ear": Ear, "foot": Foot, "headgear": Headgear, "mane": Mane, "gaze": Gaze,
    }  # fmt: skip
    values: dict[str, Any] = {name: enums[name](row[name]) for name in row.keys() & enums.keys()}
    values |= {name: row[name] for name in row.keys() - enums.keys()}
    values |= {name: tuple(row[name]) for name in row if type(row[name]) is list}
    return QuadShape(**values)


def _stretched(shape: QuadShape, factors: Mapping[str, float]) -> QuadShape:
    """The shape with some parts longer or larger."""

    def of(part: str) -> float:
        return factors.get(part, 1.0)

    head, muzzle, belly = of("head"), of("head") * of("muzzle"), of("belly") * of("fur") ** 0.5
    x, y, z = shape.belly
    return replace(
        shape,
        length=shape.length * of("body"),
        stand=shape.stand * of("legs"),
        belly=(x, y * belly, z * belly),
        neck=shape.neck * of("neck"),
        skull=(shape.skull[0] * head, shape.skull[1] * head, shape.skull[2] * head),
        muzzle=shape.muzzle * muzzle,
        muzzle_base=shape.muzzle_base * head,
        muzzle_tip=shape.muzzle_tip * head,
        eye=shape.eye * head,
        ear_length=shape.ear_length * of("ears") * head,
        ear_width=shape.ear_width * of("ears") ** 0.5 * head,
        tail=shape.tail * of("tail"),
        mane=Mane.NONE if of("mane") == 0.0 else shape.mane,
    )


def _aged(shape: QuadShape, age: Age) -> QuadShape:
    """Young ones have large heads, short muzzles and thick legs."""
    if age in {Age.ADULT, Age.OLD}:
        return shape
    young = 1.0 if age is Age.BABY else 0.5
    grown = _stretched(
        shape,
        {
            "head": 1.0 + 0.40 * young,
            "muzzle": 1.0 - 0.35 * young,
            "neck": 1.0 - 0.22 * young,
            "tail": 1.0 - 0.25 * young,
            "body": 1.0 - 0.12 * young,
        },
    )
    return replace(grown, eye=grown.eye * (1.0 + 0.12 * young), headgear_size=grown.headgear_size * 0.4)


def _with_extras(shape: QuadShape, extras: tuple[Extra, ...]) -> QuadShape:
    """Parts that the kind does not have by nature."""
    head = shape.skull[0]
    bare = shape.headgear is Headgear.NONE
    grown = {
        Extra.HORN: (Headgear.UNICORN, 3.2 * head),
        Extra.HORNS: (Headgear.GOAT if bare else shape.headgear, 2.0 * head),
        Extra.ANTLERS: (Headgear.ANTLERS, 4.5 * head),
        Extra.TUSKS: (Headgear.BOAR if bare else shape.headgear, 1.2 * head),
    }
    for extra in extras:
        if extra in grown:
            kind, size = grown[extra]
            shape = replace(shape, headgear=kind, headgear_size=size)
    if Extra.MANE in extras and shape.mane is Mane.NONE:
        shape = replace(shape, mane=Mane.HORSE)
    if Extra.LONG_EARS in extras:
        shape = replace(shape, ear=Ear.LONG, ear_length=shape.ear_length * 1.8)
    if Extra.BUSHY_TAIL in extras:
        shape = replace(shape, bushy=True, tuft=max(shape.tuft, 2.2 * shape.tail_base))
    if Extra.LONG_TAIL in extras:
        shape = replace(shape, tail=shape.tail * 1.8)
    if Extra.HUMP in extras or Extra.HUMPS in extras:
        shape = replace(shape, humps=2 if Extra.HUMPS in extras else 1)
    if Extra.TRUNK in extras:
        shape = replace(shape, trunk=4.0 * shape.muzzle_base)
    return shape
