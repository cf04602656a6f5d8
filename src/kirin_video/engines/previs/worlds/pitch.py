"""A football pitch: mown in stripes, its lines white, goals at both ends, floodlights and trees about it."""

# ruff: noqa: PLR2004 - a pitch is made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.city.solids import rod, soft_box
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.seasons import foliage, tip
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_DARK = np.array([0.20, 0.40, 0.12, 0.8], np.float32)
_LIGHT = np.array([0.29, 0.50, 0.16, 0.8], np.float32)
_ROUGH = np.array([0.30, 0.42, 0.17, 0.9], np.float32)
_WHITE = np.array([0.90, 0.92, 0.90, 0.6], np.float32)
_LEAVES = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_HALF_M, _NEAR_M, _FAR_M = 34.0, 26.0, -56.0
"""Half of its width, and where its goal lines are: the viewer stands before the near goal."""
_LINE_M = 0.11


def build(site: Site) -> Scene:
    """Build the pitch."""

    def level(x: Field, _z: Field) -> Field:
        return np.zeros(np.shape(x), np.float32)

    paint = weathered(_paint(site), site)
    stage = site.stage(level, 2.4, (0.0, 1.6, -24.0), 70.0)
    return Scene(
        stage=stage,
        light=site.light(turn_deg=18.0 * site.side(0)),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            level,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1280, rows=640, farthest_m=1200.0, bands=((4.0, 100.0, 3.0),)),
            grain=Grain(amount=0.3, scale=9.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, level, paint, stage.eye)),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -36.0),
    )


def _near(a: Field, b: float) -> Field:
    """Whether a line at b is painted there: further away it is broader, or it would break up."""
    return np.abs(a - b)


def _paint(site: Site) -> Paint:
    noise = site.noise(3)
    middle = (_NEAR_M + _FAR_M) / 2.0

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        stripe = smoothstep(-0.15, 0.15, np.sin((z - _NEAR_M) * np.pi / 5.5).astype(np.float32))
        rough = noise.fbm(x / 6.0, z / 6.0, 4)
        color = blend(_DARK, _LIGHT, stripe) * (1.0 + 0.08 * rough)[..., None]
        on = (np.abs(x) < _HALF_M + 0.2) & (z < _NEAR_M + 0.2) & (z > _FAR_M - 0.2)
        off = np.full(x.shape, 9.0, np.float32)
        for at in (-_HALF_M, _HALF_M):
            off = np.minimum(off, _near(x, at))
        for at in (_NEAR_M, middle, _FAR_M):
            off = np.minimum(off, _near(z, at))
        off = np.minimum(off, np.abs(np.hypot(x, z - middle) - 9.15))
        for goal, way in ((_NEAR_M, -1.0), (_FAR_M, 1.0)):
            for half, deep in ((20.15, 16.5), (9.16, 5.5)):
                inside = np.clip(np.abs(x) - half, 0.0, None) + np.clip((z - goal) * way - deep, 0.0, None)
                box = np.minimum(np.abs(np.abs(x) - half), np.abs((z - goal) * way - deep))
                off = np.minimum(off, np.where((inside < 0.1) & ((z - goal) * way > -0.1), box, 9.0))
        wide = _LINE_M * (1.0 + 0.020 * np.hypot(x, z))
        line = np.clip((wide - off) / (0.4 * wide) + 0.5, 0.0, 1.0).astype(np.float32) * on
        color = blend(color.astype(np.float32), np.broadcast_to(_WHITE, color.shape), line * 0.92)
        beyond = smoothstep(_HALF_M + 2.0, _HALF_M + 3.5, np.maximum(np.abs(x), np.abs(z - middle) - 18.0))
        return blend(color, np.broadcast_to(_ROUGH, color.shape) * (1.0 + 0.25 * rough)[..., None], beyond)

    return paint


def _goal(z: float, way: float) -> Mesh:
    """Posts, bar and net; it opens along z."""
    half, high, deep = 3.66, 2.44, 2.0 * way
    white, grey = (0.94, 0.94, 0.92), (0.74, 0.76, 0.76)
    parts = [
        rod((-half, 0.0, z), (-half, high, z), 0.07, white, sides=8),
        rod((half, 0.0, z), (half, high, z), 0.07, white, sides=8),
        rod((-half - 0.05, high, z), (half + 0.05, high, z), 0.07, white, sides=8),
    ]
    for k in range(19):
        x = -half + 2.0 * half * k / 18.0
        parts.append(rod((x, high, z), (x, 0.02, z - deep), 0.012, grey, sides=3))
    for k in range(9):
        y, back = high * (1.0 - k / 8.0), deep * k / 8.0
        parts.append(rod((-half, y, z - back), (half, y, z - back), 0.012, grey, sides=3))
    return merge(parts)


def _floodlight(*, lit: bool) -> Mesh:
    """A mast with a bank of lamps that face +z."""
    parts = [
        rod((0.0, 0.0, 0.0), (0.0, 18.0, 0.0), 0.16, (0.60, 0.61, 0.62), sides=8),
        soft_box((-1.7, 17.6, -0.1), (1.7, 19.8, 0.1), (0.46, 0.47, 0.49), bevel=0.05),
    ]
    glow = 1.0 if lit else 0.0
    parts += [
        soft_box(
            (x - 0.33, y - 0.3, 0.08), (x + 0.33, y + 0.3, 0.16), (0.96, 0.96, 0.90), bevel=0.03, glow=glow
        )
        for x in (-1.2, -0.4, 0.4, 1.2)
        for y in (18.2, 19.1)
    ]
    return merge(parts)


def _parts(site: Site, level: Height, paint: Paint, eye: tuple[float, float, float]) -> list[Part]:
    rng, season, snowy = site.rng(1), site.plan.season, site.snowy
    lit = site.light().lamps > 0.3
    masts = [
        _floodlight(lit=lit).moved((s * 42.0, 0.0, z), -s * 0.9) for s in (-1.0, 1.0) for z in (-14.0, -72.0)
    ]
    goals = [_goal(_FAR_M, 1.0)] if site.shows("goal") else []
    sward = grass.Sward(
        blades=16_000, height_m=0.05, reach_m=(1.1, 22.0), tip=tip(season, (0.40, 0.58, 0.20))
    )
    tree = [
        trees.broadleaf(site.seed * 7 + k, detail=0.2, colors=foliage(season, k, _LEAVES)) for k in range(4)
    ]
    row: list[Place] = [
        (float(x), _FAR_M - float(rng.uniform(16.0, 34.0)), float(rng.uniform(1.0, 1.5)))
        for x in np.linspace(-80.0, 80.0, 26).tolist()
    ]
    row += [
        (s * float(rng.uniform(50.0, 62.0)), float(z), float(rng.uniform(1.0, 1.5)))
        for s in (-1.0, 1.0)
        for z in np.linspace(-100.0, -8.0, 14).tolist()
    ]
    return [
        Part(
            gather([grass.grow(site.seed, sward, eye, level, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather([*goals, *masts], snowy=snowy), Finish.HARD, cell_m=30.0),
        Part(gather(plant(rng, tree, row, level, 0.2), snowy=snowy), cell_m=40.0),
    ]
