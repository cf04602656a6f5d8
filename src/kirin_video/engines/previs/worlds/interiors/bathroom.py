"""A bathroom: tiles, a tub, a basin under its mirror, towels."""

# ruff: noqa: PLR2004 -- rooms are made of measures
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _FRONT_M = 2.6, -4.4, 5.4
_TILE: Color = (0.60, 0.76, 0.76)
_CHINA: Color = (0.95, 0.95, 0.93)
_STEEL: Color = (0.80, 0.81, 0.83)
_TILED_M = 1.38
"""How high tiles go."""


def build(site: Site) -> Scene:
    """Build the bathroom."""
    shell = Shell(
        (0.88, 0.88, 0.84),
        half_m=_HALF_M,
        back_m=_BACK_M,
        floor=(0.80, 0.82, 0.80),
        tile_m=0.3,
        drape=None,
        back=((-1.5, -0.5, 1.5, 2.3),),
        front_m=_FRONT_M,
    )
    things = [
        *_tiled(),
        *own(site, "bathtub", _tub().moved((-1.25, 0.0, _BACK_M + 0.55))),
        _basin().moved((1.05, 0.0, _BACK_M)),
        *own(site, "mirror", _glass().moved((1.05, 1.25, _BACK_M))),
        _toilet().moved((_HALF_M - 0.02, 0.0, -2.2), -math.pi / 2.0),
        _towels().moved((-_HALF_M, 1.15, -2.3), math.pi / 2.0),
        _cabinet().moved((2.2, 0.0, _BACK_M)),
    ]
    covers: list[Rect] = [
        (-2.2, _BACK_M, -0.35, _BACK_M + 0.95),
        (0.6, _BACK_M, 1.5, _BACK_M + 0.5),
        (1.9, -2.6, 2.6, -1.8),
    ]
    flat = [made.rug(1.3, 0.8, ((0.92, 0.90, 0.84), (0.36, 0.56, 0.58))).moved((-0.6, 0.0, -2.7))]
    lamps = (Lamp((1.05, 2.2, -4.0), (1.0, 0.90, 0.74), 1.5), Lamp((0.0, 2.5, -1.6), (0.74, 0.66, 0.54), 2.4))
    soft = [made.pot_plant(site.seed).moved((-0.1, 0.0, _BACK_M + 0.3), 0.0, 0.7)]
    inside = Interior(
        build_walls(site.seed, shell, covers),
        things,
        (0.0, 0.95, -3.4),
        soft,
        flat,
        lamps,
        eye=(0.0, 1.42, 2.6),
        stand=(0.0, -2.6),
    )
    return furnished(site, inside)


def _tiled() -> list[Mesh]:
    """Tiles along the walls, up to the height of a chest, and a dark border above them."""
    deep, off = _FRONT_M - _BACK_M, 0.012
    sides: tuple[tuple[Color, Color], ...] = (
        ((-_HALF_M, 0.0, _BACK_M + off), (2.0 * _HALF_M, 0, 0)),
        ((_HALF_M - off, 0.0, _BACK_M), (0, 0, deep)),
        ((-_HALF_M + off, 0.0, _FRONT_M), (0, 0, -deep)),
    )
    laid = [
        made.tiles(corner, along, (0, _TILED_M, 0), _TILE, _evenly, tile_m=0.2, seed=k)
        for k, (corner, along) in enumerate(sides)
    ]
    edge, dark = 0.022, (0.20, 0.38, 0.42)
    borders = [
        soft_box(
            (-_HALF_M, _TILED_M, _BACK_M), (_HALF_M, _TILED_M + 0.06, _BACK_M + edge), dark, bevel=0.006
        ),
        soft_box(
            (_HALF_M - edge, _TILED_M, _BACK_M), (_HALF_M, _TILED_M + 0.06, _FRONT_M), dark, bevel=0.006
        ),
        soft_box(
            (-_HALF_M, _TILED_M, _BACK_M), (-_HALF_M + edge, _TILED_M + 0.06, _FRONT_M), dark, bevel=0.006
        ),
    ]
    return [*laid, *borders]


