"""The light of a photograph on a cut-out: its brightness, its contrast and its tint, a part of the way."""

# ruff: noqa: PLR2004 - the numbers are amounts that were tuned by looking
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.superpixels import lab_of

Rgb = NDArray[np.uint8]
Plane = NDArray[np.float32]

_DARKER, _BRIGHTER = 0.85, 0.35
"""How far it goes to a darker and to a brighter photograph: nothing glows by night."""
_TINT, _SPREAD = 0.55, 0.4
_MOST_TINT = 14.0


def matched(rgb: Rgb, alpha: Plane, around: Rgb) -> Rgb:
    """A cut-out in the light of what is around it.

    Args:
        rgb: its colours, uint8, (h, w, 3).
        alpha: where it is, float32, (h, w).
        around: the part of the photograph it comes to, uint8, (a, b, 3).
    """
    own, there = lab_of(rgb), lab_of(around).reshape(-1, 3)
    inside = own[alpha > 0.5]
    if not len(inside):
        return rgb
    mean, spread = inside.mean(axis=0), float(inside[:, 0].std())
    level, their_spread = there.mean(axis=0), float(there[:, 0].std())
    change = float(level[0] - mean[0])
    wished = mean[0] + change * (_DARKER if change < 0 else _BRIGHTER)
    # black stays black: brightness is scaled, not shifted
    gain = float(np.clip(wished / max(float(mean[0]), 4.0), 0.3, 1.5))
    contrast = float(np.clip(1.0 + _SPREAD * (their_spread / max(spread, 6.0) - 1.0), 0.8, 1.15))
    out = own.copy()
    out[..., 0] = np.clip(wished + (own[..., 0] * gain - wished) * contrast, 0, 100)
    # a photograph with little colour takes colour away
    chroma = float(np.hypot(there[:, 1], there[:, 2]).mean())
    own_chroma = float(np.hypot(inside[:, 1], inside[:, 2]).mean())
    fade = float(np.clip(1.0 + 0.5 * (chroma / max(own_chroma, 4.0) - 1.0), 0.55, 1.0))
    for channel in (1, 2):
        shift = float(np.clip(_TINT * (level[channel] - 0.5 * mean[channel]), -_MOST_TINT, _MOST_TINT))
        out[..., channel] = fade * own[..., channel] + 0.6 * shift
    back = np.asarray(cv2.cvtColor(out.astype(np.float32), cv2.COLOR_Lab2RGB), np.float32)
    return np.rint(np.clip(back, 0, 1) * 255).astype(np.uint8)
