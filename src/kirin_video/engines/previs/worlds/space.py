"""Outer space: stars all around, the milky way, a planet with its thin air, its moon, and tumbled rocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Noise
from kirin_video.engines.previs.plan import Place, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color, as_mesh, icosphere, rock
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_SUNS = {
    TimeOfDay.DAWN: (-100.0, 10.0),
    TimeOfDay.DAY: (-112.0, 26.0),
    TimeOfDay.DUSK: (104.0, 12.0),
    TimeOfDay.NIGHT: (-62.0, 14.0),
}
"""By night the planet shows its dark side, and a crescent."""
_BANDS = np.array(
    [
        [0.62, 0.48, 0.34],
        [0.84, 0.68, 0.46],
        [0.92, 0.80, 0.60],
        [0.74, 0.54, 0.36],
        [0.94, 0.86, 0.70],
        [0.86, 0.66, 0.44],
        [0.95, 0.88, 0.72],
        [0.70, 0.50, 0.34],
        [0.90, 0.76, 0.54],
        [0.66, 0.50, 0.38],
    ]
)
"""The colours of a gas giant from pole to pole."""
_FAR_M = 620.0


def build(site: Site) -> Scene:
    """Build a place in orbit."""
    side = site.side(0)
    return Scene(
        stage=Stage((0.0, 1.5, 0.0), (0.0, 2.6, -14.0), fitting_fov(site.aspect, 66.0), _nothing, 0.1),
        light=_light(site),
        sky=Sky(
            site.seed, milky_way=0.55, nebula=1.0 if site.plan.place is Place.NEBULA else 0.0, whole=True
        ),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=() if site.plan.place is Place.NEBULA else _bodies(site, side),
        roughness=0.12,
        shadow_radius_m=60.0,
        shadow_center=(0.0, -40.0),
    )


def _bodies(site: Site, side: float) -> tuple[Part, ...]:
    """A planet, its moon and tumbled rocks."""
    if site.plan.place is Place.RINGED_PLANET:
        return (
            Part(ringed(site, np.array([side * 150.0, 60.0, -_FAR_M]), 150.0, side), casts=False, cell_m=0.0),
        )
    middle = np.array([side * 205.0, 52.0, -_FAR_M])
    return (
        Part(merge([planet(site, middle, 168.0), *air_round(middle, 168.0)]), casts=False, cell_m=0.0),
        Part(_moon(site, np.array([-side * 170.0, 96.0, -560.0]), 26.0), casts=False, cell_m=0.0),
        Part(merge(_rocks(site, side)), Finish.HARD, cell_m=0.0),
    )


def _nothing(_x: float, _z: float) -> float:
    """There is no ground; where bodies would stand is a metre below the camera."""
    return 0.0


def _light(site: Site) -> Light:
    """One hard sun and almost nothing else."""
    dark = (0.006, 0.008, 0.016)
    azimuth, elevation = _SUNS[site.plan.time]
    light = Light(
        sun=direction(azimuth, elevation), sun_color=(2.7, 2.5, 2.25), horizon=dark, horizon_away=dark,
        zenith=(0.005, 0.006, 0.014), glow=(0.05, 0.05, 0.06), bounce=(0.030, 0.045, 0.075), disc=0.0,
        disc_radius_rad=0.012, haze_per_m=0.0, mist_per_m=0.0, mist_height_m=5.0, cover=0.0, cloud_lit=dark,
        cloud_shade=dark, stars=2.2, lamps=0.6, exposure=0.92, saturation=1.08, wind=0.0,
    )  # fmt: skip
    return replace(light, exposure=0.8) if site.dark else light


def _sphere(middle: NDArray[np.float64], radius: float, level: int, paint: NDArray[np.float64]) -> Mesh:
    points, faces = icosphere(level)
    return as_mesh(points * radius + middle, points, paint, faces)


def planet(site: Site, middle: NDArray[np.float64], radius: float) -> Mesh:
    """Seas, lands, ice and clouds, and blue air towards the rim."""
    points, _ = icosphere(6)
    n = site.noise(1)

    def field(scale: float, octaves: int, off: float) -> NDArray[np.float64]:
        x, y, z = (points * scale).T
        return np.asarray(n.fbm(x + 0.6 * z + off, y - 0.7 * z + off, octaves), float)

    land = np.clip((field(1.9, 6, 3.0) + 0.02) / 0.06, 0.0, 1.0)[:, None]
    dry = np.clip(field(3.1, 4, 11.0) * 2.0 + 0.5, 0.0, 1.0)[:, None]
    sea = np.array([0.10, 0.26, 0.46]) * (1.0 + 0.25 * field(6.0, 3, 5.0))[:, None]
    green = np.array([0.28, 0.42, 0.20]) * (1.0 - dry) + np.array([0.66, 0.52, 0.32]) * dry
    color = sea * (1.0 - land) + green * land
    ice = np.clip((np.abs(points[:, 1]) + 0.10 * field(4.0, 4, 9.0) - 0.80) / 0.06, 0.0, 1.0)[:, None]
    color = color * (1.0 - ice) + np.array([0.92, 0.95, 0.98]) * ice
    swirl = field(2.6, 5, 21.0) + 0.45 * field(7.0, 4, 31.0)
    clouds = np.clip((swirl - 0.02) / 0.30, 0.0, 1.0)[:, None] * 0.92
    color = color * (1.0 - clouds) + np.array([0.97, 0.97, 0.98]) * clouds
    towards = -middle / np.linalg.norm(middle)
    rim = np.clip(1.0 - points @ towards, 0.0, 1.0)[:, None] ** 3 * 0.75
    return _sphere(middle, radius, 6, color * (1.0 - rim) + np.array([0.52, 0.74, 0.98]) * rim)


def ringed(site: Site, middle: NDArray[np.float64], radius: float, side: float) -> Mesh:
    """A giant of banded gas and its rings, tilted towards the viewer; the ball's shadow lies across them."""
    points, _ = icosphere(6)
    tilt = _turned_about(side * 0.42, 0.30)
    own = points.astype(float) @ tilt
    n = site.noise(1)
    x, z = (own[:, [0, 2]] * 2.0).T
    swirl = 0.05 * np.asarray(n.fbm(x * 2.0 + 0.5 * z, own[:, 1] * 9.0 - z, 4), float)
    at = np.clip((own[:, 1] + swirl) * 0.5 + 0.5, 0.0, 0.999) * (len(_BANDS) - 1)
    low = at.astype(int)
    share = (at - low)[:, None]
    color = _BANDS[low] * (1.0 - share) + _BANDS[low + 1] * share
    fine = 1.0 + 0.07 * np.sin(60.0 * (own[:, 1] + swirl))[:, None]
    return merge(
        [_sphere(middle, radius, 6, np.clip(color * fine, 0.0, 1.0)), _rings(site, middle, radius, tilt)]
    )


