"""Cacti: ribbed columns with arms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import tube


def cactus(seed: int) -> Mesh:
    """A saguaro of about three metres with up to three arms."""
    rng = np.random.default_rng(seed)
    height = rng.uniform(2.4, 3.6)
    parts = [_ribbed(np.array([[0, -0.3, 0], [0, height * 0.5, 0], [0, height, 0]]), 0.24)]
    for _ in range(int(rng.integers(1, 4))):
        turn = rng.uniform(0.0, 6.28)
        way = np.array([np.cos(turn), 0.0, np.sin(turn)])
        start = rng.uniform(0.35, 0.6) * height
        up = rng.uniform(0.5, 1.0)
        elbow = np.array([0, start, 0]) + way * 0.55
        parts.append(
            _ribbed(
                np.array(
                    [
                        [0, start - 0.05, 0],
                        elbow - [0, 0.02, 0],
                        elbow + way * 0.10 + [0, 0.25, 0],
                        elbow + way * 0.10 + [0, up, 0],
                    ]
                ),
                0.15,
            )
        )
    return merge(parts)


def _ribbed(path: NDArray[np.floating], radius: float) -> Mesh:
    """A fluted limb with a round end."""
    t = np.linspace(0.0, 1.0, 14)
    knots = np.linspace(0.0, 1.0, len(path))
    line = np.stack([np.interp(t, knots, path[:, k]) for k in range(3)], 1)
    ends = radius * np.sqrt(np.clip(1.0 - np.clip((t - 0.88) / 0.12, 0, 1) ** 2, 0.0, 1.0)) + 0.005
    limb = tube(line, ends, 20, (0.36, 0.41, 0.27))
    ridge = (np.arange(len(limb.positions)) % 20) % 2 == 0
    colors = limb.colors.copy()
    colors[ridge, :3] = (colors[ridge, :3] * 1.22).astype(np.uint8)
    colors[~ridge, :3] = (colors[~ridge, :3] * 0.62).astype(np.uint8)
    return Mesh(limb.positions, limb.normals, colors, limb.glow, limb.faces)
