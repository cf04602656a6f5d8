"""A swimming pool: clear water between pale stone, sun loungers under parasols, palms, a low white house."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.city.solids import Rgb, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.site import Site, gather, plant, weathered
from kirin_video.engines.previs.worlds.stillwater import by_water, still
from kirin_video.engines.previs.worlds.surface import water_mesh

_DECK_M, _BED_M = 0.28, -1.7
_HALF_X, _HALF_Z = 6.4, 10.0
_ASIDE, _AHEAD = 3.6, -14.5
"""Where the middle of the pool is, metres to one side of the viewer and along z."""
_PAVED_M = 5.5
_SLAB_M, _JOINT_M = 1.1, 0.03
_STONE = np.array([0.80, 0.75, 0.66, 0.4], np.float32)
_JOINT = np.array([0.62, 0.57, 0.49, 0.4], np.float32)
_TILES = np.array([0.50, 0.80, 0.82, 0.2], np.float32)
_TURF = (np.array([0.24, 0.42, 0.14, 0.9], np.float32), np.array([0.34, 0.52, 0.18, 0.9], np.float32))
_WHITE: Rgb = (0.92, 0.91, 0.87)
_TEAK: Rgb = (0.60, 0.42, 0.26)
_CLOTHS: tuple[Rgb, ...] = ((0.90, 0.46, 0.22), (0.93, 0.90, 0.82), (0.16, 0.46, 0.62), (0.92, 0.76, 0.28))
_HEDGE = ((0.14, 0.27, 0.10), (0.24, 0.40, 0.15))


def build(site: Site) -> Scene:
    """Build the pool; the seed decides on which side of the viewer it lies."""
    side = site.side(0)
    height = _height(site, side)
    stage = site.stage(height, 1.75, (side * 1.6, 0.9, -18.0))
    mesh = water_mesh(
        height, 0.0, columns=170, rows=130, nearest_m=0.5, farthest_m=34.0, driest_m=0.2, all_round=True
    )
    return by_water(
        site,
        stage,
        light=site.light(turn_deg=24.0 * side),
        sky=Sky(site.seed, cloud_size=0.9, streaks=0.3),
        ground=map_ground(
            height,
            weathered(_paint(site, side), site),
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=1400.0),
            grain=Grain(amount=0.25, scale=3.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=_parts(site, height, side),
        water=still(0.0, mesh, _colors(site), swell=0.42),
        shadow=(34.0, -14.0),
    )


def _colors(site: Site) -> tuple[Rgb, Rgb]:
    """The colours of the water: by night there are lamps in it."""
    if site.dark:
        return (0.10, 0.95, 1.15), (0.30, 1.30, 1.40)
    return (0.045, 0.40, 0.47), (0.20, 0.64, 0.64)


def _off(x: Field, z: Field, side: float) -> Field:
    """Metres from the pool's rim, negative in the pool."""
    return np.maximum(np.abs(x - side * _ASIDE) - _HALF_X, np.abs(z - _AHEAD) - _HALF_Z)


def _height(site: Site, side: float) -> Height:
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        basin = smoothstep(0.0, -0.5, _off(x, z, side))
        far = smoothstep(90.0, 600.0, np.hypot(x, z))
        hills = far * (10.0 + 46.0 * noise.fbm(x / 300.0, z / 300.0, 4))
        return (_DECK_M + (_BED_M - _DECK_M) * basin + np.maximum(hills, 0.0)).astype(np.float32)

    return height


def _paint(site: Site, side: float) -> Paint:
    noise = site.noise(2)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        off = _off(x, z, side)
        lawn = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 9.0, z / 9.0, 4)))
        u, v = np.abs(np.mod(x / _SLAB_M, 1.0) - 0.5), np.abs(np.mod(z / _SLAB_M, 1.0) - 0.5)
        joint = smoothstep(0.5 - _JOINT_M, 0.5, np.maximum(u, v)) * smoothstep(60.0, 14.0, np.hypot(x, z))
        slabs = blend(_STONE, _JOINT, joint) * (1.0 + 0.10 * noise.fbm(x / 2.6, z / 2.6, 3))[..., None]
        color = blend(slabs, lawn, smoothstep(_PAVED_M - 0.05, _PAVED_M + 0.05, off))
        return blend(color, np.broadcast_to(_TILES, color.shape), smoothstep(0.0, -0.1, off))

    return paint


def _parts(site: Site, height: Height, side: float) -> list[Part]:
    rng, snowy = site.rng(1), site.snowy
    far_x, back = side * (_ASIDE + _HALF_X + 2.3), _AHEAD - _HALF_Z
    loungers = [
        _lounger(_CLOTHS[k % 2 * 2]).moved((far_x, _DECK_M, _AHEAD + z), -side * math.pi / 2.0)
        for k, z in enumerate((6.4, 3.4, -1.2, -4.2))
    ]
    shades = [
        _parasol(_CLOTHS[k]).moved((far_x + side * 0.5, _DECK_M, _AHEAD + z))
        for k, z in enumerate((4.9, -2.7))
    ]
    furniture = merge([_rim(side), _ladder(side), *loungers, *(shades if site.shows("umbrella") else ())])
    hedge = [trees.bush(site.seed * 3 + k, _HEDGE, detail=0.5) for k in range(3)]
    row = [(x, back - 7.5 + float(rng.uniform(-0.3, 0.3)), 1.5) for x in np.arange(-32.0, 33.0, 1.9).tolist()]
    row += [
        (x, z, 1.5)
        for x in (far_x + side * 7.0, -side * 17.0)
        for z in np.arange(back - 6.0, 9.0, 1.9).tolist()
    ]
    parts = [
        Part(gather([furniture], snowy=snowy), Finish.HARD, mirrored=True, cell_m=0.0),
        Part(
            gather([_house(side, back, lit=site.dark)], snowy=snowy), Finish.HARD, mirrored=True, cell_m=0.0
        ),
        Part(gather(plant(rng, hedge, row, height, 0.1), snowy=snowy), mirrored=True, cell_m=24.0),
    ]
    if site.shows("palm"):
        palms = [trees.palm(site.seed * 5 + k, height=float(rng.uniform(5.5, 7.5))) for k in range(3)]
        spots = [
            (-side * 9.5, back - 3.0, 1.0),
            (side * 13.4, _AHEAD + 1.0, 1.0),
            (side * 12.6, back - 4.0, 1.1),
        ]
        parts.append(
            Part(gather(plant(rng, palms, spots, height, 0.1), snowy=snowy), mirrored=True, cell_m=14.0)
        )
    return parts


