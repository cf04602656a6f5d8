"""One look through footage at a small size, and one at a few of its frames as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS, Clip
from kirin_video.engines.previs.feature.liveliness import liveliness_of
from kirin_video.engines.previs.feature.path import TakePath, recover
from kirin_video.engines.previs.feature.tracks import Tracker, Tracks
from kirin_video.engines.previs.footage.survey import rgb_of, small_size
from kirin_video.engines.previs.looks.oklab import Colours, lab_of_rgb
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

Rgb = NDArray[np.uint8]

_EVERY: Final = 6
"""Frames from one whose colours are noted to the next."""
_COLOURS: Final = 500
_KEPT: Final = 9
"""So many small pictures are kept at most, evenly over the clip."""
_GRAIN_FRAMES: Final = 4
_GREY: Final = 0.012
_CALM: Final = 0.06


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen in footage.

    Attributes:
        num_frames: its length, at 24 frames a second.
        size: width and height of the footage.
        paths: the camera of every take.
        lively: how much moves at every frame, picture lengths a second, float64, (num_frames,).
        colours: of all of it, Oklab, (n, 3).
        pictures: some small pictures, sRGB, uint8, (h, w, 3).
        grain: deviation of its grain, levels of luma.
        grey: whether it has no colours.
    """

    num_frames: int
    size: tuple[int, int]
    paths: tuple[TakePath, ...]
    lively: NDArray[np.float64]
    colours: Colours
    pictures: tuple[Rgb, ...]
    grain: float
    grey: bool

    @property
    def duration_s(self) -> float:
        """Its length."""
        return self.num_frames / FPS


def watch(footage: Footage, clip: Clip) -> Watched:
    """Look through a clip.

    Args:
        footage: what reads it, open.
        clip: the footage.

    Raises:
        UnreadableClip: it cannot be decoded to its end.
    """
    num_frames = frames_of(clip)
    size = small_size(clip.width, clip.height)
    seen = look_through(footage.frames(clip, *size, num_frames))
    whole = clip.width // 2 * 2, clip.height // 2 * 2
    grain = grain_of(frame.y for frame in footage.frames(clip, *whole, min(_GRAIN_FRAMES, num_frames)))
    return Watched(
        num_frames=num_frames,
        size=(clip.width, clip.height),
        paths=recover(seen.tracks),
        lively=liveliness_of(seen.tracks),
        colours=seen.colours,
        pictures=seen.pictures,
        grain=grain,
        grey=_is_grey(seen.colours),
    )


def frames_of(clip: Clip) -> int:
    """The length of footage at 24 frames a second."""
    return max(round(clip.duration_s * FPS), 1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look through small frames brings.

    Attributes:
        tracks: corners, followed.
        colours: of all of it, Oklab, (n, 3).
        pictures: some of them, sRGB, uint8, (h, w, 3).
    """

    tracks: Tracks
    colours: Colours
    pictures: tuple[Rgb, ...]


def look_through(frames: Iterable[I420Frame]) -> Looked:
    """Follow corners through small frames, and keep colours and some pictures of them."""
    tracker = Tracker()
    random = np.random.default_rng(11)
    colours: list[Colours] = []
    pictures: list[Rgb] = []
    for index, frame in enumerate(frames):
        opens = tracker.add(frame.y)
        if opens or index % _EVERY == 0:
            rgb = rgb_of(frame)
            some = random.choice(rgb.reshape(-1, 3), _COLOURS, replace=True, shuffle=False)
            colours.append(lab_of_rgb(some.astype(np.float64) / 255))
            pictures.append(rgb)
            if len(pictures) > 2 * _KEPT:
                pictures = pictures[::2]
    every = max(-(-len(pictures) // _KEPT), 1)
    return Looked(tracker.tracks(), np.concatenate(colours), tuple(pictures[::every]))


def grain_of(frames: Iterator[NDArray[np.uint8]]) -> float:
    """The deviation of what is noise in some frames, levels (Immerkaer, 1996, in the calmest blocks)."""
    kernel = np.array(((1, -2, 1), (-2, 4, -2), (1, -2, 1)), np.float32)
    found: list[float] = []
    for luma in frames:
        rough = np.abs(np.asarray(cv2.filter2D(luma, cv2.CV_32F, kernel), np.float32))
        side = 32
        rows, columns = luma.shape[0] // side * side, luma.shape[1] // side * side
        blocks = rough[:rows, :columns].reshape(rows // side, side, columns // side, side).mean(axis=(1, 3))
        found.append(float(np.quantile(blocks, _CALM)) * float(np.sqrt(np.pi / 2)) / 6)
    return float(np.median(found)) if found else 0.0


def _is_grey(colours: Colours) -> bool:
    return float(np.quantile(np.hypot(colours[:, 1], colours[:, 2]), 0.9)) < _GREY


def last_frame(frames: Callable[[], Iterator[I420Frame]]) -> I420Frame | None:
    """The last of some frames, a copy."""
    kept: I420Frame | None = None
    for frame in frames():
        kept = frame
    return None if kept is None else kept.copied()
