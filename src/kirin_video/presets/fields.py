"""Shapes as signed distance fields: how far each point is from a surface, negative inside.

Points are (n, 3) float32 arrays: x to the right, y up, z towards the front; the ground is y = 0 and a unit is
about a hand. The formulas for boxes, cylinders and cones follow from projecting a point on the shape's
meridian; the smooth union is the quadratic blend of two distances within ``k`` of each other.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
Distances = NDArray[np.float32]
Vector = tuple[float, float, float]


def length(v: NDArray[np.float32]) -> Distances:
    """Euclidean length of each row."""
    return np.sqrt(np.einsum("ij,ij->i", v, v))


def moved(p: Points, by: Vector) -> Points:
    """The points as seen by a shape that stands at ``by``."""
    return p - np.asarray(by, np.float32)


def turned(p: Points, degrees: float, axis: str) -> Points:
    """The points as seen by a shape that is turned about an axis, counter-clockwise looking against it."""
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    x, y, z = p[:, 0], p[:, 1], p[:, 2]
    if axis == "x":
        columns = (x, c * y + s * z, c * z - s * y)
    elif axis == "y":
        columns = (c * x - s * z, y, c * z + s * x)
    else:
        columns = (c * x + s * y, c * y - s * x, z)
    return np.stack(columns, axis=1).astype(np.float32, copy=False)


def mirrored(p: Points) -> Points:
    """The points folded to the right side, so that one shape there stands on both sides."""
    return np.stack((np.abs(p[:, 0]), p[:, 1], p[:, 2]), axis=1)


def ball(p: Points, radius: float) -> Distances:
    """A sphere about the origin."""
    return length(p) - np.float32(radius)


def egg(p: Points, radii: Vector) -> Distances:
    """An ellipsoid; the distance is a bound that is exact at the surface to first order."""
    r = np.asarray(radii, np.float32)
    k0, k1 = length(p / r), length(p / (r * r))
    return k0 * (k0 - 1.0) / np.maximum(k1, 1e-6)


def box(p: Points, half: Vector, rounding: float = 0.0) -> Distances:
    """A box about the origin with rounded edges; ``half`` are its half sides, roundings included."""
    q = np.abs(p) - (np.asarray(half, np.float32) - np.float32(rounding))
    outside = length(np.maximum(q, 0.0))
    return outside + np.minimum(q.max(axis=1), 0.0) - np.float32(rounding)


def cone(p: Points, half_height: float, bottom: float, top: float, rounding: float = 0.0) -> Distances:
    """A cone cut off level, or a cylinder, about the y axis; its two radii are ``bottom`` and ``top``."""
    h, r1, r2 = half_height - rounding, bottom - rounding, max(top - rounding, 0.0)
    q = np.stack((np.hypot(p[:, 0], p[:, 2]), p[:, 1]), axis=1)
    lid = np.where(q[:, 1] < 0.0, np.float32(r1), np.float32(r2))
    to_lid = np.stack((q[:, 0] - np.minimum(q[:, 0], lid), np.abs(q[:, 1]) - h), axis=1)
    slope = np.asarray((r2 - r1, 2.0 * h), np.float32)
    along = np.clip(((np.asarray((r2, h), np.float32) - q) @ slope) / (slope @ slope), 0.0, 1.0)
    to_side = q - np.asarray((r2, h), np.float32) + slope * along[:, None]
    inside = (to_side[:, 0] < 0.0) & (to_lid[:, 1] < 0.0)
    nearest = np.minimum(length(to_lid), length(to_side))
    return np.where(inside, -nearest, nearest) - np.float32(rounding)


def rod(p: Points, a: Vector, b: Vector, radius_a: float, radius_b: float | None = None) -> Distances:
    """A rod with round ends from ``a`` to ``b``, whose radius may change on the way."""
    start, way = np.asarray(a, np.float32), np.asarray(b, np.float32) - np.asarray(a, np.float32)
    from_start = p - start
    along = np.clip(from_start @ way / (way @ way), 0.0, 1.0)
    end = radius_a if radius_b is None else radius_b
    return length(from_start - along[:, None] * way) - (radius_a + along * np.float32(end - radius_a))


def ring(p: Points, radius: float, thickness: float) -> Distances:
    """A torus about the z axis."""
    around = np.hypot(p[:, 0], p[:, 1]) - np.float32(radius)
    return np.hypot(around, p[:, 2]) - np.float32(thickness)


def plate(p: Points, corners: tuple[Vector, Vector, Vector], thickness: float) -> Distances:
    """A triangle of some thickness."""
    a, b, c = (np.asarray(corner, np.float32) for corner in corners)
    normal = np.cross(b - a, c - a)
    edges = ((a, b - a), (b, c - b), (c, a - c))
    inside = np.ones(len(p), bool)
    nearest = np.full(len(p), np.inf, np.float32)
    for corner, edge in edges:
        from_corner = p - corner
        inside &= from_corner @ np.cross(edge, normal) <= 0.0
        along = np.clip(from_corner @ edge / (edge @ edge), 0.0, 1.0)
        nearest = np.minimum(nearest, length(from_corner - along[:, None] * edge))
    above = np.abs((p - a) @ normal) / np.float32(np.sqrt(normal @ normal))
    return np.where(inside, above, nearest).astype(np.float32) - np.float32(thickness)


def joined(*parts: Distances) -> Distances:
    """All parts at once."""
    return np.minimum.reduce(parts)


def melted(a: Distances, b: Distances, k: float) -> Distances:
    """Two parts that run into each other where they are within ``k``."""
    h = np.maximum(np.float32(k) - np.abs(a - b), 0.0) / np.float32(k)
    return np.minimum(a, b) - h * h * np.float32(k / 4)


def without(a: Distances, b: Distances, k: float = 0.0) -> Distances:
    """The first part with the second taken away, the edge rounded by ``k``."""
    return -melted(-a, b, k) if k else np.maximum(a, -b)


def shell(d: Distances, thickness: float) -> Distances:
    """Only the skin of a part."""
    return np.abs(d) - np.float32(thickness)
