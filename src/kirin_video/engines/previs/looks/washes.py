"""Water and pigment: watercolour, ink wash, pastel on toothed paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.cel import stepped
from kirin_video.engines.previs.looks.exposure import Exposure
from kirin_video.engines.previs.looks.lines import drawn_lines
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import coloured, inked, lit
from kirin_video.engines.previs.looks.planes import (
    Paint,
    Plane,
    bytes_of,
    curve,
    frame_of,
    paint,
    saturated,
    scale_of,
)
from kirin_video.engines.previs.looks.raster import (
    CUBIC,
    blurred,
    fetched,
    halved,
    less,
    mixed,
    resized,
    toned,
)
from kirin_video.engines.previs.looks.smoothing import flattened, sharpened_up
from kirin_video.engines.previs.looks.textures import as_tile, cold_pressed, noise, rice_paper
from kirin_video.engines.previs.looks.watching import Sight, Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_PAPER = paint(250, 247, 240)
_RICE = paint(238, 230, 211)


@dataclass(frozen=True, slots=True)
class WashStyle:
    """How wet, how dark, on what.

    Attributes:
        paper: its colour.
        radius: of a wash, reference pixels.
        wobble_px: how far borders stray, reference pixels.
        tone: points of the curve from scene to picture.
        steps: washes from black to white; 0 keeps them all.
        colour: times the colours.
        rim: how dark pigment gathers at the border of a wash.
        flow: deviation of the pigment within a wash, 128 is all.
        tooth: deviation by the paper's bumps.
        line_px: width of brush lines, reference pixels; 0 draws none.
        line_least: contrast a line needs.
        line_dark: how dark they are.
        fade: share of the shorter side over which the picture fades to bare paper at its borders.
        rice: whether the paper is rice paper, with fibres.
        middle: where the median tone is brought to, before the curve.
        exposing: how strongly.
    """

    paper: Paint
    radius: float
    wobble_px: float
    tone: tuple[tuple[float, float], ...]
    steps: int
    colour: float
    rim: float
    flow: float
    tooth: float
    line_px: float = 0.0
    line_least: float = 2.0
    line_dark: float = 0.8
    fade: float = 0.0
    rice: bool = False
    middle: float = 0.5
    exposing: float = 0.6


WATERCOLOR = WashStyle(
    paper=_PAPER,
    radius=9.0,
    wobble_px=2.8,
    tone=((0.0, 0.10), (0.2, 0.33), (0.5, 0.66), (0.75, 0.90), (1.0, 1.0)),
    steps=8,
    colour=1.35,
    rim=1.9,
    flow=10.0,
    tooth=5.0,
    line_px=1.5,
    line_least=1.8,
    line_dark=0.66,
    fade=0.055,
)
INK_WASH = WashStyle(
    paper=_RICE,
    radius=8.0,
    wobble_px=2.6,
    tone=((0.0, 0.04), (0.15, 0.26), (0.32, 0.55), (0.5, 0.80), (0.68, 0.95), (1.0, 1.0)),
    steps=7,
    colour=0.16,
    rim=1.4,
    flow=13.0,
    tooth=4.0,
    line_px=3.0,
    line_least=1.6,
    line_dark=0.92,
    fade=0.09,
    rice=True,
    middle=0.56,
    exposing=0.9,
)
PASTEL = WashStyle(
    paper=paint(252, 244, 233),
    radius=7.0,
    wobble_px=2.0,
    tone=((0.0, 0.30), (0.25, 0.50), (0.5, 0.72), (0.75, 0.90), (1.0, 1.0)),
    steps=0,
    colour=1.0,
    rim=0.5,
    flow=5.0,
    tooth=11.0,
    line_px=1.6,
    line_least=2.4,
    line_dark=0.38,
)


class WashLook:
    """Paints washes.

    Args:
        style: how.
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of paper and pigment.
    """

    def __init__(self, style: WashStyle, width: int, height: int, seed: int) -> None:
        self._style, self._size, self._scale = style, (width, height), scale_of(width, height)
        self._watcher = Watcher(width, height)
        self._canvas = Canvas(width, height, self._scale)
        self._paper = as_tile(rice_paper(seed) if style.rice else cold_pressed(seed), style.tooth)
        self._pigment = as_tile(noise(seed + 5, finest_px=18.0, coarsest_px=140.0, slope=0.9), style.flow)
        strays = (noise(seed + k, finest_px=9.0, coarsest_px=48.0, slope=1.0) for k in (11, 12))
        self._strays = [as_tile(stray, 42.0) for stray in strays]
        self._exposure = Exposure(style.middle, style.exposing)
        self._tone = curve(style.tone)
        if style.steps:
            self._tone = toned(self._tone, stepped(style.steps, 0.55, 1.0)).reshape(256)
        self._colour = saturated(style.colour)
        self._bare = _bare_border(width, height, style.fade, seed) if style.fade else None

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Paint the next frame."""
        style = self._style
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        table = self._exposure.table(sight)
        sight = replace(sight, y=toned(sight.y, table), half=toned(sight.half, table))
        half_y, u, v = self._washes(sight)
        luma = toned(sharpened_up(self._strayed_y, self._strayed_half, half_y), self._tone)
        luma = self._gathered(luma)
        if style.line_px:
            luma = self._lined(luma, sight)
        by = self._canvas.laid(self._pigment)
        paper = self._canvas.laid(self._paper)
        luma = _pigmented(luma, by)
        luma = lit(luma, paper)
        shade = lit(luma, np.full_like(luma, round(128 * (style.paper.y - 16) / 219)))
        shade = np.minimum(shade, 235)
        strength = halved(toned(luma, _WETNESS))
        u, v = coloured(toned(u, self._colour), strength), coloured(toned(v, self._colour), strength)
        u, v = _on_paper(u, style.paper.u), _on_paper(v, style.paper.v)
        if self._bare is not None:
            bare = halved(self._bare)
            shade = inked(shade, self._bare, style.paper.y)
            u, v = inked(u, bare, style.paper.u), inked(v, bare, style.paper.v)
        return frame_of(shade, u, v)

    def _washes(self, sight: Sight) -> NDArray[np.uint8]:
        """The picture in flat washes with borders that stray, at half the size."""
        style, scale = self._style, self._scale
        if style.wobble_px:
            y, half, u, v = self._strayed(sight)
        else:
            y, half, u, v = sight.y, sight.half, sight.u, sight.v
        self._strayed_y, self._strayed_half = y, half
        return flattened(half, u, v, max(style.radius * scale / 2, 1.0), sharpness=2)

    def _strayed(self, sight: Sight) -> tuple[Plane, Plane, Plane, Plane]:
        width, height = self._size
        gain = np.float32(self._style.wobble_px * self._scale / 42.0)
        half_size = width // 2, height // 2
        small = [halved(self._canvas.laid(tile)) for tile in self._strays]
        ways = [(plane.astype(np.float32) - np.float32(128)) * gain for plane in small]
        x = np.arange(half_size[0], dtype=np.float32)[None, :] + ways[0] / 2
        y = np.arange(half_size[1], dtype=np.float32)[:, None] + ways[1] / 2
        moved = [fetched(plane, x, y) for plane in (sight.half, sight.u, sight.v)]
        large_x = resized(x, width, height) * 2
        large_y = resized(y, width, height) * 2
        fine = fetched(sight.y, large_x, large_y)
        return fine, moved[0], moved[1], moved[2]

    def _gathered(self, luma: Plane) -> Plane:
        """Pigment driven to the border of each wash, where the water dries first."""
        if not self._style.rim:
            return luma
        near = blurred(luma, max(2.6 * self._scale, 0.6))
        rim = less(near, luma)
        return np.maximum(mixed(luma, 1.0, rim, -self._style.rim), 16)

    def _lined(self, luma: Plane, sight: Sight) -> Plane:
        style = self._style
        ink = drawn_lines(
            sight.y,
            sight.half,
            width_px=style.line_px * self._scale,
            least=style.line_least,
            gain=26.0 if style.rice else 13.0,
        )
        return inked(luma, ink, 24 if style.rice else 52, style.line_dark)


