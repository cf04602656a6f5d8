"""Colours of pictures as the planes of frames."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]


def ycbcr(rgb: NDArray[np.uint8]) -> Plane:
    """BT.709 limited-range Y'CbCr (ITU-R BT.709-6, section 3) of an RGB picture: float32, (h, w, 3)."""
    matrix = np.array(
        [
            [0.2126 * 219, 0.7152 * 219, 0.0722 * 219],
            [-0.2126 / 1.8556 * 224, -0.7152 / 1.8556 * 224, 0.5 * 224],
            [0.5 * 224, -0.7152 / 1.5748 * 224, -0.0722 / 1.5748 * 224],
        ],
        np.float32,
    ) / np.float32(255)
    offset = np.array([16, 128, 128], np.float32)
    return np.asarray(cv2.transform(rgb.astype(np.float32), matrix), np.float32) + offset
