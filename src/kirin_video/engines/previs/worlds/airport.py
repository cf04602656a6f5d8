"""An airfield: a runway with its markings that runs to the horizon, a terminal, a tower, parked aircraft."""

# ruff: noqa: PLR2004 - a runway is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing, four
from kirin_video.engines.previs.city.solids import Point, Rgb, ball, loft, rod, shaded, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.land import Relief, open_country
from kirin_video.engines.previs.worlds.seasons import turned as in_season
from kirin_video.engines.previs.worlds.site import Site, gather, weathered

_TURF = (np.array([0.33, 0.42, 0.18, 0.9], np.float32), np.array([0.44, 0.49, 0.22, 0.9], np.float32))
_TAR = np.array([0.24, 0.24, 0.25, 0.5], np.float32)
_APRON = np.array([0.50, 0.49, 0.47, 0.6], np.float32)
_WHITE: Rgb = (0.90, 0.90, 0.87)
_HALF_M, _NEAR_Z, _FAR_Z = 17.0, 30.0, -900.0
_TERMINAL_X, _APRON_M = 92.0, 46.0
_TAILS: tuple[Rgb, ...] = ((0.72, 0.14, 0.14), (0.12, 0.30, 0.58), (0.10, 0.46, 0.42), (0.90, 0.56, 0.12))


def build(site: Site) -> Scene:
    """Build the airfield; the seed decides on which side the terminal stands."""
    side = site.side(0)
    land = open_country(site, Relief(rolling=0.0, knolls=10.0, hills=70.0, ridges=330.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        away = smoothstep(150.0, 420.0, np.maximum(np.abs(x), -z - 700.0))
        return (land(x, z) * away).astype(np.float32)

    paint = weathered(in_season(_paint(site, side), site.plan.season), site)
    lit = site.light().lamps > 0.2
    return Scene(
        stage=site.stage(height, 2.4, (side * 3.0, 3.4, -60.0), 70.0),
        light=site.light(turn_deg=22.0 * side),
        sky=Sky(site.seed, cloud_size=1.3, streaks=0.4),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1280, rows=480, farthest_m=4600.0, bands=((6.0, 300.0, 1.2),)),
            grain=Grain(amount=0.22, scale=9.0),
            wetness=0.35 if site.wet else 0.0,
        ),
        parts=(
            Part(_markings(), Finish.HARD, casts=False, cell_m=40.0),
            Part(gather(_buildings(side, lit=lit), snowy=site.snowy), Finish.HARD, cell_m=60.0),
            Part(gather(_parked(site, side), snowy=site.snowy), Finish.HARD, cell_m=60.0),
            Part(_lights(lit=lit), Finish.HARD, casts=False, cell_m=60.0),
        ),
        shadow_radius_m=110.0,
        shadow_center=(side * 30.0, -70.0),
    )


def _paint(site: Site, side: float) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 16.0, z / 16.0, 4)))
        worn = (
            1.0 + 0.12 * noise.fbm(x / 2.0, z / 30.0, 3) - 0.10 * np.exp(-((np.abs(x) - 4.5) ** 2) / 5.0)
        )[..., None]
        right = x * side
        long = smoothstep(_NEAR_Z + 25.0, _NEAR_Z + 24.0, z) * smoothstep(_FAR_Z - 30.0, _FAR_Z, z)
        runway = smoothstep(_HALF_M + 1.5, _HALF_M + 1.0, np.abs(x)) * long
        taxi = smoothstep(8.0, 7.5, np.abs(z + 78.0)) * (right > 0.0) * (right < _TERMINAL_X)
        apron = smoothstep(_TERMINAL_X - _APRON_M - 0.5, _TERMINAL_X - _APRON_M, right) * smoothstep(
            _TERMINAL_X + 30.0, _TERMINAL_X + 29.0, right
        )
        apron = apron * smoothstep(-230.0, -228.0, z) * smoothstep(30.0, 28.0, z)
        joints = 1.0 - 0.10 * (np.minimum(np.abs(z % 7.5 - 3.75), np.abs(x % 7.5 - 3.75)) < 0.16)[..., None]
        color = blend(color, (np.broadcast_to(_APRON, color.shape) * joints).astype(np.float32), apron)
        return blend(
            color, (np.broadcast_to(_TAR, color.shape) * worn).astype(np.float32), np.maximum(runway, taxi)
        )

    return paint


