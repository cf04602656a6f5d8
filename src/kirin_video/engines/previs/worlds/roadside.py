"""What grows and stands beside a road or a railway, by the country it runs through."""

# ruff: noqa: PLR2004, PLR0913, PLR0917 -- a landscape is made of measures and of many things
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.cottages import cottage, cottage_of
from kirin_video.engines.previs.journeys import lines_the_way
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.scenery import Finish, Part
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Height, Paint, sample_height
from kirin_video.engines.previs.ways import Way
from kirin_video.engines.previs.worlds.land import clusters
from kirin_video.engines.previs.worlds.scapes import Scape
from kirin_video.engines.previs.worlds.seasons import foliage, tip
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant

_LEAVES = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_SWARDS = {
    Scape.FIELDS: (30_000, 0.26),
    Scape.WOODS: (22_000, 0.30),
    Scape.COAST: (22_000, 0.24),
    Scape.HIGHLAND: (20_000, 0.22),
    Scape.DESERT: (2_500, 0.22),
    Scape.SNOW: (2_000, 0.10),
    Scape.ALPS: (22_000, 0.24),
}
"""How many blades grow, and how tall, metres."""


def roadside(
    site: Site, scape: Scape, way: Way, height: Height, paint: Paint, eye: tuple[float, float, float]
) -> list[Part]:
    """All that grows and stands in the country round a way."""
    rng = site.rng(1)
    parts = [_sward(site, scape, way, height, paint, eye)]
    if site.shows("tree"):
        parts += _trees(site, scape, way, height, rng)
    parts += _stones(site, scape, way, height, rng)
    if scape in {Scape.FIELDS, Scape.COAST} and site.shows("house"):
        parts.append(_homesteads(site, way, height, rng))
    return parts


def _sward(
    site: Site, scape: Scape, way: Way, height: Height, paint: Paint, eye: tuple[float, float, float]
) -> Part:
    blades, tall = _SWARDS[scape]
    sward = grass.Sward(
        blades=round(blades * (0.4 if site.snowy else 1.0)),
        height_m=tall * (0.5 if site.snowy else 1.0),
        reach_m=(1.1, 46.0),
        spread_rad=1.5,
        lowest_m=1.2 if scape is Scape.COAST else -1e9,
        steepest=0.22,
        tip=(0.66, 0.58, 0.34) if scape is Scape.DESERT else tip(site.plan.season, (0.50, 0.60, 0.22)),
    )

    def bare(x: Field, z: Field) -> Field:
        return (way.half_m + 0.75 - np.abs(way.off(x, z))).astype(np.float32)

    mesh = grass.grow(site.seed, sward, eye, height, paint, roam_m=max(site.roam_m, 4.0), bare=bare)
    return Part(gather([mesh], snowy=site.snowy), casts=False, cell_m=7.0)


def _free(way: Way, places: list[Place], room_m: float) -> list[Place]:
    """Those of some places that keep off the way, and out of the sight from it to its best side."""
    spots = np.array(places, float).reshape(-1, 3)
    off = np.abs(way.off(spots[:, 0], spots[:, 1]))
    return [place for place, far in zip(places, off.tolist(), strict=True) if far > way.half_m + room_m]


def _along(
    rng: np.random.Generator, way: Way, side: float, aside: tuple[float, float], step_m: float, far_m: float
) -> list[Place]:
    """Places along one side of a way, loosely a step apart."""
    places: list[Place] = []
    z = 40.0
    while z > -far_m:
        z -= step_m * float(rng.uniform(0.6, 1.5)) * max(1.0, -z / 150.0)
        point = way.placed(np.array(z), side * (way.half_m + float(rng.uniform(*aside))))
        places.append((float(point[0]), float(point[2]), float(rng.uniform(0.8, 1.25))))
    return places


def _trees(site: Site, scape: Scape, way: Way, height: Height, rng: np.random.Generator) -> list[Part]:
    snowy, season = site.snowy, site.plan.season
    if scape is Scape.DESERT:
        return [_scrub(site, way, height, rng)]
    lined = lines_the_way(site.plan)
    firs = scape in {Scape.HIGHLAND, Scape.SNOW, Scape.ALPS} and not lined
    mixed = scape is Scape.WOODS

    def leafy(k: int, detail: float) -> Mesh:
        return trees.broadleaf(
            site.seed * 7 + k, detail=detail, colors=foliage(season, k, _LEAVES, blossoms=True)
        )

    def fir(k: int, sides: int, tiers: int) -> Mesh:
        return trees.pine(site.seed * 5 + k, sides=sides, tiers=tiers, far=tiers < 5)

    if firs:
        near, far = [fir(k, 10, 6) for k in range(3)], [fir(k, 5, 3) for k in range(3)]
    elif mixed:
        near = [leafy(0, 0.55), fir(1, 10, 6), leafy(2, 0.45), fir(3, 9, 6)]
        far = [leafy(4, 0.14), fir(5, 5, 3), fir(6, 5, 4)]
    else:
        near, far = [leafy(k, 0.6) for k in range(2)], [leafy(k, 0.15) for k in range(4)]
    scenic = way.best_seen
    row = _along(rng, way, scenic, (7.0, 16.0), 7.5 if mixed or lined else 26.0, 170.0)
    row += _behind(
        _along(rng, way, -scenic, (11.0, 22.0), 34.0 if not mixed else 9.0, 190.0), way, mixed=mixed
    )
    if mixed:
        row += _along(rng, way, scenic, (15.0, 26.0), 8.0, 120.0) + _along(
            rng, way, -scenic, (20.0, 30.0), 9.0, 110.0
        )
    groves = _free(way, clusters(rng, 30 if not mixed else 60, (80.0, 420.0), (3, 8)), 9.0)
    if scape is Scape.COAST:
        row, groves = _ashore(height, row, 8.2), _ashore(height, groves, 8.2)
    parts = [Part(gather(plant(rng, near, row, height, 0.1), snowy=snowy), cell_m=18.0)] if row else []
    if groves:
        parts.append(
            Part(gather(plant(rng, far, groves, height, 0.2), snowy=snowy), casts=False, cell_m=70.0)
        )
    return parts


