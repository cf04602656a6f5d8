"""What a projector and forty years do to a reel: an unsteady gate, dust, scratches, light that leaks in."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.looks.mixing import lit
from kirin_video.engines.previs.looks.planes import Plane, bytes_of, frame_of, scale_of
from kirin_video.engines.previs.looks.raster import line, mixed, resized, shifted, spot
from kirin_video.media.frames import I420Frame

_HELD_FRAMES = 3
"""Dust stays for a few frames: it is projected at less than our rate."""

_LEAK_SEEN = 0.02

_DARK_DUST, _HAIRS, _SCRATCHED = 0.6, 0.22, 0.6
"""Shares: of specks that are dark, of frames with a hair, of stretches with a scratch."""


class Wear:
    """The wear of one reel; every frame's is a function of its index.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of everything.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        self._size, self._seed, self._scale = (width, height), seed, scale_of(width, height)
        self._gate = _rounded_gate(width, height)
        at = np.linspace(0, 1, width // 2)
        self._leak = np.exp(-((at / 0.16) ** 2))[None, :] * np.linspace(0.5, 1.0, height // 2)[:, None]

    def in_gate(self, frame: I420Frame, index: int) -> I420Frame:
        """The frame a little off its place."""
        t = index / 24
        x = (1.1 * math.sin(5.1 * t + self._seed % 7) + 0.5 * math.sin(13.7 * t)) * self._scale
        y = (1.3 * math.sin(3.7 * t + 1) + 0.7 * math.sin(17.3 * t)) * self._scale
        return frame_of(
            shifted(frame.y, x, y), shifted(frame.u, x / 2, y / 2), shifted(frame.v, x / 2, y / 2)
        )

    def mark(self, y: Plane, u: Plane, v: Plane, index: int) -> None:
        """Leave dust, scratches, a leak of light and the gate's dark border on a frame, in place."""
        random = np.random.default_rng((self._seed, index // _HELD_FRAMES))
        self._dust(y, random)
        self._scratch(y, index)
        strength = max(0.0, math.sin(index / 24 * 0.9 + self._seed % 5)) ** 2
        if strength > _LEAK_SEEN:
            leak = (self._leak * strength).astype(np.float32)
            u[:] = np.clip(u - 26 * leak, 16, 240).astype(np.uint8)
            v[:] = np.clip(v + 34 * leak, 16, 240).astype(np.uint8)
            bright = resized(bytes_of(leak * 46), *self._size)
            y[:] = mixed(y, 1.0, bright, 1.0)
        np.minimum(y, 235, out=y)
        y[:] = lit(y, self._gate)

    def _dust(self, y: Plane, random: np.random.Generator) -> None:
        width, height = self._size
        for _ in range(int(random.poisson(3.0))):
            x, row = random.integers(0, width), random.integers(0, height)
            radius = max(1, round(random.uniform(0.8, 2.6) * self._scale))
            spot(y, int(x), int(row), radius, 28 if random.random() < _DARK_DUST else 222)
        if random.random() < _HAIRS:
            turn = np.cumsum(random.normal(0.12, 0.35, 14))
            step = random.uniform(3, 7) * self._scale
            way = np.cumsum(np.stack((np.cos(turn), np.sin(turn)), axis=1) * step, axis=0)
            way += (random.uniform(0, width), random.uniform(0, height))
            line(y, way, 30)

    def _scratch(self, y: Plane, index: int) -> None:
        width, height = self._size
        random = np.random.default_rng((self._seed, 7, index // 20))
        if random.random() < _SCRATCHED:
            x = random.uniform(0.1, 0.9) * width + math.sin(index * 0.9) * self._scale
            column = min(max(round(x), 0), width - 1)
            strip = y[:, column : column + max(1, round(self._scale))]
            strip[:] = (strip.astype(np.uint16) * 2 // 3 + 70).astype(np.uint8)
        del height


def _rounded_gate(width: int, height: int) -> Plane:
    """The aperture: rounded corners with a soft edge, 128 inside and 0 outside."""
    side = min(width, height)
    radius, border = side * 0.07, side * 0.012
    x = np.abs(np.arange(width) - (width - 1) / 2)[None, :] - (width / 2 - border - radius)
    y = np.abs(np.arange(height) - (height - 1) / 2)[:, None] - (height / 2 - border - radius)
    away = np.hypot(np.maximum(x, 0), np.maximum(y, 0)) - radius
    return bytes_of(128 * np.clip(0.5 - away / (side * 0.008), 0, 1))
