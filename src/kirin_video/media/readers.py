"""Reads a stranger's picture or video and says what it is. Runs only in a locked-down child.

Every function here takes an open file, opens nothing else, and answers with plain values or raises; whatever
is raised means that the file cannot be read.
"""

from __future__ import annotations

import io
import os
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, Final

import av
from av.container.input import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream
from PIL import ExifTags, Image, MpoImagePlugin, TiffImagePlugin

from kirin_video.media.pyav import add_video_stream, encode, packets

if TYPE_CHECKING:
    from av.packet import Packet

Answer = dict[str, str | int | float | bool]

_FORMATS: Final = {"JPEG": "JPEG", MpoImagePlugin.MpoImageFile.format: "JPEG", "PNG": "PNG"}
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})  # EXIF orientations that swap the sides
_FIRST_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_PICTURES: Final = "h264,hevc,mpeg4,mjpeg,prores,libdav1d,av1,vp9"
_SOUNDS: Final = "aac,alac,mp3,mp3float,ac3,eac3,opus,flac"
_PLAIN_SOUNDS: Final = (
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_u8,pcm_s8"
)
_OPTIONS: Final = {
    # Nothing but the file in hand: no other protocol, no track that points into another file.
    "protocol_whitelist": "file",
    "enable_drefs": "0",
    "use_absolute_path": "0",
    "codec_whitelist": f"{_PICTURES},{_SOUNDS},{_PLAIN_SOUNDS}",
    "max_streams": "16",
    "probesize": "1000000",
    "analyzeduration": "1000000",
}
_PATIENCE: Final = 60  # packets in which a first frame must have come out


class Refusal(Exception):
    """A reason worth telling the caller apart from "cannot be read".

    Attributes:
        reason: its name.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooManyPixels(Refusal):
    """The header asks for more pixels than we decode.

    Attributes:
        width: pixels.
        height: pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__("too_many_pixels")
        self.width = width
        self.height = height


def warm_up() -> None:
    """Do everything once that Python or the libraries put off until the first file."""
    for kind in ("JPEG", "PNG"):
        sample = io.BytesIO()
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        Image.new("RGB", (16, 8)).save(sample, kind, exif=exif)
        sample.seek(0)
        assert read_image(sample, 1000)["width"] == 8  # noqa: PLR2004
    assert TiffImagePlugin.ImageFileDirectory_v2 is not None  # EXIF is read by the TIFF plugin
    assert read_video(io.BytesIO(sample_movie()), max_packets=10, max_side_px=64)["num_frames"] == 2  # noqa: PLR2004


