"""Places of roads, fields and skies in level bands: what somebody hides of them is carried across."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Mask = NDArray[np.bool_]

_BESIDE: Final = 0.035
"""How wide the strips are that are compared, as a share of the width."""
_ALIKE: Final = 30.0
"""Levels by which both sides of most rows differ, at most."""
_LEAST_PX: Final = 6
_SPARE: Final = 0.004
"""Beyond the hole so much is not believed either: soft edges and shade."""


def across(rgb: Rgb, hole: Mask) -> Rgb | None:
    """A picture whose hole every row fills from both its sides; None where these do not agree.

    Args:
        rgb: the picture, uint8, (h, w, 3).
        hole: bool, at a smaller size.
    """
    height, width = rgb.shape[:2]
    grown = cv2.resize(hole.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    reach = 2 * max(1, round(_SPARE * width)) + 1
    gone = cv2.dilate(grown, np.ones((reach, reach), np.uint8)) > 0
    rows = np.flatnonzero(gone.any(axis=1)).tolist()
    ends = {row: np.flatnonzero(gone[row])[[0, -1]].tolist() for row in rows}
    beside = max(_LEAST_PX, round(_BESIDE * width))
    ends = {row: (a, b + 1) for row, (a, b) in ends.items() if a >= beside and b + 1 <= width - beside}
    if len(ends) < len(rows) or not ends:
        return None
    apart = [
        np.abs(rgb[row, a - beside : a].mean(axis=0) - rgb[row, b : b + beside].mean(axis=0)).mean()
        for row, (a, b) in ends.items()
    ]
    if float(np.median(apart)) > _ALIKE:
        return None
    laid = rgb.copy()
    for row, (first, last) in ends.items():
        laid[row, first:last] = _carried(rgb[row], first, last)
    soft = cv2.GaussianBlur(gone.astype(np.float32), (0, 0), 1.0 + 0.5 * reach)[..., None]
    mixed = np.where(gone[..., None], laid, rgb + soft * (laid.astype(np.float32) - rgb))
    return np.rint(mixed).clip(0, 255).astype(np.uint8)


def _carried(line: Rgb, first: int, last: int) -> Rgb:
    """A row's pixels from its sides, mirrored at the edges of the gap and mixed, uint8, (n, 3)."""
    at = np.arange(last - first)
    left = line[first - 1 - _folded(at, first)]
    right = line[last + _folded(at[::-1], len(line) - last)]
    share = (at + 0.5)[:, None] / len(at)
    share = share * share * (3.0 - 2.0 * share)
    return np.rint(left + share * (right.astype(np.float64) - left)).astype(np.uint8)


def _folded(steps: NDArray[np.int64], room: int) -> NDArray[np.int64]:
    """Steps into so many pixels, turning round at both ends."""
    phase = steps % max(2 * room - 2, 1)
    return np.minimum(phase, 2 * room - 2 - phase) if room > 1 else np.zeros_like(steps)
