"""A waterfall: white water over a mossy cliff into a green pool, spray at its foot, trees and ferns about."""

# ruff: noqa: PLR2004 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import trees, woods
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import as_mesh, rock
from kirin_video.engines.previs.swarms import Swarm
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.massif import Strata, wall
from kirin_video.engines.previs.worlds.plumes import falling_water, spray
from kirin_video.engines.previs.worlds.seasons import foliage
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_CLIFF_M = 46.0
_HIGH_M = 24.0
_MOSS = np.array([0.27, 0.37, 0.14, 0.9], np.float32)
_EARTH = np.array([0.40, 0.36, 0.28, 1.0], np.float32)
_ROCK = Strata(((0.26, 0.26, 0.25), (0.40, 0.38, 0.35)), (0.24, 0.36, 0.13), 3.6, 0.95)
_SUMMER = ((0.18, 0.34, 0.11), (0.44, 0.58, 0.18))
_KEYS = {
    TimeOfDay.DAWN: (-64.0, 20.0),
    TimeOfDay.DAY: (-72.0, 48.0),
    TimeOfDay.DUSK: (62.0, 18.0),
    TimeOfDay.NIGHT: (50.0, 40.0),
}


def build(site: Site) -> Scene:
    """Build the fall, its pool and the wood round it."""
    height = _height(site)
    stage = site.stage(
        height, 1.9, (site.side(0) * 1.5, sample_height(height, 0.0, 0.0) + 8.0, -_CLIFF_M), 76.0
    )
    points, faces = water_mesh(
        height, 0.0, columns=140, rows=110, nearest_m=1.5, farthest_m=160.0, driest_m=0.5
    )
    rng = site.rng(6)
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site), site),
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=400, farthest_m=900.0, bands=((4.0, 60.0, 0.8),)),
            grain=Grain(amount=0.55, scale=7.0),
            wetness=0.25,
        ),
        parts=tuple(_parts(site, height)),
        swarms=_water(site, rng),
        water=Water(
            Surface.LAKE, 0.0, points, faces, (0.016, 0.085, 0.075), (0.10, 0.24, 0.18), swell=0.9, foam=0.0
        ),
        mirror_level_m=0.0,
        shadow_radius_m=60.0,
        shadow_center=(0.0, -34.0),
    )


def _light(site: Site) -> Light:
    azimuth, elevation = _KEYS[site.plan.time]
    light = site.light()
    return replace(
        light, sun=direction(azimuth * site.side(3), elevation), haze_per_m=max(light.haze_per_m, 0.0028)
    )


def _face(x: Field) -> Field:
    """How far away the cliff is at x: a bowl that opens towards the viewer."""
    return (_CLIFF_M - 0.012 * x * x).astype(np.float32)


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        ahead = -z
        rough = noise.fbm(x / 14.0, z / 14.0, 3)
        pool = np.hypot(x / 17.0, (ahead - 29.0) / 20.0) + 0.12 * rough
        bank = -2.2 + 3.2 * smoothstep(0.72, 1.08, pool) + 0.35 * fine.fbm(x / 4.0, z / 4.0, 3)
        # The brook that leaves the pool passes beside the viewer.
        brook = smoothstep(4.6, 2.6, np.abs(x + site.side(0) * (5.6 + 0.08 * ahead))) * smoothstep(
            22.0, 14.0, ahead
        )
        bank = bank - 1.7 * brook * smoothstep(0.9, 1.1, pool)
        flanks = 9.0 * smoothstep(17.0, 60.0, np.abs(x)) * (1.0 + 0.5 * rough)
        top = smoothstep(-1.0, 3.0, ahead - _face(x)) * (
            _HIGH_M + 9.0 + 5.0 * rough + 0.05 * np.clip(ahead - _CLIFF_M, 0.0, 300.0)
        )
        notch = (
            3.2
            * smoothstep(7.0, 3.6, np.abs(x))
            * smoothstep(-1.0, 2.0, ahead - _face(x))
            * smoothstep(90.0, 60.0, ahead)
        )
        return np.maximum(bank + flanks, top - notch - 9.0).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, _steep: Field) -> Field:
        color = blend(_MOSS, _EARTH, smoothstep(-0.1, 0.4, noise.fbm(x / 3.5, z / 3.5, 4)))
        wet = smoothstep(0.7, 0.2, y + 0.3 * noise.fbm(x / 2.0, z / 2.0, 3))
        return blend(color, np.broadcast_to(np.array([0.34, 0.33, 0.29, 0.7], np.float32), color.shape), wet)

    return paint


def _water(site: Site, rng: np.random.Generator) -> tuple[Swarm, ...]:
    lip_x = np.linspace(-4.2, 4.2, 40)
    lip = np.stack([lip_x, np.full(40, _HIGH_M - 2.3), -_face(lip_x).astype(float) + 1.2], 1)
    foot_x = np.linspace(-4.6, 4.6, 30)
    foot = np.stack([foot_x, np.full(30, 0.3), -_face(foot_x).astype(float) + 4.2], 1)
    ahead = np.array([0.0, -1.0, 1.3])
    side = site.side(2)
    beside = np.stack(
        [side * np.linspace(10.0, 11.6, 10), np.full(10, _HIGH_M - 5.0), np.full(10, -_CLIFF_M + 3.6)], 1
    )
    return (
        falling_water(rng, lip, _HIGH_M, ahead, per_s=130.0, half_m=(0.55, 1.9)),
        falling_water(rng, beside, _HIGH_M - 5.0, ahead, per_s=26.0, half_m=(0.26, 1.2)),
        spray(rng, foot, 2.0, per_s=15.0),
    )


