"""Rain, snow and fog over footage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.footage.edits import Air
from kirin_video.engines.previs.footage.survey import LONGEST_PX, Matrix
from kirin_video.engines.previs.footage.tracking import Tracked
from kirin_video.engines.previs.photo import weather
from kirin_video.engines.previs.photo.moves import FOCAL, Pose
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]

_RAIN: Final = (188.0, 130.0, 126.0)
_SNOW: Final = (222.0, 130.0, 127.0)
_CELL_PX: Final = 16
_BEFORE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the footage that something falls in.

    Attributes:
        subject: the small masks of who stands in it, nearer than what is behind; None where nobody does.
        path: of every frame, its homography to the first of its take, in small pixels; empty where not known.
    """

    subject: Tracked | None = None
    path: tuple[Matrix, ...] = ()


class Falling:
    """Everything that is between the camera and what it sees; a function of the frame's number alone.

    Args:
        air: what the weather is.
        seed: where each drop and flake is.
        width: of the frames.
        height: of the frames.
        seen: who stands in it, and where the camera looks.
    """

    def __init__(self, air: Air, seed: int, width: int, height: int, seen: Seen) -> None:
        self._subject, self._path = seen.subject, seen.path
        dim = 0.55 if air.time is TimeOfDay.NIGHT else 0.85 if air.time is TimeOfDay.DUSK else 1.0
        self._strength = (1.0 if air.heavy else 0.8) * (0.5 + 0.5 * dim)
        self._dim = dim
        self._rain = weather.make_rain(seed, width, height) if Weather.RAIN in air.weathers else None
        self._snow = weather.make_snow(seed, width, height) if Weather.SNOW in air.weathers else None
        self._fog = _thickness(air)
        self._covers = np.zeros((2, height, width), np.uint8)
        self._noise = _drifting(seed) if self._fog else None
        self._size = width, height

    @classmethod
    def wanted(cls, air: Air) -> bool:
        """Whether there is anything in some air."""
        return bool({Weather.RAIN, Weather.SNOW, Weather.FOG} & set(air.weathers))

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Draw over a frame in place."""
        time_s = index / FPS
        if self._fog:
            _veil(frame.y, frame.u, frame.v, self._haze(time_s, index), np.float32(60 + 140 * self._dim))
        if self._rain is not None:
            weather.rain_covers(self._rain, time_s + 3.0, self._strength, self._covers)
            _lay(frame.y, frame.u, frame.v, self._around(index), np.array(_RAIN, np.float32))
        if self._snow is not None:
            pose = self._looking(index)
            weather.snow_covers(self._snow, pose, time_s + 3.0, self._strength, self._covers)
            _lay(frame.y, frame.u, frame.v, self._around(index), np.array(_SNOW, np.float32))
        return frame

    def _around(self, index: int) -> NDArray[np.uint8]:
        """Near and far together: what is far falls behind whoever stands in it."""
        near, far = self._covers
        if self._subject is None:
            return np.maximum(near, far)
        mask = self._subject.mask(index)
        free = cv2.resize((255 - mask * 255).astype(np.uint8), self._size, interpolation=cv2.INTER_LINEAR)
        return np.maximum(near, cv2.multiply(far, free, scale=1 / 255))

    def _looking(self, index: int) -> Pose:
        """Where the camera looks: what falls is out there, not on the lens."""
        if not self._path:
            return Pose()
        width, height = self._size
        matrix = self._path[index]
        small = 0.5 * LONGEST_PX / max(width, height)
        middle = np.array([small * width, small * height, 1.0])
        x, y = (matrix @ middle)[:2] / (matrix @ middle)[2] - middle[:2]
        scale = 1 / (FOCAL * LONGEST_PX)
        return Pose(yaw=float(x) * scale, pitch=float(y) * scale)

    def _haze(self, time_s: float, index: int) -> Plane:
        """How much of the picture fog hides, float32, one value every few pixels."""
        assert self._noise is not None
        width, height = self._size
        rows, columns = -(-height // _CELL_PX) + 1, -(-width // _CELL_PX) + 1
        shift = time_s * 5.0
        grid_x = ((np.arange(columns, dtype=np.float32) * 2 + np.float32(shift)) % 256)[None, :]
        grid_y = (np.arange(rows, dtype=np.float32) * 3)[:, None]
        map_x = np.repeat(grid_x, rows, axis=0)
        map_y = np.repeat(grid_y, columns, axis=1)
        drift = np.asarray(cv2.remap(self._noise, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP))
        down = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
        # far away is high up in most pictures, down to where the ground comes near
        far = 1.0 - 0.72 * np.clip((down - 0.35) / 0.65, 0, 1)
        haze = (self._fog * far * (0.82 + 0.36 * drift)).clip(0, 0.96).astype(np.float32)
        if self._subject is None:
            return haze
        mask = cv2.resize(self._subject.mask(index), (columns, rows), interpolation=cv2.INTER_AREA)
        # whoever stands in it has less of it between them and the camera
        return np.minimum(haze, haze * (1 - np.asarray(mask, np.float32)) + _BEFORE * self._fog * mask)


def _thickness(air: Air) -> float:
    if Weather.FOG in air.weathers:
        return 0.86 if air.heavy else 0.70
    if Weather.SNOW in air.weathers:
        return 0.26
    return 0.20 if Weather.RAIN in air.weathers else 0.0


def _drifting(seed: int) -> Plane:
    """Seamless soft noise between 0 and 1, float32, (256, 256)."""
    random = np.random.default_rng([seed, 21])
    total = np.zeros((256, 256), np.float32)
    for cells, weight in ((4, 1.0), (8, 0.5), (16, 0.25)):
        values = random.uniform(0, 1, (cells, cells)).astype(np.float32)
        tiled = np.tile(values, (3, 3))
        large = cv2.resize(tiled, (768, 768), interpolation=cv2.INTER_CUBIC)
        total += np.float32(weight) * np.asarray(large, np.float32)[256:512, 256:512]
    low, high = float(total.min()), float(total.max())
    return ((total - low) / (high - low)).astype(np.float32)


@njit(cache=True, nogil=True, parallel=True)
def _veil(
    luma: NDArray[np.uint8], blue: NDArray[np.uint8], red: NDArray[np.uint8], haze: Plane, grey: np.float32
) -> None:
    """Mixes planes with a pale grey, as much as ``haze`` says, which is bilinear between its cells."""
    rows, columns = blue.shape
    cell = np.float32(1.0 / 16.0)
    for row in prange(rows):
        v = np.float32(2 * row) * cell
        top = np.int32(v)
        fy = v - np.float32(top)
        for column in range(columns):
            u = np.float32(2 * column) * cell
            left = np.int32(u)
            fx = u - np.float32(left)
            upper = haze[top, left] + (haze[top, left + 1] - haze[top, left]) * fx
            lower = haze[top + 1, left] + (haze[top + 1, left + 1] - haze[top + 1, left]) * fx
            amount = upper + (lower - upper) * fy
            for dy in range(2):
                for dx in range(2):
                    y = np.float32(luma[2 * row + dy, 2 * column + dx])
                    luma[2 * row + dy, 2 * column + dx] = np.uint8(y + (grey - y) * amount + np.float32(0.5))
            b = np.float32(blue[row, column])
            r = np.float32(red[row, column])
            blue[row, column] = np.uint8(b + (np.float32(129.0) - b) * amount + np.float32(0.5))
            red[row, column] = np.uint8(r + (np.float32(127.0) - r) * amount + np.float32(0.5))


@njit(cache=True, nogil=True, parallel=True)
def _lay(
    luma: NDArray[np.uint8],
    blue: NDArray[np.uint8],
    red: NDArray[np.uint8],
    cover: NDArray[np.uint8],
    color: Plane,
) -> None:
    """Lays one colour over planes, as much as ``cover`` says."""
    rows, columns = blue.shape
    for row in prange(rows):
        for column in range(columns):
            total = np.float32(0.0)
            for dy in range(2):
                for dx in range(2):
                    amount = np.float32(cover[2 * row + dy, 2 * column + dx]) * np.float32(1.0 / 255.0)
                    if amount > np.float32(0.0):
                        total += amount
                        y = np.float32(luma[2 * row + dy, 2 * column + dx])
                        luma[2 * row + dy, 2 * column + dx] = np.uint8(
                            y + (color[0] - y) * amount + np.float32(0.5)
                        )
            if total > np.float32(0.0):
                share = total * np.float32(0.25)
                b = np.float32(blue[row, column])
                r = np.float32(red[row, column])
                blue[row, column] = np.uint8(b + (color[1] - b) * share + np.float32(0.5))
                red[row, column] = np.uint8(r + (color[2] - r) * share + np.float32(0.5))
