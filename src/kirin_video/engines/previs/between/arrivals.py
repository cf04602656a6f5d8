"""When the last picture comes at each point of a passage: 0 at its begin to 1 at its end, at a small size."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

_STEP_PX: Final = 4


def iris(about: tuple[float, float], width: int, height: int) -> Plane:
    """From one point outwards, in a circle."""
    return _normal(_away(about, width, height))


def ink(about: tuple[float, float], width: int, height: int, seed: int) -> Plane:
    """From one point outwards, as ink runs in wet paper: in tongues, with drops ahead of it."""
    away = _away(about, width, height)
    rough = clouds(away.shape, seed, (4, 9, 19, 41), 0.62)
    return _normal(np.asarray(_normal(away) + 0.55 * rough))


def sweep(width: int, height: int, seed: int) -> Plane:
    """From one side to the other, slanting, in a soft front."""
    rows, columns = _size(width, height)
    x, y = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    side = x if seed % 2 else 1.0 - x
    return _normal(np.asarray(side + 0.28 * y + 0.10 * clouds((rows, columns), seed, (3, 6), 0.5)))


def by_brightness(first: NDArray[np.uint8], last: NDArray[np.uint8]) -> Plane:
    """Bright parts of the last picture before dark ones, and before what is bright already."""
    size = max(2, first.shape[1] // _STEP_PX), max(2, first.shape[0] // _STEP_PX)
    here, there = (
        np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)
        for luma in (first, last)
    )
    return np.clip(0.5 - 0.5 * (there - 0.6 * here), 0.0, 1.0).astype(np.float32)


def clouds(shape: tuple[int, ...], seed: int, cells: tuple[int, ...], fall: float) -> Plane:
    """Soft noise about 0, every further octave weaker."""
    random = np.random.default_rng([seed, 77])
    total = np.zeros((shape[0], shape[1]), np.float32)
    weight = 1.0
    for count in cells:
        grid = random.uniform(-1, 1, (max(2, count * shape[0] // shape[1] + 1), count + 1)).astype(np.float32)
        total += np.float32(weight) * np.asarray(
            cv2.resize(grid, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32
        )
        weight *= fall
    return total


def _size(width: int, height: int) -> tuple[int, int]:
    return max(2, height // _STEP_PX), max(2, width // _STEP_PX)


def _away(about: tuple[float, float], width: int, height: int) -> Plane:
    rows, columns = _size(width, height)
    x, y = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    return np.hypot((x - about[0]) * width, (y - about[1]) * height).astype(np.float32)


def _normal(plane: NDArray[np.floating]) -> Plane:
    low, high = float(plane.min()), float(plane.max())
    return ((plane - low) / max(high - low, 1e-6)).astype(np.float32)
