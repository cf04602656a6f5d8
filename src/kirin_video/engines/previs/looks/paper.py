"""Cut paper: sheets of a few colours laid in a stack, each throwing its shadow on those below."""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import lit
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


@compiled
def _stack(
    share: NDArray[np.uint8], shadow: NDArray[np.uint8], colours: NDArray[np.int32], rim: int, out: Plane
) -> None:
    """Lay the sheets from the top down onto a plane of the shares' own or of twice their size.

    ``share`` says how far a place is inside each sheet: 128 is its border. A sheet covers what is below it.
    """
    sheets, rows, columns = share.shape
    height, width = out.shape
    double = height > rows + 1
    for y in range(height):
        i = y >> 1 if double else y
        i = min(i, rows - 1)
        near_i = min(max(i + (1 if (y & 1) else -1), 0), rows - 1) if double else i
        for x in range(width):
            j = x >> 1 if double else x
            j = min(j, columns - 1)
            near_j = min(max(j + (1 if (x & 1) else -1), 0), columns - 1) if double else j
            left, total = np.int32(256), np.int32(0)
            dimmed = np.int32(256)
            for k in range(sheets - 1, -1, -1):
                inside = np.int32(9) * share[k, i, j] + np.int32(3) * share[k, near_i, j]
                inside += np.int32(3) * share[k, i, near_j] + np.int32(1) * share[k, near_i, near_j]
                inside >>= 4
                cover = min(max((inside - 128) * 12 + 128, 0), 256) if k > 0 else 256
                if cover > 0:
                    value = colours[k]
                    if rim > 0 and k > 0:
                        value += max(rim - ((inside - 128) * rim) // 26, 0)
                    value = 16 + (((value - 16) * dimmed) >> 8) if rim > 0 else value
                    part = (left * cover) >> 8
                    total += part * value
                    left -= part
                if left < 4:
                    break
                dimmed = (dimmed * (256 - shadow[k, i, j])) >> 8
            out[y, x] = np.uint8(min(max((total + (left * colours[0])) >> 8, 16), 240))


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

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Cut the next frame."""
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        flat = flattened(sight.half, sight.u, sight.v, max(3.2 * self._scale, 1.2))
        labels = self._palette.labels(sight, flat)
        shares = self._shares(labels)
        shadows = self._shadows(shares)
        colours = _paper_colours(self._palette.colours)
        for plane, axis, rim in ((self._y, 0, _RIM), (self._u, 1, 0), (self._v, 2, 0)):
            _stack(shares, shadows, np.ascontiguousarray(colours[:, axis]), rim, plane)
        return frame_of(lit(self._y, self._canvas.laid(self._paper)), self._u, self._v)

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
