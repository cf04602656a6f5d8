"""An amusement park: striped tents, a roller coaster, bulbs on strings, stalls; its big wheel turns."""

# ruff: noqa: PLR2004 - a fair is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_TURF = (np.array([0.26, 0.38, 0.14, 0.9], np.float32), np.array([0.40, 0.47, 0.20, 0.9], np.float32))
_PAVED = np.array([0.66, 0.58, 0.48, 0.7], np.float32)
_CREAM: Rgb = (0.94, 0.90, 0.82)
_TONES: tuple[Rgb, ...] = (
    (0.84, 0.16, 0.16),
    (0.16, 0.40, 0.72),
    (0.94, 0.66, 0.14),
    (0.22, 0.58, 0.34),
    (0.66, 0.26, 0.60),
)
_BULBS: tuple[Rgb, ...] = ((1.0, 0.82, 0.46), (1.0, 0.42, 0.34), (0.46, 0.82, 1.0), (0.62, 1.0, 0.56))
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_PATH_M = 5.2
WHEEL = (-3.0, -47.0, 1.05)
"""Where the big wheel stands (x and z) and which way it faces: `staging.rides` turns it there."""


def build(site: Site) -> Scene:
    """Build the park; the seed decides on which side its roller coaster runs."""
    side = site.side(0)
    land = open_country(site, Relief(rolling=0.0, knolls=14.0, hills=70.0, ridges=300.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        return (land(x, z) * smoothstep(90.0, 170.0, np.hypot(x, z))).astype(np.float32)

    paint = weathered(turned(_paint(site), site.plan.season), site)
    lit = site.light().lamps > 0.2
    return Scene(
        stage=site.stage(height, 1.8, (side * -1.0, 5.4, -34.0), 74.0),
        light=site.light(turn_deg=20.0 * side),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=960, rows=360, farthest_m=3200.0, bands=((3.0, 60.0, 0.6),)),
            grain=Grain(amount=0.35, scale=7.0),
            wetness=0.3 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, side, lit=lit)),
        lamps=_lamps() if site.dark else (),
        shadow_radius_m=56.0,
        shadow_center=(0.0, -30.0),
    )


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 12.0, z / 12.0, 4)))
        square = np.hypot(x, z + 36.0) - 20.0
        off = np.minimum(np.abs(x) - _PATH_M, square)
        tiles = 1.0 - 0.10 * ((np.floor(x / 0.8) + np.floor(z / 0.8)) % 2.0)[..., None]
        paved = (np.broadcast_to(_PAVED, color.shape) * tiles).astype(np.float32)
        return blend(color, paved, smoothstep(0.4, -0.2, off.astype(np.float32)) * (np.hypot(x, z) < 90.0))

    return paint


def _parts(site: Site, height: Height, side: float, *, lit: bool) -> list[Part]:
    rng, snowy = site.rng(1), site.snowy
    tents = [
        _tent(4.6, 3.2, _TONES[0]).moved((-side * 13.0, 0.0, -29.0)),
        _tent(3.2, 2.8, _TONES[1]).moved((side * 11.5, 0.0, -16.0)),
        _tent(8.5, 5.0, _TONES[2]).moved((side * 20.0, 0.0, -58.0)),
        _tent(3.4, 2.8, _TONES[4]).moved((-side * 15.0, 0.0, -49.0)),
    ]
    booths = [
        _booth(rng, _TONES[k % 5], lit=lit).moved((s * 8.2, 0.0, z), -s * math.pi / 2.0)
        for s, start in ((-1.0, -5.0), (1.0, -3.0))
        for k, z in enumerate(np.arange(start, start - 14.0, -5.2).tolist())
    ]
    kinds = [
        trees.broadleaf(site.seed * 7 + k, detail=0.3, colors=foliage(site.plan.season, k, _SUMMER))
        for k in range(3)
    ]
    row: list[Place] = [
        (float(x), -float(rng.uniform(76.0, 100.0)), float(rng.uniform(0.8, 1.3)))
        for x in np.linspace(-90.0, 90.0, 24).tolist()
    ]
    row += clusters(rng, 10, (110.0, 300.0), (3, 6))
    return [
        Part(gather(tents, snowy=snowy), Finish.HARD, cell_m=16.0),
        Part(gather(booths, snowy=snowy), Finish.HARD, cell_m=16.0),
        Part(_coaster(side, lit=lit), Finish.HARD, cell_m=20.0),
        Part(_strings(lit=lit), Finish.HARD, casts=False, cell_m=16.0),
        Part(gather(plant(rng, kinds, row, height, 0.2), snowy=snowy), cell_m=40.0),
    ]


