"""Peeling a picture: what is in front with its soft edge, and the plate of what it hides."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.patchfill import filled
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.unmixing import unmix
from kirin_video.engines.previs.side_by_side import both

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]


_DEEPEST = 0.10
_MATTE_PX = 720
_SMOOTH_PX = 480
_LARGEST_SHIFT = 40.0


@dataclass(frozen=True, slots=True)
class Peeled:
    """A picture in two, such that ``front * alpha + plate * (1 - alpha)`` is the picture again.

    Attributes:
        front: the colours in front, cleaned of what shines through at the edge, uint8, (h, w, 3).
        alpha: 0 to 1, float32, (h, w).
        plate: the whole background, uint8, (h, w, 3).
    """

    front: Rgb
    alpha: Plane
    plate: Rgb


def peel(rgb: Rgb, mask: Mask, zones: tuple[Mask, ...], seed: int) -> Peeled:
    """Separates what lies under a mask, given at any size, from the rest.

    Args:
        rgb: the picture, uint8, (h, w, 3).
        mask: what is in front, roughly, bool, at a smaller size.
        zones: what lies behind, such as sky and land, bool, at the mask's size: each is filled from itself.
        seed: for the texture behind.
    """
    rough = soft_matte(rgb, mask)
    spread, (plate, hole) = both(
        lambda: _spread_colors(rgb, rough > 0.97), lambda: _behind(rgb, rough, zones, seed)
    )
    core = _grown(mask, rgb.shape[1], rgb.shape[0]) > 0.5
    alpha, front = rough.copy(), rgb.copy()
    unmix(rgb, spread, plate, rough, core, _box_of(hole), alpha, front)
    return Peeled(front, alpha, plate)


def _behind(rgb: Rgb, rough: Plane, zones: tuple[Mask, ...], seed: int) -> tuple[Rgb, Mask]:
    """The plate, and where it is painted."""
    unit = max(rgb.shape[:2]) / 1280.0
    reach = max(2, round(11 * unit))
    away = _away_from(rough > 0.04)
    hole, usable = away <= reach, away > reach + max(1, round(3 * unit))
    fill = rgb.copy()
    for index, small in enumerate(zones):
        zone = _grown(small, rgb.shape[1], rgb.shape[0]) > 0.5
        if (hole & zone).any():
            painted = filled(rgb, hole & zone, usable & zone, _DEEPEST * max(rgb.shape[:2]), seed + index)
            cv2.copyTo(painted, (hole & zone).view(np.uint8), fill)
    return _seamless(rgb, fill, hole, max(1.5, 4 * unit)), hole


def _away_from(mask: Mask) -> Plane:
    """Pixels to the nearest one of a mask."""
    return np.asarray(cv2.distanceTransform((~mask).view(np.uint8), cv2.DIST_L2, 5), np.float32)


def _box_of(mask: Mask) -> tuple[int, int, int, int]:
    """The smallest box around a mask: left, top, right and bottom."""
    left, top, width, height = cv2.boundingRect(mask.view(np.uint8))
    return left, top, left + width, top + height


def soft_matte(rgb: Rgb, mask: Mask) -> Plane:
    """A mask made to follow the picture's edges at full size, with soft borders a few pixels wide.

    Guided filtering (He, Sun and Tang 2010) pulls the border to edges; a steeper ramp keeps it from glowing.
    """
    small = bounded(rgb, _MATTE_PX)
    height, width = small.shape[:2]
    unit = max(height, width) / 1280.0
    grown = _grown(mask, width, height)
    guide = small.astype(np.float32) / np.float32(255)
    snapped = grown
    for radius, softness in ((14.0, 2e-3), (6.0, 5e-4)):
        snapped = cv2.ximgproc.guidedFilter(guide, snapped, max(2, round(radius * unit)), softness)
        snapped = np.clip((np.asarray(snapped, np.float32) - 0.5) * 1.5 + 0.5, 0, 1)
    matte = _only_near(snapped.astype(np.float32), grown > 0.5, max(2, round(16 * unit)))
    return matte if small is rgb else _sharpened(rgb, small, matte)


def bounded(rgb: Rgb, longest_px: int) -> Rgb:
    """The picture with a longer side of so many pixels at most."""
    scale = longest_px / max(rgb.shape[:2])
    if scale >= 1.0:
        return rgb
    size = round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _sharpened(rgb: Rgb, small: Rgb, matte: Plane) -> Plane:
    """A small picture's matte at full size: its local lines over brightness, drawn on the full picture's.

    The subsampled guided filter of He and Sun (2015).
    """
    size = rgb.shape[1], rgb.shape[0]
    guide = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
    side = (5, 5)
    mean, mean_matte = cv2.blur(guide, side), cv2.blur(matte, side)
    covariance = np.asarray(cv2.blur(guide * matte, side)) - np.asarray(mean) * np.asarray(mean_matte)
    variance = np.asarray(cv2.blur(guide * guide, side)) - np.asarray(mean) ** 2
    slope = (covariance / (variance + np.float32(1e-3))).astype(np.float32)
    lift = (np.asarray(mean_matte) - slope * np.asarray(mean)).astype(np.float32)
    slope, lift = (np.asarray(cv2.blur(plane, side), np.float32) for plane in (slope, lift))
    full = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
    drawn = np.asarray(cv2.resize(slope, size, interpolation=cv2.INTER_LINEAR)) * full
    drawn += np.asarray(cv2.resize(lift, size, interpolation=cv2.INTER_LINEAR))
    plain = np.asarray(cv2.resize(matte, size, interpolation=cv2.INTER_LINEAR), np.float32)
    open_border = (plain > 0.002) & (plain < 0.998)
    return np.where(open_border, np.clip(drawn, 0, 1), np.rint(plain)).astype(np.float32)


def _grown(mask: Mask, width: int, height: int) -> Plane:
    return np.asarray(
        cv2.resize(mask.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC), np.float32
    )


def _only_near(alpha: Plane, core: Mask, reach: int) -> Plane:
    """Nothing appears or vanishes far from the mask it came from."""
    outside = _dilated(core, reach)
    inside = ~_dilated(~core, reach)
    return np.where(outside, np.where(inside, np.maximum(alpha, 1.0), alpha), 0.0).astype(np.float32)


def _dilated(mask: Mask, reach: int) -> Mask:
    side = 2 * reach + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return cv2.dilate(mask.astype(np.uint8), kernel) > 0


def _seamless(rgb: Rgb, fill: Rgb, hole: Mask, softness: float) -> Rgb:
    """Shifts the fill's tones to meet the picture's along the hole's rim, then feathers the seam inwards.

    The difference of both sides' local means at the rim is carried into the hole, ever more smoothly, as a
    membrane would be stretched over it.
    """
    matched = rgb.copy()
    shifted = cv2.add(fill, _membrane(rgb, fill, hole, softness), dtype=cv2.CV_8U)
    cv2.copyTo(shifted, hole.view(np.uint8), matched)
    part = _around(hole, math.ceil(4 * softness))
    _feathered(matched[part], np.ascontiguousarray(hole[part]), softness)
    return matched


def _around(mask: Mask, spare: int) -> tuple[slice, slice]:
    """Rows and columns of a mask, with so many more on every side."""
    left, top, right, bottom = _box_of(mask)
    return (
        slice(max(top - spare, 0), min(bottom + spare, mask.shape[0])),
        slice(max(left - spare, 0), min(right + spare, mask.shape[1])),
    )


def _feathered(matched: Rgb, hole: Mask, softness: float) -> None:
    """Blurs what lies within a hole along its rim, in place, less the farther in."""
    inwards = np.asarray(cv2.distanceTransform(hole.view(np.uint8), cv2.DIST_L2, 3), np.float32)
    seam = hole & (inwards < softness)
    soft = np.asarray(cv2.GaussianBlur(matched, (0, 0), softness / 2), np.uint8)[seam].astype(np.float32)
    blend = (inwards[seam] / np.float32(softness))[:, None]
    matched[seam] = np.rint(soft + blend * (matched[seam].astype(np.float32) - soft)).astype(np.uint8)


def _membrane(rgb: Rgb, fill: Rgb, hole: Mask, softness: float) -> Plane:
    """What the fill's tones lack, float32, (h, w, 3): smooth, therefore worked out at a small size."""
    small, small_fill = bounded(rgb, _SMOOTH_PX), bounded(fill, _SMOOTH_PX)
    size = small.shape[1], small.shape[0]
    inside = np.asarray(cv2.resize(hole.view(np.uint8), size, interpolation=cv2.INTER_NEAREST)) > 0
    soft = max(1.2, softness * size[0] / rgb.shape[1])
    rim = inside & _dilated(~inside, max(2, round(soft)))
    gap = _local_mean(small, ~inside, soft) - _local_mean(small_fill, inside, soft)
    membrane = _carried(np.clip(gap, -_LARGEST_SHIFT, _LARGEST_SHIFT), rim, soft)
    grown = cv2.resize(membrane, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(grown, np.float32)


def _local_mean(rgb: Rgb, where: Mask, sigma: float) -> Plane:
    weight = where.astype(np.float32)
    total = np.asarray(
        cv2.GaussianBlur(rgb.astype(np.float32) * weight[..., None], (0, 0), sigma), np.float32
    )
    share = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigma), np.float32)
    return np.asarray(total / np.maximum(share, 0.02)[..., None], np.float32)


