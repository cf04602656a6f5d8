"""The subject's own colours along its soft edge, without the ground that shines through there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Plane = NDArray[np.float32]

_SOLID, _CLEAR = 0.96, 0.04
_SCALES = (1.2, 3.0, 8.0, 20.0, 50.0)


def own_colors(rgb: Rgb, alpha: Plane) -> Rgb:
    """Colours that give the picture again over its ground, and go on smoothly beyond the outline.

    Args:
        rgb: the picture.
        alpha: how much of each pixel is the subject's, (h, w).
    """
    picture = rgb.astype(np.float32)
    carried = _carried(picture, alpha > _SOLID)
    ground = _carried(picture, alpha < _CLEAR)
    a = alpha[..., None]
    solved = (picture - (1.0 - a) * ground) / np.maximum(a, np.float32(0.05))
    # The fainter a pixel, the less it says of the colour in it.
    trust = np.clip((a - 0.15) / 0.6, 0.0, 1.0)
    mixed = carried + (np.clip(solved, 0.0, 255.0) - carried) * trust
    return np.rint(np.where(a > _SOLID, picture, np.clip(mixed, 0.0, 255.0))).astype(np.uint8)


def _carried(picture: Plane, known: NDArray[np.bool_]) -> Plane:
    """Known colours carried over all the rest, by blurs of growing width."""
    if not known.any():
        return picture
    weight = known.astype(np.float32)
    result, reached = picture.copy(), known.copy()
    weighed = np.dstack([picture * weight[..., None], weight])
    for sigma in _SCALES:
        spread = _blurred(weighed, sigma)
        total, share = spread[..., :3], spread[..., 3]
        fresh = ~reached & (share > 0.01)  # noqa: PLR2004 -- enough of it is near
        result[fresh] = total[fresh] / share[fresh][:, None]
        reached |= fresh
    result[~reached] = picture[known].mean(axis=0)
    return result


def _blurred(planes: Plane, sigma: float) -> Plane:
    """A Gaussian blur; a wide one at a smaller size."""
    step = max(1, int(sigma / 2.0))
    if step == 1:
        return np.asarray(cv2.GaussianBlur(planes, (0, 0), sigma), np.float32)
    height, width = planes.shape[:2]
    size = max(2, width // step), max(2, height // step)
    small = cv2.GaussianBlur(cv2.resize(planes, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / step)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
