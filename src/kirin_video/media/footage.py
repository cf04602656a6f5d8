"""A caller's footage as frames, decoded in a locked-down child and streamed: never whole in memory."""

from __future__ import annotations

import os
from collections.abc import Generator
from types import TracebackType
from typing import Final, Self

import numpy as np

from kirin_video.domain.shot import Clip
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.film import HELD
from kirin_video.media.frames import I420Frame, new_i420, one_buffer
from kirin_video.media.lockdown import Confines
from kirin_video.media.pyav import byte_view
from kirin_video.media.sandbox import Payload, ReaderLost, ReaderTooSlow, Sandbox

FILMING: Final = Confines(memory_bytes=3 << 30, wall_s=6 * 3600)
"""What reading footage may use. It lasts as long as its frames are worked on, which the worker bounds."""

_PATIENCE_S: Final = 60.0  # for one frame
_AHEAD_BYTES: Final = 1 << 20  # what the child may decode ahead; the most that Linux grants to anybody


class Footage:
    """Reads clips in a sandbox of its own. A context manager.

    Attributes:
        held: how many of the frames read last stood still because the footage had a hole there.
    """

    def __init__(self) -> None:
        self.held = 0
        self._sandbox = Sandbox(FILMING)

    @property
    def sandbox(self) -> Sandbox:
        """Where the files are read."""
        return self._sandbox

    def __enter__(self) -> Self:
        """Start the sandbox and prove that it holds.

        Raises:
            SandboxUnavailable: it does not.
        """
        self._sandbox.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.close()

    def frames(self, clip: Clip, width: int, height: int, num_frames: int) -> Generator[I420Frame]:
        """Exactly so many frames of a clip at exactly 24 a second, upright, scaled, BT.709 limited range.

        Frame k is the one nearest to k / 24 s after the clip's first.

        Args:
            clip: the footage.
            width: pixels, even.
            height: pixels, even.
            num_frames: how many.

        Yields:
            Frames, each in the same buffer, which the consumer may write to: valid until the next
            is asked for.

        Raises:
            UnreadableClip: the footage cannot be decoded.
            SandboxUnavailable: nothing can be read safely on this machine.
        """
        file = os.open(clip.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            limits = {"width": width, "height": height, "num_frames": num_frames}
            request = {"kind": "film", "limits": limits}
            with self._sandbox.reader(request, file, patience_s=_PATIENCE_S) as (answer, payload):
                if "facts" not in answer:
                    raise UnreadableClip(f"no frame can be decoded: {answer.get('refused')}")
                yield from self._received(payload, width, height, num_frames)
        except (ReaderLost, ReaderTooSlow) as error:
            raise UnreadableClip(f"the footage cannot be decoded to its end: {error}") from error
        finally:
            os.close(file)

    def _received(self, payload: Payload, width: int, height: int, num_frames: int) -> Generator[I420Frame]:
        payload.widen(_AHEAD_BYTES)
        self.held = 0
        frame = new_i420(width, height)
        planes = one_buffer(frame)
        assert planes is not None
        whole = byte_view(planes)
        mark = np.zeros(1, np.uint8)
        for _ in range(num_frames):
            payload.fill(byte_view(mark), _PATIENCE_S)
            payload.fill(whole, _PATIENCE_S)
            self.held += bytes(mark) == HELD
            yield frame
