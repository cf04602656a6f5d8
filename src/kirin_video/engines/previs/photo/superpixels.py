"""Superpixels: a picture as a few hundred even-coloured pieces and how they touch."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a picture.

    Attributes:
        labels: the piece of each pixel, int32, (h, w).
        color: mean CIE Lab (L 0 to 100), float32, (n, 3).
        center: mean (x, y), 0 to 1 along the longer side, float32, (n, 2).
        area: share of the picture, float32, (n,).
        touches_border: bool, (n,).
        neighbors: who touches whom, bool, (n, n), symmetric, without the diagonal.
    """

    labels: NDArray[np.int32]
    color: NDArray[np.float32]
    center: NDArray[np.float32]
    area: NDArray[np.float32]
    touches_border: NDArray[np.bool_]
    neighbors: NDArray[np.bool_]

    def painted(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """One value a piece, spread over its pixels: float32, (h, w)."""
        return values[self.labels]

    def mean_of(self, plane: NDArray[np.float32]) -> NDArray[np.float32]:
        """The mean of a plane over each piece: float32, (n,)."""
        return _means(self.labels, plane, len(self.area))


def lab_of(rgb: Rgb) -> NDArray[np.float32]:
    """CIE Lab, L from 0 to 100, float32, (h, w, 3)."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab), np.float32)


def split(rgb: Rgb, count: int = 320) -> Pieces:
    """Splits a small picture into about ``count`` pieces (SLIC; Achanta et al. 2012)."""
    lab = lab_of(rgb)
    labels = _slic(rgb, count)
    n = int(labels.max()) + 1
    height, width = labels.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32) / np.float32(max(height, width))
    color = np.stack([_means(labels, lab[..., c], n) for c in range(3)], axis=1)
    center = np.stack([_means(labels, xs, n), _means(labels, ys, n)], axis=1)
    area = np.bincount(labels.ravel(), minlength=n).astype(np.float32) / np.float32(labels.size)
    return Pieces(labels, color, center, area, _on_border(labels, n), _adjacency(labels, n))


def _slic(rgb: Rgb, count: int) -> NDArray[np.int32]:
    side = max(6, int(np.sqrt(rgb.shape[0] * rgb.shape[1] / count)))
    bgr_lab = cv2.cvtColor(cv2.GaussianBlur(rgb, (3, 3), 0), cv2.COLOR_RGB2Lab)
    slic = cv2.ximgproc.createSuperpixelSLIC(bgr_lab, cv2.ximgproc.SLIC, side, 12.0)
    slic.iterate(8)
    slic.enforceLabelConnectivity(25)
    _, dense = np.unique(np.asarray(slic.getLabels()), return_inverse=True)
    return dense.reshape(rgb.shape[:2]).astype(np.int32)


def _means(labels: NDArray[np.int32], plane: NDArray[np.float32], n: int) -> NDArray[np.float32]:
    flat = labels.ravel()
    counts = np.maximum(np.bincount(flat, minlength=n), 1)
    return (np.bincount(flat, weights=plane.ravel(), minlength=n) / counts).astype(np.float32)


def _on_border(labels: NDArray[np.int32], n: int) -> NDArray[np.bool_]:
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    touches = np.zeros(n, np.bool_)
    touches[edge] = True
    return touches


def _adjacency(labels: NDArray[np.int32], n: int) -> NDArray[np.bool_]:
    touch = np.zeros((n, n), np.bool_)
    touch[labels[:, :-1].ravel(), labels[:, 1:].ravel()] = True
    touch[labels[:-1].ravel(), labels[1:].ravel()] = True
    touch |= touch.T
    np.fill_diagonal(touch, val=False)
    return touch
