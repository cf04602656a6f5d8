"""Somebody whom motion told in part: feet that stood still, completed by their colours."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.matte import weak_outline
from kirin_video.engines.previs.photo.picture import Rgb

Mask = NDArray[np.bool_]

_ROOM: Final = 0.45
"""How far around what is known the rest may be, as a share of its longer side."""
_SURE: Final = 0.04
"""So far inside its outline it is sure, as a share of its longer side."""
_ROUNDS: Final = 3
_PLAINER: Final = 0.04
"""So much less of the outline runs through even colour, or nothing was missing."""
_MOST: Final = 1.9
"""Not somebody else nearby, or the ground: completed, it is at most so many times as large."""
_TINY: Final = 200


def completed(rgb: Rgb, mask: Mask) -> Mask:
    """The mask with what of the same colours hangs together with it; the same mask where nothing is missing.

    GrabCut (Rother et al. 2004) around it, held to a plainer outline.

    Args:
        rgb: the small picture, uint8, (h, w, 3).
        mask: bool, (h, w), of somebody.
    """
    if int(mask.sum()) < _TINY:
        return mask
    near = _around(mask)
    grown = np.zeros_like(mask)
    grown[near] = _cut(np.ascontiguousarray(rgb[near]), mask[near]) | mask[near]
    grown = _with_pieces_at(grown, mask)
    plainer = weak_outline(rgb, grown) < weak_outline(rgb, mask) - _PLAINER
    return grown if plainer and float(grown.sum()) < _MOST * float(mask.sum()) else mask


def _around(mask: Mask) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    room = round(_ROOM * max(int(np.ptp(rows)), int(np.ptp(columns))))
    return (
        slice(max(int(rows[0]) - room, 0), int(rows[-1]) + 1 + room),
        slice(max(int(columns[0]) - room, 0), int(columns[-1]) + 1 + room),
    )


def _cut(rgb: Rgb, mask: Mask) -> Mask:
    """What GrabCut takes for the subject; the picture's rim is ground."""
    reach = 2 * max(2, round(_SURE * max(mask.shape))) + 1
    sure = cv2.erode(mask.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    seed = np.where(mask, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    seed[:2] = seed[-2:] = seed[:, :2] = seed[:, -2:] = cv2.GC_BGD
    seed[sure] = cv2.GC_FGD
    cv2.setRNGSeed(7)  # GrabCut starts from k-means with OpenCV's own random numbers
    models = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    cv2.grabCut(bgr, seed, (0, 0, 0, 0), *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    found = ((seed == cv2.GC_FGD) | (seed == cv2.GC_PR_FGD)).astype(np.uint8)
    return cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0


def _with_pieces_at(grown: Mask, mask: Mask) -> Mask:
    """Only what hangs together with somebody."""
    labels = np.asarray(cv2.connectedComponents(grown.astype(np.uint8), connectivity=8)[1], np.int64)
    kept = np.unique(labels[mask])
    return np.isin(labels, kept[kept > 0])
