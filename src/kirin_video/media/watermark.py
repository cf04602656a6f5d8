"""Our name in the bottom right corner, laid over frames on their way to the watermarked copy."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kirin_video.media.frames import I420Frame

TEXT: Final = "kirin"

_HEIGHT: Final = 0.032  # of the frame's shorter side, from the top of the k to the baseline
_MARGIN: Final = 0.045  # of the shorter side, from the letters to both edges: inside the safe area of screens
_OPACITY: Final = 0.70
_SHADOW_OPACITY: Final = 0.55
_SHADOW_BLUR: Final = 0.18  # of the letters' height
_SHADOW_DROP: Final = 0.06  # likewise
_WHITE, _BLACK, _NEUTRAL = 235, 16, 128  # BT.709 limited range


@dataclass(frozen=True, slots=True)
class _Blend:
    """``plane = plane * keep + add`` over one rectangle of one plane, in 1/256.

    Attributes:
        rows: of the rectangle in its plane.
        columns: likewise.
        keep: uint16, how much of the picture stays.
        add: uint16, what the mark contributes, with a half for rounding.
    """

    rows: slice
    columns: slice
    keep: NDArray[np.uint16]
    add: NDArray[np.uint16]

    def apply(self, plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Blend in place; the pixels that were there before."""
        before = plane[self.rows, self.columns].copy()
        plane[self.rows, self.columns] = (before * self.keep + self.add) >> 8
        return before


class Watermark:
    """The mark for frames of one size, worked out once.

    Args:
        width: of the frames, pixels, even.
        height: likewise.
    """

    def __init__(self, width: int, height: int) -> None:
        letters, shadow = _draw(round(min(width, height) * _HEIGHT))
        margin = round(min(width, height) * _MARGIN)
        left, top = _place(letters, width - margin, height - margin)
        inside = (slice(max(0, -top), height - top), slice(max(0, -left), width - left))
        letters, shadow = letters[inside], shadow[inside]  # frames smaller than the mark show part of it
        left, top = max(0, left), max(0, top)
        keep = (1 - letters * _OPACITY) * (1 - shadow * _SHADOW_OPACITY)
        light = letters * _OPACITY * _WHITE
        dark = (1 - keep - letters * _OPACITY) * _BLACK
        rows, columns = letters.shape
        self.box = (left, top, left + columns, top + rows)
        self._luma = _blend(left, top, keep, light + dark)
        halved = keep.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
        self._chroma = _blend(left // 2, top // 2, halved, (1 - halved) * _NEUTRAL)

    @contextmanager
    def over(self, frame: I420Frame) -> Generator[I420Frame]:
        """The frame with the mark on it inside the block, and as it was afterwards.

        Only the mark's rectangle is touched, in place, so no frame is copied.
        """
        y, u, v = self._luma.apply(frame.y), self._chroma.apply(frame.u), self._chroma.apply(frame.v)
        try:
            yield frame
        finally:
            frame.y[self._luma.rows, self._luma.columns] = y
            frame.u[self._chroma.rows, self._chroma.columns] = u
            frame.v[self._chroma.rows, self._chroma.columns] = v


def _draw(height: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coverage of the letters and of their shadow, float64, 0 to 1, both (rows, columns), even and padded."""
    font = _font(height)
    left, top, right, bottom = font.getbbox(TEXT)
    blur = max(1.0, height * _SHADOW_BLUR)
    pad = int(np.ceil(3 * blur)) + 1
    size = (_even(right - left + 2 * pad), _even(bottom - top + 2 * pad))
    letters = Image.new("L", size)
    ImageDraw.Draw(letters).text((pad - left, pad - top), TEXT, fill=255, font=font)
    dropped = Image.new("L", letters.size)
    dropped.paste(letters, (0, round(height * _SHADOW_DROP)))
    shadow = dropped.filter(ImageFilter.GaussianBlur(blur))
    strength = np.asarray(shadow, np.float64)
    return np.asarray(letters, np.float64) / 255, strength / max(1.0, strength.max())


def _even(length: float) -> int:
    return int(np.ceil(length / 2)) * 2


def _font(height: int) -> ImageFont.FreeTypeFont:
    """Pillow's own scalable font at the size that makes our letters so high."""
    trial = _sized(100)
    _, top, _, bottom = trial.getbbox(TEXT)
    return _sized(max(8.0, 100 * height / (bottom - top)))


def _sized(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow without FreeType"
    return font


def _place(letters: NDArray[np.float64], right: int, bottom: int) -> tuple[int, int]:
    """Left and top of the rectangle, even, so that the letters end at ``right`` and ``bottom``."""
    rows, columns = np.nonzero(letters > 0.5)  # noqa: PLR2004
    return (right - int(columns.max()) - 1) & ~1, (bottom - int(rows.max()) - 1) & ~1


def _blend(left: int, top: int, keep: NDArray[np.float64], add: NDArray[np.float64]) -> _Blend:
    rows, columns = keep.shape
    return _Blend(
        slice(top, top + rows),
        slice(left, left + columns),
        np.rint(keep * 256).astype(np.uint16),
        np.rint(add * 256 + 128).astype(np.uint16),
    )
