"""Frames smeared by a moving camera, fast: what is smeared far is read from smaller copies of the frame.

A pixel's smear is a mean along the way its view takes while the shutter is open. Short ways are followed
pixel by pixel; from six pixels on, blocks of two by two share one mean, taken from the frame at half or a
quarter of its size, where luma and chroma lie on one grid and each step covers more of the way.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_SHORT, _MIDDLE = np.float32(6.0), np.float32(64.0)
_MOST_TAPS, _MOST_FINE_TAPS, _MANY = 16, 24, 4
_SMALL_ROWS = 400
"""Small frames are smeared pixel by pixel: blocks would be seen in them."""


@dataclass(frozen=True, slots=True)
class Softened:
    """A frame and its smaller copies.

    Attributes:
        luma: uint8, (H, W).
        half: Y, Cb and Cr, uint8, (H/2, W/2, 3).
        quarter: the same, uint8, (H/4, W/4, 3).
    """

    luma: Bytes
    half: Bytes
    quarter: Bytes


def softened(frame: I420Frame) -> Softened:
    """Makes the copies by area."""
    height, width = frame.u.shape
    small = cv2.resize(frame.y, (width, height), interpolation=cv2.INTER_AREA)
    half = np.asarray(cv2.merge([np.asarray(small, np.uint8), frame.u, frame.v]), np.uint8)
    size = max(2, width // 2), max(2, height // 2)
    return Softened(frame.y, half, np.asarray(cv2.resize(half, size, interpolation=cv2.INTER_AREA), np.uint8))


@njit(cache=True, nogil=True)
def _held(at: np.float32, count: int) -> np.float32:
    return min(max(at, np.float32(0.0)), np.float32(count) - np.float32(1.001))


@njit(cache=True, nogil=True)
def _luma(plane: Bytes, x: np.float32, y: np.float32) -> np.float32:
    u, v = _held(x, plane.shape[1]), _held(y, plane.shape[0])
    j, i = np.uint64(u), np.uint64(v)
    fx, fy, one = u - np.float32(j), v - np.float32(i), np.uint64(1)
    top = np.float32(plane[i, j]) + (np.float32(plane[i, j + one]) - np.float32(plane[i, j])) * fx
    a, b = np.float32(plane[i + one, j]), np.float32(plane[i + one, j + one])
    return top + (a + (b - a) * fx - top) * fy


@njit(cache=True, nogil=True)
def _colour(
    copy: Bytes, size: tuple[np.float32, np.float32], x: np.float32, y: np.float32
) -> tuple[np.float32, np.float32, np.float32]:
    """Y, Cb and Cr at a point of the frame, in the frame's pixels."""
    half = np.float32(0.5)
    u = _held((x + half) * size[0] - half, copy.shape[1])
    v = _held((y + half) * size[1] - half, copy.shape[0])
    j, i = np.uint64(u), np.uint64(v)
    fx, fy, one = u - np.float32(j), v - np.float32(i), np.uint64(1)
    a, b = (np.float32(1.0) - fx) * (np.float32(1.0) - fy), fx * (np.float32(1.0) - fy)
    c, d = (np.float32(1.0) - fx) * fy, fx * fy
    below, right = i + one, j + one
    return (
        a * copy[i, j, 0] + b * copy[i, right, 0] + c * copy[below, j, 0] + d * copy[below, right, 0],
        a * copy[i, j, 1] + b * copy[i, right, 1] + c * copy[below, j, 1] + d * copy[below, right, 1],
        a * copy[i, j, 2] + b * copy[i, right, 2] + c * copy[below, j, 2] + d * copy[below, right, 2],
    )


@njit(cache=True, nogil=True)
def _picked(
    copy: Bytes, size: tuple[np.float32, np.float32], x: np.float32, y: np.float32
) -> tuple[np.float32, np.float32, np.float32]:
    """The same of the nearest sample: a mean of many needs no more."""
    j = np.uint64(_held((x + np.float32(0.5)) * size[0], copy.shape[1]))
    i = np.uint64(_held((y + np.float32(0.5)) * size[1], copy.shape[0]))
    return np.float32(copy[i, j, 0]), np.float32(copy[i, j, 1]), np.float32(copy[i, j, 2])


