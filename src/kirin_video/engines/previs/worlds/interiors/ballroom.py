"""A ballroom: columns along cream walls, tall windows with red curtains, crystal chandeliers, parquet."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.indoors import Interior, lamplit
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 5.6, -10.4, 5.4
_CREAM: Color = (0.88, 0.82, 0.70)
_MARBLE: Color = (0.93, 0.90, 0.84)
_GOLD: Color = (0.80, 0.62, 0.28)
_RED: Color = (0.52, 0.08, 0.10)
_CRYSTAL: Color = (1.0, 0.93, 0.76)
_CHANDELIERS_M = ((0.0, -4.6), (0.0, -8.4))
_BAYS_M = (-8.9, -6.2, -3.5, -0.8)
"""Where columns stand along the walls, along z."""


def build(site: Site) -> Scene:
    """Build the ballroom, looked at along its floor."""
    windows: tuple[Rect, ...] = tuple((x - 0.75, x + 0.75, 0.5, 3.7) for x in (-3.4, 0.0, 3.4))
    shell = Shell(
        _CREAM,
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        floor=(0.62, 0.42, 0.24),
        tile_m=0.8,
        front_m=5.4,
        drape=_RED,
        back=windows,
    )
    column = _column()
    sconce = _sconce()
    things = [
        *(column.moved((s * (_HALF_M - 0.42), 0.0, z)) for s in (-1.0, 1.0) for z in _BAYS_M),
        *(column.moved((x, 0.0, _BACK_M + 0.4)) for x in (-1.7, 1.7)),
        *(
            sconce.moved((s * (_HALF_M - 0.02), 2.1, z + 1.35), -s * math.pi / 2.0)
            for s in (-1.0, 1.0)
            for z in _BAYS_M
        ),
        *_cornice(),
        *(_chandelier().moved((x, 3.55, z)) for x, z in _CHANDELIERS_M),
    ]
    covers: list[Rect] = [
        (x - 0.3, z - 0.3, x + 0.3, z + 0.3) for x in (-_HALF_M + 0.42, _HALF_M - 0.42) for z in _BAYS_M
    ]
    inside = Interior(
        build_walls(site.seed, shell, covers),
        things,
        (0.0, 1.55, -6.0),
        flat=[_rosette()],
        lamps=tuple(Lamp((x, 3.3, z), (1.35, 1.08, 0.72), 3.6) for x, z in _CHANDELIERS_M),
        diagonal_deg=70.0,
        deep_m=8.0,
        stand=(0.0, -3.4),
    )
    return lamplit(site, inside, level=0.40, warm=(1.06, 0.98, 0.86))


def _column() -> Mesh:
    """A round column of marble with gold at its head and foot."""
    shaft = [(0.30, 0.3), (0.25, 0.42), (0.24, 2.2), (0.21, 4.3), (0.25, 4.36)]
    return merge(
        [
            soft_box((-0.34, 0.0, -0.34), (0.34, 0.3, 0.34), _MARBLE, bevel=0.03),
            turned(shaft, _MARBLE, sides=20),
            turned([(0.30, 0.30), (0.32, 0.36), (0.27, 0.42)], _GOLD, sides=20),
            turned([(0.23, 4.3), (0.36, 4.62), (0.0, 4.63)], _GOLD, sides=20),
            soft_box((-0.38, 4.6, -0.38), (0.38, 4.78, 0.38), _MARBLE, bevel=0.03),
        ]
    )


def _cornice() -> list[Mesh]:
    """A band of marble and gold under the ceiling, on columns at both sides."""
    bands: list[Mesh] = []
    for s in (-1.0, 1.0):
        a, b = sorted((s * _HALF_M, s * (_HALF_M - 0.82)))
        bands.append(soft_box((a, 4.76, _BACK_M), (b, 5.1, 5.3), _MARBLE, bevel=0.03))
        a, b = sorted((s * (_HALF_M - 0.80), s * (_HALF_M - 0.86)))
        bands.append(soft_box((a, 4.86, _BACK_M), (b, 4.96, 5.3), _GOLD, bevel=0.01))
    low, high = (-_HALF_M, 4.76, _BACK_M), (_HALF_M, 5.1, _BACK_M + 0.8)
    return [
        *bands,
        soft_box(low, high, _MARBLE, bevel=0.03),
        soft_box((-_HALF_M, 4.86, _BACK_M + 0.76), (_HALF_M, 4.96, _BACK_M + 0.86), _GOLD, bevel=0.01),
    ]


def _chandelier() -> Mesh:
    """A crystal chandelier: two rings of lights and strings of crystal below its chain."""
    parts = [rod((0.0, 0.9, 0.0), (0.0, _HIGH_M - 3.55, 0.0), 0.02, _GOLD)]
    parts.append(turned([(0.05, -0.5), (0.14, -0.2), (0.06, 0.1), (0.16, 0.5), (0.04, 0.9)], _GOLD, sides=14))
    for radius, y, count in ((0.95, 0.0, 14), (0.55, 0.45, 9)):
        rim = [
            (radius, y - 0.03),
            (radius + 0.03, y),
            (radius, y + 0.03),
            (radius - 0.03, y),
            (radius, y - 0.03),
        ]
        parts.append(turned(rim, _GOLD, sides=28))
        for a in np.linspace(0.0, 2.0 * math.pi, count, endpoint=False):
            x, z = radius * math.cos(a), radius * math.sin(a)
            parts += [
                rod((x, y, z), (x, y + 0.16, z), 0.022, (0.95, 0.92, 0.84)),
                ball((x, y + 0.22, z), (0.035, 0.07, 0.035), _CRYSTAL, detail=1, glow=1.0),
                ball((x, y - 0.12, z), (0.03, 0.07, 0.03), _CRYSTAL, detail=0, glow=0.6),
                rod((x, y, z), (0.06 * math.cos(a), y + 0.3, 0.06 * math.sin(a)), 0.012, _GOLD, sides=4),
            ]
    for k, (radius, y) in enumerate(((0.62, -0.18), (0.42, -0.32), (0.22, -0.46), (0.0, -0.62))):
        for a in np.linspace(0.0, 2.0 * math.pi, 12 - 3 * k, endpoint=False):
            drop = (radius * math.cos(a), y, radius * math.sin(a))
            parts.append(ball(drop, (0.035, 0.08, 0.035), _CRYSTAL, detail=0, glow=0.55))
    return merge(parts)


def _sconce() -> Mesh:
    """A lamp of two candles on a wall at z = 0, seen from +z."""
    parts = [soft_box((-0.06, -0.2, 0.0), (0.06, 0.2, 0.03), _GOLD, bevel=0.02)]
    for x in (-0.12, 0.12):
        parts += [
            rod((0.0, -0.05, 0.02), (x, 0.0, 0.14), 0.014, _GOLD),
            rod((x, 0.0, 0.14), (x, 0.14, 0.14), 0.018, (0.95, 0.92, 0.84)),
            ball((x, 0.19, 0.14), (0.03, 0.06, 0.03), _CRYSTAL, detail=1, glow=1.0),
        ]
    return merge(parts)


def _rosette() -> Mesh:
    """Rings of light and dark wood let into the middle of the floor."""
    tones: tuple[Color, ...] = (
        (0.34, 0.20, 0.12),
        (0.78, 0.62, 0.40),
        (0.50, 0.30, 0.16),
        (0.78, 0.62, 0.40),
    )
    rings = [
        turned([(radius, 0.004 + 0.003 * k), (0.0, 0.005 + 0.003 * k)], tone, sides=40)
        for k, (radius, tone) in enumerate(zip((2.4, 2.25, 1.2, 1.05), tones, strict=True))
    ]
    return merge(rings).moved((0.0, 0.0, -3.6))
