"""Hair and fire in a picture: what else moves by itself, found by colour, texture and place."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.saliency import skin_of
from kirin_video.engines.previs.photo.superpixels import Pieces, lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_LEAST_FACE = 0.006
_LEAST_HAIR = 0.12
_LEAST_FIRE = 0.002
_MOST_FIRE = 0.2


def find_hair(rgb: Rgb, pieces: Pieces, subject: Mask) -> Plane:
    """Hair around a face: of the subject, beside or above skin, and darker than it; 0 to 1, float32, (h, w).

    It holds at the crown and swings at its ends. All 0 where no face or no hair is found.
    """
    none = np.zeros(subject.shape, np.float32)
    skin = (pieces.painted(skin_of(pieces)) > 0.45) & subject
    face = _face(skin)
    if face is None:
        return none
    x, y, radius = face
    lightness = lab_of(rgb)[..., 0]
    rows, columns = np.mgrid[0 : rgb.shape[0], 0 : rgb.shape[1]].astype(np.float32)
    away = np.hypot((columns - x) / np.float32(1.9), (rows - y) / np.float32(2.2)) / np.float32(radius)
    darker = lightness < float(np.median(lightness[skin])) - 12.0
    hair = subject & ~skin & darker & (away < 1.0) & (rows < y + 1.9 * radius)
    if hair.sum() < _LEAST_HAIR * radius * radius * np.pi:
        return none
    hangs = np.clip((rows - (y - 1.2 * radius)) / (1.8 * radius), 0.15, 1.0)
    soft = np.asarray(cv2.GaussianBlur(hair.astype(np.float32), (0, 0), 2.0), np.float32)
    still = cv2.GaussianBlur(skin.astype(np.float32), (0, 0), 2.5)
    return (soft * hangs * np.clip(1.0 - 1.6 * np.asarray(still), 0, 1)).astype(np.float32)


def _face(skin: Mask) -> tuple[float, float, float] | None:
    """The middle and radius of the topmost large patch of skin, pixels."""
    count, labels, stats, centers = cv2.connectedComponentsWithStats(skin.astype(np.uint8), connectivity=4)
    del labels
    large = [n for n in range(1, count) if stats[n, cv2.CC_STAT_AREA] >= _LEAST_FACE * skin.size]
    round_ones = [
        n
        for n in large
        if 0.45 < stats[n, cv2.CC_STAT_WIDTH] / stats[n, cv2.CC_STAT_HEIGHT] < 1.6
        and stats[n, cv2.CC_STAT_AREA] > 0.45 * stats[n, cv2.CC_STAT_WIDTH] * stats[n, cv2.CC_STAT_HEIGHT]
    ]
    if not round_ones:
        return None
    top = min(round_ones, key=lambda n: stats[n, cv2.CC_STAT_TOP])
    radius = float(np.sqrt(stats[top, cv2.CC_STAT_AREA] / np.pi))
    return float(centers[top][0]), float(centers[top][1]), radius


def find_fire(rgb: Rgb, sky: Mask) -> Plane:
    """Flames: a core near white or yellow within orange, before something dark; 0 to 1, float32, (h, w)."""
    none = np.zeros(sky.shape, np.float32)
    red, green, blue = (rgb[..., c].astype(np.float32) for c in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    core = (red > 235) & (green > 170) & (red - blue > 25) & (luma > 175)
    orange = (red > 170) & (red - blue > 95) & (red - green > 25) & (red - green < 150)
    reach = round(0.03 * max(sky.shape)) | 1
    kernel = np.ones((reach, reach), np.uint8)
    fire = _with_both(core, orange) & ~sky
    share, hottest = float(fire.mean()), float((core & fire).mean())
    if not _LEAST_FIRE <= share <= _MOST_FIRE or not 0.1 * share <= hottest <= 0.9 * share:
        return none
    wide = cv2.dilate(fire.astype(np.uint8), np.ones((4 * reach + 1, 4 * reach + 1), np.uint8)) > 0
    around = wide & ~(cv2.dilate(fire.astype(np.uint8), kernel) > 0)
    if not around.any() or float(np.median(luma[around])) > 70.0:
        return none
    return np.asarray(cv2.GaussianBlur(fire.astype(np.float32), (0, 0), 2.0), np.float32)


def _with_both(core: Mask, orange: Mask) -> Mask:
    """The patches of either that have some of both."""
    count, labels = cv2.connectedComponents((core | orange).astype(np.uint8), connectivity=8)
    numbered = np.asarray(labels, np.int64)
    hot, warm = (np.bincount(numbered[part], minlength=count) > 0 for part in (core, orange))
    both = hot & warm
    both[0] = False
    return both[numbered]
