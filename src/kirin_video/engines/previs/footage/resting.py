"""Feet that rest for a moment, which motion does not tell: for taking somebody away whole."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Matrix, Survey

Plane = NDArray[np.float32]

_MOMENTS: Final = 4  # key frames to each side
_FEET: Final = 0.3  # of a thing's height
_HALF: Final = 0.5
_STAYS: Final = 0.45  # of its mask, that a thing which stays where it is has in common with a moment before


def with_missed_feet(survey: Survey, mattes: Mattes, *, under: bool = False) -> Mattes:
    """Masks that also cover where the lowest part of a thing is a moment before and after.

    Feet that rest for a moment are missed there. Where it was elsewhere, nothing of it is left.

    Args:
        survey: the first look through the footage.
        mattes: the masks.
        under: whether only what is straight under a thing counts, for where it stands.
    """
    keys, masks = survey.keys, mattes.masks
    wide: list[Plane] = []
    for place, key in enumerate(keys):
        out = masks[place].copy()
        for other in range(max(0, place - _MOMENTS), min(len(keys), place + _MOMENTS + 1)):
            if keys[other].take != key.take or other == place:
                continue
            to_here = np.linalg.inv(keys[other].to_first) @ key.to_first
            if _shared(masks[place], _seen(masks[other], to_here)) > _STAYS:
                out = np.maximum(out, _seen(_lowest(masks[other]), to_here))
        if under:
            out *= (masks[place].max(axis=0) > _HALF).astype(np.float32)
        wide.append(out)
    return Mattes(tuple(wide), mattes.by_motion)


def _seen(mask: Plane, to_here: Matrix) -> Plane:
    size = (mask.shape[1], mask.shape[0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(mask, to_here, size, flags=flags), np.float32)


def _shared(one: Plane, other: Plane) -> float:
    """What two masks have in common, of all that either covers: 0 to 1."""
    return float(np.minimum(one, other).sum()) / max(float(np.maximum(one, other).sum()), 1.0)


def _lowest(mask: Plane) -> Plane:
    rows = np.flatnonzero(mask.max(axis=1) > _HALF)
    low = mask.copy()
    if len(rows):
        low[: round(rows[-1] - _FEET * (rows[-1] - rows[0]))] = 0
    return low
