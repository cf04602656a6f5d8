"""Small movements that make a body alive: breath, glances, blinks, flicks of ears and tail."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BREATH_S = 2.6
_BLINK_S = 3.1
_LID_S = 0.13


class Liveliness:
    """The small movements of one animal; the same seed moves it the same way.

    Args:
        seed: what makes it different from its neighbour.
        times: (f,), seconds.
    """

    def __init__(self, seed: int, times: Floats) -> None:
        self._rng = np.random.default_rng([seed & 0x7FFFFFFF, 77])
        self._times = times
        self.phase = float(self._rng.random())
        self._offsets = self._rng.uniform(0.0, 100.0, 16)

    @property
    def times(self) -> Floats:
        """(f,), seconds."""
        return self._times

    @property
    def breaths(self) -> Floats:
        """How many breaths have been taken."""
        return self._times / _BREATH_S + self._offsets[0]

    def wave(self, period_s: float, lag: float = 0.0) -> Floats:
        """A calm sine, -1 to 1."""
        return np.sin(math.tau * (self._times / period_s) + self._offsets[1] - lag)

    def slow(self, which: int, size: float) -> Floats:
        """A wandering value of about a size: three sines that never meet."""
        t = self._times + self._offsets[2 + which % 8]
        return size * (0.5 * np.sin(0.83 * t) + 0.3 * np.sin(1.37 * t + 1.0) + 0.2 * np.sin(2.3 * t + 2.0))

    @property
    def glance(self) -> Floats:
        """Where the head turns, radians: it rests, then looks elsewhere."""
        return _stepped(self._times + self._offsets[10], 2.3, self._rng_of(1), 0.42)

    @property
    def blinks(self) -> Floats:
        """How open the eyes are, 1 open."""
        t = (self._times + self._offsets[11]) % _BLINK_S
        return 1.0 - 0.92 * np.exp(-(((t - 0.5 * _LID_S - 0.2) / (0.5 * _LID_S)) ** 2))

    def flicks(self, which: int) -> Floats:
        """An ear's flick, 0 most of the time, 1 at its height."""
        return _pulses(self._times + self._offsets[12 + which], 2.7 + 0.9 * which, 0.16)

    @property
    def swish(self) -> Floats:
        """The tail's swings to both sides, -1 to 1, between rests."""
        t = self._times + self._offsets[14]
        strength = np.clip(np.sin(0.9 * t) * 1.6 + 0.3, 0.15, 1.0)
        return strength * np.sin(3.6 * t)

    @property
    def calls(self) -> Floats:
        """How wide a calling mouth is open, 0 to 1."""
        t = (self._times + 0.9) % 2.6
        return np.clip(np.minimum(t / 0.25, (1.5 - t) / 0.35), 0.0, 1.0) * (0.85 + 0.15 * np.sin(18.0 * t))

    @property
    def chews(self) -> Floats:
        """A chewing jaw, 0 to 1."""
        return 0.5 + 0.5 * np.sin(math.tau * 1.5 * self._times)

    @property
    def bites(self) -> Floats:
        """Small lifts of a feeding head, radians."""
        return 0.10 * np.clip(np.sin(0.9 * (self._times + self._offsets[15])), 0.0, 1.0) ** 2

    def _rng_of(self, which: int) -> np.random.Generator:
        return np.random.default_rng([int(self._offsets[0] * 1e6), which])


def _stepped(times: Floats, period_s: float, rng: np.random.Generator, size: float) -> Floats:
    """Values that rest and then go over to the next, within a third of the period."""
    targets = size * np.concatenate([rng.uniform(-1.0, 1.0, 64)])
    at = times / period_s
    k = np.floor(at).astype(int) % 63
    s = np.clip((at - np.floor(at)) * 3.0, 0.0, 1.0)
    return targets[k] + (targets[k + 1] - targets[k]) * s * s * (3.0 - 2.0 * s)


def _pulses(times: Floats, period_s: float, length_s: float) -> Floats:
    """Two quick bumps once in a period."""
    t = times % period_s
    return np.exp(-(((t - 0.3) / length_s) ** 2) * 4.0) + 0.8 * np.exp(-(((t - 0.62) / length_s) ** 2) * 4.0)
