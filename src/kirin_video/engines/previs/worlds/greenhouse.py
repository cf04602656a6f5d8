"""A greenhouse: a hall of glass on white ribs, a path between beds and benches full of plants."""

# ruff: noqa: PLR2004 - a greenhouse is made of measures
from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import Point, Rgb, ball, rod, shaded, turned
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.light import Rgb as Linear
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.worlds.park import BEDDING
from kirin_video.engines.previs.worlds.site import Place, Site, gather

_HALF_M, _EAVES_M, _RIDGE_M = 5.4, 3.1, 5.6
_NEAR_Z, _FAR_Z, _STEP_M = 8.0, -24.0, 2.0
_PATH_M = 1.25
_WHITE: Rgb = (0.90, 0.92, 0.90)
_BRICK: Rgb = (0.60, 0.40, 0.32)
_TILE: Rgb = (0.64, 0.58, 0.50)
_SOIL: Rgb = (0.24, 0.17, 0.12)
_CLAY: Rgb = (0.70, 0.38, 0.25)
_WOOD: Rgb = (0.56, 0.42, 0.28)
_GREENS: tuple[tuple[Rgb, Rgb], ...] = (
    ((0.10, 0.30, 0.10), (0.30, 0.54, 0.18)),
    ((0.16, 0.38, 0.16), (0.46, 0.62, 0.24)),
    ((0.12, 0.34, 0.22), (0.30, 0.58, 0.36)),
)
_OUTSIDE = ((0.20, 0.34, 0.12), (0.42, 0.52, 0.20))
_BULB: Linear = (0.95, 0.70, 0.40)
_LAMPS_Z = (1.0, -7.0, -15.0)


def build(site: Site) -> Scene:
    """Build the hall, what grows in it, and a lawn with trees outside."""
    light = _under_glass(site)
    lit = light.lamps > 0.3
    stage = site.stage(_level, 1.55, (0.0, 1.75, -12.0), 72.0)
    lamps = tuple(Lamp((0.0, _EAVES_M + 0.3, z), _BULB, 4.0) for z in _LAMPS_Z) if lit else ()
    return Scene(
        stage=stage,
        light=light,
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.3),
        # It rains and snows outside only.
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(_floor(site), Finish.HARD, casts=False, cell_m=0.0),
            Part(merge([*_ribs(), *_benches(site), *_bulbs(lit=lit)]), Finish.HARD, cell_m=12.0),
            Part(merge(_plants(site)), cell_m=8.0),
            Part(_flowers(site), casts=False, cell_m=8.0),
            Part(_lawn(site), casts=False, cell_m=0.0),
        ),
        lamps=lamps,
        shadow_radius_m=18.0,
        shadow_center=(0.0, -6.0),
        round_rad=0.3,
    )


def _level(x: Field, _z: Field) -> Field:
    return np.zeros_like(x)


def _under_glass(site: Site) -> Light:
    """Daylight through panes: softer, with moist air that brightens towards the far end."""
    light = site.light(turn_deg=30.0 * site.side(0))
    return replace(light, haze_per_m=max(light.haze_per_m, 0.006), wind=0.15 * light.wind)


def _floor(site: Site) -> Mesh:
    """Tiles along the middle, beds of soil with a brick edge on both sides."""
    rng, clay = site.rng(2), Clay()
    step, columns = 0.62, 4
    for z in np.arange(_NEAR_Z, _FAR_Z, -step).tolist():
        for k in range(columns):
            x0 = -_PATH_M + 2.0 * _PATH_M * k / columns
            tone = shaded(_TILE, float(rng.uniform(0.86, 1.08)))
            x1 = x0 + 2.0 * _PATH_M / columns
            clay.box((x0 + 0.01, -0.02, z - step + 0.01), (x1 - 0.01, 0.0, z), tone, faces="Y")
    clay.box((-_HALF_M, -0.12, _FAR_Z), (_HALF_M, -0.03, _NEAR_Z), shaded(_TILE, 0.6), faces="Y")
    for side in (-1.0, 1.0):
        a, b = sorted((side * _PATH_M, side * (_PATH_M + 0.16)))
        clay.box((a, -0.05, _FAR_Z), (b, 0.24, _NEAR_Z), _BRICK)
        a, b = sorted((side * (_PATH_M + 0.16), side * _HALF_M))
        clay.box((a, -0.05, _FAR_Z), (b, 0.20, _NEAR_Z), _SOIL, faces="Y")
        a, b = sorted((side * (_HALF_M - 0.12), side * (_HALF_M + 0.12)))
        clay.box((a, 0.0, _FAR_Z), (b, 0.75, _NEAR_Z), _BRICK)
    clay.box((-_HALF_M, 0.0, _FAR_Z - 0.2), (_HALF_M, 0.75, _FAR_Z), _BRICK)
    return clay.mesh()


