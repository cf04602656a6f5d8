"""Whether one picture is a part of the other, enlarged: found by correlation where features are too few."""

# ruff: noqa: PLR2004 - the numbers are thresholds that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Matrix = NDArray[np.float64]

_SEARCHED_PX: Final = 192
_SMALLEST, _LARGEST, _STEPS = 0.22, 0.92, 18
_ALIKE: Final = 0.9
_REFINED_ALIKE: Final = 0.95
_PLAIN: Final = 12.0
"""Grey pictures that spread less are alike wherever they are laid."""


def crop_of(whole: Grey, part: Grey) -> Matrix | None:
    """What takes pixels of a picture to those of an enlarged part of it; None where it is no part of it.

    Args:
        whole: uint8, (h, w).
        part: of the same size.
    """
    if part.std() < _PLAIN:
        return None
    scale = _SEARCHED_PX / max(whole.shape)
    small = _resized(whole, scale)
    best, found = _ALIKE, None
    for share in np.geomspace(_SMALLEST, _LARGEST, _STEPS):
        patch = _resized(part, scale * float(share))
        if min(patch.shape) < 12:
            continue
        alike = cv2.matchTemplate(small, patch, cv2.TM_CCOEFF_NORMED)
        _, highest, _, place = cv2.minMaxLoc(alike)
        if highest > best:
            best, found = float(highest), (float(share), place[0] / scale, place[1] / scale)
    return None if found is None else _refined(whole, part, *found)


def _refined(whole: Grey, part: Grey, guess: float, left: float, top: float) -> Matrix | None:
    """The same to a fraction of a pixel, by enhanced correlation (Evangelidis and Psarakis 2008)."""
    start = np.array([[guess, 0.0, left], [0.0, guess, top]], np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)
    try:
        alike, fine = cv2.findTransformECC(part, whole, start, cv2.MOTION_AFFINE, criteria)
    except cv2.error:
        return None
    share = float(np.sqrt(abs(np.linalg.det(np.asarray(fine, np.float64)[:, :2]))))
    if alike < _REFINED_ALIKE or share > _LARGEST:
        return None
    return np.linalg.inv(np.vstack([np.asarray(fine, np.float64), [0.0, 0.0, 1.0]]))


def _resized(grey: Grey, scale: float) -> Grey:
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
