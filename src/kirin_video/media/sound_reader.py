"""Takes the sound out of a stranger's movie, as AAC packets. Runs only in a locked-down child.

AAC of the plain profile is copied, packet by packet; every other codec is decoded and encoded anew. Times
count from the first frame of the pictures, so that sound and pictures begin together in whatever clip the
packets are put into.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import BinaryIO, Final

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.codec.context import Flags
from av.container.input import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.media.pyav import (
    add_packet,
    add_sound_stream,
    encoded_sound,
    packets,
    sound_frames,
    sound_packets,
)
from kirin_video.media.readers import Answer, Refusal, open_movie, pictures_of

PACKET: Final = struct.Struct("<qII")
"""What goes before each packet: when it begins and how long it lasts, in samples, and its size in bytes."""

RATES: Final = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000)
"""Samples a second that AAC has, fastest first."""

LAYOUTS: Final = ("mono", "stereo", "3.0", "4.0", "5.0", "5.1")
"""Arrangements of loudspeakers that are kept; others become stereo."""

_ANEW_RATE: Final = 48000
_BITS_A_CHANNEL: Final = 96_000
_FRAME: Final = 1024  # samples of a packet of AAC
_ALIKE: Final = {"5.1(side)": "5.1", "5.0(side)": "5.0"}
_BY_COUNT: Final = {1: "mono", 2: "stereo", 6: "5.1"}
_JITTER_S: Final = Fraction(1, 50)  # timestamps this far off are roundings, not silence
_SILENCE: Final = 128  # of unsigned samples
_SEARCHED: Final = 64  # packets among which the first frame to be shown is
_MOST_BYTES: Final = 32 << 20

Pcm = NDArray[np.float32]
Packets = list[tuple[int, int, bytes]]


def warm_up() -> None:
    """Do everything once that Python or the libraries put off until the first sound."""
    encoder = _encoder(8000, "mono")
    assert _encoded(encoder, np.zeros((1, 2 * _FRAME), np.float32))
    frame = av.AudioFrame.from_ndarray(np.zeros((2, 64), np.float32), "fltp", "stereo")
    frame.sample_rate = 44100
    assert _resampled(np.zeros((2, 64), np.float32), "stereo", 44100, ("mono", 48000)).shape[0] == 1
    with av.open(io.BytesIO(_sample()), "r", format="mov") as movie:
        assert all(frame.to_ndarray().size for frame in sound_frames(movie, movie.streams.audio[0]))


def read_sound(file: BinaryIO, num_frames: int, fade_frames: int = 0) -> tuple[Answer, Iterator[bytes]]:
    """The first sound track of a movie, from its first frame on for so many frames of 1/24 s.

    Args:
        file: the whole file, seekable.
        num_frames: how many.
        fade_frames: over how many of the last ones sound that goes on beyond them fades out; it is encoded
            anew then.

    Returns:
        What a decoder must know (``rate``, ``layout``, ``extradata`` in hexadecimal digits), whether the
        packets were ``copied``, how many ``packets`` and ``bytes`` follow; then for each packet ``PACKET``
        and its bytes.

    Raises:
        Refusal: there is no sound in it.
        Exception: it cannot be read.
    """
    start = _first_frame_s(file)
    file.seek(0)
    with open_movie(file) as movie:
        if not movie.streams.audio:
            raise Refusal("no_sound")
        stream = movie.streams.audio[0]
        length_s = Fraction(num_frames, FPS)
        fades = bool(fade_frames) and _goes_on(file, start + length_s)
        if _can_be_copied(stream) and not fades:
            context = stream.codec_context
            found = _copied(movie, stream, start, length_s)
            return _answer(found, context.rate, context.layout.name, context.extradata, copied=True)
        rate, layout, pcm = _decoded(movie, stream, start, length_s)
    if fades:
        _fade_out(pcm, round(Fraction(fade_frames, FPS) * rate))
    encoder = _encoder(rate, layout)
    return _answer(_encoded(encoder, pcm), rate, layout, encoder.extradata, copied=False)


def _answer(
    found: Packets, rate: int, layout: str, extradata: bytes | None, *, copied: bool
) -> tuple[Answer, Iterator[bytes]]:
    pieces = [PACKET.pack(pts, duration, len(data)) + data for pts, duration, data in found]
    size = sum(map(len, pieces))
    if not found or size > _MOST_BYTES:
        raise Refusal("no_sound")
    facts: Answer = {
        "rate": rate,
        "layout": layout,
        "extradata": (extradata or b"").hex(),
        "copied": copied,
        "packets": len(found),
        "bytes": size,
    }
    return facts, iter(pieces)


def _first_frame_s(file: BinaryIO) -> Fraction:
    """When the first frame is shown, in seconds of the file's own time."""
    file.seek(0)
    with open_movie(file) as movie:
        seen = islice(packets(movie, pictures_of(movie)), _SEARCHED)
        times = [p.pts * p.time_base for p in seen if p.pts is not None and not p.is_discard]
    return min(times)


def _goes_on(file: BinaryIO, end_s: Fraction) -> bool:
    """Whether anything sounds after a moment of the file's own time."""
    at = file.tell()
    file.seek(0)
    with open_movie(file) as movie:
        times = (
            (packet.pts + (packet.duration or 0)) * packet.time_base
            for packet in sound_packets(movie, movie.streams.audio[0])
            if packet.pts is not None and packet.size
        )
        goes_on = any(time > end_s + _JITTER_S for time in times)
    file.seek(at)
    return goes_on


def _fade_out(pcm: Pcm, samples: int) -> None:
    """Let the end of a sound die away, in place: half a cosine."""
    count = min(samples, pcm.shape[1])
    pcm[:, pcm.shape[1] - count :] *= 0.5 + 0.5 * np.cos(np.linspace(0.0, np.pi, count, dtype=np.float32))


