"""A hospital room: a bed on wheels, a drip, a monitor with its trace, a curtain, a red cross."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import BACK_M, HALF_M, HIGH_M, Rect, Shell, build_walls

_WHITE: Color = (0.94, 0.95, 0.95)
_STEEL: Color = (0.74, 0.76, 0.78)
_TEAL: Color = (0.42, 0.66, 0.68)
_RED: Color = (0.84, 0.14, 0.14)


def build(site: Site) -> Scene:
    """Build the hospital room, looked at from its door."""
    shell = Shell(
        (0.82, 0.88, 0.87),
        floor=(0.76, 0.80, 0.79),
        tile_m=0.6,
        drape=None,
        back=((-2.7, -1.4, 0.95, 2.3),),
        left=((-3.4, -1.8, 0.95, 2.3),),
        front_m=5.4,
    )
    things = [
        *own(site, "bed", _bed().moved((0.55, 0.0, BACK_M + 0.12))),
        _drip().moved((-0.35, 0.0, -4.75)),
        _monitor().moved((1.55, 0.0, -5.0)),
        _cross().moved((0.55, 2.05, BACK_M)),
        _locker().moved((2.85, 0.0, BACK_M)),
        soft_box((HALF_M - 0.03, 0.9, -5.2), (HALF_M - 0.005, 1.0, 3.0), _TEAL, bevel=0.01),
        soft_box((-HALF_M, 0.9, BACK_M + 0.005), (HALF_M, 1.0, BACK_M + 0.03), _TEAL, bevel=0.01),
        rod((2.3, 2.45, BACK_M), (2.3, 2.45, -2.6), 0.014, _STEEL),
        made.curtain(-1.0, 0.1, 2.44, _TEAL, folds=8, low=0.25, deep=0.06).moved(
            (2.3, 0.0, -3.7), math.pi / 2.0
        ),
        made.chair((0.36, 0.52, 0.60)).moved((-1.6, 0.0, -4.6), 0.6),
        soft_box(
            (-0.7, HIGH_M - 0.05, -3.6), (0.7, HIGH_M - 0.01, -3.3), (1.0, 1.0, 0.98), bevel=0.01, glow=0.8
        ),
    ]
    covers: list[Rect] = [(0.05, BACK_M, 1.05, -3.1), (1.3, -5.2, 1.8, -4.8), (2.5, BACK_M, 3.2, -4.9)]
    lamps = (Lamp((0.0, 2.5, -3.4), (0.90, 0.95, 0.96), 2.4), Lamp((0.5, 1.9, -5.0), (0.55, 0.58, 0.58), 1.2))
    inside = Interior(
        build_walls(site.seed, shell, covers), things, (0.0, 1.02, -4.3), lamps=lamps, stand=(0.0, -2.4)
    )
    return furnished(site, inside)


def _bed() -> Mesh:
    """A hospital bed, its head raised, rails at its sides; its head is at z = 0."""
    parts = [
        soft_box((-0.50, 0.50, 0.04), (0.50, 0.58, 2.08), _STEEL, bevel=0.02),
        soft_box((-0.46, 0.58, 0.78), (0.46, 0.72, 2.04), _WHITE, bevel=0.05),
        soft_box((-0.48, 0.60, 1.0), (0.48, 0.76, 2.08), (0.56, 0.76, 0.80), bevel=0.06),
        soft_box((-0.50, 0.45, 0.0), (0.50, 1.12, 0.05), (0.80, 0.83, 0.84), bevel=0.03),
        soft_box((-0.50, 0.45, 2.07), (0.50, 0.92, 2.12), (0.80, 0.83, 0.84), bevel=0.03),
    ]
    back = soft_box((-0.46, 0.0, -0.07), (0.46, 0.86, 0.07), _WHITE, bevel=0.05)
    pillow = soft_box((-0.33, 0.40, 0.04), (0.33, 0.80, 0.18), (0.98, 0.98, 0.97), bevel=0.07)
    parts += [_leaned(mesh, -0.72).moved((0.0, 0.64, 0.80)) for mesh in (back, pillow)]
    for s in (-1.0, 1.0):
        parts += [rod((s * 0.51, y, 0.9), (s * 0.51, y, 1.75), 0.016, _STEEL) for y in (0.80, 0.94)]
        parts += [rod((s * 0.51, 0.55, z), (s * 0.51, 0.94, z), 0.014, _STEEL) for z in (0.9, 1.32, 1.75)]
        parts += [rod((s * 0.42, 0.1, z), (s * 0.42, 0.5, z), 0.024, _STEEL) for z in (0.2, 1.95)]
        parts += [
            rod((s * 0.42 - 0.02, 0.07, z), (s * 0.42 + 0.02, 0.07, z), 0.07, (0.2, 0.2, 0.22), sides=12)
            for z in (0.2, 1.95)
        ]
    return merge(parts)


def _leaned(mesh: Mesh, back_rad: float) -> Mesh:
    """The mesh tipped about the x axis."""
    c, s = math.cos(back_rad), math.sin(back_rad)

    def tipped(v: np.ndarray) -> np.ndarray:
        y, z = v[:, 1] * c - v[:, 2] * s, v[:, 1] * s + v[:, 2] * c
        return np.stack([v[:, 0], y, z], 1).astype(np.float32)

    return Mesh(tipped(mesh.positions), tipped(mesh.normals), mesh.colors, mesh.glow, mesh.faces)


def _drip() -> Mesh:
    """A drip on its stand: a bag of clear liquid, a tube that leads to the bed."""
    parts = [
        rod((0.0, 0.06, 0.0), (0.0, 2.0, 0.0), 0.016, _STEEL),
        rod((-0.14, 1.98, 0.0), (0.14, 1.98, 0.0), 0.012, _STEEL),
        soft_box((0.05, 1.56, -0.03), (0.21, 1.90, 0.03), (0.82, 0.90, 0.92), bevel=0.03),
        soft_box((0.06, 1.58, 0.0), (0.20, 1.74, 0.035), (0.64, 0.82, 0.88), bevel=0.02),
        rod((0.13, 1.56, 0.0), (0.16, 1.30, 0.0), 0.008, (0.80, 0.88, 0.90)),
        rod((0.16, 1.30, 0.0), (0.48, 0.86, 0.30), 0.008, (0.80, 0.88, 0.90)),
    ]
    parts += [
        rod((0.0, 0.07, 0.0), (0.26 * math.cos(a), 0.03, 0.26 * math.sin(a)), 0.014, _STEEL)
        for a in (k * 1.2566 for k in range(5))
    ]
    return merge(parts)


def _monitor() -> Mesh:
    """A monitor on its trolley; a heart's trace runs over its screen."""
    parts = [
        turned([(0.24, 0.0), (0.22, 0.05), (0.0, 0.06)], (0.36, 0.38, 0.40), sides=16),
        rod((0.0, 0.05, 0.0), (0.0, 1.25, 0.0), 0.026, _STEEL),
        soft_box((-0.30, 1.22, -0.10), (0.30, 1.68, 0.08), (0.86, 0.87, 0.86), bevel=0.03),
        box((-0.26, 1.27, 0.08), (0.26, 1.64, 0.085), (0.03, 0.06, 0.07)),
    ]
    beat = [
        (-0.24, 1.50),
        (-0.14, 1.50),
        (-0.11, 1.47),
        (-0.08, 1.61),
        (-0.05, 1.42),
        (-0.02, 1.50),
        (0.08, 1.50),
        (0.11, 1.46),
        (0.14, 1.61),
        (0.17, 1.43),
        (0.20, 1.50),
        (0.24, 1.50),
    ]
    wave = [(-0.24 + 0.04 * k, 1.34 + 0.025 * math.sin(1.3 * k)) for k in range(13)]
    for line, tone in ((beat, (0.30, 0.95, 0.42)), (wave, (0.36, 0.74, 0.98))):
        parts += [rod((*a, 0.09), (*b, 0.09), 0.006, tone, sides=4, glow=0.9) for a, b in pairwise(line)]
    return merge(parts)


