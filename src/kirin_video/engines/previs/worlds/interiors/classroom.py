"""A classroom: rows of desks before a blackboard, the teacher's desk, a clock, a map."""

from __future__ import annotations

import math
from itertools import pairwise

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, furnished
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 3.7, -6.4, 3.0
_BOARD: Color = (0.10, 0.22, 0.17)
_BOARDS = frozenset({"blackboard", "whiteboard"})
_AT_BOARD_M = (-1.15, _BACK_M + 0.62)
"""x and z of who stands at the board: beside what is written there."""
_CHALK: Color = (0.92, 0.93, 0.90)
_PINE: Color = (0.74, 0.58, 0.38)
_STEEL: Color = (0.30, 0.33, 0.36)


def build(site: Site) -> Scene:
    """Build the classroom, looked at from behind the desks."""
    shell = Shell(
        (0.86, 0.84, 0.74),
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        left=((-5.2, -3.5, 0.95, 2.5), (-2.6, -0.9, 0.95, 2.5)),
        front_m=5.4,
    )
    spots = [(s * x, z) for z in (-3.2, -1.8, -0.4) for x in (1.55, 2.75) for s in (-1.0, 1.0)]
    things = [
        _blackboard().moved((0.0, 0.0, _BACK_M)),
        *(_desk().moved((x, 0.0, z)) for x, z in spots),
        _teachers_desk().moved((1.75, 0.0, -5.0)),
        _clock().moved((0.0, 2.72, _BACK_M)),
        _map().moved((_HALF_M, 1.25, -3.2), -math.pi / 2.0),
        _flag().moved((-2.75, 0.0, _BACK_M + 0.3)),
        made.shelf(site.rng(1), wide=1.2, high=1.2, rows=3).moved((_HALF_M, 0.0, -1.2), -math.pi / 2.0),
    ]
    covers: list[Rect] = [(x - 0.4, z - 0.3, x + 0.4, z + 0.5) for x, z in spots]
    lamps = (Lamp((0.0, 2.7, -4.2), (0.86, 0.84, 0.74), 2.4), Lamp((0.0, 2.7, -0.8), (0.86, 0.84, 0.74), 2.4))
    walls = build_walls(site.seed, shell, [*covers, (0.95, -5.35, 2.55, -4.65)])
    stand = _AT_BOARD_M if _is_written_on(site) else (0.0, -4.4)
    return furnished(
        site, Interior(walls, things, (0.0, 1.25, -5.2), lamps=lamps, eye=(0.0, 1.55, 2.4), stand=stand)
    )


def _is_written_on(site: Site) -> bool:
    """Whether the board on the wall is what the picture is about."""
    return any(s.scenery and s.kind in _BOARDS for s in site.plan.subjects)


def _blackboard() -> Mesh:
    """A wide blackboard with a lesson on it, its back at z = 0."""
    parts = [
        soft_box((-2.1, 0.92, 0.0), (2.1, 2.42, 0.05), _PINE, bevel=0.015),
        box((-2.02, 1.0, 0.0), (2.02, 2.34, 0.056), _BOARD),
        soft_box((-1.6, 0.86, 0.0), (1.6, 0.92, 0.13), _PINE, bevel=0.01),
        soft_box((-0.9, 0.92, 0.05), (-0.7, 0.96, 0.11), (0.30, 0.32, 0.36), bevel=0.01),
    ]
    z = 0.062
    triangle = [(-1.65, 1.25), (-0.75, 1.25), (-0.75, 1.95), (-1.65, 1.25)]
    circle = [
        (1.42 + 0.30 * math.cos(a), 1.60 + 0.30 * math.sin(a))
        for a in (k * math.pi / 10.0 for k in range(21))
    ]
    curve = [(-0.35 + 0.05 * k, 1.32 + 0.16 * math.sin(0.62 * k)) for k in range(25)]
    for line in (
        triangle,
        circle,
        [(1.42, 1.60), (1.66, 1.78)],
        curve,
        [(-0.4, 1.32), (0.95, 1.32)],
        [(-0.38, 1.1), (-0.38, 1.56)],
    ):
        parts += [rod((*a, z), (*b, z), 0.009, _CHALK, sides=4) for a, b in pairwise(line)]
    for row, words in enumerate(((0.16, 0.30, 0.12, 0.24), (0.22, 0.12, 0.34))):
        x = -0.35
        for wide in words:
            # Letters, from so far away.
            steps = max(int(wide / 0.035), 2)
            word = [
                (x + wide * k / steps, 2.10 - 0.22 * row + (0.035 if k % 2 else -0.035))
                for k in range(steps + 1)
            ]
            parts += [rod((*a, z), (*b, z), 0.008, _CHALK, sides=4) for a, b in pairwise(word)]
            x += wide + 0.09
    return merge(parts)