def read_image(file: BinaryIO, max_pixels: int) -> Answer:
    """Decode a JPEG or PNG to its end.

    JPEGs are decoded at an eighth of their size, which reads every byte but keeps little.

    Raises:
        TooManyPixels: before anything is decoded.
        Exception: anything else; the file is not a whole JPEG or PNG.
    """
    picture, kind = open_picture(file, max_pixels)
    width, height = picture.size
    picture.draft(None, (max(1, width // 8), max(1, height // 8)))
    picture.load()
    if orientation(picture) in _SIDEWAYS:
        width, height = height, width
    return {"width": width, "height": height, "format": kind}


def open_picture(file: BinaryIO, max_pixels: int) -> tuple[Image.Image, str]:
    """Read a picture's header.

    Returns:
        The picture, not decoded yet, and its format: ``JPEG`` or ``PNG``.

    Raises:
        TooManyPixels: its header asks for more than ``max_pixels``.
        Exception: anything else; the file is neither.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked below, before decoding
    picture = Image.open(file, formats=("JPEG", "PNG"))
    width, height = picture.size
    if width * height > max_pixels:
        raise TooManyPixels(width, height)
    return picture, _FORMATS[picture.format]


def read_video(file: BinaryIO, *, max_packets: int, max_side_px: int) -> Answer:
    """Count the frames of an MP4 or MOV and decode the first.

    Headers are not believed: they keep their full length when a file is cut short, and may say anything.

    Args:
        file: the whole file, seekable.
        max_packets: where to stop counting.
        max_side_px: frames with a longer side are not decoded.

    Raises:
        Refusal: it is not a movie by its first box, has no video track, or its end is missing.
        Exception: anything else; the file cannot be read.
    """
    if file.read(8)[4:] not in _FIRST_BOXES:
        raise Refusal("not_a_movie")
    size_bytes = file.seek(0, os.SEEK_END)
    file.seek(0)
    with open_movie(file) as movie:
        stream = pictures_of(movie)
        if any(entry.pos + entry.size > size_bytes for entry in stream.index_entries[:max_packets]):
            raise Refusal("cut_short")
        stream.codec_context.thread_count = 1
        too_large = max(stream.width, stream.height) > max_side_px
        times, turned = _count(movie, stream, max_packets, decode=not too_large)
        width, height = (stream.height, stream.width) if turned else (stream.width, stream.height)
        duration_s, fps = _pace(times)
        return {
            "width": width,
            "height": height,
            "duration_s": duration_s,
            "fps": fps,
            "num_frames": len(times),
            "has_sound": bool(movie.streams.audio),
            "codec": stream.codec_context.name,
        }


def orientation(picture: Image.Image) -> int:
    """The EXIF orientation; damaged EXIF data is no reason to refuse a picture."""
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - Pillow raises many things for bad EXIF
        return 1


def open_movie(file: BinaryIO) -> InputContainer:
    """Open an MP4 or MOV such that it can lead nowhere but into itself.

    Raises:
        Exception: it cannot be opened.
    """
    return av.open(file, "r", format="mov", options=_OPTIONS, metadata_errors="ignore", timeout=(10, 10))


def pictures_of(movie: InputContainer) -> VideoStream:
    """The first video track that is not a cover picture.

    Raises:
        Refusal: there is none.
    """
    for stream in movie.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    raise Refusal("no_pictures")


def _count(
    movie: InputContainer, stream: VideoStream, max_packets: int, *, decode: bool
) -> tuple[list[tuple[Fraction, Fraction]], bool]:
    """The time and length in seconds of every frame, in order of time, and whether it lies on its side."""
    spans: list[tuple[Fraction, Fraction]] = []
    first: av.VideoFrame | None = None
    for index, packet in enumerate(packets(movie, stream)):
        if decode and first is None and index < _PATIENCE:
            first = next(iter(packet.decode()), None)
        if packet.size and not packet.is_discard:
            spans.append(_span(packet))
        if len(spans) > max_packets:
            break
    if decode and first is None:
        raise ValueError("no frame can be decoded")
    turned = first is not None and round(first.rotation / 90) % 2 == 1
    return sorted(spans), turned


def _span(packet: Packet[VideoStream]) -> tuple[Fraction, Fraction]:
    if packet.pts is None:
        raise ValueError("a frame has no time")
    return packet.pts * packet.time_base, (packet.duration or 0) * packet.time_base


def _pace(spans: list[tuple[Fraction, Fraction]]) -> tuple[float, float]:
    """Length in seconds and mean frames a second."""
    if not spans:
        raise ValueError("no frames")
    lasts = spans[-1][0] - spans[0][0]
    fps = (len(spans) - 1) / lasts if lasts else Fraction(0)
    end = spans[-1][1] or (1 / fps if fps else Fraction(0))
    return float(lasts + end), float(fps)


def sample_movie() -> bytes:
    """A movie of two tiny frames."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as movie:
        stream = add_video_stream(movie, "libx264", 24, (32, 32), {"preset": "ultrafast"})
        stream.thread_count = 1  # no threads may run in a process that is going to fork
        for pts in range(2):
            frame = av.VideoFrame(32, 32, "yuv420p")
            frame.pts = pts
            encode(movie, stream, frame)
        encode(movie, stream, None)
    return file.getvalue()
