"""How lively footage is, and time that runs as lively."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.clock import clock_of
from kirin_video.engines.previs.feature.liveliness import has_rhythm, liveliness_of, tempo_from
from kirin_video.engines.previs.feature.tracks import Seen, Tracks
from kirin_video.engines.previs.plan import Pace

SIZE = (320, 180)
COUNT = 60


def tracks(camera_px: np.ndarray, walker_px: np.ndarray) -> Tracks:
    """Corners before a camera that pans by so many pixels a frame, and a fifth that go their own way."""
    random = np.random.default_rng(2)
    start = random.uniform((20, 20), (300, 160), (COUNT, 2)).astype(np.float32)
    walker = np.arange(COUNT) % 5 == 0
    along = np.array([1.0, 0.0], np.float32)
    pans, walks = np.cumsum(camera_px), np.cumsum(walker_px)
    seen = tuple(
        Seen(np.arange(COUNT), start + along * (pan + walker[:, None] * walk).astype(np.float32))
        for pan, walk in zip(pans, walks, strict=True)
    )
    return Tracks(seen, (0,), SIZE)


def test_camera_and_who_moves_before_it_both_count() -> None:
    still, going = np.zeros(48), np.ones(48)
    assert liveliness_of(tracks(still, still)).max() == pytest.approx(0.0, abs=1e-6)
    panned, walked = liveliness_of(tracks(going, still)), liveliness_of(tracks(still, going))
    assert panned == pytest.approx(24 / 320, rel=0.01)
    assert walked == pytest.approx(24 / 320, rel=0.01)
    assert liveliness_of(tracks(going, going)).mean() > 1.8 * panned.mean()


def test_time_hurries_where_the_footage_does() -> None:
    rush = np.where(np.arange(96) < 48, 0.5, 4.0)
    lively = liveliness_of(tracks(rush, np.zeros(96)))
    tempo = tempo_from(lively, np.linspace(0.0, 95.0, 60))
    assert has_rhythm(tempo)
    assert np.corrcoef(tempo, np.interp(np.linspace(0, 95, 60), np.arange(96), lively))[0, 1] > 0.9
    assert np.mean(tempo[40:]) > 2.0 * np.mean(tempo[:20])
    clock = clock_of(Pace.REAL, 60, tempo)
    assert len(clock.story_s) == 60
    assert clock.story_s[0] == 0.0
    assert clock.story_s[59] - clock.story_s[40] > clock.story_s[19]


def test_even_footage_has_no_rhythm_and_quiet_footage_is_slow() -> None:
    even = tempo_from(np.full(48, 0.14), np.arange(48.0))
    assert not has_rhythm(even)
    assert even[0] == pytest.approx(1.0)
    quiet, busy = (tempo_from(np.full(48, amount), np.arange(48.0))[0] for amount in (0.0, 0.6))
    assert quiet < 1.0 < busy


def test_a_frame_without_corners_is_as_lively_as_those_around_it() -> None:
    whole = tracks(np.ones(20), np.zeros(20))
    nothing = Seen(np.empty(0, np.int64), np.empty((0, 2), np.float32))
    torn = Tracks((*whole.seen[:9], nothing, *whole.seen[10:]), (0,), SIZE)
    assert liveliness_of(torn) == pytest.approx(liveliness_of(whole), rel=0.01)
    assert not liveliness_of(Tracks((nothing,) * 5, (0,), SIZE)).any()
