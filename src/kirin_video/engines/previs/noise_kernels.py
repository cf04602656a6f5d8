"""Fields over the ground point by point, compiled: the inner loops of ``noise`` and ``terrain``.

All arithmetic is float32 in a fixed order, so the same seed gives the same land everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

_Function = TypeVar("_Function", bound=Callable[..., Any])
Line = NDArray[np.float32]

_MASK = 255
_ONE, _SIX, _TEN, _FIFTEEN = np.float32(1.0), np.float32(6.0), np.float32(10.0), np.float32(15.0)
_COS, _SIN, _STEP = np.float32(0.8), np.float32(0.6), np.float32(2.03)
_SHIFT_X, _SHIFT_Z = np.float32(17.3), np.float32(5.9)
_TWO, _THREE = np.float32(2.0), np.float32(3.0)
_SHARP, _ROUND, _POWER = np.float32(3.2), np.float32(0.012), np.float32(1.6)


def _compiled(function: _Function, *, inline: bool = False) -> _Function:
    """Compile with numba, free of the interpreter's lock; numba has no types of its own."""
    compiler = cast("Callable[..., Any]", numba.njit)  # pyright: ignore[reportUnknownMemberType]
    how = {"inline": "always"} if inline else {"cache": True}
    return cast("_Function", compiler(nogil=True, boundscheck=False, **how)(function))


def _value_at(gradients: NDArray[np.float32], x: np.float32, z: np.float32) -> np.float32:
    fx, fz = np.floor(x), np.floor(z)
    ix, iz = np.int32(fx) & _MASK, np.int32(fz) & _MASK
    jx, jz = (ix + 1) & _MASK, (iz + 1) & _MASK
    dx, dz = x - fx, z - fz
    ex, ez = dx - _ONE, dz - _ONE
    u = dx * dx * dx * (dx * (dx * _SIX - _FIFTEEN) + _TEN)
    v = dz * dz * dz * (dz * (dz * _SIX - _FIFTEEN) + _TEN)
    a = gradients[ix, iz, 0] * dx + gradients[ix, iz, 1] * dz
    b = gradients[jx, iz, 0] * ex + gradients[jx, iz, 1] * dz
    c = gradients[ix, jz, 0] * dx + gradients[ix, jz, 1] * ez
    d = gradients[jx, jz, 0] * ex + gradients[jx, jz, 1] * ez
    near = a * (_ONE - u) + b * u
    far = c * (_ONE - u) + d * u
    return near * (_ONE - v) + far * v


_value = _compiled(_value_at, inline=True)


@_compiled
def sum_octaves(gradients: NDArray[np.float32], x: Line, z: Line, weights: Line, out: Line) -> None:
    """Noise summed over octaves, each turned and 2.03 times finer, with a weight for each."""
    for k in range(out.size):
        px, pz = x[k], z[k]
        total = np.float32(0.0)
        for j in range(weights.size):
            total += weights[j] * _value(gradients, px, pz)
            px, pz = (
                (_COS * px + _SIN * pz) * _STEP + _SHIFT_X,
                (_COS * pz - _SIN * px) * _STEP + _SHIFT_Z,
            )
        out[k] = total


@_compiled
def sum_ridges(gradients: NDArray[np.float32], x: Line, z: Line, weights: Line, out: Line) -> None:
    """Crests summed over octaves, each strong only where the one before was (Musgrave)."""
    norm = np.float32(0.0)
    for j in range(weights.size):
        norm += weights[j]
    for k in range(out.size):
        px, pz = x[k], z[k]
        total, strength = np.float32(0.0), _ONE
        for j in range(weights.size):
            value = _value(gradients, px, pz)
            # Rounded a little: a true cusp makes needles where two crests cross.
            crest = (_ONE - min(np.sqrt(value * value * _SHARP + _ROUND), _ONE)) ** _POWER
            total += weights[j] * crest * strength
            strength = min(crest * _POWER, _ONE)
            px, pz = (
                (_COS * px + _SIN * pz) * _STEP + _SHIFT_X,
                (_COS * pz - _SIN * px) * _STEP + _SHIFT_Z,
            )
        out[k] = total / norm


@_compiled
def step_smoothly(low: np.float32, span: np.float32, x: Line, out: Line) -> None:
    """The cubic step from 0 at ``low`` to 1 at ``low + span``."""
    for k in range(out.size):
        t = min(max((x[k] - low) / span, np.float32(0.0)), _ONE)
        out[k] = t * t * (_THREE - _TWO * t)


@_compiled
def mix_rows(a: Line, b: Line, share: Line, out: Line) -> None:
    """Rows of two tables, (n, c) or (1, c) for the same row everywhere, mixed by a share for each."""
    step_a, step_b = min(len(a) - 1, 1), min(len(b) - 1, 1)
    for k in range(share.size):
        t = share[k]
        for c in range(out.shape[1]):
            out[k, c] = a[k * step_a, c] * (_ONE - t) + b[k * step_b, c] * t


@_compiled
def polar_normals(x: Line, y: Line, z: Line, out: NDArray[np.float32]) -> None:
    """Unit normals of a polar map (R, A), by differences; its last column is its first again."""
    rows, columns = x.shape
    for i in range(rows):
        far, near = min(i + 1, rows - 1), max(i - 1, 0)
        for j in range(columns):
            right, left = j + 1, j - 1
            if left < 0 or right == columns:
                right, left = 1, columns - 2
            ax, ay, az = x[i, right] - x[i, left], y[i, right] - y[i, left], z[i, right] - z[i, left]
            bx, by, bz = x[far, j] - x[near, j], y[far, j] - y[near, j], z[far, j] - z[near, j]
            nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
            length = max(np.sqrt(nx * nx + ny * ny + nz * nz), np.float32(1e-9))
            out[i, j, 0], out[i, j, 1], out[i, j, 2] = nx / length, ny / length, nz / length
