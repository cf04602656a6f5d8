"""A city street of clay: one avenue, its houses, shops, trees and cars, and the town around it.

The avenue runs along -z from the camera to a clock tower. The seed changes which houses stand where and in
which colours, never what kind of place it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.ground import blocks, ground_height, street
from kirin_video.engines.previs.city.layout import (
    backdrop,
    festoons,
    furniture,
    parked,
    planting,
    plot,
    row,
    side_rows,
    signals,
)
from kirin_video.engines.previs.city.light import lamplit, soiled
from kirin_video.engines.previs.city.palette import Lights
from kirin_video.engines.previs.city.solids import Point
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Season, TimeOfDay


@dataclass(frozen=True, slots=True)
class CityModel:
    """A street ready to draw.

    Attributes:
        meshes: the ground first; then, block by block from the camera, the houses and what stands before
            them; the backdrop last. Positions are in world metres; the road is at y = 0.
        eye: where a camera stands well.
        target: what it looks at.
        fov_deg: its vertical field of view.
        lamps: where the street lamps' globes are.
    """

    meshes: tuple[Mesh, ...]
    eye: Point
    target: Point
    fov_deg: float
    lamps: tuple[Point, ...]

    @property
    def stage(self) -> Stage:
        """The composed view, with the street's ground under it."""
        return Stage(self.eye, self.target, self.fov_deg, ground_height)


def build_city(
    seed: int, *, time: TimeOfDay, season: Season | None = None, cars: bool = True, trees: bool = True
) -> CityModel:
    """Build a street.

    Args:
        seed: changes the layout and the colours; the same seed builds the same street.
        time: decides which windows and lamps are lit; the houses do not depend on it.
        season: decides the colours of the leaves.
        cars: whether any are parked.
        trees: whether any stand on the pavements.
    """

    def stream(*path: int) -> np.random.Generator:
        return np.random.default_rng([seed & 0xFFFFFFFFFFFFFFFF, *path])

    def lights(*path: int) -> Lights:
        return Lights(stream(*path), time)

    placed = plot(stream(0))
    ground = street(stream(1), placed.crossings, placed.zebras)
    parts = [ground]
    for i, block in enumerate(blocks(placed.crossings)):
        parts.extend(soiled(row(side, block, lights(2, i, side + 1))) for side in (-1, 1))
        standing = [
            *(planting(block, placed, stream(3, i), season) if trees else ()),
            *(parked(block, placed, stream(4, i)) if cars else ()),
            *furniture(block, placed, lights(5, i)),
        ]
        parts.append(merge(standing))
    parts.append(merge([*signals(placed, lights(6)), *festoons(placed, lights(7))]))
    parts.append(side_rows(placed.crossings, lights(8)))
    strength = lights(9).lamps
    near = [lamplit(mesh, placed.lamps, strength) for mesh in parts]
    return CityModel(
        meshes=(*near, backdrop(lights(10))),
        eye=(-0.8, 1.75, 11.5),
        target=(0.5, 3.3, -1.5),
        fov_deg=48.0,
        lamps=placed.lamps,
    )
