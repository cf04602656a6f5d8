"""How hard bodies move: wheels that do not slip, hulls that heave, wings that bank, things that fall.

A deed that is not in the table of deeds is the body's own way to go.
"""

# ruff: noqa: ARG001, PLR2004 -- deeds share one signature, and an oscillation is all numbers

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies import track as tracks
from kirin_video.engines.previs.bodies.body import Point, Skeleton
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.posing import about, compose, placed, spun, turned
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

_RESTING = {
    Action.IDLE, Action.STAND, Action.SIT, Action.LIE, Action.SLEEP, Action.LEAN, Action.STOP, Action.SPIN,
    Action.SWAY, Action.GLOW, Action.BURN, Action.OPEN, Action.GROW, Action.BLOOM, Action.LOOK, Action.PERCH,
    Action.FALL, Action.HOVER, Action.CRASH, Action.HOLD, Action.MUSIC, Action.SPEAK, Action.WAVE,
    Action.DANCE, Action.TURN, Action.LAUNCH,
}  # fmt: skip
"""What a body does where it is."""
_OFF = {Action.IDLE, Action.STAND, Action.SIT, Action.STOP, Action.PERCH, Action.SLEEP, Action.LIE}
"""While it does these, engines rest."""
_ALOFT = {Action.FLY, Action.GLIDE}
_OF_THINGS = {Action.ROLL: 0.9, Action.FLY: 1.6, Action.GLIDE: 1.2, Action.SLITHER: 0.4}
"""Speeds of what does not go by itself, in its own heights a second."""
_BRISK = {Action.RUN: 1.6, Action.GALLOP: 1.8, Action.SNEAK: 0.4, Action.ROLL: 0.5, Action.WALK: 0.6}
_CLIMB_S = 3.2
_GRAVITY = 9.81


