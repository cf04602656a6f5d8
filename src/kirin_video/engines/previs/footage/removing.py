"""Taking things away: what is behind them is put together from the frames in which it is seen."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.mixing import mix
from kirin_video.engines.previs.footage.survey import Matrix, Survey, rgb_of
from kirin_video.engines.previs.photo.patchfill import filled
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame, new_i420

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]

SAMPLES: Final = 15
"""Frames that the background is put together from."""

_REACH: Final = 0.012  # of the longer side, that the thing's edge and shadow may reach beyond its matte
_NEAR: Final = 0.09  # of the longer side, that something may stick out of the matte
_UNLIKE: Final = 26.0
_SEEN_OFTEN: Final = 3  # samples
_MOST_GROWN: Final = 1.5
_DEEPEST: Final = 0.35


@dataclass(frozen=True, slots=True)
class Plate:
    """The background without the thing, as the first frame's camera would see it, and wider.

    Attributes:
        frame: the picture.
        origin: where the first frame's corner lies in it, x and y.
        invented: share of what is needed that was never seen.
    """

    frame: I420Frame
    origin: tuple[int, int]
    invented: float


def sampled(num_frames: int) -> list[int]:
    """The frames that a plate is made from."""
    return sorted({round(k) for k in np.linspace(0, num_frames - 1, min(SAMPLES, num_frames))})


def make_plate(frames: Iterable[I420Frame], survey: Survey, matting: Matting, seed: int) -> Plate:
    """Put the background together: the median of what is seen at each point, and patches where nothing is.

    Args:
        frames: all of the clip.
        survey: the first look through it.
        matting: where the thing is.
        seed: for the patches.
    """
    wanted = set(sampled(len(survey.to_first)))
    planes: list[tuple[Bytes, Bytes, Bytes]] = []
    hidden: list[Bytes] = []
    canvas: tuple[int, int, int, int] | None = None
    for index, frame in enumerate(frames):
        if index not in wanted:
            continue
        canvas = canvas or _canvas(survey, frame.width, frame.height)
        mask = _reached(matting.alpha(frame, index).chroma, frame.width)
        warp = survey.to_first[index]
        seen = np.where(mask > 8, np.uint8(0), np.uint8(255))
        laid = _laid(seen, warp, survey, canvas, half=True, border=0)
        hidden.append(np.where(laid > 250, np.uint8(0), np.uint8(1)))
        planes.append(
            (
                _laid(frame.y, warp, survey, canvas, half=False),
                _laid(frame.u, warp, survey, canvas, half=True),
                _laid(frame.v, warp, survey, canvas, half=True),
            )
        )
    assert canvas is not None
    return _merged(planes, np.stack(hidden), canvas, seed)


def _merged(
    planes: list[tuple[Bytes, Bytes, Bytes]], hidden: Bytes, canvas: tuple[int, int, int, int], seed: int
) -> Plate:
    left, top, width, height = canvas
    out = new_i420(width, height)
    for channel, dest in enumerate((out.y, out.u, out.v)):
        _median(np.stack([each[channel] for each in planes]), hidden, 2 if channel == 0 else 1, dest)
    # seen hardly ever, it may be the thing itself where its matte has failed
    hole = (hidden == 0).sum(axis=0) < min(_SEEN_OFTEN, len(hidden))
    needed = max(float(hidden.any(axis=0).sum()), 1.0)
    invented = float(hole.sum()) / needed
    if hole.any():
        full = np.repeat(np.repeat(hole, 2, axis=0), 2, axis=1)
        rgb = rgb_of(out)
        painted = filled(rgb, full, ~full, _DEEPEST * max(width, height), seed)
        patch = rgb_to_i420(np.where(full[..., None], painted, rgb))
        for dest, new, where in ((out.y, patch.y, full), (out.u, patch.u, hole), (out.v, patch.v, hole)):
            dest[where] = new[where]
    return Plate(out, (left, top), invented)


class Removal:
    """Paints the plate over the thing in frame after frame.

    Args:
        matting: where the thing is.
        plate: what is behind it.
        survey: the first look through the footage.
        width: of the frames.
        height: of the frames.
    """

    def __init__(self, matting: Matting, plate: Plate, survey: Survey, width: int, height: int) -> None:
        self._matting, self._plate, self._survey = matting, plate, survey
        self._back = new_i420(width, height)

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Take the thing out of a frame in place."""
        alpha = self._matting.alpha(frame, index)
        back = self._seen(index)
        rest = self._remains(frame, back, alpha.small)
        chroma = _reached(np.maximum(alpha.chroma, rest), frame.width)
        luma = cv2.resize(chroma, (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
        self._take_light(frame, back, chroma)
        for own, other, share in (
            (frame.y, back.y, np.asarray(luma, np.uint8)),
            (frame.u, back.u, chroma),
            (frame.v, back.v, chroma),
        ):
            mix(other, own, share, own)
        return frame

    def _remains(self, frame: I420Frame, back: I420Frame, small: Plane) -> Bytes:
        """What is not as the plate has it close to the thing: ears and hands that its matte misses."""
        size = self._survey.size
        apart = np.zeros(small.shape, np.float32)
        for own, other, weight in ((frame.y, back.y, 1.0), (frame.u, back.u, 1.6), (frame.v, back.v, 1.6)):
            mine, its = (
                np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
                for plane in (own, other)
            )
            apart += np.float32(weight) * np.abs(mine - its)
        smooth = np.asarray(cv2.GaussianBlur(apart, (0, 0), 1.2), np.float32)
        reach = 2 * round(_NEAR * max(size)) + 1
        core = (small > 0.5).astype(np.uint8)
        near = cv2.dilate(core, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))) > 0
        rest = cv2.morphologyEx(
            ((smooth > _UNLIKE) & near).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)
        )
        scaled = cv2.resize(rest * np.uint8(255), (frame.width // 2, frame.height // 2))
        return np.asarray(scaled, np.uint8)

    def _seen(self, index: int) -> I420Frame:
        """The plate as the frame's camera sees it."""
        back, plate = self._back, self._plate
        x, y = plate.origin
        warp = self._survey.to_first[index]
        for source, dest, half in (
            (plate.frame.y, back.y, False),
            (plate.frame.u, back.u, True),
            (plate.frame.v, back.v, True),
        ):
            height, width = dest.shape
            if self._survey.still:
                dest[:] = source
                continue
            unit = 2 if half else 1
            shift = np.array([[1, 0, x / unit], [0, 1, y / unit], [0, 0, 1]])
            matrix = shift @ _scaled(warp, self._survey, width)
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            cv2.warpPerspective(source, matrix, (width, height), dest, flags, cv2.BORDER_REPLICATE)
        return back

    def _take_light(self, frame: I420Frame, back: I420Frame, mask: Bytes) -> None:
        """Carry the difference of light around the thing into the plate: exposure and shade drift."""
        small = self._survey.size
        outside = np.asarray(cv2.resize(mask, small, interpolation=cv2.INTER_AREA), np.float32) < 4
        weight = cv2.GaussianBlur(outside.astype(np.float32), (0, 0), 10.0) + np.float32(1e-3)
        for own, other in ((frame.y, back.y), (frame.u, back.u), (frame.v, back.v)):
            size = (own.shape[1], own.shape[0])
            apart = cv2.subtract(
                cv2.resize(own, small, interpolation=cv2.INTER_AREA),
                cv2.resize(other, small, interpolation=cv2.INTER_AREA),
                dtype=cv2.CV_32F,
            )
            near = np.asarray(apart, np.float32) * outside
            smooth = np.asarray(cv2.GaussianBlur(near, (0, 0), 10.0), np.float32) / weight
            shift = cv2.resize(smooth.clip(-30, 30), size, interpolation=cv2.INTER_LINEAR)
            cv2.add(other, shift, other, dtype=cv2.CV_8U)


def _reached(mask: Bytes, width: int) -> Bytes:
    """A mask that also takes the thing's edge and the foot of its shadow, with a soft border."""
    side = 2 * max(1, round(_REACH * width / 2)) + 1
    wide = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return np.asarray(cv2.blur(cv2.threshold(wide, 40, 255, cv2.THRESH_BINARY)[1], (5, 5)), np.uint8)


def _canvas(survey: Survey, width: int, height: int) -> tuple[int, int, int, int]:
    """The corner of the first frame in a picture that holds all frames, and that picture's size."""
    corners: list[NDArray[np.float64]] = []
    outline = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64).T
    for matrix in survey.to_first:
        full = _scaled(matrix, survey, width)
        points = full @ outline
        corners.append(points[:2] / points[2])
    whole = np.concatenate(corners, axis=1)
    spare_x, spare_y = (_MOST_GROWN - 1) * width, (_MOST_GROWN - 1) * height
    left = _even(min(max(-float(whole[0].min()), 0.0), spare_x))
    top = _even(min(max(-float(whole[1].min()), 0.0), spare_y))
    right = _even(min(max(float(whole[0].max()) - width, 0.0), spare_x))
    bottom = _even(min(max(float(whole[1].max()) - height, 0.0), spare_y))
    return left, top, width + left + right, height + top + bottom


def _even(value: float) -> int:
    return 2 * int(np.ceil(value / 2))


def _laid(  # noqa: PLR0913
    plane: Bytes,
    warp: Matrix,
    survey: Survey,
    canvas: tuple[int, int, int, int],
    *,
    half: bool,
    border: int | None = None,
) -> Bytes:
    """A plane laid into the canvas."""
    left, top, width, height = canvas
    unit = 2 if half else 1
    if survey.still and (width // unit, height // unit) == plane.shape[::-1]:
        return plane.copy()
    shift = np.array([[1, 0, left / unit], [0, 1, top / unit], [0, 0, 1]])
    matrix = shift @ _scaled(warp, survey, plane.shape[1])
    size = (width // unit, height // unit)
    mode = cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
    return np.asarray(
        cv2.warpPerspective(plane, matrix, size, flags=cv2.INTER_LINEAR, borderMode=mode), np.uint8
    )


def _scaled(matrix: Matrix, survey: Survey, width: int) -> Matrix:
    """A homography between small frames as one between planes of another width."""
    factor = width / survey.size[0]
    up = np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2], [0, 0, 1]])
    return up @ matrix @ np.linalg.inv(up)


@njit(cache=True, nogil=True, parallel=True)
def _median(stack: Bytes, hidden: Bytes, unit: int, out: Bytes) -> None:
    """The median of what is not hidden; of everything where all is."""
    count, rows, columns = stack.shape
    for row in prange(rows):
        values = np.empty(count, np.uint8)
        for column in range(columns):
            seen = 0
            for k in range(count):
                if hidden[k, row // unit, column // unit] == 0:
                    value = stack[k, row, column]
                    at = seen
                    while at > 0 and values[at - 1] > value:
                        values[at] = values[at - 1]
                        at -= 1
                    values[at] = value
                    seen += 1
            out[row, column] = values[seen // 2] if seen else stack[0, row, column]