def _rings(site: Site, middle: NDArray[np.float64], radius: float, tilt: NDArray[np.float64]) -> Mesh:
    rng = site.rng(11)
    a, r = np.meshgrid(np.linspace(0.0, 2.0 * np.pi, 193), np.linspace(1.28, 2.25, 49))
    flat = np.stack([np.cos(a) * r, np.zeros_like(a), np.sin(a) * r], -1).reshape(-1, 3)
    points = flat @ tilt.T
    bright = np.clip(0.62 + 0.30 * rng.normal(size=49).cumsum() / 4.0, 0.22, 1.0)
    bright[(r[:, 0] > 1.74) & (r[:, 0] < 1.82)] = 0.03  # noqa: PLR2004 -- the gap in them
    sun = np.array(_light(site).sun)
    along = points @ sun
    off = np.linalg.norm(points - along[:, None] * sun, axis=1)
    shade = np.where((along < 0.0) & (off < 1.0), 0.10, 1.0)
    tone = np.repeat(bright, 193)[:, None] * np.array([0.92, 0.82, 0.66]) * shade[:, None]
    i = np.arange(flat.shape[0]).reshape(49, 193)
    b, c, d, e = i[:-1, :-1], i[:-1, 1:], i[1:, :-1], i[1:, 1:]
    faces = np.concatenate([np.stack([b, c, d], -1).reshape(-1, 3), np.stack([c, e, d], -1).reshape(-1, 3)])
    # Rings of dust are lit from whichever side one sees them.
    normals = np.tile(sun + np.array([0.0, 0.0, 0.4]), (len(points), 1))
    return as_mesh(points * radius + middle, normals, tone, np.concatenate([faces, faces[:, ::-1]]))