def _sheet(rng: np.random.Generator, at: float, half: float, high: float, out: float) -> Mesh:
    """The white of the water itself, behind its moving strands, in brighter and darker columns."""
    columns, rows = 36, 14
    u, v = np.meshgrid(np.linspace(-1.0, 1.0, columns), np.linspace(0.0, 1.0, rows))
    x = at + u * half * (1.0 + 0.18 * v)
    fall = np.sqrt(v)
    z = -_face(x).astype(float) + 0.7 + out * fall
    y = high * (1.0 - v) + 0.0
    streak = rng.uniform(0.72, 1.0, columns)[None, :] * np.ones((rows, 1)) + 0.05 * rng.normal(
        size=(rows, columns)
    )
    color: NDArray[np.float64] = np.clip(streak, 0.5, 1.0)[..., None] * np.array([0.86, 0.93, 0.97])
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    i = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, :-1], i[1:, 1:]
    faces = np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)])
    return as_mesh(points, np.tile([0.0, 0.45, 1.0], (len(points), 1)), color.reshape(-1, 3), faces)


def _cliff(site: Site) -> Mesh:
    noise = site.noise(8)
    x, t = np.meshgrid(np.linspace(-64.0, 64.0, 120), np.linspace(0.0, 1.0, 20))
    high = _HIGH_M + 5.0 * noise.fbm(x / 14.0, 0.0 * x + 3.0, 3) - 3.0 * smoothstep(7.0, 3.6, np.abs(x))
    y = -2.0 + t * (high + 2.0)
    bulge = 3.4 * noise.ridged(x / 8.0, y / 16.0, 4) + 1.6 * noise.fbm(x / 3.0, y / 2.2, 3) - 3.0 * t
    z = -_face(x) + bulge * smoothstep(2.5, 8.0, np.abs(x)) + 0.3
    return wall(np.stack([x, y, z], -1).astype(np.float64), noise, _ROCK)


def _parts(site: Site, height: Height) -> list[Part]:
    rng, side = site.rng(1), site.side(0)
    season, snowy = site.plan.season, site.snowy
    near = [
        trees.broadleaf(site.seed * 7 + k, detail=0.8, colors=foliage(season, k, _SUMMER)) for k in range(2)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _SUMMER)) for k in range(4)
    ]
    ferns = [woods.fern(site.seed + k) for k in range(3)]
    stones = [rock(rng, (1.0, 0.7, 0.85), (0.33, 0.33, 0.31)) for _ in range(4)]
    frame: list[Place] = [(side * 9.0, -13.0, 0.95), (-side * 14.0, -19.0, 1.1), (side * 17.0, -27.0, 1.1)]
    crown: list[Place] = [
        (
            float(x),
            -float(_face(np.array([x]))[0]) - float(rng.uniform(4.0, 26.0)),
            float(rng.uniform(0.8, 1.3)),
        )
        for x in rng.uniform(-58.0, 58.0, 46).tolist()
        if abs(x) > 7.5
    ]
    crown += [
        (s * float(rng.uniform(21.0, 50.0)), -float(rng.uniform(12.0, 42.0)), float(rng.uniform(0.8, 1.2)))
        for s in (-1.0, 1.0)
        for _ in range(9)
    ]
    shore: list[Place] = []
    for a in rng.uniform(0.0, 2.0 * np.pi, 60).tolist():
        s = float(rng.uniform(0.92, 1.10))
        shore.append((17.0 * s * np.cos(a), -29.0 + 20.0 * s * np.sin(a), float(rng.uniform(0.35, 1.5))))
    wet: list[Place] = [
        (float(x), -_CLIFF_M + float(rng.uniform(3.0, 8.0)), float(rng.uniform(0.8, 1.9)))
        for x in (-6.5, -3.4, 2.6, 5.8, 8.0)
    ]
    green: list[Place] = [
        (float(rng.uniform(-13.0, 13.0)), -float(rng.uniform(3.5, 13.0)), float(rng.uniform(0.7, 1.3)))
        for _ in range(34)
    ]
    dry = [
        p for p in green if float(height(np.array([p[0]], np.float32), np.array([p[1]], np.float32))[0]) > 0.4
    ]
    return [
        Part(gather([_cliff(site)], snowy=snowy), Finish.HARD, mirrored=True, cell_m=30.0),
        Part(
            gather(
                [
                    _sheet(rng, 0.0, 4.4, _HIGH_M - 2.6, 3.2),
                    _sheet(rng, site.side(2) * 10.8, 0.9, _HIGH_M - 5.2, 2.4),
                ],
                snowy=False,
            ),
            casts=False,
            mirrored=True,
            cell_m=0.0,
        ),
        Part(gather(plant(rng, near, frame, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(gather(plant(rng, far, crown, height, 0.3), snowy=snowy), mirrored=True, cell_m=40.0),
        Part(
            gather(plant(rng, stones, [*shore, *wet], height, 0.2), snowy=snowy),
            Finish.HARD,
            mirrored=True,
            cell_m=16.0,
        ),
        Part(gather(plant(rng, ferns, dry, height), snowy=snowy), casts=False, cell_m=10.0),
    ]
