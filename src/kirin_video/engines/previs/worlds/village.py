"""A village: cottages along a lane, gardens with fences, old trees, and fields beyond."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.cottages import cottage, cottage_of, fence, well
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

Lane = Callable[[Field], Field]
"""Where the lane runs: x at z."""

_TURF = (np.array([0.28, 0.40, 0.15, 0.9], np.float32), np.array([0.41, 0.48, 0.20, 0.9], np.float32))
_EARTH = np.array([0.62, 0.52, 0.38, 0.8], np.float32)
_SUMMER = ((0.22, 0.36, 0.13), (0.48, 0.57, 0.20))
_LANE_M = 1.7
_HOUSES = (
    (7.4, -15.5),
    (-8.2, -23.5),
    (8.8, -33.0),
    (-9.4, -43.0),
    (10.0, -54.0),
    (-11.0, -64.0),
    (19.0, -46.0),
    (-20.0, -34.0),
)
"""How far from the lane to the right and how far ahead each stands."""


def build(site: Site) -> Scene:
    """Build the village."""
    lane = _lane(site)
    height = _height(site, lane)
    paint = weathered(turned(_paint(site, lane), site.plan.season), site)
    stage = site.stage(
        height, 1.7, (float(lane(np.array([-22.0]))[0]) * 0.7, sample_height(height, 0.0, -10.0) + 2.3, -20.0)
    )
    return Scene(
        stage=stage,
        light=site.light(turn_deg=12.0 * site.side(0)),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(
                columns=1152, rows=448, farthest_m=4200.0, bands=((4.0, 60.0, 0.5), (300.0, 4200.0, 0.9))
            ),
            grain=Grain(amount=0.5, scale=8.0),
            wetness=0.30 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, lane, stage.eye)),
        shadow_radius_m=48.0,
        shadow_center=(0.0, -28.0),
        round_rad=0.5,
    )


def _lane(site: Site) -> Lane:
    side = site.side(0)

    def lane(z: Field) -> Field:
        ahead = -np.asarray(z, np.float32)
        return (side * 3.6 * np.sin(ahead / 26.0) * smoothstep(0.0, 18.0, ahead)).astype(np.float32)

    return lane


def _height(site: Site, lane: Lane) -> Height:
    land = open_country(site, Relief(rolling=1.0, knolls=20.0, hills=100.0, ridges=430.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        worn = 0.10 * smoothstep(_LANE_M + 0.5, _LANE_M - 0.6, np.abs(x - lane(z))) * (np.hypot(x, z) < 120.0)  # noqa: PLR2004
        return (land(x, z) - worn).astype(np.float32)

    return height


def _paint(site: Site, lane: Lane) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 12.0, z / 12.0, 4)))
        off = np.abs(x - lane(z)) + noise.fbm(x / 1.6, z / 1.6, 3) * 0.5
        earth = (
            np.broadcast_to(_EARTH, color.shape) * (1.0 + 0.30 * noise.fbm(x / 0.9, z / 1.6, 3))[..., None]
        )
        lane_here = smoothstep(_LANE_M + 0.4, _LANE_M - 0.5, off) * smoothstep(140.0, 90.0, np.hypot(x, z))
        ruts = 1.0 - 0.16 * smoothstep(0.28, 0.05, np.abs(np.abs(x - lane(z)) - 0.75))
        color = blend(color, earth * ruts[..., None], lane_here)
        return blend(color, np.broadcast_to(_TURF[0] * 0.75, color.shape), smoothstep(0.3, 0.5, steep) * 0.5)

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, lane: Lane, eye: tuple[float, float, float]
) -> list[Part]:
    rng = site.rng(1)
    season, snowy, side = site.plan.season, site.snowy, site.side(0)
    lit = site.light().lamps > 0.0

    def bare(x: Field, z: Field) -> Field:
        return _LANE_M - 0.15 - np.abs(x - lane(z))

    houses: list[Mesh] = []
    for right, z in _HOUSES:
        x = side * right + float(lane(np.array([z]))[0])
        # Fronts look to the lane, and a little to the camera.
        turn = -(np.pi / 2.0 - 0.62) * np.sign(x) + float(rng.uniform(-0.15, 0.15))
        houses.append(
            cottage(rng, cottage_of(rng), lit=lit).moved(
                (x, sample_height(height, x, z) - 0.05, z), float(turn)
            )
        )
    sward = grass.Sward(
        blades=10_000 if snowy else 34_000, height_m=0.10 if snowy else 0.24, reach_m=(1.1, 45.0),
        tip=tip(season, (0.50, 0.60, 0.22)),
    )  # fmt: skip
    near = [
        trees.broadleaf(site.seed * 7 + k, detail=0.8, colors=foliage(season, k, _SUMMER, blossoms=True))
        for k in range(3)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _SUMMER)) for k in range(4)
    ]
    shrubs = [
        trees.bush(site.seed + k, foliage(season, k, ((0.22, 0.34, 0.13), (0.44, 0.54, 0.20))), detail=0.6)
        for k in range(3)
    ]
    old: list[Place] = [
        (-side * 6.6, -12.0, 0.92),
        (side * 14.0, -25.0, 1.1),
        (-side * 15.0, -30.0, 1.15),
        (side * 5.6, -44.0, 0.9),
    ]
    beds: list[Place] = [
        (
            float(lane(np.array([-d]))[0]) + float(rng.choice((-1.0, 1.0))) * float(rng.uniform(3.4, 6.0)),
            -d,
            float(rng.uniform(0.5, 0.9)),
        )
        for d in rng.uniform(9.0, 55.0, 16).tolist()
    ]
    parts = [
        Part(
            gather(
                [grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=bare)], snowy=snowy
            ),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(houses, snowy=snowy), Finish.HARD, cell_m=14.0),
        Part(gather(_fences(height, lane, side), snowy=snowy), Finish.HARD, cell_m=14.0),
        Part(gather(plant(rng, near, old, height, 0.1), snowy=snowy), cell_m=16.0),
        Part(
            gather(plant(rng, far, clusters(rng, 16, (70.0, 300.0), (3, 7)), height, 0.2), snowy=snowy),
            cell_m=60.0,
        ),
        Part(gather(plant(rng, shrubs, beds, height), snowy=snowy), cell_m=14.0),
        Part(
            gather(plant(rng, [well()], [(-side * 3.6, -17.5, 1.0)], height), snowy=snowy),
            Finish.HARD,
            cell_m=0.0,
        ),
    ]
    if not snowy:
        parts.append(
            Part(
                grass.flowers(
                    site.seed + 4, (grass.POPPY, grass.DAISY, grass.BUTTERCUP), 360, eye, height, stem_m=0.28
                ),
                casts=False,
                cell_m=9.0,
            )
        )
    return parts


def _fences(height: Height, lane: Lane, side: float) -> list[Mesh]:
    """Fences along both sides of the lane."""
    lines: list[Mesh] = []
    for where, start, stop in (
        (side, -6.0, -12.0),
        (side, -20.0, -30.0),
        (-side, -14.0, -21.0),
        (-side, -28.0, -40.0),
    ):
        z = np.arange(start, stop, -1.7)
        x = lane(z) + where * 2.7
        feet = height(x.astype(np.float32), z.astype(np.float32))
        lines.append(fence(np.stack([x, z], 1), feet))
    return lines
