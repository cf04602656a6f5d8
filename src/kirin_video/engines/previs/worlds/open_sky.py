"""The open sky: heaps of white cloud at the height of one's eyes, blue above them, fields far below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.clouds import tower
from kirin_video.engines.previs.worlds.country import crops
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.site import Site

_DEEP_M = 420.0
"""So far below lies the land."""
_FALLS = frozenset({Weather.RAIN, Weather.SNOW})


def build(site: Site) -> Scene:
    """Build the sky."""
    return Scene(
        stage=site.stage(lambda x, _z: np.zeros_like(x), 6.0, (0.0, 8.4, -40.0), 66.0),
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.6, streaks=0.5, milky_way=0.5 * site.dark),
        weather=site.plan.weather if site.plan.weather in _FALLS else Weather.CLEAR,
        seed=site.seed,
        ground=map_ground(
            _height(site),
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(columns=768, rows=320, nearest_m=20.0, farthest_m=14_000.0),
            grain=Grain(amount=0.05, scale=0.05),
        ),
        parts=() if "cloud" in site.plan.barred else (Part(_heaps(site), casts=False, cell_m=120.0),),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -40.0),
        floor_m=0.0,
    )


def _light(site: Site) -> Light:
    light = site.light(turn_deg=34.0 * site.side(3))
    # The land below is a memory of colours in blue air.
    return replace(
        light, haze_per_m=max(light.haze_per_m, 0.00055), mist_per_m=0.0, cover=min(light.cover, 0.34)
    )


def _height(site: Site) -> Height:
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        return (60.0 * noise.fbm(x / 2600.0, z / 2600.0, 4) - _DEEP_M).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    over = crops(site, size_m=(420.0, 330.0))
    noise = site.noise(2)
    white = np.array([0.92, 0.94, 0.97, 0.3], np.float32)
    woods = np.array([0.20, 0.30, 0.16, 1.0], np.float32)

    def paint(x: Field, z: Field, y: Field, _steep: Field) -> Field:
        color = over(x, z, y, np.zeros_like(x))
        wooded = smoothstep(0.0, 0.12, noise.fbm(x / 1500.0, z / 1500.0, 5))
        color = blend(color, np.broadcast_to(woods, color.shape), wooded * 0.85)
        return blend(
            color, np.broadcast_to(white, color.shape), np.full(x.shape, 0.85 * site.snowy, np.float32)
        )

    return paint


def _heaps(site: Site) -> Mesh:
    rng, side = site.rng(4), site.side(1)
    meshes: list[Mesh] = []
    near = (
        (side * 70.0, -6.0, -120.0, 17.0),
        (-side * 96.0, 10.0, -150.0, 15.0),
        (-side * 30.0, -26.0, -170.0, 15.0),
    )
    for x, y, z, size in near:
        meshes += tower(rng, np.array([x, y, z]), size, balls=34)
    for _ in range(15):
        turn, far = float(rng.uniform(-1.5, 1.5)), far_off(rng, (220.0, 1500.0))
        at = np.array([np.sin(turn) * far, float(rng.uniform(-0.10, 0.16)) * far, -np.cos(turn) * far])
        meshes += tower(rng, at, float(rng.uniform(0.05, 0.09)) * far + 5.0, balls=22)
    return merge(meshes)
