"""A thing in another colour, its shading and highlights kept."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.things import Found
from kirin_video.engines.previs.photo.colors import ycbcr
from kirin_video.engines.previs.plan import Color
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]

_TOWARDS: Final = 0.8  # of the way that the brightness goes to the new colour's
_WINDOW: Final = 34.0  # degrees around the thing's own hue


class Recoloring:
    """Recolours a thing in frame after frame.

    Args:
        matting: where the thing is.
        found: what it looks like.
        color: what it becomes.
    """

    def __init__(self, matting: Matting, found: Found, color: Color) -> None:
        self._matting = matting
        own, goal = _codes_of_lab(found.lab), ycbcr(np.array([[color.rgb]], np.uint8))[0, 0]
        self._table = _table(own, found.by_color)
        bright = float(own[0]) + _TOWARDS * (float(goal[0]) - float(own[0]))
        self._numbers = np.array(
            [
                own[0],
                bright,
                np.clip(np.sqrt(max(bright - 16, 4.0) / max(float(own[0]) - 16, 4.0)), 0.55, 1.35),
                max(float(np.hypot(own[1] - 128, own[2] - 128)), 10.0),
                goal[1] - 128,
                goal[2] - 128,
                1.0 if found.by_color else 0.0,
            ],
            np.float32,
        )
        self._widened = found.by_color

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Recolour a frame in place."""
        alpha = self._matting.alpha(frame, index)
        chroma = alpha.chroma
        if self._widened:  # the colour itself draws the outline, the mask only says whereabouts
            side = max(3, frame.width // 90) | 1
            wide = cv2.dilate(chroma, np.ones((side, side), np.uint8))
            chroma = np.asarray(cv2.blur(wide, (side, side)), np.uint8)
        _recolor(frame.y, frame.u, frame.v, chroma, self._table, self._numbers)
        return frame


def _codes_of_lab(lab: tuple[float, float, float]) -> NDArray[np.float32]:
    pixel = np.array([[lab]], np.float32)
    rgb = np.asarray(cv2.cvtColor(pixel, cv2.COLOR_Lab2RGB), np.float32)
    return np.asarray(ycbcr((rgb * 255 + 0.5).clip(0, 255).astype(np.uint8))[0, 0], np.float32)


def _table(own: NDArray[np.float32], by_color: bool) -> Plane:
    """How much each pair of Cb and Cr is the thing's, float32, (256, 256)."""
    if not by_color:
        return np.ones((256, 256), np.float32)
    blue, red = np.meshgrid(np.arange(256) - 128.0, np.arange(256) - 128.0, indexing="ij")
    chroma = np.hypot(blue, red)
    own_blue, own_red = float(own[1]) - 128, float(own[2]) - 128
    strength = float(np.hypot(own_blue, own_red))
    if strength < 9.0:
        return ((16.0 - chroma) / 8.0).clip(0, 1).astype(np.float32)
    apart = np.degrees(np.arctan2(red, blue) - np.arctan2(own_red, own_blue))
    apart = np.abs((apart + 180.0) % 360.0 - 180.0)
    near = ((_WINDOW - apart) / 12.0).clip(0, 1)
    return (near * ((chroma - 0.16 * strength) / (0.22 * strength)).clip(0, 1)).astype(np.float32)


@njit(cache=True, nogil=True, parallel=True)
def _recolor(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    luma: NDArray[np.uint8],
    blue: NDArray[np.uint8],
    red: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    table: Plane,
    numbers: Plane,
) -> None:
    rows, columns = blue.shape
    own, goal, slope, strength = numbers[0], numbers[1], numbers[2], numbers[3]
    for row in prange(rows):
        for column in range(columns):
            if mask[row, column] == 0:
                continue
            share = np.float32(mask[row, column]) * np.float32(1.0 / 255.0)
            share *= table[blue[row, column], red[row, column]]
            if share <= np.float32(0.0):
                continue
            b = np.float32(blue[row, column]) - np.float32(128.0)
            r = np.float32(red[row, column]) - np.float32(128.0)
            total = np.float32(0.0)
            for dy in range(2):
                for dx in range(2):
                    y = np.float32(luma[2 * row + dy, 2 * column + dx])
                    total += y
                    shaded = goal + (y - own) * slope
                    y += (
                        max(shaded, np.float32(16.0) + np.float32(0.2) * (y - np.float32(16.0))) - y
                    ) * share
                    luma[2 * row + dy, 2 * column + dx] = np.uint8(
                        min(max(y + np.float32(0.5), np.float32(0.0)), np.float32(255.0))
                    )
            # highlights and deep shadows have little colour of their own
            level = total * np.float32(0.25)
            if numbers[6] > np.float32(0.5):
                full = min(np.sqrt(b * b + r * r) / strength, np.float32(1.4))
            else:
                light = (level - np.float32(16.0)) / max(own - np.float32(16.0), np.float32(8.0))
                full = min(light, np.float32(1.15)) * (
                    np.float32(1.0) - max(level - np.float32(200.0), np.float32(0.0)) / np.float32(60.0)
                )
            b2 = b + (numbers[4] * full - b) * share
            r2 = r + (numbers[5] * full - r) * share
            blue[row, column] = np.uint8(min(max(b2 + np.float32(128.5), np.float32(0.0)), np.float32(255.0)))
            red[row, column] = np.uint8(min(max(r2 + np.float32(128.5), np.float32(0.0)), np.float32(255.0)))
