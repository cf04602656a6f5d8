"""One cut-out: from a picture to its subject with soft edges."""

# ruff: noqa: PLR2004 -- shares of the picture that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo import superpixels
from kirin_video.engines.previs.photo.matte import find_subject
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.regions import find_sky
from kirin_video.engines.previs.references.cutting.alpha import soft_alpha
from kirin_video.engines.previs.references.cutting.colors import own_colors
from kirin_video.engines.previs.references.cutting.focus import find_in_focus
from kirin_video.engines.previs.references.cutting.ground import find_before_plain_ground
from kirin_video.engines.previs.references.cutting.second import plainer, plainest

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

WORKING_PX = 512
_COARSE_PX = 320
CUT_FROM = 0.58
"""Less sure cut-outs are guesses: the picture may have no subject at all."""
_KEYED_BAND, _FOUND_BAND = 0.007, 0.022
"""How far from the outline alpha is unsure, as a share of the longer side."""
_ROOM = 0.06
"""So much is kept around a known subject before it is cut out, as a share of the longer side."""
_GROUND = 0.25
"""What covers so much of both side borders is no subject: it stays as it is."""
_SIDES, _SQUARE = 2, 2.6
"""Of what two other borders cut off the corners are rounded; a greater exponent leaves more of them."""
_AT_BORDER = 0.12
"""So much of a lower border that the subject covers means that the picture cuts it off there."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A subject cut out of its picture.

    Attributes:
        rgb: its colours, carried on beyond its outline, uint8, (h, w, 3); cropped to it with a little room.
        alpha: float32, (h, w), 0 to 1.
        confidence: 0.0, it is a guess, to 1.0, its outline is sure.
        plain: whether it stood before a plain ground.
        cropped: whether the picture's lower border cuts it off.
        share: of the picture that it covers.
        across: how much of the left and of the right border it covers, the less of both: grounds do.
    """

    rgb: Rgb
    alpha: Plane
    confidence: float
    plain: bool
    cropped: bool
    share: float
    across: float = 0.0


def cut_out(rgb: Rgb) -> Cut | None:
    """Cut the subject out of a picture; None where nothing stands out.

    Args:
        rgb: the picture, uint8, (h, w, 3), any size.
    """
    work = scaled(rgb, WORKING_PX)
    keyed = find_before_plain_ground(work)
    if keyed is not None:
        return _softened(work, keyed, _KEYED_BAND, confidence=1.0, plain=True)
    mask, confidence = _found(work)
    if not mask.any():
        return None
    return _softened(work, mask, _FOUND_BAND, confidence=confidence, plain=False)


