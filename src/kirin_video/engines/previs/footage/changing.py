"""Where key frames differ from each other once the camera's own motion is taken out."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.laying import spread
from kirin_video.engines.previs.footage.survey import Key, Survey
from kirin_video.engines.previs.photo.superpixels import lab_of

Plane = NDArray[np.float32]

_OTHER: Final = 9.0  # difference in CIE Lab that no noise makes
_COMPARED: Final = 16  # key frames
_INSIDE: Final = 0.99


def changing(survey: Survey) -> list[Plane]:
    """For every key frame, in how large a share of the others each point looks different, float32, (h, w)."""
    width, height = survey.size
    # compared with some of the others only: what is kept does not grow with the footage
    others = [(survey.keys[k], _smooth_lab(survey.keys[k])) for k in spread(len(survey.keys), _COMPARED)]
    whole = np.ones((height, width), np.float32)
    shares: list[Plane] = []
    for key in survey.keys:
        lab = _smooth_lab(key)
        differs, seen = np.zeros_like(whole), np.zeros_like(whole)
        for other, its in others:
            if other is key or other.take != key.take:
                continue
            warp = np.linalg.inv(other.to_first) @ key.to_first
            moved, inside = its, whole
            if not survey.still:
                flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
                moved = np.asarray(cv2.warpPerspective(its, warp, (width, height), flags=flags), np.float32)
                inside = np.asarray(
                    cv2.warpPerspective(whole, warp, (width, height), flags=flags), np.float32
                )
            valid = inside > _INSIDE
            distance = np.sqrt(((lab - moved) ** 2).sum(axis=2))
            differs += valid & (distance > _OTHER)
            seen += valid
        shares.append((differs / np.maximum(seen, 1)).astype(np.float32))
    return shares


def _smooth_lab(key: Key) -> Plane:
    return np.asarray(cv2.GaussianBlur(lab_of(key.rgb), (0, 0), 1.5), np.float32)
