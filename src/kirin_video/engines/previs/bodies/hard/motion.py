"""How hard bodies move: wheels that do not slip, hulls that heave, wings that bank, things that fall.

A deed that is not in the table of deeds is the body's own way to go.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies import track as tracks
from kirin_video.engines.previs.bodies.body import Point, Skeleton
from kirin_video.engines.previs.bodies.hard.courses import gone_by_clock
from kirin_video.engines.previs.bodies.hard.deeds import DEEDS, climbed, raised
from kirin_video.engines.previs.bodies.hard.going import Floats, eased, going_of
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Puff, Ride
from kirin_video.engines.previs.bodies.hard.tilts import TILTS, level
from kirin_video.engines.previs.bodies.posing import about, compose, placed, spun, turned
from kirin_video.engines.previs.plan import Action

_RESTING = {
    Action.IDLE, Action.STAND, Action.SIT, Action.LIE, Action.SLEEP, Action.LEAN, Action.STOP, Action.SPIN,
    Action.SWAY, Action.GLOW, Action.BURN, Action.OPEN, Action.GROW, Action.BLOOM, Action.LOOK, Action.PERCH,
    Action.FALL, Action.HOVER, Action.CRASH, Action.HOLD, Action.MUSIC, Action.SPEAK, Action.WAVE,
    Action.DANCE, Action.TURN, Action.LAUNCH, Action.WORK, Action.WATER, Action.COOK, Action.READ,
    Action.WRITE, Action.EAT, Action.DRINK, Action.FEED, Action.POINT, Action.CLAP, Action.SING, Action.HUG,
    Action.THROW, Action.CATCH, Action.BUILD, Action.KNEEL, Action.CROUCH,
}  # fmt: skip
"""What a body does where it is."""
_OFF = {Action.IDLE, Action.STAND, Action.SIT, Action.STOP, Action.PERCH, Action.SLEEP, Action.LIE}
"""While it does these, engines rest."""
_ALOFT = {Action.FLY, Action.GLIDE}
_OF_THINGS = {Action.ROLL: 0.9, Action.FLY: 1.6, Action.GLIDE: 1.2, Action.SLITHER: 0.4}
"""Speeds of what does not go by itself, in its own heights a second."""
_BRISK = {Action.RUN: 1.6, Action.GALLOP: 1.8, Action.SNEAK: 0.4, Action.ROLL: 0.5, Action.WALK: 0.6}
_CLIMB_S = 3.2


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
            shut = np.full(len(times), float(hinge.rests_shut))
            if action is Action.OPEN:
                shut = 1.0 - eased(times / 2.2 - 0.15)
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
        for puff in m.puffs:
            local[:, puff.bone] = _drifted(m, puff, action, times)
        for course in m.courses:
            local[:, course.bone] = gone_by_clock(course, times)


def _drifted(m: Mechanism, puff: Puff, action: Action, times: Floats) -> Floats:
    """A cloud of smoke: nothing before it is born, then ever larger and slower."""
    age = np.maximum(times - puff.born_s, 0.0) * (action is Action.LAUNCH)
    size = puff.size * (1.0 - np.exp(-1.6 * age))
    stretch = np.zeros((len(times), 3, 3))
    stretch[:, range(3), range(3)] = size[:, None]
    way = np.outer(1.0 - np.exp(-0.9 * age), _vec(puff.drift) / 0.9)
    born = climbed(m, np.array([puff.born_s]))[0] * (age > 0.0)
    return about(stretch, _vec(puff.pivot), way + raised(born))


def _vec(p: Point) -> Floats:
    return np.array(p, np.float64)


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


def _attitude(  # noqa: PLR0913, PLR0917 -- all that it depends on
    m: Mechanism, action: Action, track: tracks.Track, times: Floats, gone: Floats, phase: float
) -> Floats:
    """How the hull hangs over what carries it."""
    if action in DEEDS:
        return DEEDS[action](m, times, gone, phase)
    pitch, roll, heave = TILTS.get(m.ride, level)(m, going_of(track, times, gone, phase))
    if m.ride is Ride.ROCKET and action is Action.FLY:
        pitch = pitch - 1.25
    if action is Action.TAKE_OFF:
        heave = heave - _above(track, times) * (1.0 - eased(times / _CLIMB_S))
        nose = np.sin(math.pi * np.clip(times / _CLIMB_S, 0.0, 1.0))
        pitch = pitch + 0.22 * (m.ride is Ride.PLANE) * nose
    elif action is Action.LAND:
        heave = heave - _above(track, times) * eased(times / _CLIMB_S)
    low = m.ride in {Ride.BOAT, Ride.ROOTED, Ride.CYCLE}
    pivot = np.array([0.0, 0.0 if low else m.middle_m, 0.0])
    return about(turned("z", pitch) @ turned("x", roll), pivot, raised(heave))


def _above(track: tracks.Track, times: Floats) -> Floats:
    places, _ = track.at(times)
    return places[:, 1] - track.terrain(places[:, 0], places[:, 2])


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
