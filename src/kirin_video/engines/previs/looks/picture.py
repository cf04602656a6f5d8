"""The style of a picture that the caller sent: its colours, its contrast, and the nearest way of painting.

Nothing is learnt from data: the picture is measured (`character`), the technique of ours that comes nearest
is chosen and sized, and its colours are transported (`transfer`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.cel import CARTOON, CelLook
from kirin_video.engines.previs.looks.character import Character, character_of
from kirin_video.engines.previs.looks.drawing import CHARCOAL, PENCIL, DrawingLook
from kirin_video.engines.previs.looks.look import Flow, Look
from kirin_video.engines.previs.looks.oil import OIL, OilLook, OilStyle
from kirin_video.engines.previs.looks.oklab import lab_of_rgb
from kirin_video.engines.previs.looks.planes import bytes_of, frame_of
from kirin_video.engines.previs.looks.raster import halved
from kirin_video.engines.previs.looks.strokes import Coat
from kirin_video.engines.previs.looks.transfer import Transfer
from kirin_video.engines.previs.looks.washes import INK_WASH, WATERCOLOR, WashLook
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.media.frames import I420Frame

_MOST_COLOURS = 20_000

_GREY, _PALE = 5.0, 14.0
_PAPER = 0.20
_LINED = 9.0
_FEW_TONES = 0.36
_EVEN, _UNEVEN = 0.10, 0.06
_ROUGH = 1.9
_LIGHT = 0.55
_USUAL_FINENESS = 0.45


@dataclass(frozen=True, slots=True)
class Manner:
    """How a picture seems to be made.

    Attributes:
        name: ``drawing``, ``flat``, ``wash``, ``strokes`` or ``plain``, where only light and colour count.
        character: what was measured.
    """

    name: str
    character: Character


def manner_of(rgb: NDArray[np.uint8]) -> Manner:
    """How a picture seems to be made.

    Args:
        rgb: sRGB, uint8, (H, W, 3).
    """
    y, u, v = _planes(rgb)
    seen = character_of(y, u, v)
    if seen.bare > _PAPER:
        return Manner("drawing" if seen.colourful < _GREY else "wash", seen)
    if seen.few > _FEW_TONES and seen.flat > _EVEN and seen.lined > _LINED / 2:
        return Manner("flat", seen)
    if seen.flat < _UNEVEN and seen.rough > _ROUGH:
        return Manner("wash" if seen.light > _LIGHT else "strokes", seen)
    return Manner("plain", seen)


def make_picture_look(picture_rgb: NDArray[np.uint8], *, width: int, height: int, seed: int) -> Look:
    """A look in the style of a picture.

    Args:
        picture_rgb: the picture, sRGB, uint8, (H, W, 3).
        width: of the frames, pixels, even.
        height: of the frames, pixels, even.
        seed: of paper and strokes.
    """
    manner = manner_of(picture_rgb)
    flat = picture_rgb.reshape(-1, 3)
    every = max(len(flat) // _MOST_COLOURS, 1)
    goal = lab_of_rgb(flat[::every].astype(np.float64) / 255)
    return PictureLook(technique_of(manner, width, height, seed), Transfer(goal), width, height)


class PictureLook:
    """A technique, and colours.

    Args:
        technique: what paints; None leaves the picture as it is.
        transfer: what brings the colours.
        width: of the frames, pixels.
        height: of the frames, pixels.
    """

    def __init__(self, technique: Look | None, transfer: Transfer, width: int, height: int) -> None:
        self._technique, self._transfer = technique, transfer
        self._watcher = Watcher(width, height)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Paint the next frame."""
        sight = self._watcher.next(frame, motion)
        if self._technique is None:
            painted = frame_of(sight.y, sight.u, sight.v)
        else:
            painted = self._technique.apply(frame, sight.flow)
        planes = painted.y, painted.u, painted.v
        return frame_of(*self._transfer.apply(planes, halved(painted.y), sight))


def technique_of(manner: Manner, width: int, height: int, seed: int) -> Look | None:
    """The technique of ours that comes nearest to a manner; None where only light and colour count."""
    seen = manner.character
    if manner.name == "drawing":
        return DrawingLook(CHARCOAL if seen.rough > _ROUGH else PENCIL, width, height, seed)
    if manner.name == "flat":
        dark = min(seen.lined / _LINED, 1.0) * CARTOON.line_dark
        return CelLook(replace(CARTOON, line_dark=dark, colour=1.0, lift=1.0), width, height)
    if manner.name == "wash":
        pale = seen.colourful < _PALE and seen.bare > _PAPER
        return WashLook(INK_WASH if pale else replace(WATERCOLOR, colour=1.0), width, height, seed)
    if manner.name == "strokes":
        return OilLook(_sized(OIL, _USUAL_FINENESS / seen.fineness), width, height, seed)
    return None


def _sized(style: OilStyle, times: float) -> OilStyle:
    """Broader or finer strokes."""
    times = min(max(times, 0.7), 1.5)
    coats = tuple(
        Coat(c.length_px * times, c.width_px * times, c.pitch_px * times, c.least) for c in style.coats
    )
    return replace(style, coats=coats, colour=1.0)


def _planes(rgb: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """A picture as planes of one size."""
    red, green, blue = (rgb[..., k].astype(np.float32) for k in range(3))
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    u, v = (blue - y) / 1.8556 * (224 / 255), (red - y) / 1.5748 * (224 / 255)
    return bytes_of(16 + y * (219 / 255)), bytes_of(128 + u), bytes_of(128 + v)
