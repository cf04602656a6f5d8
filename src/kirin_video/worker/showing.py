"""What a render child lets people see: a frame now and then while a clip is made, a poster at its end.

Both are files in the job's folder, whole or not there. Nothing that goes wrong with them ends a task.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kirin_video.media.errors import UnreadableClip
from kirin_video.media.frames import I420Frame
from kirin_video.media.still import poster_index, poster_of, still_of_frame
from kirin_video.worker.protocol import POSTER_FILE, PREVIEW_FILE

PREVIEW_EVERY_S: Final = 4.0
"""A preview of a 1080p frame costs about 25 ms; so seldom, that is well below a hundredth of the work."""

_log = logging.getLogger(__name__)


def shown(
    frames: Iterator[I420Frame], folder: Path, num_frames: int, every_s: float = PREVIEW_EVERY_S
) -> Iterator[I420Frame]:
    """The same frames; the first is kept as a preview, the newest one every few seconds, one as the poster.

    Args:
        frames: of the whole clip.
        folder: where the pictures are kept.
        num_frames: how many frames there are.
        every_s: seconds from one preview to the next.
    """
    due, of_poster = 0.0, poster_index(num_frames)
    for index, frame in enumerate(frames):
        if (now := time.monotonic()) >= due:
            due = now + every_s
            _keep(folder / PREVIEW_FILE, still_of_frame(frame))
        if index == of_poster:
            _keep(folder / POSTER_FILE, still_of_frame(frame))
        yield frame


def keep_poster(clip: Path, folder: Path) -> None:
    """Keep a poster of a finished clip; without one, it is made when somebody first asks for it."""
    try:
        _keep(folder / POSTER_FILE, poster_of(clip))
    except UnreadableClip:
        _log.exception("there is no poster")


def _keep(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        _log.exception("%s cannot be written", path.name)
