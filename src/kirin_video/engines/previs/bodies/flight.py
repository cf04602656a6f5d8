"""What all that flies or swims has in common: how a body lies in the air along its track, and beats."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.posing import placed, turned
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

ALOFT = frozenset({Action.FLY, Action.GLIDE, Action.HOVER, Action.TAKE_OFF, Action.LAND})
"""What is done in the air."""

_GRAVITY = 9.81
_STEP_S = 0.06
_MOST_BANK, _MOST_PITCH = 0.85, 0.75


def leaning(track: Track, times: Floats) -> tuple[Floats, Floats]:
    """Bank, positive to the right in a right turn, and pitch of flight along a track, radians (f,)."""
    before, _ = track.at(times - _STEP_S)
    after, _ = track.at(times + _STEP_S)
    way = after - before
    level = np.hypot(way[:, 0], way[:, 2])
    _, left = track.at(times - 0.25)
    _, right = track.at(times + 0.25)
    turning = (right - left) / 0.5
    speed = level / (2.0 * _STEP_S)
    bank = np.clip(-np.arctan(speed * turning / _GRAVITY) * 1.6, -_MOST_BANK, _MOST_BANK)
    pitch = np.clip(np.arctan2(way[:, 1], np.maximum(level, 1e-3)), -_MOST_PITCH, _MOST_PITCH)
    return bank, np.where(level > 1e-3, pitch, 0.0)  # noqa: PLR2004 -- metres: it stays


def rooted(track: Track, times: Floats, *, up: Floats | float = 0.0, lean: Floats | float = 0.0) -> Floats:
    """From a body's own space to the world: (f, 3, 4).

    Args:
        track: where it is.
        times: (f,), seconds.
        up: metres above the track.
        lean: a turn (f, 3, 3) about the body's own origin, or 0 for none.
    """
    places, turns = track.at(times)
    turn = turned("y", turns)
    if not isinstance(lean, float):
        turn = turn @ lean
    return placed(turn, places + np.stack([0.0 * turns, up + 0.0 * turns, 0.0 * turns], 1))


@dataclass(frozen=True, slots=True)
class Beat:
    """The beat of wings.

    Attributes:
        phase: (f,), radians.
        power: (f,), 0 gliding, 1 full strokes.
    """

    phase: Floats
    power: Floats


def beat_of(times: Floats, beats: float, soars: float, seed: int) -> Beat:
    """Wing beats, in bursts between glides where it soars.

    Args:
        times: (f,), seconds.
        beats: a second.
        soars: 0 beats all the time, 1 hardly ever.
        seed: what makes it different from its neighbour.
    """
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 19])
    start, rate = rng.uniform(0.0, 1.0), rng.uniform(0.92, 1.08)
    phase = math.tau * (times * beats * rate + start)
    if soars <= 0.0:
        return Beat(phase, np.ones_like(times))
    wave = np.sin(math.tau * (times / 3.1 + rng.uniform(0.0, 1.0))) + 1.2 - 2.4 * soars
    power = 1.0 / (1.0 + np.exp(-5.0 * wave))
    return Beat(phase, 0.05 + 0.95 * power)


def wing_turns(beat: Beat, sign: float, *, reach: float = 0.75, dihedral: float = 0.12) -> list[Floats]:
    """Local turns (f, 3, 3) of the three bones of a wing: the arm leads, the hand follows and folds upwards.

    Args:
        beat: the beat of both wings.
        sign: -1 for the left wing, 1 for the right.
        reach: radians that the arm swings to both sides.
        dihedral: radians that a gliding wing rises.
    """
    w, power = beat.phase, beat.power
    arm = dihedral + power * (reach * np.sin(w) + 0.10)
    fore = power * 0.42 * np.sin(w - 0.9) - 0.04 * (1.0 - power)
    hand = power * 0.55 * np.sin(w - 1.5) + 0.03 * np.sin(0.23 * w + 1.0) + 0.05 * (1.0 - power)
    # On the way up the wing draws in and its leading edge rises.
    draw = power * 0.30 * np.clip(np.cos(w), 0.0, 1.0)
    twist = power * 0.22 * np.cos(w)
    turns: list[Floats] = []
    for angle, back in ((arm, 0.35 * draw), (fore, -0.9 * draw), (hand, 1.2 * draw)):
        lift = turned("x", -sign * angle)
        turns.append(lift @ turned("y", sign * back))
    turns[0] = turns[0] @ turned("z", twist)
    return turns
