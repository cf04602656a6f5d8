"""Cut paper: sheets of a few colours laid in a stack, each throwing its shadow on those below."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.lines import drawn_lines
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import inked, lit
from kirin_video.engines.previs.looks.palette import Palette
from kirin_video.engines.previs.looks.planes import Plane, Real, bytes_of, frame_of, scale_of
from kirin_video.engines.previs.looks.raster import boxed, gained, less_value, shifted
from kirin_video.engines.previs.looks.smoothing import flattened
from kirin_video.engines.previs.looks.textures import as_tile, cold_pressed, rice_paper
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

_SHEETS = 13
_SHADOW = 0.46
_RIM = 13
_SLIT, _SLIT_DARK = 4.0, 0.62


@compiled
def _tops(share: NDArray[np.uint8], shadow: NDArray[np.uint8], top: Plane, light: NDArray[np.int32]) -> None:
    """The highest sheet near each place, and the light that the sheets above it leave there, in 256ths."""
    sheets, rows, columns = share.shape
    for i in range(rows):
        for j in range(columns):
            left = np.int32(256)
            k = sheets - 1
            while k > 0:
                near = max(share[k, i, j], share[k, max(i - 1, 0), j], share[k, min(i + 1, rows - 1), j])
                near = max(near, share[k, i, max(j - 1, 0)], share[k, i, min(j + 1, columns - 1)])
                if near > 96:
                    break
                left = (left * (256 - np.int32(shadow[k, i, j]))) >> 8
                k -= 1
            top[i, j] = np.uint8(k)
            light[i, j] = left


@compiled
def _stack(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    share: NDArray[np.uint8],
    shadow: NDArray[np.uint8],
    top: Plane,
    light: NDArray[np.int32],
    colours: NDArray[np.int32],
    out: Plane,
) -> None:
    """Lay the sheets from the top down onto a luma plane of twice the shares' size.

    ``share`` says how far a place is inside each sheet: 128 is its border. A sheet covers what is below it.
    """
    rows, columns = top.shape
    height, width = out.shape
    for y in range(height):
        i = min(y >> 1, rows - 1)
        near_i = min(max(i + (1 if (y & 1) else -1), 0), rows - 1)
        for x in range(width):
            j = min(x >> 1, columns - 1)
            near_j = min(max(j + (1 if (x & 1) else -1), 0), columns - 1)
            left, total, dimmed = np.int32(256), np.int32(0), light[i, j]
            for k in range(np.int32(top[i, j]), -1, -1):
                inside = np.int32(255)
                if k > 0:
                    inside = np.int32(9) * share[k, i, j] + np.int32(3) * share[k, near_i, j]
                    inside += np.int32(3) * share[k, i, near_j] + np.int32(1) * share[k, near_i, near_j]
                    inside >>= 4
                cover = min(max((inside - 128) * 12 + 128, 0), 256) if k > 0 else 256
                if cover > 0:
                    value = colours[k]
                    if k > 0 and inside < 154:
                        value += _RIM - (((inside - 128) * _RIM) >> 5)
                    part = (left * cover) >> 8
                    total += part * (16 + (((value - 16) * dimmed) >> 8))
                    left -= part
                if left < 4:
                    break
                dimmed = (dimmed * (256 - np.int32(shadow[k, i, j]))) >> 8
            out[y, x] = np.uint8(min(max((total + left * colours[0]) >> 8, 16), 235))


@compiled
def _tint(share: NDArray[np.uint8], top: Plane, colours: NDArray[np.int32], u: Plane, v: Plane) -> None:
    """The same for the colour differences, at the shares' own size: paper is as colourful in the shade."""
    rows, columns = top.shape
    for i in range(rows):
        for j in range(columns):
            left, a, b = np.int32(256), np.int32(0), np.int32(0)
            for k in range(np.int32(top[i, j]), -1, -1):
                cover = min(max((np.int32(share[k, i, j]) - 128) * 12 + 128, 0), 256) if k > 0 else 256
                part = (left * cover) >> 8
                a += part * colours[k, 1]
                b += part * colours[k, 2]
                left -= part
                if left < 4:
                    break
            u[i, j] = np.uint8(min(max((a + left * colours[0, 1]) >> 8, 16), 240))
            v[i, j] = np.uint8(min(max((b + left * colours[0, 2]) >> 8, 16), 240))


class PaperLook:
    """Cuts frames out of paper.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of the paper.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        self._scale = scale_of(width, height)
        self._watcher = Watcher(width, height)
        self._canvas = Canvas(width, height, self._scale)
        self._paper = as_tile(0.7 * cold_pressed(seed) + 0.5 * rice_paper(seed + 4), 5.0)
        self._palette = Palette(_SHEETS)
        self._y = np.empty((height, width), np.uint8)
        self._u = np.empty((height // 2, width // 2), np.uint8)
        self._v = np.empty((height // 2, width // 2), np.uint8)
        self._top = np.empty((height // 2, width // 2), np.uint8)
        self._light = np.empty((height // 2, width // 2), np.int32)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Cut the next frame."""
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        flat = flattened(sight.half, sight.u, sight.v, max(3.2 * self._scale, 1.2))
        labels = self._palette.labels(sight, flat)
        shares = self._shares(labels)
        shadows = self._shadows(shares)
        colours = _paper_colours(self._palette.colours)
        _tops(shares, shadows, self._top, self._light)
        luma = np.ascontiguousarray(colours[:, 0])
        _stack(shares, shadows, self._top, self._light, luma, self._y)
        _tint(shares, self._top, colours, self._u, self._v)
        # what is too fine for a sheet is cut into it: eyes, mouths, wires
        slits = drawn_lines(sight.y, sight.half, width_px=1.8 * self._scale, least=_SLIT, gain=16.0)
        y = inked(self._y, slits, 34, _SLIT_DARK)
        return frame_of(lit(y, self._canvas.laid(self._paper)), self._u, self._v)

    def _shares(self, labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """How far each place is inside every sheet; darker sheets lie below. Corners are rounded."""
        sigma = max(1.5 * self._scale, 0.7)
        side = 2 * int(np.ceil(sigma * 1.6)) + 1
        out = np.empty((_SHEETS, *labels.shape), np.uint8)
        for k in range(_SHEETS):
            inside = (labels >= k).astype(np.uint8) * np.uint8(255)
            soft = boxed(inside, side, side)
            out[k] = boxed(soft, side, side)
        return out

    def _shadows(self, shares: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """What each sheet's shadow takes from those below, 0 to 255."""
        off = 4.0 * self._scale
        side = 2 * max(round(2.5 * self._scale), 1) + 1
        out = np.empty_like(shares)
        for k in range(_SHEETS):
            hard = gained(less_value(shares[k], 108), 255 / 40)
            out[k] = gained(boxed(shifted(hard, off * 0.7, off), side, side), _SHADOW)
        return out


def _paper_colours(colours: Real) -> NDArray[np.int32]:
    """Dyed paper is cheerful, and never as dark as ink."""
    y = 16 + 219 * (0.10 + 0.86 * np.clip((colours[:, 0] - 16) / 219, 0, 1) ** 0.82)
    u, v = (128 + 1.4 * (colours[:, k] - 128) for k in (1, 2))
    return np.stack([np.clip(bytes_of(p), 16, 240).astype(np.int32) for p in (y, u, v)], axis=1)


def make(style: Style, width: int, height: int, seed: int) -> PaperLook:
    """The look of a style; see `catalogue.make_look`."""
    del style
    return PaperLook(width, height, seed)
