"""Netting: the surface of melted lumps as triangles, skinned to the bones that its lumps hang on."""

# ruff: noqa: PLR0913, PLR0917 -- a surface has its lumps, its bones and its surroundings
from __future__ import annotations

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Shell
from kirin_video.engines.previs.bodies.lumps import Closer, Lump, Rows, stacked, thickened
from kirin_video.engines.previs.bodies.shelling import as_bytes, top_weights
from kirin_video.engines.previs.coats import Coat
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.mesh import Mesh

_SOFT = 0.42
"""How gradually bones take over from each other."""


def compiled() -> ModuleType:
    """The compiled loops: numba must not be imported before it can find its cache."""
    prepare_jit_cache()
    from kirin_video.engines.previs.bodies import sculpt_kernels  # noqa: PLC0415

    return sculpt_kernels


def polygonised(
    lumps: list[Lump],
    trims: list[tuple[Mesh, int, float, float]],
    coat: Coat,
    cell: float,
    closer: Closer,
    bones: int,
    around: tuple[Rows, Rows],
    reach: float,
) -> list[Shell]:
    """The shells of one surface: its lumps melted together, and what is rigid on it."""
    shells: list[Shell] = []
    if lumps:
        lumps = [thickened(lump, cell, closer) for lump in lumps]
        rows, boxes = stacked(lumps, 3.0 * cell)
        for points, faces in _pieces(rows, boxes, lumps, cell, closer):
            shells.append(_skinned(lumps, (rows, boxes), points, faces, coat, bones, around, reach))
    shells += [_rigid(*trim) for trim in trims]
    return shells


def _pieces(
    rows: Rows, boxes: Rows, lumps: list[Lump], cell: float, closer: Closer
) -> list[tuple[Rows, NDArray[np.uint32]]]:
    """The surface in coarse triangles, and in fine ones within the balls; they overlap by a coarse cell."""
    low = np.min([lump.low for lump in lumps], axis=0)
    high = np.max([lump.high for lump in lumps], axis=0)
    coarse = _netted(rows, boxes, low, high, cell)
    pieces: list[tuple[Rows, NDArray[np.uint32]]] = []
    for middle, radius, times in closer:
        points, faces = coarse
        inside = np.linalg.norm(points - middle, axis=1) < radius - 1.2 * cell
        coarse = points, faces[~inside[faces].all(1)]
        corner, opposite = np.maximum(low, middle - radius), np.minimum(high, middle + radius)
        if (corner >= opposite).any():
            continue
        points, faces = _netted(rows, boxes, corner, opposite, cell / times)
        keep = (np.linalg.norm(points - middle, axis=1) < radius)[faces].all(1)
        pieces.append((points, faces[keep]))
    return [_compact(*piece) for piece in (coarse, *pieces) if len(piece[1])]


def _netted(rows: Rows, boxes: Rows, low: Rows, high: Rows, cell: float) -> tuple[Rows, NDArray[np.uint32]]:
    kernels = compiled()
    # A lattice that is the same for every piece keeps the two sides of a symmetric body alike.
    first = np.floor(low / cell - 2.5) * cell + 0.5 * cell
    shape = np.ceil((high - first) / cell + 2.5).astype(int)
    grid = np.empty(tuple(shape.tolist()), np.float32)
    kernels.fill_field(rows, boxes, first, cell, grid)
    return kernels.surface_nets(grid, first, cell)


def _compact(points: Rows, faces: NDArray[np.uint32]) -> tuple[Rows, NDArray[np.uint32]]:
    """Only the points that faces use."""
    used, where = np.unique(faces, return_inverse=True)
    return np.ascontiguousarray(points[used]), where.reshape(-1, 3).astype(np.uint32)


def _skinned(
    lumps: list[Lump],
    own: tuple[Rows, Rows],
    points: Rows,
    faces: NDArray[np.uint32],
    coat: Coat,
    bones: int,
    around: tuple[Rows, Rows],
    reach: float,
) -> Shell:
    kernels = compiled()
    rows, boxes = own
    normals = np.empty_like(points)
    step = float(np.linalg.norm(points[faces[0, 0]] - points[faces[0, 1]]))
    kernels.settle(rows, boxes, points, normals, 0.22 * step, 0.45 * step)
    owners = np.array([lump.bone for lump in lumps], np.int64)
    looks = np.array(
        [(*k.look.color, k.look.coat, k.look.gloss, k.look.fur, *k.along) for k in lumps], np.float64
    )
    weights, look = np.zeros((len(points), bones)), np.zeros((len(points), 7))
    kernels.share_out(rows, owners, looks, points, _SOFT, weights, look)
    open_ = np.empty(len(points))
    kernels.openness(*around, points, normals, reach, open_)
    colors = np.concatenate([look[:, :3], np.zeros((len(points), 1))], 1)
    mesh = Mesh(
        points.astype(np.float32),
        normals.astype(np.float32),
        as_bytes(colors),
        np.zeros(len(points), np.uint8),
        faces,
    )
    skin = as_bytes(np.column_stack([open_, look[:, 3:6]]))
    return Shell(mesh, skin, look[:, 6].astype(np.float32), *top_weights(weights), coat)


def _rigid(mesh: Mesh, bone: int, gloss: float, fur: float) -> Shell:
    n = len(mesh.positions)
    bones, weights = np.zeros((n, 4), np.uint8), np.zeros((n, 4), np.uint8)
    bones[:, 0], weights[:, 0] = bone, 255
    skin = as_bytes(np.tile([1.0, 0.0, gloss, fur], (n, 1)))
    return Shell(mesh, skin, np.zeros(n, np.float32), bones, weights)
