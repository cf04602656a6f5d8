"""One subject into another: where everything of the first goes while it takes on the shape of the last."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.between.arrivals import clouds
from kirin_video.engines.previs.between.fields import Fields, flow_between
from kirin_video.engines.previs.photo.matte import Cutout, find_subject
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.regions import find_sky
from kirin_video.engines.previs.photo.scene import working_copy
from kirin_video.engines.previs.photo.superpixels import split

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_CUT_FROM: Final = 0.4
_REACH: Final = 0.16
_SMOOTHINGS, _STEEPEST = 12, 0.55
_RIM_PX: Final = 26.0
_SETTLE, _VAGUE = 0.02, 0.055
"""How smooth flow is made, as a share of the longer side: between shapes, and between whole pictures."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The subject of a picture as a shape, at the working size.

    Attributes:
        mask: bool, (h, w); empty where nothing stands out.
        middle: x and y, as shares of width and height.
        spread: standard deviations along x and y, the same way.
    """

    mask: Mask
    middle: tuple[float, float]
    spread: tuple[float, float]

    @property
    def stands_out(self) -> bool:
        """Whether there is a subject."""
        return bool(self.mask.any())


def shape_of(rgb: Rgb) -> Shape:
    """The shape of a picture's subject."""
    small = working_copy(rgb)
    pieces = split(small)
    found: Cutout = find_subject(small, pieces, find_sky(small, pieces))
    height, width = small.shape[:2]
    if found.confidence < _CUT_FROM or not found.mask.any():
        return Shape(np.zeros((height, width), np.bool_), (0.5, 0.5), (0.25, 0.25))
    rows, columns = np.nonzero(found.mask)
    middle = float(columns.mean() + 0.5) / width, float(rows.mean() + 0.5) / height
    return Shape(found.mask, middle, (float(columns.std()) / width, float(rows.std()) / height))


def likeness(first: Shape, last: Shape) -> float:
    """How well one shape covers the other once both lie on each other, 0 to 1."""
    if not (first.stands_out and last.stands_out):
        return 0.0
    height, width = first.mask.shape
    x, y = _onto(first, last, width, height)
    laid = cv2.remap(last.mask.astype(np.float32), x, y, cv2.INTER_LINEAR) > 0.5
    return float((laid & first.mask).sum() / max(int((laid | first.mask).sum()), 1))


def shape_fields(first: Rgb, last: Rgb, shapes: tuple[Shape, Shape]) -> Fields:
    """The way of everything from one shape to the other; what is far from both stays."""
    small = working_copy(first), working_copy(last)
    forth = _moulded(*small, *shapes)
    back = _reverse(forth)
    step = first.shape[1] / small[0].shape[1]
    even = np.full(forth.shape[:2], 0.5, np.float32)
    return Fields(
        forth * np.float32(step), back * np.float32(step), even, even,
        np.eye(3), np.eye(3), ((step - 1) / 2, (step - 1) / 2), step, False, True,
    )  # fmt: skip


