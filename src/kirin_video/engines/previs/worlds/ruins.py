"""Ancient ruins: rows of columns, some of them broken, a temple's front, fallen stones in the grass."""

# ruff: noqa: PLR2004 - ruins are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.columns import MARBLE, arch, column, lying, temple
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_TURF = (np.array([0.32, 0.40, 0.17, 0.9], np.float32), np.array([0.52, 0.50, 0.27, 0.9], np.float32))
_PAVING = np.array([0.66, 0.60, 0.50, 0.8], np.float32)
_LEAVES = ((0.24, 0.34, 0.15), (0.46, 0.52, 0.24))
_ROAD_M = 4.4


def build(site: Site) -> Scene:
    """Build the ruins: a paved way between columns towards what is left of a temple."""
    side = site.side(0)
    height = _height(site)
    paint = weathered(turned(_paint(site), site.plan.season), site)
    stage = site.stage(height, 1.9, (side * 1.2, 4.2, -26.0), 74.0)
    return Scene(
        stage=stage,
        light=site.light(turn_deg=34.0 * side),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=4200.0, bands=((4.0, 80.0, 0.7),)),
            grain=Grain(amount=0.5, scale=7.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye, side)),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -34.0),
    )


def _height(site: Site) -> Height:
    land = open_country(site, Relief(rolling=1.0, knolls=22.0, hills=120.0, ridges=460.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        level = smoothstep(30.0, 12.0, np.abs(x)) * smoothstep(-96.0, -74.0, z)
        hill = 3.4 * smoothstep(-34.0, -52.0, z) * smoothstep(70.0, 30.0, np.abs(x))
        return (land(x, z) * (1.0 - 0.85 * level) + hill).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 10.0, z / 10.0, 4)))
        i, j = np.floor(x / 1.4), np.floor(z / 1.1 + 0.5 * (np.floor(x / 1.4) % 2.0))
        u, v = x / 1.4 - i, z / 1.1 + 0.5 * (i % 2.0) - j
        joint = np.minimum(np.minimum(u, 1.0 - u) * 1.4, np.minimum(v, 1.0 - v) * 1.1)
        own = (np.abs(np.sin(i * 12.9898 + j * 78.233)) * 43758.5) % 1.0
        slab = np.broadcast_to(_PAVING, color.shape) * (0.82 + 0.3 * own)[..., None]
        kept = (
            smoothstep(0.02, 0.09, joint)
            * (own > 0.14)
            * smoothstep(-0.32, -0.05, noise.fbm(x / 7.0, z / 7.0, 3) + 0.15)
        )
        there = (
            smoothstep(_ROAD_M, _ROAD_M - 0.6, np.abs(x))
            * smoothstep(12.0, 8.0, z)
            * smoothstep(-40.0, -36.0, z)
        )
        return blend(color, slab.astype(np.float32), kept * there * smoothstep(0.5, 0.3, steep))

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, season, snowy = site.rng(1), site.plan.season, site.snowy

    def at(mesh: Mesh, x: float, z: float, turn: float = 0.0) -> Mesh:
        return mesh.moved((x, sample_height(height, x, z), z), turn)

    stone: list[Mesh] = []
    fallen = {(1.0, 1), (-1.0, 3)}
    for s in (-1.0, 1.0):
        for k, z in enumerate((-5.0, -10.5, -16.0, -21.5, -27.0)):
            whole = (k + (s > 0.0)) % 3 != 1
            tall = 6.4 if whole else float(rng.uniform(1.4, 4.2))
            stone.append(at(column(rng, tall, capital=whole), s * 6.3, z))
            if (s, k) in fallen:
                stone += [
                    at(lying(rng), s * 8.2, z - 2.0, float(rng.uniform(0.0, 3.0))),
                    at(lying(rng), s * 9.9, z + 1.4, 1.2),
                ]
    # A beam still lies across two of them.
    y = sample_height(height, side * 6.3, -24.0)
    beam = Clay()
    beam.soft_box(
        (side * 6.3 - 0.62, y + 6.95, -28.2), (side * 6.3 + 0.62, y + 7.9, -20.4), MARBLE, bevel=0.06
    )
    stone += [beam.mesh(), at(temple(rng), 0.0, -58.0), at(arch(), -side * 15.0, -25.0, side * 0.5)]
    stone += [
        at(column(rng, float(rng.uniform(1.2, 6.0)), capital=False), -side * x, z)
        for x, z in ((13.0, -40.0), (20.0, -38.0), (17.0, -14.0))
    ]
    blocks = [rock(rng, (0.75, 0.5, 0.6), MARBLE, level=2) for _ in range(4)]
    strewn: list[Place] = [
        (float(rng.uniform(-20.0, 20.0)), -float(rng.uniform(4.0, 48.0)), float(rng.uniform(0.3, 1.1)))
        for _ in range(34)
    ]
    strewn = [p for p in strewn if abs(p[0]) > 3.0]
    sward = grass.Sward(
        blades=10_000 if snowy else 28_000,
        height_m=0.10 if snowy else 0.30,
        reach_m=(1.1, 42.0),
        tip=tip(season, (0.58, 0.56, 0.28)),
    )

    def bare(x: Field, _z: Field) -> Field:
        return (_ROAD_M - 0.5 - np.abs(x)).astype(np.float32)

    near = [
        trees.broadleaf(site.seed * 7 + k, detail=0.5, colors=foliage(season, k, _LEAVES)) for k in range(2)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.15, colors=foliage(season, k, _LEAVES)) for k in range(3)
    ]
    old: list[Place] = [(side * 12.5, -20.0, 0.8), (-side * 22.0, -44.0, 1.1), (side * 24.0, -52.0, 1.2)]
    return [
        Part(gather([merge(stone)], snowy=snowy), Finish.HARD, cell_m=14.0),
        Part(gather(plant(rng, blocks, strewn, height, 0.15), snowy=snowy), Finish.HARD, cell_m=14.0),
        Part(
            gather(
                [grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=bare)], snowy=snowy
            ),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, near, old, height, 0.1), snowy=snowy), cell_m=16.0),
        Part(
            gather(plant(rng, far, clusters(rng, 18, (70.0, 340.0), (3, 7)), height, 0.2), snowy=snowy),
            cell_m=60.0,
        ),
    ]
