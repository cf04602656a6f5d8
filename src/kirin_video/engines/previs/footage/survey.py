"""A first look through footage at a small size: the camera's path, where takes begin, and key frames.

What is kept does not grow with the footage but for a matrix a frame: sixteen small pictures, and two more for
each cut.
"""

# ruff: noqa: PLR2004 - thresholds and indices into matrices
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame

if TYPE_CHECKING:
    from cv2.typing import MatLike

Grey = NDArray[np.uint8]
Rgb = NDArray[np.uint8]
Matrix = NDArray[np.float64]

LONGEST_PX: Final = 320
MOST_KEYS: Final = 16
"""Key frames of footage without a cut: what is kept of each and worked out for it comes to a megabyte."""

_STEP: Final = 8
_CORNERS: Final = 240
_FEWEST: Final = 24
_CUT: Final = 0.42
_STILL_PX: Final = 0.35
_SLIPPED_PX: Final = 6.0  # more than the sum of small errors over eight frames: something else was followed
_FAR: Final = 0.4  # of the picture's width, beyond which an anchor shares too little with a frame


@dataclass(frozen=True, slots=True)
class Key:
    """One of the frames that are looked at closely.

    Attributes:
        index: its number in the clip.
        take: which take it belongs to; a take ends where the footage cuts.
        rgb: the small picture, uint8, (h, w, 3).
        grey: the same without colour, for flow, uint8, (h, w).
        to_first: homography from this frame to the first of its take, in small pixels.
    """

    index: int
    take: int
    rgb: Rgb
    grey: Grey
    to_first: Matrix


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first look finds.

    Attributes:
        keys: evenly spread, no closer than every eighth frame, besides the first of each take and the last.
        to_first: of every frame, its homography to the first of its take, in small pixels.
        trust: 0 to 1, how well one homography a frame explains the motion of what stands still.
        still: whether the camera does not move at all.
        num_takes: how many takes there are.
    """

    keys: tuple[Key, ...]
    to_first: tuple[Matrix, ...]
    trust: float
    still: bool
    num_takes: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the small pictures."""
        height, width = self.keys[0].grey.shape
        return width, height

    @property
    def takes(self) -> tuple[range, ...]:
        """The frames of each take."""
        starts = [key.index for before, key in pairwise(self.keys) if key.take != before.take]
        return tuple(range(a, b) for a, b in pairwise((0, *starts, len(self.to_first))))


def small_size(width: int, height: int) -> tuple[int, int]:
    """The size at which footage is looked at."""
    scale = LONGEST_PX / max(width, height)
    return max(16, 2 * round(width * scale / 2)), max(16, 2 * round(height * scale / 2))


