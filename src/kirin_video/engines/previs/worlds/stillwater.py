"""Still water in a world: its surface, and the scene that mirrors itself in it."""

# ruff: noqa: PLR0913 - a world is made of measures
from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light, Rgb
from kirin_video.engines.previs.scenery import Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.terrain import Ground
from kirin_video.engines.previs.worlds.site import Site

Mesh = tuple[NDArray[np.float32], NDArray[np.uint32]]
"""Points and faces of a surface, as `water_mesh` lays them out."""


def still(level_m: float, mesh: Mesh, colors: tuple[Rgb, Rgb], *, swell: float) -> Water:
    """A lake's or a pool's surface.

    Args:
        level_m: its height.
        mesh: points and faces.
        colors: where no ground shows, and over bright ground.
        swell: how high its ripples are, as in `Water`.
    """
    points, faces = mesh
    return Water(Surface.LAKE, level_m, points, faces, *colors, swell=swell, foam=0.0)


def by_water(
    site: Site,
    stage: Stage,
    *,
    light: Light,
    sky: Sky,
    ground: Ground,
    parts: Iterable[Part],
    water: Water,
    shadow: tuple[float, float],
) -> Scene:
    """The scene of a world by still water, which mirrors it.

    Args:
        site: the plot.
        stage: the composed view.
        light: light and air.
        sky: clouds and stars.
        ground: the land, the water's bed with it.
        parts: what stands on it.
        water: the surface.
        shadow: how far fine shadows reach, and z of their middle.
    """
    reach, middle_z = shadow
    return Scene(
        stage=stage,
        light=light,
        sky=sky,
        weather=site.plan.weather,
        seed=site.seed,
        ground=ground,
        parts=tuple(parts),
        water=water,
        mirror_level_m=water.level_m,
        shadow_radius_m=reach,
        shadow_center=(0.0, middle_z),
    )
