"""What a look sees of a clip: frames with their noise settled, their motion, and where a new scene begins.

Looks turn small differences into big ones: a level more or less decides between two colours of a cartoon.
Noise is therefore averaged along the motion before anything is decided.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.flow import FlowFinder
from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Plane
from kirin_video.engines.previs.looks.raster import AREA, apart, fetched, halved, resized
from kirin_video.media.frames import I420Frame

_FINE = NDArray[np.uint16]

_CUT_LEVELS = 20.0
_REST_PX = 0.02


@dataclass(frozen=True, slots=True)
class Sight:
    """One frame as looks see it.

    Attributes:
        y: luma, noise settled, uint8, (H, W).
        half: luma at half the size, (H/2, W/2).
        u: blue difference, noise settled.
        v: red difference, noise settled.
        flow: how things moved since the frame before; None for the first frame of a scene.
        is_new: whether a new scene begins here.
    """

    y: Plane
    half: Plane
    u: Plane
    v: Plane
    flow: Flow | None
    is_new: bool


@compiled
def _mixed(fresh: np.int32, was: np.int32) -> np.uint16:
    """A sixth of the new one while they differ by noise, all of it from ten levels on."""
    difference = abs(fresh - was) >> 8
    share = min(42 + max(difference - 2, 0) * 27, 256)
    return np.uint16(was + (((fresh - was) * share) >> 8))


@compiled
def _way(flow: Flow, axis: int, i: int, fy: np.float32, at: np.float32) -> np.float32:
    """One coordinate of the flow between two of its rows, at a place along them."""
    columns = flow.shape[1]
    at = min(max(at, np.float32(0.0)), np.float32(columns - 1))
    j = min(int(at), max(columns - 2, 0))
    fx = at - np.float32(j)
    below, beside = min(i + 1, flow.shape[0] - 1), min(j + 1, columns - 1)
    a = flow[i, j, axis] + (flow[i, beside, axis] - flow[i, j, axis]) * fx
    b = flow[below, j, axis] + (flow[below, beside, axis] - flow[below, j, axis]) * fx
    return a + (b - a) * fy


@compiled
def _settle(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    now: Plane, before: _FINE, after: _FINE, out: Plane, flow: Flow, scale: np.float32
) -> None:
    """Average a plane with what it was, in 256ths of a level; what changed is taken as it is.

    Along a row the flow is straight for eight pixels, in fixed point of 16 bits.
    """
    height, width = now.shape
    rows, columns = flow.shape[0], flow.shape[1]
    step_x = np.float32(columns) / np.float32(width)
    step_y = np.float32(rows) / np.float32(height)
    half = np.float32(0.5)
    fine = np.float32(65536.0)
    flat = before.reshape(-1)
    last_x, last_y = np.int64((width - 1) * 65536 - 1), np.int64((height - 1) * 65536 - 1)
    for y in range(height):
        at = (np.float32(y) + half) * step_y - half
        at = min(max(at, np.float32(0.0)), np.float32(rows - 1))
        i = min(int(at), max(rows - 2, 0))
        fy = at - np.float32(i)
        here, to, kept = now[y], out[y], after[y]
        from_x = _way(flow, 0, i, fy, half * step_x - half) * scale
        from_y = _way(flow, 1, i, fy, half * step_x - half) * scale
        for start in range(0, width, 8):
            stop = min(start + 8, width)
            along = (np.float32(start + 8) + half) * step_x - half
            next_x = _way(flow, 0, i, fy, along) * scale
            next_y = _way(flow, 1, i, fy, along) * scale
            px = np.int64((np.float32(start) + from_x) * fine)
            py = np.int64((np.float32(y) + from_y) * fine)
            add_x = np.int64((np.float32(8.0) + next_x - from_x) * fine) >> 3
            add_y = np.int64((next_y - from_y) * fine) >> 3
            from_x, from_y = next_x, next_y
            end_x, end_y = px + 8 * add_x, py + 8 * add_y
            inside = min(px, end_x) >= 0 and max(px, end_x) < last_x
            inside = inside and min(py, end_y) >= 0 and max(py, end_y) < last_y
            for x in range(start, stop):
                cx, cy = px, py
                if not inside:
                    cx = min(max(px, 0), last_x)
                    cy = min(max(py, 0), last_y)
                px += add_x
                py += add_y
                place = np.uint64((cy >> 16) * width + (cx >> 16))
                gx, gy = np.int32((cx >> 8) & 255), np.int32((cy >> 8) & 255)
                a, b = np.int32(flat[place]), np.int32(flat[place + np.uint64(1)])
                c = np.int32(flat[place + np.uint64(width)])
                d = np.int32(flat[place + np.uint64(width + 1)])
                top = (a << 8) + (b - a) * gx
                bottom = (c << 8) + (d - c) * gx
                was = ((top >> 8) * (256 - gy) + (bottom >> 8) * gy) >> 8
                value = _mixed(np.int32(here[x]) << 8, was)
                kept[x] = value
                to[x] = np.uint8(min((np.int32(value) + 128) >> 8, 255))


@compiled
def _rest(now: Plane, kept: _FINE, out: Plane) -> None:
    """The same for a picture that stands still."""
    height, width = now.shape
    for y in range(height):
        for x in range(width):
            kept[y, x] = _mixed(np.int32(now[y, x]) << 8, np.int32(kept[y, x]))
            out[y, x] = np.uint8(min((np.int32(kept[y, x]) + 128) >> 8, 255))


class _Settled:
    """One plane with what it remembers."""

    def __init__(self, height: int, width: int, scale: float) -> None:
        self._kept = np.zeros((height, width), np.uint16)
        self._spare = np.zeros((height, width), np.uint16)
        self._out = np.zeros((height, width), np.uint8)
        self._scale = np.float32(scale)

    def next(self, now: Plane, flow: Flow | None) -> Plane:
        now = np.ascontiguousarray(now)
        if flow is None:
            self._kept[:] = now.astype(np.uint16) << 8
            self._out[:] = now
        elif float(np.abs(flow).max()) < _REST_PX:
            _rest(now, self._kept, self._out)
        else:
            _settle(now, self._kept, self._spare, self._out, flow, self._scale)
            self._kept, self._spare = self._spare, self._kept
        return self._out


class Watcher:
    """Watches one clip.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._finder = FlowFinder(width, height)
        self._size = width, height
        self._y = _Settled(height, width, 1.0)
        self._u = _Settled(height // 2, width // 2, 0.5)
        self._v = _Settled(height // 2, width // 2, 0.5)
        self._thumb: Plane | None = None

    def next(self, frame: I420Frame, motion: Flow | None) -> Sight:
        """See the next frame."""
        flow = self._finder.next(frame.y) if motion is None or self._thumb is None else motion
        if self._is_cut(frame.y, flow):
            flow = None
        y = self._y.next(frame.y, flow)
        u, v = self._u.next(frame.u, flow), self._v.next(frame.v, flow)
        return Sight(y, halved(y), u, v, flow, flow is None)

    def forget(self) -> None:
        """Begin a new scene with the next frame, however like the last one it is."""
        self._thumb = None

    def _is_cut(self, y: Plane, flow: Flow | None) -> bool:
        """Whether this frame has little to do with the one before, wherever its parts may have gone."""
        before, self._thumb = self._thumb, resized(y, 64, 36, AREA)
        if before is None or flow is None:
            return True
        ways = resized(flow, 64, 36)
        scale = np.array((64 / self._size[0], 36 / self._size[1]), np.float32)
        places = np.dstack(np.meshgrid(np.arange(64), np.arange(36))).astype(np.float32)
        there = places + ways * scale
        moved = fetched(before, there[..., 0], there[..., 1])
        gone = apart(moved, self._thumb)
        return float(gone.mean()) > _CUT_LEVELS
