"""An alley: a narrow lane of setts between houses, with bins, pipes, iron stairs and few lamps."""

# ruff: noqa: PLR2004 - an alley is made of measures
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.buildings import any_front, row_house
from kirin_video.engines.previs.city.clay import Clay, Corners, facing
from kirin_video.engines.previs.city.light import lamplit, soiled
from kirin_video.engines.previs.city.neon import signs
from kirin_video.engines.previs.city.palette import BRICKS, IRON, LAMP, STONE, WOOD, Lights, pick, tinted
from kirin_video.engines.previs.city.roofs import roof_kinds
from kirin_video.engines.previs.city.solids import Point, Rgb, ball, rod, shaded, turned
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import whitened
from kirin_video.engines.previs.worlds.city import has_neon, shine
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_HALF_M = 2.5
"""Half of the lane's width: the fronts stand there."""
_NEAR_Z, _FAR_Z = 20.0, -46.0
_CLOSE_Z = -26.0
"""As far as this, things are modelled closely."""
_SETT: Rgb = (0.43, 0.40, 0.36)
_LAMPS_Z = (0.5, -10.5, -21.5, -34.0)
_LAMP_Y = 3.35
_LAMPLIGHT = (1.25, 0.86, 0.46)
_DIM = 0.74
"""How much of a street's night light falls between high walls."""
_SUN_DEG = (169.0, 50.0)
"""Where the sun stands by day: behind the viewer, a little to one side."""
_LIFT = 1.2
"""How much more is let in by day, where the sun seldom comes down to the ground."""
_NIGHT: Rgb = (0.14, 0.18, 0.28)
_BINS: tuple[Rgb, ...] = ((0.16, 0.30, 0.22), (0.20, 0.26, 0.36), (0.28, 0.28, 0.29))
_WASHING: tuple[Rgb, ...] = ((0.88, 0.86, 0.80), (0.52, 0.62, 0.74), (0.74, 0.36, 0.30), (0.84, 0.72, 0.44))


def build(site: Site) -> Scene:
    """Build the lane, the two rows of houses, and the street across its far end."""
    lights = Lights(site.rng(2), site.plan.time)
    side, strength = site.side(0), lights.lamps
    lamps = tuple(_lamp_at(k, side) for k in range(len(_LAMPS_Z)))
    rows = [soiled(merge(_row(one, lights))) for one in (-1.0, 1.0)]
    clutter = merge([*_bracket_lamps(lamps, lit=strength > 0.0), *_clutter(site, side), _lines(site)])
    meshes = [_ground(site), *rows, clutter, merge(_crossing(lights))]
    neon = signs(site.rng(21), _HALF_M, _FAR_Z) if has_neon(site) else []
    if neon:
        meshes.append(merge([sign.mesh for sign in neon]))
    light = site.light(turn_deg=-8.0 if site.dark else 0.0)
    light = _night(light) if site.dark else _along(light, side)
    return Scene(
        stage=Stage(
            (0.25 * side, 1.65, 8.5), (-0.1 * side, 2.35, -12.0), fitting_fov(site.aspect, 70.0), _level
        ),
        light=light,
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.4),
        weather=site.plan.weather,
        seed=site.seed,
        parts=tuple(
            Part(_snowed(lamplit(mesh, lamps, strength), site), Finish.HARD, mirrored=k > 0, cell_m=18.0)
            for k, mesh in enumerate(meshes)
        ),
        swarms=(shine(neon),) if neon else (),
        baked_lamps=tuple(Lamp(at, _LAMPLIGHT, 3.4) for at in lamps) if strength > 0.5 else (),
        mirror_level_m=0.0 if site.wet else None,
        wet_street=site.wet,
        shadow_radius_m=34.0,
        shadow_center=(0.0, -14.0),
        round_rad=0.3,
    )


def _level(_x: float, _z: float) -> float:
    return 0.0


def _night(light: Light) -> Light:
    """The lamps on the walls light an alley, not the moon."""
    return replace(light, exposure=light.exposure * _DIM, sun_color=_NIGHT)


def _along(light: Light, side: float) -> Light:
    """By day the sun stands nearly along the lane: else it never came down to the ground."""
    wall = tuple(0.55 * h + 0.25 * g for h, g in zip(light.horizon, (1.0, 0.86, 0.70), strict=True))
    sun = direction(_SUN_DEG[0] * side, _SUN_DEG[1])
    return replace(light, sun=sun, bounce=(wall[0], wall[1], wall[2]), exposure=light.exposure * _LIFT)


def _snowed(mesh: Mesh, site: Site) -> Mesh:
    return whitened(mesh, 0.9, 0.35) if site.snowy else mesh


def _lamp_at(k: int, side: float) -> Point:
    """Where a lamp hangs: by turns on both walls."""
    return (side * (1.0 if k % 2 else -1.0) * (_HALF_M - 0.55), _LAMP_Y, _LAMPS_Z[k])


