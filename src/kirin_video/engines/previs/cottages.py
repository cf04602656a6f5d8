"""Cottages and what stands round them: walls, gables, lit windows, fences, a well."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, blob, box, tube

_GLASS: Color = (0.98, 0.80, 0.46)
_DARK_GLASS: Color = (0.24, 0.30, 0.36)
_OAK: Color = (0.33, 0.24, 0.17)
_STONE: Color = (0.56, 0.53, 0.48)


@dataclass(frozen=True, slots=True)
class Cottage:
    """One house.

    Attributes:
        wide_m: along its front, which faces +z.
        deep_m: from front to back.
        wall_m: height of the eaves.
        roof_m: height of the ridge above the eaves.
        wall: colour of the walls.
        roof: colour of the roof.
        door: colour of door and shutters.
        timbered: whether its frame shows.
    """

    wide_m: float
    deep_m: float
    wall_m: float
    roof_m: float
    wall: Color
    roof: Color
    door: Color
    timbered: bool


def cottage_of(rng: np.random.Generator) -> Cottage:
    """A cottage of chance."""
    walls: list[Color] = [(0.90, 0.85, 0.74), (0.86, 0.78, 0.66), (0.92, 0.89, 0.83), (0.82, 0.70, 0.56)]
    roofs: list[Color] = [(0.62, 0.30, 0.21), (0.55, 0.34, 0.24), (0.62, 0.52, 0.34), (0.42, 0.36, 0.34)]
    doors: list[Color] = [(0.22, 0.40, 0.44), (0.50, 0.22, 0.18), (0.26, 0.38, 0.24), (0.45, 0.31, 0.20)]
    return Cottage(
        wide_m=float(rng.uniform(6.5, 9.0)),
        deep_m=float(rng.uniform(5.0, 6.2)),
        wall_m=float(rng.uniform(2.5, 3.0)),
        roof_m=float(rng.uniform(2.4, 3.2)),
        wall=walls[int(rng.integers(4))],
        roof=roofs[int(rng.integers(4))],
        door=doors[int(rng.integers(4))],
        timbered=bool(rng.random() < 0.5),  # noqa: PLR2004 -- half of them
    )


def cottage(rng: np.random.Generator, plan: Cottage, *, lit: bool) -> Mesh:
    """A house whose front faces +z, its middle at the origin.

    Args:
        rng: of its small irregularities.
        plan: how it is built.
        lit: whether somebody has light.
    """
    w, d, h = plan.wide_m / 2.0, plan.deep_m / 2.0, plan.wall_m
    parts = [
        box((-w, -0.8, -d), (w, h, d), plan.wall),
        box((-w - 0.06, -0.8, -d - 0.06), (w + 0.06, 0.35, d + 0.06), _STONE),
        _gables(w, d, h, plan.roof_m, plan.wall),
        *_roof(rng, w, d, h, plan.roof_m, plan.roof),
        box(
            (w * 0.45, h + plan.roof_m * 0.4, -0.45), (w * 0.45 + 0.75, h + plan.roof_m + 0.75, 0.30), _STONE
        ),
    ]
    parts += _door(plan, d)
    count = 2 if w > 3.8 else 1  # noqa: PLR2004 -- room for two
    for side in (-1.0, 1.0):
        for k in range(count):
            parts += _window(side * (w * 0.42 + k * 1.55), 1.05, d, plan.door, lit=lit)
    for side in (-1.0, 1.0):
        parts += [
            m.moved((side * w, 0.0, 0.0), side * np.pi / 2.0)
            for m in _window(0.0, 1.05, 0.0, plan.door, lit=lit)
        ]
    if plan.timbered:
        parts += _timbers(w, d, h)
    return merge(parts)


def _gables(w: float, d: float, h: float, roof: float, wall: Color) -> Mesh:
    parts: list[Mesh] = []
    for side in (-1.0, 1.0):
        points = np.array([[side * w, h, -d], [side * w, h, d], [side * w, h + roof, 0.0]])
        faces = np.array([[0, 2, 1]]) if side > 0 else np.array([[0, 1, 2]])
        parts.append(as_mesh(points, np.tile([[side, 0.0, 0.0]], (3, 1)), wall, faces))
    return merge(parts)


def _roof(  # noqa: PLR0913, PLR0917 -- measures and look
    rng: np.random.Generator, w: float, d: float, h: float, roof: float, color: Color
) -> list[Mesh]:
    """Courses of tiles on both slopes, each a little over the next."""
    rows, over, thick = 8, 0.42, 0.13
    parts: list[Mesh] = []
    for side in (-1.0, 1.0):
        normal = np.array([0.0, d, side * roof])
        normal /= np.linalg.norm(normal)
        for k in range(rows):
            low, high = k / rows, (k + 1.12) / rows
            span = 1.0 + over / d
            z0, z1 = side * d * span * (1.0 - low), side * d * span * (1.0 - min(high, 1.0))
            y0 = h + roof * (1.0 - span * (1.0 - low))
            y1 = h + roof * (1.0 - span * (1.0 - min(high, 1.0)))
            lift = normal * thick
            tone = np.array(color) * rng.uniform(0.86, 1.10)
            xs = w + 0.35
            corners = np.array([[-xs, y0, z0], [xs, y0, z0], [xs, y1, z1], [-xs, y1, z1]])
            top = corners + lift
            top[2:] -= lift * 0.6
            under = corners[:2]
            faces = np.array([[0, 1, 2], [0, 2, 3]]) if side > 0 else np.array([[0, 2, 1], [0, 3, 2]])
            parts.append(
                as_mesh(
                    top, np.tile(normal, (4, 1)), tone * np.array([[0.86], [0.86], [1.06], [1.06]]), faces
                )
            )
            edge = np.concatenate([under, top[:2]])
            rim = np.array([[0, 1, 3], [0, 3, 2]]) if side > 0 else np.array([[0, 3, 1], [0, 2, 3]])
            parts.append(as_mesh(edge, np.tile([[0.0, 0.1, side]], (4, 1)), tone * 0.62, rim))
        ends = np.array([[-w - 0.35, h - roof * over / d, side * (d + over)], [-w - 0.35, h + roof, 0.0]])
        for x in (-w - 0.35, w + 0.35):
            ends[:, 0] = x
            board = np.concatenate([ends, ends + normal * thick])
            face = np.array([[0, 1, 3], [0, 3, 2], [0, 3, 1], [0, 2, 3]])
            parts.append(as_mesh(board, np.tile([[np.sign(x), 0.0, 0.0]], (4, 1)), _OAK, face))
    parts.append(
        tube(
            np.array([[-w - 0.38, h + roof + 0.08, 0], [w + 0.38, h + roof + 0.08, 0]]),
            np.array([0.14, 0.14]),
            8,
            color,
        )
    )
    return parts


def _door(plan: Cottage, d: float) -> list[Mesh]:
    return [
        box((-0.62, 0.0, d), (0.62, 2.18, d + 0.05), _OAK),
        box((-0.50, 0.0, d), (0.50, 2.06, d + 0.09), plan.door),
        box((0.32, 0.95, d), (0.40, 1.05, d + 0.14), (0.80, 0.66, 0.30)),
        box((-0.85, -0.3, d), (0.85, 0.12, d + 0.7), _STONE),
        _lantern((0.86, 1.75, d + 0.16)),
    ]


def _lantern(at: Color) -> Mesh:
    rng = np.random.default_rng(1)
    ball = blob(rng, at, (0.09, 0.12, 0.09), (1.0, 0.82, 0.50), level=1, lumps=0.0)
    return Mesh(ball.positions, ball.normals, ball.colors, np.full_like(ball.glow, 255), ball.faces)


def _window(x: float, y: float, d: float, shutter: Color, *, lit: bool) -> list[Mesh]:
    """A window with its frame, cross, shutters and flower box, on the front wall."""
    glass = _GLASS if lit else _DARK_GLASS
    parts = [
        box((x - 0.52, y - 0.08, d), (x + 0.52, y + 1.08, d + 0.05), (0.93, 0.91, 0.86)),
        box((x - 0.43, y, d), (x + 0.43, y + 1.0, d + 0.07), glass, 0.34 if lit else 0.0),
        box((x - 0.03, y, d), (x + 0.03, y + 1.0, d + 0.09), (0.93, 0.91, 0.86)),
        box((x - 0.43, y + 0.47, d), (x + 0.43, y + 0.53, d + 0.09), (0.93, 0.91, 0.86)),
        box((x - 0.92, y - 0.04, d), (x - 0.54, y + 1.04, d + 0.06), shutter),
        box((x + 0.54, y - 0.04, d), (x + 0.92, y + 1.04, d + 0.06), shutter),
        box((x - 0.5, y - 0.26, d), (x + 0.5, y - 0.08, d + 0.26), _OAK),
    ]
    rng = np.random.default_rng(abs(round(x * 10)))
    for k in range(7):
        tone: Color = [(0.84, 0.24, 0.22), (0.92, 0.70, 0.26), (0.86, 0.46, 0.58)][k % 3]
        parts.append(
            blob(rng, (x - 0.42 + 0.14 * k, y - 0.02, d + 0.15), (0.085, 0.08, 0.085), tone, level=1)
        )
        parts.append(
            blob(
                rng,
                (x - 0.42 + 0.14 * k, y - 0.09, d + 0.14),
                (0.09, 0.06, 0.09),
                (0.26, 0.40, 0.16),
                level=0,
            )
        )
    return parts


def _timbers(w: float, d: float, h: float) -> list[Mesh]:
    beams = [
        box((-w - 0.02, h - 0.2, d), (w + 0.02, h, d + 0.06), _OAK),
        box((-w - 0.02, 0.35, d), (-w + 0.2, h, d + 0.06), _OAK),
        box((w - 0.2, 0.35, d), (w + 0.02, h, d + 0.06), _OAK),
        box((w, h - 0.2, -d), (w + 0.06, h, d), _OAK),
        box((w, 0.35, d - 0.2), (w + 0.06, h, d + 0.02), _OAK),
    ]
    posts = (box((x - 0.09, 0.35, d), (x + 0.09, h, d + 0.05), _OAK) for x in (-1.05, 1.05))
    return [*beams, *posts]


def fence(points: NDArray[np.floating], feet: NDArray[np.floating]) -> Mesh:
    """A wooden fence along a line.

    Args:
        points: (n, 2), x and z of its posts.
        feet: (n,), the ground below them.
    """
    wood: Color = (0.58, 0.47, 0.35)
    tops = np.stack([points[:, 0], feet, points[:, 1]], 1)
    low, high, end = (np.array([0.0, y, 0.0]) for y in (-0.3, 1.0, 1.04))
    radii = np.array([0.06, 0.055, 0.01])
    parts = [tube(np.stack([foot + low, foot + high, foot + end]), radii, 6, wood) for foot in tops]
    for level in (0.45, 0.82):
        rail = tops + np.array([0.0, level, 0.0])
        parts += [tube(np.stack(ends), np.array([0.04, 0.04]), 5, wood) for ends in pairwise(rail)]
    return merge(parts)


def well() -> Mesh:
    """A stone well under a little roof."""
    parts = [
        tube(np.array([[0, -0.3, 0], [0, 0.8, 0], [0, 0.82, 0]]), np.array([0.75, 0.72, 0.5]), 16, _STONE)
    ]
    parts += [box((x - 0.06, 0.6, -0.06), (x + 0.06, 2.0, 0.06), _OAK) for x in (-0.66, 0.66)]
    rng = np.random.default_rng(4)
    parts += [m.moved((0.0, 0.0, 0.0)) for m in _roof(rng, 0.75, 0.62, 1.95, 0.55, (0.55, 0.32, 0.23))]
    return merge(parts)
