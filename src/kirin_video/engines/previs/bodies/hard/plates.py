"""Plates: flat panels that lie on flat walls: panes, doors, stripes, lamps."""

# ruff: noqa: PLR0913, PLR0917 -- a plate has four edges, a place and a look
from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.outlines import rectangle
from kirin_video.engines.previs.mesh import Mesh, merge

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]


def plate(
    corner: Sequence[float],
    across: Sequence[float],
    up: Sequence[float],
    color: Rgb,
    *,
    round_m: float = 0.0,
    lift: float = 0.012,
    glow: float = 0.0,
) -> Mesh:
    """A flat panel from a corner along two edges; it faces along across x up, lifted off its wall.

    Args:
        corner: its lower left corner, seen from outside.
        across: its lower edge.
        up: its left edge.
        color: sRGB.
        round_m: radius of its corners.
        lift: metres.
        glow: 0 to 1.
    """
    start, right, rise = (np.array(v, float) for v in (corner, across, up))
    wide, tall = float(np.linalg.norm(right)), float(np.linalg.norm(rise))
    rim = np.array(rectangle(0.0, 0.0, wide, tall, min(round_m, 0.45 * wide, 0.45 * tall)), float)
    normal = np.cross(right, rise) / max(wide * tall, 1e-12)
    points = start + np.outer(rim[:, 0] / wide, right) + np.outer(rim[:, 1] / tall, rise) + normal * lift
    points = np.concatenate([points, points.mean(0)[None]])
    k = np.arange(len(rim))
    faces = np.stack([np.full(len(rim), len(rim)), k, (k + 1) % len(rim)], 1)
    return creased(points, faces, color, glow=glow)


def flank(
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    z: float,
    color: Rgb,
    *,
    round_m: float = 0.05,
    lift: float = 0.012,
    glow: float = 0.0,
    lean: float = 0.0,
) -> Mesh:
    """The same panel on both sides at z and -z; ``lean`` moves its upper edge along x."""
    right = plate(
        (x0, y0, z), (x1 - x0, 0.0, 0.0), (lean, y1 - y0, 0.0), color, round_m=round_m, lift=lift, glow=glow
    )
    left = plate(
        (x1, y0, -z), (x0 - x1, 0.0, 0.0), (lean, y1 - y0, 0.0), color, round_m=round_m, lift=lift, glow=glow
    )
    return merge([right, left])


def front(
    x: float,
    y0: float,
    y1: float,
    z0: float,
    z1: float,
    color: Rgb,
    *,
    round_m: float = 0.05,
    lift: float = 0.012,
    glow: float = 0.0,
    lean: float = 0.0,
) -> Mesh:
    """A panel that faces ahead at x; ``lean`` moves its upper edge along x."""
    return plate(
        (x, y0, z1), (0.0, 0.0, z0 - z1), (lean, y1 - y0, 0.0), color, round_m=round_m, lift=lift, glow=glow
    )


def rear(
    x: float,
    y0: float,
    y1: float,
    z0: float,
    z1: float,
    color: Rgb,
    *,
    round_m: float = 0.05,
    lift: float = 0.012,
    glow: float = 0.0,
    lean: float = 0.0,
) -> Mesh:
    """A panel that faces back at x."""
    return plate(
        (x, y0, z0), (0.0, 0.0, z1 - z0), (lean, y1 - y0, 0.0), color, round_m=round_m, lift=lift, glow=glow
    )


def top(
    x0: float,
    x1: float,
    y: float,
    z0: float,
    z1: float,
    color: Rgb,
    *,
    round_m: float = 0.05,
    lift: float = 0.012,
    glow: float = 0.0,
) -> Mesh:
    """A panel that faces up."""
    return plate(
        (x0, y, z1), (x1 - x0, 0.0, 0.0), (0.0, 0.0, z0 - z1), color, round_m=round_m, lift=lift, glow=glow
    )


def arched(
    upper: Sequence[tuple[float, float]], axles: Sequence[float], arch: float, hub: float, sill: float
) -> list[tuple[float, float]]:
    """A side's outline, counter-clockwise, with round cuts over the wheels.

    Args:
        upper: from the front's lower end over the roof to the back's lower end.
        axles: x of the wheels.
        arch: radius of the cuts.
        hub: height of the wheels' middle.
        sill: height of the lower edge.
    """
    rim: list[tuple[float, float]] = []
    for x in sorted(axles):
        first = math.asin((sill - hub) / arch) if abs(sill - hub) < arch else 0.0
        for a in np.linspace(math.pi - first, first, 13).tolist():
            rim.append((x + arch * math.cos(a), hub + arch * math.sin(a)))  # noqa: PERF401 -- reads better
    return [*rim, *upper]