def _ground(site: Site) -> Mesh:
    """Setts, each in its own grey, that fall to a gutter in the middle."""
    rng, clay = site.rng(3), Clay()
    far = shaded(_SETT, 0.5)
    clay.quad(((-90.0, -0.05, 60.0), (90.0, -0.05, 60.0), (90.0, -0.05, -120.0), (-90.0, -0.05, -120.0)), far)
    z = _NEAR_Z
    while z > _FAR_Z:
        deep = 0.30 if z > -9.0 else 0.60 if z > _CLOSE_Z else 1.6
        columns = 15 if z > -9.0 else 9 if z > _CLOSE_Z else 4
        for k in range(columns):
            x0, x1 = (-_HALF_M + 2.0 * _HALF_M * (k + end) / columns for end in (0.0, 1.0))
            gutter = abs(x0 + x1) < 0.3
            tone = tinted(rng, shaded(_SETT, 0.72 if gutter else 1.0), 0.14)
            gap = 0.012 if z > _CLOSE_Z else 0.0
            x0, x1, z1 = x0 + gap, x1 - gap, z - deep + gap
            clay.quad(((x0, 0.0, z), (x1, 0.0, z), (x1, 0.0, z1), (x0, 0.0, z1)), tone)
        z -= deep
    return clay.mesh()


def _row(one: float, lights: Lights) -> list[Mesh]:
    """The houses of one side: brick and plaster, two to four storeys, no shops."""
    rng, kinds = lights.rng, roof_kinds()
    houses: list[Mesh] = []
    unlike: Rgb | None = None
    z = _NEAR_Z
    while z > _FAR_Z + 3.0:
        width = min(float(rng.uniform(6.5, 9.5)), z - _FAR_Z)
        front = any_front(
            rng, floors=int(rng.choice([2, 3, 3])), detail=2 if z > _CLOSE_Z else 1, unlike=unlike
        )
        brick = pick(rng, BRICKS) if rng.random() < 0.55 else front.wall
        front = replace(front, wall=brick, base=shaded(brick, 0.88), balconies=False, ground_m=3.9)
        house = row_house(front, width - 0.04, pick(rng, kinds[:2]), lights, shop=False, open_side=0)
        houses.append(house.moved((one * _HALF_M, 0.0, z - width / 2.0), -one * math.pi / 2.0))
        unlike, z = front.wall, z - width
    return houses


def _crossing(lights: Lights) -> list[Mesh]:
    """The street across the far end: a kerb, its asphalt, and the houses over the way."""
    rng, clay = lights.rng, Clay()
    clay.quad(
        ((-40.0, 0.01, -47.0), (40.0, 0.01, -47.0), (40.0, 0.01, -57.0), (-40.0, 0.01, -57.0)),
        (0.3, 0.3, 0.31),
    )
    clay.box((-40.0, 0.0, -47.2), (40.0, 0.1, -46.8), STONE)
    houses = [clay.mesh()]
    for k in range(-2, 3):
        front = any_front(rng, floors=4, detail=1)
        house = row_house(front, 9.0, pick(rng, roof_kinds()[:2]), lights, shop=k == 0, open_side=0)
        houses.append(house.moved((9.04 * k, 0.0, -58.0)))
    return houses


def _bracket_lamps(lamps: tuple[Point, ...], *, lit: bool) -> list[Mesh]:
    """Lanterns on iron arms that stand out from the walls."""
    parts: list[Mesh] = []
    for x, y, z in lamps:
        wall = math.copysign(_HALF_M, x)
        parts += [
            rod((wall, y + 0.34, z), (x, y + 0.34, z), 0.03, IRON, sides=5),
            rod((wall, y - 0.10, z), (x, y + 0.32, z), 0.02, IRON, sides=4),
            ball((x, y, z), (0.16, 0.22, 0.16), LAMP if lit else (0.80, 0.76, 0.66), glow=0.6 * lit),
            turned([(0.22, 0.16), (0.05, 0.34)], IRON, sides=6).moved((x, y, z)),
        ]
    return parts


def _clutter(site: Site, side: float) -> list[Mesh]:
    """What stands along the walls, a little on each side: bins, crates, a pallet; and what climbs up them."""
    rng, parts = site.rng(4), list[Mesh]()
    for k, z in enumerate(np.arange(4.5, -40.0, -4.6).tolist()):
        one = side if k % 2 else -side
        at, turn = (one * (_HALF_M - 0.52), 0.0, z + float(rng.uniform(-0.8, 0.8))), -one * math.pi / 2.0
        make = (_bin, _crates, _sacks)[k % 3]
        parts.append(make(rng).moved(at, turn + float(rng.uniform(-0.12, 0.12))))
    for z in np.arange(7.0, -40.0, -5.2).tolist():
        one = 1.0 if rng.random() < 0.5 else -1.0
        parts.append(rod((one * (_HALF_M - 0.09), 0.0, z), (one * (_HALF_M - 0.09), 9.5, z), 0.055, IRON))
    parts.append(_stairs().moved((-side * _HALF_M, 0.0, -7.0), side * math.pi / 2.0))
    parts.append(_stairs().moved((side * _HALF_M, 0.0, -24.0), -side * math.pi / 2.0))
    return parts


