"""Pulling focus: what is sharp in every frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.glass import Glass

_MOST_PX = 15.0
_SEEN = 0.0025
"""The least radius of a far point's disc that is worth it, as a share of the picture's height."""
_NEAREST_M = 0.25
_PULL_FRAMES = 9
"""Over how many frames the focus is evened out."""
_DEEP = 0.12
"""How far before and behind a place that is looked at things are sharp, as a share of its distance."""


class FocusPuller:
    """Knows what is sharp in every frame.

    Args:
        glass: before the camera.
        views: of all frames.
        bounds: float32, (f, 2, 3), the boxes round what shall be sharp; None for what is looked at.
        height_px: height of the picture.
    """

    def __init__(
        self, glass: Glass, views: Sequence[View], bounds: NDArray[np.float32] | None, height_px: int
    ) -> None:
        near, far = sharp_range(views, bounds)
        half_radius = height_px / 4.0
        most = min(glass.most * half_radius, _MOST_PX)
        strength = np.array([glass.opening_m(float(f)) for f in near]) * half_radius
        self._numbers = np.stack([strength, 1.0 / near, 1.0 / far, np.full(len(near), most)], 1)
        # So little would cost much and not be seen; it is all of the clip or nothing.
        if (strength / far).max() <= _SEEN * height_px / 2.0:
            self._numbers[:] = 0.0

    def focus(self, number: int) -> NDArray[np.float64]:
        """What a plate tells of the focus of a frame."""
        return self._numbers[number]


def sharp_range(
    views: Sequence[View], bounds: NDArray[np.float32] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """From where to where things are sharp in every frame, metres from the camera along its axis.

    Args:
        views: of all frames.
        bounds: (f, 2, 3), the boxes round what shall be sharp; None for what is looked at.
    """
    eyes = np.array([view.eye for view in views])
    ways = np.array([view.target for view in views]) - eyes
    away = np.linalg.norm(ways, axis=1)
    if bounds is None:
        return away * (1.0 - _DEEP), away * (1.0 + _DEEP)
    ways /= away[:, None]
    picks = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    corners = bounds[:, picks, np.arange(3)].astype(np.float64)
    depths = ((corners - eyes[:, None]) * ways[:, None]).sum(2)
    near = np.maximum(depths.min(1), _NEAREST_M)
    far = np.maximum(depths.max(1), near * 1.05)
    return _evened(near), _evened(far)


def _evened(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of a few frames round each."""
    room = min(_PULL_FRAMES // 2, len(values) - 1)
    if room == 0:
        return values
    padded = np.concatenate([np.full(room, values[0]), values, np.full(room, values[-1])])
    return np.convolve(padded, np.full(2 * room + 1, 1.0 / (2 * room + 1)), "valid")
