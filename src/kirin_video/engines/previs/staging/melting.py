"""Melting: what melts sinks into itself and widens, slowly, for as long as the shot lasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.parts import Part

_SUNK, _WIDENED = 0.72, 0.42
"""How much lower and how much wider it is in the end, as shares of its size."""
_BEGINS = 0.06
"""It melts from this share of the shot on."""


def melted(poses: NDArray[np.float32], part: Part, times: Floats) -> NDArray[np.float32]:
    """The poses (f, bones, 3, 4) of something that melts, about the place it stands on.

    Args:
        poses: as it would stand.
        part: where it stands, and when it begins.
        times: float64, (f,), of every frame, seconds.
    """
    first = min(start for start, deed in part.deeds if deed is Action.MELT)
    last = max(float(times.max()), first + 1e-3)
    share = np.clip((times - first) / (last - first), 0.0, 1.0)
    share = np.clip((share - _BEGINS) / (1.0 - _BEGINS), 0.0, 1.0)
    share = share * share * (2.0 - share)
    places, _ = part.track.at(times)
    scale = np.stack([1.0 + _WIDENED * share, 1.0 - _SUNK * share, 1.0 + _WIDENED * share], 1)
    found = poses.astype(np.float64) * scale[:, None, :, None]
    found[..., 3] += ((1.0 - scale) * places)[:, None]
    return found.astype(np.float32)
