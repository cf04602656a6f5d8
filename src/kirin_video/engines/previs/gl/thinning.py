"""Thinning a grid of points to the triangles that the picture needs: large where the land is even.

Right-angled triangles are halved where the point at the middle of their long side lies too far from it, as in
Evans, Kirkpatrick and Townsend's right-triangulated irregular networks (2001). A point's error counts for all
larger triangles beside it as well, so that neighbours always meet and no crack opens.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.lens import Lens

LARGEST = 8
"""The longest side of a square, in points."""
_MOST_PX = 0.5
"""How far a point may lie beside its place in the picture."""

Points = NDArray[np.float32]
Errors = NDArray[np.float32]
Faces = NDArray[np.int64]


def thinned(points: Points, lens: Lens, most_px: float = _MOST_PX) -> Faces:
    """Triangles over a grid, fine where its picture needs it; the first row and both edges stay whole.

    Args:
        points: float32, (rows, columns, 3), metres.
        lens: from where they are seen.
        most_px: how far a point that is left out may lie from what is drawn, in the picture.

    Returns:
        int64, (n, 3): numbers of points, counted row by row.
    """
    rows, columns = points.shape[:2]
    across, down = -(-(columns - 1) // LARGEST) * LARGEST + 1, -(-(rows - 1) // LARGEST) * LARGEST + 1
    padded = np.pad(points, ((0, down - rows), (0, across - columns), (0, 0)), mode="edge")
    split = _propagated(_own_errors(padded, lens, (rows, columns))) > most_px
    corners = np.concatenate(list(_triangles(split)))
    real = ((corners[..., 0] < rows) & (corners[..., 1] < columns)).all(1)
    return corners[real] @ np.array([columns, 1])


def _own_errors(points: Points, lens: Lens, real: tuple[int, int]) -> Errors:
    """How far each point lies from the middle of the side that it would halve, pixels."""
    errors = np.zeros(points.shape[:2], np.float32)
    for size in _sizes():
        half = size // 2
        for rows, columns, (down, right) in _middles(half):
            here = points[rows, columns]
            i, j = (np.arange(n)[part] for n, part in zip(errors.shape, (rows, columns), strict=True))
            one, other = _ends(points, i, j, down, right), _ends(points, i, j, -down, -right)
            off = lens.shifts_px(here, (one + other) / 2.0)
            # What lies half outside the grid is halved until it does not.
            out = (i + half >= real[0])[:, None] | (j + half >= real[1])[None, :]
            errors[rows, columns] = np.where(out, np.inf, off)
    errors[0], errors[:, 0], errors[:, real[1] - 1 :] = np.inf, np.inf, np.inf
    return errors


def _ends(points: Points, i: NDArray[np.int64], j: NDArray[np.int64], down: int, right: int) -> Points:
    """Neighbours of a lattice of points; along a diagonal, by which of two ways it runs there."""
    if down and right:
        # Diagonals run from the corners of a square to its middle.
        flip = ((i // (2 * abs(down)))[:, None] + (j // (2 * abs(down)))[None, :]) % 2
        return points[i[:, None] + down, j[None, :] + np.where(flip == 1, -right, right)]
    n, m = points.shape[:2]
    return points[np.clip(i + down, 0, n - 1)][:, np.clip(j + right, 0, m - 1)]


def _sizes() -> Iterator[int]:
    size = 2
    while size <= LARGEST:
        yield size
        size *= 2


def _middles(half: int) -> Iterator[tuple[slice, slice, tuple[int, int]]]:
    """The lattices of middles that halve squares of twice a size: of level, upright and slanting sides."""
    odd, even = slice(half, None, 2 * half), slice(0, None, 2 * half)
    yield even, odd, (0, half)
    yield odd, even, (half, 0)
    yield odd, odd, (half, half)


def _propagated(errors: Errors) -> Errors:
    """Errors that count for every larger triangle beside them."""
    for size in _sizes():
        half = size // 2
        odd, even = slice(half, None, size), slice(0, None, size)
        if half > 1:
            quarter = half // 2
            finer = np.pad(errors[quarter::half, quarter::half], 1)
            beside = np.maximum.reduce([finer[:-1, :-1], finer[:-1, 1:], finer[1:, :-1], finer[1:, 1:]])
            errors[even, odd] = np.maximum(errors[even, odd], beside[0::2, 1::2])
            errors[odd, even] = np.maximum(errors[odd, even], beside[1::2, 0::2])
        level, upright = errors[even, odd], errors[odd, even]
        sides = np.maximum(np.maximum(level[:-1], level[1:]), np.maximum(upright[:, :-1], upright[:, 1:]))
        errors[odd, odd] = np.maximum(errors[odd, odd], sides)
    return errors


def _triangles(split: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
    """Corners (n, 3, 2) of all triangles, as rows and columns."""
    count = [(n - 1) // LARGEST for n in split.shape]
    top, left = (LARGEST * a.reshape(-1) for a in np.indices(count))
    # Each half of a square by the corner at its right angle and its two others.
    turned = ((top + left) // LARGEST) % 2 == 1
    a, b = np.stack([top, left], 1), np.stack([top + LARGEST, left + LARGEST], 1)
    c, d = np.stack([top, left + LARGEST], 1), np.stack([top + LARGEST, left], 1)
    flip = turned[:, None]
    one, other = np.where(flip, c, a), np.where(flip, d, b)
    first, second = np.where(flip, a, c), np.where(flip, b, d)
    apex = np.concatenate([first, second])
    ends = np.concatenate([one, one]), np.concatenate([other, other])
    pending = np.stack([ends[0], ends[1], apex], 1)
    while len(pending):
        middle = (pending[:, 0] + pending[:, 1]) // 2
        can = np.abs(pending[:, 0] - pending[:, 1]).max(1) > 1
        halved = can & split[middle[:, 0], middle[:, 1]]
        yield _upwards(pending[~halved])
        kept, at = pending[halved], middle[halved]
        pending = np.concatenate(
            [np.stack([kept[:, 2], kept[:, 0], at], 1), np.stack([kept[:, 1], kept[:, 2], at], 1)]
        )


def _upwards(corners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Triangles with their corners in the order of the grid's own."""
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    turns = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    wrong = turns > 0
    corners[wrong] = corners[wrong][:, [0, 2, 1]]
    return corners
