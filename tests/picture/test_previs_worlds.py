"""What the worlds look like, measured."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.brushes import Brush, paint_together, start_brushes
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.render import paint_alone, render_world
from kirin_video.engines.previs.survey import survey

SIZE = (192, 108)


def render(  # noqa: PLR0913 -- a shot has many sides
    setting: Setting,
    time: TimeOfDay = TimeOfDay.DAY,
    weather: Weather = Weather.CLEAR,
    *,
    move: Move = Move.STILL,
    seed: int = 5,
    frames: int = 1,
    size: tuple[int, int] = SIZE,
) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]]:
    plan = ShotPlan(setting, time, weather, move)
    width, height = size
    clip = render_world(plan, seed=seed, width=width, height=height, num_frames=frames)
    return [(f.y.copy(), f.u.copy(), f.v.copy()) for f in clip]


def brightness(setting: Setting, time: TimeOfDay, weather: Weather = Weather.CLEAR) -> NDArray[np.float64]:
    return render(setting, time, weather)[0][0].astype(float)


@pytest.mark.parametrize("setting", list(Setting))
def test_each_world_draws_whole_frames_within_video_range(setting: Setting) -> None:
    (y, u, v), *_ = frames = render(setting, frames=2)
    assert y.shape == (SIZE[1], SIZE[0])
    assert u.shape == v.shape == (SIZE[1] // 2, SIZE[0] // 2)
    for planes in frames:
        assert all(plane.dtype == np.uint8 for plane in planes)
        assert planes[0].min() >= 16
        assert planes[0].max() <= 235
    # A studio is meant to be plain.
    assert y.std() > (2 if setting is Setting.STUDIO else 8)


@pytest.mark.parametrize("weather", [Weather.CLOUDY, Weather.RAIN, Weather.SNOW, Weather.FOG])
@pytest.mark.parametrize("time", [TimeOfDay.DAWN, TimeOfDay.NIGHT])
def test_weather_and_hour_combine(time: TimeOfDay, weather: Weather) -> None:
    y = brightness(Setting.BEACH, time, weather)
    assert y.std() > 3


@pytest.mark.parametrize(
    "setting",
    [Setting.MEADOW, Setting.SEA, Setting.CITY, Setting.FOREST, Setting.VILLAGE, Setting.UNDERWATER],
)
def test_night_is_darker_than_dusk_and_dusk_than_day_but_never_black(setting: Setting) -> None:
    night, dusk, day = (
        brightness(setting, time).mean() for time in (TimeOfDay.NIGHT, TimeOfDay.DUSK, TimeOfDay.DAY)
    )
    assert night + 4 < dusk < day
    assert night > 32


def test_snow_whitens_the_ground() -> None:
    clear, snow = (render(Setting.MEADOW, weather=weather)[0] for weather in (Weather.CLEAR, Weather.SNOW))
    rows = slice(-24, None)
    assert snow[0][rows].mean() > clear[0][rows].mean() + 20
    colour_of_grass = np.abs(clear[1][-12:].astype(float) - 128).mean()
    assert np.abs(snow[1][-12:].astype(float) - 128).mean() < colour_of_grass / 2


def test_the_distance_vanishes_in_fog() -> None:
    rows = slice(SIZE[1] // 4, SIZE[1] // 2)
    clear = brightness(Setting.MOUNTAINS, TimeOfDay.DAY)[rows]
    fog = brightness(Setting.MOUNTAINS, TimeOfDay.DAY, Weather.FOG)[rows]
    middle = slice(SIZE[0] // 4, SIZE[0] // 2)
    assert fog[:, middle].std() < clear[:, middle].std() / 3


@pytest.mark.parametrize(
    ("setting", "weather"),
    [
        (Setting.MEADOW, Weather.CLEAR),
        (Setting.SEA, Weather.CLEAR),
        (Setting.BEACH, Weather.CLEAR),
        (Setting.CITY, Weather.RAIN),
        (Setting.DESERT, Weather.SNOW),
    ],
)
def test_still_shots_are_alive(setting: Setting, weather: Weather) -> None:
    clip = render(setting, weather=weather, frames=4, size=(384, 216))
    for (before, _, _), (after, _, _) in itertools.pairwise(clip):
        moved = np.abs(after.astype(int) - before.astype(int)) > 6
        assert moved.mean() > 0.002


def test_moves_are_smooth() -> None:
    clip = render(Setting.DESERT, move=Move.PAN_RIGHT, frames=12, size=(320, 180))
    steps = [
        np.abs(after[0].astype(int) - before[0].astype(int)).mean()
        for before, after in itertools.pairwise(clip)
    ]
    assert min(steps) > 0.3
    assert max(steps) < 2.5 * float(np.median(steps))


@pytest.mark.parametrize("setting", [Setting.MEADOW, Setting.BEACH])
def test_the_same_seed_gives_the_same_frames_bit_for_bit(setting: Setting) -> None:
    first = render(setting, weather=Weather.RAIN, frames=3)
    again = render(setting, weather=Weather.RAIN, frames=3)
    for one, other in zip(first, again, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_another_seed_gives_another_layout_of_the_same_place() -> None:
    one, other = (render(Setting.MEADOW, seed=seed)[0] for seed in (1, 2))
    assert np.abs(one[0].astype(int) - other[0].astype(int)).mean() > 6
    for a, b in zip(one, other, strict=True):
        assert abs(a.mean() - b.mean()) < 25


@pytest.mark.parametrize("size", [(108, 192), (144, 144), (182, 138), (256, 110)])
def test_every_ratio_shows_sky_and_land(size: tuple[int, int]) -> None:
    y = render(Setting.MOUNTAINS, size=size)[0][0].astype(float)
    assert y.shape == (size[1], size[0])
    assert y[: size[1] // 8].mean() > y[size[1] // 2 :].mean()


def test_it_neither_rains_nor_snows_indoors() -> None:
    dry, wet = (render(Setting.ROOM, weather=weather, frames=2) for weather in (Weather.CLOUDY, Weather.RAIN))
    for clip in (dry, wet):
        moved = np.abs(clip[1][0].astype(int) - clip[0][0].astype(int)) > 12
        assert moved.mean() < 0.002


def test_lamps_light_a_room_at_night() -> None:
    y = brightness(Setting.ROOM, TimeOfDay.NIGHT)
    assert 50 < y.mean() < brightness(Setting.ROOM, TimeOfDay.DAY).mean() + 10


def test_stars_are_below_as_well_as_above_in_space() -> None:
    y = brightness(Setting.SPACE, TimeOfDay.DUSK)
    above, below = y[: SIZE[1] // 3], y[-SIZE[1] // 4 :]
    assert above.max() > np.median(above) + 30
    assert below.max() > np.median(below) + 30


def test_light_dances_on_the_sea_floor() -> None:
    before, after = (
        frame[0].astype(int) for frame in render(Setting.UNDERWATER, frames=4, size=(384, 216))[::3]
    )
    floor = slice(-60, None)
    assert (np.abs(after - before)[floor] > 6).mean() > 0.02


def test_stars_shine_over_the_lake() -> None:
    y = brightness(Setting.NIGHT_SKY, TimeOfDay.DAY)
    sky = y[: SIZE[1] // 3]
    assert y.mean() < 100
    assert sky.max() > sky.mean() + 50


def test_windows_glow_at_night() -> None:
    y = brightness(Setting.CITY, TimeOfDay.NIGHT)
    assert np.percentile(y, 99.5) > 135
    assert np.median(y) < 110


def paint_with(brushes: list[Brush], prospect: Prospect) -> Iterator[Plate]:
    try:
        yield from paint_together(prospect, brushes)
    finally:
        for brush in brushes:
            brush.stop()


def calm_sea(num_frames: int) -> Prospect:
    plan = ShotPlan(Setting.SEA, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)
    return survey(plan, seed=1, aspect=16 / 9, num_frames=num_frames)


def children() -> set[str]:
    """The processes that this one has started; other tests' database is among them."""
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())


