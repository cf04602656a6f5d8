"""Trees and bushes with crowns of leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, blob, tube
from kirin_video.engines.previs.trees.leaves import leaves

_FAR = 0.3
"""Trees of less detail than this have fewer clumps."""
_CLOSE = 0.6
"""Trees of more detail than this have smooth cores."""


def broadleaf(seed: int, *, detail: float = 1.0, colors: tuple[Color, Color] | None = None) -> Mesh:
    """A round-headed tree of about seven metres."""
    rng = np.random.default_rng(seed)
    dark, light = colors or ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
    height = rng.uniform(3.4, 4.4)
    lean = rng.normal(size=2) * 0.25
    top = np.array([lean[0], height, lean[1]])
    bark = (0.34, 0.26, 0.19)
    trunk = np.array([[0, -0.4, 0], [lean[0] * 0.1, 0.5, lean[1] * 0.1], top * 0.6, top])
    parts = [tube(trunk, np.array([0.42, 0.26, 0.19, 0.10]), 8, bark)]
    crown: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = [
        (top + np.array([0.0, 0.9, 0.0]), np.array([1.75, 1.45, 1.75]))
    ]
    count = 6 if detail > _FAR else 3
    for k in range(count):
        turn = k * 2.4 + rng.uniform(-0.3, 0.3)
        reach = rng.uniform(1.1, 1.75)
        at = top + np.array([np.cos(turn) * reach, rng.uniform(-0.5, 0.9), np.sin(turn) * reach])
        parts.append(
            tube(
                np.array([top * 0.62, (top * 0.62 + at) / 2 - [0, 0.1, 0], at]),
                np.array([0.12, 0.08, 0.04]),
                5,
                bark,
            )
        )
        crown.append((at, np.array([1.15, 0.95, 1.15]) * rng.uniform(0.85, 1.2)))
    middle = np.mean([m for m, _ in crown], 0)
    for at, size in crown:
        inner = size * 0.86
        parts.append(
            blob(
                rng,
                _triple(at),
                _triple(inner),
                tuple(np.array(dark) * 0.80),
                level=2 if detail > _CLOSE else 1,
            )
        )
        amount = int(230 * detail * size[0])
        parts.append(leaves(rng, at, size, amount, 0.165 / max(detail, 0.25) ** 0.35, (dark, light), middle))
    return merge(parts)


def acacia(seed: int, *, detail: float = 1.0) -> Mesh:
    """A flat-topped tree of the dry plains."""
    rng = np.random.default_rng(seed)
    height = rng.uniform(3.2, 4.2)
    bark = (0.36, 0.27, 0.20)
    fork = np.array([rng.normal() * 0.25, height * 0.45, rng.normal() * 0.25])
    parts = [tube(np.array([[0, -0.4, 0], fork * 0.5, fork]), np.array([0.26, 0.18, 0.15]), 7, bark)]
    dark, light = (0.30, 0.34, 0.14), (0.50, 0.50, 0.22)
    for k in range(5):
        turn = k * 1.257 + rng.uniform(-0.3, 0.3)
        reach = rng.uniform(1.2, 2.1)
        at = np.array([np.cos(turn) * reach, height + rng.uniform(-0.15, 0.25), np.sin(turn) * reach])
        parts.append(
            tube(np.array([fork, (fork + at) / 2 + [0, -0.25, 0], at]), np.array([0.11, 0.07, 0.03]), 5, bark)
        )
        size = np.array([1.45, 0.34, 1.45]) * rng.uniform(0.85, 1.15)
        parts.append(
            blob(
                rng,
                _triple(at + np.array([0.0, 0.1, 0.0])),
                _triple(size * 0.85),
                tuple(np.array(dark) * 0.8),
                level=2 if detail > _CLOSE else 1,
            )
        )
        parts.append(
            leaves(
                rng,
                at + np.array([0, 0.15, 0]),
                size,
                int(120 * detail),
                0.20,
                (dark, light),
                np.array([0, height - 2.0, 0]),
            )
        )
    return merge(parts)


def bush(seed: int, colors: tuple[Color, Color], *, detail: float = 1.0) -> Mesh:
    """A shrub of about a metre."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for k in range(4):
        size = np.array([0.55, 0.45, 0.55]) * rng.uniform(0.7, 1.15)
        at = np.array([rng.normal() * 0.4 * (k > 0), size[1] * 0.75, rng.normal() * 0.4 * (k > 0)])
        parts.append(blob(rng, _triple(at), _triple(size * 0.85), tuple(np.array(colors[0]) * 0.75), level=1))
        parts.append(leaves(rng, at, size, int(70 * detail), 0.13, colors, np.array([0.0, 0.1, 0.0])))
    return merge(parts)


def _triple(v: NDArray[np.floating]) -> Color:
    return (float(v[0]), float(v[1]), float(v[2]))
