"""Colours learnt from all key frames together: what is background at other times is so here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import Key, Rgb
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_BINS: Final = 20
_FOREIGN: Final = 5.0  # times as common within as around
_NEAR_PX: Final = 25


def chances(keys: Sequence[Key], masks: Sequence[Mask], zones: Sequence[Mask]) -> list[Plane]:
    """By its colour alone, how likely each pixel of each key frame is a thing's: float32, (h, w), 0 to 1.

    Args:
        keys: the key frames.
        masks: the thing in each, as far as it is known.
        zones: where it may be.
    """
    codes = [_codes(key.rgb) for key in keys]
    reach = np.ones((_NEAR_PX, _NEAR_PX), np.uint8)
    near = [cv2.dilate(zone.astype(np.uint8), reach) > 0 for zone in zones]
    inside = _histogram(codes, masks)
    outside = _histogram(codes, [around & ~mask for around, mask in zip(near, masks, strict=True)])
    chance = inside / np.maximum(inside + outside, 1e-6)
    return [_smooth(chance[code]) for code in codes]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Colours that are hardly found around some part of pictures.

    Attributes:
        rare: whether each colour is one of them, bool, by its code.
    """

    rare: NDArray[np.bool_]

    @classmethod
    def learnt(cls, pictures: Sequence[Rgb], inside: Sequence[Mask], around: Sequence[Mask]) -> Foreign:
        """Learn them.

        Args:
            pictures: uint8, (h, w, 3) each.
            inside: the part of each.
            around: what it is compared with.
        """
        codes = [_codes(rgb) for rgb in pictures]
        own, others = _histogram(codes, inside), _histogram(codes, around)
        return cls(own / max(float(own.sum()), 1.0) > _FOREIGN * others / max(float(others.sum()), 1.0))

    def shown_in(self, rgb: Rgb) -> Mask:
        """Where a picture has such colours: bool, (h, w)."""
        return np.asarray(self.rare[_codes(rgb)], np.bool_)


def _smooth(chance: NDArray[np.float64]) -> Plane:
    return np.asarray(cv2.GaussianBlur(chance.astype(np.float32), (0, 0), 1.5), np.float32)


def _codes(rgb: Rgb) -> NDArray[np.int64]:
    lab = np.asarray(cv2.GaussianBlur(lab_of(rgb), (0, 0), 1.0), np.float32)
    scaled = np.stack([lab[..., 0] / 100, lab[..., 1] / 160 + 0.5, lab[..., 2] / 160 + 0.5], axis=2)
    bins = (scaled * _BINS).clip(0, _BINS - 1).astype(np.int64)
    return (bins[..., 0] * _BINS + bins[..., 1]) * _BINS + bins[..., 2]


def _histogram(codes: Sequence[NDArray[np.int64]], masks: Sequence[Mask]) -> NDArray[np.float64]:
    """How often each colour is there, spread a little to its neighbours."""
    total = np.zeros(_BINS**3, np.float64)
    for code, mask in zip(codes, masks, strict=True):
        total += np.bincount(code[mask], minlength=_BINS**3)
    cube = total.reshape(_BINS, _BINS, _BINS)
    for axis in range(3):
        cube = 0.5 * cube + 0.25 * (np.roll(cube, 1, axis) + np.roll(cube, -1, axis))
    return cube.reshape(-1)
