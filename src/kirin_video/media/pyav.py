"""The few PyAV calls whose stubs are incomplete, typed here once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container.input import InputContainer
from av.container.output import OutputContainer
from av.error import FFmpegError
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


def add_sound_stream(container: OutputContainer, rate: int, layout: str, extradata: bytes) -> AudioStream:
    """A new sound track for packets of AAC that exist already.

    Args:
        container: the file being written.
        rate: samples a second; the packets' times count them.
        layout: such as ``5.1``.
        extradata: what decoders must know, put into the file as it is.
    """
    stream = container.add_stream("aac", rate=rate, layout=layout)  # pyright: ignore[reportUnknownMemberType]
    context = stream.codec_context
    context.time_base = Fraction(1, rate)
    context.open()  # an encoder that is never used: it only carries the parameters
    context.extradata = extradata
    return stream


def add_packet(container: OutputContainer, stream: AudioStream, pts: int, duration: int, data: bytes) -> None:
    """Write a packet of sound; times in samples."""
    packet = av.Packet(data)
    packet.stream = stream
    packet.time_base = Fraction(1, stream.rate)
    packet.pts = packet.dts = pts
    packet.duration = duration
    packet.is_keyframe = True
    container.mux(packet)  # pyright: ignore[reportUnknownMemberType]


def encoded_sound(encoder: AudioCodecContext, frame: av.AudioFrame | None) -> Sequence[Packet[AudioStream]]:
    """What comes out of an encoder that is given a frame; None ends the sound."""
    return cast("Sequence[Packet[AudioStream]]", encoder.encode(frame))  # pyright: ignore[reportUnknownMemberType]


def packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """The packets of a stream; the last one is empty and drains the decoder."""
    yield from container.demux(stream)


def sound_packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    """The packets of a sound track; the last one is empty."""
    yield from container.demux(stream)


def sound_frames(container: InputContainer, stream: AudioStream) -> Iterator[av.AudioFrame]:
    """The frames of a sound track that decode; damaged packets are passed over."""
    for packet in sound_packets(container, stream):
        try:
            yield from packet.decode()
        except FFmpegError:
            continue


def byte_view(array: NDArray[np.uint8]) -> memoryview:
    """The bytes of a contiguous array, writable."""
    # The stubs can tell of the buffer protocol only from Python 3.12 on.
    return memoryview(array).cast("B")  # pyright: ignore[reportArgumentType]


def plane_view(frame: av.VideoFrame, index: int) -> NDArray[np.uint8]:
    """One plane of a frame as a writable view, uint8, (rows, line size in bytes)."""
    plane = frame.planes[index]
    # The stubs can tell of the buffer protocol only from Python 3.12 on.
    memory = memoryview(plane)  # pyright: ignore[reportArgumentType]
    return np.frombuffer(memory, np.uint8).reshape(-1, plane.line_size)
