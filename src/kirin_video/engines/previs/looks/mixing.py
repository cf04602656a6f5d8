"""Laying planes over one another, in whole numbers."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.planes import Plane


@compiled
def _lay_value(plane: Plane, cover: Plane, value: int, opacity: int, out: Plane) -> None:
    height, width = plane.shape
    for y in range(height):
        for x in range(width):
            under = np.int32(plane[y, x])
            share = (np.int32(cover[y, x]) * opacity) >> 8
            out[y, x] = np.uint8(under + (((value - under) * share * 257 + 32768) >> 16))


@compiled
def _lay_plane(plane: Plane, cover: Plane, over: Plane, out: Plane) -> None:
    height, width = plane.shape
    for y in range(height):
        for x in range(width):
            under = np.int32(plane[y, x])
            way = (np.int32(over[y, x]) - under) * np.int32(cover[y, x])
            out[y, x] = np.uint8(under + ((way * 257 + 32768) >> 16))


@compiled
def _light(plane: Plane, by: Plane, out: Plane) -> None:
    height, width = plane.shape
    for y in range(height):
        for x in range(width):
            value = 16 + (((np.int32(plane[y, x]) - 16) * np.int32(by[y, x])) >> 7)
            out[y, x] = np.uint8(min(max(value, 16), 235))


@compiled
def _fade(plane: Plane, by: Plane, out: Plane) -> None:
    height, width = plane.shape
    for y in range(height):
        for x in range(width):
            value = 128 + (((np.int32(plane[y, x]) - 128) * np.int32(by[y, x])) >> 7)
            out[y, x] = np.uint8(min(max(value, 16), 240))


def inked(plane: Plane, cover: Plane, value: float, opacity: float = 1.0) -> Plane:
    """One value laid over a plane; 255 of ``cover`` covers by ``opacity``."""
    out = np.empty_like(plane)
    _lay_value(plane, cover, round(value), round(256 * opacity), out)
    return out


def laid_over(plane: Plane, cover: Plane, over: Plane) -> Plane:
    """Another plane laid over a plane, wholly where ``cover`` is 255."""
    out = np.empty_like(plane)
    _lay_plane(plane, cover, over, out)
    return out


def lit(plane: Plane, by: Plane) -> Plane:
    """Luma times a light; 128 leaves it alone, black stays black."""
    out = np.empty_like(plane)
    _light(plane, by, out)
    return out


def coloured(plane: Plane, by: Plane) -> Plane:
    """A colour difference times a strength; 128 leaves it alone."""
    out = np.empty_like(plane)
    _fade(plane, by, out)
    return out
