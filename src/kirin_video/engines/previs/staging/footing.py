"""The ground as feet meet it: heights of what is drawn, and where there is room to stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.track import Floats, Terrain
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.staging.solids import CELL_M, REACH_M, Solids, cells_of, solids_of
from kirin_video.engines.previs.terrain import Ground
from kirin_video.engines.previs.ways import Way

_IN_THE_WAY = 4
"""So many of the lowest levels are in the way: up to 2.3 metres, which is below ceilings.

What is lower than all is stepped on.
"""
_TABLE_M = 80.0
"""How far to all sides a table of heights goes."""
_DRAUGHT_M = 0.18
"""Land this far below still water lets ducks and boats float."""
_ANKLE_M, _KNEE_M = 0.08, 0.34
"""Water so deep is waded in."""
_SHORE_M = 0.06
"""Land this far above still water counts as dry."""


@dataclass(frozen=True, slots=True)
class Footing:
    """The ground of a scene.

    Attributes:
        terrain: heights of the drawn ground.
        taken: int32, (n + 1, n + 1), how many places of 0.5 metres are taken, or out of reach, between the
            grid's corner and a place: sums over rectangles tell whether there is room. The grid is centred on
            the origin; rows are z, columns x.
        water_m: the level of water; None where there is none.
        solids: what a camera must not stand in.
        ways: roads and rails.
    """

    terrain: Terrain
    taken: NDArray[np.int32]
    water_m: float | None
    solids: Solids
    ways: tuple[Way, ...] = ()

    def is_free(self, x: Floats, z: Floats, room_m: float) -> NDArray[np.bool_]:
        """Whether nothing stands within so many metres of places (...,); beyond the grid all is free."""
        n = len(self.taken) - 1
        j0, j1 = (np.clip(cells_of(x + side * room_m) + (side > 0), 0, n) for side in (-1.0, 1.0))
        i0, i1 = (np.clip(cells_of(z + side * room_m) + (side > 0), 0, n) for side in (-1.0, 1.0))
        found = self.taken[i1, j1] - self.taken[i0, j1] - self.taken[i1, j0] + self.taken[i0, j0]
        return found == 0

    def is_deep(self, x: Floats, z: Floats) -> NDArray[np.bool_]:
        """Whether there is water enough to float on at places (...,)."""
        if self.water_m is None:
            return np.zeros(np.shape(x), bool)
        return self.terrain(x, z) < self.water_m - _DRAUGHT_M

    def is_shallow(self, x: Floats, z: Floats) -> NDArray[np.bool_]:
        """Whether one can wade at places (...,)."""
        if self.water_m is None:
            return np.zeros(np.shape(x), bool)
        deep = self.water_m - self.terrain(x, z)
        return (deep > _ANKLE_M) & (deep < _KNEE_M)

    def is_waded(self, x: Floats, z: Floats) -> NDArray[np.bool_]:
        """Whether there is water at places (...,), however deep it is."""
        if self.water_m is None:
            return np.zeros(np.shape(x), bool)
        return self.terrain(x, z) < self.water_m - _ANKLE_M

    def is_dry(self, x: Floats, z: Floats) -> NDArray[np.bool_]:
        """Whether places (...,) are land."""
        if self.water_m is None:
            return np.ones(np.shape(x), bool)
        return self.terrain(x, z) > self.water_m + _SHORE_M


def footing_of(scene: Scene) -> Footing:
    """The ground of a scene and everything on it that is in the way."""
    terrain = _walked(scene, _terrain_of(scene))
    water = scene.water.level_m if scene.water is not None else None
    solids = solids_of(scene, terrain if scene.ground is not None else _gridded(terrain))
    stands = (solids.levels & np.uint16((1 << _IN_THE_WAY) - 1)) != 0
    grid = ~_reached(stands, scene.stage.eye)
    for way in scene.ways:
        if way.kept_clear:
            grid |= _covered(way)
            terrain = way.carrying(terrain)
    taken = np.pad(grid.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0))).astype(np.int32)
    return Footing(terrain, taken, water, solids, scene.ways)


def _terrain_of(scene: Scene) -> Terrain:
    """What carries bodies: a floor, the drawn map, or the stage's ground."""
    floor = scene.floor_m
    if floor is not None:
        return lambda x, z: np.full(np.broadcast(x, z).shape, floor)
    return _polar_terrain(scene.ground) if scene.ground is not None else _pointwise(scene)


