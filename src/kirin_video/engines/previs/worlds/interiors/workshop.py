"""A workshop: a bench with its vice, tools on a board above it, timber, paint, a lamp."""

# ruff: noqa: PLR2004 -- rooms are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, furnished
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import BACK_M, HALF_M, HIGH_M, Rect, Shell, build_walls

_STEEL: Color = (0.68, 0.70, 0.72)
_IRON: Color = (0.20, 0.22, 0.24)
_RED: Color = (0.76, 0.18, 0.14)
_WOOD: Color = (0.70, 0.52, 0.32)


def build(site: Site) -> Scene:
    """Build the workshop."""
    shell = Shell(
        (0.70, 0.68, 0.62),
        floor=(0.50, 0.49, 0.47),
        tile_m=1.1,
        drape=None,
        left=((-3.6, -1.8, 1.0, 2.2),),
        front_m=5.4,
    )
    things = [
        *_bench(),
        *_tools(),
        _shelves().moved((HALF_M, 0.0, -2.6), -math.pi / 2.0),
        *_timber(),
        *_tyres(),
        _sawhorse().moved((-2.1, 0.0, -2.6), 0.5),
        made.pendant(2.34, HIGH_M).moved((-0.6, 0.0, -4.6)),
        made.pendant(2.34, HIGH_M).moved((1.0, 0.0, -4.6)),
    ]
    covers: list[Rect] = [(-2.0, BACK_M, 2.2, -4.6), (2.75, -4.0, 3.3, -1.2), (-2.8, -3.1, -1.4, -2.1)]
    lamps = (
        Lamp((-0.6, 1.95, -4.5), (1.25, 0.92, 0.56), 1.4),
        Lamp((1.0, 1.95, -4.5), (1.25, 0.92, 0.56), 1.4),
        Lamp((0.0, 2.5, -1.4), (0.56, 0.46, 0.34), 2.4),
    )
    inside = Interior(
        build_walls(site.seed, shell, covers), things, (0.0, 1.05, -4.2), lamps=lamps, stand=(0.0, -3.2)
    )
    return furnished(site, inside)


def _bench() -> list[Mesh]:
    """A heavy bench along the back wall with a vice, a plane, shavings and a tool box."""
    z0, z1 = BACK_M + 0.02, BACK_M + 0.78
    parts = [soft_box((-2.0, 0.82, z0), (2.2, 0.92, z1), _WOOD, bevel=0.02)]
    parts += [
        soft_box((x, 0.0, z), (x + 0.12, 0.82, z + 0.12), (0.60, 0.43, 0.26), bevel=0.01)
        for x in (-1.95, 0.0, 2.03)
        for z in (z0 + 0.04, z1 - 0.16)
    ]
    parts += [
        soft_box((-1.95, 0.20, z0 + 0.05), (2.15, 0.25, z1 - 0.05), (0.60, 0.43, 0.26), bevel=0.01),
        soft_box((-1.45, 0.92, z1 - 0.30), (-1.15, 1.02, z1 - 0.02), _IRON, bevel=0.02),
        soft_box((-1.45, 1.0, z1 - 0.10), (-1.15, 1.14, z1 - 0.03), (0.24, 0.40, 0.58), bevel=0.02),
        soft_box((-1.45, 1.0, z1 + 0.03), (-1.15, 1.14, z1 + 0.09), (0.24, 0.40, 0.58), bevel=0.02),
        rod((-1.30, 1.05, z1 - 0.1), (-1.30, 1.05, z1 + 0.24), 0.022, _STEEL),
        rod((-1.43, 1.05, z1 + 0.22), (-1.17, 1.05, z1 + 0.22), 0.013, _STEEL),
        soft_box((-0.55, 0.92, z0 + 0.3), (0.35, 0.97, z0 + 0.46), made.OAK, bevel=0.008),
        soft_box((-0.25, 0.97, z0 + 0.32), (0.05, 1.03, z0 + 0.44), _IRON, bevel=0.015),
        ball((0.0, 1.06, z0 + 0.38), (0.03, 0.04, 0.03), made.WALNUT),
        soft_box((1.05, 0.92, z0 + 0.22), (1.65, 1.16, z0 + 0.52), _RED, bevel=0.025),
        soft_box((1.05, 1.12, z0 + 0.22), (1.65, 1.20, z0 + 0.52), (0.62, 0.14, 0.11), bevel=0.025),
        rod((1.18, 1.26, z0 + 0.37), (1.52, 1.26, z0 + 0.37), 0.016, _STEEL),
        *(rod((x, 1.18, z0 + 0.37), (x, 1.26, z0 + 0.37), 0.012, _STEEL) for x in (1.18, 1.52)),
    ]
    parts += [
        ball(
            (-0.5 + 0.13 * k, 0.935, z0 + 0.56 + 0.04 * (k % 3)),
            (0.035, 0.018, 0.025),
            (0.86, 0.70, 0.44),
            detail=0,
        )
        for k in range(9)
    ]
    return parts


