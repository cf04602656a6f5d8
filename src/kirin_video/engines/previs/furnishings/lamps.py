"""Lamps that stand and that hang."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import ball, rod, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color


def floor_lamp() -> Mesh:
    """A lamp of a metre and a half with a glowing shade."""
    brass: Color = (0.66, 0.52, 0.28)
    shade = turned([(0.24, 1.28), (0.16, 1.62)], (0.98, 0.88, 0.66), sides=20, glow=0.55)
    inside = Mesh(shade.positions, -shade.normals, shade.colors, shade.glow, shade.faces[:, ::-1].copy())
    foot = turned([(0.0, 0.0), (0.16, 0.0), (0.16, 0.025), (0.02, 0.04)], brass, sides=18)
    return merge([foot, rod((0, 0.03, 0), (0, 1.36, 0), 0.014, brass), shade, inside])


def pendant(y: float, top: float) -> Mesh:
    """A lamp that hangs from the ceiling."""
    shade = turned([(0.20, y), (0.07, y + 0.20), (0.0, y + 0.22)], (0.26, 0.42, 0.42), sides=18)
    inside = Mesh(
        shade.positions,
        -shade.normals,
        np.clip(shade.colors.astype(int) + 60, 0, 255).astype(np.uint8),
        shade.glow,
        shade.faces[:, ::-1].copy(),
    )
    bulb = ball((0.0, y + 0.06, 0.0), (0.055, 0.055, 0.055), (1.0, 0.90, 0.70), detail=1, glow=1.0)
    return merge([shade, inside, bulb, rod((0, y + 0.2, 0), (0, top, 0), 0.008, (0.2, 0.2, 0.2))])
