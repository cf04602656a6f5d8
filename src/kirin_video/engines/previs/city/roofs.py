"""Roofs: cornices, tiled slopes, mansards with dormers, stepped gables, and what stands on flat ones.

A roof sits on a building whose front is the plane z = 0 and whose depth goes to -z.
"""

# ruff: noqa: PLR2004, PLR0913 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.palette import BRICKS, ROOFS, WOOD, Lights, chance, pick, tinted
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded, turned
from kirin_video.engines.previs.city.windows import Front, Opening, glazing

DEPTH_M = 11.0


def cornice(clay: Clay, front: Front, width: float) -> None:
    """Stepped mouldings along the top of a facade, with dentils near the camera."""
    y, edge = front.top_m, width / 2.0 - 0.01
    if front.detail == 0:
        clay.box((-edge, y, -0.2), (edge, y + 0.58, 0.36), front.trim, faces="yYZ")
        return
    steps = ((0.0, 0.16, 0.12), (0.16, 0.42, 0.30), (0.42, 0.58, 0.42))
    for low, high, out in steps:
        clay.soft_box((-edge, y + low, -0.2), (edge, y + high, out), front.trim, bevel=0.05)
    if front.detail < 2:
        return
    count = round(width / 0.55)
    for i in range(count):
        x = -edge + (i + 0.5) * 2.0 * edge / count
        clay.box((x - 0.1, y + 0.0, 0.1), (x + 0.1, y + 0.16, 0.24), shaded(front.trim, 0.92), faces="xXyZ")


def flat_roof(clay: Clay, front: Front, width: float, lights: Lights) -> None:
    """A parapet round a gravel roof with chimneys, a hatch, perhaps a water tank."""
    rng, edge, y = lights.rng, width / 2.0, front.top_m + 0.5
    wall = shaded(front.wall, 0.95)
    high = y + 0.55
    if front.detail == 0:
        clay.box((-edge, y, -DEPTH_M), (edge, high, 0.0), wall, faces="xXYzZ")
        return
    clay.soft_box((-edge + 0.02, y, -0.35), (edge - 0.02, high, 0.05), wall, bevel=0.05)
    for x0, x1 in ((-edge + 0.02, -edge + 0.3), (edge - 0.3, edge - 0.02)):
        clay.box((x0, y, -DEPTH_M), (x1, high - 0.1, -0.3), wall, faces="xXYz")
    clay.box((-edge + 0.25, y - 0.6, -DEPTH_M), (edge - 0.25, y, -0.3), (0.42, 0.39, 0.36), faces="Yz")
    chimney(clay, (float(rng.uniform(-0.3, 0.3)) * width, y, -DEPTH_M * 0.55), 1.6, rng, front.detail)
    if chance(rng, 0.5) and width > 7.0:
        water_tank(clay, (float(rng.uniform(-0.25, 0.25)) * width, y, -3.6), rng)
    else:
        x = float(rng.uniform(-0.3, 0.3)) * width
        clay.soft_box((x - 0.9, y, -4.8), (x + 0.9, y + 1.9, -2.8), shaded(wall, 0.85), bevel=0.08)


def tiled_roof(clay: Clay, front: Front, width: float, lights: Lights) -> None:
    """A pitched roof whose ridge runs along the street, in courses of tiles."""
    rng, edge, y = lights.rng, width / 2.0 - 0.02, front.top_m + 0.5
    tile = tinted(rng, pick(rng, ROOFS), 0.06)
    rise = float(rng.uniform(2.6, 3.8))
    middle = -DEPTH_M / 2.0
    _courses(clay, edge, ((y, 0.45), (y + rise, middle)), tile, rng, rows=9 if front.detail else 1)
    clay.quad(
        ((edge, y, -DEPTH_M), (-edge, y, -DEPTH_M), (-edge, y + rise, middle), (edge, y + rise, middle)), tile
    )
    for x, order in ((-edge, 1), (edge, -1)):
        corners = [(x, y, -DEPTH_M), (x, y, 0.0), (x, y + rise - 0.1, middle)][::order]
        clay.quad((corners[0], corners[1], corners[2], corners[0]), shaded(front.wall, 0.92))
    if front.detail:
        clay.soft_box(
            (-edge, y + rise - 0.1, middle - 0.14), (edge, y + rise + 0.12, middle + 0.14), shaded(tile, 0.85)
        )
    at = float(rng.choice([-0.34, 0.34])) * width
    chimney(clay, (at, y + rise * 0.5, middle * 0.72), rise * 0.5 + 1.2, rng, front.detail)
    if front.detail and width > 6.5:
        for x in (-width * 0.22, width * 0.22):
            dormer(clay, front, (x, y + rise * 0.2, middle * 0.16), lights, tile)


