"""A building site: bare earth, a house of raw concrete behind its scaffold, pipes, bricks, sand, a fence."""

# ruff: noqa: PLR2004 -- a site is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color, rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.land import Relief, open_country
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_EARTH = (np.array([0.50, 0.39, 0.27, 0.8], np.float32), np.array([0.62, 0.51, 0.37, 0.8], np.float32))
_MUD = np.array([0.36, 0.27, 0.19, 0.5], np.float32)
_CONCRETE: Color = (0.66, 0.65, 0.62)
_BRICK: Color = (0.66, 0.31, 0.22)
_STEEL: Color = (0.46, 0.49, 0.53)
_RUST: Color = (0.46, 0.26, 0.16)
_PLANK: Color = (0.78, 0.60, 0.34)
_NET: Color = (0.16, 0.46, 0.40)
_ORANGE: Color = (0.94, 0.42, 0.10)
_HOARDING: tuple[Color, ...] = ((0.22, 0.44, 0.66), (0.88, 0.88, 0.86))
_STOREYS, _STOREY_M = 4, 3.3
_LEVEL_M = 100.0
"""How far the earth was made level."""
SHELL = (-9.5, -36.0)
"""X and z of the middle of the unfinished house, where its side is 1."""
BESIDE_CRANE = (-18.0, -50.0)
"""The same where a crane is what the shot is about: there is room for it beside the house."""
CRANE, DIGGER = (-0.5, -52.0, 0.6), (-2.0, -24.0, 0.5)
"""Where the crane that builds it and an excavator stand (x and z) and which way they face: `staging.rides`
brings them."""


def build(site: Site) -> Scene:
    """Build the site: the shell of a house to one side, the yard before it, a town behind the fence."""
    side, height = site.side(0), _height(site)
    paint = weathered(_paint(site), site)
    stage = site.stage(height, 1.75, (0.0, 5.6, -32.0), 74.0)
    return Scene(
        stage=stage,
        light=site.light(turn_deg=26.0 * side),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1024, rows=384, farthest_m=3200.0, bands=((4.0, 80.0, 0.7),)),
            grain=Grain(amount=0.55, scale=6.0),
            wetness=0.35 if site.wet else 0.05,
        ),
        parts=tuple(_parts(site, height, side)),
        shadow_radius_m=60.0,
        shadow_center=(0.0, -34.0),
    )