def _evenly(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tiles shine: corners are hardly darker."""
    return np.ones(len(points))


def _tub() -> Mesh:
    """A tub along x, full of foam, with its tap at the right end."""
    parts = [
        soft_box((-0.88, 0.0, -0.40), (0.88, 0.58, 0.40), _CHINA, bevel=0.12),
        soft_box((-0.92, 0.54, -0.44), (0.92, 0.62, 0.44), _CHINA, bevel=0.04),
        soft_box((-0.78, 0.56, -0.32), (0.78, 0.625, 0.32), (0.66, 0.82, 0.88), bevel=0.03),
    ]
    for k in range(26):
        a, far = 2.399 * k, 0.135 * math.sqrt(k)
        r = 0.07 + 0.035 * ((k * 7) % 5) / 4.0
        parts.append(
            ball(
                (0.95 * far * math.cos(a) - 0.1, 0.63, 0.36 * far * math.sin(a)),
                (r, 0.8 * r, r),
                (0.98, 0.98, 1.0),
            )
        )
    parts += [
        rod((0.80, 0.62, 0.0), (0.80, 0.90, 0.0), 0.022, _STEEL),
        rod((0.80, 0.89, 0.0), (0.62, 0.84, 0.0), 0.020, _STEEL),
        rod((0.80, 0.74, -0.12), (0.80, 0.74, 0.12), 0.016, _STEEL),
        ball((-0.62, 0.70, 0.1), (0.075, 0.06, 0.06), (0.96, 0.80, 0.22)),
        ball((-0.68, 0.78, 0.1), (0.045, 0.043, 0.043), (0.96, 0.80, 0.22)),
        ball((-0.72, 0.775, 0.1), (0.02, 0.01, 0.015), (0.92, 0.46, 0.12), detail=0),
    ]
    return merge(parts)


def _basin() -> Mesh:
    """A basin on its foot with a tap, soap and a mug of brushes."""
    parts = [
        turned([(0.16, 0.0), (0.10, 0.2), (0.10, 0.66)], _CHINA, sides=16).moved((0.0, 0.0, 0.24)),
        soft_box((-0.34, 0.66, 0.0), (0.34, 0.86, 0.50), _CHINA, bevel=0.09),
        turned([(0.22, 0.864), (0.0, 0.864)], (0.80, 0.84, 0.85), sides=20).moved((0.0, 0.0, 0.28)),
        rod((0.0, 0.86, 0.07), (0.0, 1.04, 0.07), 0.018, _STEEL),
        rod((0.0, 1.03, 0.07), (0.0, 1.0, 0.20), 0.016, _STEEL),
        soft_box((0.18, 0.86, 0.05), (0.28, 0.89, 0.12), (0.90, 0.66, 0.70), bevel=0.012),
        turned([(0.035, 0.86), (0.04, 0.96)], (0.34, 0.56, 0.62), sides=12).moved((-0.24, 0.0, 0.09)),
        rod((-0.24, 0.9, 0.09), (-0.27, 1.06, 0.10), 0.007, (0.86, 0.30, 0.26)),
        rod((-0.24, 0.9, 0.09), (-0.21, 1.05, 0.08), 0.007, (0.30, 0.60, 0.34)),
    ]
    return merge(parts)


def _glass() -> Mesh:
    """A mirror with a lamp above it, its back at z = 0 and its lower edge at y = 0."""
    parts = [
        soft_box((-0.38, 0.0, 0.0), (0.38, 0.95, 0.03), (0.74, 0.62, 0.44), bevel=0.012),
        soft_box((-0.34, 0.04, 0.0), (0.34, 0.91, 0.036), (0.76, 0.85, 0.90), bevel=0.004, glow=0.12),
        soft_box((-0.30, 1.02, 0.0), (0.30, 1.10, 0.10), (1.0, 0.96, 0.86), bevel=0.03, glow=0.9),
    ]
    for k, x in enumerate((-0.16, -0.04)):
        streak = [(x, 0.30), (x + 0.03 + 0.02 * k, 0.30), (x + 0.23, 0.74), (x + 0.20 - 0.02 * k, 0.74)]
        (a, b), (c, d) = (streak[0], streak[2])
        parts.append(rod((a, b, 0.038), (c, d, 0.038), 0.012, (0.93, 0.97, 1.0), glow=0.3))
    return merge(parts)


def _toilet() -> Mesh:
    """A water closet, its back at z = 0."""
    return merge(
        [
            soft_box((-0.22, 0.38, 0.0), (0.22, 0.82, 0.18), _CHINA, bevel=0.05),
            soft_box((-0.24, 0.80, -0.01), (0.24, 0.86, 0.20), _CHINA, bevel=0.02),
            turned(
                [(0.13, 0.0), (0.12, 0.2), (0.20, 0.38), (0.22, 0.41), (0.0, 0.43)], _CHINA, sides=20
            ).moved((0.0, 0.0, 0.40)),
            soft_box((-0.13, 0.0, 0.06), (0.13, 0.38, 0.38), _CHINA, bevel=0.05),
            ball((0.0, 0.87, 0.09), (0.03, 0.012, 0.03), _STEEL),
        ]
    )


def _towels() -> Mesh:
    """Two towels on their bar, its middle at the origin, along x."""
    parts = [rod((-0.5, 0.0, 0.09), (0.5, 0.0, 0.09), 0.014, _STEEL)]
    for x, tone in ((-0.25, (0.90, 0.52, 0.44)), (0.22, (0.94, 0.90, 0.80))):
        parts += [
            soft_box((x - 0.19, -0.62, 0.10), (x + 0.19, 0.03, 0.125), tone, bevel=0.012),
            soft_box((x - 0.19, -0.50, 0.055), (x + 0.19, 0.03, 0.08), tone, bevel=0.012),
        ]
    return merge(parts)


def _cabinet() -> Mesh:
    """A narrow shelf with rolled towels and bottles, its back at z = 0."""
    parts = [soft_box((x, 0.0, 0.0), (x + 0.03, 1.35, 0.34), made.OAK, bevel=0.008) for x in (-0.3, 0.27)]
    for k, y in enumerate((0.08, 0.5, 0.92, 1.32)):
        parts.append(soft_box((-0.3, y, 0.0), (0.3, y + 0.03, 0.34), made.OAK, bevel=0.008))
        if k < 2:
            tone: Color = ((0.94, 0.90, 0.80), (0.36, 0.56, 0.58))[k]
            parts += [
                rod((x, y + 0.11, 0.03), (x, y + 0.11, 0.33), 0.08, tone, sides=12)
                for x in (-0.17, 0.0, 0.17)
            ]
            parts += [ball((x, y + 0.11, 0.33), (0.08, 0.08, 0.01), tone) for x in (-0.17, 0.0, 0.17)]
    for k, tone in enumerate(((0.30, 0.60, 0.62), (0.92, 0.70, 0.36), (0.86, 0.44, 0.50))):
        parts.append(
            turned(
                [(0.04, 0.95), (0.04, 1.12), (0.016, 1.15), (0.016, 1.18), (0.0, 1.18)], tone, sides=12
            ).moved((-0.16 + 0.15 * k, 0.0, 0.18))
        )
    return merge(parts)
