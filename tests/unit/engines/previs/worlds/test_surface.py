"""Tests of how water is laid out."""

import numpy as np

from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.worlds.surface import water_mesh


def _deep(x: Field, _z: Field) -> Field:
    return np.full_like(x, -5.0)


def test_water_all_round_has_no_hole_where_cameras_start() -> None:
    points, faces = water_mesh(
        _deep, 0.0, columns=60, rows=30, nearest_m=2.0, farthest_m=50.0, all_round=True
    )
    x, z = points[faces, 0].astype(float), points[faces, 1].astype(float)
    area = np.abs((x[:, 1] - x[:, 0]) * (z[:, 2] - z[:, 0]) - (x[:, 2] - x[:, 0]) * (z[:, 1] - z[:, 0])) / 2.0
    # a disc of chords: smaller than the circle by what its coarser back leaves out
    assert 0.97 * np.pi * 50.0**2 < area.sum() < np.pi * 50.0**2
    assert np.hypot(points[:, 0], points[:, 1]).min() < 1e-6
