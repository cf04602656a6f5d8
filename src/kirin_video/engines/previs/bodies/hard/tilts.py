"""How hulls hang over what carries them: springs, waves, wings, rotors."""

# ruff: noqa: ARG001 -- deeds share one signature, and an oscillation is all numbers
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from kirin_video.engines.previs.bodies.hard.going import Floats, Going
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride

GRAVITY = 9.81
Tilt = tuple[Floats, Floats, Floats]
"""Pitch, roll, radians, and heave, metres."""


def level(m: Mechanism, go: Going) -> Tilt:
    """Not at all."""
    return 0.0 * go.slow, 0.0 * go.slow, 0.0 * go.slow


def _sprung(m: Mechanism, go: Going) -> Tilt:
    """On springs: it trembles with speed, nods when it brakes, leans out of bends."""
    live = np.minimum(go.speed / 6.0, 1.0) * (0.35 if m.ride is Ride.RAILS else 1.0)
    pitch = 0.006 * live * np.sin(7.1 * go.slow) + np.clip(0.008 * go.surge, -0.05, 0.05)
    roll = 0.006 * live * np.sin(5.3 * go.slow + 1.0)
    roll = roll + np.clip(0.05 * go.change * go.speed / 6.0, -0.06, 0.06)
    return pitch, roll, 0.006 * m.height_m * live * np.sin(9.7 * go.slow)


def _leaning(m: Mechanism, go: Going) -> Tilt:
    """On two wheels: into the bend, as much as its speed asks for."""
    lean = np.clip(-go.change * go.speed / GRAVITY, -0.6, 0.6)
    return 0.0 * lean, lean + 0.015 * np.sin(3.0 * go.slow) * (go.speed > 0.0), 0.0 * lean


def _afloat(m: Mechanism, go: Going) -> Tilt:
    """On waves: small boats more than large ones."""
    size = min(0.8 * (9.0 / max(m.base_m, 1.0)) ** 0.6, 1.4)
    pitch = size * (0.034 * np.sin(1.25 * go.slow) + 0.012 * np.sin(2.3 * go.slow))
    roll = size * (0.045 * np.sin(0.93 * go.slow + 1.0) + 0.015 * np.sin(1.9 * go.slow)) - 0.2 * go.change
    heave = 0.012 * m.base_m * size * np.sin(1.25 * go.slow + 1.4)
    return pitch + 0.02 * np.minimum(go.speed / 5.0, 1.0), roll, heave


def _dived(m: Mechanism, go: Going) -> Tilt:
    return (
        0.02 * np.sin(0.8 * go.slow),
        0.01 * np.sin(0.7 * go.slow),
        0.03 * m.height_m * np.sin(0.9 * go.slow),
    )


def _winged(m: Mechanism, go: Going) -> Tilt:
    """Wings bank into a bend."""
    roll = np.clip(-1.6 * go.change, -0.7, 0.7) + 0.03 * np.sin(0.9 * go.slow)
    return 0.02 * np.sin(1.1 * go.slow) + 0.02, roll, 0.04 * m.height_m * np.sin(1.1 * go.slow)


def _hung(m: Mechanism, go: Going) -> Tilt:
    """Below a rotor: the nose goes down to go ahead."""
    pitch = -0.16 * np.minimum(go.speed / 8.0, 1.0) + 0.02 * np.sin(1.1 * go.slow)
    roll = np.clip(-0.8 * go.change, -0.5, 0.5) + 0.025 * np.sin(0.9 * go.slow)
    return pitch, roll, 0.03 * m.height_m * np.sin(1.3 * go.slow)


def _drifting(m: Mechanism, go: Going) -> Tilt:
    heave = 0.02 * m.height_m * np.sin(0.6 * go.slow)
    return 0.015 * np.sin(0.7 * go.slow), 0.02 * np.sin(0.9 * go.slow), heave


def _striding(m: Mechanism, go: Going) -> Tilt:
    cycle = 2.0 * math.pi * go.gone / max(m.base_m, 1e-6)
    return 0.0 * cycle, 0.035 * np.sin(cycle), 0.012 * m.height_m * np.abs(np.sin(cycle))


def _rooted(m: Mechanism, go: Going) -> Tilt:
    return 0.004 * np.sin(0.9 * go.slow), 0.006 * np.sin(1.3 * go.slow), 0.0 * go.slow


TILTS: dict[Ride, Callable[[Mechanism, Going], Tilt]] = {
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
