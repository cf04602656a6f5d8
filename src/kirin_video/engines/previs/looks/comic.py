"""Printed pages: comic books with black ink and dots, pop art, woodblock prints."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.cel import stepped
from kirin_video.engines.previs.looks.exposure import Exposure
from kirin_video.engines.previs.looks.lines import drawn_lines
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import inked, lit
from kirin_video.engines.previs.looks.planes import (
    Paint,
    Plane,
    bytes_of,
    frame_of,
    paint,
    saturated,
    scale_of,
)
from kirin_video.engines.previs.looks.raster import boxed, halved, resized, toned
from kirin_video.engines.previs.looks.screens import dots, pressed
from kirin_video.engines.previs.looks.smoothing import flattened, sharpened_up
from kirin_video.engines.previs.looks.textures import as_tile, cold_pressed, noise
from kirin_video.engines.previs.looks.watching import Sight, Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_WARM = (
    paint(38, 10, 60),
    paint(214, 22, 100),
    paint(255, 106, 60),
    paint(255, 214, 40),
    paint(255, 246, 196),
)
_COOL = (paint(24, 10, 74), paint(28, 60, 200), paint(0, 156, 222), paint(88, 226, 214), paint(244, 255, 224))

_PAGE = paint(252, 246, 230)


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How a page is printed.

    Attributes:
        radius: of a flat patch, reference pixels.
        steps: luma steps.
        middle: where the median tone is brought to.
        colour: times the colours.
        line_px: width of lines, reference pixels.
        line_least: contrast a line needs.
        black: luma, as a share of white, below which everything is solid ink.
        dots_px: distance of printed dots, reference pixels; 0 prints none.
        dots_dark: how dark they are.
        tooth: deviation by the paper.
        paper: colour of the paper.
        ramps: whether colours are replaced by two ramps, for warm and for cool things.
        muted: whether colours are drawn towards those of old woodblocks.
    """

    radius: float = 7.0
    steps: int = 4
    middle: float = 0.52
    colour: float = 1.7
    line_px: float = 3.4
    line_least: float = 1.8
    black: float = 0.13
    dots_px: float = 7.0
    dots_dark: float = 0.34
    tooth: float = 2.0
    paper: Paint = _PAGE
    ramps: bool = False
    muted: bool = False


COMIC = PrintStyle()
POP_ART = PrintStyle(steps=5, radius=10.0, line_px=3.6, dots_px=9.0, dots_dark=0.62, ramps=True, black=0.10)
UKIYO_E = PrintStyle(
    radius=9.0,
    steps=6,
    middle=0.58,
    colour=0.85,
    line_px=1.9,
    line_least=1.8,
    black=0.05,
    dots_px=0.0,
    tooth=6.0,
    paper=paint(238, 222, 188),
    muted=True,
)


