"""Pictures whose every pixel is known: a figure, how much of each pixel it covers, and what is behind it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kirin_video.domain.shot import Picture

SIDE = 360
FIGURE = np.array([196.0, 52.0, 40.0])
"""The colour of the figure's coat."""


def figure_alpha(side: int = SIDE) -> NDArray[np.float64]:
    """A figure with a head, a body and two legs: how much of each pixel it covers."""
    fine = np.zeros((4 * side, 4 * side), np.uint8)

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * 4 * side), round(y * 4 * side)

    cv2.circle(fine, at(0.5, 0.26), round(0.11 * 4 * side), 255, cv2.FILLED)
    cv2.ellipse(fine, at(0.5, 0.5), at(0.13, 0.18), 0, 0, 360, 255, cv2.FILLED)
    for x in (0.43, 0.57):
        cv2.rectangle(fine, at(x - 0.035, 0.6), at(x + 0.035, 0.86), 255, cv2.FILLED)
    return cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA).astype(np.float64) / 255.0


def shaded_figure(alpha: NDArray[np.float64]) -> NDArray[np.float64]:
    """The figure's colours everywhere, with a little light from the left."""
    shade = 1.12 - 0.24 * np.linspace(0.0, 1.0, alpha.shape[1])
    return np.clip(FIGURE * shade[None, :, None] * np.ones((*alpha.shape, 1)), 0, 255)


def paper(side: int = SIDE, *, shadow: bool = True) -> NDArray[np.float64]:
    """A pale ground, a little darker at its corners, with the figure's soft shadow."""
    y, x = np.mgrid[0:side, 0:side] / side - 0.5
    ground = np.array([226.0, 228.0, 232.0]) * (1.0 - 0.12 * (x * x + y * y))[..., None]
    if shadow:
        fall = np.exp(-((((x - 0.16) / 0.2) ** 2 + ((y - 0.36) / 0.035) ** 2) ** 2))
        ground *= (1.0 - 0.22 * fall)[..., None]
    return ground


def meadow(side: int = SIDE) -> NDArray[np.float64]:
    """A busy green ground below a blue sky."""
    rng = np.random.default_rng(5)
    grain = cv2.GaussianBlur(rng.normal(0.0, 1.0, (side, side)).astype(np.float32), (0, 0), 1.6)
    ground = np.array([70.0, 118.0, 52.0]) * (1.0 + 0.9 * grain[..., None])
    sky = np.array([120.0, 165.0, 215.0]) + rng.normal(0.0, 2.5, (side, side, 1))
    low = (np.arange(side) > 0.42 * side)[:, None, None]
    return np.clip(np.where(low, ground, sky), 0, 255)


def composite(
    front: NDArray[np.float64], alpha: NDArray[np.float64], behind: NDArray[np.float64], noise: float = 1.0
) -> NDArray[np.uint8]:
    """A picture of something before something."""
    mixed = front * alpha[..., None] + behind * (1.0 - alpha[..., None])
    mixed += np.random.default_rng(3).normal(0.0, noise, mixed.shape)
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8)


def figure_before(behind: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The figure before a ground of the usual side."""
    alpha = figure_alpha()
    return composite(shaded_figure(alpha), alpha, behind)


def saved(rgb: NDArray[np.uint8], path: Path) -> Picture:
    """A picture as workers hand it to engines."""
    Image.fromarray(rgb).save(path)
    return Picture(path=path, width=rgb.shape[1], height=rgb.shape[0])
