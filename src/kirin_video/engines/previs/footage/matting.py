"""Small masks drawn to the edges of the frames themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import rgb_of
from kirin_video.engines.previs.footage.tracking import Tracked
from kirin_video.media.frames import I420Frame, new_i420

Plane = NDArray[np.float32]

_RADIUS: Final = 4
_SOFTNESS: Final = 3e-4


@dataclass(frozen=True, slots=True)
class Alpha:
    """How much of each pixel is subject, 0 to 255; valid until the next frame's.

    Attributes:
        luma: uint8, (H, W).
        chroma: the mean of two by two, uint8, (H/2, W/2).
        small: the same at the size footage was looked at, float32, (h, w), 0 to 1.
    """

    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint8]
    small: Plane


class Matting:
    """Mattes at the size of the frames.

    Args:
        tracked: the small mask of every frame.
        width: of the frames.
        height: of the frames.
        choke: how far the outline is drawn in (above 0.5) or let out (below).
    """

    def __init__(self, tracked: Tracked, width: int, height: int, choke: float = 0.5) -> None:
        self._tracked = tracked
        self._luma = np.empty((height, width), np.uint8)
        self._chroma = np.empty((height // 2, width // 2), np.uint8)
        self._choke = np.float32(choke)
        small_width, small_height = tracked.size
        self._small = new_i420(small_width, small_height)

    def alpha(self, frame: I420Frame, index: int) -> Alpha:
        """The matte of a frame."""
        small = self._shrunk(frame)
        mask = self._tracked.mask(index)
        guide = rgb_of(small).astype(np.float32) * np.float32(1 / 255)
        refined = np.asarray(cv2.ximgproc.guidedFilter(guide, mask, _RADIUS, _SOFTNESS), np.float32)
        snapped = ((refined - 0.5) * np.float32(1.6) + np.float32(0.5)).clip(0, 1)
        gain, offset = _local_line(small.y, snapped)
        _draw(frame.y, gain, offset, self._choke, self._luma, self._chroma)
        return Alpha(self._luma, self._chroma, snapped)

    def _shrunk(self, frame: I420Frame) -> I420Frame:
        small = self._small
        for source, dest in ((frame.y, small.y), (frame.u, small.u), (frame.v, small.v)):
            cv2.resize(source, (dest.shape[1], dest.shape[0]), dest, interpolation=cv2.INTER_AREA)
        return small


class Inverse:
    """All but what a matte covers.

    Args:
        matting: knows what.
    """

    def __init__(self, matting: Matting) -> None:
        self._matting = matting

    def alpha(self, frame: I420Frame, index: int) -> Alpha:
        """The matte of a frame: everything else."""
        own = self._matting.alpha(frame, index)
        return Alpha(~own.luma, ~own.chroma, 1 - own.small)


def _local_line(grey: NDArray[np.uint8], mask: Plane) -> tuple[Plane, Plane]:
    """Around each pixel, the line that makes brightness the mask: its gain and its offset.

    It is what a guided filter (He, Sun and Tang 2010) computes; applied at full size, it puts the mask's edge
    where the full picture has its own.
    """
    level = grey.astype(np.float32) * np.float32(1 / 255)
    side = (2 * 2 + 1, 2 * 2 + 1)
    mean, mask_mean, cross, square = (
        np.asarray(cv2.blur(plane, side), np.float32) for plane in (level, mask, level * mask, level * level)
    )
    gain = (cross - mean * mask_mean) / (square - mean * mean + np.float32(2e-3))
    offset = mask_mean - gain * mean
    return np.asarray(cv2.blur(gain, side), np.float32), np.asarray(cv2.blur(offset, side), np.float32)


@njit(cache=True, nogil=True, parallel=True)
def _draw(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    luma: NDArray[np.uint8],
    gain: Plane,
    offset: Plane,
    choke: np.float32,
    out: NDArray[np.uint8],
    chroma: NDArray[np.uint8],
) -> None:
    rows, columns = luma.shape
    small_rows, small_columns = gain.shape
    scale_y = np.float32(small_rows) / np.float32(rows)
    scale_x = np.float32(small_columns) / np.float32(columns)
    for half in prange(rows // 2):
        for column2 in range(columns // 2):
            total = np.float32(0.0)
            for dy in range(2):
                row = 2 * half + dy
                v = min(
                    max((np.float32(row) + np.float32(0.5)) * scale_y - np.float32(0.5), np.float32(0.0)),
                    np.float32(small_rows) - np.float32(1.001),
                )
                top = np.int32(v)
                fy = v - np.float32(top)
                for dx in range(2):
                    column = 2 * column2 + dx
                    u = min(
                        max(
                            (np.float32(column) + np.float32(0.5)) * scale_x - np.float32(0.5),
                            np.float32(0.0),
                        ),
                        np.float32(small_columns) - np.float32(1.001),
                    )
                    left = np.int32(u)
                    fx = u - np.float32(left)
                    g0 = gain[top, left] + (gain[top, left + 1] - gain[top, left]) * fx
                    g1 = gain[top + 1, left] + (gain[top + 1, left + 1] - gain[top + 1, left]) * fx
                    o0 = offset[top, left] + (offset[top, left + 1] - offset[top, left]) * fx
                    o1 = offset[top + 1, left] + (offset[top + 1, left + 1] - offset[top + 1, left]) * fx
                    level = np.float32(luma[row, column]) * np.float32(1.0 / 255.0)
                    alpha = (g0 + (g1 - g0) * fy) * level + o0 + (o1 - o0) * fy
                    alpha = (alpha - choke) * np.float32(1.5) + np.float32(0.5)
                    alpha = min(max(alpha, np.float32(0.0)), np.float32(1.0)) * np.float32(255.0)
                    total += alpha
                    out[row, column] = np.uint8(alpha + np.float32(0.5))
            chroma[half, column2] = np.uint8(total * np.float32(0.25) + np.float32(0.5))
