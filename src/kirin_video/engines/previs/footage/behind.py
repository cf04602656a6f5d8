"""What lies behind whatever moves, at the size of a first look: the median of each take's key frames."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.laying import Canvas, median, spread
from kirin_video.engines.previs.footage.survey import Key, Rgb, Survey
from kirin_video.engines.previs.photo.superpixels import lab_of

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_MOST: Final = 15
_FEWEST: Final = 4  # with fewer key frames the median may be the thing itself
_ALIKE: Final = 14.0  # levels of red, green and blue together that noise and small errors make


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind the things that move in one key frame.

    Attributes:
        rgb: the background, uint8, (h, w, 3).
        sure: in how large a share of the key frames it was seen there, float32, (h, w), 0 to 1.
    """

    rgb: Rgb
    sure: Plane

    def without(self, mask: NDArray[np.bool_]) -> Behind:
        """The same, nothing sure within a mask."""
        return replace(self, sure=np.where(mask, np.float32(0), self.sure))


def backgrounds(survey: Survey) -> list[Behind | None]:
    """For every key frame what is behind; None in takes that are too short to tell."""
    found: list[Behind | None] = []
    for _, group in groupby(survey.keys, key=lambda key: key.take):
        keys = list(group)
        found.extend(_of_take(keys) if len(keys) >= _FEWEST else [None] * len(keys))
    return found


def _of_take(keys: list[Key]) -> list[Behind | None]:
    height, width = keys[0].grey.shape
    canvas = Canvas.around([key.to_first for key in keys], (width, height), 1.0)
    chosen = [keys[k] for k in spread(len(keys), _MOST)]
    rgbs = np.stack([canvas.laid(key.rgb, key.to_first) for key in chosen])
    whole = np.full((height, width), 255, np.uint8)
    hidden = np.stack([canvas.laid(whole, key.to_first, border=0) < 250 for key in chosen]).astype(np.uint8)  # noqa: PLR2004
    plate = np.empty((canvas.height, canvas.width, 3), np.uint8)
    for channel in range(3):
        plane = np.empty((canvas.height, canvas.width), np.uint8)
        median(np.ascontiguousarray(rgbs[..., channel]), hidden, 1, plane)
        plate[..., channel] = plane
    agreed = [np.abs(rgb.astype(np.int16) - plate).sum(axis=2) < 3 * _ALIKE for rgb in rgbs]
    seen = (hidden == 0).sum(axis=0)
    share = (np.array(agreed) & (hidden == 0)).sum(axis=0) / np.maximum(seen, _FEWEST)
    sure = (share * 255 + 0.5).astype(np.uint8)
    return [_seen_by(key, canvas, plate, sure) for key in keys]


def _seen_by(key: Key, canvas: Canvas, plate: Rgb, sure: Bytes) -> Behind:
    rgb, share = np.empty_like(key.rgb), np.empty_like(key.grey)
    canvas.seen(plate, key.to_first, rgb)
    canvas.seen(sure, key.to_first, share)
    return Behind(rgb, share.astype(np.float32) / np.float32(255))


def difference(key: Key, behind: Behind) -> Plane:
    """How far each pixel of a key frame is from what is behind it, CIE Lab, float32, (h, w)."""
    apart = lab_of(key.rgb) - lab_of(behind.rgb)
    return np.sqrt((apart**2).sum(axis=2)).astype(np.float32)