def _tools() -> list[Mesh]:
    """A board with hammers, saws, spanners, drivers and pliers, each in its place."""
    z = BACK_M + 0.06
    parts = [soft_box((-1.9, 1.15, BACK_M), (2.1, 2.35, BACK_M + 0.04), (0.78, 0.64, 0.44), bevel=0.01)]
    for k, x in enumerate((-1.7, -1.45, -1.2)):
        parts += [
            rod((x, 1.55 - 0.05 * k, z), (x, 2.05, z), 0.018, (0.56, 0.30, 0.16)),
            soft_box((x - 0.09, 2.02, z - 0.03), (x + 0.08, 2.09, z + 0.03), _IRON, bevel=0.015),
        ]
    # A saw: its blade a wedge, its grip at the right.
    parts += [
        soft_box((-0.95, 1.86, z - 0.006), (-0.30, 2.02, z + 0.006), _STEEL, bevel=0.004),
        soft_box((-0.95, 1.92, z - 0.008), (-0.60, 2.03, z + 0.008), _STEEL, bevel=0.004),
        soft_box((-0.34, 1.82, z - 0.02), (-0.16, 2.06, z + 0.02), (0.60, 0.32, 0.16), bevel=0.03),
    ]
    for k, x in enumerate((0.10, 0.24, 0.38, 0.52, 0.66)):
        long = 0.30 + 0.05 * k
        parts += [
            rod((x, 1.98 - long, z), (x, 1.98, z), 0.013, _STEEL),
            *(
                ball((x, y, z), (0.032 + 0.003 * k, 0.032, 0.014), _STEEL, detail=1)
                for y in (1.98 - long, 1.98)
            ),
        ]
    for k, x in enumerate((0.92, 1.06, 1.20, 1.34)):
        tone: Color = ((0.90, 0.72, 0.16), (0.80, 0.20, 0.16), (0.22, 0.44, 0.70), (0.20, 0.52, 0.30))[k]
        parts += [
            rod((x, 1.85, z), (x, 2.02, z), 0.024, tone, sides=8),
            rod((x, 1.58 + 0.04 * k, z), (x, 1.86, z), 0.009, _STEEL),
        ]
    for x, tone in ((1.58, _RED), (1.84, (0.22, 0.44, 0.70))):
        parts += [
            rod((x, 1.85, z), (x - 0.06, 1.60, z), 0.018, tone),
            rod((x, 1.85, z), (x + 0.06, 1.60, z), 0.018, tone),
            soft_box((x - 0.04, 1.84, z - 0.015), (x + 0.04, 1.97, z + 0.015), _IRON, bevel=0.015),
        ]
    for k in range(7):
        parts.append(rod((-0.9 + 0.11 * k, 1.62 - 0.02 * k, z), (-0.9 + 0.11 * k, 1.76, z), 0.010, _STEEL))
        parts.append(
            rod((-0.9 + 0.11 * k, 1.38, z), (-0.9 + 0.11 * k, 1.63 - 0.02 * k, z), 0.018, (0.60, 0.36, 0.18))
        )
    return parts


def _shelves() -> Mesh:
    """Steel shelves with tins of paint and boxes, their back at z = 0."""
    parts = [rod((x, 0.0, z), (x, 2.0, z), 0.022, _IRON, sides=4) for x in (-1.2, 1.2) for z in (0.04, 0.46)]
    tones: tuple[Color, ...] = (
        (0.24, 0.44, 0.66),
        (0.86, 0.70, 0.22),
        (0.72, 0.22, 0.18),
        (0.30, 0.52, 0.34),
        (0.90, 0.89, 0.85),
    )
    for row, y in enumerate((0.25, 0.85, 1.45, 1.98)):
        parts.append(soft_box((-1.24, y - 0.03, 0.02), (1.24, y, 0.48), _IRON, bevel=0.006))
        if y > 1.9:
            break
        for k in range(7):
            x = -1.02 + 0.34 * k
            tone = tones[(k + 2 * row) % 5]
            if (k + row) % 3:
                tin = turned([(0.12, 0.0), (0.12, 0.24), (0.10, 0.26), (0.0, 0.26)], _STEEL, sides=14)
                parts += [
                    tin.moved((x, y, 0.24)),
                    turned([(0.122, 0.04), (0.122, 0.19)], tone, sides=14).moved((x, y, 0.24)),
                ]
            else:
                parts.append(
                    soft_box((x - 0.14, y, 0.10), (x + 0.14, y + 0.30, 0.40), (0.70, 0.55, 0.36), bevel=0.012)
                )
    return merge(parts)


def _timber() -> list[Mesh]:
    """Planks that lean in the corner."""
    tones: tuple[Color, ...] = ((0.76, 0.58, 0.36), (0.66, 0.48, 0.29), (0.82, 0.66, 0.44))
    return [
        rod(
            (-3.0 + 0.14 * k, 0.0, -4.5 + 0.03 * k),
            (-3.05 + 0.12 * k, 2.3 - 0.12 * (k % 3), BACK_M + 0.1),
            0.06,
            tones[k % 3],
            sides=4,
        )
        for k in range(6)
    ]


def _tyres() -> list[Mesh]:
    """A pile of tyres in the corner."""
    profile = [(0.18, 0.0), (0.30, 0.0), (0.34, 0.06), (0.34, 0.15), (0.30, 0.21), (0.18, 0.21)]
    return [
        turned(profile, (0.09, 0.09, 0.10), sides=22).moved((2.75 + 0.03 * k, 0.22 * k, -4.75))
        for k in range(4)
    ]


def _sawhorse() -> Mesh:
    """A plank on two trestles with a saw in it."""
    parts: list[Mesh] = []
    for x in (-0.55, 0.55):
        parts.append(soft_box((x - 0.05, 0.62, -0.4), (x + 0.05, 0.72, 0.4), _WOOD, bevel=0.01))
        parts += [
            rod((x, 0.66, z), (x + dx, 0.0, 1.25 * z), 0.03, _WOOD, sides=4)
            for z in (-0.3, 0.3)
            for dx in (-0.16, 0.16)
        ]
    parts += [
        soft_box((-0.95, 0.72, -0.12), (0.95, 0.77, 0.14), (0.82, 0.66, 0.44), bevel=0.008),
        box((0.2, 0.77, -0.01), (0.7, 0.80, 0.02), _STEEL),
    ]
    return merge(parts)
