"""Cutting meshes into pieces that can be left out of a frame.

llvmpipe shades a vertex again whenever its small cache has lost it, and every triangle on screen costs, so a
piece owns its vertices in a row and pieces out of sight are not drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.matrices import Matrix

_SHORT = 1 << 16


@dataclass(frozen=True, slots=True)
class Cells:
    """A mesh regrouped into pieces.

    Attributes:
        order: for every new vertex, which old vertex it is.
        index: uint32, (m, 3), into the new vertices.
        first: first index of every piece.
        count: number of indices of every piece.
        middle: float32, (p, 3).
        radius: float32, (p,).
    """

    order: NDArray[np.int64]
    index: NDArray[np.uint32]
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    middle: NDArray[np.float32]
    radius: NDArray[np.float32]


def cut(positions: NDArray[np.float32], faces: NDArray[np.uint32], key: NDArray[np.int64]) -> Cells:
    """Group faces by a key, one piece for each of its values."""
    order = np.argsort(key, kind="stable")
    sorted_faces, sorted_key = faces[order].astype(np.int64), key[order]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(sorted_key)) + 1])
    count = np.diff(np.append(starts, len(faces)))
    piece = np.repeat(np.arange(len(starts)), 3 * count)
    owner, source, index = _owned(sorted_faces.reshape(-1), piece, len(positions))
    first = np.searchsorted(owner, np.arange(len(starts)))
    points = positions[source]
    low, high = np.minimum.reduceat(points, first), np.maximum.reduceat(points, first)
    middle = (low + high) * np.float32(0.5)
    away = np.linalg.norm(points - middle[owner], axis=1)
    return Cells(
        order=source,
        index=index.reshape(-1, 3).astype(np.uint32),
        first=starts * 3,
        count=count * 3,
        middle=middle,
        radius=(np.maximum.reduceat(away, first) + 0.3).astype(np.float32),
    )


def _owned(
    corners: NDArray[np.int64], piece: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give every piece vertices of its own: most belong to one piece only, the others are copied.

    Args:
        corners: (3 m,), the old vertices of all faces.
        piece: (3 m,), the piece that each is a corner of.
        count: how many old vertices there are.

    Returns:
        Of every new vertex its piece and its old vertex, and the new vertex of every corner.
    """
    # Written from the last to the first, the first piece to use a vertex keeps it.
    home = np.full(count, -1)
    home[corners[::-1]] = piece[::-1]
    used = np.flatnonzero(home >= 0)
    shared = np.flatnonzero(home[corners] != piece)
    copies, copy_of = np.unique(piece[shared] * count + corners[shared], return_inverse=True)
    owner = np.concatenate([home[used], copies // count])
    source = np.concatenate([used, copies % count])
    # Numbers of sixteen bits are sorted in no time.
    order = np.argsort(owner.astype(np.uint16) if owner.max() < _SHORT else owner, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    at_home = np.zeros(count, np.int64)
    at_home[used] = place[: len(used)]
    index = at_home[corners]
    index[shared] = place[len(used) + copy_of]
    return owner[order], source[order], index


def only(cells: Cells, kept: NDArray[np.bool_]) -> Cells:
    """The same pieces with some of their triangles; pieces with none left are gone.

    Args:
        cells: the pieces.
        kept: bool, (m,), which triangles stay, in the order of ``cells.index``.
    """
    before = np.concatenate([[0], np.cumsum(kept)])
    start, end = before[cells.first // 3], before[(cells.first + cells.count) // 3]
    left = end > start
    return Cells(
        order=cells.order,
        index=cells.index[kept],
        first=start[left] * 3,
        count=(end - start)[left] * 3,
        middle=cells.middle[left],
        radius=cells.radius[left],
    )


def nearest_first(cells: Cells, points: NDArray[np.float32], eyes: NDArray[np.float64]) -> Cells:
    """The same pieces with the triangles of each in order of their distance: those in front hide the others.

    Triangles go in pairs, as the two halves of a square follow each other.

    Args:
        cells: the pieces.
        points: float32, (n, 3), the vertices that their index is of.
        eyes: (m, 3), from where they are seen.
    """
    if not len(cells.index):
        return cells
    away = np.linalg.norm(points - eyes.mean(0).astype(np.float32), axis=1)[cells.index].min(1)
    piece = np.repeat(np.arange(len(cells.first)), cells.count // 3)
    within = np.arange(len(piece)) - (cells.first // 3)[piece]
    pair = np.arange(len(piece)) - (within & 1)
    order = np.lexsort((np.arange(len(piece)), away[pair], piece))
    return replace(cells, index=cells.index[order])


def grid_key(positions: NDArray[np.float32], faces: NDArray[np.uint32], cell_m: float) -> NDArray[np.int64]:
    """A key that gathers faces in square columns of a size; 0 keeps everything together."""
    if cell_m <= 0.0:
        return np.zeros(len(faces), np.int64)
    at = np.floor(positions[faces[:, 0]][:, [0, 2]] / cell_m).astype(np.int64)
    return at[:, 0] * 100_003 + at[:, 1]


def visible(
    cells: Cells,
    projection: Matrix,
    eye: tuple[float, float, float],
    among: NDArray[np.bool_] | None = None,
) -> list[tuple[float, tuple[int, int]]]:
    """Runs (first, count) of the pieces in sight with their distance in metres, the nearest first.

    Args:
        cells: the pieces.
        projection: world to clip space.
        eye: where the camera stands.
        among: bool, (p,), the pieces that count; None for all.
    """
    if not len(cells.first):
        return []
    m = projection
    planes = np.array([m[3] + m[0], m[3] - m[0], m[3] + m[1], m[3] - m[1], m[3] + m[2]])
    planes /= np.sqrt(np.einsum("ij,ij->i", planes[:, :3], planes[:, :3]))[:, None]
    inside = ((cells.middle @ planes[:, :3].T + planes[:, 3]) > -cells.radius[:, None]).all(1)
    shown = np.flatnonzero(inside if among is None else inside & among)
    off = cells.middle[shown] - np.array(eye)
    distance = np.sqrt(np.einsum("ij,ij->i", off, off)) - cells.radius[shown]
    order = np.argsort(distance, kind="stable")
    picked = shown[order]
    runs: list[tuple[float, tuple[int, int]]] = []
    end = -1
    # Plain numbers: numpy's own are slow to handle one by one.
    for away, first, count in zip(
        distance[order].tolist(), cells.first[picked].tolist(), cells.count[picked].tolist(), strict=True
    ):
        if first == end:
            start, before = runs[-1][1]
            runs[-1] = (runs[-1][0], (start, before + count))
        else:
            runs.append((away, (first, count)))
        end = first + count
    return runs
