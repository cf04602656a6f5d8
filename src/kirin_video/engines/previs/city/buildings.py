"""Whole buildings: row houses, glass towers, the clock tower that ends the avenue, the skyline."""

# ruff: noqa: PLR0913 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, four
from kirin_video.engines.previs.city.facade import facade
from kirin_video.engines.previs.city.palette import (
    ACCENTS,
    BRICKS,
    CREAM,
    FRAMES,
    IRON,
    PLASTERS,
    STONE,
    TRIMS,
    Lights,
    chance,
    pick,
    tinted,
)
from kirin_video.engines.previs.city.roofs import DEPTH_M, Roof, cornice
from kirin_video.engines.previs.city.solids import Rgb, ball, blended, rod, shaded, soft_box, turned
from kirin_video.engines.previs.city.windows import Front, Opening, glazing
from kirin_video.engines.previs.mesh import Mesh


def any_front(rng: np.random.Generator, *, floors: int, detail: int, unlike: Rgb | None = None) -> Front:
    """A facade drawn from the palette, its wall not the colour ``unlike``."""
    brick = chance(rng, 0.26)
    walls = [c for c in (BRICKS if brick else PLASTERS) if c != unlike]
    wall = pick(rng, walls)
    trim = pick(rng, TRIMS)
    return Front(
        floors=floors,
        floor_m=float(rng.uniform(2.95, 3.35)),
        ground_m=4.2,
        bay_m=float(rng.uniform(2.3, 3.0)),
        window=(float(rng.uniform(1.05, 1.35)), float(rng.uniform(1.65, 2.0))),
        wall=wall,
        base=blended(wall, trim, 0.45) if chance(rng, 0.6) else wall,
        trim=trim,
        frame=pick(rng, FRAMES),
        accent=pick(rng, ACCENTS),
        shutters=bool(not brick and chance(rng, 0.4)),
        balconies=chance(rng, 0.3),
        detail=detail,
    )


def row_house(front: Front, width: float, roof: Roof, lights: Lights, *, shop: bool, open_side: int) -> Mesh:
    """One house of a row.

    Args:
        front: its facade.
        width: along the street, metres.
        roof: what it wears.
        lights: what is lit.
        shop: whether the ground floor sells something.
        open_side: -1 or 1 where the left or right wall shows windows to a side street, 0 in a row.
    """
    clay = Clay()
    facade(clay, front, width, lights, shop=shop)
    edge, top = width / 2.0 - 0.01, front.top_m + 0.5
    clay.box((-edge, 0.0, -DEPTH_M), (edge, top, -0.4), shaded(front.wall, 0.92), faces="xXz")
    clay.box((-edge, 0.0, -0.4), (edge, top, 0.0), shaded(front.wall, 0.96), faces="xX")
    clay.front(-edge, edge, front.top_m, top, 0.0, front.wall)
    cornice(clay, front, width)
    roof(clay, front, width, lights)
    if open_side:
        side = Clay()
        facade(side, front, DEPTH_M - 0.5, lights, shop=False)
        turn = np.pi / 2.0 * open_side
        clay.add(side.mesh().moved((open_side * (edge + 0.03), 0.0, -DEPTH_M / 2.0), turn))
    return clay.mesh()


def tower(width: float, floors: int, tint: Rgb, lights: Lights, *, inner: int) -> Mesh:
    """A glass tower centred on the origin, glazed to +z and to the side ``inner`` (-1 or 1)."""
    clay = Clay()
    rng, half, floor_m = lights.rng, width / 2.0, 3.6
    high = floors * floor_m
    bays = max(3, round(width / 4.0))
    for side in range(2):
        wall = Clay()
        for floor in range(floors):
            y = floor * floor_m
            pane = lights.room()
            for bay in range(bays):
                if chance(rng, 0.4):
                    pane = lights.room()
                x0, x1 = -half + width * bay / bays, -half + width * (bay + 1) / bays
                sky = 0.85 + 0.3 * floor / floors
                color = pane.color if pane.glow else shaded(blended(pane.color, tint, 0.65), sky)
                wall.front(
                    x0,
                    x1,
                    y + 0.5,
                    y + floor_m,
                    half,
                    color,
                    shades=(0.9, 0.9, 1.05, 1.05),
                    glow=four(pane.glow * 0.8),
                )
            wall.box(
                (-half - 0.1, y, half - 0.2),
                (half + 0.1, y + 0.5, half + 0.12),
                shaded(CREAM, 0.82),
                faces="Z",
            )
        clay.add(wall.mesh().moved((0.0, 0.0, 0.0), (0.0, np.pi / 2.0 * inner)[side]))
    crown = half * 0.7
    clay.soft_box(
        (-half - 0.2, high - 0.1, -half - 0.2),
        (half + 0.2, high + 0.8, half + 0.2),
        shaded(CREAM, 0.75),
        bevel=0.15,
    )
    clay.soft_box(
        (-crown, high + 0.7, -crown), (crown, high + 3.4, crown), blended(tint, STONE, 0.5), bevel=0.3
    )
    clay.add(rod((0.0, high + 3.0, 0.0), (0.0, high + 9.0, 0.0), 0.12, IRON))
    clay.add(
        ball((0.0, high + 9.0, 0.0), (0.25, 0.25, 0.25), (0.9, 0.2, 0.15), glow=1.0 if lights.lamps else 0.0)
    )
    return clay.mesh()


