"""What pictures and videos a caller may send, and the words for those that break a limit.

The facts come from a full reading of the file, never from its name or a header; sizes are after rotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture that was read to its end.

    Attributes:
        width: pixels, after EXIF rotation.
        height: pixels, after EXIF rotation.
        format: ``JPEG`` or ``PNG``.
        size_bytes: of the file.
    """

    width: int
    height: int
    format: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """A video whose frames were counted and whose first frame was decoded.

    Attributes:
        width: pixels, after rotation.
        height: pixels, after rotation.
        duration_s: seconds from the first frame to the end of the last.
        fps: mean frames a second.
        num_frames: frames counted; counting stops early in videos that are far too long.
        has_sound: whether there is a sound track.
        codec: such as ``h264``.
        size_bytes: of the file.
    """

    width: int
    height: int
    duration_s: float
    fps: float
    num_frames: int
    has_sound: bool
    codec: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """Limits for each entry of ``image_list``.

    Attributes:
        formats: what the content may be.
        max_bytes: of the file.
        min_side_px: of the width and of the height.
        max_ratio: of the longer side to the shorter.
        max_pixels: of the whole picture, so that a small file cannot ask for all our memory.
    """

    formats: tuple[str, ...] = ("JPEG", "PNG")
    max_bytes: int = 10 * MEGABYTE
    min_side_px: int = 300
    max_ratio: Fraction = Fraction(5, 2)
    max_pixels: int = 64_000_000


@dataclass(frozen=True, slots=True)
class VideoLimits:
    """Limits for the entry of ``video_list``.

    Attributes:
        formats: what the content may be.
        max_bytes: of the file.
        min_side_px: of the width and of the height.
        max_side_px: of the width and of the height.
        min_duration_s: after rounding to the nearest frame at 24 fps, as cameras seldom stop on the second.
        max_duration_s: likewise.
        min_fps: of the mean rate; the 23.976 of film counts as 24.
        max_fps: of the mean rate.
    """

    formats: tuple[str, ...] = ("MP4", "MOV")
    max_bytes: int = 200 * MEGABYTE
    min_side_px: int = 720
    max_side_px: int = 2160
    min_duration_s: int = 3
    max_duration_s: int = 10
    min_fps: int = 24
    max_fps: int = 60


_RATE_TOLERANCE_FPS: Final = 0.05
_DURATION_TOLERANCE_S: Final = 0.5 / 24


def image_problems(facts: ImageFacts, limits: ImageLimits) -> tuple[str, ...]:
    """One sentence for each limit that a picture breaks."""
    size = f"The picture is {facts.width}x{facts.height} px"
    problems = [
        image_size_problem(facts.size_bytes, limits),
        image_pixels_problem(facts.width, facts.height, limits),
    ]
    if min(facts.width, facts.height) < limits.min_side_px:
        problems.append(f"{size}; each side must be at least {limits.min_side_px} px.")
    if max(facts.width, facts.height) > limits.max_ratio * min(facts.width, facts.height):
        ratio = f"{float(limits.max_ratio):g}"
        problems.append(f"{size}; its width to height must be between 1:{ratio} and {ratio}:1.")
    return tuple(problem for problem in problems if problem)


def image_size_problem(size_bytes: int, limits: ImageLimits) -> str | None:
    """The sentence for a picture file that is too large, or None."""
    return _size_problem("picture", size_bytes, limits.max_bytes)


def image_pixels_problem(width: int, height: int, limits: ImageLimits) -> str | None:
    """The sentence for a picture with too many pixels to decode, or None."""
    if width * height <= limits.max_pixels:
        return None
    return (
        f"The picture is {width}x{height} px; it may have at most "
        f"{limits.max_pixels / 1e6:g} million pixels altogether."
    )


def video_problems(facts: VideoFacts, limits: VideoLimits) -> tuple[str, ...]:
    """One sentence for each limit that a video breaks."""
    problems = [video_size_problem(facts.size_bytes, limits)]
    shortest, longest = sorted((facts.width, facts.height))
    if shortest < limits.min_side_px or longest > limits.max_side_px:
        problems.append(
            f"The video is {facts.width}x{facts.height} px; "
            f"each side must be from {limits.min_side_px} to {limits.max_side_px} px."
        )
    if not _within(facts.duration_s, limits.min_duration_s, limits.max_duration_s, _DURATION_TOLERANCE_S):
        problems.append(
            f"The video lasts {facts.duration_s:.2f} s; "
            f"it must last from {limits.min_duration_s} to {limits.max_duration_s} s."
        )
    if not _within(facts.fps, limits.min_fps, limits.max_fps, _RATE_TOLERANCE_FPS):
        problems.append(
            f"The video has {facts.fps:.2f} frames a second; "
            f"it must have from {limits.min_fps} to {limits.max_fps}."
        )
    return tuple(problem for problem in problems if problem)


def video_size_problem(size_bytes: int, limits: VideoLimits) -> str | None:
    """The sentence for a video file that is too large, or None."""
    return _size_problem("video", size_bytes, limits.max_bytes)


def _size_problem(what: str, size_bytes: int, max_bytes: int) -> str | None:
    if size_bytes <= max_bytes:
        return None
    most = f"{max_bytes:,} ({max_bytes // MEGABYTE} MB)"
    return f"The {what} has {size_bytes:,} bytes; at most {most} are allowed."


def _within(value: float, least: float, most: float, tolerance: float) -> bool:
    return least - tolerance <= value <= most + tolerance
