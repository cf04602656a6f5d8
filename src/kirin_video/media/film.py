"""Turns a stranger's movie into plain frames, one after the other. Runs only in a locked-down child.

What leaves the child is a known number of bytes for a known number of frames and no format at all: whatever a
hostile file does to a decoder can change the picture and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from typing import BinaryIO, Final

import av
import numpy as np
from av.container.input import InputContainer
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.media.frames import I420Frame, new_i420, one_buffer
from kirin_video.media.hdr import ToneMapper, is_hdr
from kirin_video.media.interlaced import progressive
from kirin_video.media.pyav import packets, plane_view
from kirin_video.media.readers import Answer, open_movie, pictures_of, sample_movie

FRESH: Final = b"\0"
HELD: Final = b"\1"
"""What goes before each frame: whether it is the footage's at that moment, or one that stands for it because
the footage has a hole there."""

_HOLE_S: Final = Fraction(3, 2 * FPS) + Fraction(1, 1000)  # further from its moment, a frame only stands in
_QUARTER_TURN: Final = 90
_BT709: Final = 1
_KNOWN_MATRICES: Final = frozenset({1, 4, 5, 6, 7, 9})  # AVColorSpace of ISO/IEC 23091-2 that swscale knows
_SHRINKING: Final = 1.4  # from here on the mean of an area beats a cubic through it

Moment = tuple[Fraction, av.VideoFrame]


def warm_up() -> None:
    """Do everything once that Python or the libraries put off until the first movie."""
    _, pieces = read_film(io.BytesIO(sample_movie()), width=16, height=16, num_frames=2)
    assert len(b"".join(pieces)) == 2 * (1 + 16 * 16 * 3 // 2)


def read_film(file: BinaryIO, width: int, height: int, num_frames: int) -> tuple[Answer, Iterator[bytes]]:
    """Decode a movie to BT.709 limited-range I420 at 24 frames a second.

    Frame k is the one nearest to k / 24 s after the first, upright and scaled to the size asked for. Footage
    that is too short, or that cannot be decoded for a while, stands still.

    Args:
        file: the whole file, seekable.
        width: pixels after rotation, even.
        height: pixels after rotation, even.
        num_frames: how many frames to send.

    Returns:
        Facts about the footage, and for each frame ``FRESH`` or ``HELD`` and then its planes Y, U and V.

    Raises:
        Exception: not even one frame can be decoded.
    """
    movie = open_movie(file)
    stream = pictures_of(movie)
    stream.codec_context.thread_count = 1
    moments = _moments(movie, stream)
    first = next(moments)
    turns = round(first[1].rotation / _QUARTER_TURN) % 4
    facts: Answer = {"turns": turns, "codec": stream.codec_context.name}
    return facts, _pieces(_on_grid(first, moments, num_frames), width, height, turns)


def _moments(movie: InputContainer, stream: VideoStream) -> Iterator[Moment]:
    """Every frame that decodes with its time in seconds, in rising order of time."""
    last: Fraction | None = None
    for packet in packets(movie, stream):
        try:
            frames = packet.decode()
        except FFmpegError:
            continue  # the frames around it may be sound
        for frame in frames:
            if frame.pts is None or frame.time_base is None:
                continue
            time = frame.pts * frame.time_base
            if last is None or time > last:
                last = time
                yield time, frame


def _on_grid(
    first: Moment, moments: Iterator[Moment], num_frames: int
) -> Iterator[tuple[av.VideoFrame, bool]]:
    """The frame nearest to each k / 24 s, and whether it only stands in for one that is missing."""
    start, before = first[0], first
    index = 0
    for after in moments:
        while index < num_frames and _nearer(before[0], start + Fraction(index, FPS), after[0]):
            yield before[1], abs(before[0] - start - Fraction(index, FPS)) > _HOLE_S
            index += 1
        before = after
        if index == num_frames:
            return
    for rest in range(index, num_frames):
        yield before[1], start + Fraction(rest, FPS) - before[0] > _HOLE_S


def _nearer(before: Fraction, wanted: Fraction, after: Fraction) -> bool:
    return wanted - before <= after - wanted


def _pieces(
    frames: Iterator[tuple[av.VideoFrame, bool]], width: int, height: int, turns: int
) -> Iterator[bytes]:
    planes = Planes(width, height, turns)
    last: av.VideoFrame | None = None
    for frame, held in frames:
        if frame is not last:
            planes.take(frame)
            last = frame
        yield HELD if held else FRESH
        yield planes.as_bytes()


class Planes:
    """Brings decoded frames of any kind to one size, upright, BT.709, limited range.

    Args:
        width: pixels after rotation.
        height: pixels after rotation.
        turns: quarter turns against the clock that show the footage upright.
    """

    def __init__(self, width: int, height: int, turns: int) -> None:
        self._out = new_i420(width, height)
        self._turns = turns
        self._lying = (height, width) if turns % 2 else (width, height)
        self._reformatter = VideoReformatter()
        self._tones: ToneMapper | None = None

    def take(self, frame: av.VideoFrame) -> None:
        """Convert a frame."""
        out = (self._out.y, self._out.u, self._out.v)
        for plane, rows in zip(out, self._ready(frame), strict=True):
            plane[:] = np.rot90(rows, self._turns) if self._turns else rows

    def _ready(self, frame: av.VideoFrame) -> list[NDArray[np.uint8]]:
        """The planes of a frame at the size asked for, not yet turned."""
        width, height = self._lying
        if is_hdr(frame):
            self._tones = self._tones or ToneMapper(int(frame.color_trc))
            mapped = self._tones.mapped(frame, width, height)
            return [mapped.y, mapped.u, mapped.v]
        whole = progressive(frame) if frame.interlaced_frame else frame
        ready = whole if self._is_ready(whole) else self._converted(whole)
        halves = (1, 2, 2)
        return [plane_view(ready, k)[: height // half, : width // half] for k, half in enumerate(halves)]

    def as_bytes(self) -> bytes:
        """The planes one after the other."""
        whole = one_buffer(self._out)
        assert whole is not None
        return whole.tobytes()

    def _is_ready(self, frame: av.VideoFrame) -> bool:
        return (
            frame.format.name == "yuv420p"
            and (frame.width, frame.height) == self._lying
            and frame.color_range != ColorRange.JPEG
            and (frame.colorspace == _BT709 or frame.colorspace not in _KNOWN_MATRICES)
        )

    def _converted(self, frame: av.VideoFrame) -> av.VideoFrame:
        width, height = self._lying
        tagged = frame.colorspace in _KNOWN_MATRICES
        full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
        return self._reformatter.reformat(
            frame,
            width=width,
            height=height,
            format="yuv420p",
            src_colorspace=None if tagged else Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=(Interpolation.AREA if frame.width > _SHRINKING * width else Interpolation.BICUBIC)
            | Interpolation.ACCURATE_RND,
            threads=1,
        )


def frame_bytes(frame: I420Frame) -> int:
    """The bytes of a frame's three planes."""
    return frame.y.nbytes + frame.u.nbytes + frame.v.nbytes
