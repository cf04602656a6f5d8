"""Palms: a bent stem and a head of fronds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, blob, tube


def palm(seed: int, *, height: float = 7.0) -> Mesh:
    """A coconut palm that leans to +x."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0.0, 1.0, 9)
    lean = rng.uniform(0.22, 0.38) * height
    path = np.stack([lean * t**1.8, height * t - 0.4 * (1 - t), 0.15 * height * rng.normal() * 0.3 * t**2], 1)
    radius = 0.21 - 0.09 * t + 0.16 * np.exp(-t * 9.0)
    parts = [tube(path, radius, 9, (0.47, 0.38, 0.29), 0.10)]
    top = path[-1]
    for _ in range(5):
        at = top + rng.normal(size=3) * [0.16, 0.06, 0.16] - [0, 0.22, 0]
        parts.append(blob(rng, _triple(at), (0.15, 0.17, 0.15), (0.36, 0.27, 0.14), level=1, lumps=0.0))
    count = 15
    for k in range(count):
        turn = k * 2.4 + rng.uniform(-0.2, 0.2)
        rise = 0.95 - 1.25 * (k / count) + rng.uniform(-0.1, 0.1)
        parts.append(_frond(rng, top, turn, rise, rng.uniform(2.6, 3.3) * height / 7.0))
    return merge(parts)


def _frond(
    rng: np.random.Generator, root: NDArray[np.floating], turn: float, rise: float, length: float
) -> Mesh:
    """One feathered leaf that arches out and down."""
    pairs = 22
    t = np.linspace(0.0, 1.0, pairs + 1)
    out = length * (t - 0.10 * t**3)
    drop = length * (np.sin(rise) * t - (0.62 + 0.25 * rng.random()) * t**2.2)
    way = np.array([np.cos(turn), 0.0, np.sin(turn)])
    rib = root + out[:, None] * way * np.cos(rise * 0.6) + drop[:, None] * np.array([0.0, 1.0, 0.0])
    side = np.array([-np.sin(turn), 0.0, np.cos(turn)])
    points: list[NDArray[np.float64]] = []
    paint: list[NDArray[np.float64]] = []
    normals: list[NDArray[np.float64]] = []
    sways: list[float] = []
    faces: list[tuple[int, int, int]] = []
    for k in range(pairs):
        reach = 0.62 * np.sin(np.pi * min(0.10 + 0.92 * t[k], 0.999)) ** 0.55 * length / 3.0
        forward = rib[k + 1] - rib[k]
        for sign in (-1.0, 1.0):
            tip = rib[k] + side * sign * reach + forward * 2.2 - np.array([0, 0.42 * reach, 0])
            base = len(points)
            points += [rib[k], rib[k + 1] + forward * 0.15, tip]
            n = np.array([0.0, 1.0, 0.0]) + side * sign * 0.5
            normals += [n, n, n]
            shade = (0.72 + 0.4 * t[k]) * rng.uniform(0.85, 1.1)
            green = np.array([0.24, 0.40, 0.14]) * shade + np.array([0.12, 0.09, 0.0]) * t[k]
            paint += [green * 0.7, green * 0.75, green * 1.12]
            sways += [0.2 + 0.5 * t[k], 0.2 + 0.5 * t[k], 0.35 + 0.6 * t[k]]
            faces.append((base, base + 1, base + 2))
    return as_mesh(
        np.array(points), np.array(normals), np.array(paint), np.array(faces), np.clip(np.array(sways), 0, 1)
    )


def _triple(v: NDArray[np.floating]) -> Color:
    return (float(v[0]), float(v[1]), float(v[2]))
