"""Small pictures of clips, for people: of one that is being made, and of one that is whole."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray
from PIL import Image

from kirin_video.media.colour import to_rgb
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.frames import I420Frame
from kirin_video.media.pyav import plane_view

LONGEST_PX: Final = 640
"""Longer sides are scaled to this; at the quality below a still is 5 to 40 kB."""

_QUALITY: Final = 78
_EFFORT: Final = 2
"""Of 0 to 6. At Pillow's own choice, 4, a still takes 23 CPU ms instead of 10 and has 4% fewer bytes."""
_PLACE: Final = 0.45  # of a clip's length: in the thick of it


def still_of_frame(frame: I420Frame) -> bytes:
    """A frame as a small WebP."""
    picture = av.VideoFrame(frame.width, frame.height, "yuv420p")
    for index, plane in enumerate((frame.y, frame.u, frame.v)):
        plane_view(picture, index)[: plane.shape[0], : plane.shape[1]] = plane
    return _encoded(_small(picture))


def poster_index(num_frames: int) -> int:
    """Which frame of a clip stands for it, from 0."""
    return min(math.ceil(num_frames * _PLACE), num_frames - 1)


def poster_of(path: Path) -> bytes:
    """The frame of a clip that stands for it, as a small WebP. The clip is one of ours.

    Raises:
        UnreadableClip: it cannot be decoded.
    """
    try:
        with av.open(str(path), "r", format="mov") as movie:
            stream = movie.streams.video[0]
            stream.thread_type = "AUTO"
            wanted = int((stream.duration or 0) * _PLACE)
            movie.seek(wanted, stream=stream)
            found: av.VideoFrame | None = None
            for found in movie.decode(video=0):
                if found.pts is not None and found.pts >= wanted:
                    break
            if found is None:
                raise UnreadableClip(f"{path.name} has no frames")
            return _encoded(_small(found))
    except (FFmpegError, OSError, IndexError) as error:
        raise UnreadableClip(f"{path.name} cannot be decoded: {error}") from error


def _small(picture: av.VideoFrame) -> NDArray[np.uint8]:
    scale = min(1.0, LONGEST_PX / max(picture.width, picture.height))
    return to_rgb(picture, max(2, round(picture.width * scale)), max(2, round(picture.height * scale)))


def _encoded(rgb: NDArray[np.uint8]) -> bytes:
    content = io.BytesIO()
    Image.fromarray(rgb).save(content, "WEBP", quality=_QUALITY, method=_EFFORT)
    return content.getvalue()
