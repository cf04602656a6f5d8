"""Where things stand along the avenue."""

# ruff: noqa: PLR2004 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.city.buildings import any_front, clock_tower, row_house, skyline, tower
from kirin_video.engines.previs.city.cars import any_car
from kirin_video.engines.previs.city.furniture import (
    LAMP_HEIGHT_M,
    bench,
    cafe_table,
    festoon,
    litter_bin,
    planter,
    post_box,
    street_lamp,
    traffic_light,
)
from kirin_video.engines.previs.city.ground import FAR_END_M, FRONT_M, KERB_M, SIDE_ROAD_HALF_M
from kirin_video.engines.previs.city.palette import Lights, chance, pick
from kirin_video.engines.previs.city.roofs import roof_kinds
from kirin_video.engines.previs.city.solids import Point, Rgb
from kirin_video.engines.previs.city.trees import street_tree
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Season

_CORNER_M = 2.3
_TREE_X = 6.5
_PARKING_X = 4.4
_TOWER_TINTS: tuple[Rgb, ...] = (
    (0.34, 0.46, 0.50),
    (0.42, 0.44, 0.50),
    (0.48, 0.42, 0.36),
    (0.36, 0.48, 0.44),
)


@dataclass(frozen=True, slots=True)
class Plot:
    """The plan of one city.

    Attributes:
        crossings: z of the side streets, nearest first.
        zebras: z of the pedestrian crossings.
        lamps: positions of the street lamps' globes.
    """

    crossings: tuple[float, ...]
    zebras: tuple[float, ...]
    lamps: tuple[Point, ...]


def plot(rng: np.random.Generator) -> Plot:
    """Lay out streets and lamps."""
    first = -54.0 + float(rng.uniform(-5.0, 5.0))
    crossings = (first, first - 50.0 + float(rng.uniform(-4.0, 4.0)))
    zebras = (-8.0 + float(rng.uniform(-1.0, 1.0)), first + 8.0, first - 8.0, crossings[1] + 8.0)
    lamps: list[Point] = []
    for side in (-1.0, 1.0):
        z = 20.0 if side > 0 else 17.5
        while z > FAR_END_M + 8.0:
            if all(abs(z - c) > SIDE_ROAD_HALF_M + 1.5 for c in crossings):
                lamps.append((side * (_TREE_X - 0.3), KERB_M + LAMP_HEIGHT_M, z))
            z -= 13.0
    return Plot(crossings, zebras, tuple(lamps))


def _detail(z: float) -> int:
    """How closely something at a z is modelled, for a camera near z = 12 that looks along -z."""
    if z > 15.0:
        return 1  # cameras that go backwards before a bus see these, too
    return 2 if z > -25.0 else 1 if z > -80.0 else 0


def row(side: int, block: tuple[float, float], lights: Lights) -> Mesh:
    """The houses of one block on one side of the avenue."""
    rng = lights.rng
    far, near = block[0] + _CORNER_M, block[1] - _CORNER_M
    count = max(1, round((near - far) / 8.6))
    widths = rng.uniform(0.75, 1.3, count)
    widths *= (near - far) / widths.sum()
    houses: list[Mesh] = []
    unlike: Rgb | None = None
    z, last_roof = near, -1
    kinds = roof_kinds()
    for i, width in enumerate(widths.tolist()):
        middle = z - width / 2.0
        front = any_front(
            rng, floors=int(rng.choice([1, 2, 2, 3, 3, 4])), detail=_detail(middle), unlike=unlike
        )
        roof = int(rng.choice([k for k in range(len(kinds)) if k != last_roof and (k != 3 or width < 10.0)]))
        # Seen from the street, the near end of the left row is its houses' right.
        ends = {0: -1 if side > 0 else 1, count - 1: 1 if side > 0 else -1}
        open_side = ends.get(i, 0) if front.detail else 0
        open_side = -open_side if side > 0 else open_side
        house = row_house(
            front, width - 0.04, kinds[roof], lights, shop=chance(rng, 0.72), open_side=open_side
        )
        houses.append(house.moved((side * FRONT_M, KERB_M, middle), -side * np.pi / 2.0))
        z, unlike, last_roof = z - width, front.wall, roof
    return merge(houses)


def side_rows(crossings: tuple[float, ...], lights: Lights) -> Mesh:
    """Plain houses along the side streets."""
    rng = lights.rng
    houses: list[Mesh] = []
    kinds = roof_kinds()
    for z in crossings:
        for facing in (1, -1):
            for side in (-1, 1):
                for i in range(4):
                    front = any_front(rng, floors=int(rng.integers(2, 5)), detail=0)
                    house = row_house(front, 9.4, pick(rng, kinds[:3]), lights, shop=False, open_side=0)
                    x, at = side * (26.5 + 9.6 * i), z - facing * (SIDE_ROAD_HALF_M + _CORNER_M)
                    houses.append(house.moved((x, KERB_M, at), 0.0 if facing > 0 else np.pi))
    return merge(houses)


