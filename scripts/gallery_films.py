"""The gallery's footage, of known truth: cameras over photographs, cut-outs before green, cuts and clicks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS

Rgb = NDArray[np.uint8]

SIZE = (1280, 720)
"""The API refuses smaller footage."""
GREEN = (0, 177, 64)
RATE = 48_000
_CLICK_S = 0.02
_BT709 = 1


def write_film(frames: Iterable[Rgb], path: Path, *, clicks: bool = False) -> None:
    """Save frames of ``SIZE`` as an MP4, nearly without loss."""
    with av.open(str(path), "w", format="mp4") as movie:
        stream = movie.add_stream("libx264", rate=FPS, width=SIZE[0], height=SIZE[1])
        voice = movie.add_stream("aac", rate=RATE, layout="stereo") if clicks else None
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "14"}
        stream.colorspace = stream.color_primaries = stream.color_trc = _BT709
        stream.color_range = 1
        count = 0
        for rgb in frames:
            picture = av.VideoFrame.from_ndarray(rgb, "rgb24").reformat(
                format="yuv420p", dst_colorspace="ITU709", src_color_range="JPEG", dst_color_range="MPEG"
            )
            picture.pts, picture.time_base = count, Fraction(1, FPS)
            movie.mux(stream.encode(picture))
            count += 1
        movie.mux(stream.encode(None))
        if voice is not None:
            sound = av.AudioFrame.from_ndarray(clicking(count / FPS), "fltp", "stereo")
            sound.sample_rate, sound.pts = RATE, 0
            movie.mux(voice.encode(sound))
            movie.mux(voice.encode(None))


def clicking(seconds: float) -> NDArray[np.float32]:
    """A click at every whole second, the first on the left, the next on the right: float32, (2, n)."""
    track = np.zeros((2, round(seconds * RATE)), np.float32)
    length = round(_CLICK_S * RATE)
    click = np.sin(np.arange(length) / RATE * 2 * np.pi * 1000.0) * np.linspace(1.0, 0.0, length) * 0.8
    for second in range(int(seconds)):
        track[second % 2, second * RATE : second * RATE + length] = click
    return track


def filmed_photo(rgb: Rgb, path: Sequence[tuple[float, float, float]], num_frames: int) -> Iterator[Rgb]:
    """A camera that moves smoothly over a photograph.

    Args:
        rgb: the photograph.
        path: (x, y, width) of what is seen, evenly in time: its middle and its width as shares of the sides.
        num_frames: how many.
    """
    height, width = rgb.shape[:2]
    at = np.linspace(0.0, len(path) - 1.0, num_frames)
    at = np.floor(at) + (at % 1) ** 2 * (3.0 - 2.0 * (at % 1))
    stops = np.array(path)
    for moment in at:
        x, y, wide = (float(np.interp(moment, np.arange(len(path)), stops[:, k])) for k in range(3))
        scale = SIZE[0] / (wide * width)
        shift = np.array(
            [[scale, 0, SIZE[0] / 2 - scale * x * width], [0, scale, SIZE[1] / 2 - scale * y * height]]
        )
        seen = cv2.warpAffine(rgb, shift, SIZE, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
        yield np.asarray(seen, np.uint8)


def swaying(rgb: Rgb, alpha: NDArray[np.float32], num_frames: int) -> Iterator[Rgb]:
    """A cut-out that sways before a green screen; its lower edge stays below the picture's."""
    height, width = alpha.shape
    scale = 0.86 * SIZE[1] / height
    layer = np.dstack([rgb.astype(np.float32) * alpha[..., None], alpha])
    for index in range(num_frames):
        turn = np.sin(2 * np.pi * index / num_frames)
        spin = cv2.getRotationMatrix2D((width / 2, height), 5.0 * turn, scale)
        spin[:, 2] += (SIZE[0] / 2 - width / 2 + 110.0 * turn, SIZE[1] - height + 12.0)
        seen = np.asarray(cv2.warpAffine(layer, spin, SIZE, flags=cv2.INTER_AREA), np.float32)
        behind = np.array(GREEN, np.float32) * (1.0 - seen[..., 3:])
        yield (seen[..., :3] + behind).clip(0, 255).astype(np.uint8)


def frames_of(path: Path, from_s: float = 0.0, to_s: float | None = None) -> Iterator[Rgb]:
    """A part of a film at 24 frames a second, cropped and scaled to ``SIZE``."""
    due = 0
    with av.open(str(path)) as movie:
        for frame in movie.decode(video=0):
            at = float(frame.time or 0.0) - from_s
            if to_s is not None and at >= to_s - from_s:
                return
            while at >= due / FPS:
                yield _fitted(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8))
                due += 1


def first_frames(films: Sequence[Path], num_frames: int) -> Iterator[Rgb]:
    """The beginnings of films, one after the other."""
    for film in films:
        yield from islice(frames_of(film), num_frames)


def _fitted(rgb: Rgb) -> Rgb:
    """The middle of a picture in the shape of ``SIZE``."""
    height, width = rgb.shape[:2]
    wide = min(width, height * SIZE[0] // SIZE[1])
    high = min(height, width * SIZE[1] // SIZE[0])
    left, top = (width - wide) // 2, (height - high) // 2
    part = np.ascontiguousarray(rgb[top : top + high, left : left + wide])
    return np.asarray(cv2.resize(part, SIZE, interpolation=cv2.INTER_CUBIC), np.uint8)
