"""Sky, water and leaves: the parts of a picture that move by themselves, found only where they are plain."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.superpixels import Pieces, lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_SKY_SMOOTH = 7.5
_SKY_STEP = 13.0
_LEAST_SKY = 0.06
_LEAST_TOP = 0.3
_GRAINLESS = 0.02
_MOST_GRAINLESS = 0.25
_LEAST_AIRLIGHT = 96.0
_LEAST_CHROMA = 1.5


@dataclass(frozen=True, slots=True)
class Regions:
    """What was recognised, at the working size.

    Attributes:
        sky: bool, (h, w); empty where there is none for sure.
        water: 0 to 1, float32, (h, w).
        leaves: 0 to 1, float32, (h, w).
        horizon: the row where sky and land meet as a share of the height, or None.
        air: how much of what lies below the sky is air or mirrors it, 0 to 1, float32, (h, w).
    """

    sky: Mask
    water: Plane
    leaves: Plane
    horizon: float | None
    air: Plane


def find_regions(rgb: Rgb, pieces: Pieces, sky: Mask, subject: Mask, *, sea_expected: bool) -> Regions:
    """Looks for the horizon, water and leaves.

    Args:
        rgb: the small picture.
        pieces: its superpixels.
        sky: see :func:`find_sky`.
        subject: the subject's mask.
        sea_expected: whether the prompt speaks of the sea or a beach.
    """
    roughness = _roughness(rgb)
    horizon = _horizon(sky, subject)
    nothing = np.zeros(sky.shape, np.float32)
    if is_graphic(rgb):
        return Regions(sky, nothing, nothing, horizon, nothing)
    if not sea_expected and float(np.hypot(*np.moveaxis(pieces.color[:, 1:], 1, 0)).mean()) < _LEAST_CHROMA:
        # without colours, grass and a road look like water, and like air
        return Regions(sky, nothing, _leaves(rgb, roughness, subject), horizon, nothing)
    water = _water(rgb, pieces, sky, subject, horizon, sea_expected=sea_expected)
    return Regions(sky, water, _leaves(rgb, roughness, subject), horizon, find_air(rgb, sky))


def _roughness(rgb: Rgb) -> Plane:
    """Local change of brightness, averaged over a few pixels."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    dx = np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, 1, 0), np.float32))
    dy = np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, 0, 1), np.float32))
    return np.asarray(cv2.blur((dx + dy) / 4, (5, 5)), np.float32)


def find_sky(rgb: Rgb, pieces: Pieces) -> Mask:
    """Grows from smooth, sky-coloured pieces at the top; gives up when little of the top is sky."""
    rough = pieces.mean_of(_roughness(rgb))
    candidate = (rough < _SKY_SMOOTH) & _sky_colored(pieces, rough)
    top = np.zeros(len(pieces.area), np.bool_)
    top[np.unique(pieces.labels[:2])] = True
    grown = candidate & top
    difference = np.linalg.norm(pieces.color[:, None, :] - pieces.color[None, :, :], axis=2)
    leads_on = pieces.neighbors & (difference < _SKY_STEP)
    while True:
        fresh = leads_on[grown].any(axis=0) & candidate & ~grown
        if not fresh.any():
            break
        grown |= fresh
    sky = _without_islands(_fine_sky(rgb, grown[pieces.labels]))
    enough = sky.mean() >= _LEAST_SKY and sky[:3].mean() >= _LEAST_TOP and sky[-3:].mean() < 0.1
    return sky if enough and not _is_wall(rgb, sky) and not is_graphic(rgb) else np.zeros_like(sky)


def is_graphic(rgb: Rgb) -> bool:
    """Whether a picture is drawn, a logo or a page: large parts without any grain at all."""
    return bool((_roughness(rgb) < _GRAINLESS).mean() > _MOST_GRAINLESS)


def _is_wall(rgb: Rgb, sky: Mask) -> bool:
    """Whether what looks like a sky is a studio's backdrop or a wall: warm, but only just, and not bright."""
    lightness, a, b = lab_of(rgb)[sky].mean(axis=0)
    return bool(a > 1.0 and b > 2.5 and np.hypot(a, b) < 11.0 and lightness < 88.0)


def _fine_sky(rgb: Rgb, coarse: Mask) -> Mask:
    """Pixels near the sky that have its colour join it, those that have not leave it: an exact skyline.

    The colour is the sky's own, averaged around each pixel.
    """
    if not coarse.any():
        return coarse
    lab = lab_of(rgb)
    sky = coarse
    margin = round(0.1 * max(coarse.shape)) | 1
    nearby = cv2.dilate(coarse.astype(np.uint8), np.ones((margin, margin), np.uint8)) > 0
    reach = 0.05 * max(coarse.shape)
    for _ in range(3):
        weight = sky.astype(np.float32)
        share = np.asarray(cv2.GaussianBlur(weight, (0, 0), reach), np.float32)
        local = np.asarray(cv2.GaussianBlur(lab * weight[..., None], (0, 0), reach), np.float32)
        difference = np.linalg.norm(lab - local / np.maximum(share, np.float32(1e-3))[..., None], axis=2)
        joins = nearby & (share > 0.04) & (difference < 8.0)
        sky = (sky & (difference < 22.0)) | joins
    return _of_one_piece(cv2.medianBlur(sky.astype(np.uint8), 3) > 0)


