"""Whom motion told in part is completed, and what he hid is carried across."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.feature.bands import across
from kirin_video.engines.previs.feature.completing import completed

Rgb = NDArray[np.uint8]


def level_bands() -> Rgb:
    """Sky, field and road, one above the other, with a little grain."""
    rows = np.repeat(np.array([(150, 190, 230), (90, 150, 60), (70, 70, 75)], np.float64), 60, axis=0)
    grain = np.random.default_rng(5).normal(0, 2, (180, 320, 1))
    return np.clip(rows[:, None] + grain, 0, 255).astype(np.uint8)


def test_feet_that_stood_still_are_completed_by_their_colours() -> None:
    rgb = level_bands()
    whole = np.zeros((180, 320), np.uint8)
    cv2.ellipse(whole, (150, 90), (32, 70), 0, 0, 360, 1, -1)
    rgb[whole > 0] = (200, 196, 190)
    told = whole > 0
    told[115:] = False
    mask = completed(rgb, told)
    assert (mask & (whole > 0)).sum() > 0.95 * (mask | (whole > 0)).sum()
    assert completed(rgb, mask) is mask


def test_level_bands_go_on_behind_whom_they_are_cleared_of() -> None:
    clean = level_bands()
    hole = np.zeros((90, 160), np.bool_)
    hole[15:75, 40:110] = True
    seen = clean.copy()
    seen[30:150, 80:220] = (220, 40, 30)
    laid = across(seen, hole)
    assert laid is not None
    assert np.abs(laid.astype(np.float64) - clean).mean() < 3.0


def test_sides_that_do_not_agree_are_not_carried_across() -> None:
    seen = level_bands()
    seen[:, 200:] = (20, 20, 20)
    hole = np.zeros((90, 160), np.bool_)
    hole[15:75, 40:98] = True
    assert across(seen, hole) is None