def _height(site: Site) -> Height:
    land = open_country(site, Relief(rolling=0.6, knolls=8.0, hills=50.0, ridges=160.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        return (land(x, z) * smoothstep(_LEVEL_M, 150.0, np.hypot(x, z + 20.0))).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        color = blend(_EARTH[0], _EARTH[1], smoothstep(-0.35, 0.4, noise.fbm(x / 9.0, z / 9.0, 4)))
        # Two ruts where lorries come and go.
        bend = x - 2.0 - 3.0 * np.sin(z / 26.0)
        rut = smoothstep(0.45, 0.15, np.abs(np.abs(bend) - 1.0)) * smoothstep(70.0, 50.0, np.abs(z))
        puddle = smoothstep(0.30, 0.42, noise.fbm(x / 14.0 + 40.0, z / 14.0, 3))
        return blend(color, _MUD, np.maximum(0.75 * rut, 0.6 * puddle))

    return paint


def _parts(site: Site, height: Height, side: float) -> list[Part]:
    rng = site.rng(1)
    facing = 0.30 * side
    at = SHELL if site.shows("crane_machine") else BESIDE_CRANE
    shell = merge([*_storeys(rng), *_scaffold()]).moved((side * at[0], 0.0, at[1]), facing)
    yard = [
        _pipes().moved((side * 6.2, 0.0, -15.0), 0.5 * side),
        _bricks().moved((-side * 4.6, 0.0, -13.5), -0.3 * side),
        _bricks().moved((-side * 6.4, 0.0, -15.2), 0.5 * side),
        _planks().moved((side * 9.0, 0.0, -21.0), -0.4 * side),
        _cabin().moved((side * 16.0, 0.0, -30.0), -0.5 * side),
        *(_cone().moved((side * (2.6 + 1.6 * k), 0.0, -10.5 - 1.2 * k)) for k in range(3)),
    ]
    heap = rock(rng, (2.6, 1.5, 2.2), (0.76, 0.64, 0.44), level=3)
    heaps: list[Place] = [(-side * 12.5, -19.0, 1.0), (side * 12.0, -25.0, 0.75)]
    sand = plant(rng, [heap], heaps, height, 0.55)
    return [
        Part(gather([shell], snowy=site.snowy), Finish.HARD, cell_m=24.0),
        Part(gather([*yard, *sand], snowy=site.snowy), Finish.HARD, cell_m=16.0),
        Part(gather(_fence(), snowy=site.snowy), Finish.HARD, cell_m=40.0),
        Part(merge(_town(rng)), Finish.HARD, casts=False, cell_m=120.0),
    ]


def _storeys(rng: np.random.Generator) -> list[Mesh]:
    """Slabs on columns, some walls up to half of their height, bars that stand out at the top."""
    wide, deep = 9.0, 6.0
    parts: list[Mesh] = [soft_box((-wide, -0.4, -deep), (wide, 0.12, deep), _CONCRETE, bevel=0.04)]
    for storey in range(_STOREYS):
        y = storey * _STOREY_M
        parts += [
            soft_box((x - 0.22, y, z - 0.22), (x + 0.22, y + _STOREY_M, z + 0.22), _CONCRETE, bevel=0.03)
            for x in (-8.4, -4.2, 0.0, 4.2, 8.4)
            for z in (-5.4, 5.4)
        ]
        slab = soft_box(
            (-wide, y + _STOREY_M - 0.28, -deep), (wide, y + _STOREY_M, deep), _CONCRETE, bevel=0.03
        )
        parts += [slab, soft_box((-0.6, y, -5.6), (3.2, y + _STOREY_M, -1.8), (0.56, 0.55, 0.53), bevel=0.03)]
        for k, x in enumerate((-8.2, -4.0, 0.2, 4.4)):
            share = (1.0, 1.0, 0.55, 0.0)[(k + 2 * storey + int(rng.integers(2))) % 4]
            tall = share * (_STOREY_M - 0.3) * (1.0 if storey < 2 else 0.5 if storey == 2 else 0.0)
            if tall:
                parts.append(soft_box((x, y + 0.1, 5.2), (x + 3.8, y + 0.1 + tall, 5.5), _BRICK, bevel=0.02))
    top = _STOREYS * _STOREY_M
    parts += [
        rod((x + dx, top, z + dz), (x + 1.2 * dx, top + 1.3, z + 1.2 * dz), 0.035, _RUST, sides=4)
        for x in (-8.4, -4.2, 0.0, 4.2, 8.4)
        for z in (-5.4, 5.4)
        for dx in (-0.14, 0.14)
        for dz in (-0.14, 0.14)
    ]
    # A column that is being cast, in its boards.
    parts.append(soft_box((-4.6, top, 5.0), (-3.8, top + 2.4, 5.8), _PLANK, bevel=0.02))
    return parts


def _scaffold() -> list[Mesh]:
    """Tubes and planks before the front; a net hangs on a part of them."""
    z0, z1, top = 6.5, 7.6, _STOREYS * _STOREY_M + 1.6
    posts = [-9.0 + 2.25 * k for k in range(9)]
    parts = [rod((x, 0.0, z), (x, top, z), 0.055, _STEEL, sides=5) for x in posts for z in (z0, z1)]
    for level in range(7):
        y = 2.05 * (level + 1)
        parts += [
            soft_box((-9.1, y - 0.06, z0), (9.1, y, z1), _PLANK, bevel=0.015),
            *(rod((-9.0, y + h, z1), (9.0, y + h, z1), 0.045, _STEEL, sides=5) for h in (0.5, 1.0)),
        ]
        x0 = posts[(2 * level) % 8]
        parts.append(rod((x0, y - 2.05, z1), (x0 + 2.25, y, z1), 0.045, _STEEL, sides=5))
    for x in (-6.75, -2.25):
        parts.append(soft_box((x, 4.2, z1 + 0.06), (x + 4.4, top - 3.4, z1 + 0.09), _NET, bevel=0.01))
    for level in range(3):
        y, x = 4.1 * level, 4.6 + 1.0 * level
        parts.append(rod((x, y, 7.3), (x + 1.2, y + 4.1, 7.3), 0.07, _ORANGE, sides=4))
    return parts


def _pipes() -> Mesh:
    """Concrete pipes, three below and two above."""
    ring = [(0.42, -1.2), (0.55, -1.2), (0.55, 1.2), (0.42, 1.2), (0.42, -1.2)]
    pipe = turned(ring, _CONCRETE, sides=20)
    lying = Mesh(
        pipe.positions[:, [0, 2, 1]], pipe.normals[:, [0, 2, 1]], pipe.colors, pipe.glow, pipe.faces[:, ::-1]
    )
    rows = [(-1.12, 0.55), (0.0, 0.55), (1.12, 0.55), (-0.56, 1.51), (0.56, 1.51)]
    return merge([lying.moved((x, y, 0.0)) for x, y in rows])


def _bricks() -> Mesh:
    """A pallet of bricks, its top row begun."""
    parts = [soft_box((-0.6, 0.0, -0.5), (0.6, 0.14, 0.5), _PLANK, bevel=0.01)]
    for row in range(7):
        y, tone = 0.14 + 0.115 * row, (_BRICK, (0.72, 0.36, 0.25))[row % 2]
        half = 0.56 if row < 6 else 0.1
        parts.append(soft_box((-0.56, y, -0.46), (half, y + 0.105, 0.46), tone, bevel=0.012))
    return merge(parts)


def _planks() -> Mesh:
    """A stack of boards on two beams."""
    tones = (_PLANK, (0.70, 0.52, 0.28), (0.84, 0.68, 0.42))
    parts = [soft_box((x, 0.0, -0.7), (x + 0.14, 0.14, 0.7), tones[1], bevel=0.01) for x in (-1.2, 1.1)]
    parts += [
        soft_box(
            (-1.9 + 0.1 * (row % 3), 0.14 + 0.08 * row, -0.66 + 0.33 * k),
            (1.9, 0.21 + 0.08 * row, -0.36 + 0.33 * k),
            tones[(row + k) % 3],
            bevel=0.01,
        )
        for row in range(5)
        for k in range(4)
    ]
    return merge(parts)


def _cabin() -> Mesh:
    """The foremen's cabin, a container with a door and a window."""
    parts = [soft_box((-3.0, 0.15, -1.2), (3.0, 2.75, 1.2), (0.90, 0.66, 0.14), bevel=0.04)]
    parts += [
        soft_box((x, 0.25, 1.2), (x + 0.08, 2.65, 1.235), (0.80, 0.58, 0.12), bevel=0.01)
        for x in np.arange(-2.9, 2.9, 0.3).tolist()
    ]
    parts += [
        soft_box((-2.2, 0.15, 1.2), (-1.3, 2.3, 1.27), (0.30, 0.34, 0.38), bevel=0.02),
        soft_box((0.3, 1.1, 1.2), (2.2, 2.1, 1.28), (0.94, 0.94, 0.92), bevel=0.02),
        soft_box((0.4, 1.2, 1.22), (2.1, 2.0, 1.30), (0.24, 0.32, 0.38), bevel=0.01),
    ]
    return merge(parts)


def _cone() -> Mesh:
    """A traffic cone with its white ring."""
    return merge(
        [
            soft_box((-0.22, 0.0, -0.22), (0.22, 0.04, 0.22), _ORANGE, bevel=0.01),
            turned([(0.16, 0.04), (0.10, 0.34)], _ORANGE, sides=16),
            turned([(0.103, 0.33), (0.072, 0.48)], (0.96, 0.96, 0.95), sides=16),
            turned([(0.072, 0.48), (0.03, 0.70), (0.0, 0.71)], _ORANGE, sides=16),
        ]
    )


def _fence() -> list[Mesh]:
    """Boards round the site, in two colours by turns."""
    parts: list[Mesh] = []
    for k in range(46):
        a = -1.25 + 2.5 * k / 45.0
        x, z = 84.0 * math.sin(a), -10.0 - 80.0 * math.cos(a)
        board = soft_box((-2.4, 0.0, -0.04), (2.4, 2.3, 0.04), _HOARDING[k % 2], bevel=0.02)
        parts.append(board.moved((x, 0.0, z), -a))
    return parts


def _town(rng: np.random.Generator) -> list[Mesh]:
    """Houses beyond the fence, in storeys with rows of windows, paler the further they are."""
    parts: list[Mesh] = []
    for k in range(22):
        a = -1.15 + 2.3 * k / 21.0 + float(rng.uniform(-0.03, 0.03))
        far = float(rng.uniform(120.0, 210.0))
        wide, tall = float(rng.uniform(6.0, 10.0)), float(rng.uniform(14.0, 44.0))
        tone = float(rng.uniform(0.55, 0.78))
        color = (tone, 0.97 * tone, 0.93 * tone)
        house = [soft_box((-wide, -3.0, -6.0), (wide, tall, 6.0), color, bevel=0.2)]
        house += [
            soft_box((-wide + 0.8, y, 5.9), (wide - 0.8, y + 1.5, 6.06), (0.30, 0.36, 0.42), bevel=0.02)
            for y in np.arange(2.0, tall - 2.5, 3.4).tolist()
        ]
        parts.append(merge(house).moved((far * math.sin(a), 0.0, -far * math.cos(a)), -a))
    return parts