def _can_be_copied(stream: AudioStream) -> bool:
    context = stream.codec_context
    return (
        context.name == "aac"
        and context.profile == "LC"
        and bool(context.extradata)
        and context.rate in RATES
        and stream.time_base == Fraction(1, context.rate)
    )


def _copied(movie: InputContainer, stream: AudioStream, start: Fraction, length_s: Fraction) -> Packets:
    """The packets that sound within the clip, and the one before, which the first needs to fade in from."""
    rate = stream.codec_context.rate
    shift, end = round(start * rate), round(length_s * rate)
    found: Packets = []
    for packet in sound_packets(movie, stream):
        if packet.pts is None or not packet.size:
            continue
        pts, duration = packet.pts - shift, packet.duration or _FRAME
        if pts >= end:
            break
        if pts + duration > -_FRAME and (not found or pts > found[-1][0]):
            found.append((pts, duration, bytes(packet)))
    return found


def _decoded(
    movie: InputContainer, stream: AudioStream, start: Fraction, length_s: Fraction
) -> tuple[int, str, Pcm]:
    """The sound as it is heard: its rate, its layout, and float32 (channels, samples), silences too."""
    rate = stream.codec_context.rate
    total, cursor = round(length_s * rate), -rate
    heard: Pcm | None = None
    layout = "stereo"
    for frame in sound_frames(movie, stream):
        if heard is None:
            layout = frame.layout.name
            heard = np.zeros((frame.layout.nb_channels, total), np.float32)
        if frame.pts is None or frame.time_base is None or frame.layout.nb_channels != len(heard):
            continue
        at = round((frame.pts * frame.time_base - start) * rate)
        at = cursor if abs(at - cursor) <= _JITTER_S * rate else at
        if at >= total:
            break
        samples = _floats(frame)
        cursor = at + samples.shape[1]
        first, last = max(at, 0), min(cursor, total)
        if last > first:
            heard[:, first:last] = samples[:, first - at : last - at]
    if heard is None:
        raise Refusal("no_sound")
    return _encodable(heard, layout, rate)


def _floats(frame: av.AudioFrame) -> Pcm:
    """A decoded frame as float32 (channels, samples), from -1 to 1."""
    raw = frame.to_ndarray()
    samples = (raw if frame.format.is_planar else raw.reshape(-1, frame.layout.nb_channels).T).astype(
        np.float32
    )
    if raw.dtype.kind == "u":
        samples -= np.float32(_SILENCE)
    if raw.dtype.kind != "f":
        samples /= np.float32(1 << (8 * raw.dtype.itemsize - 1))
    return samples


def _encodable(heard: Pcm, layout: str, rate: int) -> tuple[int, str, Pcm]:
    """The same in a layout and at a rate that AAC has."""
    channels = len(heard)
    alike = _ALIKE.get(layout, layout)
    known = alike if alike in LAYOUTS else _BY_COUNT.get(channels, "stereo")
    goal = rate if rate in RATES else _ANEW_RATE
    if av.AudioLayout(known).nb_channels == channels:
        return goal, known, heard if goal == rate else _resampled(heard, known, rate, (known, goal))
    try:
        return goal, known, _resampled(heard, layout, rate, (known, goal))
    except (ValueError, FFmpegError):  # nothing is known of these channels: the first two are heard
        first = np.ascontiguousarray(heard[:2])
        return goal, known, _resampled(first, "stereo", rate, (known, goal))


def _resampled(heard: Pcm, layout: str, rate: int, goal: tuple[str, int]) -> Pcm:
    """Samples at another rate and in another layout."""
    resampler = av.AudioResampler("fltp", *goal)
    # Interleaved: PyAV cannot fill more than seven planes.
    interleaved = np.ascontiguousarray(heard.T).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(interleaved, "flt", layout)
    frame.sample_rate = rate
    frame.pts = 0
    made = [part.to_ndarray() for given in (frame, None) for part in resampler.resample(given)]
    return np.concatenate(made, axis=1).astype(np.float32)


def _encoder(rate: int, layout: str) -> AudioCodecContext:
    encoder = AudioCodecContext.create("aac", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate = rate
    encoder.layout = layout
    encoder.format = "fltp"
    encoder.time_base = Fraction(1, rate)
    encoder.bit_rate = min(_BITS_A_CHANNEL, 2 * rate) * av.AudioLayout(layout).nb_channels
    encoder.thread_count = 1
    encoder.flags |= Flags.global_header
    encoder.open()
    return encoder


def _encoded(encoder: AudioCodecContext, pcm: Pcm) -> Packets:
    found: Packets = []
    given: list[av.AudioFrame | None] = []
    for at in range(0, pcm.shape[1], _FRAME):
        part = np.ascontiguousarray(pcm[:, at : at + _FRAME])
        frame = av.AudioFrame.from_ndarray(part, "fltp", encoder.layout.name)
        frame.sample_rate, frame.pts, frame.time_base = encoder.sample_rate, at, encoder.time_base
        given.append(frame)
    for frame in (*given, None):
        for packet in encoded_sound(encoder, frame):
            assert packet.pts is not None
            found.append((packet.pts, packet.duration or _FRAME, bytes(packet)))
    return found


def _sample() -> bytes:
    """A movie of a moment's sound."""
    file = io.BytesIO()
    encoder = _encoder(8000, "mono")
    found = _encoded(encoder, np.zeros((1, 2 * _FRAME), np.float32))
    with av.open(file, "w", format="mp4") as movie:
        stream = add_sound_stream(movie, 8000, "mono", encoder.extradata or b"")
        for pts, duration, data in found:
            add_packet(movie, stream, pts, duration, data)
    return file.getvalue()