# a call of its own would count every array once a block: a fifth of the time
@njit(cache=True, nogil=True, inline="always")
def _block(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    luma: Bytes, half: Bytes, quarter: Bytes,
    x: np.float32, y: np.float32, dx: np.float32, dy: np.float32, pitch: np.float32, found: Plane,
) -> None:  # fmt: skip
    """Four of Y, one of Cb and of Cr for a block whose middle goes from (x, y) by (dx, dy)."""
    way = np.float32(np.sqrt(dx * dx + dy * dy))
    found[:] = np.float32(0.0)
    by_half = (
        np.float32(half.shape[1]) / np.float32(luma.shape[1]),
        np.float32(half.shape[0]) / np.float32(luma.shape[0]),
    )
    if way < _SHORT or luma.shape[0] < _SMALL_ROWS:
        taps = min(1 + int(way * np.float32(0.4)), _MOST_FINE_TAPS)
        part = np.float32(1.0) / np.float32(taps)
        off = np.float32(0.5) * pitch
        for tap in range(taps):
            share = (np.float32(tap) + np.float32(0.5)) * part
            u, v = x + share * dx, y + share * dy
            found[0] += _luma(luma, u - off, v - off) * part
            found[1] += _luma(luma, u + off, v - off) * part
            found[2] += _luma(luma, u - off, v + off) * part
            found[3] += _luma(luma, u + off, v + off) * part
            _, blue, red = _colour(half, by_half, u, v)
            found[4] += blue * part
            found[5] += red * part
        return
    is_near = way < _MIDDLE
    step = np.float32(0.25) if is_near else np.float32(0.125)
    taps = min(1 + int(way * step), _MOST_TAPS)
    part = np.float32(1.0) / np.float32(taps)
    by_quarter = (
        np.float32(quarter.shape[1]) / np.float32(luma.shape[1]),
        np.float32(quarter.shape[0]) / np.float32(luma.shape[0]),
    )
    bright, blue, red = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for tap in range(taps):
        share = (np.float32(tap) + np.float32(0.5)) * part
        u, v = x + share * dx, y + share * dy
        if taps >= _MANY:
            p, q, r = _picked(half, by_half, u, v) if is_near else _picked(quarter, by_quarter, u, v)
        else:
            p, q, r = _colour(half, by_half, u, v) if is_near else _colour(quarter, by_quarter, u, v)
        bright, blue, red = bright + p, blue + q, red + r
    found[0] = found[1] = found[2] = found[3] = np.float32(bright * part)
    found[4], found[5] = np.float32(blue * part), np.float32(red * part)


@njit(cache=True, nogil=True)
def _write(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    found: Plane, row: int, column: int, out_y: Bytes, out_u: Bytes, out_v: Bytes
) -> None:
    half = np.float32(0.5)
    out_y[2 * row, 2 * column] = np.uint8(found[0] + half)
    out_y[2 * row, 2 * column + 1] = np.uint8(found[1] + half)
    out_y[2 * row + 1, 2 * column] = np.uint8(found[2] + half)
    out_y[2 * row + 1, 2 * column + 1] = np.uint8(found[3] + half)
    out_u[row, column] = np.uint8(found[4] + half)
    out_v[row, column] = np.uint8(found[5] + half)


