"""How much of each pixel along an outline belongs to the subject: closed-form matting (Levin et al. 2008).

Alpha is taken to be linear in colour within every small window; what follows is a large sparse system, solved
by conjugate gradients without its matrix ever being built: a window's part of the product is a regression of
alpha on colour, as in He, Sun and Tang, "Fast Matting Using Large Kernel Matting Laplacian Matrices" (2010).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]
Exact = NDArray[np.float64]

_ROUNDS = 36
_HOLD = 60.0
"""How firmly known pixels keep their alpha."""
_EPSILON = 3e-5
_STEEP = 1.10
"""Alpha ends a little before the colours say so: no veil is left over what is plain."""


def soft_alpha(rgb: Rgb, inside: Mask, outside: Mask, *, radius: int = 2) -> Plane:
    """Alpha of a picture some of whose pixels are known.

    Args:
        rgb: the picture, uint8, (h, w, 3).
        inside: where alpha is 1.
        outside: where it is 0.
        radius: of the windows, pixels; larger ones follow hair further.

    Returns:
        float32, (h, w), 0 to 1.
    """
    known = inside | outside
    if known.all():
        return inside.astype(np.float32)
    windows = _Windows(rgb.astype(np.float64) / 255.0, radius)
    hold = np.where(known, _HOLD, 0.0)
    goal = hold * inside
    near_in, near_out = (
        np.asarray(cv2.distanceTransform((~side).astype(np.uint8), cv2.DIST_L2, 3), np.float32)
        for side in (inside, outside)
    )
    alpha = near_out / np.maximum(near_in + near_out, np.float32(1e-3))
    guess = np.where(inside, 1.0, np.where(outside, 0.0, alpha))
    alpha = _solved(windows, hold, goal, guess)
    alpha = np.clip((alpha - 0.5) * _STEEP + 0.5, 0.0, 1.0)
    return np.where(inside, 1.0, np.where(outside, 0.0, alpha)).astype(np.float32)


class _Windows:
    """The regressions of all windows of a picture: their mean colours and inverse covariances."""

    def __init__(self, rgb: Exact, radius: int) -> None:
        self._side = (2 * radius + 1, 2 * radius + 1)
        self._rgb = rgb
        self._mean = self._averaged(rgb)
        pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
        products = np.stack([rgb[..., i] * rgb[..., j] for i, j in pairs], -1)
        means = np.stack([self._mean[..., i] * self._mean[..., j] for i, j in pairs], -1)
        a, b, c, d, e, f = np.moveaxis(self._averaged(products) - means, -1, 0)
        a, d, f = (diagonal + _EPSILON for diagonal in (a, d, f))
        xx, xy, xz = d * f - e * e, c * e - b * f, b * e - c * d
        yy, yz, zz = a * f - c * c, b * c - a * e, a * d - b * b
        share = 1.0 / np.maximum(a * xx + b * xy + c * xz, 1e-18)
        rows = ((xx, xy, xz), (xy, yy, yz), (xz, yz, zz))
        self._inverse = [[cell * share for cell in row] for row in rows]

    def _averaged(self, plane: Exact) -> Exact:
        return np.asarray(cv2.blur(plane, self._side, borderType=cv2.BORDER_REFLECT_101), np.float64)

    def product(self, alpha: Exact) -> Exact:
        """The matting Laplacian times alpha, divided by the windows' size: what windows cannot explain."""
        mean = self._averaged(alpha)
        lean = self._averaged(self._rgb * alpha[..., None]) - self._mean * mean[..., None]
        slope = np.stack(
            [row[0] * lean[..., 0] + row[1] * lean[..., 1] + row[2] * lean[..., 2] for row in self._inverse],
            -1,
        )
        offset = mean - np.einsum("...c,...c", slope, self._mean)
        explained = np.einsum("...c,...c", self._averaged(slope), self._rgb) + self._averaged(offset)
        return alpha - explained


def _solved(windows: _Windows, hold: Exact, goal: Exact, alpha: Exact) -> Exact:
    """Conjugate gradients on (Laplacian + hold) alpha = goal, from a first guess."""
    left = goal - hold * alpha - windows.product(alpha)
    way = left.copy()
    size = first = float((left * left).sum())
    for _ in range(_ROUNDS):
        forward = windows.product(way) + hold * way
        step = size / max(float((way * forward).sum()), 1e-12)
        alpha = alpha + step * way
        left = left - step * forward
        after = float((left * left).sum())
        if after < 1e-7 * left.size or after > 4.0 * first:
            break
        way = left + after / max(size, 1e-12) * way
        size = after
    return alpha
