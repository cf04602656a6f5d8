"""Ancient ruins: rows of columns, some of them broken, a temple's front, fallen stones in the grass."""

# ruff: noqa: PLR2004 - ruins are made of measures
from __future__ import annotations

from itertools import pairwise

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import Rgb, shaded
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import as_mesh, rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_TURF = (np.array([0.32, 0.40, 0.17, 0.9], np.float32), np.array([0.52, 0.50, 0.27, 0.9], np.float32))
_PAVING = np.array([0.66, 0.60, 0.50, 0.8], np.float32)
_MARBLE: Rgb = (0.80, 0.73, 0.61)
_LEAVES = ((0.24, 0.34, 0.15), (0.46, 0.52, 0.24))
_ROAD_M = 4.4


def build(site: Site) -> Scene:
    """Build the ruins: a paved way between columns towards what is left of a temple."""
    side = site.side(0)
    height = _height(site)
    paint = weathered(turned(_paint(site), site.plan.season), site)
    stage = site.stage(height, 1.9, (side * 1.2, 4.2, -26.0), 74.0)
    return Scene(
        stage=stage,
        light=site.light(turn_deg=34.0 * side),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=4200.0, bands=((4.0, 80.0, 0.7),)),
            grain=Grain(amount=0.5, scale=7.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye, side)),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -34.0),
    )


def _height(site: Site) -> Height:
    land = open_country(site, Relief(rolling=1.0, knolls=22.0, hills=120.0, ridges=460.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        level = smoothstep(30.0, 12.0, np.abs(x)) * smoothstep(-96.0, -74.0, z)
        hill = 3.4 * smoothstep(-34.0, -52.0, z) * smoothstep(70.0, 30.0, np.abs(x))
        return (land(x, z) * (1.0 - 0.85 * level) + hill).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 10.0, z / 10.0, 4)))
        i, j = np.floor(x / 1.4), np.floor(z / 1.1 + 0.5 * (np.floor(x / 1.4) % 2.0))
        u, v = x / 1.4 - i, z / 1.1 + 0.5 * (i % 2.0) - j
        joint = np.minimum(np.minimum(u, 1.0 - u) * 1.4, np.minimum(v, 1.0 - v) * 1.1)
        own = (np.abs(np.sin(i * 12.9898 + j * 78.233)) * 43758.5) % 1.0
        slab = np.broadcast_to(_PAVING, color.shape) * (0.82 + 0.3 * own)[..., None]
        kept = (
            smoothstep(0.02, 0.09, joint)
            * (own > 0.14)
            * smoothstep(-0.32, -0.05, noise.fbm(x / 7.0, z / 7.0, 3) + 0.15)
        )
        there = (
            smoothstep(_ROAD_M, _ROAD_M - 0.6, np.abs(x))
            * smoothstep(12.0, 8.0, z)
            * smoothstep(-40.0, -36.0, z)
        )
        return blend(color, slab.astype(np.float32), kept * there * smoothstep(0.5, 0.3, steep))

    return paint


def _column(rng: np.random.Generator, tall: float, radius: float = 0.62, *, capital: bool) -> Mesh:
    """A fluted column on its base, broken off where it has no capital."""
    around, rows = 32, 9
    turn = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
    flute = 1.0 - 0.07 * (0.5 + 0.5 * np.cos(16.0 * turn))
    up = np.linspace(0.35, tall, rows)
    slim = radius * (1.0 - 0.16 * (up / max(tall, 6.5)) ** 1.5)
    points = np.stack(
        [
            np.stack([np.cos(turn) * r * flute, np.full(around, y), np.sin(turn) * r * flute], 1)
            for y, r in zip(up, slim, strict=True)
        ]
    )
    if not capital:
        jag = 0.35 * np.sin(2.0 * turn + rng.uniform(0.0, 6.0)) + 0.2 * np.sin(
            5.0 * turn + rng.uniform(0.0, 6.0)
        )
        points[-1, :, 1] += jag
        points[-2, :, 1] += 0.4 * jag
    top = np.concatenate([points, points[-1:].mean(1, keepdims=True) + np.zeros((1, around, 1))])
    at = np.arange((rows + 1) * around).reshape(rows + 1, around)
    nxt = np.roll(at, -1, 1)
    faces = np.concatenate(
        [
            np.stack([at[:-1], at[1:], nxt[:-1]], -1).reshape(-1, 3),
            np.stack([nxt[:-1], at[1:], nxt[1:]], -1).reshape(-1, 3),
        ]
    )
    flat = top.reshape(-1, 3)
    normals = np.stack(
        [flat[:, 0], np.where(np.arange(len(flat)) >= (rows - 1) * around, 0.9, 0.0), flat[:, 2]], 1
    )
    tone = 0.86 + 0.14 * np.tile(flute > 0.965, rows + 1) + 0.06 * np.sin(3.1 * flat[:, 1])
    clay = Clay()
    clay.add(as_mesh(flat, normals, np.array(_MARBLE) * tone[:, None], faces))
    wide = radius * 1.35
    clay.soft_box((-wide, -0.4, -wide), (wide, 0.2, wide), shaded(_MARBLE, 0.9), bevel=0.06)
    clay.soft_box((-wide * 0.9, 0.15, -wide * 0.9), (wide * 0.9, 0.42, wide * 0.9), _MARBLE, bevel=0.12)
    if capital:
        clay.soft_box((-0.72, tall - 0.1, -0.72), (0.72, tall + 0.25, 0.72), _MARBLE, bevel=0.18)
        clay.soft_box(
            (-0.86, tall + 0.22, -0.86), (0.86, tall + 0.52, 0.86), shaded(_MARBLE, 1.05), bevel=0.05
        )
    return clay.mesh()