def flown(  # noqa: PLR0913 - two views and the window between them
    outer: Softened, inner: Softened, ways: Plane, *, opening: float, soft: float, out: I420Frame
) -> None:
    """Draws a flight through one frame into another, which is seen in a soft window until it fills the view.

    Args:
        outer: what is flown through.
        inner: what lies behind it; seen only where it is, so that its border is never passed.
        ways: from pixels of what is drawn to those of ``outer`` as the shutter opens and as it closes, then
            the same of ``inner``: a scale and an offset in x and in y, float32, (4, 3).
        opening: how much of the window can be seen through, 0 to 1.
        soft: how wide its border is, as a share of the frame's height; 0 where ``inner`` fills the view.
        out: is drawn.
    """
    _fly(
        outer.luma, outer.half, outer.quarter, inner.luma, inner.half, inner.quarter, ways,
        np.float32(opening), np.float32(soft * out.y.shape[0]), out.y, out.u, out.v,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _fly(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    luma: Bytes, half: Bytes, quarter: Bytes, luma_in: Bytes, half_in: Bytes, quarter_in: Bytes, ways: Plane,
    opening: np.float32, soft: np.float32, out_y: Bytes, out_u: Bytes, out_v: Bytes,
) -> None:  # fmt: skip
    rows, columns = out_u.shape
    width, height = np.float32(luma.shape[1] - 1), np.float32(luma.shape[0] - 1)
    one, zero, mid = np.float32(1.0), np.float32(0.0), np.float32(0.5)
    for row in range(rows):
        seen, behind = np.empty(6, np.float32), np.empty(6, np.float32)
        y = np.float32(2 * row) + mid
        for column in range(columns):
            x = np.float32(2 * column) + mid
            u0, v0 = ways[2, 0] * x + ways[2, 1], ways[2, 0] * y + ways[2, 2]
            u1, v1 = ways[3, 0] * x + ways[3, 1], ways[3, 0] * y + ways[3, 2]
            u, v = (u0 + u1) * mid, (v0 + v1) * mid
            share = opening
            if soft > zero:
                # the window's corners are round
                gap_x, gap_y = min(u, width - u), min(v, height - v)
                inside_x = min(max(gap_x / soft, zero), one)
                inside_y = min(max(gap_y / soft, zero), one)
                inside = inside_x * inside_y
                share *= inside * inside * (np.float32(3.0) - np.float32(2.0) * inside)
            if share < np.float32(0.998):
                a0, b0 = ways[0, 0] * x + ways[0, 1], ways[0, 0] * y + ways[0, 2]
                a1, b1 = ways[1, 0] * x + ways[1, 1], ways[1, 0] * y + ways[1, 2]
                _block(luma, half, quarter, a0, b0, a1 - a0, b1 - b0, ways[0, 0], seen)
            if share > np.float32(0.002):
                _block(luma_in, half_in, quarter_in, u0, v0, u1 - u0, v1 - v0, ways[2, 0], behind)
                if share < np.float32(0.998):
                    for k in range(6):
                        behind[k] = seen[k] + (behind[k] - seen[k]) * share
                _write(behind, row, column, out_y, out_u, out_v)
            else:
                _write(seen, row, column, out_y, out_u, out_v)


def swung(
    first: Softened, last: Softened, travel: tuple[float, float], ways: tuple[float, float], out: I420Frame
) -> None:
    """Draws what a camera sees that swings from one frame to another lying beside it.

    Args:
        first: where the swing begins.
        last: where it ends.
        travel: from the first to the last, pixels; one of both is 0.
        ways: the share of the way as the shutter opens and as it closes, 0 to 1.
        out: is drawn.
    """
    _swing(
        first.luma, first.half, first.quarter, last.luma, last.half, last.quarter,
        np.array(travel, np.float32), np.float32(ways[0]), np.float32(ways[1]), out.y, out.u, out.v,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _swing(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    luma: Bytes, half: Bytes, quarter: Bytes, luma_to: Bytes, half_to: Bytes, quarter_to: Bytes,
    travel: Plane, opens: np.float32, closes: np.float32, out_y: Bytes, out_u: Bytes, out_v: Bytes,
) -> None:  # fmt: skip
    rows, columns = out_u.shape
    one, zero, mid = np.float32(1.0), np.float32(0.0), np.float32(0.5)
    is_level = abs(travel[0]) > abs(travel[1])
    length = travel[0] if is_level else travel[1]
    size = np.float32(luma.shape[1]) if is_level else np.float32(luma.shape[0])
    way = (closes - opens) * length
    for row in range(rows):
        seen, beside = np.empty(6, np.float32), np.empty(6, np.float32)
        for column in range(columns):
            x, y = np.float32(2 * column) + mid, np.float32(2 * row) + mid
            start = (x if is_level else y) + opens * length
            # the share of the shutter's time in which the first frame is seen
            leaves = (size - mid if length > zero else -mid) - start
            share = one if abs(way) < np.float32(1e-3) else leaves / way
            if abs(way) < np.float32(1e-3) and leaves * length < zero:
                share = zero
            share = min(max(share, zero), one)
            if share > zero:
                at, by = start, way * share
                if is_level:
                    _block(luma, half, quarter, at, y, by, zero, one, seen)
                else:
                    _block(luma, half, quarter, x, at, zero, by, one, seen)
            if share < one:
                at, by = start + way * share - length, way * (one - share)
                if is_level:
                    _block(luma_to, half_to, quarter_to, at, y, by, zero, one, beside)
                else:
                    _block(luma_to, half_to, quarter_to, x, at, zero, by, one, beside)
                if share > zero:
                    for k in range(6):
                        beside[k] += (seen[k] - beside[k]) * share
                _write(beside, row, column, out_y, out_u, out_v)
            else:
                _write(seen, row, column, out_y, out_u, out_v)