def two_cores(_process: int) -> set[int]:
    return {0, 1}


@pytest.mark.parametrize("setting", [Setting.SEA, Setting.CITY])
def test_painting_together_gives_the_frames_of_painting_alone(setting: Setting) -> None:
    plan = ShotPlan(setting, TimeOfDay.DUSK, Weather.RAIN, Move.PUSH_IN)
    prospect = survey(plan, seed=4, aspect=16 / 9, num_frames=6)
    form = Format(160, 90, deep=True, stirred=True)
    alone = [p.pixels.copy() for p in paint_alone(prospect, form)]
    together = [p.pixels.copy() for p in paint_with(start_brushes(2, form), prospect)]
    assert len(alone) == len(together) == 6
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one, other)


def test_painters_that_have_waited_paint_the_same_and_a_dead_one_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", two_cores)
    before = children()
    waiting = start_brushes(2)
    os.kill(int(min(children() - before)), signal.SIGKILL)
    for _ in range(1000):
        if not all(brush.lives for brush in waiting):
            break
        time.sleep(0.02)
    plan = ShotPlan(Setting.SEA, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)

    def planes_of(those: list[Brush]) -> list[NDArray[np.uint8]]:
        clip = render_world(plan, seed=1, width=64, height=36, num_frames=20, waiting=those)
        return [frame.y.copy() for frame in clip]

    planes = planes_of(waiting), planes_of([])
    assert len(planes[0]) == len(planes[1]) == 20
    assert all(np.array_equal(one, other) for one, other in zip(*planes, strict=True))
    assert children() <= before


def test_a_painter_that_gives_up_is_told_and_leaves_nothing_behind() -> None:
    before = children()
    # No OpenGL draws pictures of this size.
    painting = paint_with(start_brushes(1, Format(40_000, 16)), calm_sea(20))
    with pytest.raises(TaskFailure) as caught:
        next(painting)
    assert caught.value.fault is Fault.GENERATION_FAILED
    assert caught.value.message
    assert children() <= before


def test_closing_early_ends_the_painters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", two_cores)
    before = children()
    plan = ShotPlan(Setting.SEA, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)
    clip = cast("Generator[I420Frame]", render_world(plan, seed=1, width=64, height=36, num_frames=400))
    next(clip)
    assert len(children() - before) >= 2
    clip.close()
    assert children() <= before


def test_a_clip_is_painted_here_where_no_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(name: str) -> int:
        raise OSError(24, "Too many open files", name)

    monkeypatch.setattr(os, "sched_getaffinity", two_cores)
    monkeypatch.setattr(os, "memfd_create", refuse)
    assert len(render(Setting.SEA, frames=20, size=(64, 36))) == 20
    assert "Too many open files" in caplog.text
