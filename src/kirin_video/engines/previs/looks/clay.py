"""Modelling clay: thick soft forms under a lamp, prints of fingers, and twelve pictures a second."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Real, bytes_of, frame_of, saturated, scale_of
from kirin_video.engines.previs.looks.raster import CUBIC, apart, blurred, resized, slope, toned
from kirin_video.engines.previs.looks.smoothing import flattened
from kirin_video.engines.previs.looks.textures import SIDE, as_tile, noise
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_HELD_FRAMES = 2
"""Animated on twos: 24 frames show twelve poses."""


class ClayLook:
    """Models frames in clay.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of the finger prints.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        self._scale, self._size = scale_of(width, height), (width, height)
        self._watcher = Watcher(width, height)
        self._canvas = Canvas(width, height, self._scale)
        self._skin = as_tile(finger_prints(seed), 30.0)
        self._colour = saturated(1.35)
        self._index = 0
        self._held: I420Frame | None = None

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Model the next frame, or show the last one again."""
        index = self._index
        self._index += 1
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        if self._held is not None and index % _HELD_FRAMES and not sight.is_new:
            return self._held
        scale, (width, height) = self._scale, self._size
        y, u, v = flattened(sight.half, sight.u, sight.v, max(5.0 * scale, 1.5))
        form = blurred(y.astype(np.float32), max(1.2 * scale, 0.6))
        round_form = blurred(form, max(5.0 * scale, 1.0))
        height_map = np.float32(0.55) * (form - round_form) + np.float32(0.10) * round_form
        large = resized(height_map, width, height, CUBIC)
        skin = self._canvas.laid(self._skin).astype(np.float32)
        relief = large * np.float32(1.0) + (skin - 128) * np.float32(0.055)
        slope_x, slope_y = slope(relief, 1 / 32)
        light = (slope_x * np.float32(0.6) + slope_y) * np.float32(22.0 * max(scale, 0.4))
        crease = blurred(apart(form, round_form), max(1.0 * scale, 0.6))
        shade = resized(crease, width, height) * np.float32(0.9)
        base = resized(y, width, height, CUBIC).astype(np.float32)
        soft = 16 + (base - 16) * np.float32(0.92) + 8
        gleam = np.maximum(light - 26, 0) * np.float32(0.6)
        luma = bytes_of(np.clip(soft + np.clip(light, -46, 34) + gleam - shade, 16, 235))
        self._held = frame_of(luma, toned(u, self._colour), toned(v, self._colour)).copied()
        return self._held


def finger_prints(seed: int) -> Real:
    """Patches of ridges that curve as those of fingers, over lumps: float32, (SIDE, SIDE)."""
    random = np.random.default_rng(seed)
    lumps = noise(seed, finest_px=10.0, coarsest_px=70.0, slope=1.0)
    out = 1.1 * lumps
    at = np.arange(SIDE, dtype=np.float32)
    for _ in range(26):
        # plain numbers: those of numpy would make the whole tile float64
        x, y = (float(place) for place in random.uniform(0, SIDE, 2))
        dx = (at[None, :] - x + SIDE / 2) % SIDE - SIDE / 2
        dy = (at[:, None] - y + SIDE / 2) % SIDE - SIDE / 2
        turn = random.uniform(0, math.pi)
        a = dx * math.cos(turn) + dy * math.sin(turn)
        b = dy * math.cos(turn) - dx * math.sin(turn)
        near = (a / 26) ** 2
        side = (b / 36) ** 2
        near = np.exp(-near * near - side * side)
        ridge = np.sin((np.hypot(a, b * 0.7 + random.uniform(6, 22)) + 2.0 * lumps) * (2 * np.pi / 5.6))
        out += (0.75 * near * ridge).astype(np.float32)
    return out / out.std()


def make(style: Style, width: int, height: int, seed: int) -> ClayLook:
    """The look of a style; see `catalogue.make_look`."""
    del style
    return ClayLook(width, height, seed)
