"""An office: desks with screens and swivel chairs, wide windows, a whiteboard, a cooler of water."""

from __future__ import annotations

import math

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 4.0, -6.2, 2.9
_DARK: Color = (0.13, 0.14, 0.15)
_STEEL: Color = (0.66, 0.68, 0.70)
_WHITE: Color = (0.92, 0.92, 0.90)


def build(site: Site) -> Scene:
    """Build the office."""
    shell = Shell(
        (0.86, 0.87, 0.86),
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        floor=(0.42, 0.46, 0.50),
        tile_m=0.5,
        drape=None,
        back=((-3.3, -1.7, 0.85, 2.4), (-0.8, 0.8, 0.85, 2.4), (1.7, 3.3, 0.85, 2.4)),
        front_m=5.4,
    )
    spots = ((-2.3, -4.6), (2.3, -4.6), (-2.5, -2.4), (2.5, -2.4))
    things = [
        *own(site, "desk", *(_place(k).moved((x, 0.0, z), 0.0) for k, (x, z) in enumerate(spots))),
        _whiteboard().moved((_HALF_M, 1.0, -1.8), -math.pi / 2.0),
        _cooler().moved((-_HALF_M + 0.25, 0.0, -0.9)),
        _cabinet().moved((_HALF_M - 0.02, 0.0, -4.6), -math.pi / 2.0),
        _copier().moved((0.0, 0.0, _BACK_M + 0.35)),
        *(
            soft_box(
                (x - 0.6, _HIGH_M - 0.05, z - 0.14),
                (x + 0.6, _HIGH_M - 0.01, z + 0.14),
                (1.0, 1.0, 0.97),
                bevel=0.01,
                glow=0.7,
            )
            for x in (-1.9, 1.9)
            for z in (-4.4, -1.8)
        ),
    ]
    covers: list[Rect] = [(x - 0.8, z - 0.4, x + 0.8, z + 0.9) for x, z in spots]
    lamps = (
        Lamp((-1.9, 2.6, -3.4), (0.92, 0.94, 0.94), 2.4),
        Lamp((1.9, 2.6, -3.4), (0.92, 0.94, 0.94), 2.4),
    )
    soft = [made.pot_plant(site.seed).moved((-1.25, 0.0, _BACK_M + 0.35), 0.0, 1.1)]
    inside = Interior(
        build_walls(site.seed, shell, covers), things, (0.0, 1.1, -4.6), soft, lamps=lamps, stand=(0.0, -2.9)
    )
    return furnished(site, inside)


def _place(nth: int) -> Mesh:
    """A desk with a screen that faces the viewer, a keyboard, papers, and its chair."""
    tone: Color = ((0.30, 0.55, 0.82), (0.93, 0.94, 0.95), (0.22, 0.44, 0.40), (0.93, 0.90, 0.80))[nth % 4]
    parts = [
        soft_box((-0.75, 0.71, -0.36), (0.75, 0.75, 0.36), (0.76, 0.62, 0.44), bevel=0.012),
        *(soft_box((x, 0.0, -0.33), (x + 0.04, 0.71, 0.33), _STEEL, bevel=0.01) for x in (-0.72, 0.68)),
        soft_box((-0.70, 0.30, -0.32), (0.70, 0.70, -0.29), _WHITE, bevel=0.008),
        soft_box((-0.32, 0.86, -0.17), (0.32, 1.26, -0.14), _DARK, bevel=0.012),
        box((-0.295, 0.885, -0.14), (0.295, 1.235, -0.136), tone, glow=0.55),
        *(
            box(
                (-0.25, 1.17 - 0.07 * k, -0.136),
                (-0.25 + wide, 1.195 - 0.07 * k, -0.133),
                (0.26, 0.34, 0.44),
                glow=0.3,
            )
            for k, wide in enumerate((0.30, 0.44, 0.22, 0.38))
        ),
        rod((0.0, 0.75, -0.16), (0.0, 0.90, -0.16), 0.022, _DARK),
        soft_box((-0.12, 0.75, -0.24), (0.12, 0.765, -0.08), _DARK, bevel=0.006),
        soft_box((-0.22, 0.75, 0.02), (0.22, 0.772, 0.16), (0.24, 0.25, 0.27), bevel=0.008),
        soft_box((0.29, 0.75, 0.05), (0.35, 0.775, 0.14), (0.24, 0.25, 0.27), bevel=0.012),
        soft_box((0.44, 0.75, -0.16), (0.68, 0.80 + 0.03 * (nth % 3), 0.16), _WHITE, bevel=0.006),
        turned([(0.036, 0.75), (0.04, 0.85)], (0.80, 0.34, 0.26), sides=14).moved((-0.50, 0.0, 0.06)),
        turned([(0.03, 0.75), (0.034, 0.84)], _DARK, sides=10).moved((-0.58, 0.0, -0.18)),
        *(
            rod((-0.58, 0.78, -0.18), (-0.58 + dx, 0.93, -0.18 + dx), 0.005, pen)
            for dx, pen in ((0.02, (0.9, 0.7, 0.2)), (-0.02, (0.2, 0.4, 0.8)))
        ),
        _chair().moved((0.08, 0.0, 0.72), math.pi + 0.35 * (1 if nth % 2 else -1)),
    ]
    return merge(parts)


