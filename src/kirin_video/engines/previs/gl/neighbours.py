"""What has been seen, with what is near it: between two looks a little more comes to light."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.moment import Moment
from kirin_video.engines.previs.gl.sight import Seen, Standing

_BOXES = 1 << 24
"""Room for so many boxes: among fewer, too many that nobody saw would share the number of a seen one."""
_PRIMES = np.array([73856093, 19349663, 83492791, 39916801])
_BOX_SHARE = 0.03
"""The side of boxes that are kept whole, as a share of their distance."""
_NEAR_STRIDES = 4.0
"""What is nearer than so many steps of the camera from one look to the next is kept."""
_WIDER, _ASIDE_M = 1.4, 0.3
"""How much wider than a look what is so near is kept, as a factor, and in metres beside that."""


def parted(seen: Seen, standing: Sequence[Standing], looks: Sequence[Moment]) -> list[Seen]:
    """What has been seen of each, with what is near it.

    Args:
        seen: of all.
        standing: all, in order.
        looks: the moments that it was looked at, as they were seen: of a mirror, in the mirror.
    """
    if not standing:
        return []
    ends = np.cumsum([one.triangles for one in standing])[:-1]
    eyes = np.array([look.view.eye for look in looks])
    near_m = _NEAR_STRIDES * float(np.linalg.norm(np.diff(eyes, axis=0), axis=1).max(initial=0.0))
    return [
        with_neighbours(part, one, looks, near_m)
        for part, one in zip(np.split(seen, ends), standing, strict=True)
    ]


def with_neighbours(seen: Seen, one: Standing, looks: Sequence[Moment], near_m: float) -> Seen:
    """Triangles that have been seen, and those that another view may show.

    Those are triangles with a corner in the same small box of the world as a corner of one that has been
    seen, and whatever is so near before the camera that it flits by.

    Args:
        seen: which have been.
        one: what they are of.
        looks: the moments that it was looked at.
        near_m: what is nearer than that is kept.
    """
    index, eyes = one.cells.index, np.array([look.view.eye for look in looks])
    boxes = _boxes(one.points, eyes.mean(0))
    marked = np.zeros(_BOXES, np.bool_)
    marked[boxes[index[seen]]] = True
    kept: Seen = np.any(marked[boxes][index], axis=1)
    away = np.linalg.norm(one.cells.middle[:, None] - eyes[None], axis=2).min(1) - one.cells.radius
    by = np.repeat(away < near_m, one.cells.count // 3) & ~kept
    corners = index[by]
    asked = np.zeros(len(one.points), np.bool_)
    asked[corners] = True
    asked[asked] = _flits_by(one.points[asked], looks, near_m)
    kept[by] = np.any(asked[corners], axis=1)
    return kept


def _flits_by(points: NDArray[np.float32], looks: Sequence[Moment], near_m: float) -> NDArray[np.bool_]:
    """Which points (n, 3) are nearer than that to the camera in any look, and not beside its view: (n,)."""
    near = np.zeros(len(points), np.bool_)
    # Column by column: three numbers a row keep a processor waiting.
    x, y, z = np.ascontiguousarray(points.T)
    for look in looks:
        dx, dy, dz = (v - np.float32(at) for v, at in zip((x, y, z), look.view.eye, strict=True))
        found = np.flatnonzero(dx * dx + dy * dy + dz * dz < near_m * near_m)
        matrix = look.projection.astype(np.float32)
        clip = points[found] @ matrix[:, :3].T + matrix[:, 3]
        room = clip[:, 3] * np.float32(_WIDER) + np.float32(_ASIDE_M)
        near[found[(np.abs(clip[:, 0]) < room) & (np.abs(clip[:, 1]) < room)]] = True
    return near


def _boxes(points: NDArray[np.float32], eye: NDArray[np.float64]) -> NDArray[np.int64]:
    """The numbers of small boxes that points lie in, larger ones further from the eye.

    Boxes far apart may have the same number, then more is kept than need be.
    """
    distance = np.linalg.norm(points - eye.astype(np.float32), axis=1)
    level = np.floor(np.log2(np.maximum(distance, 1.0)))
    side = _BOX_SHARE * np.exp2(level)
    at = np.floor(points / side[:, None]).astype(np.int64)
    number = (np.column_stack([at, level.astype(np.int64)]) * _PRIMES).sum(1)
    return (number ^ number >> 20) & (_BOXES - 1)