def clock_tower(lights: Lights) -> Mesh:
    """The landmark at the end of the avenue: a town hall with a clock under a copper roof; faces +z."""
    clay = Clay()
    rng = lights.rng
    wall, copper = tinted(rng, (0.74, 0.60, 0.46), 0.06), (0.30, 0.47, 0.42)
    front = Front(
        2,
        4.2,
        5.0,
        3.1,
        (1.5, 2.5),
        wall,
        shaded(wall, 0.9),
        TRIMS[0],
        FRAMES[0],
        ACCENTS[1],
        False,
        False,
        1,
    )
    facade(clay, front, 34.0, lights, shop=False)
    top = front.top_m
    clay.box((-17.0, 0.0, -12.0), (17.0, top, 0.0), wall, faces="xX")
    clay.soft_box((-17.3, top, -12.3), (17.3, top + 0.8, 0.4), front.trim, bevel=0.12)
    roof = [(17.2, top + 0.7), (13.5, top + 5.0)]
    for (x0, y0), (x1, y1) in pairwise(roof):
        clay.quad(((-x0, y0, 0.3), (x0, y0, 0.3), (x1, y1, -5.0), (-x1, y1, -5.0)), copper)
        clay.quad(((x0, y0, 0.3), (x0, y0, -12.0), (x1, y1, -7.0), (x1, y1, -5.0)), shaded(copper, 0.95))
        clay.quad(((-x0, y0, -12.0), (-x0, y0, 0.3), (-x1, y1, -5.0), (-x1, y1, -7.0)), shaded(copper, 0.95))
    _belfry(clay, wall, copper, lights)
    return clay.mesh()


def _belfry(clay: Clay, wall: Rgb, copper: Rgb, lights: Lights) -> None:
    half, high, z = 3.6, 34.0, -2.0
    clay.soft_box((-half, 0.0, z - half), (half, high, z + half), wall, bevel=0.25)
    for y in (14.5, 22.0, high - 0.4):
        clay.soft_box(
            (-half - 0.4, y, z - half - 0.4), (half + 0.4, y + 0.9, z + half + 0.4), TRIMS[0], bevel=0.15
        )
    for x in (-1.5, 0.3):
        glazing(
            clay, Opening(x, x + 1.2, 16.5, 20.5), lights.room(), FRAMES[0], bars=(1, 2), z=z + half + 0.04
        )
    for turn in (0.0, np.pi / 2.0, -np.pi / 2.0):
        face = Clay()
        lit = 0.4 if lights.lamps else 0.0
        disc = turned([(2.5, 0.0), (2.5, 0.3), (2.2, 0.3)], TRIMS[0], sides=24)
        dial = turned([(2.2, 0.26), (0.0, 0.26)], (0.92, 0.86, 0.70), sides=24, glow=lit)
        for part in (disc, dial):
            upright = part.positions[:, [0, 2, 1]] * np.array([1.0, -1.0, 1.0], np.float32)
            leaning = part.normals[:, [0, 2, 1]] * np.array([1.0, -1.0, 1.0], np.float32)
            face.add(
                Mesh(
                    upright.astype(np.float32), leaning.astype(np.float32), part.colors, part.glow, part.faces
                )
            )
        face.box((-0.12, -0.2, 0.3), (0.12, 1.7, 0.38), IRON, faces="xXyYZ")
        face.box((-0.2, -0.14, 0.42), (1.25, 0.1, 0.48), IRON, faces="xXyYZ")
        clay.add(face.mesh().moved((0.0, 0.0, half), 0.0).moved((0.0, 28.0, z), turn))
    spire = turned([(5.4, 0.0), (3.2, 3.0), (2.6, 5.2), (0.5, 12.0), (0.0, 12.6)], copper, sides=4)
    clay.add(spire.moved((0.0, high + 0.5, z), np.pi / 4.0))
    clay.add(ball((0.0, high + 13.2, z), (0.5, 0.5, 0.5), (0.75, 0.58, 0.25)))


def skyline(rng: np.random.Generator, lights: Lights) -> Mesh:
    """Pale silhouettes all round, far enough to be haze with a few lit windows."""
    clay = Clay()
    for i in range(38):
        angle = (i + float(rng.uniform(-0.4, 0.4))) / 38.0 * 2.0 * np.pi
        far = float(rng.uniform(230.0, 420.0))
        wide, high = float(rng.uniform(16.0, 38.0)), float(rng.gamma(5.0, 9.0)) + 16.0
        tone = tinted(rng, pick(rng, ((0.52, 0.52, 0.54), (0.56, 0.50, 0.46), (0.46, 0.50, 0.55))), 0.08)
        block = Clay()
        block.add(soft_box((-wide / 2, 0.0, -10.0), (wide / 2, high, 10.0), tone, bevel=0.8))
        if chance(rng, 0.45):
            block.add(
                soft_box(
                    (-wide / 3, high - 1.0, -6.0), (wide / 3, high + 9.0, 6.0), shaded(tone, 1.05), bevel=0.8
                )
            )
        _far_windows(block, wide, high, tone, lights)
        x, z = far * np.sin(angle), -60.0 - far * np.cos(angle)
        clay.add(block.mesh().moved((float(x), 0.0, float(z)), float(-angle)))
    return clay.mesh()


def _far_windows(block: Clay, wide: float, high: float, tone: Rgb, lights: Lights) -> None:
    columns, rows = max(3, round(wide / 5.0)), max(3, round((high - 12.0) / 6.0))
    for row in range(rows):
        for column in range(columns):
            pane = lights.room()
            if chance(lights.rng, 0.25):
                continue
            x = -wide / 2 + wide * (column + 0.5) / columns
            y = 11.0 + (high - 13.0) * (row + 0.5) / rows
            color = pane.color if pane.glow else shaded(tone, 0.8)
            block.front(
                x - 1.3,
                x + 1.3,
                y - 1.2,
                y + 1.2,
                10.06,
                color,
                glow=four(pane.glow),
            )