def _tent(radius: float, wall: float, color: Rgb) -> Mesh:
    """A round tent in stripes with a pointed roof and a pennant."""
    clay, count = Clay(), 20
    peak = wall + 0.95 * radius
    for k in range(count):
        a, b = 2.0 * math.pi * k / count, 2.0 * math.pi * (k + 1) / count
        tone = color if k % 2 else _CREAM
        p0, p1 = (radius * math.cos(a), radius * math.sin(a)), (radius * math.cos(b), radius * math.sin(b))
        clay.quad(
            ((p1[0], 0.0, p1[1]), (p0[0], 0.0, p0[1]), (p0[0], wall, p0[1]), (p1[0], wall, p1[1])),
            shaded(tone, 0.93),
        )
        out = 1.12
        low = wall - 0.1
        mid = (
            (0.42 * p0[0], wall + 0.42 * radius, 0.42 * p0[1]),
            (0.42 * p1[0], wall + 0.42 * radius, 0.42 * p1[1]),
        )
        clay.quad(((out * p1[0], low, out * p1[1]), (out * p0[0], low, out * p0[1]), mid[0], mid[1]), tone)
        clay.quad((mid[1], mid[0], (0.0, peak, 0.0), (0.0, peak, 0.0)), tone)
        clay.quad(
            (
                (out * p1[0], low - 0.5, out * p1[1]),
                (out * p0[0], low - 0.5, out * p0[1]),
                (out * p0[0], low, out * p0[1]),
                (out * p1[0], low, out * p1[1]),
            ),
            shaded(color if k % 2 == 0 else _CREAM, 0.98),
        )
    clay.add(rod((0.0, peak - 0.2, 0.0), (0.0, peak + 1.8, 0.0), 0.05, (0.85, 0.72, 0.3)))
    for s in (1.0, -1.0):
        ring = (
            (0.0, peak + 1.1, 0.02 * s),
            (1.1, peak + 1.4, 0.02 * s),
            (0.0, peak + 1.7, 0.02 * s),
            (0.0, peak + 1.7, 0.02 * s),
        )
        clay.quad(facing(ring, ahead=s > 0.0), color)
    return clay.mesh()


def _booth(rng: np.random.Generator, color: Rgb, *, lit: bool) -> Mesh:
    """A booth that opens to +z: prizes on shelves, a striped front, a lit sign."""
    clay = Clay()
    clay.box((-2.1, 0.0, -1.8), (2.1, 2.9, -1.6), shaded(color, 0.5), faces="Z")
    for x in (-2.1, 2.1):
        clay.box((x - 0.08, 0.0, -1.8), (x + 0.08, 2.9, 0.6), shaded(color, 0.8))
    for k in range(8):
        x0 = -2.1 + 4.2 * k / 8.0
        tone = color if k % 2 else _CREAM
        clay.front(x0, x0 + 0.525, 0.0, 1.0, 0.6, tone)
        clay.quad(((x0, 2.75, 1.3), (x0 + 0.525, 2.75, 1.3), (x0 + 0.525, 3.4, -1.8), (x0, 3.4, -1.8)), tone)
        clay.front(x0, x0 + 0.525, 2.45, 2.75, 1.3, tone)
    clay.box((-2.1, 0.98, 0.1), (2.1, 1.05, 0.75), (0.62, 0.46, 0.30), faces="YZxX")
    clay.box((-1.9, 1.0, -1.6), (1.9, 2.7, -1.58), (0.95, 0.80, 0.52), faces="Z", glow=0.35 if lit else 0.0)
    for y in (1.35, 2.05):
        for x in np.linspace(-1.6, 1.6, 6).tolist():
            tone = _TONES[int(rng.integers(5))]
            clay.add(ball((x, y, -1.2), (0.2, 0.24, 0.2), tone))
            clay.add(ball((x, y + 0.3, -1.15), (0.14, 0.14, 0.14), shaded(tone, 1.15)))
    clay.soft_box((-1.5, 3.0, 0.6), (1.5, 3.7, 0.8), shaded(color, 0.9), bevel=0.08)
    for k in range(9):
        clay.add(
            ball(
                (-1.35 + 0.3375 * k, 3.66, 0.84),
                (0.07, 0.07, 0.07),
                _BULBS[0],
                detail=0,
                glow=1.0 if lit else 0.25,
            )
        )
        clay.add(
            ball(
                (-1.35 + 0.3375 * k, 3.06, 0.84),
                (0.07, 0.07, 0.07),
                _BULBS[0],
                detail=0,
                glow=1.0 if lit else 0.25,
            )
        )
    return clay.mesh()


def _track(side: float) -> np.ndarray:
    """The line of the coaster, (n, 3): hills, a drop, a loop, back round behind the park."""
    t = np.linspace(0.0, 1.0, 200)
    x = side * (10.0 + 30.0 * np.sin(np.pi * t) + 6.0 * np.sin(5.0 * np.pi * t))
    z = -62.0 - 14.0 * np.cos(2.0 * np.pi * t) - 10.0 * t
    x = side * (-46.0 + 100.0 * t)
    y = (
        3.5
        + 15.0 * np.exp(-(((t - 0.24) / 0.10) ** 2))
        + 10.0 * np.exp(-(((t - 0.80) / 0.09) ** 2))
        + 1.2 * np.sin(9.0 * t)
    )
    points = np.stack([x, y, z], 1)
    turn = np.linspace(0.0, 2.0 * np.pi, 60)
    at = int(0.53 * 200)
    foot = points[at]
    loop = np.stack(
        [
            foot[0] + side * (6.2 * np.sin(turn) + 3.0 * turn / (2.0 * np.pi)),
            foot[1] + 6.8 * (1.0 - np.cos(turn)),
            foot[2] + 2.4 * turn / (2.0 * np.pi),
        ],
        1,
    )
    rest = points[at:] + (loop[-1] - foot) * np.linspace(1.0, 0.0, 200 - at)[:, None]
    return np.concatenate([points[:at], loop, rest[1:]])


