"""Video tape: colours that run, lines that shiver, and noise where the heads switch."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import lit
from kirin_video.engines.previs.looks.planes import Plane, bytes_of, curve, frame_of, saturated, scale_of
from kirin_video.engines.previs.looks.raster import boxed, fetched, mixed, toned
from kirin_video.engines.previs.looks.textures import SIDE, as_tile, noise
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_LINES = 240
"""Lines of a tape's field."""

_SPECKS = 0.03
"""Share of the foot of the picture that is white noise."""


class TapeLook:
    """Plays frames from a VHS tape.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of noise and shivering.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        self._size, self._seed, self._scale = (width, height), seed, scale_of(width, height)
        self._tone = curve(((0.0, 0.07), (0.3, 0.33), (0.7, 0.74), (1.0, 0.96)))
        self._colour_u, self._colour_v = saturated(1.25, 3.0), saturated(1.25, 2.0)
        rows = np.arange(height) * (2 * np.pi * _LINES / height)
        line = 128 * (0.93 + 0.07 * np.cos(rows))
        self._lines = np.ascontiguousarray(np.broadcast_to(bytes_of(line)[:, None], (height, width)))
        streaks = boxed(noise(seed, finest_px=1.5, coarsest_px=40.0, slope=0.2), 9, 1)
        self._noise = as_tile(streaks, 7.0)
        self._index = 0

    def cut(self) -> None:
        """Noise and shivers are a tape's, and go on over its cuts."""

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Play the next frame."""
        del motion
        index, scale = self._index, self._scale
        self._index += 1
        soft = max(round(5 * scale), 1) | 1
        wide = max(round(13 * scale), 1) | 1
        y = boxed(frame.y, soft, 1)
        near = boxed(y, 3 * soft, 1)
        y = toned(mixed(y, 1.7, near, -0.7), self._tone)
        late = max(round(4 * scale), 1)
        u = _late(boxed(frame.u, wide, 3), late)
        v = _late(boxed(frame.v, wide, 3), late)
        ways = self._shivers(index)
        y = _sheared(y, ways)
        u, v = _sheared(u, ways[::2] / 2), _sheared(v, ways[::2] / 2)
        y = mixed(y, 1.0, self._noise_of(index), 1.0, -128.0)
        y = lit(np.clip(y, 16, 235), self._lines)
        self._head_noise(y, u, v, index)
        return frame_of(y, toned(u, self._colour_u), toned(v, self._colour_v))

    def _shivers(self, index: int) -> np.ndarray:
        """How far each row is off its place, pixels, float32, (H,)."""
        height, t = self._size[1], index / 24
        row = np.arange(height) / height
        away = 0.5 * np.sin(row * 21 + t * 7) + 0.35 * np.sin(row * 57 - t * 11)
        band = (0.25 - t * 0.17 + (self._seed % 10) / 10) % 1.3 - 0.15
        away += 7.0 * np.exp(-(((row - band) / 0.018) ** 2)) * math.sin(t * 31)
        torn = np.clip((row - 0.955) / 0.045, 0, 1)
        away += torn * (26 + 10 * math.sin(t * 19))
        return (away * self._scale).astype(np.float32)

    def _head_noise(self, y: Plane, u: Plane, v: Plane, index: int) -> None:
        """White specks and no colour at the foot of the picture."""
        width, height = self._size
        top = round(height * 0.965)
        random = np.random.default_rng((self._seed, index))
        rows = height - top
        specks = boxed((random.random((rows, width)) < _SPECKS).astype(np.float32), max(width // 60, 3), 1)
        y[top:] = np.clip(y[top:] * 0.7 + specks * 900, 16, 235).astype(np.uint8)
        u[top // 2 :], v[top // 2 :] = 128, 128

    def _noise_of(self, index: int) -> Plane:
        width, height = self._size
        x, y = (index * 211) % SIDE, (index * 307) % SIDE
        wide = np.tile(self._noise, (-(-height // SIDE) + 1, -(-width // SIDE) + 1))
        return np.ascontiguousarray(wide[y : y + height, x : x + width])


def _late(plane: Plane, by: int) -> Plane:
    out = np.empty_like(plane)
    by = min(by, plane.shape[1] - 1)
    out[:, by:], out[:, :by] = plane[:, : plane.shape[1] - by], plane[:, :1]
    return out


def _sheared(plane: Plane, ways: np.ndarray) -> Plane:
    """Every row moved along itself."""
    height, width = plane.shape
    x = np.arange(width, dtype=np.float32)[None, :] + ways[:height, None]
    y = np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], x.shape)
    return fetched(plane, x.astype(np.float32), np.ascontiguousarray(y))


def make(style: Style, width: int, height: int, seed: int) -> TapeLook:
    """The look of a style; see `catalogue.make_look`."""
    del style
    return TapeLook(width, height, seed)
