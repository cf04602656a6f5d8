"""The proportions of birds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, cast

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.plan import Age

Triple = tuple[float, float, float]


class Beak(StrEnum):
    """Shapes of beaks."""

    CONE = "cone"
    HOOK = "hook"
    """Of birds of prey and parrots."""
    FLAT = "flat"
    """Of ducks."""
    LONG = "long"
    BENT = "bent"
    """A flamingo's."""
    BIG = "big"
    """A toucan's."""
    JAWS = "jaws"
    """No beak at all: a dinosaur's head."""


class Wing(StrEnum):
    """Shapes of open wings."""

    ROUND = "round"
    POINTED = "pointed"
    FINGERS = "fingers"
    """Broad, with spread feathers at the end: eagles, crows."""
    FLIPPER = "flipper"
    """A penguin's: never folded."""
    SKIN = "skin"
    """A bat's or a pterosaur's."""
    NONE = "none"


class Tail(StrEnum):
    """Shapes of tails."""

    FAN = "fan"
    FORK = "fork"
    LONG = "long"
    ARCH = "arch"
    """A rooster's."""
    TRAIN = "train"
    """A peacock's: upright and spread when it shows, trailing otherwise."""
    PLUME = "plume"
    """A phoenix's streamers."""
    LIZARD = "lizard"
    """Thick and long, of flesh."""


@dataclass(frozen=True, slots=True)
class BirdShape:
    """Everything that tells one bird from another, but for its colours; lengths in units of its body.

    Attributes:
        body: half axes of the trunk: along, up, across.
        pitch: degrees that the trunk rises forwards while it stands.
        neck, neck_angle, neck_bend, neck_base, neck_top: length, direction at its middle in degrees, how much
            it bends over from root to end in degrees (positive: an S), radii.
        head: half axes of the head.
        beak, beak_length, beak_depth: its shape and size.
        eye, eye_forward: radius, and how far it looks ahead: 0 sideways, 1 ahead.
        leg, leg_radius, thigh: length from the trunk's middle to the ground, radii.
        spread: half the distance between the feet.
        foot: length of the toes; 0 hides the feet.
        web: whether the toes are webbed.
        wing, span, chord: shape, length of one wing and its breadth.
        tail, tail_length, tail_width, tail_angle: shape, size, degrees that it rises backwards.
        crest: height of a crest, comb or tuft on the head.
        comb: whether the crest is a rooster's, with wattles.
        tufts: ear tufts, as an owl's.
        disc: a face disc, as an owl's.
        hops: whether it hops instead of walking.
        waddles: how much it sways while it walks.
        soars: how much of its flight is gliding, 0 to 1.
        beats: wing beats a second.
        swims: whether it floats on water with its belly in it.
        arms: small arms of a dinosaur.
        pace: its flight, metres a second.
    """

    body: Triple = (0.5, 0.26, 0.25)
    pitch: float = 25.0
    neck: float = 0.18
    neck_angle: float = 60.0
    neck_bend: float = 0.0
    neck_base: float = 0.2
    neck_top: float = 0.17
    head: Triple = (0.22, 0.2, 0.19)
    beak: Beak = Beak.CONE
    beak_length: float = 0.2
    beak_depth: float = 0.08
    eye: float = 0.05
    eye_forward: float = 0.35
    leg: float = 0.5
    leg_radius: float = 0.022
    thigh: float = 0.1
    spread: float = 0.12
    foot: float = 0.16
    web: bool = False
    wing: Wing = Wing.ROUND
    span: float = 1.0
    chord: float = 0.45
    tail: Tail = Tail.FAN
    tail_length: float = 0.45
    tail_width: float = 0.2
    tail_angle: float = -10.0
    crest: float = 0.0
    comb: bool = False
    tufts: float = 0.0
    disc: bool = False
    hops: bool = False
    waddles: float = 0.04
    soars: float = 0.0
    beats: float = 3.0
    swims: bool = False
    arms: bool = False
    pace: float = 4.0


_ENUMS: Mapping[str, type[StrEnum]] = {"beak": Beak, "wing": Wing, "tail": Tail}


def shape_of(order: Order) -> BirdShape:
    """The proportions of one bird: its kind's, changed by what the plan says."""
    row = order.kind.shape
    unknown = set(row) - {f.name for f in fields(BirdShape)}
    assert not unknown, f"no such proportion: {sorted(unknown)}"
    values: dict[str, Any] = {name: _value(name, value) for name, value in row.items()}
    shape = BirdShape(**values)
    factors = {p.part: p.factor for p in order.subject.proportions}
    if order.subject.age in {Age.BABY, Age.CHILD}:
        factors = {"head": 1.35, "beak": 0.7, "wings": 0.6, "tail": 0.5, "legs": 0.9} | factors
    return _stretched(shape, factors)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 -- as TOML has it
    if name in _ENUMS:
        return _ENUMS[name](value)
    return tuple(cast("list[float]", value)) if type(value) is list else value


def _stretched(s: BirdShape, factors: Mapping[str, float]) -> BirdShape:
    def of(part: str) -> float:
        return factors.get(part, 1.0)

    x, y, z = s.head
    return replace(
        s,
        head=(x * of("head"), y * of("head"), z * of("head")),
        eye=s.eye * of("head"),
        beak_length=s.beak_length * of("beak"),
        beak_depth=s.beak_depth * of("beak") ** 0.5,
        neck=s.neck * of("neck"),
        leg=s.leg * of("legs"),
        span=s.span * of("wings"),
        tail_length=s.tail_length * of("tail"),
    )
