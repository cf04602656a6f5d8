"""What a camera must not stand in and cannot see through: a coarse map of everything solid in a world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.track import Floats, Terrain
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Finish, Scene

CELL_M = 0.5
REACH_M = 80.0
"""Further from the origin nothing is known, and all is free."""
LEVELS_M = (0.22, 0.6, 1.1, 1.7, 2.3, 3.0, 4.0, 5.5, 7.5, 10.0, 14.0, 19.0, 26.0, 36.0, 60.0)
"""Between two of these heights above the ground a cell is solid or not."""

_FINEST_M = 0.45
_MOST_STEPS = 64
_SIGHT_STEPS = 28

Mask = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Solids:
    """What is solid, by cells and levels.

    Attributes:
        terrain: heights of the ground.
        levels: uint16, (n, n): a bit for every level of a cell; rows are z, columns x, centred on the origin.
        near: the same, and of every cell's eight neighbours.
    """

    terrain: Terrain
    levels: Mask
    near: Mask

    def is_open(self, points: Floats, room_m: float = 0.3) -> NDArray[np.bool_]:
        """Whether an eye may be at points (..., 3): above the ground, and in nothing."""
        above = points[..., 1] - self.terrain(points[..., 0], points[..., 2])
        heights = _bits(above - room_m) | _bits(above) | _bits(above + room_m)
        found = _looked_up(self.near, points) & heights
        return (found == 0) & (above > 0.0)

    def sees(self, eyes: Floats, points: Floats, spare_m: Floats | float) -> NDArray[np.bool_]:
        """Whether nothing stands between eyes and points, both (..., 3).

        Args:
            eyes: from where.
            points: what should be seen.
            spare_m: how far from the points nothing counts: the body itself, or what it stands among.
        """
        eyes, points = np.broadcast_arrays(eyes, points)
        far = np.sqrt(((points - eyes) ** 2).sum(-1))
        until = np.clip(1.0 - spare_m / np.maximum(far, 1e-6), 0.05, 1.0)
        shares = (np.linspace(0.04, 1.0, _SIGHT_STEPS) * until[..., None])[..., None]
        along = eyes[..., None, :] + (points - eyes)[..., None, :] * shares
        above = along[..., 1] - self.terrain(along[..., 0], along[..., 2])
        blocked = (_looked_up(self.levels, along) & _bits(above)) != 0
        return ~(blocked | (above < 0.0)).any(-1)


def solids_of(scene: Scene, terrain: Terrain) -> Solids:
    """Everything solid of a scene: what throws shadows, and what is hard."""
    side = int(2.0 * REACH_M / CELL_M)
    filled, edges = np.zeros((len(LEVELS_M) - 1, side, side), np.bool_), np.array(LEVELS_M)
    kernels = _compiled()
    for part in scene.parts:
        if not (part.casts or part.finish is Finish.HARD):
            continue
        for points in _surface(part.mesh):
            ground = np.asarray(terrain(points[:, 0], points[:, 2]), np.float64)
            kernels.fill(points, ground, edges, REACH_M, CELL_M, filled)
    bits = np.uint16(1) << np.arange(len(filled), dtype=np.uint16)
    levels = (filled * bits[:, None, None]).sum(0, dtype=np.uint16)
    near = levels.copy()
    padded = np.pad(levels, 1)
    for i in range(3):
        for j in range(3):
            near |= padded[i : i + side, j : j + side]
    return Solids(terrain, levels, near)


def cells_of(metres: Floats) -> NDArray[np.int64]:
    """The row or column of a coordinate; may lie outside."""
    return np.floor((np.asarray(metres, float) + REACH_M) / CELL_M).astype(np.int64)


def _level(above: Floats) -> NDArray[np.int64]:
    """The level of heights above the ground: -1 below the lowest, one too many above the highest."""
    return np.searchsorted(LEVELS_M, above, "right") - 1


def _bits(above: Floats) -> Mask:
    """The bit of the level at heights above the ground; none below the lowest and above the highest."""
    level = _level(above)
    known = (level >= 0) & (level < len(LEVELS_M) - 1)
    return np.where(known, np.uint16(1) << np.clip(level, 0, 15).astype(np.uint16), np.uint16(0))


def _looked_up(levels: Mask, points: Floats) -> Mask:
    i, j = cells_of(points[..., 2]), cells_of(points[..., 0])
    n = len(levels)
    inside = (i >= 0) & (i < n) & (j >= 0) & (j < n)
    return np.where(inside, levels[np.clip(i, 0, n - 1), np.clip(j, 0, n - 1)], np.uint16(0))


def _surface(mesh: Mesh) -> Iterator[Floats]:
    """Points (n, 3) within reach that leave out no cell of a mesh: its vertices, more on large faces."""
    positions = mesh.positions.astype(np.float64)
    if not len(mesh.faces):
        return
    yield positions[(np.abs(positions[:, [0, 2]]) < REACH_M).all(1)]
    corners = positions[mesh.faces]
    here = (np.abs(corners[..., [0, 2]]).min(1) < REACH_M).all(-1)
    corners = corners[here]
    longest = np.sqrt(((corners - np.roll(corners, 1, 1)) ** 2).sum(-1)).max(-1)
    steps = np.exp2(np.ceil(np.log2(np.maximum(longest / _FINEST_M, 1.0)))).astype(int)
    for count in np.unique(steps[steps > 1]).tolist():
        some, each = corners[steps == count], min(count, _MOST_STEPS)
        points = np.empty((len(some) * (each + 1) * (each + 2) // 2, 3))
        yield points[: _compiled().spread(some, each, REACH_M, points)]


def _compiled() -> ModuleType:
    """The compiled loops: numba must not be imported before it can find its cache."""
    prepare_jit_cache()
    from kirin_video.engines.previs.staging import solid_kernels  # noqa: PLC0415

    return solid_kernels
