"""A park: lawns, a gravel path with benches and lamps along it, beds of flowers, trees, a pond."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.city.furniture import LAMP_HEIGHT_M, bench, litter_bin, street_lamp
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.stillwater import by_water, still
from kirin_video.engines.previs.worlds.surface import water_mesh

_LAWN = (np.array([0.27, 0.44, 0.15, 0.9], np.float32), np.array([0.36, 0.51, 0.19, 0.9], np.float32))
_GRAVEL = np.array([0.72, 0.64, 0.50, 1.0], np.float32)
_WOODS = np.array([0.20, 0.31, 0.14, 1.0], np.float32)
_LEAVES = ((0.22, 0.37, 0.13), (0.46, 0.56, 0.20))
_PATH_Z, _PATH_M, _BRANCH_M = -8.0, 1.35, 1.1
"""Where the path runs across, half its width, and half that of the one that leads on."""
_POND_Z, _POND_M, _LEVEL_M = -28.0, (13.0, 9.0), -0.22
_RED = grass.Bloom((0.88, 0.16, 0.18), (0.94, 0.76, 0.24), 0.050, 5, 0.5)
_ROSE = grass.Bloom((0.95, 0.55, 0.70), (0.96, 0.84, 0.40), 0.046, 5, 0.4)
_GOLD = grass.Bloom((0.98, 0.80, 0.18), (0.80, 0.46, 0.10), 0.046, 6, 0.3)
BEDDING = (_RED, _ROSE, _GOLD, grass.DAISY)
"""Flowers of beds."""
_LIT = frozenset({TimeOfDay.DUSK, TimeOfDay.NIGHT})


def build(site: Site) -> Scene:
    """Build the park."""
    side = site.side(0)
    height = _height(site, side)
    paint = weathered(turned(_paint(site, side), site.plan.season), site)
    stage = site.stage(height, 1.55, (0.0, sample_height(height, 0.0, 0.0) + 1.75, -18.0))
    water = water_mesh(height, _LEVEL_M, columns=120, rows=80, nearest_m=12.0, farthest_m=60.0, driest_m=0.5)
    scene = by_water(
        site,
        stage,
        light=site.light(),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.25),
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=1500.0, bands=((2.0, 60.0, 1.2),)),
            grain=Grain(amount=0.30, scale=8.0),
            wetness=0.30 if site.wet else 0.0,
        ),
        parts=_parts(site, height, paint, stage.eye, side),
        water=still(_LEVEL_M, water, ((0.016, 0.062, 0.070), (0.07, 0.17, 0.13)), swell=0.25),
        shadow=(58.0, -26.0),
    )
    return with_lamps(scene, site, height, lamps_of(side))


def lamps_of(side: float) -> list[tuple[float, float]]:
    """Where lamps stand, x and z: along the far side of the path."""
    return [(side * 5.6, -10.6), (-side * 6.4, -10.9), (side * 17.0, -11.4), (-side * 18.0, -11.6)]


def with_lamps(scene: Scene, site: Site, height: Height, at: list[tuple[float, float]]) -> Scene:
    """The scene with the light of its lamps, where they burn."""
    if site.plan.time not in _LIT:
        return scene
    lamps = tuple(
        Lamp((x, sample_height(height, x, z) + LAMP_HEIGHT_M, z), (1.5, 1.05, 0.60), 3.0) for x, z in at
    )
    return replace(scene, lamps=(*scene.lamps, *lamps))


def _across(x: Field) -> Field:
    """Where the path's middle is along z."""
    return (_PATH_Z + 0.9 * np.sin(x / 9.0)).astype(np.float32)


def off_path(site: Site, side: float) -> Height:
    """Metres from the nearest path's edge; negative on it."""
    wide = _PATH_M + 0.8 * site.spare_m

    def off(x: Field, z: Field) -> Field:
        main = np.abs(z - _across(x)) - wide
        bent = side * (0.8 + 7.0 * smoothstep(-10.0, -34.0, z) - 9.0 * smoothstep(-40.0, -80.0, z))
        branch = np.where(z < _PATH_Z, np.abs(x - bent) - _BRANCH_M, 99.0)
        return np.minimum(main, branch).astype(np.float32)

    return off


def _pond(side: float, x: Field, z: Field) -> Field:
    """1 on the pond's shore, less on it."""
    return np.hypot((x + side * 9.0) / _POND_M[0], (z - _POND_Z) / _POND_M[1])


def _height(site: Site, side: float) -> Height:
    noise, off = site.noise(1), off_path(site, side)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        lawn = noise.fbm(x / 40.0, z / 40.0, 2) * 0.7 * smoothstep(8.0, 40.0, r)
        rise = 6.0 * smoothstep(70.0, 260.0, r) * (0.6 + noise.fbm(x / 160.0, z / 160.0, 3))
        shore = _pond(side, x, z) + 0.10 * noise.fbm(x / 7.0, z / 7.0, 3)
        bowl = smoothstep(1.25, 0.85, shore)
        path = -0.05 * smoothstep(0.12, -0.05, off(x, z))
        return ((lawn + rise) * (1.0 - bowl) - 0.95 * bowl + path).astype(np.float32)

    return height