def _carried(values: Plane, known: Mask, sigma: float) -> Plane:
    """Values carried from where they are known over everything, by blurs of growing width."""
    weight = known.astype(np.float32)
    result = np.zeros_like(values)
    remaining = np.ones(known.shape, np.float32)
    for scale in (1.0, 3.0, 9.0, 27.0):
        width = sigma * scale
        step = max(1, int(width / 3))
        size = max(1, known.shape[1] // step), max(1, known.shape[0] // step)
        small = cv2.resize(values * weight[..., None], size, interpolation=cv2.INTER_AREA)
        small_weight = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
        total = cv2.GaussianBlur(small, (0, 0), width / step)
        share = np.asarray(cv2.GaussianBlur(small_weight, (0, 0), width / step), np.float32)
        mean = np.asarray(total, np.float32) / np.maximum(share, 1e-4)[..., None]
        full = (known.shape[1], known.shape[0])
        spread = np.asarray(cv2.resize(mean, full, interpolation=cv2.INTER_LINEAR), np.float32)
        trust = np.clip(np.asarray(cv2.resize(share, full, interpolation=cv2.INTER_LINEAR)) / 0.12, 0, 1)
        used = (remaining * trust).astype(np.float32)
        result += spread * used[..., None]
        remaining -= used
    return result


def _spread_colors(rgb: Rgb, solid: Mask) -> Rgb:
    """The inside's colours carried outwards over the soft edge and a little beyond; farther, the picture's.

    What is carried is smooth, therefore worked out at a small size.
    """
    small = bounded(rgb, _SMOOTH_PX)
    size = small.shape[1], small.shape[0]
    inside = solid.view(np.uint8)
    weight = np.asarray(cv2.resize(255 * inside, size, interpolation=cv2.INTER_AREA), np.float32)
    weight *= np.float32(1.0 / 255.0)
    known = cv2.resize(cv2.copyTo(rgb, inside), size, interpolation=cv2.INTER_AREA)
    carried = np.asarray(known, np.float32)
    unit = max(size) / 1280.0
    result = small.astype(np.float32)
    reached = np.zeros(weight.shape, np.bool_)
    for sigma in (1.5, 4.0, 10.0, 24.0):
        spread = np.asarray(cv2.GaussianBlur(carried, (0, 0), sigma * unit), np.float32)
        share = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigma * unit), np.float32)
        fresh = ~reached & (share > 0.04)
        result[fresh] = spread[fresh] / share[fresh][:, None]
        reached |= fresh
    near = np.clip(result + np.float32(0.5), 0, 255).astype(np.uint8)
    full = cv2.resize(near, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.copyTo(rgb, inside, full), np.uint8)
