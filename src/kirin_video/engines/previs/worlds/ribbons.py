"""Ribbons: what runs along a way for as long as it goes, and what stands beside it at even distances."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh
from kirin_video.engines.previs.ways import Floats, Way

Rib = tuple[float, float, Color]
"""A corner of a cross-section: metres beside the middle, metres above the surface, and its colour."""


def stations(near_m: float, far_m: float, step_m: float = 3.0, *, behind_m: float = 120.0) -> Floats:
    """Places along a way, falling z: close together near the viewer, far apart further on."""
    ahead = [-behind_m]
    while ahead[-1] < far_m:
        ahead.append(ahead[-1] + step_m * max(1.0, abs(ahead[-1]) / near_m))
    return -np.array(ahead)


def ribbon(way: Way, ribs: Sequence[Rib], z: Floats, *, glow: float = 0.0) -> Mesh:
    """A cross-section drawn along a way; it is seen from the side that lies left of its corners' order.

    Args:
        way: along which.
        ribs: the corners of the cross-section; two of one place make a crease.
        z: (k,), where to set a rib, falling.
        glow: how much it shines at night.
    """
    aside, above = np.array([r[0] for r in ribs]), np.array([r[1] for r in ribs])
    points = way.placed(z[:, None], aside[None, :], above[None, :])
    normals = np.cross(_across(points), np.gradient(points, axis=0))
    faces = _woven(len(z), [j for j in range(len(ribs) - 1) if ribs[j][:2] != ribs[j + 1][:2]], len(ribs))
    rows = len(z)
    colors = np.tile(np.array([r[2] for r in ribs]), (rows, 1))
    return as_mesh(points.reshape(-1, 3), normals.reshape(-1, 3), colors, faces, 0.0, glow)


def _woven(rows: int, wide: list[int], columns: int) -> NDArray[np.int64]:
    """Two triangles for every step along a ribbon and every corner that the next one lies apart from."""
    first = (np.arange(rows - 1)[:, None] * columns + np.array(wide)[None, :]).reshape(-1, 1)
    corners = np.array([[0, 1, columns], [1, columns + 1, columns]])
    return (first[:, :, None] + corners[None]).reshape(-1, 3).astype(np.int64)


def _across(points: Floats) -> Floats:
    """The way across at every corner: of the face beside it where two corners make a crease."""
    steps = np.diff(points, axis=1)
    steps = steps / np.maximum(np.linalg.norm(steps, axis=2, keepdims=True), 1e-9)
    none = np.zeros_like(steps[:, :1])
    return np.concatenate([none, steps], 1) + np.concatenate([steps, none], 1)


def dashes(  # noqa: PLR0913, PLR0917 -- where it is, how it looks
    way: Way, aside: float, wide: float, above: float, color: Color, spans: Sequence[tuple[float, float]]
) -> Mesh:
    """Short pieces of a painted line, each from one z to another."""
    ends = np.array(spans)
    half = 0.5 * wide
    sides = ((0, -half), (0, half), (1, half), (1, -half))
    corners = [way.placed(ends[:, end], aside + off, above) for end, off in sides]
    points = np.stack(corners, 1).reshape(-1, 3)
    up = np.tile(np.array([0.0, 1.0, 0.0]), (len(points), 1))
    first = 4 * np.arange(len(ends))[:, None, None]
    faces = (first + np.array([[0, 1, 2], [0, 2, 3]])[None]).reshape(-1, 3)
    return as_mesh(points, up, color, faces)


def beside(way: Way, mesh: Mesh, aside: float, z: Floats, *, foot: Floats | None = None) -> Mesh:
    """Copies of a mesh along a way, each turned as the way goes.

    Args:
        way: along which.
        mesh: built for one who looks along -z: its right is +x.
        aside: metres from the middle, positive towards +x.
        z: (k,), where.
        foot: (k,), heights to stand at; None stands level with the way's surface.
    """
    places = way.placed(z, aside)
    if foot is not None:
        places[:, 1] = foot
    turns = np.arctan(way.slant(z))
    return merge(
        [
            mesh.moved((float(x), float(y), float(zz)), float(t))
            for (x, y, zz), t in zip(places, turns, strict=True)
        ]
    )
