"""A floor or a wall made of something else, its light and shade kept, lying still under a moving camera."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.laying import Canvas
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.surfaces import SIDE_M, SIDE_PX
from kirin_video.engines.previs.footage.survey import Survey
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame, new_i420

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]
Metres = NDArray[np.floating[Any]]

_EYE_M: Final = 1.5
"""The height that most footage is filmed from: with the horizon it tells sizes."""
_LENS: Final = 0.9
"""Focal length over the frame's width: a view of 58 degrees."""
_WALL_M: Final = 4.0
"""How wide a wall is that fills the frame."""
_MOST_GROWN: Final = 2.6
_LEVELS: Final = 6
_FLATTEST: Final = 0.35
_DARKEST, _BRIGHTEST = 0.3, 1.12
"""Of the usual brightness: shadows stay, marks that were painted on the ground do not."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """The surface as all frames of a take see it."""

    frame: I420Frame
    canvas: Canvas


class Resurfacing:
    """Lays a surface over the ground or a wall in frame after frame.

    Args:
        matting: where it is.
        mattes: the same at the key frames, for the horizon.
        survey: the first look through the footage.
        piece: the surface, uint8, (512, 512, 3), RGB, seamless.
        size: width and height of the frames.
        lying: whether it is a floor rather than a wall.
        before: who stands on it; None where nobody does.
    """

    def __init__(  # noqa: PLR0913 -- what, where and how large are independent
        self,
        matting: Matting,
        mattes: Mattes,
        survey: Survey,
        piece: Bytes,
        *,
        size: tuple[int, int],
        lying: bool,
        before: Matting | None = None,
    ) -> None:
        self._matting, self._before, self._survey = matting, before, survey
        self._starts = [take.start for take in survey.takes]
        self._laid = [_laid(take, mattes, survey, piece, size, lying=lying) for take in survey.takes]
        self._seen = new_i420(*size)
        self._level: float | None = None

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Lay the surface into a frame, in place."""
        alpha = self._matting.alpha(frame, index)
        laid = self._laid[bisect_right(self._starts, index) - 1]
        warp, seen = self._survey.to_first[index], self._seen
        for source, dest, unit in (
            (laid.frame.y, seen.y, 1),
            (laid.frame.u, seen.u, 2),
            (laid.frame.v, seen.v, 2),
        ):
            laid.canvas.seen(source, warp, dest, unit)
        shade, luma, chroma = self._shade(frame, alpha.small), alpha.luma, alpha.chroma
        if self._before is not None:
            standing = self._before.alpha(frame, index)
            luma, chroma = cv2.subtract(luma, standing.luma), cv2.subtract(chroma, standing.chroma)
        _lay(frame.y, seen.y, np.asarray(luma, np.uint8), shade)
        for own, new in ((frame.u, seen.u), (frame.v, seen.v)):
            _tint(own, new, np.asarray(chroma, np.uint8))
        return frame

    def _shade(self, frame: I420Frame, small: Plane) -> Plane:
        """How light and shade fall on what is there: 1 for its usual brightness, at a small size."""
        size = small.shape[1], small.shape[0]
        level = np.asarray(cv2.resize(frame.y, size, interpolation=cv2.INTER_AREA), np.float32) - 16
        weight = np.asarray(cv2.GaussianBlur(small, (0, 0), 2.0), np.float32) + np.float32(1e-3)
        smooth = np.asarray(cv2.GaussianBlur(level * small, (0, 0), 2.0), np.float32) / weight
        usual = float(np.median(level[small > 0.5])) if (small > 0.5).any() else 100.0
        self._level = usual if self._level is None else self._level + 0.1 * (usual - self._level)
        return (smooth / max(self._level, 8)).clip(_DARKEST, _BRIGHTEST)


def _laid(  # noqa: PLR0913 -- as above
    take: range, mattes: Mattes, survey: Survey, piece: Bytes, size: tuple[int, int], *, lying: bool
) -> _Laid:
    path = survey.to_first[take.start : take.stop]
    canvas = Canvas.around(path, size, size[0] / survey.size[0], _MOST_GROWN)
    keys = [k for k, key in enumerate(survey.keys) if key.index in take]
    rows, columns = np.mgrid[0 : canvas.height, 0 : canvas.width].astype(np.float32)
    x, y = columns - canvas.left - np.float32(size[0] / 2), rows - canvas.top
    if lying:
        horizon = _horizon([mattes.masks[k] for k in keys], size[1])
        u, v, footprint = _floor(x, y - np.float32(horizon), size[0])
    else:
        metres = np.float32(_WALL_M / size[0])
        u, v, footprint = x * metres, y * metres, np.full_like(x, metres)
    rgb = _sampled(piece, u, v, footprint)
    return _Laid(rgb_to_i420(rgb), canvas)


