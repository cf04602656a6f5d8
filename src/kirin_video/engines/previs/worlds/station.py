"""A railway station: a platform under its roof, rails beside it, a train at the far one, the town behind."""

# ruff: noqa: PLR2004 - stations are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.bodies.catalogue import Realm, catalogue
from kirin_video.engines.previs.camera import Ground, Stage
from kirin_video.engines.previs.city.buildings import any_front, row_house
from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.light import soiled
from kirin_video.engines.previs.city.palette import Lights, pick
from kirin_video.engines.previs.city.roofs import roof_kinds
from kirin_video.engines.previs.city.solids import Rgb
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.ways import Way
from kirin_video.engines.previs.worlds import platforms as made
from kirin_video.engines.previs.worlds.seasons import foliage
from kirin_video.engines.previs.worlds.site import Place, Site, fitting_fov, gather, plant
from kirin_video.engines.previs.worlds.trackbed import trackbed

_NEAR_M, _FAR_M = 34.0, -118.0
_EDGE_M, BACK_M = 2.6, -5.4
"""Where the platform ends above the rails, and its other side."""
RAILS_M = (4.35, 9.0)
_OPPOSITE_M = (10.75, 17.5)
_BALLAST: Rgb = (0.42, 0.40, 0.37)
_YARD: Rgb = (0.38, 0.40, 0.30)
_YARD_M = -0.42
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_LIVERIES: tuple[Rgb, ...] = ((0.62, 0.14, 0.12), (0.16, 0.36, 0.52), (0.20, 0.42, 0.30), (0.80, 0.50, 0.14))


def build(site: Site) -> Scene:
    """Build the station; the seed decides on which side the rails lie."""
    side = site.side(0)

    def level(x: Field, _z: Field) -> Field:
        return np.full(np.shape(x), _YARD_M, np.float32)

    lit = site.light().lamps > 0.2
    return Scene(
        stage=stage_of(site, side),
        light=site.light(turn_deg=26.0 * side),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        parts=(
            Part(gather([_yard(side)], snowy=site.snowy), Finish.HARD, casts=False, cell_m=40.0),
            Part(gather(lines_of(side), snowy=False), Finish.HARD, casts=False, cell_m=26.0),
            Part(gather(_platforms(site, side, lit=lit), snowy=site.snowy), Finish.HARD, cell_m=24.0),
            Part(gather(_town(site, side), snowy=site.snowy), Finish.HARD, cell_m=40.0),
            Part(gather(_trees(site, side, level), snowy=site.snowy), cell_m=40.0),
        ),
        lamps=_lamps(side) if lit and site.dark else (),
        shadow_radius_m=48.0,
        shadow_center=(0.0, -22.0),
        ways=(rails_of(side),),
    )


def has_train(site: Site) -> bool:
    """Whether a train of the plan's own comes."""
    kinds = catalogue()
    return any(s.kind in kinds and kinds[s.kind].realm is Realm.RAIL for s in site.plan.subjects)


def stage_of(site: Site, side: float) -> Stage:
    """On the platform, looking along its edge and the rails."""
    eye = (-0.5 * side, made.HIGH_M + 1.75, 10.5)
    return Stage(eye, (1.9 * side, made.HIGH_M + 1.35, -16.0), fitting_fov(site.aspect, 74.0), _carried(side))


def _carried(side: float) -> Ground:
    def ground(x: float, z: float) -> float:
        right = x * side
        on = BACK_M < right < _EDGE_M or _OPPOSITE_M[0] < right < _OPPOSITE_M[1]
        return made.HIGH_M if on and _FAR_M < z < _NEAR_M else -0.2

    return ground


def rails_of(side: float) -> Way:
    """The rails beside the platform, for the train that comes."""
    z = np.arange(-900.0, 260.0, 2.0)
    flat = np.zeros_like(z)
    return Way(z, flat + side * RAILS_M[0], flat, 1.7, (0.0,), railed=True, best_seen=-side)


