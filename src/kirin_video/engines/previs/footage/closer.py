"""Masks of what is small in the picture, drawn again from a closer look at the key frames."""

# ruff: noqa: PLR2004 - shares of a figure that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.cutting import soft
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Rgb

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_SMALL: Final = 0.7  # of the picture's height
_TIMES: Final = 2
_CORE_PX: Final = 1.5  # what lies deeper in a first mask is the thing's: legs are no wider
_REACH_PX: Final = 4
"""How far a thing may reach beyond its first mask, pixels of the larger picture."""
_WIDE: Final = 2 * _REACH_PX + 1
_FEET: Final = 0.05  # of its height, that it may reach farther down
_ROUNDS: Final = 3


def times_closer(mattes: Mattes) -> int:
    """How many times larger footage is worth looking at for these masks: 1 where they are large as it is."""
    shown = [np.flatnonzero(mask.max(axis=1) > 0.5) for mask in mattes.masks if mask.max() > 0.5]
    talls = [float(np.ptp(rows)) for rows in shown]
    return _TIMES if talls and float(np.median(talls)) < _SMALL * len(mattes.masks[0]) else 1


def looked_closer(rgb: Rgb, mask: Plane) -> Plane:
    """A mask drawn to the outlines of a larger picture (GrabCut, Rother et al. 2004): float32, (h, w).

    Args:
        rgb: the picture.
        mask: of the same moment, smaller.
    """
    height, width = rgb.shape[:2]
    large = np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    likely = np.asarray(large > 0.5, np.bool_)
    if not likely.any():
        return large.clip(0, 1)
    rows, columns = np.flatnonzero(likely.any(axis=1)), np.flatnonzero(likely.any(axis=0))
    tall = int(rows[-1] - rows[0]) + 1
    margin = max(16, round(0.4 * tall))
    part = (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + margin),
    )
    inner, seed = likely[part], np.full(likely[part].shape, cv2.GC_BGD, np.uint8)
    seed[_open(inner, round(_FEET * tall))] = cv2.GC_PR_BGD
    seed[inner] = cv2.GC_PR_FGD
    thick = cv2.distanceTransform(inner.astype(np.uint8), cv2.DIST_L2, 3)
    seed[thick > _CORE_PX] = cv2.GC_FGD
    cv2.setRNGSeed(7)
    behind, before = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    bgr = np.ascontiguousarray(rgb[part][..., ::-1])
    cv2.grabCut(bgr, seed, (0, 0, 0, 0), behind, before, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    found = np.asarray((seed == cv2.GC_FGD) | (seed == cv2.GC_PR_FGD), np.bool_)
    if not 0.8 < found.sum() / inner.sum() < 1.4:  # colours alone say something else
        found = inner
    out = np.zeros_like(likely)
    out[part] = _whole(found)
    return soft(out)


def _open(inner: Mask, down: int) -> Mask:
    """Where a thing may be besides its mask: a little around, and below its lowest part."""
    around = cv2.dilate(inner.astype(np.uint8), np.ones((_WIDE, _WIDE), np.uint8))
    kernel = np.zeros((2 * down + 1, _WIDE), np.uint8)
    kernel[: down + 1] = 1  # the anchor is its middle: what is set lies above, so that the mask grows down
    lower = inner.astype(np.uint8)
    lower[: -max(1, inner.shape[0] // 3)] = 0
    return np.maximum(around, cv2.dilate(lower, kernel)) > 0


def _whole(mask: Mask) -> Mask:
    """Without specks beside what is large."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count <= 1:
        return mask
    areas = np.asarray(stats)[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    return np.asarray((areas >= 0.06 * areas.max())[np.asarray(labels)], np.bool_)
