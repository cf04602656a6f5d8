"""Pictures as the kernels of this package read them: neighbours in one number, a margin around."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.coding import coded
from kirin_video.engines.previs.photo.fours import doubled, pairs, pairs_of_two
from kirin_video.engines.previs.photo.picture import Rgb

_MARGIN = 0.1


class Sheet(NamedTuple):
    """One picture at one size; see :mod:`photo.fours`.

    Attributes:
        luma: at twice the size, even samples are the picture's own, each with the next one, uint16, flat.
        chroma: Cb and Cr, each sample with the next one, uint32, flat.
        columns: of chroma in a row, W + 2 pad.
        rows: of chroma, H + 2 pad.
        pad: pixels of mirrored margin.
        scale: this sheet's pixels for one of the picture's.
    """

    luma: NDArray[np.uint16]
    chroma: NDArray[np.uint32]
    columns: int
    rows: int
    pad: int
    scale: float


def sheets_of(rgb: Rgb, count: int) -> tuple[Sheet, ...]:
    """A picture at its own size, half of it, and so on: for views that show it smaller."""
    found: list[Sheet] = []
    height, width = rgb.shape[:2]
    for level in range(count):
        scale = 0.5**level
        size = max(8, round(width * scale)), max(8, round(height * scale))
        shrunk = rgb if level == 0 else cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        found.append(_sheet(np.asarray(shrunk, np.uint8), size[0] / width))
    return tuple(found)


def _sheet(rgb: Rgb, scale: float) -> Sheet:
    pad = max(4, round(_MARGIN * max(rgb.shape[:2])))
    pad = min(pad, min(rgb.shape[:2]) - 1)
    wide = cv2.copyMakeBorder(rgb, pad, pad, pad, pad, cv2.BORDER_REFLECT_101)
    luma, blue, red = coded(np.asarray(wide, np.uint8))
    both = np.asarray(cv2.merge([blue, red]), np.uint8).view(np.uint16)
    return Sheet(pairs(doubled(luma)), pairs_of_two(both), luma.shape[1], luma.shape[0], pad, scale)
