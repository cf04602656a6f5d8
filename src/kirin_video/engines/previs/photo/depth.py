"""How near everything is: disparity, the inverse of distance, from 0 at infinity to 1 for the nearest thing.

No network says so here. A ground rising to a horizon, a backdrop beyond it, a subject that stands where
its foot touches the ground: smooth surfaces that keep straight lines straight, wrong in detail, never torn.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.matte import Cutout
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.regions import Regions
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_BACKDROP = 0.16
_GROUND_NEAR = 0.78
_ASSUMED_HORIZON = 0.36
_STEEPEST = 6.0
_WALL = 0.5
_EVEN, _AS_BUSY, _LEAST_BUSY = 6.0, 0.22, 0.5


@dataclass(frozen=True, slots=True)
class Depths:
    """Disparities of the layers, at the working size, float32, (h, w).

    Attributes:
        land: everything but sky and subject.
        subject: the subject, extended smoothly around it.
        trust: 0 to 1, how far the camera may go on it.
        pivot: the disparity that an orbit turns around.
        is_flat: whether the picture is one even surface seen from the front: a wall, a carpet, a page.
        open_land: the land's without what was raised to meet the subject: how much air lies before it.
        open_front: the subject's, farther where its outline is doubtful: as much air lies before both sides.
    """

    land: Plane
    subject: Plane
    trust: float
    pivot: float
    open_land: Plane
    open_front: Plane
    is_flat: bool = False


def estimate(rgb: Rgb, cutout: Cutout, regions: Regions) -> Depths:
    """The depth of a small picture, from its subject, horizon and focus."""
    shape = rgb.shape[:2]
    has_subject = bool(cutout.mask.any())
    horizon = regions.horizon if regions.horizon is not None else _ASSUMED_HORIZON
    flatness = _flatness(rgb, cutout, regions) if has_subject else 0.0
    land = _ground(shape, horizon, _GROUND_NEAR * (1.0 - 0.75 * flatness))
    if not has_subject and _is_even(rgb, regions):
        wall = np.full(shape, np.float32(_WALL))
        return Depths(wall, wall, 0.75, _WALL, wall, wall, is_flat=True)
    if not has_subject:
        land = np.maximum(land, _corridor(shape, regions))
        open_land = _smoothed(land)
        trust = 0.55 if regions.horizon is None else 0.75
        return Depths(open_land, land, trust, 0.5, open_land, open_land)
    near = _standing_disparity(land, cutout)
    open_land = _smoothed(land)
    lifted = _attached(open_land, near, cutout)
    doubt = np.clip(np.float32(1.7) * cutout.doubt, 0, 1)
    airy = _smoothed((near + np.minimum(open_land - near, 0) * doubt).astype(np.float32), 0.012)
    subject = _bulged(near, cutout.mask)
    return Depths(lifted, subject, 0.45 + 0.55 * cutout.confidence, near, open_land, airy)


def _is_even(rgb: Rgb, regions: Regions) -> bool:
    """Whether every part of a picture looks like every other: brightness, colour and how busy it is."""
    if regions.horizon is not None:
        return False
    lab = lab_of(rgb)
    grey = np.ascontiguousarray(lab[..., 0])
    busy = np.abs(np.asarray(cv2.Laplacian(grey, cv2.CV_32F, ksize=3), np.float32))
    planes = np.dstack([lab, busy])
    parts = np.asarray(cv2.resize(planes, (6, 4), interpolation=cv2.INTER_AREA), np.float32).reshape(-1, 4)
    spread = parts.std(axis=0)
    uneven = float(spread[3]) / max(float(parts[:, 3].mean()), _LEAST_BUSY)
    return bool(np.hypot(spread[0], np.hypot(spread[1], spread[2])) < _EVEN and uneven < _AS_BUSY)


def _ground(shape: tuple[int, ...], horizon: float, near: float) -> Plane:
    """A backdrop above the horizon, a plane below it: disparity on a plane is linear in the row."""
    rows = (np.arange(shape[0], dtype=np.float32) + 0.5) / np.float32(shape[0])
    rise = np.clip((rows - horizon) / max(1.0 - horizon, 0.15), 0, 1)
    column = _BACKDROP + (near - _BACKDROP) * rise
    return np.repeat(column[:, None], shape[1], axis=1).astype(np.float32)


def _corridor(shape: tuple[int, ...], regions: Regions) -> Plane:
    """Without a subject the sides of a picture are usually nearer than its middle."""
    columns = (np.arange(shape[1], dtype=np.float32) + 0.5) / np.float32(shape[1])
    side = np.abs(columns - 0.5) * 2
    wall = _BACKDROP + 0.34 * np.clip(side - 0.15, 0, 1)
    open_sky = 0.5 if regions.horizon is not None else 1.0
    return np.repeat((_BACKDROP + (wall - _BACKDROP) * open_sky)[None, :], shape[0], axis=0).astype(
        np.float32
    )


def _flatness(rgb: Rgb, cutout: Cutout, regions: Regions) -> float:
    """1.0 where all around a sharp subject is blurred: a far backdrop and no ground to speak of."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    detail = np.abs(np.asarray(cv2.Laplacian(grey, cv2.CV_32F, ksize=3), np.float32))
    around = ~cutout.mask & ~regions.sky
    if not around.any():
        return 1.0
    ratio = float(np.quantile(detail[around], 0.8)) / max(float(np.quantile(detail[cutout.mask], 0.8)), 1e-3)
    return float(np.clip((0.45 - ratio) / 0.3, 0, 1))


