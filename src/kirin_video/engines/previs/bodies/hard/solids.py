"""Solid pieces of one colour: balls, boxes, outlines drawn out."""

# ruff: noqa: PLR0913 -- a piece has a shape, a place and a look
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Vector
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.outlines import Floats, Outline, Rgb, clipped, inset
from kirin_video.engines.previs.bodies.hard.turned import ring_faces
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import as_mesh, icosphere


def ball(at: Vector, radii: Vector | float, color: Rgb, *, level: int = 3, glow: float = 0.0) -> Mesh:
    """An ellipsoid along the axes: 20 * 4**level triangles."""
    points, faces = icosphere(level)
    size = np.array(radii, float) * np.ones(3)
    return as_mesh(points * size + np.array(at, float), points / size, color, faces, glow=glow)


def box(
    low: Vector, high: Vector, color: Rgb, *, round_m: float = 0.02, steps: int = 1, glow: float = 0.0
) -> Mesh:
    """A box between two corners with round edges: 108 triangles at one step, 300 at two."""
    a, b = np.array(low, float), np.array(high, float)
    middle, half = (a + b) / 2.0, np.abs(b - a) / 2.0
    r = min(round_m, float(half.min()) * 0.98)
    ticks = np.tan(np.linspace(0.0, math.pi / 4.0, steps + 1))
    line = np.concatenate([-ticks[::-1], ticks])
    signs = np.repeat([-1.0, 1.0], steps + 1)
    n = len(line)
    at = np.arange(n * n).reshape(n, n)
    quad = np.stack([at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]], -1).reshape(-1, 4)
    grid = np.concatenate([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]])
    points: list[Floats] = []
    normals: list[Floats] = []
    faces: list[NDArray[np.int64]] = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for side in (-1.0, 1.0):
            way, corner = np.empty((n, n, 3)), np.empty((n, n, 3))
            way[..., axis], corner[..., axis] = side, side
            way[..., u], corner[..., u] = line[:, None], signs[:, None]
            way[..., v], corner[..., v] = line[None], signs[None]
            way /= np.linalg.norm(way, axis=-1, keepdims=True)
            faces.append((grid if side > 0.0 else grid[:, ::-1]) + len(points) * n * n)
            points.append((middle + corner * (half - r) + way * r).reshape(-1, 3))
            normals.append(way.reshape(-1, 3))
    return as_mesh(np.concatenate(points), np.concatenate(normals), color, np.concatenate(faces), glow=glow)


def prism(
    outline: Outline,
    low: float,
    high: float,
    color: Rgb,
    *,
    axis: str = "z",
    round_m: float = 0.0,
    glow: float = 0.0,
) -> Mesh:
    """An outline, counter-clockwise in x and y, extruded along z between two heights.

    Args:
        outline: (n, 2), without crossings.
        low: z of its back.
        high: z of its front.
        color: sRGB.
        axis: ``y`` lays it flat: its y becomes -z and its heights y.
        round_m: how far its rims are bevelled.
        glow: 0 to 1.
    """
    rim = np.array(outline, float)
    inner = inset(rim, round_m) if round_m else rim
    r = round_m
    rows = (
        [(rim, low), (rim, high)] if not r else [(inner, low), (rim, low + r), (rim, high - r), (inner, high)]
    )
    n = len(rim)
    points = np.concatenate([np.column_stack([flat, np.full(n, z)]) for flat, z in rows])
    cap = clipped(inner)
    faces = np.concatenate([ring_faces(len(rows), n), cap[:, ::-1], cap + (len(rows) - 1) * n])
    if axis == "y":
        points = points[:, [0, 2, 1]] * np.array([1.0, 1.0, -1.0])
    elif axis == "x":
        points = points[:, [2, 1, 0]] * np.array([1.0, 1.0, -1.0])
    return creased(points, faces, color, glow=glow, crease_deg=50.0 if r else 38.0)
