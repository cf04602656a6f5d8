"""A bedroom: a bed between two lamps, a wardrobe, a window."""

from __future__ import annotations

import math

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import BACK_M, HALF_M, Rect, Shell, build_walls

_SHEET: Color = (0.93, 0.92, 0.90)
_BRASS: Color = (0.70, 0.54, 0.28)


def build(site: Site) -> Scene:
    """Build the bedroom, looked at from the foot of the bed."""
    rng = site.rng(1)
    quilt: Color = ((0.34, 0.44, 0.58), (0.62, 0.40, 0.38), (0.46, 0.52, 0.40))[int(rng.integers(3))]
    shell = Shell((0.74, 0.76, 0.76), left=((-4.6, -2.6, 0.75, 2.3),), front_m=5.4)
    bed = site.shows("bed")
    things = [
        *own(site, "bed", _bed(quilt).moved((-0.3, 0.0, BACK_M + 0.04))),
        *(
            _nightstand(lit=site.shows("lamp")).moved((x - 0.3 * bed, 0.0, BACK_M + 0.26))
            for x in (-1.3, 1.3)
        ),
        *own(site, "cupboard", _wardrobe().moved((HALF_M, 0.0, -3.3), -math.pi / 2.0)),
        made.picture(0.95, 0.6, ((0.82, 0.80, 0.74), (0.46, 0.54, 0.52), (0.66, 0.60, 0.44))).moved(
            (-0.3, 1.55, BACK_M)
        ),
        made.curtain(-4.85, -4.4, 2.55, (0.72, 0.68, 0.60)).moved((-HALF_M + 0.12, 0.0, 0.0), math.pi / 2.0),
        made.curtain(-2.8, -2.35, 2.55, (0.72, 0.68, 0.60)).moved((-HALF_M + 0.12, 0.0, 0.0), math.pi / 2.0),
        made.chair(made.OAK).moved((2.55, 0.0, -4.85), -0.5),
    ]
    covers: list[Rect] = [(-1.25, BACK_M, 0.65, -3.2), (2.65, -4.2, 3.3, -2.4)]
    flat = [made.rug(2.6, 1.5, ((0.80, 0.76, 0.68), quilt)).moved((-0.3, 0.0, -2.6))]
    lamps = (
        Lamp((-1.6, 0.95, -4.9), (1.1, 0.74, 0.42), 1.2),
        Lamp((1.0, 0.95, -4.9), (1.1, 0.74, 0.42), 1.2),
        Lamp((0.0, 2.4, -1.8), (0.42, 0.32, 0.22), 2.4),
    )
    soft = [made.pot_plant(site.seed).moved((-2.85, 0.0, -5.0), 0.0, 0.9)]
    return furnished(
        site,
        Interior(
            build_walls(site.seed, shell, covers),
            things,
            (0.0, 1.0, -4.4),
            soft,
            flat,
            lamps,
            stand=(0.0, -2.3),
        ),
    )


def _bed(quilt: Color) -> Mesh:
    """A double bed with its head at z = 0."""
    parts = [
        soft_box((-0.95, 0.0, 0.0), (0.95, 1.15, 0.09), made.OAK, bevel=0.03),
        soft_box((-0.92, 0.12, 0.05), (0.92, 0.34, 2.10), made.OAK, bevel=0.02),
        soft_box((-0.90, 0.30, 0.08), (0.90, 0.56, 2.06), _SHEET, bevel=0.09),
        soft_box((-0.95, 0.24, 0.72), (0.95, 0.63, 2.12), quilt, bevel=0.11),
        soft_box((-0.94, 0.56, 0.66), (0.94, 0.66, 0.98), _SHEET, bevel=0.05),
        *(
            soft_box((x - 0.34, 0.54, 0.12), (x + 0.34, 0.74, 0.52), _SHEET, bevel=0.10)
            for x in (-0.44, 0.44)
        ),
        soft_box((-0.24, 0.58, 0.46), (0.24, 0.82, 0.62), quilt, bevel=0.08),
    ]
    parts += [soft_box((x, 0.0, 1.96), (x + 0.09, 0.14, 2.06), made.OAK, bevel=0.01) for x in (-0.9, 0.81)]
    return merge(parts)


def _nightstand(*, lit: bool) -> Mesh:
    """A small chest with a lamp on it, which may be out."""
    parts = [
        soft_box((-0.24, 0.06, -0.2), (0.24, 0.50, 0.2), made.OAK, bevel=0.015),
        *(
            soft_box((-0.20, y, 0.19), (0.20, y + 0.17, 0.212), (0.68, 0.50, 0.33), bevel=0.008)
            for y in (0.10, 0.30)
        ),
        *(ball((0.0, y, 0.222), (0.018, 0.018, 0.018), _BRASS) for y in (0.185, 0.385)),
        turned([(0.07, 0.50), (0.08, 0.58), (0.03, 0.70), (0.015, 0.76)], (0.72, 0.74, 0.70), sides=16),
        turned([(0.16, 0.74), (0.10, 0.96)], (0.98, 0.88, 0.68), sides=18, glow=0.6 if lit else 0.0),
    ]
    shade = parts[-1]
    inside = Mesh(shade.positions, -shade.normals, shade.colors, shade.glow, shade.faces[:, ::-1].copy())
    return merge([*parts, inside])


def _wardrobe() -> Mesh:
    """A wardrobe with two doors, its back at z = 0."""
    parts = [soft_box((-0.85, 0.05, 0.0), (0.85, 2.15, 0.58), made.OAK, bevel=0.02)]
    for s in (-1.0, 1.0):
        a, b = sorted((s * 0.02, s * 0.80))
        parts += [
            soft_box((a, 0.14, 0.57), (b, 2.08, 0.60), (0.66, 0.48, 0.32), bevel=0.012),
            soft_box((a + 0.1, 0.26, 0.59), (b - 0.1, 1.96, 0.612), (0.58, 0.41, 0.27), bevel=0.02),
            ball((s * 0.09, 1.1, 0.63), (0.022, 0.05, 0.022), _BRASS),
        ]
    return merge([*parts, soft_box((-0.9, 2.12, 0.0), (0.9, 2.20, 0.63), made.OAK, bevel=0.02)])