def _cross() -> Mesh:
    """A red cross on a white field, its back at z = 0."""
    return merge(
        [
            soft_box((-0.28, -0.28, 0.0), (0.28, 0.28, 0.02), _WHITE, bevel=0.02),
            box((-0.19, -0.065, 0.0), (0.19, 0.065, 0.03), _RED),
            box((-0.065, -0.19, 0.0), (0.065, 0.19, 0.03), _RED),
        ]
    )


def _locker() -> Mesh:
    """A locker with a vase of flowers, its back at z = 0."""
    parts = [
        soft_box((-0.28, 0.05, 0.0), (0.28, 0.82, 0.45), (0.86, 0.80, 0.68), bevel=0.015),
        *(
            soft_box((-0.24, y, 0.44), (0.24, y + 0.30, 0.462), (0.92, 0.87, 0.76), bevel=0.01)
            for y in (0.12, 0.47)
        ),
        turned([(0.05, 0.82), (0.07, 0.90), (0.035, 1.0)], (0.50, 0.70, 0.80), sides=14).moved(
            (0.0, 0.0, 0.2)
        ),
    ]
    for k, tone in enumerate(((0.92, 0.50, 0.58), (0.96, 0.80, 0.36), (0.94, 0.94, 0.92))):
        x = -0.08 + 0.08 * k
        parts += [
            rod((0.0, 0.95, 0.2), (x, 1.18, 0.2), 0.006, (0.30, 0.50, 0.26)),
            turned([(0.02, 0.0), (0.05, 0.03), (0.0, 0.05)], tone, sides=8).moved((x, 1.16, 0.2)),
        ]
    return merge(parts)
