"""Pulling focus: what is sharp in every frame, and how blurred every pixel is.

How far out of focus something is grows with the difference of the inverse distances, and a depth buffer holds
inverse distances: the blur of a pixel is a straight line in its depth.
"""

from __future__ import annotations

from collections.abc import Sequence

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.gl.matrices import FAR_M, NEAR_M
from kirin_video.engines.previs.glass import SHARP, STEPS, Glass

_MOST_STEPS = 120
_SEEN = 0.0025
"""The least radius of a far point's disc that is worth it, as a share of the picture's height."""
_NEAREST_M = 0.25
_PULL_FRAMES = 9
"""Over how many frames the focus is evened out."""
_DEEP = 0.12
"""How far before and behind a place that is looked at things are sharp, as a share of its distance."""


class FocusPuller:
    """Knows what is sharp, and writes into every pixel how blurred it is.

    Args:
        glass: before the camera.
        views: of all frames.
        bounds: float32, (f, 2, 3), the boxes round what shall be sharp; None for what is looked at.
        size: width and height of the picture, pixels.
    """

    def __init__(
        self,
        glass: Glass,
        views: Sequence[View],
        bounds: NDArray[np.float32] | None,
        size: tuple[int, int],
    ) -> None:
        width, height = size
        self._near, self._far = sharp_range(views, bounds)
        half_radius = height / 4.0
        self._most = min(glass.most * half_radius * STEPS, _MOST_STEPS)
        self._strength = np.array([glass.opening_m(float(f)) for f in self._near]) * half_radius * STEPS
        # So little would cost much and not be seen; it is all of the clip or nothing.
        self._is_seen = bool((self._strength / self._far).max() > _SEEN * height / 2.0 * STEPS)
        self._depth = np.empty((height, width), np.float32)
        self._blur = np.empty((height, width), np.float32)
        self._before = np.empty((height, width), np.float32)

    def write(self, number: int, target: moderngl.Framebuffer, pixels: NDArray[np.uint8]) -> None:
        """Write a frame's blur into the last byte of its pixels, from the target that it was drawn in."""
        if not self._is_seen:
            pixels[..., 3] = SHARP
            return
        target.read_into(self._depth, attachment=-1, components=1, dtype="f4")
        strength = float(self._strength[number])
        # One over the distance is 1 / near less the depth times this.
        slope = strength * (FAR_M - NEAR_M) / (FAR_M * NEAR_M)
        np.multiply(self._depth, np.float32(slope), out=self._blur)
        self._blur -= np.float32(strength / NEAR_M)
        np.add(self._blur, np.float32(strength / self._near[number]), out=self._before)
        self._blur += np.float32(strength / self._far[number])
        np.clip(self._blur, 0.0, self._most, out=self._blur)
        np.clip(self._before, -self._most, 0.0, out=self._before)
        self._blur += self._before
        self._blur += np.float32(SHARP + 0.5)
        pixels[..., 3] = self._blur


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