def look_through(frames: Iterable[I420Frame], num_frames: int) -> Survey:
    """Look through the small frames of a clip.

    Args:
        frames: at the size of :func:`small_size`.
        num_frames: how many there are.
    """
    look = _Look(max(_STEP, -(-(num_frames - 1) // (MOST_KEYS - 1))))
    for index, frame in enumerate(frames):
        look.at(index, frame)
    return look.survey()


@dataclass
class _Look:
    """What has been seen so far.

    Attributes:
        step: from key frame to key frame.
        last: the frame before.
    """

    step: int
    keys: list[Key] = field(default_factory=list[Key])
    path: list[Matrix] = field(default_factory=list[Matrix])
    shares: list[float] = field(default_factory=list[float])
    take: int = 0
    anchor: Key | None = None
    last: tuple[int, Rgb, Grey] | None = None

    def at(self, index: int, frame: I420Frame) -> None:
        """Look at the next frame."""
        grey, rgb = frame.y.copy(), rgb_of(frame)
        cut = self.last is not None and _differs(self.last[2], grey)
        if self.last is None or cut:
            self._close()
            self.take += cut
            self.path.append(np.eye(3))
            self.shares.append(1.0)
            self.anchor = None
        else:
            step, share = _step(self.last[2], grey)
            self.path.append(self.path[-1] @ step)
            self.shares.append(share)
        self.last = index, rgb, grey
        if index % self.step == 0 or cut:
            self._keep()

    def survey(self) -> Survey:
        """All of it."""
        self._close()
        height, width = self.keys[0].grey.shape
        still = all(_moves(matrix, (height, width)) < _STILL_PX for matrix in self.path)
        keys, path = self.keys, self.path
        if still:
            path = [np.eye(3) for _ in path]
            keys = [replace(key, to_first=np.eye(3)) for key in keys]
        return Survey(tuple(keys), tuple(path), float(np.quantile(self.shares, 0.2)), still, self.take + 1)

    def _close(self) -> None:
        """Make the last frame of a take one of its key frames."""
        if self.last is not None and self.keys[-1].index != self.last[0]:
            self._keep()

    def _keep(self) -> None:
        """Make the last frame a key frame, its place in the path set right by one that lies far back."""
        assert self.last is not None
        index, rgb, grey = self.last
        if self.anchor is not None:
            self._anchored(self.anchor, self.keys[-1].index, grey)
        key = Key(index, self.take, rgb, grey, self.path[-1])
        self.keys.append(key)
        if self.anchor is None or _strays(np.linalg.inv(self.anchor.to_first) @ key.to_first, grey.shape):
            self.anchor = key

    def _anchored(self, anchor: Key, since: int, grey: Grey) -> None:
        """Steps from frame to frame add up their errors; a look straight at the anchor takes them away."""
        guess = np.linalg.inv(anchor.to_first) @ self.path[-1]
        height, width = grey.shape
        seen = cv2.warpPerspective(grey, guess, (width, height), borderMode=cv2.BORDER_REPLICATE)
        rest, share = _step(anchor.grey, np.asarray(seen, np.uint8))
        if share <= 0 or _moves(rest, grey.shape) > _SLIPPED_PX:
            return
        change = anchor.to_first @ rest @ np.linalg.inv(anchor.to_first) - np.eye(3)
        span = len(self.path) - 1 - since
        for ago in range(span):
            part = np.eye(3) + change * ((span - ago) / span)
            self.path[-1 - ago] = part @ self.path[-1 - ago]


def _strays(matrix: Matrix, shape: tuple[int, ...]) -> bool:
    return _moves(matrix, shape) > _FAR * shape[1]


def rgb_of(frame: I420Frame) -> Rgb:
    """A small frame as RGB, uint8, (h, w, 3), to look at: BT.709."""
    size = frame.width, frame.height
    luma = (frame.y.astype(np.float32) - 16) * np.float32(255 / 219)
    blue, red = (
        (np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR), np.float32) - 128)
        * np.float32(255 / 224)
        for plane in (frame.u, frame.v)
    )
    rgb = np.stack([luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue], axis=2)
    return (rgb + 0.5).clip(0, 255).astype(np.uint8)


def _differs(before: Grey, after: Grey) -> bool:
    """Whether another take begins: the tones are others, all over the picture."""
    small = (16, 9)
    a, b = (
        np.asarray(cv2.resize(g, small, interpolation=cv2.INTER_AREA), np.float32) for g in (before, after)
    )
    spread = max(float(a.std()), float(b.std()), 8.0)
    return float(np.abs(a - b).mean()) > _CUT * spread * 1.6


def _step(before: Grey, after: Grey) -> tuple[Matrix, float]:
    """The homography from a frame to the one before, and the share of corners that follow it."""
    marked = cast("MatLike | None", cv2.goodFeaturesToTrack(after, _CORNERS, 0.008, 7))
    if marked is None or len(marked) < _FEWEST:
        return np.eye(3), 0.0
    corners = np.asarray(marked, np.float32)
    found, status, _ = cv2.calcOpticalFlowPyrLK(
        after, before, corners, np.empty_like(corners), winSize=(15, 15)
    )
    good = status.ravel() > 0
    if good.sum() < _FEWEST:
        return np.eye(3), 0.0
    cv2.setRNGSeed(11)
    estimate, inliers = cv2.findHomography(corners[good], found[good], cv2.RANSAC, 1.0)
    matrix = np.array(estimate, np.float64)
    if matrix.shape != (3, 3) or not np.isfinite(matrix).all():
        return np.eye(3), 0.0
    shares = float(np.asarray(inliers, np.float64).mean())
    if shares < 0.35 or _moves(matrix, before.shape) > 0.25 * max(before.shape):
        return np.eye(3), 0.0
    return matrix, shares


def _moves(matrix: Matrix, shape: tuple[int, ...]) -> float:
    """How far a homography moves the corners of the picture, in pixels."""
    height, width = shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64).T
    moved = matrix @ corners
    return float(np.abs(moved[:2] / moved[2] - corners[:2]).max())
