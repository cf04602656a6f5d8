"""A kitchen: a counter under the window, a stove, shelves, a table with chairs."""

from __future__ import annotations

import math

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, room_for_the_tall
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import BACK_M, HIGH_M, Rect, Shell, build_walls

_FRUIT: tuple[tuple[float, float, Color], ...] = (
    (-0.05, 0.02, (0.82, 0.24, 0.16)),
    (0.05, 0.03, (0.90, 0.58, 0.16)),
    (0.0, -0.05, (0.70, 0.74, 0.24)),
)
_CROCKERY: tuple[Color, ...] = (
    (0.86, 0.84, 0.78),
    (0.36, 0.48, 0.50),
    (0.76, 0.48, 0.30),
    (0.62, 0.66, 0.48),
)


def build(site: Site) -> Scene:
    """Build a kitchen: a counter under the window, a stove, shelves, a table with chairs."""
    rng = site.rng(1)
    covers: list[Rect] = [(-2.6, -5.4, 2.6, -4.75), (1.2, -3.6, 2.6, -2.6)]
    walls = Shell(
        (0.84, 0.82, 0.72),
        front_m=5.4,
        back=((-1.0, 1.0, 1.15, 2.2),),
        left=((-3.4, -1.6, 0.95, 2.25),),
    )
    shell = build_walls(site.seed, walls, covers)
    green: Color = (0.42, 0.52, 0.45)
    things = [
        *_counter(green),
        made.table(1.35, 0.85, 0.74, made.OAK).moved((1.95, 0.0, -3.1)),
        made.chair(made.WALNUT).moved((1.95, 0.0, -3.78), 0.1),
        made.chair(made.WALNUT).moved((1.0, 0.0, -3.0), math.pi / 2.0),
        made.pendant(1.75, HIGH_M).moved((1.95, 0.0, -3.1)),
        turned([(0.0, 0.74), (0.10, 0.745), (0.17, 0.80), (0.18, 0.81)], (0.84, 0.82, 0.78), sides=18).moved(
            (1.95, 0.0, -3.1)
        ),
        *[ball((1.95 + x, 0.83, -3.1 + z), (0.045, 0.043, 0.045), tone) for x, z, tone in _FRUIT],
    ]
    for x0 in (-2.6, 1.35):
        for y in (1.5, 1.95):
            things.append(
                soft_box((x0, y, BACK_M), (x0 + 1.25, y + 0.035, BACK_M + 0.26), made.OAK, bevel=0.006)
            )
            at = x0 + 0.12
            while at < x0 + 1.1:
                tone = _CROCKERY[int(rng.integers(4))]
                r, tall = float(rng.uniform(0.045, 0.075)), float(rng.uniform(0.09, 0.20))
                things.append(
                    turned(
                        [
                            (0.0, y + 0.035),
                            (r * 0.9, y + 0.035),
                            (r, y + 0.035 + tall),
                            (r * 0.8, y + 0.04 + tall),
                            (0.0, y + 0.04 + tall),
                        ],
                        tone,
                        sides=12,
                    ).moved((at, 0.0, BACK_M + 0.13))
                )
                at += 2.0 * r + 0.05
    soft = [made.pot_plant(site.seed).moved((0.75, 0.92, -5.1), 0.0, 0.45)]
    lamps = (
        Lamp((1.95, 1.72, -3.1), (1.3, 0.92, 0.52), 1.2),
        Lamp((-0.8, 2.4, -2.2), (0.62, 0.47, 0.31), 2.4),
    )
    stand = room_for_the_tall(site, (-0.4, -2.9))
    return furnished(site, Interior(shell, things, (0.0, 1.06, -4.2), soft, lamps=lamps, stand=stand))


def _counter(front: Color) -> list[Mesh]:
    """Cupboards along the back wall with a stove, a sink and a tap."""
    z0, z1 = BACK_M, BACK_M + 0.62
    parts = [
        soft_box((-2.65, 0.88, z0), (2.65, 0.93, z1 + 0.03), (0.72, 0.56, 0.38), bevel=0.012),
        soft_box((-2.6, 0.0, z0), (2.6, 0.10, z1 - 0.06), (0.24, 0.22, 0.20), bevel=0.01),
        soft_box((-1.95, 0.10, z1 - 0.02), (-1.33, 0.86, z1 + 0.02), (0.30, 0.31, 0.33), bevel=0.02),
        soft_box((-1.87, 0.24, z1), (-1.41, 0.62, z1 + 0.03), (0.12, 0.12, 0.14), bevel=0.02),
        rod((-1.87, 0.70, z1 + 0.06), (-1.41, 0.70, z1 + 0.06), 0.014, (0.80, 0.80, 0.80)),
        rod((0.0, 0.93, z0 + 0.12), (0.0, 1.20, z0 + 0.12), 0.016, (0.80, 0.80, 0.80)),
        rod((0.0, 1.19, z0 + 0.12), (0.0, 1.17, z0 + 0.30), 0.014, (0.80, 0.80, 0.80)),
        turned(
            [(0.0, 0.94), (0.13, 0.94), (0.14, 1.08), (0.12, 1.10), (0.0, 1.12)], (0.62, 0.22, 0.16), sides=18
        ).moved((-1.75, 0.0, z0 + 0.34)),
    ]
    parts += [
        turned([(0.0, 0.93), (0.085, 0.93), (0.085, 0.94), (0.0, 0.94)], (0.10, 0.10, 0.10), sides=14).moved(
            (x, 0.002, z)
        )
        for x in (-1.78, -1.5)
        for z in (z0 + 0.18, z0 + 0.44)
    ]
    for k in range(8):
        x = -2.58 + 0.645 * k
        if k == 1:
            continue
        parts.append(soft_box((x, 0.12, z0), (x + 0.62, 0.86, z1), front, bevel=0.012))
        parts.append(rod((x + 0.24, 0.76, z1 + 0.03), (x + 0.38, 0.76, z1 + 0.03), 0.009, (0.78, 0.66, 0.40)))
    return parts
