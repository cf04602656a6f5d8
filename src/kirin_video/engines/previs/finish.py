"""From OpenGL's pixels to video planes: BT.709, smooth edges, full size, a little bloom, vignette and grain.

Only brightness is smoothed: chroma is averaged over 2x2 pixels anyway. Everything works on rows in order, in
integers, on one thread, so the same picture always gives the same planes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.bending import Bender
from kirin_video.engines.previs.compiling import compiled
from kirin_video.engines.previs.defocus import Defocus, blur_codes
from kirin_video.engines.previs.enlarging import Enlarger
from kirin_video.engines.previs.motion_blur import MotionBlur
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.smearing import smear
from kirin_video.media.frames import new_i420

Plane = NDArray[np.uint8]

_GRAIN_SIDE = 256
_FISHEYE_VIGNETTE = 0.42
_LEAST = 4
"""A picture whose sides are eight times this has all that kernels look at."""
_EDGE_STEP = 12
"""Differences of brightness below this are left alone."""


@compiled
def _split(source: NDArray[np.uint8], y: Plane, u: Plane, v: Plane) -> None:
    """RGBA, bottom row first, to BT.709 limited planes, top row first (ITU-R BT.709-6, fixed point)."""
    height, width = source.shape[0], source.shape[1]
    for row in range(height // 2):
        a, b = source[height - 1 - 2 * row], source[height - 2 - 2 * row]
        ya, yb = y[2 * row], y[2 * row + 1]
        for x in range(width):
            ya[x] = np.uint8(
                (
                    np.uint32(a[x, 0]) * 11966
                    + np.uint32(a[x, 1]) * 40254
                    + np.uint32(a[x, 2]) * 4064
                    + 1081344
                )
                >> 16
            )
            yb[x] = np.uint8(
                (
                    np.uint32(b[x, 0]) * 11966
                    + np.uint32(b[x, 1]) * 40254
                    + np.uint32(b[x, 2]) * 4064
                    + 1081344
                )
                >> 16
            )
        ur, vr = u[row], v[row]
        for x in range(width // 2):
            i, j = 2 * x, 2 * x + 1
            red = np.int32(a[i, 0]) + a[j, 0] + b[i, 0] + b[j, 0]
            green = np.int32(a[i, 1]) + a[j, 1] + b[i, 1] + b[j, 1]
            blue = np.int32(a[i, 2]) + a[j, 2] + b[i, 2] + b[j, 2]
            ur[x] = np.uint8((red * -1649 - green * 5547 + blue * 7196 + 8421376) >> 16)
            vr[x] = np.uint8((red * 7196 - green * 6536 - blue * 660 + 8421376) >> 16)


@compiled
def _smooth(y: Plane, out: Plane, step: int) -> None:
    """Blend across edges, along the direction in which they are shorter; flat places are copied.

    The idea is that of morphological anti-aliasing filters such as FXAA, here on whole numbers.
    """
    height, width = y.shape
    out[0], out[height - 1] = y[0], y[height - 1]
    sharp = np.zeros(width, np.uint8)
    for row in range(1, height - 1):
        above, here, below, to = y[row - 1], y[row], y[row + 1], out[row]
        for x in range(1, width - 1):
            high = max(above[x], below[x], here[x - 1], here[x + 1], here[x])
            low = min(above[x], below[x], here[x - 1], here[x + 1], here[x])
            sharp[x] = np.uint8(np.int32(high) - np.int32(low) > step)
        for x in range(width):
            to[x] = here[x]
        for x in range(1, width - 1):
            if sharp[x]:
                nw, n, ne = np.int32(above[x - 1]), np.int32(above[x]), np.int32(above[x + 1])
                w, m, e = np.int32(here[x - 1]), np.int32(here[x]), np.int32(here[x + 1])
                sw, s, se = np.int32(below[x - 1]), np.int32(below[x]), np.int32(below[x + 1])
                rows = abs(nw + ne - 2 * n) + 2 * abs(w + e - 2 * m) + abs(sw + se - 2 * s)
                columns = abs(nw + sw - 2 * w) + 2 * abs(n + s - 2 * m) + abs(ne + se - 2 * e)
                low = min(n, s, w, e, m)
                high = max(n, s, w, e, m)
                mean = (2 * (n + s + w + e) + nw + ne + sw + se) // 12
                strength = abs(mean - m) * 256 // (high - low + 1)
                strength = min(strength * strength >> 8, 210)
                if columns >= rows:
                    other = n if abs(n - m) >= abs(s - m) else s
                    along = (w + e) >> 1
                else:
                    other = w if abs(w - m) >= abs(e - m) else e
                    along = (n + s) >> 1
                blended = (other * 3 + along) >> 2
                to[x] = np.uint8(m + (((blended - m) * strength) >> 8))


@compiled
def _box(source: NDArray[np.int32], out: NDArray[np.int32]) -> None:
    """The mean of seven neighbours along every row."""
    rows, columns = source.shape
    for i in range(rows):
        for j in range(columns):
            total = np.int32(0)
            for k in range(-3, 4):
                total += source[i, min(max(j + k, 0), columns - 1)]
            out[i, j] = total // 7


@compiled
def _bright(y: Plane, small: NDArray[np.int32], scratch: NDArray[np.int32], threshold: int) -> None:
    """What is brighter than a threshold, at a quarter of the size, blurred twice by boxes of seven."""
    rows, columns = small.shape
    for i in range(rows):
        for j in range(columns):
            total = np.int32(0)
            for k in range(4):
                for m in range(4):
                    total += max(np.int32(y[4 * i + k, 4 * j + m]) - threshold, 0)
            small[i, j] = total
    for _ in range(2):
        _box(small, scratch)
        _box(scratch.T, small.T)


@compiled
def _polish(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    y: Plane,
    small: NDArray[np.int32],
    rows_light: NDArray[np.int32],
    columns_light: NDArray[np.int32],
    grain: NDArray[np.int8],
    shift_x: int,
    shift_y: int,
) -> None:
    """Add the bloom, darken towards the corners, add grain; stay within 16 to 235."""
    height, width = y.shape
    last_row, last_column = small.shape[0] - 1, small.shape[1] - 1
    line = np.zeros(last_column + 2, np.int32)
    shine = np.zeros(4 * last_column + 12, np.int32)
    for row in range(height):
        at = row * 4 - 6
        top, bottom = min(max(at // 16, 0), last_row), min(max(at // 16 + 1, 0), last_row)
        part = np.int32(at % 16)
        for j in range(last_column + 1):
            line[j] = small[top, j] * (16 - part) + small[bottom, j] * part
        line[last_column + 1] = line[last_column]
        shine[0] = shine[1] = 4 * line[0]
        for j in range(np.uint32(last_column + 1)):
            # Between the middles of two of the quarter's pixels lie four of the picture's.
            a, step = 4 * line[j], line[j + 1] - line[j]
            k = np.uint32(4) * j + np.uint32(2)
            shine[k], shine[k + np.uint32(1)] = a, a + step
            shine[k + np.uint32(2)], shine[k + np.uint32(3)] = a + 2 * step, a + 3 * step
        to = y[row]
        noise = grain[(row + shift_y) % _GRAIN_SIDE]
        light = rows_light[row]
        for x in range(np.uint32(width)):
            # 16 pixels, 16 steps down, 4 across: 1024; a seventh of what shines over is kept.
            value = np.int32(to[x]) - 16 + ((shine[x] * 585) >> 22)
            value = (value * ((light * columns_light[x]) >> 8)) >> 8
            value += 16 + np.int32(noise[(x + np.uint32(shift_x)) & np.uint32(_GRAIN_SIDE - 1)])
            to[x] = np.uint8(min(max(value, 16), 235))


class Finisher:
    """Turns read-back pixels into finished planes; it owns every buffer it needs.

    Args:
        width: even number of pixels.
        height: even number of pixels.
        seed: of the grain.
        vignette: how much darker the corners are, 0 to 1.
        canvas: width and height of what was painted, where they are others.
        bent: whether some of the clip is seen through a fisheye.
    """

    def __init__(  # noqa: PLR0913 -- sizes before and after, and what lies between
        self,
        width: int,
        height: int,
        *,
        seed: int,
        vignette: float = 0.20,
        canvas: tuple[int, int] | None = None,
        bent: bool = False,
    ) -> None:
        self._size = canvas or (width, height)
        self._defocus: Defocus | None = None
        self._motion: MotionBlur | None = None
        self._codes = np.empty((0, 0), np.uint8)
        self._raw, self._small_u, self._small_v = _planes(*self._size)
        # In one buffer, from which encoders read without a copy.
        self._frame = new_i420(width, height)
        self._y, self._u, self._v = self._frame.y, self._frame.u, self._frame.v
        self._enlarger: Enlarger | Bender | None = None
        if bent or self._size != (width, height):
            fitting = Bender if bent else Enlarger
            self._enlarger, self._smoothed = fitting(self._size, (width, height)), np.empty_like(self._raw)
        self._small = np.zeros((max(height // 4, 1), max(width // 4, 1)), np.int32)
        self._scratch = np.zeros_like(self._small)
        vignette = max(vignette, _FISHEYE_VIGNETTE) if bent else vignette
        self._rows = _fall_off(height, vignette)
        self._columns = _fall_off(width, vignette)
        noise = np.random.default_rng(seed).normal(0.0, 0.75, (_GRAIN_SIDE, _GRAIN_SIDE))
        self._grain = np.clip(np.rint(noise), -3, 3).astype(np.int8)

    def finish(self, plate: Plate, index: int) -> I420Frame:
        """Finish one frame.

        Args:
            plate: as it was painted.
            index: number of the frame; it moves the grain.

        Returns:
            Planes that stay valid until the next call.
        """
        enlarger = self._enlarger
        u, v = (self._u, self._v) if enlarger is None else (self._small_u, self._small_v)
        _split(plate.pixels, self._raw, u, v)
        if plate.depth.size and plate.focus[0] > 0.0:
            self._defocus = self._defocus or Defocus(*self._size)
            self._codes = self._codes if self._codes.size else np.empty_like(self._raw)
            blur_codes(plate.depth, plate.focus, self._codes)
            self._defocus.apply(self._codes, self._raw, u, v)
        bend, across, down = plate.lens.tolist()
        if across or down:
            smear((self._raw, u, v), across, down)
        elif plate.speeds.size:
            self._motion = self._motion or MotionBlur(*self._size)
            self._motion.apply(plate, self._raw, u, v)
        if enlarger is None:
            _smooth(self._raw, self._y, _EDGE_STEP)
        else:
            if isinstance(enlarger, Bender):
                enlarger.aim(bend)
            _smooth(self._raw, self._smoothed, _EDGE_STEP)
            enlarger.luma(self._smoothed, self._y)
            enlarger.chroma(u, self._u)
            enlarger.chroma(v, self._v)
        _bright(self._y, self._small, self._scratch, 186)
        shift_x, shift_y = (index * 73) % _GRAIN_SIDE, (index * 151) % _GRAIN_SIDE
        _polish(self._y, self._small, self._rows, self._columns, self._grain, shift_x, shift_y)
        return self._frame


def load() -> None:
    """Load the kernels that most clips need, by their use on a small picture."""
    small = Format(8 * _LEAST, 8 * _LEAST)
    finisher = Finisher(10 * _LEAST, 10 * _LEAST, seed=0, canvas=(small.width, small.height))
    finisher.finish(small.plate(), 0)


def _planes(width: int, height: int) -> tuple[Plane, Plane, Plane]:
    """Room for luma and both planes of chroma."""
    half = (height // 2, width // 2)
    return np.empty((height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8)


def _fall_off(count: int, strength: float) -> NDArray[np.int32]:
    """Brightness along one side in 256ths, smooth to the middle."""
    at = np.abs(np.linspace(-1.0, 1.0, count))
    return np.rint(256.0 * (1.0 - strength * at**2.6)).astype(np.int32)
