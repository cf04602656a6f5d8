"""Inner loops of sculpting, compiled: distances to lumps, polygons of their union, weights and openness.

A lump is a row of 30 numbers, laid out by `sculpt.Lump.row`. All arithmetic is in a fixed order, so the same
lumps give the same body everywhere.
"""

# ruff: noqa: PLR0913, PLR0917, PLR2004, C901, PLR0912, PLR0915 -- kernels: flat loops over numbered columns
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

_Function = TypeVar("_Function", bound=Callable[..., Any])
Grid = NDArray[np.float32]
Rows = NDArray[np.float64]

FAR = 9.0
"""The distance, metres, of everything that no lump reaches."""


def _compiled(function: _Function, *, inline: bool = False) -> _Function:
    """Compile with numba, free of the interpreter's lock; numba has no types of its own."""
    compiler = cast("Callable[..., Any]", numba.njit)  # pyright: ignore[reportUnknownMemberType]
    how = {"inline": "always"} if inline else {"cache": True}
    return cast("_Function", compiler(nogil=True, boundscheck=False, error_model="numpy", **how)(function))


@_compiled
def lump_distance(lump: Rows, x: float, y: float, z: float) -> float:
    """Signed distance, metres, from a point to one lump; a lower bound for ellipsoids and flattened cones."""
    px, py, pz = x - lump[2], y - lump[3], z - lump[4]
    if lump[0] == 0.0:
        bx, by, bz = lump[5] - lump[2], lump[6] - lump[3], lump[7] - lump[4]
        flat = lump[23]
        if flat != 1.0:
            # Space stretched along the flat axis, where the cone is round.
            wx, wy, wz = lump[24], lump[25], lump[26]
            more = 1.0 / flat - 1.0
            s = (px * wx + py * wy + pz * wz) * more
            px, py, pz = px + wx * s, py + wy * s, pz + wz * s
            s = (bx * wx + by * wy + bz * wz) * more
            bx, by, bz = bx + wx * s, by + wy * s, bz + wz * s
        t = (px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz + 1e-12)
        t = min(max(t, 0.0), 1.0)
        px, py, pz = px - t * bx, py - t * by, pz - t * bz
        d = np.sqrt(px * px + py * py + pz * pz) - (lump[8] + (lump[9] - lump[8]) * t)
        return d * min(flat, 1.0)
    qx = lump[13] * px + lump[14] * py + lump[15] * pz
    qy = lump[16] * px + lump[17] * py + lump[18] * pz
    qz = lump[19] * px + lump[20] * py + lump[21] * pz
    ux, uy, uz = qx / lump[10], qy / lump[11], qz / lump[12]
    vx, vy, vz = ux / lump[10], uy / lump[11], uz / lump[12]
    near = np.sqrt(ux * ux + uy * uy + uz * uz)
    slope = np.sqrt(vx * vx + vy * vy + vz * vz)
    if slope < 1e-9:
        return -min(lump[10], lump[11], lump[12])
    return near * (near - 1.0) / slope


@_compiled
def joined(before: float, d: float, lump: Rows) -> float:
    """The field with one more lump: a smooth union, or a smooth cut (quadratic, after Inigo Quilez)."""
    k = lump[22]
    if lump[1] == 0.0:
        h = max(k - abs(before - d), 0.0) / k
        return min(before, d) - h * h * k * 0.25
    h = max(k - abs(before + d), 0.0) / k
    return max(before, -d) + h * h * k * 0.25


@_compiled
def field_at(lumps: Rows, boxes: Rows, x: float, y: float, z: float) -> float:
    """The field of all lumps at a point."""
    total = FAR
    for i in range(len(lumps)):
        box = boxes[i]
        if x < box[0] or y < box[1] or z < box[2] or x > box[3] or y > box[4] or z > box[5]:
            continue
        total = joined(total, lump_distance(lumps[i], x, y, z), lumps[i])
    return total


@_compiled
def outermost(lumps: Rows, boxes: Rows, start: Rows, way: Rows, steps: Rows) -> float:
    """How far from its start a ray leaves all lumps; 0 where it meets none.

    Args:
        lumps: rows.
        boxes: (n, 6), round each.
        start: (3,).
        way: (3,), unit length.
        steps: places along the ray, falling to its start, evenly.
    """
    before = FAR
    for k in range(len(steps)):
        far = steps[k]
        d = field_at(lumps, boxes, start[0] + way[0] * far, start[1] + way[1] * far, start[2] + way[2] * far)
        if d < 0.0:
            share = d / (d - before) if k else 0.0
            return far + share * (steps[0] - steps[1])
        before = d
    return 0.0


