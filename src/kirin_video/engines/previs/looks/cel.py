"""Flat colours inside drawn lines: cartoon, anime."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.looks.lines import drawn_lines
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import inked
from kirin_video.engines.previs.looks.planes import (
    BLACK,
    WHITE,
    Plane,
    bytes_of,
    frame_of,
    saturated,
    scale_of,
)
from kirin_video.engines.previs.looks.raster import halved, mixed, toned
from kirin_video.engines.previs.looks.smoothing import flattened, glow, sharpened_up
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame


@dataclass(frozen=True, slots=True)
class CelStyle:
    """How a cel is painted.

    Attributes:
        radius: of a flat patch, reference pixels.
        steps: luma steps from black to white.
        softness: of a step's border, 0 hard to 1 none.
        lift: gamma of the luma; below 1 brightens the middle.
        colour: times the colours.
        line_px: width of the lines, reference pixels.
        line_least: contrast a line needs, levels.
        line_dark: how dark lines are, 0 to 1.
        line_u: blue difference of the lines' ink.
        line_v: red difference of it.
        glow: how much light shines over.
        shade: added to the blue and red difference in the shadows.
        sun: added to them in the light.
    """

    radius: float = 7.0
    steps: int = 6
    softness: float = 0.25
    lift: float = 0.85
    colour: float = 1.45
    line_px: float = 2.6
    line_least: float = 2.0
    line_dark: float = 0.92
    line_u: float = 130.0
    line_v: float = 127.0
    glow: float = 0.0
    shade: tuple[float, float] = (0.0, 0.0)
    sun: tuple[float, float] = (0.0, 0.0)


CARTOON = CelStyle()
ANIME = CelStyle(
    radius=5.0,
    steps=8,
    softness=0.6,
    lift=0.72,
    colour=1.5,
    line_px=1.5,
    line_least=2.6,
    line_dark=0.7,
    line_u=134.0,
    line_v=132.0,
    glow=0.55,
    shade=(9.0, 1.0),
    sun=(-4.0, 3.0),
)


class CelLook:
    """Paints cels.

    Args:
        style: how.
        width: of the frames, pixels.
        height: of the frames, pixels.
    """

    def __init__(self, style: CelStyle, width: int, height: int) -> None:
        self._style = style
        self._scale = scale_of(width, height)
        self._watcher = Watcher(width, height)
        self._tone = stepped(style.steps, style.softness, style.lift)
        self._u, self._v = saturated(style.colour), saturated(style.colour)
        level = (np.arange(256) - BLACK) / (WHITE - BLACK)
        dark, light = np.clip(1 - level * 1.6, 0, 1), np.clip(level * 1.6 - 0.6, 0, 1)
        self._tint_u = bytes_of(128 + style.shade[0] * dark + style.sun[0] * light)
        self._tint_v = bytes_of(128 + style.shade[1] * dark + style.sun[1] * light)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Paint the next frame."""
        style, scale = self._style, self._scale
        sight = self._watcher.next(frame, motion)
        y, u, v = flattened(sight.half, sight.u, sight.v, max(style.radius * scale / 2, 1.0))
        ink = drawn_lines(sight.y, sight.half, width_px=style.line_px * scale, least=style.line_least)
        ink = toned(ink, _BOLD)
        luma = toned(sharpened_up(sight.y, sight.half, y), self._tone)
        if style.glow:
            shine = glow(luma, 22 * scale, 150)
            luma = mixed(luma, 1.0, shine, style.glow)
        half = halved(luma)
        u = mixed(toned(u, self._u), 1.0, toned(half, self._tint_u), 1.0, -128.0)
        v = mixed(toned(v, self._v), 1.0, toned(half, self._tint_v), 1.0, -128.0)
        return frame_of(
            inked(luma, ink, BLACK + 6, style.line_dark),
            inked(u, halved(ink), style.line_u, style.line_dark),
            inked(v, halved(ink), style.line_v, style.line_dark),
        )


_BOLD = bytes_of(255 * np.clip((np.arange(256) / 255 - 0.12) / 0.55, 0, 1))


def stepped(steps: int, softness: float, gamma: float) -> Plane:
    """A table that gathers lumas on a few steps; black and white are among them."""
    level = np.clip((np.arange(256) - BLACK) / (WHITE - BLACK), 0, 1) ** gamma
    at = level * (steps - 1)
    whole = np.floor(at)
    part = at - whole
    width = max(softness, 0.05)
    edge = np.clip((part - 0.5) / width + 0.5, 0, 1)
    edge = edge * edge * (3 - 2 * edge)
    return bytes_of(BLACK + (WHITE - BLACK) * (whole + edge) / (steps - 1))


_STYLES = {Style.CARTOON: CARTOON, Style.ANIME: ANIME}


def make(style: Style, width: int, height: int, seed: int) -> CelLook:
    """The look of a style; see `catalogue.make_look`."""
    del seed
    return CelLook(_STYLES[style], width, height)
