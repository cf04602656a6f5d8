"""What stands round an airfield: a terminal with its glass front, a control tower, hangars."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded, turned
from kirin_video.engines.previs.mesh import Mesh, merge


def tower(*, lit: bool) -> Mesh:
    """The control tower: a slim shaft and a glass cab that leans outwards."""
    white, glass = (0.88, 0.88, 0.86), (0.20, 0.32, 0.38)
    pane: Rgb = (0.95, 0.90, 0.66) if lit else glass
    parts = [
        turned([(3.4, 0.0), (2.6, 6.0), (2.3, 27.0), (4.6, 30.0), (4.9, 31.0)], white, sides=14),
        turned([(4.4, 31.0), (5.6, 35.0)], pane, sides=14, glow=0.5 if lit else 0.0),
        turned([(5.9, 35.0), (6.0, 36.0), (3.6, 37.2), (0.0, 37.6)], shaded(white, 0.9), sides=14),
        rod((0.0, 37.0, 0.0), (0.0, 43.0, 0.0), 0.16, (0.74, 0.20, 0.16)),
        ball((0.0, 43.2, 0.0), (0.4, 0.4, 0.4), (1.0, 0.2, 0.12), glow=1.0 if lit else 0.2),
    ]
    for k in range(14):
        turn = 2.0 * math.pi * k / 14.0
        c, s = math.cos(turn), math.sin(turn)
        parts.append(rod((4.45 * c, 31.0, 4.45 * s), (5.65 * c, 35.0, 5.65 * s), 0.12, white, sides=4))
    return merge(parts)


def hangar() -> Mesh:
    """A hall with a round roof, its door to +z."""
    clay = Clay()
    turn = np.linspace(0.0, math.pi, 13)
    x, y = 18.0 * np.cos(turn), 5.0 + 9.0 * np.sin(turn)
    skin: Rgb = (0.62, 0.66, 0.70)
    for k in range(12):
        a, b = (float(x[k]), float(y[k])), (float(x[k + 1]), float(y[k + 1]))
        clay.quad(
            ((a[0], a[1], 14.0), (a[0], a[1], -14.0), (b[0], b[1], -14.0), (b[0], b[1], 14.0)),
            shaded(skin, 1.0 + 0.06 * (k % 2)),
        )
        clay.front(min(a[0], b[0]), max(a[0], b[0]), 0.0, min(a[1], b[1]) + 0.2, 13.9, shaded(skin, 0.8))
    clay.box((-18.0, 0.0, -14.0), (18.0, 5.0, 14.0), skin, faces="xX")
    for k in range(6):
        clay.front(
            -14.0 + k * 4.7, -9.6 + k * 4.7, 0.2, 8.5, 14.0, shaded((0.30, 0.42, 0.54), 1.0 + 0.08 * (k % 2))
        )
    return clay.mesh()