def _of_one_piece(sky: Mask) -> Mask:
    """Only what reaches the top or is large: a bright spot on a lake is no sky."""
    count, labels = cv2.connectedComponents(sky.astype(np.uint8), connectivity=4)
    numbered = np.asarray(labels, np.int64)
    keep = np.bincount(numbered.ravel(), minlength=count) > 0.01 * sky.size
    keep[np.unique(numbered[:2])] = True
    keep[0] = False
    return keep[numbered]


def _without_islands(sky: Mask) -> Mask:
    """Birds, balloons and bright clouds wholly within the sky belong to it."""
    count, labels = cv2.connectedComponents((~sky).astype(np.uint8), connectivity=8)
    numbered = np.asarray(labels, np.int64)
    sizes = np.bincount(numbered.ravel(), minlength=count)
    small = sizes < 0.03 * sky.size
    small[np.unique(numbered[-1])] = False
    small[0] = False
    return sky | small[numbered]


def _sky_colored(pieces: Pieces, rough: Plane) -> Mask:
    lightness, a, b = pieces.color.T
    chroma = np.hypot(a, b)
    is_blue = (b < -4) & (a < 12) & (a > -10)
    overall = float(np.median(lightness))
    is_pale = (lightness > min(62.0, max(45.0, overall + 10.0))) & (chroma < 16)
    is_glow = (lightness > 45) & (b > 8) & (a > -4) & (chroma < 34) & (rough < 3.0)
    return is_blue | is_pale | is_glow


def _horizon(sky: Mask, subject: Mask) -> float | None:
    """The middle of the lowest sky rows, over columns that have sky and no subject."""
    columns = sky.any(axis=0) & ~(subject & ~sky).any(axis=0)
    if columns.sum() < 0.15 * sky.shape[1]:
        columns = sky.any(axis=0)
    if not columns.any():
        return None
    lowest = sky.shape[0] - 1 - np.argmax(sky[::-1], axis=0)
    return float(np.quantile(lowest[columns], 0.7)) / sky.shape[0]


def _water(  # noqa: PLR0913 - every cue is a picture of its own
    rgb: Rgb, pieces: Pieces, sky: Mask, subject: Mask, horizon: float | None, *, sea_expected: bool
) -> Plane:
    """Below the horizon, blue or like the sky, and streaked along rather than across."""
    none = np.zeros(sky.shape, np.float32)
    if horizon is None:
        return none
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    across = pieces.mean_of(np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, 1, 0), np.float32)))
    along = pieces.mean_of(np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, 0, 1), np.float32)))
    lightness, a, b = pieces.color.T
    sky_color = pieces.color[np.unique(pieces.labels[sky])].mean(axis=0)
    like_sky = np.linalg.norm(pieces.color - sky_color, axis=1) < (26 if sea_expected else 16)
    bluish = (b < (2 if sea_expected else -6)) & (a < 8) & (lightness > 12)
    below = pieces.center[:, 1] * max(sky.shape) > horizon * sky.shape[0]
    streaked = along > (0.8 if sea_expected else 1.1) * across
    is_water = (bluish | like_sky) & below & streaked & (pieces.mean_of(subject.astype(np.float32)) < 0.2)
    mask = is_water[pieces.labels] & ~sky
    if mask.mean() < 0.05:
        return none
    return np.asarray(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 3.0), np.float32)


def _leaves(rgb: Rgb, roughness: Plane, subject: Mask) -> Plane:
    """Green and busy: excess green over the other two, times texture."""
    del subject
    red, green, blue = (rgb[..., c].astype(np.float32) for c in range(3))
    excess = (2 * green - red - blue) / np.maximum(red + green + blue, 30.0)
    is_green = np.clip((excess - 0.06) / 0.12, 0, 1)
    is_busy = np.clip((roughness - 5.0) / 10.0, 0, 1)
    spread = np.asarray(cv2.GaussianBlur((is_green * is_busy).astype(np.float32), (0, 0), 5.0), np.float32)
    strong = np.clip((spread - 0.15) / 0.4, 0, 1).astype(np.float32)
    return strong if strong.mean() > 0.02 else np.zeros_like(strong)


def find_air(rgb: Rgb, sky: Mask) -> Plane:
    """How much of what is seen below a sky is air, or water that mirrors it: 0 to 1, float32, (h, w).

    What is far away in haze, and a lake, have the colour that the sky has at the horizon; what is near has
    something dark in every few pixels (He, Sun and Tang 2009, the dark channel prior).
    """
    none = np.zeros(sky.shape, np.float32)
    if not sky.any():
        return none
    edge = sky & ~(cv2.erode(sky.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0)
    color = np.median(rgb[edge if edge.any() else sky], axis=0).astype(np.float32)
    if float(color.mean()) < _LEAST_AIRLIGHT:
        return none
    share = (rgb.astype(np.float32) / np.maximum(color, np.float32(40.0))).min(axis=2)
    darkest = np.asarray(cv2.erode(np.minimum(share, 1.0), np.ones((3, 3), np.uint8)), np.float32)
    air = np.clip((darkest - 0.42) / 0.4, 0, 1).astype(np.float32)
    guide = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
    fine = np.asarray(cv2.ximgproc.guidedFilter(guide, air, 4, 1e-3), np.float32)
    # carried a little into the sky, so that a coarse grid finds no gap at the horizon
    seen = np.where(sky, np.float32(0), np.clip(fine, 0, 1)).astype(np.float32)
    return np.where(sky, np.asarray(cv2.dilate(seen, np.ones((13, 13), np.uint8))), seen).astype(np.float32)
