"""Brush strokes that live, after Meier (1996) and Litwinowicz (1997).

Each is carried with what it was painted on, turns and takes colour gently, fades in where paint is missing
and out where there is too much.
"""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.tracking import bins, carried, hashed, looked_up_at, sampled

_FADE = np.float32(0.22)
_TURN = np.float32(0.16)
_TINT, _TINT_PER_LEVEL = np.float32(0.3), np.float32(1 / 60)
"""How much of a new colour a stroke takes in a frame, and how much more the farther it is from its own."""

_TREMBLE = 0.05
"""Radians that a stroke lets pass before it turns."""

_CROWD = 2


@dataclass(frozen=True, slots=True)
class Coat:
    """One going over the canvas.

    Attributes:
        length_px: of a stroke, pixels.
        width_px: of a stroke, pixels.
        pitch_px: distance of strokes, pixels.
        least: detail, 0 to 255, below which nothing is painted; 0 paints everywhere.
    """

    length_px: float
    width_px: float
    pitch_px: float
    least: float


@dataclass(frozen=True, slots=True)
class Model:
    """What strokes are painted from.

    Attributes:
        planes: Y, Cb and Cr at half the size, uint8, (3, H/2, W/2).
        ways: direction of strokes as the cosine and sine of twice the angle, float32, (h, w, 2).
        detail: how much there is to paint, uint8, any size.
        flow: motion since the frame before; None where a scene begins.
    """

    planes: NDArray[np.uint8]
    ways: Real
    detail: Plane
    flow: Flow | None


