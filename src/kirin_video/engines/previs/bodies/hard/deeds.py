"""What hard bodies do where they are: spin, roll, fall, hop, grow, launch."""

# ruff: noqa: ARG001, PLR2004 -- deeds share one signature, and an oscillation is all numbers
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from kirin_video.engines.previs.bodies.hard.going import Floats, eased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.tilts import GRAVITY
from kirin_video.engines.previs.bodies.posing import about, turned
from kirin_video.engines.previs.plan import Action

LEAN_RAD = -0.27
"""How far what leans leans, towards its left."""


def raised(heights: Floats) -> Floats:
    """Ways (n, 3) straight up."""
    return np.stack([0.0 * heights, heights, 0.0 * heights], 1)


def _spinning(m: Mechanism, times: Floats, _gone: Floats, _phase: float) -> Floats:
    """Round and round; what has something that turns by itself lets only that turn."""
    if any(spinner.always for spinner in m.spinners):
        return about(turned("y", 0.0 * times), np.zeros(3))
    return about(turned("y", 2.0 * math.pi * 0.4 * times), np.zeros(3))


def _rolling(m: Mechanism, times: Floats, gone: Floats, phase: float) -> Floats:
    if m.ride is not Ride.STILL:
        return about(turned("x", 0.0 * times), np.zeros(3))
    return about(turned("z", -gone / max(m.middle_m, 1e-6)), np.array([0.0, m.middle_m, 0.0]))


def _falling(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    """What is tall tips over; what is not drops, and bounces twice."""
    if m.ride is Ride.ROOTED or m.height_m > 2.2 * max(m.base_m, m.gauge_m):
        tip = (math.pi / 2.0) * np.clip((times - 0.4) / 1.1, 0.0, 1.0) ** 2.2
        return about(turned("z", -tip), np.array([0.5 * m.base_m, 0.0, 0.0]))
    high = 2.6 * m.height_m
    period = math.sqrt(2.0 * high / GRAVITY)
    slow = max(period, 0.75)
    t = np.maximum(times - 0.2, 0.0) / slow
    drop = np.where(t < 1.0, 1.0 - t * t, 0.0)
    first = np.where((t >= 1.0) & (t < 2.0), 0.36 * (1.0 - (2.0 * (t - 1.5)) ** 2), 0.0)
    second = np.where((t >= 2.0) & (t < 2.5), 0.08 * (1.0 - (4.0 * (t - 2.25)) ** 2), 0.0)
    twist = 0.5 * np.sin(phase) * np.maximum(1.0 - t, 0.0)
    return about(turned("x", twist), np.array([0.0, m.middle_m, 0.0]), raised(high * (drop + first + second)))


def _hopping(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    high = 0.9 * min(m.height_m, 2.0)
    hop = np.abs(np.sin(math.pi * 1.1 * times)) ** 0.8 * high
    return about(turned("x", 0.05 * np.sin(times * 3.0 + phase)), np.zeros(3), raised(hop))


def _hovering(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    slow = times + phase
    lift = 0.04 * m.height_m * np.sin(1.6 * slow) + (
        0.5 * min(m.height_m, 3.0) if m.ride is Ride.STILL else 0.0
    )
    turn = turned("x", 0.05 * np.sin(1.1 * slow)) @ turned("z", 0.05 * np.sin(0.8 * slow))
    if m.ride is Ride.STILL:
        turn = turned("y", 0.5 * times) @ turn
    return about(turn, np.array([0.0, m.middle_m, 0.0]), raised(lift))


def _swaying(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    lean = 0.05 * np.sin(1.5 * times + phase)
    return about(turned("x", lean) @ turned("z", 0.4 * lean), np.zeros(3))


def _leaning(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    """At rest against what stands at its left: staging puts that there."""
    return about(turned("x", LEAN_RAD * (m.ride is Ride.STILL) + 0.0 * times), np.zeros(3))


def _dancing(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    beat = 2.0 * math.pi * 1.05 * times
    turn = turned("y", 0.5 * np.sin(0.5 * beat)) @ turned("x", 0.12 * np.sin(beat))
    return about(turn, np.zeros(3), raised(0.10 * min(m.height_m, 2.0) * np.abs(np.sin(beat))))


def _growing(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    """From a sprout to its whole size: the one deed that is not rigid."""
    size = 0.12 + 0.88 * eased((times + 0.1) / 3.4)
    stretch = np.zeros((len(times), 3, 3))
    stretch[:, range(3), range(3)] = size[:, None]
    return about(stretch @ turned("x", 0.01 * np.sin(2.0 * times + phase)), np.zeros(3))


def _launching(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    shake = 0.004 * np.sin(31.0 * times + phase) * (times > 0.0)
    return about(turned("z", shake), np.zeros(3), raised(climbed(m, times)))


def climbed(m: Mechanism, times: Floats) -> Floats:
    """How high a launch has come, metres."""
    return 0.13 * m.height_m * np.maximum(times - 0.7, 0.0) ** 2


_Deed = Callable[[Mechanism, Floats, Floats, float], Floats]
DEEDS: dict[Action, _Deed] = {
    Action.SPIN: _spinning,
    Action.ROLL: _rolling,
    Action.FALL: _falling,
    Action.JUMP: _hopping,
    Action.HOVER: _hovering,
    Action.SWAY: _swaying,
    Action.LEAN: _leaning,
    Action.DANCE: _dancing,
    Action.GROW: _growing,
    Action.BLOOM: _growing,
    Action.LAUNCH: _launching,
}
