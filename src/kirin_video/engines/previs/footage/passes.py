"""What every edit of footage is: something that is done to one frame after the other."""

from __future__ import annotations

from typing import Protocol

from kirin_video.media.frames import I420Frame


class Pass(Protocol):
    """One edit of every frame."""

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Edit a frame, in place or into a buffer of its own; valid until the next frame."""
        ...
