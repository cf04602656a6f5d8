"""What a picture is by its content alone: somebody or something, a place, or a drawing for its style."""

# ruff: noqa: PLR2004 -- thresholds that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.saliency import skin_of
from kirin_video.engines.previs.photo.superpixels import split
from kirin_video.engines.previs.references.cutting import Cut, cut_out
from kirin_video.engines.previs.references.cutting.cut import CUT_FROM, scaled
from kirin_video.engines.previs.references.roles import Part

_LOOKED_AT_PX = 256
_PAINTED = 0.62
_COVERS = 0.05
"""What stands out and covers less of an unplain picture is a detail of a place."""
_ACROSS = 0.25
"""What covers so much of both side borders is the ground of a place."""
_SKIN = 0.10
_UPRIGHT = 1.25
"""Whole people are at least so many times as tall as wide."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was seen in a picture.

    Attributes:
        rgb: the picture.
        cut: its subject, where something stands out at all.
        part: what the picture is best used for.
        painted: how much it is drawn or painted, 0 to 1.
        person: whether its subject shows so much skin that it is a person.
    """

    rgb: Rgb
    cut: Cut | None
    part: Part
    painted: float
    person: bool


def seen_in(rgb: Rgb) -> Content:
    """Look at a picture."""
    cut = cut_out(rgb)
    painted = _painted(scaled(rgb, _LOOKED_AT_PX))
    part = Part.SCENE
    if cut is not None and (cut.plain or _stands_out(cut)):
        part = Part.SUBJECT
    elif painted > _PAINTED:
        part = Part.STYLE
    return Content(rgb, cut, part, painted, cut is not None and _is_person(cut))


def _stands_out(cut: Cut) -> bool:
    """Whether what was cut out of a picture is its subject, and no detail and no ground."""
    return cut.confidence >= CUT_FROM and cut.share > _COVERS and cut.across < _ACROSS


def _painted(small: Rgb) -> float:
    """How much a picture is of flat areas and few colours: drawings are, photographs hardly.

    A drawing keeps nearly all its pixels under a strong smoothing that spares edges, and has large areas of
    exactly one colour.
    """
    smooth = np.asarray(cv2.bilateralFilter(small, 7, 24, 5), np.int16)
    kept = float((np.abs(smooth - small.astype(np.int16)).max(axis=2) <= 3).mean())
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.int16)
    flat = float((np.abs(np.diff(grey, axis=1)) == 0).mean())
    colors = len(np.unique((small // 16).reshape(-1, 3), axis=0)) / 4096.0
    hue = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2HSV), np.float32)
    vivid = float((hue[..., 1] > 130).mean())
    score = 0.45 * _ramp(flat, 0.18, 0.55) + 0.25 * _ramp(kept, 0.55, 0.9) + 0.15 * _ramp(vivid, 0.2, 0.7)
    return float(score + 0.15 * (1.0 - _ramp(colors, 0.02, 0.12)))


def _is_person(cut: Cut) -> bool:
    """Skin in the upper half of what is cut out, which is upright: brown animals have the colour of skin."""
    height, width = cut.alpha.shape
    if not cut.cropped and height < _UPRIGHT * width:
        return False
    upper = cut.rgb[: max(cut.rgb.shape[0] // 2, 8)]
    cover = cut.alpha[: upper.shape[0]] > 0.5
    if min(upper.shape[:2]) < 24 or not cover.any():
        return False
    small = scaled(np.where(cover[..., None], upper, 255).astype(np.uint8), 200)
    pieces = split(small, 120)
    skin = pieces.painted(skin_of(pieces))
    inside = cv2.resize(cover.astype(np.uint8), (small.shape[1], small.shape[0])) > 0
    return float(skin[inside].mean()) > _SKIN


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