@dataclass(frozen=True, slots=True)
class HardMotion:
    """The motion of one hard body.

    Attributes:
        mechanism: what moves on it, in metres.
        skeleton: its bones.
    """

    mechanism: Mechanism
    skeleton: Skeleton

    def pace(self, action: Action) -> float:
        """Metres a second, as `Motion` says."""
        m = self.mechanism
        if action in _RESTING or m.ride is Ride.ROOTED:
            return 0.0
        if m.ride is Ride.STILL:
            return _OF_THINGS.get(action, 0.0) * min(m.height_m, 3.0)
        if m.ride is Ride.ROCKET and action is not Action.FLY:
            return 0.0
        return m.speed * _BRISK.get(action, 1.0)

    def poses(self, action: Action, track: tracks.Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Where every bone is, as `Motion` says."""
        m = self.mechanism
        local = np.zeros((len(times), len(self.skeleton), 3, 4))
        local[:, :, range(3), range(3)] = 1.0
        gone = track.travelled(times) if self.pace(action) > 0.0 else np.zeros(len(times))
        local[:, 0] = _standing(m, track, times)
        phase = float(np.random.default_rng([seed, 57]).uniform(0.0, 2.0 * math.pi))
        if m.hull:
            local[:, m.hull] = _attitude(m, action, track, times, gone, phase)
        else:
            local[:, 0] = compose(local[:, 0], _attitude(m, action, track, times, gone, phase))
        self._move_parts(local, action, times, gone, phase)
        whole = np.empty_like(local)
        for bone, rest in enumerate(self.skeleton.bones):
            whole[:, bone] = local[:, bone] if bone == 0 else compose(whole[:, rest.parent], local[:, bone])
        if m.rails is not None:
            _lay_rails(whole, m, track, times)
        return whole.astype(np.float32)

    def _move_parts(
        self, local: NDArray[np.float64], action: Action, times: Floats, gone: Floats, phase: float
    ) -> None:
        m, on = self.mechanism, action not in _OFF
        for wheel in m.wheels:
            turn = turned("z", -(gone / wheel.radius_m))
            local[:, wheel.bone] = about(turn, _vec(wheel.pivot))
        for spinner in m.spinners:
            rate = spinner.turns_per_s if on or spinner.always else 0.0
            turn = spun(_vec(spinner.axis), 2.0 * math.pi * rate * times + phase * (rate != 0.0))
            local[:, spinner.bone] = about(turn, _vec(spinner.pivot))
        for swing in m.swings:
            cycle = gone / swing.stride_m if swing.stride_m else times / swing.period_s
            reach = math.radians(swing.degrees) * np.sin(2.0 * math.pi * (cycle + swing.phase))
            local[:, swing.bone] = about(spun(_vec(swing.axis), reach), _vec(swing.pivot))
        for hinge in m.hinges:
            shut = 1.0 - _ease(times / 2.2 - 0.15) if action is Action.OPEN else np.zeros(len(times))
            turn = spun(_vec(hinge.axis), math.radians(hinge.degrees) * shut)
            local[:, hinge.bone] = about(turn, _vec(hinge.pivot))
        if action in _ALOFT:
            local[:, list(m.gear)] = 0.0
        for flame in m.flames:
            size = 1.0 + 0.16 * np.sin(times * 23.0 + phase) + 0.10 * np.sin(times * 37.0 + 2.0 * phase)
            size = size * float(on or flame.always)
            stretch = np.zeros((len(times), 3, 3))
            stretch[:, 0, 0] = stretch[:, 2, 2] = 0.5 * size + 0.5 * (size > 0.0)
            stretch[:, 1, 1] = size
            local[:, flame.bone] = about(stretch, _vec(flame.pivot))


def _vec(p: Point) -> Floats:
    return np.array(p, np.float64)


def _ease(share: Floats) -> Floats:
    s = np.clip(share, 0.0, 1.0)
    return s * s * (3.0 - 2.0 * s)


def _standing(m: Mechanism, track: tracks.Track, times: Floats) -> Floats:
    """Where the body's origin is, turned as it goes and tilted as the ground below it is."""
    places, turns = track.at(times)
    base = placed(turned("y", turns), places)
    if m.ride not in {Ride.WHEELS, Ride.CYCLE, Ride.RAILS} or m.base_m <= 0.0:
        return base
    ahead = np.stack([np.cos(turns), -np.sin(turns)], 1)
    right = np.stack([np.sin(turns), np.cos(turns)], 1)

    def height(off: Floats) -> Floats:
        return track.terrain(places[:, 0] + off[:, 0], places[:, 2] + off[:, 1])

    front, back = height(ahead * m.base_m / 2.0), height(-ahead * m.base_m / 2.0)
    off, near = height(right * m.gauge_m / 2.0), height(-right * m.gauge_m / 2.0)
    pitch = np.arctan2(front - back, m.base_m)
    roll = -np.arctan2(off - near, m.gauge_m) if m.ride is not Ride.CYCLE else 0.0 * pitch
    base[:, 1, 3] += (front + back) / 2.0 - track.terrain(places[:, 0], places[:, 2])
    return compose(base, placed(turned("z", pitch) @ turned("x", roll), np.zeros(3)))


@dataclass(frozen=True, slots=True)
class _Going:
    """How a body goes, at every frame.

    Attributes:
        speed: metres a second.
        surge: metres a second squared, ahead.
        change: radians a second that its way turns.
        gone: metres.
        slow: seconds, shifted by its own phase.
    """

    speed: Floats
    surge: Floats
    change: Floats
    gone: Floats
    slow: Floats


_STEP_S = 0.25
Tilt = tuple[Floats, Floats, Floats]
"""Pitch, roll, radians, and heave, metres."""


def _going(track: tracks.Track, times: Floats, gone: Floats, phase: float) -> _Going:
    after, now, before = (track.travelled(times + s) for s in (_STEP_S, 0.0, -_STEP_S))
    change = (track.at(times + _STEP_S)[1] - track.at(times - _STEP_S)[1]) / (2.0 * _STEP_S)
    speed = np.maximum((after - before) / (2.0 * _STEP_S), 0.0)
    return _Going(speed, (after - 2.0 * now + before) / _STEP_S**2, change, gone, times + phase)


def _attitude(  # noqa: PLR0913, PLR0917 -- all that it depends on
    m: Mechanism, action: Action, track: tracks.Track, times: Floats, gone: Floats, phase: float
) -> Floats:
    """How the hull hangs over what carries it."""
    if action in _DEEDS:
        return _DEEDS[action](m, times, gone, phase)
    pitch, roll, heave = _TILTS.get(m.ride, _level)(m, _going(track, times, gone, phase))
    if m.ride is Ride.ROCKET and action is Action.FLY:
        pitch = pitch - 1.25
    if action is Action.TAKE_OFF:
        heave = heave - _above(track, times) * (1.0 - _ease(times / _CLIMB_S))
        nose = np.sin(math.pi * np.clip(times / _CLIMB_S, 0.0, 1.0))
        pitch = pitch + 0.22 * (m.ride is Ride.PLANE) * nose
    elif action is Action.LAND:
        heave = heave - _above(track, times) * _ease(times / _CLIMB_S)
    low = m.ride in {Ride.BOAT, Ride.ROOTED, Ride.CYCLE}
    pivot = np.array([0.0, 0.0 if low else m.middle_m, 0.0])
    return about(turned("z", pitch) @ turned("x", roll), pivot, _up(heave))


def _level(m: Mechanism, go: _Going) -> Tilt:
    return 0.0 * go.slow, 0.0 * go.slow, 0.0 * go.slow


def _sprung(m: Mechanism, go: _Going) -> Tilt:
    """On springs: it trembles with speed, nods when it brakes, leans out of bends."""
    live = np.minimum(go.speed / 6.0, 1.0) * (0.35 if m.ride is Ride.RAILS else 1.0)
    pitch = 0.006 * live * np.sin(7.1 * go.slow) + np.clip(0.008 * go.surge, -0.05, 0.05)
    roll = 0.006 * live * np.sin(5.3 * go.slow + 1.0)
    roll = roll + np.clip(0.05 * go.change * go.speed / 6.0, -0.06, 0.06)
    return pitch, roll, 0.006 * m.height_m * live * np.sin(9.7 * go.slow)


def _leaning(m: Mechanism, go: _Going) -> Tilt:
    """On two wheels: into the bend, as much as its speed asks for."""
    lean = np.clip(-go.change * go.speed / _GRAVITY, -0.6, 0.6)
    return 0.0 * lean, lean + 0.015 * np.sin(3.0 * go.slow) * (go.speed > 0.0), 0.0 * lean


def _afloat(m: Mechanism, go: _Going) -> Tilt:
    """On waves: small boats more than large ones."""
    size = min(0.8 * (9.0 / max(m.base_m, 1.0)) ** 0.6, 1.4)
    pitch = size * (0.034 * np.sin(1.25 * go.slow) + 0.012 * np.sin(2.3 * go.slow))
    roll = size * (0.045 * np.sin(0.93 * go.slow + 1.0) + 0.015 * np.sin(1.9 * go.slow)) - 0.2 * go.change
    heave = 0.012 * m.base_m * size * np.sin(1.25 * go.slow + 1.4)
    return pitch + 0.02 * np.minimum(go.speed / 5.0, 1.0), roll, heave


def _dived(m: Mechanism, go: _Going) -> Tilt:
    return (
        0.02 * np.sin(0.8 * go.slow),
        0.01 * np.sin(0.7 * go.slow),
        0.03 * m.height_m * np.sin(0.9 * go.slow),
    )


def _winged(m: Mechanism, go: _Going) -> Tilt:
    """Wings bank into a bend."""
    roll = np.clip(-1.6 * go.change, -0.7, 0.7) + 0.03 * np.sin(0.9 * go.slow)
    return 0.02 * np.sin(1.1 * go.slow) + 0.02, roll, 0.04 * m.height_m * np.sin(1.1 * go.slow)


def _hung(m: Mechanism, go: _Going) -> Tilt:
    """Below a rotor: the nose goes down to go ahead."""
    pitch = -0.16 * np.minimum(go.speed / 8.0, 1.0) + 0.02 * np.sin(1.1 * go.slow)
    roll = np.clip(-0.8 * go.change, -0.5, 0.5) + 0.025 * np.sin(0.9 * go.slow)
    return pitch, roll, 0.03 * m.height_m * np.sin(1.3 * go.slow)


def _drifting(m: Mechanism, go: _Going) -> Tilt:
    heave = 0.02 * m.height_m * np.sin(0.6 * go.slow)
    return 0.015 * np.sin(0.7 * go.slow), 0.02 * np.sin(0.9 * go.slow), heave


def _striding(m: Mechanism, go: _Going) -> Tilt:
    cycle = 2.0 * math.pi * go.gone / max(m.base_m, 1e-6)
    return 0.0 * cycle, 0.035 * np.sin(cycle), 0.012 * m.height_m * np.abs(np.sin(cycle))


def _rooted(m: Mechanism, go: _Going) -> Tilt:
    return 0.004 * np.sin(0.9 * go.slow), 0.006 * np.sin(1.3 * go.slow), 0.0 * go.slow


_TILTS: dict[Ride, Callable[[Mechanism, _Going], Tilt]] = {
    Ride.WHEELS: _sprung,
    Ride.RAILS: _sprung,
    Ride.CYCLE: _leaning,
    Ride.BOAT: _afloat,
    Ride.DIVER: _dived,
    Ride.PLANE: _winged,
    Ride.ROTOR: _hung,
    Ride.BALLOON: _drifting,
    Ride.SAUCER: _drifting,
    Ride.STROLL: _striding,
    Ride.ROOTED: _rooted,
}


def _above(track: tracks.Track, times: Floats) -> Floats:
    places, _ = track.at(times)
    return places[:, 1] - track.terrain(places[:, 0], places[:, 2])


def _up(heights: Floats) -> Floats:
    return np.stack([0.0 * heights, heights, 0.0 * heights], 1)


def _spinning(m: Mechanism, times: Floats, _gone: Floats, _phase: float) -> Floats:
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
    period = math.sqrt(2.0 * high / _GRAVITY)
    slow = max(period, 0.75)
    t = np.maximum(times - 0.2, 0.0) / slow
    drop = np.where(t < 1.0, 1.0 - t * t, 0.0)
    first = np.where((t >= 1.0) & (t < 2.0), 0.36 * (1.0 - (2.0 * (t - 1.5)) ** 2), 0.0)
    second = np.where((t >= 2.0) & (t < 2.5), 0.08 * (1.0 - (4.0 * (t - 2.25)) ** 2), 0.0)
    twist = 0.5 * np.sin(phase) * np.maximum(1.0 - t, 0.0)
    return about(turned("x", twist), np.array([0.0, m.middle_m, 0.0]), _up(high * (drop + first + second)))


def _hopping(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    high = 0.9 * min(m.height_m, 2.0)
    hop = np.abs(np.sin(math.pi * 1.1 * times)) ** 0.8 * high
    return about(turned("x", 0.05 * np.sin(times * 3.0 + phase)), np.zeros(3), _up(hop))


def _hovering(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    slow = times + phase
    lift = 0.04 * m.height_m * np.sin(1.6 * slow) + (
        0.5 * min(m.height_m, 3.0) if m.ride is Ride.STILL else 0.0
    )
    turn = turned("x", 0.05 * np.sin(1.1 * slow)) @ turned("z", 0.05 * np.sin(0.8 * slow))
    if m.ride is Ride.STILL:
        turn = turned("y", 0.5 * times) @ turn
    return about(turn, np.array([0.0, m.middle_m, 0.0]), _up(lift))


def _swaying(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    lean = 0.05 * np.sin(1.5 * times + phase)
    return about(turned("x", lean) @ turned("z", 0.4 * lean), np.zeros(3))


def _dancing(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    beat = 2.0 * math.pi * 1.05 * times
    turn = turned("y", 0.5 * np.sin(0.5 * beat)) @ turned("x", 0.12 * np.sin(beat))
    return about(turn, np.zeros(3), _up(0.10 * min(m.height_m, 2.0) * np.abs(np.sin(beat))))


def _growing(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    """From a sprout to its whole size: the one deed that is not rigid."""
    size = 0.12 + 0.88 * _ease((times + 0.1) / 3.4)
    stretch = np.zeros((len(times), 3, 3))
    stretch[:, range(3), range(3)] = size[:, None]
    return about(stretch @ turned("x", 0.01 * np.sin(2.0 * times + phase)), np.zeros(3))


def _launching(m: Mechanism, times: Floats, _gone: Floats, phase: float) -> Floats:
    climb = np.maximum(times - 0.7, 0.0)
    shake = 0.004 * np.sin(31.0 * times + phase) * (times > 0.0)
    return about(turned("z", shake), np.zeros(3), _up(0.11 * m.height_m * climb**2))


_Deed = Callable[[Mechanism, Floats, Floats, float], Floats]
_DEEDS: dict[Action, _Deed] = {
    Action.SPIN: _spinning,
    Action.ROLL: _rolling,
    Action.FALL: _falling,
    Action.JUMP: _hopping,
    Action.HOVER: _hovering,
    Action.SWAY: _swaying,
    Action.DANCE: _dancing,
    Action.GROW: _growing,
    Action.BLOOM: _growing,
    Action.LAUNCH: _launching,
}


def _lay_rails(whole: NDArray[np.float64], m: Mechanism, track: tracks.Track, times: Floats) -> None:
    """The rails where they lie: a piece takes the next one's place when the train has gone its length."""
    rails = m.rails
    assert rails is not None
    places, turns = track.at(times)
    slid = np.mod(track.travelled(times), rails.piece_m)
    for k, bone in enumerate(rails.bones):
        rest = rails.first_m + k * rails.piece_m
        along = rest - slid
        x, z = places[:, 0] + along * np.cos(turns), places[:, 2] - along * np.sin(turns)
        half = rails.piece_m / 2.0
        ends = [
            track.terrain(x + s * half * np.cos(turns), z - s * half * np.sin(turns)) for s in (-1.0, 1.0)
        ]
        pitch = np.arctan2(ends[1] - ends[0], rails.piece_m)
        at = np.stack([x, (ends[0] + ends[1]) / 2.0, z], 1)
        whole[:, bone] = compose(
            placed(turned("y", turns) @ turned("z", pitch), at),
            placed(np.eye(3), np.array([-rest, 0.0, 0.0])),
        )
