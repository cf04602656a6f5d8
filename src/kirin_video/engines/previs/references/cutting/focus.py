"""Subjects in focus before a blurred ground: what a camera with an open lens has cut out already."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Mask = NDArray[np.bool_]

_FINEST = 40.0
"""More of an edge than this counts no more: one hard line is no texture."""
_SPREAD = 0.022
"""How far fine detail counts for its neighbourhood, as a share of the longer side."""
_SHARP = 0.36
"""What has so much of the detail of the sharpest tenth is in focus."""
_BLURRED = 0.16
"""The ground is out of focus where its least detail is no more of the greatest than this."""
_LEAST, _MOST = 0.08, 0.85


def find_in_focus(rgb: Rgb) -> Mask:
    """The one large thing in focus in a small picture; empty where nothing is blurred, or too much is sharp.

    Args:
        rgb: the picture, about 300 pixels.

    Returns:
        bool, (h, w).
    """
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    detail = np.minimum(np.abs(np.asarray(cv2.Laplacian(grey, cv2.CV_32F, ksize=3), np.float32)), _FINEST)
    around = np.asarray(cv2.GaussianBlur(detail, (0, 0), _SPREAD * max(grey.shape)), np.float32)
    least, most, sharpest = (float(p) for p in np.percentile(around, (5, 90, 95)))
    if least > _BLURRED * sharpest:
        return np.zeros(grey.shape, np.bool_)
    mask = _largest(around > _SHARP * most)
    return mask if _LEAST < float(mask.mean()) < _MOST else np.zeros(grey.shape, np.bool_)


def _largest(mask: Mask) -> Mask:
    """The largest piece, its holes closed."""
    count, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    numbered = np.asarray(labels, np.int64)
    sizes = np.bincount(numbered.ravel(), minlength=count)
    sizes[0] = 0
    rest: NDArray[np.uint8] = (numbered != int(sizes.argmax())).astype(np.uint8)
    padded = cv2.copyMakeBorder(rest, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    outside = np.asarray(cv2.connectedComponents(padded, connectivity=4)[1], np.int64)
    return (outside != outside[0, 0])[1:-1, 1:-1]