def _horizon(masks: Sequence[Plane], height: int) -> float:
    """The row from which on ground can be seen: a little above where it begins."""
    tops = [_top(mask > 0.5) for mask in masks if (mask > 0.5).any()]
    if not tops:
        return 0.45 * height
    return (max(float(np.median(tops)) - 0.06, 0.0)) * height


def _top(ground: NDArray[np.bool_]) -> float:
    """Where most of the ground begins, as a share of the height: what sticks out of it is not ground."""
    first = ground.argmax(axis=0)[ground.any(axis=0)]
    return float(np.quantile(first, 0.2)) / len(ground)


def _floor(x: Plane, below: Plane, width: int) -> tuple[Metres, Metres, Metres]:
    """Metres to the right and away on a floor, and how many metres one pixel spans, in perspective."""
    focal = _LENS * width
    down = np.maximum(below, 2)
    away = focal * _EYE_M / down
    return x * away / focal, -away, away / down


def _sampled(piece: Bytes, u: Metres, v: Metres, footprint: Metres) -> Bytes:
    """The piece, repeated, at metres ``u`` and ``v``; coarser versions of it where a pixel spans more."""
    scale = np.float32(SIDE_PX / SIDE_M)
    level = np.log2(np.maximum(footprint * scale * _FLATTEST, 1)).clip(0, _LEVELS)
    out = np.zeros((*u.shape, 3), np.float32)
    for k in range(_LEVELS + 1):
        weight = (1 - np.abs(level - np.float32(k))).clip(0, 1)
        if not weight.any():
            continue
        side = SIDE_PX >> k
        coarse = cv2.resize(piece, (side, side), interpolation=cv2.INTER_AREA) if k else piece
        to = np.float32(side / SIDE_M)
        seen = cv2.remap(
            np.pad(coarse, ((0, 1), (0, 1), (0, 0)), mode="wrap"),
            (u * to) % side,
            (v * to) % side,
            cv2.INTER_LINEAR,
        )
        out += np.asarray(seen, np.float32) * weight[..., None]
    return (out + 0.5).clip(0, 255).astype(np.uint8)


@njit(cache=True, nogil=True, parallel=True)
def _lay(luma: Bytes, new: Bytes, share: Bytes, shade: Plane) -> None:
    """The new brightness under the old light, as much as ``share`` says."""
    rows, columns = luma.shape
    scale_y = np.float32(shade.shape[0]) / np.float32(rows)
    scale_x = np.float32(shade.shape[1]) / np.float32(columns)
    for row in prange(rows):
        v = min((np.float32(row) + np.float32(0.5)) * scale_y, np.float32(shade.shape[0]) - np.float32(1.001))
        top = np.int32(v)
        fy = v - np.float32(top)
        for x in range(columns):
            amount = np.float32(share[row, x]) * np.float32(1.0 / 255.0)
            if amount > np.float32(0.0):
                u = min(
                    (np.float32(x) + np.float32(0.5)) * scale_x,
                    np.float32(shade.shape[1]) - np.float32(1.001),
                )
                left = np.int32(u)
                fx = u - np.float32(left)
                above = shade[top, left] + (shade[top, left + 1] - shade[top, left]) * fx
                under = shade[top + 1, left] + (shade[top + 1, left + 1] - shade[top + 1, left]) * fx
                lit = (np.float32(new[row, x]) - np.float32(16.0)) * (above + (under - above) * fy)
                y = np.float32(luma[row, x])
                value = y + (lit + np.float32(16.0) - y) * amount
                luma[row, x] = np.uint8(
                    min(max(value + np.float32(0.5), np.float32(16.0)), np.float32(235.0))
                )


@njit(cache=True, nogil=True, parallel=True)
def _tint(plane: Bytes, new: Bytes, share: Bytes) -> None:
    rows, columns = plane.shape
    for row in prange(rows):
        for x in range(columns):
            amount = np.float32(share[row, x]) * np.float32(1.0 / 255.0)
            value = np.float32(plane[row, x])
            plane[row, x] = np.uint8(value + (np.float32(new[row, x]) - value) * amount + np.float32(0.5))