def _desk() -> Mesh:
    """A pupil's desk with its chair, a book on it; who sits there looks towards -z."""
    parts = [
        soft_box((-0.36, 0.70, -0.24), (0.36, 0.74, 0.24), _PINE, bevel=0.012),
        soft_box((-0.33, 0.56, -0.22), (0.33, 0.70, 0.16), (0.44, 0.47, 0.50), bevel=0.012),
        made.chair(_PINE).moved((0.0, 0.0, 0.46), math.pi, 0.94),
        soft_box((-0.22, 0.74, -0.10), (-0.02, 0.765, 0.14), (0.24, 0.42, 0.62), bevel=0.006),
        soft_box((0.08, 0.74, -0.08), (0.26, 0.755, 0.14), (0.93, 0.92, 0.88), bevel=0.004),
    ]
    parts += [rod((x, 0.0, z), (x, 0.70, z), 0.018, _STEEL) for x in (-0.32, 0.32) for z in (-0.2, 0.2)]
    return merge(parts)


def _teachers_desk() -> Mesh:
    """A larger desk with a globe, books and an apple."""
    parts = [
        soft_box((-0.75, 0.72, -0.35), (0.75, 0.77, 0.35), made.OAK, bevel=0.015),
        soft_box((-0.70, 0.08, -0.30), (-0.25, 0.72, 0.30), made.OAK, bevel=0.015),
        soft_box((0.25, 0.08, -0.30), (0.70, 0.72, 0.30), made.OAK, bevel=0.015),
        soft_box((-0.70, 0.20, 0.27), (0.70, 0.72, 0.30), made.OAK, bevel=0.01),
        turned([(0.09, 0.77), (0.08, 0.79), (0.015, 0.80), (0.015, 0.86)], made.WALNUT, sides=12),
        ball((0.0, 1.0, 0.0), (0.15, 0.15, 0.15), (0.20, 0.46, 0.70), detail=2),
        ball((0.05, 1.04, 0.075), (0.09, 0.07, 0.09), (0.36, 0.58, 0.30), detail=1),
        ball((0.40, 0.81, 0.12), (0.045, 0.043, 0.045), (0.82, 0.18, 0.14)),
    ]
    for k, tone in enumerate(((0.62, 0.24, 0.20), (0.24, 0.36, 0.44), (0.80, 0.66, 0.40))):
        parts.append(
            soft_box(
                (-0.58, 0.77 + 0.045 * k, -0.10),
                (-0.30 - 0.02 * k, 0.81 + 0.045 * k, 0.16),
                tone,
                bevel=0.006,
            )
        )
    return merge(parts)


def _clock() -> Mesh:
    """A round clock on a wall, its middle at the origin."""
    parts = [ball((0.0, 0.0, 0.02), (0.19, 0.19, 0.03), (0.16, 0.17, 0.18), detail=2)]
    parts.append(ball((0.0, 0.0, 0.04), (0.165, 0.165, 0.02), (0.96, 0.95, 0.92), detail=2))
    parts += [
        box((-0.008, -0.01, 0.06), (0.008, 0.12, 0.066), (0.1, 0.1, 0.1)),
        box((-0.01, -0.008, 0.06), (0.09, 0.008, 0.066), (0.1, 0.1, 0.1)),
    ]
    return merge(parts)


def _map() -> Mesh:
    """A map of the world, its back at z = 0 and its lower edge at y = 0."""
    parts = [
        box((-0.8, 0.0, 0.0), (0.8, 1.0, 0.012), (0.62, 0.78, 0.86)),
        rod((-0.84, 1.0, 0.012), (0.84, 1.0, 0.012), 0.018, made.WALNUT),
        rod((-0.84, 0.0, 0.012), (0.84, 0.0, 0.012), 0.018, made.WALNUT),
    ]
    lands: tuple[tuple[float, float, float, float, Color], ...] = (
        (-0.50, 0.68, 0.20, 0.16, (0.52, 0.66, 0.34)),
        (-0.36, 0.34, 0.10, 0.19, (0.78, 0.66, 0.32)),
        (0.05, 0.72, 0.13, 0.10, (0.76, 0.46, 0.34)),
        (0.08, 0.42, 0.13, 0.18, (0.82, 0.70, 0.40)),
        (0.40, 0.70, 0.26, 0.17, (0.56, 0.62, 0.36)),
        (0.58, 0.30, 0.13, 0.09, (0.80, 0.52, 0.32)),
    )
    parts += [ball((x, y, 0.012), (w, h, 0.006), tone, detail=2) for x, y, w, h, tone in lands]
    return merge(parts)


def _flag() -> Mesh:
    """A flag at rest on its pole."""
    cloth = made.curtain(0.0, 0.42, 2.15, (0.78, 0.16, 0.16), folds=3, low=1.45, deep=0.05)
    return merge([rod((0.0, 0.0, 0.0), (0.0, 2.3, 0.0), 0.018, (0.74, 0.58, 0.28)), cloth])
