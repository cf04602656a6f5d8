"""Shapes as signed distance fields: how far each point is from a surface, negative inside.

Points are (3, n) float32 arrays: x to the right, y up, z towards the front; the ground is y = 0 and a unit is
about a hand. The formulas for boxes, cylinders and cones follow from projecting a point on the shape's
meridian; the smooth union is the quadratic blend of two distances within ``k`` of each other.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.floating[Any]]
Distances = NDArray[np.floating[Any]]
Vector = tuple[float, float, float]


def length(v: Points) -> Distances:
    """Euclidean length of each column."""
    squares: Distances = np.einsum("ij,ij->j", v, v)
    return np.sqrt(squares)


def moved(p: Points, by: Vector) -> Points:
    """The points as seen by a shape that stands at ``by``."""
    return p - _column(by)


def turned(p: Points, degrees: float, axis: str) -> Points:
    """The points as seen by a shape that is turned about an axis, counter-clockwise looking against it."""
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    x, y, z = p
    if axis == "x":
        return np.stack((x, c * y + s * z, c * z - s * y))
    if axis == "y":
        return np.stack((c * x - s * z, y, c * z + s * x))
    return np.stack((c * x + s * y, c * y - s * x, z))


def mirrored(p: Points) -> Points:
    """The points folded to the right side, so that one shape there stands on both sides."""
    return np.stack((np.abs(p[0]), p[1], p[2]))


def ball(p: Points, radius: float) -> Distances:
    """A sphere about the origin."""
    return length(p) - np.float32(radius)


def egg(p: Points, radii: Vector) -> Distances:
    """An ellipsoid; the distance is a bound that is exact at the surface to first order."""
    r = _column(radii)
    k0, k1 = length(p / r), length(p / (r * r))
    return k0 * (k0 - 1.0) / np.maximum(k1, 1e-6)


def box(p: Points, half: Vector, rounding: float = 0.0) -> Distances:
    """A box about the origin with rounded edges; ``half`` are its half sides, roundings included."""
    q = np.abs(p) - (_column(half) - np.float32(rounding))
    outside = length(np.maximum(q, 0.0))
    return outside + np.minimum(np.maximum(np.maximum(q[0], q[1]), q[2]), 0.0) - np.float32(rounding)


def cone(p: Points, half_height: float, bottom: float, top: float, rounding: float = 0.0) -> Distances:
    """A cone cut off level, or a cylinder, about the y axis; its two radii are ``bottom`` and ``top``."""
    h, r1, r2 = half_height - rounding, bottom - rounding, max(top - rounding, 0.0)
    out, y = np.hypot(p[0], p[2]), p[1]
    lid = np.where(y < 0.0, np.float32(r1), np.float32(r2))
    lid_out, lid_up = out - np.minimum(out, lid), np.abs(y) - np.float32(h)
    slope_out, slope_up = r2 - r1, 2.0 * h
    along = (r2 - out) * slope_out + (h - y) * slope_up
    along = np.clip(along / (slope_out**2 + slope_up**2), 0.0, 1.0)
    side_out, side_up = out - r2 + slope_out * along, y - h + slope_up * along
    inside = (side_out < 0.0) & (lid_up < 0.0)
    nearest: Distances = np.sqrt(np.minimum(lid_out**2 + lid_up**2, side_out**2 + side_up**2))
    return np.where(inside, -nearest, nearest) - np.float32(rounding)


def rod(p: Points, a: Vector, b: Vector, radius_a: float, radius_b: float | None = None) -> Distances:
    """A rod with round ends from ``a`` to ``b``, whose radius may change on the way."""
    start, way = _column(a), _column(b) - _column(a)
    from_start = p - start
    along = np.clip(way[:, 0] @ from_start / (way * way).sum(), 0.0, 1.0)
    taper = 0.0 if radius_b is None else radius_b - radius_a
    # Where the radius changes, the plain difference grows faster than the distance; this keeps it a bound.
    bound = math.cos(math.atan2(taper, math.dist(a, b)))
    return (length(from_start - along * way) - (radius_a + along * np.float32(taper))) * np.float32(bound)


def ring(p: Points, radius: float, thickness: float) -> Distances:
    """A torus about the z axis."""
    around = np.hypot(p[0], p[1]) - np.float32(radius)
    return np.hypot(around, p[2]) - np.float32(thickness)


def plate(p: Points, corners: tuple[Vector, Vector, Vector], thickness: float) -> Distances:
    """A triangle of some thickness."""
    a, b, c = (np.asarray(corner, np.float32) for corner in corners)
    normal = np.cross(b - a, c - a)
    inside = np.ones(p.shape[1], bool)
    nearest = np.full(p.shape[1], np.inf, np.float32)
    for corner, edge in ((a, b - a), (b, c - b), (c, a - c)):
        from_corner = p - corner[:, None]
        inside &= np.cross(edge, normal) @ from_corner <= 0.0
        along = np.clip(edge @ from_corner / (edge @ edge), 0.0, 1.0)
        nearest = np.minimum(nearest, length(from_corner - along * edge[:, None]))
    above = np.abs(normal @ (p - a[:, None])) / np.float32(np.sqrt(normal @ normal))
    return np.where(inside, above, nearest) - np.float32(thickness)


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


def _column(v: Vector) -> Points:
    return np.asarray(v, np.float32)[:, None]
