"""How open the corners of a hard body are to the sky: ambient occlusion by depth pictures from many sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh

Floats = NDArray[np.float64]

_VIEWS = 40
_CELLS = 72
_SAMPLES = 26_000
_GOLDEN = np.pi * (3.0 - 5.0**0.5)
_BELOW = 0.35
"""What comes from below counts so much: light thrown back by the ground."""
_FLOOR = 0.28
"""However deep in a corner, so much is left."""


def openness(mesh: Mesh, seed: int = 0) -> NDArray[np.float32]:
    """Share (n,) of the sky that every vertex sees past the body itself.

    From each of many directions a coarse depth picture is made of points strewn over the surface; a vertex is
    in sight where nothing lies clearly before it.
    """
    points, normals = mesh.positions.astype(np.float64), mesh.normals.astype(np.float64)
    strewn = _strewn(mesh, np.random.default_rng(seed))
    size = float(np.ptp(points, axis=0).max())
    seen, whole = np.zeros(len(points)), np.full(len(points), 1e-9)
    for way in _directions():
        weight = np.maximum(normals @ way, 0.0) * (_BELOW if way[1] < 0.0 else 1.0)
        side = np.cross(way, (0.3, 0.2, 0.93))
        side /= np.linalg.norm(side)
        frame = np.stack([side, np.cross(way, side), way], 1)
        cast, mine = strewn @ frame, (points + normals * 0.012 * size) @ frame
        low = cast[:, :2].min(0)
        cell = float(np.ptp(cast[:, :2], axis=0).max()) / (_CELLS - 1) + 1e-9
        depth = np.full(_CELLS * _CELLS, -np.inf)
        np.maximum.at(depth, _at(cast, low, cell), cast[:, 2])
        hidden = np.clip((depth[_at(mine, low, cell)] - mine[:, 2]) / (1.4 * cell) - 0.9, 0.0, 1.0)
        seen += weight * (1.0 - hidden)
        whole += weight
    return (_FLOOR + (1.0 - _FLOOR) * seen / whole).astype(np.float32)


def _at(points: Floats, low: Floats, cell: float) -> NDArray[np.int64]:
    where = np.clip(np.floor((points[:, :2] - low) / cell), 0, _CELLS - 1).astype(np.int64)
    return where[:, 0] * _CELLS + where[:, 1]


def _directions() -> Floats:
    k = np.arange(_VIEWS) + 0.5
    up = 1.0 - 1.55 * k / _VIEWS
    flat = np.sqrt(1.0 - up * up)
    return np.stack([flat * np.cos(k * _GOLDEN), up, flat * np.sin(k * _GOLDEN)], 1)


def _strewn(mesh: Mesh, rng: np.random.Generator) -> Floats:
    """Points over the surface, evenly by area."""
    corner = mesh.positions[mesh.faces].astype(np.float64)
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1)
    ends = np.cumsum(area)
    pick = _searched(ends, (np.arange(_SAMPLES) + rng.random(_SAMPLES)) / _SAMPLES * ends[-1])
    chosen = corner[np.minimum(pick, len(corner) - 1)]
    u, v = np.sqrt(rng.random(_SAMPLES)), rng.random(_SAMPLES)
    shares = np.stack([1.0 - u, u * (1.0 - v), u * v], 1)
    return np.einsum("ni,nij->nj", shares, chosen)


def _searched(ends: Floats, values: Floats) -> NDArray[np.int64]:
    return np.asarray(np.searchsorted(ends, values), np.int64)
