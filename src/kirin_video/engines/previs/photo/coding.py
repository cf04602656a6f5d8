"""Pictures as the bytes of frames, one plane each."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.colors import MATRIX

Bytes = NDArray[np.uint8]

_M = tuple(tuple(np.float32(entry / 255) for entry in row) for row in MATRIX)
_ROUND = np.float32(0.5)


def coded(rgb: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """Y, Cb and Cr of every pixel (see :func:`colors.ycbcr`), uint8, (h, w) each.

    Args:
        rgb: uint8, (h, w, 3).
    """
    luma, blue, red = (np.empty(rgb.shape[:2], np.uint8) for _ in range(3))
    _code(np.ascontiguousarray(rgb), luma, blue, red)
    return luma, blue, red


def as_frame(rgb: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """Y of every pixel, uint8, (h, w), Cb and Cr of the means of blocks of two by two, uint8, (h/2, w/2).

    Args:
        rgb: uint8, (h, w, 3), of even sides.
    """
    height, width = rgb.shape[:2]
    luma = np.empty((height, width), np.uint8)
    blue, red = (np.empty((height // 2, width // 2), np.uint8) for _ in range(2))
    _code_blocks(np.ascontiguousarray(rgb), luma, blue, red)
    return luma, blue, red


@njit(cache=True, nogil=True)
def _code_blocks(rgb: Bytes, luma: Bytes, blue: Bytes, red: Bytes) -> None:
    quarter = np.float32(0.25)
    for row in range(blue.shape[0]):
        for y in range(2 * row, 2 * row + 2):
            for x in range(rgb.shape[1]):
                r, g, b = np.float32(rgb[y, x, 0]), np.float32(rgb[y, x, 1]), np.float32(rgb[y, x, 2])
                luma[y, x] = np.uint8(r * _M[0][0] + g * _M[0][1] + b * _M[0][2] + _M[0][3] + _ROUND)
        above, below = rgb[2 * row], rgb[2 * row + 1]
        for column in range(blue.shape[1]):
            x = 2 * column
            r = (
                np.float32(
                    np.int32(above[x, 0])
                    + np.int32(above[x + 1, 0])
                    + np.int32(below[x, 0])
                    + np.int32(below[x + 1, 0])
                )
                * quarter
            )
            g = (
                np.float32(
                    np.int32(above[x, 1])
                    + np.int32(above[x + 1, 1])
                    + np.int32(below[x, 1])
                    + np.int32(below[x + 1, 1])
                )
                * quarter
            )
            b = (
                np.float32(
                    np.int32(above[x, 2])
                    + np.int32(above[x + 1, 2])
                    + np.int32(below[x, 2])
                    + np.int32(below[x + 1, 2])
                )
                * quarter
            )
            blue[row, column] = np.uint8(r * _M[1][0] + g * _M[1][1] + b * _M[1][2] + _M[1][3] + _ROUND)
            red[row, column] = np.uint8(r * _M[2][0] + g * _M[2][1] + b * _M[2][2] + _M[2][3] + _ROUND)


@njit(cache=True, nogil=True)
def _code(rgb: Bytes, luma: Bytes, blue: Bytes, red: Bytes) -> None:
    # limited-range codes lie between 16 and 240, so that cutting off after adding a half rounds
    for y in range(rgb.shape[0]):
        for x in range(rgb.shape[1]):
            r, g, b = np.float32(rgb[y, x, 0]), np.float32(rgb[y, x, 1]), np.float32(rgb[y, x, 2])
            luma[y, x] = np.uint8(r * _M[0][0] + g * _M[0][1] + b * _M[0][2] + _M[0][3] + _ROUND)
            blue[y, x] = np.uint8(r * _M[1][0] + g * _M[1][1] + b * _M[1][2] + _M[1][3] + _ROUND)
            red[y, x] = np.uint8(r * _M[2][0] + g * _M[2][1] + b * _M[2][2] + _M[2][3] + _ROUND)
