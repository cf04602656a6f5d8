"""The Great Wall: battlements and watchtowers that follow the ridges, hill behind hill."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import Rgb, shaded
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Season, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.ways import Floats, Way
from kirin_video.engines.previs.worlds.ribbons import beside, ribbon
from kirin_video.engines.previs.worlds.seasons import foliage, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_HALF_M, _WALL_M = 2.9, 6.0
"""Half of its width, and how high its walk lies above the ridge."""
_STONE: Rgb = (0.60, 0.54, 0.45)
_CAP: Rgb = (0.69, 0.63, 0.53)
_PAVED: Rgb = (0.56, 0.51, 0.44)
_SLOPE = (np.array([0.25, 0.36, 0.14, 0.9], np.float32), np.array([0.38, 0.45, 0.19, 0.9], np.float32))
_WOODS = np.array([0.17, 0.28, 0.12, 1.0], np.float32)
_ROCK = np.array([0.46, 0.43, 0.38, 0.9], np.float32)
_SUMMER = ((0.20, 0.33, 0.12), (0.42, 0.52, 0.18))
_NEAR_Z, _FAR_Z = 60.0, -900.0
_TOWERS = (-58.0, -150.0, -245.0, -345.0, -450.0, -580.0, -730.0)
_EYE_Z = 6.0


def build(site: Site) -> Scene:
    """Build the wall and the hills it crosses."""
    side = site.side(0)
    way = _course(site, side)
    height = _height(site, way)
    paint = weathered(turned(_paint(site), site.plan.season), site)
    crowd = any(not s.scenery for s in site.plan.subjects)
    x, y = way.middle(np.array([_EYE_Z, -60.0]))
    stage = site.stage(height, 3.0, (float(x[1]), float(y[1]) + 1.0, -60.0), 74.0)
    # Who is on the wall is seen from it; the wall alone from a little above it, where all of it shows.
    above = 2.0 if crowd else 4.2
    eye = (float(x[0]) - side * (1.2 if crowd else 0.2), float(y[0]) + above, _EYE_Z)

    def land(a: Floats, b: Floats) -> Floats:
        return height(a.astype(np.float32), b.astype(np.float32)).astype(float)

    carried = way.carrying(land)

    def on_it(a: float, b: float) -> float:
        return float(carried(np.array([a]), np.array([b]))[0])

    stage = replace(
        stage,
        eye=eye,
        target=(float(x[1]) + side * 4.0, float(y[1]) + (1.5 if crowd else 4.0), -60.0),
        ground=on_it,
    )
    light = _light(site, side)
    return Scene(
        stage=stage,
        light=light,
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=512, farthest_m=5200.0, bands=((120.0, 1600.0, 1.4),)),
            grain=Grain(amount=0.5, scale=4.0),
            wetness=0.15 if site.wet else 0.0,
        ),
        parts=(
            Part(gather([_wall(way), *_towers(way)], snowy=site.snowy), Finish.HARD, cell_m=30.0),
            *_woods(site, way, height),
        ),
        shadow_radius_m=90.0,
        shadow_center=(0.0, -50.0),
        ways=(way,),
    )


def _light(site: Site, side: float) -> Light:
    """The hour's light; a low sun stands beside the wall's highest tops, and mist only fills the valleys."""
    light = site.light(turn_deg=28.0 * side, haze=0.6)
    if site.plan.time in {TimeOfDay.DAWN, TimeOfDay.DUSK}:
        light = replace(light, sun=direction(-side * 17.0, 9.5))
    foggy = site.plan.weather is Weather.FOG
    return light if foggy else replace(light, mist_per_m=0.35 * light.mist_per_m)


def _course(site: Site, side: float) -> Way:
    """Where the wall runs: in wide bends, down into saddles and up over tops."""
    z = np.arange(_FAR_Z, _NEAR_Z + 1.0, 1.5)
    ahead = -z
    wander = site.rng(6).uniform(-0.4, 0.4)
    grown = np.clip(ahead / 70.0, 0.0, 1.0) ** 2
    x = side * (
        34.0 * np.sin(ahead / 78.0 + wander) * grown
        + 0.14 * ahead * grown
        + 26.0 * np.sin(ahead / 190.0 + 1.0) * np.clip((ahead - 120.0) / 200.0, 0.0, 1.0)
    )
    y = _ridge_top(ahead)
    return Way(z, x, y + _WALL_M, _HALF_M - 0.55, (0.9,), best_seen=0.0, kept_clear=False)


def _ridge_top(ahead: Floats) -> Floats:
    """How high the ridge is below the wall: a saddle before the viewer, then higher and higher tops."""
    saddle = -15.0 * np.exp(-(((ahead - 62.0) / 34.0) ** 2))
    tops = 24.0 * (0.5 - 0.5 * np.cos((ahead - 62.0) / 52.0)) * np.clip((ahead - 62.0) / 90.0, 0.0, 1.0)
    climb = 0.135 * np.clip(ahead - 90.0, 0.0, 620.0)
    return saddle + tops + climb


def _height(site: Site, way: Way) -> Height:
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        off = np.abs(way.off(x, z)).astype(np.float32)
        top = np.interp(z, way.z, way.y).astype(np.float32) - np.float32(_WALL_M + 0.3)
        rough = noise.fbm(x / 60.0, z / 60.0, 4) * 9.0 + noise.fbm(x / 240.0 + 5.0, z / 240.0, 3) * 34.0
        deep = 0.42 * np.clip(off - 5.0, 0.0, 150.0) + 0.10 * np.clip(off - 155.0, 0.0, 300.0)
        flank = top - deep + rough * smoothstep(8.0, 70.0, off)
        r = np.hypot(x, z)
        far = noise.ridged(x / 1500.0 + 4.0, z / 1500.0, 5) * 430.0 - 130.0
        away = np.maximum(smoothstep(260.0, 700.0, off), smoothstep(850.0, 1500.0, r))
        return (flank + (far - flank) * away).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        color = blend(_SLOPE[0], _SLOPE[1], smoothstep(-0.3, 0.4, noise.fbm(x / 22.0, z / 22.0, 4)))
        rough = noise.fbm(x / 60.0 + 9.0, z / 60.0, 4)
        woods = np.broadcast_to(_WOODS, color.shape) * (1.0 + 0.5 * noise.fbm(x / 9.0, z / 9.0, 3))[..., None]
        color = blend(color, woods, smoothstep(-0.25, 0.1, rough))
        return blend(color, np.broadcast_to(_ROCK, color.shape), smoothstep(0.26, 0.40, steep + 0.1 * rough))

    return paint


def _wall(way: Way) -> Mesh:
    """Its flanks, its walk and its battlements."""
    z = np.concatenate([np.arange(_NEAR_Z, -140.0, -2.0), np.arange(-140.0, _FAR_Z, -5.0)])
    foot, dark = -_WALL_M - 4.0, shaded(_STONE, 0.78)
    half, rim = _HALF_M, 0.5
    ribs = [
        (-half - 0.8, foot, dark), (-half, -0.2, _STONE),
        (-half, -0.2, _CAP), (-half - 0.07, -0.2, _CAP), (-half - 0.07, 0.0, _CAP), (-half, 0.0, _CAP),
        (-half, 0.0, _STONE), (-half, 0.75, _STONE), (-half, 0.75, _CAP), (-half + rim, 0.75, _CAP),
        (-half + rim, 0.75, _STONE), (-half + rim, 0.0, dark), (-half + rim, 0.0, _PAVED),
        (0.0, 0.02, _PAVED),
        (half - rim, 0.0, _PAVED), (half - rim, 0.0, dark), (half - rim, 0.75, _STONE),
        (half - rim, 0.75, _CAP), (half, 0.75, _CAP), (half, 0.75, _STONE), (half, 0.0, _STONE),
        (half, 0.0, _CAP), (half + 0.07, 0.0, _CAP), (half + 0.07, -0.2, _CAP), (half, -0.2, _CAP),
        (half, -0.2, _STONE), (half + 0.8, foot, dark),
    ]  # fmt: skip
    near, far = Clay(), Clay()
    near.box((-0.26, 0.7, -0.55), (0.26, 1.55, 0.55), _STONE)
    near.box((-0.31, 1.5, -0.60), (0.31, 1.64, 0.60), _CAP, faces="xXyYzZ")
    far.box((-0.26, 0.7, -1.0), (0.26, 1.6, 1.0), _STONE)
    merlons = [
        beside(way, mesh, aside, np.arange(*span))
        for aside in (-half + 0.25, half - 0.25)
        for mesh, span in (
            (near.mesh(), (_NEAR_Z - 20.0, -150.0, -1.9)),
            (far.mesh(), (-151.0, _FAR_Z + 4.0, -4.0)),
        )
    ]
    steps = Clay()
    steps.box((-half + rim, -0.3, -0.05), (half - rim, 0.035, 0.05), shaded(_PAVED, 0.80), faces="YzZ")
    return merge(
        [ribbon(way, ribs, z), *merlons, beside(way, steps.mesh(), 0.0, np.arange(14.0, -90.0, -1.1))]
    )


def _towers(way: Way) -> list[Mesh]:
    """Watchtowers: broad blocks with arched windows, battlements, a small house on top of each."""
    x, y = way.middle(np.array(_TOWERS))
    turns = np.arctan(way.slant(np.array(_TOWERS)))
    return [
        _tower(k).moved((float(a), float(b), z), float(t))
        for k, (a, b, z, t) in enumerate(zip(x, y, _TOWERS, turns, strict=True))
    ]


def _tower(number: int) -> Mesh:
    clay, half, top = Clay(), 4.6, 6.2
    clay.box((-half, -_WALL_M - 8.0, -half), (half, top, half), _STONE)
    clay.box(
        (-half - 0.18, top - 0.9, -half - 0.18), (half + 0.18, top - 0.6, half + 0.18), _CAP, faces="xXyYzZ"
    )
    clay.box((-half - 0.12, top, -half - 0.12), (half + 0.12, top + 0.55, half + 0.12), _CAP, faces="xXYzZ")
    dark: Rgb = (0.10, 0.085, 0.07)
    sides = Clay()
    for at in (-2.7, 0.0, 2.7):
        wide, low, high = (0.75, 0.05, 2.6) if at == 0.0 else (0.5, 1.6, 3.2)
        sides.front(at - wide, at + wide, low, high, half + 0.02, dark)
        for k in range(4):
            inset = wide * (1.0 - (1.0 - ((k + 1) / 4.0) ** 2) ** 0.5)
            y = high + wide * 0.25 * k
            sides.front(at - wide + inset, at + wide - inset, y, y + wide * 0.25, half + 0.02, dark)
        sides.front(at - wide - 0.2, at + wide + 0.2, low - 0.18, low, half + 0.03, _CAP)
    front = sides.mesh()
    for quarter in range(4):
        clay.add(front.moved((0.0, 0.0, 0.0), quarter * np.pi / 2.0))
    for k in range(5):
        at = -half + 0.5 + k * (2.0 * half - 1.0) / 4.0
        for low, high in (
            ((at - 0.5, top + 0.5, half - 0.4), (at + 0.5, top + 1.6, half)),
            ((at - 0.5, top + 0.5, -half), (at + 0.5, top + 1.6, -half + 0.4)),
            ((half - 0.4, top + 0.5, at - 0.5), (half, top + 1.6, at + 0.5)),
            ((-half, top + 0.5, at - 0.5), (-half + 0.4, top + 1.6, at + 0.5)),
        ):
            clay.box(low, high, _STONE)
    if number % 2 == 0:
        clay.box((-2.4, top + 0.5, -2.0), (2.4, top + 2.9, 2.0), shaded(_STONE, 0.94))
        tiles: Rgb = (0.33, 0.31, 0.29)
        low, high, out = top + 2.8, top + 4.6, 0.8
        clay.quad(((-3.0, low, 2.0 + out), (3.0, low, 2.0 + out), (2.2, high, 0.0), (-2.2, high, 0.0)), tiles)
        clay.quad(
            ((3.0, low, -2.0 - out), (-3.0, low, -2.0 - out), (-2.2, high, 0.0), (2.2, high, 0.0)), tiles
        )
        for s in (1.0, -1.0):
            ring = (
                (s * 3.0, low, s * (2.0 + out)),
                (s * 3.0, low, -s * (2.0 + out)),
                (s * 2.2, high, 0.0),
                (s * 2.2, high, 0.0),
            )
            clay.quad(ring, shaded(tiles, 0.9))
    return clay.mesh()


def _woods(site: Site, way: Way, height: Height) -> list[Part]:
    """Shrubs and trees on the flanks, none on the wall."""
    rng, season = site.rng(1), site.plan.season
    near = [
        trees.broadleaf(site.seed * 7 + k, detail=0.4, colors=foliage(season, k, _SUMMER)) for k in range(3)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.14, colors=foliage(season, k, _SUMMER)) for k in range(3)
    ]
    pines = [trees.pine(site.seed * 5 + k, sides=6, tiers=4, far=True) for k in range(2)]
    bare = season is Season.WINTER

    def along(count: int, reach: tuple[float, float], off: tuple[float, float]) -> list[Place]:
        z = -rng.uniform(*reach, count)
        aside = rng.choice((-1.0, 1.0), count) * rng.uniform(*off, count)
        places = way.placed(z, aside)
        return [(float(p[0]), float(p[2]), float(rng.uniform(0.5, 1.0))) for p in places]

    return [
        Part(
            gather(
                plant(rng, pines if bare else near, along(44, (6.0, 110.0), (8.0, 46.0)), height, 0.4),
                snowy=site.snowy,
            ),
            cell_m=26.0,
        ),
        Part(
            gather(
                plant(rng, [*far, *pines], along(420, (90.0, 640.0), (8.0, 150.0)), height, 0.5),
                snowy=site.snowy,
            ),
            casts=False,
            cell_m=90.0,
        ),
    ]
