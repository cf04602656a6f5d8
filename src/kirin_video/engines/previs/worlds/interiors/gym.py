"""A gym: treadmills, dumbbells on their rack, a bench with its barbell, wall bars, a punching bag."""

# ruff: noqa: PLR2004 -- rooms are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, lamplit
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 4.4, -7.6, 3.6
_DARK: Color = (0.11, 0.11, 0.12)
_STEEL: Color = (0.70, 0.71, 0.73)
_RED: Color = (0.78, 0.16, 0.14)
_PLATES: tuple[Color, ...] = ((0.78, 0.16, 0.14), (0.18, 0.38, 0.72), (0.92, 0.74, 0.18))


def build(site: Site) -> Scene:
    """Build the gym."""
    shell = Shell(
        (0.74, 0.75, 0.76),
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        floor=(0.25, 0.26, 0.28),
        tile_m=1.0,
        ceiling=(0.50, 0.52, 0.54),
        front_m=5.4,
    )
    things = [
        *(_treadmill().moved((x, 0.0, _BACK_M + 1.15)) for x in (-2.9, -1.55, 1.55, 2.9)),
        _rack().moved((_HALF_M - 0.05, 0.0, -3.2), -math.pi / 2.0),
        _bench().moved((-2.55, 0.0, -3.4), 0.35),
        _wall_bars().moved((-_HALF_M, 0.0, -1.9), math.pi / 2.0),
        _bag().moved((2.35, 0.0, -4.6)),
        *_banner(),
        *(
            soft_box(
                (x - 0.1, _HIGH_M - 0.07, -6.8),
                (x + 0.1, _HIGH_M - 0.01, 1.5),
                (1.0, 1.0, 0.97),
                bevel=0.02,
                glow=1.0,
            )
            for x in (-2.4, 2.4)
        ),
        ball((3.3, 0.36, -1.1), (0.36, 0.36, 0.36), (0.24, 0.52, 0.66), detail=3),
        *(
            rod((-3.9, 0.09, z), (-3.1, 0.09, z), 0.085, tone, sides=14)
            for z, tone in ((-0.6, (0.50, 0.34, 0.62)), (-0.4, (0.30, 0.58, 0.52)))
        ),
        *_kettlebells(),
    ]
    covers: list[Rect] = [
        *((x - 0.4, _BACK_M + 0.2, x + 0.4, _BACK_M + 2.1) for x in (-2.9, -1.55, 1.55, 2.9)),
        (_HALF_M - 0.6, -4.6, _HALF_M, -1.8),
        (-3.2, -4.1, -1.9, -2.7),
    ]
    lamps = (
        Lamp((-2.4, 3.2, -3.0), (0.70, 0.72, 0.74), 3.0),
        Lamp((2.4, 3.2, -3.0), (0.70, 0.72, 0.74), 3.0),
    )
    inside = Interior(
        build_walls(site.seed, shell, covers),
        things,
        (0.0, 1.15, -5.0),
        lamps=lamps,
        deep_m=7.0,
        stand=(0.0, -3.6),
    )
    return lamplit(site, inside, level=0.40, warm=(0.99, 1.0, 1.02))


def _treadmill() -> Mesh:
    """A treadmill; who runs on it looks towards -z."""
    parts = [
        soft_box((-0.38, 0.06, -0.85), (0.38, 0.18, 0.85), (0.30, 0.31, 0.33), bevel=0.03),
        box((-0.27, 0.10, -0.80), (0.27, 0.185, 0.83), _DARK),
        soft_box((-0.36, 1.12, -0.92), (0.36, 1.30, -0.70), _DARK, bevel=0.04),
        soft_box((-0.24, 1.28, -0.90), (0.24, 1.52, -0.86), _DARK, bevel=0.02),
        box((-0.21, 1.31, -0.86), (0.21, 1.49, -0.855), (0.34, 0.70, 0.62), glow=0.5),
        rod((-0.34, 1.02, -0.46), (0.34, 1.02, -0.46), 0.022, _RED),
    ]
    for x in (-0.36, 0.36):
        parts += [
            rod((x, 0.14, -0.80), (x, 1.18, -0.84), 0.036, _STEEL),
            rod((x, 1.16, -0.82), (x, 1.0, -0.30), 0.026, _STEEL),
        ]
    return merge(parts)


def _rack() -> Mesh:
    """Dumbbells in three tiers, the small ones above; its back at z = 0."""
    parts = [rod((x, 0.0, z), (x, 1.12, 0.12), 0.03, _DARK) for x in (-1.25, 1.25) for z in (0.05, 0.5)]
    for tier, (y, z, r, step) in enumerate(
        ((0.25, 0.42, 0.10, 0.36), (0.62, 0.30, 0.08, 0.30), (0.98, 0.18, 0.06, 0.25))
    ):
        parts.append(soft_box((-1.3, y - 0.06, z - 0.14), (1.3, y - 0.02, z + 0.14), _STEEL, bevel=0.01))
        for k in range(int(2.4 / step)):
            x = -1.15 + step * k
            tone = _DARK if tier < 2 else _PLATES[k % 3]
            parts.append(rod((x, y + r, z - 0.12), (x, y + r, z + 0.12), 0.018, _STEEL))
            for s in (-1.0, 1.0):
                a, b = sorted((z + s * 0.07, z + s * 0.16))
                parts += [
                    rod((x, y + r, a), (x, y + r, b), r, tone, sides=8),
                    ball((x, y + r, z + s * 0.16), (r, r, 0.006), tone),
                ]
    return merge(parts)