def _chair() -> Mesh:
    """A swivel chair on five castors; it faces +z."""
    parts = [
        soft_box((-0.25, 0.44, -0.25), (0.25, 0.53, 0.25), _DARK, bevel=0.04),
        soft_box((-0.23, 0.62, -0.29), (0.23, 1.14, -0.22), _DARK, bevel=0.035),
        rod((0.0, 0.48, -0.24), (0.0, 0.70, -0.27), 0.022, _STEEL),
        rod((0.0, 0.10, 0.0), (0.0, 0.45, 0.0), 0.026, _STEEL),
    ]
    for s in (-1.0, 1.0):
        parts += [
            rod((s * 0.27, 0.50, 0.0), (s * 0.29, 0.70, 0.0), 0.016, _STEEL),
            soft_box((s * 0.29 - 0.03, 0.69, -0.14), (s * 0.29 + 0.03, 0.73, 0.14), _DARK, bevel=0.012),
        ]
    for k in range(5):
        a = 2.0 * math.pi * k / 5.0
        x, z = 0.28 * math.sin(a), 0.28 * math.cos(a)
        parts += [
            rod((0.0, 0.12, 0.0), (x, 0.07, z), 0.018, _STEEL),
            ball((x, 0.03, z), (0.03, 0.03, 0.03), _DARK),
        ]
    return merge(parts)


def _whiteboard() -> Mesh:
    """A whiteboard with a chart and coloured notes, its back at z = 0 and its lower edge at y = 0."""
    z = 0.034
    parts = [
        soft_box((-1.0, 0.0, 0.0), (1.0, 1.15, 0.03), _STEEL, bevel=0.01),
        box((-0.96, 0.04, 0.0), (0.96, 1.11, z), (0.96, 0.96, 0.95)),
        *(
            box((-0.80 + 0.17 * k, 0.16, z), (-0.70 + 0.17 * k, 0.16 + tall, z + 0.004), (0.24, 0.46, 0.72))
            for k, tall in enumerate((0.18, 0.3, 0.26, 0.46))
        ),
        rod((-0.84, 0.14, z), (0.0, 0.14, z), 0.008, _DARK, sides=4),
        rod((-0.84, 0.14, z), (-0.84, 0.80, z), 0.008, _DARK, sides=4),
    ]
    tones: tuple[Color, ...] = (
        (0.96, 0.84, 0.30),
        (0.96, 0.56, 0.60),
        (0.52, 0.80, 0.50),
        (0.48, 0.72, 0.90),
    )
    parts += [
        box(
            (0.18 + 0.24 * (k % 3), 0.30 + 0.24 * (k // 3), z),
            (0.36 + 0.24 * (k % 3), 0.48 + 0.24 * (k // 3), z + 0.006),
            tones[k % 4],
        )
        for k in range(8)
    ]
    return merge(parts)


def _cooler() -> Mesh:
    """A water cooler with its blue bottle."""
    return merge(
        [
            soft_box((-0.17, 0.0, -0.17), (0.17, 0.98, 0.17), _WHITE, bevel=0.03),
            soft_box((-0.12, 0.58, 0.15), (0.12, 0.82, 0.18), _DARK, bevel=0.02),
            ball((-0.05, 0.72, 0.20), (0.02, 0.03, 0.03), (0.20, 0.42, 0.80)),
            ball((0.05, 0.72, 0.20), (0.02, 0.03, 0.03), (0.82, 0.20, 0.18)),
            turned(
                [(0.06, 0.98), (0.14, 1.06), (0.145, 1.36), (0.10, 1.42), (0.0, 1.43)],
                (0.52, 0.74, 0.90),
                sides=18,
            ),
        ]
    )


def _cabinet() -> Mesh:
    """Filing cabinets of three and of four drawers, their backs at z = 0."""
    parts: list[Mesh] = []
    for x, count in ((-0.5, 4), (0.02, 4), (0.54, 3)):
        parts.append(soft_box((x, 0.0, 0.0), (x + 0.48, 0.36 * count, 0.55), (0.58, 0.62, 0.64), bevel=0.012))
        for k in range(count):
            y = 0.36 * k
            parts += [
                soft_box(
                    (x + 0.02, y + 0.02, 0.54), (x + 0.46, y + 0.34, 0.565), (0.66, 0.70, 0.72), bevel=0.008
                ),
                rod((x + 0.17, y + 0.23, 0.58), (x + 0.31, y + 0.23, 0.58), 0.010, _DARK),
                box((x + 0.19, y + 0.27, 0.56), (x + 0.29, y + 0.31, 0.57), _WHITE),
            ]
    return merge(parts)


def _copier() -> Mesh:
    """A copier with paper in its tray."""
    return merge(
        [
            soft_box((-0.34, 0.0, -0.30), (0.34, 0.78, 0.30), (0.84, 0.84, 0.82), bevel=0.03),
            soft_box((-0.34, 0.78, -0.30), (0.34, 0.92, 0.30), (0.30, 0.32, 0.34), bevel=0.03),
            soft_box((0.14, 0.92, 0.12), (0.32, 0.95, 0.28), (0.36, 0.60, 0.66), bevel=0.01, glow=0.3),
            *(
                soft_box((-0.30, y, 0.28), (0.30, y + 0.16, 0.315), (0.72, 0.73, 0.72), bevel=0.01)
                for y in (0.06, 0.26, 0.46)
            ),
        ]
    )