def _paint(site: Site, side: float) -> Paint:
    noise, off = site.noise(3), off_path(site, side)

    def paint(x: Field, z: Field, y: Field, _steep: Field) -> Field:
        mown = smoothstep(-0.3, 0.3, np.sin(x * 1.05 + 0.35 * z) + 0.3 * noise.fbm(x / 3.0, z / 3.0, 2))
        color = blend(_LAWN[0], _LAWN[1], 0.25 + 0.5 * mown)
        woods = smoothstep(110.0, 200.0, np.hypot(x, z) + 40.0 * noise.fbm(x / 60.0, z / 60.0, 3))
        color = blend(color, np.broadcast_to(_WOODS, color.shape), woods)
        grit = (1.0 + 0.10 * noise.fbm(x * 2.2, z * 2.2, 3))[..., None]
        on = smoothstep(0.10, -0.10, off(x, z) + 0.06 * noise.fbm(x * 1.4, z * 1.4, 2))
        color = blend(color, np.broadcast_to(_GRAVEL, color.shape) * grit, on)
        bank = smoothstep(1.12, 1.02, _pond(side, x, z)) * smoothstep(0.05, -0.2, y)
        return blend(color, np.broadcast_to(_GRAVEL * 0.72, color.shape), bank)

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, snowy, season = site.rng(1), site.snowy, site.plan.season
    sward = grass.Sward(
        height_m=0.06 if snowy else 0.10,
        blades=16_000 if snowy else 34_000,
        reach_m=(1.1, 46.0),
        lowest_m=_LEVEL_M + 0.12,
        tip=tip(season, (0.46, 0.60, 0.22)),
    )
    off = off_path(site, side)
    blades = grass.grow(
        site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=lambda x, z: 0.05 - off(x, z)
    )
    parts = [Part(gather([blades], snowy=snowy), casts=False, cell_m=7.0)]
    if not snowy:
        beds = [(-side * 2.9, -12.4), (side * 8.8, -12.6), (-side * 11.0, -13.0)]
        parts.append(Part(_beds(site, height, beds), casts=False, cell_m=9.0))
    near = [
        trees.broadleaf(site.seed * 7 + k, colors=foliage(season, k, _LEAVES, blossoms=True))
        for k in range(2)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _LEAVES)) for k in range(4)
    ]
    bushes = [trees.bush(site.seed + k, foliage(season, k, _LEAVES), detail=0.6) for k in range(3)]
    if site.shows("tree"):
        parts.append(Part(gather(plant(rng, near, _stand(rng, side), height, 0.1), snowy=snowy), cell_m=16.0))
    belt = _belt(rng, side)
    parts.append(Part(gather(plant(rng, far, belt, height, 0.2), snowy=snowy), mirrored=True, cell_m=60.0))
    shrubs: list[Place] = [
        (float(rng.uniform(-60.0, 60.0)), -float(rng.uniform(54.0, 66.0)), 1.3) for _ in range(26)
    ]
    parts.append(Part(gather(plant(rng, bushes, shrubs, height), snowy=snowy), mirrored=True, cell_m=30.0))
    parts.append(Part(gather(_furniture(site, height, side), snowy=snowy), Finish.HARD, cell_m=16.0))
    return parts


def _beds(site: Site, height: Height, at: list[tuple[float, float]]) -> Mesh:
    """Round beds of flowers."""
    beds = [
        grass.flowers(
            site.seed + 31 + k,
            BEDDING,
            300,
            (x, 0.0, z),
            height,
            reach=(0.15, 1.4),
            spread=math.pi,
            stem_m=0.34,
        )
        for k, (x, z) in enumerate(at)
    ]
    return gather(beds, snowy=False)


def _furniture(site: Site, height: Height, side: float) -> list[Mesh]:
    """What stands along the path; nothing of a kind that the prompt brings itself."""
    lit = site.plan.time in _LIT

    def put(mesh: Mesh, x: float, z: float, turn: float = 0.0) -> Mesh:
        return mesh.moved((x, sample_height(height, x, z) - 0.02, z), turn)

    things = [put(street_lamp(lit=lit), x, z) for x, z in lamps_of(side)] if site.shows("street_lamp") else []
    if site.shows("bench"):
        things += [
            put(bench(), x, z) for x, z in ((side * 3.6, -10.9), (-side * 8.6, -11.3), (side * 12.4, -11.2))
        ]
    return [*things, put(litter_bin(), side * 4.9, -10.8)]


def _stand(rng: np.random.Generator, side: float) -> list[Place]:
    """Trees of their own on the lawns."""
    return [
        (side * 8.8, -17.0, 0.95),
        (-side * 19.5, -16.5, 1.1),
        (side * 15.5, -24.0, float(rng.uniform(0.9, 1.2))),
        (-side * 25.0, -26.0, float(rng.uniform(0.9, 1.2))),
        (side * 13.0, -7.5, 0.9),
        (-side * 15.0, -5.5, 0.95),
    ]


def _belt(rng: np.random.Generator, side: float) -> list[Place]:
    """Trees further off, and a belt of them that shuts the park in."""
    places: list[Place] = [
        (side * float(rng.uniform(10.0, 40.0)), -float(rng.uniform(36.0, 66.0)), float(rng.uniform(0.9, 1.3)))
        for _ in range(9)
    ]
    for _ in range(110):
        a, far = float(rng.uniform(-1.3, 1.3)), float(rng.uniform(72.0, 125.0))
        places.append((far * math.sin(a), -far * math.cos(a), float(rng.uniform(1.0, 1.5))))
    return places