class PrintLook:
    """Prints pages.

    Args:
        style: how.
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of the paper.
    """

    def __init__(self, style: PrintStyle, width: int, height: int, seed: int) -> None:
        self._style, self._scale = style, scale_of(width, height)
        self._watcher = Watcher(width, height)
        self._exposure = Exposure(style.middle, 0.7)
        self._canvas = Canvas(width, height, max(self._scale, 0.5))
        self._screen = dots(style.dots_px) if style.dots_px else None
        grain = _wood(seed) if style.muted else cold_pressed(seed)
        self._paper = as_tile(grain, style.tooth)
        self._step = stepped(style.steps, 0.22, 1.0)
        self._colour = saturated(style.colour)
        self._solid = _solid(style.black)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Print the next frame."""
        style, scale = self._style, self._scale
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        exposed = self._exposure.table(sight)
        half, fine = toned(sight.half, exposed), toned(sight.y, exposed)
        flat, u, v = flattened(half, sight.u, sight.v, max(style.radius * scale / 2, 1.0))
        smooth = sharpened_up(fine, half, flat)
        luma = toned(smooth, self._step)
        ink = drawn_lines(fine, half, width_px=style.line_px * scale, least=style.line_least, gain=24.0)
        ink = np.maximum(toned(ink, _PEN), toned(smooth, self._solid))
        y, u, v = self._coloured(luma, u, v, sight)
        y = self._dotted(y, smooth)
        y = lit(lit(y, self._canvas.laid(self._paper)), np.full_like(y, _share(style.paper)))
        u, v = self._on_paper(u, "u"), self._on_paper(v, "v")
        small = halved(ink)
        return frame_of(inked(y, ink, 20), inked(u, small, 129), inked(v, small, 127))

    def _coloured(self, luma: Plane, u: Plane, v: Plane, sight: Sight) -> tuple[Plane, Plane, Plane]:
        style = self._style
        if style.ramps:
            cool = u.astype(np.float32) - v
            share = bytes_of((cool + 6) * 16)
            large = resized(share, luma.shape[1], luma.shape[0])
            half = halved(luma)
            y = _ramp(luma, large, "y")
            return y, _ramp(half, share, "u"), _ramp(half, share, "v")
        u, v = toned(u, self._colour), toned(v, self._colour)
        if style.muted:
            # old pigments: blues go to Prussian, greens to moss, reds to vermilion
            u = toned(u, bytes_of(126 + (np.arange(256) - 128) * np.where(np.arange(256) > 128, 1.15, 0.75)))
            v = toned(v, bytes_of(129 + (np.arange(256) - 128) * np.where(np.arange(256) > 128, 1.05, 0.7)))
        del sight
        return luma, u, v

    def _dotted(self, y: Plane, smooth: Plane) -> Plane:
        """Dots where a tone lies between two steps."""
        style = self._style
        if self._screen is None:
            return y
        dark = toned(smooth, _MIDTONES)
        dotted = pressed(dark, self._canvas.laid(self._screen), 26.0)
        return inked(y, dotted, 30, style.dots_dark)

    def _on_paper(self, plane: Plane, axis: str) -> Plane:
        shift = round(0.6 * (getattr(self._style.paper, axis) - 128))
        return toned(plane, np.clip(np.arange(256) + shift, 16, 240).astype(np.uint8))


_PEN = bytes_of(255 * np.clip((np.arange(256) / 255 - 0.16) / 0.4, 0, 1))
_LEVEL = np.clip((np.arange(256) - 16) / 219, 0, 1)
_MIDTONES = bytes_of(170 * np.clip((0.66 - _LEVEL) / 0.46, 0, 1) * np.clip((_LEVEL - 0.1) / 0.1, 0, 1))


def _solid(black: float) -> Plane:
    """A table: solid ink for what is darker than a share of white."""
    return bytes_of(255 * np.clip((black + 0.03 - _LEVEL) / 0.06, 0, 1))


def _share(paper: Paint) -> int:
    return round(128 * (paper.y - 16) / 219)


def _ramp(luma: Plane, cool: Plane, axis: str) -> Plane:
    """A plane of the two ramps, cool where ``cool`` is 255."""
    at = np.linspace(0, 1, len(_WARM))
    warm, cold = (
        bytes_of(np.interp(_LEVEL, at, [getattr(p, axis) for p in ramp])).astype(np.uint8)
        for ramp in (_WARM, _COOL)
    )
    share = cool.astype(np.float32) * np.float32(1 / 255)
    a, b = toned(luma, warm).astype(np.float32), toned(luma, cold).astype(np.float32)
    return bytes_of(a + (b - a) * share)


def _wood(seed: int) -> np.ndarray:
    """The grain of a woodblock, along the page."""
    grain = noise(seed, finest_px=2.0, coarsest_px=200.0, slope=0.5)
    long = boxed(np.tile(grain, (1, 3)), 61, 1)[:, 512:1024]
    long = (long - long.mean()) / long.std()
    return (0.8 * long + 0.5 * cold_pressed(seed + 1)).astype(np.float32)


_STYLES = {Style.COMIC: COMIC, Style.POP_ART: POP_ART, Style.UKIYO_E: UKIYO_E}


def make(style: Style, width: int, height: int, seed: int) -> PrintLook:
    """The look of a style; see `catalogue.make_look`."""
    return PrintLook(_STYLES[style], width, height, seed)
