"""Tracks: where a body is in the world at any time, and the ground it moves on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Terrain = Callable[[Floats, Floats], Floats]
"""Heights in metres of what carries a body, at arrays of x and z."""


@dataclass(frozen=True, slots=True)
class Track:
    """A way through the world, sampled finely and followed smoothly.

    A turn of 0 faces along +x, to the right of a default picture; it grows counter-clockwise seen from above,
    so that a quarter turn faces along -z, away from the viewer.

    Attributes:
        times: float64, (k,), rising seconds; before the first and after the last it goes straight on.
        places: float64, (k, 3), metres: x, height above the terrain (0 on the ground), z.
        turns: float64, (k,), radians, without jumps.
        terrain: the ground.
    """

    times: Floats
    places: Floats
    turns: Floats
    terrain: Terrain

    def at(self, times: Floats) -> tuple[Floats, Floats]:
        """Places (f, 3) in the world, with the terrain's height added, and turns (f,)."""
        x, above, z = (_extended(times, self.times, self.places[:, axis]) for axis in range(3))
        turns = np.interp(times, self.times, self.turns)
        return np.stack([x, above + self.terrain(x, z), z], -1), turns

    def travelled(self, times: Floats) -> Floats:
        """Metres gone over the ground since the track's first moment."""
        steps = np.hypot(np.diff(self.places[:, 0]), np.diff(self.places[:, 2]))
        return _extended(times, self.times, np.concatenate([[0.0], np.cumsum(steps)]))

    def when(self, metres: Floats) -> Floats:
        """The times at which so many metres have been gone; the inverse of ``travelled`` while it moves."""
        gone = self.travelled(self.times)
        rising = gone + 1e-9 * np.arange(len(gone))
        return _extended(metres, rising, self.times)


def _extended(at: Floats, known: Floats, values: Floats) -> Floats:
    """Linear between the known places and straight on beyond both ends."""
    inner = np.interp(at, known, values)
    if len(known) < 2:  # noqa: PLR2004 -- a single place has no direction
        return inner
    first = (values[1] - values[0]) / (known[1] - known[0])
    last = (values[-1] - values[-2]) / (known[-1] - known[-2])
    return inner + np.minimum(at - known[0], 0.0) * first + np.maximum(at - known[-1], 0.0) * last


def standing(x: float, z: float, turn: float, terrain: Terrain) -> Track:
    """A track that stays in one place."""
    return Track(np.array([0.0, 1.0]), np.array([[x, 0.0, z]] * 2), np.array([turn, turn]), terrain)
