"""The background of footage without one thing, put together from the frames in which it is seen."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.laying import Canvas, median, spread
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.survey import Survey, rgb_of
from kirin_video.engines.previs.photo.patchfill import filled
from kirin_video.engines.previs.photo.superpixels import lab_of
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame, new_i420

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

SAMPLES: Final = 15
"""Frames of each take that its background is put together from."""

_REACH: Final = 0.012  # of the longer side, that the thing's edge may reach beyond its matte
_SEEN_OFTEN: Final = 2  # samples
_DEEPEST: Final = 0.35
_SEEN: Final = np.uint8(0)
_COVERED: Final = np.uint8(1)
_OUTSIDE: Final = np.uint8(2)
_TINTED: Final = 26.0  # CIE Lab: what the sky alone lights is bluer than what the sun lights
_SHADE_PX: Final = 240  # the width at which a shadow is looked for


@dataclass(frozen=True, slots=True)
class Plate:
    """The background of one take without the thing.

    Attributes:
        frame: the picture.
        canvas: where the frames lie in it.
        needed: pixels at half size that the thing hides at some time.
        invented: how many of those were never seen.
    """

    frame: I420Frame
    canvas: Canvas
    needed: float
    invented: float


def make_plates(
    frames: Iterable[I420Frame], survey: Survey, matting: Matting, seed: int
) -> tuple[Plate, ...]:
    """Put each take's background together: the median of what is seen, and patches where nothing is.

    Args:
        frames: all of the clip.
        survey: the first look through it.
        matting: where the thing is.
        seed: for the patches.
    """
    plates: list[Plate] = []
    takes = iter(survey.takes)
    take: _Take | None = None
    for index, frame in enumerate(frames):
        if take is None or index not in take.frames:
            if take is not None:
                plates.append(take.merged(seed))
            take = _Take.of(next(takes), survey, frame.width, frame.height)
        if index in take.wanted:
            mask = reached(matting.alpha(frame, index).chroma, frame.width)
            take.add(frame, survey, index, mask)
    assert take is not None
    return (*plates, take.merged(seed))


def invented_share(plates: Iterable[Plate]) -> float:
    """How much of what a thing hides was never seen, 0 to 1."""
    each = list(plates)
    return sum(plate.invented for plate in each) / max(sum(plate.needed for plate in each), 1.0)


def reached(mask: Bytes, width: int) -> Bytes:
    """A mask that also takes the thing's edge, with a soft border."""
    side = 2 * max(1, round(_REACH * width / 2)) + 1
    wide = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return np.asarray(cv2.blur(cv2.threshold(wide, 40, 255, cv2.THRESH_BINARY)[1], (5, 5)), np.uint8)


def pieces_of(mask: Mask) -> NDArray[np.int64]:
    """A number for each pixel: 0 outside the mask, the same for all that hangs together."""
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    return np.asarray(labels, np.int64)


@dataclass
class _Take:
    """What has been collected of one take."""

    frames: range
    wanted: frozenset[int]
    canvas: Canvas
    planes: list[tuple[Bytes, Bytes, Bytes]] = field(default_factory=list[tuple[Bytes, Bytes, Bytes]])
    hidden: list[Bytes] = field(default_factory=list[Bytes])

    @classmethod
    def of(cls, frames: range, survey: Survey, width: int, height: int) -> _Take:
        wanted = frozenset(frames[k] for k in spread(len(frames), SAMPLES))
        path = survey.to_first[frames.start : frames.stop]
        return cls(frames, wanted, Canvas.around(path, (width, height), width / survey.size[0]))

    def add(self, frame: I420Frame, survey: Survey, index: int, mask: Bytes) -> None:
        warp, laid = survey.to_first[index], self.canvas.laid
        whole = laid(np.full(mask.shape, 255, np.uint8), warp, 2, border=0)
        covered = laid(np.where(mask > 8, np.uint8(255), np.uint8(0)), warp, 2, border=0)
        self.hidden.append(np.select([whole < 250, covered > 5], [_OUTSIDE, _COVERED], _SEEN))
        self.planes.append((laid(frame.y, warp), laid(frame.u, warp, 2), laid(frame.v, warp, 2)))

    def merged(self, seed: int) -> Plate:
        hidden = np.stack(self.hidden)
        out = new_i420(self.canvas.width, self.canvas.height)
        for channel, dest in enumerate((out.y, out.u, out.v)):
            median(np.stack([each[channel] for each in self.planes]), hidden, 2 if channel == 0 else 1, dest)
        # seen hardly ever, it may be the thing itself where its matte has failed
        seen, needed = (hidden == _SEEN).sum(axis=0), (hidden == _COVERED).any(axis=0)
        hole = np.asarray((seen < min(_SEEN_OFTEN, len(hidden))) & needed, np.bool_)
        if hole.any():
            hole |= shadow_of(out, hole)
            _fill(out, hole, seen > 0, seed)
        return Plate(out, self.canvas, float(needed.sum()), float(hole.sum()))


