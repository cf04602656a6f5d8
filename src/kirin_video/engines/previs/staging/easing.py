"""A camera operator's hand: paths without haste, and the small shake of a camera that is carried."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.bodies.track import Floats

_HALF_S = 0.5
_SHAKE = ((0.37, 1.0), (0.83, 0.75), (1.71, 0.45), (3.3, 0.16), (6.1, 0.05))
"""Frequencies, in Hz, and weights of a hand's unrest."""


def calmed(places: Floats) -> Floats:
    """Places (f, k) as a running mean over a second, straight on beyond both ends."""
    half = min(round(_HALF_S * FPS), max(len(places) // 2 - 1, 0))
    if half == 0:
        return places
    steps = np.arange(1, half + 1)[:, None]
    first = places[0] - steps[::-1] * (places[1] - places[0])
    last = places[-1] + steps * (places[-1] - places[-2])
    padded = np.concatenate([first, places, last])
    weight = np.hanning(2 * half + 3)[1:-1]
    weight /= weight.sum()
    out = np.empty_like(places)
    for k in range(places.shape[1]):
        out[:, k] = np.convolve(padded[:, k], weight, "valid").real
    return out


def unrest(frames: int, ways: int, seed: int) -> Floats:
    """How a hand trembles, (f, ways), about 0 and mostly within 1.

    Args:
        frames: how many, at 24 a second.
        ways: in how many independent ways.
        seed: what makes this one different.
    """
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 67])
    phases = rng.uniform(0.0, math.tau, (len(_SHAKE), ways))
    times = np.arange(frames)[:, None] / FPS
    waves = [
        weight * np.sin(math.tau * hz * rate * times + phase)
        for (hz, weight), phase, rate in zip(
            _SHAKE, phases, rng.uniform(0.9, 1.1, (len(_SHAKE), ways)), strict=True
        )
    ]
    return np.sum(waves, axis=0) / 1.6
