"""Solid shapes as meshes: soft boxes, turned shapes, rods, balls, lofts; and how their colours are mixed.

Colours are sRGB albedos in 0..1 here and bytes in the mesh. Metres, y up.
"""

# ruff: noqa: PLR2004, PLR0913 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh

Rgb = tuple[float, float, float]
Point = tuple[float, float, float]
Floats = NDArray[np.float32]

_Number = TypeVar("_Number", bound=np.generic)


def shaded(color: Rgb, factor: float) -> Rgb:
    """A colour made lighter or darker."""
    return color[0] * factor, color[1] * factor, color[2] * factor


def blended(a: Rgb, b: Rgb, share: float) -> Rgb:
    """A colour between two: ``a`` at 0, ``b`` at 1."""
    return tuple(p + (q - p) * share for p, q in zip(a, b, strict=True))  # pyright: ignore[reportReturnType]


def solid(
    positions: Floats, normals: Floats, faces: NDArray[np.uint32], color: Rgb, glow: float = 0.0
) -> Mesh:
    """A mesh of one colour that does not sway.

    Args:
        positions: float32, (n, 3).
        normals: float32, (n, 3), unit length.
        faces: uint32, (m, 3).
        color: sRGB in 0..1.
        glow: 0..1.
    """
    colors = np.zeros((len(positions), 4), np.uint8)
    colors[:, :3] = as_bytes(np.array(color, np.float32))
    glows = np.full(len(positions), int(as_bytes(np.float32(glow))), np.uint8)
    return Mesh(
        positions.astype(np.float32), normals.astype(np.float32), colors, glows, faces.astype(np.uint32)
    )


