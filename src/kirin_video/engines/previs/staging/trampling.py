"""Low growth gives way: grass is shorter where bodies stand and go, so that their feet show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.scenery import Part, Scene
from kirin_video.engines.previs.staging.blocking import Blocking
from kirin_video.engines.previs.staging.footing import Footing

_TALLEST_M = 1.2
"""What is taller is no grass."""
_LOW_M = 1.3
"""Subjects taller than this show above the grass."""
_GROWN_M = 0.50
"""How tall grass and flowers are."""


def trampled(
    scene: Scene, blocking: Blocking, views: tuple[View, ...], ground: Footing, times: Floats
) -> Scene:
    """The scene with grass and flowers lower along everybody's way.

    Grass may hide a body up to about a seventh of its height; what is higher sinks into the ground, over a
    soft edge. Only parts that throw no shadow are grass.
    """
    low = min(part.role.body.height_m for part in blocking.parts) * 0.14
    way = np.concatenate([_way(blocking, times), _sight(blocking, views, times)])
    parts = tuple(part if part.casts else _shortened(part, way, low, ground) for part in scene.parts)
    return replace(scene, parts=parts)


def _way(blocking: Blocking, times: Floats) -> Floats:
    """Places (n, 3) along everybody's way: x, z and radius."""
    rows: list[Floats] = []
    for part in blocking.parts:
        body = part.role.body
        places, _ = part.track.at(times[::6])
        radius = np.full(len(places), 0.75 * body.length_m + 0.35)
        rows.append(np.stack([places[:, 0], places[:, 2], radius], 1))
    return np.concatenate(rows)


def _sight(blocking: Blocking, views: tuple[View, ...], times: Floats) -> Floats:
    """Places (n, 3) between a low camera and the leading subject: blades before the lens would hide it."""
    if blocking.tall_m > _LOW_M:
        return np.empty((0, 3))
    eyes = np.array([view.eye for view in views])[::6]
    places, _ = blocking.lead.at(times[::6])
    shares = np.linspace(0.15, 0.9, 8)[:, None, None]
    between = (eyes + (places - eyes) * shares).reshape(-1, 3)
    far = np.hypot(*(places - eyes)[:, [0, 2]].T)
    radius = 0.35 + 0.10 * np.broadcast_to(far, (8, len(far))).reshape(-1)
    return np.stack([between[:, 0], between[:, 2], radius], 1)


def _shortened(part: Part, way: Floats, low: float, ground: Footing) -> Part:
    points = part.mesh.positions
    if not len(points):
        return part
    x, z = points[:, 0].astype(np.float64), points[:, 2].astype(np.float64)
    near = np.zeros(len(points))
    corner, opposite = way[:, :2].min(0) - way[:, 2].max() * 2, way[:, :2].max(0) + way[:, 2].max() * 2
    inside = (x > corner[0]) & (x < opposite[0]) & (z > corner[1]) & (z < opposite[1])
    picked = np.flatnonzero(inside)
    for a, b, radius in way:
        off = np.hypot(x[picked] - a, z[picked] - b) / radius
        near[picked] = np.maximum(near[picked], np.clip(2.0 - off, 0.0, 1.0))
    floor = ground.terrain(x[picked], z[picked])
    s = near[picked] * near[picked] * (3.0 - 2.0 * near[picked])
    moved = points.copy()
    # Sunk, not squeezed: a blade keeps its tip, and a flower goes under altogether.
    low_growth = points[picked, 1] - floor < _TALLEST_M
    moved[picked, 1] -= (s * low_growth * max(_GROWN_M - low, 0.0)).astype(np.float32)
    return replace(part, mesh=replace(part.mesh, positions=moved))