class Strokes:
    """The strokes of one coat.

    Args:
        coat: how they are.
        width: of the frames, pixels.
        height: of the frames, pixels.
        salt: makes coats differ.
    """

    def __init__(self, coat: Coat, width: int, height: int, salt: int) -> None:
        self._coat, self._size, self._salt = coat, (width, height), salt
        self._count = 0
        self._grid = max(int(np.ceil(width / coat.pitch_px)), 1), max(int(np.ceil(height / coat.pitch_px)), 1)
        self._clear()

    def _clear(self) -> None:
        self._count = 0
        self.points = np.zeros((0, 2), np.float32)
        self.ways = np.zeros((0, 2), np.float32)
        self.turns = np.zeros(0, np.float32)
        self.colours = np.zeros((0, 3), np.float32)
        self.opacity = np.zeros(0, np.float32)
        self.numbers = np.zeros(0, np.int64)

    def follow(self, model: Model) -> None:
        """One frame on."""
        is_new = model.flow is None
        if is_new:
            self._clear()
        width, height = self._size
        self.points = carried(self.points, model.flow, width, height)
        leaving = self._leaving(model)
        self._retouch(model)
        step = np.where(leaving, -_FADE, _FADE)
        self.opacity = np.clip(self.opacity + step, 0, 1)
        self._keep(self.opacity > 0)
        self._fill(model, opacity=1.0 if is_new else 0.05)

    def _leaving(self, model: Model) -> NDArray[np.bool_]:
        """Those that left the frame, are too many in one place, or have nothing to say any more."""
        width, height = self._size
        reach = self._coat.length_px
        x, y = self.points[:, 0], self.points[:, 1]
        outside = (x < -reach) | (y < -reach) | (x > width + reach) | (y > height + reach)
        places = bins(self.points, self._coat.pitch_px, *self._grid)
        order = np.argsort(places, kind="stable")
        first = np.searchsorted(places[order], places[order])
        rank = np.empty(len(places), np.int64)
        rank[order] = np.arange(len(places)) - first
        leaving = outside | (rank >= _CROWD)
        if self._coat.least:
            leaving |= self._detail(model, self.points) < self._coat.least * 0.6
        return leaving

    def _detail(self, model: Model, points: Real) -> Real:
        return looked_up_at(model.detail, points, model.detail.shape[1] / self._size[0])

    def _retouch(self, model: Model) -> None:
        """Turn and colour those there are, a little at a time."""
        ways = sampled(model.ways, self.points, *self._size)
        self.ways += _TURN * (ways - self.ways)
        turned = _turn_of(self.ways)
        # half a turn is the same direction, but not the same stroke: no stroke swaps its ends
        turned += np.float32(np.pi) * np.rint((self.turns - turned) / np.float32(np.pi))
        self.turns = np.where(np.abs(turned - self.turns) > _TREMBLE, turned, self.turns)
        seen = np.stack([looked_up_at(plane, self.points, 0.5) for plane in model.planes], axis=1)
        change = seen.astype(np.float32) - self.colours
        share = _TINT + _TINT_PER_LEVEL * np.abs(change).max(axis=1, keepdims=True, initial=0)
        self.colours += np.minimum(share, np.float32(1.0)) * change

    def _keep(self, kept: NDArray[np.bool_]) -> None:
        if kept.all():
            return
        self.points, self.ways, self.colours = self.points[kept], self.ways[kept], self.colours[kept]
        self.opacity, self.numbers, self.turns = self.opacity[kept], self.numbers[kept], self.turns[kept]

    def _fill(self, model: Model, *, opacity: float) -> None:
        """A new stroke wherever a square of the grid has none."""
        columns, rows = self._grid
        held = np.bincount(bins(self.points, self._coat.pitch_px, columns, rows), minlength=columns * rows)
        empty = np.flatnonzero(held == 0)
        # every square has its place: where nothing was wanted, nothing is wanted a little beside it either
        jitter = np.stack((hashed(empty, self._salt), hashed(empty, self._salt + 1)), axis=1)
        corner = np.stack((empty % columns, empty // columns), axis=1)
        points = ((corner + jitter) * self._coat.pitch_px).astype(np.float32)
        if self._coat.least:
            wanted = self._detail(model, points) >= self._coat.least
            points = points[wanted]
        numbers = np.arange(len(points)) + self._count
        self._count += len(points)
        seen = np.stack([looked_up_at(plane, points, 0.5) for plane in model.planes], axis=1)
        self.points = np.concatenate((self.points, points))
        ways = sampled(model.ways, points, *self._size)
        self.ways = np.concatenate((self.ways, ways))
        self.turns = np.concatenate((self.turns, _turn_of(ways)))
        self.colours = np.concatenate((self.colours, seen.astype(np.float32)))
        self.opacity = np.concatenate((self.opacity, np.full(len(points), opacity, np.float32)))
        self.numbers = np.concatenate((self.numbers, numbers))

    def painted(self, jitter: tuple[float, float], curl: float) -> Real:
        """What the kernel paints, the bottom stroke first: float32, (n, 11).

        The columns are x, y, cosine, sine, half length, half width, Y, Cb, Cr, opacity and brush.

        Args:
            jitter: how far luma and colours stray from stroke to stroke, levels.
            curl: how far directions stray, radians.
        """
        numbers, salt = self.numbers, self._salt
        chance = [hashed(numbers, salt + k) for k in range(2, 9)]
        angle = self.turns + curl * (chance[0] - 0.5)
        long = self._coat.length_px * (0.75 + 0.5 * chance[1]) / 2
        wide = self._coat.width_px * (0.8 + 0.4 * chance[2]) / 2
        y = self.colours[:, 0] + jitter[0] * (chance[3] - 0.5) * 2
        u = self.colours[:, 1] + jitter[1] * (chance[4] - 0.5) * 2
        v = self.colours[:, 2] + jitter[1] * (chance[5] - 0.5) * 2
        rows = (
            *(self.points[:, 0], self.points[:, 1], np.cos(angle), np.sin(angle), long, wide),
            *(y, u, v, self.opacity, np.floor(chance[6] * _BRUSHES)),
        )
        table = np.stack(rows, axis=1).astype(np.float32)
        return np.ascontiguousarray(table[np.argsort(hashed(numbers, salt + 9), kind="stable")])


def _turn_of(ways: Real) -> Real:
    """The angle of directions that are given by twice their angle."""
    return (np.arctan2(ways[:, 1], ways[:, 0]) / 2).astype(np.float32)


_BRUSHES = 6
BRUSH_LONG, BRUSH_WIDE = 40, 14


def brushes(seed: int, roughness: float) -> NDArray[np.uint8]:
    """Prints of brushes: how much paint lies where, uint8, (6, BRUSH_WIDE, BRUSH_LONG).

    Args:
        seed: of their hairs.
        roughness: how much hairs show; hairs finer than a pixel would shimmer.
    """
    random = np.random.default_rng(seed)
    u = np.linspace(-1, 1, BRUSH_LONG)[None, :]
    v = np.linspace(-1, 1, BRUSH_WIDE)[:, None]
    out = np.empty((_BRUSHES, BRUSH_WIDE, BRUSH_LONG), np.uint8)
    for k in range(_BRUSHES):
        hairs = np.repeat(random.normal(0, 1, (BRUSH_WIDE, 1)), BRUSH_LONG, axis=1)
        hairs += 0.5 * np.cumsum(random.normal(0, 0.35, (BRUSH_WIDE, BRUSH_LONG)), axis=1)
        ends = (
            1
            - 0.16 * random.random((BRUSH_WIDE, 1))
            - np.abs(u + 0.05 * random.normal(0, 1, (BRUSH_WIDE, 1)))
        )
        body = np.clip(ends / 0.10, 0, 1) * np.clip((1 - np.abs(v)) / 0.22, 0, 1)
        thick = 0.62 + roughness * 0.15 * hairs + 0.10 * u
        out[k] = np.clip(255 * body * np.clip(thick, 0.25, 1), 0, 255).astype(np.uint8)
    return out


@compiled
def paint_strokes(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    strokes: Real, brush: NDArray[np.uint8], scale: np.float32, first: int, one: Plane, other: Plane
) -> None:
    """Paint strokes over two planes, in order.

    Args:
        strokes: see `Strokes.painted`.
        brush: see `brushes`.
        scale: size of the planes as a share of the frame's.
        first: 6 paints Y and how thick paint lies, 7 paints Cb and Cr.
        one: Y or Cb.
        other: thickness or Cr.
    """
    height, width = one.shape
    is_luma = first == 6
    for k in range(strokes.shape[0]):
        cx, cy = strokes[k, 0] * scale - np.float32(0.5), strokes[k, 1] * scale - np.float32(0.5)
        c, s = strokes[k, 2], strokes[k, 3]
        long, wide = strokes[k, 4] * scale, max(strokes[k, 5] * scale, np.float32(0.6))
        a = np.int32(min(max(strokes[k, first], np.float32(16.0)), np.float32(240.0)))
        b = np.int32(min(max(strokes[k, first + 1], np.float32(16.0)), np.float32(240.0)))
        opacity = np.int32(strokes[k, 9] * np.float32(256.0))
        hairs = brush[int(strokes[k, 10])]
        reach = abs(s) * long + abs(c) * wide
        top = max(int(np.ceil(cy - reach)), 0)
        bottom = min(int(np.floor(cy + reach)), height - 1)
        per_u, per_v = np.float32(BRUSH_LONG * 0.5) / long, np.float32(BRUSH_WIDE * 0.5) / wide
        for y in range(top, bottom + 1):
            dy = np.float32(y) - cy
            # where the row enters and leaves the oblong: |dx c + dy s| < long and |dy c - dx s| < wide
            low, high = np.float32(-1e6), np.float32(1e6)
            if abs(c) > np.float32(1e-4):
                p, q = (-long - dy * s) / c, (long - dy * s) / c
                low, high = max(low, min(p, q)), min(high, max(p, q))
            if abs(s) > np.float32(1e-4):
                p, q = (dy * c - wide) / s, (dy * c + wide) / s
                low, high = max(low, min(p, q)), min(high, max(p, q))
            left = max(int(np.ceil(cx + low)), 0)
            right = min(int(np.floor(cx + high)), width - 1)
            dx = np.float32(left) - cx
            u = np.int32(((dx * c + dy * s + long) * per_u) * np.float32(65536.0))
            v = np.int32(((dy * c - dx * s + wide) * per_v) * np.float32(65536.0))
            step_u, step_v = (
                np.int32(c * per_u * np.float32(65536.0)),
                np.int32(-s * per_v * np.float32(65536.0)),
            )
            for x in range(left, right + 1):
                i = min(max(v >> 16, 0), BRUSH_WIDE - 1)
                j = min(max(u >> 16, 0), BRUSH_LONG - 1)
                u += step_u
                v += step_v
                thick = np.int32(hairs[i, j])
                share = (min(thick * 5, 256) * opacity) >> 8
                under = np.int32(one[y, x])
                one[y, x] = np.uint8(under + (((a - under) * share) >> 8))
                under = np.int32(other[y, x])
                over = thick if is_luma else b
                other[y, x] = np.uint8(under + (((over - under) * share) >> 8))
