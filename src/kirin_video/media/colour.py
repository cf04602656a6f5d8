"""RGB to BT.709 planes and back, the one place where frames change colour space on the way to a file.

swscale assumes BT.601 unless told otherwise, which costs seven decibels on saturated pictures, so the
matrix is always named.
"""

from __future__ import annotations

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame, new_i420
from kirin_video.media.pyav import plane_view


def rgb_to_i420(rgb: NDArray[np.uint8], into: I420Frame | None = None) -> I420Frame:
    """Convert one RGB picture to BT.709 limited-range planes.

    Args:
        rgb: full-range RGB, uint8, (H, W, 3), both sides even.
        into: a frame of that size to fill, instead of a new one.

    Raises:
        ValueError: the shape is not (H, W, 3), or a side is odd.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3:  # noqa: PLR2004
        raise ValueError(f"expected RGB of shape (H, W, 3), not {rgb.shape}")
    height, width = rgb.shape[:2]
    planes = into if into is not None else new_i420(width, height)
    source = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgb), "rgb24")
    converted = source.reformat(
        format="yuv420p",
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    for index, plane in enumerate((planes.y, planes.u, planes.v)):
        plane[:] = plane_view(converted, index)[: plane.shape[0], : plane.shape[1]]
    return planes


def to_rgb(frame: av.VideoFrame, width: int | None = None, height: int | None = None) -> NDArray[np.uint8]:
    """A decoded frame as full-range RGB, uint8, (height, width, 3), scaled when a size is given.

    Frames without a tagged matrix are taken as BT.709, which is what this package writes.
    """
    tagged = frame.colorspace in _KNOWN_MATRICES
    picture = frame.reformat(
        width=width,
        height=height,
        format="rgb24",
        src_colorspace=None if tagged else Colorspace.ITU709,
        dst_color_range=ColorRange.JPEG,
    )
    rows = plane_view(picture, 0)[: picture.height, : picture.width * 3]
    return rows.reshape(picture.height, picture.width, 3).copy()


_KNOWN_MATRICES = frozenset({1, 4, 5, 6, 7, 9})  # AVColorSpace of ISO/IEC 23091-2 that swscale knows
