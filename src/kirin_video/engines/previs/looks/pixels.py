"""Pictures of few large cells: pixel art, toy bricks."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import lit
from kirin_video.engines.previs.looks.palette import Palette
from kirin_video.engines.previs.looks.planes import Plane, Real, bytes_of, frame_of, paint, scale_of
from kirin_video.engines.previs.looks.raster import AREA, blurred, padded, resized
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_BAYER = np.array(((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5)), np.float32)


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How large cells are and how they are filled.

    Attributes:
        cell_px: side of a cell, reference pixels.
        colours: how many colours there are; 0 takes those of toy bricks.
        contrast: times the luma's distance from grey.
        colour: times the colours.
        dither: how strongly neighbouring cells mix colours, levels.
        crisp: how much borders are sharpened before, 0 to 1.
        studs: whether each cell is a brick with a stud.
    """

    cell_px: float
    colours: int
    contrast: float = 1.12
    colour: float = 1.35
    dither: float = 0.0
    crisp: float = 0.6
    studs: bool = False


PIXEL_ART = CellStyle(cell_px=5.0, colours=26, dither=7.0)
BRICKS = CellStyle(cell_px=14.0, colours=0, contrast=1.15, colour=1.5, crisp=0.9, studs=True)

_BRICK_COLOURS = (
    (12, 12, 16), (48, 50, 56), (104, 108, 112), (160, 164, 168), (238, 238, 234), (196, 24, 28),
    (112, 20, 24), (246, 122, 24), (252, 208, 32), (250, 236, 160), (36, 130, 60), (20, 70, 40),
    (140, 190, 40), (84, 100, 44), (16, 88, 176), (22, 40, 90), (90, 168, 222), (176, 214, 234),
    (88, 48, 30), (140, 88, 52), (206, 168, 120), (240, 206, 170), (240, 150, 180), (92, 58, 140),
    (34, 150, 150),
)  # fmt: skip


class CellLook:
    """Lays frames out in cells.

    Args:
        style: of which kind.
        width: of the frames, pixels.
        height: of the frames, pixels.
    """

    def __init__(self, style: CellStyle, width: int, height: int) -> None:
        self._style, self._size = style, (width, height)
        self._watcher = Watcher(width, height)
        # an even side: a cell of luma holds whole cells of colour
        self._side = max(2 * round(style.cell_px * scale_of(width, height) / 2), 2)
        self._grid = -(-width // self._side), -(-height // self._side)
        self._palette = Palette(style.colours, None if style.colours else brick_colours())
        columns, rows = self._grid
        self._dither = np.tile((_BAYER + 0.5) / 16 - 0.5, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns]
        self._stud = _studs(self._side, width, height) if style.studs else None

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Lay out the next frame."""
        sight = self._watcher.next(frame, motion)
        side = self._side
        small = np.stack(
            [self._means(sight.y, side), self._means(sight.u, side // 2), self._means(sight.v, side // 2)]
        )
        labels = self._palette.labels(sight, self._touched_up(small))
        table = np.clip(np.rint(self._palette.colours), 16, 240).astype(np.uint8)
        y, u, v = (self._enlarged(table[:, k][labels], side // (1 if k == 0 else 2)) for k in range(3))
        return frame_of(y if self._stud is None else lit(y, self._stud), u, v)

    def _means(self, plane: Plane, side: int) -> Plane:
        columns, rows = self._grid
        right, below = columns * side - plane.shape[1], rows * side - plane.shape[0]
        whole = padded(plane, max(below, 0), max(right, 0))
        whole = whole[: rows * side, : columns * side]
        return resized(whole, *self._grid, AREA)

    def _touched_up(self, small: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Clearer borders, stronger colours, and the pattern that mixes two colours into a third."""
        style = self._style
        y = small[0].astype(np.float32)
        soft = blurred(y, 1.6)
        y = 126 + (y - 126) * style.contrast + style.crisp * (y - soft)
        y += style.dither * self._dither
        u, v = (128 + (small[k].astype(np.float32) - 128) * style.colour for k in (1, 2))
        return np.stack([np.clip(bytes_of(plane), 16, 240) for plane in (y, u, v)])

    def _enlarged(self, cells: Plane, side: int) -> Plane:
        width, height = self._size
        if side * 2 == self._side or self._side == 1:
            width, height = width // 2, height // 2
        large = np.repeat(np.repeat(cells, side, axis=0), side, axis=1)
        return np.ascontiguousarray(large[:height, :width])


def brick_colours() -> Real:
    """The colours of toy bricks as Y, Cb, Cr: float32, (n, 3)."""
    paints = [paint(*rgb) for rgb in _BRICK_COLOURS]
    return np.array([(p.y, p.u, p.v) for p in paints], np.float32)


def _studs(side: int, width: int, height: int) -> Plane:
    """Light on bricks: a round stud with a lit and a shaded rim, and a groove around each brick."""
    at = (np.arange(side) + 0.5) / side - 0.5
    x, y = at[None, :], at[:, None]
    away = np.hypot(x, y)
    facing = -(x + y) / np.maximum(away, 0.05) / np.sqrt(2)
    rim = np.exp(-(((away - 0.31) / 0.07) ** 2))
    cast_shadow = np.exp(-((np.hypot(x - 0.09, y - 0.09) - 0.33) ** 2) / 0.006) * (away > 0.33)
    edge = np.maximum(np.abs(x), np.abs(y))
    groove = np.clip((edge - 0.43) / 0.06, 0, 1) * np.where(x + y > 0, 1.0, -0.35)
    light = 1.0 + 0.05 * (away < 0.31) + 0.26 * rim * facing - 0.16 * cast_shadow - 0.24 * groove
    tile = bytes_of(128 * light)
    return np.ascontiguousarray(np.tile(tile, (height // side + 1, width // side + 1))[:height, :width])


_STYLES = {Style.PIXEL: PIXEL_ART, Style.BRICKS: BRICKS}


def make(style: Style, width: int, height: int, seed: int) -> CellLook:
    """The look of a style; see `catalogue.make_look`."""
    del seed
    return CellLook(_STYLES[style], width, height)
