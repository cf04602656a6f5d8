"""The ground: a height and colour map in polar rings round the camera's first place.

Rings grow with distance, so a texel covers about the same share of the picture wherever it lies: near sand
and far mountains come from one map.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.noise import Field, compiled_kernels

Height = Callable[[Field, Field], Field]
"""Height in metres at arrays of x and z."""

Paint = Callable[[Field, Field, Field, Field], Field]
"""Surface colour (..., 4) at x, z, height and steepness (0 level, 1 upright).

sRGB 0 to 1, and how rough the surface looks in the fourth channel.
"""


@dataclass(frozen=True, slots=True)
class Grain:
    """Small structure that the ground's shader adds to the map.

    Attributes:
        amount: contrast of the grain.
        scale: grains to a metre.
        ripple: contrast of wind ripples, as on sand.
        ripple_per_m: ripples to a metre.
        stretch: how much longer than wide the grain is; 1.0 is round.
    """

    amount: float = 0.5
    scale: float = 5.0
    ripple: float = 0.0
    ripple_per_m: float = 2.2
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground as a polar map.

    Attributes:
        center: x and z of the map's middle.
        angles: float32, (A,), radians from -z, positive to the right, rising; the last closes the circle.
        radii: float32, (R,), metres, rising.
        height: float32, (R, A), metres.
        normals: float32, (R, A, 3).
        color: uint8, (R, A, 4): sRGB and roughness.
        grain: the structure too fine for the map.
        wetness: how much the ground mirrors the sky at grazing angles, 0 to 1.
        stride: every so many map points make one vertex.
    """

    center: tuple[float, float]
    angles: NDArray[np.float32]
    radii: NDArray[np.float32]
    height: Field
    normals: Field
    color: NDArray[np.uint8]
    grain: Grain
    wetness: float
    stride: int = 4


_FRONT_RAD = math.radians(78.0)


@dataclass(frozen=True, slots=True)
class Rings:
    """How a polar map is laid out.

    Attributes:
        columns: points in one ring; a multiple of the stride.
        rows: number of rings.
        nearest_m: radius of the first ring.
        farthest_m: radius of the last ring.
        bands: stretches of distance (from, to, weight) that get extra rings.
        front_rad: half of the angle before the camera that gets most of the points.
    """

    columns: int = 1280
    rows: int = 512
    nearest_m: float = 0.4
    farthest_m: float = 3000.0
    bands: tuple[tuple[float, float, float], ...] = ()
    front_rad: float = _FRONT_RAD


_FRONT_SHARE = 0.86


def ring_angles(columns: int, front_rad: float = _FRONT_RAD) -> NDArray[np.float32]:
    """Angles of a closed ring, most of them in front of the camera."""
    front = round(columns * _FRONT_SHARE)
    ahead = np.linspace(-front_rad, front_rad, front, endpoint=False)
    behind = np.linspace(front_rad, 2.0 * math.pi - front_rad, columns - front + 1)
    return np.concatenate([ahead, behind]).astype(np.float32)


def ring_radii(rings: Rings) -> NDArray[np.float32]:
    """Radii that grow geometrically, denser inside the bands."""
    fine = np.geomspace(rings.nearest_m, rings.farthest_m, 4096)
    weight = np.ones_like(fine)
    for start, end, extra in rings.bands:
        weight += extra * ((fine > start) & (fine < end))
    travelled = np.concatenate([[0.0], np.cumsum((weight[1:] + weight[:-1]) / 2.0)])
    steps = np.linspace(0.0, float(travelled[-1]), rings.rows)
    return np.asarray(np.interp(steps, travelled, fine), np.float32)


def map_ground(  # noqa: PLR0913 -- the layout has many independent choices
    height: Height,
    paint: Paint,
    *,
    center: tuple[float, float],
    rings: Rings,
    grain: Grain,
    wetness: float = 0.0,
    stride: int = 4,
) -> Ground:
    """Evaluate a height and a paint over the rings."""
    angles, radii = ring_angles(rings.columns, rings.front_rad), ring_radii(rings)
    x = center[0] + radii[:, None] * np.sin(angles)[None, :]
    z = center[1] - radii[:, None] * np.cos(angles)[None, :]
    y = height(x, z)
    normals = _normals(x, y, z)
    color = paint(x, z, y, 1.0 - normals[..., 1])
    return Ground(
        center=center,
        angles=angles,
        radii=radii,
        height=y.astype(np.float32),
        normals=normals,
        color=(np.clip(color, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8),
        grain=grain,
        wetness=wetness,
        stride=stride,
    )


def _normals(x: Field, y: Field, z: Field) -> Field:
    """Unit normals by central differences along rings and rays."""
    normals = np.empty((*x.shape, 3), np.float32)
    compiled_kernels().polar_normals(*(np.ascontiguousarray(c, np.float32) for c in (x, y, z)), normals)
    return normals


def points_of(ground: Ground) -> Field:
    """Positions of the whole map, float32, (R, A, 3)."""
    x = ground.center[0] + ground.radii[:, None] * np.sin(ground.angles)[None, :]
    z = ground.center[1] - ground.radii[:, None] * np.cos(ground.angles)[None, :]
    return np.stack([x, ground.height, z], -1).astype(np.float32)


def sample_height(height: Height, x: float, z: float) -> float:
    """The height at one point."""
    return float(height(np.array([x], np.float32), np.array([z], np.float32))[0])


def steepness_at(height: Height, x: Field, z: Field, step_m: float = 0.5) -> Field:
    """Steepness (0 level, 1 upright) at points."""
    gx = (height(x + np.float32(step_m), z) - height(x - np.float32(step_m), z)) / (2.0 * step_m)
    gz = (height(x, z + np.float32(step_m)) - height(x, z - np.float32(step_m))) / (2.0 * step_m)
    return (1.0 - 1.0 / np.sqrt(1.0 + gx * gx + gz * gz)).astype(np.float32)


def normals_at(height: Height, x: Field, z: Field, step_m: float = 0.5) -> Field:
    """Unit normals, (..., 3), at points."""
    gx = (height(x + np.float32(step_m), z) - height(x - np.float32(step_m), z)) / (2.0 * step_m)
    gz = (height(x, z + np.float32(step_m)) - height(x, z - np.float32(step_m))) / (2.0 * step_m)
    up = np.stack([-gx, np.ones_like(gx), -gz], -1)
    return (up / np.sqrt((up * up).sum(-1, keepdims=True))).astype(np.float32)
