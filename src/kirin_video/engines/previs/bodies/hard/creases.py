"""Creases: smooth normals within smooth regions, sharp edges between them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rgb = tuple[float, float, float]

_SAME_M = 1e-5
"""Points nearer than this are one."""
_LEAST_AREA = 1e-12


def creased(  # noqa: PLR0913 -- a surface, its colour and its glow
    points: NDArray[np.floating],
    faces: NDArray[np.integer],
    color: NDArray[np.floating] | Rgb,
    *,
    crease_deg: float = 38.0,
    glow: float = 0.0,
    sway: float = 0.0,
) -> Mesh:
    """A mesh whose normals are averaged only over faces that meet at less than an angle.

    Args:
        points: (n, 3), metres; points at the same place are welded.
        faces: (m, 3), counter-clockwise seen from outside.
        color: sRGB 0 to 1, one for all or (m, 3) for every face.
        crease_deg: faces that meet at more have a sharp edge between them.
        glow: 0 to 1.
        sway: 0 to 1, in the wind.
    """
    points, faces = np.asarray(points, np.float64), np.asarray(faces, np.int64)
    corner = points[faces]
    across = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    size = np.linalg.norm(across, axis=1)
    kept = size > _LEAST_AREA
    faces, across, unit = faces[kept], across[kept], across[kept] / size[kept, None]
    paint = np.broadcast_to(np.asarray(color, float), (len(kept), 3))[kept]
    normals = _corner_normals(_welded(points)[faces], across, unit, math.cos(math.radians(crease_deg)))
    tones = np.repeat((np.clip(paint, 0.0, 1.0) * 255.0 + 0.5).astype(np.int64), 3, 0)
    keys = _keys(faces.reshape(-1), normals, tones)
    _, first, back = np.unique(keys, return_index=True, return_inverse=True)
    colors = np.empty((len(first), 4), np.uint8)
    colors[:, :3], colors[:, 3] = tones[first], round(sway * 255)
    return Mesh(
        points[faces.reshape(-1)[first]].astype(np.float32),
        normals[first].astype(np.float32),
        colors,
        np.full(len(first), round(glow * 255), np.uint8),
        back.reshape(-1, 3).astype(np.uint32),
    )


def _welded(points: Floats) -> Ints:
    """The same number for points at the same place."""
    cells = np.round(points / _SAME_M).astype(np.int64)
    mixed = cells @ np.array([73_856_093, 19_349_663_001, 83_492_791_000_03])
    return np.unique(mixed, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _corner_normals(faces: Ints, across: Floats, unit: Floats, least: float) -> Floats:
    """Unit normals (3m, 3) of every corner of every face: the mean of its smooth neighbours."""
    vertex = faces.reshape(-1)
    owner = np.repeat(np.arange(len(faces)), 3)
    order = np.argsort(vertex, kind="stable")
    counts = np.bincount(vertex, minlength=int(vertex.max()) + 1)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    many = counts[vertex]
    corner = np.repeat(np.arange(len(vertex)), many)
    step = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    other = owner[order[starts[vertex[corner]] + step]]
    smooth = np.einsum("ij,ij->i", unit[owner[corner]], unit[other]) > least
    total = np.zeros((len(vertex), 3))
    for axis in range(3):
        total[:, axis] = np.bincount(
            corner[smooth], weights=across[other[smooth], axis], minlength=len(vertex)
        )
    far = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(far > _LEAST_AREA, total / np.maximum(far, _LEAST_AREA), unit[owner])


def _keys(vertex: Ints, normals: Floats, tones: Ints) -> Ints:
    """One number for corners that may share a vertex."""
    steps = np.round(normals * 100.0).astype(np.int64) + 128
    packed = (steps[:, 0] << 16) | (steps[:, 1] << 8) | steps[:, 2]
    tone = (tones[:, 0] * 65_537 + tones[:, 1] * 257 + tones[:, 2]) % 4093
    return (vertex << 38) | (packed << 13) | tone
