from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.noise import Noise, blend, smoothstep, where

GRID = np.meshgrid(np.linspace(-40, 40, 160, dtype=np.float32), np.linspace(-40, 40, 160, dtype=np.float32))


def test_noise_depends_on_its_seed_alone() -> None:
    assert np.array_equal(Noise(3).at(*GRID), Noise(3).at(*GRID))
    assert not np.array_equal(Noise(3).at(*GRID), Noise(4).at(*GRID))


def test_noise_is_centred_bounded_and_continuous() -> None:
    field = Noise(1).at(*GRID)
    assert abs(field.mean()) < 0.05
    assert np.abs(field).max() <= 1.0
    fine = Noise(1).at(np.linspace(0, 3, 3001, dtype=np.float32), np.zeros(3001, np.float32))
    assert np.abs(np.diff(fine)).max() < 0.01


def test_ridges_stay_between_0_and_1() -> None:
    field = Noise(2).ridged(*GRID, 5)
    assert field.min() >= 0.0
    assert field.max() <= 1.0
    assert field.std() > 0.05


def test_smoothstep_works_in_both_directions() -> None:
    x = np.array([-1.0, 0.0, 0.5, 1.0, 2.0], np.float32)
    assert smoothstep(0.0, 1.0, x) == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])
    assert smoothstep(1.0, 0.0, x) == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0])


def test_blend_takes_shares() -> None:
    black, white = np.zeros((2, 3), np.float32), np.ones((2, 3), np.float32)
    assert blend(black, white, np.array([0.25, 1.0], np.float32))[:, 0] == pytest.approx([0.25, 1.0])


def test_where_leaves_the_rest_at_zero() -> None:
    x = np.arange(4, dtype=np.float32)
    assert where(x > 1, lambda a, b: a + b, x, x).tolist() == [0.0, 0.0, 4.0, 6.0]


def test_octaves_add_up() -> None:
    whole, coarse = Noise(6).fbm(*GRID, 2), Noise(6).fbm(*GRID, 1)
    turned_x = (np.float32(0.8) * GRID[0] + np.float32(0.6) * GRID[1]) * np.float32(2.03) + np.float32(17.3)
    turned_z = (np.float32(0.8) * GRID[1] - np.float32(0.6) * GRID[0]) * np.float32(2.03) + np.float32(5.9)
    fine = Noise(6).at(turned_x, turned_z)
    assert whole == pytest.approx(coarse + 0.5 * fine, abs=1e-6)


def test_blend_takes_one_colour_for_everywhere() -> None:
    one = np.broadcast_to(np.array([1.0, 0.5], np.float32), (4, 5, 2))
    mixed = blend(np.array([0.0, 0.5], np.float32), one, np.full((4, 5), 0.25, np.float32))
    assert mixed.shape == (4, 5, 2)
    assert mixed[3, 4].tolist() == [0.25, 0.5]
