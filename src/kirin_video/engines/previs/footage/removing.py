"""Taking things away: what is behind them is painted over them and over their shadow."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.mixing import mix
from kirin_video.engines.previs.footage.plates import Plate, pieces_of, reached
from kirin_video.engines.previs.footage.survey import Survey
from kirin_video.media.frames import I420Frame, new_i420

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_UNLIKE: Final = 7.0  # levels of brightness and colour together, the noise of this footage aside
_NOISES: Final = 4.5
_NEAR: Final = 0.09  # of the longer side, that something may stick out of the matte at least
_REACHES: Final = 0.75  # of the thing's size, that its shadow may
_SMOOTH: Final = 10.0


class Removal:
    """Paints the plates over the thing in frame after frame.

    Args:
        matting: where the thing is.
        plates: what is behind it, one a take.
        survey: the first look through the footage.
        width: of the frames.
        height: of the frames.
    """

    def __init__(
        self, matting: Matting, plates: Sequence[Plate], survey: Survey, width: int, height: int
    ) -> None:
        self._matting, self._plates, self._survey = matting, plates, survey
        self._starts = [take.start for take in survey.takes]
        self._back = new_i420(width, height)

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Take the thing out of a frame in place."""
        alpha = self._matting.alpha(frame, index)
        back = self._seen(index)
        own, other = _small(frame, self._survey.size), _small(back, self._survey.size)
        rest = _remains(own, other, alpha.small)
        half = (frame.width // 2, frame.height // 2)
        wide = np.asarray(cv2.resize(rest, half, interpolation=cv2.INTER_LINEAR), np.uint8)
        chroma = reached(np.maximum(alpha.chroma, wide), frame.width)
        luma = cv2.resize(chroma, (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
        self._take_light(own, other, back, chroma)
        for mine, its, share in (
            (frame.y, back.y, np.asarray(luma, np.uint8)),
            (frame.u, back.u, chroma),
            (frame.v, back.v, chroma),
        ):
            mix(its, mine, share, mine)
        return frame

    def _seen(self, index: int) -> I420Frame:
        """The plate as the frame's camera sees it."""
        back = self._back
        plate = self._plates[bisect_right(self._starts, index) - 1]
        warp = self._survey.to_first[index]
        for source, dest, unit in (
            (plate.frame.y, back.y, 1),
            (plate.frame.u, back.u, 2),
            (plate.frame.v, back.v, 2),
        ):
            plate.canvas.seen(source, warp, dest, unit)
        return back

    def _take_light(self, own: Plane, other: Plane, back: I420Frame, mask: Bytes) -> None:
        """Carry the difference of light around the thing into the plate: exposure and shade drift."""
        outside = (
            np.asarray(cv2.resize(mask, self._survey.size, interpolation=cv2.INTER_AREA), np.float32) < 4
        )
        near = np.where(outside[..., None], (own - other).clip(-30, 30), np.float32(0))
        weight = cv2.GaussianBlur(outside.astype(np.float32), (0, 0), _SMOOTH) + np.float32(1e-3)
        smooth = np.asarray(cv2.GaussianBlur(near, (0, 0), _SMOOTH), np.float32) / weight[..., None]
        for channel, plane in enumerate((back.y, back.u, back.v)):
            size = (plane.shape[1], plane.shape[0])
            shift = cv2.resize(smooth[..., channel], size, interpolation=cv2.INTER_LINEAR)
            cv2.add(plane, shift, plane, dtype=cv2.CV_8U)


def _small(frame: I420Frame, size: tuple[int, int]) -> Plane:
    """Y, Cb and Cr at the size of a first look, float32, (h, w, 3)."""
    planes = [cv2.resize(p, size, interpolation=cv2.INTER_AREA) for p in (frame.y, frame.u, frame.v)]
    return np.stack(planes, axis=2).astype(np.float32)


def _remains(own: Plane, other: Plane, small: Plane) -> Bytes:
    """What is not as the plate has it and goes on from the thing: its shadow, and what its matte misses.

    Returns:
        uint8, (h, w), 0 or 255.
    """
    core = (small > 0.5).astype(np.uint8)
    if not core.any():
        return core
    apart = own - other
    apart -= np.median(apart[core == 0].reshape(-1, 3)[::7], axis=0)
    level = np.abs(apart) @ np.array([1.0, 1.6, 1.6], np.float32)
    smooth = np.asarray(cv2.GaussianBlur(level, (0, 0), 1.2), np.float32)
    far = np.asarray(cv2.distanceTransform(1 - core, cv2.DIST_L2, 3), np.float32)
    reach = max(_NEAR * max(core.shape), _REACHES * float(np.sqrt(core.sum())) * 1.6)
    noise = float(np.median(smooth[far > reach])) if (far > reach).any() else 0.0
    unlike = (smooth > max(_UNLIKE, _NOISES * noise)) & (far < reach)
    numbered = pieces_of(unlike | (far < 3))
    rest = unlike & np.isin(numbered, np.unique(numbered[core > 0]))
    return cv2.dilate(rest.astype(np.uint8) * np.uint8(255), np.ones((3, 3), np.uint8)).astype(np.uint8)
