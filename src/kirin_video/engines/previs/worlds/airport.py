"""An airfield: a runway with its markings that runs to the horizon, a terminal, a tower, parked aircraft."""

# ruff: noqa: PLR2004 - a runway is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing, four
from kirin_video.engines.previs.city.solids import Point, Rgb, ball, rod
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.airliners import airliner
from kirin_video.engines.previs.worlds.airport_buildings import hangar, tower
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
    parts = [clay.mesh(), tower(lit=lit).moved((side * 66.0, 0.0, -150.0))]
    parts += [hangar().moved((-side * 70.0, 0.0, z), side * math.pi / 2.0) for z in (-70.0, -118.0)]
    return parts


def _parked(site: Site, side: float) -> list[Mesh]:
    """Airliners at their gates, noses to the terminal."""
    rng = site.rng(4)
    spots = [(-72.0, 1.0), (-117.0, 1.0), (-162.0, 1.0)]
    return [
        airliner(_TAILS[int(rng.integers(len(_TAILS)))]).moved(
            (side * (_TERMINAL_X - 26.0), 0.0, z), 0.0 if side > 0.0 else math.pi, scale
        )
        for z, scale in spots
    ]


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
