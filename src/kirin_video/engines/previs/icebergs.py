"""Icebergs, and how ice is coloured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Noise, smoothstep
from kirin_video.engines.previs.shapes import Color, as_mesh, vertex_normals

BLUE: Color = (0.46, 0.72, 0.84)
SNOW: Color = (0.88, 0.915, 0.955)


def iceberg(rng: np.random.Generator, noise: Noise, size: float) -> Mesh:
    """A broken crown of ice on a broad foot, the water's surface at 0; ``size`` is half its depth, metres."""
    columns, rows = 40, 16
    a, t = np.meshgrid(np.linspace(0.0, 2.0 * np.pi, columns, endpoint=False), np.linspace(0.0, 1.0, rows))
    own = float(rng.uniform(0.0, 90.0))
    crest = (
        0.55
        + 0.75 * np.abs(noise.fbm(np.cos(a) * 0.9 + own, np.sin(a) * 0.9, 3))
        + 0.35 * noise.ridged(np.cos(a) * 1.6 + own, np.sin(a) * 1.6, 3)
    )
    # All columns meet at one height: else the crown would be cut where high ones meet low ones.
    crest += (1.25 * crest.mean() - crest) * smoothstep(0.66, 1.0, t)
    wide = (
        size
        * (1.0 - 0.55 * t**1.6)
        * (0.66 + 0.62 * noise.ridged(np.cos(a) * 1.7 + own, np.sin(a) * 1.7 + 0.5 * t, 4))
    )
    wide *= np.where(t > 0.86, np.clip((1.0 - t) / 0.14, 0.0, 1.0) ** 0.6, 1.0)  # noqa: PLR2004 -- its crown
    high = size * 1.05 * crest * t - 0.06 * size
    points = np.stack([1.35 * wide * np.cos(a), high, -wide * np.sin(a)], -1).reshape(-1, 3)
    return _iced(points, rows, columns, noise, own)


def _iced(points: NDArray[np.float64], rows: int, columns: int, noise: Noise, own: float) -> Mesh:
    """A skin of ice: snow on what is level, blue in its clefts and at the water."""
    at = np.arange(rows * columns).reshape(rows, columns)
    nxt = np.roll(at, -1, 1)
    faces = np.concatenate(
        [
            np.stack([at[:-1], nxt[:-1], at[1:]], -1).reshape(-1, 3),
            np.stack([nxt[:-1], nxt[1:], at[1:]], -1).reshape(-1, 3),
        ]
    )
    return frozen(points, faces, noise, own)


def frozen(points: NDArray[np.float64], faces: NDArray[np.int64], noise: Noise, own: float) -> Mesh:
    """Ice of these points and faces: white where it is level, blue where it is steep."""
    normals = vertex_normals(points, faces)
    rough = noise.fbm(points[:, 0] / 7.0 + own, points[:, 1] / 3.0 + points[:, 2] / 9.0, 4)
    white = np.clip(0.30 + 0.9 * normals[:, 1] + 0.55 * rough + 0.01 * points[:, 1], 0.0, 1.0)[:, None]
    return as_mesh(points, normals, np.array(BLUE) * (1.0 - white) + np.array(SNOW) * white, faces)
