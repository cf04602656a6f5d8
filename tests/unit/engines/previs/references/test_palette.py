from __future__ import annotations

import numpy as np
from kirin_video.engines.previs.references.palette import in_palette, palette_of_picture
from made_pictures import figure_before, meadow, paper

from kirin_video.engines.previs.photo.render import opening_frame
from kirin_video.media.frames import I420Frame


def means(frame: I420Frame) -> np.ndarray:
    return np.array([frame.y.mean(), frame.u.mean(), frame.v.mean()])


def test_frames_take_on_a_pictures_colours() -> None:
    frame = opening_frame(figure_before(meadow()))
    warm = np.full((64, 64, 3), (205, 120, 60), np.uint8)
    warm[:32] = (120, 50, 30)
    [shown] = in_palette([frame], palette_of_picture(warm))
    goal = means(opening_frame(warm))
    before, after = np.abs(means(frame) - goal), np.abs(means(shown) - goal)
    assert (after[1:] < 0.4 * before[1:]).all()
    assert shown.y.min() >= 16
    assert shown.y.max() <= 235


def test_every_frame_goes_through_the_same_tables() -> None:
    frame, other = opening_frame(figure_before(paper())), opening_frame(figure_before(meadow()))
    wanted = palette_of_picture(np.clip(meadow(), 0, 255).astype(np.uint8))
    shown = [made.copied() for made in in_palette([frame, other, frame], wanted)]
    assert np.array_equal(shown[0].y, shown[2].y)
    assert np.array_equal(shown[0].u, shown[2].u)
    assert not np.array_equal(shown[0].y, shown[1].y)
