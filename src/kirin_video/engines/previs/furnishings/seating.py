"""What one sits on and at: sofas, chairs, tables."""

from __future__ import annotations

from kirin_video.engines.previs.city.solids import rod, soft_box
from kirin_video.engines.previs.furnishings.surfaces import WALNUT
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color


def sofa(color: Color, *, seats: int = 3) -> Mesh:
    """A sofa whose back stands along x at z = 0 and which faces +z, its middle at x = 0."""
    half = 0.34 * seats + 0.10
    light: Color = (min(color[0] * 1.10, 1.0), min(color[1] * 1.10, 1.0), min(color[2] * 1.10, 1.0))
    parts = [
        soft_box((-half, 0.12, 0.0), (half, 0.34, 0.92), color, bevel=0.06),
        soft_box((-half, 0.30, 0.0), (half, 0.86, 0.24), color, bevel=0.09),
        soft_box((-half - 0.20, 0.12, 0.0), (-half, 0.62, 0.94), color, bevel=0.08),
        soft_box((half, 0.12, 0.0), (half + 0.20, 0.62, 0.94), color, bevel=0.08),
    ]
    for k in range(seats):
        x = -half + 0.03 + k * 2.0 * half / seats
        wide = 2.0 * half / seats - 0.05
        parts.append(soft_box((x, 0.32, 0.20), (x + wide, 0.49, 0.95), light, bevel=0.06))
        parts.append(soft_box((x + 0.02, 0.47, 0.19), (x + wide - 0.02, 0.88, 0.37), light, bevel=0.08))
    parts += [rod((x, 0.0, z), (x, 0.14, z), 0.025, WALNUT) for x in (-half, half) for z in (0.10, 0.82)]
    for x, tone in ((-half + 0.25, (0.82, 0.58, 0.30)), (half - 0.28, (0.86, 0.80, 0.70))):
        cushion = soft_box((-0.22, 0.0, -0.07), (0.22, 0.40, 0.07), tone, bevel=0.065)
        parts.append(cushion.moved((x, 0.50, 0.46), 0.15 if x < 0 else -0.2))
    return merge(parts)


def table(wide: float, deep: float, high: float, color: Color) -> Mesh:
    """A table with four legs, its middle at the origin."""
    x, z = wide / 2.0, deep / 2.0
    legs = [
        rod(
            (a * (x - 0.08), 0.0, b * (z - 0.08)), (a * (x - 0.10), high - 0.03, b * (z - 0.10)), 0.026, color
        )
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    return merge([soft_box((-x, high - 0.045, -z), (x, high, z), color, bevel=0.018), *legs])


def chair(color: Color) -> Mesh:
    """A wooden chair that faces +z."""
    legs = [
        rod((x, 0.0, z), (x * 0.94, 0.45, z * 0.94), 0.020, color)
        for x in (-0.19, 0.19)
        for z in (-0.19, 0.19)
    ]
    back = [rod((x, 0.45, -0.19), (x * 0.98, 0.92, -0.25), 0.018, color) for x in (-0.18, 0.18)]
    slats = [soft_box((-0.19, y, -0.245), (0.19, y + 0.07, -0.215), color, bevel=0.01) for y in (0.62, 0.80)]
    return merge(
        [soft_box((-0.22, 0.43, -0.22), (0.22, 0.47, 0.22), color, bevel=0.015), *legs, *back, *slats]
    )
