from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.ocean import WaveTile


def test_the_tile_repeats_without_a_seam() -> None:
    tile = WaveTile(1).at(2.0).astype(int)
    inside = np.abs(np.diff(tile, axis=1)).mean()
    seam = np.abs(tile[:, 0] - tile[:, -1]).mean()
    assert seam < 1.5 * inside


def test_waves_move_and_do_not_jump() -> None:
    waves = WaveTile(1)
    now, next_frame, later = (waves.at(t).astype(int) for t in (0.0, 1 / 24, 1.0))
    assert 0.0 < np.abs(next_frame - now).mean() < np.abs(later - now).mean() / 3


def test_the_height_is_as_asked() -> None:
    waves = WaveTile(4, height_m=0.3)
    height = (waves.at(0.0)[..., 2] / 255.0 - 0.5) * waves.height_scale
    assert height.std() == pytest.approx(0.3, rel=0.10)
    assert abs(height.mean()) < 0.01


def test_a_seed_is_a_sea() -> None:
    assert np.array_equal(WaveTile(7).at(1.5), WaveTile(7).at(1.5))
    assert not np.array_equal(WaveTile(7).at(1.5), WaveTile(8).at(1.5))
