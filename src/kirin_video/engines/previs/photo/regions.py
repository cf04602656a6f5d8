"""Sky, water and leaves: the parts of a picture that move by themselves, found only where they are plain."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.superpixels import Pieces

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_SKY_SMOOTH = 5.5
_SKY_STEP = 9.0
_LEAST_SKY = 0.06
_LEAST_TOP = 0.3


@dataclass(frozen=True, slots=True)
class Regions:
    """What was recognised, at the working size.

    Attributes:
        sky: bool, (h, w); empty where there is none for sure.
        water: 0 to 1, float32, (h, w).
        leaves: 0 to 1, float32, (h, w).
        horizon: the row where sky and land meet as a share of the height, or None.
    """

    sky: Mask
    water: Plane
    leaves: Plane
    horizon: float | None


def find_regions(rgb: Rgb, pieces: Pieces, subject: Mask, *, sea_expected: bool) -> Regions:
    """Looks for sky, water and leaves outside and inside the subject.

    Args:
        rgb: the small picture.
        pieces: its superpixels.
        subject: the subject's mask.
        sea_expected: whether the prompt speaks of the sea or a beach.
    """
    roughness = _roughness(rgb)
    sky = _sky(pieces, pieces.mean_of(roughness), subject)
    horizon = _horizon(sky, subject)
    water = _water(rgb, pieces, sky, subject, horizon, sea_expected=sea_expected)
    return Regions(sky, water, _leaves(rgb, roughness, subject), horizon)


def _roughness(rgb: Rgb) -> Plane:
    """Local change of brightness, averaged over a few pixels."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    dx = np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, 1, 0), np.float32))
    dy = np.abs(np.asarray(cv2.Sobel(grey, cv2.CV_32F, 0, 1), np.float32))
    return np.asarray(cv2.blur((dx + dy) / 4, (5, 5)), np.float32)


def _sky(pieces: Pieces, rough: Plane, subject: Mask) -> Mask:
    """Grows from smooth, sky-coloured pieces at the top; gives up when little of the top is sky."""
    candidate = (
        (rough < _SKY_SMOOTH) & _sky_colored(pieces) & (pieces.mean_of(subject.astype(np.float32)) < 0.5)
    )
    top = np.zeros(len(pieces.area), np.bool_)
    top[np.unique(pieces.labels[:2])] = True
    grown = candidate & top
    while True:
        steps = pieces.neighbors & grown[:, None] & candidate[None, :] & ~grown[None, :]
        difference = np.linalg.norm(pieces.color[:, None, :] - pieces.color[None, :, :], axis=2)
        fresh = (steps & (difference < _SKY_STEP)).any(axis=0)
        if not fresh.any():
            break
        grown |= fresh
    sky = grown[pieces.labels]
    enough = sky.mean() >= _LEAST_SKY and sky[:3].mean() >= _LEAST_TOP and sky[-3:].mean() < 0.1
    return sky if enough else np.zeros_like(sky)


def _sky_colored(pieces: Pieces) -> Mask:
    lightness, a, b = pieces.color.T
    chroma = np.hypot(a, b)
    is_blue = (b < -4) & (a < 12)
    is_pale = (lightness > 62) & (chroma < 16)
    is_glow = (lightness > 45) & (b > 8) & (a > -4) & (chroma < 60) & (pieces.center[:, 1] < 0.35)
    return is_blue | is_pale | (is_glow & (pieces.area > 0))


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
