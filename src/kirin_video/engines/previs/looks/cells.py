"""Cells that hold to what they cover from frame to frame: superpixels moved on, never made afresh.

The clustering is that of SLIC (Achanta and others, 2012), one round a frame, begun where the motion has taken
the last frame's cells.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.planes import Real
from kirin_video.engines.previs.looks.raster import distance
from kirin_video.engines.previs.looks.tracking import carried, hashed, looked_up_at
from kirin_video.engines.previs.looks.watching import Sight

_FIRST_ROUNDS = 5
_INERTIA = np.float32(0.5)
_REST_PX = 0.12
_TINT = np.float32(0.4)
_TOO_SMALL, _TOO_LARGE = 0.16, 2.1


@compiled
def _assign(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    planes: NDArray[np.uint8],
    centres: Real,
    pitch: np.float32,
    order: np.float32,
    labels: NDArray[np.int32],
    sums: Real,
) -> None:
    """Give every pixel to the best centre near it, and add it to that centre's sums."""
    _, rows, columns = planes.shape
    count = centres.shape[0]
    across, down = int(columns / pitch) + 1, int(rows / pitch) + 1
    heads = np.full(across * down, -1, np.int32)
    following = np.full(count, -1, np.int32)
    for k in range(count):
        j = min(max(int(centres[k, 0] / pitch), 0), across - 1)
        i = min(max(int(centres[k, 1] / pitch), 0), down - 1)
        following[k] = heads[i * across + j]
        heads[i * across + j] = k
    sums[:] = np.float32(0.0)
    for y in range(rows):
        i = min(int(np.float32(y) / pitch), down - 1)
        for x in range(columns):
            j = min(int(np.float32(x) / pitch), across - 1)
            a, b, c = np.float32(planes[0, y, x]), np.float32(planes[1, y, x]), np.float32(planes[2, y, x])
            best, chosen = np.float32(1e12), np.int32(0)
            for m in range(max(i - 1, 0), min(i + 2, down)):
                for n in range(max(j - 1, 0), min(j + 2, across)):
                    k = heads[m * across + n]
                    while k >= 0:
                        dx, dy = centres[k, 0] - np.float32(x), centres[k, 1] - np.float32(y)
                        da, db, dc = centres[k, 2] - a, centres[k, 3] - b, centres[k, 4] - c
                        far = da * da + np.float32(2.0) * (db * db + dc * dc) + order * (dx * dx + dy * dy)
                        if far < best:
                            best, chosen = far, np.int32(k)
                        k = following[k]
            labels[y, x] = chosen
            sums[chosen, 0] += np.float32(x)
            sums[chosen, 1] += np.float32(y)
            sums[chosen, 2] += a
            sums[chosen, 3] += b
            sums[chosen, 4] += c
            sums[chosen, 5] += np.float32(1.0)


