"""Small pictures and videos, made on the fly."""

from __future__ import annotations

import struct
import zlib
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """A gradient with some texture, so that it has data worth cutting."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(7).integers(0, 40, (height, width))
    rgb = np.stack([x * 200 // width + noise, y * 200 // height + noise, noise * 3], -1).astype(np.uint8)
    return Image.fromarray(rgb).convert(mode)


def save_video(  # noqa: PLR0913
    path: Path,
    *,
    size: tuple[int, int] = (1280, 720),
    fps: Fraction | int = 24,
    num_frames: int = 72,
    codec: str = "libx264",
    format: str = "mp4",  # noqa: A002
    movflags: str = "+faststart",
    sound: bool = False,
    rotation: int = 0,
    options: dict[str, str] | None = None,
) -> Path:
    """A video of slowly brightening frames with a moving bar."""
    time_base = 1 / Fraction(fps)
    with av.open(str(path), "w", format=format, options={"movflags": movflags} if movflags else {}) as movie:
        stream = movie.add_stream(
            codec, rate=Fraction(fps), width=size[0], height=size[1], time_base=time_base
        )
        stream.pix_fmt = "yuv420p"
        stream.thread_count = 2
        stream.options = options if options is not None else {"preset": "ultrafast"}
        if rotation:
            stream.set_display_rotation(rotation)
        voice = movie.add_stream("aac", rate=48000) if sound else None
        planes = np.full((size[1] * 3 // 2, size[0]), 128, np.uint8)
        for k in range(num_frames):
            planes[: size[1]] = 40 + k % 160
            planes[: size[1], (k * 8) % (size[0] - 16) :][:, :16] = 220
            frame = av.VideoFrame.from_ndarray(planes, "yuv420p")
            frame.pts, frame.time_base = k, time_base
            movie.mux(stream.encode(frame))
        movie.mux(stream.encode(None))
        if voice is not None:
            silence = av.AudioFrame.from_ndarray(np.zeros((2, 48000), np.float32), "fltp", "stereo")
            silence.sample_rate, silence.pts = 48000, 0
            movie.mux(voice.encode(silence))
            movie.mux(voice.encode(None))
    return path


def save_sound(path: Path) -> Path:
    """An MP4 with a sound track alone."""
    with av.open(str(path), "w", format="mp4") as movie:
        voice = movie.add_stream("aac", rate=48000)
        tone = np.sin(np.arange(4 * 48000) / 20).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(np.stack([tone, tone]), "fltp", "stereo")
        frame.sample_rate, frame.pts = 48000, 0
        movie.mux(voice.encode(frame))
        movie.mux(voice.encode(None))
    return path


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises a size and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
