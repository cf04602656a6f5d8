"""Blur of what moves along its way, on plates made by hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.motion_blur import MotionBlur
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.shutter import REACH

Plane = NDArray[np.uint8]
WIDTH, HEIGHT = 192, 128
STOOD = 32768
FAR, NEAR = 65500, 64000
SQUARE = np.s_[48:80, 80:112]
"""Somebody, in rows from the top."""


def plate_of(*, pan_px: float = 0.0, goes_px: float = 0.0) -> Plate:
    """A far world that the camera moves to the right, and somebody near who goes there by himself."""
    plate = Format(WIDTH, HEIGHT, deep=True, stirred=True).plate()
    plate.pixels[..., 3] = 255
    plate.pixels[::-1][SQUARE][..., 3] = 0
    plate.depth[:] = FAR
    plate.depth[::-1][SQUARE] = NEAR
    plate.speeds[:] = 0
    told = plate.speeds[::-1][24:40, 40:56]
    told[..., 0], told[..., 1] = STOOD + round(goes_px / (REACH * HEIGHT) * 32767.5), STOOD
    plate.opening[:], plate.closing[:] = np.eye(4), np.eye(4)
    plate.opening[0, 3], plate.closing[0, 3] = -pan_px / WIDTH, pan_px / WIDTH
    return plate


def picture() -> Plane:
    """Stripes four pixels wide, and a bright square before them."""
    y = np.tile(np.where(np.arange(WIDTH) % 8 < 4, 60, 100).astype(np.uint8), (HEIGHT, 1))
    y[SQUARE] = 220
    return y


def blurred(plate: Plate) -> NDArray[np.int64]:
    y = picture()
    u, v = (np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8) for _ in range(2))
    MotionBlur(WIDTH, HEIGHT).apply(plate, y, u, v)
    assert (u == 128).all()
    assert (v == 128).all()
    return y.astype(np.int64)


def test_where_nothing_moves_nothing_is_blurred() -> None:
    assert np.array_equal(blurred(plate_of()), picture())


def test_who_moves_has_soft_ends_along_the_way_and_hard_ones_across() -> None:
    before, after = picture().astype(np.int64), blurred(plate_of(goes_px=12.0))
    row, column = after[64], after[:, 96]
    # Before and behind it fades over as far as it goes; in the middle it is whole.
    assert 100 < row[77] < 210
    assert 100 < row[114] < 210
    assert (row[90:102] == 220).all()
    assert np.array_equal(column[40:46], before[40:46, 96])
    assert np.array_equal(column[82:90], before[82:90, 96])
    assert (column[50:78] == 220).all()
    # What stands still farther off stays as it is.
    assert np.array_equal(after[:, :68], before[:, :68])
    assert np.array_equal(after[:, 124:], before[:, 124:])


def test_a_turning_camera_blurs_the_world_and_not_who_goes_with_it() -> None:
    after = blurred(plate_of(pan_px=8.0))
    # Stripes eight pixels apart vanish when the way is as long.
    assert after[16:36, 40:150].std() < 2.0
    assert np.abs(after[16:36, 40:150] - 80).max() <= 4
    assert (after[50:78, 82:110] == 220).all()
    # Who stands still in the picture throws no shadow of light into what passes behind.
    assert after[50:78, :77].max() <= 104
    assert after[50:78, 115:].max() <= 104


def test_a_longer_way_is_a_longer_blur() -> None:
    ends = [int((np.abs(blurred(plate_of(goes_px=far))[64] - picture()[64]) > 8).sum()) for far in (4, 8, 14)]
    assert ends[0] < ends[1] < ends[2]
