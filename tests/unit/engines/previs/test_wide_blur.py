from __future__ import annotations

import cv2
import numpy as np
import pytest

from kirin_video.engines.previs.wide_blur import wide_blur


@pytest.mark.parametrize("sigma", [2.0, 9.0, 30.0])
def test_a_wide_blur_is_a_gaussian_one(sigma: float) -> None:
    planes = np.random.default_rng(2).uniform(0, 1, (180, 320, 2)).astype(np.float32)
    planes[60:120, 100:220, 0] += 1
    exact = cv2.GaussianBlur(planes, (0, 0), sigma)
    assert np.abs(wide_blur(planes, sigma) - exact).max() < 0.02
