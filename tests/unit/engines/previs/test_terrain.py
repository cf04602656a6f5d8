from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.terrain import Grain, Ground, Rings, map_ground


def tilted(*, across: float, along: float) -> Ground:
    def height(x: Field, z: Field) -> Field:
        return across * x + along * z

    def paint(x: Field, _z: Field, _y: Field, steep: Field) -> Field:
        return np.stack([steep, steep, steep, np.ones_like(x)], -1)

    return map_ground(
        height, paint, center=(2.0, -3.0), rings=Rings(columns=64, rows=24, farthest_m=50.0), grain=Grain()
    )


def test_a_tilted_plane_faces_one_way_everywhere() -> None:
    ground = tilted(across=0.5, along=-0.25)
    expected = np.array([-0.5, 1.0, 0.25]) / np.sqrt(1.0 + 0.25 + 0.0625)
    assert ground.normals == pytest.approx(np.broadcast_to(expected, ground.normals.shape), abs=2e-3)


def test_the_paint_learns_how_steep_the_land_is() -> None:
    level, steep = tilted(across=0.0, along=0.0), tilted(across=1.0, along=0.0)
    assert level.color[..., 0].max() == 0
    assert steep.color[..., 0] == pytest.approx(round(255 * (1 - 0.5**0.5)), abs=1)
