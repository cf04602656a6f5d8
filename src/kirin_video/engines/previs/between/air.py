"""The prompt's light and weather over a clip between two pictures: in from the first, gone by the last."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.photo import grade, weather
from kirin_video.engines.previs.photo.filming import HAZE, HAZE_CHROMA, RAIN_COLOR
from kirin_video.engines.previs.photo.moves import Pose
from kirin_video.engines.previs.plan import ShotPlan, TimeOfDay, Weather
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_FADE_S = 1.6
_FADE_SHARE = 0.32
_FARTHEST, _NEAREST = 10.0, 1.6
_MOST_HAZE = 0.9


class Air:
    """What the prompt puts over both pictures.

    Args:
        plan: what was asked.
        width: of the frames.
        height: of the frames.
        num_frames: length of the clip.
        seed: of what falls.
    """

    def __init__(self, plan: ShotPlan, width: int, height: int, *, num_frames: int, seed: int) -> None:
        self._last = max(num_frames - 1, 1)
        self._grade = grade.grade_for(plan)
        self._thickness = HAZE.get(plan.weather, 0.0)
        self._rain = weather.make_rain(seed, width, height) if plan.weather is Weather.RAIN else None
        self._snow = weather.drifting(plan, seed, width, height)
        light = 1.0 if plan.time in {TimeOfDay.DAY, TimeOfDay.DAWN} else 0.8
        self.haze_color = np.array([16 + 176 * light, *HAZE_CHROMA], np.float32)

    @property
    def is_clear(self) -> bool:
        """Whether nothing is changed at any time."""
        return self._grade.changes_nothing and not self._thickness and not (self._rain or self._snow)

    def strength(self, index: int) -> float:
        """How much of it there is in a frame: 0 in the first and the last."""
        fade = min(_FADE_S * FPS, _FADE_SHARE * self._last)
        return _smooth(index / fade) * _smooth((self._last - index) / fade)

    def tone(self, strength: float) -> Plane:
        """See :func:`grade.tone_curve`."""
        return grade.tone_curve(self._grade, strength)

    def tint(self, strength: float) -> Plane:
        """See :func:`grade.tint_curve`."""
        return grade.tint_curve(self._grade, strength)

    def haze(self, rows: int, horizon: float, strength: float) -> Plane:
        """How thick the haze is on every row, by how far away its ground would be: float32, (rows,)."""
        if not self._thickness:
            return np.zeros(rows, np.float32)
        down = (np.arange(rows, dtype=np.float32) + 0.5) / np.float32(rows) - np.float32(horizon)
        near = np.clip(down / max(1.0 - horizon, 0.2), 0.0, 1.0) ** 0.6
        distance = _FARTHEST + (_NEAREST - _FARTHEST) * near
        thick = np.minimum(1.0 - np.exp(-self._thickness * distance), _MOST_HAZE)
        return (strength * thick).astype(np.float32)

    def fall(self, frame: I420Frame, index: int) -> None:
        """Lays rain or snow over a frame, in place."""
        strength, time_s = self.strength(index), index / FPS
        if strength <= 0.0 or (self._rain is None and self._snow is None):
            return
        cover = np.empty(frame.y.shape, np.uint8)
        if self._rain is not None:
            weather.rain_cover(self._rain, time_s, strength, cover)
            color = np.array(RAIN_COLOR, np.float32)
        else:
            assert self._snow is not None
            weather.snow_cover(self._snow, Pose(), time_s, strength, cover)
            color = np.array(self._snow.manner.color, np.float32)
        _laid_over(cover, color, frame.y, frame.u, frame.v)


@njit(cache=True, nogil=True)
def _laid_over(cover: Bytes, color: Plane, luma: Bytes, blue: Bytes, red: Bytes) -> None:
    half, part = np.float32(0.5), np.float32(1.0 / 255.0)
    for pair in range(luma.shape[0] // 2):
        for line in range(2):
            row = 2 * pair + line
            for column in range(luma.shape[1]):
                if cover[row, column]:
                    value = np.float32(luma[row, column])
                    value += np.float32(cover[row, column]) * part * (color[0] - value)
                    luma[row, column] = np.uint8(value + half)
        for column in range(blue.shape[1]):
            share = np.float32(cover[2 * pair, 2 * column]) * part
            if share > np.float32(0.0):
                b, r = np.float32(blue[pair, column]), np.float32(red[pair, column])
                blue[pair, column] = np.uint8(b + share * (color[1] - b) + half)
                red[pair, column] = np.uint8(r + share * (color[2] - r) + half)


def _smooth(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3.0 - 2.0 * u)
