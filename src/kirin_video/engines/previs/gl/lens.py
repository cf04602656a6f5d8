"""How large things are in a clip's pictures, where they are largest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Point, View

_EYES = 10
"""From so many of a clip's places, evenly, distances are measured."""
_NEAREST_M = 0.3


class Lens:
    """Sizes in the picture, of a clip's views.

    Args:
        views: of all frames.
        height_px: the height of the picture.
    """

    def __init__(self, views: Sequence[View], height_px: int) -> None:
        picks = np.unique(np.linspace(0, len(views) - 1, _EYES).round().astype(int))
        eyes: list[Point] = [views[int(k)].eye for k in picks]
        self._eyes = np.unique(np.array(eyes, np.float32), axis=0)
        tall = min(np.tan(np.radians(view.fov_deg) / 2.0) for view in views)
        self._pixels = float(height_px / 2.0 / tall)

    def pixels_a_metre(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """How large a metre is at points (n, 3), in pixels, seen from the nearest place: (n,)."""
        nearest = np.full(len(points), np.inf, np.float32)
        for eye in self._eyes:
            off = points - eye
            np.minimum(nearest, np.einsum("ij,ij->i", off, off), out=nearest)
        return (self._pixels / np.maximum(np.sqrt(nearest), _NEAREST_M)).astype(np.float32)

    def shifts_px(self, points: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
        """How far points (..., 3) lie from others in the picture, where that is most: pixels, (...)."""
        most = np.zeros(points.shape[:-1], np.float32)
        off = points - others
        whole = np.einsum("...k,...k->...", off, off)
        for eye in self._eyes:
            ray = points - eye
            away2 = np.maximum(np.einsum("...k,...k->...", ray, ray), _NEAREST_M**2)
            along = np.einsum("...k,...k->...", off, ray)
            np.maximum(most, np.maximum(whole - along * along / away2, 0.0) / away2, out=most)
        return np.sqrt(most) * np.float32(self._pixels)

    def sizes_px(self, points: NDArray[np.float32], faces: NDArray[np.uint32]) -> NDArray[np.float32]:
        """The longest side of triangles (m, 3) of points (n, 3), in pixels, where it is largest: (m,)."""
        scale = self.pixels_a_metre(points)[faces].max(1)
        corners = points[faces]
        sides = corners - np.roll(corners, 1, 1)
        return np.sqrt(np.einsum("ijk,ijk->ij", sides, sides).max(1)) * scale
