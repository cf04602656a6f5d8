"""The sky and the ground of footage under another light and weather."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.footage.edits import Air
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.photo.colors import ycbcr
from kirin_video.engines.previs.plan import Season, TimeOfDay, Weather
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_SKIES: Final = {
    TimeOfDay.DAWN: ((150, 168, 205), (250, 205, 175)),
    TimeOfDay.DUSK: ((86, 78, 140), (250, 150, 84)),
    TimeOfDay.NIGHT: ((6, 9, 24), (26, 34, 62)),
    Weather.RAIN: ((104, 112, 122), (158, 164, 170)),
    Weather.SNOW: ((178, 184, 192), (214, 218, 222)),
    Weather.CLOUDY: ((132, 140, 150), (184, 188, 192)),
}
"""The colours of a sky, overhead and at the horizon."""

_SNOWED: Final = 0.8
_WET: Final = 0.55
_MIRRORED: Final = 0.42


class Sky:
    """Gives the sky of footage the colours of another hour or weather, its own clouds still in it.

    Args:
        matting: where it is.
        colors: overhead and at the horizon, sRGB.
        stars: whether there are any.
        size: width and height of the frames.
    """

    def __init__(
        self,
        matting: Matting,
        colors: tuple[tuple[int, int, int], tuple[int, int, int]],
        size: tuple[int, int],
        *,
        stars: bool,
    ) -> None:
        width, height = size
        self._matting = matting
        down = np.linspace(0, 1, height, dtype=np.float32)[:, None] ** np.float32(0.8) / np.float32(0.6)
        high, low = (np.array(color, np.float32) for color in colors)
        column = high + (low - high) * down.clip(0, 1)
        codes = ycbcr((column[:, None, :] + 0.5).clip(0, 255).astype(np.uint8))[:, 0]
        self._column = np.ascontiguousarray(codes, np.float32)
        self._stars = _stars(width, height) if stars else np.zeros((height, width), np.uint8)

    @classmethod
    def wanted(cls, air: Air) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
        """The sky that some air asks for; None where it stays as it is."""
        if air.time is not None and air.time in _SKIES:
            return _SKIES[air.time]
        return next((_SKIES[weather] for weather in air.weathers if weather in _SKIES), None)

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Change the sky of a frame in place."""
        alpha = self._matting.alpha(frame, index)
        small = alpha.small
        level = np.asarray(cv2.resize(frame.y, small.shape[::-1], interpolation=cv2.INTER_AREA), np.float32)
        mean = np.float32((level * small).sum() / max(float(small.sum()), 1.0))
        luma = reached_sky(frame.y, alpha.luma, level, small)
        half = (frame.width // 2, frame.height // 2)
        chroma = np.asarray(cv2.resize(luma, half, interpolation=cv2.INTER_AREA), np.uint8)
        _lay_sky(frame.y, luma, self._column, self._stars, mean)
        for plane, channel in ((frame.u, 1), (frame.v, 2)):
            _lay_tint(plane, chroma, np.ascontiguousarray(self._column[::2, channel]))
        return frame


def reached_sky(own: Bytes, luma: Bytes, level: Plane, small: Plane) -> Bytes:
    """A sky's matte, let out to what near it is as bright as the sky: between twigs, along roofs."""
    width = own.shape[1]
    share = np.asarray(cv2.GaussianBlur(small, (0, 0), 12.0), np.float32) + np.float32(1e-3)
    around = np.asarray(cv2.GaussianBlur(level * small, (0, 0), 12.0), np.float32) / share
    side = 2 * (width // 34) + 1
    wide = cv2.dilate(luma, np.ones((side, side), np.uint8))
    soft = np.asarray(cv2.blur(wide, (side // 2, side)), np.uint8)
    local = np.asarray(cv2.resize(around, (width, own.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)
    out = np.empty_like(luma)
    _like_sky(own, luma, soft, local, out)
    return out


class Footing:
    """Lets snow lie on the ground of footage, or wets it so that it mirrors what stands on it.

    Args:
        matting: where it is.
        snow: whether it snows; it rains otherwise.
        before: who stands on it; None where nobody does.
    """

    def __init__(self, matting: Matting, *, snow: bool, before: Matting | None = None) -> None:
        self._matting, self._snow, self._before = matting, snow, before

    @classmethod
    def wanted(cls, air: Air) -> bool | None:
        """Whether snow lies (True) or rain wets (False); None leaves the ground alone."""
        if Weather.SNOW in air.weathers or air.season is Season.WINTER:
            return True
        return False if Weather.RAIN in air.weathers else None

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Change the ground of a frame in place."""
        alpha = self._matting.alpha(frame, index)
        if self._before is not None:
            standing = self._before.alpha(frame, index)
            cv2.subtract(alpha.luma, standing.luma, alpha.luma)
            cv2.subtract(alpha.chroma, standing.chroma, alpha.chroma)
        if self._snow:
            _lay_snow(frame.y, alpha.luma)
            for plane, goal in ((frame.u, 131.0), (frame.v, 126.0)):
                _towards(plane, alpha.chroma, np.float32(goal), np.float32(_SNOWED))
            return frame
        top = _upper_edge(alpha.small)
        for plane, share in ((frame.y, alpha.luma), (frame.u, alpha.chroma), (frame.v, alpha.chroma)):
            line = (top * np.float32(plane.shape[0] / alpha.small.shape[0])).astype(np.float32)
            line = np.ascontiguousarray(
                np.interp(_centers(plane.shape[1]), _centers(len(line)), line), np.float32
            )
            soft = np.asarray(cv2.blur(plane, (3, 2 * (plane.shape[0] // 60) + 1)), np.uint8)
            _wet(
                plane,
                soft,
                share,
                line,
                np.float32(index / FPS),
                np.float32(16.0 if plane is frame.y else 128.0),
            )
        return frame


def _centers(count: int) -> NDArray[np.float64]:
    return (np.arange(count) + 0.5) / count


def _upper_edge(small: Plane) -> Plane:
    """The row where the ground begins in each column, smoothed: float32, (w,)."""
    height = small.shape[0]
    covered = small > 0.5
    first = np.asarray(covered.argmax(axis=0), np.float32)
    top = np.where(covered.any(axis=0), first, np.float32(height))
    smooth = cv2.blur(cv2.medianBlur(top[None, :], 5), (31, 1))
    return np.asarray(smooth, np.float32)[0]


def _stars(width: int, height: int) -> Bytes:
    """A few hundred points, smaller ones dimmer: uint8, (h, w)."""
    random = np.random.default_rng(17)
    field = np.zeros((height, width), np.float32)
    count = round(width * height / 2600)
    rows, columns = random.integers(0, height, count), random.integers(0, width, count)
    field[rows, columns] = 255 * random.uniform(0.15, 1.0, count) ** 2
    soft = cv2.GaussianBlur(field, (0, 0), max(0.5, width / 1900)) * np.float32(2.2)
    return np.asarray(soft, np.float32).clip(0, 200).astype(np.uint8)


@njit(cache=True, nogil=True, parallel=True)
def _like_sky(own: Bytes, luma: Bytes, wide: Bytes, local: Plane, out: Bytes) -> None:
    rows, columns = own.shape
    for row in prange(rows):
        for x in range(columns):
            bright = max(local[row, x] - np.float32(16.0), np.float32(8.0))
            above = (np.float32(own[row, x]) - np.float32(16.0) - np.float32(0.76) * bright) / (
                np.float32(0.14) * bright
            )
            near = np.float32(wide[row, x]) * min(max(above, np.float32(0.0)), np.float32(1.0))
            out[row, x] = max(luma[row, x], np.uint8(near))


@njit(cache=True, nogil=True, parallel=True)
def _lay_sky(luma: Bytes, share: Bytes, column: Plane, stars: Bytes, mean: np.float32) -> None:
    """The new sky's brightness, with a part of how the filmed one differs from its mean."""
    rows, columns = luma.shape
    for row in prange(rows):
        goal = column[row, 0]
        body = max(goal - np.float32(16.0), np.float32(4.0)) / max(mean - np.float32(16.0), np.float32(20.0))
        for x in range(columns):
            amount = np.float32(share[row, x]) * np.float32(1.0 / 255.0)
            if amount > np.float32(0.0):
                y = np.float32(luma[row, x])
                cloud = (y - mean) * min(body, np.float32(1.0)) * np.float32(0.8)
                new = goal + cloud + np.float32(stars[row, x])
                value = y + (new - y) * amount
                luma[row, x] = np.uint8(
                    min(max(value + np.float32(0.5), np.float32(16.0)), np.float32(240.0))
                )


@njit(cache=True, nogil=True, parallel=True)
def _lay_tint(plane: Bytes, share: Bytes, column: Plane) -> None:
    rows, columns = plane.shape
    for row in prange(rows):
        goal = column[row]
        for x in range(columns):
            amount = np.float32(share[row, x]) * np.float32(0.85 / 255.0)
            value = np.float32(plane[row, x])
            plane[row, x] = np.uint8(value + (goal - value) * amount + np.float32(0.5))


@njit(cache=True, nogil=True, parallel=True)
def _lay_snow(luma: Bytes, share: Bytes) -> None:
    """Bright, with the ground's own shading faintly under it."""
    rows, columns = luma.shape
    for row in prange(rows):
        for x in range(columns):
            amount = np.float32(share[row, x]) * np.float32(_SNOWED / 255.0)
            y = np.float32(luma[row, x])
            goal = np.float32(176.0) + (y - np.float32(96.0)) * np.float32(0.42)
            value = y + (min(goal, np.float32(230.0)) - y) * amount
            luma[row, x] = np.uint8(min(max(value + np.float32(0.5), np.float32(16.0)), np.float32(235.0)))


@njit(cache=True, nogil=True, parallel=True)
def _towards(plane: Bytes, share: Bytes, goal: np.float32, strength: np.float32) -> None:
    rows, columns = plane.shape
    for row in prange(rows):
        for x in range(columns):
            amount = np.float32(share[row, x]) * strength * np.float32(1.0 / 255.0)
            value = np.float32(plane[row, x])
            plane[row, x] = np.uint8(value + (goal - value) * amount + np.float32(0.5))


@njit(cache=True, nogil=True, parallel=True)
def _wet(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    plane: Bytes, soft: Bytes, share: Bytes, line: Plane, time_s: np.float32, zero: np.float32
) -> None:
    """Darker, and mixed with what lies as far above the ground's edge, rippling a little."""
    rows, columns = plane.shape
    for row in prange(rows):
        ripple = np.sin(np.float32(row) * np.float32(0.9) + time_s * np.float32(7.0)) * np.float32(1.2)
        for x in range(columns):
            amount = np.float32(share[row, x]) * np.float32(1.0 / 255.0)
            if amount > np.float32(0.0):
                from_row = np.int32(np.float32(2.0) * line[x] - np.float32(row) + ripple)
                from_row = min(max(from_row, 0), rows - 1)
                at = min(max(x + np.int32(ripple), 0), columns - 1)
                dark = zero + (np.float32(plane[row, x]) - zero) * np.float32(1.0 - 0.5 * _WET)
                wet = dark + (np.float32(soft[from_row, at]) - dark) * np.float32(_MIRRORED)
                value = np.float32(plane[row, x]) + (wet - np.float32(plane[row, x])) * amount
                plane[row, x] = np.uint8(value + np.float32(0.5))
