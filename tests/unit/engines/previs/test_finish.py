from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.finish import Finisher
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.media.frames import one_buffer


def plate_of(pixels: np.ndarray) -> Plate:
    plate = Format(pixels.shape[1], pixels.shape[0]).plate()
    plate.pixels[:] = pixels
    return plate


def finished(
    rgb: tuple[int, int, int], *, vignette: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    pixels = np.zeros((64, 96, 4), np.uint8)
    pixels[..., :3] = rgb
    frame = Finisher(96, 64, seed=1, vignette=vignette).finish(plate_of(pixels), 0)
    return frame.y, frame.u, frame.v


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((128, 128, 128), (126, 128, 128)),
        ((180, 0, 0), (49, 110, 207)),
        ((0, 180, 0), (126, 67, 56)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_are_bt709(rgb: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    y, u, v = finished(rgb)
    assert y.mean() == pytest.approx(expected[0], abs=1.5)
    assert u.mean() == pytest.approx(expected[1], abs=1.0)
    assert v.mean() == pytest.approx(expected[2], abs=1.0)


def test_the_picture_is_turned_upright() -> None:
    pixels = np.zeros((64, 96, 4), np.uint8)
    pixels[:32] = 200
    y = Finisher(96, 64, seed=1).finish(plate_of(pixels), 0).y
    assert y[40:].mean() > y[:24].mean() + 100


def test_edges_are_softened_and_flat_places_kept() -> None:
    pixels = np.zeros((64, 96, 4), np.uint8)
    stairs = np.arange(64)[:, None] * 0.3 + 20 < np.arange(96)[None, :]
    pixels[stairs] = 180
    y = Finisher(96, 64, seed=1, vignette=0.0).finish(plate_of(pixels), 0).y
    between = (y > 45) & (y < 140)
    assert between.sum() > 20
    assert y[32, :8].std() < 1.5


def test_corners_are_darker_and_grain_moves() -> None:
    y, _, _ = finished((150, 150, 150), vignette=0.3)
    assert y[:4, :4].mean() < y[30:34, 46:50].mean() - 20
    pixels = np.full((64, 96, 4), 120, np.uint8)
    finisher = Finisher(96, 64, seed=1)
    first = finisher.finish(plate_of(pixels), 0).y.copy()
    assert not np.array_equal(first, finisher.finish(plate_of(pixels), 1).y)
    assert np.abs(first.astype(int) - finisher.finish(plate_of(pixels), 0).y).max() == 0


def test_finished_frames_lie_in_one_buffer() -> None:
    frame = Finisher(96, 64, seed=1).finish(plate_of(np.zeros((64, 96, 4), np.uint8)), 0)
    assert one_buffer(frame) is not None
