import io

import numpy as np
from PIL import Image

from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.still import LONGEST_PX, still_of_frame


def test_a_still_is_small_has_the_frames_shape_and_its_colours() -> None:
    rgb = np.zeros((360, 1440, 3), np.uint8)
    rgb[:, :720] = (200, 40, 40)
    rgb[:, 720:] = (30, 60, 190)
    picture = Image.open(io.BytesIO(still_of_frame(rgb_to_i420(rgb))))
    assert picture.format == "WEBP"
    assert picture.size == (LONGEST_PX, LONGEST_PX // 4)
    colours = np.asarray(picture.convert("RGB"), int)
    assert np.abs(colours[80, 100] - (200, 40, 40)).max() < 16
    assert np.abs(colours[80, 540] - (30, 60, 190)).max() < 16


def test_a_small_frame_is_not_blown_up() -> None:
    frame = rgb_to_i420(np.full((90, 160, 3), 128, np.uint8))
    assert Image.open(io.BytesIO(still_of_frame(frame))).size == (160, 90)
