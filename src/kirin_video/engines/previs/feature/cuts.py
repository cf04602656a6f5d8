"""Where footage cuts: the picture changes all at once, and not because the camera moves."""

# ruff: noqa: PLR2004 - thresholds that were tuned on made and real footage
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Real = NDArray[np.float32]

_SMALL: Final = (64, 36)
_REACH: Final = 12
"""How far, in small pixels, a quick camera may carry a block in a frame: a fifth of the width."""
_SOFT: Final = 1.2
_UNLIKE: Final = 0.58
_ALIKE: Final = 0.8
_SUDDEN: Final = 2.2
_SHORTEST: Final = 4
"""Frames; a flash is no take."""


class CutFinder:
    """Judges frames that come one by one."""

    def __init__(self) -> None:
        self._before: Real | None = None
        self._usual = 0.0
        self._since = 0

    def is_cut(self, grey: Grey) -> bool:
        """Whether a take begins with this frame; true for the first."""
        shrunk = cv2.resize(grey, _SMALL, interpolation=cv2.INTER_AREA)
        # Softened, so that what lies between two pixels in one of them is found in the other.
        small = np.asarray(cv2.GaussianBlur(shrunk, (0, 0), _SOFT), np.float32)
        before, self._before = self._before, small
        self._since += 1
        if before is None:
            return True
        unlike = _unlike(before, small)
        cut = unlike > max(_UNLIKE, _SUDDEN * self._usual) and self._since >= _SHORTEST
        if cut:
            self._since, self._usual = 0, 0.0
        else:
            self._usual += 0.2 * (unlike - self._usual)
        return cut


def _unlike(before: Real, after: Real) -> float:
    """How little of a picture is found again near by in another: 0 all, 1 nothing.

    Blocks of the one are sought in the other by normalised correlation, so that neither light nor a quick
    camera counts as another picture.
    """
    wide = cv2.copyMakeBorder(before, _REACH, _REACH, _REACH, _REACH, cv2.BORDER_REPLICATE)
    lost, judged = 0.0, 0
    for top in range(0, _SMALL[1], 12):
        for left in range(0, _SMALL[0], 16):
            block = after[top : top + 12, left : left + 16]
            if float(block.std()) < 2.0:
                continue
            around = wide[top : top + 12 + 2 * _REACH, left : left + 16 + 2 * _REACH]
            best = float(cv2.matchTemplate(around, block, cv2.TM_CCOEFF_NORMED).max())
            lost += best < _ALIKE
            judged += 1
    if judged < 3:
        return min(abs(float(after.mean()) - float(before.mean())) / 40.0, 1.0)
    return lost / judged
