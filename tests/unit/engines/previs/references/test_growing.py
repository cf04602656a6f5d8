"""Pictures made whole: people grown down to the ground, and a path where there is nothing to stand on."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kirin_video.engines.previs.references.cutting import Cut, cut_along
from kirin_video.engines.previs.references.foreground import lacks_ground, with_path
from kirin_video.engines.previs.references.growing import grown_down


def bust() -> Cut:
    """A head on shoulders that reach the lower border."""
    alpha = np.zeros((100, 90), np.float32)
    cv2.circle(alpha, (45, 28), 18, 1.0, cv2.FILLED)
    cv2.ellipse(alpha, (45, 100), (35, 50), 0, 180, 360, 1.0, cv2.FILLED)
    rgb = np.full((100, 90, 3), (200, 60, 40), np.uint8)
    return Cut(rgb, alpha, 0.9, plain=False, cropped=True, share=0.3)


def test_a_bust_becomes_somebody_who_stands() -> None:
    whole = grown_down(bust(), 0.5)
    assert whole.alpha.shape == (200, 90)
    assert not whole.cropped
    assert np.array_equal(whole.alpha[:100], bust().alpha)
    widths = (whole.alpha[100:] > 0.5).sum(axis=1)
    assert widths.min() > 20
    assert widths[-1] > widths[60]  # it falls to a hem
    colour = np.median(whole.rgb[120:180][whole.alpha[120:180] > 0.5], axis=0)
    assert colour[0] > 2.0 * colour[1]  # of the coat's red


def test_a_known_mask_is_cut_out_alone() -> None:
    rgb = np.full((180, 320, 3), (60, 120, 60), np.uint8)
    rgb[60:150, 100:140] = (200, 40, 40)
    rgb[60:150, 240:280] = (40, 40, 200)
    mask = np.zeros((90, 160), np.bool_)
    mask[30:75, 50:70] = True
    cut = cut_along(rgb, mask, confidence=0.8)
    assert cut is not None
    tall, wide = cut.alpha.shape
    assert tall / wide == pytest.approx(90 / 40, rel=0.3)
    shown = cut.rgb[cut.alpha > 0.9].mean(axis=0)
    assert shown[0] > 150
    assert shown[2] < 80


def test_crowns_are_no_ground_and_a_lawn_is() -> None:
    random = np.random.default_rng(4)
    blotches = cv2.resize(random.uniform(0.2, 1.6, (25, 40)).astype(np.float32), (300, 190))
    crowns = np.clip(np.array([70, 105, 50]) * blotches[..., None], 0, 255).astype(np.uint8)
    lawn = np.clip(np.array([80, 130, 55]) + random.normal(0, 5, (190, 300, 1)), 0, 255).astype(np.uint8)
    leaves = np.ones((190, 300), np.float32)
    assert lacks_ground(crowns, leaves)
    assert not lacks_ground(lawn, leaves)
    assert not lacks_ground(crowns, np.zeros_like(leaves))


def test_a_path_lies_below_and_leaves_the_rest_alone() -> None:
    rgb = np.full((180, 320, 3), (40, 90, 50), np.uint8)
    shown = with_path(rgb, 0.45, 0.88, 3)
    assert np.array_equal(shown[:120], rgb[:120])
    low = shown[-12:].reshape(-1, 3).mean(axis=0)
    assert low[0] > low[2] + 5  # earth is warm
    assert np.array_equal(shown, with_path(rgb, 0.45, 0.88, 3))