@_compiled
def fill_field(lumps: Rows, boxes: Rows, low: Rows, cell: float, out: Grid) -> None:
    """The field on a grid whose first point is ``low``; each lump only within its own box."""
    nx, ny, nz = out.shape
    out[:] = FAR
    for i in range(len(lumps)):
        lump, box = lumps[i], boxes[i]
        i0, i1 = max(int(np.ceil((box[0] - low[0]) / cell)), 0), min(int((box[3] - low[0]) / cell) + 1, nx)
        j0, j1 = max(int(np.ceil((box[1] - low[1]) / cell)), 0), min(int((box[4] - low[1]) / cell) + 1, ny)
        k0, k1 = max(int(np.ceil((box[2] - low[2]) / cell)), 0), min(int((box[5] - low[2]) / cell) + 1, nz)
        for a in range(i0, i1):
            for b in range(j0, j1):
                for c in range(k0, k1):
                    d = lump_distance(lump, low[0] + a * cell, low[1] + b * cell, low[2] + c * cell)
                    out[a, b, c] = joined(out[a, b, c], d, lump)


@_compiled
def surface_nets(field: Grid, low: Rows, cell: float) -> tuple[Rows, NDArray[np.uint32]]:
    """The zero surface of a field as quads cut in two: one vertex for each cell that it crosses.

    After Sarah Gibson, "Constrained Elastic Surface Nets" (1998), without the relaxation.

    Returns:
        Points (n, 3) in metres, and faces (m, 3), counter-clockwise seen from outside.
    """
    nx, ny, nz = field.shape
    at = np.full((nx, ny, nz), -1, np.int32)
    count = 0
    for a in range(nx - 1):
        for b in range(ny - 1):
            for c in range(nz - 1):
                inside = 0
                for corner in range(8):
                    if field[a + (corner & 1), b + (corner >> 1 & 1), c + (corner >> 2)] < 0.0:
                        inside += 1
                if 0 < inside < 8:
                    at[a, b, c] = count
                    count += 1
    points = np.empty((count, 3))
    quads = 0
    for a in range(nx - 1):
        for b in range(ny - 1):
            for c in range(nz - 1):
                if at[a, b, c] < 0:
                    continue
                sx, sy, sz, crossings = 0.0, 0.0, 0.0, 0
                for axis in range(3):
                    for u in range(2):
                        for v in range(2):
                            if axis == 0:
                                ox, oy, oz = 0, u, v
                            elif axis == 1:
                                ox, oy, oz = u, 0, v
                            else:
                                ox, oy, oz = u, v, 0
                            f0 = field[a + ox, b + oy, c + oz]
                            f1 = field[a + ox + (axis == 0), b + oy + (axis == 1), c + oz + (axis == 2)]
                            if (f0 < 0.0) != (f1 < 0.0):
                                t = f0 / (f0 - f1)
                                sx += ox + (t if axis == 0 else 0.0)
                                sy += oy + (t if axis == 1 else 0.0)
                                sz += oz + (t if axis == 2 else 0.0)
                                crossings += 1
                p = points[at[a, b, c]]
                p[0] = low[0] + (a + sx / crossings) * cell
                p[1] = low[1] + (b + sy / crossings) * cell
                p[2] = low[2] + (c + sz / crossings) * cell
                here = field[a, b, c] < 0.0
                quads += (here != (field[a + 1, b, c] < 0.0)) + (here != (field[a, b + 1, c] < 0.0))
                quads += here != (field[a, b, c + 1] < 0.0)
    faces = np.empty((2 * quads, 3), np.uint32)
    n = 0
    for a in range(1, nx - 1):
        for b in range(1, ny - 1):
            for c in range(1, nz - 1):
                here = field[a, b, c] < 0.0
                for axis in range(3):
                    there = field[a + (axis == 0), b + (axis == 1), c + (axis == 2)] < 0.0
                    if here == there:
                        continue
                    if axis == 0:
                        w, x, y, z = at[a, b, c], at[a, b - 1, c], at[a, b - 1, c - 1], at[a, b, c - 1]
                    elif axis == 1:
                        w, x, y, z = at[a, b, c], at[a, b, c - 1], at[a - 1, b, c - 1], at[a - 1, b, c]
                    else:
                        w, x, y, z = at[a, b, c], at[a - 1, b, c], at[a - 1, b - 1, c], at[a, b - 1, c]
                    if there:
                        x, z = z, x
                    # The shorter diagonal makes the better triangles.
                    e = points[w] - points[y]
                    g = points[x] - points[z]
                    if e[0] * e[0] + e[1] * e[1] + e[2] * e[2] <= g[0] * g[0] + g[1] * g[1] + g[2] * g[2]:
                        faces[n, 0], faces[n, 1], faces[n, 2] = w, x, y
                        faces[n + 1, 0], faces[n + 1, 1], faces[n + 1, 2] = w, y, z
                    else:
                        faces[n, 0], faces[n, 1], faces[n, 2] = w, x, z
                        faces[n + 1, 0], faces[n + 1, 1], faces[n + 1, 2] = x, y, z
                    n += 2
    return points, faces[:n]


