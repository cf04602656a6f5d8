from __future__ import annotations

import time

import numpy as np
import pytest

from kirin_video.media.frames import I420Frame, new_i420
from kirin_video.media.watermark import Watermark

SIZES = [(1280, 720), (720, 1280), (960, 960), (1920, 1080), (1440, 1440), (1282, 718), (320, 180), (64, 36)]


def _grey(width: int, height: int, level: int = 110) -> I420Frame:
    frame = new_i420(width, height)
    frame.y[:], frame.u[:], frame.v[:] = level, 90, 170
    return frame


def _changed(frame: I420Frame, marked: I420Frame) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the luma pixels that differ."""
    return np.nonzero(frame.y != marked.y)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_only_the_corner_changes_and_only_inside_the_block(width: int, height: int) -> None:
    frame = _grey(width, height)
    before = frame.copied()
    mark = Watermark(width, height)
    left, top, right, bottom = mark.box
    with mark.over(frame) as marked:
        inside = marked.copied()
    for plane, plain, half in ((inside.y, before.y, 1), (inside.u, before.u, 2), (inside.v, before.v, 2)):
        same = plane == plain
        same[top // half : bottom // half, left // half : right // half] = True
        assert same.all()
        assert not np.array_equal(plane, plain)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    for plane, plain in ((frame.y, before.y), (frame.u, before.u), (frame.v, before.v)):
        assert np.array_equal(plane, plain)


@pytest.mark.parametrize(("width", "height"), SIZES[:6])
def test_the_mark_keeps_its_size_and_its_distance_from_the_edges(width: int, height: int) -> None:
    frame = _grey(width, height)
    before = frame.copied()
    with Watermark(width, height).over(frame) as marked:
        rows, columns = np.nonzero(marked.y > before.y)  # the letters are lighter than this grey
    short = min(width, height)
    assert (rows.max() - rows.min() + 1) / short == pytest.approx(0.032, abs=0.004)
    assert (height - rows.max() - 1) / short == pytest.approx(0.045, abs=0.004)
    assert (width - columns.max() - 1) / short == pytest.approx(0.045, abs=0.004)
    assert columns.min() > width * 0.8


@pytest.mark.parametrize("level", [16, 60, 128, 200, 235])
def test_it_can_be_read_on_every_ground(level: int) -> None:
    frame = _grey(1280, 720, level)
    mark = Watermark(1280, 720)
    left, top, right, bottom = mark.box
    with mark.over(frame) as marked:
        there = marked.y[top:bottom, left:right].astype(int)
    assert there.max() - there.min() > 60  # letters against their own shadow at least
    assert there.min() >= 16
    assert there.max() <= 235


def test_it_is_white_and_the_ground_shines_through() -> None:
    frame = _grey(1920, 1080, 16)
    with Watermark(1920, 1080).over(frame) as marked:
        lightest = int(marked.y.max())
    assert lightest == pytest.approx(16 + 0.7 * (235 - 16), abs=3)


def test_a_block_that_fails_restores_the_frame_too() -> None:
    frame = _grey(320, 180)
    before = frame.copied()
    with pytest.raises(RuntimeError), Watermark(320, 180).over(frame):
        raise RuntimeError
    assert np.array_equal(frame.y, before.y)


def test_it_costs_next_to_nothing() -> None:
    frame = _grey(1920, 1080)
    mark = Watermark(1920, 1080)
    spent: list[float] = []
    for _ in range(30):
        started = time.perf_counter()
        with mark.over(frame):
            pass
        spent.append(time.perf_counter() - started)
    assert sorted(spent)[15] < 0.002
