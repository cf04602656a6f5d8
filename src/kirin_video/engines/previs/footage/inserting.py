"""Somebody from a picture put into footage: cut out, lit like it, standing where the camera leaves them."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.mixing import mix
from kirin_video.engines.previs.footage.survey import Survey
from kirin_video.engines.previs.photo.colors import ycbcr
from kirin_video.engines.previs.references.cutting import Cut
from kirin_video.media.frames import I420Frame

Bytes = NDArray[np.uint8]

_MATCHED: Final = 0.3
_STANDS_AT: Final = 0.93
_TALL: Final = 0.52
_PLACES: Final = {"left": 0.27, "right": 0.73, "": 0.5}
_BREATHS_S: Final = 3.4
_STRIDE_S: Final = 1.0
"""Two steps of somebody who walks."""
_HOPS, _ROLLS = 0.018, 0.03  # of their height, up with each step and from side to side


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cut-out is in a frame, as shares of the frame.

    Attributes:
        x: its middle.
        foot: its lower end.
        tall: its height.
    """

    x: float
    foot: float
    tall: float


Where = Callable[[int], Spot]


def standing(survey: Survey, side: str) -> Where:
    """A place on the ground of the first frame, which stays there when the camera moves."""
    return staying(survey, Spot(_PLACES[side], _STANDS_AT, _TALL))


def staying(survey: Survey, spot: Spot) -> Where:
    """A spot of the first frame that stays there when the camera moves."""
    width, height = survey.size
    at = np.array([spot.x * width, spot.foot * height, 1.0])

    def where(index: int) -> Spot:
        back = np.linalg.inv(survey.to_first[index])
        x, y = (back @ at)[:2] / (back @ at)[2]
        scale = float(np.sqrt(abs(np.linalg.det(back[:2, :2]))))
        return Spot(float(x) / width, float(y) / height, spot.tall * scale)

    return where


class Insertion:
    """Lays a cut-out over frame after frame.

    Args:
        cut: who.
        where: where they are in each frame.
        width: of the frames.
        height: of the frames.
        before: who passes before it; None where nobody does.
        walks: whether it steps along rather than breathes.
    """

    def __init__(  # noqa: PLR0913 -- who, where and how are independent
        self,
        cut: Cut,
        where: Where,
        width: int,
        height: int,
        *,
        before: Matting | None = None,
        walks: bool = False,
    ) -> None:
        planes = ycbcr(cut.rgb)
        self._planes = [np.ascontiguousarray(planes[..., c]).clip(0, 255).astype(np.uint8) for c in range(3)]
        self._alpha = (cut.alpha * 255 + 0.5).clip(0, 255).astype(np.uint8)
        rows, columns = (
            np.flatnonzero((cut.alpha > 0.5).any(axis=1)),
            np.flatnonzero((cut.alpha > 0.5).any(axis=0)),
        )
        self._box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
        self._where, self._before, self._walks = where, before, walks
        self._size = width, height
        self._cropped = cut.cropped
        self._lift: float | None = None

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Put the cut-out into a frame, in place."""
        spot = self._where(index)
        warp = self._warp(spot, index)
        width, height = self._size
        half = warp / 2
        half[:, 2] += (0.5 * (warp[0, 0] + warp[0, 1]) - 0.5) / 2, (0.5 * (warp[1, 0] + warp[1, 1]) - 0.5) / 2
        alpha = self._laid(self._alpha, warp, (width, height), outside=0)
        if self._before is not None:
            free = cv2.bitwise_not(self._before.alpha(frame, index).luma)
            alpha = np.asarray(cv2.multiply(alpha, free, scale=1 / 255), np.uint8)
        if not self._cropped:
            _darken(frame.y, self._shadow(spot))
        chroma = np.asarray(
            cv2.resize(alpha, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8
        )
        luma = self._lit(frame, self._laid(self._planes[0], warp, (width, height)), alpha)
        mix(luma, frame.y, alpha, frame.y)
        for own, plane in ((frame.u, self._planes[1]), (frame.v, self._planes[2])):
            mix(self._laid(plane, half, (width // 2, height // 2)), own, chroma, own)
        return frame

    def _warp(self, spot: Spot, index: int) -> NDArray[np.float64]:
        """From the cut-out's pixels to the frame's; it breathes a little, or steps along."""
        width, height = self._size
        left, top, right, bottom = self._box
        scale = spot.tall * height / (bottom - top)
        breath = 1.0 + 0.006 * np.sin(2 * np.pi * index / FPS / _BREATHS_S)
        sway = 0.006 * np.sin(2 * np.pi * index / FPS / (1.7 * _BREATHS_S))
        middle = (left + right) / 2
        foot = (1.02 if self._cropped else spot.foot) * height
        if self._walks and not self._cropped:
            stride = 2 * np.pi * index / FPS / _STRIDE_S
            sway += _ROLLS * np.sin(stride)
            foot -= _HOPS * spot.tall * height * abs(np.sin(stride))
        return np.array(
            [
                [scale, -scale * sway, spot.x * width - scale * middle + scale * sway * bottom],
                [0.0, scale * breath, foot - scale * breath * bottom],
            ]
        )

    @staticmethod
    def _laid(
        plane: Bytes, warp: NDArray[np.float64], size: tuple[int, int], outside: int | None = None
    ) -> Bytes:
        shrinks = abs(float(warp[0, 0])) < 0.6
        source, matrix = plane, warp
        if shrinks:  # halve first: a warp alone would skip pixels
            source = np.asarray(
                cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8
            )
            matrix = warp.copy()
            matrix[:, :2] *= 2
        mode = cv2.BORDER_REPLICATE if outside is None else cv2.BORDER_CONSTANT
        return np.asarray(
            cv2.warpAffine(source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=mode), np.uint8
        )

    def _lit(self, frame: I420Frame, luma: Bytes, alpha: Bytes) -> Bytes:
        """The cut-out a part of the way to the footage's own brightness."""
        if self._lift is None:
            covered = alpha > 127
            own = float(luma[covered].mean()) if covered.any() else 128.0
            self._lift = float(np.clip(_MATCHED * (float(frame.y.mean()) - own), -40, 40))
        return _lifted(luma, self._lift)

    def _shadow(self, spot: Spot) -> Bytes:
        """How dark the ground is at its foot, uint8, (H, W)."""
        width, height = self._size
        small = np.zeros((height // 4, width // 4), np.uint8)
        left, top, right, bottom = self._box
        wide = spot.tall * height * (right - left) / (bottom - top)
        center = round(spot.x * width / 4), round((spot.foot - 0.012) * height / 4)
        axes = max(2, round(0.46 * wide / 4)), max(1, round(0.075 * wide / 4))
        cv2.ellipse(small, center, axes, 0, 0, 360, 255, -1)
        soft = cv2.GaussianBlur(small, (0, 0), max(1.0, 0.05 * wide / 4))
        return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _lifted(luma: Bytes, lift: float) -> Bytes:
    gain = 1.0 + lift / 110.0
    return np.asarray(cv2.convertScaleAbs(luma, alpha=gain, beta=16 * (1 - gain)), np.uint8)


@njit(cache=True, nogil=True, parallel=True)
def _darken(luma: Bytes, shadow: Bytes) -> None:
    rows, columns = luma.shape
    for row in prange(rows):
        for column in range(columns):
            if shadow[row, column]:
                dark = np.float32(1.0) - np.float32(0.42) * np.float32(shadow[row, column]) / np.float32(
                    255.0
                )
                y = np.float32(luma[row, column]) - np.float32(16.0)
                luma[row, column] = np.uint8(np.float32(16.5) + y * dark)
