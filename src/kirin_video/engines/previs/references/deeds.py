"""What a cut-out does: as much life as a paper figure in good hands has, action by action."""

# ruff: noqa: PLR2004 -- amplitudes in heights and radians that were tuned by looking
from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.references.poses import TAU, Beat, Build, Manner, Pose

Deed = Callable[[Pose, Beat], None]


def breathe(pose: Pose, beat: Beat) -> None:
    """Breathe, shift its weight and look about a little, whatever else it does."""
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
    pose.lean += 0.04 * np.sin(TAU * share)


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
PACES: Mapping[Action, float] = {
    Action.WALK: 1.0, Action.SNEAK: 0.5, Action.CRAWL: 0.35, Action.CLIMB: 0.25, Action.PUSH: 0.7,
    Action.PULL: 0.7, Action.CARRY: 0.8, Action.TROT: 1.7, Action.RUN: 2.5, Action.GALLOP: 3.0,
    Action.DRIVE: 2.2, Action.SKATE: 2.0, Action.SKI: 2.6, Action.SLITHER: 0.5, Action.ROLL: 1.1,
    Action.FLY: 1.8, Action.GLIDE: 1.6, Action.TAKE_OFF: 1.4, Action.SWIM: 0.6, Action.SAIL: 1.1,
    Action.ROW: 0.8, Action.SURF: 1.8, Action.LAUNCH: 0.0,
}  # fmt: skip


def deed_of(action: Action, build: Build) -> Deed:
    """How this body does an action."""
    if action is Action.ROLL:
        return lambda pose, beat: _roll(pose, beat, brisk=0.0)
    if action is Action.IDLE and build.manner is Manner.GLIDE and build.draft > 0.0:
        return _float
    return _DEEDS.get(action, _stay)
