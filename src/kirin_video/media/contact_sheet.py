"""Stills of our own clips: posters, and sheets that show a clip at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kirin_video.domain.shot import FPS
from kirin_video.media.colour import to_rgb
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.pyav import packets

_GAP: Final = 8
_CAPTION: Final = 22
_PAPER, _INK = (18, 19, 22), (214, 216, 220)
_JPEG_QUALITY: Final = 88


@dataclass(frozen=True, slots=True)
class Still:
    """One frame of a clip.

    Attributes:
        index: its number, from 0.
        rgb: uint8, (H, W, 3).
    """

    index: int
    rgb: NDArray[np.uint8]

    @property
    def time_s(self) -> float:
        """Seconds from the start of the clip."""
        return self.index / FPS


def stills(path: Path, count: int, width: int | None = None) -> list[Still]:
    """Evenly spaced frames, the first and the last among them.

    Args:
        path: a clip of ours.
        count: how many; one gives the frame in the middle, and a short clip gives what it has.
        width: pixels to scale to, or None for the clip's own.

    Raises:
        UnreadableClip: it is not a clip that can be decoded.
    """
    try:
        with av.open(str(path), "r", format="mov") as movie:
            stream = movie.streams.video[0]
            stream.thread_type = "AUTO"
            total = stream.frames
            wanted = {total // 2} if count == 1 else set(np.linspace(0, total - 1, count).round().astype(int))
            height = round(width * stream.height / stream.width) if width else None
            frames = (frame for packet in packets(movie, stream) for frame in packet.decode())
            return [
                Still(index, to_rgb(frame, width, height))
                for index, frame in enumerate(frames)
                if index in wanted
            ]
    except (FFmpegError, OSError, IndexError) as error:
        raise UnreadableClip(f"{path.name} cannot be decoded: {error}") from error


def poster(path: Path, out: Path, *, width: int | None = None) -> None:
    """Save the frame in the middle of a clip, as JPEG or PNG by ``out``'s suffix.

    Raises:
        UnreadableClip: it is not a clip that can be decoded.
    """
    (still,) = stills(path, 1, width)
    Image.fromarray(still.rgb).save(out, quality=_JPEG_QUALITY)


def contact_sheet(
    paths: Sequence[Path], out: Path, *, columns: int = 5, rows: int = 1, tile_width: int = 320
) -> None:
    """Draw a PNG of clips one below the other, each as ``rows`` lines of ``columns`` evenly spaced frames.

    Above each clip stand its name, size and length; below each frame its time.

    Args:
        paths: clips of ours.
        out: the PNG to write.
        columns: frames beside each other.
        rows: lines of frames for each clip.
        tile_width: pixels of each frame.

    Raises:
        UnreadableClip: one of them cannot be decoded.
    """
    strips = [_strip(path, columns, rows, tile_width) for path in paths]
    sheet = Image.new(
        "RGB", (_GAP + columns * (tile_width + _GAP), sum(s.height for s in strips) + _GAP), _PAPER
    )
    top = 0
    for strip in strips:
        sheet.paste(strip, (0, top))
        top += strip.height
    sheet.save(out, "PNG")


def _strip(path: Path, columns: int, rows: int, tile_width: int) -> Image.Image:
    """One clip's name and frames."""
    shown = stills(path, columns * rows, tile_width)
    tile_height = shown[0].rgb.shape[0]
    step = tile_height + _CAPTION
    strip = Image.new("RGB", (_GAP + columns * (tile_width + _GAP), _GAP + _CAPTION + rows * step), _PAPER)
    pen, font = ImageDraw.Draw(strip), ImageFont.load_default(13)
    pen.text((_GAP, _GAP), _heading(path), fill=_INK, font=font)
    for place, still in enumerate(shown):
        left = _GAP + place % columns * (tile_width + _GAP)
        top = _GAP + _CAPTION + place // columns * step
        strip.paste(Image.fromarray(still.rgb), (left, top))
        pen.text((left, top + tile_height + 3), f"{still.time_s:.2f} s", fill=_INK, font=font)
    return strip


def _heading(path: Path) -> str:
    with av.open(str(path), "r", format="mov") as movie:
        stream = movie.streams.video[0]
        length = f"{stream.frames / FPS:g} s" if stream.frames % FPS == 0 else f"{stream.frames} frames"
        return f"{path.name}   {stream.width}x{stream.height}   {length}   {path.stat().st_size / 1e6:.1f} MB"
