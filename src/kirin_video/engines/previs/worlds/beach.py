"""A tropical beach at the water's edge: surf on the sand, leaning palms, a green headland."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Phenomenon, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds import coast
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_SAND = np.array([0.86, 0.76, 0.58, 0.8], np.float32)
_SAND_DARK = np.array([0.76, 0.64, 0.46, 0.9], np.float32)
_SAND_WET = np.array([0.56, 0.475, 0.37, 0.25], np.float32)
_SCRUB = np.array([0.26, 0.36, 0.16, 1.0], np.float32)
_STONE = np.array([0.46, 0.41, 0.36, 0.8], np.float32)


def build(site: Site) -> Scene:
    """Build the beach, or rocks where lighthouses stand; the seed decides on which side the sea lies."""
    if any(subject.kind == "lighthouse" for subject in site.plan.subjects):
        return coast.build(site)
    side = site.side(0)
    shore = _shore(site, side)
    height = _height(site, shore)
    stage = site.stage(height, 1.75, (side * 4.0, 1.0, -17.0), 72.0)
    points, faces = water_mesh(
        height, 0.0, shore=shore, columns=230, rows=190, nearest_m=2.0, farthest_m=8500.0, driest_m=0.5
    )
    bright = site.plan.time is TimeOfDay.DAY and site.plan.weather in {Weather.CLEAR, Weather.CLOUDY}
    deep = (0.015, 0.15, 0.20) if bright else (0.018, 0.080, 0.105)
    shallow = (0.16, 0.56, 0.52) if bright else (0.14, 0.30, 0.30)
    return Scene(
        stage=stage,
        light=site.light(turn_deg=side * 14.0),
        sky=Sky(site.seed, cloud_size=1.15, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            _wet_sand(weathered(_paint(site), site), shore),
            center=(0.0, 0.0),
            rings=Rings(farthest_m=2600.0, bands=((8.0, 140.0, 0.6),)),
            grain=Grain(amount=0.20, scale=11.0, ripple=0.0 if site.snowy else 0.05, ripple_per_m=1.7),
            wetness=0.30 if site.wet else 0.06,
        ),
        parts=tuple(_parts(site, height, side)),
        water=Water(Surface.SHORE, 0.0, points, faces, deep, shallow, *_surf(site)),
        shadow_radius_m=52.0,
        shadow_center=(-side * 4.0, -30.0),
    )


def _surf(site: Site) -> tuple[float, float]:
    """How high the waves are and how much of them is white, as in `Water`."""
    return (2.0, 0.95) if Phenomenon.HIGH_WAVES in site.plan.phenomena else (0.75, 0.5)


def _shore(site: Site, side: float) -> Height:
    """Metres from the shore, positive over water: the line runs ahead and curves round to a far headland."""
    noise = site.noise(1)

    def shore(x: Field, z: Field) -> Field:
        ahead = -z
        bay = 0.0016 * np.clip(ahead, 0.0, 160.0) ** 2 + 0.45 * np.clip(ahead - 160.0, 0.0, 1e4)
        line = (
            4.5
            - 0.03 * ahead
            + bay * 0.55
            + noise.fbm(ahead / 60.0, x * 0.0 + 3.0, 2) * 5.0 * smoothstep(5.0, 60.0, ahead)
        )
        return (side * x - line).astype(np.float32)

    return shore


def _height(site: Site, shore: Height) -> Height:
    noise = site.noise(2)

    def height(x: Field, z: Field) -> Field:
        s = shore(x, z)
        r = np.hypot(x, z)
        sand = -s * 0.068 - 0.0006 * np.clip(s, 0.0, 80.0) ** 2
        land = np.clip(-s - 9.0, 0.0, None)
        dune = 1.6 * smoothstep(0.0, 14.0, land) + noise.fbm(x / 16.0, z / 16.0, 3) * 0.5 * smoothstep(
            0.0, 10.0, land
        )
        back = (
            smoothstep(20.0, 160.0, land)
            * (14.0 + 16.0 * noise.fbm(x / 90.0, z / 90.0, 3))
            * smoothstep(60.0, 200.0, r)
        )
        cape = (
            smoothstep(10.0, 180.0, land)
            * smoothstep(300.0, 800.0, r)
            * (60.0 + 90.0 * noise.fbm(x / 330.0, z / 330.0, 5))
        )
        prints = (
            noise.fbm(x / 0.9, z / 0.9, 2)
            * 0.025
            * smoothstep(3.0, 7.0, -s)
            * (1.0 - smoothstep(15.0, 40.0, r))
        )
        return (np.maximum(np.minimum(sand, 0.72 + 0.012 * land) + dune + back + cape + prints, -9.0)).astype(
            np.float32
        )

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        sand = blend(_SAND, _SAND_DARK, smoothstep(-0.2, 0.6, noise.fbm(x / 7.0, z / 7.0, 4)) * 0.6)
        green = smoothstep(2.0, 3.6, y + noise.fbm(x / 5.0, z / 5.0, 3) * 1.4)
        grown = blend(
            sand,
            np.broadcast_to(_SCRUB, sand.shape) * (1.0 + 0.3 * noise.fbm(x / 12.0, z / 12.0, 3))[..., None],
            green,
        )
        return blend(
            grown,
            np.broadcast_to(_STONE, sand.shape),
            smoothstep(0.30, 0.45, steep) * smoothstep(2.0, 5.0, y),
        )

    return paint


def _wet_sand(paint: Paint, shore: Height) -> Paint:
    """The paint with a dark band where the waves reach, whatever else lies there."""

    def banded(x: Field, z: Field, y: Field, steep: Field) -> Field:
        s = shore(x, z)
        wet = smoothstep(-2.9, -1.6, s + 0.5 * np.sin(z * 0.7 + 1.5 * np.sin(z * 0.23)).astype(np.float32))
        return blend(paint(x, z, y, steep), np.broadcast_to(_SAND_WET, (*x.shape, 4)), wet)

    return banded


def _parts(site: Site, height: Height, side: float) -> list[Part]:
    rng = site.rng(1)
    palms = [trees.palm(site.seed * 3 + k, height=float(rng.uniform(6.0, 8.0))) for k in range(4)]
    spots: list[Place] = [
        (-side * 6.2, -11.0, 1.0),
        (-side * 8.6, -15.5, 1.05),
        (-side * 7.4, -24.0, 0.95),
        (-side * 11.5, -21.0, 1.1),
        *[
            (-side * rng.uniform(5.0, 16.0) + side * 0.10 * d, -d, rng.uniform(0.85, 1.15))
            for d in rng.uniform(32.0, 110.0, 12)
        ],
    ]
    leaning = [
        palms[k % 4].moved(
            (x, sample_height(height, x, z) - 0.1, z),
            (0.0 if side > 0 else np.pi) + float(rng.uniform(-0.6, 0.6)),
            s,
        )
        for k, (x, z, s) in enumerate(spots)
    ]
    shrubs = [
        trees.bush(site.seed + k, ((0.22, 0.36, 0.14), (0.42, 0.52, 0.20)), detail=0.8) for k in range(3)
    ]
    beds: list[Place] = [
        (-side * rng.uniform(8.0, 20.0) + side * 0.05 * d, -d, rng.uniform(0.7, 1.5))
        for d in rng.uniform(8.0, 70.0, 22)
    ]
    stones = [rock(rng, (1.0, 0.62, 0.8), (0.47, 0.42, 0.37)) for _ in range(3)]
    wet: list[Place] = [
        (side * 6.6, -13.2, 0.75), (side * 7.9, -14.4, 0.5), (side * 5.7, -12.6, 0.3),
        (side * 14.0, -38.0, 1.6), (side * 16.5, -40.0, 1.0), (side * 11.5, -36.5, 0.6),
    ]  # fmt: skip
    snowy = site.snowy
    return [
        *([Part(gather(leaning, snowy=snowy), cell_m=14.0)] if site.shows("palm") else ()),
        Part(gather(plant(rng, shrubs, beds, height), snowy=snowy), cell_m=16.0),
        Part(gather(plant(rng, stones, wet, height, 0.1), snowy=snowy), Finish.HARD, cell_m=16.0),
    ]
