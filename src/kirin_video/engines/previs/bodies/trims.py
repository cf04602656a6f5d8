"""Small rigid things that a bone carries: eyeballs, horns, hooves, buttons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Vector
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import as_mesh, icosphere, tube

Rgb = tuple[float, float, float]
Vec = NDArray[np.float64]

_LID = 0.22
_HIDDEN = -0.35
"""Eyeballs end so far behind their middle."""


def bead(at: Vector, radii: Vector, color: Rgb, *, level: int = 2, glow: float = 0.0) -> Mesh:
    """An ellipsoid along the axes."""
    points, faces = icosphere(level)
    size = np.array(radii, float)
    return as_mesh(points * size + np.array(at, float), points / size, color, faces, glow=glow)


def horn(path: Sequence[Vector], radii: Sequence[float], color: Rgb, tip: Rgb, *, sides: int = 9) -> Mesh:
    """A tapering tube along a path, its colour running to the tip's."""
    points = np.array(path, float)
    fine = np.linspace(0.0, len(points) - 1.0, 4 * (len(points) - 1) + 1)
    known = np.arange(len(points), dtype=np.float64)
    smooth = np.stack([_rounded(fine, known, points[:, axis]) for axis in range(3)], 1)
    thick = np.interp(fine, known, np.array(radii, float))
    mesh = tube(smooth, thick, sides, color)
    share = np.repeat(np.linspace(0.0, 1.0, len(fine)), sides)[:, None]
    colors = np.array(color) * (1.0 - share) + np.array(tip) * share
    return as_mesh(mesh.positions, mesh.normals, colors, mesh.faces)


def _rounded(at: Vec, known: Vec, values: Vec) -> Vec:
    """A Catmull-Rom curve through the values."""
    k = np.clip(np.floor(at).astype(int), 0, len(known) - 2)
    t = at - k
    a, b, c, d = (values[np.clip(k + o, 0, len(known) - 1)] for o in (-1, 0, 1, 2))
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def lathed(
    profile: Sequence[tuple[float, float]],
    at: Vector,
    color: Rgb,
    *,
    stretch: Vector = (1.0, 1.0, 1.0),
    sides: int = 14,
) -> Mesh:
    """Pairs of radius and height, from the top down, turned about the upright axis."""
    around = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)
    cos, sin = np.cos(around), np.sin(around)
    rings: list[Vec] = []
    normals: list[Vec] = []
    for k, (radius, height) in enumerate(profile):
        (r0, y0), (r1, y1) = profile[max(k - 1, 0)], profile[min(k + 1, len(profile) - 1)]
        ring = np.stack([cos * radius, np.full(sides, height), sin * radius], 1)
        rings.append(ring * np.array(stretch) + np.array(at))
        normals.append(np.stack([cos * (y0 - y1), np.full(sides, r1 - r0), sin * (y0 - y1)], 1))
    index = np.arange(len(profile) * sides).reshape(len(profile), sides)
    after = np.roll(index, -1, 1)
    faces = [
        np.stack([index[:-1], after[:-1], index[1:]], -1).reshape(-1, 3),
        np.stack([after[:-1], after[1:], index[1:]], -1).reshape(-1, 3),
    ]
    return as_mesh(np.concatenate(rings), np.concatenate(normals), color, np.concatenate(faces))


def eyeball(  # noqa: PLR0913 -- an eye has many sides
    at: Vector,
    gaze: Vector,
    radius: float,
    iris: Rgb,
    *,
    pupil: str = "round",
    white: Rgb | None = None,
    level: int = 3,
) -> Mesh:
    """An eye that looks along ``gaze``, with a highlight above.

    Args:
        at: its middle, metres.
        gaze: where it looks, of any length.
        radius: metres.
        iris: the colour round the pupil, sRGB.
        pupil: ``round``, ``slit`` (upright) or ``bar`` (level).
        white: the colour round the iris; None for an eye that is all iris.
        level: 2 has 320 triangles, 3 has 1280; the half that the head hides is left out.
    """
    points, faces = icosphere(level)
    look, side, up = axes_of(gaze)
    ahead, across, above = points @ look, points @ side, points @ up
    keep = (ahead > _HIDDEN)[faces].all(1)
    x, y = (np.arctan2(across, ahead), np.arctan2(above, ahead))
    wide = {"round": (1.0, 1.0), "slit": (2.9, 0.80), "bar": (0.80, 2.6)}[pupil]
    off = np.hypot(x * wide[0], y * wide[1])
    angle = np.arccos(np.clip(ahead, -1.0, 1.0))
    rim = 0.80 if white is None else 0.62
    iris_color, black = np.array(iris), np.array([0.015, 0.012, 0.012])
    # The iris is brighter opposite to the light, darker at its edge.
    tone = (1.10 - 0.55 * _step(rim - 0.30, rim, angle) - 0.35 * above)[:, None]
    colors = iris_color * tone
    colors += (black - colors) * (1.0 - _step(0.32, 0.40, off))[:, None]
    outside = np.array(white) if white is not None else black
    colors += (outside - colors) * _step(rim - 0.03, rim + 0.08, angle)[:, None]
    ball = as_mesh(points * radius + np.array(at), points, np.clip(colors, 0.0, 1.0), faces[keep])
    spot = np.array(at) + radius * (0.80 * look + 0.42 * up - 0.22 * side)
    shine = bead(spot, np.full(3, radius * 0.20), (1.0, 1.0, 1.0), level=1, glow=0.55)
    return merge([_used(ball), shine])


def eyelid(at: Vector, gaze: Vector, radius: float, color: Rgb) -> Mesh:
    """The upper lid of an eye: a cap that leaves it open; turned forwards about the eye it shuts it.

    Args:
        at: the middle of the eyeball, metres.
        gaze: where the eye looks, of any length.
        radius: a little more than the eyeball's.
        color: sRGB.
    """
    points, faces = icosphere(3)
    look, _, up = axes_of(gaze)
    cap = up * 0.80 - look * 0.60
    keep = (points @ cap > _LID)[faces].all(1)
    return _used(as_mesh(points * radius + np.array(at, float), points, color, faces[keep]))


def axes_of(gaze: Vector) -> tuple[Vec, Vec, Vec]:
    """Unit vectors ahead, to the right and up of a direction."""
    look = np.array(gaze, float) / np.linalg.norm(gaze)
    side = np.cross(look, (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    return look, side, np.cross(side, look)


def _used(mesh: Mesh) -> Mesh:
    """Only the vertices that faces use."""
    used, where = np.unique(mesh.faces, return_inverse=True)
    return Mesh(
        mesh.positions[used],
        mesh.normals[used],
        mesh.colors[used],
        mesh.glow[used],
        where.reshape(-1, 3).astype(np.uint32),
    )


def _step(low: float, high: float, x: Vec) -> Vec:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)
