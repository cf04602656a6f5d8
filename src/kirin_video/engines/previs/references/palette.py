"""A picture's palette and contrast on frames of any source: colours by brightness, and brightness by rank.

The tables are made once, from the first frame, so that nothing flickers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.layers import ycbcr
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.references.cutting.cut import scaled
from kirin_video.media.frames import I420Frame, new_i420

Floats = NDArray[np.float64]
Plane = NDArray[np.float32]

_LOOKED_AT_PX = 320
_RANKS = np.linspace(0.01, 0.99, 33)
_TONES, _COLORS = 0.7, 0.85
"""How much of the picture's contrast and of its colours is taken over."""
_LEAST_GAIN, _MOST_GAIN = 0.35, 1.7
_NEAR = 22.0
"""How far apart, in steps of brightness, colours still speak for each other."""
_STEEPEST = 1.8
"""How many times steeper than before the contrast may get anywhere."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What is known of a picture's colours.

    Attributes:
        ranks: luma at ``_RANKS``, (33,).
        means: mean Cb and Cr by luma, (256, 2).
        spread: of Cb and Cr about those.
    """

    ranks: Floats
    means: Floats
    spread: float


def palette_of(luma: Plane, chroma: Plane) -> Palette:
    """The palette of pixels: their luma (n,), and Cb and Cr (n, 2)."""
    level = np.clip(np.rint(luma), 0, 255).astype(np.int64)
    weight = np.bincount(level, minlength=256).astype(np.float64)
    sums = [np.bincount(level, weights=chroma[:, k], minlength=256).astype(np.float64) for k in range(2)]
    near = _smooth(weight) + 1e-3
    overall = chroma.mean(axis=0).astype(np.float64)
    means = np.stack([(_smooth(sums[k]) + 1e-3 * overall[k]) / near for k in range(2)], -1)
    off = chroma - means[level]
    ranks = np.quantile(luma.astype(np.float64), _RANKS)
    return Palette(ranks, means, float(np.sqrt((off * off).mean())))


def palette_of_picture(rgb: Rgb) -> Palette:
    """The palette of a whole picture."""
    planes = ycbcr(scaled(rgb, _LOOKED_AT_PX)).reshape(-1, 3)
    return palette_of(planes[:, 0], planes[:, 1:])


def in_palette(frames: Iterable[I420Frame], wanted: Palette) -> Iterator[I420Frame]:
    """Frames in the colours of a picture.

    Yields:
        Planes that are valid until the next frame is asked for.
    """
    tables: _Tables | None = None
    for frame in frames:
        if tables is None:
            tables = _Tables(frame, wanted)
        yield tables.applied(frame)


class _Tables:
    """What becomes of luma and chroma.

    Args:
        frame: the first one.
        wanted: the palette to take over.
    """

    def __init__(self, frame: I420Frame, wanted: Palette) -> None:
        small = frame.y[::2, ::2].astype(np.float32)
        chroma = np.stack([frame.u, frame.v], -1).astype(np.float32)
        own = palette_of(small.ravel(), chroma.reshape(-1, 2))
        levels = np.arange(256, dtype=np.float64)
        matched = np.interp(levels, *_rising(own.ranks, wanted.ranks))
        curve = levels + _TONES * (matched - levels)
        self._curve = np.clip(np.rint(curve), 16, 235).astype(np.uint8)
        gain = float(np.clip(wanted.spread / max(own.spread, 1.0), _LEAST_GAIN, _MOST_GAIN))
        self._gain = np.float32(1.0 + _COLORS * (gain - 1.0))
        goal = wanted.means[self._curve]
        mean = own.means + _COLORS * (goal - own.means)
        self._shift = (mean - self._gain * own.means).astype(np.float32)
        self._out = new_i420(frame.width, frame.height)

    def applied(self, frame: I420Frame) -> I420Frame:
        """A frame through the tables."""
        out = self._out
        cv2.LUT(frame.y, self._curve, dst=out.y)
        shift = self._shift[frame.y[::2, ::2]]
        for k, (plane, to) in enumerate(((frame.u, out.u), (frame.v, out.v))):
            to[:] = np.clip(plane * self._gain + shift[..., k] + np.float32(0.5), 16, 240)
        return out


def _rising(own: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Where ranks of brightness come from and go to: nowhere much steeper than before, black to black."""
    known = np.concatenate([[0.0], np.maximum.accumulate(own + 1e-3 * np.arange(len(own))), [255.0]])
    goal = np.concatenate([[0.0], wanted, [255.0]])
    steps = np.minimum(np.diff(goal), _STEEPEST * np.diff(known))
    risen = np.concatenate([[0.0], np.cumsum(steps)])
    middle = len(known) // 2
    return known, risen + (goal[middle] - risen[middle])


def _smooth(values: Floats) -> Floats:
    """Values by luma, each speaking for its neighbours."""
    reach = np.arange(-64, 65)
    weight = np.exp(-0.5 * (reach / _NEAR) ** 2)
    return np.asarray(np.convolve(values, weight / weight.sum(), "same"), np.float64)
