"""The kernels of passages from one take to another that stands still: frames mixed by a mask."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]


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


@njit(cache=True, nogil=True)
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
    for row in range(rows):
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


@njit(cache=True, nogil=True)
def _mean(here: Bytes, there: Bytes, share: np.float32, out: Bytes) -> None:
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            a, b = np.float32(here[row, column]), np.float32(there[row, column])
            out[row, column] = np.uint8(a + (b - a) * share + np.float32(0.5))


def toned(frame: I420Frame, luma: float, share: float) -> None:
    """Draws a frame a share of the way to grey of one brightness, in place."""
    for plane, level in ((frame.y, luma), (frame.u, 128.0), (frame.v, 128.0)):
        _level(plane, np.float32(level), np.float32(share))


@njit(cache=True, nogil=True)
def _level(plane: Bytes, level: np.float32, share: np.float32) -> None:
    for row in range(plane.shape[0]):
        for column in range(plane.shape[1]):
            value = np.float32(plane[row, column])
            plane[row, column] = np.uint8(value + (level - value) * share + np.float32(0.5))
