"""Another view of what was filmed: crops that stand, travel or close in, and left and right exchanged."""

# ruff: noqa: PLR2004 - the numbers are shares of a picture that were tuned by looking
from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from kirin_video.engines.previs.footage.edits import Region, View
from kirin_video.engines.previs.photo.moves import eased
from kirin_video.engines.previs.plan import Move, ShotSize
from kirin_video.media.frames import I420Frame, new_i420

Center = Callable[[int], tuple[float, float, float]]
"""Of frame k: where the subject's middle is, x and y from 0 to 1, and its height as a share
of the picture's."""

_FILLS: Final = {
    ShotSize.EXTREME_CLOSE_UP: 3.2,
    ShotSize.CLOSE_UP: 2.0,
    ShotSize.MEDIUM_CLOSE_UP: 1.5,
    ShotSize.MEDIUM: 1.15,
    ShotSize.FULL: 0.86,
}
"""How tall the subject is in the new picture."""
_HEAD_FILLS: Final = {
    ShotSize.EXTREME_CLOSE_UP: 1.1,
    ShotSize.CLOSE_UP: 0.62,
    ShotSize.MEDIUM_CLOSE_UP: 0.42,
    ShotSize.MEDIUM: 0.3,
    ShotSize.FULL: 0.12,
}
"""How tall a head is, where that is what the prompt names."""
_ENDS: Final = 0.9
_HEAD_ENDS: Final = 0.5
"""How tall what the camera goes up to has become when it arrives."""
_CLOSEST: Final = 2.6
_CLOSEST_TO_A_HEAD: Final = 4.0
_TRAVEL: Final = 1.22
_IN: Final = frozenset({Move.PUSH_IN, Move.TRACK_FORWARD})
_TO_AND_FRO: Final = _IN | {Move.PULL_OUT}
_ACROSS: Final = {
    Move.PAN_LEFT: (-1, 0),
    Move.PAN_RIGHT: (1, 0),
    Move.TRACK_LEFT: (-1, 0),
    Move.TRACK_RIGHT: (1, 0),
    Move.ORBIT_LEFT: (-1, 0),
    Move.ORBIT_RIGHT: (1, 0),
    Move.TILT_UP: (0, -1),
    Move.TILT_DOWN: (0, 1),
    Move.CRANE_UP: (0, -1),
    Move.CRANE_DOWN: (0, 1),
}


class Reframing:
    """A window into each frame, blown up to its size.

    Args:
        view: what is asked for.
        num_frames: of the clip.
        width: of the frames.
        height: of the frames.
        center: where the subject is; None where it is not known.
    """

    def __init__(
        self, view: View, num_frames: int, width: int, height: int, center: Center | None = None
    ) -> None:
        self._view = view
        self._last = max(num_frames - 1, 1)
        self._center = center
        self._at_head = view.aim is not None and view.aim.region is Region.HEAD
        self._out = new_i420(width, height)

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """The frame seen through the window; valid until the next."""
        x, y, zoom = self.window(index)
        out = self._out
        for source, dest in ((frame.y, out.y), (frame.u, out.u), (frame.v, out.v)):
            height, width = source.shape
            scale = 1.0 / zoom
            left = np.clip(x - scale / 2, 0, 1 - scale) * width
            top = np.clip(y - scale / 2, 0, 1 - scale) * height
            turn = -1.0 if self._view.mirror else 1.0
            start = left + (width * scale if self._view.mirror else 0.0)
            # pixel centres: window x = start + turn * scale * (x' + 0.5) - 0.5
            warp = np.array(
                [
                    [turn * scale, 0.0, start + turn * scale * 0.5 - 0.5],
                    [0.0, scale, top + scale * 0.5 - 0.5],
                ]
            )
            mode = cv2.INTER_CUBIC if zoom > 1.0 else cv2.INTER_NEAREST
            cv2.warpAffine(
                source, warp, (width, height), dest, mode | cv2.WARP_INVERSE_MAP, cv2.BORDER_REPLICATE
            )
        return out

    def window(self, index: int) -> tuple[float, float, float]:
        """The window's middle, x and y from 0 to 1, and how many times it is magnified."""
        view = self._view
        x, y, tall = self._center(index) if self._center else (0.5, 0.5, 0.0)
        zoom = 1.0
        fills = (_HEAD_FILLS if self._at_head else _FILLS).get(view.size) if view.size else None
        if fills is not None:
            zoom = self._closest_of(fills / (tall or 0.9))
            y = y - 0.22 * tall if tall and zoom > 1.6 and not self._at_head else y  # faces are at the top
        if view.move is None or view.move is Move.STILL:
            return x, y, zoom
        travelled, reach = eased(index / self._last), 0.28 * view.energy
        if view.aim is not None and tall and fills is None and view.move in _TO_AND_FRO:
            closed_in = travelled if view.move in _IN else 1.0 - travelled
            return self._towards(x, y, tall, 1.0 + reach * 1.3, closed_in)
        if view.move in _IN:
            closer = 1.0 + reach * 1.3 * travelled
            return 0.5 + (x - 0.5) * travelled, 0.5 + (y - 0.5) * travelled, zoom * closer
        if view.move is Move.PULL_OUT:
            return x, y, zoom * (1.0 + reach * 1.3 * (1.0 - travelled))
        across, down = _ACROSS[view.move]
        zoom *= 1.0 + (_TRAVEL - 1.0) * min(view.energy, 2.0)
        spare = (1.0 - 1.0 / zoom) / 2
        way = 2.0 * travelled - 1.0
        middle = (x, y) if fills is not None else (0.5, 0.5)
        return middle[0] + across * spare * way, middle[1] + down * spare * way, zoom

    def _towards(
        self, x: float, y: float, tall: float, least: float, closed_in: float
    ) -> tuple[float, float, float]:
        """A window on its way from the whole picture to what is named, which goes straight to the middle."""
        goal = max(self._closest_of((_HEAD_ENDS if self._at_head else _ENDS) / tall), least)
        zoom = goal**closed_in
        gone = (1.0 - 1.0 / zoom) / (1.0 - 1.0 / goal)
        return 0.5 + (x - 0.5) * gone, 0.5 + (y - 0.5) * gone, zoom

    def _closest_of(self, zoom: float) -> float:
        return min(max(zoom, 1.0), _CLOSEST_TO_A_HEAD if self._at_head else _CLOSEST)