def _lying(rng: np.random.Generator) -> Mesh:
    """A fallen drum of a column."""
    drum = _column(rng, 2.4, capital=False)
    turn = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], np.float32)
    return Mesh(
        (drum.positions @ turn + np.array([1.2, 0.42, 0.0], np.float32)).astype(np.float32),
        (drum.normals @ turn).astype(np.float32),
        drum.colors,
        drum.glow,
        drum.faces,
    )


def _temple(rng: np.random.Generator) -> Mesh:
    """The front of a temple on its steps: six columns, some beams, half of its gable."""
    clay = Clay()
    for k in range(4):
        out = 0.9 * (3 - k)
        clay.soft_box(
            (-9.6 - out, -1.6, -9.0),
            (9.6 + out, -0.3 + 0.45 * k, 2.2 + out),
            shaded(_MARBLE, 0.9 + 0.04 * k),
            bevel=0.06,
        )
    floor = 1.05
    spots = np.linspace(-8.2, 8.2, 6).tolist()
    for k, x in enumerate(spots):
        whole = k != 4
        clay.add(_column(rng, 8.2 if whole else 4.6, 0.72, capital=whole).moved((x, floor, 1.0)))
        if k in {0, 1, 5}:
            clay.add(_column(rng, (8.2, 5.4, 3.0)[k % 3], 0.72, capital=k == 0).moved((x, floor, -6.5)))
    top = floor + 8.7
    clay.soft_box((spots[0] - 1.0, top, 0.1), (spots[3] + 1.0, top + 1.1, 1.9), _MARBLE, bevel=0.06)
    clay.soft_box(
        (spots[0] - 1.2, top + 1.1, -0.1), (spots[3] + 0.4, top + 1.5, 2.1), shaded(_MARBLE, 1.05), bevel=0.06
    )
    low, high = top + 1.5, top + 4.3
    corners = [
        (spots[0] - 1.2, low),
        (spots[3] - 0.2, low),
        (spots[3] - 0.6, low + 1.6),
        (spots[2] + 1.1, low + 1.9),
        (spots[2] + 0.9, high - 0.25),
    ]
    for z, order in ((1.7, 1), (0.3, -1)):
        ring = [(x, y, z) for x, y in corners][::order]
        for a, b in pairwise(ring[1:]):
            clay.quad((ring[0], a, b, b), shaded(_MARBLE, 0.93))
    for (x0, y0), (x1, y1) in zip(corners[1:], [*corners[2:], corners[0]], strict=True):
        clay.quad(((x0, y0, 1.7), (x0, y0, 0.3), (x1, y1, 0.3), (x1, y1, 1.7)), shaded(_MARBLE, 1.02))
    return clay.mesh()


