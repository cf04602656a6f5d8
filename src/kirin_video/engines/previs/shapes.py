"""Simple solids from which everything that stands on the ground is put together."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field

Color = tuple[float, float, float]


def as_mesh(  # noqa: PLR0913, PLR0917 -- the attributes of a mesh
    positions: NDArray[np.floating],
    normals: NDArray[np.floating],
    color: NDArray[np.floating] | Color,
    faces: NDArray[np.integer],
    sway: NDArray[np.floating] | float = 0.0,
    glow: float = 0.0,
) -> Mesh:
    """A mesh of float arrays.

    Args:
        positions: (n, 3).
        normals: (n, 3), any length.
        color: sRGB 0 to 1, one for all or (n, 3).
        faces: (m, 3).
        sway: 0 to 1, one for all or (n,).
        glow: 0 to 1.
    """
    n = len(positions)
    unit = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    colors = np.empty((n, 4), np.float64)
    colors[:, :3] = color
    colors[:, 3] = sway
    return Mesh(
        positions.astype(np.float32),
        unit.astype(np.float32),
        (np.clip(colors, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8),
        np.full(n, round(glow * 255), np.uint8),
        faces.astype(np.uint32),
    )


@lru_cache(maxsize=4)
def icosphere(level: int) -> tuple[Field, NDArray[np.int64]]:
    """A unit sphere of 20 * 4**level triangles: points, which are also its normals, and faces."""
    g = (1.0 + 5.0**0.5) / 2.0
    points = np.array(
        [[-1, g, 0], [1, g, 0], [-1, -g, 0], [1, -g, 0], [0, -1, g], [0, 1, g],
         [0, -1, -g], [0, 1, -g], [g, 0, -1], [g, 0, 1], [-g, 0, -1], [-g, 0, 1]], float,
    )  # fmt: skip
    faces = np.array(
        [[0, 11, 5], [0, 5, 1], [0, 1, 7], [0, 7, 10], [0, 10, 11], [1, 5, 9], [5, 11, 4], [11, 10, 2],
         [10, 7, 6], [7, 1, 8], [3, 9, 4], [3, 4, 2], [3, 2, 6], [3, 6, 8], [3, 8, 9], [4, 9, 5],
         [2, 4, 11], [6, 2, 10], [8, 6, 7], [9, 8, 1]]
    )  # fmt: skip
    for _ in range(level):
        points, faces = _split(points, faces)
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32), faces


def _split(
    points: NDArray[np.float64], faces: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Every triangle into four."""
    points = points / np.linalg.norm(points, axis=1, keepdims=True)
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1)
    unique, back = np.unique(edges, axis=0, return_inverse=True)
    middle = len(points) + back.reshape(3, -1)
    points = np.concatenate([points, points[unique].mean(1)])
    a, b, c = faces.T
    ab, bc, ca = middle
    quads = [np.stack(t, 1) for t in ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))]
    return points, np.concatenate(quads)


def tube(
    path: NDArray[np.floating], radius: NDArray[np.floating], sides: int, color: Color, sway: float = 0.0
) -> Mesh:
    """A round limb along a path of (n, 3) points with a radius at each."""
    path = np.asarray(path, float)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, (0.31, 0.2, 0.93))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(along, side)
    a = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)
    normals = np.cos(a)[None, :, None] * side[:, None] + np.sin(a)[None, :, None] * other[:, None]
    points = path[:, None] + normals * np.asarray(radius, float)[:, None, None]
    n = len(path)
    at = np.arange(n * sides).reshape(n, sides)
    nxt = np.roll(at, -1, 1)
    faces = np.concatenate(
        [
            np.stack([at[:-1], nxt[:-1], at[1:]], -1).reshape(-1, 3),
            np.stack([nxt[:-1], nxt[1:], at[1:]], -1).reshape(-1, 3),
        ]
    )
    share = np.repeat(np.linspace(0.0, 1.0, n), sides)
    return as_mesh(points.reshape(-1, 3), normals.reshape(-1, 3), color, faces, sway * share**2)