def _bench() -> Mesh:
    """A bench with a loaded barbell on its stands; its head is at -z."""
    parts = [
        soft_box((-0.15, 0.40, -0.6), (0.15, 0.48, 0.65), _RED, bevel=0.03),
        *(rod((0.0, 0.40, z), (x, 0.0, z), 0.028, _DARK) for z in (-0.45, 0.5) for x in (-0.2, 0.2)),
        *(rod((x, 0.0, -0.62), (x, 1.05, -0.62), 0.03, _DARK) for x in (-0.42, 0.42)),
        *(rod((x, 0.02, -0.9), (x, 0.02, -0.3), 0.03, _DARK) for x in (-0.42, 0.42)),
        rod((-0.95, 1.0, -0.56), (0.95, 1.0, -0.56), 0.018, _STEEL),
    ]
    for s in (-1.0, 1.0):
        for k, r in enumerate((0.225, 0.225, 0.17)):
            a, b = sorted((s * (0.62 + 0.06 * k), s * (0.67 + 0.06 * k)))
            tone = _PLATES[k]
            parts += [
                rod((a, 1.0, -0.56), (b, 1.0, -0.56), r, tone, sides=20),
                *(ball((x, 1.0, -0.56), (0.006, r, r), tone, detail=2) for x in (a, b)),
            ]
    return merge(parts)


def _wall_bars() -> Mesh:
    """Wall bars of wood, their back at z = 0."""
    wood: Color = (0.74, 0.56, 0.34)
    parts = [
        soft_box((x - 0.04, 0.0, 0.0), (x + 0.04, 2.7, 0.16), wood, bevel=0.01) for x in (-0.95, 0.0, 0.95)
    ]
    return merge(
        [
            *parts,
            *(
                rod((-0.95, y, 0.12), (0.95, y, 0.12), 0.022, wood)
                for y in (0.16 + 0.2 * k for k in range(13))
            ),
        ]
    )


def _bag() -> Mesh:
    """A punching bag on its chain."""
    return merge(
        [
            turned(
                [(0.0, 0.75), (0.17, 0.77), (0.18, 1.3), (0.18, 1.85), (0.05, 1.9), (0.0, 1.9)],
                _RED,
                sides=20,
            ),
            turned([(0.184, 1.55), (0.184, 1.66)], _DARK, sides=20),
            turned([(0.184, 0.92), (0.184, 1.0)], _DARK, sides=20),
            *(
                rod((0.14 * math.cos(a), 1.86, 0.14 * math.sin(a)), (0.0, 2.25, 0.0), 0.010, _STEEL)
                for a in (0.0, 2.1, 4.2)
            ),
            rod((0.0, 2.25, 0.0), (0.0, _HIGH_M, 0.0), 0.014, _STEEL),
        ]
    )


def _banner() -> list[Mesh]:
    """Large mirrors along the back wall, and a stripe of colour above them."""
    z = _BACK_M
    parts = [soft_box((-_HALF_M, 2.55, z), (_HALF_M, 2.80, z + 0.02), _RED, bevel=0.006)]
    for k in range(6):
        x = -4.2 + 1.4 * k
        parts += [
            soft_box((x, 0.35, z), (x + 1.36, 2.45, z + 0.02), (0.56, 0.64, 0.70), bevel=0.004, glow=0.08),
            rod((x + 0.3, 0.7, z + 0.022), (x + 0.8, 1.9, z + 0.022), 0.02, (0.74, 0.81, 0.86)),
            rod((x + 0.5, 0.7, z + 0.022), (x + 1.0, 1.9, z + 0.022), 0.01, (0.74, 0.81, 0.86)),
        ]
    return parts


def _kettlebells() -> list[Mesh]:
    """Three kettlebells on the floor."""
    parts: list[Mesh] = []
    for k, (x, r) in enumerate(((-3.95, 0.13), (-3.6, 0.11), (-3.3, 0.09))):
        z = -4.9
        parts += [
            ball((x, r, z), (r, r, r), _PLATES[k], detail=2),
            rod((x - 0.6 * r, 1.7 * r, z), (x - 0.6 * r, 2.6 * r, z), 0.16 * r, _DARK),
            rod((x + 0.6 * r, 1.7 * r, z), (x + 0.6 * r, 2.6 * r, z), 0.16 * r, _DARK),
            rod((x - 0.66 * r, 2.6 * r, z), (x + 0.66 * r, 2.6 * r, z), 0.16 * r, _DARK),
        ]
    return parts
