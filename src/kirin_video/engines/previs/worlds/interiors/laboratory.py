"""A laboratory: white benches with glassware and a microscope, shelves of bottles, a fume cupboard."""

# ruff: noqa: PLR2004 -- rooms are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import BACK_M, HALF_M, HIGH_M, Rect, Shell, build_walls

_WHITE: Color = (0.93, 0.94, 0.94)
_TOP: Color = (0.22, 0.25, 0.28)
_STEEL: Color = (0.70, 0.73, 0.76)
_DARK: Color = (0.12, 0.13, 0.15)
_GLASS: Color = (0.80, 0.90, 0.93)
_HIGH_M = 0.92
"""The height of a bench."""
_LIQUIDS: tuple[Color, ...] = (
    (0.14, 0.52, 0.86),
    (0.20, 0.70, 0.40),
    (0.92, 0.34, 0.44),
    (0.96, 0.70, 0.16),
    (0.54, 0.32, 0.80),
    (0.12, 0.70, 0.72),
)
_AMBER: Color = (0.44, 0.24, 0.10)


def build(site: Site) -> Scene:
    """Build the laboratory."""
    shell = Shell(
        (0.84, 0.88, 0.89),
        floor=(0.70, 0.73, 0.74),
        tile_m=0.6,
        ceiling=(0.93, 0.94, 0.95),
        drape=None,
        left=((-3.4, -1.4, 1.0, 2.3),),
        front_m=5.4,
    )
    things = [
        *_wall_bench(),
        *_bottles(),
        *_fume_cupboard(),
        _island().moved((-1.45, 0.0, -3.0)),
        _island_tools().moved((-1.45, _HIGH_M, -3.0)),
        *own(site, "microscope", _microscope().moved((0.62, _HIGH_M, BACK_M + 0.42), 0.5)),
        *(_lamp_panel().moved((x, HIGH_M - 0.03, z)) for x in (-1.4, 1.4) for z in (-4.0, -1.6)),
        *(_stool().moved((x, 0.0, z)) for x, z in ((-0.35, -3.4), (1.55, -4.3))),
        _chart().moved((HALF_M - 0.01, 0.9, -2.6), -math.pi / 2.0),
    ]
    covers: list[Rect] = [(-2.0, BACK_M, 3.3, -4.65), (-2.5, -3.4, -0.4, -2.6), (-3.3, -5.4, -2.1, -4.6)]
    lamps = (
        Lamp((-1.2, 2.4, -3.4), (0.92, 0.98, 1.05), 2.4),
        Lamp((1.6, 2.4, -3.0), (0.92, 0.98, 1.05), 2.4),
        Lamp((-2.7, 1.7, -4.9), (0.55, 0.75, 0.95), 0.9),
    )
    inside = Interior(
        build_walls(site.seed, shell, covers), things, (0.0, 1.12, -4.2), lamps=lamps, stand=(0.55, -3.3)
    )
    return furnished(site, inside)


def _wall_bench() -> list[Mesh]:
    """White cupboards along the back wall under a dark, hard top, with a sink and its tap."""
    z0, z1 = BACK_M, BACK_M + 0.72
    parts = [
        soft_box((-1.95, 0.10, z0), (3.25, _HIGH_M - 0.04, z1 - 0.04), _WHITE, bevel=0.01),
        soft_box((-1.95, 0.0, z0), (3.25, 0.10, z1 - 0.12), _DARK, bevel=0.005),
        soft_box((-2.0, _HIGH_M - 0.05, z0), (3.28, _HIGH_M, z1), _TOP, bevel=0.012),
        soft_box((2.2, _HIGH_M - 0.01, z0 + 0.16), (2.8, _HIGH_M + 0.005, z1 - 0.12), _STEEL, bevel=0.004),
        rod((2.5, _HIGH_M, z0 + 0.1), (2.5, _HIGH_M + 0.34, z0 + 0.1), 0.016, _STEEL),
        rod((2.5, _HIGH_M + 0.34, z0 + 0.1), (2.5, _HIGH_M + 0.30, z0 + 0.32), 0.014, _STEEL),
    ]
    for k in range(8):
        x = -1.90 + 0.645 * k
        parts += [
            soft_box((x, 0.14, z1 - 0.05), (x + 0.60, 0.66, z1 - 0.025), (0.97, 0.97, 0.97), bevel=0.006),
            soft_box((x, 0.69, z1 - 0.05), (x + 0.60, 0.85, z1 - 0.025), (0.97, 0.97, 0.97), bevel=0.006),
            rod((x + 0.22, 0.78, z1 - 0.01), (x + 0.38, 0.78, z1 - 0.01), 0.010, _STEEL),
        ]
    parts += [
        _flask(0.30, _LIQUIDS[0]).moved((-1.55, _HIGH_M, z0 + 0.42)),
        _flask(0.24, _LIQUIDS[2]).moved((-1.20, _HIGH_M, z0 + 0.36)),
        _cylinder(0.34, _LIQUIDS[3]).moved((-0.92, _HIGH_M, z0 + 0.40)),
        _beaker(0.17, _LIQUIDS[1]).moved((-0.66, _HIGH_M, z0 + 0.46)),
        _rack(0).moved((-0.15, _HIGH_M, z0 + 0.40)),
        _round_flask().moved((1.35, _HIGH_M, z0 + 0.40)),
        _beaker(0.20, _LIQUIDS[5]).moved((1.80, _HIGH_M, z0 + 0.42)),
    ]
    return parts


