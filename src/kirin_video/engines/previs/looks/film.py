"""Looks that are light and film: curves, tints, glow, grain, and what time does to a print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import lit
from kirin_video.engines.previs.looks.planes import (
    BLACK,
    WHITE,
    Plane,
    bytes_of,
    curve,
    frame_of,
    saturated,
    scale_of,
)
from kirin_video.engines.previs.looks.raster import halved, mixed, resized, toned
from kirin_video.engines.previs.looks.smoothing import glow
from kirin_video.engines.previs.looks.textures import SIDE, as_tile, noise
from kirin_video.engines.previs.looks.wear import Wear
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_STRAIGHT = ((0.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Stock:
    """A film stock and how it is printed.

    Attributes:
        tone: points of the curve from scene to print, as shares of white.
        colour: times the colours.
        filter_u: how much blue difference is added to the luma before: a colour filter for black and white.
        filter_v: how much red difference.
        tints: luma as a share of white, and the colour differences added there.
        glow: how much light shines over its borders.
        glow_px: how far, reference pixels.
        glow_from: luma from which things shine.
        glow_colour: colour differences of what shines over.
        vignette: how much darker corners are.
        grain: deviation of the grain, levels.
        grain_px: its size, reference pixels.
        worn: whether time has left dust, scratches and an unsteady gate.
    """

    tone: tuple[tuple[float, float], ...] = _STRAIGHT
    colour: float = 1.0
    filter_u: float = 0.0
    filter_v: float = 0.0
    tints: tuple[tuple[float, float, float], ...] = ((0.0, 0.0, 0.0),)
    glow: float = 0.0
    glow_px: float = 18.0
    glow_from: int = 150
    glow_colour: tuple[float, float] = (0.0, 0.0)
    vignette: float = 0.0
    grain: float = 0.0
    grain_px: float = 1.6
    worn: bool = False


MONOCHROME = Stock(
    tone=((0.0, 0.0), (0.12, 0.07), (0.35, 0.33), (0.6, 0.66), (0.85, 0.92), (1.0, 1.0)),
    colour=0.0,
    filter_u=-0.12,
    filter_v=0.10,
    vignette=0.14,
    grain=1.6,
)
NOIR = Stock(
    tone=((0.0, 0.0), (0.14, 0.015), (0.30, 0.10), (0.45, 0.34), (0.60, 0.70), (0.80, 0.95), (1.0, 1.0)),
    colour=0.0,
    filter_u=-0.30,
    filter_v=0.15,
    glow=0.5,
    glow_px=26.0,
    glow_from=160,
    vignette=0.62,
    grain=3.2,
    grain_px=1.9,
)
SEPIA = Stock(
    tone=((0.0, 0.06), (0.15, 0.14), (0.5, 0.54), (0.85, 0.87), (1.0, 0.94)),
    colour=0.0,
    filter_u=0.08,
    tints=((0.0, -6.0, 5.0), (0.35, -20.0, 13.0), (0.7, -22.0, 11.0), (1.0, -13.0, 5.0)),
    vignette=0.38,
    grain=2.2,
    grain_px=1.8,
)
VINTAGE = Stock(
    tone=((0.0, 0.09), (0.15, 0.20), (0.5, 0.55), (0.8, 0.84), (1.0, 0.93)),
    colour=0.86,
    tints=((0.0, 4.0, -3.0), (0.3, -7.0, 4.0), (0.7, -15.0, 9.0), (1.0, -15.0, 6.0)),
    glow=0.22,
    glow_px=14.0,
    glow_colour=(-0.12, 0.16),
    vignette=0.5,
    grain=3.6,
    grain_px=2.4,
    worn=True,
)
FILM = Stock(
    tone=((0.0, 0.035), (0.18, 0.165), (0.5, 0.53), (0.8, 0.84), (1.0, 0.96)),
    colour=0.97,
    tints=((0.0, 4.0, -3.0), (0.35, 0.0, 0.0), (0.7, -5.0, 3.0), (1.0, -4.0, 2.0)),
    glow=0.25,
    glow_px=9.0,
    glow_from=176,
    glow_colour=(-0.2, 0.35),
    vignette=0.16,
    grain=2.6,
    grain_px=1.7,
)
ANIMATION = Stock(
    tone=((0.0, 0.01), (0.2, 0.215), (0.5, 0.56), (0.8, 0.86), (1.0, 0.99)),
    colour=1.32,
    tints=((0.0, 5.0, -1.0), (0.4, 0.0, 0.0), (0.75, -5.0, 4.0), (1.0, -3.0, 2.0)),
    glow=0.35,
    glow_px=26.0,
    glow_from=140,
    glow_colour=(-0.10, 0.06),
    vignette=0.10,
)
CYBERPUNK = Stock(
    tone=((0.0, 0.0), (0.2, 0.11), (0.45, 0.36), (0.7, 0.66), (1.0, 0.96)),
    colour=1.55,
    tints=((0.0, 18.0, -6.0), (0.25, 22.0, -14.0), (0.5, 12.0, 2.0), (0.75, 10.0, 16.0), (1.0, 3.0, 10.0)),
    glow=1.1,
    glow_px=24.0,
    glow_from=118,
    glow_colour=(0.10, 0.28),
    vignette=0.42,
    grain=1.0,
)
STEAMPUNK = Stock(
    tone=((0.0, 0.03), (0.2, 0.15), (0.5, 0.47), (0.8, 0.80), (1.0, 0.95)),
    colour=0.55,
    tints=((0.0, -2.0, 4.0), (0.3, -16.0, 8.0), (0.6, -27.0, 11.0), (1.0, -18.0, 2.0)),
    glow=0.4,
    glow_px=20.0,
    glow_colour=(-0.25, 0.10),
    vignette=0.5,
    grain=1.8,
)
FANTASY = Stock(
    tone=((0.0, 0.05), (0.25, 0.27), (0.5, 0.56), (0.8, 0.87), (1.0, 0.98)),
    colour=1.28,
    tints=((0.0, 14.0, 6.0), (0.4, 7.0, 6.0), (0.75, -5.0, 6.0), (1.0, -6.0, 4.0)),
    glow=0.9,
    glow_px=34.0,
    glow_from=112,
    glow_colour=(-0.02, 0.10),
    vignette=0.22,
)


class FilmLook:
    """Prints frames on a stock.

    Args:
        stock: which.
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of grain and wear.
    """

    def __init__(self, stock: Stock, width: int, height: int, seed: int) -> None:
        self._stock, self._size, self._scale = stock, (width, height), scale_of(width, height)
        self._tone = curve(stock.tone)
        self._colour = saturated(stock.colour)
        level = (np.arange(256) - BLACK) / (WHITE - BLACK)
        at, u, v = zip(*stock.tints, strict=True)
        self._tint_u = bytes_of(128 + np.interp(level, at, u))
        self._tint_v = bytes_of(128 + np.interp(level, at, v))
        self._light = vignette(width, height, stock.vignette)
        size = max(stock.grain_px * max(self._scale, 0.4), 1.0)
        self._grain = as_tile(noise(seed, finest_px=size, coarsest_px=3 * size, slope=0.0), stock.grain)
        self._wear = Wear(width, height, seed) if stock.worn else None
        self._index = 0

    def cut(self) -> None:
        """Grain and wear are a reel's, and go on over its cuts."""

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Print the next frame."""
        del motion
        stock, index = self._stock, self._index
        self._index += 1
        if self._wear is not None:
            frame = self._wear.in_gate(frame, index)
        y = toned(self._filtered(frame), self._tone)
        u, v = toned(frame.u, self._colour), toned(frame.v, self._colour)
        if stock.glow:
            y, u, v = self._shining(y, u, v)
        if stock.vignette:
            y = lit(y, self._light)
        half = halved(y)
        u, v = _added(u, toned(half, self._tint_u)), _added(v, toned(half, self._tint_v))
        if stock.grain:
            y = _added(y, self._grain_of(index))
        if self._wear is not None:
            self._wear.mark(y, u, v, index)
        return frame_of(y, u, v)

    def _filtered(self, frame: I420Frame) -> Plane:
        """Luma as seen through a colour filter."""
        stock = self._stock
        if not (stock.filter_u or stock.filter_v):
            return np.ascontiguousarray(frame.y)
        middle = 128 - 128 * (stock.filter_u + stock.filter_v)
        seen = mixed(frame.u, stock.filter_u, frame.v, stock.filter_v, middle)
        return _added(np.ascontiguousarray(frame.y), resized(seen, *self._size))

    def _shining(self, y: Plane, u: Plane, v: Plane) -> tuple[Plane, Plane, Plane]:
        stock = self._stock
        shine = glow(y, stock.glow_px * self._scale, stock.glow_from)
        y = mixed(y, 1.0, shine, stock.glow)
        half = halved(shine)
        to_u, to_v = (stock.glow * share for share in stock.glow_colour)
        u = mixed(u, 1.0, half, to_u)
        v = mixed(v, 1.0, half, to_v)
        return y, u, v

    def _grain_of(self, index: int) -> Plane:
        width, height = self._size
        across, down = -(-width // SIDE) + 1, -(-height // SIDE) + 1
        x, y = (index * 197) % SIDE, (index * 331) % SIDE
        return np.tile(self._grain, (down, across))[y : y + height, x : x + width]


def vignette(width: int, height: int, strength: float) -> Plane:
    """A light, 128 in the middle and less in the corners: uint8, (H, W)."""
    y = np.linspace(-1, 1, height)[:, None]
    x = np.linspace(-1, 1, width)[None, :]
    away = np.clip((x * x + y * y) / 2, 0, 1)
    return bytes_of(128 * (1 - strength * away**1.3))


def _added(plane: Plane, change: Plane) -> Plane:
    """A plane plus changes around 128, within video range."""
    return np.clip(mixed(plane, 1.0, np.ascontiguousarray(change), 1.0, -128.0), BLACK, 240)


_STYLES = {
    Style.MONOCHROME: MONOCHROME,
    Style.NOIR: NOIR,
    Style.SEPIA: SEPIA,
    Style.VINTAGE: VINTAGE,
    Style.FILM: FILM,
    Style.ANIMATION: ANIMATION,
    Style.CYBERPUNK: CYBERPUNK,
    Style.STEAMPUNK: STEAMPUNK,
    Style.FANTASY: FANTASY,
}


def make(style: Style, width: int, height: int, seed: int) -> FilmLook:
    """The look of a style; see `catalogue.make_look`."""
    return FilmLook(_STYLES[style], width, height, seed)
