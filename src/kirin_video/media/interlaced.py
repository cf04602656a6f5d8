"""Frames of two fields, which were filmed one after the other, as one picture without combs at what moves."""

from __future__ import annotations

from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

from kirin_video.media.pyav import plane_view

Bytes = NDArray[np.uint8]

_COMB: Final = 100
"""A row that differs from both its neighbours to the same side, the product of both differences above this,
is of another moment than they are."""


def progressive(frame: av.VideoFrame) -> av.VideoFrame:
    """A frame of 4:2:0 whose upper field is kept, and whose lower one is where nothing moves.

    Args:
        frame: of two fields, ``yuv420p`` or what can be had as that.
    """
    whole = frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p")
    made = av.VideoFrame(whole.width, whole.height, "yuv420p")
    for k in range(3):
        dest, rows = plane_view(made, k), plane_view(whole, k)
        columns = min(dest.shape[1], rows.shape[1])
        dest[:, :columns] = _uncombed(rows[: len(dest), :columns])
    made.color_range, made.colorspace = whole.color_range, whole.colorspace
    return made


def _uncombed(rows: Bytes) -> Bytes:
    """A plane whose odd rows are the mean of those around them wherever they show a comb."""
    out = rows.copy()
    above = rows[0:-1:2].astype(np.int16)[: (len(rows) - 1) // 2]
    below = rows[2::2].astype(np.int16)[: len(above)]
    own = rows[1:-1:2].astype(np.int16)[: len(above)]
    combed = (own - above) * (own - below).astype(np.int32) > _COMB
    # a comb is rarely one row: what lies beside one is one as well
    combed[1:] |= combed[:-1].copy()
    combed[:-1] |= combed[1:].copy()
    out[1 : 1 + 2 * len(above) : 2] = np.where(combed, (above + below + 1) >> 1, own)
    return out
