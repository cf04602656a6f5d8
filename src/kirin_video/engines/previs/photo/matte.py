"""The subject's matte: a soft cut-out and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.saliency import saliency_of
from kirin_video.engines.previs.photo.superpixels import Pieces, lab_of

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_ROUNDS = 5
_LEAST_AREA = 0.012
_MOST_AREA = 0.62


@dataclass(frozen=True, slots=True)
class Cutout:
    """The subject of a picture.

    Attributes:
        mask: where the subject is, bool, (h, w), at the working size.
        confidence: 0.0, do not cut it out, to 1.0, its outline is sure.
    """

    mask: Mask
    confidence: float


def find_subject(rgb: Rgb, pieces: Pieces) -> Cutout:
    """Separates the subject of a small picture (about 320 to 400 pixels) from what is around it.

    Saliency says where it may be, GrabCut (Rother et al. 2004) models the colours on both sides and finds the
    outline. The confidence falls where the two disagree, where the outline does not follow edges and where
    the subject is too small or fills the picture.
    """
    saliency = pieces.painted(saliency_of(rgb, pieces))
    seed = _seed(saliency)
    if not (seed == cv2.GC_PR_FGD).any() or not (seed == cv2.GC_FGD).any():
        return Cutout(np.zeros(rgb.shape[:2], np.bool_), 0.0)
    cut = _grabcut(rgb, seed)
    mask = _tidied(cut, saliency)
    return Cutout(mask, _confidence(rgb, saliency, mask))


def _seed(saliency: Plane) -> NDArray[np.uint8]:
    """GrabCut's four kinds of pixels out of saliency, split at Otsu's threshold."""
    as_bytes = np.clip(saliency * 255, 0, 255).astype(np.uint8)
    split_at, _ = cv2.threshold(as_bytes, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    threshold = float(split_at) / 255
    seed = np.full(saliency.shape, cv2.GC_BGD, np.uint8)
    seed[saliency > 0.55 * threshold] = cv2.GC_PR_BGD
    seed[saliency > threshold] = cv2.GC_PR_FGD
    seed[saliency > threshold + 0.45 * (1.0 - threshold)] = cv2.GC_FGD
    return seed


def _grabcut(rgb: Rgb, seed: NDArray[np.uint8]) -> Mask:
    cv2.setRNGSeed(7)  # GrabCut starts from k-means with OpenCV's own random numbers
    mask = seed.copy()
    models = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    cv2.grabCut(bgr, mask, (0, 0, 0, 0), models[0], models[1], _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return (mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)


def _tidied(mask: Mask, saliency: Plane) -> Mask:
    """Keeps the weightiest part and its equals, fills small holes and rounds off single-pixel noise."""
    smooth = cv2.medianBlur(mask.astype(np.uint8) * 255, 5) > 0
    count, labels = cv2.connectedComponents(smooth.astype(np.uint8), connectivity=4)
    if count <= 1:
        return np.zeros_like(mask)
    weight = np.bincount(labels.ravel(), weights=saliency.ravel(), minlength=count)
    weight[0] = 0.0
    keep = weight >= 0.25 * weight.max()
    return _filled(keep[np.asarray(labels, np.int64)], 0.004)


def _filled(mask: Mask, largest_hole: float) -> Mask:
    """Closes holes smaller than a share of the picture."""
    count, labels = cv2.connectedComponents((~mask).astype(np.uint8), connectivity=4)
    sizes = np.bincount(labels.ravel(), minlength=count)
    small = sizes < largest_hole * mask.size
    labels = np.asarray(labels, np.int64)
    small[labels[mask][0] if mask.any() else 0] = False
    return mask | small[labels]


def _confidence(rgb: Rgb, saliency: Plane, mask: Mask) -> float:
    area = float(mask.mean())
    if not _LEAST_AREA <= area <= _MOST_AREA:
        return 0.0
    ring = _ring(mask)
    if not ring.any():
        return 0.0
    contrast = float(saliency[mask].mean() - saliency[~mask].mean())
    on_edge = _edge_support(rgb, ring)
    sprawl = _border_share(mask)
    score = _ramp(contrast, 0.15, 0.45) * _ramp(on_edge, 0.9, 2.4) * (1.0 - _ramp(sprawl, 0.25, 0.6))
    return float(np.cbrt(score))


def _ring(mask: Mask) -> Mask:
    """The outline inside the picture, three pixels wide; the picture's own border is no outline."""
    kernel = np.ones((3, 3), np.uint8)
    as_bytes = mask.astype(np.uint8)
    ring = cv2.dilate(as_bytes, kernel) != cv2.erode(as_bytes, kernel)
    ring[[0, -1]] = False
    ring[:, [0, -1]] = False
    return ring


def _edge_support(rgb: Rgb, ring: Mask) -> float:
    """How much stronger colour changes across the outline than elsewhere in the picture."""
    lab = lab_of(rgb)
    change = np.zeros(rgb.shape[:2], np.float32)
    for channel in range(3):
        plane = np.ascontiguousarray(lab[..., channel])
        change += np.abs(np.asarray(cv2.Sobel(plane, cv2.CV_32F, 1, 0)))
        change += np.abs(np.asarray(cv2.Sobel(plane, cv2.CV_32F, 0, 1)))
    return float(change[ring].mean() / max(float(change[~ring].mean()), 1e-3))


def _border_share(mask: Mask) -> float:
    """How much of the picture's top and sides the subject touches; standing on the bottom is natural."""
    edge = np.concatenate([mask[0], mask[:, 0], mask[:, -1]])
    return float(edge.mean())


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
