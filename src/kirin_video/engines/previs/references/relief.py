"""From a flat cut-out to a rounded relief: its silhouette blown up like a cushion, front and back.

The thickness of the cushion is the root of the solution of a Poisson equation over the silhouette: of a disc
it is a ball, of a limb a tube. Both sides wear the same picture, so that it can be seen from behind, too.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Floats = NDArray[np.float64]

_CELLS = 54
"""How many pieces the longer side is cut into."""
_ROUND = 0.55
"""How thick the cushion is, as a share of what a ball or a tube would be."""
_THICKEST = 0.26
"""Half its greatest thickness, as a share of the shorter side."""
_MARGIN = 0.006
"""How far beyond its outline the mesh reaches, for soft edges, as a share of the longer side."""
_RIM = 1.3
"""How wide the rim is along which the cushion closes, in cells."""
_STEEPEST = 1.5
_ROUNDS = 500


@dataclass(frozen=True, slots=True)
class Relief:
    """A mesh in the plane of the picture: right, up and towards whoever looks, in heights of the subject.

    The foot of the subject lies at 0, its middle at 0 from left to right.

    Attributes:
        points: float64, (n, 3).
        normals: float64, (n, 3), unit length.
        places: float32, (n, 2), where each point is in the picture: 0 to 1 from the left and from the top.
        open_: float32, (n,), how open it is to the sky, 0 to 1.
        faces: uint32, (m, 3).
        width: in heights.
    """

    points: Floats
    normals: Floats
    places: NDArray[np.float32]
    open_: Plane
    faces: NDArray[np.uint32]
    width: float


def blown_up(alpha: Plane, *, flatness: float = 0.0) -> Relief:
    """The relief of a matte whose lowest row is the subject's foot.

    Args:
        alpha: float32, (h, w), cropped to the subject.
        flatness: 1.0 leaves it as flat as a board.
    """
    height, width = alpha.shape
    inside = _inside(alpha)
    cell = max(height, width) / _CELLS
    rows, columns = int(np.ceil(height / cell)), int(np.ceil(width / cell))
    y, x = np.mgrid[-1 : rows + 2, -1 : columns + 2].astype(np.float64) * cell
    depth = _sampled(inside, x, y)
    kept = _kept_cells(alpha, x, y, cell)
    margin = _MARGIN * max(height, width)
    x, y = _drawn_in(x, y, inside, depth, margin)
    thick = _thickness(depth > 0.0) * (cell * _ROUND * (1.0 - flatness))
    thick = np.minimum(thick, _THICKEST * min(height, width))
    # Front and back meet where the picture ends: seen from the side no gap shows between them.
    thick *= np.clip(depth / (_RIM * cell), 0.0, 1.0)
    normals = _normals(thick / cell)
    used, faces = _faces(kept)
    low = min(height, float(y[used].max()))
    points = np.stack([x - width / 2.0, low - y, thick], -1) / height
    places = np.stack([x / width, y / height], -1)
    front = points[used]
    back = front * (1.0, 1.0, -1.0)
    openness = np.clip(0.62 + 0.55 * front[:, 1] / max(float(front[:, 1].max()), 1e-6), 0.0, 1.0)
    bent = normals[used]
    return Relief(
        points=np.concatenate([front, back]),
        normals=np.concatenate([bent, bent * (1.0, 1.0, -1.0)]),
        places=np.tile(places[used], (2, 1)).astype(np.float32),
        open_=np.tile(openness, 2).astype(np.float32),
        faces=np.concatenate([faces, faces[:, ::-1] + len(front)]).astype(np.uint32),
        width=width / height,
    )


def _inside(alpha: Plane) -> Plane:
    """Pixels from the outline, positive inside; beyond the picture it goes on as outside."""
    solid = (alpha > 0.4).astype(np.uint8)  # noqa: PLR2004 -- a little more than half of a soft pixel
    padded = cv2.copyMakeBorder(solid, 2, 2, 2, 2, cv2.BORDER_CONSTANT)
    within = np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5), np.float32)
    beyond = np.asarray(cv2.distanceTransform(1 - padded, cv2.DIST_L2, 5), np.float32)
    signed = within - beyond
    return np.asarray(cv2.GaussianBlur(signed, (0, 0), 1.5), np.float32)[2:-2, 2:-2]


def _sampled(plane: Plane, x: Floats, y: Floats) -> Floats:
    """A plane read at pixels; beyond its border the distance to it is taken off."""
    height, width = plane.shape
    near_x, near_y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    read = cv2.remap(plane, near_x.astype(np.float32), near_y.astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(read, np.float64) - np.hypot(x - near_x, y - near_y)


def _kept_cells(alpha: Plane, x: Floats, y: Floats, cell: float) -> NDArray[np.bool_]:
    """Which cells hold anything of the subject."""
    reach = max(1, round(0.55 * cell))
    most = np.asarray(cv2.dilate(alpha, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)), np.float32)
    middle_x, middle_y = (x[:-1, :-1] + x[1:, 1:]) / 2.0, (y[:-1, :-1] + y[1:, 1:]) / 2.0
    found = cv2.remap(
        most, middle_x.astype(np.float32), middle_y.astype(np.float32), cv2.INTER_NEAREST, borderValue=0
    )
    return np.asarray(found, np.float32) > 0.12  # noqa: PLR2004 -- hair is this faint


def _drawn_in(x: Floats, y: Floats, inside: Plane, depth: Floats, margin: float) -> tuple[Floats, Floats]:
    """Grid points that lie too far outside moved up to the outline's margin."""
    for _ in range(3):
        step = 1.0
        right, below = _sampled(inside, x + step, y), _sampled(inside, x, y + step)
        left, above = _sampled(inside, x - step, y), _sampled(inside, x, y - step)
        way_x, way_y = (right - left) / 2.0, (below - above) / 2.0
        size = np.maximum(np.hypot(way_x, way_y), 0.35)
        lack = np.maximum(-margin - _sampled(inside, x, y), 0.0)
        x, y = x + lack * way_x / size, y + lack * way_y / size
    del depth
    return x, y


