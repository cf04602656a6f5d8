"""Colours of pictures as the planes of frames."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]


MATRIX = (
    (0.2126 * 219, 0.7152 * 219, 0.0722 * 219, 16 * 255),
    (-0.2126 / 1.8556 * 224, -0.7152 / 1.8556 * 224, 0.5 * 224, 128 * 255),
    (0.5 * 224, -0.7152 / 1.5748 * 224, -0.0722 / 1.5748 * 224, 128 * 255),
)
"""From R, G, B and 1 to 255 times Y, Cb and Cr (ITU-R BT.709-6, section 3)."""


def ycbcr(rgb: NDArray[np.uint8]) -> Plane:
    """BT.709 limited-range Y'CbCr of an RGB picture: float32, (h, w, 3)."""
    matrix = np.array(MATRIX, np.float32) / np.float32(255)
    return np.asarray(cv2.transform(rgb.astype(np.float32), matrix), np.float32)
