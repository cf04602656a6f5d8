"""A harbour: a stone quay with bollards, fishing boats at their moorings, houses round the water, a light."""

# ruff: noqa: PLR2004 - a harbour is made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import boats
from kirin_video.engines.previs.camera import Ground, Stage
from kirin_video.engines.previs.city.buildings import any_front, row_house
from kirin_video.engines.previs.city.light import soiled
from kirin_video.engines.previs.city.palette import Lights, pick
from kirin_video.engines.previs.city.roofs import roof_kinds
from kirin_video.engines.previs.city.solids import Rgb, ball
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.moorings import trawler
from kirin_video.engines.previs.worlds.quays import EDGE_X, QUAY_M, breakwater, quay
from kirin_video.engines.previs.worlds.site import Site, fitting_fov, gather, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

_FRONT_M, _DEEP_M, _OVER_EDGE_M = 9.5, -5.0, 0.7
"""How broad the quay is, how deep the basin, and how far over the quay eyes are that look at boats."""
_STONE = np.array([0.52, 0.48, 0.42, 0.8], np.float32)
_GREEN = (np.array([0.26, 0.36, 0.16, 0.9], np.float32), np.array([0.44, 0.44, 0.34, 0.9], np.float32))
_HULLS: tuple[Rgb, ...] = (
    (0.14, 0.32, 0.52),
    (0.70, 0.16, 0.12),
    (0.14, 0.42, 0.34),
    (0.90, 0.88, 0.82),
    (0.86, 0.56, 0.14),
)


def build(site: Site) -> Scene:
    """Build the harbour; the seed decides on which side the quay lies."""
    side = site.side(0)
    height = _height(site, side)
    paint = weathered(_paint(site), site)
    points, faces = water_mesh(
        height, 0.0, columns=150, rows=110, nearest_m=1.0, farthest_m=5000.0, driest_m=0.6, all_round=True
    )
    lit = site.light().lamps > 0.2
    lamps = [(side * (EDGE_X - 1.6), QUAY_M + 3.6, z) for z in (-9.0, -29.0, -49.0)]
    return Scene(
        stage=Stage(
            (side * -3.9, QUAY_M + 2.1, 9.0),
            (side * 4.2, 2.2, -30.0),
            fitting_fov(site.aspect, 74.0),
            _carried(side, _OVER_EDGE_M if site.open_water else 0.0),
        ),
        light=site.light(turn_deg=24.0 * side),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.4),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=420, farthest_m=3600.0, bands=((100.0, 900.0, 1.0),)),
            grain=Grain(amount=0.5, scale=5.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(
            Part(gather([mesh], snowy=site.snowy), Finish.HARD, mirrored=True, cell_m=24.0)
            for mesh in (
                merge(quay(side, lit=lit)),
                *_towns(site, side),
                merge(_moored(site, side, lit=lit)),
                merge(breakwater(side, lit=lit)),
            )
        ),
        lamps=tuple(Lamp(at, (1.2, 0.86, 0.48), 4.0) for at in lamps) if site.dark else (),
        water=Water(
            Surface.LAKE, 0.0, points, faces, (0.012, 0.070, 0.090), (0.06, 0.20, 0.20), swell=0.6, foam=0.0
        ),
        mirror_level_m=0.0,
        shadow_radius_m=70.0,
        shadow_center=(0.0, -36.0),
    )


def _carried(side: float, over_m: float) -> Ground:
    """What eyes keep above: the quay, and so much more that its edge hides no boat before it."""

    def ground(x: float, z: float) -> float:
        on = x * side < EDGE_X and -140.0 < z < 60.0
        return QUAY_M + over_m if on else _DEEP_M

    return ground


