"""The few PyAV calls whose stubs are incomplete, typed here once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.container.input import InputContainer
from av.container.output import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

if TYPE_CHECKING:  # the class is generic in the stubs alone
    from av.packet import Packet


def add_video_stream(
    container: OutputContainer, codec: str, rate: int, size: tuple[int, int], options: Mapping[str, str]
) -> VideoStream:
    """A new video stream of constant rate, whose timestamps count frames.

    Args:
        container: the file being written.
        codec: the encoder's name.
        rate: frames a second.
        size: width and height in pixels.
        options: the encoder's own.
    """
    stream = container.add_stream(  # pyright: ignore[reportUnknownMemberType]
        codec,
        rate=rate,
        options=dict(options),
        width=size[0],
        height=size[1],
        time_base=Fraction(1, rate),
    )
    return cast("VideoStream", stream)


def encode(container: OutputContainer, stream: VideoStream, frame: av.VideoFrame | None) -> None:
    """Encode a frame and write what comes out; None ends the stream."""
    container.mux(stream.encode(frame))  # pyright: ignore[reportUnknownMemberType]


def packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """The packets of a stream; the last one is empty and drains the decoder."""
    yield from container.demux(stream)


def plane_view(frame: av.VideoFrame, index: int) -> NDArray[np.uint8]:
    """One plane of a frame as a writable view, uint8, (rows, line size in bytes)."""
    plane = frame.planes[index]
    # The stubs can tell of the buffer protocol only from Python 3.12 on.
    memory = memoryview(plane)  # pyright: ignore[reportArgumentType]
    return np.frombuffer(memory, np.uint8).reshape(-1, plane.line_size)
