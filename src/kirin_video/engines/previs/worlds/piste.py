"""A ski slope: groomed snow that falls away between firs, gates, a chairlift, white peaks beyond."""

# ruff: noqa: PLR2004 - a slope is made of measures
from __future__ import annotations

from itertools import pairwise

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.solids import Rgb, rod, shaded
from kirin_video.engines.previs.cottages import cottage, cottage_of
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import whitened
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds import snowfield
from kirin_video.engines.previs.worlds.site import Place, Site, plant

_SNOW = (np.array([0.86, 0.90, 0.96, 0.4], np.float32), np.array([0.95, 0.965, 0.985, 0.4], np.float32))
_STONE = np.array([0.42, 0.43, 0.48, 0.8], np.float32)
_FIRS = np.array([0.30, 0.37, 0.38, 0.8], np.float32)
_HALF_M, _FALL = 13.0, 0.17
_STEEL: Rgb = (0.40, 0.43, 0.46)
_RED: Rgb = (0.84, 0.12, 0.10)
_BLUE: Rgb = (0.12, 0.30, 0.74)
_LIFT_X = 19.0


def build(site: Site) -> Scene:
    """Build the slope; the seed decides on which side the lift runs."""
    side = site.side(0)
    height = _height(site, side)
    stage = site.stage(height, 2.0, (side * 2.0, sample_height(height, 0.0, -30.0) + 1.6, -30.0), 74.0)
    return Scene(
        stage=stage,
        light=snowfield.light_of(site),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.5),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site, side),
            center=(0.0, 0.0),
            rings=Rings(
                columns=1152, rows=480, farthest_m=6200.0, bands=((6.0, 80.0, 0.5), (900.0, 6200.0, 1.6))
            ),
            grain=Grain(amount=0.08, scale=10.0, ripple=0.03, ripple_per_m=2.4),
            wetness=0.12,
            stride=3,
        ),
        parts=tuple(_parts(site, height, side)),
        shadow_radius_m=70.0,
        shadow_center=(0.0, -44.0),
    )


def _off(x: Field, z: Field, side: float) -> Field:
    """How far from the middle of the run: it swings to one side and back."""
    ahead = -z
    return x - side * 16.0 * np.sin(np.clip(ahead - 10.0, 0.0, None) / 62.0) * smoothstep(0.0, 60.0, ahead)


def _height(site: Site, side: float) -> Height:
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        ahead, r = -z, np.hypot(x, z)
        off = np.abs(_off(x, z, side))
        fall = -_FALL * np.clip(ahead, -60.0, 420.0) - 0.05 * np.clip(ahead - 24.0, 0.0, 300.0)
        woods = 0.12 * np.clip(off - _HALF_M, 0.0, 60.0) + noise.fbm(
            x / 26.0, z / 26.0, 3
        ) * 2.0 * smoothstep(_HALF_M, _HALF_M + 20.0, off)
        bumps = noise.fbm(x / 9.0, z / 9.0, 2) * 0.22
        across = smoothstep(1200.0, 4200.0, r) * noise.ridged(x / 2400.0 + 3.0, z / 2400.0, 5, 0.36) * 980.0
        hills = smoothstep(300.0, 900.0, r) * noise.fbm(x / 500.0, z / 500.0, 4) * 90.0
        return (fall + woods + bumps + hills + across).astype(np.float32)

    return height


def _paint(site: Site, side: float) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(_SNOW[0], _SNOW[1], smoothstep(-0.4, 0.4, noise.fbm(x / 12.0, z / 12.0, 4)))
        off = _off(x, z, side).astype(np.float32)
        run = smoothstep(_HALF_M + 1.0, _HALF_M - 1.0, np.abs(off)) * (np.hypot(x, z) < 320.0)
        # What the groomer leaves: fine furrows along the run, wider ones where skis have turned.
        furrow = 0.5 + 0.5 * np.sin(off * 7.0).astype(np.float32)
        turns = smoothstep(0.75, 0.97, np.cos((off + 3.4 * np.sin(z / 6.5)) * 0.9).astype(np.float32))
        color = color * (1.0 - run * (0.035 * furrow + 0.075 * turns))[..., None]
        far = smoothstep(500.0, 900.0, np.hypot(x, z))
        firs = smoothstep(-0.1, 0.15, noise.fbm(x / 130.0, z / 130.0, 4)) * smoothstep(330.0, 120.0, y) * far
        color = blend(color.astype(np.float32), np.broadcast_to(_FIRS, color.shape), 0.8 * firs)
        bare = 0.8 * smoothstep(0.34, 0.52, steep + 0.10 * noise.fbm(x / 90.0, z / 90.0, 4))
        return blend(color, np.broadcast_to(_STONE, color.shape), bare * far)

    return paint


