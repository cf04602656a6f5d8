"""A river: clear water over stones, winding through meadows and trees towards blue hills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs import grass, trees, woods
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import Relief, far_off, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

Reach = Callable[[Field, Field], Field]
"""Metres from the river's middle at x and z."""

_TURF = (np.array([0.27, 0.40, 0.14, 0.9], np.float32), np.array([0.40, 0.48, 0.19, 0.9], np.float32))
_SHINGLE = (np.array([0.52, 0.48, 0.41, 1.0], np.float32), np.array([0.40, 0.37, 0.32, 1.0], np.float32))
_SUMMER = ((0.22, 0.36, 0.13), (0.48, 0.57, 0.20))
_HALF_M, _FORD_M = 4.4, 15.0
"""Half of its width, and of that of one that somebody goes through."""
_DEEP_M = 0.95
_BANK_M = 1.15
_DRY_M = 0.6
"""Flowers grow above it."""


@dataclass(frozen=True, slots=True)
class _Bed:
    """How the river lies.

    Attributes:
        half_m: half of its width.
        deep_m: how far its middle is below its surface.
        forded: whether somebody goes through it: the picture is taken from over its middle.
    """

    half_m: float = _HALF_M
    deep_m: float = _DEEP_M
    forded: bool = False

    @property
    def more_m(self) -> float:
        """How much further from its middle than usual its banks are."""
        return self.half_m - _HALF_M


def _bed_of(site: Site) -> _Bed:
    deep = site.ford_m
    return _Bed() if deep is None else _Bed(_FORD_M + 0.5 * site.roam_m, deep, forded=True)


def build(site: Site) -> Scene:
    """Build the river."""
    reach = _reach(site)
    bed = _bed_of(site)
    height = _height(site, reach, bed)
    paint = weathered(turned(_paint(site, reach, bed), site.plan.season), site)
    stage = site.stage(
        height,
        1.75 + (bed.deep_m if bed.forded else 0.0),
        (-site.side(0) * 1.0, sample_height(height, 0.0, 0.0) + 1.5, -22.0),
    )
    points, faces = water_mesh(
        height, 0.0, columns=150, rows=120, nearest_m=1.0, farthest_m=420.0, driest_m=0.5, all_round=True
    )
    return Scene(
        stage=stage,
        light=site.light(turn_deg=8.0 * site.side(0)),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(
                columns=1152, rows=448, farthest_m=4200.0, bands=((5.0, 120.0, 0.8), (300.0, 4200.0, 0.7))
            ),
            grain=Grain(amount=0.55, scale=7.0),
            wetness=0.25 if site.wet else 0.0,
            stride=4,
        ),
        parts=tuple(_parts(site, height, paint, reach, bed, stage.eye)),
        water=Water(
            Surface.LAKE, 0.0, points, faces, (0.020, 0.070, 0.062), (0.10, 0.16, 0.11), swell=0.85, foam=0.0
        ),
        mirror_level_m=0.0,
        shadow_radius_m=56.0,
        shadow_center=(0.0, -34.0),
    )


def _reach(site: Site) -> Reach:
    """The river comes from far ahead in bends and passes beside the camera, or under it."""
    side = site.side(0)
    beside = 0.0 if site.ford_m is not None else 6.4

    def reach(x: Field, z: Field) -> Field:
        ahead = -z
        bend = 15.0 * np.sin(ahead / 30.0 + 0.2) * smoothstep(10.0, 70.0, ahead) + 26.0 * np.sin(
            ahead / 95.0
        ) * smoothstep(60.0, 200.0, ahead)
        middle = -side * (beside - 0.025 * beside * np.clip(ahead, -20.0, 40.0) + bend)
        # Across the flow, not across the picture.
        slant = np.sqrt(
            1.0 + (0.25 + 0.5 * np.abs(np.cos(ahead / 30.0 + 0.2)) * smoothstep(10.0, 70.0, ahead)) ** 2
        )
        return (np.abs(x - middle) / slant).astype(np.float32)

    return reach


def _height(site: Site, reach: Reach, bed: _Bed) -> Height:
    land = open_country(site, Relief(rolling=1.4, knolls=22.0, hills=100.0, ridges=470.0, fall=0.0))
    noise = site.noise(5)

    def height(x: Field, z: Field) -> Field:
        off = reach(x, z) + noise.fbm(x / 7.0, z / 7.0, 3) * 1.1
        r = np.hypot(x, z)
        valley = np.maximum(smoothstep(8.0, 90.0, off - bed.more_m), smoothstep(150.0, 420.0, r))
        bank = -bed.deep_m + (_BANK_M + bed.deep_m) * smoothstep(bed.half_m - 2.2, bed.half_m + 2.6, off)
        high = _BANK_M + np.maximum(land(x, z), -0.4) * (0.25 + 0.75 * valley) + 1.2 * valley
        beside = np.maximum(smoothstep(bed.half_m, bed.half_m + 12.0, off), smoothstep(420.0, 700.0, r))
        return (bank * (1.0 - beside) + high * beside).astype(np.float32)

    return height


