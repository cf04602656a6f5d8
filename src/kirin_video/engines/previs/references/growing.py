"""Somebody whom a picture's lower border cuts off, grown down to the ground in a robe of his own colours."""

# ruff: noqa: PLR2004 -- shares of a height that were tuned by looking
from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.references.cutting import Cut

Plane = NDArray[np.float32]

_HEM: Final = 0.17
"""Half the width of a robe at the ground, as a share of the whole height."""
_NARROWS: Final = 0.35
"""Within this share of the robe it goes from the picture's width to its own."""
_FOLDS: Final = 9.0
_FADED: Final = 0.85
"""How much of the robe is one colour; the rest goes on as the picture's border has it."""


def grown_down(cut: Cut, bust: float) -> Cut:
    """A bust as somebody who stands.

    Args:
        cut: whom the lower border cuts off.
        bust: how much of him it shows, as a share of his height.

    Returns:
        The same one with a robe below, no longer cut off.
    """
    height, width = cut.alpha.shape
    rows = round(height * (1.0 / bust - 1.0))
    edge = np.flatnonzero(cut.alpha[-max(height // 50, 1) :].mean(axis=0) > 0.5)
    if not len(edge):
        return cut
    middle, half = float(edge.mean()), 0.5 * float(np.ptp(edge)) + 0.5
    hem = _HEM * (height + rows)
    down = np.linspace(0.0, 1.0, rows, dtype=np.float32)
    eased = np.clip(down / _NARROWS, 0.0, 1.0)
    half = max(half, 0.6 * hem)
    waist = min(half, 0.85 * hem)
    halves = half + (waist - half) * (eased * eased * (3.0 - 2.0 * eased)) + (hem - waist) * down * down
    # Its own middle, and not the picture's: heads are above feet.
    center = middle + (_head(cut) - middle) * 0.6 * eased
    x = np.arange(width, dtype=np.float32)[None, :]
    across = (x - center[:, None]) / halves[:, None]
    alpha = np.clip((1.0 - np.abs(across)) * halves[:, None] + 0.5, 0.0, 1.0).astype(np.float32)
    robe = _cloth(cut, middle, half, across, down)
    return replace(
        cut,
        rgb=np.ascontiguousarray(np.concatenate([cut.rgb, robe])),
        alpha=np.ascontiguousarray(np.concatenate([cut.alpha, alpha])),
        cropped=False,
    )


def _head(cut: Cut) -> float:
    """The column below somebody's head."""
    top = cut.alpha[: max(cut.alpha.shape[0] // 4, 1)]
    weight = np.asarray(top.sum(axis=0), np.float64)
    return float((weight * np.arange(len(weight))).sum() / max(float(weight.sum()), 1e-6))


def _cloth(cut: Cut, middle: float, half: float, across: Plane, down: Plane) -> NDArray[np.uint8]:
    """What the border shows, drawn down in folds that calm, darker to the sides and to the hem."""
    height, width = cut.alpha.shape
    low = slice(height - max(height // 12, 2), height)
    weight = cut.alpha[low, :, None] + 1e-3
    border = (cut.rgb[low].astype(np.float32) * weight).sum(axis=0) / weight.sum(axis=0)
    border = np.asarray(cv2.GaussianBlur(border[None], (0, 0), max(0.03 * width, 1.0)), np.float32)[0]
    column = np.clip(middle + across * half, 0, width - 1).astype(np.float32)
    rows = np.zeros_like(column)
    strip = np.repeat(border[None], 2, axis=0).astype(np.float32)
    drawn = np.asarray(cv2.remap(strip, column, rows, cv2.INTER_LINEAR), np.float32)
    plain = _main_colour(cut.rgb[height // 2 :][cut.alpha[height // 2 :] > 0.5])
    faded = (_FADED * np.clip(3.0 * down, 0.0, 1.0))[:, None, None]
    round_ = np.sqrt(np.clip(1.0 - 0.55 * across * across, 0.2, 1.0))
    folds = (
        1.0 + 0.09 * np.sin(_FOLDS * across + 1.3 * np.sin(3.0 * across)) * np.clip(2.5 * down, 0, 1)[:, None]
    )
    light = round_ * folds * (1.0 - 0.22 * down[:, None])
    mixed = (drawn * (1.0 - faded) + plain * faded) * light[..., None]
    return np.rint(mixed).clip(0, 255).astype(np.uint8)


def _main_colour(pixels: NDArray[np.uint8]) -> Plane:
    """The colour that most of somebody's clothes have: a mean of cloth and gear would be of neither.

    Args:
        pixels: (n, 3); none are grey.
    """
    if not len(pixels):
        return np.full(3, 110.0, np.float32)
    bins = (pixels >> 5).astype(np.int64) @ np.array([64, 8, 1])
    commonest = np.bincount(bins).argmax()
    return np.median(pixels[bins == commonest], axis=0).astype(np.float32)