_WETNESS = bytes_of(128 * np.clip((255 - np.arange(256)) / 70, 0.25, 1.0))


def _pigmented(luma: Plane, by: Plane) -> Plane:
    """More or less pigment: c - (c - c^2)(d - 1); paper stays white (Bousseau, 2006)."""
    c = (luma.astype(np.float32) - np.float32(16)) * np.float32(1 / 219)
    d = (by.astype(np.float32) - np.float32(128)) * np.float32(1 / 40)
    return bytes_of(16 + 219 * np.clip(c - (c - c * c) * d, 0, 1))


def _on_paper(plane: Plane, paper: float) -> Plane:
    """A colour difference seen on tinted paper."""
    return toned(plane, np.clip(np.arange(256) + round(paper) - 128, 16, 240).astype(np.uint8))


def _bare_border(width: int, height: int, fade: float, seed: int) -> Plane:
    """How bare the paper is: 255 at the very border, with a ragged edge towards the picture."""
    side = min(width, height)
    y = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None] / side
    x = np.minimum(np.arange(width), np.arange(width)[::-1])[None, :] / side
    rag = resized(noise(seed + 20, finest_px=12.0, coarsest_px=160.0, slope=1.0), width, height, CUBIC)
    away = np.minimum(x, y) / fade - 0.55 - 0.33 * rag
    share = np.clip(away * 1.2 + 0.5, 0, 1)
    return bytes_of(255 * (1 - share * share * (3 - 2 * share)))


_STYLES = {Style.WATERCOLOR: WATERCOLOR, Style.INK: INK_WASH, Style.PASTEL: PASTEL}


def make(style: Style, width: int, height: int, seed: int) -> WashLook:
    """The look of a style; see `catalogue.make_look`."""
    return WashLook(_STYLES[style], width, height, seed)