def spreading(shape: Shape, seed: int) -> Plane:
    """When the pictures change over: from the middle of the subject outwards, in a narrow uneven front.

    A front leaves hardly a point where both are seen at once, which would be a ghost.
    """
    mask = shape.mask
    if not mask.any():
        return (0.12 * clouds(mask.shape, seed, (3, 6, 12), 0.6)).astype(np.float32)
    inside, away = (
        np.asarray(cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
        for side in (mask, ~mask)
    )
    outwards = np.clip(away / (0.5 * max(mask.shape)), 0, 1)
    late = -0.06 - 0.16 * inside / max(float(inside.max()), 1.0) + 0.28 * outwards
    late += 0.04 * clouds(mask.shape, seed, (4, 8, 16), 0.6)
    soft = np.asarray(cv2.GaussianBlur(late.astype(np.float32), (0, 0), 2.0), np.float32)
    return np.clip(soft, -0.25, 0.25).astype(np.float32)


def resemblance(first: Rgb, last: Rgb, shapes: tuple[Shape, Shape]) -> float:
    """How far the colours of both subjects differ once they lie on each other: mean of 0 to 255, blurred."""
    small = working_copy(first), working_copy(last)
    height, width = small[0].shape[:2]
    x, y = _onto(*shapes, width, height)
    soft = [np.asarray(cv2.GaussianBlur(rgb, (0, 0), 5.0), np.float32) for rgb in small]
    laid = np.asarray(cv2.remap(soft[1], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
    where = shapes[0].mask
    return float(np.abs(laid - soft[0]).mean(axis=2)[where].mean()) if where.any() else 255.0


def _onto(first: Shape, last: Shape, width: int, height: int) -> tuple[Plane, Plane]:
    """Where each point of the first picture is in the last, shapes laid on each other: pixels."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    sizes = width, height
    found: list[Plane] = []
    for axis, plane in enumerate((x, y)):
        scale = float(np.clip(last.spread[axis] / max(first.spread[axis], 1e-3), 0.6, 1.6))
        here, there = first.middle[axis] * sizes[axis], last.middle[axis] * sizes[axis]
        found.append((there + scale * (plane - here)).astype(np.float32))
    return found[0], found[1]


def _moulded(here: Rgb, there: Rgb, first: Shape, last: Shape) -> Plane:
    """From the first picture's points to the last's, relative to themselves: float32, (h, w, 2)."""
    height, width = here.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    shift = np.zeros((height, width, 2), np.float32)
    near = np.ones((height, width), np.float32)
    settle, most = _VAGUE * max(height, width), 0.07 * max(height, width)
    if first.stands_out and last.stands_out:
        x, y = _onto(first, last, width, height)
        laid = cv2.remap(last.mask.astype(np.float32), x, y, cv2.INTER_LINEAR) > 0.5
        wish = np.stack([x - columns, y - rows], -1)
        either = first.mask | laid
        near = _near(either, float(np.abs(wish[either]).max()))
        shift = wish * near[..., None]
        guides = _guide(here, first.mask), _guide(there, last.mask)
        settle, most = _SETTLE * max(height, width), 0.12 * max(height, width)
    else:
        guides = _guide(here, None), _guide(there, None)
    brought = cv2.remap(
        guides[1],
        columns + shift[..., 0],
        rows + shift[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    rest = flow_between(guides[0], np.asarray(brought, np.uint8)) * near[..., None]
    rest = np.asarray(cv2.GaussianBlur(np.clip(rest, -most, most), (0, 0), settle), np.float32)
    return _untorn((shift + rest).astype(np.float32))


def _untorn(motion: Plane) -> Plane:
    """A motion smoothed until it stretches nothing beyond measure, so that it can be undone."""
    for _ in range(_SMOOTHINGS):
        steps = [np.abs(np.diff(motion, axis=axis)).max() for axis in (0, 1)]
        if max(float(step) for step in steps) < _STEEPEST:
            break
        motion = np.asarray(cv2.GaussianBlur(motion, (0, 0), 0.03 * max(motion.shape)), np.float32)
    return motion


def _near(mask: Mask, farthest: float) -> Plane:
    """1 on both shapes, less beside them: so slowly that what moves farthest pushes nothing over itself."""
    away = np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    reach = max(_REACH * max(mask.shape), 1.25 * farthest)
    return np.exp(-((away / reach) ** 2)).astype(np.float32)


def _guide(rgb: Rgb, mask: Mask | None) -> NDArray[np.uint8]:
    """What flow is led by: how far inside of an outline a point is, and a little of the picture."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), 2.5), np.float32)
    if mask is None:
        return np.clip(np.asarray(cv2.GaussianBlur(grey, (0, 0), 5.0)), 0, 255).astype(np.uint8)
    inside, outside = (
        np.asarray(cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
        for side in (mask, ~mask)
    )
    depth = np.clip((inside - outside) / _RIM_PX, -1, 1)
    detail = (soft - soft.mean()) / max(float(soft.std()), 1.0)
    return np.clip(128 + 95 * depth + 14 * detail, 0, 255).astype(np.uint8)


def _reverse(forth: Plane) -> Plane:
    """The same motion seen from where it leads to."""
    rows, columns = np.mgrid[0 : forth.shape[0], 0 : forth.shape[1]].astype(np.float32)
    back = np.zeros_like(forth)
    for _ in range(12):
        back = -np.asarray(
            cv2.remap(
                forth, columns + back[..., 0], rows + back[..., 1], cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.float32,
        )  # fmt: skip
    return back