def _bottles() -> list[Mesh]:
    """Two shelves over the bench, full of bottles with labels and of flasks."""
    parts: list[Mesh] = []
    for row, y in enumerate((1.52, 1.98)):
        parts.append(soft_box((-1.9, y - 0.035, BACK_M), (3.1, y, BACK_M + 0.28), _WHITE, bevel=0.006))
        for k in range(24):
            x, z = -1.80 + 0.205 * k, BACK_M + 0.14
            sort = (k * 5 + row * 3) % 7
            if sort == 6:
                parts.append(_flask(0.19, _LIQUIDS[k % 6]).moved((x, y, z)))
            elif sort == 3:
                parts.append(_beaker(0.14, _LIQUIDS[(k + 2) % 6]).moved((x, y, z)))
            else:
                tone = _AMBER if sort in {0, 4} else (_GLASS if sort == 2 else _LIQUIDS[(k + row) % 6])
                parts.append(_bottle(0.20 + 0.03 * (k % 3), tone).moved((x, y, z)))
    return parts


def _bottle(tall: float, tone: Color) -> Mesh:
    """A reagent bottle with its label and cap."""
    r = 0.062
    body = [(0.0, 0.0), (r, 0.0), (r, 0.66 * tall), (0.4 * r, 0.80 * tall), (0.4 * r, 0.88 * tall)]
    cap = [(0.5 * r, 0.86 * tall), (0.5 * r, tall), (0.0, tall)]
    label = [(1.03 * r, 0.18 * tall), (1.03 * r, 0.50 * tall)]
    return merge(
        [turned(body, tone, sides=14), turned(cap, _DARK, sides=10), turned(label, _WHITE, sides=14)]
    )


def _flask(tall: float, liquid: Color) -> Mesh:
    """A conical flask, a third full."""
    r = 0.40 * tall
    filled = [(0.0, 0.0), (r, 0.01), (0.72 * r, 0.32 * tall), (0.0, 0.32 * tall)]
    neck = [(0.72 * r, 0.32 * tall), (0.24 * r, 0.72 * tall), (0.24 * r, 0.96 * tall), (0.32 * r, tall)]
    return merge([turned(filled, liquid, sides=18, glow=0.12), turned(neck, _GLASS, sides=18)])


def _beaker(tall: float, liquid: Color) -> Mesh:
    """A beaker, half full, with a lip."""
    r = 0.40 * tall
    filled = [(0.0, 0.0), (r, 0.005), (r, 0.55 * tall), (0.0, 0.55 * tall)]
    rim = [(r, 0.55 * tall), (r, 0.95 * tall), (1.10 * r, tall), (0.98 * r, tall), (0.96 * r, 0.56 * tall)]
    return merge([turned(filled, liquid, sides=18, glow=0.12), turned(rim, _GLASS, sides=18)])