def _flat(clay: Clay, x: tuple[float, float], z: tuple[float, float], color: Rgb = _WHITE) -> None:
    """Paint on the runway, higher further off so that it does not flicker."""
    y = 0.02 + 0.00022 * max(-z[1], 0.0)
    clay.quad(((x[0], y, z[0]), (x[1], y, z[0]), (x[1], y, z[1]), (x[0], y, z[1])), color)


def _markings() -> Mesh:
    """The piano keys of the threshold, the runway's number, its middle line, aiming points, its edges."""
    clay = Clay()
    for k in range(6):
        for s in (-1.0, 1.0):
            a, b = sorted((s * (1.6 + 2.3 * k), s * (1.6 + 2.3 * k + 1.5)))
            _flat(clay, (a, b), (-7.0, -33.0))
    for middle, digit in ((-2.6, 2), (2.6, 7)):
        _digit(clay, middle, digit)
    for z in np.arange(-66.0, _FAR_Z, -36.0).tolist():
        wide = 0.45 + 0.0012 * -z
        _flat(clay, (-wide, wide), (z, z - 20.0))
    for s in (-1.0, 1.0):
        a, b = sorted((s * 6.0, s * 10.5))
        _flat(clay, (a, b), (-150.0, -190.0))
        a, b = sorted((s * (_HALF_M - 0.8), s * _HALF_M))
        for z in np.arange(_NEAR_Z, _FAR_Z, -30.0).tolist():
            _flat(clay, (a, b), (z, z - 30.0))
    yellow: Rgb = (0.90, 0.72, 0.14)
    for z in (-77.8, -78.2):
        _flat(clay, (-_TERMINAL_X, -_HALF_M), (z + 0.15, z - 0.15), yellow)
        _flat(clay, (_HALF_M, _TERMINAL_X), (z + 0.15, z - 0.15), yellow)
    return clay.mesh()


def _digit(clay: Clay, middle: float, digit: int) -> None:
    """A figure of nine metres, to be read by who comes in to land."""
    left, right, low, mid, high, w = middle - 1.5, middle + 1.5, -40.0, -44.5, -49.0, 0.8
    strokes = {
        2: (
            ((left, right), (low, low - w)),
            ((left, left + w), (low, mid)),
            ((left, right), (mid + w / 2, mid - w / 2)),
            ((right - w, right), (mid, high)),
            ((left, right), (high + w, high)),
        ),
        7: (((right - w, right), (low, high)), ((left, right), (high + w, high))),
    }
    for x, z in strokes[digit]:
        _flat(clay, x, z)


def _buildings(side: float, *, lit: bool) -> list[Mesh]:
    """The terminal with its glass front, the control tower, two hangars."""
    clay, x = Clay(), side * _TERMINAL_X
    pane: Rgb = (1.0, 0.84, 0.56) if lit else (0.34, 0.48, 0.56)
    glow = 0.34 if lit else 0.0
    inner, outer = sorted((x, x + side * 30.0))
    clay.box((inner, 0.0, -205.0), (outer, 11.0, -18.0), (0.84, 0.84, 0.82))
    roof_in, roof_out = sorted((x - side * 6.0, x + side * 34.0))
    clay.soft_box((roof_in, 11.0, -211.0), (roof_out, 12.6, -12.0), (0.66, 0.68, 0.70), bevel=0.7)
    for z in np.arange(-22.0, -204.0, -6.0).tolist():
        for y in (1.2, 6.0):
            at = x - side * 0.05
            ring = ((at, y, z), (at, y, z - 5.4), (at, y + 4.2, z - 5.4), (at, y + 4.2, z))
            clay.quad(facing(ring, ahead=side < 0.0), pane, glow=four(glow))
    # The end wall, which the runway sees.
    for a in range(4):
        low, high = sorted((x + side * (1.0 + 7.2 * a), x + side * (7.4 + 7.2 * a)))
        clay.front(low, high, 1.2, 10.2, -17.95, pane, glow=four(glow))
    for z in (-50.0, -95.0, -140.0, -185.0):
        a, b = sorted((x, x - side * 22.0))
        clay.soft_box((a, 4.2, z - 1.5), (b, 7.2, z + 1.5), (0.72, 0.74, 0.76), bevel=0.3)
        clay.add(rod((x - side * 20.0, 0.0, z), (x - side * 20.0, 4.3, z), 0.5, (0.5, 0.52, 0.54)))
    parts = [clay.mesh(), _tower(lit=lit).moved((side * 66.0, 0.0, -150.0))]
    parts += [_hangar().moved((-side * 70.0, 0.0, z), side * math.pi / 2.0) for z in (-70.0, -118.0)]
    return parts


