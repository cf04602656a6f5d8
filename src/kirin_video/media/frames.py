"""The frame that engines draw and encoders read: BT.709 limited-range 4:2:0 planes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RgbFrames = NDArray[np.uint8]
"""RGB pictures, uint8: one, (H, W, 3), or several, (n, H, W, 3)."""


@dataclass(frozen=True, slots=True)
class I420Frame:
    """One frame as BT.709 limited-range planes.

    Attributes:
        y: luma, uint8, (H, W).
        u: blue difference, uint8, (H/2, W/2).
        v: red difference, uint8, (H/2, W/2).

    The planes may be views into a buffer that the engine reuses: they are valid until the next frame
    is asked for.
    """

    y: NDArray[np.uint8]
    u: NDArray[np.uint8]
    v: NDArray[np.uint8]

    @property
    def width(self) -> int:
        """Pixels."""
        return self.y.shape[1]

    @property
    def height(self) -> int:
        """Pixels."""
        return self.y.shape[0]

    def copied(self) -> I420Frame:
        """The same picture in a buffer of its own."""
        copy = new_i420(self.width, self.height)
        copy.y[:], copy.u[:], copy.v[:] = self.y, self.u, self.v
        return copy


def new_i420(width: int, height: int) -> I420Frame:
    """An uninitialised frame whose three planes lie one after the other in one buffer.

    Encoders read such a frame without copying it.

    Raises:
        ValueError: a side is odd or not positive.
    """
    if width <= 0 or height <= 0 or width % 2 or height % 2:
        raise ValueError(f"4:2:0 frames have even sides, not {width}x{height}")
    luma, chroma = width * height, width * height // 4
    buffer = np.empty(luma + 2 * chroma, np.uint8)
    half = (height // 2, width // 2)
    return I420Frame(
        buffer[:luma].reshape(height, width),
        buffer[luma : luma + chroma].reshape(half),
        buffer[luma + chroma :].reshape(half),
    )


def one_buffer(frame: I420Frame) -> NDArray[np.uint8] | None:
    """The frame as one (H * 3/2, W) array over the same memory, where its planes lie one after the other.

    Returns:
        The array, which keeps the luma plane's memory alive, or None when the planes lie apart.
    """
    planes = (frame.y, frame.u, frame.v)
    if not all(plane.flags.c_contiguous for plane in planes):
        return None
    start, end = frame.y.ctypes.data, frame.y.ctypes.data + frame.y.nbytes
    if frame.u.ctypes.data != end or frame.v.ctypes.data != end + frame.u.nbytes or start == end:
        return None
    owner = frame.y.base
    if not isinstance(owner, np.ndarray) or owner is not frame.v.base:
        return None  # neighbours by chance: nothing keeps the chroma alive together with the luma
    shape = (frame.height * 3 // 2, frame.width)
    return np.lib.stride_tricks.as_strided(frame.y, shape, (frame.width, 1))
