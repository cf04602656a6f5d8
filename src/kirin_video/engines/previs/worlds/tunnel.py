"""A road tunnel: a tiled vault with two lines of lamps over a road that runs towards the daylight."""

# ruff: noqa: PLR2004 - tunnels are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.clay import Clay, four
from kirin_video.engines.previs.city.solids import Rgb, shaded
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import as_mesh
from kirin_video.engines.previs.ways import Way
from kirin_video.engines.previs.worlds.carriageway import COUNTRY_ROAD, asphalt, markings
from kirin_video.engines.previs.worlds.enclosed import under_lamps
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_HALF_M, _WALL_M = 5.4, 2.6
"""Half of its width, and how high its walls go up before the vault begins."""
_NEAR_M, _END_M = 44.0, -150.0
_LAMP_M = 6.5
"""From lamp to lamp."""
_TILE: Rgb = (0.80, 0.78, 0.70)
_SODIUM: Rgb = (1.0, 0.74, 0.36)


def build(site: Site) -> Scene:
    """Build the tunnel."""
    z = np.arange(-700.0, 200.0, 2.0)
    flat = np.zeros_like(z)
    way = Way(z, flat, flat, COUNTRY_ROAD.half_m, COUNTRY_ROAD.lanes, best_seen=0.0)
    light = under_lamps(0.20, (1.0, 0.86, 0.62), haze_per_m=0.0016)
    return Scene(
        stage=Stage(
            (-0.9, 1.75, 12.0), (0.3, 1.9, -20.0), fitting_fov(site.aspect, 74.0), lambda _x, _z: 0.0, 0.3
        ),
        light=light,
        sky=Sky(site.seed, light=light),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(merge([asphalt(way, COUNTRY_ROAD), markings(way, COUNTRY_ROAD)]), Finish.HARD, cell_m=24.0),
            Part(_vault(), Finish.HARD, cell_m=24.0),
            Part(_fittings(site), Finish.HARD, cell_m=24.0),
        ),
        lamps=tuple(Lamp((0.0, 4.9, z), (1.25, 0.90, 0.46), 3.6) for z in (4.0, -6.0, -18.0, -34.0)),
        roughness=0.10,
        shadow_radius_m=24.0,
        shadow_center=(0.0, -12.0),
        ways=(way,),
    )


def _vault() -> Mesh:
    """Walls of light tiles with a dark foot, and a round roof, seen from inside."""
    turn = np.linspace(0.0, np.pi, 17)
    ring = [(_HALF_M, -0.3), (_HALF_M, 0.9), (_HALF_M, 0.9), (_HALF_M, _WALL_M)]
    ring += [(_HALF_M * np.cos(t), _WALL_M + 0.62 * _HALF_M * np.sin(t)) for t in turn]
    ring += [(-_HALF_M, _WALL_M), (-_HALF_M, 0.9), (-_HALF_M, 0.9), (-_HALF_M, -0.3)]
    profile = np.array(ring, np.float64)
    z = np.concatenate([np.arange(_NEAR_M, -60.0, -1.5), np.arange(-60.0, _END_M - 1.0, -6.0)])
    count = len(profile)
    points = np.empty((len(z), count, 3))
    points[..., :2], points[..., 2] = profile[None], z[:, None]
    middle = np.array([0.0, _WALL_M - 0.4])
    inward = middle - profile
    inward[(np.abs(profile[:, 0]) >= _HALF_M - 1e-6), 1] = 0.0
    normals = np.zeros_like(points)
    normals[..., :2] = inward[None]
    color = np.array([_foot(y, at) for at, (_, y) in enumerate(ring)])
    # Every few metres a joint, and lighter under each lamp.
    near_lamp = 0.82 + 0.18 * np.cos(2.0 * np.pi * (z - 4.0) / _LAMP_M)
    joint = np.where(np.arange(len(z)) % 4 == 0, 0.86, 1.0)
    colors = color[None] * (near_lamp * joint)[:, None, None]
    at = np.arange(len(z) * count).reshape(len(z), count)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return as_mesh(points.reshape(-1, 3), normals.reshape(-1, 3), colors.reshape(-1, 3), faces)


def _foot(y: float, at: int) -> Rgb:
    """The colour of a vault's corner."""
    if y < 0.95 and at not in {2, 22}:
        return 0.30, 0.29, 0.28
    return _TILE if y <= _WALL_M + 0.01 else shaded(_TILE, 0.80)


def _fittings(site: Site) -> Mesh:
    """Lamps in two lines, kerbs, signs of the way out, and the bright end."""
    clay = Clay()
    for z in np.arange(_NEAR_M - 4.0, _END_M, -_LAMP_M).tolist():
        for x in (-2.6, 2.6):
            clay.box((x - 0.16, 5.02, z - 1.0), (x + 0.16, 5.14, z + 1.0), _SODIUM, faces="xXyzZ", glow=1.0)
    for side in (-1.0, 1.0):
        a, b = sorted((side * 3.9, side * _HALF_M))
        clay.box((a, -0.3, _END_M), (b, 0.18, _NEAR_M), (0.44, 0.43, 0.41), faces="xXY")
        for z in np.arange(30.0, _END_M, -24.0).tolist():
            x0, x1 = sorted((side * (_HALF_M - 0.06), side * (_HALF_M - 0.01)))
            clay.box((x0, 2.0, z - 0.5), (x1, 2.45, z + 0.5), (0.10, 0.62, 0.30), faces="xXyYzZ", glow=0.5)
            clay.box((x0, 0.95, z - 6.1), (x1, 1.03, z - 5.9), (0.95, 0.92, 0.85), glow=0.8)
    day: Rgb = (0.10, 0.14, 0.26) if site.dark else (0.92, 0.96, 1.0)
    clay.front(-_HALF_M, _HALF_M, -0.3, 7.0, _END_M, day, glow=four(0.2 if site.dark else 1.0))
    return clay.mesh()
