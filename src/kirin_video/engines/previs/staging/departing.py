"""Departing: birds that take off from what they stand on fly away from it, and out of the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.noise import smoothstep
from kirin_video.engines.previs.plan import Action, Setting
from kirin_video.engines.previs.staging.parts import Deeds, Part, Setup

_LEAVES = frozenset({Action.TAKE_OFF, Action.FLY, Action.GLIDE})
_WAITS_S = 1.1
"""How long a bird is seen on its perch that takes off as soon as the shot begins."""
_AWAY = 0.6, 0.8
"""Where it flies: across the picture, and away from the viewer."""
_CLIMB = 0.34
"""Metres that it climbs for every metre it goes."""
_SPRING_S, _TURNS_S = 0.9, 0.5
_FURTHEST, _SLOWEST = 4.0, 2.0
"""By the end it is so many times as far from the viewer as its perch, where it needs not be slower than this,
in metres a second: it should be seen until then."""
_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO})
_ROOM_M, _CEILING_M = 2.2, 1.9
"""Indoors it goes no further, and no higher."""


def departed(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with every bird that takes off from something flying away from it."""
    return [_flown(setup, part, start) if (start := _leaving(part)) else part for part in parts]


def _leaving(part: Part) -> float | None:
    """When a bird leaves what carries it, seconds; None if it does not."""
    if not part.carried or part.hold is not None or part.role.kind.family is not Family.BIRD:
        return None
    if part.deeds[0][1] is Action.TAKE_OFF:
        return _WAITS_S
    return next((start for start, action in part.deeds[1:] if action in _LEAVES), None)


def _flown(setup: Setup, part: Part, start: float) -> Part:
    """On its perch until then; then up, across the picture and away."""
    times, usual = setup.times, part.role.bodies[part.which].motion
    long_s = max(setup.seconds - start, _SPRING_S)
    pace = max(_FURTHEST * setup.look.far_m / long_s, _SLOWEST)
    gone = _gone(times - start, min(usual.pace(Action.FLY), pace))
    climbed = _CLIMB * gone
    if setup.plan.setting in _INDOORS:
        gone, climbed = _ROOM_M * np.tanh(gone / _ROOM_M), np.minimum(climbed, _CEILING_M)
    facing = part.track.turns
    right = math.copysign(_AWAY[0], math.cos(float(facing[0]) + setup.look.yaw))
    heading = setup.look.turn(right, _AWAY[1])
    towards = np.array([math.cos(heading), 0.0, -math.sin(heading)])
    places = part.track.places + gone[:, None] * towards
    places[:, 1] += climbed
    turning = (heading - facing + math.pi) % (2.0 * math.pi) - math.pi
    track = Track(
        times, places, facing + turning * smoothstep(0.0, _TURNS_S, times - start), part.track.terrain
    )
    return replace(part, track=track, deeds=_deeds(part.deeds, start), let_go_s=start)


def _gone(since: Floats, pace: float) -> Floats:
    """Metres that it has flown so many seconds after it sprang off: full speed comes after a moment."""
    s = np.maximum(since, 0.0)
    return pace * np.where(s < _SPRING_S, s * s / (2.0 * _SPRING_S), s - _SPRING_S / 2.0)


def _deeds(deeds: Deeds, start: float) -> Deeds:
    """What it does: perched first, on the wing from then on."""
    before = [(s, Action.STAND if a in _LEAVES else a) for s, a in deeds if s < start]
    return (*before, (start, Action.FLY))
