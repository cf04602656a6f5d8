"""Lit windows in footage that has become night: they stay on their houses, behind whoever walks past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.lamps import Lamp
from kirin_video.engines.previs.footage.tracking import Tracked
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.floating[Any]]

_SHIFT: Final = 4  # bits of a pixel's fraction
_HALO: Final = 0.30
_INSET: Final = 0.86
_DIMMER_BELOW: Final = 0.8


class LightingUp:
    """Adds the light of windows to frame after frame.

    Args:
        lamps: the windows that are lit.
        before: who stands before them; None where nobody does.
        width: of the frames.
        height: of the frames.
    """

    def __init__(self, lamps: Sequence[Lamp], before: Tracked | None, width: int, height: int) -> None:
        self._lamps, self._before = lamps, before
        self._size = width // 2, height // 2

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Light up a frame, in place."""
        light = self._light(index)
        if self._before is not None:
            mask = cv2.resize(self._before.mask(index), self._size, interpolation=cv2.INTER_LINEAR)
            light *= (1 - np.asarray(mask, np.float32))[..., None]
        level = light @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        full = cv2.resize(level * (219 / 255), (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
        cv2.add(frame.y, full, frame.y, dtype=cv2.CV_8U)
        for plane, channel, reach in ((frame.u, 2, 1.8556), (frame.v, 0, 1.5748)):
            cv2.add(plane, (light[..., channel] - level) * (224 / 255 / reach), plane, dtype=cv2.CV_8U)
        np.minimum(frame.y, 235, out=frame.y)
        return frame

    def _light(self, index: int) -> Plane:
        """The light at half size, sRGB levels, float32, (h, w, 3)."""
        width, height = self._size
        light = np.zeros((height, width, 3), np.float32)
        tall = 1.0
        for lamp in self._lamps:
            share = lamp.share(index)
            if share <= 0:
                continue
            x, y, scale = lamp.places[index - lamp.first]
            half = _INSET * 0.5 * scale * width
            wide, high = half * lamp.size[0], half * lamp.size[1]
            tall = max(tall, 2 * high)
            color = np.array(lamp.color, np.float64) * share
            _pane(light, (x * width, y * width - 0.5 * high), (wide, 0.5 * high), color)
            _pane(light, (x * width, y * width + 0.5 * high), (wide, 0.5 * high), color * _DIMMER_BELOW)
        small = cv2.resize(light, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        halo = cv2.GaussianBlur(small, (0, 0), max(0.8, 0.2 * tall))
        spread = np.asarray(cv2.resize(halo, self._size, interpolation=cv2.INTER_LINEAR), np.float32)
        return np.asarray(cv2.GaussianBlur(light, (0, 0), 0.7), np.float32) + _HALO * spread


def _pane(
    light: Plane, middle: tuple[float, float], half: tuple[float, float], color: NDArray[np.float64]
) -> None:
    """Fill a rectangle, its corners given to a fraction of a pixel."""
    (x, y), (wide, high) = middle, half
    corners = [(x - wide, y - high), (x + wide, y - high), (x + wide, y + high), (x - wide, y + high)]
    points = np.rint((np.array(corners) - 0.5) * (1 << _SHIFT)).astype(np.int32)
    shade = float(color[0]), float(color[1]), float(color[2])
    cv2.fillConvexPoly(light, points, shade, cv2.LINE_8, _SHIFT)