def mansard(clay: Clay, front: Front, width: float, lights: Lights) -> None:
    """A steep slate storey with dormers and a flat top."""
    rng, edge, y = lights.rng, width / 2.0 - 0.02, front.top_m + 0.5
    slate = tinted(rng, ROOFS[1] if chance(rng, 0.7) else ROOFS[2], 0.06)
    rise, back = 2.7, -1.2
    _courses(clay, edge, ((y, 0.12), (y + rise, back)), slate, rng, rows=7 if front.detail else 1)
    for x, order in ((-edge, 1), (edge, -1)):
        a, b, c, d = [(x, y, -DEPTH_M), (x, y, 0.1), (x, y + rise, back), (x, y + rise, -DEPTH_M)][::order]
        clay.quad((a, b, c, d), shaded(slate, 0.9))
    clay.box((-edge, y, -DEPTH_M), (edge, y + rise, back), shaded(slate, 0.75), faces="Yz")
    if front.detail:
        clay.soft_box(
            (-edge, y + rise - 0.1, back - 0.2), (edge, y + rise + 0.14, back + 0.12), front.trim, bevel=0.05
        )
    chimney(
        clay,
        (float(rng.choice([-0.38, 0.38])) * width, y + rise * 0.6, -DEPTH_M * 0.4),
        2.6,
        rng,
        front.detail,
    )
    bays = max(1, round(width / front.bay_m))
    for bay in range(bays if front.detail else 0):
        dormer(clay, front, (-width / 2.0 + (bay + 0.5) * width / bays, y + 0.3, -0.1), lights, slate)


def stepped_gable(clay: Clay, front: Front, width: float, lights: Lights) -> None:
    """A gable to the street that climbs in steps, with a round attic window."""
    rng, y = lights.rng, front.top_m + 0.5
    tile = tinted(rng, ROOFS[0], 0.06)
    steps, high = 4, 0.85
    for i in range(steps):
        half = width / 2.0 * (1.0 - i / (steps + 0.4)) - 0.02
        low = y + i * high
        clay.box((-half, low, -0.35), (half, low + high, 0.0), front.wall, faces="xXzZ")
        if front.detail == 0:
            continue
        clay.soft_box(
            (-half - 0.06, low + high - 0.02, -0.42),
            (half + 0.06, low + high + 0.16, 0.08),
            front.trim,
            bevel=0.04,
        )
    top, edge = y + (steps - 0.6) * high, width / 2.0 - 0.1
    for x, order in ((-edge, 1), (edge, -1)):
        slope = [(x, y, -DEPTH_M), (x, y, -0.3), (0.0, top, -0.3), (0.0, top, -DEPTH_M)][::order]
        clay.quad((slope[0], slope[1], slope[2], slope[3]), tile)
    clay.quad(
        ((edge, y, -DEPTH_M), (-edge, y, -DEPTH_M), (0.0, top, -DEPTH_M), (0.0, top, -DEPTH_M)), front.wall
    )
    if front.detail:
        pane = lights.room()
        glazing(clay, Opening(-0.45, 0.45, y + 0.75, y + 1.85), pane, front.frame, bars=(1, 1), z=0.03)
    chimney(clay, (width * 0.2, y + 1.2, -DEPTH_M * 0.5), 3.2, rng, front.detail)


def _courses(
    clay: Clay,
    edge: float,
    slope: tuple[tuple[float, float], tuple[float, float]],
    tile: Rgb,
    rng: np.random.Generator,
    *,
    rows: int,
) -> None:
    """Overlapping rows of tiles from ``(y, z)`` below to ``(y, z)`` above."""
    (y0, z0), (y1, z1) = slope
    lift = 0.07 if rows > 1 else 0.0
    for row in range(rows):
        a, b = row / rows, (row + 1) / rows
        ya, za, yb, zb = y0 + (y1 - y0) * a, z0 + (z1 - z0) * a, y0 + (y1 - y0) * b, z0 + (z1 - z0) * b
        color = tinted(rng, tile, 0.05)
        clay.quad(
            ((-edge, ya + lift, za), (edge, ya + lift, za), (edge, yb, zb), (-edge, yb, zb)),
            color,
            shades=(1.04, 1.04, 0.86, 0.86),
        )
        if lift:
            clay.front(-edge, edge, ya - 0.04, ya + lift, za, shaded(color, 0.7))


