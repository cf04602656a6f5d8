"""A roller coaster: two rails on a white trestle, a train on its way down."""

# ruff: noqa: PLR2004 - a fair is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import ball, rod
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.worlds.fair_stalls import BULBS, TONES


def _track(side: float) -> np.ndarray:
    """The line of the coaster, (n, 3): hills, a drop, a loop, back round behind the park."""
    t = np.linspace(0.0, 1.0, 200)
    z = -62.0 - 14.0 * np.cos(2.0 * np.pi * t) - 10.0 * t
    x = side * (-46.0 + 100.0 * t)
    y = (
        3.5
        + 15.0 * np.exp(-(((t - 0.24) / 0.10) ** 2))
        + 10.0 * np.exp(-(((t - 0.80) / 0.09) ** 2))
        + 1.2 * np.sin(9.0 * t)
    )
    points = np.stack([x, y, z], 1)
    turn = np.linspace(0.0, 2.0 * np.pi, 60)
    at = int(0.53 * 200)
    foot = points[at]
    loop = np.stack(
        [
            foot[0] + side * (6.2 * np.sin(turn) + 3.0 * turn / (2.0 * np.pi)),
            foot[1] + 6.8 * (1.0 - np.cos(turn)),
            foot[2] + 2.4 * turn / (2.0 * np.pi),
        ],
        1,
    )
    rest = points[at:] + (loop[-1] - foot) * np.linspace(1.0, 0.0, 200 - at)[:, None]
    return np.concatenate([points[:at], loop, rest[1:]])


def coaster(side: float, *, lit: bool) -> Mesh:
    """Two rails on a white trestle, a train of cars on the way down."""
    line = _track(side)
    parts: list[Mesh] = []
    red, white = (0.84, 0.14, 0.14), (0.92, 0.92, 0.90)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = np.cross(along, (0.0, 0.0, 1.0))
    across = np.cross(along, out)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
    for s in (-0.55, 0.55):
        edge = line + across * s
        for a, b in zip(edge[:-1:2], edge[2::2], strict=False):
            parts.append(rod(tuple(a.tolist()), tuple(b.tolist()), 0.13, red, sides=5))
    for k in range(0, len(line), 6):
        x, y, z = line[k].tolist()
        if 106 <= k < 164 and y > 8.0:
            continue
        parts += [
            rod((x, 0.0, z + dz), (x, y - 0.1, z + 0.4 * dz), 0.11, white, sides=5) for dz in (-1.4, 1.4)
        ]
        if y > 6.0:
            parts.append(rod((x, 0.4 * y, z - 1.0), (x, 0.75 * y, z + 0.8), 0.07, white, sides=4))
        parts.append(
            ball(
                (x, y + 0.2, z + 0.8),
                (0.16, 0.16, 0.16),
                BULBS[k // 6 % 4],
                detail=0,
                glow=1.0 if lit else 0.2,
            )
        )
    for k in range(5):
        at = 62 + 4 * k
        x, y, z = line[at].tolist()
        car = Clay()
        car.soft_box((-0.9, 0.15, -0.65), (0.9, 0.85, 0.65), TONES[k % 5], bevel=0.22)
        for dx in (-0.4, 0.4):
            car.add(ball((dx, 1.15, 0.0), (0.22, 0.26, 0.22), (0.74, 0.56, 0.44)))
        lean = math.atan2(along[at][1], along[at][0])
        cos, sin = math.cos(lean), math.sin(lean)
        spin = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]], np.float32)
        mesh = car.mesh()
        parts.append(
            Mesh(
                (mesh.positions @ spin + np.array([x, y, z], np.float32)).astype(np.float32),
                (mesh.normals @ spin).astype(np.float32),
                mesh.colors,
                mesh.glow,
                mesh.faces,
            )
        )
    return merge(parts)