def _tower(*, lit: bool) -> Mesh:
    """The control tower: a slim shaft and a glass cab that leans outwards."""
    white, glass = (0.88, 0.88, 0.86), (0.20, 0.32, 0.38)
    pane: Rgb = (0.95, 0.90, 0.66) if lit else glass
    parts = [
        turned([(3.4, 0.0), (2.6, 6.0), (2.3, 27.0), (4.6, 30.0), (4.9, 31.0)], white, sides=14),
        turned([(4.4, 31.0), (5.6, 35.0)], pane, sides=14, glow=0.5 if lit else 0.0),
        turned([(5.9, 35.0), (6.0, 36.0), (3.6, 37.2), (0.0, 37.6)], shaded(white, 0.9), sides=14),
        rod((0.0, 37.0, 0.0), (0.0, 43.0, 0.0), 0.16, (0.74, 0.20, 0.16)),
        ball((0.0, 43.2, 0.0), (0.4, 0.4, 0.4), (1.0, 0.2, 0.12), glow=1.0 if lit else 0.2),
    ]
    for k in range(14):
        turn = 2.0 * math.pi * k / 14.0
        c, s = math.cos(turn), math.sin(turn)
        parts.append(rod((4.45 * c, 31.0, 4.45 * s), (5.65 * c, 35.0, 5.65 * s), 0.12, white, sides=4))
    return merge(parts)


def _hangar() -> Mesh:
    """A hall with a round roof, its door to +z."""
    clay = Clay()
    turn = np.linspace(0.0, math.pi, 13)
    x, y = 18.0 * np.cos(turn), 5.0 + 9.0 * np.sin(turn)
    skin: Rgb = (0.62, 0.66, 0.70)
    for k in range(12):
        a, b = (float(x[k]), float(y[k])), (float(x[k + 1]), float(y[k + 1]))
        clay.quad(
            ((a[0], a[1], 14.0), (a[0], a[1], -14.0), (b[0], b[1], -14.0), (b[0], b[1], 14.0)),
            shaded(skin, 1.0 + 0.06 * (k % 2)),
        )
        clay.front(min(a[0], b[0]), max(a[0], b[0]), 0.0, min(a[1], b[1]) + 0.2, 13.9, shaded(skin, 0.8))
    clay.box((-18.0, 0.0, -14.0), (18.0, 5.0, 14.0), skin, faces="xX")
    for k in range(6):
        clay.front(
            -14.0 + k * 4.7, -9.6 + k * 4.7, 0.2, 8.5, 14.0, shaded((0.30, 0.42, 0.54), 1.0 + 0.08 * (k % 2))
        )
    return clay.mesh()


def _parked(site: Site, side: float) -> list[Mesh]:
    """Airliners at their gates, noses to the terminal."""
    rng = site.rng(4)
    spots = [(-72.0, 1.0), (-117.0, 1.0), (-162.0, 1.0)]
    return [
        _airliner(_TAILS[int(rng.integers(len(_TAILS)))]).moved(
            (side * (_TERMINAL_X - 26.0), 0.0, z), 0.0 if side > 0.0 else math.pi, scale
        )
        for z, scale in spots
    ]


