"""A frame as it is painted, before it is finished: pixels, and what lens and shutter need to know of them."""

from __future__ import annotations

import mmap
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BYTES_A_PIXEL = 4
_OPTICS_BYTES = 40 * 8
"""Four numbers of the focus, two matrices, three of the glass; some room."""

Buffer = bytearray | memoryview | mmap.mmap


@dataclass(frozen=True, slots=True)
class Plate:
    """One painted frame; every row order is OpenGL's, the bottom row first.

    Attributes:
        pixels: uint8, (H, W, 4). The last byte is below 128 where the nearest thing moves by itself.
        depth: uint16, (H, W), OpenGL's depth buffer; empty where neither lens nor shutter needs it.
        speeds: uint16, (H / 2, W / 2, 2), how far what moves by itself goes in the picture while the
            shutter is open, right and up: 32768 is not at all, 0 for nothing there, 65535 the farthest that
            is blurred; empty where the shutter is quick.
        focus: float64, (4,): the disc's radius at half size, in pixels, for one inverse metre; one over the
            distances from where to where things are sharp; the widest radius. All 0 where all is sharp.
        opening: float64, (4, 4), clip space now to clip space when the shutter opens.
        closing: float64, (4, 4), the same for when it closes.
        lens: float64, (3,): how far a fisheye reaches to the corners, in focal lengths; the widths and the
            heights of the picture that all of it smears over. All 0 for straight glass that is held still.
    """

    pixels: NDArray[np.uint8]
    depth: NDArray[np.uint16]
    speeds: NDArray[np.uint16]
    focus: NDArray[np.float64]
    opening: NDArray[np.float64]
    closing: NDArray[np.float64]
    lens: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Format:
    """What plates of one clip hold.

    Attributes:
        width: pixels, even.
        height: pixels, even.
        deep: whether they hold the depth, for a lens or a shutter.
        stirred: whether they hold speeds, for a shutter.
    """

    width: int
    height: int
    deep: bool = False
    stirred: bool = False

    @property
    def bytes(self) -> int:
        """How much memory one takes."""
        size = self.width * self.height
        return size * (_BYTES_A_PIXEL + 2 * self.deep + self.stirred) + _OPTICS_BYTES

    def plate(self, memory: Buffer | None = None, start: int = 0) -> Plate:
        """A plate in memory that is given, or in memory of its own.

        Args:
            memory: with room for it from ``start`` on, a multiple of 8.
            start: where it begins.
        """
        at, held = start, bytearray(self.bytes) if memory is None else memory

        def taken(shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[np.generic]:
            nonlocal at
            count = int(np.prod(shape))
            array = np.frombuffer(held, dtype, count, at).reshape(shape)
            at += array.nbytes
            return array

        height, width = self.height, self.width
        focus = taken((4,), np.float64)
        opening, closing = taken((4, 4), np.float64), taken((4, 4), np.float64)
        lens = taken((3,), np.float64)
        at = start + _OPTICS_BYTES
        return Plate(
            pixels=taken((height, width, _BYTES_A_PIXEL), np.uint8),  # pyright: ignore[reportArgumentType]
            depth=taken((height, width) if self.deep else (0, 0), np.uint16),  # pyright: ignore[reportArgumentType]
            speeds=taken((height // 2, width // 2, 2) if self.stirred else (0, 0, 2), np.uint16),  # pyright: ignore[reportArgumentType]
            focus=focus,  # pyright: ignore[reportArgumentType]
            opening=opening,  # pyright: ignore[reportArgumentType]
            closing=closing,  # pyright: ignore[reportArgumentType]
            lens=lens,  # pyright: ignore[reportArgumentType]
        )
