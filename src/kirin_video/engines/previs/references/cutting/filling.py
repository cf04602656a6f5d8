"""Subjects that fill their picture: all that has not the colours of the picture's border."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Mask = NDArray[np.bool_]

_RIM = 0.02
_ROUNDS = 5
_MOST = 0.8


def find_filling(rgb: Rgb, *, reaches_below: bool = True) -> Mask:
    """The one large thing in a small picture, by GrabCut (Rother et al. 2004) from its borders.

    Args:
        rgb: the picture, about 300 pixels.
        reaches_below: whether it may go on beyond the lower border, as portraits do.

    Returns:
        bool, (h, w); empty where nothing sensible is left.
    """
    height, width = rgb.shape[:2]
    rim = max(2, round(_RIM * max(height, width)))
    seed = np.full((height, width), cv2.GC_PR_FGD, np.uint8)
    seed[:rim] = seed[:, :rim] = seed[:, -rim:] = cv2.GC_BGD
    if not reaches_below:
        seed[-rim:] = cv2.GC_BGD
    cv2.setRNGSeed(7)  # GrabCut starts from k-means with OpenCV's own random numbers
    models = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    cv2.grabCut(bgr, seed, (0, 0, 0, 0), *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    mask = _largest((seed == cv2.GC_FGD) | (seed == cv2.GC_PR_FGD))
    return mask if mask.mean() < _MOST else np.zeros_like(mask)


def _largest(mask: Mask) -> Mask:
    """The largest piece, smoothed, its holes closed."""
    smooth = cv2.medianBlur(mask.astype(np.uint8), 5)
    count, labels = cv2.connectedComponents(smooth, connectivity=4)
    numbered = np.asarray(labels, np.int64)
    if count <= 1:
        return np.zeros_like(mask)
    sizes = np.bincount(numbered.ravel(), minlength=count)
    sizes[0] = 0
    piece = (numbered == int(sizes.argmax())).astype(np.uint8)
    return ~_reached_from_border(piece == 0)


def _reached_from_border(open_: Mask) -> Mask:
    """What of an area hangs together with the picture's border: the rest are holes."""
    padded = cv2.copyMakeBorder(open_.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    labels = np.asarray(cv2.connectedComponents(padded, connectivity=4)[1], np.int64)
    return (labels == labels[0, 0])[1:-1, 1:-1]
