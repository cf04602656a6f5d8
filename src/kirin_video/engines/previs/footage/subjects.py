"""A subject before another background."""

from __future__ import annotations

from typing import Final, Protocol

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.backdrops import Backdrop
from kirin_video.engines.previs.footage.matting import Alpha
from kirin_video.engines.previs.footage.mixing import mixed_over
from kirin_video.media.frames import I420Frame

_MATCHED: Final = 0.35
_STEADY: Final = 0.15  # of a new measurement; light does not jump


class Matter(Protocol):
    """Whoever knows what is subject in a frame."""

    def alpha(self, frame: I420Frame, index: int) -> Alpha:
        """The matte of a frame; may clean its colours in place."""
        ...


class BeforeBackdrop:
    """Puts what is behind the subject of each frame in the place of its background.

    Args:
        matter: knows the subject.
        backdrop: what comes behind it.
        matched: whether the subject takes on some of the new light.
    """

    def __init__(self, matter: Matter, backdrop: Backdrop, *, matched: bool) -> None:
        self._matter, self._backdrop = matter, backdrop
        self._matched = matched
        self._shift: NDArray[np.float32] | None = None

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Change the background of a frame in place."""
        alpha = self._matter.alpha(frame, index)
        back = self._backdrop.behind(frame, index)
        if self._matched:
            self._take_light(frame, alpha, back)
        mixed_over(frame, alpha, back)
        return frame

    def _take_light(self, frame: I420Frame, alpha: Alpha, back: I420Frame) -> None:
        """Shift the subject's mean a part of the way to the background's."""
        small = (alpha.small.shape[1], alpha.small.shape[0])
        weight = alpha.small
        total = max(float(weight.sum()), 1.0)
        shift: NDArray[np.float32] = np.zeros(3, np.float32)
        for channel, (own, other) in enumerate(((frame.y, back.y), (frame.u, back.u), (frame.v, back.v))):
            shrunk = np.asarray(cv2.resize(own, small, interpolation=cv2.INTER_AREA), np.float32)
            mean = float((shrunk * weight).sum()) / total
            most = 34.0 if channel == 0 else 9.0
            shift[channel] = np.clip(_MATCHED * (float(other.mean()) - mean), -most, most)
        held = shift if self._shift is None else self._shift
        held += np.float32(_STEADY) * (shift - held)
        self._shift = held
        _add(frame.y, frame.u, frame.v, held)


@njit(cache=True, nogil=True, parallel=True)
def _add(
    luma: NDArray[np.uint8], blue: NDArray[np.uint8], red: NDArray[np.uint8], shift: NDArray[np.float32]
) -> None:
    """Brightens by a share of what is there, so that black stays black, and shifts the colours."""
    rows, columns = blue.shape
    gain = np.float32(1.0) + shift[0] / np.float32(110.0)
    for row in prange(rows):
        for column in range(columns):
            for dy in range(2):
                for dx in range(2):
                    y = (np.float32(luma[2 * row + dy, 2 * column + dx]) - np.float32(16.0)) * gain
                    luma[2 * row + dy, 2 * column + dx] = np.uint8(
                        min(max(y + np.float32(16.5), np.float32(0.0)), np.float32(255.0))
                    )
            b = np.float32(blue[row, column]) + shift[1] + np.float32(0.5)
            r = np.float32(red[row, column]) + shift[2] + np.float32(0.5)
            blue[row, column] = np.uint8(min(max(b, np.float32(0.0)), np.float32(255.0)))
            red[row, column] = np.uint8(min(max(r, np.float32(0.0)), np.float32(255.0)))
