"""Low poly: the picture in flat triangles whose corners hold to its edges."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.lines import edge_strength
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Plane, Real, bytes_of, frame_of, saturated, scale_of
from kirin_video.engines.previs.looks.raster import blurred, distance, toned, triangles
from kirin_video.engines.previs.looks.smoothing import flattened
from kirin_video.engines.previs.looks.tracking import bins, carried, hashed, looked_up_at
from kirin_video.engines.previs.looks.watching import Sight, Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_FINE_PX = 15.0
_COARSE_PX = 58.0
_EDGE = 16
_GONE = 7


@compiled
def _cover(corners: Real, scale: np.float32, owner: NDArray[np.int32]) -> None:
    """Write the number of the triangle that covers each pixel."""
    height, width = owner.shape
    for k in range(corners.shape[0]):
        ax, ay = corners[k, 0] * scale, corners[k, 1] * scale
        bx, by = corners[k, 2] * scale, corners[k, 3] * scale
        cx, cy = corners[k, 4] * scale, corners[k, 5] * scale
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if abs(area) < np.float32(1e-3):
            continue
        if area < 0:
            bx, by, cx, cy = cx, cy, bx, by
        top = max(int(np.floor(min(ay, by, cy))), 0)
        bottom = min(int(np.ceil(max(ay, by, cy))), height - 1)
        left = max(int(np.floor(min(ax, bx, cx))), 0)
        right = min(int(np.ceil(max(ax, bx, cx))), width - 1)
        for y in range(top, bottom + 1):
            py = np.float32(y) + np.float32(0.5)
            for x in range(left, right + 1):
                px = np.float32(x) + np.float32(0.5)
                if (
                    (bx - ax) * (py - ay) - (by - ay) * (px - ax) >= np.float32(-0.01)
                    and (cx - bx) * (py - by) - (cy - by) * (px - bx) >= np.float32(-0.01)
                    and (ax - cx) * (py - cy) - (ay - cy) * (px - cx) >= np.float32(-0.01)
                ):
                    owner[y, x] = k


class FacetLook:
    """Draws frames in facets.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of the facets' places and shades.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        self._size, self._seed = (width, height), seed
        self._scale = max(scale_of(width, height), 0.3)
        self._watcher = Watcher(width, height)
        self._points = np.zeros((0, 2), np.float32)
        self._numbers = np.zeros(0, np.int64)
        self._count = 0
        self._fine = np.zeros((height, width), np.int32)
        self._small = np.zeros((height // 2, width // 2), np.int32)
        self._colour = saturated(1.3)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Draw the next frame."""
        sight = self._watcher.next(frame, motion)
        planes = flattened(sight.half, sight.u, sight.v, max(2.5 * self._scale, 1.0))
        self._follow(sight, planes[0])
        corners, numbers = self._triangles()
        _cover(corners, np.float32(1.0), self._fine)
        _cover(corners, np.float32(0.5), self._small)
        y, u, v = self._shades(planes, numbers, len(corners))
        luma = blurred(y[self._fine], 0.5)
        return frame_of(luma, toned(u[self._small], self._colour), toned(v[self._small], self._colour))

    def _follow(self, sight: Sight, flat: Plane) -> None:
        """Carry the corners on; drop those that crowd or lost their edge; set new ones on bare edges."""
        width, height = self._size
        if sight.flow is None:
            self._points, self._numbers = np.zeros((0, 2), np.float32), np.zeros(0, np.int64)
        self._points = carried(self._points, sight.flow, width, height)
        edges = blurred(edge_strength(flat, flat.shape[1], flat.shape[0]), 1.2)
        kept = (self._points >= 0).all(axis=1) & (self._points < (width - 1, height - 1)).all(axis=1)
        kept &= self._first_of_each(_FINE_PX * self._scale * 0.5)
        fine = self._numbers % 2 == 0
        kept &= ~fine | (looked_up_at(edges, self._points, 0.5) >= _GONE)
        self._points, self._numbers = self._points[kept], self._numbers[kept]
        self._add(_on_edges(edges, _FINE_PX * self._scale), _FINE_PX * self._scale * 0.62, kind=0)
        self._add(self._scattered(), _COARSE_PX * self._scale * 0.55, kind=1)

    def _first_of_each(self, pitch: float) -> NDArray[np.bool_]:
        """The oldest point of every square."""
        columns, rows = int(self._size[0] / pitch) + 1, int(self._size[1] / pitch) + 1
        places = bins(self._points, pitch, columns, rows)
        order = np.lexsort((self._numbers, places))
        first = np.ones(len(places), bool)
        first[order[1:]] = places[order[1:]] != places[order[:-1]]
        return first

    def _add(self, points: Real, apart: float, *, kind: int) -> None:
        """Set those that lie apart from all there are."""
        width, height = self._size
        mask = np.full((height // 2 + 1, width // 2 + 1), 255, np.uint8)
        j, i = (self._points[:, 0] / 2).astype(int), (self._points[:, 1] / 2).astype(int)
        mask[i, j] = 0
        away = distance(mask)
        new = points[looked_up_at(away, points, 0.5) > apart / 2]
        self._points = np.concatenate((self._points, new.astype(np.float32)))
        self._numbers = np.concatenate((self._numbers, 2 * (np.arange(len(new)) + self._count) + kind))
        self._count += len(new)

    def _scattered(self) -> Real:
        width, height = self._size
        pitch = _COARSE_PX * self._scale
        across, down = int(np.ceil(width / pitch)), int(np.ceil(height / pitch))
        cells = np.arange(across * down)
        jitter = np.stack((hashed(cells, self._seed), hashed(cells, self._seed + 1)), axis=1) * 0.7 + 0.15
        points = (np.stack((cells % across, cells // across), axis=1) + jitter) * pitch
        return points[(points < (width - 1, height - 1)).all(axis=1)].astype(np.float32)

    def _triangles(self) -> tuple[Real, NDArray[np.int64]]:
        """Delaunay's triangles of the corners, with a number of their own each."""
        width, height = self._size
        rim = [(x, y) for x in np.linspace(-2, width + 1, 8) for y in (-2.0, height + 1.0)]
        rim += [(x, y) for y in np.linspace(-2, height + 1, 6)[1:-1] for x in (-2.0, width + 1.0)]
        points = np.concatenate((np.array(rim, np.float32), self._points))
        corners = triangles(points, width, height, 4)
        inside = (corners > -4).all(axis=1) & (corners[:, 0::2] < width + 4).all(axis=1)
        inside &= (corners[:, 1::2] < height + 4).all(axis=1)
        corners = np.ascontiguousarray(corners[inside])
        named = {(float(x), float(y)): k for (x, y), k in zip(points, self._names(len(rim)), strict=True)}
        numbers = np.array(
            [sum(named.get((float(t[k]), float(t[k + 1])), 0) for k in (0, 2, 4)) for t in corners]
        )
        return corners, numbers.astype(np.int64)

    def _names(self, rim: int) -> list[int]:
        return [*range(-rim, 0), *(int(number) * 7919 for number in self._numbers)]

    def _shades(self, planes: NDArray[np.uint8], numbers: NDArray[np.int64], count: int) -> list[Plane]:
        """The mean colour of each facet, a little lighter or darker as it is turned."""
        owner = self._small.ravel()
        area = np.maximum(np.bincount(owner, minlength=count), 1)
        y, u, v = (np.bincount(owner, plane.ravel(), count) / area for plane in planes)
        y = 16 + (y - 16) * (0.93 + 0.14 * hashed(np.abs(numbers), self._seed + 9)) + 1
        return [np.clip(bytes_of(values), 16, 240) for values in (y, u, v)]


def _on_edges(edges: Plane, pitch: float) -> Real:
    """The strongest place of every square that has an edge: pixels of the frame."""
    step = max(round(pitch / 2), 2)
    rows, columns = edges.shape[0] // step, edges.shape[1] // step
    squares = edges[: rows * step, : columns * step].reshape(rows, step, columns, step).transpose(0, 2, 1, 3)
    flat = squares.reshape(rows * columns, step * step)
    best = flat.argmax(axis=1)
    strong = flat[np.arange(len(flat)), best] >= _EDGE
    k = np.flatnonzero(strong)
    x = (k % columns) * step + best[k] % step
    y = (k // columns) * step + best[k] // step
    return np.stack((x * 2 + 1, y * 2 + 1), axis=1).astype(np.float32)


def make(style: Style, width: int, height: int, seed: int) -> FacetLook:
    """The look of a style; see `catalogue.make_look`."""
    del style
    return FacetLook(width, height, seed)
