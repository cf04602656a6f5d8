"""A mountain lake: snow-capped ridges in layers, spruce on the shores, still water that mirrors them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.light import Light, Rgb, direction, light_for
from kirin_video.engines.previs.noise import Field, Noise, blend, smoothstep, where
from kirin_video.engines.previs.plan import Phenomenon, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_LEVEL_M = 0.0
_TREE_LINE_M = 140.0
_NEAR_M, _RANGES_M, _WALL_M = 330.0, 800.0, 2400.0
_KEYS = {
    TimeOfDay.DAWN: (-82.0, 17.0),
    TimeOfDay.DAY: (-66.0, 38.0),
    TimeOfDay.DUSK: (80.0, 15.0),
    TimeOfDay.NIGHT: (62.0, 30.0),
}
"""The key light comes from the side: it draws the ridges, and sets the snow aglow when it is low."""
_TURF = (np.array([0.25, 0.35, 0.15, 0.9], np.float32), np.array([0.36, 0.41, 0.20, 0.9], np.float32))
_FOREST = np.array([0.15, 0.23, 0.15, 0.8], np.float32)
_STONE = (np.array([0.43, 0.41, 0.41, 0.9], np.float32), np.array([0.56, 0.53, 0.50, 0.9], np.float32))
_SNOW = np.array([0.93, 0.95, 0.98, 0.2], np.float32)
_SHINGLE = np.array([0.47, 0.45, 0.41, 1.0], np.float32)


def build(site: Site) -> Scene:
    """Build the mountains."""
    height = _height(site)
    paint = weathered(_paint(site), site)
    stage = site.stage(height, 1.9, (0.0, sample_height(height, 0.0, 0.0) + 4.2, -60.0), 74.0)
    points, faces = water_mesh(
        height, _LEVEL_M, columns=120, rows=90, nearest_m=3.0, farthest_m=900.0, driest_m=1.0, all_round=True
    )
    deep = (0.012, 0.050, 0.065)
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1120, rows=480, farthest_m=6500.0, bands=((350.0, 6500.0, 3.2),)),
            grain=Grain(amount=0.55, scale=5.0),
            wetness=0.2 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye)),
        water=Water(Surface.LAKE, _LEVEL_M, points, faces, deep, (0.06, 0.16, 0.14), swell=0.45, foam=0.0),
        mirror_level_m=_LEVEL_M,
        shadow_radius_m=70.0,
        shadow_center=(0.0, -45.0),
    )


def _light(site: Site) -> Light:
    """The hour's light from the side, high enough to reach the peaks over each other's shoulders."""
    light = site.light(haze=0.40)
    azimuth, elevation = _KEYS[site.plan.time]
    light = replace(light, sun=direction(azimuth, elevation), mist_per_m=light.mist_per_m * 0.6)
    if site.plan.weather is not Weather.FOG:
        return light
    clear = light_for(site.plan.time, Weather.CLEAR)
    if Phenomenon.CLOUDS in site.plan.phenomena:
        # A sea of clouds: the valley is full of them, and the peaks stand in the clear above.
        return replace(clear, sun=light.sun, haze_per_m=0.0006, mist_per_m=0.05, mist_height_m=26.0)
    # The view is long: what would only veil a street would leave nothing of it. Fog lies on the lake and
    # thins upwards; every ridge is a shape of its own, paler than the one before it, in the hour's colour.
    return replace(
        light,
        horizon=_mixed(light.horizon, clear.horizon, 0.45),
        horizon_away=_mixed(light.horizon_away, clear.horizon, 0.3),
        zenith=_mixed(light.zenith, clear.zenith, 0.35),
        glow=_mixed(light.glow, clear.glow, 0.5),
        sun=direction(-24.0, 14.0),
        haze_per_m=0.00042,
        mist_per_m=0.0030,
        mist_height_m=17.0,
        saturation=1.06 * light.saturation,
    )


def _is_veiled(site: Site) -> bool:
    """Whether fog lies over the land, not a sea of clouds below its tops."""
    return site.plan.weather is Weather.FOG and Phenomenon.CLOUDS not in site.plan.phenomena


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    one, two, three = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return one, two, three


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)
    side = site.side(0)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        # The lake: a long basin ahead, its near shore a few metres from the eye.
        lx, lz = (x - side * 14.0) / 100.0, (z + 196.0) / 172.0
        wander = 0.16 * noise.fbm(x / 60.0, z / 60.0, 3)
        basin = smoothstep(0.80, 1.10, np.sqrt(lx * lx + lz * lz) + wander)
        shore = -4.0 + 5.0 * basin + fine.fbm(x / 14.0, z / 14.0, 3) * 0.35 * basin
        shore += 2.7 * smoothstep(25.0, 4.0, r + 2.0 * fine.fbm(x / 9.0, z / 9.0, 2))
        outside = np.clip(np.sqrt(lx * lx + lz * lz) - 1.0, 0.0, None)
        slopes = (
            outside * 21.0 * (0.8 + 0.5 * noise.fbm(x / 120.0, z / 120.0, 3)) * smoothstep(30.0, 160.0, r)
        )
        hills = where(r > _NEAR_M, lambda a, b: 24.0 + 70.0 * noise.fbm(a / 420.0 + 3.0, b / 420.0, 4), x, z)
        ranges = where(r > _RANGES_M, lambda a, b: _ridge(noise, a, b, 1450.0, 6) * 640.0, x, z)
        wall = where(r > _WALL_M, lambda a, b: _ridge(noise, a, b, 2900.0, 4) * 1150.0, x, z)
        ranges *= smoothstep(_RANGES_M, 2300.0, r)
        wall *= smoothstep(_WALL_M, 5000.0, r)
        hills *= smoothstep(_NEAR_M, 800.0, r)
        return (shore + slopes + hills + np.maximum(ranges, wall)).astype(np.float32)

    return height


def _ridge(noise: Noise, x: Field, z: Field, width_m: float, octaves: int) -> Field:
    """A range 0 to 1: one long wall of peaks, cut by valleys."""
    crest = noise.ridged(x / width_m + 11.0 * octaves, z / width_m, octaves, 0.34)
    return np.maximum(crest - np.float32(0.26), 0.0) * np.float32(1.35)


def _paint(site: Site) -> Paint:
    noise = site.noise(3)
    # White tops have no outline in fog: there the ranges are bare, each one a dark shape.
    snow_m = 5000.0 if _is_veiled(site) else 0.0

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        turf = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 18.0, z / 18.0, 4)))
        turf = blend(
            np.broadcast_to(_SHINGLE, turf.shape),
            turf,
            smoothstep(0.12, 0.55, y + 0.5 * noise.fbm(x / 3.0, z / 3.0, 2)),
        )
        rough = noise.fbm(x / 160.0 + 20.0, z / 160.0, 5)
        woods = smoothstep(6.0, 20.0, y) * smoothstep(200.0, 130.0, y + rough * 90.0)
        color = blend(turf, np.broadcast_to(_FOREST, turf.shape) * (1.0 + 0.35 * rough)[..., None], woods)
        bands = np.sin(y * 0.05 + 4.0 * rough).astype(np.float32)
        stone = blend(_STONE[0], _STONE[1], smoothstep(-0.7, 0.8, bands + rough))
        rocky = np.maximum(
            smoothstep(0.24, 0.36, steep + 0.10 * rough), smoothstep(130.0, 210.0, y + rough * 90.0)
        )
        color = blend(color, stone, rocky * smoothstep(4.0, 30.0, y))
        lying = smoothstep(
            235.0 + snow_m, 330.0 + snow_m, y + rough * 130.0 - np.clip(steep - 0.26, 0.0, 1.0) * 900.0
        )
        return blend(color, np.broadcast_to(_SNOW, color.shape), lying)

    return paint


def _parts(site: Site, height: Height, paint: Paint, eye: tuple[float, float, float]) -> list[Part]:
    rng = site.rng(1)
    near = [trees.pine(site.seed * 5 + k, sides=16, tiers=8) for k in range(3)]
    middle = [trees.pine(site.seed * 5 + k, sides=8, tiers=5) for k in range(4)]
    far = [trees.pine(site.seed * 5 + k, sides=4, tiers=3, far=True) for k in range(4)]
    side = site.side(0)
    frame: list[Place] = [
        (-side * 9.2, -15.5, 1.0),
        (-side * 10.5, -19.0, 0.9),
        (side * 12.5, -17.0, 1.0),
        (-side * 13.5, -24.0, 1.2),
    ]
    snowy = site.snowy
    sward = grass.Sward(
        blades=9_000 if snowy else 22_000,
        height_m=0.16 if snowy else 0.30,
        reach_m=(1.1, 26.0),
        lowest_m=_LEVEL_M + 0.35,
        bare=-0.55,
    )
    stones = [rock(rng, (0.8, 0.5, 0.65), (0.47, 0.46, 0.45)) for _ in range(4)]
    beach: list[Place] = [
        (float(rng.uniform(-9.0, 9.0)), -float(rng.uniform(5.0, 14.0)), float(rng.uniform(0.18, 0.8)))
        for _ in range(22)
    ]
    return [
        Part(
            gather([grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, near, frame, height, 0.1), snowy=snowy), mirrored=True, cell_m=16.0),
        Part(
            gather(plant(rng, middle, _forest(rng, height, 300, (30.0, 190.0)), height, 0.1), snowy=snowy),
            mirrored=True,
            cell_m=40.0,
        ),
        Part(
            gather(plant(rng, far, _forest(rng, height, 900, (190.0, 650.0)), height, 0.2), snowy=snowy),
            mirrored=True,
            casts=False,
            cell_m=110.0,
        ),
        Part(
            gather(plant(rng, stones, beach, height, 0.08), snowy=snowy),
            Finish.HARD,
            mirrored=True,
            cell_m=16.0,
        ),
    ]


def _forest(rng: np.random.Generator, height: Height, count: int, reach: tuple[float, float]) -> list[Place]:
    """Trees on dry land outside the view's middle near by, everywhere further away."""
    turn = rng.uniform(-1.05, 1.05, count * 4)
    r = np.exp(rng.uniform(np.log(reach[0]), np.log(reach[1]), count * 4))
    x, z = (np.sin(turn) * r).astype(np.float32), (-np.cos(turn) * r).astype(np.float32)
    y = height(x, z)
    keep = np.flatnonzero((y > 1.0) & (y < _TREE_LINE_M))[:count]
    scale = rng.uniform(0.75, 1.35, len(keep)) * (1.0 + 0.25 * (r[keep] / 300.0))
    return [(float(a), float(b), float(s)) for a, b, s in zip(x[keep], z[keep], scale, strict=True)]
