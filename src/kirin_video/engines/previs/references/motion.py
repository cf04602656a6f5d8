"""How a cut-out moves: a few bones, and as much life as a paper figure in good hands has."""

# ruff: noqa: PLR2004 -- amplitudes in heights and radians that were tuned by looking
from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.posing import about, compose, placed, spun, turned
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.references.rig import BONES, CHEST, HEAD, HIPS, LEFT, RIGHT

Floats = NDArray[np.float64]

_TAU = math.tau


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
        return _TAU * (self.times / period_s + self.start)

    def by_way(self, stride: float) -> Floats:
        """A phase that goes by the way, one round in so many heights."""
        return _TAU * (self.gone / (stride * self.build.height_m) + self.start)


class CutoutMotion:
    """Moves the bones of a cut-out.

    Args:
        build: whose.
    """

    def __init__(self, build: Build) -> None:
        self._build = build

    def pace(self, action: Action) -> float:
        """The speed that an action is done at, metres a second."""
        build = self._build
        return build.speed * (0.0 if build.manner is Manner.STILL else _PACES.get(action, 0.0))

    def pose(self, action: Action, gone: Floats, times: Floats, *, seed: int) -> Pose:
        """How it stands at some moments, having gone so many metres by each."""
        start = float(np.random.default_rng([seed & 0x7FFFFFFF, 53]).uniform(0.0, 1.0))
        beat = Beat(times, gone, start, self._build)
        pose = at_rest(times)
        if self._build.alive:
            _breathe(pose, beat)
        _deed_of(action, self._build)(pose, beat)
        return pose

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Where every bone is: float32, (f, bones, 3, 4)."""
        pose = self.pose(action, track.travelled(times), times, seed=seed)
        places, turns = track.at(times)
        world = placed(turned("y", turns), places)
        return compose(world[:, None], _bones(pose, self._build)).astype(np.float32)


def _bones(pose: Pose, build: Build) -> Floats:
    """The bones in the body's own space, (f, bones, 3, 4)."""
    high = build.height_m
    foot, middle = build.raised, build.raised + np.array([0.0, 0.5 * high, 0.0])
    whole = about(spun(build.outward, -pose.lean), foot, pose.up[:, None] * np.array([0.0, high, 0.0]))
    whole[..., 3] += pose.aside[:, None] * high * build.across
    whole = compose(whole, about(spun(build.across, pose.bow), foot))
    whole = compose(whole, about(turned("y", pose.yaw), foot))
    whole = compose(whole, about(spun(build.outward, -pose.roll), middle))
    whole = compose(whole, _stretched(pose.stretch, foot))
    bones = np.repeat(whole[:, None], BONES, 1)
    chest = compose(whole, _stretched(1.0 + pose.breath, foot))
    bones[:, CHEST] = chest
    neck = foot + np.array([0.0, 0.72 * high, 0.0])
    bones[:, HEAD] = compose(chest, about(spun(build.outward, -pose.nod), neck))
    for bone, sign, lift in ((LEFT, 1.0, pose.lift[0]), (RIGHT, -1.0, pose.lift[1])):
        hip = foot + np.array([0.0, 0.46 * high, 0.0]) + build.parting_m * build.across
        axis = build.outward if build.sideways else build.across
        leg = about(spun(axis, sign * pose.swing), hip, lift[:, None] * np.array([0.0, high, 0.0]))
        bones[:, bone] = compose(whole, leg)
    bones[:, HIPS] = whole
    return bones


def _stretched(share: Floats, foot: Floats) -> Floats:
    """A stretch along the height, of the same volume, that leaves the foot where it is, (f, 3, 4)."""
    matrix = np.zeros((len(share), 3, 4))
    matrix[:, 1, 1] = share
    matrix[:, 0, 0] = matrix[:, 2, 2] = 1.0 / np.sqrt(share)
    matrix[:, 1, 3] = foot[1] * (1.0 - share)
    return matrix


Deed = Callable[[Pose, Beat], None]


