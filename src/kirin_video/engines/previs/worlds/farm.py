"""A farm: a red barn with its silo, a fence, bales of straw, hens' yard of earth, fields beyond."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.cottages import cottage, cottage_of, fence
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.country import crops, turf_of
from kirin_video.engines.previs.worlds.farmyard import bale, barn, haystack, silo
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, tip
from kirin_video.engines.previs.worlds.seasons import turned as in_season
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_YARD = np.array([0.60, 0.49, 0.34, 0.9], np.float32)
_SUMMER = ((0.22, 0.36, 0.13), (0.48, 0.57, 0.20))
_YARD_M = 8.5


def build(site: Site) -> Scene:
    """Build the farm; the seed decides on which side the barn stands."""
    side = site.side(0)
    height = open_country(site, Relief(rolling=0.5, knolls=14.0, hills=90.0, ridges=380.0, fall=-0.4))
    paint = weathered(in_season(_paint(site), site.plan.season), site)
    stage = site.stage(height, 1.6, (side * 1.6, sample_height(height, 0.0, -10.0) + 2.3, -20.0))
    return Scene(
        stage=stage,
        light=site.light(turn_deg=-16.0 * side),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(
                columns=1152, rows=448, farthest_m=4200.0, bands=((4.0, 60.0, 0.5), (100.0, 2000.0, 1.0))
            ),
            grain=Grain(amount=0.5, scale=8.0),
            wetness=0.30 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye, side)),
        shadow_radius_m=52.0,
        shadow_center=(0.0, -28.0),
    )


def _yard(x: Field, z: Field) -> Field:
    """How far outside the yard places lie, metres."""
    return (np.hypot(x * 0.8, (z + 7.0) * 0.85) - _YARD_M).astype(np.float32)


def _paint(site: Site) -> Paint:
    turf, sown, noise = turf_of(site), crops(site, size_m=(70.0, 52.0)), site.noise(5)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(turf(x, z, y, steep), sown(x, z, y, steep), smoothstep(32.0, 44.0, np.hypot(x, z)))
        earth = np.broadcast_to(_YARD, color.shape) * (1.0 + 0.30 * noise.fbm(x / 0.9, z / 0.9, 4))[..., None]
        return blend(color, earth, smoothstep(1.4, -1.2, _yard(x, z) + 1.3 * noise.fbm(x / 3.0, z / 3.0, 3)))

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, season, snowy = site.rng(1), site.plan.season, site.snowy
    lit = site.light().lamps > 0.0

    def set_down(mesh: Mesh, x: float, z: float, turn: float = 0.0, scale: float = 1.0) -> Mesh:
        return mesh.moved((x, sample_height(height, x, z) - 0.05, z), turn, scale)

    house = cottage(rng, cottage_of(rng), lit=lit)
    built = [
        *([set_down(barn(), side * 10.5, -27.0, -side * 0.55)] if site.shows("barn") else ()),
        set_down(silo(), side * 18.5, -29.0),
        set_down(house, -side * 19.0, -38.0, side * 0.5),
        *(_fences(height, side)),
    ]
    bales = [
        set_down(bale(), x, z, turn)
        for x, z, turn in (
            (-side * 6.4, -13.5, 0.5),
            (-side * 8.0, -14.6, 1.4),
            (-side * 7.1, -15.6, 2.2),
            (side * 3.4, -19.0, 0.2),
        )
    ]
    bales += [
        set_down(bale(), float(x), -float(d), float(rng.uniform(0.0, 3.1)))
        for x, d in zip(rng.uniform(-60.0, 60.0, 12), rng.uniform(48.0, 110.0, 12), strict=True)
    ]
    stacks = [
        set_down(haystack(rng), -side * 10.5, -21.0),
        set_down(haystack(rng), -side * 14.5, -24.5, 1.0, 0.8),
    ]
    sward = grass.Sward(
        blades=9_000 if snowy else 26_000,
        height_m=0.12 if snowy else 0.30,
        reach_m=(1.1, 40.0),
        tip=tip(season, (0.52, 0.60, 0.24)),
    )
    near = [
        trees.broadleaf(site.seed * 7 + k, detail=0.8, colors=foliage(season, k, _SUMMER, blossoms=True))
        for k in range(2)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _SUMMER)) for k in range(4)
    ]
    old: list[Place] = [(-side * 12.5, -29.0, 1.1), (side * 24.0, -36.0, 1.2), (side * 3.0, -46.0, 1.0)]
    straw = [*bales, *stacks] if site.shows("haystack") else []
    return [
        Part(
            gather(
                [
                    grass.grow(
                        site.seed,
                        sward,
                        eye,
                        height,
                        paint,
                        roam_m=site.roam_m,
                        bare=lambda x, z: -_yard(x, z),
                    )
                ],
                snowy=snowy,
            ),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(built, snowy=snowy), Finish.HARD, cell_m=14.0),
        *([Part(gather(straw, snowy=snowy), Finish.HARD, cell_m=20.0)] if straw else ()),
        Part(gather(plant(rng, near, old, height, 0.1), snowy=snowy), cell_m=16.0),
        Part(
            gather(plant(rng, far, clusters(rng, 15, (70.0, 320.0), (2, 6)), height, 0.2), snowy=snowy),
            cell_m=60.0,
        ),
    ]


def _fences(height: Height, side: float) -> list[Mesh]:
    """Fences: one that leads from the yard to the barn, one along the fields."""
    lines: list[Mesh] = []
    for a, b in (
        ((-side * 9.5, -12.0), (-side * 17.0, -30.0)),
        ((-side * 17.0, -30.0), (-side * 1.0, -35.0)),
        ((side * 6.2, -10.5), (side * 15.0, -15.0)),
        ((side * 15.0, -15.0), (side * 27.0, -18.0)),
    ):
        n = max(round(math.dist(a, b) / 1.7), 2)
        points = np.linspace(a, b, n)
        feet = height(points[:, 0].astype(np.float32), points[:, 1].astype(np.float32))
        lines.append(fence(points, feet))
    return lines
