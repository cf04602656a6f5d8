"""The colours of one picture for another: optimal transport between what both hold, as a table of colours.

Between two normal distributions the best transport is linear (Monge-Kantorovich; Pitie and Kokaram, 2007);
the lightness is then matched level by level, within bounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.oklab import Colours, lab_of_ycc, ycc_of_lab
from kirin_video.engines.previs.looks.planes import Plane
from kirin_video.engines.previs.looks.watching import Sight

_NODES = 17
_STEP = 16
_EASE = 0.06
_LEAST, _MOST = 0.35, 2.6
"""How much a colour axis may be squeezed or stretched."""

_REGULAR = 2e-4
_CHANGED = 4e-4
_TONES = 33


_Held = tuple[Colours, Colours, Colours]
"""Mean, covariance and percentiles of lightness of the colours in a picture, Oklab."""


@compiled
def _look_up_luma(y: Plane, u: Plane, v: Plane, table: NDArray[np.float32], out: Plane) -> None:
    """The new luma of every pixel, between the eight nearest nodes."""
    height, width = y.shape
    for row in range(height):
        i = min(row >> 1, u.shape[0] - 1)
        for x in range(width):
            j = min(x >> 1, u.shape[1] - 1)
            out[row, x] = np.uint8(_between(table, 0, y[row, x], u[i, j], v[i, j]) + np.float32(0.5))


@compiled
def _look_up_colour(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    y: Plane, u: Plane, v: Plane, table: NDArray[np.float32], a: Plane, b: Plane
) -> None:
    """The new colour differences, at their own size."""
    rows, columns = u.shape
    for i in range(rows):
        for j in range(columns):
            a[i, j] = np.uint8(_between(table, 1, y[i, j], u[i, j], v[i, j]) + np.float32(0.5))
            b[i, j] = np.uint8(_between(table, 2, y[i, j], u[i, j], v[i, j]) + np.float32(0.5))


@compiled
def _between(table: NDArray[np.float32], axis: int, y: np.uint8, u: np.uint8, v: np.uint8) -> np.float32:
    i, j, k = np.int32(y) >> 4, np.int32(u) >> 4, np.int32(v) >> 4
    sixteenth = np.float32(1 / 16)
    fy, fu, fv = (
        np.float32(y & 15) * sixteenth,
        np.float32(u & 15) * sixteenth,
        np.float32(v & 15) * sixteenth,
    )
    total = np.float32(0.0)
    for m in range(2):
        wy = fy if m else np.float32(1.0) - fy
        for n in range(2):
            wu = fu if n else np.float32(1.0) - fu
            low, high = table[axis, i + m, j + n, k], table[axis, i + m, j + n, k + 1]
            total += wy * wu * (low + (high - low) * fv)
    return total


class Transfer:
    """Brings a clip to the colours of a picture.

    Args:
        goal: colours of the picture, Oklab, (n, 3).
        strength: 0 leaves the clip's own, 1 goes all the way.
    """

    def __init__(self, goal: Colours, strength: float = 0.9) -> None:
        self._goal_mean, self._goal_spread = goal.mean(axis=0), np.cov(goal.T)
        self._goal_tones = np.percentile(goal[:, 0], np.linspace(0, 100, _TONES))
        self._strength = strength
        self._seen: _Held | None = None
        self._made_from: Colours | None = None
        self._table = np.zeros((3, _NODES, _NODES, _NODES), np.float32)

    def apply(
        self, planes: tuple[Plane, Plane, Plane], half: Plane, sight: Sight
    ) -> tuple[Plane, Plane, Plane]:
        """The planes of a frame in the picture's colours.

        Args:
            planes: Y, Cb, Cr of the frame.
            half: its luma at half the size.
            sight: the frame as it was seen; a new scene is measured afresh.
        """
        self._measure(half, planes[1], planes[2], is_new=sight.is_new)
        y, u, v = np.empty_like(planes[0]), np.empty_like(planes[1]), np.empty_like(planes[2])
        _look_up_luma(*planes, self._table, y)
        _look_up_colour(half, planes[1], planes[2], self._table, u, v)
        return y, u, v

    def _measure(self, half: Plane, u: Plane, v: Plane, *, is_new: bool) -> None:
        every = max(half.size // 4000, 1)
        sample = np.stack([plane.ravel()[::every] for plane in (half, u, v)], axis=1)
        lab = lab_of_ycc(sample.astype(np.float64))
        tones = np.percentile(lab[:, 0], np.linspace(0, 100, _TONES))
        now: _Held = (lab.mean(axis=0), np.cov(lab.T), tones)
        if self._seen is None or is_new:
            self._seen = now
        else:
            mean, spread, heard = self._seen
            self._seen = (
                mean + _EASE * (now[0] - mean),
                spread + _EASE * (now[1] - spread),
                heard + _EASE * (now[2] - heard),
            )
        key = np.concatenate([part.ravel() for part in self._seen])
        if self._made_from is None or np.abs(key - self._made_from).max() > _CHANGED:
            self._made_from = key
            self._make_table(*self._seen)

    def _make_table(self, mean: Colours, spread: Colours, tones: Colours) -> None:
        """Every sixteenth colour with the one it becomes."""
        levels = np.arange(_NODES, dtype=np.float64) * _STEP
        i, j = np.divmod(np.arange(_NODES**3), _NODES**2)
        grid: Colours = np.stack((levels[i], levels[j // _NODES], levels[j % _NODES]), axis=1)
        lab = lab_of_ycc(grid)
        moved = (lab - mean) @ _transport(spread, self._goal_spread).T + self._goal_mean
        moved[:, 0] = np.interp(lab[:, 0], *_tone_curve(tones, self._goal_tones))
        # the darkest and the lightest keep little colour of their own
        body = np.clip(np.minimum(moved[:, 0] / 0.12, (1.02 - moved[:, 0]) / 0.06), 0.15, 1)[:, None]
        moved[:, 1:] = body * moved[:, 1:]
        new = ycc_of_lab(lab + self._strength * (moved - lab))
        self._table[:] = new.T.reshape(3, _NODES, _NODES, _NODES)
        np.clip(self._table, 16, 240, out=self._table)


def _transport(spread: Colours, goal: Colours) -> Colours:
    """The linear map that takes one spread of colours to another with the least movement: (3, 3)."""
    regular = np.eye(3) * _REGULAR
    root = _root(spread + regular)
    back = np.linalg.inv(root)
    whole = back @ _root(root @ (goal + regular) @ root) @ back
    values, vectors = np.linalg.eigh((whole + whole.T) / 2)
    return vectors @ np.diag(np.clip(values, _LEAST, _MOST)) @ vectors.T


def _root(matrix: Colours) -> Colours:
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(np.sqrt(np.maximum(values, 0))) @ vectors.T


def _tone_curve(tones: Colours, goal: Colours) -> tuple[Colours, Colours]:
    """Lightness from and to: matched level by level, no steeper or flatter than the bounds."""
    at = np.linspace(0, 1, 65)
    share = np.interp(at, tones + np.arange(len(tones)) * 1e-6, np.linspace(0, 1, len(tones)))
    to = np.interp(share, np.linspace(0, 1, len(goal)), goal)
    # outside what the clip holds, straight on to black and to white
    low, high = at < tones[0], at > tones[-1]
    to[low] = at[low] / max(tones[0], 1e-6) * goal[0]
    to[high] = goal[-1] + (at[high] - tones[-1]) / max(1 - tones[-1], 1e-6) * (1 - goal[-1])
    steps = np.clip(np.diff(to), _LEAST / 64, _MOST / 64)
    bounded = np.concatenate(((to[0],), to[0] + np.cumsum(steps)))
    middle = np.median(tones)
    return at, np.clip(bounded + np.interp(middle, at, to) - np.interp(middle, at, bounded), 0, 1)
