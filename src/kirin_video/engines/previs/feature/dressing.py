"""The palette and the style of footage, laid over the frames of a new shot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kirin_video.engines.previs.feature.watch import Rgb, Watched
from kirin_video.engines.previs.looks.film import FilmLook, Stock
from kirin_video.engines.previs.looks.look import Flow, Look
from kirin_video.engines.previs.looks.oklab import Colours
from kirin_video.engines.previs.looks.picture import Manner, manner_of, technique_of
from kirin_video.engines.previs.looks.planes import frame_of
from kirin_video.engines.previs.looks.raster import halved
from kirin_video.engines.previs.looks.transfer import Transfer
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.media.frames import I420Frame

_OWN_GRAIN: Final = 1.1
"""What every drawn picture has, levels."""
_MOST_GRAIN: Final = 9.0
_WHOLE, _PARTLY = 0.9, 0.45
_DARKEST, _LIGHTEST = 0.40, 0.80
"""Lightness, Oklab: of the middle of a new shot at least, and of its lights, however dark the footage is."""
_MOST_COLOUR: Final = 1.8
_BLACK, _DARK_SHARE = 44, 0.45
"""Of footage that is black to such a share, nobody can tell by its flat areas how it is made."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What is laid over.

    Attributes:
        palette: how much of the colours and the light, 0 to 1; 0 is none.
        style: whether technique, grain and black and white are taken too.
    """

    palette: float
    style: bool


def dress_for(*, palette: bool, style: bool, partly: bool) -> Dress:
    """What the traits that are taken ask for; partly where the prompt tells the light itself."""
    return Dress((_PARTLY if partly else _WHOLE) if palette else 0.0, style)


class FootageLook:
    """Footage's technique, colours, tones and grain at work on one clip.

    Args:
        watched: the footage.
        dress: what of it is laid over.
        width: of the frames, pixels, even.
        height: of the frames, pixels, even.
        seed: of strokes and grain.
    """

    def __init__(self, watched: Watched, dress: Dress, width: int, height: int, seed: int) -> None:
        manner = manner_in(watched) if dress.style else None
        self.manner = manner.name if manner else "plain"
        self._technique: Look | None = technique_of(manner, width, height, seed) if manner else None
        self._transfer = Transfer(opened(watched.colours), dress.palette) if dress.palette else None
        self._watcher = Watcher(width, height) if self._transfer or self._technique else None
        grain = watched.grain - _OWN_GRAIN if dress.style else 0.0
        grey = watched.grey and bool(dress.palette or dress.style)
        stock = Stock(colour=0.0 if grey else 1.0, grain=min(max(grain, 0.0), _MOST_GRAIN), grain_px=1.2)
        self._stock = FilmLook(stock, width, height, seed) if grey or stock.grain else None

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Dress the next frame."""
        if self._watcher is not None:
            sight = self._watcher.next(frame, motion)
            painted = frame if self._technique is None else self._technique.apply(frame, sight.flow)
            if self._transfer is not None:
                planes = painted.y, painted.u, painted.v
                painted = frame_of(*self._transfer.apply(planes, halved(painted.y), sight))
            frame = painted
        return frame if self._stock is None else self._stock.apply(frame)


def opened(colours: Colours) -> Colours:
    """The colours of dark footage with its shadows opened, in which others are seen; the rest as they are.

    What is lit in a dark picture was lit for what it shows; the new shot shows something else.

    Args:
        colours: Oklab, (n, 3).
    """
    light = colours[:, 0]
    middle, top = float(np.median(light)), max(float(np.quantile(light, 0.99)), _LIGHTEST)
    if middle >= _DARKEST:
        return colours
    exponent = np.log(_DARKEST / top) / np.log(max(middle, 0.02) / top)
    lifted = top * (np.maximum(light, 1e-3) / top) ** exponent
    grown = np.minimum(lifted / np.maximum(light, 1e-3), _MOST_COLOUR)
    return np.column_stack([np.minimum(lifted, 1.0), colours[:, 1:] * grown[:, None]])


def manner_in(watched: Watched) -> Manner:
    """How footage seems to be made: what most of its pictures say."""
    manners = [_manner_of(picture) for picture in watched.pictures]
    [(name, _)] = Counter(manner.name for manner in manners).most_common(1)
    return next(manner for manner in manners if manner.name == name)


def _manner_of(picture: Rgb) -> Manner:
    """How a picture seems to be made; black is flat and of one tone in any."""
    manner = manner_of(picture)
    dark = float((picture.max(axis=2) < _BLACK).mean()) > _DARK_SHARE
    return replace(manner, name="plain") if dark and manner.name == "flat" else manner
