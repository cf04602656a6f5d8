"""A library: stacks of books to both sides, more along the walls, reading tables under green lamps."""

from __future__ import annotations

import math

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.indoors import Interior, lamplit
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 3.7, -10.2, 3.7
_STACKS_M = (-4.6, -6.3, -8.0)
"""Where stacks reach from the walls towards the aisle, along z."""
_GREEN: Color = (0.10, 0.36, 0.22)
_BRASS: Color = (0.70, 0.54, 0.26)


def build(site: Site) -> Scene:
    """Build the library, looked at along its aisle."""
    rng = site.rng(1)
    shell = Shell(
        (0.78, 0.70, 0.58),
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        floor=(0.46, 0.31, 0.20),
        front_m=5.4,
    )
    cases = [made.shelf(rng, wide=1.9, high=2.9, rows=8) for _ in range(3)]
    # What stands here asks for no other name: one that the prompt brings is a bookcase more.
    books: list[Mesh] = []
    for k, z in enumerate(_STACKS_M):
        books += [cases[(k + i) % 3].moved((s * (_HALF_M - 1.0), 0.0, z)) for i, s in enumerate((-1.0, 1.0))]
        books += [_end_of_stack().moved((s * (_HALF_M - 2.0), 0.0, z + 0.16)) for s in (-1.0, 1.0)]
    for k, z in enumerate((-3.5, -1.55, 0.4)):
        books.append(cases[k % 3].moved((-_HALF_M, 0.0, z), math.pi / 2.0))
        books.append(cases[(k + 1) % 3].moved((_HALF_M, 0.0, z), -math.pi / 2.0))
    books += [cases[(k + 2) % 3].moved((x, 0.0, _BACK_M)) for k, x in enumerate((-1.96, 0.0, 1.96))]
    things = [
        *books,
        *(
            _reading_table(k).moved((s * 2.15, 0.0, z))
            for k, (s, z) in enumerate(((-1.0, -2.5), (1.0, -2.7)))
        ),
        _ladder().moved((-1.1, 0.0, _BACK_M + 0.4)),
        *(made.pendant(2.75, _HIGH_M).moved((0.0, 0.0, z)) for z in (-3.4, -6.8)),
    ]
    covers: list[Rect] = [
        *(
            (s * _HALF_M - (s > 0) * 2.0, z, s * _HALF_M + (s < 0) * 2.0, z + 0.34)
            for z in _STACKS_M
            for s in (-1, 1)
        ),
        (-_HALF_M, -4.5, -_HALF_M + 0.34, 1.4),
        (_HALF_M - 0.34, -4.5, _HALF_M, 1.4),
        (-2.9, _BACK_M, 2.9, _BACK_M + 0.34),
        (-2.75, -2.9, -1.55, -2.1),
        (1.55, -3.1, 2.75, -2.3),
    ]
    lamps = (
        Lamp((0.0, 2.5, -3.4), (1.15, 0.86, 0.54), 2.6),
        Lamp((0.0, 2.5, -6.8), (1.15, 0.86, 0.54), 2.6),
        Lamp((-2.15, 1.2, -2.5), (0.70, 0.62, 0.34), 0.9),
        Lamp((2.15, 1.2, -2.7), (0.70, 0.62, 0.34), 0.9),
    )
    flat = [_runner()]
    inside = Interior(
        build_walls(site.seed, shell, covers),
        things,
        (0.0, 1.25, -6.0),
        flat=flat,
        lamps=lamps,
        deep_m=7.5,
        stand=(0.0, -2.6),
    )
    return lamplit(site, inside, level=0.30, warm=(1.06, 0.98, 0.86))


def _runner() -> Mesh:
    """A dark carpet along the aisle, with a border."""
    return merge(
        [
            soft_box((-0.85, 0.0, -9.4), (0.85, 0.012, 1.6), (0.52, 0.40, 0.24), bevel=0.004),
            soft_box((-0.74, 0.0, -9.3), (0.74, 0.018, 1.5), (0.34, 0.12, 0.12), bevel=0.004),
        ]
    )


def _end_of_stack() -> Mesh:
    """The panel at the end of a stack, with its brass plate; it faces the aisle from both sides."""
    parts = [soft_box((-0.05, 0.0, -0.20), (0.05, 2.98, 0.20), made.WALNUT, bevel=0.015)]
    parts += [
        soft_box((s * 0.05 - 0.012, 1.62, -0.09), (s * 0.05 + 0.012, 1.78, 0.09), _BRASS, bevel=0.006)
        for s in (-1.0, 1.0)
    ]
    return merge([*parts, soft_box((-0.09, 2.94, -0.25), (0.09, 3.04, 0.25), made.WALNUT, bevel=0.02)])


def _reading_table(turn: int) -> Mesh:
    """A table with a green lamp, books and two chairs."""
    parts = [
        made.table(1.2, 0.8, 0.75, made.WALNUT),
        made.chair(made.WALNUT).moved((-0.25 if turn else 0.25, 0.0, -0.72)),
        made.chair(made.WALNUT).moved((0.1, 0.0, 0.78), math.pi + 0.25),
        rod((0.0, 0.75, -0.05), (0.0, 1.10, -0.05), 0.012, _BRASS),
        turned([(0.0, 0.75), (0.09, 0.75), (0.08, 0.775), (0.0, 0.78)], _BRASS, sides=14),
        turned([(0.17, 1.03), (0.12, 1.12), (0.03, 1.15), (0.0, 1.15)], _GREEN, sides=16, glow=0.25),
        soft_box((-0.15, 1.025, -0.10), (0.15, 1.035, 0.0), (1.0, 0.92, 0.66), bevel=0.004, glow=1.0),
    ]
    for k, tone in enumerate(((0.62, 0.24, 0.20), (0.24, 0.36, 0.44), (0.80, 0.66, 0.40))):
        y = 0.75 + 0.05 * k
        parts.append(soft_box((0.26, y, 0.0), (0.50 - 0.02 * k, y + 0.045, 0.30), tone, bevel=0.008))
    for s in (-1.0, 1.0):
        page = soft_box((-0.10, 0.0, -0.13), (0.10, 0.018, 0.13), (0.93, 0.90, 0.82), bevel=0.008)
        parts.append(page.moved((-0.32 + 0.10 * s, 0.752, 0.12)))
    return merge(parts)


def _ladder() -> Mesh:
    """A ladder that leans against the books; its foot is towards +z."""
    rails = [rod((x, 0.0, 0.75), (x, 2.85, 0.0), 0.026, made.OAK) for x in (-0.23, 0.23)]
    rungs = [
        rod((-0.23, 2.85 * t, 0.75 * (1.0 - t)), (0.23, 2.85 * t, 0.75 * (1.0 - t)), 0.018, made.OAK)
        for t in (0.1 * k for k in range(1, 10))
    ]
    return merge([*rails, *rungs])
