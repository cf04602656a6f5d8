"""A café: a counter with machine and cakes, a board with prices, round tables; a bar with its bottles."""

# ruff: noqa: PLR2004 -- rooms are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Place
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 3.5, -6.0, 3.0
TABLES = ((-2.2, -2.9), (2.3, -2.7), (-2.4, -0.6), (2.5, -0.4))
"""Where the round tables are: x and z."""
_CHAIR_M = 0.66
_SLATE: Color = (0.12, 0.13, 0.13)
_CREAM: Color = (0.93, 0.90, 0.83)
_STEEL: Color = (0.76, 0.77, 0.78)


def build(site: Site) -> Scene:
    """Build the café, looked at from the door."""
    shell = Shell(
        (0.58, 0.40, 0.30),
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        floor=(0.52, 0.36, 0.24),
        left=((-4.6, -2.9, 0.75, 2.45), (-2.2, -0.5, 0.75, 2.45)),
        front_m=5.4,
    )
    spots = TABLES
    bar = site.plan.place is Place.BAR
    things = [
        *_counter(site),
        *(_bottles(site.rng(1)) if bar else [*_board(), *_shelves(site.rng(1))]),
        *(_stool().moved((x, 0.0, -3.85)) for x in (-1.7, -0.9, 0.9, 1.7) if bar),
        *own(site, "table", *(_round_table(k).moved((x, 0.0, z)) for k, (x, z) in enumerate(spots))),
        *(made.pendant(2.34, _HIGH_M).moved((x, 0.0, -4.5)) for x in (-1.5, 0.0, 1.5)),
    ]
    covers: list[Rect] = [(-2.5, -5.0, 2.3, -4.2), *((x - 0.4, z - 0.4, x + 0.4, z + 0.4) for x, z in spots)]
    lamps = (
        Lamp((-1.4, 1.9, -4.3), (1.15, 0.80, 0.46), 1.6),
        Lamp((1.4, 1.9, -4.3), (1.15, 0.80, 0.46), 1.6),
        Lamp((0.0, 2.5, -1.2), (0.70, 0.52, 0.34), 2.6),
    )
    soft = [made.pot_plant(site.seed).moved((3.05, 0.0, -5.3), 0.0, 1.15)]
    walls = build_walls(site.seed, shell, covers)
    return furnished(site, Interior(walls, things, (0.0, 1.15, -4.6), soft, lamps=lamps, stand=(0.0, -2.3)))


def ways_of(turn: int) -> tuple[float, float]:
    """The ways from a table's middle to its two chairs, radians from +z towards +x."""
    first = 0.5 + 1.2 * turn
    return first, first + math.pi


def chairs() -> list[tuple[float, float, float]]:
    """Every chair at a table: x, z, and the turn of who sits on it, radians."""
    return [
        (
            x + _CHAIR_M * math.sin(way),
            z + _CHAIR_M * math.cos(way),
            math.atan2(math.cos(way), -math.sin(way)),
        )
        for k, (x, z) in enumerate(TABLES)
        for way in ways_of(k)
    ]


def _counter(site: Site) -> list[Mesh]:
    """A counter of boards with a coffee machine, a case of cakes and a till."""
    z0, z1 = -4.9, -4.3
    parts = [
        soft_box((-2.4, 0.0, z0), (2.2, 1.0, z1), (0.26, 0.34, 0.31), bevel=0.02),
        soft_box((-2.46, 1.0, z0 - 0.04), (2.26, 1.06, z1 + 0.08), made.OAK, bevel=0.015),
        soft_box((-2.4, 0.0, z1), (2.2, 0.12, z1 + 0.02), (0.14, 0.16, 0.16), bevel=0.006),
    ]
    parts += [
        box((x, 0.14, z1), (x + 0.015, 0.98, z1 + 0.012), (0.18, 0.25, 0.23))
        for x in np.arange(-2.2, 2.2, 0.36).tolist()
    ]
    return parts if site.plan.place is Place.BAR else [*parts, *_cakes(), *_till(site)]


def _cakes() -> list[Mesh]:
    """A case of cakes on the counter."""
    z0, z1 = -4.9, -4.3
    parts = [
        box((0.9, 1.06, z0 + 0.06), (2.05, 1.10, z1 - 0.02), _STEEL),
        box((0.9, 1.46, z0 + 0.06), (2.05, 1.49, z1 - 0.02), _STEEL),
        box((0.92, 1.27, z0 + 0.08), (2.03, 1.285, z1 - 0.05), (0.86, 0.92, 0.93)),
        *(rod((x, 1.06, z1 - 0.03), (x, 1.47, z1 - 0.03), 0.010, _STEEL) for x in (0.91, 2.04)),
    ]
    tones: tuple[Color, ...] = (
        (0.78, 0.52, 0.26),
        (0.90, 0.62, 0.68),
        (0.36, 0.20, 0.13),
        (0.94, 0.84, 0.56),
    )
    for k in range(12):
        x, y = 1.0 + 0.17 * (k % 6), 1.10 if k < 6 else 1.285
        bun = turned([(0.05, 0.0), (0.065, 0.04), (0.0, 0.075)], tones[k % 4], sides=10)
        parts.append(bun.moved((x, y, z1 - 0.18)))
    return parts