def _cylinder(tall: float, liquid: Color) -> Mesh:
    """A measuring cylinder on its foot."""
    filled = [(0.0, 0.0), (0.055, 0.0), (0.055, 0.015), (0.028, 0.02), (0.028, 0.6 * tall), (0.0, 0.6 * tall)]
    return merge(
        [
            turned(filled, liquid, sides=14, glow=0.12),
            turned([(0.028, 0.6 * tall), (0.028, tall), (0.036, tall)], _GLASS, sides=14),
        ]
    )


def _rack(shift: int) -> Mesh:
    """Eight test tubes in their rack."""
    parts = [
        soft_box((-0.26, 0.0, -0.05), (0.26, 0.02, 0.05), made.OAK, bevel=0.005),
        soft_box((-0.26, 0.10, -0.05), (0.26, 0.115, 0.05), made.OAK, bevel=0.004),
        *(soft_box((x, 0.0, -0.05), (x + 0.015, 0.115, 0.05), made.OAK, bevel=0.003) for x in (-0.26, 0.245)),
    ]
    for k in range(8):
        x, tone = -0.21 + 0.06 * k, _LIQUIDS[(k + shift) % 6]
        parts += [
            turned([(0.0, 0.015), (0.019, 0.03), (0.019, 0.13)], tone, sides=10, glow=0.14).moved((x, 0, 0)),
            turned([(0.019, 0.13), (0.019, 0.22), (0.023, 0.225)], _GLASS, sides=10).moved((x, 0, 0)),
        ]
    return merge(parts)


def _round_flask() -> Mesh:
    """A round flask in a clamp over a burner."""
    y = 0.30
    return merge(
        [
            soft_box((-0.13, 0.0, -0.10), (0.13, 0.02, 0.10), _DARK, bevel=0.006),
            rod((-0.11, 0.0, -0.06), (-0.11, 0.62, -0.06), 0.009, _STEEL),
            rod((-0.11, y + 0.16, -0.06), (0.02, y + 0.16, 0.0), 0.008, _STEEL),
            ball((0.02, y, 0.0), (0.10, 0.10, 0.10), _LIQUIDS[4], detail=2, glow=0.12),
            turned([(0.032, y + 0.08), (0.026, y + 0.26), (0.034, y + 0.27)], _GLASS, sides=12).moved(
                (0.02, 0.0, 0.0)
            ),
            turned([(0.05, 0.02), (0.02, 0.04), (0.018, 0.13)], _STEEL, sides=12).moved((0.02, 0.0, 0.0)),
            ball((0.02, 0.165, 0.0), (0.016, 0.040, 0.016), (0.30, 0.55, 1.0), glow=0.95),
        ]
    )


def _microscope() -> Mesh:
    """A microscope: foot, arm, stage, a tube that leans towards who looks into it."""
    return merge(
        [
            soft_box((-0.11, 0.0, -0.15), (0.11, 0.045, 0.13), _DARK, bevel=0.015),
            soft_box((-0.035, 0.03, -0.15), (0.035, 0.34, -0.08), _WHITE, bevel=0.02),
            soft_box((-0.035, 0.29, -0.15), (0.035, 0.36, 0.03), _WHITE, bevel=0.02),
            soft_box((-0.085, 0.135, -0.08), (0.085, 0.155, 0.10), _DARK, bevel=0.006),
            rod((0.0, 0.18, 0.02), (0.0, 0.31, 0.02), 0.020, _STEEL, sides=12),
            rod((0.0, 0.34, 0.02), (0.0, 0.45, 0.13), 0.028, _WHITE, sides=12),
            rod((0.0, 0.44, 0.12), (0.0, 0.49, 0.17), 0.022, _DARK, sides=12),
            ball((0.055, 0.10, -0.11), (0.016, 0.03, 0.03), _DARK),
            ball((-0.055, 0.10, -0.11), (0.016, 0.03, 0.03), _DARK),
            ball((0.0, 0.075, 0.02), (0.03, 0.02, 0.03), (0.98, 0.95, 0.80), glow=0.8),
        ]
    )