def blob(  # noqa: PLR0913 -- shape and look
    rng: np.random.Generator, middle: Color, size: Color, color: Color, *, level: int = 2, lumps: float = 0.15
) -> Mesh:
    """A lumpy ball, darker below as if it stood in its own shade."""
    points, faces = icosphere(level)
    bumps = np.zeros(len(points))
    for _ in range(5):
        way = rng.normal(size=3) * 2.2
        bumps += np.sin(points @ way + rng.uniform(0.0, 6.28))
    scale = np.array(size)
    placed = points * (1.0 + lumps * bumps[:, None] / 3.0) * scale
    shade = 0.62 + 0.38 * np.clip(points[:, 1] * 0.8 + 0.5 + bumps * 0.06, 0.0, 1.0)
    return as_mesh(placed + np.array(middle), points / scale, np.array(color) * shade[:, None], faces)


def rock(rng: np.random.Generator, size: Color, color: Color, *, level: int = 3) -> Mesh:
    """A boulder with a few flat faces, its foot in the ground."""
    points, faces = icosphere(level)
    placed = points.astype(float).copy()
    for _ in range(11):
        way = rng.normal(size=3)
        way /= np.linalg.norm(way)
        reach = rng.uniform(0.62, 0.92)
        over = placed @ way - reach
        placed -= np.maximum(over, 0.0)[:, None] * way * 0.92
    rough = np.zeros(len(placed))
    for k in range(6):
        rough += np.sin(points @ (rng.normal(size=3) * (3.0 + 2.0 * k)) + rng.uniform(0, 6.28)) / (2.0 + k)
    placed *= 1.0 + 0.035 * rough[:, None]
    placed *= np.array(size)
    normals = vertex_normals(placed, faces)
    tone = 0.80 + 0.10 * rough + 0.22 * np.clip(normals[:, 1], -0.6, 1.0)
    return as_mesh(placed, normals, np.array(color) * tone[:, None], faces)


def vertex_normals(points: NDArray[np.floating], faces: NDArray[np.integer]) -> NDArray[np.float64]:
    """Normals averaged over the faces round every vertex, weighted by area."""
    corner = points[faces]
    face = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    normals = np.zeros_like(points, dtype=float)
    for k in range(3):
        np.add.at(normals, faces[:, k], face)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def box(low: Color, high: Color, color: Color, glow: float = 0.0) -> Mesh:
    """An upright box between two corners, its faces flat."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    sides = [
        ([(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)], (0, 0, 1)),
        ([(x1, y0, z0), (x0, y0, z0), (x0, y1, z0), (x1, y1, z0)], (0, 0, -1)),
        ([(x1, y0, z1), (x1, y0, z0), (x1, y1, z0), (x1, y1, z1)], (1, 0, 0)),
        ([(x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)], (-1, 0, 0)),
        ([(x0, y1, z1), (x1, y1, z1), (x1, y1, z0), (x0, y1, z0)], (0, 1, 0)),
    ]
    quads = [
        as_mesh(
            np.array(c, float),
            np.tile(np.array(n, float), (4, 1)),
            color,
            np.array([[0, 1, 2], [0, 2, 3]]),
            0.0,
            glow,
        )
        for c, n in sides
    ]
    return merge(quads)


def whitened(mesh: Mesh, amount: float = 1.0, low: float = 0.15) -> Mesh:
    """The mesh with snow on all that faces up."""
    lying = np.clip((mesh.normals[:, 1] - low) / 0.45, 0.0, 1.0) * amount
    # Tips of blades and leaves catch snow whatever way they face.
    lying = np.maximum(lying, mesh.colors[:, 3] / 255.0 * 0.65 * amount)[:, None]
    colors = mesh.colors.copy()
    snow = np.array([236.0, 241.0, 250.0])
    colors[:, :3] = (mesh.colors[:, :3] * (1.0 - lying) + snow * lying + 0.5).astype(np.uint8)
    return Mesh(mesh.positions, mesh.normals, colors, mesh.glow, mesh.faces)


def tinted(mesh: Mesh, factor: Color) -> Mesh:
    """The mesh with its colours multiplied."""
    colors = mesh.colors.astype(np.float64)
    colors[:, :3] *= np.array(factor)
    return Mesh(mesh.positions, mesh.normals, np.clip(colors, 0, 255).astype(np.uint8), mesh.glow, mesh.faces)
