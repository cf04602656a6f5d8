"""A few colours for a clip: chosen in its first frame, drifting with what comes into view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.planes import Real
from kirin_video.engines.previs.looks.watching import Sight

_WEIGHTS = np.array((1.0, 1.5, 1.5), np.float32)
"""Differences of colour count more than those of luma, as the planes have them."""

_ROUNDS = 12
_EASE = 0.12
_STAY = 14.0
"""How much nearer, in squared levels, another colour must be before a place changes to it."""


@compiled
def _nearest(colours: Real, palette: Real, before: NDArray[np.uint8], stay: np.float32) -> None:
    """The nearest colour of the palette for every place, those of before being preferred; in place."""
    count = palette.shape[0]
    for k in range(colours.shape[0]):
        best, chosen = np.float32(1e12), np.uint8(0)
        for c in range(count):
            a = colours[k, 0] - palette[c, 0]
            b = (colours[k, 1] - palette[c, 1]) * np.float32(1.5)
            d = (colours[k, 2] - palette[c, 2]) * np.float32(1.5)
            far = a * a + b * b + d * d
            if c == before[k]:
                far = max(far * np.float32(0.8) - stay, np.float32(0.0))
            if far < best:
                best, chosen = far, np.uint8(c)
        before[k] = chosen


class Palette:
    """The colours of one clip.

    Args:
        count: how many.
        fixed: given colours, float32, (n, 3) of Y, Cb, Cr; None chooses them from the picture.
    """

    def __init__(self, count: int, fixed: Real | None = None) -> None:
        self._count, self._fixed = count if fixed is None else len(fixed), fixed
        self.colours: Real = np.zeros((self._count, 3), np.float32) if fixed is None else fixed
        self._labels: NDArray[np.uint8] | None = None

    def labels(self, sight: Sight, planes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Which colour each place takes.

        Args:
            sight: the frame that is painted: colours are chosen afresh where a scene begins.
            planes: Y, Cb and Cr of one size, uint8, (3, H, W).

        Returns:
            Indices into ``colours``, uint8, (H, W); the same array each time.
        """
        flat = np.ascontiguousarray(planes.reshape(3, -1).T, np.float32)
        is_new = sight.is_new or self._labels is None
        if self._fixed is None:
            every = max(len(flat) // 6000, 1)
            sample = flat[every // 2 :: every]
            if is_new:
                self.colours = chosen_colours(sample, self._count)
            else:
                self.colours = self.colours + _EASE * (_moved(sample, self.colours) - self.colours)
        if is_new:
            self._labels = np.full(len(flat), 255, np.uint8)
        assert self._labels is not None
        _nearest(flat, self.colours, self._labels, np.float32(_STAY))
        return self._labels.reshape(planes.shape[1:])


def chosen_colours(sample: Real, count: int) -> Real:
    """Colours that stand for a sample: k-means (Lloyd, 1982) from colours far apart.

    Returns:
        float32, (count, 3), from dark to light.
    """
    weighted = sample * _WEIGHTS
    chosen = [weighted.mean(axis=0)]
    far = np.full(len(sample), np.inf, np.float32)
    for _ in range(count - 1):
        far = np.minimum(far, ((weighted - chosen[-1]) ** 2).sum(axis=1))
        # the square root keeps a few odd pixels from taking all the colours
        order = np.argsort(far)
        chosen.append(weighted[order[int(len(order) * 0.985)]])
    colours = np.array(chosen, np.float32) / _WEIGHTS
    for _ in range(_ROUNDS):
        colours = _moved(sample, colours)
    return np.ascontiguousarray(colours[np.argsort(colours[:, 0])], np.float32)


def _moved(sample: Real, colours: Real) -> Real:
    """Each colour moved to the middle of what is nearest to it."""
    away = ((sample[:, None, :] - colours[None, :, :]) * _WEIGHTS) ** 2
    nearest = away.sum(axis=2).argmin(axis=1)
    count = np.bincount(nearest, minlength=len(colours)).astype(np.float32)
    sums = [np.bincount(nearest, sample[:, k], len(colours)) for k in range(3)]
    middles = np.stack(sums, axis=1).astype(np.float32) / np.maximum(count, 1)[:, None]
    return np.where(count[:, None] > 0, middles, colours).astype(np.float32)
