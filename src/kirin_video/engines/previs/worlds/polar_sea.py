"""A polar sea: floes on dark water, icebergs and a glacier's front behind them, no tree anywhere."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.icebergs import BLUE, SNOW, frozen, iceberg
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, Noise, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import as_mesh, vertex_normals
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.site import Site, fitting_fov
from kirin_video.engines.previs.worlds.snowfield import light_of
from kirin_video.engines.previs.worlds.surface import water_mesh

_ICE_M = 0.45
"""How high a floe's top is over the water."""
_HALF_M, _DEEP_M, _MIDDLE_M = 5.6, 5.0, -6.4
"""The floe that is stood on: half its width and depth, and where its middle is along z."""
_WHITE = np.array([0.92, 0.945, 0.98, 0.3], np.float32)
_SHADE = np.array([0.80, 0.87, 0.94, 0.3], np.float32)
_EDGE = np.array([0.50, 0.74, 0.82, 0.1], np.float32)
_BED_M = -9.0


def build(site: Site) -> Scene:
    """Build the sea and its ice."""
    height = _height(site)

    def firm(x: float, z: float) -> float:
        """The ice; where it ends, the water's surface."""
        return max(sample_height(height, x, z), 0.05)

    points, faces = water_mesh(
        height, 0.0, columns=200, rows=150, nearest_m=0.5, farthest_m=8500.0, all_round=True
    )
    return Scene(
        stage=Stage((0.0, _ICE_M + 1.5, 0.0), (0.0, 1.5, -24.0), fitting_fov(site.aspect, 70.0), firm),
        light=light_of(site),
        sky=Sky(site.seed, cloud_size=1.3, streaks=0.7, milky_way=0.4 * site.dark),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=420, farthest_m=400.0, bands=((0.5, 26.0, 1.2),)),
            grain=Grain(amount=0.10, scale=9.0, ripple=0.03, ripple_per_m=0.9),
            wetness=0.12,
            stride=3,
        ),
        parts=tuple(_parts(site)),
        water=Water(
            Surface.LAKE, 0.0, points, faces, (0.010, 0.060, 0.085), (0.05, 0.22, 0.26), swell=0.7, foam=0.0
        ),
        mirror_level_m=0.0,
        shadow_radius_m=60.0,
        shadow_center=(0.0, -30.0),
    )


def _height(site: Site) -> Height:
    noise = site.noise(2)
    half = _HALF_M + 1.6 * site.spare_m + site.roam_m

    def height(x: Field, z: Field) -> Field:
        # It goes on behind whoever looks.
        deep = np.where(z > _MIDDLE_M, 3.0 * _DEEP_M, _DEEP_M)
        around = np.sqrt((x / half) ** 2 + ((z - _MIDDLE_M) / deep) ** 2)
        edge = around + 0.20 * noise.fbm(x / 5.0, z / 5.0, 3)
        on = smoothstep(1.02, 0.98, edge)
        drifts = 0.16 * noise.fbm(x / 5.5, z / 2.6, 3) + 0.10 * np.abs(noise.fbm(x / 8.0, z / 4.0, 2))
        return (_BED_M + (_ICE_M - _BED_M + drifts * smoothstep(1.0, 0.7, edge)) * on).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(_SHADE, _WHITE, smoothstep(-0.4, 0.4, noise.fbm(x / 7.0, z / 3.0, 4)))
        side = np.maximum(smoothstep(0.28, 0.10, y), smoothstep(0.3, 0.6, steep))
        return blend(color, np.broadcast_to(_EDGE, color.shape), 0.9 * side)

    return paint


def _parts(site: Site) -> list[Part]:
    rng, noise = site.rng(1), site.noise(6)
    floes = [
        _floe(rng, x, z, size) for x, z, size in _spread(rng, _HALF_M + 1.6 * site.spare_m + site.roam_m)
    ]
    bergs = [iceberg(rng, noise, size).moved((x, 0.0, z)) for (x, z), size in _bergs(rng, site.side(0))]
    return [
        Part(merge(floes), Finish.HARD, casts=False, mirrored=True, cell_m=60.0),
        Part(
            merge([*bergs, _front(noise, -site.side(0))]),
            Finish.HARD,
            casts=False,
            mirrored=True,
            cell_m=200.0,
        ),
    ]


