"""A day that goes by in a time-lapse, measured in its pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.context import open_context
from kirin_video.engines.previs.gl.painter import Painter
from kirin_video.engines.previs.plan import Beat, Move, Pace, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.survey import survey

_WIDTH, _HEIGHT, _FRAMES = 160, 90, 24


def _lapse(setting: Setting) -> Prospect:
    plan = ShotPlan(
        setting,
        TimeOfDay.DAY,
        Weather.CLEAR,
        Move.STILL,
        pace=Pace.TIME_LAPSE,
        beats=(Beat(0.5, "night", time=TimeOfDay.NIGHT),),
    )
    return survey(plan, seed=4, aspect=16 / 9, num_frames=_FRAMES)


def _painted(prospect: Prospect, numbers: Sequence[int]) -> list[NDArray[np.uint8]]:
    context = open_context(1)
    try:
        painter = Painter(context, prospect, _WIDTH, _HEIGHT)
        frames: list[NDArray[np.uint8]] = []
        for number in numbers:
            pixels = np.empty((_HEIGHT, _WIDTH, 4), np.uint8)
            painter.draw(number)
            painter.read_into(pixels)
            frames.append(pixels[::-1, :, :3])
        return frames
    finally:
        context.release()


def test_it_grows_dark_and_every_frame_is_the_same_whoever_paints_it() -> None:
    prospect = _lapse(Setting.LAKE)
    frames = _painted(prospect, (0, 6, 12, 18, 23))
    bright = [float(frame.mean()) for frame in frames]
    assert bright[0] > bright[2] > bright[4]
    assert bright[4] < 0.75 * bright[0]
    # Several processes paint every other frame: none may depend on those before it.
    alone = _painted(prospect, (6, 23))
    assert np.array_equal(alone[0], frames[1])
    assert np.array_equal(alone[1], frames[4])


def test_windows_light_up_along_a_street() -> None:
    first, last = _painted(_lapse(Setting.CITY), (0, _FRAMES - 1))

    def lit(frame: NDArray[np.uint8]) -> int:
        red, green, blue = (frame[..., k].astype(int) for k in range(3))
        return int(((red > 190) & (green > 130) & (red - blue > 60)).sum())

    assert last.mean() < 0.75 * first.mean()
    assert lit(last) > 30
