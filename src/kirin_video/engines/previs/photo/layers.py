"""Layers as the kernels read them: Y'CbCr textures with alpha, padded, the luma at twice the size.

At the photograph's own pose they return the photograph exactly; see :mod:`fours`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.coding import coded
from kirin_video.engines.previs.photo.fours import doubled
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.warp import DISPARITY_PX

Plane = NDArray[np.float32]

_WINDOW_PX = 23
_OPAQUE = 255
TILE_PX = 4
"""Side of the tiles that say exactly where a layer is empty or opaque."""


@dataclass(frozen=True, slots=True)
class Textures:
    """All layers, farthest first, n of them; ``pad`` pixels lie around each picture.

    Attributes:
        luma: Y at twice the size, uint8, (n, 2(H + 2 pad), 2(W + 2 pad)).
        chroma: Cb, Cr, alpha and lit from the lowest byte up, uint32, (n, H + 2 pad, W + 2 pad).
        disparity: float32, (n, rows, columns), one sample every ``DISPARITY_PX`` pixels.
        kinds: whether a layer is empty, mixed or opaque around each point (0, 1, 2), with a point every
            ``DISPARITY_PX`` pixels of the padded picture, uint8, (n, rows, columns).
        tiles: the same of every ``TILE_PX`` by ``TILE_PX`` pixels and nothing around them.
        boxes: where a layer is not empty: left, top, right, bottom in pixels, float32, (n, 4).
        pad: pixels of invented margin.
    """

    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint32]
    disparity: Plane
    kinds: NDArray[np.uint8]
    tiles: NDArray[np.uint8]
    boxes: Plane
    pad: int


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer before it becomes a texture.

    Attributes:
        rgb: uint8, (H, W, 3).
        alpha: 0 to 1, float32, (H, W).
        disparity: float32, at any size.
        lit: how much of it shines by itself at night, 0 to 1, float32, (H, W); None for nothing.
    """

    rgb: Rgb
    alpha: Plane
    disparity: Plane
    lit: Plane | None = None


def build(layers: Sequence[Callable[[], Layer]], size: tuple[int, int], pad: int) -> Textures:
    """Makes the textures of a stack.

    Args:
        layers: give the layers, farthest first; asked in two threads.
        size: width and height of the picture.
        pad: pixels of invented margin.
    """
    width, height = size
    rows, columns = height // DISPARITY_PX + 2, width // DISPARITY_PX + 2
    count = len(layers)
    # only what a layer covers is written: the rest stays the untouched pages of an empty array
    luma = np.zeros((count, 2 * (height + 2 * pad), 2 * (width + 2 * pad)), np.uint8)
    chroma = np.zeros((count, height + 2 * pad, width + 2 * pad), np.uint32)
    disparity = np.empty((count, rows, columns), np.float32)
    found: list[tuple[NDArray[np.uint8], NDArray[np.uint8]]] = []
    boxes = np.empty((count, 4), np.float32)

    def make(index: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        layer = layers[index]()
        alpha = _padded(_bytes(layer.alpha * np.float32(255)), pad)
        boxes[index] = _box(alpha, pad)
        part = _covered(boxes[index], pad, alpha.shape)
        bright, blue, red = coded(_padded(layer.rgb, pad)[part])
        luma[index, _twice(part[0]), _twice(part[1])] = doubled(bright)
        lit = np.zeros_like(alpha) if layer.lit is None else _padded(_bytes(layer.lit * np.float32(255)), pad)
        words = cv2.merge([blue, red, alpha[part], lit[part]])
        chroma[index][part] = np.asarray(words, np.uint8).view(np.uint32)[..., 0]
        disparity[index] = sampled(layer.disparity, rows, columns, width, height)
        return _kinds(alpha, _WINDOW_PX, DISPARITY_PX), _kinds(alpha, TILE_PX, TILE_PX, from_corner=True)

    with ThreadPoolExecutor(2) as pool:
        found.extend(pool.map(make, range(count)))
    kinds, tiles = (np.stack(of_all) for of_all in zip(*found, strict=True))
    return Textures(luma, chroma, disparity, kinds, tiles, boxes, pad)


def _bytes(plane: Plane) -> NDArray[np.uint8]:
    return np.asarray(cv2.convertScaleAbs(plane), np.uint8)


def _covered(box: Plane, pad: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The rows and columns of a padded layer that are worth writing."""
    left, top, right, bottom = (int(edge) for edge in box)
    if right < left:
        return slice(0, 1), slice(0, 1)
    spare = pad + 2
    return (
        slice(max(top + pad - 2, 0), min(bottom + spare + 1, shape[0])),
        slice(max(left + pad - 2, 0), min(right + spare + 1, shape[1])),
    )


def _twice(part: slice) -> slice:
    return slice(2 * part.start, 2 * part.stop)


def _padded(plane: NDArray[np.uint8], pad: int) -> NDArray[np.uint8]:
    """Mirrored outwards."""
    return np.asarray(cv2.copyMakeBorder(plane, pad, pad, pad, pad, cv2.BORDER_REFLECT_101), np.uint8)


def sampled(plane: Plane, rows: int, columns: int, width: int, height: int) -> Plane:
    """A plane of any size read at the disparity grid's nodes."""
    x = (np.arange(columns, dtype=np.float32) * DISPARITY_PX + 0.5) * plane.shape[1] / width - 0.5
    y = (np.arange(rows, dtype=np.float32) * DISPARITY_PX + 0.5) * plane.shape[0] / height - 0.5
    grid_x = np.repeat(x.astype(np.float32)[None, :], rows, axis=0)
    grid_y = np.repeat(y.astype(np.float32)[:, None], columns, axis=1)
    sampled = cv2.remap(plane, grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sampled, np.float32)


def _kinds(alpha: NDArray[np.uint8], side: int, step: int, *, from_corner: bool = False) -> NDArray[np.uint8]:
    """The kind of square windows, one every few pixels: 0 where empty, 2 where opaque, else 1.

    Args:
        alpha: of a padded layer.
        side: of a window, pixels; ``_WINDOW_PX`` holds all of a cell whose middle is nearest to a point.
        step: from one window to the next, pixels.
        from_corner: whether a window begins at its point; else it lies around it.
    """
    window, anchor = np.ones((side, side), np.uint8), (0, 0) if from_corner else (-1, -1)
    most = np.asarray(cv2.dilate(alpha, window, anchor=anchor))[::step, ::step]
    least = np.asarray(cv2.erode(alpha, window, anchor=anchor))[::step, ::step]
    return np.where(least == _OPAQUE, 2, np.where(most > 0, 1, 0)).astype(np.uint8)


def _box(alpha: NDArray[np.uint8], pad: int) -> NDArray[np.float32]:
    rows = np.flatnonzero(alpha.any(axis=1))
    columns = np.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return np.array([1, 1, -1, -1], np.float32)
    box = [columns[0] - 1 - pad, rows[0] - 1 - pad, columns[-1] + 1 - pad, rows[-1] + 1 - pad]
    return np.array(box, np.float32)