def _walked(scene: Scene, terrain: Terrain) -> Terrain:
    """The same ground with what runs high above the drawn map and is walked on: the Great Wall."""
    if scene.ground is not None:
        for way in scene.ways:
            terrain = terrain if way.kept_clear else way.carrying(terrain)
    return terrain


def _covered(way: Way) -> NDArray[np.bool_]:
    """The cells of the grid that a way takes: who stands beside it stands beside it."""
    at = (np.arange(round(2.0 * REACH_M / CELL_M)) + 0.5) * CELL_M - REACH_M
    x, z = np.meshgrid(at, at)
    return (np.abs(way.off(x, z)) < way.half_m) & (z > way.z[0]) & (z < way.z[-1])


def _pointwise(scene: Scene) -> Terrain:
    """The stage's ground, one point after the other."""

    def terrain(x: Floats, z: Floats) -> Floats:
        x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
        heights = [
            scene.ground_height(a, b) for a, b in zip(x.ravel().tolist(), z.ravel().tolist(), strict=True)
        ]
        return np.array(heights, float).reshape(x.shape)

    return terrain


def _reached(stands: NDArray[np.bool_], eye: tuple[float, float, float]) -> NDArray[np.bool_]:
    """The free cells that one can walk to from the world's own view: not those within walls."""
    start = np.clip(cells_of(np.array([eye[2], eye[0]])), 0, len(stands) - 1)
    reached = np.zeros_like(stands)
    around = slice(max(start[0] - 1, 0), start[0] + 2), slice(max(start[1] - 1, 0), start[1] + 2)
    reached[around] = ~stands[around]
    while True:
        grown = reached.copy()
        grown[1:] |= reached[:-1]
        grown[:-1] |= reached[1:]
        grown[:, 1:] |= grown[:, :-1] & ~stands[:, 1:]
        grown[:, :-1] |= grown[:, 1:] & ~stands[:, :-1]
        grown &= ~stands
        if grown.sum() == reached.sum():
            return reached
        reached = grown


def _gridded(terrain: Terrain) -> Terrain:
    """The same ground read off a table of places a metre apart: quick, and exact but for kerbs and edges."""
    side = np.arange(-_TABLE_M, _TABLE_M + 1.0)
    heights = terrain(*np.meshgrid(side, side))

    def read(x: Floats, z: Floats) -> Floats:
        i, j = (np.clip(np.rint(v + _TABLE_M), 0, len(side) - 1).astype(int) for v in (z, x))
        return heights[i, j]

    return read


def _polar_terrain(ground: Ground) -> Terrain:
    """Heights between the vertices that are drawn, which are not all points of the map."""
    rows = _drawn(len(ground.radii), ground.stride)
    columns = _drawn(len(ground.angles), ground.stride)
    radii, angles = np.log(ground.radii[rows].astype(float)), ground.angles[columns].astype(float)
    height = ground.height[np.ix_(rows, columns)].astype(float)

    def terrain(x: Floats, z: Floats) -> Floats:
        dx, dz = np.asarray(x, float) - ground.center[0], np.asarray(z, float) - ground.center[1]
        turn = (np.arctan2(dx, -dz) - angles[0]) % (2.0 * np.pi) + angles[0]
        far = np.log(np.maximum(np.hypot(dx, dz), 1e-6))
        i, u = _between(radii, far)
        j, v = _between(angles, turn)
        near = height[i, j] * (1.0 - v) + height[i, j + 1] * v
        away = height[i + 1, j] * (1.0 - v) + height[i + 1, j + 1] * v
        return near * (1.0 - u) + away * u

    return terrain


def _drawn(count: int, stride: int) -> NDArray[np.int64]:
    """The rows or columns of a map that become vertices, as `gl.land` picks them."""
    picks = np.arange(0, count, stride)
    return picks if picks[-1] == count - 1 else np.append(picks, count - 1)


def _between(known: Floats, at: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The interval that values fall into and their share of it, clipped to its ends."""
    k = np.clip(np.searchsorted(known, at) - 1, 0, len(known) - 2)
    share = (at - known[k]) / (known[k + 1] - known[k])
    return k, np.clip(share, 0.0, 1.0)