def _till(site: Site) -> list[Mesh]:
    """The coffee machine, the till and cups."""
    z0, z1 = -4.9, -4.3
    parts: list[Mesh] = []
    if site.shows("coffee_maker"):
        parts.append(_machine().moved((-1.2, 1.06, -4.62)))
    parts += [
        soft_box((0.12, 1.06, z0 + 0.1), (0.52, 1.20, z1 - 0.1), (0.22, 0.23, 0.25), bevel=0.02),
        soft_box((0.14, 1.20, -4.66), (0.50, 1.46, -4.62), (0.14, 0.15, 0.17), bevel=0.015),
    ]
    for k in range(3):
        parts.append(
            turned([(0.026, 0.0), (0.036, 0.11), (0.0, 0.112)], _CREAM, sides=12).moved(
                (-0.55 + 0.1 * k, 1.06, -4.42)
            )
        )
    return parts


def _bottles(rng: np.random.Generator) -> list[Mesh]:
    """Rows of bottles before a lit wall behind the bar, taps on the counter."""
    z = _BACK_M
    parts = [soft_box((-2.5, 1.15, z), (2.5, 2.75, z + 0.03), (0.92, 0.62, 0.30), bevel=0.01, glow=0.5)]
    glass: tuple[Color, ...] = (
        (0.16, 0.36, 0.18),
        (0.50, 0.24, 0.10),
        (0.78, 0.84, 0.86),
        (0.62, 0.12, 0.12),
        (0.20, 0.36, 0.56),
        (0.82, 0.62, 0.24),
    )
    for y in (1.25, 1.72, 2.19):
        parts.append(soft_box((-2.5, y - 0.03, z), (2.5, y, z + 0.30), made.WALNUT, bevel=0.006))
        at = -2.4
        while at < 2.38:
            tone, tall = glass[int(rng.integers(len(glass)))], float(rng.uniform(0.24, 0.34))
            r = float(rng.uniform(0.034, 0.046))
            line = [(r, 0.0), (r, 0.58 * tall), (0.35 * r, 0.78 * tall), (0.35 * r, tall), (0.0, tall)]
            parts.append(turned(line, tone, sides=10).moved((at, y, z + 0.16)))
            band = [(r + 0.002, 0.16 * tall), (r + 0.002, 0.42 * tall)]
            parts.append(turned(band, (0.90, 0.87, 0.78), sides=10).moved((at, y, z + 0.16)))
            at += 2.0 * r + float(rng.uniform(0.02, 0.05))
    for x in (-0.12, 0.0, 0.12):
        parts += [
            rod((x, 1.06, -4.5), (x, 1.36, -4.5), 0.022, _STEEL, sides=10),
            rod((x, 1.34, -4.5), (x, 1.30, -4.38), 0.014, _STEEL),
            rod((x, 1.36, -4.5), (x, 1.54, -4.46), 0.020, (0.16, 0.12, 0.10), sides=8),
        ]
    return parts


def _stool() -> Mesh:
    """A bar stool with a round seat."""
    return merge(
        [
            turned(
                [(0.0, 0.74), (0.18, 0.74), (0.19, 0.78), (0.17, 0.81), (0.0, 0.81)],
                (0.50, 0.16, 0.13),
                sides=22,
            ),
            rod((0.0, 0.03, 0.0), (0.0, 0.74, 0.0), 0.03, _STEEL, sides=10),
            turned([(0.22, 0.0), (0.20, 0.03), (0.0, 0.04)], _STEEL, sides=20),
            turned([(0.15, 0.28), (0.16, 0.295), (0.15, 0.31)], _STEEL, sides=20),
        ]
    )