def _breathe(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(3.4)
    pose.breath += 0.007 * np.sin(w)
    pose.lean += 0.010 * np.sin(0.61 * w + 1.0)
    pose.nod += 0.018 * np.sin(0.47 * w + 2.0)
    pose.yaw += 0.03 * np.sin(0.39 * w)


def _stay(_pose: Pose, _beat: Beat) -> None:
    """Nothing but life itself."""


def _step(pose: Pose, beat: Beat, *, brisk: float) -> None:
    """Walk, or run where it is brisk."""
    w = beat.by_way(0.82 + 0.55 * brisk)
    pose.up += (0.012 + 0.040 * brisk) * np.abs(np.sin(w))
    pose.lean += 0.030 * np.sin(w) + (0.05 + 0.09 * brisk) * _ahead(beat.build)
    pose.yaw += 0.07 * np.sin(w)
    pose.nod += 0.022 * np.sin(2.0 * w + 0.7)
    pose.swing += (0.26 + 0.22 * brisk) * np.sin(w) * (1.0 if beat.build.sideways else 0.35)
    lift = 0.035 + 0.035 * brisk
    pose.lift = (lift * np.maximum(np.cos(w), 0.0), lift * np.maximum(-np.cos(w), 0.0))


def _hop(pose: Pose, beat: Beat, *, brisk: float) -> None:
    """Hop along: crouch, fly, land softly, tilting from one side to the other."""
    w = beat.by_way(0.75 + 0.4 * brisk) / 2.0
    flight = np.abs(np.sin(w))
    pose.up += (0.10 + 0.10 * brisk) * flight**1.4
    pose.stretch *= 1.0 + 0.07 * (flight - 0.55)
    pose.lean += 0.085 * np.cos(w)


def _roll(pose: Pose, beat: Beat, *, brisk: float) -> None:
    """Roll, as far as the circumference says."""
    del brisk
    pose.roll += 2.0 * (beat.gone - beat.gone.mean()) / beat.build.height_m * _ahead(beat.build, always=True)


def _glide(pose: Pose, beat: Beat, *, brisk: float) -> None:
    """Roll on wheels: little shakes, and the nose a little up."""
    w = beat.by_time(0.42)
    pose.up += 0.006 * (1.0 + brisk) * np.abs(np.sin(w))
    pose.lean += 0.006 * np.sin(0.71 * w + 1.0)


def _ahead(build: Build, *, always: bool = False) -> float:
    """The sign of forward within the picture: 1 to its right; 0 where it faces whoever looks."""
    right = float(build.across[0])
    if always and abs(right) < 0.3:
        return 1.0
    return right if abs(right) > 0.3 else 0.0


def _stand(_pose: Pose, _beat: Beat, *, brisk: float) -> None:
    """Go nowhere."""
    del brisk


_GOING: Mapping[Manner, Callable[..., None]] = {
    Manner.STEP: _step,
    Manner.HOP: _hop,
    Manner.ROLL: _roll,
    Manner.GLIDE: _glide,
    Manner.STILL: _stand,
}


def _walk(pose: Pose, beat: Beat) -> None:
    _GOING[beat.build.manner](pose, beat, brisk=0.0)


def _run(pose: Pose, beat: Beat) -> None:
    _GOING[beat.build.manner](pose, beat, brisk=1.0)


def _dance(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(1.04)
    bounce = np.abs(np.sin(w))
    pose.up += 0.045 * bounce
    pose.stretch *= 1.0 + 0.035 * (bounce - 0.6)
    pose.lean += 0.13 * np.sin(w)
    pose.aside += 0.07 * np.sin(0.5 * w)
    pose.yaw += 0.34 * np.sin(0.5 * w + 0.6)
    pose.nod += 0.10 * np.sin(w + 0.8)
    pose.lift = (0.05 * np.maximum(np.sin(w), 0.0), 0.05 * np.maximum(-np.sin(w), 0.0))


def _jump(pose: Pose, beat: Beat) -> None:
    share = (beat.times / 0.95 + beat.start) % 1.0
    flight = np.clip((share - 0.22) / 0.62, 0.0, 1.0)
    air = 4.0 * flight * (1.0 - flight)
    crouch = np.exp(-(((share - 0.14) / 0.09) ** 2)) + np.exp(-(((share - 0.90) / 0.07) ** 2))
    pose.up += 0.30 * air
    pose.stretch *= 1.0 + 0.06 * air - 0.13 * crouch
    pose.lean += 0.04 * np.sin(_TAU * share)


def _spin(pose: Pose, beat: Beat) -> None:
    pose.yaw += beat.by_time(1.9)
    pose.up += 0.012 * np.abs(np.sin(beat.by_time(0.95)))


def _fly(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(1.5)
    pose.up += 0.06 * np.sin(w)
    pose.lean += 0.10 * _ahead(beat.build) + 0.05 * np.sin(0.53 * w)
    pose.yaw += 0.10 * np.sin(0.41 * w)
    pose.nod += 0.04 * np.sin(w + 1.0)


def _float(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(2.7)
    pose.up += 0.035 * np.sin(w) - beat.build.draft
    pose.lean += 0.055 * np.sin(0.73 * w + 1.1)
    pose.yaw += 0.08 * np.sin(0.37 * w)


def _topple(pose: Pose, beat: Beat) -> None:
    s = np.clip((beat.times - 0.5) / 0.8, 0.0, 1.0)
    pose.lean += 1.42 * s * s * (1.0 + 0.10 * np.sin(9.0 * s) * (1.0 - s))


def _sway(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(2.2)
    pose.lean += 0.075 * np.sin(w)
    pose.nod += 0.07 * np.sin(w - 0.6)


def _speak(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(0.62)
    pose.nod += 0.045 * np.sin(w) * (0.5 + 0.5 * np.sin(0.37 * w))
    pose.up += 0.006 * np.abs(np.sin(w))
    pose.lean += 0.025 * np.sin(0.29 * w)


def _laugh(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(0.34)
    pose.up += 0.010 * np.abs(np.sin(w))
    pose.stretch *= 1.0 + 0.012 * np.sin(w)
    pose.nod -= 0.06


def _greet(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(0.9)
    pose.lean += 0.085 * np.sin(w)
    pose.nod += 0.06 * np.sin(w + 0.5)
    pose.up += 0.012 * np.abs(np.sin(w))


def _feed(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(1.3)
    pose.bow += 0.07 * (0.5 + 0.5 * np.sin(w))
    pose.nod += 0.10 * np.maximum(np.sin(w), 0.0) * (_ahead(beat.build) or 0.4)


def _look(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(3.1)
    pose.yaw += 0.16 * np.tanh(2.0 * np.sin(w))
    pose.nod += 0.035 * np.sin(w + 0.4)


def _rest(pose: Pose, beat: Beat) -> None:
    pose.breath += 0.012 * np.sin(beat.by_time(4.2))


def _ride(pose: Pose, beat: Beat) -> None:
    w = beat.by_time(0.72)
    pose.up += 0.015 * np.abs(np.sin(w))
    pose.lean += 0.035 * np.sin(w)


_DEEDS: Mapping[Action, Deed] = {
    **dict.fromkeys((Action.WALK, Action.SNEAK, Action.CRAWL, Action.CLIMB, Action.PUSH, Action.PULL), _walk),
    **dict.fromkeys((Action.TROT, Action.RUN, Action.GALLOP), _run),
    **dict.fromkeys((Action.DRIVE, Action.SKATE, Action.SKI, Action.SLITHER, Action.CARRY), _walk),
    **dict.fromkeys((Action.DANCE, Action.MUSIC), _dance),
    **dict.fromkeys((Action.FIGHT, Action.PLAY, Action.KICK, Action.THROW, Action.CATCH), _dance),
    **dict.fromkeys((Action.JUMP, Action.LEAP), _jump),
    **dict.fromkeys((Action.SPIN, Action.TURN), _spin),
    **dict.fromkeys((Action.FLY, Action.GLIDE, Action.HOVER, Action.TAKE_OFF, Action.LAUNCH), _fly),
    **dict.fromkeys((Action.SWIM, Action.FLOAT, Action.SAIL, Action.ROW, Action.SURF, Action.DIVE), _float),
    **dict.fromkeys((Action.FALL, Action.CRASH), _topple),
    **dict.fromkeys((Action.SWAY, Action.BLOOM, Action.GROW), _sway),
    **dict.fromkeys((Action.SPEAK, Action.SING, Action.ROAR, Action.CRY), _speak),
    **dict.fromkeys((Action.WAVE, Action.CLAP, Action.POINT, Action.HUG, Action.KISS), _greet),
    **dict.fromkeys((Action.EAT, Action.DRINK, Action.GRAZE, Action.COOK, Action.WORK), _feed),
    **dict.fromkeys((Action.LOOK, Action.READ, Action.WRITE), _look),
    **dict.fromkeys((Action.SLEEP, Action.LIE, Action.SIT), _rest),
    Action.LAUGH: _laugh,
    Action.RIDE: _ride,
}
_PACES: Mapping[Action, float] = {
    Action.WALK: 1.0, Action.SNEAK: 0.5, Action.CRAWL: 0.35, Action.CLIMB: 0.25, Action.PUSH: 0.7,
    Action.PULL: 0.7, Action.CARRY: 0.8, Action.TROT: 1.7, Action.RUN: 2.5, Action.GALLOP: 3.0,
    Action.DRIVE: 2.2, Action.SKATE: 2.0, Action.SKI: 2.6, Action.SLITHER: 0.5, Action.ROLL: 1.1,
    Action.FLY: 1.8, Action.GLIDE: 1.6, Action.TAKE_OFF: 1.4, Action.SWIM: 0.6, Action.SAIL: 1.1,
    Action.ROW: 0.8, Action.SURF: 1.8, Action.LAUNCH: 0.0,
}  # fmt: skip


def _deed_of(action: Action, build: Build) -> Deed:
    """How this body does an action."""
    if action is Action.ROLL:
        return lambda pose, beat: _roll(pose, beat, brisk=0.0)
    if action is Action.IDLE and build.manner is Manner.GLIDE and build.draft > 0.0:
        return _float
    return _DEEDS.get(action, _stay)
