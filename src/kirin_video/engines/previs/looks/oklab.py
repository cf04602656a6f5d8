"""Oklab (Ottosson, 2020): colours in which distances are what the eye sees, from and to video planes."""

# ruff: noqa: PLR2004 - the numbers are those of the definitions
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_TO_LMS = np.array(
    (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
)
_TO_LAB = np.array(
    (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
)

Colours = NDArray[np.float64]
"""Colours in rows, float64, (n, 3)."""


def lab_of_ycc(ycc: Colours) -> Colours:
    """Oklab of BT.709 limited-range Y, Cb, Cr in levels."""
    return lab_of_rgb(_rgb_of_ycc(ycc))


def ycc_of_lab(lab: Colours) -> Colours:
    """BT.709 limited-range Y, Cb, Cr of Oklab; what no screen can show is cut off."""
    lms = (lab @ np.linalg.inv(_TO_LAB).T) ** 3
    linear = np.clip(lms @ np.linalg.inv(_TO_LMS).T, 0, 1)
    rgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return _ycc_of_rgb(rgb)


def lab_of_rgb(rgb: Colours) -> Colours:
    """Oklab of sRGB from 0 to 1."""
    rgb = np.clip(rgb, 0, 1)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T


def _rgb_of_ycc(ycc: Colours) -> Colours:
    y = (ycc[:, 0] - 16) / 219
    u, v = (ycc[:, 1] - 128) / 224, (ycc[:, 2] - 128) / 224
    red, blue = y + 1.5748 * v, y + 1.8556 * u
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    return np.clip(np.stack((red, green, blue), axis=1), 0, 1)


def _ycc_of_rgb(rgb: Colours) -> Colours:
    y = rgb @ np.array((0.2126, 0.7152, 0.0722))
    u, v = (rgb[:, 2] - y) / 1.8556, (rgb[:, 0] - y) / 1.5748
    return np.stack((16 + 219 * y, 128 + 224 * u, 128 + 224 * v), axis=1)