def _turned_about(roll: float, pitch: float) -> NDArray[np.float64]:
    """A turn about the line of sight, then towards the viewer."""
    c, s, d, e = np.cos(roll), np.sin(roll), np.cos(pitch), np.sin(pitch)
    lean = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    nod = np.array([[1.0, 0.0, 0.0], [0.0, d, -e], [0.0, e, d]])
    return np.asarray(lean @ nod, float)


def air_round(middle: NDArray[np.float64], radius: float) -> list[Mesh]:
    """A thin bright ring round the planet as the camera sees it."""
    away = middle / np.linalg.norm(middle)
    side = np.cross(away, [0.0, 1.0, 0.0])
    side /= np.linalg.norm(side)
    up = np.cross(side, away)
    a = np.linspace(0.0, 2.0 * np.pi, 193)
    rim = np.cos(a)[:, None] * side + np.sin(a)[:, None] * up
    seen = radius / np.sqrt(1.0 - (radius / np.linalg.norm(middle)) ** 2)
    rings: list[Mesh] = []
    tones: list[Color] = [(0.50, 0.74, 1.0), (0.30, 0.50, 0.80), (0.16, 0.28, 0.50), (0.08, 0.13, 0.26)]
    for k, tone in enumerate(tones):
        points = (
            np.concatenate([rim * seen * (0.98 + 0.010 * k), rim * seen * (1.006 + 0.010 * k)])
            + middle
            + away * radius * (0.072 + 0.012 * k)
        )
        i = np.arange(192)
        faces = np.concatenate([np.stack([i, i + 193, i + 1], 1), np.stack([i + 1, i + 193, i + 194], 1)])
        rings.append(as_mesh(points, np.tile(rim, (2, 1)), tone, faces))
    return rings


def _moon(site: Site, middle: NDArray[np.float64], radius: float) -> Mesh:
    points, _ = icosphere(5)
    n: Noise = site.noise(2)
    x, y, z = (points * 3.0).T
    grey = 0.56 + 0.22 * np.asarray(n.fbm(x + 0.5 * z, y - 0.8 * z, 5), float)
    return _sphere(middle, radius, 5, np.clip(grey, 0.2, 0.9)[:, None] * np.array([1.0, 0.97, 0.92]))


def _rocks(site: Site, side: float) -> list[Mesh]:
    """Asteroids: a few near by that frame the view, a belt of small ones beyond."""
    rng = site.rng(3)
    kinds = [rock(rng, (1.0, 0.72, 0.85), (0.42, 0.38, 0.34)) for _ in range(4)]
    small = [rock(rng, (1.0, 0.72, 0.85), (0.44, 0.40, 0.36), level=2) for _ in range(4)]
    near = [
        (-side * 6.2, 0.0, -13.0, 1.15),
        (-side * 9.5, 5.4, -22.0, 1.6),
        (side * 8.8, -3.4, -18.0, 1.3),
        (-side * 4.2, -3.4, -17.0, 0.7),
    ]
    placed = [
        kinds[k].moved((x, y, z), float(rng.uniform(0, 6.28)), s) for k, (x, y, z, s) in enumerate(near)
    ]
    for k in range(60):
        along, far = float(rng.uniform(-90.0, 90.0)), float(rng.uniform(50.0, 120.0))
        y = 0.16 * side * along * -1.0 + float(rng.normal()) * 3.5 - 6.0
        placed.append(
            small[k % 4].moved((along, y, -far), float(rng.uniform(0, 6.28)), float(rng.uniform(0.25, 1.3)))
        )
    return placed
