"""OpenCV as looks use it: the one module that deals with its loose types.

Arrays go in and come out with their types kept; borders repeat the last pixel.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.planes import Plane, Real

_Array = TypeVar("_Array", bound=NDArray[Any])

LINEAR, CUBIC, AREA = cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA
_EDGE = cv2.BORDER_REPLICATE


def resized(plane: _Array, width: int, height: int, how: int = LINEAR) -> _Array:
    """At another size."""
    if plane.shape[:2] == (height, width):
        return plane
    return cast("_Array", cv2.resize(plane, (width, height), interpolation=how))


def halved(plane: _Array) -> _Array:
    """Means of blocks of two by two."""
    return resized(plane, plane.shape[1] // 2, plane.shape[0] // 2, AREA)


def blurred(plane: _Array, sigma: float) -> _Array:
    """Gaussian blur, its size the least that serves."""
    side = 2 * max(int(np.ceil(sigma * 2.5)), 1) + 1
    return cast("_Array", cv2.GaussianBlur(plane, (side, side), sigma, borderType=_EDGE))


def boxed(plane: _Array, across: int, down: int) -> _Array:
    """Mean over a box."""
    return cast("_Array", cv2.blur(plane, (across, down), borderType=_EDGE))


def median_of_nine(plane: Real) -> Real:
    """The median of each place and its neighbours."""
    return cast("Real", cv2.medianBlur(np.ascontiguousarray(plane), 3))


def toned(plane: Plane, table: Plane) -> Plane:
    """Every byte replaced by the table's."""
    return cast("Plane", cv2.LUT(plane, table))


def mixed(one: Plane, share: float, other: Plane, other_share: float, plus: float = 0.0) -> Plane:
    """Shares of two planes and a constant, rounded and cut to a byte."""
    return cast("Plane", cv2.addWeighted(one, share, other, other_share, plus))


def gained(plane: NDArray[Any], gain: float) -> Plane:
    """The size of each value times a gain, rounded and cut to a byte."""
    return cast("Plane", cv2.convertScaleAbs(plane, alpha=gain))


def times(one: Plane, other: Plane, scale: float) -> Plane:
    """The product of two planes times a scale, cut to a byte."""
    return cast("Plane", cv2.multiply(one, other, scale=scale))


def less(one: Plane, other: Plane) -> Plane:
    """One without the other, no less than 0."""
    return cast("Plane", cv2.subtract(one, other))


def less_value(plane: Plane, value: int) -> Plane:
    """A plane less a value, no less than 0."""
    return less(plane, np.full_like(plane, value))


def apart(one: _Array, other: _Array) -> _Array:
    """How far two planes are from each other."""
    return cast("_Array", cv2.absdiff(one, other))


def slope(plane: NDArray[Any], scale: float) -> tuple[Real, Real]:
    """How a plane rises to the right and downwards, by Scharr: one a pixel is 32 scales."""
    across = cv2.Scharr(plane, cv2.CV_32F, 1, 0, scale=scale, borderType=_EDGE)
    down = cv2.Scharr(plane, cv2.CV_32F, 0, 1, scale=scale, borderType=_EDGE)
    return cast("Real", across), cast("Real", down)


def leaning(plane: Plane, gain: float) -> NDArray[np.int16]:
    """How a plane rises towards the upper left, times a gain."""
    kernel = np.array(((1, 1, 0), (1, 0, -1), (0, -1, -1)), np.float32) * np.float32(gain)
    return cast("NDArray[np.int16]", cv2.filter2D(plane, cv2.CV_16S, kernel, borderType=_EDGE))


def angle_of(x: Real, y: Real) -> Real:
    """The angle of vectors, 0 to 2 pi."""
    return cast("Real", cv2.phase(x, y))


def placed(plane: _Array, matrix: NDArray[Any], width: int, height: int) -> _Array:
    """What an affine map from the picture that is made to the given one sees."""
    flags = LINEAR | cv2.WARP_INVERSE_MAP
    return cast("_Array", cv2.warpAffine(plane, matrix, (width, height), flags=flags, borderMode=_EDGE))


def shifted(plane: _Array, x: float, y: float) -> _Array:
    """Moved by fractions of a pixel, to the right and downwards."""
    move = np.array(((1.0, 0.0, -x), (0.0, 1.0, -y)))
    return placed(plane, move, plane.shape[1], plane.shape[0])


def fetched(plane: _Array, x: Real, y: Real) -> _Array:
    """Every pixel from a place of its own."""
    places = np.asarray(x, np.float32), np.asarray(y, np.float32)
    return cast("_Array", cv2.remap(plane, *places, LINEAR, borderMode=_EDGE))


def padded(plane: Plane, below: int, right: int) -> Plane:
    """Larger, the last pixels repeated."""
    return cast("Plane", cv2.copyMakeBorder(plane, 0, below, 0, right, _EDGE))


def distance(marked: Plane) -> Real:
    """How far each place is from the nearest 0, pixels."""
    return cast("Real", cv2.distanceTransform(marked, cv2.DIST_L2, 3))


def line(plane: NDArray[Any], way: NDArray[Any], value: float, thickness: int = 1) -> None:
    """Draw a smooth line through points, in place, to a sixteenth of a pixel."""
    points = np.rint(way * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(plane, [points], False, value, thickness, cv2.LINE_AA, 4)


def spot(plane: Plane, x: int, y: int, radius: int, value: int) -> None:
    """Draw a dot, in place."""
    cv2.circle(plane, (x, y), radius, value, -1, cv2.LINE_AA)


def triangles(points: Real, width: int, height: int, rim: int) -> Real:
    """Delaunay's triangles of points within a rim around a frame: corners, float32, (n, 6)."""
    net = cv2.Subdiv2D((-rim, -rim, width + 2 * rim, height + 2 * rim))
    net.insert([(float(x), float(y)) for x, y in points])
    return np.array(net.getTriangleList(), np.float32).reshape(-1, 6)
