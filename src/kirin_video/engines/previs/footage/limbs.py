"""Thin parts that a mask has lost: legs and feet, told by hues that the ground around them has not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import Key, Rgb
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]

_BINS: Final = 32
_WIDEST: Final = 80.0  # chroma at middle lightness
_RARE: Final = 0.0015  # of what is around
_AROUND_PX: Final = 45
_ZONE_PX: Final = 5
_RIM_PX: Final = 2.0  # where colours of both sides mix
_LONG_PX: Final = 4.0  # that a limb reaches at least
_MOST: Final = 0.5  # of what is known, that may be added


def with_limbs(keys: Sequence[Key], masks: Sequence[Mask], zones: Sequence[Mask]) -> list[Mask]:
    """Masks with the parts that hang on to them and move, and whose hues are seldom found around them.

    A shadow has the hue of the ground that it falls on, so it is no part.

    Args:
        keys: the key frames.
        masks: what is known of the thing in each, bool, (h, w).
        zones: where something moves, bool, (h, w).
    """
    hues = [_hues(key.rgb) for key in keys]
    around = [_ring(mask | zone) for mask, zone in zip(masks, zones, strict=True)]
    seen = np.zeros(_BINS * _BINS, np.float64)
    for hue, ring in zip(hues, around, strict=True):
        seen += np.bincount(hue[ring], minlength=_BINS * _BINS)
    share = cv2.GaussianBlur(seen.reshape(_BINS, _BINS), (0, 0), 0.8).reshape(-1) / max(seen.sum(), 1.0)
    return [
        _grown(mask, (share < _RARE)[hue], zone) for mask, hue, zone in zip(masks, hues, zones, strict=True)
    ]


def _hues(rgb: Rgb) -> NDArray[np.int64]:
    """A number for the hue and strength of each pixel's colour, whatever light falls on it."""
    lab = np.asarray(cv2.GaussianBlur(lab_of(rgb), (0, 0), 0.6), np.float32)
    scaled = lab[..., 1:] * (50.0 / (lab[..., :1] + 12.0))
    bins = ((scaled + _WIDEST) / (2 * _WIDEST) * _BINS).clip(0, _BINS - 1).astype(np.int64)
    return bins[..., 0] * _BINS + bins[..., 1]


def _ring(mask: Mask) -> Mask:
    body = cv2.dilate(mask.astype(np.uint8), np.ones((7, 7), np.uint8))
    return (cv2.dilate(body, np.ones((_AROUND_PX, _AROUND_PX), np.uint8)) > 0) & (body == 0)


def _grown(mask: Mask, foreign: Mask, zone: Mask) -> Mask:
    if not mask.any():
        return mask
    near = cv2.dilate(zone.astype(np.uint8), np.ones((_ZONE_PX, _ZONE_PX), np.uint8)) > 0
    far = np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3), np.float32)
    found = cv2.morphologyEx(
        (foreign & near & ~mask).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)
    )
    beyond = (found > 0) & (far > _RIM_PX)
    joined = cv2.dilate((beyond | mask).astype(np.uint8), np.ones((5, 5), np.uint8))
    _, labels = cv2.connectedComponents(joined)
    beyond &= np.isin(labels, np.unique(labels[mask]))
    count, pieces = cv2.connectedComponents(beyond.astype(np.uint8), connectivity=8)
    out = mask.copy()
    for number in range(1, count):
        piece = pieces == number
        if far[piece].max() > _LONG_PX:
            bridge = cv2.dilate(piece.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            out |= piece | (bridge & (found > 0))
    return out if out.sum() < (1 + _MOST) * mask.sum() else mask
