"""Laying one frame over another."""

# ruff: noqa: PLR2004 - 255 is all of a byte

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.matting import Alpha
from kirin_video.media.frames import I420Frame

Bytes = NDArray[np.uint8]


def mixed_over(front: I420Frame, alpha: Alpha, back: I420Frame) -> None:
    """Lay ``front`` over ``back``, in place of ``front``."""
    for own, other, share in (
        (front.y, back.y, alpha.luma),
        (front.u, back.u, alpha.chroma),
        (front.v, back.v, alpha.chroma),
    ):
        mix(own, other, share, own)


@njit(cache=True, nogil=True, parallel=True)
def mix(front: Bytes, back: Bytes, share: Bytes, out: Bytes) -> None:
    """Writes ``share`` (0 to 255) of the front and the rest of the back."""
    rows, columns = front.shape
    for row in prange(rows):
        for column in range(columns):
            a = np.int32(share[row, column])
            if a == 255:
                out[row, column] = front[row, column]
            elif a == 0:
                out[row, column] = back[row, column]
            else:
                total = np.int32(front[row, column]) * a + np.int32(back[row, column]) * (np.int32(255) - a)
                out[row, column] = np.uint8((total + np.int32(127)) // np.int32(255))
