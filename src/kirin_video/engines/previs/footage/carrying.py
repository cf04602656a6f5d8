"""Taking things away where no one picture can stand for what is behind: a camera that goes along with them.

What is behind goes behind a thing at one side and comes out at the other, near things faster than far ones.
So each frame's hole is filled from the frame before, already filled, along the motion around the hole.
"""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.flow import Flow
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.mixing import mix
from kirin_video.engines.previs.footage.plates import reached
from kirin_video.engines.previs.footage.survey import rgb_of
from kirin_video.engines.previs.photo.patchfill import filled
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame, new_i420

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]
Motion = NDArray[np.floating[Any]]

AHEAD: Final = 60
"""Frames looked through from their end, for what the first frame's hole will show later."""
_AHEAD_PX: Final = 640
_FOLLOWED_PX: Final = 320
_ACROSS, _DOWN = 46.0, 2.2
"""How far the motion around a hole reaches into it, pixels at the size motion is measured at."""
_NARROWER: Final = 4
_MARGIN: Final = 9
_WIDER: Final = 0.014  # of the width: a rim that is missed once is carried on for good
_SHADOW: Final = 0.16  # of the thing's height, that its shade reaches below it
_DEEPEST: Final = 0.35


class Carrying:
    """Takes a thing out of frame after frame.

    Args:
        matting: where the thing is, at the frames' size.
        first: the first frame without it.
        cuts: frames at which other takes begin.
        seed: for what is never seen.
    """

    def __init__(self, matting: Matting, first: I420Frame, cuts: frozenset[int], seed: int) -> None:
        self._matting, self._cuts, self._seed = matting, cuts, seed
        self._step = _Step()
        self._last = first

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Take the thing out of a frame in place."""
        hole = _hole(self._matting, frame, index)
        if index == 0:
            back = self._last
        elif index in self._cuts:
            back = _painted(frame, hole, self._seed)
        else:
            back = self._step.on(self._last, frame, hole)
        _fill(frame, back, hole)
        self._step.keep(frame, hole)
        self._last = frame.copied()
        return frame


class _Step:
    """From one frame to the next; ``grey`` and ``hole`` are the frame's before."""

    def __init__(self) -> None:
        self._flow = Flow(careful=True)
        self._grey: Bytes | None = None
        self._hole: Bytes | None = None

    def keep(self, frame: I420Frame, hole: Bytes) -> None:
        """Remember a frame that has been filled, and where."""
        self._grey, self._hole = _small(frame), hole

    def on(self, last: I420Frame, frame: I420Frame, hole: Bytes) -> I420Frame:
        """The frame before as this one would show it."""
        assert self._grey is not None
        assert self._hole is not None
        grey = _small(frame)
        motion = _completed(self._flow.between(grey, self._grey), _zone(hole, grey), _zone(self._hole, grey))
        return _moved(last, motion, hole)


def first_without(
    frames: Iterable[I420Frame], matting: Matting, size: tuple[int, int], seed: int
) -> I420Frame:
    """The first frame of a clip without the thing: what is behind it as later frames show it.

    Args:
        frames: of the clip, at the size of :func:`ahead_size`; only its beginning is read.
        matting: where the thing is, at that size.
        size: width and height of the frames that the result is for.
        seed: for what is never seen.
    """
    taken = [frame.copied() for frame in islice(frames, AHEAD)]
    holes = [_hole(matting, frame, index) for index, frame in enumerate(taken)]
    step = _Step()
    last: I420Frame | None = None
    for frame, hole in zip(reversed(taken), reversed(holes), strict=True):
        _fill(frame, _painted(frame, hole, seed) if last is None else step.on(last, frame, hole), hole)
        step.keep(frame, hole)
        last = frame
    assert last is not None
    return _scaled(last, size)


def ahead_size(width: int, height: int) -> tuple[int, int]:
    """The size at which the beginning of a clip is looked through: even."""
    scale = min(1.0, _AHEAD_PX / max(width, height))
    return max(16, 2 * round(width * scale / 2)), max(16, 2 * round(height * scale / 2))