def _island() -> Mesh:
    """A bench that stands free, white below its dark top."""
    return merge(
        [
            soft_box((-1.0, 0.0, -0.32), (0.95, 0.08, 0.32), _DARK, bevel=0.006),
            soft_box((-1.02, 0.08, -0.36), (0.98, _HIGH_M - 0.04, 0.36), _WHITE, bevel=0.012),
            soft_box((-1.06, _HIGH_M - 0.05, -0.40), (1.02, _HIGH_M, 0.40), _TOP, bevel=0.012),
            *(
                soft_box((x, 0.16, 0.35), (x + 0.44, 0.80, 0.375), (0.97, 0.97, 0.97), bevel=0.006)
                for x in (-0.95, -0.47, 0.01, 0.49)
            ),
        ]
    )


def _island_tools() -> Mesh:
    """What stands on it: flasks, a rack, beakers, a second microscope."""
    return merge(
        [
            _flask(0.34, _LIQUIDS[1]).moved((-0.72, 0.0, 0.0)),
            _flask(0.26, _LIQUIDS[3]).moved((-0.46, 0.0, 0.16)),
            _rack(3).moved((-0.05, 0.0, 0.08), 0.12),
            _beaker(0.20, _LIQUIDS[0]).moved((0.36, 0.0, 0.14)),
            _microscope().moved((0.74, 0.0, 0.0), -0.5),
        ]
    )


def _fume_cupboard() -> list[Mesh]:
    """A glazed cupboard, lit inside, with something green on the boil."""
    x0, x1, z0, z1 = -3.25, -2.1, BACK_M, BACK_M + 0.8
    return [
        soft_box((x0, 0.0, z0), (x1, 0.90, z1), _WHITE, bevel=0.015),
        soft_box((x0, 0.90, z0), (x1, 0.95, z1 + 0.02), _TOP, bevel=0.01),
        box((x0, 0.95, z0), (x1, 2.0, z0 + 0.02), (0.72, 0.86, 0.95)),
        *(soft_box((x, 0.95, z0), (x + 0.06, 2.0, z1), _WHITE, bevel=0.01) for x in (x0, x1 - 0.06)),
        soft_box((x0, 2.0, z0), (x1, 2.55, z1), _WHITE, bevel=0.015),
        soft_box((x0 + 0.05, 1.62, z1 - 0.03), (x1 - 0.05, 2.0, z1), (0.78, 0.88, 0.92), bevel=0.006),
        rod((x0 + 0.1, 1.61, z1), (x1 - 0.1, 1.61, z1), 0.014, _STEEL),
        _flask(0.36, (0.30, 0.86, 0.42)).moved((x0 + 0.42, 0.95, z0 + 0.42)),
        _beaker(0.20, _LIQUIDS[4]).moved((x0 + 0.78, 0.95, z0 + 0.46)),
    ]


def _stool() -> Mesh:
    """A round stool on one leg and five castors."""
    parts = [
        turned([(0.0, 0.62), (0.19, 0.62), (0.20, 0.66), (0.17, 0.70), (0.0, 0.70)], _DARK, sides=20),
        rod((0.0, 0.08, 0.0), (0.0, 0.62, 0.0), 0.028, _STEEL, sides=10),
    ]
    for k in range(5):
        a = 2.0 * math.pi * k / 5.0
        x, z = 0.24 * math.sin(a), 0.24 * math.cos(a)
        parts.append(rod((0.0, 0.10, 0.0), (x, 0.05, z), 0.016, _STEEL))
        parts.append(ball((x, 0.03, z), (0.03, 0.03, 0.03), _DARK))
    return merge(parts)


def _lamp_panel() -> Mesh:
    """A flat lamp in the ceiling."""
    return soft_box((-0.6, 0.0, -0.3), (0.6, 0.03, 0.3), (0.98, 0.99, 1.0), bevel=0.008, glow=0.9)


def _chart() -> Mesh:
    """A chart of the elements in coloured fields, its back at z = 0."""
    parts = [box((-0.85, 0.0, 0.0), (0.85, 1.05, 0.02), _WHITE)]
    for column in range(18):
        for row in range(7):
            first = {0: column in {0, 17}, 1: column < 2 or column > 11, 2: column < 2 or column > 11}
            if not first.get(row, True):
                continue
            x, y = -0.78 + 0.087 * column, 0.90 - 0.125 * row
            tone = _LIQUIDS[(0 if column < 2 else 3 if column < 12 else 1 if column < 16 else 4)]
            parts.append(box((x, y, 0.0), (x + 0.075, y + 0.105, 0.026), tone))
    return merge(parts)
