"""Facts about clips of our own, counted from their frames rather than believed from their headers.

For files this package wrote. What callers send is judged in a locked-down child: see ``judge``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.container.input import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from kirin_video.media.errors import UnreadableClip
from kirin_video.media.pyav import packets

_QUARTER_TURN = 90


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What a whole clip turned out to be.

    Attributes:
        width: pixels, after rotation.
        height: pixels, after rotation.
        num_frames: how many frames decode.
        duration_s: num_frames at the clip's rate, counted from the first to the last frame's timestamp.
        fps: frames a second, exactly.
        constant_rate: whether every frame lies on the grid of ``fps``, starting at 0.
        codec: such as ``h264``.
        pix_fmt: such as ``yuv420p``.
        bt709: whether primaries, transfer, matrix and limited range are all tagged as BT.709.
        has_sound: whether there is a sound track.
        faststart: whether the index comes before the pictures.
        comment: the container's comment.
        size_bytes: of the file.
    """

    width: int
    height: int
    num_frames: int
    duration_s: float
    fps: Fraction
    constant_rate: bool
    codec: str
    pix_fmt: str
    bt709: bool
    has_sound: bool
    faststart: bool
    comment: str
    size_bytes: int


def probe_clip(path: Path) -> ClipFacts:
    """Decode a whole clip and say what it is.

    Raises:
        UnreadableClip: it is not an MP4 with pictures, or some of its frames cannot be decoded.
    """
    try:
        with av.open(str(path), "r", format="mov") as container:
            return _facts(path, container)
    except (FFmpegError, OSError, IndexError) as error:
        raise UnreadableClip(f"{path.name} is not a whole MP4: {error}") from error


def top_level_boxes(file: BinaryIO) -> list[bytes]:
    """The types of a file's top-level ISO base media boxes (ISO/IEC 14496-12, section 4.2), in order."""
    found: list[bytes] = []
    file.seek(0, 2)
    end, at = file.tell(), 0
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        if size == 1:
            size = int.from_bytes(file.read(8), "big")
        found.append(kind)
        if size < 8:  # noqa: PLR2004 - 0 means "to the end of the file"
            break
        at += size
    return found


def _facts(path: Path, container: InputContainer) -> ClipFacts:
    stream = container.streams.video[0]
    times, turn = _decode(container, stream)
    fps = stream.average_rate
    if not times or fps is None:
        raise UnreadableClip(f"{path.name} has no frames")
    width, height = stream.width, stream.height
    if turn % (2 * _QUARTER_TURN):
        width, height = height, width
    with path.open("rb") as file:
        boxes = top_level_boxes(file)
    return ClipFacts(
        width=width,
        height=height,
        num_frames=len(times),
        duration_s=float(times[-1] - times[0] + 1 / fps),
        fps=fps,
        constant_rate=all(time == index / fps for index, time in enumerate(times)),
        codec=stream.codec_context.name,
        pix_fmt=stream.pix_fmt or "",
        bt709=(stream.color_range, stream.color_primaries, stream.color_trc, stream.colorspace)
        == (1, 1, 1, 1),
        has_sound=bool(container.streams.audio),
        faststart=b"moov" in boxes and b"mdat" in boxes and boxes.index(b"moov") < boxes.index(b"mdat"),
        comment=container.metadata.get("comment", ""),
        size_bytes=path.stat().st_size,
    )


def _decode(container: InputContainer, stream: VideoStream) -> tuple[list[Fraction], int]:
    """The presentation time of every frame in seconds, and the turn in degrees to show them upright."""
    num_packets = 0
    times: list[Fraction] = []
    turn = 0
    # Whether a frame decodes is asked, not how it looks; and people wait for the answer.
    stream.thread_type = "AUTO"
    stream.codec_context.options = {"skip_loop_filter": "all"}
    for packet in packets(container, stream):
        num_packets += packet.size > 0
        for frame in packet.decode():
            if frame.pts is None or frame.time_base is None or frame.is_corrupt:
                raise UnreadableClip(f"frame {len(times)} is damaged")
            times.append(frame.pts * frame.time_base)
            turn = frame.rotation
    if num_packets != len(times):
        raise UnreadableClip(f"{len(times)} of {num_packets} frames decode")
    return times, turn
