"""A factory: an assembly line down a bright hall, robot arms at both sides of it, gantries under the roof."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, lamplit
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _FRONT_M, _HIGH_M = 10.0, -36.0, 9.0, 8.5
_LINE_X = -4.6
"""X of the middle of the line."""
_STEEL: Color = (0.55, 0.57, 0.60)
_DARK: Color = (0.18, 0.19, 0.21)
_YELLOW: Color = (0.95, 0.74, 0.10)
_ORANGE: Color = (0.94, 0.42, 0.08)
_BODIES: tuple[Color, ...] = ((0.70, 0.72, 0.74), (0.62, 0.64, 0.67), (0.72, 0.10, 0.10), (0.16, 0.30, 0.58))


def build(site: Site) -> Scene:
    """Build the factory."""
    rng = site.rng(1)
    shell = Shell(
        (0.84, 0.85, 0.86), _HALF_M, _BACK_M, _FRONT_M, _HIGH_M, floor=(0.60, 0.62, 0.63), tile_m=2.5,
        ceiling=(0.66, 0.68, 0.71), drape=None,
    )  # fmt: skip
    stations = tuple(-2.0 - 6.0 * k for k in range(6))
    things = [
        _belt().moved((_LINE_X, 0.0, 0.0)),
        *(
            _shell_of_car(_BODIES[k % len(_BODIES)]).moved((_LINE_X, 0.52, z), 0.5 * math.pi)
            for k, z in enumerate(stations)
        ),
        *(
            _arm(rng).moved((_LINE_X + side * 2.35, 0.0, z + 1.4), math.pi if side > 0.0 else 0.0)
            for z in stations
            for side in (-1.0, 1.0)
        ),
        *(_cabinet().moved((8.6, 0.0, z), -0.5 * math.pi) for z in (-4.0, -8.5, -17.0, -21.5, -30.0)),
        _bench(rng).moved((7.9, 0.0, -13.0), -0.5 * math.pi),
        _bench(rng).moved((7.9, 0.0, -26.0), -0.5 * math.pi),
        *(_gantry().moved((0.0, 0.0, z)) for z in (-6.0, -15.0, -24.0, -33.0)),
        *(
            _lamp().moved((x, _HIGH_M - 0.9, z))
            for x in (-4.6, 2.0, 7.0)
            for z in (-1.0, -10.0, -19.0, -28.0)
        ),
    ]
    lines = [box((x - 0.06, 0.0, _BACK_M + 1.0), (x + 0.06, 0.006, 6.0), _YELLOW) for x in (-0.9, 5.6)]
    covers: list[Rect] = [(_LINE_X - 3.0, _BACK_M, _LINE_X + 3.0, 3.0), (7.2, _BACK_M, 9.9, 3.0)]
    lamps = tuple(Lamp((1.0, 6.0, z), (0.66, 0.68, 0.70), 6.0) for z in (-3.0, -13.0, -23.0))
    inside = Interior(
        build_walls(site.seed, shell, covers), things, (0.0, 2.0, -12.0), flat=lines, lamps=lamps,
        eye=(2.6, 1.8, 5.6), diagonal_deg=72.0, deep_m=22.0, stand=(1.4, -3.6),
    )  # fmt: skip
    return lamplit(site, inside, level=0.40, warm=(0.98, 0.99, 1.0))


def _belt() -> Mesh:
    """The line: a belt between rails, on feet."""
    parts = [
        soft_box((-1.0, 0.30, _BACK_M + 1.0), (1.0, 0.42, 3.0), _DARK, bevel=0.02),
        *(
            soft_box((x - 0.09, 0.26, _BACK_M + 1.0), (x + 0.09, 0.50, 3.0), _YELLOW, bevel=0.02)
            for x in (-1.05, 1.05)
        ),
    ]
    parts += [
        soft_box((x - 0.08, 0.0, z), (x + 0.08, 0.30, z + 0.16), _STEEL, bevel=0.01)
        for x in (-0.9, 0.9)
        for z in np.arange(_BACK_M + 2.0, 3.0, 3.0).tolist()
    ]
    parts += [
        box((-0.95, 0.42, z), (0.95, 0.425, z + 0.08), (0.30, 0.31, 0.33))
        for z in np.arange(_BACK_M + 1.5, 3.0, 0.75).tolist()
    ]
    return merge(parts)


def _shell_of_car(paint: Color) -> Mesh:
    """The bare body of a car along x, without wheels, doors or glass."""
    parts = [
        soft_box((-2.0, 0.0, -0.80), (2.0, 0.22, 0.80), paint, bevel=0.06),
        soft_box((0.95, 0.20, -0.78), (2.0, 0.52, 0.78), paint, bevel=0.12),
        soft_box((-2.0, 0.20, -0.78), (-1.25, 0.58, 0.78), paint, bevel=0.12),
        soft_box((-1.05, 1.06, -0.60), (0.25, 1.13, 0.60), paint, bevel=0.03),
    ]
    for z in (-0.74, 0.74):
        top = 0.60 * math.copysign(1.0, z)
        parts += [
            soft_box((-1.3, 0.20, z - 0.04), (1.0, 0.30, z + 0.04), paint, bevel=0.02),
            rod((0.98, 0.50, z), (0.22, 1.10, top), 0.045, paint, sides=6),
            rod((-0.42, 0.24, z), (-0.42, 1.10, top), 0.045, paint, sides=6),
            rod((-1.36, 0.55, z), (-1.02, 1.10, top), 0.045, paint, sides=6),
        ]
    parts += [
        soft_box((1.93, 0.30, z - 0.18), (2.02, 0.42, z + 0.18), _DARK, bevel=0.02) for z in (-0.52, 0.52)
    ]
    return merge(parts)


def _arm(rng: np.random.Generator) -> Mesh:
    """A robot arm that reaches to +x over the line."""
    bend = float(rng.uniform(-0.18, 0.25))
    shoulder = (0.0, 0.75, 0.0)
    elbow = (-0.25 + 0.4 * bend, 2.15, 0.10)
    wrist = (1.25, 1.95 - bend, 0.02)
    parts = [
        turned([(0.46, 0.0), (0.46, 0.12), (0.30, 0.20), (0.30, 0.58), (0.0, 0.58)], _DARK, sides=14),
        soft_box((-0.26, 0.52, -0.28), (0.26, 0.98, 0.28), _ORANGE, bevel=0.08),
        rod(shoulder, elbow, 0.15, _ORANGE, sides=10),
        rod(elbow, wrist, 0.11, _ORANGE, sides=10),
        rod((elbow[0], elbow[1], -0.16), (elbow[0], elbow[1], 0.30), 0.21, _DARK, sides=14),
        rod((wrist[0], wrist[1], -0.12), (wrist[0], wrist[1], 0.14), 0.14, _DARK, sides=12),
        rod(wrist, (wrist[0] + 0.18, wrist[1] - 0.42, wrist[2]), 0.06, _STEEL, sides=8),
    ]
    return merge(parts)


def _cabinet() -> Mesh:
    """A cabinet that steers a station: a screen, lamps, a red button."""
    parts = [
        soft_box((-0.5, 0.0, -0.35), (0.5, 1.95, 0.35), (0.74, 0.76, 0.78), bevel=0.02),
        soft_box((-0.30, 1.15, 0.34), (0.30, 1.60, 0.37), _DARK, bevel=0.01),
        soft_box((-0.27, 1.18, 0.365), (0.27, 1.57, 0.376), (0.20, 0.62, 0.86), bevel=0.004, glow=0.7),
    ]
    for x, color in ((-0.2, (0.12, 0.80, 0.25)), (0.0, (0.96, 0.72, 0.10)), (0.2, (0.92, 0.12, 0.10))):
        parts.append(soft_box((x - 0.04, 0.98, 0.34), (x + 0.04, 1.06, 0.38), color, bevel=0.01, glow=0.6))
    return merge(parts)


def _bench(rng: np.random.Generator) -> Mesh:
    """A bench with parts in bins."""
    parts = [
        soft_box((-1.6, 0.86, -0.4), (1.6, 0.92, 0.4), _STEEL, bevel=0.01),
        *(
            soft_box((x - 0.05, 0.0, z - 0.05), (x + 0.05, 0.86, z + 0.05), _DARK, bevel=0.01)
            for x in (-1.5, 1.5)
            for z in (-0.3, 0.3)
        ),
    ]
    for k in range(6):
        x = -1.3 + 0.52 * k
        color = _BODIES[int(rng.integers(len(_BODIES)))] if k % 2 else (0.14, 0.40, 0.70)
        parts.append(soft_box((x - 0.2, 0.92, -0.25), (x + 0.2, 1.12, 0.15), color, bevel=0.02))
    return merge(parts)


def _gantry() -> Mesh:
    """A beam across the hall with a trolley and a hook."""
    y = _HIGH_M - 1.7
    parts = [
        soft_box((-_HALF_M + 0.1, y, -0.18), (_HALF_M - 0.1, y + 0.42, 0.18), _YELLOW, bevel=0.03),
        soft_box((_LINE_X - 0.5, y - 0.30, -0.32), (_LINE_X + 0.5, y, 0.32), _DARK, bevel=0.04),
        rod((_LINE_X, y - 0.3, 0.0), (_LINE_X, y - 1.7, 0.0), 0.03, _DARK, sides=6),
        soft_box((_LINE_X - 0.14, y - 2.0, -0.08), (_LINE_X + 0.14, y - 1.68, 0.08), _YELLOW, bevel=0.03),
    ]
    return merge(parts)


def _lamp() -> Mesh:
    """A lamp under the roof, like a bell."""
    return merge(
        [
            turned([(0.10, 0.42), (0.16, 0.34), (0.42, 0.06), (0.42, 0.0)], _DARK, sides=14),
            soft_box((-0.26, 0.02, -0.26), (0.26, 0.07, 0.26), (1.0, 1.0, 0.96), bevel=0.02, glow=1.0),
            rod((0.0, 0.40, 0.0), (0.0, 0.95, 0.0), 0.025, _DARK, sides=6),
        ]
    )
