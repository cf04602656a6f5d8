"""What a look is: a style laid over the frames of one clip, in order."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame

Flow = NDArray[np.float32]
"""Where things were: float32, (rows, columns, 2), at any resolution that covers the frame evenly.

Each sample is the way (x, y), in pixels of the frame, from a place now to where it was a frame before."""


class Look(Protocol):
    """A style at work on one clip. It remembers what it painted, and the next frame agrees with it."""

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Paint the next frame.

        Args:
            frame: of the size the look was made for; it is not changed.
            motion: how things moved since the frame before, where somebody knows; otherwise it is found out.

        Returns:
            Planes that stay valid until the next call.
        """
        ...

    def cut(self) -> None:
        """Hear that the next frame begins a new shot, which looks like the last one only by chance."""
        ...
