"""A bamboo forest: green stems close together, thin leaves above, a path of fallen ones between them."""

# ruff: noqa: PLR2004 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import woods
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color, as_mesh, rock, tube
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.forest import (
    ROUND_RAD,
    Way,
    forest_floor,
    path_of,
    stand_beside,
    under_leaves,
)
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_LITTER = np.array([0.44, 0.40, 0.22, 1.0], np.float32)
_MOSS = np.array([0.29, 0.38, 0.15, 0.9], np.float32)
_EARTH = np.array([0.52, 0.44, 0.31, 0.8], np.float32)
_PATH_M = 1.1
_STEMS: tuple[Color, ...] = ((0.34, 0.52, 0.20), (0.42, 0.58, 0.24), (0.28, 0.45, 0.20), (0.54, 0.60, 0.28))
_LEAF: Color = (0.36, 0.54, 0.18)


def build(site: Site) -> Scene:
    """Build the bamboo forest."""
    way = path_of(site)
    height = forest_floor(site)
    stage = site.stage(
        height, 1.55, (float(way(np.array([-14.0]))[0]) * 0.6, sample_height(height, 0.0, -14.0) + 2.7, -14.0)
    )
    return Scene(
        stage=stage,
        light=under_leaves(site),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.25),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site, way), site),
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=400, farthest_m=500.0, bands=((4.0, 40.0, 0.8),)),
            grain=Grain(amount=0.35 if site.snowy else 0.7, scale=9.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, way)),
        shadow_radius_m=36.0,
        shadow_center=(0.0, -20.0),
        round_rad=ROUND_RAD,
    )


def _paint(site: Site, way: Way) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        litter = (
            np.broadcast_to(_LITTER, (*x.shape, 4)) * (1.0 + 0.4 * noise.fbm(x / 0.6, z / 0.6, 3))[..., None]
        )
        color = blend(
            litter,
            np.broadcast_to(_MOSS, litter.shape),
            smoothstep(-0.2, 0.3, noise.fbm(x / 4.0, z / 4.0, 4)) * 0.7,
        )
        off = np.abs(x - way(z)) + noise.fbm(x / 1.3, z / 1.3, 2) * 0.35
        return blend(
            color,
            np.broadcast_to(_EARTH, litter.shape),
            1.0 - smoothstep(0.55 * _PATH_M, 1.25 * _PATH_M, off),
        )

    return paint


def _parts(site: Site, height: Height, way: Way) -> list[Part]:
    rng, snowy, spare = site.rng(1), site.snowy, site.spare_m
    near = [bamboo(site.seed * 13 + k, detail=1.0) for k in range(5)]
    middle = [bamboo(site.seed * 13 + 5 + k, detail=0.35) for k in range(5)]
    far = [bamboo(site.seed * 13 + 10 + k, detail=0.12) for k in range(5)]
    stones = [rock(rng, (0.7, 0.5, 0.6), (0.42, 0.43, 0.38)) for _ in range(3)]
    ferns = [woods.fern(site.seed + k, green=(0.34, 0.48, 0.18)) for k in range(3)]
    beds = stand_beside(rng, way, 24, (4.0, 30.0), 2.0 + spare)
    strewn: list[Place] = [
        (x, z, 0.4 + 0.5 * s) for x, z, s in stand_beside(rng, way, 12, (5.0, 30.0), 2.0 + spare)
    ]
    return [
        Part(
            gather(
                plant(rng, near, stand_beside(rng, way, 46, (5.5, 17.0), 1.7 + spare), height, 0.1),
                snowy=snowy,
            ),
            cell_m=8.0,
        ),
        Part(
            gather(
                plant(rng, middle, stand_beside(rng, way, 190, (15.0, 42.0), 2.0 + spare), height, 0.1),
                snowy=snowy,
            ),
            cell_m=12.0,
        ),
        Part(
            gather(
                plant(rng, far, stand_beside(rng, way, 420, (38.0, 130.0), 2.4 + spare), height, 0.2),
                snowy=snowy,
            ),
            casts=False,
            cell_m=26.0,
        ),
        Part(gather(plant(rng, ferns, beds, height), snowy=snowy), casts=False, cell_m=8.0),
        Part(gather(plant(rng, stones, strewn, height, 0.12), snowy=snowy), Finish.HARD, cell_m=12.0),
    ]


def bamboo(seed: int, *, detail: float = 1.0) -> Mesh:
    """One stem of some eleven metres with its joints, thin boughs and hanging leaves.

    Args:
        seed: what makes it unlike others.
        detail: 1.0 close to the camera; less has fewer sides and leaves.
    """
    rng = np.random.default_rng(seed)
    high, lean = float(rng.uniform(9.0, 13.0)), rng.normal(size=2) * 0.7
    color = _STEMS[int(rng.integers(len(_STEMS)))]
    joints = round(high / 0.42) if detail > 0.5 else 8
    t = np.linspace(0.0, 1.0, joints + 1)
    path = np.stack([lean[0] * t**2.2 * 1.6, high * t, lean[1] * t**2.2 * 1.6], 1)
    thick = 0.062 * (1.0 - 0.72 * t)
    stem = tube(path, thick, 7 if detail > 0.5 else 4, color, 0.25)
    parts = [stem]
    if detail > 0.5:
        for k in range(1, joints, 1):
            ring = np.stack([path[k] + [0.0, d, 0.0] for d in (-0.012, 0.012)])
            parts.append(tube(ring, np.full(2, thick[k] * 1.22), 7, (0.66, 0.68, 0.44)))
    parts.append(_foliage(rng, path, round(30 + 210 * detail), 1.0 + 1.1 * (1.0 - detail)))
    return merge(parts)


def _foliage(rng: np.random.Generator, path: Field, count: int, large: float) -> Mesh:
    """Leaves like thin blades in drooping sprays, most of them up in the crown."""
    at = 1.0 - 0.72 * rng.random(count) ** 1.5
    index = at * (len(path) - 1)
    low = np.minimum(index.astype(int), len(path) - 2)
    middle = path[low] + (path[low + 1] - path[low]) * (index - low)[:, None]
    turn, out = rng.uniform(0.0, 2.0 * np.pi, count), rng.uniform(0.12, 1.25, count) * (1.3 - at)[:] * 1.9
    foot = middle + np.stack([np.cos(turn) * out, rng.normal(0.0, 0.22, count), np.sin(turn) * out], 1)
    way = np.stack([np.cos(turn), rng.uniform(-1.2, -0.3, count), np.sin(turn)], 1)
    way += rng.normal(0.0, 0.35, (count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    long = rng.uniform(0.30, 0.52, count)[:, None] * large
    side = np.cross(way, rng.normal(size=(count, 3)))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    wide = 0.042 * large * side
    points = np.stack(
        [foot, foot + 0.35 * long * way - wide, foot + long * way, foot + 0.35 * long * way + wide], 1
    )
    normal = 0.6 * np.cross(side, way) + np.stack([np.cos(turn), np.full(count, 0.7), np.sin(turn)], 1)
    tone = np.array(_LEAF) * rng.uniform(0.75, 1.35, (count, 1)) * np.array([1.0, 1.0, 0.9])
    i = 4 * np.arange(count)[:, None]
    faces = np.concatenate([i + np.array([0, 1, 2]), i + np.array([0, 2, 3])])
    return as_mesh(points.reshape(-1, 3), np.repeat(normal, 4, 0), np.repeat(tone, 4, 0), faces, 0.5)
