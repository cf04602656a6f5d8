"""A drawn figure in footage: where it stands, how large it is there, and the footage's light on it."""

# ruff: noqa: PLR2004 - amounts that were tuned by looking
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import cv2
import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.drawn import Sprite
from kirin_video.engines.previs.footage.inserting import Spot, Where
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.media.frames import I420Frame

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]

_SOLID: Final = 150
"""Cover above which something is the figure, not its shadow."""
_CALM: Final = 0.3  # of the way to where its feet and ends are found in the next sprite
_MATCHED: Final = 0.55
_DARKEST, _BRIGHTEST = 0.45, 1.3
_SHADOW: Final = 0.75
_TINTED: Final = 0.35


class Accompanying:
    """Lays a drawn figure over frame after frame.

    Args:
        sprites: how it looks, one a frame; the first tells how large it was painted.
        where: where it is in each frame.
        size: width and height of the frames.
        before: who passes before it; None where nobody does.
        walks: whether its sprites wander, so that it has to be looked for in each.
    """

    def __init__(
        self,
        sprites: Iterator[Sprite],
        where: Where,
        size: tuple[int, int],
        *,
        before: Matting | None = None,
        walks: bool = False,
    ) -> None:
        self._others, self._where, self._size = sprites, where, size
        self._before, self._walks = before, walks
        self._sprite = next(sprites)
        self._box = self._high = _box(self._sprite)
        self._light: NDArray[np.float32] | None = None

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Put the figure into a frame, in place."""
        if index:
            self._sprite = next(self._others)
            if self._walks:
                self._box = (1 - _CALM) * self._box + _CALM * _box(self._sprite)
        spot = self._where(index)
        (left, top), (width, height), warp = self._placed(spot)
        if width < 2 or height < 2:
            return frame
        rgb, alpha = (
            np.asarray(cv2.warpAffine(plane, warp, (width, height), flags=cv2.INTER_LINEAR), np.uint8)
            for plane in (self._sprite.rgb, self._sprite.alpha)
        )
        rows, columns = slice(top, top + height), slice(left, left + width)
        if self._before is not None:
            free = 255 - self._before.alpha(frame, index).luma[rows, columns]
            alpha = np.asarray(cv2.multiply(alpha, free, scale=1 / 255), np.uint8)
            rgb = np.asarray(cv2.multiply(rgb, cv2.merge([free] * 3), scale=1 / 255), np.uint8)
        half_rows, half_columns = (slice(part.start // 2, part.stop // 2) for part in (rows, columns))
        if self._light is None:
            self._light = _light(frame, rgb, alpha, (half_rows, half_columns))
        _lay(
            frame.y[rows, columns],
            frame.u[half_rows, half_columns],
            frame.v[half_rows, half_columns],
            rgb,
            alpha,
            self._light,
        )
        return frame

    def _placed(self, spot: Spot) -> tuple[tuple[int, int], tuple[int, int], NDArray[np.float64]]:
        """The part of the frame that the sprite reaches: its even corner and size, and the way there."""
        width, height = self._size
        left, _, right, bottom = self._box
        scale = spot.tall * height / (self._high[3] - self._high[1])
        x = spot.x * width - scale * (left + right) / 2
        y = spot.foot * height - scale * bottom
        rows, columns = self._sprite.alpha.shape
        x0, y0 = (max(0, 2 * int(np.floor(v / 2))) for v in (x, y))
        x1, y1 = min(width, x + scale * columns), min(height, y + scale * rows)
        size = max(0, 2 * int((x1 - x0) // 2)), max(0, 2 * int((y1 - y0) // 2))
        warp = np.array([[scale, 0, x - x0 + (scale - 1) / 2], [0, scale, y - y0 + (scale - 1) / 2]])
        return (x0, y0), size, warp


def _box(sprite: Sprite) -> NDArray[np.float64]:
    """Left, top, right and lower end of a figure, its shadow left out: float64, (4,)."""
    rows, columns = np.nonzero(sprite.alpha > _SOLID)
    if not len(rows):
        height, width = sprite.alpha.shape
        return np.array([0.3 * width, 0.3 * height, 0.7 * width, 0.7 * height])
    return np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1], np.float64)


def beside(
    center: Callable[[int], tuple[float, float, float]], side: str, tall: float, aspect: float
) -> Spot:
    """A spot on the ground beside somebody in the first frame.

    Args:
        center: where they are in each frame, and how tall.
        side: ``left``, ``right``, or "" for the side with more room.
        tall: the height of whoever comes, as a share of the frame's.
        aspect: how wide that is, as a share of the frame's width.
    """
    x, y, theirs = center(0)
    to_right = side == "right" or (not side and x < 0.5)
    away = 0.16 * theirs + 0.5 * aspect + 0.02
    return Spot(float(np.clip(x + away if to_right else x - away, 0.08, 0.92)), y + theirs / 2, tall)


def _light(frame: I420Frame, rgb: Bytes, alpha: Bytes, part: tuple[slice, slice]) -> NDArray[np.float32]:
    """The gain of its brightness, and what is added to Cb and Cr, to go with the footage."""
    solid = alpha > _SOLID
    own = float((rgb[solid] @ np.array([0.2126, 0.7152, 0.0722])).mean()) if solid.any() else 120.0
    there = (float(frame.y.mean()) - 16) * 255 / 219
    gain = 1 + _MATCHED * (there / max(own, 8.0) - 1)
    around = [float(np.median(plane[part])) - 128 for plane in (frame.u, frame.v)]
    tints = [float(np.clip(_TINTED * value, -8, 8)) for value in around]
    return np.array([np.clip(gain, _DARKEST, _BRIGHTEST), *tints, _SHADOW], np.float32)


@njit(cache=True, nogil=True, parallel=True)
def _lay(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    luma: Bytes, blue: Bytes, red: Bytes, rgb: Bytes, alpha: Bytes, light: Plane
) -> None:
    """Lays premultiplied colours over planes (BT.709); what is black and not quite covered is shadow."""
    rows, columns = blue.shape
    for row in prange(rows):
        for column in range(columns):
            blues = np.float32(0.0)
            reds = np.float32(0.0)
            cover = np.float32(0.0)
            for dy in range(2):
                for dx in range(2):
                    y, x = 2 * row + dy, 2 * column + dx
                    share = np.float32(alpha[y, x]) * np.float32(1.0 / 255.0)
                    if share <= np.float32(0.004):
                        continue
                    r = np.float32(rgb[y, x, 0]) * light[0]
                    g = np.float32(rgb[y, x, 1]) * light[0]
                    b = np.float32(rgb[y, x, 2]) * light[0]
                    level = np.float32(0.2126) * r + np.float32(0.7152) * g + np.float32(0.0722) * b
                    if level < np.float32(10.0) * share and share < np.float32(0.7):
                        share *= light[3]
                    level = min(level, np.float32(255.0) * share)
                    below = np.float32(luma[y, x]) - np.float32(16.0)
                    lit = below * (np.float32(1.0) - share) + level * np.float32(219.0 / 255.0)
                    luma[y, x] = np.uint8(
                        min(max(lit + np.float32(16.5), np.float32(0.0)), np.float32(255.0))
                    )
                    cover += share
                    blues += (b - level) * np.float32(224.0 / (255.0 * 1.8556)) + light[1] * share
                    reds += (r - level) * np.float32(224.0 / (255.0 * 1.5748)) + light[2] * share
            if cover > np.float32(0.0):
                cover *= np.float32(0.25)
                u = (np.float32(blue[row, column]) - np.float32(128.0)) * (np.float32(1.0) - cover)
                v = (np.float32(red[row, column]) - np.float32(128.0)) * (np.float32(1.0) - cover)
                u += blues * np.float32(0.25) + np.float32(128.5)
                v += reds * np.float32(0.25) + np.float32(128.5)
                blue[row, column] = np.uint8(min(max(u, np.float32(0.0)), np.float32(255.0)))
                red[row, column] = np.uint8(min(max(v, np.float32(0.0)), np.float32(255.0)))
