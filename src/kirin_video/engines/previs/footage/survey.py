"""A first look through footage at a small size: the camera's path, where takes begin, every eighth frame.

What is kept is bounded by the ten seconds that footage may last: thirty small pictures and a matrix a frame.
"""

# ruff: noqa: PLR2004 - thresholds and indices into matrices
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
STEP: Final = 8
_CORNERS: Final = 240
_FEWEST: Final = 24
_CUT: Final = 0.42
_STILL_PX: Final = 0.35


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
        keys: every eighth frame, the first of each take and the last.
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


def small_size(width: int, height: int) -> tuple[int, int]:
    """The size at which footage is looked at."""
    scale = LONGEST_PX / max(width, height)
    return max(16, 2 * round(width * scale / 2)), max(16, 2 * round(height * scale / 2))


def look_through(frames: Iterable[I420Frame]) -> Survey:
    """Look through the small frames of a clip.

    Args:
        frames: at the size of :func:`small_size`.
    """
    keys: list[Key] = []
    path: list[Matrix] = []
    shares: list[float] = []
    before: Grey | None = None
    last: tuple[int, Rgb, Grey] | None = None
    take = 0
    for index, frame in enumerate(frames):
        grey, rgb = frame.y.copy(), rgb_of(frame)
        cut = before is not None and _differs(before, grey)
        if before is None or cut:
            take += cut
            step, share = np.eye(3), 1.0
            path.append(np.eye(3))
        else:
            step, share = _step(before, grey)
            path.append(path[-1] @ step)
        shares.append(share)
        if index % STEP == 0 or cut:
            keys.append(Key(index, take, rgb, grey, path[-1]))
        before, last = grey, (index, rgb, grey)
    assert last is not None
    if keys[-1].index != last[0]:
        keys.append(Key(last[0], take, last[1], last[2], path[-1]))
    still = all(
        _moves(matrix, keys[0].grey.shape) < _STILL_PX * (1 + 0.01 * k) for k, matrix in enumerate(path)
    )
    if still:
        path = [np.eye(3) for _ in path]
        keys = [Key(key.index, key.take, key.rgb, key.grey, np.eye(3)) for key in keys]
    return Survey(tuple(keys), tuple(path), float(np.quantile(shares, 0.2)), still, take + 1)


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
