"""Pictures as the kernels of this package read them: luma at twice the size, a margin around."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.layers import doubled, ycbcr
from kirin_video.engines.previs.photo.picture import Rgb

_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture at one size.

    Attributes:
        luma: uint8, (2(H + 2 pad), 2(W + 2 pad)); even samples are the picture's own.
        chroma: Cb, and Cr times 256, uint16, (H + 2 pad, W + 2 pad).
        pad: pixels of mirrored margin.
        scale: this sheet's pixels for one of the picture's.
    """

    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint16]
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
    planes = np.asarray(
        cv2.copyMakeBorder(ycbcr(rgb), pad, pad, pad, pad, cv2.BORDER_REFLECT_101), np.float32
    )
    fine = doubled(np.ascontiguousarray(planes[..., 0]))
    colors = np.rint(np.clip(planes[..., 1:], 0, 255)).astype(np.uint16)
    return Sheet(
        np.rint(np.clip(fine, 0, 255)).astype(np.uint8),
        np.ascontiguousarray(colors[..., 0] | (colors[..., 1] << np.uint16(8))),
        pad,
        scale,
    )