def _paint(site: Site, reach: Reach, bed: _Bed) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 16.0, z / 16.0, 4)))
        pebbles = blend(_SHINGLE[0], _SHINGLE[1], smoothstep(-0.2, 0.3, noise.fbm(x / 0.6, z / 0.6, 3)))
        low = smoothstep(0.62, 0.30, y + 0.25 * noise.fbm(x / 2.2, z / 2.2, 3)) * smoothstep(
            16.0, 9.0, reach(x, z) - bed.more_m
        )
        return blend(color, pebbles, np.maximum(low, smoothstep(0.30, 0.5, steep) * 0.5))

    return paint


def _parts(  # noqa: PLR0913, PLR0917 -- what banks are planted by
    site: Site, height: Height, paint: Paint, reach: Reach, bed: _Bed, eye: tuple[float, float, float]
) -> list[Part]:
    rng = site.rng(1)
    season, snowy = site.plan.season, site.snowy
    sward = grass.Sward(
        blades=12_000 if snowy else 27_000, height_m=0.16 if snowy else 0.38, lowest_m=0.55, bare=-0.6,
        tip=tip(season, (0.50, 0.60, 0.22)),
    )  # fmt: skip
    near = [
        trees.broadleaf(site.seed * 7 + k, colors=foliage(season, k, _SUMMER, blossoms=True))
        for k in range(3)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _SUMMER)) for k in range(5)
    ]
    shrubs = [
        trees.bush(site.seed + k, foliage(season, k, ((0.20, 0.33, 0.12), (0.44, 0.52, 0.20))), detail=0.7)
        for k in range(3)
    ]
    stones = [rock(rng, (0.7, 0.42, 0.55), (0.50, 0.48, 0.44)) for _ in range(4)]
    stand = [woods.reeds(site.seed + k, stalks=24) for k in range(3)]
    side = site.side(0)

    def along(count: int, off: tuple[float, float], far_m: tuple[float, float]) -> list[Place]:
        places: list[Place] = []
        while len(places) < count:
            turn, r = rng.uniform(-0.95, 0.95), far_off(rng, far_m)
            x, z = float(np.sin(turn) * r), float(-np.cos(turn) * r)
            if off[0] < float(reach(np.array([x]), np.array([z]))[0]) - bed.more_m < off[1]:
                places.append((x, z, float(rng.uniform(0.8, 1.25))))
        return places

    def on_land(x: Field, z: Field) -> Field:
        return np.where(height(x, z) > _DRY_M, height(x, z), np.float32(-9.0))

    frame: list[Place] = [
        (side * (8.5 + bed.more_m), -19.0, 1.0),
        (side * (12.5 + bed.more_m), -24.0, 1.15),
        (-side * (19.0 + bed.more_m), -30.0, 1.1),
    ]
    parts = [
        Part(
            gather([grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, near, frame, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(
            gather(plant(rng, far, along(80, (8.0, 70.0), (45.0, 380.0)), height, 0.2), snowy=snowy),
            mirrored=True,
            cell_m=60.0,
        ),
        Part(
            gather(plant(rng, shrubs, along(26, (6.2, 11.0), (11.0, 70.0)), height), snowy=snowy),
            mirrored=True,
            cell_m=16.0,
        ),
        Part(
            gather(
                plant(rng, stones, along(46, (3.4 if bed.forded else 1.0, 5.6), (4.5, 60.0)), height, -0.06),
                snowy=snowy,
            ),
            Finish.HARD,
            mirrored=True,
            cell_m=14.0,
        ),
    ]
    if not site.open_water:
        reeds = plant(rng, stand, along(18, (4.0, 5.2), (6.0, 36.0)), height, 0.0)
        parts.append(Part(gather(reeds, snowy=snowy), mirrored=True, cell_m=10.0))
    if not snowy:
        kinds = (grass.DAISY, grass.BUTTERCUP, grass.LUPIN)
        parts.append(
            Part(
                grass.flowers(
                    site.seed + 4,
                    kinds,
                    380,
                    eye,
                    on_land,
                ),
                casts=False,
                cell_m=9.0,
            )
        )
    return parts
