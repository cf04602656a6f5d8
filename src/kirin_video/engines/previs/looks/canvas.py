"""The ground a look is painted on, which goes with the camera.

Paper that stays on the screen while the scene passes behind it looks like a shower door (Cunzi and others,
"Dynamic canvas", 2003).
"""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import mixed, placed
from kirin_video.engines.previs.looks.textures import SIDE
from kirin_video.engines.previs.looks.watching import Sight

_ROUNDS = 4
_OUTLIER_PX = 1.0
_FIRM_PX = 0.12
"""A turn or a zoom that moves the borders by less than this in a frame is not followed."""


class Canvas:
    """Where the ground lies under the frame, moved as most of the picture moves.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        scale: pixels of the frame for a pixel of the tiles.
    """

    def __init__(self, width: int, height: int, scale: float = 1.0) -> None:
        self._size = width, height
        self._scale = max(scale, 0.35)
        self._place = np.eye(3)
        self._wide: dict[int, tuple[Plane, Plane]] = {}

    def move(self, sight: Sight) -> None:
        """Follow the camera by one frame; a new scene begins on fresh ground."""
        if sight.flow is None:
            self._place = np.eye(3)
        else:
            self._place = self._place @ camera_motion(sight.flow, *self._size)

    def laid(self, tile: Plane) -> Plane:
        """A tile under the whole frame: uint8, (H, W).

        A zoom blends one size of the tile over into the next, so that its grain stays as fine as it was.
        """
        zoom = math.hypot(self._place[0, 0], self._place[1, 0])
        octave = math.log2(max(zoom, 1e-3))
        whole = math.floor(octave)
        share = octave - whole
        share = share * share * (3 - 2 * share)
        near = self._sampled(tile, 2.0**-whole)
        if share < 0.004:
            return near
        far = self._sampled(tile, 2.0 ** -(whole + 1))
        # two noises blended would be fainter than either
        gain = 1 / math.sqrt(share**2 + (1 - share) ** 2)
        middle = 128.0 * (1 - gain)
        return mixed(near, (1 - share) * gain, far, share * gain, middle)

    def _sampled(self, tile: Plane, times: float) -> Plane:
        width, height = self._size
        place = self._place.copy()
        place[:2] *= times / self._scale
        place[:2, 2] %= SIDE
        straight = abs(place[0, 1]) < 1e-5 and abs(place[0, 0] - 1) < 1e-5
        if straight:
            return _shifted(tile, place[0, 2], place[1, 2], width, height)
        reach = np.abs(place[:2, :2]) @ np.array((width, height)) + 2
        repeats = int(np.ceil(reach.max() / SIDE)) + 2
        low = np.minimum(place[:2, :2], 0) @ np.array((width, height))
        place[:2, 2] += np.ceil(-low / SIDE) * SIDE
        return placed(self._repeated(tile, min(repeats, 12)), place[:2], width, height)

    def _repeated(self, tile: Plane, times: int) -> Plane:
        """A tile side by side; kept, as the same few tiles are asked for in every frame."""
        known = self._wide.get(id(tile))
        if known is None or known[0] is not tile or len(known[1]) < times * SIDE:
            known = tile, np.tile(tile, (times, times))
            self._wide[id(tile)] = known
        return known[1]


@compiled
def _slide(tile: Plane, left: int, top: int, fx: int, fy: int, out: Plane) -> None:  # noqa: PLR0913, PLR0917
    """A tile repeated over a plane, moved by whole pixels and 256ths."""
    height, width = out.shape
    side = tile.shape[0]
    for y in range(height):
        above, below = tile[(top + y) % side], tile[(top + y + 1) % side]
        x = 0
        while x < width:
            start = (left + x) % side
            run = min(side - 1 - start, width - x)
            for k in range(run):
                j = start + k
                a = np.int32(above[j]) * (256 - fx) + np.int32(above[j + 1]) * fx
                b = np.int32(below[j]) * (256 - fx) + np.int32(below[j + 1]) * fx
                out[y, x + k] = np.uint8((a * (256 - fy) + b * fy + 32768) >> 16)
            x += run
            if x < width:
                a = np.int32(above[side - 1]) * (256 - fx) + np.int32(above[0]) * fx
                b = np.int32(below[side - 1]) * (256 - fx) + np.int32(below[0]) * fx
                out[y, x] = np.uint8((a * (256 - fy) + b * fy + 32768) >> 16)
                x += 1


def _shifted(tile: Plane, x: float, y: float, width: int, height: int) -> Plane:
    """A tile moved, not turned: cheaper, and exact where it stands still."""
    across, down = round(x * 256), round(y * 256)
    out = np.empty((height, width), np.uint8)
    _slide(tile, across >> 8, down >> 8, across & 255, down & 255, out)
    return out


def camera_motion(flow: Flow, width: int, height: int) -> Real:
    """The shift, turn and zoom that most of a flow agrees on, from a frame to the one before: (3, 3).

    Least squares, with what does not agree counting less and less.
    """
    rows, columns = flow.shape[:2]
    i, j = np.divmod(np.arange(rows * columns, dtype=np.float64), columns)
    px = (j + 0.5) * (width / columns) - width / 2
    py = (i + 0.5) * (height / rows) - height / 2
    fx, fy = flow[..., 0].ravel().astype(float), flow[..., 1].ravel().astype(float)
    weight = np.ones_like(px)
    growth, turn, dx, dy = 0.0, 0.0, float(np.median(fx)), float(np.median(fy))
    for _ in range(_ROUNDS):
        off = np.hypot(growth * px - turn * py + dx - fx, turn * px + growth * py + dy - fy)
        weight = 1 / (1 + (off / max(_OUTLIER_PX, float(np.median(off)))) ** 2) ** 2
        total = weight.sum()
        mx, my = (weight * px).sum() / total, (weight * py).sum() / total
        mfx, mfy = (weight * fx).sum() / total, (weight * fy).sum() / total
        qx, qy, gx, gy = px - mx, py - my, fx - mfx, fy - mfy
        spread = (weight * (qx * qx + qy * qy)).sum() + 1e-6
        growth = float((weight * (qx * gx + qy * gy)).sum() / spread)
        turn = float((weight * (qx * gy - qy * gx)).sum() / spread)
        dx, dy = mfx - growth * mx + turn * my, mfy - turn * mx - growth * my
    if max(abs(growth), abs(turn)) * max(width, height) < _FIRM_PX:
        growth, turn = 0.0, 0.0
    if math.hypot(dx, dy) < 0.01:
        dx, dy = 0.0, 0.0
    cx, cy = width / 2, height / 2
    rest = np.array(((1 + growth, -turn, dx), (turn, 1 + growth, dy), (0.0, 0.0, 1.0)))
    to, back = np.eye(3), np.eye(3)
    to[:2, 2], back[:2, 2] = (cx, cy), (-cx, -cy)
    return (to @ rest @ back).astype(np.float32)
