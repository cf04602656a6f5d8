"""All cut-outs of a shot on one sheet, in the colours that light falls on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.references.cutting import Cut

_WIDE_PX = 1600
_ROOM_PX = 6
"""Around every cut-out, so that none shows in another's coarser copies."""
_BRIGHTEST = 0.93
"""Of a picture's 1.0: nothing drawn is whiter than paper in the sun."""
_DAYLIGHT = 1.25
"""How much light a wall that faces the camera gives back by day, before the tone curve."""
ALBEDO_SCALE = 1.6
"""The albedo of the sheet's full white; colours are stored as roots of shares of it."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """A sheet with all cut-outs.

    Attributes:
        sheet: uint8, (h, w, 4), the upper row first: the root of the albedo's share, and alpha.
        boxes: of each cut-out: left, top, width and height as shares of the sheet, float64, (n, 4).
    """

    sheet: NDArray[np.uint8]
    boxes: NDArray[np.float64]


def packed(cuts: Sequence[Cut]) -> Atlas:
    """Put cut-outs side by side in rows, the tallest first."""
    order = sorted(range(len(cuts)), key=lambda k: -cuts[k].alpha.shape[0])
    places: dict[int, tuple[int, int]] = {}
    x = y = row = 0
    for k in order:
        height, width = (side + 2 * _ROOM_PX for side in cuts[k].alpha.shape)
        if x and x + width > _WIDE_PX:
            x, y, row = 0, y + row, 0
        places[k] = x, y
        x, row = x + width, max(row, height)
    wide = max(places[k][0] + cuts[k].alpha.shape[1] + 2 * _ROOM_PX for k in places)
    sheet = np.zeros((y + row, wide, 4), np.uint8)
    boxes = np.zeros((len(cuts), 4))
    for k, (left, top) in places.items():
        height, width = cuts[k].alpha.shape
        room = (_ROOM_PX, _ROOM_PX)
        patch = np.pad(_coat(cuts[k]), (room, room, (0, 0)), mode="edge")
        # Nothing of a subject that the picture's border cuts off may leak over its edge, but at its foot.
        patch[:_ROOM_PX, :, 3] = 0
        patch[:, :_ROOM_PX, 3] = patch[:, -_ROOM_PX:, 3] = 0
        sheet[top : top + patch.shape[0], left : left + patch.shape[1]] = patch
        size = np.array([sheet.shape[1], sheet.shape[0]] * 2, np.float64)
        boxes[k] = np.array([left + _ROOM_PX, top + _ROOM_PX, width, height]) / size
    return Atlas(sheet, boxes)


def _coat(cut: Cut) -> NDArray[np.uint8]:
    """A cut-out as the sheet holds it: (h, w, 4)."""
    shown = np.minimum(cut.rgb.astype(np.float32) / np.float32(255), np.float32(1)) * np.float32(_BRIGHTEST)
    root = np.sqrt(np.clip(_untoned(shown) / (_DAYLIGHT * ALBEDO_SCALE), 0.0, 1.0))
    return np.dstack([np.rint(root * 255), np.rint(cut.alpha * 255)]).astype(np.uint8)


def _untoned(shown: NDArray[np.float32]) -> NDArray[np.float32]:
    """The light that the shaders' tone curve shows as these values; see ``tone`` in ``air.glsl``.

    The curve is y = (c (6.2 c + 0.5)) / (c (6.2 c + 1.7) + 0.06), solved for c.
    """
    y = np.clip(shown, 0.0, 0.97)
    a, b, c = 6.2 * (1.0 - y), 0.5 - 1.7 * y, -0.06 * y
    light = (-b + np.sqrt(b * b - 4.0 * a * c)) / (2.0 * a)
    return np.asarray(light + 0.003, np.float32)