def dormer(clay: Clay, front: Front, foot: tuple[float, float, float], lights: Lights, roof: Rgb) -> None:
    """A small window house on a slope; ``foot`` is the middle of its sill."""
    x, y, z = foot
    wide, high, back = 1.25, 1.55, z - 2.4
    clay.box((x - wide / 2, y, back), (x + wide / 2, y + high, z), front.trim, faces="xXZ")
    hole = Opening(x - wide / 2 + 0.16, x + wide / 2 - 0.16, y + 0.16, y + high - 0.12)
    glazing(clay, hole, lights.room(), front.frame, bars=(1, 1), z=z + 0.03)
    top, out, over = y + high + 0.55, z + 0.18, wide / 2 + 0.14
    clay.quad(
        ((x - over, y + high - 0.03, out), (x, top, out), (x, top, back), (x - over, y + high - 0.03, back)),
        roof,
    )
    clay.quad(
        ((x, top, out), (x + over, y + high - 0.03, out), (x + over, y + high - 0.03, back), (x, top, back)),
        roof,
    )
    gable = ((x - over, y + high - 0.03, out), (x + over, y + high - 0.03, out), (x, top, out), (x, top, out))
    clay.quad(gable, shaded(front.trim, 0.96))


def chimney(
    clay: Clay, foot: tuple[float, float, float], high: float, rng: np.random.Generator, detail: int
) -> None:
    """A brick stack, with pots near the camera."""
    x, y, z = foot
    brick = tinted(rng, pick(rng, BRICKS), 0.08)
    if detail == 0:
        clay.box((x - 0.5, y - 0.6, z - 0.4), (x + 0.5, y + high, z + 0.4), brick)
        return
    clay.soft_box((x - 0.55, y - 0.6, z - 0.35), (x + 0.55, y + high, z + 0.35), brick, bevel=0.05)
    clay.soft_box(
        (x - 0.64, y + high - 0.05, z - 0.44), (x + 0.64, y + high + 0.15, z + 0.44), shaded(brick, 0.8)
    )
    for dx in (-0.28, 0.28):
        pot = turned([(0.15, 0.0), (0.12, 0.45), (0.16, 0.5), (0.0, 0.5)], (0.55, 0.30, 0.20), sides=8)
        clay.add(pot.moved((x + dx, y + high + 0.12, z)))


def water_tank(clay: Clay, foot: tuple[float, float, float], rng: np.random.Generator) -> None:
    """A wooden tank on legs under a pointed hat."""
    x, y, z = foot
    for dx in (-0.7, 0.7):
        for dz in (-0.7, 0.7):
            clay.add(
                rod(
                    (x + dx * 1.1, y, z + dz * 1.1),
                    (x + dx, y + 1.5, z + dz),
                    0.07,
                    shaded(WOOD, 0.6),
                    sides=4,
                )
            )
    wood = tinted(rng, WOOD, 0.1)
    clay.add(turned([(0.0, 0.0), (1.15, 0.0), (1.1, 1.9)], wood, sides=14).moved((x, y + 1.45, z)))
    for level in (0.35, 1.0, 1.6):
        clay.add(
            turned([(1.17, level), (1.16, level + 0.06)], shaded(wood, 0.55), sides=14).moved(
                (x, y + 1.45, z)
            )
        )
    clay.add(turned([(1.28, 1.86), (0.0, 2.7)], (0.36, 0.32, 0.30), sides=14).moved((x, y + 1.45, z)))
    clay.add(ball((x, y + 4.17, z), (0.1, 0.1, 0.1), shaded(wood, 0.6), detail=0))


Roof = Callable[[Clay, Front, float, Lights], None]


def roof_kinds() -> tuple[Roof, ...]:
    """Every roof a row house can wear."""
    return (flat_roof, tiled_roof, mansard, stepped_gable)
