"""Green and blue screens: finding one, and cutting out what stands before it."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.matting import Alpha
from kirin_video.engines.previs.footage.survey import Survey
from kirin_video.media.frames import I420Frame

_LEAST_SHARE: Final = 0.18
_LEAST_CHROMA: Final = 22.0
_EVEN: Final = 13.0


@dataclass(frozen=True, slots=True)
class Screen:
    """The colour of a screen.

    Attributes:
        blue: mean Cb less 128.
        red: mean Cr less 128.
        spread: how far the screen's own colours lie from it.
    """

    blue: float
    red: float
    spread: float


def find_screen(survey: Survey) -> Screen | None:
    """The even, strong green or blue that fills much of every key frame; None where there is none."""
    found: list[tuple[float, float, float]] = []
    for key in survey.keys[:: max(1, len(survey.keys) // 6)]:
        rgb = key.rgb.astype(np.float32)
        luma = 0.2126 * rgb[..., 0] + 0.7152 * rgb[..., 1] + 0.0722 * rgb[..., 2]
        blue = (rgb[..., 2] - luma) / 1.8556 * (224 / 255)
        red = (rgb[..., 0] - luma) / 1.5748 * (224 / 255)
        bins, _, _ = np.histogram2d(blue.ravel(), red.ravel(), bins=64, range=((-128, 128), (-128, 128)))
        smooth = np.asarray(cv2.GaussianBlur(bins.astype(np.float32), (0, 0), 1.0))
        row, column = np.unravel_index(int(smooth.argmax()), smooth.shape)
        b, r = float(row) * 4 - 126, float(column) * 4 - 126
        near = np.hypot(blue - b, red - r)
        share = float((near < 2 * _EVEN).mean())
        green, screen_blue = r < -12 and b < 4, b > 22 and r < 8
        if np.hypot(b, r) < _LEAST_CHROMA or share < _LEAST_SHARE or not (green or screen_blue):
            return None
        inside = near < 2 * _EVEN
        found.append((float(blue[inside].mean()), float(red[inside].mean()), float(near[inside].std())))
    mean = np.mean(np.array(found), axis=0)
    return Screen(float(mean[0]), float(mean[1]), float(mean[2]))


class Keyer:
    """Cuts out what stands before a screen, and takes the screen's shine off it.

    Args:
        screen: its colour.
        width: of the frames.
        height: of the frames.
        small: size at which the subject's own light is measured.
    """

    def __init__(self, screen: Screen, width: int, height: int, small: tuple[int, int]) -> None:
        self._screen = screen
        self._luma = np.empty((height, width), np.uint8)
        self._chroma = np.empty((height // 2, width // 2), np.uint8)
        self._small = small

    def alpha(self, frame: I420Frame, index: int) -> Alpha:
        """The matte of a frame, whose colours lose the screen's shine in place."""
        del index
        screen = self._screen
        length = float(np.hypot(screen.blue, screen.red))
        _key(
            frame.u,
            frame.v,
            np.array([screen.blue / length, screen.red / length, length], np.float32),
            self._chroma,
        )
        height, width = self._luma.shape
        cv2.resize(self._chroma, (width, height), self._luma, interpolation=cv2.INTER_LINEAR)
        shrunk = cv2.resize(self._chroma, self._small, interpolation=cv2.INTER_AREA)
        return Alpha(self._luma, self._chroma, np.asarray(shrunk, np.float32) / np.float32(255))


@njit(cache=True, nogil=True, parallel=True)
def _key(
    blue: NDArray[np.uint8], red: NDArray[np.uint8], axis: NDArray[np.float32], out: NDArray[np.uint8]
) -> None:
    """By how far a colour reaches along the screen's axis, less how far it lies beside it."""
    rows, columns = blue.shape
    for row in prange(rows):
        for column in range(columns):
            b = np.float32(blue[row, column]) - np.float32(128.0)
            r = np.float32(red[row, column]) - np.float32(128.0)
            along = b * axis[0] + r * axis[1]
            beside = abs(b * axis[1] - r * axis[0])
            shine = along - beside * np.float32(0.8)
            covered = shine / axis[2]
            alpha = np.float32(1.0) - (covered - np.float32(0.22)) * np.float32(1.0 / 0.45)
            alpha = min(max(alpha, np.float32(0.0)), np.float32(1.0))
            out[row, column] = np.uint8(alpha * np.float32(255.0) + np.float32(0.5))
            if shine > np.float32(0.0):
                b -= shine * axis[0]
                r -= shine * axis[1]
                blue[row, column] = np.uint8(b + np.float32(128.5))
                red[row, column] = np.uint8(r + np.float32(128.5))
