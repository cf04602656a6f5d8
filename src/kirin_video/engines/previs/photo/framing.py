"""Keeping the frame inside the photograph: how much the lens has to close while the camera moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.layers import Textures
from kirin_video.engines.previs.photo.moves import Aim, Pose, pose_at
from kirin_video.engines.previs.photo.warp import camera_numbers, farthest_outside
from kirin_video.engines.previs.plan import Move

_SAMPLES = 12
_LARGEST_ZOOM = 1.3
_PULL_OUT_ZOOM = 1.05
_TOLERANCE_PX = 0.5


@dataclass(frozen=True, slots=True)
class Framing:
    """A move before a photograph.

    Attributes:
        move: what the camera does.
        aim: what it is about.
        textures: the layers; only those that reach the border matter.
        width: of the frame, pixels.
        height: of the frame, pixels.
        margin_px: how far beyond the picture the invented margin may be shown at the end of the move.
    """

    move: Move
    aim: Aim
    textures: Textures
    width: int
    height: int
    margin_px: float

    def within(self, amount: float) -> tuple[float, float]:
        """The amount of the move, lowered where the lens would have to close too far, and the final zoom.

        The lens closes in step with the move, ``1 + (zoom - 1) * travelled``, so that the photograph opens
        the shot uncropped and nothing jumps. A pull out may hardly close it.
        """
        limit = _PULL_OUT_ZOOM if self.move is Move.PULL_OUT else _LARGEST_ZOOM
        for _ in range(12):
            zoom = self._zoom(amount)
            if zoom <= limit + 1e-3:
                return amount, zoom
            amount *= 0.85
        return amount, self._zoom(amount)

    def _zoom(self, amount: float) -> float:
        """The zoom needed by the end of the move so that no moment of it shows what is not there."""
        needed = 1.0
        for travelled in np.linspace(1.0 / _SAMPLES, 1.0, _SAMPLES):
            share = float(travelled)
            pose = pose_at(self.move, self.aim, amount, share)
            needed = max(needed, 1.0 + (self._least_zoom(pose, self.margin_px * share) - 1.0) / share)
        return needed

    def _least_zoom(self, pose: Pose, margin_px: float) -> float:
        """The least zoom, 1.0 or more, that keeps one pose's frame inside, by bisection."""
        low, high = 1.0, 1.8
        if self._outside(pose) <= margin_px + _TOLERANCE_PX:
            return low
        for _ in range(12):
            middle = (low + high) / 2
            fits = self._outside(replace(pose, zoom=pose.zoom * middle)) <= margin_px + _TOLERANCE_PX
            low, high = (low, middle) if fits else (middle, high)
        return high

    def _outside(self, pose: Pose) -> float:
        camera = camera_numbers(pose, self.width, self.height)
        layers = range(len(self.textures.boxes))
        reaching = [layer for layer in layers if self._reaches_border(self.textures.boxes[layer])]
        return max(
            float(farthest_outside(camera, self.textures.disparity[layer], self.width, self.height))
            for layer in reaching
        )

    def _reaches_border(self, box: NDArray[np.float32]) -> bool:
        return bool(box[0] <= 0 or box[1] <= 0 or box[2] >= self.width - 1 or box[3] >= self.height - 1)