def _behind(places: list[Place], way: Way, *, mixed: bool) -> list[Place]:
    """Those of the trees on the viewer's side that stand in no camera's way."""
    near = -20.0 if mixed and not way.railed else -95.0
    return [place for place in places if place[1] < near]


def _ashore(height: Height, places: list[Place], above_m: float) -> list[Place]:
    """Those of some places that are higher than a height."""
    spots = np.array(places, np.float32).reshape(-1, 3)
    high = height(spots[:, 0], spots[:, 1]) > above_m
    return [place for place, kept in zip(places, high.tolist(), strict=True) if kept]


def _scrub(site: Site, way: Way, height: Height, rng: np.random.Generator) -> Part:
    """What the desert has in place of trees."""
    bushes = [
        trees.bush(site.seed + k, ((0.40, 0.36, 0.20), (0.58, 0.52, 0.30)), detail=0.5) for k in range(3)
    ]
    low = _along(rng, way, 1.0, (2.0, 30.0), 5.0, 200.0) + _along(rng, way, -1.0, (2.0, 30.0), 5.0, 200.0)
    cacti = [trees.cactus(site.seed * 5 + k) for k in range(3)]
    tall = _along(rng, way, way.best_seen, (7.0, 40.0), 24.0, 160.0)
    shrubs = [(x, z, 0.6 * s) for x, z, s in low]
    meshes = [*plant(rng, bushes, shrubs, height), *plant(rng, cacti, tall, height)]
    return Part(gather(meshes, snowy=site.snowy), cell_m=20.0)


def _stones(site: Site, scape: Scape, way: Way, height: Height, rng: np.random.Generator) -> list[Part]:
    """Boulders: many by the sea and in the mountains, few elsewhere."""
    count = {Scape.COAST: 60, Scape.HIGHLAND: 46, Scape.DESERT: 22, Scape.SNOW: 8}.get(scape, 6)
    tone = (0.60, 0.42, 0.30) if scape is Scape.DESERT else (0.47, 0.45, 0.43)
    stones = [rock(rng, (0.8, 0.55, 0.65), tone, level=2) for _ in range(4)]
    places: list[Place] = []
    for k in range(count):
        side = way.best_seen if k % 3 else -way.best_seen
        aside = (2.6, 30.0) if scape is Scape.COAST and side == way.best_seen else (4.0, 24.0)
        z = float(rng.uniform(-120.0, 45.0))
        point = way.placed(np.array(z), side * (way.half_m + float(rng.uniform(*aside))))
        places.append((float(point[0]), float(point[2]), float(rng.uniform(0.3, 2.2 if count > 30 else 1.1))))
    return [
        Part(gather(plant(rng, stones, places, height, 0.25), snowy=site.snowy), Finish.HARD, cell_m=18.0)
    ]


def _homesteads(site: Site, way: Way, height: Height, rng: np.random.Generator) -> Part:
    """Two or three farmhouses in the distance."""
    lit = site.light().lamps > 0.0
    houses: list[Mesh] = []
    for far, aside in ((75.0, 30.0), (130.0, 46.0), (175.0, 34.0)):
        z = -far - float(rng.uniform(0.0, 18.0))
        side = -way.best_seen if sample_height(height, 0.0, z) > 0.0 and rng.random() < 0.6 else way.best_seen
        point = way.placed(np.array(z), side * (way.half_m + aside + float(rng.uniform(0.0, 14.0))))
        x, at = float(point[0]), float(point[2])
        foot = sample_height(height, x, at)
        if foot < 2.0 and site.plan.place is not None and "coast" in site.plan.place.value:
            continue
        turn = float(rng.uniform(-0.8, 0.8))
        houses.append(cottage(rng, cottage_of(rng), lit=lit).moved((x, foot - 0.15, at), turn))
    if not houses:
        houses = [cottage(rng, cottage_of(rng), lit=lit).moved((0.0, -60.0, -400.0))]
    return Part(gather(houses, snowy=site.snowy), Finish.HARD, cell_m=16.0)