def _roof_y(x: float) -> float:
    """How high the glass is over a place: two slopes that round off to the eaves."""
    share = 1.0 - abs(x) / _HALF_M
    return _EAVES_M + (_RIDGE_M - _EAVES_M) * math.sin(0.5 * math.pi * min(share * 1.05, 1.0))


def _ribs() -> list[Mesh]:
    """White ribs over the hall, rails along it, and glazing bars at the far end round a door."""
    parts: list[Mesh] = []
    line = [-_HALF_M + _HALF_M * k / 6.0 for k in range(13)]
    for z in np.arange(_NEAR_Z, _FAR_Z - 0.1, -_STEP_M).tolist():
        arch: list[Point] = [(-_HALF_M, 0.7, z), *((x, _roof_y(x), z) for x in line), (_HALF_M, 0.7, z)]
        parts += [rod(a, b, 0.05, _WHITE, sides=5) for a, b in pairwise(arch)]
    for x in (*line[::2], -_HALF_M - 0.001, _HALF_M + 0.001):
        y = _roof_y(min(max(x, -_HALF_M), _HALF_M))
        parts.append(rod((x, y, _FAR_Z), (x, y, _NEAR_Z), 0.035, _WHITE, sides=4))
    for side in (-1.0, 1.0):
        for y in (0.78, 1.9):
            parts.append(
                rod((side * _HALF_M, y, _FAR_Z), (side * _HALF_M, y, _NEAR_Z), 0.03, _WHITE, sides=4)
            )
    for x in line[1:-1]:
        foot = 0.75 if abs(x) > 1.0 else 2.5
        parts.append(rod((x, foot, _FAR_Z), (x, _roof_y(x), _FAR_Z), 0.03, _WHITE, sides=4))
    for y in (0.75, 2.5, 3.6):
        parts.append(rod((-_HALF_M, y, _FAR_Z), (_HALF_M, y, _FAR_Z), 0.03, _WHITE, sides=4))
    parts += [rod((x, 0.0, _FAR_Z), (x, 2.5, _FAR_Z), 0.05, _WHITE, sides=4) for x in (-1.0, 0.0, 1.0)]
    return parts


def _benches(site: Site) -> list[Mesh]:
    """Slatted benches before the beds, with pots on them, and pots that hang from the ribs."""
    rng, parts = site.rng(3), list[Mesh]()
    for side, z in ((-1.0, -2.4), (1.0, -5.4), (-1.0, -10.4), (1.0, -13.4)):
        clay, x = Clay(), side * (_PATH_M + 0.75)
        for k in range(4):
            clay.box((x - 0.5 + 0.26 * k, 0.78, z - 1.4), (x - 0.5 + 0.26 * k + 0.2, 0.83, z + 1.4), _WOOD)
        for dz in (-1.25, 1.25):
            clay.box((x - 0.45, 0.1, z + dz - 0.04), (x - 0.37, 0.78, z + dz + 0.04), _WOOD)
            clay.box((x + 0.37, 0.1, z + dz - 0.04), (x + 0.45, 0.78, z + dz + 0.04), _WOOD)
        parts.append(clay.mesh())
        for k in range(6):
            at = (x + 0.22 * (1 if k % 2 else -1), 0.83, z - 1.15 + 0.46 * k)
            parts.append(_pot().moved(at, 0.0, float(rng.uniform(0.85, 1.15))))
    for x, y, z in _baskets():
        parts += [
            _pot().moved((x, y, z), 0.0, 1.3),
            rod((x, y + 0.2, z), (x, _roof_y(x), z), 0.01, _SOIL, sides=3),
        ]
    return parts


def _baskets() -> list[Point]:
    """Where pots hang."""
    return [((-1.0 if k % 2 else 1.0) * 1.9, 2.55, -1.0 - 3.0 * k) for k in range(6)]


def _pot() -> Mesh:
    """A clay pot with soil in it."""
    line = [(0.09, 0.0), (0.13, 0.2), (0.155, 0.2), (0.155, 0.26), (0.12, 0.26), (0.0, 0.25)]
    return turned(line, _CLAY, sides=12)