def _coaster(side: float, *, lit: bool) -> Mesh:
    """Two rails on a white trestle, a train of cars on the way down."""
    line = _track(side)
    parts: list[Mesh] = []
    red, white = (0.84, 0.14, 0.14), (0.92, 0.92, 0.90)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = np.cross(along, (0.0, 0.0, 1.0))
    across = np.cross(along, out)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
    for s in (-0.55, 0.55):
        edge = line + across * s
        for a, b in zip(edge[:-1:2], edge[2::2], strict=False):
            parts.append(rod(tuple(a.tolist()), tuple(b.tolist()), 0.13, red, sides=5))
    for k in range(0, len(line), 6):
        x, y, z = line[k].tolist()
        if 106 <= k < 164 and y > 8.0:
            continue
        parts += [
            rod((x, 0.0, z + dz), (x, y - 0.1, z + 0.4 * dz), 0.11, white, sides=5) for dz in (-1.4, 1.4)
        ]
        if y > 6.0:
            parts.append(rod((x, 0.4 * y, z - 1.0), (x, 0.75 * y, z + 0.8), 0.07, white, sides=4))
        parts.append(
            ball(
                (x, y + 0.2, z + 0.8),
                (0.16, 0.16, 0.16),
                _BULBS[k // 6 % 4],
                detail=0,
                glow=1.0 if lit else 0.2,
            )
        )
    for k in range(5):
        at = 62 + 4 * k
        x, y, z = line[at].tolist()
        car = Clay()
        car.soft_box((-0.9, 0.15, -0.65), (0.9, 0.85, 0.65), _TONES[k % 5], bevel=0.22)
        for dx in (-0.4, 0.4):
            car.add(ball((dx, 1.15, 0.0), (0.22, 0.26, 0.22), (0.74, 0.56, 0.44)))
        lean = math.atan2(along[at][1], along[at][0])
        cos, sin = math.cos(lean), math.sin(lean)
        spin = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]], np.float32)
        mesh = car.mesh()
        parts.append(
            Mesh(
                (mesh.positions @ spin + np.array([x, y, z], np.float32)).astype(np.float32),
                (mesh.normals @ spin).astype(np.float32),
                mesh.colors,
                mesh.glow,
                mesh.faces,
            )
        )
    return merge(parts)


def _strings(*, lit: bool) -> Mesh:
    """Bulbs of many colours on strings between poles along the path, and an arch over its beginning."""
    parts: list[Mesh] = []
    glow = 0.42 if lit else 0.1
    poles = np.arange(2.0, -34.0, -7.0).tolist()
    for s in (-1.0, 1.0):
        for z in poles:
            parts.append(rod((s * _PATH_M, 0.0, z), (s * _PATH_M, 4.6, z), 0.07, (0.80, 0.78, 0.74)))
            parts.append(ball((s * _PATH_M, 4.7, z), (0.17, 0.17, 0.17), _BULBS[0], glow=glow))
    for n, z in enumerate(poles):
        for k in range(15):
            u = (k + 0.5) / 15.0
            at = (-_PATH_M + 2.0 * _PATH_M * u, 4.5 - 3.4 * u * (1.0 - u), z)
            parts.append(ball(at, (0.10, 0.12, 0.10), _BULBS[(k + n) % 4], detail=0, glow=glow))
            nxt = u + 1.0 / 15.0
            parts.append(
                rod(
                    at,
                    (-_PATH_M + 2.0 * _PATH_M * nxt, 4.5 - 3.4 * nxt * (1.0 - nxt), z),
                    0.012,
                    (0.12, 0.12, 0.12),
                    sides=3,
                )
            )
    x, z, turned_by = WHEEL
    for k in range(48):
        a = 2.0 * math.pi * k / 48.0
        out = 10.3 * math.sin(a)
        at = (x + out * math.sin(turned_by), 12.4 + 10.3 * math.cos(a), z + out * math.cos(turned_by))
        parts.append(ball(at, (0.17, 0.17, 0.17), _BULBS[k % 4], detail=0, glow=glow))
    for k in range(21):
        a = math.pi * k / 20.0
        at = (6.0 * math.cos(a), 3.2 + 2.6 * math.sin(a), -17.0)
        parts.append(ball(at, (0.18, 0.18, 0.18), _BULBS[k % 4], glow=glow))
    return merge(parts)


def _lamps() -> tuple[Lamp, ...]:
    tones = ((1.25, 0.86, 0.48), (1.2, 0.62, 0.46), (0.7, 0.9, 1.2))
    return tuple(
        Lamp((x, 3.6, z), tones[k % 3], 5.0)
        for k, (x, z) in enumerate(((-4.0, -4.0), (4.0, -11.0), (-3.0, -20.0), (3.0, -32.0)))
    )
