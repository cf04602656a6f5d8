"""Enlarging planes: what is flat stays flat, edges stay where they are and do not ring."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.canvas import canvas_size
from kirin_video.engines.previs.enlarging import Enlarger

SMALL, LARGE = (64, 36), (80, 44)


def enlarged(luma: np.ndarray) -> np.ndarray:
    """Luma at its new size."""
    out = np.empty(LARGE[::-1], np.uint8)
    Enlarger(SMALL, LARGE).luma(luma, out)
    return out


@pytest.mark.parametrize("level", [16, 97, 235])
def test_what_is_flat_stays_as_it_is(level: int) -> None:
    """No rounding adds up."""
    assert (enlarged(np.full(SMALL[::-1], level, np.uint8)) == level).all()


def test_an_edge_stays_where_it_is_and_hardly_rings() -> None:
    """The border of two halves lies in the middle still, and neither half gets a visible seam."""
    luma = np.full(SMALL[::-1], 60, np.uint8)
    luma[:, SMALL[0] // 2 :] = 180
    row = enlarged(luma)[20].astype(int)
    assert row.min() >= 44
    assert row.max() <= 196
    assert (row[:38] < 75).all()
    assert (row[42:] > 165).all()


def test_a_slope_is_kept_on_average() -> None:
    """Brightness that rises evenly rises evenly."""
    slope = np.repeat(np.linspace(40, 200, SMALL[0])[None], SMALL[1], 0).astype(np.uint8)
    row = enlarged(slope)[10].astype(int)
    wanted = np.linspace(40, 200, SMALL[0])[0] + (np.arange(80) + 0.5) * 0.8 * (160 / 63) - 80 / 63
    assert np.abs(row - wanted)[3:-3].max() <= 3


def test_chroma_goes_from_one_value_to_the_other() -> None:
    """In between lie only values in between."""
    chroma = np.full((SMALL[1] // 2, SMALL[0] // 2), 90, np.uint8)
    chroma[:, 16:] = 160
    out = np.empty((LARGE[1] // 2, LARGE[0] // 2), np.uint8)
    Enlarger(SMALL, LARGE).chroma(chroma, out)
    assert (out[:, :18] == 90).all()
    assert (out[:, 22:] == 160).all()
    assert (np.diff(out.astype(int), axis=1) >= 0).all()


@pytest.mark.parametrize("pro", [False, True])
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (960, 960), (1920, 1080), (320, 180), (854, 480)])
def test_canvases_are_even_and_no_larger_than_the_picture(size: tuple[int, int], *, pro: bool) -> None:
    """Small pictures are painted as they are, and none at less than half of its pixels."""
    width, height = canvas_size(*size, pro=pro)
    assert width % 2 == height % 2 == 0
    assert width <= size[0]
    assert height <= size[1]
    assert width * height >= size[0] * size[1] / 2
    assert min(size) > 500 or (width, height) == size
