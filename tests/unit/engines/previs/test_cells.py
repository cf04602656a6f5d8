"""Meshes cut into pieces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.cells import Cells, cut, grid_key, only


def carpet(side: int = 12) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """A square grid of a metre a cell, whose triangles share their corners."""
    x, z = np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0))
    positions = np.stack([x, np.zeros_like(x), z], -1).reshape(-1, 3).astype(np.float32)
    at = np.arange((side + 1) ** 2).reshape(side + 1, side + 1)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return positions, faces.astype(np.uint32)


def shapes(points: NDArray[np.float32], faces: NDArray[np.uint32]) -> list[list[float]]:
    """Triangles as sorted rows of numbers, whatever the order of faces and vertices."""
    return sorted(points[faces].reshape(-1, 9).tolist())


def cells_of(side_m: float) -> tuple[NDArray[np.float32], NDArray[np.uint32], Cells]:
    positions, faces = carpet()
    return positions, faces, cut(positions, faces, grid_key(positions, faces, side_m))


def test_a_cut_mesh_has_the_same_triangles() -> None:
    positions, faces, cells = cells_of(4.0)
    assert shapes(positions[cells.order], cells.index) == shapes(positions, faces)


def test_every_piece_owns_its_vertices_and_lies_within_its_ball() -> None:
    positions, _, cells = cells_of(4.0)
    assert len(cells.first) > 8
    owners: dict[int, int] = {}
    for piece, (first, count) in enumerate(zip(cells.first, cells.count, strict=True)):
        corners = np.unique(cells.index.reshape(-1)[first : first + count])
        assert all(owners.setdefault(int(v), piece) == piece for v in corners)
        away = np.linalg.norm(positions[cells.order][corners] - cells.middle[piece], axis=1)
        assert away.max() <= cells.radius[piece]


def test_what_is_not_kept_is_gone_and_empty_pieces_with_it() -> None:
    positions, _, cells = cells_of(4.0)
    kept = np.zeros(len(cells.index), np.bool_)
    kept[cells.first[2] // 3 : cells.first[2] // 3 + 5] = True
    kept[-1] = True
    left = only(cells, kept)
    assert left.count.tolist() == [15, 3]
    assert left.first.tolist() == [0, 15]
    assert shapes(positions[left.order], left.index) == shapes(positions[cells.order], cells.index[kept])
    assert np.array_equal(left.middle, cells.middle[[2, -1]])
    nothing = only(cells, np.zeros(len(cells.index), np.bool_))
    assert len(nothing.first) == len(nothing.index) == 0