def _parts(site: Site, height: Height, side: float) -> list[Part]:
    rng = site.rng(1)
    near = [trees.pine(site.seed * 5 + k, sides=12, tiers=7) for k in range(3)]
    far = [trees.pine(site.seed * 5 + k, sides=5, tiers=4, far=True) for k in range(4)]

    def beside(count: int, reach: tuple[float, float], out: tuple[float, float]) -> list[Place]:
        places: list[Place] = []
        for _ in range(count):
            z = -float(rng.uniform(*reach))
            s = float(rng.choice((-1.0, 1.0)))
            x = s * (_HALF_M + float(rng.uniform(*out))) - float(_off(np.zeros(1), np.array([z]), side)[0])
            if abs(x - side * _LIFT_X) > 4.5 or z < -190.0:
                places.append((x, z, float(rng.uniform(0.7, 1.25))))
        return places

    wood = whitened(merge(plant(rng, near, beside(46, (4.0, 74.0), (0.5, 26.0)), height, 0.5)), 0.62, 0.30)
    woods = whitened(merge(plant(rng, far, beside(620, (60.0, 460.0), (0.5, 110.0)), height, 0.6)), 0.6, 0.25)
    hut = cottage(rng, cottage_of(rng), lit=site.light().lamps > 0.0)
    x, z = -side * 19.0, -34.0
    chalet = whitened(hut.moved((x, sample_height(height, x, z) - 0.2, z), side * 0.5), 1.0, 0.2)
    return [
        Part(wood, cell_m=16.0),
        Part(woods, casts=False, cell_m=80.0),
        Part(merge([*_gates(height, side), *_fences(height, side)]), Finish.HARD, cell_m=24.0),
        Part(merge(_lift(height, side)), Finish.HARD, cell_m=40.0),
        Part(chalet, Finish.HARD, cell_m=0.0),
    ]


def _gates(height: Height, side: float) -> list[Mesh]:
    """Slalom gates, red and blue in turn."""
    clay = Clay()
    for k, z in enumerate(np.arange(-14.0, -150.0, -15.0).tolist()):
        middle = -float(_off(np.zeros(1), np.array([z]), side)[0]) + (3.6 if k % 2 else -3.6)
        color = _RED if k % 2 else _BLUE
        ends = (middle - 2.4, middle + 2.4)
        for x in ends:
            y = sample_height(height, x, z)
            clay.add(rod((x, y - 0.2, z), (x, y + 1.9, z), 0.045, color, sides=6))
            y0 = y + 1.0
            for s in (1.0, -1.0):
                ring = (
                    (x - 0.6, y0, z + 0.01 * s),
                    (x + 0.6, y0, z + 0.01 * s),
                    (x + 0.6, y0 + 0.7, z + 0.01 * s),
                    (x - 0.6, y0 + 0.7, z + 0.01 * s),
                )
                clay.quad(facing(ring, ahead=s > 0.0), color)
    return [clay.mesh()]


def _fences(height: Height, side: float) -> list[Mesh]:
    """Orange nets along the run."""
    clay, orange = Clay(), (0.95, 0.46, 0.10)
    for s in (-1.0, 1.0):
        at = np.arange(-22.0, -64.0, -3.0)
        x = s * (_HALF_M - 0.6) - _off(np.zeros_like(at), at, side)
        y = height(x.astype(np.float32), at.astype(np.float32))
        points = list(zip(x.tolist(), y.tolist(), at.tolist(), strict=True))
        for (x0, y0, z0), (x1, y1, z1) in pairwise(points):
            clay.add(rod((x0, y0 - 0.2, z0), (x0, y0 + 1.25, z0), 0.04, shaded(orange, 0.6), sides=5))
            for up in (0.3, 0.6, 0.9, 1.2):
                clay.add(rod((x0, y0 + up, z0), (x1, y1 + up, z1), 0.028, orange, sides=3))
    return [clay.mesh()]


def _lift(height: Height, side: float) -> list[Mesh]:
    """Pylons with their cross-beams, two ropes, chairs on both."""
    clay, x = Clay(), side * _LIFT_X
    feet = [(z, sample_height(height, x, z)) for z in (18.0, -22.0, -64.0, -108.0, -154.0, -204.0, -260.0)]
    tops = [(z, y + 9.5) for z, y in feet]
    for (z, y), (_, top) in zip(feet, tops, strict=True):
        clay.add(rod((x, y - 1.0, z), (x, top + 0.3, z), 0.30, _STEEL, sides=8))
        clay.soft_box((x - 2.9, top, z - 0.22), (x + 2.9, top + 0.4, z + 0.22), _STEEL, bevel=0.06)
        for s in (-2.6, 2.6):
            clay.soft_box(
                (x + s - 0.1, top - 0.35, z - 1.1),
                (x + s + 0.1, top - 0.1, z + 1.1),
                shaded(_STEEL, 0.6),
                bevel=0.05,
            )
    for (z0, y0), (z1, y1) in pairwise(tops):
        spans = np.linspace(0.0, 1.0, 9)
        sag = y0 - 0.4 + (y1 - y0) * spans - 1.3 * 4.0 * spans * (1.0 - spans)
        z = z0 + (z1 - z0) * spans
        for s in (-2.6, 2.6):
            for k in range(8):
                a = (x + s, float(sag[k]), float(z[k]))
                clay.add(
                    rod(a, (x + s, float(sag[k + 1]), float(z[k + 1])), 0.05, (0.16, 0.17, 0.18), sides=4)
                )
            for k in (1, 3, 5, 7):
                _chair(clay, (x + s, float(sag[k]), float(z[k])), s)
    return [clay.mesh()]


def _chair(clay: Clay, at: tuple[float, float, float], s: float) -> None:
    x, y, z = at
    clay.add(rod((x, y, z), (x, y - 2.3, z), 0.05, (0.20, 0.21, 0.23), sides=5))
    clay.soft_box(
        (x - 0.95, y - 3.0, z - 0.28), (x + 0.95, y - 2.86, z + 0.28), (0.16, 0.22, 0.34), bevel=0.05
    )
    back = 0.26 if s > 0.0 else -0.26
    clay.soft_box(
        (x - 0.95, y - 2.9, z + back - 0.06), (x + 0.95, y - 2.2, z + back + 0.06), _RED, bevel=0.05
    )
