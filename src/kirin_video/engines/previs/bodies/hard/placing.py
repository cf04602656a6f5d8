"""Putting pieces where they belong: turned, moved, mirrored, and the right side out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.bodies.body import Vector
from kirin_video.engines.previs.bodies.hard.outlines import Floats
from kirin_video.engines.previs.mesh import Mesh


def facing_out(mesh: Mesh) -> Mesh:
    """The same mesh with every triangle wound the way its normals point."""
    a, b, c = (mesh.positions[mesh.faces[:, i]] for i in range(3))
    wrong = (np.cross(b - a, c - a) * mesh.normals[mesh.faces].sum(1)).sum(1) < 0.0
    faces = np.where(wrong[:, None], mesh.faces[:, ::-1], mesh.faces)
    return Mesh(mesh.positions, mesh.normals, mesh.colors, mesh.glow, faces.astype(np.uint32))


def outwards(mesh: Mesh) -> Mesh:
    """A closed mesh turned inside out where its volume is negative."""
    a, b, c = (mesh.positions[mesh.faces[:, i]].astype(float) for i in range(3))
    if float((np.cross(a, b) * c).sum()) >= 0.0:
        return mesh
    return Mesh(mesh.positions, -mesh.normals, mesh.colors, mesh.glow, mesh.faces[:, ::-1].copy())


def put(
    mesh: Mesh,
    at: Vector = (0.0, 0.0, 0.0),
    *,
    turn: Sequence[tuple[str, float]] = (),
    size: Vector | float = 1.0,
) -> Mesh:
    """A mesh scaled, then turned about axes by degrees in order, then moved."""
    scale = np.array(size, float) * np.ones(3)
    spin = np.eye(3)
    for axis, degrees in turn:
        spin = _turned(axis, math.radians(degrees)) @ spin
    normals = (mesh.normals / scale) @ spin.T
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    points = (mesh.positions * scale) @ spin.T + np.array(at, float)
    return Mesh(points.astype(np.float32), normals.astype(np.float32), mesh.colors, mesh.glow, mesh.faces)


def _turned(axis: str, angle: float) -> Floats:
    cos, sin = math.cos(angle), math.sin(angle)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    turn = np.eye(3)
    turn[first, first] = turn[second, second] = cos
    turn[first, second], turn[second, first] = -sin, sin
    return turn


def mirrored(mesh: Mesh) -> Mesh:
    """The same on the other side: z becomes -z."""
    flip = np.array([1.0, 1.0, -1.0], np.float32)
    return Mesh(
        mesh.positions * flip, mesh.normals * flip, mesh.colors, mesh.glow, mesh.faces[:, ::-1].copy()
    )
