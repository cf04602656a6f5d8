import numpy as np
import pytest

from kirin_video.engines.previs.clock import clock_of
from kirin_video.engines.previs.plan import Pace

SPEEDS = {
    Pace.REAL: (0.99, 1.01),
    Pace.SLOW_MOTION: (0.2, 0.6),
    Pace.FAST_MOTION: (1.5, 4.0),
    Pace.TIME_LAPSE: (1.5, 5.0),
    Pace.REVERSE: (-1.01, -0.99),
    Pace.FREEZE: (-0.01, 0.01),
}


@pytest.mark.parametrize("pace", list(Pace))
def test_time_runs_as_asked(pace: Pace) -> None:
    clock = clock_of(pace, 48)
    story = np.diff(clock.story_s) * 24.0
    low, high = SPEEDS[pace]
    assert low < story.min() <= story.max() < high
    assert min(clock.story_s) >= 0.0
    assert clock.length_s > max(clock.story_s)


def test_clouds_race_in_a_time_lapse() -> None:
    lapse, real = clock_of(Pace.TIME_LAPSE, 48), clock_of(Pace.REAL, 48)
    assert lapse.sky_s[-1] > 20.0 * real.sky_s[-1]
    assert lapse.air_s[-1] < 10.0 * real.air_s[-1]


def test_a_part_of_a_clock_shows_the_same_times() -> None:
    clock = clock_of(Pace.REVERSE, 48)
    part = clock.between(12, 20)
    assert part.story_s == clock.story_s[12:20]
    assert len(part.air_s) == len(part.sky_s) == 8
