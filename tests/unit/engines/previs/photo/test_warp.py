from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.photo.moves import FOCAL, Pose
from kirin_video.engines.previs.photo.warp import NODE_PX, camera_numbers, fill_grid, grid_shape

WIDTH, HEIGHT = 160, 96


def _looked_at(pose: Pose, disparity: float) -> np.ndarray:
    rows, columns = grid_shape(WIDTH, HEIGHT)
    grid = np.empty((3, rows, columns), np.float32)
    depth = np.full((HEIGHT // 8 + 2, WIDTH // 8 + 2), disparity, np.float32)
    fill_grid(camera_numbers(pose, WIDTH, HEIGHT), depth, grid)
    return grid


def test_the_photograph_s_own_pose_looks_straight() -> None:
    grid = _looked_at(Pose(), 0.7)
    columns = np.arange(grid.shape[2]) * NODE_PX
    assert grid[0] == pytest.approx(np.broadcast_to(columns, grid[0].shape), abs=1e-3)


def test_what_is_near_shifts_in_proportion_to_its_disparity() -> None:
    still, near, far = (
        _looked_at(pose, d) for pose, d in ((Pose(), 1.0), (Pose(x=0.05), 1.0), (Pose(x=0.05), 0.2))
    )
    shift = 0.05 * FOCAL * WIDTH
    assert (near[0] - still[0]) == pytest.approx(shift, abs=1e-2)
    assert (far[0] - still[0]) == pytest.approx(0.2 * shift, abs=1e-2)


def test_infinity_does_not_move_when_the_camera_does() -> None:
    assert _looked_at(Pose(x=0.1, y=0.1, z=0.1), 0.0)[:2] == pytest.approx(
        _looked_at(Pose(), 0.0)[:2], abs=1e-3
    )


def test_going_forwards_narrows_what_is_seen() -> None:
    grid = _looked_at(Pose(z=0.2), 0.5)
    wide = _looked_at(Pose(), 0.5)
    assert np.ptp(grid[0]) == pytest.approx(0.9 * np.ptp(wide[0]), rel=1e-3)


def test_panning_right_looks_to_the_right() -> None:
    assert (_looked_at(Pose(yaw=0.05), 0.0)[0] > _looked_at(Pose(), 0.0)[0]).all()


def test_tilting_down_looks_lower() -> None:
    assert (_looked_at(Pose(pitch=0.05), 0.0)[1] > _looked_at(Pose(), 0.0)[1]).all()