@_compiled
def settle(lumps: Rows, boxes: Rows, points: Rows, normals: Rows, step: float, most: float) -> None:
    """Move points onto the surface along the gradient, ``most`` metres at a time, and take their normals."""
    for i in range(len(points)):
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        nx, ny, nz = 0.0, 1.0, 0.0
        for _ in range(3):
            gx = field_at(lumps, boxes, x + step, y, z) - field_at(lumps, boxes, x - step, y, z)
            gy = field_at(lumps, boxes, x, y + step, z) - field_at(lumps, boxes, x, y - step, z)
            gz = field_at(lumps, boxes, x, y, z + step) - field_at(lumps, boxes, x, y, z - step)
            length = max(np.sqrt(gx * gx + gy * gy + gz * gz), 1e-9)
            nx, ny, nz = gx / length, gy / length, gz / length
            # The field may be steeper or flatter than a true distance.
            d = field_at(lumps, boxes, x, y, z) / max(length / (2.0 * step), 0.2)
            if abs(d) < 1e-4 * most:
                break
            d = min(max(d, -most), most)
            x, y, z = x - nx * d, y - ny * d, z - nz * d
        points[i, 0], points[i, 1], points[i, 2] = x, y, z
        normals[i, 0], normals[i, 1], normals[i, 2] = nx, ny, nz


@_compiled
def share_out(
    lumps: Rows, owners: NDArray[np.int64], looks: Rows, points: Rows, soft: float, weights: Rows, look: Rows
) -> None:
    """What each point takes from the lumps near it.

    Args:
        lumps: (l, 30).
        owners: (l,), each lump's bone.
        looks: (l, 8): colour, coat, gloss, fur, and how far along the flow its two ends are; NaN where the
            lump follows its neighbours.
        points: (n, 3), on the surface.
        soft: how gradually bones take over from each other, as a share of a lump's blend.
        weights: (n, bones), filled.
        look: (n, 7), filled: colour, coat, gloss, fur, along.
    """
    count = len(lumps)
    distance = np.empty(count)
    for i in range(len(points)):
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        least = FAR
        for j in range(count):
            distance[j] = lump_distance(lumps[j], x, y, z)
            if lumps[j, 1] == 0.0:
                least = min(least, distance[j])
        total, all_bones, flowing = 0.0, 0.0, 0.0
        for j in range(count):
            if lumps[j, 1] != 0.0:
                continue
            more = (distance[j] - least) / lumps[j, 22]
            if more < 6.0 * soft:
                w = np.exp(-more / soft)
                weights[i, owners[j]] += w
                all_bones += w
            if more < 2.4:
                w = np.exp(-more / 0.16)
                total += w
                for c in range(6):
                    look[i, c] += w * looks[j, c]
                ax, ay, az = lumps[j, 2], lumps[j, 3], lumps[j, 4]
                bx, by, bz = lumps[j, 27] - ax, lumps[j, 28] - ay, lumps[j, 29] - az
                t = ((x - ax) * bx + (y - ay) * by + (z - az) * bz) / (bx * bx + by * by + bz * bz + 1e-12)
                if looks[j, 6] == looks[j, 6]:
                    flowing += w
                    look[i, 6] += w * (looks[j, 6] + (looks[j, 7] - looks[j, 6]) * t)
        for c in range(6):
            look[i, c] /= total
        look[i, 6] = look[i, 6] / flowing if flowing > 0.0 else 0.0
        for b in range(weights.shape[1]):
            weights[i, b] /= all_bones


@_compiled
def openness(lumps: Rows, boxes: Rows, points: Rows, normals: Rows, reach: float, out: Rows) -> None:
    """How much sky each point of the surface sees, 0 to 1: what stands in the way along its normal."""
    for i in range(len(points)):
        shut = 0.0
        weight = 0.55
        for k in range(1, 5):
            far = reach * (0.06, 0.18, 0.45, 1.0)[k - 1]
            d = field_at(
                lumps,
                boxes,
                points[i, 0] + normals[i, 0] * far,
                points[i, 1] + normals[i, 1] * far,
                points[i, 2] + normals[i, 2] * far,
            )
            shut += weight * min(max((far - d) / far, 0.0), 1.4)
            weight *= 0.72
        out[i] = min(max(1.0 - 0.75 * shut, 0.12), 1.0)
