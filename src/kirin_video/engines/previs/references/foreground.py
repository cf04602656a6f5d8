"""A path along the lower edge of a picture that shows no ground to stand on, such as one over tree tops."""

# ruff: noqa: PLR2004 -- shares of the picture and of Lab that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.superpixels import lab_of

Plane = NDArray[np.float32]

_LEAFY: Final = 0.38
"""So much of the lower edge is foliage where there is nothing to stand on."""
_BLOTCHY: Final = 7.0
"""How much light and shade change in a crown, in Lab; a lawn is more even."""
_EARTH: Final = (2.0, 13.0)
"""A and b of trodden earth."""
_DIMMEST, _PALEST = 18.0, 64.0
_FRINGE: Final = 0.035
"""How far the path's edge goes up and down, as a share of what is below the horizon."""
_TEXTURE_PX: Final = 512
_REPEATS: Final = 1.6
"""How often the texture goes into the height of the ground that the picture shows nearest."""


def lacks_ground(small: Rgb, leaves: Plane) -> bool:
    """Whether a small picture ends below in crowns of trees and bushes.

    Args:
        small: the picture, some 300 pixels wide.
        leaves: where it is green and busy, 0 to 1, as :class:`Regions` has it.
    """
    height, width = small.shape[:2]
    band = np.s_[round(0.84 * height) :, round(0.12 * width) : round(0.88 * width)]
    if float((leaves[band] > 0.4).mean()) < _LEAFY:
        return False
    light = np.ascontiguousarray(lab_of(small)[..., 0])
    fine = np.asarray(cv2.GaussianBlur(light, (0, 0), 1.5), np.float32)
    coarse = np.asarray(cv2.GaussianBlur(light, (0, 0), 9.0), np.float32)
    return float((fine - coarse)[band].std()) > _BLOTCHY


def with_path(rgb: Rgb, horizon: float, foot: float, seed: int) -> Rgb:
    """The picture with a path of trodden earth below, where somebody can stand.

    Args:
        rgb: the picture, uint8, (h, w, 3).
        horizon: where its ground ends, as a share of the height.
        foot: where somebody will stand, likewise.
        seed: of its stones.
    """
    height, width = rgb.shape[:2]
    random = np.random.default_rng([seed & 0x7FFFFFFF, 91])
    begins = horizon + 0.8 * (foot - horizon)
    top = max(round((begins - _FRINGE * (1.0 - horizon)) * height), 0)
    v, u = np.mgrid[top:height, 0:width].astype(np.float32)
    below = np.maximum((v + 0.5) / np.float32(height) - np.float32(horizon), np.float32(0.02))
    away = np.float32(1.0 - horizon) / below
    across = (u / np.float32(width) - np.float32(0.5)) * np.float32(width / height) * away
    grain = _read(_stones(random), across, away)
    # The edge goes up and down with tufts, small ones on large ones.
    wave = _read(_waves(random), (u / np.float32(width)) * 2.0, np.zeros_like(u))
    edge = below - np.float32(begins - horizon) + np.float32(_FRINGE * (1.0 - horizon)) * wave
    soft = np.clip(edge / np.float32(0.035 * (1.0 - horizon)) + 0.5, 0.0, 1.0)
    shade = 0.72 + 0.28 * np.clip(edge / np.float32(0.12 * (1.0 - horizon)), 0.0, 1.0)
    earth = _earth(rgb, shade * (1.0 + 0.075 * grain))
    out = rgb.copy()
    alpha = (soft * soft * (3.0 - 2.0 * soft))[..., None]
    out[top:] = np.rint(out[top:] * (1.0 - alpha) + earth * alpha).clip(0, 255).astype(np.uint8)
    return out


def _earth(rgb: Rgb, light: Plane) -> Plane:
    """Trodden earth in the light of a picture, RGB, 0 to 255."""
    own = lab_of(np.ascontiguousarray(rgb[rgb.shape[0] // 2 :: 8, ::8])).reshape(-1, 3)
    bright = float(np.clip(np.quantile(own[:, 0], 0.7), _DIMMEST, _PALEST))
    tint = [0.3 * float(np.median(own[:, k + 1])) + 0.9 * _EARTH[k] for k in (0, 1)]
    faded = min(bright / 50.0, 1.0)
    lab = np.dstack([bright * light, *(np.full_like(light, faded * amount) for amount in tint)])
    shown = np.asarray(cv2.cvtColor(lab.astype(np.float32), cv2.COLOR_Lab2RGB), np.float32)
    return np.asarray(np.clip(shown, 0.0, 1.0) * 255.0, np.float32)


def _stones(random: np.random.Generator) -> Plane:
    """Grain of several sizes that goes on at its borders, about 0, deviation about 1."""
    return _noise(random, (1.2, 3.0, 9.0, 30.0), (0.5, 0.5, 0.7, 1.0))


def _waves(random: np.random.Generator) -> Plane:
    return _noise(random, (5.0, 16.0, 50.0), (0.12, 0.35, 0.9))


def _noise(random: np.random.Generator, sizes: tuple[float, ...], amounts: tuple[float, ...]) -> Plane:
    total = np.zeros((_TEXTURE_PX, _TEXTURE_PX), np.float32)
    for size, amount in zip(sizes, amounts, strict=True):
        room = round(4 * size)
        white = np.pad(random.normal(size=total.shape).astype(np.float32), room, mode="wrap")
        soft = np.asarray(cv2.GaussianBlur(white, (0, 0), size), np.float32)[room:-room, room:-room]
        total += np.float32(amount) * soft / np.float32(soft.std())
    return total / np.float32(total.std())


def _read(texture: Plane, across: Plane, away: Plane) -> Plane:
    """A texture that repeats, read at places of the ground."""
    side = np.float32(_TEXTURE_PX)
    x, y = ((np.float32(_REPEATS) * plane) % np.float32(1.0) * side for plane in (across, away))
    wrapped = cv2.copyMakeBorder(texture, 0, 2, 0, 2, cv2.BORDER_WRAP)
    return np.asarray(
        cv2.remap(wrapped, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR), np.float32
    )