def _standing_disparity(land: Plane, cutout: Cutout) -> float:
    """The subject is as near as the ground at its foot, and never as far as the backdrop."""
    rows = np.flatnonzero(cutout.mask.any(axis=1))
    foot = int(rows[-1])
    at_foot = float(land[min(foot, land.shape[0] - 1)].mean())
    cut_by_frame = foot >= 0.97 * land.shape[0]
    apart = 0.3 if cut_by_frame else 0.22
    return float(np.clip(max(at_foot + 0.12, _BACKDROP + apart + 0.25 * cutout.confidence), 0.5, 1.0))


def _attached(land: Plane, near: float, cutout: Cutout) -> Plane:
    """Land rises towards the subject at its foot, which then stands on the ground instead of gliding over it.

    Where the outline is doubtful it does so all around.
    """
    mask = cutout.mask.astype(np.float32)
    rows = np.flatnonzero(cutout.mask.any(axis=1))
    height = land.shape[0]
    foot = rows[-1] / height
    span = max((rows[-1] - rows[0]) / height, 0.1)
    around = np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.05 * max(land.shape)), np.float32)
    below = np.clip(
        ((np.arange(height, dtype=np.float32) / height) - (foot - 0.25 * span)) / (0.25 * span), 0, 1
    )
    standing = np.clip(around * 1.6, 0, 1) * 0.8 * below[:, None]
    halo = np.clip(around * 2.0, 0, 1) * (0.3 + 0.5 * (1.0 - cutout.confidence))
    unsure = np.maximum(np.clip(1.7 * cutout.doubt, 0, 1), 0.85 * _near_limbs(cutout.mask))
    hold = np.maximum(np.maximum(standing, unsure), halo)
    raised = (np.maximum(near - land, 0) * hold).astype(np.float32)
    return land + _gentle_slopes(raised)


def _gentle_slopes(raised: Plane) -> Plane:
    """Smoothed until a sideways move stretches little: steep slopes bend what is straight beside them."""
    smooth = raised
    for share in (0.012, 0.02, 0.032, 0.05):
        smooth = _smoothed(raised, share)
        down, right = (
            np.diff(smooth, axis=axis)[: smooth.shape[0] - 1, : smooth.shape[1] - 1] for axis in (0, 1)
        )
        if float(np.quantile(np.hypot(down, right), 0.999)) * max(raised.shape) <= _STEEPEST:
            return smooth
    return smooth


def _near_limbs(mask: Mask) -> Plane:
    """1 around the thin parts of a subject, where cut-outs err most: hands, feet, tails.

    Thin is what an opening by a good part of the subject's own thickness takes away.
    """
    as_bytes = mask.astype(np.uint8)
    thickness = float(np.max(cv2.distanceTransform(as_bytes, cv2.DIST_L2, 5)))
    reach = 2 * max(1, round(0.45 * thickness)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    thin = as_bytes - cv2.morphologyEx(as_bytes, cv2.MORPH_OPEN, kernel)
    # the roundings of a thick outline are thin too, but only slivers
    thin = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)).astype(np.float32)
    spread = np.asarray(cv2.GaussianBlur(thin, (0, 0), 0.02 * max(mask.shape)), np.float32)
    return np.clip(4.0 * spread, 0, 1)


def _bulged(near: float, mask: Mask) -> Plane:
    """A little roundness: the middle of the subject is nearer than its outline."""
    distance = np.asarray(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    peak = float(distance.max())
    round_part = np.sqrt(distance / max(peak, 1.0))
    soft = np.asarray(cv2.GaussianBlur(round_part, (0, 0), 0.03 * max(mask.shape)), np.float32)
    return (near + 0.08 * near * soft).astype(np.float32)


def _smoothed(plane: Plane, share: float = 0.03) -> Plane:
    sigma = share * max(plane.shape)
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)
