"""How lively footage is from moment to moment, and time that runs as lively in a new shot.

What counts is what is seen to move in the picture: the camera, and whoever moves before it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.feature.tracks import Tracks

Floats = NDArray[np.float64]

_FEWEST: Final = 8
"""Corners, of which fewer say nothing about a frame."""
_LIVELIEST: Final = 0.9
"""Who moves most beside the camera counts: so many corners are calmer."""
_CALM_S: Final = 0.5
"""Over so long a time liveliness is averaged: a step, a stroke."""
_USUAL: Final = 0.14
"""Picture lengths a second of somebody who walks, filmed by a calm camera."""
_RESTS: Final = 0.015
"""What moves less stands still: its unevenness is noise."""
_SOFTENED, _LEVELLED = 0.7, 0.4
"""Exponents: how far time follows what hurries within the footage, and the whole of it."""
_SLOWEST, _FASTEST = 0.4, 2.0
_CALMEST, _BUSIEST = 0.8, 1.35
"""How fast time may run on average."""
_EVEN: Final = 1.3
"""Less between the slowest and the fastest moment is no rhythm."""


def liveliness_of(tracks: Tracks) -> Floats:
    """How much moves at every frame, picture lengths a second, (f,); 0 where nothing can be followed."""
    found = np.full(len(tracks.seen), np.nan)
    for frames in tracks.takes:
        for frame in frames[1:]:
            before, after, _ = tracks.between(frame - 1, frame)
            if len(before) >= _FEWEST:
                found[frame] = _moved(before, after) * FPS / max(tracks.size)
        if len(frames) > 1:
            found[frames[0]] = found[frames[1]]
    known = np.flatnonzero(np.isfinite(found))
    if not len(known):
        return np.zeros(len(found))
    return np.interp(np.arange(len(found)), known, found[known])


def _moved(before: NDArray[np.float32], after: NDArray[np.float32]) -> float:
    """How far the picture goes from one frame to the next, and the liveliest in it beside that, pixels."""
    way = (after - before).astype(np.float64)
    whole = np.median(way, axis=0)
    own = np.quantile(np.linalg.norm(way - whole, axis=1), _LIVELIEST)
    return float(np.linalg.norm(whole) + own)


def tempo_from(lively: Floats, times: Floats) -> tuple[float, ...]:
    """How fast time runs in a new shot, beside its usual pace, at every frame.

    Args:
        lively: of the footage, as :func:`liveliness_of` tells.
        times: the frame of the footage that each frame of the new shot goes by.
    """
    calm = _averaged(lively)
    level = float(np.clip((float(calm.mean()) / _USUAL) ** _LEVELLED, _CALMEST, _BUSIEST))
    if float(calm.mean()) < _RESTS:
        return (_CALMEST,) * len(times)
    shown = np.interp(times, np.arange(len(calm)), calm)
    rates = np.clip((shown / float(shown.mean())) ** _SOFTENED, _SLOWEST, _FASTEST)
    if float(rates.max()) < _EVEN * float(rates.min()):
        rates = np.ones_like(rates)
    return tuple((level * rates / rates.mean()).tolist())


def has_rhythm(tempo: tuple[float, ...]) -> bool:
    """Whether time hurries and lingers."""
    return bool(tempo) and max(tempo) > _EVEN * min(tempo)


def _averaged(lively: Floats) -> Floats:
    """Calmed over time; its ends go on as they are."""
    half = min(round(_CALM_S * FPS), len(lively) - 1)
    weights = np.hanning(2 * half + 3)[1:-1]
    padded = np.pad(lively, half, mode="edge")
    return np.asarray(np.convolve(padded, weights / weights.sum(), "valid"), np.float64)
