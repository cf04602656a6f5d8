"""One mask of one small picture: cut out by colours (Rother et al. 2004), tidied, and given a soft edge."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import Rgb

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_FAR_AWAY: Final = 0.025  # of the picture
_LOST, _COLLAPSED = 0.6, 0.15
"""What must remain of what was likely, of something far away and of all else: colours may not tell."""
_FEW: Final = 0.05  # of the picture: too few pixels to learn colours from
_CUT_OFF: Final = 0.12  # of a thing's width, that a post or somebody before it may hide


def cut(rgb: Rgb, likely: Mask, zone: Mask, sure: Mask | None = None) -> Mask:
    """GrabCut (Rother et al. 2004) within a zone; outside it there is background for sure.

    Args:
        rgb: the picture.
        likely: what is probably the thing.
        zone: where it may be.
        sure: what is the thing for sure; None where nothing is.
    """
    open_to = np.asarray(cv2.dilate(zone.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0, np.bool_)
    likely = likely & open_to  # what lies elsewhere would only teach it wrong colours
    if not likely.any():
        return likely
    seed = np.where(open_to, cv2.GC_PR_BGD, cv2.GC_BGD).astype(np.uint8)
    seed[likely] = cv2.GC_PR_FGD
    if sure is not None:
        seed[sure] = cv2.GC_FGD
    if not ((seed == cv2.GC_BGD) | (seed == cv2.GC_PR_BGD)).any():
        return likely
    part = _around(open_to)
    cv2.setRNGSeed(7)
    behind, before = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    bgr, inner = np.ascontiguousarray(rgb[part][..., ::-1]), np.ascontiguousarray(seed[part])
    cv2.grabCut(bgr, inner, (0, 0, 0, 0), behind, before, 2, cv2.GC_INIT_WITH_MASK)
    inside = np.zeros_like(likely)
    inside[part] = (inner == cv2.GC_FGD) | (inner == cv2.GC_PR_FGD)
    inside &= open_to
    least = _LOST if likely.mean() < _FEW else _COLLAPSED
    return likely if inside.sum() < least * likely.sum() else inside


def _around(mask: Mask) -> tuple[slice, slice]:
    """The part of the picture that a mask is in, and some of what is around it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    margin = 24
    return (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + margin),
    )


def tidy(mask: Mask) -> Mask:
    """Without specks, and without small holes."""
    side = 5 if mask.mean() > _FAR_AWAY else 3  # legs of somebody far away are two pixels wide
    smooth = cv2.medianBlur(mask.astype(np.uint8) * 255, side) > 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(smooth.astype(np.uint8), connectivity=8)
    if count <= 1:
        return np.zeros_like(mask)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    kept = np.asarray((areas >= 0.08 * areas.max())[labels], np.bool_)
    _, around, sizes, _ = cv2.connectedComponentsWithStats((~kept).astype(np.uint8), connectivity=4)
    small = np.asarray(sizes)[:, cv2.CC_STAT_AREA] < 0.004 * mask.size
    small[0] = False
    return kept | np.asarray(small, np.bool_)[np.asarray(around, np.int64)]


def largest(mask: Mask) -> Mask:
    """The largest piece, those that are worth a third of it, and what something before it has cut off."""
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    if count <= 1:
        return np.zeros_like(mask)
    table = np.asarray(stats, np.int64)
    areas = table[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    left, top, width, height = (int(value) for value in table[int(areas.argmax()), :4])
    near = np.zeros(mask.shape, np.bool_)
    reach = round(_CUT_OFF * width)
    near[max(0, top) : top + height, max(0, left - reach) : left + width + reach] = True
    beside = np.isin(np.arange(count), np.unique(np.asarray(labels)[near])) & (areas >= 0.05 * areas.max())
    return ((areas >= 0.33 * areas.max()) | beside)[labels]


def soft(mask: Mask) -> Plane:
    """A mask with a soft edge, float32, 0 to 1."""
    return np.asarray(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.8), np.float32)