def _airliner(tail: Rgb) -> Mesh:
    """A parked airliner of thirty-six metres, its nose to +x."""
    white: Rgb = (0.92, 0.92, 0.91)
    t = np.linspace(0.0, 1.0, 15)
    x = -18.0 + 36.0 * t
    radius = 1.95 * np.minimum(
        np.clip((1.0 - t) / 0.10, 0.02, 1.0) ** 0.5, np.clip(t / 0.30, 0.06, 1.0) ** 0.7
    )
    lift = 3.6 + 1.3 * np.clip(1.0 - t / 0.30, 0.0, 1.0) ** 1.4
    turn = np.linspace(0.0, 2.0 * np.pi, 17)[:-1]
    rings = np.stack(
        [
            np.stack([np.full(16, a), b + r * np.cos(turn), r * np.sin(turn)], 1)
            for a, b, r in zip(x, lift, radius, strict=True)
        ]
    )
    parts = [loft(rings.astype(np.float32), white), _fins(tail, white)]
    clay = Clay()
    for k in range(24):
        for s in (-1.0, 1.0):
            at = -10.5 + k * 0.98
            z = s * 1.93
            ring = ((at, 3.95, z), (at + 0.45, 3.95, z), (at + 0.45, 4.5, s * 1.78), (at, 4.5, s * 1.78))
            clay.quad(facing(ring, ahead=s > 0.0), (0.16, 0.20, 0.26))
    for s in (-1.0, 1.0):
        for at in (-0.5, 11.0):
            z = s * (2.6 if at < 0.0 else 0.25)
            clay.add(rod((at, 0.5, z), (at, 2.6, z), 0.16, (0.6, 0.6, 0.62)))
            clay.add(ball((at, 0.55, z), (0.55, 0.55, 0.3), (0.10, 0.10, 0.11)))
        engine = turned(
            [(0.5, -1.9), (1.0, -1.2), (1.05, 1.6), (0.8, 1.9), (0.0, 1.7)], (0.70, 0.72, 0.75), sides=12
        )
        lying = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], np.float32)
        placed = (engine.positions @ lying + np.array([2.6, 2.1, s * 5.8], np.float32)).astype(np.float32)
        flipped = Mesh(
            placed,
            (engine.normals @ lying).astype(np.float32),
            engine.colors,
            engine.glow,
            engine.faces[:, ::-1].copy(),
        )
        clay.add(flipped)
    return merge([*parts, clay.mesh()])


def _fins(tail: Rgb, white: Rgb) -> Mesh:
    """Wings swept back, and the tail in its colours."""
    clay = Clay()
    for s in (-1.0, 1.0):
        upper = ((4.6, 3.0, s * 1.6), (-2.2, 3.0, s * 1.6), (-5.6, 4.3, s * 17.0), (-3.9, 4.3, s * 17.0))
        clay.quad(facing(upper, ahead=s > 0.0), shaded(white, 0.92))
        under = tuple((a, b - 0.35 * (abs(c) < 5.0) - 0.1, c) for a, b, c in upper)
        clay.quad(facing(under, ahead=s <= 0.0), shaded(white, 0.7))  # pyright: ignore[reportArgumentType]
        level = ((-13.4, 5.3, s * 0.4), (-16.6, 5.3, s * 0.4), (-18.2, 5.8, s * 6.2), (-17.0, 5.8, s * 6.2))
        clay.quad(facing(level, ahead=s > 0.0), shaded(white, 0.92))
        clay.quad(facing(level, ahead=s <= 0.0), shaded(white, 0.7))
        fin = (
            (-11.2, 5.4, s * 0.12),
            (-17.0, 5.4, s * 0.12),
            (-18.8, 11.6, s * 0.06),
            (-16.4, 11.6, s * 0.06),
        )
        clay.quad(facing(fin, ahead=s <= 0.0), tail)
    return clay.mesh()


def _round(radius: float) -> Point:
    return radius, radius, radius


def _lights(*, lit: bool) -> Mesh:
    """Lamps along the runway's edges."""
    glow = 1.0 if lit else 0.1
    parts = [
        ball(
            (s * (_HALF_M + 1.8), 0.25, z),
            _round(0.22 + 0.0012 * -min(z, 0.0)),
            (1.0, 0.92, 0.70),
            detail=0,
            glow=glow,
        )
        for s in (-1.0, 1.0)
        for z in np.arange(18.0, -700.0, -24.0).tolist()
    ]
    parts += [
        ball((x, 0.25, -4.0), (0.10, 0.10, 0.10), (0.30, 1.0, 0.45), detail=1, glow=glow)
        for x in np.arange(-16.0, 17.0, 4.0).tolist()
    ]
    return merge(parts)
