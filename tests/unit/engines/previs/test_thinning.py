"""Thinned grids: large triangles where the land is even, small ones where it is not, and never a crack."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.gl.lens import Lens
from kirin_video.engines.previs.gl.thinning import thinned

ROWS, COLUMNS = 29, 43
LENS = Lens([View(eye=(20.0, 3.0, 60.0), target=(20.0, 0.0, 0.0), fov_deg=45.0)], 576)


def land(bump_m: float = 0.0, roughness_m: float = 0.0) -> NDArray[np.float32]:
    """Points a metre apart, with a steep hill in the middle."""
    x, z = np.meshgrid(np.arange(COLUMNS, dtype=float), np.arange(ROWS, dtype=float))
    y = bump_m * np.exp(-((x - 22.0) ** 2 + (z - 14.0) ** 2) / 6.0)
    y += roughness_m * np.random.default_rng(3).normal(size=y.shape)
    return np.stack([x, y, z], -1).astype(np.float32)


def area(points: NDArray[np.float32], faces: NDArray[np.int64]) -> float:
    """Seen from above, m2."""
    flat = points.reshape(-1, 3)[:, [0, 2]][faces]
    one, two = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    return float(np.abs(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]).sum() / 2.0)


@pytest.mark.parametrize(("bump_m", "roughness_m"), [(0.0, 0.0), (6.0, 0.0), (6.0, 0.03), (0.0, 2.0)])
def test_the_whole_land_is_covered_once_and_sides_meet(bump_m: float, roughness_m: float) -> None:
    points = land(bump_m, roughness_m)
    faces = thinned(points, LENS)
    assert area(points, faces) == pytest.approx((ROWS - 1) * (COLUMNS - 1))
    sides = Counter(
        tuple(sorted(side)) for face in faces.tolist() for side in zip(face, face[1:] + face[:1], strict=True)
    )
    assert max(sides.values()) == 2
    alone = np.array([side for side, count in sides.items() if count == 1])
    rows, columns = alone // COLUMNS, alone % COLUMNS
    border = ((rows == 0) | (rows == ROWS - 1)).all(1) | ((columns == 0) | (columns == COLUMNS - 1)).all(1)
    assert border.all(), "a side inside the land has only one triangle: a crack may open there"


def test_even_land_needs_few_triangles_and_rough_land_all() -> None:
    everything = 2 * (ROWS - 1) * (COLUMNS - 1)
    assert len(thinned(land(), LENS)) < 0.4 * everything
    assert len(thinned(land(roughness_m=2.0), LENS)) > 0.9 * everything


def test_a_hill_is_fine_and_the_plain_round_it_is_not() -> None:
    points = land(6.0)
    middles = points.reshape(-1, 3)[thinned(points, LENS)].mean(1)
    away = np.hypot(middles[:, 0] - 22.0, middles[:, 2] - 14.0)
    on_hill, plain = (
        (away < 4.0).sum() / (np.pi * 16.0),
        ((away > 9.0) & (away < 12.0)).sum() / (np.pi * 63.0),
    )
    assert on_hill > 1.5
    assert plain < 0.7 * on_hill


def test_triangles_turn_the_same_way() -> None:
    points = land(6.0)
    flat = points.reshape(-1, 3)[:, [0, 2]][thinned(points, LENS)]
    one, two = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    turns = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    assert (turns > 0.0).all() or (turns < 0.0).all()