def _bin(rng: np.random.Generator) -> Mesh:
    """A wheeled bin with its lid."""
    clay, color = Clay(), pick(rng, _BINS)
    for x in (-0.36, 0.36):
        clay.soft_box((x - 0.31, 0.08, -0.32), (x + 0.31, 0.98, 0.30), color, bevel=0.05)
        clay.soft_box((x - 0.34, 0.98, -0.36), (x + 0.34, 1.07, 0.36), shaded(color, 0.8), bevel=0.03)
        clay.soft_box((x - 0.18, 0.0, 0.18), (x + 0.18, 0.12, 0.28), (0.08, 0.08, 0.08), bevel=0.03)
    return clay.mesh()


def _crates(rng: np.random.Generator) -> Mesh:
    """Three wooden crates, one on the others."""
    clay = Clay()
    for x, y in ((-0.36, 0.0), (0.36, 0.0), (-0.05, 0.46)):
        clay.box((x - 0.32, y, -0.28), (x + 0.32, y + 0.44, 0.28), shaded(WOOD, 0.75))
        for k in range(3):
            low = y + 0.03 + 0.14 * k
            clay.front(x - 0.33, x + 0.33, low, low + 0.10, 0.29, tinted(rng, shaded(WOOD, 1.2), 0.1))
    return clay.mesh()


def _sacks(rng: np.random.Generator) -> Mesh:
    """Rubbish bags against the wall."""
    return merge(
        [
            ball((x, 0.24, z), (0.30, 0.32, 0.27), tinted(rng, (0.11, 0.11, 0.12), 0.3), detail=2)
            for x, z in ((-0.42, -0.10), (0.16, -0.15), (0.55, 0.05), (-0.1, 0.18))
        ]
    )


def _stairs() -> Mesh:
    """A fire escape: two landings with rails, steep stairs between them; the wall behind is at z = 0."""
    clay, out = Clay(), 1.0
    for y in (3.9, 7.1):
        clay.box((-1.9, y - 0.06, 0.05), (1.9, y, out), IRON, faces="xXyYZ")
        for high in (0.5, 1.0):
            clay.add(rod((-1.9, y + high, out), (1.9, y + high, out), 0.022, IRON, sides=4))
        for x in np.linspace(-1.9, 1.9, 9).tolist():
            clay.add(rod((x, y, out), (x, y + 1.0, out), 0.016, IRON, sides=3))
    for k in range(10):
        share = (k + 0.5) / 10.0
        x, y = -1.5 + 2.6 * share, 3.9 + 3.2 * share
        clay.box((x - 0.14, y - 0.03, 0.45), (x + 0.14, y, out - 0.06), IRON, faces="xXyYZ")
    for z in (0.42, out - 0.06):
        clay.add(rod((-1.6, 3.9, z), (1.1, 7.1, z), 0.03, IRON, sides=4))
    # The last ladder hangs clear of the ground.
    for x in (1.25, 1.7):
        clay.add(rod((x, 2.1, out - 0.08), (x, 3.9, out - 0.08), 0.025, IRON, sides=4))
    for k in range(6):
        y = 2.2 + 0.3 * k
        clay.add(rod((1.25, y, out - 0.08), (1.7, y, out - 0.08), 0.018, IRON, sides=3))
    return clay.mesh()


def _lines(site: Site) -> Mesh:
    """Cables from wall to wall, and washing on two of the lines."""
    rng, clay = site.rng(5), Clay()
    for k, z in enumerate((-3.0, -13.0, -16.5, -29.0)):
        y = 6.1 + 0.8 * (k % 2)
        clay.add(rod((-_HALF_M, y, z), (_HALF_M, y + 0.2, z), 0.016, IRON, sides=3))
        if k % 2 or site.wet or site.snowy:
            continue
        for x in np.arange(-1.9, 1.6, 0.85).tolist():
            wide, long = float(rng.uniform(0.45, 0.7)), float(rng.uniform(0.7, 1.1))
            color = pick(rng, _WASHING)
            corners: Corners = (
                (x, y - long, z),
                (x + wide, y - long, z),
                (x + wide, y + 0.05, z),
                (x, y + 0.05, z),
            )
            clay.quad(corners, color)
            clay.quad(facing(corners, ahead=False), shaded(color, 0.85))
    return clay.mesh()
