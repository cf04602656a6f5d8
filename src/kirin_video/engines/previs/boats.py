"""What stands by the sea: a sailing boat, a lighthouse."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, blob, tube, vertex_normals

_GUNWALE = 0.8
"""Share of the hull's height above which it is painted white."""


def sailing_boat() -> Mesh:
    """A small sloop of eight metres that heads for -x, its waterline at 0."""
    parts = [
        _hull(),
        tube(np.array([[-0.3, 0.5, 0], [-0.25, 9.6, 0.0]]), np.array([0.07, 0.04]), 6, (0.55, 0.42, 0.30)),
    ]
    parts.append(
        tube(np.array([[-0.3, 1.45, 0], [3.1, 1.4, 0.35]]), np.array([0.05, 0.04]), 5, (0.55, 0.42, 0.30))
    )
    parts.append(_sail((-0.22, 1.6, 0.0), (-0.2, 9.3, 0.0), (3.0, 1.5, 0.34), 0.55, (0.93, 0.90, 0.83)))
    parts.append(_sail((-3.7, 1.0, 0.0), (-0.35, 8.3, 0.0), (-0.5, 1.35, 0.55), 0.5, (0.78, 0.30, 0.22)))
    return merge(parts)


def _hull() -> Mesh:
    """A pointed hull with a deck."""
    stations = 15
    t = np.linspace(0.0, 1.0, stations)
    x = -4.0 + 8.0 * t
    beam = 1.25 * np.sin(np.pi * np.clip(t * 0.86 + 0.02, 0.0, 1.0)) ** 0.7
    deck = 0.72 + 0.42 * (1.0 - t) ** 2
    keel = -0.35 - 0.2 * np.sin(np.pi * t)
    ring = [(1.0, 1.0), (0.98, 0.62), (0.80, 0.25), (0.0, 0.0), (-0.80, 0.25), (-0.98, 0.62), (-1.0, 1.0)]
    points = np.stack([np.stack([x, keel + (deck - keel) * h, beam * w], 1) for w, h in ring], 1).reshape(
        -1, 3
    )
    n = len(ring)
    at = np.arange(stations * n).reshape(stations, n)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    normals = vertex_normals(points, faces)
    if normals[1][2] < 0.0:
        normals, faces = -normals, faces[:, ::-1]
    height = np.tile(np.array([h for _, h in ring]), stations)[:, None]
    paint = np.where(height > _GUNWALE, np.array([0.93, 0.90, 0.84]), np.array([0.20, 0.33, 0.44]))
    side = as_mesh(points, normals, paint, faces)
    rail = np.concatenate([points.reshape(stations, n, 3)[:, 0], points.reshape(stations, n, 3)[:, -1]])
    k = np.arange(stations - 1)
    top = np.concatenate(
        [np.stack([k, k + 1, k + stations], 1), np.stack([k + 1, k + 1 + stations, k + stations], 1)]
    )
    plank = as_mesh(rail - [0, 0.06, 0], np.tile([[0.0, 1.0, 0.0]], (len(rail), 1)), (0.66, 0.50, 0.34), top)
    return merge([side, plank])


def _sail(tack: Color, head: Color, clew: Color, belly: float, color: Color) -> Mesh:
    """A triangular sail that the wind fills towards +z, seen from both sides."""
    rows = 9
    points: list[np.ndarray] = []
    a, b, c = (np.array(p) for p in (tack, head, clew))
    for i in range(rows + 1):
        for j in range(rows + 1 - i):
            u, v = i / rows, j / rows
            w = 1.0 - u - v
            points.append(
                a * w + b * u + c * v + np.array([0, 0, belly * 4.0 * (u * w + v * w + u * v) * 0.75])
            )
    start = np.cumsum([0, *[rows + 1 - i for i in range(rows + 1)]])
    faces: list[tuple[int, int, int]] = []
    for i in range(rows):
        for j in range(rows - i):
            p, q = start[i] + j, start[i + 1] + j
            faces.append((p, p + 1, q))
            if j + 1 < rows - i:
                faces.append((p + 1, q + 1, q))
    cloth, index = np.array(points), np.array(faces)
    normals = vertex_normals(cloth, index)
    return merge([as_mesh(cloth, normals, color, index), as_mesh(cloth, -normals, color, index[:, ::-1])])


def lighthouse() -> Mesh:
    """A white tower of eighteen metres with two red bands and a lit lantern."""
    y = np.array([-2.0, 0.0, 4.0, 4.01, 7.0, 7.01, 10.5, 10.51, 13.0, 13.01, 15.0])
    radius = 2.5 - 0.065 * np.maximum(y, 0.0)
    path = np.stack([np.zeros_like(y), y, np.zeros_like(y)], 1)
    tower = tube(path, radius, 20, (0.93, 0.91, 0.87))
    red = np.isin(np.repeat(np.arange(len(y)), 20), [3, 4, 7, 8])
    colors = tower.colors.copy()
    colors[red, :3] = (196, 62, 48)
    painted = Mesh(tower.positions, tower.normals, colors, tower.glow, tower.faces)
    gallery = tube(
        np.array([[0, 14.9, 0], [0, 15.0, 0], [0, 15.5, 0], [0, 15.6, 0]]),
        np.array([1.5, 2.1, 2.1, 1.3]),
        20,
        (0.28, 0.28, 0.30),
    )
    lantern = tube(np.array([[0, 15.5, 0], [0, 17.3, 0]]), np.array([1.05, 1.05]), 14, (1.0, 0.86, 0.55))
    shining = Mesh(
        lantern.positions, lantern.normals, lantern.colors, np.full_like(lantern.glow, 255), lantern.faces
    )
    cap = tube(
        np.array([[0, 17.3, 0], [0, 17.4, 0], [0, 18.8, 0]]),
        np.array([1.2, 1.35, 0.05]),
        14,
        (0.72, 0.22, 0.18),
    )
    rng = np.random.default_rng(3)
    cottage = blob(rng, (4.8, 1.0, 0.5), (2.2, 1.6, 1.9), (0.86, 0.82, 0.74), level=2, lumps=0.02)
    return merge([painted, gallery, shining, cap, cottage])
