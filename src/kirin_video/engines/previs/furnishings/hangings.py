"""What hangs on walls."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import soft_box
from kirin_video.engines.previs.furnishings.surfaces import WALNUT
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, box


def picture(wide: float, high: float, colors: tuple[Color, Color, Color]) -> Mesh:
    """A framed picture of a sky, hills and a field, its back at z = 0."""
    x = wide / 2.0
    sky, hill, field = colors
    s = np.linspace(-x + 0.04, x - 0.04, 13)
    crest = high * (0.52 + 0.10 * np.sin(s * 5.0 + 1.0))
    low = high * (0.34 + 0.05 * np.sin(s * 4.0))
    parts = [
        soft_box((-x, 0.0, 0.0), (x, high, 0.03), WALNUT, bevel=0.01),
        box((-x + 0.04, 0.04, 0.0), (x - 0.04, high - 0.04, 0.034), sky),
    ]
    for line, color, z in ((crest, hill, 0.036), (low, field, 0.038)):
        points = np.concatenate(
            [
                np.stack([s, np.full_like(s, 0.04), np.full_like(s, z)], 1),
                np.stack([s, line, np.full_like(s, z)], 1),
            ]
        )
        k = np.arange(len(s) - 1)
        faces = np.concatenate([np.stack([k, k + 1, k + 14], 1), np.stack([k, k + 14, k + 13], 1)])
        parts.append(as_mesh(points, np.tile([[0.0, 0.0, 1.0]], (len(points), 1)), color, faces))
    return merge(parts)
