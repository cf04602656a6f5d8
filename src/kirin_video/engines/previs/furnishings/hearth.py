"""Fireplaces that burn."""

from __future__ import annotations

from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.furnishings.surfaces import OAK
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, box


def fireplace() -> Mesh:
    """A hearth of brick with a fire in it and a shelf above, its back at z = 0, open to +z."""
    brick: Color = (0.56, 0.36, 0.28)
    soot: Color = (0.10, 0.085, 0.08)
    parts = [
        soft_box((-0.85, 0.0, 0.0), (-0.48, 1.05, 0.42), brick, bevel=0.02),
        soft_box((0.48, 0.0, 0.0), (0.85, 1.05, 0.42), brick, bevel=0.02),
        soft_box((-0.85, 0.78, 0.0), (0.85, 1.10, 0.42), brick, bevel=0.02),
        soft_box((-0.98, 1.10, 0.0), (0.98, 1.18, 0.50), OAK, bevel=0.015),
        soft_box((-0.62, 1.18, 0.0), (0.62, 2.75, 0.30), (0.80, 0.75, 0.67), bevel=0.02),
        box((-0.48, 0.0, 0.02), (0.48, 0.78, 0.05), soot),
        soft_box((-1.0, 0.0, 0.0), (1.0, 0.06, 0.75), (0.42, 0.40, 0.38), bevel=0.015),
    ]
    bark: Color = (0.34, 0.22, 0.14)
    parts += [
        rod((-0.30, y, z), (0.30, y, z + 0.02), 0.055, bark)
        for y, z in ((0.12, 0.18), (0.12, 0.30), (0.21, 0.24))
    ]
    flames: list[tuple[float, float, float]] = [
        (-0.18, 0.30, 0.9),
        (0.0, 0.42, 1.0),
        (0.16, 0.34, 0.95),
        (0.26, 0.20, 0.8),
    ]
    for x, tall, light in flames:
        profile = [(0.0, 0.16), (0.075, 0.20), (0.07, 0.20 + 0.35 * tall), (0.0, 0.20 + tall)]
        parts.append(turned(profile, (1.0, 0.52, 0.14), sides=10, glow=light).moved((x, 0.0, 0.24)))
    return merge(parts)