def _fill(out: I420Frame, hole: Mask, usable: Mask, seed: int) -> None:
    """Paint a hole with patches from around it."""
    full, source = (np.repeat(np.repeat(mask, 2, axis=0), 2, axis=1) for mask in (hole, usable & ~hole))
    rgb = rgb_of(out)
    painted = filled(rgb, full, source, _DEEPEST * max(out.width, out.height), seed)
    patch = rgb_to_i420(np.where(full[..., None], painted, rgb))
    for dest, new, where in ((out.y, patch.y, full), (out.u, patch.u, hole), (out.v, patch.v, hole)):
        dest[where] = new[where]


def shadow_of(out: I420Frame, hole: Mask) -> Mask:
    """The shadow that goes on from the foot of a hole: darker than the ground beside it, of the same tint."""
    rows, columns = hole.shape
    size = (_SHADE_PX, max(8, round(_SHADE_PX * rows / columns)))
    lab = lab_of(np.asarray(cv2.resize(rgb_of(out), size, interpolation=cv2.INTER_AREA), np.uint8))
    small = cv2.resize(hole.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    if not small.any():  # what is left of it is too small to throw a shadow
        return np.zeros_like(hole)
    zone, foot = _around_the_foot(small)
    ground = zone & ~small
    if ground.sum() < 40:
        return np.zeros_like(hole)
    light, a, b = np.median(lab[ground], axis=0)
    share = lab[..., 0] / max(float(light), 1.0)  # colours lose strength with the light
    tint = np.hypot(lab[..., 1] - a * share, lab[..., 2] - b * share)
    dark = ground & (lab[..., 0] < 0.84 * light) & (lab[..., 0] > 0.25 * light) & (tint < _TINTED)
    numbered = pieces_of(dark | foot)
    joined = np.isin(numbered, np.unique(numbered[foot])) & dark
    if not 0.002 < joined.sum() / zone.sum() < 0.4:  # all of the ground is as dark, or nothing is
        return np.zeros_like(hole)
    wide = cv2.dilate(joined.astype(np.uint8), np.ones((7, 7), np.uint8))
    return cv2.resize(wide, (columns, rows), interpolation=cv2.INTER_LINEAR) > 0


def _around_the_foot(small: Mask) -> tuple[Mask, Mask]:
    """Where the shadow of what filled a hole may lie, and the hole's own lowest part."""
    rows, columns = np.nonzero(small)
    top, bottom, left, right = rows.min(), rows.max(), columns.min(), columns.max()
    tall = bottom - top + 1
    zone, foot = np.zeros_like(small), np.zeros_like(small)
    around = slice(max(0, left - tall), right + tall)
    zone[max(0, bottom - round(0.3 * tall)) : bottom + round(0.3 * tall) + 2, around] = True
    foot[bottom - round(0.2 * tall) : bottom + 1] = small[bottom - round(0.2 * tall) : bottom + 1]
    return zone, foot
