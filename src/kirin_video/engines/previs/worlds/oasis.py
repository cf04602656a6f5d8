"""An oasis: still blue water among palms and reeds, a ring of green, and dunes all round."""

# ruff: noqa: PLR2004 - a world is made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass, trees, woods
from kirin_video.engines.previs.noise import Field, Noise, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds import desert
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.stillwater import by_water, still
from kirin_video.engines.previs.worlds.surface import water_mesh

_MIDDLE_Z, _WIDE_M, _LONG_M = -27.0, 23.0, 16.0
"""Where the water lies, and half of its width and length."""
_LEVEL_M = -1.1
_GREEN = np.array([0.30, 0.44, 0.14, 0.9], np.float32)
_WET = np.array([0.52, 0.42, 0.30, 0.8], np.float32)


def build(site: Site) -> Scene:
    """Build the oasis in the desert."""
    side = site.side(0)
    height = _height(site, side)
    paint = weathered(_paint(site, side), site)
    stage = site.stage(height, 3.4, (side * 1.0, 0.6, -30.0), 74.0)
    mesh = water_mesh(
        height, _LEVEL_M, columns=140, rows=90, nearest_m=2.0, farthest_m=90.0, driest_m=0.5, all_round=True
    )
    return by_water(
        site,
        stage,
        light=site.light(turn_deg=0.0 if site.dark else 14.0 * side),
        sky=Sky(site.seed, cloud_size=1.5, streaks=0.8),
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(farthest_m=4200.0, bands=((4.0, 220.0, 0.9),)),
            grain=Grain(amount=0.18, scale=9.0, ripple=0.10, ripple_per_m=3.4),
            stride=3,
        ),
        parts=_parts(site, height, paint, stage.eye, side),
        water=still(_LEVEL_M, mesh, ((0.016, 0.12, 0.15), (0.12, 0.36, 0.34)), swell=0.3),
        shadow=(56.0, -28.0),
    )


def _round_water(noise: Noise, x: Field, z: Field, side: float) -> Field:
    """How far out of the water's middle a place is: 1 at its shore."""
    d = np.hypot((x - side * 2.0) / _WIDE_M, (z - _MIDDLE_Z) / _LONG_M)
    return (d + 0.12 * noise.fbm(x / 12.0, z / 12.0, 2)).astype(np.float32)


def _height(site: Site, side: float) -> Height:
    sands, wander = desert.dunes_of(site), site.noise(5)

    def height(x: Field, z: Field) -> Field:
        d = _round_water(wander, x, z, side)
        around = smoothstep(1.2, 3.2, np.hypot((x - side * 2.0) / _WIDE_M, (z - _MIDDLE_Z + 6.0) / 20.0))
        basin = -2.3 + 2.5 * smoothstep(0.82, 1.16, d) + 0.5 * smoothstep(1.1, 1.9, d)
        beyond = 9.0 * smoothstep(1.7, 4.0, d) * smoothstep(-20.0, -60.0, z)
        return (basin * (1.0 - around) + (sands(x, z) + beyond) * around).astype(np.float32)

    return height


def _paint(site: Site, side: float) -> Paint:
    sands, noise, wander = desert.sand_of(site), site.noise(6), site.noise(5)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        d = _round_water(wander, x, z, side)
        green = smoothstep(1.75, 1.15, d + 0.4 * noise.fbm(x / 6.0, z / 6.0, 3))
        grown = (
            np.broadcast_to(_GREEN, (*np.shape(x), 4))
            * (1.0 + 0.4 * noise.fbm(x / 3.0, z / 3.0, 3))[..., None]
        )
        color = blend(sands(x, z, y, steep), grown.astype(np.float32), green * 0.92)
        return blend(
            color, np.broadcast_to(_WET, color.shape), smoothstep(_LEVEL_M + 0.35, _LEVEL_M + 0.05, y)
        )

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, snowy, wander = site.rng(1), site.snowy, site.noise(5)
    palms = [trees.palm(site.seed * 3 + k, height=float(rng.uniform(6.5, 10.0))) for k in range(5)]
    ring: list[Place] = []
    for k in range(44):
        turn = 2.0 * np.pi * float(rng.random())
        # None right before the viewer.
        if np.sin(turn) > 0.35 and abs(np.cos(turn)) < 0.72:
            continue
        out = float(rng.uniform(1.12, 1.55))
        place = (side * 2.0 + np.cos(turn) * out * _WIDE_M, _MIDDLE_Z + np.sin(turn) * out * _LONG_M)
        ring.append((float(place[0]), float(place[1]), float(rng.uniform(0.8, 1.2)) if k % 4 else 0.55))
    ring += [(-side * 9.5, -12.0, 1.05), (-side * 11.5, -14.5, 0.9), (side * 14.0, -13.0, 1.0)]
    sward = grass.Sward(
        blades=16_000, height_m=0.22, reach_m=(1.5, 60.0), lowest_m=_LEVEL_M + 0.2, tip=(0.52, 0.60, 0.20)
    )

    def bare(x: Field, z: Field) -> Field:
        return _round_water(wander, x, z, side) - 1.5

    shrubs = [
        trees.bush(site.seed + k, ((0.22, 0.34, 0.12), (0.46, 0.52, 0.20)), detail=0.6) for k in range(3)
    ]
    low: list[Place] = []
    for _ in range(30):
        turn, out = 2.0 * np.pi * float(rng.random()), float(rng.uniform(1.15, 1.7))
        if np.sin(turn) < 0.5:
            x, z = side * 2.0 + np.cos(turn) * out * _WIDE_M, _MIDDLE_Z + np.sin(turn) * out * _LONG_M
            low.append((float(x), float(z), float(rng.uniform(0.5, 1.1))))
    reeds = [woods.reeds(site.seed + k) for k in range(3)]
    wet: list[Place] = []
    for _ in range(34):
        turn = 2.0 * np.pi * float(rng.random())
        if np.sin(turn) < 0.3:
            x, z = side * 2.0 + np.cos(turn) * 0.97 * _WIDE_M, _MIDDLE_Z + np.sin(turn) * 0.97 * _LONG_M
            wet.append((float(x), float(z), float(rng.uniform(0.7, 1.2))))
    stones = [rock(rng, (0.8, 0.5, 0.65), (0.62, 0.46, 0.34)) for _ in range(3)]
    heap: list[Place] = [(-side * 4.6, -12.6, 0.7), (-side * 5.5, -13.2, 0.4), (side * 8.2, -13.6, 0.8)]
    return [
        Part(
            gather(
                [grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=bare)], snowy=snowy
            ),
            casts=False,
            cell_m=9.0,
        ),
        Part(gather(plant(rng, palms, ring, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(gather(plant(rng, shrubs, low, height), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(gather(plant(rng, reeds, wet, height, -0.05), snowy=snowy), mirrored=True, cell_m=14.0),
        Part(
            gather(plant(rng, stones, heap, height, 0.12), snowy=snowy),
            Finish.HARD,
            mirrored=True,
            cell_m=14.0,
        ),
    ]