def _arch() -> Mesh:
    """A round arch on two piers."""
    clay = Clay()
    for s in (-1.0, 1.0):
        a, b = sorted((s * 1.7, s * 3.1))
        clay.soft_box((a, -0.5, -0.8), (b, 4.0, 0.8), shaded(_MARBLE, 0.95), bevel=0.08)
        clay.soft_box((a - 0.15, 3.8, -0.95), (b + 0.15, 4.2, 0.95), shaded(_MARBLE, 1.05), bevel=0.06)
    for k in range(9):
        t0, t1 = np.pi * k / 9.0, np.pi * (k + 0.97) / 9.0
        inner, outer = 1.7, 3.0
        ring = [
            (r * float(np.cos(t)), 4.2 + r * float(np.sin(t)))
            for r, t in ((inner, t0), (outer, t0), (outer, t1), (inner, t1))
        ]
        tone = shaded(_MARBLE, 0.92 + 0.1 * (k % 2))
        clay.quad(tuple((x, y, 0.7) for x, y in ring), tone)  # pyright: ignore[reportArgumentType]
        clay.quad(tuple((x, y, -0.7) for x, y in ring[::-1]), tone)  # pyright: ignore[reportArgumentType]
        (ax, ay), (bx, by) = ring[1], ring[2]
        clay.quad(((ax, ay, 0.7), (ax, ay, -0.7), (bx, by, -0.7), (bx, by, 0.7)), tone)
        (ax, ay), (bx, by) = ring[3], ring[0]
        clay.quad(((ax, ay, 0.7), (ax, ay, -0.7), (bx, by, -0.7), (bx, by, 0.7)), shaded(tone, 0.7))
    return clay.mesh()


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, season, snowy = site.rng(1), site.plan.season, site.snowy

    def at(mesh: Mesh, x: float, z: float, turn: float = 0.0) -> Mesh:
        return mesh.moved((x, sample_height(height, x, z), z), turn)

    stone: list[Mesh] = []
    fallen = {(1.0, 1), (-1.0, 3)}
    for s in (-1.0, 1.0):
        for k, z in enumerate((-5.0, -10.5, -16.0, -21.5, -27.0)):
            whole = (k + (s > 0.0)) % 3 != 1
            tall = 6.4 if whole else float(rng.uniform(1.4, 4.2))
            stone.append(at(_column(rng, tall, capital=whole), s * 6.3, z))
            if (s, k) in fallen:
                stone += [
                    at(_lying(rng), s * 8.2, z - 2.0, float(rng.uniform(0.0, 3.0))),
                    at(_lying(rng), s * 9.9, z + 1.4, 1.2),
                ]
    # A beam still lies across two of them.
    y = sample_height(height, side * 6.3, -24.0)
    beam = Clay()
    beam.soft_box(
        (side * 6.3 - 0.62, y + 6.95, -28.2), (side * 6.3 + 0.62, y + 7.9, -20.4), _MARBLE, bevel=0.06
    )
    stone += [beam.mesh(), at(_temple(rng), 0.0, -58.0), at(_arch(), -side * 15.0, -25.0, side * 0.5)]
    stone += [
        at(_column(rng, float(rng.uniform(1.2, 6.0)), capital=False), -side * x, z)
        for x, z in ((13.0, -40.0), (20.0, -38.0), (17.0, -14.0))
    ]
    blocks = [rock(rng, (0.75, 0.5, 0.6), _MARBLE, level=2) for _ in range(4)]
    strewn: list[Place] = [
        (float(rng.uniform(-20.0, 20.0)), -float(rng.uniform(4.0, 48.0)), float(rng.uniform(0.3, 1.1)))
        for _ in range(34)
    ]
    strewn = [p for p in strewn if abs(p[0]) > 3.0]
    sward = grass.Sward(
        blades=10_000 if snowy else 28_000,
        height_m=0.10 if snowy else 0.30,
        reach_m=(1.1, 42.0),
        tip=tip(season, (0.58, 0.56, 0.28)),
    )

    def bare(x: Field, _z: Field) -> Field:
        return (_ROAD_M - 0.5 - np.abs(x)).astype(np.float32)

    near = [
        trees.broadleaf(site.seed * 7 + k, detail=0.5, colors=foliage(season, k, _LEAVES)) for k in range(2)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.15, colors=foliage(season, k, _LEAVES)) for k in range(3)
    ]
    old: list[Place] = [(side * 12.5, -20.0, 0.8), (-side * 22.0, -44.0, 1.1), (side * 24.0, -52.0, 1.2)]
    return [
        Part(gather([merge(stone)], snowy=snowy), Finish.HARD, cell_m=14.0),
        Part(gather(plant(rng, blocks, strewn, height, 0.15), snowy=snowy), Finish.HARD, cell_m=14.0),
        Part(
            gather(
                [grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=bare)], snowy=snowy
            ),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, near, old, height, 0.1), snowy=snowy), cell_m=16.0),
        Part(
            gather(plant(rng, far, clusters(rng, 18, (70.0, 340.0), (3, 7)), height, 0.2), snowy=snowy),
            cell_m=60.0,
        ),
    ]