def _spread(rng: np.random.Generator, half_m: float) -> list[tuple[float, float, float]]:
    """Where floes drift, x, z and radius: apart from each other and from the one that is stood on."""
    found: list[tuple[float, float, float]] = []
    for _ in range(1600):
        far = far_off(rng, (9.0, 420.0))
        a = float(rng.uniform(-math.pi, math.pi))
        x, z = far * math.sin(a), -far * math.cos(a)
        size = float(rng.uniform(0.05, 0.13)) * far + float(rng.uniform(0.3, 1.2))
        if ((x / (half_m + size + 1.0)) ** 2 + ((z - _MIDDLE_M) / (_DEEP_M + size + 1.0)) ** 2) < 1.5:  # noqa: PLR2004
            continue
        if all(np.hypot(x - u, z - w) > 1.08 * (size + s) for u, w, s in found):
            found.append((x, z, size))
    return found


def _floe(rng: np.random.Generator, x: float, z: float, size: float) -> Mesh:
    """A plate of ice with corners: white above, blue at its sides."""
    sides = int(rng.integers(7, 12))
    even = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)
    a = 0.35 * np.sort(rng.uniform(0.0, 2.0 * np.pi, sides)) + 0.65 * even
    r = size * rng.uniform(0.82, 1.1, sides)
    high = float(rng.uniform(0.22, 0.5)) + 0.006 * size

    def ring(share: float, y: float) -> NDArray[np.float64]:
        return np.stack([x + share * r * np.cos(a), np.full(sides, y), z - share * r * np.sin(a)], 1)

    low, brim, top = ring(1.0, -0.4), ring(1.0, 0.55 * high), ring(0.95, high)
    hub = np.array([[x, high + 0.02 * size**0.5, z]])
    # The top's rim is there twice: snow does not shade off into the side.
    points = np.concatenate([low, brim, brim, top, top, hub])
    k = np.arange(sides)
    n = np.roll(k, -1)
    bands = [
        np.concatenate([np.stack([k, n, k + sides], 1), np.stack([n, n + sides, k + sides], 1)]) + first
        for first in (0, 2 * sides)
    ]
    fan = np.stack([k + 4 * sides, n + 4 * sides, np.full(sides, 5 * sides)], 1)
    faces = np.concatenate([*bands, fan]).astype(np.int64)
    tones = np.array([BLUE, (0.66, 0.84, 0.91), (0.66, 0.84, 0.91), (0.74, 0.88, 0.94), SNOW])
    paint = np.concatenate([np.repeat(tones, sides, 0), np.array([SNOW])])
    return as_mesh(points, vertex_normals(points, faces), paint, faces)


def _bergs(rng: np.random.Generator, side: float) -> list[tuple[tuple[float, float], float]]:
    """Where icebergs stand, and how large: one near to the side, others as far as the eye goes."""
    found = [((side * 34.0, -92.0), 15.0), ((-side * 62.0, -150.0), 19.0), ((side * 8.0, -260.0), 22.0)]
    for _ in range(24):
        far, a = far_off(rng, (240.0, 1500.0)), float(rng.uniform(-math.pi, math.pi))
        found.append(((far * math.sin(a), -far * math.cos(a)), 0.06 * far * float(rng.uniform(0.5, 1.2))))
    return found


def _front(noise: Noise, side: float) -> Mesh:
    """Where a glacier ends in the sea: a long wall of ice, furrowed from top to bottom."""
    columns, rows = 150, 12
    s, t = np.meshgrid(np.linspace(0.0, 1.0, columns), np.linspace(0.0, 1.0, rows))
    x = side * (90.0 + 900.0 * s)
    z = (
        -520.0
        + 90.0 * noise.fbm(s * 3.0, s * 0.0 + 4.0, 3)
        + 16.0 * noise.ridged(s * 46.0, t * 0.6, 3)
        - 60.0 * np.clip(t - 0.8, 0.0, 1.0) * 5.0
    )
    high = (40.0 + 16.0 * noise.fbm(s * 9.0, s * 0.0, 3)) * smoothstep(0.0, 0.05, s)
    y = np.minimum(t / 0.8, 1.0) * high + 26.0 * np.clip(t - 0.8, 0.0, 1.0) - 1.0
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    at = np.arange(rows * columns).reshape(rows, columns)
    p, q, u, v = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([p, q, u], -1).reshape(-1, 3), np.stack([q, v, u], -1).reshape(-1, 3)])
    return frozen(points, faces if side > 0.0 else faces[:, ::-1], noise, 3.0)