def _hole(matting: Matting, frame: I420Frame, index: int) -> Bytes:
    """The thing and the shade below it, at half size, with a soft border: uint8, (H / 2, W / 2)."""
    mask = reached(matting.alpha(frame, index).chroma, frame.width)
    side = 2 * max(1, round(_WIDER * frame.width / 2)) + 1
    mask = np.asarray(cv2.dilate(mask, np.ones((side, side), np.uint8)), np.uint8)
    rows = np.flatnonzero(mask.max(axis=1) > 127)
    if not len(rows):
        return mask
    down = max(1, round(_SHADOW * float(rows[-1] - rows[0] + 1)))
    lower = mask.copy()
    lower[: rows[0] + 3 * (rows[-1] - rows[0]) // 4] = 0
    kernel = np.zeros((2 * down + 1, 2 * down + 1), np.uint8)
    kernel[: down + 1] = 1  # the anchor is its middle: what is set lies above, so that the mask grows down
    shade = cv2.blur(cv2.dilate(lower, kernel), (5, 5))
    return np.asarray(np.maximum(mask, shade), np.uint8)


def _small(frame: I420Frame) -> Bytes:
    size = _FOLLOWED_PX, max(16, round(_FOLLOWED_PX * frame.height / frame.width))
    return np.asarray(cv2.resize(frame.y, size, interpolation=cv2.INTER_AREA), np.uint8)


def _zone(hole: Bytes, grey: Bytes) -> Plane:
    """Where motion is the thing's, or may be: float32, 1 there."""
    small = cv2.resize(hole, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_AREA)
    wide = cv2.dilate((small > 20).astype(np.float32), np.ones((_MARGIN, _MARGIN), np.uint8))
    return np.asarray(wide, np.float32)


def _completed(motion: Plane, *zones: Plane) -> Motion:
    """Motion whose holes go on as what lies beside them moves, row by row, as ground does."""
    inside = np.asarray(np.max(zones, axis=0), np.float32)[..., None]
    free = np.asarray(1 - inside, np.float32)
    calm = np.stack([cv2.medianBlur(motion[..., k].copy(), 5) for k in range(2)], axis=2)
    height, width = motion.shape[:2]
    narrow = (max(8, width // _NARROWER), height)  # it changes slowly along a row
    weight = np.asarray(cv2.resize(free, narrow, interpolation=cv2.INTER_AREA), np.float32)
    total = np.asarray(cv2.resize(calm * free, narrow, interpolation=cv2.INTER_AREA), np.float32)
    near = _spread(total, weight, _ACROSS, _DOWN)
    far = _spread(total, weight, 2 * _ACROSS, 6 * _DOWN)
    sure = cv2.GaussianBlur(weight, (0, 0), sigmaX=_ACROSS / _NARROWER, sigmaY=_DOWN)
    share = (np.asarray(sure, np.float32) / 0.04).clip(0, 1)[..., None]
    goes_on = cv2.resize(near * share + far * (1 - share), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(calm + (np.asarray(goes_on, np.float32) - calm) * inside, np.float32)


def _spread(total: Plane, weight: Plane, across: float, down: float) -> Motion:
    across /= _NARROWER
    summed = np.asarray(cv2.GaussianBlur(total, (0, 0), sigmaX=across, sigmaY=down), np.float32)
    weights = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigmaX=across, sigmaY=down), np.float32)
    return summed / (weights[..., None] + np.float32(1e-5))


def _moved(last: I420Frame, motion: Motion, hole: Bytes) -> I420Frame:
    """A frame as the next one would show it where that has a hole, along the motion back to it."""
    out = new_i420(last.width, last.height)
    rows, columns = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
    if not len(rows):
        return out
    box = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    for source, dest, unit in ((last.y, out.y, 2), (last.u, out.u, 1), (last.v, out.v, 1)):
        top, bottom, left, right = (unit * edge for edge in box)
        factor = source.shape[1] / motion.shape[1]
        x, y = np.meshgrid(np.arange(left, right, dtype=np.float32), np.arange(top, bottom, dtype=np.float32))
        at = (
            (x + np.float32(0.5)) / factor - np.float32(0.5),
            (y + np.float32(0.5)) / factor - np.float32(0.5),
        )
        there = cv2.remap(motion, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        goal = x + factor * there[..., 0], y + factor * there[..., 1]
        dest[top:bottom, left:right] = cv2.remap(
            source, *goal, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    return out


def _fill(frame: I420Frame, back: I420Frame, hole: Bytes) -> None:
    """Lay what is behind into the hole of a frame, in place."""
    luma = cv2.resize(hole, (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
    mix(back.y, frame.y, np.asarray(luma, np.uint8), frame.y)
    mix(back.u, frame.u, hole, frame.u)
    mix(back.v, frame.v, hole, frame.v)


def _painted(frame: I420Frame, hole: Bytes, seed: int) -> I420Frame:
    """A frame whose hole is painted with patches from around it."""
    full = np.repeat(np.repeat(hole > 20, 2, axis=0), 2, axis=1)
    if not full.any():
        return frame.copied()
    return rgb_to_i420(filled(rgb_of(frame), full, ~full, _DEEPEST * max(frame.width, frame.height), seed))


def _scaled(frame: I420Frame, size: tuple[int, int]) -> I420Frame:
    out = new_i420(*size)
    for source, dest in ((frame.y, out.y), (frame.u, out.u), (frame.v, out.v)):
        cv2.resize(source, (dest.shape[1], dest.shape[0]), dest, interpolation=cv2.INTER_CUBIC)
    return out
