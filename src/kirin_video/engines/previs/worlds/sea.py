"""The open sea: swell and glitter, a sailing boat, and a headland with its lighthouse."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.boats import lighthouse, sailing_boat
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Rgb
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Phenomenon, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.site import Site, fitting_fov, gather, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_CLIFF = np.array([0.50, 0.44, 0.37, 0.8], np.float32)
_TURF = np.array([0.38, 0.43, 0.22, 0.8], np.float32)
_EYE_M = 3.2
_SWELLS = {Weather.RAIN: 1.15, Weather.CLOUDY: 1.1, Weather.FOG: 0.6, Weather.SNOW: 0.95}
_HIGH = {
    Phenomenon.STORM: 1.9,
    Phenomenon.HIGH_WAVES: 1.7,
    Phenomenon.WAVES: 1.5,
    Phenomenon.LIGHTNING: 1.6,
}


def build(site: Site) -> Scene:
    """Build the sea."""
    side = site.side(0)
    height = _height(site, side)
    stage = Stage((0.0, _EYE_M, 0.0), (0.0, 2.6, -30.0), fitting_fov(site.aspect, 70.0), _calm)
    points, faces = water_mesh(
        height, 0.0, columns=210, rows=160, nearest_m=0.5, farthest_m=8500.0, all_round=True
    )
    rough = _swell(site)
    return Scene(
        stage=stage,
        light=site.light(),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site), site),
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=320, nearest_m=60.0, farthest_m=2600.0),
            grain=Grain(amount=0.4, scale=2.0),
        ),
        parts=tuple(_parts(site, height, side)),
        water=Water(
            Surface.OCEAN, 0.0, points, faces, *_colors(site), swell=rough, foam=0.55 + 0.4 * (rough > 1.0)
        ),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -60.0),
    )


def _swell(site: Site) -> float:
    """How high the waves are, 1.0 in a fresh breeze: by the weather, higher where waves are asked for."""
    usual = _SWELLS.get(site.plan.weather, 0.9)
    return max([usual, *(_HIGH[p] for p in site.plan.phenomena if p in _HIGH)])


def _calm(_x: float, _z: float) -> float:
    """The eye stays above the swell."""
    return 0.6


def _colors(site: Site) -> tuple[Rgb, Rgb]:
    """The deep and the lit colour of the water."""
    if site.plan.time is TimeOfDay.DAY and site.plan.weather in {Weather.CLEAR, Weather.CLOUDY}:
        return (0.010, 0.085, 0.145), (0.05, 0.34, 0.36)
    return (0.018, 0.070, 0.100), (0.06, 0.24, 0.26)


def _headland(side: float) -> tuple[float, float]:
    """Where the headland's seaward end stands."""
    return side * 210.0, -560.0


def _height(site: Site, side: float) -> Height:
    noise = site.noise(1)
    tip_x, tip_z = _headland(side)

    def height(x: Field, z: Field) -> Field:
        along = (x - tip_x) * side
        # Further from the tip the land is broader and higher.
        across = np.abs(z - tip_z + 0.25 * along) / np.maximum(60.0 + 0.35 * along, 30.0)
        body = smoothstep(-30.0, 60.0, along) * smoothstep(1.0, 0.45, across)
        rough = noise.fbm(x / 70.0, z / 70.0, 5)
        top = 20.0 + 0.085 * np.clip(along, 0.0, 900.0)
        near = body * top * (1.0 + 0.35 * rough) - 6.0
        far = (
            (noise.fbm(x / 900.0 + 4.0, z / 900.0, 4) - 0.02)
            * 260.0
            * smoothstep(1500.0, 2200.0, np.hypot(x, z))
        )
        return np.maximum(near + rough * 4.0 * body, far - 18.0).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(2)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        rocky = smoothstep(0.10, 0.28, steep + 0.1 * noise.fbm(x / 20.0, z / 20.0, 3))
        rocky = np.maximum(rocky, smoothstep(6.0, 2.0, y))
        stone = (
            np.broadcast_to(_CLIFF, (*x.shape, 4)) * (1.0 + 0.25 * noise.fbm(x / 9.0, y / 3.0, 3))[..., None]
        )
        return blend(np.broadcast_to(_TURF, (*x.shape, 4)), stone, rocky)

    return paint


def _parts(site: Site, height: Height, side: float) -> list[Part]:
    rng = site.rng(2)
    tip_x, tip_z = _headland(side)
    x, z = tip_x + side * 42.0, tip_z
    tower = lighthouse().moved((x, sample_height(height, x, z) - 0.6, z), 0.0, 1.5)
    boat = sailing_boat()
    near = boat.moved(
        (-side * rng.uniform(9.0, 15.0), -0.15, -rng.uniform(46.0, 58.0)),
        rng.uniform(-0.5, 0.5) + side * 0.9,
        1.0,
    )
    far = boat.moved(
        (side * rng.uniform(20.0, 60.0), -0.1, -rng.uniform(230.0, 300.0)), rng.uniform(-0.7, 0.7), 1.1
    )
    # Whoever asks for a boat means that one, and nothing may sail through a subject.
    lonely = site.plan.subjects and not all(subject.scenery for subject in site.plan.subjects)
    told = any(subject.kind == "lighthouse" for subject in site.plan.subjects)
    boats = [] if lonely or told or "boat" in site.plan.barred else [near, far]
    towers = [tower] if site.shows("lighthouse") else []
    return [
        Part(gather(things, snowy=site.snowy and things is towers), Finish.HARD, cell_m=40.0)
        for things in (towers, boats)
        if things
    ]