def cut_along(rgb: Rgb, mask: Mask, *, confidence: float) -> Cut | None:
    """Cut out what lies under a rough mask; None where there is nothing.

    Args:
        rgb: the picture, uint8, (h, w, 3).
        mask: bool, at any size.
        confidence: how far the mask is trusted.
    """
    if not mask.any():
        return None
    room = round(_ROOM * max(mask.shape))
    small = _around(mask, room)
    shares = [side / small_side for side, small_side in zip(rgb.shape[:2], mask.shape, strict=True)]
    rows, columns = (
        slice(round(part.start * share), round(min(part.stop, most) * share))
        for part, share, most in zip(small, shares, mask.shape, strict=True)
    )
    work = scaled(rgb[rows, columns], WORKING_PX)
    size = work.shape[1], work.shape[0]
    grown = cv2.resize(mask[small].astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    return _softened(
        work, np.asarray(grown, np.float32) > 0.5, _FOUND_BAND, confidence=confidence, plain=False
    )


def scaled(rgb: Rgb, longest: int) -> Rgb:
    """A picture whose longer side is at most so long."""
    share = longest / max(rgb.shape[:2])
    if share >= 1.0:
        return rgb
    size = max(8, round(rgb.shape[1] * share)), max(8, round(rgb.shape[0] * share))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _found(work: Rgb) -> tuple[Mask, float]:
    """Where saliency and colour models see a subject, at the working size."""
    small = scaled(work, _COARSE_PX)
    pieces = superpixels.split(small)
    found = find_subject(small, pieces, find_sky(small, pieces))
    mask, confidence = found.mask, found.confidence
    if confidence >= CUT_FROM:
        mask = plainer(small, mask)
    else:
        focused = find_in_focus(small)
        guess = focused if focused.any() else plainest(small)
        mask = guess if guess.any() else mask
    size = work.shape[1], work.shape[0]
    grown = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(grown, np.float32) > 0.5, confidence


def _softened(work: Rgb, mask: Mask, band: float, *, confidence: float, plain: bool) -> Cut:
    reach = max(2, round(band * max(mask.shape)))
    near = _around(mask, 3 * reach + 4)
    alpha = np.zeros(mask.shape, np.float32)
    alpha[near] = _band_alpha(work[near], mask[near], reach, plain=plain)
    alpha = _one_piece(alpha)
    across = float(min((alpha[:, 1] > 0.5).mean(), (alpha[:, -2] > 0.5).mean()))
    if across < _GROUND:
        alpha = _rounded(alpha)
    cropped = float((alpha[-2] > 0.5).mean()) > _AT_BORDER
    share = float(alpha.mean())
    box = _box(alpha)
    return Cut(
        rgb=np.ascontiguousarray(own_colors(work, alpha)[box]),
        alpha=np.ascontiguousarray(alpha[box]),
        confidence=confidence,
        plain=plain,
        cropped=cropped,
        share=share,
        across=across,
    )


def _around(mask: Mask, room: int) -> tuple[slice, slice]:
    """Rows and columns of a mask, with so much room around."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (
        slice(max(int(rows[0]) - room, 0), int(rows[-1]) + 1 + room),
        slice(max(int(columns[0]) - room, 0), int(columns[-1]) + 1 + room),
    )


def _band_alpha(work: Rgb, mask: Mask, reach: int, *, plain: bool) -> Plane:
    """Alpha that is unsure within so many pixels of a mask's outline only."""
    inside = ~_dilated(~mask, reach)
    if inside.sum() < 0.3 * mask.sum():  # something thin: its middle is sure, at least
        inside = ~_dilated(~mask, 1)
    outside = ~_dilated(mask, reach)
    return soft_alpha(np.ascontiguousarray(work), inside, outside, radius=1 if plain else 2)


def _dilated(mask: Mask, reach: int) -> Mask:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return cv2.dilate(mask.astype(np.uint8), kernel) > 0


def _one_piece(alpha: Plane) -> Plane:
    """Without faint veils that hang together with nothing."""
    count, labels = cv2.connectedComponents((alpha > 0.1).astype(np.uint8), connectivity=8)
    numbered = np.asarray(labels, np.int64)
    weight = np.bincount(numbered.ravel(), weights=alpha.ravel(), minlength=count)
    weight[0] = 0.0
    keep = weight >= 0.04 * weight.max()
    return np.where(keep[numbered], alpha, 0.0).astype(np.float32)


def _rounded(alpha: Plane) -> Plane:
    """Without the straight edge that a picture's upper or side border cuts: such corners are rounded off."""
    cut_off = [float((edge > 0.5).mean()) for edge in (alpha[1], alpha[:, 1], alpha[:, -2])]
    if sum(share > _AT_BORDER for share in cut_off) < _SIDES:
        return alpha
    y, x = _off_middle(alpha.max(axis=1)), _off_middle(alpha.max(axis=0))
    # Downwards it stays whole: there a subject goes on, or stands.
    out = np.abs(x[None, :]) ** _SQUARE + np.clip(-y[:, None], 0.0, None) ** _SQUARE
    inside = np.clip((1.0 - out ** (1.0 / _SQUARE)) / 0.05, 0.0, 1.0)
    return np.minimum(alpha, inside).astype(np.float32)


def _off_middle(covered: Plane) -> NDArray[np.float64]:
    """How far each row or column is from the middle of those that are covered, in halves of their span."""
    places = np.flatnonzero(covered > 0.5)
    half = max(float(np.ptp(places)) / 2.0, 1.0)
    return (np.arange(len(covered), dtype=np.float64) - float(places.mean())) / half


def _box(alpha: Plane) -> tuple[slice, slice]:
    """Rows and columns of the subject, with a pixel or two around; the lower edge is its foot."""
    rows = np.flatnonzero((alpha > 0.3).any(axis=1))
    columns = np.flatnonzero((alpha > 0.06).any(axis=0))
    top = int(np.flatnonzero((alpha > 0.06).any(axis=1))[0])
    return (
        slice(max(top - 2, 0), int(rows[-1]) + 1),
        slice(max(int(columns[0]) - 2, 0), min(int(columns[-1]) + 3, alpha.shape[1])),
    )
