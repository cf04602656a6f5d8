"""Laying out the surface of water as a polar mesh."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.terrain import Height

_FRONT = 1.75
"""How far to both sides water is laid out finely, radians."""


def water_mesh(  # noqa: PLR0913 -- the layout has many independent choices
    height: Height,
    level_m: float,
    *,
    shore: Height | None = None,
    columns: int = 200,
    rows: int = 130,
    nearest_m: float = 0.8,
    farthest_m: float = 8000.0,
    driest_m: float = 0.6,
    all_round: bool = False,
) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """Points and faces of water round the origin, left out where the land is well above it.

    Args:
        height: the ground.
        level_m: the still surface.
        shore: metres from the shore at (x, z), positive over water; far away where there is no shore.
        columns: points across the front.
        rows: rings.
        nearest_m: radius of the first ring; all round, the origin itself comes in its place.
        farthest_m: radius of the last ring.
        driest_m: land higher than this above the level carries no water.
        all_round: whether there is water behind the origin, too, in coarser pieces: cameras go there.

    Returns:
        Points (n, 4): x, z, depth, metres from the shore; and faces (m, 3).
    """
    turn = np.linspace(-_FRONT, _FRONT, columns)
    radius = np.geomspace(nearest_m, farthest_m, rows)
    if all_round:
        radius[0] = 0.0  # cameras that draw back see the origin: there is no hole in it
        turn = np.append(turn, np.linspace(_FRONT, 2.0 * np.pi - _FRONT, columns // 6)[1:])
    x = (radius[:, None] * np.sin(turn)[None, :]).astype(np.float32)
    z = (-radius[:, None] * np.cos(turn)[None, :]).astype(np.float32)
    depth = np.float32(level_m) - height(x, z)
    reach: Field = shore(x, z) if shore is not None else np.full_like(x, 1000.0)
    points = np.stack([x, z, depth, reach], -1).reshape(-1, 4).astype(np.float32)
    at = np.arange(x.size).reshape(x.shape)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    wet = (points[faces, 2] > -driest_m).any(1)
    return points, faces[wet].astype(np.uint32)
