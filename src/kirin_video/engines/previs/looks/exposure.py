"""The eye gets used to the light: scenes by night and in snow are brought to tones that a hand would draw."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.looks.planes import BLACK, WHITE, Plane, bytes_of
from kirin_video.engines.previs.looks.watching import Sight

_EASE = 0.06
"""Of the way to what is seen now, each frame."""

_QUANTILES = (3.0, 50.0, 97.0)


class Exposure:
    """Follows how bright a clip is.

    Args:
        middle: where the median should come to lie, as a share of white.
        strength: 0 leaves the picture alone, 1 goes all the way.
        most: the most by which the middle is bent up or down, as a gamma.
    """

    def __init__(self, middle: float, strength: float = 0.8, most: float = 2.2) -> None:
        self._middle, self._strength, self._most = middle, strength, most
        self._seen: np.ndarray | None = None

    def table(self, sight: Sight) -> Plane:
        """A table from luma to the luma that is drawn, for this frame."""
        shares = (np.percentile(sight.half[::4, ::4], _QUANTILES) - BLACK) / (WHITE - BLACK)
        if self._seen is None or sight.is_new:
            self._seen = shares
        self._seen = self._seen + _EASE * (shares - self._seen)
        low, middle, high = np.clip(self._seen, 0.0, 1.0)
        low, high = self._strength * min(low, 0.3), 1 + self._strength * (max(high, low + 0.25) - 1)
        level = np.clip(((np.arange(256) - BLACK) / (WHITE - BLACK) - low) / max(high - low, 0.1), 0, 1)
        at = min(max((middle - low) / max(high - low, 0.1), 0.02), 0.98)
        gamma = np.log(self._middle) / np.log(at)
        gamma = min(max(gamma, 1 / self._most), self._most) ** self._strength
        return bytes_of(BLACK + (WHITE - BLACK) * level**gamma)