def backdrop(lights: Lights) -> Mesh:
    """Towers behind the rows, the town hall at the end, houses beside it, the skyline."""
    rng = lights.rng
    parts = [skyline(rng, lights), clock_tower(lights).moved((0.0, 0.0, FAR_END_M - 22.0))]
    for side in (-1, 1):
        for i in range(6):
            z = -18.0 - 25.0 * i + float(rng.uniform(-6.0, 6.0))
            x = side * float(rng.uniform(38.0, 66.0))
            wide, floors = float(rng.uniform(13.0, 19.0)), int(rng.integers(9, 19))
            block = tower(wide, floors, pick(rng, _TOWER_TINTS), lights, inner=-side)
            parts.append(block.moved((x, 0.0, z), 0.0))
        for i in range(4):
            front = any_front(rng, floors=int(rng.integers(2, 5)), detail=0)
            house = row_house(front, 9.6, pick(rng, roof_kinds()), lights, shop=False, open_side=0)
            parts.append(house.moved((side * (23.0 + 9.8 * i), 0.0, FAR_END_M - 20.0), 0.0))
    return merge(parts)


def planting(
    block: tuple[float, float], placed: Plot, rng: np.random.Generator, season: Season | None
) -> list[Mesh]:
    """Trees of one block, between the lamps."""
    trees: list[Mesh] = []
    for x, _, z in placed.lamps:
        at = z - 6.5 + float(rng.uniform(-0.8, 0.8))
        if not block[0] + 4.0 < at < block[1] - 4.0 or at > 1.0 or chance(rng, 0.08):
            continue
        if any(abs(at - zebra) < 3.6 for zebra in placed.zebras):
            continue
        tree = street_tree(rng, detail=_tree_detail(at), season=season)
        size = float(rng.uniform(0.88, 1.15))
        trees.append(tree.moved((x + 0.2 * np.sign(x), KERB_M, at), float(rng.uniform(0.0, 6.0)), size))
    return trees


def _tree_detail(z: float) -> int:
    return 2 if z > -31.0 else 1 if z > -78.0 else 0


def parked(block: tuple[float, float], placed: Plot, rng: np.random.Generator) -> list[Mesh]:
    """Cars along the kerbs of one block."""
    cars: list[Mesh] = []
    for side in (-1, 1):
        for z in np.arange(block[1] - 6.0, block[0] + 6.0, -6.2).tolist():
            if z > 2.5 or chance(rng, 0.3) or any(abs(z - zebra) < 6.0 for zebra in placed.zebras):
                continue
            car = any_car(rng, detail=2 if z > -18.0 else 1 if z > -60.0 else 0)
            turn = np.pi if side > 0 else 0.0
            spot = (
                side * (_PARKING_X + float(rng.uniform(-0.08, 0.08))),
                0.0,
                z + float(rng.uniform(-0.4, 0.4)),
            )
            cars.append(car.moved(spot, turn + float(rng.normal(0.0, 0.012))))
    return cars


def furniture(block: tuple[float, float], placed: Plot, lights: Lights) -> list[Mesh]:
    """Lamps, benches, tubs, tables and boxes on the pavements of one block."""
    rng, lit = lights.rng, lights.lamps > 0.0
    things: list[Mesh] = []
    for x, _, z in placed.lamps:
        if not block[0] < z < block[1]:
            continue
        side = 1 if x > 0 else -1
        inwards = -side * np.pi / 2.0
        things.append(street_lamp(lit=lit).moved((x, KERB_M, z)))
        if z < -60.0 or z > 3.0:
            continue
        if chance(rng, 0.5):
            things.append(bench().moved((side * 6.7, KERB_M, z - 2.6), inwards))
        if chance(rng, 0.6):
            things.append(planter(rng).moved((side * 9.2, KERB_M, z - 6.5 + float(rng.uniform(-0.8, 0.8)))))
        if chance(rng, 0.45):
            for at in (z - 9.2, z - 4.4):
                turn = float(rng.uniform(0.0, 3.0))
                things += [cafe_table(rng).moved((side * 7.5, KERB_M, at), turn)]
        if chance(rng, 0.3):
            things.append(post_box(rng).moved((side * 6.2, KERB_M, z - 1.3), inwards))
        elif chance(rng, 0.4):
            things.append(litter_bin().moved((side * 6.2, KERB_M, z - 1.2)))
    return things


def signals(placed: Plot, lights: Lights) -> list[Mesh]:
    """Traffic lights at the side streets."""
    lit = lights.lamps > 0.0
    posts: list[Mesh] = []
    for z in placed.crossings:
        green = chance(lights.rng, 0.5)
        for side in (-1, 1):
            post = traffic_light(green=green, lit=lit)
            posts.append(post.moved((side * 5.95, KERB_M, z + side * 5.4), 0.0 if side > 0 else np.pi))
    return posts


def festoons(placed: Plot, lights: Lights) -> list[Mesh]:
    """Lines of bulbs and flags from house to house in the first block."""
    rng, lit = lights.rng, lights.lamps > 0.0
    lines: list[Mesh] = []
    bulbs = chance(rng, 0.5)
    for z in np.arange(-11.0, placed.crossings[0] + 9.0, -9.5).tolist():
        line = festoon(2.0 * FRONT_M, float(rng.uniform(8.3, 9.3)), rng, bulbs=bulbs, lit=lit)
        lines.append(line.moved((0.0, 0.0, z + float(rng.uniform(-1.0, 1.0)))))
        bulbs = not bulbs
    return lines