def lines_of(side: float) -> list[Mesh]:
    """Both lines of rails."""
    near = rails_of(side)
    far = Way(near.z, near.x - side * (RAILS_M[0] - RAILS_M[1]), near.y, 1.7, (0.0,), railed=True)
    return [trackbed(near), trackbed(far)]


def platform_of(side: float) -> Mesh:
    """The platform that the viewer stands on."""
    return made.platform(side * _EDGE_M, side * BACK_M, _NEAR_M, _FAR_M)


def _platforms(site: Site, side: float, *, lit: bool) -> list[Mesh]:
    opposite = made.platform(side * _OPPOSITE_M[0], side * _OPPOSITE_M[1], _NEAR_M, _FAR_M)
    roofs: list[Mesh] = []
    for post, low, high in ((-1.6, BACK_M, 1.9), (14.0, 11.2, 17.5)):
        left, right = sorted((side * low, side * high))
        roofs.append(made.canopy(side * post, left, right, 4.0 if post < 0.0 else 14.0, -74.0, lit=lit))
    parts = [
        platform_of(side),
        opposite,
        *roofs,
        made.name_board(-3.4 * side, made.HIGH_M + 2.9, -8.0, lit=lit),
        made.hanging_clock(0.4 * side, made.HIGH_M + 3.0, -5.0),
        made.name_board(14.0 * side, made.HIGH_M + 2.9, -14.0, lit=lit),
        *(made.seat(-2.1 * side, z, side) for z in (-7.0, -14.0, -28.0)),
        *(made.seat(14.4 * side, z, -side) for z in (-8.0, -20.0, -32.0)),
    ]
    if not has_train(site):
        livery = pick(site.rng(4), _LIVERIES)
        parts.append(made.carriages(side * RAILS_M[1], -6.0, 4, livery, lit=lit))
    return parts


def _town(site: Site, side: float) -> list[Mesh]:
    """Houses beyond both platforms."""
    lights = Lights(site.rng(2), site.plan.time)
    kinds, houses = roof_kinds(), list[Mesh]()
    for where in (31.0, -15.0):
        for z in np.arange(8.0, -190.0, -10.5).tolist():
            front = any_front(lights.rng, floors=int(lights.rng.integers(2, 5)), detail=0)
            house = row_house(front, 10.4, pick(lights.rng, kinds), lights, shop=False, open_side=0)
            facing = -side if where > 0.0 else side
            houses.append(house.moved((side * where, -0.4, z), np.pi / 2.0 * facing))
    return [soiled(merge(houses))]


def _trees(site: Site, side: float, level: Height) -> list[Mesh]:
    rng = site.rng(3)
    kinds = [
        trees.broadleaf(site.seed * 7 + k, detail=0.3, colors=foliage(site.plan.season, k, _SUMMER))
        for k in range(3)
    ]
    row: list[Place] = [
        (side * float(rng.uniform(20.5, 23.0)), float(z), float(rng.uniform(0.6, 0.9)))
        for z in np.arange(-4.0, -170.0, -9.0).tolist()
    ]
    return plant(rng, kinds, row, level, 0.2)


def _yard(side: float) -> Mesh:
    """The ground: stones between the platforms, a dusty green beyond."""
    clay = Clay()
    spans = [
        (-700.0, _EDGE_M - 2.0, _YARD),
        (_EDGE_M - 2.0, _OPPOSITE_M[0] + 2.0, _BALLAST),
        (_OPPOSITE_M[0] + 2.0, 700.0, _YARD),
    ]
    for left, right, color in spans:
        low, high = sorted((side * left, side * right))
        for near, far in ((300.0, 20.0), (20.0, -60.0), (-60.0, -900.0)):
            clay.quad(
                ((low, _YARD_M, near), (high, _YARD_M, near), (high, _YARD_M, far), (low, _YARD_M, far)),
                color,
            )
    return clay.mesh()


def _lamps(side: float) -> tuple[Lamp, ...]:
    return tuple(Lamp((-0.4 * side, 4.6, z), (1.15, 0.92, 0.62), 3.6) for z in (1.0, -8.0, -17.0, -29.0))
