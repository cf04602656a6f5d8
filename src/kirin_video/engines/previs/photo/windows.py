"""Windows that a lamp may light at night: dark upright boxes in a wall, several and alike."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SIDE_PX = 640
_DARKER = 16.0
_LEAST_COUNT = 5
_LIT_SHARE = 0.62
_LEAST_ROW = 3


def find_windows(rgb: Rgb, barred: Mask, seed: int) -> tuple[Plane, int]:
    """How much of each pixel is a lit window, 0 to 1, float32, (H, W), and how many windows are lit.

    Args:
        rgb: the picture, uint8, (H, W, 3).
        barred: where no window is: sky and leaves; bool, at any size.
        seed: some windows stay dark.
    """
    scale = _SIDE_PX / max(rgb.shape[:2])
    size = round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2Lab), np.float32)
    wall = np.asarray(cv2.blur(lab[..., 0], (41, 41)), np.float32)
    closed = cv2.resize(barred.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    dark = (wall - lab[..., 0] > _DARKER) & ~closed
    boxes = _in_rows(_boxes(dark))
    none = np.zeros(rgb.shape[:2], np.float32)
    if len(boxes) < _LEAST_COUNT:
        return none, 0
    random = np.random.default_rng([seed, 21])
    lit = [box for box in boxes if random.uniform() < _LIT_SHARE]
    panes = np.zeros(dark.shape, np.float32)
    for left, top, wide, high in lit:
        part = (slice(top, top + high), slice(left, left + wide))
        panes[part] = np.where(dark[part], np.float32(random.uniform(0.55, 1.0)), 0)
    soft = cv2.GaussianBlur(panes, (0, 0), 0.8)
    glow = cv2.GaussianBlur(panes, (0, 0), 7.0)
    both = np.maximum(np.asarray(soft), 0.5 * np.asarray(glow))
    full = cv2.resize(both, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.clip(np.asarray(full, np.float32), 0, 1), len(lit)


def _boxes(dark: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes of one size of order: left, top, width, height."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=4)
    found = [
        (int(left), int(top), int(wide), int(high))
        for left, top, wide, high, area in (stats[n] for n in range(1, count))
        if 4 <= wide <= 40 and 5 <= high <= 56 and 0.8 <= high / wide <= 3.2 and area >= 0.68 * wide * high
    ]
    if not found:
        return []
    usual = float(np.median([wide * high for _, _, wide, high in found]))
    return [box for box in found if 0.35 * usual <= box[2] * box[3] <= 2.9 * usual]


def _in_rows(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Those that stand in a row with others of their size: dark spots on fur or bricks do not."""
    return [box for box in boxes if sum(_beside(box, other) for other in boxes) >= _LEAST_ROW]


def _beside(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    left, top, wide, high = box
    to_right = abs(other[0] - left)
    level = abs((other[1] + other[3] / 2) - (top + high / 2)) < 0.4 * high + 0.06 * to_right
    alike = 0.6 < other[2] / wide < 1.7 and 0.6 < other[3] / high < 1.7
    return level and alike and wide < to_right < 7 * wide
