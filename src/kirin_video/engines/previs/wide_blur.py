"""Gaussian blurs that reach far, worked out at a smaller size: what they leave is smooth, nothing is lost."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

_FINE_SIGMA = 3.0
"""So wide a blur stays, in samples of the smaller size."""


def wide_blur(planes: Plane, sigma: float, border: int = cv2.BORDER_REFLECT_101) -> Plane:
    """What :func:`cv2.GaussianBlur` gives, to about a hundredth of what the planes range over.

    Args:
        planes: float32, (h, w) or (h, w, n).
        sigma: samples; below twice three the blur is made as it is.
        border: how the planes go on beyond their border, one of OpenCV's kinds.
    """
    step = int(sigma / _FINE_SIGMA)
    height, width = planes.shape[:2]
    if step <= 1 or min(height, width) < 8 * step:
        return np.asarray(cv2.GaussianBlur(planes, (0, 0), sigma, borderType=border), np.float32)
    size = width // step, height // step
    small = cv2.resize(planes, size, interpolation=cv2.INTER_AREA)
    across, down = sigma * size[0] / width, sigma * size[1] / height
    soft = cv2.GaussianBlur(small, (0, 0), sigmaX=across, sigmaY=down, borderType=border)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
