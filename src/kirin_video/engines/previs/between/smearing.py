"""The kernels of passages from one take to another: frames moved with motion blur, and mixed by a mask."""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_MOST_TAPS = 24
_TAP_PX = 2.5


def moved(frame: I420Frame, start: Plane, stop: Plane, out: I420Frame) -> None:
    """Draws a frame as a camera sees it that moves while its shutter is open.

    Args:
        frame: what is seen; beyond its border it is mirrored.
        start: takes pixels of what is drawn to those of the frame as the shutter opens, float32, (2, 3).
        stop: the same as it closes.
        out: is drawn.
    """
    corners = np.array([[0, 0, 1], [frame.width, 0, 1], [0, frame.height, 1], [frame.width, frame.height, 1]])
    way = float(np.abs(corners @ (stop - start).T).max())
    taps = int(np.clip(round(way / _TAP_PX), 1, _MOST_TAPS))
    half = np.array([0.5, 0.5], np.float32)
    # a chroma sample lies between four of luma: at (2 i + 0.5) in luma's pixels
    chroma = [
        np.column_stack([m[:, :2], (m[:, :2] @ half + m[:, 2] - half) / 2]).astype(np.float32)
        for m in (start, stop)
    ]
    _smear(frame.y, start, stop, taps, out.y)
    _smear(frame.u, chroma[0], chroma[1], max(1, taps // 2), out.u)
    _smear(frame.v, chroma[0], chroma[1], max(1, taps // 2), out.v)


@njit(cache=True, nogil=True)
def _mirrored(at: np.float32, last: int) -> np.float32:
    """A coordinate folded back into 0 to ``last``."""
    period = np.float32(2 * last)
    at = abs(at) % period
    return min(at, period - at)


@njit(cache=True, nogil=True, parallel=True)
def _smear(plane: Bytes, start: Plane, stop: Plane, taps: int, out: Bytes) -> None:
    rows, columns = plane.shape
    one = np.float32(1.0)
    for row in prange(rows):
        for column in range(columns):
            x, y = np.float32(column), np.float32(row)
            x0 = start[0, 0] * x + start[0, 1] * y + start[0, 2]
            y0 = start[1, 0] * x + start[1, 1] * y + start[1, 2]
            dx = stop[0, 0] * x + stop[0, 1] * y + stop[0, 2] - x0
            dy = stop[1, 0] * x + stop[1, 1] * y + stop[1, 2] - y0
            total = np.float32(0.0)
            for tap in range(taps):
                share = (np.float32(tap) + np.float32(0.5)) / np.float32(taps)
                u, v = _mirrored(x0 + share * dx, columns - 1), _mirrored(y0 + share * dy, rows - 1)
                i, j = min(int(v), rows - 2), min(int(u), columns - 2)
                fx, fy = u - np.float32(j), v - np.float32(i)
                top = np.float32(plane[i, j]) * (one - fx) + np.float32(plane[i, j + 1]) * fx
                below = np.float32(plane[i + 1, j]) * (one - fx) + np.float32(plane[i + 1, j + 1]) * fx
                total += top * (one - fy) + below * fy
            out[row, column] = np.uint8(total / np.float32(taps) + np.float32(0.5))


def uncovered(  # noqa: PLR0913 - a mask and its edge
    first: I420Frame,
    last: I420Frame,
    arrival: Plane,
    share: float,
    out: I420Frame,
    *,
    edge: float,
    gleam: tuple[float, float, float],
) -> None:
    """Draws the last picture where it has arrived, and the first elsewhere.

    Args:
        first: what is left.
        last: what comes.
        arrival: when the last picture comes, 0 to 1, at any size, float32, (h, w).
        share: how far the passage is, 0 to 1.
        out: is drawn; may be ``first``.
        edge: how soft the border is, as a share of the passage.
        gleam: what is added to Y, Cb and Cr along the border.
    """
    front = np.float32(share * (1.0 + edge))
    light = np.array(gleam, np.float32)
    planes = ((first.y, last.y, out.y), (first.u, last.u, out.u), (first.v, last.v, out.v))
    for channel, (here, there, drawn) in enumerate(planes):
        _uncover(here, there, arrival, front, np.float32(edge), light[channel], drawn)


@njit(cache=True, nogil=True, parallel=True)
def _uncover(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    here: Bytes,
    there: Bytes,
    arrival: Plane,
    front: np.float32,
    edge: np.float32,
    gleam: np.float32,
    out: Bytes,
) -> None:
    rows, columns = out.shape
    step_y = np.float32(arrival.shape[0] - 1) / np.float32(rows)
    step_x = np.float32(arrival.shape[1] - 1) / np.float32(columns)
    zero, one, white = np.float32(0.0), np.float32(1.0), np.float32(255.0)
    for row in prange(rows):
        v = (np.float32(row) + np.float32(0.5)) * step_y
        i = min(int(v), arrival.shape[0] - 2)
        fy = v - np.float32(i)
        for column in range(columns):
            u = (np.float32(column) + np.float32(0.5)) * step_x
            j = min(int(u), arrival.shape[1] - 2)
            fx = u - np.float32(j)
            top = arrival[i, j] + (arrival[i, j + 1] - arrival[i, j]) * fx
            below = arrival[i + 1, j] + (arrival[i + 1, j + 1] - arrival[i + 1, j]) * fx
            share = (front - (top + (below - top) * fy)) / edge
            share = min(max(share, zero), one)
            share = share * share * (np.float32(3.0) - np.float32(2.0) * share)
            a, b = np.float32(here[row, column]), np.float32(there[row, column])
            value = a + (b - a) * share
            value += gleam * np.float32(4.0) * share * (one - share)
            out[row, column] = np.uint8(min(max(value + np.float32(0.5), zero), white))


def mixed(first: I420Frame, last: I420Frame, share: float, out: I420Frame) -> None:
    """Draws a mean of two frames; ``out`` may be one of them."""
    for here, there, drawn in ((first.y, last.y, out.y), (first.u, last.u, out.u), (first.v, last.v, out.v)):
        _mean(here, there, np.float32(share), drawn)


@njit(cache=True, nogil=True, parallel=True)
def _mean(here: Bytes, there: Bytes, share: np.float32, out: Bytes) -> None:
    for row in prange(out.shape[0]):
        for column in range(out.shape[1]):
            a, b = np.float32(here[row, column]), np.float32(there[row, column])
            out[row, column] = np.uint8(a + (b - a) * share + np.float32(0.5))


def toned(frame: I420Frame, luma: float, share: float) -> None:
    """Draws a frame a share of the way to grey of one brightness, in place."""
    for plane, level in ((frame.y, luma), (frame.u, 128.0), (frame.v, 128.0)):
        _level(plane, np.float32(level), np.float32(share))


@njit(cache=True, nogil=True, parallel=True)
def _level(plane: Bytes, level: np.float32, share: np.float32) -> None:
    for row in prange(plane.shape[0]):
        for column in range(plane.shape[1]):
            value = np.float32(plane[row, column])
            plane[row, column] = np.uint8(value + (level - value) * share + np.float32(0.5))
