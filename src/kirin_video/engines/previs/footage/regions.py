"""Parts of a picture that are told by their place and texture: the sky, the ground, a wall."""

# ruff: noqa: PLR2004 - thresholds that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.agreeing import agreed
from kirin_video.engines.previs.footage.cutting import soft
from kirin_video.engines.previs.footage.edits import Region
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Rgb, Survey
from kirin_video.engines.previs.photo import superpixels
from kirin_video.engines.previs.photo.regions import find_sky
from kirin_video.engines.previs.photo.superpixels import Pieces

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_OUTSHINES: Final = 45.0  # levels
_LEAST: Final = {Region.SKY: 0.008, Region.GROUND: 0.03, Region.WALL: 0.03}


def region_mattes(survey: Survey, region: Region, subject: Mattes | None) -> Mattes | None:
    """The masks of the sky, the ground or the wall; None where there is none.

    Args:
        survey: the footage.
        region: which of the three.
        subject: who stands before it, and is none of it.
    """
    find = {Region.SKY: _sky, Region.GROUND: _ground, Region.WALL: _wall}[region]
    masks: list[Mask] = []
    for place, key in enumerate(survey.keys):
        before = subject.masks[place] > 0.5 if subject is not None else np.zeros(key.grey.shape, np.bool_)
        masks.append(find(key.rgb, superpixels.split(key.rgb), before))
    if float(np.mean([mask.mean() for mask in masks])) < _LEAST[region]:
        return None
    return Mattes(tuple(soft(mask) for mask in agreed(survey, masks)), by_motion=False)


def _sky(rgb: Rgb, pieces: Pieces, before: Mask) -> Mask:
    found, opening = find_sky(rgb, pieces), _open_above(rgb, pieces) & ~before
    if not found.any() or not opening.any():
        return found | opening
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    # a ceiling is grey and smooth too, but what is outside is brighter by far
    return opening if grey[opening].mean() > grey[found].mean() + _OUTSHINES else found


def _open_above(rgb: Rgb, pieces: Pieces) -> Mask:
    """A sky that only shows in a part of the picture: behind trees, over roofs, through a window."""
    lightness, a, b = pieces.color.T
    chroma = np.hypot(a, b)
    bright = lightness > max(76.0, float(np.median(lightness)) + 14.0)
    blue = (b < -5) & (a < 16) & (lightness > 40)
    open_to = (blue | (bright & (chroma < 18))) & (pieces.mean_of(_rough(rgb)) < 9.0)
    labels = _groups(pieces, open_to, 40.0)
    sky = np.zeros(len(pieces.area), np.bool_)
    for group in np.unique(labels[open_to]):
        own = labels == group
        whole = own[pieces.labels]
        rows = np.flatnonzero(whole.any(axis=1))
        if rows[0] < 0.08 * len(whole) and rows.mean() < 0.6 * len(whole) and pieces.area[own].sum() > 0.012:
            sky |= own
    return sky[pieces.labels]


def _ground(rgb: Rgb, pieces: Pieces, before: Mask) -> Mask:
    """What reaches up from the lower border, getting no rougher and no other in colour on its way."""
    height = rgb.shape[0]
    low = pieces.center[:, 1] * max(rgb.shape[:2]) > 0.45 * height
    sky = pieces.mean_of(find_sky(rgb, pieces).astype(np.float32)) > 0.5
    free = (pieces.mean_of(before.astype(np.float32)) < 0.4) & ~sky
    start = np.zeros(len(pieces.area), np.bool_)
    start[np.unique(pieces.labels[-2:])] = True
    return _grown(pieces, start & low & free, low & free, 14.0)[pieces.labels] & ~before


def _wall(rgb: Rgb, pieces: Pieces, before: Mask) -> Mask:
    """The largest even part of the picture that is neither sky nor ground nor subject."""
    taken = _sky(rgb, pieces, before) | _ground(rgb, pieces, before) | before
    free = pieces.mean_of(taken.astype(np.float32)) < 0.4
    if not free.any():
        return np.zeros_like(before)
    labels = _groups(pieces, free, 9.0)
    areas = np.bincount(labels[free], weights=pieces.area[free])
    return (labels == int(areas.argmax()))[pieces.labels] & ~before


def _grown(pieces: Pieces, start: Mask, allowed: Mask, step: float) -> Mask:
    """Pieces joined one by one while they look like their neighbour, never far from where it began."""
    close = _close(pieces, step)
    grown = start.copy()
    while True:
        fresh = close[grown].any(axis=0) & allowed & ~grown
        if not fresh.any():
            return grown
        grown |= fresh


def _groups(pieces: Pieces, chosen: Mask, step: float) -> NDArray[np.int64]:
    """For each chosen piece the lowest number of those that it hangs together with; no number for others."""
    none = len(chosen)
    close = _close(pieces, step) & chosen & chosen[:, None]
    labels = np.where(chosen, np.arange(none), none)
    while True:
        lower = np.minimum(labels, np.where(close, labels, none).min(axis=1))
        if (lower == labels).all():
            return labels
        labels = lower


def _close(pieces: Pieces, step: float) -> Mask:
    """Which pieces touch and look alike: bool, (n, n)."""
    apart = np.linalg.norm(pieces.color[:, None, :] - pieces.color[None, :, :], axis=2)
    return pieces.neighbors & (apart < step)


def _rough(rgb: Rgb) -> Plane:
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    spread = [np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, *way), np.float32)) for way in ((1, 0), (0, 1))]
    return np.asarray(cv2.blur((spread[0] + spread[1]) / 4, (5, 5)), np.float32)
