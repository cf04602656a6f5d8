"""Eyes and lids: rings about the gaze, so that iris and pupil are round and crisp with few triangles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.person.frame import Vec
from kirin_video.engines.previs.bodies.person.palette import Rgb
from kirin_video.engines.previs.bodies.trims import axes_of, bead
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import as_mesh

_WHITE: Rgb = (0.96, 0.95, 0.93)
_BLACK: Rgb = (0.02, 0.015, 0.015)
_SIDES = 18


def facing_out(points: Vec, faces: NDArray[np.integer]) -> NDArray[np.integer]:
    """Faces of a part of a ball round the origin, each counter-clockwise seen from outside."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    inwards = (np.cross(b - a, c - a) * (a + b + c)).sum(1) < 0.0
    return np.where(inwards[:, None], faces[:, ::-1], faces)


def eye_mesh(at: Vec, gaze: Vec, radius: float, iris: Rgb, size: float) -> Mesh:
    """An eyeball, its iris darker at the rim and brighter below, with two highlights.

    Args:
        at: its middle, metres.
        gaze: where it looks.
        radius: metres.
        iris: its colour, sRGB.
        size: half the angle of the iris, radians.
    """
    look, side, up = axes_of(gaze)
    around = np.linspace(0.0, 2.0 * np.pi, _SIDES, endpoint=False)
    out = np.cos(around)[:, None] * side + np.sin(around)[:, None] * up
    pale = np.array(iris) * 1.15 + 0.06
    dark = np.array(iris) * 0.35
    rings: list[tuple[float, Vec]] = [
        (0.0, np.array(_BLACK)), (0.48 * size, np.array(_BLACK)), (0.53 * size, np.array(iris) * 0.75),
        (0.80 * size, pale), (0.90 * size, dark), (size, dark), (1.06 * size, np.array(_WHITE)),
        (1.35, np.array(_WHITE)), (1.95, np.array(_WHITE) * 0.9),
    ]  # fmt: skip
    points = np.concatenate([look * np.cos(a) + out * np.sin(a) for a, _ in rings])
    colors = np.concatenate([np.tile(color, (_SIDES, 1)) for _, color in rings])
    # Light falls through the lens to the lower half of the iris.
    bright = 1.0 - 0.35 * (points @ up) / max(np.sin(size), 1e-6)
    inside = (points @ look > np.cos(size * 0.95)) & (colors.max(1) > _BLACK[0])
    colors[inside] *= np.clip(bright[inside], 0.6, 1.4)[:, None]
    index = np.arange(len(rings) * _SIDES).reshape(len(rings), _SIDES)
    after = np.roll(index, -1, 1)
    faces = np.concatenate(
        [
            np.stack([index[:-1], after[:-1], index[1:]], -1).reshape(-1, 3),
            np.stack([after[:-1], after[1:], index[1:]], -1).reshape(-1, 3),
        ]
    )
    ball = as_mesh(points * radius + at, points, np.clip(colors, 0.0, 1.0), facing_out(points, faces))
    large = bead(
        at + radius * (0.88 * look + 0.34 * up - 0.24 * side), np.full(3, radius * 0.17), (1.0, 1.0, 1.0),
        level=1, glow=0.5,
    )  # fmt: skip
    small = bead(
        at + radius * (0.93 * look - 0.22 * up + 0.22 * side), np.full(3, radius * 0.08), (1.0, 1.0, 1.0),
        level=0, glow=0.4,
    )  # fmt: skip
    return merge([ball, large, small])


def lid_mesh(at: Vec, gaze: Vec, radius: float, color: Rgb, edge: float) -> Mesh:
    """An upper lid: a strip of a ball from its edge over the top.

    Args:
        at: the middle of the eyeball, metres.
        gaze: where it looks.
        radius: a little more than the eyeball's.
        color: sRGB.
        edge: radians above the gaze at which the lid ends, in its middle.
    """
    look, side, up = axes_of(gaze)
    columns, rows = 13, 6
    a = np.linspace(-1.45, 1.45, columns)[None, :]
    start = edge * np.cos(0.62 * a)
    b = start + (2.25 - start) * np.linspace(0.0, 1.0, rows)[:, None]
    # Great circles through both corners of the eye.
    points = np.sin(a)[..., None] * side + np.cos(a)[..., None] * (
        np.cos(b)[..., None] * look + np.sin(b)[..., None] * up
    )
    points = points.reshape(-1, 3)
    at_row = np.arange(rows * columns).reshape(rows, columns)
    a0, a1, b0, b1 = at_row[:-1, :-1], at_row[:-1, 1:], at_row[1:, :-1], at_row[1:, 1:]
    faces = np.concatenate(
        [np.stack([a0, a1, b0], -1).reshape(-1, 3), np.stack([a1, b1, b0], -1).reshape(-1, 3)]
    )
    return as_mesh(points * radius + at, points, color, facing_out(points, faces))
