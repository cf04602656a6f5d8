"""The subject's matte: a soft cut-out and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.saliency import saliency_of, skin_of
from kirin_video.engines.previs.photo.superpixels import Pieces, lab_of

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]
Models = tuple[NDArray[np.float64], NDArray[np.float64]]

_LEAST_AREA = 0.012
_MOST_AREA = 0.62
_ALIKE = 18.0
_SURE_SKIN = 0.4
_SECOND_REACH = 0.2
_LEAST_FAR = 0.08
_LEAST_OF_PARTS = 0.04
_ONE_PART = 2
_MOSTLY = 0.7
_HALF = 0.5
_PLAIN_OUTLINE = 0.1
_STICKS_OUT = 0.09
_UNLIKE, _SPREADS = 7.0, 2.5
_PLAIN = 9.0
_TOUCHES = 2.5


@dataclass(frozen=True, slots=True)
class Cutout:
    """The subject of a picture.

    Attributes:
        mask: where the subject is, bool, (h, w), at the working size.
        confidence: 0.0, do not cut it out, to 1.0, its outline is sure.
        doubt: where the outline runs through even colour and is probably wrong, 0 to 1, float32, (h, w),
            spread around it.
    """

    mask: Mask
    confidence: float
    doubt: Plane


def no_subject(shape: tuple[int, ...]) -> Cutout:
    """What is found in a picture without a subject."""
    return Cutout(np.zeros(shape, np.bool_), 0.0, np.zeros(shape, np.float32))


def find_subject(rgb: Rgb, pieces: Pieces, excluded: Mask) -> Cutout:
    """Separates the subject of a small picture (about 320 to 400 pixels) from what is around it.

    Saliency says where it may be, GrabCut (Rother et al. 2004) models the colours on both sides and finds the
    outline. The confidence falls where the two disagree, where the outline does not follow edges and where
    the subject is too small or fills the picture.

    Args:
        rgb: the small picture.
        pieces: its superpixels.
        excluded: what cannot be the subject, such as the sky.
    """
    saliency = np.where(excluded, np.float32(0), pieces.painted(saliency_of(rgb, pieces)))
    seed = _seed(saliency, pieces.painted(skin_of(pieces)))
    inside = (seed == cv2.GC_FGD) | (seed == cv2.GC_PR_FGD)
    if not _LEAST_AREA <= inside.mean() <= 1.0 - _LEAST_AREA:
        return no_subject(rgb.shape[:2])
    first = _first_cut(rgb, seed, excluded, saliency)
    if not first.any():
        return no_subject(rgb.shape[:2])
    cut = _second_cut(rgb, seed, first, excluded) & ~excluded
    mask = _completed(rgb, _tidied(cut, saliency), excluded)
    weak, doubt = _weak_outline(rgb, mask)
    agreement = float((first & mask).sum() / max(int((first | mask).sum()), 1))
    doubtless = _ramp(agreement, 0.25, 0.6) * (1.0 - _ramp(weak, 0.3, 0.7))
    return Cutout(mask, _confidence(rgb, saliency, mask) * doubtless, doubt)


def _seed(saliency: Plane, skin: Plane) -> NDArray[np.uint8]:
    """GrabCut's four kinds of pixels out of saliency, split at Otsu's threshold; faces are sure."""
    as_bytes = np.clip(saliency * 255, 0, 255).astype(np.uint8)
    split_at, _ = cv2.threshold(as_bytes, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    threshold = float(split_at) / 255
    seed = np.full(saliency.shape, cv2.GC_BGD, np.uint8)
    seed[saliency > 0.55 * threshold] = cv2.GC_PR_BGD
    seed[saliency > threshold] = cv2.GC_PR_FGD
    seed[saliency > threshold + 0.45 * (1.0 - threshold)] = cv2.GC_FGD
    seed[(skin > _SURE_SKIN) & (saliency > 0.45 * threshold)] = cv2.GC_FGD
    return seed


def _first_cut(rgb: Rgb, seed: NDArray[np.uint8], excluded: Mask, saliency: Plane) -> Mask:
    """The cut at half the size where its outline is plain; else the plainer of that and a full one."""
    small, _ = _grabcut(_halved(rgb), _nearest(seed), 2)
    size = seed.shape[1], seed.shape[0]
    grown = np.asarray(cv2.resize(small.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)) > _HALF
    quick = _tidied(grown & ~excluded, saliency)
    weak = _weak_outline(rgb, quick)[0]
    if weak < _PLAIN_OUTLINE:
        return quick
    whole = _tidied(_grabcut(rgb, seed, 2)[0] & ~excluded, saliency)
    return whole if _weak_outline(rgb, whole)[0] <= weak else quick


def _halved(rgb: Rgb) -> Rgb:
    size = rgb.shape[1] // 2, rgb.shape[0] // 2
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _nearest(seed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Kinds of pixels at half the size."""
    size = seed.shape[1] // 2, seed.shape[0] // 2
    return np.asarray(cv2.resize(seed, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _second_cut(rgb: Rgb, seed: NDArray[np.uint8], first: Mask, excluded: Mask) -> Mask:
    """A second chance for hair and limbs: around the first cut everything is open again.

    The background's colours are now learned away from the subject only, so that hair counted as background at
    first does not speak for itself.
    """
    reach = round(_SECOND_REACH * max(first.shape)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    near = cv2.dilate(first.astype(np.uint8), kernel) > 0
    far = ~near | excluded
    if far.mean() < _LEAST_FAR:
        return first
    learning = np.where(far | first, cv2.GC_BGD, cv2.GC_PR_BGD).astype(np.uint8)
    learning[first] = cv2.GC_FGD
    learned_from = np.where((far | first)[..., None], rgb, _spread(rgb, far)).astype(np.uint8)
    models = _grabcut(_halved(learned_from), _nearest(learning), 1)[1]
    again = np.where(far, cv2.GC_BGD, cv2.GC_PR_BGD).astype(np.uint8)
    again[first] = cv2.GC_PR_FGD
    again[(seed == cv2.GC_FGD) & first] = cv2.GC_FGD
    return _grabcut(rgb, again, 2, models)[0]


def _spread(rgb: Rgb, known: Mask) -> Plane:
    """Known colours carried smoothly over the rest."""
    return _mean_around(rgb.astype(np.float32), known, 0.06 * max(known.shape))


def _grabcut(
    rgb: Rgb, seed: NDArray[np.uint8], rounds: int, models: Models | None = None
) -> tuple[Mask, Models]:
    """The cut and its colour models; with models given, these stay as they are."""
    cv2.setRNGSeed(7)  # GrabCut starts from k-means with OpenCV's own random numbers
    mask = seed.copy()
    mode = cv2.GC_INIT_WITH_MASK if models is None else cv2.GC_EVAL_FREEZE_MODEL
    behind, before = models or (np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64))
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    cv2.grabCut(bgr, mask, (0, 0, 0, 0), behind, before, rounds, mode)
    return (mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD), (behind, before)


def _tidied(mask: Mask, saliency: Plane) -> Mask:
    """Keeps the weightiest part and its equals, fills small holes and rounds off single-pixel noise.

    Parts a few pixels apart count as one: a hand beyond a dark watch is still the arm's.
    """
    smooth = cv2.medianBlur(mask.astype(np.uint8) * 255, 5) > 0
    reach = round(0.03 * max(mask.shape)) | 1
    joined = cv2.dilate(smooth.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, groups = cv2.connectedComponents(joined, connectivity=4)
    labels = np.asarray(groups, np.int64) * smooth
    if count <= 1:
        return np.zeros_like(mask)
    weight = np.bincount(labels.ravel(), weights=saliency.ravel(), minlength=count)
    weight[0] = 0.0
    keep = weight >= 0.25 * weight.max()
    return _without_notches(keep[labels])


def _without_notches(mask: Mask) -> Mask:
    """Closes narrow gaps and small holes."""
    notch = round(0.024 * max(mask.shape)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (notch, notch))
    return _filled(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, kernel) > 0, 0.004)


def _completed(rgb: Rgb, mask: Mask, excluded: Mask) -> Mask:
    """The mask with what sticks out of it before a plain background: tips, tails, antennas.

    What sticks out ends nearby; what goes on is something else that stands behind.
    """
    if not mask.any():
        return mask
    reach = _STICKS_OUT * max(mask.shape)
    away = np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    lab, around = lab_of(rgb), (away > reach) & ~excluded
    mean = _mean_around(lab, around, reach)
    square = _mean_around(lab * lab, around, reach)
    spread = np.sqrt(np.maximum(square - mean * mean, np.float32(0)).sum(axis=2))
    differs = np.linalg.norm(lab - mean, axis=2) > _UNLIKE + _SPREADS * spread
    out = np.asarray(differs & (spread < _PLAIN) & (away > 0) & (away <= reach), np.bool_)
    count, labels = cv2.connectedComponents(out.astype(np.uint8), connectivity=8)
    numbered = np.asarray(labels, np.int64)
    nearest = np.full(count, np.inf)
    farthest = np.zeros(count)
    np.minimum.at(nearest, numbered, away)
    np.maximum.at(farthest, numbered, away)
    areas = np.bincount(numbered.ravel(), minlength=count)
    fits = (
        (nearest < _TOUCHES) & (farthest < 0.92 * reach) & (farthest > _TOUCHES) & (areas < 0.2 * mask.sum())
    )
    fits[0] = False
    return _without_notches(mask | fits[numbered]) if fits.any() else mask


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
    if not ring.any() or _in_bits(mask):
        return 0.0
    contrast = float(saliency[mask].mean() - saliency[~mask].mean())
    on_edge = _edge_support(rgb, ring)
    sprawl = _border_share(mask)
    score = _ramp(contrast, 0.2, 0.45) * _ramp(on_edge, 1.2, 2.6) * (1.0 - _ramp(sprawl, 0.15, 0.45))
    return float(np.sqrt(score))


def _in_bits(mask: Mask) -> bool:
    """Whether a mask is a few small parts only: the eyes of a face that fills the picture, not a subject.

    Something slender with a few specks beside it is no such thing.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    areas = stats[1:count, cv2.CC_STAT_AREA]
    largest = 0 if count < _ONE_PART else int(areas.max())
    return count > _ONE_PART and largest < _LEAST_OF_PARTS * mask.size and largest < _MOSTLY * mask.sum()


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


def weak_outline(rgb: Rgb, mask: Mask) -> float:
    """The share of a mask's outline with alike colours on both sides."""
    return _weak_outline(rgb, mask)[0]


def edge_support(rgb: Rgb, mask: Mask) -> float:
    """How much stronger colour changes across a mask's outline than elsewhere in a picture; 0 without one."""
    ring = _ring(mask)
    return _edge_support(rgb, ring) if ring.any() else 0.0


def _weak_outline(rgb: Rgb, mask: Mask) -> tuple[float, Plane]:
    """The share of the outline with alike colours on both sides, and where that is.

    The colours compared are means over a few pixels inside and outside, so that a texture's own edges do not
    pass for an outline.
    """
    ring = _ring(mask)
    if not ring.any():
        return 1.0, np.zeros(mask.shape, np.float32)
    lab = lab_of(rgb)
    reach = max(2.0, 0.014 * max(mask.shape))
    inside, outside = (_mean_around(lab, side, reach) for side in (mask, ~mask))
    difference = np.linalg.norm(inside - outside, axis=2)
    alike = np.clip((_ALIKE - difference) / (0.5 * _ALIKE), 0, 1).astype(np.float32) * ring
    spread = 0.055 * max(mask.shape)
    near = np.asarray(cv2.GaussianBlur(alike, (0, 0), spread), np.float32)
    all_near = np.asarray(cv2.GaussianBlur(ring.astype(np.float32), (0, 0), spread), np.float32)
    share = near / np.maximum(all_near, np.float32(1e-4))
    fading = np.clip(all_near / max(float(all_near.max()) * 0.35, 1e-4), 0, 1)
    return float(alike.sum() / ring.sum()), (share * fading).astype(np.float32)


def _mean_around(lab: Plane, where: Mask, reach: float) -> Plane:
    weight = where.astype(np.float32)
    total = np.asarray(cv2.GaussianBlur(lab * weight[..., None], (0, 0), reach), np.float32)
    share = np.asarray(cv2.GaussianBlur(weight, (0, 0), reach), np.float32)
    return np.asarray(total / np.maximum(share, 1e-3)[..., None], np.float32)


def _border_share(mask: Mask) -> float:
    """How much of the picture's top and sides the subject touches; standing on the bottom is natural."""
    edge = np.concatenate([mask[0], mask[:, 0], mask[:, -1]])
    return float(edge.mean())


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
