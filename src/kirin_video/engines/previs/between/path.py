"""The camera's way between two pictures of one scene: a homography travelled at an even pace.

A homography H is exp(L); the view at a share s of the way is exp(s L). For a turned camera that is a turn at
constant speed, for a lens an exponential zoom about its fixed point, for a pan a straight line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_ROOTS = 6
_TERMS = 12
_STILL_RAMP = 0.32


@dataclass(frozen=True, slots=True)
class Path:
    """A way that is travelled from 0 to 1.

    Attributes:
        rate: the logarithm of the homography from the first picture to the last, in normal coordinates.
        width: of both pictures, pixels.
        height: of both pictures, pixels.
    """

    rate: Matrix
    width: int
    height: int

    def over(self, share: float) -> Matrix:
        """What takes pixels to where they are after a share of the way, which may be negative: (3, 3)."""
        normal = normalizing(self.width, self.height)
        return np.linalg.inv(normal) @ exponential(share * self.rate) @ normal


def path_of(matrix: Matrix, width: int, height: int) -> Path | None:
    """The way that a homography describes; None where there is no straight one, as for half turns.

    Args:
        matrix: takes pixels of the first picture to those of the last, (3, 3).
        width: of both.
        height: of both.
    """
    normal = normalizing(width, height)
    inside = normal @ matrix @ np.linalg.inv(normal)
    determinant = float(np.linalg.det(inside))
    if determinant <= 0.0:
        return None
    rate = logarithm(inside / np.cbrt(determinant))
    return None if rate is None else Path(rate, width, height)


def normalizing(width: int, height: int) -> Matrix:
    """From pixels to coordinates about the middle, 1 for the longer side."""
    scale = 1.0 / max(width, height)
    return np.array(
        [[scale, 0.0, -scale * (width - 1) / 2], [0.0, scale, -scale * (height - 1) / 2], [0.0, 0.0, 1.0]]
    )


def exponential(rate: Matrix) -> Matrix:
    """Exp of a matrix, by scaling and squaring (Moler and Van Loan 2003)."""
    halvings = 2**_ROOTS
    small = rate / halvings
    total, term = np.eye(3), np.eye(3)
    for n in range(1, _TERMS):
        term = term @ small / n
        total += term
    for _ in range(_ROOTS):
        total = total @ total
    return total


def logarithm(matrix: Matrix) -> Matrix | None:
    """The principal logarithm, by repeated square roots; None where it has none."""
    eigenvalues = np.linalg.eigvals(matrix)
    if np.any(np.abs(np.angle(eigenvalues)) > 0.9 * np.pi):
        return None
    root = matrix
    for _ in range(_ROOTS):
        found = _square_root(root)
        if found is None:
            return None
        root = found
    small = root - np.eye(3)
    total, term = np.zeros((3, 3)), np.eye(3)
    for n in range(1, 4 * _TERMS):
        term = term @ small
        total += term * ((-1.0) ** (n + 1) / n)
    rate = total * 2**_ROOTS
    return rate if bool(np.isfinite(rate).all()) else None


def _square_root(matrix: Matrix) -> Matrix | None:
    """By the iteration of Denman and Beavers (1976)."""
    root, inverse = matrix, np.eye(3)
    try:
        for _ in range(40):
            step = 0.5 * (root + np.linalg.inv(inverse))
            inverse = 0.5 * (inverse + np.linalg.inv(root))
            done = float(np.abs(step - root).max()) < 1e-13  # noqa: PLR2004 - as exact as doubles are
            root = step
            if done:
                break
    except np.linalg.LinAlgError:
        return None
    return root if float(np.abs(root @ root - matrix).max()) < 1e-6 else None  # noqa: PLR2004 - see above


def eased(u: float) -> float:
    """How far a way from rest to rest is gone at time ``u``, both 0 to 1."""
    return _ramped(min(max(u, 0.0), 1.0)) / _ramped(1.0)


def _ramped(u: float) -> float:
    ramp = _STILL_RAMP
    rising = _smooth_integral(min(u / ramp, 1.0)) * ramp
    steady = min(max(u - ramp, 0.0), 1.0 - 2 * ramp)
    v = max(u - (1.0 - ramp), 0.0) / ramp
    return rising + steady + (v - _smooth_integral(v)) * ramp


def _smooth_integral(x: float) -> float:
    """The integral of 3x^2 - 2x^3 from 0 to x."""
    return x**3 - x**4 / 2.0


def swell(u: float) -> float:
    """0 at both ends, 1 from a quarter to three quarters of the way, smooth between."""
    edge = min(max(4.0 * min(u, 1.0 - u), 0.0), 1.0)
    return edge * edge * (3.0 - 2.0 * edge)
