"""Skins: panels that lie on a curved surface: windows, lights, stripes, the gaps of doors."""

# ruff: noqa: PLR0913 -- a panel has two curves, a fineness and a look
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import as_mesh

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]
Surface = Callable[[Floats, Floats], Floats]
"""Points (..., 3) of a surface at two coordinates."""


def panel(
    surface: Surface, u: Floats, v: Floats, color: Rgb, *, lift: float = 0.006, glow: float = 0.0
) -> Mesh:
    """A grid of a surface, lifted off it; it faces away from the body's middle line.

    Args:
        surface: what it lies on.
        u: (r, c), the first coordinate of every point of the grid.
        v: (r, c), the second.
        color: sRGB.
        lift: metres.
        glow: 0 to 1.
    """
    points = surface(u, v)
    along, across = np.gradient(points, axis=1), np.gradient(points, axis=0)
    normals = np.cross(along, across)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-9)
    rows, columns = u.shape
    at = np.arange(int(rows) * int(columns), dtype=np.int64).reshape(int(rows), int(columns))
    a, b, c, d = (part.reshape(-1) for part in (at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]))
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    middle = points.reshape(-1, 3).mean(0)
    outward = np.array([0.35 * middle[0], middle[1] * 0.4, middle[2] * 2.0])
    if float((normals.reshape(-1, 3).mean(0) * outward).sum()) < 0.0:
        normals, faces = -normals, faces[:, ::-1]
    lifted = (points + normals * lift).reshape(-1, 3)
    return as_mesh(lifted, normals.reshape(-1, 3), color, faces, glow=glow)


def columns(
    u0: float,
    u1: float,
    low: Callable[[Floats], Floats],
    high: Callable[[Floats], Floats],
    *,
    across: int = 14,
    up: int = 5,
    round_m: float = 0.0,
) -> tuple[Floats, Floats]:
    """The grid of a panel between two curves, column by column; its ends may be rounded."""
    share = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, across))
    u = u0 + (u1 - u0) * share
    a, b = low(u), high(u)
    if round_m > 0.0:
        near = np.minimum(u - u0, u1 - u) / round_m
        cut = round_m * (1.0 - np.sqrt(np.clip(1.0 - (1.0 - np.clip(near, 0.0, 1.0)) ** 2, 0.0, 1.0)))
        cut = np.minimum(cut, 0.45 * np.maximum(b - a, 0.0))
        a, b = a + cut, b - cut
    b = np.maximum(b, a + 1e-4)
    rows = np.linspace(0.0, 1.0, up)[:, None]
    return np.broadcast_to(u, (up, across)).copy(), a + (b - a) * rows


def both(mesh: Mesh) -> tuple[Mesh, Mesh]:
    """A piece and its mirror image on the other side."""
    flip = np.array([1.0, 1.0, -1.0], np.float32)
    other = Mesh(
        mesh.positions * flip, mesh.normals * flip, mesh.colors, mesh.glow, mesh.faces[:, ::-1].copy()
    )
    return mesh, other


def shifted(mesh: Mesh, x: float) -> Mesh:
    """The same further along."""
    return put(mesh, (x, 0.0, 0.0))
