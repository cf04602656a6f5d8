"""Windows of houses, found in one frame by their shape and by others like them nearby."""

# ruff: noqa: PLR2004 - shares of a picture that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.superpixels import lab_of

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]
Boxes = NDArray[np.int64]

_SMALLEST, _LARGEST = 6e-5, 8e-3  # of the picture
_DARKER: Final = 0.82  # than the wall around
_FULL: Final = 0.78  # of its own outline
_ORDERLY: Final = 2  # others of its kind near it
_FEWEST: Final = 5


def find_windows(rgb: Bytes, elsewhere: Mask) -> Boxes:
    """The windows in a picture.

    Args:
        rgb: uint8, (h, w, 3).
        elsewhere: where there are none: sky, ground, whoever stands before the houses.

    Returns:
        int64, (n, 4): left, top, width and height; none where there are too few to be sure.
    """
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    side = max(9, rgb.shape[1] // 22) | 1
    wall = np.asarray(cv2.medianBlur(grey, min(side, 255)), np.float32)
    dark = (grey < _DARKER * wall - 4) & ~elsewhere
    opened = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    table = np.asarray(stats, np.int64)
    width, height = table[:, cv2.CC_STAT_WIDTH], table[:, cv2.CC_STAT_HEIGHT]
    share, shape = table[:, cv2.CC_STAT_AREA] / grey.size, width / np.maximum(height, 1)
    kept = (share > _SMALLEST) & (share < _LARGEST) & (shape > 0.18) & (shape < 1.3)
    kept[0] = False
    places = [k for k in np.flatnonzero(kept) if _is_upright(np.asarray(labels, np.int32), int(k), table[k])]
    found = np.array([row for row in table[places, :4] if _is_glass(rgb, row)], np.int64).reshape(-1, 4)
    orderly = found[_neighbors(found) >= _ORDERLY]
    return orderly if len(orderly) >= _FEWEST else orderly[:0]


def _is_upright(labels: NDArray[np.int32], number: int, row: NDArray[np.int64]) -> bool:
    """Whether something dark is filled, and as wide above as below: seen at a slant it is no rectangle."""
    left, top, width, height = (int(value) for value in row[:4])
    own = (labels[top : top + height, left : left + width] == number).astype(np.uint8)
    upper, lower = float(own[: height // 2].sum()), float(own[-(height // 2) :].sum())
    points = np.argwhere(own).astype(np.float32)
    hull = cv2.contourArea(cv2.convexHull(points)) + width + height
    return own.sum() > _FULL * hull and 0.62 < upper / max(lower, 1.0) < 1.6


def _is_glass(rgb: Bytes, row: NDArray[np.int64]) -> bool:
    """Whether something has the colours of a dark room or of a mirrored sky: no leaves, no paint."""
    left, top, width, height = (int(value) for value in row)
    _, a, b = np.median(
        lab_of(np.ascontiguousarray(rgb[top : top + height, left : left + width])), axis=(0, 1)
    )
    return bool(-9 < a < 12 and -30 < b < 10)


def _neighbors(boxes: Boxes) -> NDArray[np.int64]:
    """How many others of its shape and size each has near it."""
    x, y = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    wide, tall = boxes[:, 2].astype(np.float64), boxes[:, 3].astype(np.float64)
    size = np.maximum(tall, 1.5 * wide)
    near = np.hypot(x[:, None] - x, y[:, None] - y) < 3.4 * size
    alike = (np.abs(np.log(tall[:, None] / tall)) < 0.45) & (np.abs(np.log(wide[:, None] / wide)) < 0.6)
    return (near & alike).sum(axis=1) - 1