def as_bytes(values: Floats | np.float32) -> NDArray[np.uint8]:
    """0..1 to 0..255, clipped and rounded."""
    return np.asarray(np.clip(values, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)


def smooth_normals(positions: Floats, faces: NDArray[np.uint32]) -> Floats:
    """Vertex normals: the area-weighted mean of the faces around each vertex."""
    a, b, c = (positions[faces[:, i]] for i in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(positions)
    for i in range(3):
        np.add.at(normals, faces[:, i], across)
    return (normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12)).astype(np.float32)


def soft_box(
    low: Point,
    high: Point,
    color: Rgb,
    *,
    bevel: float = 0.05,
    glow: float = 0.0,
    bend: Callable[[Floats], Floats] | None = None,
) -> Mesh:
    """A box of 24 vertices and 44 triangles, shaded across its bevelled edges as if they were round."""
    centre = (np.array(low, np.float32) + np.array(high, np.float32)) / 2.0
    half = (np.array(high, np.float32) - np.array(low, np.float32)) / 2.0
    inner = half - min(bevel, float(half.min()) * 0.95)
    signs = np.array([[(i >> k & 1) * 2 - 1 for k in range(3)] for i in range(8)], np.float32)
    positions = np.repeat(signs[:, None, :] * inner, 3, axis=1)
    normals = np.zeros((8, 3, 3), np.float32)
    for axis in range(3):
        positions[:, axis, axis] = signs[:, axis] * half[axis]
        normals[:, axis, axis] = signs[:, axis]
    positions = (positions.reshape(-1, 3) + centre).astype(np.float32)
    faces = _soft_faces()
    flat = normals.reshape(-1, 3)
    if bend is not None:
        positions = bend(positions)
        flat = _leaning(flat, positions, faces)
    return solid(positions, flat, faces, color, glow)


@lru_cache(maxsize=1)
def _soft_faces() -> NDArray[np.uint32]:
    """The triangles of a soft box: vertex ``3 * corner + axis``, corner bits are the signs of x, y, z.

    All boxes share them, so they cannot be written to.
    """
    quads: list[list[int]] = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for side in (0, 1):
            ring = [(side << axis) | (a << u) | (b << v) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
            quads.append([3 * corner + axis for corner in (ring if side else ring[::-1])])
        for a in (0, 1):
            for b in (0, 1):
                one, two = (a << u) | (b << v), (1 << axis) | (a << u) | (b << v)
                edge = [3 * one + u, 3 * one + v, 3 * two + v, 3 * two + u]
                quads.append(edge if a == b else edge[::-1])
    triangles = [t for q in quads for t in ((q[0], q[1], q[2]), (q[0], q[2], q[3]))]
    for corner in range(8):
        odd = (corner.bit_count() % 2) == 1
        x, y, z = 3 * corner, 3 * corner + 1, 3 * corner + 2
        triangles.append((x, y, z) if odd else (x, z, y))
    return _shared(np.array(triangles, np.uint32))


def _leaning(flat: Floats, positions: Floats, faces: NDArray[np.uint32]) -> Floats:
    """Normals of a bent box: those of its six large faces only, so that they stay flat."""
    normals = flat.copy()
    for start in range(0, 36, 12):
        for face in (start, start + 2):
            a, b, c = (positions[i] for i in faces[face])
            across = np.cross(b - a, c - a)
            normals[np.unique(faces[face : face + 2])] = across / (np.linalg.norm(across) + 1e-12)
    return normals.astype(np.float32)


def turned(profile: Sequence[tuple[float, float]], color: Rgb, *, sides: int = 10, glow: float = 0.0) -> Mesh:
    """A shape on a potter's wheel: (radius, y) pairs from the bottom up, creased between pairs."""
    around = np.linspace(0.0, 2.0 * np.pi, sides + 1, dtype=np.float32)[:-1]
    cos, sin = np.cos(around), np.sin(around)
    rings: list[Floats] = []
    normals: list[Floats] = []
    for (r0, y0), (r1, y1) in pairwise(profile):
        length = max(float(np.hypot(r1 - r0, y1 - y0)), 1e-9)
        out, up = (y1 - y0) / length, (r0 - r1) / length
        for r, y in ((r0, y0), (r1, y1)):
            rings.append(np.stack([cos * r, np.full_like(cos, y), sin * r], axis=1).astype(np.float32))
            normals.append(np.stack([cos * out, np.full_like(cos, up), sin * out], axis=1).astype(np.float32))
    here = np.arange(sides, dtype=np.uint32)
    after = (here + 1) % sides
    faces: list[NDArray[np.uint32]] = []
    for i, ((r0, _), (r1, _)) in enumerate(pairwise(profile)):
        a, b = 2 * i * sides + here, 2 * i * sides + after
        if r0 > 0.0:
            faces.append(np.stack([a, b + sides, b], axis=1))
        if r1 > 0.0:
            faces.append(np.stack([a, a + sides, b + sides], axis=1))
    return solid(np.concatenate(rings), np.concatenate(normals), np.concatenate(faces), color, glow)


def rod(start: Point, end: Point, radius: float, color: Rgb, *, sides: int = 6, glow: float = 0.0) -> Mesh:
    """A round bar between two points, without ends."""
    a, b = np.array(start, np.float32), np.array(end, np.float32)
    length = float(np.linalg.norm(b - a))
    bar = turned([(radius, 0.0), (radius, length)], color, sides=sides, glow=glow)
    along = (b - a) / max(length, 1e-9)
    helper = np.array([0.0, 0.0, 1.0] if abs(along[2]) < 0.9 else [1.0, 0.0, 0.0], np.float32)
    side = np.cross(along, helper)
    side /= np.linalg.norm(side)
    basis = np.stack([side, along, np.cross(side, along)]).astype(np.float32)
    return Mesh(
        (bar.positions @ basis + a).astype(np.float32),
        (bar.normals @ basis).astype(np.float32),
        bar.colors,
        bar.glow,
        bar.faces,
    )


def ball(centre: Point, radii: Point, color: Rgb, *, detail: int = 1, glow: float = 0.0) -> Mesh:
    """An ellipsoid from an icosphere: 20 triangles at detail 0, 80 at 1, 320 at 2."""
    points, faces = icosphere(detail)
    size = np.array(radii, np.float32)
    normals = points / size
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    positions = points * size + np.array(centre, np.float32)
    return solid(positions.astype(np.float32), normals.astype(np.float32), faces, color, glow)


@lru_cache(maxsize=4)
def icosphere(detail: int) -> tuple[Floats, NDArray[np.uint32]]:
    """The unit icosphere: points (n, 3) and faces (m, 3), neither to be written to."""
    g = (1.0 + 5.0**0.5) / 2.0
    points = np.array(
        [
            (-1, g, 0), (1, g, 0), (-1, -g, 0), (1, -g, 0), (0, -1, g), (0, 1, g),
            (0, -1, -g), (0, 1, -g), (g, 0, -1), (g, 0, 1), (-g, 0, -1), (-g, 0, 1),
        ],
        np.float32,
    )  # fmt: skip
    faces = np.array(
        [
            (0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2),
            (10, 7, 6), (7, 1, 8), (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5),
            (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1),
        ],
        np.uint32,
    )  # fmt: skip
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    for _ in range(detail):
        edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
        unique, where = np.unique(edges, axis=0, return_inverse=True)
        middles = points[unique].mean(axis=1)
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
        ab, bc, ca = (where.reshape(-1) + len(points)).reshape(3, -1)
        a, b, c = faces.T
        faces = np.concatenate(
            [np.stack(t, 1) for t in ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))]
        )
        points = np.concatenate([points, middles])
    return _shared(points.astype(np.float32)), _shared(faces.astype(np.uint32))


def _shared(array: NDArray[_Number]) -> NDArray[_Number]:
    """The array, which nobody can write to any more."""
    array.setflags(write=False)
    return array


def loft(sections: Floats, color: Rgb) -> Mesh:
    """A smooth skin over closed rings, with both ends closed.

    Args:
        sections: float32, (k, m, 3): k rings of m points, counter-clockwise seen from the last ring's side.
        color: sRGB in 0..1.
    """
    rings, around = sections.shape[:2]
    index = np.arange(rings * around, dtype=np.uint32).reshape(rings, around)
    ahead = np.roll(index, -1, axis=1)
    a, b, c, d = (part.ravel() for part in (index[:-1], ahead[:-1], ahead[1:], index[1:]))
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    caps = [(index[0, 0], index[0, i + 1], index[0, i]) for i in range(1, around - 1)]
    caps += [(index[-1, 0], index[-1, i], index[-1, i + 1]) for i in range(1, around - 1)]
    faces = np.concatenate([faces, np.array(caps, np.uint32)]).astype(np.uint32)
    positions = sections.reshape(-1, 3).astype(np.float32)
    return solid(positions, smooth_normals(positions, faces), faces, color)
