"""Where the subject probably is: what differs from what reaches the picture's border."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.superpixels import Pieces

_GEODESIC_SIGMA = 10.0
_COLOR_SIGMA = 10.0
_SPACE_SIGMA = 0.25
_CENTER_SIGMA = 0.34
_SMOOTH_FLOOR = 0.1
_SKIN_GAIN = 0.8
_LEAST_RED = 2.0
_LEAST_LIGHT = 22.0


def saliency_of(rgb: Rgb, pieces: Pieces) -> NDArray[np.float32]:
    """How likely each piece belongs to the subject, 0 to 1, float32, (n,).

    Boundary connectivity and the quadratic optimisation are those of Zhu, Liang, Wei and Sun, "Saliency
    Optimization from Robust Background Detection" (2014); what is in focus and near the middle counts more.
    """
    color_distance = _pairwise(pieces.color)
    background = _background_weight(pieces, color_distance)
    foreground = _contrast(pieces, color_distance, background) * _focus(rgb, pieces) * _center_prior(pieces)
    skin = skin_of(pieces)
    peak = float(foreground.max())
    if peak <= 0.0:
        return np.zeros(len(pieces.area), np.float32)
    background = np.asarray(background * (1.0 - 0.85 * skin), np.float32)
    foreground = np.maximum(foreground / peak, _SKIN_GAIN * skin * _center_prior(pieces))
    return _optimised(pieces, color_distance, background, np.asarray(foreground, np.float32))


def _pairwise(points: NDArray[np.float32]) -> NDArray[np.float32]:
    difference = points[:, None, :] - points[None, :, :]
    return np.sqrt((difference * difference).sum(axis=2))


def _background_weight(pieces: Pieces, color_distance: NDArray[np.float32]) -> NDArray[np.float32]:
    """High for regions that run along the border for long in relation to their size."""
    n = len(pieces.area)
    linked = pieces.neighbors | (pieces.touches_border[:, None] & pieces.touches_border[None, :])
    nearest = np.where(pieces.neighbors, color_distance, np.inf).min(axis=1)
    calm = float(nearest[np.isfinite(nearest)].mean()) if n > 1 else 0.0
    path = np.where(linked, np.maximum(color_distance - calm, 0.0), np.inf)
    np.fill_diagonal(path, 0.0)
    for via in range(n):
        np.minimum(path, path[:, via, None] + path[None, via, :], out=path)
    reach = np.exp(-(path**2) / (2 * _GEODESIC_SIGMA**2))
    span = reach.sum(axis=1)
    along_border = reach[:, pieces.touches_border].sum(axis=1)
    connectivity = along_border / np.sqrt(span)
    return (1.0 - np.exp(-(connectivity**2) / 2.0)).astype(np.float32)


def _contrast(
    pieces: Pieces, color_distance: NDArray[np.float32], background: NDArray[np.float32]
) -> NDArray[np.float32]:
    near = np.exp(-(_pairwise(pieces.center) ** 2) / (2 * _SPACE_SIGMA**2))
    return (color_distance * near * background[None, :] * pieces.area[None, :]).sum(axis=1).astype(np.float32)


def _focus(rgb: Rgb, pieces: Pieces) -> NDArray[np.float32]:
    """Sharper pieces count up to twice as much as blurred ones."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    detail = np.abs(np.asarray(cv2.Laplacian(grey, cv2.CV_32F, ksize=3), np.float32))
    local = np.asarray(cv2.GaussianBlur(detail, (0, 0), max(rgb.shape) / 40), np.float32)
    sharp = pieces.mean_of(local)
    low, high = np.quantile(sharp, [0.1, 0.95])
    return (0.6 + 0.8 * np.clip((sharp - low) / max(float(high - low), 1e-3), 0, 1)).astype(np.float32)


def _center_prior(pieces: Pieces) -> NDArray[np.float32]:
    extent = pieces.center.max(axis=0)
    offset = (pieces.center - extent / 2) / np.maximum(extent, np.float32(1e-3))
    return np.exp(-(offset**2).sum(axis=1) / (2 * _CENTER_SIGMA**2)).astype(np.float32)


def skin_of(pieces: Pieces) -> NDArray[np.float32]:
    """How surely a piece is a person's skin, 0 to 1, float32, (n,); all 0 where the colour tells nothing."""
    return (_skin(pieces) * _skin_tells(pieces)).astype(np.float32)


def _skin(pieces: Pieces) -> NDArray[np.float32]:
    """How skin-like a piece's colour is: a band of hue and chroma that holds for all complexions."""
    lightness, a, b = pieces.color.T
    hue = np.degrees(np.arctan2(b, np.maximum(a, np.float32(0.1))))
    chroma = np.hypot(a, b)
    fits = np.exp(-(((hue - 52.0) / 18.0) ** 2)) * np.exp(-(((chroma - 26.0) / 12.0) ** 2))
    return np.clip(1.4 * fits * (a > _LEAST_RED) * (lightness > _LEAST_LIGHT), 0, 1).astype(np.float32)


def _skin_tells(pieces: Pieces) -> float:
    """Whether skin tells subject from surroundings: not where the border itself has that colour."""
    skin = _skin(pieces)
    edge = pieces.touches_border
    share = float((skin * pieces.area)[edge].sum() / max(float(pieces.area[edge].sum()), 1e-6))
    return float(np.clip((0.14 - share) / 0.09, 0.0, 1.0))


def _optimised(
    pieces: Pieces,
    color_distance: NDArray[np.float32],
    background: NDArray[np.float32],
    foreground: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Solves for values near 0 on background, near 1 on foreground and alike for alike neighbours."""
    two_rings = pieces.neighbors | ((pieces.neighbors.astype(np.float32) @ pieces.neighbors) > 0)
    alike = np.exp(-(color_distance**2) / (2 * _COLOR_SIGMA**2)) + _SMOOTH_FLOOR
    smooth = np.where(two_rings, alike, 0.0)
    np.fill_diagonal(smooth, 0.0)
    system = (np.diag(smooth.sum(axis=1) + background + foreground) - smooth).astype(np.float64)
    # symmetric and positive: one thread's Cholesky is sooner done than BLAS wakes its threads
    _, column = cv2.solve(system, foreground.astype(np.float64)[:, None], flags=cv2.DECOMP_CHOLESKY)
    solved = np.asarray(column, np.float64)[:, 0]
    low, high = float(solved.min()), float(solved.max())
    return ((solved - low) / max(high - low, 1e-6)).astype(np.float32)
