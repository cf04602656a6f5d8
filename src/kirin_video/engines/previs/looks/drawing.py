"""Lines and hatching on a ground: pencil, charcoal, chalk, blueprint."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.exposure import Exposure
from kirin_video.engines.previs.looks.lines import drawn_lines
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import inked, lit
from kirin_video.engines.previs.looks.planes import Paint, Plane, bytes_of, frame_of, paint, scale_of
from kirin_video.engines.previs.looks.raster import blurred, gained, halved, mixed, resized, times, toned
from kirin_video.engines.previs.looks.screens import grained, hatching, pressed
from kirin_video.engines.previs.looks.textures import SIDE, as_tile, cold_pressed, noise
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame


@dataclass(frozen=True, slots=True)
class DrawingStyle:
    """What is drawn with, and on what.

    Attributes:
        ground: colour of the paper.
        ink: colour of what is drawn with.
        line_px: width of lines, reference pixels.
        line_least: contrast that a line needs.
        line_dark: how dark lines are.
        line_gain: darkness for each level of contrast.
        tone: how dark hatching is; 0 is none.
        inverse: whether light is drawn on a dark ground.
        rubbed: deviation of the ground's bumps in the stick's coat.
        smudge: how much soft tone lies under the hatching.
        grainy: whether tone is rubbed on with the side of a stick, not hatched.
        grid_px: distance of a printed grid, reference pixels; 0 is none.
        reach: lumas, as shares of white, that are darkest and lightest.
        keep: how much of the colours shines through.
        middle: where the median tone is brought to.
    """

    ground: Paint
    ink: Paint
    line_px: float = 1.7
    line_least: float = 1.2
    line_dark: float = 0.9
    line_gain: float = 17.0
    tone: float = 0.74
    inverse: bool = False
    rubbed: float = 24.0
    smudge: float = 0.22
    grainy: bool = False
    grid_px: float = 0.0
    reach: tuple[float, float] = (0.06, 0.80)
    keep: float = 0.0
    middle: float = 0.56


PENCIL = DrawingStyle(paint(246, 243, 236), paint(46, 46, 52))
CHARCOAL = DrawingStyle(
    paint(236, 230, 219),
    paint(24, 22, 22),
    line_px=3.4,
    line_least=1.5,
    tone=0.86,
    rubbed=44.0,
    smudge=0.34,
    grainy=True,
    reach=(0.04, 0.72),
)
CHALK = DrawingStyle(
    paint(36, 52, 47),
    paint(240, 240, 230),
    line_px=3.2,
    line_least=0.9,
    line_gain=34.0,
    tone=0.66,
    inverse=True,
    rubbed=40.0,
    smudge=0.16,
    grainy=True,
    reach=(0.22, 1.0),
    keep=0.55,
    middle=0.46,
)
BLUEPRINT = DrawingStyle(
    paint(24, 70, 148),
    paint(232, 242, 255),
    line_px=2.3,
    line_least=0.7,
    line_dark=1.0,
    line_gain=44.0,
    tone=0.0,
    inverse=True,
    rubbed=8.0,
    smudge=0.30,
    grid_px=36.0,
    reach=(0.1, 1.0),
    middle=0.42,
)


class DrawingLook:
    """Draws frames.

    Args:
        style: with what, on what.
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of paper and strokes.
    """

    def __init__(self, style: DrawingStyle, width: int, height: int, seed: int) -> None:
        self._style, self._scale = style, scale_of(width, height)
        self._watcher = Watcher(width, height)
        self._canvas = Canvas(width, height, self._scale)
        self._ground = as_tile(cold_pressed(seed), 3.2)
        self._bumps = as_tile(cold_pressed(seed), style.rubbed, 122.0)
        rough = noise(seed + 3, finest_px=2.2, coarsest_px=10.0, slope=0.3)
        self._screen = grained(rough) if style.grainy else hatching(seed)
        self._exposure = Exposure(style.middle, 0.85)
        self._darkness = _darkness(style)
        self._grid = _grid(style.grid_px)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Draw the next frame."""
        style = self._style
        sight = self._watcher.next(frame, motion)
        table = self._exposure.table(sight)
        sight = replace(sight, y=toned(sight.y, table), half=toned(sight.half, table))
        self._canvas.move(sight)
        lines = drawn_lines(
            sight.y,
            sight.half,
            width_px=style.line_px * self._scale,
            least=style.line_least,
            gain=style.line_gain,
        )
        ink = gained(lines, style.line_dark)
        if style.tone or style.smudge:
            ink = np.maximum(ink, self._tones(sight.half, sight.y.shape))
        ink = lit_cover(ink, self._canvas.laid(self._bumps))
        if style.grid_px:
            ink = np.maximum(ink, self._canvas.laid(self._grid))
        ground = np.full_like(sight.y, round(style.ground.y))
        y = inked(lit(ground, self._canvas.laid(self._ground)), ink, style.ink.y)
        small = halved(ink)
        return frame_of(y, self._tinted(sight.u, small, "u"), self._tinted(sight.v, small, "v"))

    def _tones(self, half: Plane, shape: tuple[int, ...]) -> Plane:
        """Hatching, and the smudge below it."""
        style = self._style
        soft = blurred(half, max(2.2 * self._scale, 0.6))
        dark = resized(toned(soft, self._darkness), shape[1], shape[0])
        strokes = pressed(dark, self._canvas.laid(self._screen), 46.0 if not style.grainy else 70.0)
        return mixed(strokes, style.tone, dark, style.smudge)

    def _tinted(self, plane: Plane, ink: Plane, axis: str) -> Plane:
        style = self._style
        ground, pen = (getattr(paint_, axis) for paint_ in (style.ground, style.ink))
        base = inked(np.full_like(plane, round(ground)), ink, pen)
        if not style.keep:
            return base
        shown = mixed(plane, 1.5, np.full_like(plane, 128), -0.5)
        cover = gained(ink, style.keep)
        seen = base + (shown.astype(np.float32) - base) * (cover.astype(np.float32) / 255)
        return seen.astype(np.uint8)


def lit_cover(cover: Plane, by: Plane) -> Plane:
    """A cover times a strength of which 128 is all."""
    return times(cover, by, 1 / 128)


def _darkness(style: DrawingStyle) -> Plane:
    """A table from luma to how much is drawn there."""
    level = np.clip((np.arange(256) - 16) / 219, 0, 1)
    low, high = style.reach
    share = np.clip((level - low) / (high - low), 0, 1)
    return bytes_of(255 * (share**1.3 if style.inverse else (1 - share) ** 1.1))


def _grid(pitch_px: float) -> Plane:
    """A printed grid with a heavier line every fourth."""
    tile = np.zeros((SIDE, SIDE), np.uint8)
    if not pitch_px:
        return tile
    count = max(4 * round(SIDE / pitch_px / 4), 4)
    for k in range(count):
        at, value = round(k * SIDE / count), 92 if k % 4 == 0 else 46
        tile[at, :] = np.maximum(tile[at, :], value)
        tile[:, at] = np.maximum(tile[:, at], value)
    return tile


_STYLES = {Style.SKETCH: PENCIL, Style.CHARCOAL: CHARCOAL, Style.CHALK: CHALK, Style.BLUEPRINT: BLUEPRINT}


def make(style: Style, width: int, height: int, seed: int) -> DrawingLook:
    """The look of a style; see `catalogue.make_look`."""
    return DrawingLook(_STYLES[style], width, height, seed)
