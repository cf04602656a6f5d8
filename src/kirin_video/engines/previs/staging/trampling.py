"""Low growth gives way: grass is shorter where bodies stand and go, so that their feet show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.scenery import Finish, Part, Scene
from kirin_video.engines.previs.staging.blocking import Blocking
from kirin_video.engines.previs.staging.footing import Footing

_TALLEST_M = 1.2
"""What is taller is no grass."""
_LOW_M = 1.3
"""A lens higher than this looks over the grass."""
_BELOW_SIGHT_M = 0.14
"""How far below the line of sight blades end."""
_GROWN_M = 0.50
"""How tall grass and flowers are."""


def trampled(
    scene: Scene, blocking: Blocking, views: tuple[View, ...], ground: Footing, times: Floats
) -> Scene:
    """The scene with grass and flowers lower along everybody's way.

    Grass may hide a body up to about a seventh of its height; what is higher sinks into the ground, over a
    soft edge. Only soft parts that throw no shadow are grass.
    """
    way = np.concatenate([_way(blocking, times), _sight(blocking, views, ground, times)])
    parts = tuple(
        part if part.casts or part.finish is Finish.HARD else _shortened(part, way, ground)
        for part in scene.parts
    )
    return replace(scene, parts=parts)


def _way(blocking: Blocking, times: Floats) -> Floats:
    """Places (n, 4) along everybody's way: x, z, radius, and how high grass may stay."""
    low = min(part.role.body.height_m for part in blocking.parts if not part.carried) * 0.14
    rows: list[Floats] = []
    for part in blocking.parts:
        body = part.role.body
        places, _ = part.track.at(times[::6])
        radius = np.full(len(places), 0.75 * body.length_m + 0.35)
        rows.append(np.stack([places[:, 0], places[:, 2], radius, np.full(len(places), low)], 1))
    return np.concatenate(rows)


def _sight(blocking: Blocking, views: tuple[View, ...], ground: Footing, times: Floats) -> Floats:
    """Places (n, 4) between a low camera and the leading subject: blades before the lens would hide it."""
    eyes = np.array([view.eye for view in views])[::6]
    low = eyes[:, 1] - ground.terrain(eyes[:, 0], eyes[:, 2]) < _LOW_M
    if not low.any():
        return np.empty((0, 4))
    eyes = eyes[low]
    places, _ = blocking.lead.at(times[::6][low])
    shares = np.linspace(0.15, 0.9, 8)[:, None, None]
    between = (eyes + (places - eyes) * shares).reshape(-1, 3)
    far = np.hypot(*(places - eyes)[:, [0, 2]].T)
    radius = 0.35 + 0.10 * np.broadcast_to(far, (8, len(far))).reshape(-1)
    above = np.minimum(
        between[:, 1] - ground.terrain(between[:, 0], between[:, 2]) - _BELOW_SIGHT_M, _GROWN_M
    )
    return np.stack([between[:, 0], between[:, 2], radius, np.maximum(above, 0.0)], 1)


def _shortened(part: Part, way: Floats, ground: Footing) -> Part:
    points = part.mesh.positions
    if not len(points):
        return part
    x, z = points[:, 0].astype(np.float64), points[:, 2].astype(np.float64)
    corner, opposite = way[:, :2].min(0) - way[:, 2].max() * 2, way[:, :2].max(0) + way[:, 2].max() * 2
    inside = (x > corner[0]) & (x < opposite[0]) & (z > corner[1]) & (z < opposite[1])
    picked = np.flatnonzero(inside)
    sunk = np.zeros(len(picked))
    for a, b, radius, stays in way:
        off = np.hypot(x[picked] - a, z[picked] - b) / radius
        s = np.clip(2.0 - off, 0.0, 1.0)
        sunk = np.maximum(sunk, s * s * (3.0 - 2.0 * s) * max(_GROWN_M - stays, 0.0))
    floor = ground.terrain(x[picked], z[picked])
    moved = points.copy()
    # Sunk, not squeezed: a blade keeps its tip, and a flower goes under altogether.
    low_growth = points[picked, 1] - floor < _TALLEST_M
    moved[picked, 1] -= (sunk * low_growth).astype(np.float32)
    return replace(part, mesh=replace(part.mesh, positions=moved))