def _height(site: Site, side: float) -> Height:
    """Water before the quay; hills behind the houses and round the basin's far end."""
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        right, ahead = x * side, -z
        quay = smoothstep(EDGE_X - 1.2, EDGE_X - 1.6, right) * smoothstep(165.0, 160.0, ahead)
        far = smoothstep(134.0, 142.0, ahead + 0.30 * np.clip(-right, 0.0, 60.0)) * smoothstep(
            86.0, 76.0, right
        )
        land = np.maximum(quay, far)
        hill = 34.0 * smoothstep(14.0, 120.0, -right - 16.0) * (0.8 + noise.fbm(x / 90.0, z / 90.0, 3))
        behind = (
            46.0
            * smoothstep(150.0, 330.0, ahead)
            * (0.8 + noise.fbm(x / 110.0 + 3.0, z / 110.0, 3))
            * smoothstep(110.0, 30.0, right)
        )
        cape = (
            60.0
            * smoothstep(500.0, 1200.0, ahead)
            * np.maximum(noise.fbm(x / 420.0, z / 420.0, 4) + 0.1, 0.0)
            * smoothstep(420.0, 200.0, right)
        )
        up = np.maximum(hill, behind) * land
        return (_DEEP_M + (QUAY_M - 0.05 - _DEEP_M) * land + up + cape * (1.0 - land) * 2.0).astype(
            np.float32
        )

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        green = blend(_GREEN[0], _GREEN[1], smoothstep(-0.2, 0.5, noise.fbm(x / 14.0, z / 14.0, 4)))
        stones = 1.0 - 0.12 * ((x % 1.2 < 0.05) | (z % 0.8 < 0.05))
        stone = (
            np.broadcast_to(_STONE, green.shape) * (stones + 0.12 * noise.fbm(x / 1.5, z / 1.5, 3))[..., None]
        )
        return blend(
            stone.astype(np.float32),
            green,
            np.maximum(smoothstep(2.0, 4.0, y), smoothstep(0.3, 0.5, steep) * (y > 3.0)),
        )

    return paint


def _towns(site: Site, side: float) -> list[Mesh]:
    """Houses along the quay and round the far end of the basin."""
    lights = Lights(site.rng(2), site.plan.time)
    rng, kinds = lights.rng, roof_kinds()
    rows: list[list[Mesh]] = [[], []]
    z = 24.0
    while z > -150.0:
        wide = float(rng.uniform(6.5, 9.5))
        front = any_front(
            rng, floors=int(rng.integers(2, 4)), detail=2 if z > -14.0 else 1 if z > -60.0 else 0
        )
        house = row_house(front, wide, pick(rng, kinds), lights, shop=bool(rng.random() < 0.4), open_side=0)
        rows[0].append(house.moved((side * (EDGE_X - _FRONT_M), QUAY_M, z - wide / 2.0), side * np.pi / 2.0))
        z -= wide
    x = -6.0
    while x < 78.0:
        wide = float(rng.uniform(7.0, 10.0))
        front = any_front(rng, floors=int(rng.integers(2, 5)), detail=0)
        house = row_house(front, wide, pick(rng, kinds), lights, shop=False, open_side=0)
        rows[1].append(house.moved((side * (x + wide / 2.0), QUAY_M, -152.0)))
        x += wide
    for k in range(14):
        front = any_front(rng, floors=2, detail=0)
        house = row_house(front, 9.0, pick(rng, kinds[:3]), lights, shop=False, open_side=0)
        rows[1].append(house.moved((side * (-20.0 + 7.4 * k), 6.0 + 3.0 * (k % 3), -186.0 - 14.0 * (k % 3))))
    return [soiled(merge(row)) for row in rows]


def _moored(site: Site, side: float, *, lit: bool) -> list[Mesh]:
    """Fishing boats side by side along the quay, sailing boats in the basin, buoys."""
    rng, fleet = site.rng(5), list[Mesh]()
    last = -1
    for k, z in enumerate((-7.0, -20.0, -33.0, -47.0, -62.0, -78.0)):
        which = int(rng.choice([n for n in range(len(_HULLS)) if n != last]))
        last = which
        boat = trawler(_HULLS[which], lit=lit)
        fleet.append(
            boat.moved((side * (EDGE_X + 3.0), 0.0, z), np.pi / 2.0 + 0.05 * (k % 3 - 1), 0.9 + 0.1 * (k % 2))
        )
    for x, z, turn in (
        (15.0, -36.0, 0.4),
        (24.0, -58.0, 2.4),
        (34.0, -84.0, 0.9),
        (17.0, -92.0, 2.0),
        (46.0, -110.0, 0.2),
    ):
        fleet.append(boats.sailing_boat().moved((side * x, 0.0, z), turn * side))
    for x, z in ((8.0, -17.0), (12.5, -27.0), (26.0, -40.0)):
        fleet.append(ball((side * x, 0.1, z), (0.36, 0.36, 0.36), (0.86, 0.30, 0.12)))
    return fleet