def _bulbs(*, lit: bool) -> list[Mesh]:
    """Round lamps under the ridge."""
    parts: list[Mesh] = []
    for z in _LAMPS_Z:
        parts += [
            rod((0.0, _EAVES_M + 0.5, z), (0.0, _RIDGE_M, z), 0.012, _SOIL, sides=3),
            ball((0.0, _EAVES_M + 0.3, z), (0.17, 0.17, 0.17), (1.0, 0.88, 0.66), detail=2, glow=0.8 * lit),
        ]
    return parts


def _plants(site: Site) -> list[Mesh]:
    """Palms and shrubs in the beds, low ones before tall ones; small ones in the pots."""
    rng, parts = site.rng(4), list[Mesh]()
    bushes = [trees.bush(site.seed + k, _GREENS[k % 3], detail=0.8) for k in range(6)]
    palms = [trees.palm(site.seed * 3 + k, height=2.6 + 0.5 * k) for k in range(3)]
    k = 0
    for z in np.arange(4.5, _FAR_Z + 1.0, -1.35).tolist():
        for side in (-1.0, 1.0):
            low = side * float(rng.uniform(1.9, 2.5))
            tall = side * float(rng.uniform(3.5, 4.7))
            parts.append(
                bushes[k % 6].moved(
                    (low, 0.15, z), float(rng.uniform(0.0, 6.0)), float(rng.uniform(0.42, 0.62))
                )
            )
            if k % 3 == 0:
                parts.append(palms[(k // 3) % 3].moved((tall, 0.15, z), float(rng.uniform(0.0, 6.0)), 0.85))
            else:
                parts.append(
                    bushes[(k + 2) % 6].moved((tall, 0.15, z), float(k), float(rng.uniform(0.9, 1.35)))
                )
            k += 1
    small = [trees.bush(site.seed + 20 + n, _GREENS[n % 3], detail=0.4) for n in range(3)]
    for side, z in ((-1.0, -2.4), (1.0, -5.4), (-1.0, -10.4), (1.0, -13.4)):
        x = side * (_PATH_M + 0.75)
        parts += [
            small[n % 3].moved((x + 0.22 * (1 if n % 2 else -1), 1.02, z - 1.15 + 0.46 * n), float(n), 0.2)
            for n in range(6)
        ]
    parts += [small[n % 3].moved((x, y + 0.18, z), float(n), 0.34) for n, (x, y, z) in enumerate(_baskets())]
    return parts


def _flowers(site: Site) -> Mesh:
    """Blooms along both edges of the path."""

    def on_soil(x: Field, _z: Field) -> Field:
        return np.full_like(x, 0.2)

    beds: list[Mesh] = []
    for k, z in enumerate(np.arange(2.5, -14.0, -1.5).tolist()):
        for side in (-1.0, 1.0):
            at = (side * (_PATH_M + 0.62), 0.0, z)
            beds.append(
                grass.flowers(
                    site.seed + 11 * k, (*BEDDING, grass.LUPIN)[k % 3 :], 14, at, on_soil, reach=(0.05, 0.40),
                    spread=math.pi, stem_m=0.30,
                )
            )  # fmt: skip
    return merge(beds)


def _lawn(site: Site) -> Mesh:
    """What the panes show."""
    rng, clay = site.rng(5), Clay()
    green = (0.33, 0.46, 0.18)
    clay.quad(
        ((-160.0, -0.2, 60.0), (160.0, -0.2, 60.0), (160.0, -0.2, -200.0), (-160.0, -0.2, -200.0)), green
    )
    kinds = [trees.broadleaf(site.seed * 7 + k, detail=0.18, colors=_OUTSIDE) for k in range(3)]
    spots: list[Place] = [
        (side * float(rng.uniform(11.0, 40.0)), float(rng.uniform(-60.0, 10.0)), float(rng.uniform(0.8, 1.2)))
        for side in (-1.0, 1.0)
        for _ in range(14)
    ]
    spots += [(float(rng.uniform(-30.0, 30.0)), float(rng.uniform(-75.0, -42.0)), 1.0) for _ in range(12)]
    outside = [kinds[k % 3].moved((x, -0.25, z), float(k), s) for k, (x, z, s) in enumerate(spots)]
    return gather([clay.mesh(), *outside], snowy=site.snowy)
