"""A warehouse: a high hall with a lane between racks of pallets, boxes to the roof, rows of lamps."""

# ruff: noqa: PLR2004 -- halls are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import rod, soft_box
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, lamplit
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _FRONT_M, _HIGH_M = 9.0, -34.0, 9.0, 8.0
_BLUE: Color = (0.14, 0.32, 0.60)
_ORANGE: Color = (0.92, 0.44, 0.10)
_PLANK: Color = (0.74, 0.57, 0.35)
_BOXES: tuple[Color, ...] = (
    (0.76, 0.58, 0.38),
    (0.70, 0.52, 0.33),
    (0.82, 0.66, 0.46),
    (0.66, 0.49, 0.31),
    (0.88, 0.87, 0.84),
    (0.36, 0.50, 0.62),
)
_LEVELS = (0.12, 2.1, 4.1, 6.0)
_RACKS = (-6.6, 6.6)
"""X of the middle of the racks to both sides of the lane."""


def build(site: Site) -> Scene:
    """Build the warehouse."""
    rng = site.rng(1)
    shell = Shell(
        (0.80, 0.81, 0.82), _HALF_M, _BACK_M, _FRONT_M, _HIGH_M, floor=(0.56, 0.57, 0.58), tile_m=3.0,
        ceiling=(0.72, 0.74, 0.76), drape=None,
    )  # fmt: skip
    racks = [_rack(rng).moved((x, 0.0, z)) for x in _RACKS for z in (1.5, -5.5, -12.5, -19.5, -26.5)]
    covers: list[Rect] = [(x - 0.7, -30.0, x + 0.7, 5.0) for x in _RACKS]
    things = [
        *racks,
        _pallet(rng, 3).moved((-3.6, 0.0, -7.0), 0.2),
        _pallet(rng, 2).moved((3.9, 0.0, -10.5), -0.15),
        _pallet(rng, 2).moved((-3.4, 0.0, -17.0)),
        *(
            _strip().moved((x, _HIGH_M - 0.5, z))
            for x in (-2.6, 2.6)
            for z in (-1.0, -8.0, -15.0, -22.0, -29.0)
        ),
        _gate().moved((0.0, 0.0, _BACK_M + 0.02)),
    ]
    lines = [
        box((x - 0.06, 0.0, _BACK_M + 1.0), (x + 0.06, 0.006, 6.0), (0.95, 0.78, 0.12)) for x in (-2.6, 2.6)
    ]
    lamps = tuple(Lamp((0.0, 5.6, z), (0.62, 0.63, 0.60), 5.0) for z in (-3.0, -12.0, -21.0))
    inside = Interior(
        build_walls(site.seed, shell, covers), things, (0.0, 2.0, -12.0), flat=lines, lamps=lamps,
        eye=(0.0, 1.7, 5.0), diagonal_deg=72.0, deep_m=22.0, stand=(0.0, -3.5),
    )  # fmt: skip
    return lamplit(site, inside, level=0.36, warm=(1.0, 1.0, 0.98))


def _rack(rng: np.random.Generator) -> Mesh:
    """Seven metres of a rack along z: blue uprights, orange beams, pallets on four levels."""
    parts: list[Mesh] = []
    for z in (-3.3, 0.0, 3.3):
        parts += [
            soft_box((x - 0.06, 0.0, z - 0.06), (x + 0.06, 7.4, z + 0.06), _BLUE, bevel=0.01)
            for x in (-0.6, 0.6)
        ]
        parts += [
            rod((-0.6, y, z), (0.6, y + 0.9, z), 0.03, _BLUE, sides=4) for y in (0.3, 1.6, 2.9, 4.2, 5.5)
        ]
    for level in _LEVELS[1:]:
        parts += [
            soft_box((x - 0.05, level - 0.15, -3.3), (x + 0.05, level, 3.3), _ORANGE, bevel=0.01)
            for x in (-0.6, 0.6)
        ]
    for y in _LEVELS:
        for z in (-2.45, -0.9, 0.9, 2.45):
            if rng.random() < 0.9:
                parts.append(_pallet(rng, 1 + int(rng.integers(2)), low=0.62).moved((0.0, y, z)))
    return merge(parts)


def _pallet(rng: np.random.Generator, rows: int, *, low: float = 0.55) -> Mesh:
    """A pallet with boxes in rows, one over the other."""
    parts = [soft_box((-0.6, 0.0, -0.6), (0.6, 0.14, 0.6), _PLANK, bevel=0.01)]
    tone = _BOXES[int(rng.integers(len(_BOXES)))]
    for row in range(rows):
        y = 0.14 + low * row
        for x, z in ((-0.29, -0.29), (0.29, -0.29), (-0.29, 0.29), (0.29, 0.29)):
            shade = float(rng.uniform(0.9, 1.06))
            color = (tone[0] * shade, tone[1] * shade, tone[2] * shade)
            parts.append(
                soft_box((x - 0.28, y, z - 0.28), (x + 0.28, y + low - 0.02, z + 0.28), color, bevel=0.012)
            )
            side = 1.0 if x > 0.0 else -1.0
            label = (x + side * 0.281, y + 0.2, z - 0.12), (x + side * 0.284, y + 0.36, z + 0.1)
            parts.append(box(label[0], label[1], (0.95, 0.95, 0.94)))
    return merge(parts)


def _strip() -> Mesh:
    """A long lamp under the roof."""
    return soft_box((-0.12, 0.0, -1.4), (0.12, 0.07, 1.4), (1.0, 1.0, 0.97), bevel=0.01, glow=1.0)


def _gate() -> Mesh:
    """The gate at the far end, in sections, with a stripe of warning over it."""
    parts = [
        soft_box((-2.4, 0.62 * k, 0.0), (2.4, 0.62 * k + 0.59, 0.06), (0.72, 0.75, 0.78), bevel=0.02)
        for k in range(7)
    ]
    parts += [
        soft_box((-2.4 + 0.6 * k, 4.4, 0.0), (-2.1 + 0.6 * k, 4.65, 0.07), (0.95, 0.78, 0.12), bevel=0.01)
        for k in range(8)
    ]
    return merge(parts)
