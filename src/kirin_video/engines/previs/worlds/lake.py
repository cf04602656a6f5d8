"""A quiet lake between wooded hills: a jetty, reeds, and still water that keeps the sky."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import grass, trees, woods
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Season, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import box, rock, tube
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.lone_peak import capped, has_lone_peak, risen
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.stillwater import by_water, still
from kirin_video.engines.previs.worlds.surface import water_mesh

_TURF = (np.array([0.27, 0.38, 0.15, 0.9], np.float32), np.array([0.40, 0.46, 0.20, 0.9], np.float32))
_WOODS = np.array([0.19, 0.29, 0.14, 1.0], np.float32)
_SHINGLE = np.array([0.50, 0.46, 0.38, 1.0], np.float32)
_ASIDE, _ROUND_RAD = -0.10, 0.22
"""Where a lone peak stands behind it, radians from straight ahead, and how far one may look aside of it."""
_ACROSS_DEG = -46.0
"""How far to one side the sun stands then: it draws the slopes."""
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))


def build(site: Site) -> Scene:
    """Build the lake."""
    side = site.side(0)
    height, colors = _height(site, side), turned(_paint(site), site.plan.season)
    if has_lone_peak(site):
        height, colors = risen(height, site, _ASIDE * side), capped(colors, site, _ASIDE * side)
    paint = weathered(colors, site)
    stage = site.stage(height, 1.75, (side * 2.0, sample_height(height, 0.0, 0.0) + 2.0, -40.0))
    mesh = water_mesh(
        height, 0.0, columns=140, rows=110, nearest_m=1.0, farthest_m=900.0, driest_m=0.8, all_round=True
    )
    scene = by_water(
        site,
        stage,
        light=_light(site, side),
        sky=Sky(site.seed, cloud_size=1.15, streaks=0.4),
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=4200.0, bands=((300.0, 4200.0, 1.2),)),
            grain=Grain(amount=0.5, scale=6.0),
            wetness=0.2 if site.wet else 0.0,
        ),
        parts=_parts(site, height, paint, stage.eye, side),
        water=still(0.0, mesh, ((0.014, 0.060, 0.070), (0.07, 0.17, 0.13)), swell=0.38),
        shadow=(60.0, -34.0),
    )
    return replace(scene, round_rad=_ROUND_RAD) if has_lone_peak(site) else scene


def _light(site: Site, side: float) -> Light:
    """Moist air; clear as far as a lone peak, where one stands behind the lake."""
    if not has_lone_peak(site):
        return site.light(turn_deg=-10.0 * side, haze=1.2)
    light = site.light(turn_deg=_ACROSS_DEG * side, haze=0.45)
    return light if site.plan.weather is Weather.FOG else replace(light, mist_per_m=0.3 * light.mist_per_m)


def _height(site: Site, side: float) -> Height:
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        wander = noise.fbm(x / 45.0, z / 45.0, 3)
        lx, lz = (x - side * 30.0) / 190.0, (z + 166.0) / 158.0
        d = np.sqrt(lx * lx + lz * lz) + 0.10 * wander
        bank = -2.6 + 3.5 * smoothstep(0.90, 1.06, d)
        bank += 0.75 * smoothstep(22.0, 5.0, r) + fine.fbm(x / 6.0, z / 6.0, 3) * 0.14 * smoothstep(
            0.95, 1.05, d
        )
        slope = (
            np.clip(d - 1.04, 0.0, 1.1)
            * 13.0
            * (1.0 + 0.7 * noise.fbm(x / 130.0, z / 130.0, 3))
            * smoothstep(25.0, 140.0, r)
        )
        if site.waded:
            shallow = -0.21 + 0.05 * fine.fbm(x / 3.0, z / 3.0, 2)
            bank += (shallow - bank) * smoothstep(2.2, 3.6, r) * smoothstep(60.0, 34.0, r) * (z < 0.0)
        hills = smoothstep(320.0, 900.0, r) * (14.0 + 62.0 * noise.fbm(x / 520.0 + 5.0, z / 520.0, 4))
        ridges = smoothstep(1200.0, 3000.0, r) * noise.ridged(x / 2100.0 + 2.0, z / 2100.0, 5) * 300.0
        return (bank + slope + np.maximum(hills, 0.0) + ridges).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, _steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 15.0, z / 15.0, 4)))
        wooded = smoothstep(-0.12, 0.10, noise.fbm(x / 150.0 + 30.0, z / 150.0, 4)) * smoothstep(
            120.0, 260.0, np.hypot(x, z)
        )
        rough = (1.0 + 0.4 * noise.fbm(x / 24.0, z / 24.0, 4))[..., None]
        color = blend(color, np.broadcast_to(_WOODS, color.shape) * rough, wooded * 0.9)
        wet = smoothstep(0.38, 0.10, y + 0.22 * noise.fbm(x / 2.5, z / 2.5, 3))
        return blend(color, np.broadcast_to(_SHINGLE, color.shape), wet)

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng = site.rng(1)
    season, snowy = site.plan.season, site.snowy
    autumn = season is Season.AUTUMN
    sward = grass.Sward(
        blades=9_000 if snowy else 24_000, height_m=0.14 if snowy else 0.34, reach_m=(1.1, 30.0),
        lowest_m=0.30, bare=-0.5,
        tip=tip(season, (0.50, 0.58, 0.22)),
    )  # fmt: skip
    near = [
        trees.broadleaf(site.seed * 7 + k, colors=foliage(season, k, _SUMMER, blossoms=True))
        for k in range(2)
    ]
    middle = [
        trees.broadleaf(site.seed * 7 + k, detail=0.18, colors=foliage(season, k, _SUMMER)) for k in range(5)
    ]
    firs = [trees.pine(site.seed * 5 + k, sides=6, tiers=4, far=True) for k in range(3)]
    frame: list[Place] = [(-side * 9.6, -14.0, 1.05), (-side * 13.0, -19.0, 1.2), (side * 17.0, -9.0, 1.1)]
    stand = [woods.reeds(site.seed + k) for k in range(3)]
    stones = [rock(rng, (0.6, 0.36, 0.5), (0.48, 0.46, 0.42), level=2) for _ in range(3)]
    parts = [
        Part(
            gather([grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, near, frame, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(
            gather(plant(rng, middle, _shores(rng, height, 120, (70.0, 420.0)), height, 0.2), snowy=snowy),
            mirrored=True,
            casts=False,
            cell_m=70.0,
        ),
        Part(
            gather(plant(rng, firs, _shores(rng, height, 420, (90.0, 620.0)), height, 0.3), snowy=snowy),
            mirrored=True,
            casts=False,
            cell_m=110.0,
        ),
        Part(
            gather(plant(rng, stones, _banks(rng, height, 16), height, 0.08), snowy=snowy),
            Finish.HARD,
            mirrored=True,
            cell_m=14.0,
        ),
        Part(
            gather([_jetty().moved((side * 3.4, 0.0, -8.6), -side * 0.10)], snowy=snowy),
            Finish.HARD,
            mirrored=True,
            cell_m=0.0,
        ),
    ]
    if not (site.open_water or site.waded):
        reeds = plant(rng, stand, _banks(rng, height, 26), height, -0.05)
        parts.append(Part(gather(reeds, snowy=snowy and not autumn), mirrored=True, cell_m=10.0))
    return parts


def _jetty() -> Mesh:
    """A wooden jetty of eleven metres that runs to -z, its planks half a metre above the water."""
    rng = np.random.default_rng(8)
    wood = np.array([0.50, 0.41, 0.31])
    parts: list[Mesh] = []
    for k in range(44):
        z = 1.2 - 0.28 * k
        tone = wood * rng.uniform(0.80, 1.12)
        off = float(rng.uniform(-0.03, 0.03))
        color = (float(tone[0]), float(tone[1]), float(tone[2]))
        parts.append(box((-0.75 + off, 0.46, z - 0.25), (0.75 + off, 0.52, z), color))
    for z in (0.6, -3.0, -6.6, -10.4):
        for x in (-0.78, 0.78):
            post = np.array([[x, -2.2, z], [x, 0.95, z], [x, 1.0, z]])
            parts.append(tube(post, np.array([0.10, 0.09, 0.02]), 8, (0.38, 0.31, 0.24)))
    beams = [box((x - 0.06, 0.34, -11.0), (x + 0.06, 0.46, 1.2), (0.36, 0.29, 0.22)) for x in (-0.55, 0.55)]
    return merge([*parts, *beams])


def _shores(rng: np.random.Generator, height: Height, count: int, reach: tuple[float, float]) -> list[Place]:
    """Dry places on the far shores and the slopes behind them."""
    turn = rng.uniform(-1.05, 1.05, count * 6)
    r = np.exp(rng.uniform(np.log(reach[0]), np.log(reach[1]), count * 6))
    x, z = (np.sin(turn) * r).astype(np.float32), (-np.cos(turn) * r).astype(np.float32)
    dry = np.flatnonzero((height(x, z) > 0.7) & ((np.abs(turn) > 0.35) | (r > 150.0)))[:count]  # noqa: PLR2004
    return [(float(x[k]), float(z[k]), float(rng.uniform(0.8, 1.5))) for k in dry]


def _banks(rng: np.random.Generator, height: Height, count: int) -> list[Place]:
    """Places at the water's edge near by, in groups."""
    turn, r = rng.uniform(-1.1, 1.1, 4000), np.exp(rng.uniform(np.log(5.0), np.log(40.0), 4000))
    x, z = (np.sin(turn) * r).astype(np.float32), (-np.cos(turn) * r).astype(np.float32)
    y = height(x, z)
    wet = np.flatnonzero((y > -0.35) & (y < 0.18) & (np.abs(np.sin(turn * 4.0 + 1.0)) > 0.55))[:count]  # noqa: PLR2004
    return [(float(x[k]), float(z[k]), float(rng.uniform(0.7, 1.2))) for k in wet]