def _thickness(inside: NDArray[np.bool_]) -> Floats:
    """Half a ball's or a tube's thickness over a silhouette, in cells: the root of a Poisson solution."""
    field = np.zeros(inside.shape)
    for _ in range(_ROUNDS):
        around = np.zeros_like(field)
        around[1:-1, 1:-1] = field[:-2, 1:-1] + field[2:, 1:-1] + field[1:-1, :-2] + field[1:-1, 2:]
        field = np.where(inside, (around + 4.0) / 4.0, 0.0)
    soft = np.asarray(cv2.GaussianBlur(np.sqrt(field), (0, 0), 0.8), np.float64)
    return np.where(inside, soft, 0.0)


def _normals(thick: Floats) -> Floats:
    """Unit normals of the front; never so steep that the rim would turn away from the light."""
    down, right = np.gradient(thick)
    slope = np.hypot(right, down)
    share = np.minimum(1.0, _STEEPEST / np.maximum(slope, 1e-6))
    normals = np.stack([-right * share, down * share, np.ones_like(thick)], -1)
    return normals / np.linalg.norm(normals, axis=-1, keepdims=True)


def _faces(kept: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which grid points are used, and triangles between these, counter-clockwise from the front."""
    used = np.zeros((kept.shape[0] + 1, kept.shape[1] + 1), np.bool_)
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        used[down : down + kept.shape[0], right : right + kept.shape[1]] |= kept
    number = np.cumsum(used.ravel()).reshape(used.shape) - 1
    a, b = number[:-1, :-1][kept], number[:-1, 1:][kept]
    c, d = number[1:, :-1][kept], number[1:, 1:][kept]
    return used, np.concatenate([np.stack([a, c, b], -1), np.stack([b, c, d], -1)])