def _machine() -> Mesh:
    """An espresso machine with two groups, cups on top."""
    red: Color = (0.66, 0.16, 0.13)
    parts = [
        soft_box((-0.40, 0.04, -0.22), (0.40, 0.10, 0.22), _STEEL, bevel=0.01),
        soft_box((-0.40, 0.10, -0.22), (0.40, 0.50, -0.02), _STEEL, bevel=0.02),
        soft_box((-0.42, 0.36, -0.22), (0.42, 0.56, 0.20), red, bevel=0.03),
        *(
            turned([(0.045, 0.27), (0.045, 0.36)], (0.18, 0.18, 0.19), sides=12).moved((x, 0.0, 0.08))
            for x in (-0.18, 0.18)
        ),
        *(rod((x, 0.29, 0.10), (x, 0.27, 0.27), 0.016, (0.14, 0.10, 0.08)) for x in (-0.18, 0.18)),
        *(rod((x, 0.36, 0.16), (x * 1.08, 0.16, 0.20), 0.010, _STEEL) for x in (-0.36, 0.36)),
        *(
            turned([(0.022, 0.10), (0.032, 0.16)], _CREAM, sides=10).moved((x, 0.0, 0.09))
            for x in (-0.18, 0.18)
        ),
    ]
    parts += [
        turned([(0.026, 0.56), (0.036, 0.62)], _CREAM, sides=10).moved((-0.3 + 0.09 * k, 0.0, 0.0))
        for k in range(7)
    ]
    return merge(parts)


def _board() -> list[Mesh]:
    """A slate on the back wall with what there is and what it costs."""
    z = _BACK_M
    parts = [
        soft_box((-1.25, 1.55, z), (1.25, 2.60, z + 0.04), made.OAK, bevel=0.015),
        box((-1.18, 1.62, z), (1.18, 2.53, z + 0.046), _SLATE),
        box((-0.36, 2.38, z), (0.36, 2.45, z + 0.05), (0.96, 0.88, 0.62)),
    ]
    rng = np.random.default_rng(3)
    for x in (-1.05, 0.12):
        for k in range(5):
            y = 2.22 - 0.125 * k
            parts.append(
                box((x, y, z), (x + float(rng.uniform(0.34, 0.58)), y + 0.032, z + 0.05), (0.90, 0.90, 0.86))
            )
            parts.append(box((x + 0.76, y, z), (x + 0.92, y + 0.032, z + 0.05), (0.96, 0.88, 0.62)))
    return parts


def _shelves(rng: np.random.Generator) -> list[Mesh]:
    """Shelves with cups, jars and bags of coffee to both sides of the slate."""
    parts: list[Mesh] = []
    for x0 in (-3.1, 1.55):
        for y in (1.45, 1.85, 2.25):
            parts.append(
                soft_box((x0, y, _BACK_M), (x0 + 1.4, y + 0.035, _BACK_M + 0.26), made.OAK, bevel=0.006)
            )
            at = x0 + 0.1
            while at < x0 + 1.28:
                tone: Color = (
                    (0.92, 0.90, 0.84),
                    (0.34, 0.22, 0.15),
                    (0.74, 0.46, 0.30),
                    (0.36, 0.48, 0.46),
                )[int(rng.integers(4))]
                r, tall = float(rng.uniform(0.045, 0.07)), float(rng.uniform(0.09, 0.24))
                jar = turned(
                    [(r, 0.0), (r, tall), (0.7 * r, tall + 0.02), (0.0, tall + 0.02)], tone, sides=12
                )
                parts.append(jar.moved((at, y + 0.035, _BACK_M + 0.13)))
                at += 2.0 * r + 0.05
    return parts


def _round_table(turn: int) -> Mesh:
    """A small round table with a cup, a flower and two chairs."""
    parts = [
        turned([(0.0, 0.72), (0.40, 0.72), (0.40, 0.75), (0.0, 0.75)], made.WALNUT, sides=28),
        rod((0.0, 0.03, 0.0), (0.0, 0.72, 0.0), 0.035, _SLATE, sides=10),
        turned([(0.24, 0.0), (0.22, 0.03), (0.0, 0.04)], _SLATE, sides=20),
        turned([(0.07, 0.75), (0.065, 0.757), (0.0, 0.757)], _CREAM, sides=16).moved((0.15, 0.0, 0.12)),
        turned([(0.025, 0.757), (0.038, 0.82)], _CREAM, sides=14).moved((0.15, 0.0, 0.12)),
        turned([(0.033, 0.80), (0.0, 0.80)], (0.26, 0.15, 0.09), sides=14).moved((0.15, 0.0, 0.12)),
        turned([(0.03, 0.75), (0.036, 0.80), (0.016, 0.86)], (0.56, 0.72, 0.74), sides=12).moved(
            (-0.06, 0.0, -0.05)
        ),
        rod((-0.06, 0.84, -0.05), (-0.05, 0.98, -0.05), 0.004, (0.30, 0.46, 0.22)),
        ball((-0.05, 0.99, -0.05), (0.035, 0.03, 0.035), (0.88, 0.36, 0.34)),
    ]
    for way in ways_of(turn):
        x, z = _CHAIR_M * math.sin(way), _CHAIR_M * math.cos(way)
        parts.append(made.chair(made.WALNUT).moved((x, 0.0, z), way + math.pi))
    return merge(parts)
