"""A starry night over a still lake: the milky way above silhouetted hills and a few pines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.stillwater import by_water, still
from kirin_video.engines.previs.worlds.surface import water_mesh

_LEVEL_M = 0.0
_GALAXY = {Weather.CLEAR: 0.36, Weather.CLOUDY: 0.16}
_TURF = np.array([0.30, 0.36, 0.24, 0.9], np.float32)
_HILLS = np.array([0.22, 0.28, 0.24, 0.8], np.float32)


def build(site: Site) -> Scene:
    """Build the night; the plan's hour only tints the horizon."""
    height = _height(site)
    paint = weathered(_paint(site), site)
    stage = site.stage(height, 2.0, (0.0, 15.5, -60.0), 84.0)
    mesh = water_mesh(height, _LEVEL_M, columns=110, rows=80, nearest_m=3.0, farthest_m=1200.0, driest_m=1.0)
    return by_water(
        site,
        stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.3, streaks=0.6, milky_way=_GALAXY.get(site.plan.weather, 0.0)),
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=400, farthest_m=4200.0, bands=((300.0, 4200.0, 1.2),)),
            grain=Grain(amount=0.4, scale=5.0),
        ),
        parts=_parts(site, height, paint, stage.eye),
        water=still(_LEVEL_M, mesh, ((0.010, 0.030, 0.050), (0.03, 0.07, 0.08)), swell=0.35),
        shadow=(60.0, -40.0),
    )


def _light(site: Site) -> Light:
    """Night without a moon in the picture, the last or first glow on the horizon at dusk or dawn."""
    night = light_for(TimeOfDay.NIGHT, site.plan.weather)
    horizon = {
        TimeOfDay.DAWN: (0.26, 0.19, 0.25),
        TimeOfDay.DUSK: (0.30, 0.17, 0.16),
    }.get(site.plan.time, (0.085, 0.125, 0.180))
    if site.plan.weather in {Weather.CLEAR, Weather.CLOUDY}:
        night = replace(
            night,
            horizon=horizon,
            zenith=(0.005, 0.011, 0.040),
            cover=0.0 if site.plan.weather is Weather.CLEAR else 0.46,
            mist_per_m=0.0006,
            glow=(0.05, 0.06, 0.09),
        )
    # The moon stands behind the camera and only models the land.
    return replace(
        night,
        disc=0.0,
        sun=_towards(site),
        stars=night.stars * (1.0 if site.plan.weather is Weather.CLEAR else 0.8),
    )


def _towards(site: Site) -> tuple[float, float, float]:
    side = site.side(5)
    return direction(side * 62.0, 24.0)


def _height(site: Site) -> Height:
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        lx, lz = x / 150.0, (z + 190.0) / 181.0
        d = np.sqrt(lx * lx + lz * lz) + 0.14 * noise.fbm(x / 70.0, z / 70.0, 3)
        shore = -3.0 + 4.0 * smoothstep(0.84, 1.10, d)
        banks = np.clip(d - 1.05, 0.0, None) * 12.0 * (1.0 + noise.fbm(x / 100.0, z / 100.0, 3))
        hills = smoothstep(350.0, 1200.0, r) * (40.0 + 120.0 * noise.fbm(x / 620.0 + 5.0, z / 620.0, 4))
        ridges = smoothstep(1400.0, 3000.0, r) * noise.ridged(x / 1900.0 + 2.0, z / 1900.0, 6) * 420.0
        return (shore + banks * smoothstep(20.0, 120.0, r) + np.maximum(hills, 0.0) + ridges).astype(
            np.float32
        )

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(2)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        shade = (1.0 + 0.4 * noise.fbm(x / 12.0, z / 12.0, 4))[..., None]
        return blend(
            np.broadcast_to(_TURF, (*x.shape, 4)) * shade,
            np.broadcast_to(_HILLS, (*x.shape, 4)),
            smoothstep(4.0, 20.0, y + steep),
        )

    return paint


def _parts(site: Site, height: Height, paint: Paint, eye: tuple[float, float, float]) -> list[Part]:
    rng = site.rng(1)
    side = site.side(0)
    tall = [trees.pine(site.seed * 5 + k, sides=16, tiers=8) for k in range(3)]
    small = [trees.pine(site.seed * 5 + k, sides=6, tiers=4) for k in range(4)]
    frame: list[Place] = [
        (side * 8.6, -13.5, 1.25),
        (side * 11.5, -17.0, 1.0),
        (side * 13.8, -15.0, 1.35),
        (-side * 12.5, -13.0, 0.95),
    ]
    turn = rng.uniform(-0.95, 0.95, 900)
    r = np.exp(rng.uniform(np.log(40.0), np.log(620.0), 900))
    x, z = (np.sin(turn) * r).astype(np.float32), (-np.cos(turn) * r).astype(np.float32)
    dry = np.flatnonzero(height(x, z) > _LEVEL_M + 0.9)[:420]
    shore: list[Place] = [(float(x[k]), float(z[k]), float(rng.uniform(0.8, 1.4))) for k in dry]
    sward = grass.Sward(blades=12_000, height_m=0.34, reach_m=(1.1, 22.0), lowest_m=0.3, bare=-0.55)
    snowy = site.snowy
    return [
        Part(
            gather([grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, tall, frame, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(
            gather(plant(rng, small, shore, height, 0.1), snowy=snowy),
            mirrored=True,
            casts=False,
            cell_m=80.0,
        ),
    ]