def _rim(side: float) -> Mesh:
    """Coping stones round the water, a hand above the paving."""
    x0, x1, z0, z1 = side * _ASIDE - _HALF_X, side * _ASIDE + _HALF_X, _AHEAD - _HALF_Z, _AHEAD + _HALF_Z
    low, high, wide, lip = _DECK_M - 0.1, _DECK_M + 0.045, 0.42, 0.06
    return merge(
        [
            soft_box((x0 - wide, low, z1 - lip), (x1 + wide, high, z1 + wide), _WHITE, bevel=0.03),
            soft_box((x0 - wide, low, z0 - wide), (x1 + wide, high, z0 + lip), _WHITE, bevel=0.03),
            soft_box((x0 - wide, low, z0), (x0 + lip, high, z1), _WHITE, bevel=0.03),
            soft_box((x1 - lip, low, z0), (x1 + wide, high, z1), _WHITE, bevel=0.03),
        ]
    )


def _ladder(side: float) -> Mesh:
    """Two bright rails that bend over the rim, and the rungs between them."""
    steel: Rgb = (0.80, 0.82, 0.84)
    x, z, parts = side * (_ASIDE + _HALF_X) - side * 0.25, _AHEAD + 4.6, list[Mesh]()
    for dz in (-0.26, 0.26):
        at = z + dz
        parts += [
            rod((x, -0.9, at), (x, 0.95, at), 0.03, steel),
            rod((x, 0.95, at), (x + side * 0.34, 1.05, at), 0.03, steel),
            rod((x + side * 0.34, 1.05, at), (x + side * 0.62, _DECK_M, at), 0.03, steel),
        ]
    parts += [rod((x, y, z - 0.26), (x, y, z + 0.26), 0.025, steel) for y in (-0.55, -0.2, 0.12)]
    return merge(parts)


def _lounger(cloth: Rgb) -> Mesh:
    """A sun bed along z, its back raised at -z."""
    legs = [
        soft_box((x - 0.03, 0.0, z - 0.03), (x + 0.03, 0.3, z + 0.03), _TEAK, bevel=0.01)
        for x in (-0.28, 0.28)
        for z in (-0.7, 0.8)
    ]
    back = np.linspace(0.0, 0.62, 6)
    raised = [
        soft_box(
            (-0.3, 0.36 + h * 0.62, -0.45 - h * 0.75 - 0.09),
            (0.3, 0.46 + h * 0.62, -0.45 - h * 0.75 + 0.09),
            cloth,
            bevel=0.03,
        )
        for h in back.tolist()
    ]
    return merge(
        [
            *legs,
            soft_box((-0.32, 0.28, -0.8), (0.32, 0.34, 0.95), _TEAK, bevel=0.02),
            soft_box((-0.3, 0.33, -0.5), (0.3, 0.44, 0.93), cloth, bevel=0.04),
            *raised,
        ]
    )


def _parasol(cloth: Rgb) -> Mesh:
    """A parasol three metres wide."""
    roof = turned([(0.03, 2.72), (0.6, 2.62), (1.5, 2.2), (1.5, 2.14), (0.5, 2.5)], cloth, sides=12)
    return merge([rod((0.0, 0.0, 0.0), (0.0, 2.75, 0.0), 0.035, _TEAK), roof])


def _house(side: float, back: float, *, lit: bool) -> Mesh:
    """A low white house behind the pool: a flat roof, a glass front, a deep shade."""
    x0, x1, z = -side * 6.0 - 7.0, -side * 6.0 + 7.0, back - 13.0
    panes = [
        soft_box(
            (x, 0.4, z + 4.02),
            (x + 2.3, 2.9, z + 4.1),
            (1.0, 0.80, 0.46) if lit else (0.30, 0.42, 0.48),
            bevel=0.02,
            glow=0.55 * lit,
        )
        for x in np.arange(x0 + 0.8, x1 - 2.4, 2.6).tolist()
    ]
    return merge(
        [
            soft_box((x0, 0.2, z - 4.0), (x1, 3.2, z + 4.0), _WHITE, bevel=0.04),
            soft_box((x0 - 0.8, 3.2, z - 4.4), (x1 + 0.8, 3.55, z + 6.0), (0.95, 0.94, 0.91), bevel=0.05),
            *(rod((x, 0.2, z + 5.6), (x, 3.2, z + 5.6), 0.09, _WHITE) for x in (x0, x1)),
            *panes,
        ]
    )