class Cells:
    """The cells of one clip, at half the size of its frames.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        pitch_px: distance of cells, pixels of half the size.
        order: how regular cells are: levels of difference that a whole pitch of distance is worth.
    """

    def __init__(self, width: int, height: int, pitch_px: float, order: float) -> None:
        self._size = width // 2, height // 2
        self._pitch = max(pitch_px, 3.0)
        self._order = np.float32((order / self._pitch) ** 2)
        self._centres = np.zeros((0, 5), np.float32)
        self.colours: Real = np.zeros((0, 3), np.float32)
        self.numbers: NDArray[np.int64] = np.zeros(0, np.int64)
        self._count = 0
        self._grid = np.zeros((0, 2), np.float32)
        self.labels = np.zeros((height // 2, width // 2), np.int32)
        self.painted = self.colours, self.numbers

    def follow(self, sight: Sight, planes: NDArray[np.uint8]) -> None:
        """One frame on: ``labels``, ``colours`` and ``numbers`` are those of this frame.

        Args:
            sight: the frame.
            planes: Y, Cb and Cr to divide, uint8, (3, H/2, W/2).
        """
        if sight.flow is None:
            self._begin(planes)
            for _ in range(_FIRST_ROUNDS):
                self._round(planes)
            self.colours = self._centres[:, 2:].copy()
            return
        flow = sight.flow * np.float32(0.5)
        self._centres[:, :2] = carried(self._centres[:, :2], flow, *self._size)
        self._settle_bare(planes)
        self._round(planes)

    def _begin(self, planes: NDArray[np.uint8]) -> None:
        """A grid of bricks, every second row half a pitch along."""
        (columns, rows), pitch = self._size, self._pitch
        ys = np.arange(pitch / 2, rows, pitch * 0.87)
        places = [
            (x, y)
            for k, y in enumerate(ys)
            for x in np.arange(pitch * (0.25 + 0.5 * (k % 2)), columns, pitch)
        ]
        self._grid = np.array(places, np.float32)
        self._centres, self.colours = np.zeros((0, 5), np.float32), np.zeros((0, 3), np.float32)
        self.numbers = np.zeros(0, np.int64)
        self._add(planes, self._grid)

    def _settle_bare(self, planes: NDArray[np.uint8]) -> None:
        """Cells where what came into view has none."""
        columns, rows = self._size
        kept = (self._centres[:, :2] > -self._pitch).all(axis=1)
        kept &= (self._centres[:, :2] < np.array((columns, rows)) + self._pitch).all(axis=1)
        self._centres, self.colours = self._centres[kept], self.colours[kept]
        self.numbers = self.numbers[kept]
        bare = np.full((rows, columns), 255, np.uint8)
        j = np.clip(self._centres[:, 0].astype(int), 0, columns - 1)
        i = np.clip(self._centres[:, 1].astype(int), 0, rows - 1)
        bare[i, j] = 0
        away = distance(bare)
        self._add(planes, self._grid[looked_up_at(away, self._grid) > 1.05 * self._pitch])

    def _add(self, planes: NDArray[np.uint8], points: Real) -> None:
        """Cells at points, in the colours that lie there."""
        fresh = np.concatenate((points, _seen(planes, points)), axis=1)
        self._centres = np.concatenate((self._centres, fresh)).astype(np.float32)
        self.colours = np.concatenate((self.colours, fresh[:, 2:])).astype(np.float32)
        self.numbers = np.concatenate((self.numbers, np.arange(len(fresh)) + self._count))
        self._count += len(fresh)

    def _round(self, planes: NDArray[np.uint8]) -> None:
        sums = np.empty((len(self._centres), 6), np.float32)
        _assign(planes, self._centres, np.float32(self._pitch), self._order, self.labels, sums)
        area = sums[:, 5]
        means = sums[:, :5] / np.maximum(area, 1)[:, None]
        change = means - self._centres
        # a cell that all but rests, rests: nothing creeps in a picture that stands still
        resting = (np.abs(change[:, :2]).max(axis=1) < _REST_PX) | (area < 1)
        change[resting, :2] = 0
        change[area < 1] = 0
        self._centres = self._centres + _INERTIA * change
        self.colours = np.where(
            (area > 0)[:, None], self.colours + _TINT * (means[:, 2:] - self.colours), self.colours
        )
        self.painted = self.colours, self.numbers
        self._renew(planes, area)

    def _renew(self, planes: NDArray[np.uint8], area: Real) -> None:
        """Cells that all but vanished go; those that grew too large are split, for the next frame."""
        usual = self._pitch**2 * 0.87
        kept = area > _TOO_SMALL * usual
        large = np.flatnonzero(area > _TOO_LARGE * usual)
        turn = hashed(self.numbers[large] + 31 * np.int64(len(area)), 5) * np.float32(2 * np.pi)
        away = np.stack((np.cos(turn), np.sin(turn)), axis=1) * np.float32(0.8 * self._pitch)
        limit = np.array(self._size, np.float32) - 1
        points = np.clip(self._centres[large, :2] + away, 0, limit).astype(np.float32)
        self._centres, self.colours, self.numbers = (
            self._centres[kept],
            self.colours[kept],
            self.numbers[kept],
        )
        self._add(planes, points)


def _seen(planes: NDArray[np.uint8], points: Real) -> Real:
    return np.stack([looked_up_at(plane, points) for plane in planes], axis=1).astype(np.float32)
