"""Frames of a camera that moves, laid over each other: one picture of all that they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import Matrix

Bytes = NDArray[np.uint8]

_MOST_GROWN: Final = 1.5


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture that all frames of a take fit into.

    Attributes:
        left: how far the first frame's corner lies from the canvas's, pixels.
        top: the same, downwards.
        width: of the canvas, pixels, even.
        height: of the canvas, pixels, even.
        frame: width and height of the frames.
        factor: how many times larger the frames are than those that the homographies are given in.
    """

    left: int
    top: int
    width: int
    height: int
    frame: tuple[int, int]
    factor: float

    @classmethod
    def around(
        cls, path: Iterable[Matrix], frame: tuple[int, int], factor: float, most: float = _MOST_GROWN
    ) -> Canvas:
        """The smallest canvas for a path of homographies to the first frame.

        Args:
            path: of the frames.
            frame: their width and height.
            factor: how many times larger they are than those that the homographies are given in.
            most: how many times as wide and as high it may become.
        """
        width, height = frame
        outline = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64).T
        corners: list[NDArray[np.float64]] = []
        for matrix in path:
            points = scaled(matrix, factor) @ outline
            corners.append(points[:2] / points[2])
        whole = np.concatenate(corners, axis=1)
        (low_x, low_y), (high_x, high_y) = whole.min(axis=1), whole.max(axis=1)
        spare_x, spare_y = (most - 1) * width, (most - 1) * height
        left, right = _spare(-low_x, spare_x), _spare(high_x - width, spare_x)
        top, bottom = _spare(-low_y, spare_y), _spare(high_y - height, spare_y)
        return cls(left, top, width + left + right, height + top + bottom, frame, factor)

    def size(self, unit: int) -> tuple[int, int]:
        """Width and height of its planes, subsampled by ``unit``."""
        return self.width // unit, self.height // unit

    def laid(
        self, plane: NDArray[np.uint8], to_first: Matrix, unit: int = 1, border: int | None = None
    ) -> Bytes:
        """A frame's plane in its place.

        Args:
            plane: uint8, (h, w) or (h, w, 3).
            to_first: the frame's homography.
            unit: 2 for planes of half the size.
            border: what is where the frame is not; None goes on with its edge.
        """
        if self._is_plain(to_first):
            return plane.copy()
        mode = cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
        fill = (float(border or 0),) * 3
        matrix = self._matrix(to_first, unit)
        return np.asarray(
            cv2.warpPerspective(
                plane, matrix, self.size(unit), flags=cv2.INTER_CUBIC, borderMode=mode, borderValue=fill
            ),
            np.uint8,
        )

    def seen(self, plane: Bytes, to_first: Matrix, out: Bytes, unit: int = 1) -> None:
        """A plane of the canvas as a frame sees it, written to ``out``."""
        if self._is_plain(to_first):
            out[:] = plane
            return
        height, width = out.shape[:2]
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        matrix = self._matrix(to_first, unit)
        cv2.warpPerspective(plane, matrix, (width, height), out, flags, cv2.BORDER_REPLICATE)

    def _is_plain(self, to_first: Matrix) -> bool:
        return (self.width, self.height) == self.frame and bool((to_first == np.eye(3)).all())

    def _matrix(self, to_first: Matrix, unit: int) -> Matrix:
        shift = np.array([[1, 0, self.left / unit], [0, 1, self.top / unit], [0, 0, 1]])
        return shift @ scaled(to_first, self.factor / unit)


def scaled(matrix: Matrix, factor: float) -> Matrix:
    """A homography between small frames as one between frames so many times larger."""
    up = np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2], [0, 0, 1]])
    return up @ matrix @ np.linalg.inv(up)


def spread(count: int, most: int) -> list[int]:
    """Up to ``most`` numbers below ``count``, evenly spread, both ends among them."""
    number = min(most, count)
    return sorted({k * (count - 1) // max(number - 1, 1) for k in range(number)})


def _spare(needed: float, most: float) -> int:
    return 2 * int(np.ceil(min(max(float(needed), 0.0), most) / 2))


@njit(cache=True, nogil=True, parallel=True)
def median(stack: Bytes, hidden: Bytes, unit: int, out: Bytes) -> None:
    """The median at each point of what is not hidden; of everything where all is.

    Args:
        stack: uint8, (n, h, w).
        hidden: 0 where seen, uint8, (n, h / unit, w / unit).
        unit: how much coarser ``hidden`` is.
        out: uint8, (h, w).
    """
    count, rows, columns = stack.shape
    for row in prange(rows):
        values = np.empty(count, np.uint8)
        for column in range(columns):
            seen = 0
            for k in range(count):
                if hidden[k, row // unit, column // unit] == 0:
                    value = stack[k, row, column]
                    at = seen
                    while at > 0 and values[at - 1] > value:
                        values[at] = values[at - 1]
                        at -= 1
                    values[at] = value
                    seen += 1
            if seen == 0:
                for k in range(count):
                    value = stack[k, row, column]
                    at = k
                    while at > 0 and values[at - 1] > value:
                        values[at] = values[at - 1]
                        at -= 1
                    values[at] = value
                seen = count
            out[row, column] = values[seen // 2]
