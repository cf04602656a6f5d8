"""An island: palms, a green hill and white sand in a ring of shallow turquoise water, seen from the sea."""

# ruff: noqa: PLR2004 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds import beach
from kirin_video.engines.previs.worlds.site import Place, Site, fitting_fov, gather, plant, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_SAND = np.array([0.90, 0.83, 0.66, 0.8], np.float32)
_SCRUB = np.array([0.22, 0.36, 0.14, 1.0], np.float32)
_STONE = np.array([0.46, 0.42, 0.37, 0.9], np.float32)
_FAR_M = 118.0


def build(site: Site) -> Scene:
    """Build the island; whoever is on it stands on its beach, and then that is what is seen."""
    if any(not subject.scenery for subject in site.plan.subjects) and not site.open_water:
        return beach.build(site)
    side = site.side(0)
    height = _height(site, side)
    points, faces = water_mesh(
        height,
        0.0,
        shore=lambda x, z: _off(site, side, x, z),
        columns=230,
        rows=190,
        nearest_m=1.0,
        farthest_m=8500.0,
        driest_m=0.5,
        all_round=True,
    )
    bright = site.plan.time is TimeOfDay.DAY and site.plan.weather in {Weather.CLEAR, Weather.CLOUDY}
    deep = (0.014, 0.16, 0.22) if bright else (0.018, 0.080, 0.105)
    shallow = (0.16, 0.62, 0.58) if bright else (0.12, 0.30, 0.30)
    return Scene(
        stage=Stage(
            (0.0, 7.0, 0.0), (side * 5.0, 6.0, -_FAR_M), fitting_fov(site.aspect, 56.0), lambda _x, _z: 0.6
        ),
        light=site.light(turn_deg=18.0 * side),
        sky=Sky(site.seed, cloud_size=1.15, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site), site),
            center=(0.0, 0.0),
            rings=Rings(
                columns=1024, rows=320, nearest_m=30.0, farthest_m=2600.0, bands=((50.0, 200.0, 3.0),)
            ),
            grain=Grain(amount=0.3, scale=1.2),
        ),
        parts=tuple(_parts(site, height, side)),
        water=Water(Surface.SHORE, 0.0, points, faces, deep, shallow, swell=0.5, foam=0.45),
        shadow_radius_m=75.0,
        shadow_center=(side * 4.0, -_FAR_M),
        round_rad=0.4,
    )


def _off(site: Site, side: float, x: Field, z: Field) -> Field:
    """Metres from the island's shore, positive over water."""
    noise = site.noise(1)
    wander = 9.0 * noise.fbm(x / 40.0, z / 40.0, 3)
    far = np.hypot((x - side * 8.0) * 0.62, (z + _FAR_M) * 1.05) - 30.0 + wander
    return far.astype(np.float32)


def _height(site: Site, side: float) -> Height:
    noise = site.noise(2)

    def height(x: Field, z: Field) -> Field:
        off = _off(site, side, x, z)
        sand = np.clip(-0.11 * off, -0.9 - 0.10 * np.clip(off, 0.0, 60.0), 1.4)
        hill = smoothstep(-9.0, -30.0, off) * (17.0 + 9.0 * noise.fbm(x / 22.0, z / 22.0, 4))
        lobe = np.exp(-(((x - side * 22.0) / 22.0) ** 2) - ((z + _FAR_M + 6.0) / 16.0) ** 2)
        far = (
            (noise.fbm(x / 700.0 + 4.0, z / 700.0, 4) - 0.08)
            * 220.0
            * smoothstep(1300.0, 2000.0, np.hypot(x, z))
        )
        return np.maximum(sand + hill * (0.42 + 0.42 * lobe), far - 16.0).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        green = (
            np.broadcast_to(_SCRUB, (*x.shape, 4)) * (1.0 + 0.45 * noise.fbm(x / 5.0, z / 5.0, 4))[..., None]
        )
        color = blend(
            np.broadcast_to(_SAND, green.shape),
            green.astype(np.float32),
            smoothstep(1.3, 2.2, y + 0.8 * noise.fbm(x / 4.0, z / 4.0, 3)),
        )
        return blend(
            color,
            np.broadcast_to(_STONE, color.shape),
            smoothstep(0.42, 0.6, steep) * smoothstep(3.0, 6.0, y),
        )

    return paint


def _parts(site: Site, height: Height, side: float) -> list[Part]:
    rng, snowy = site.rng(1), site.snowy
    palms = [trees.palm(site.seed * 3 + k, height=float(rng.uniform(6.5, 9.5))) for k in range(5)]
    shrubs = [
        trees.bush(site.seed + k, ((0.18, 0.34, 0.12), (0.40, 0.54, 0.18)), detail=0.7) for k in range(3)
    ]
    stones = [rock(rng, (1.2, 0.8, 1.0), (0.44, 0.40, 0.36)) for _ in range(3)]
    x = (side * 8.0 + rng.uniform(-58.0, 58.0, 900)).astype(np.float32)
    z = (-_FAR_M + rng.uniform(-38.0, 36.0, 900)).astype(np.float32)
    off, y = _off(site, side, x, z), height(x, z)

    def where(keep: NDArray[np.bool_], count: int, low: float, high: float) -> list[Place]:
        return [
            (float(x[k]), float(z[k]), float(rng.uniform(low, high))) for k in np.flatnonzero(keep)[:count]
        ]

    crowns = where((off < -6.0) & (off > -24.0), 60, 0.9, 1.3)
    inner = where((off < -16.0) & (y > 2.0), 130, 1.2, 3.0)
    edge = where((off > -2.5) & (off < 4.0), 16, 0.8, 2.2)
    return [
        *(
            [Part(gather(plant(rng, palms, crowns, height, 0.1), snowy=snowy), cell_m=24.0)]
            if site.shows("palm")
            else ()
        ),
        Part(gather(plant(rng, shrubs, inner, height, 0.2), snowy=snowy), cell_m=24.0),
        Part(gather(plant(rng, stones, edge, height, 0.3), snowy=snowy), Finish.HARD, cell_m=24.0),
    ]
