from datetime import UTC, datetime, timedelta

from kirin_video.queue.observation import Silence

BEAT = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_silence_grows_while_it_is_watched_and_ends_with_any_change() -> None:
    clock = Clock()
    silence = Silence(clock)
    assert silence.look({1: BEAT, 2: BEAT}) == {1: 0.0, 2: 0.0}
    clock.now += 0.5
    assert silence.look({1: BEAT, 2: BEAT - timedelta(hours=1)}) == {1: 0.5, 2: 0.0}
    clock.now += 0.5
    assert silence.look({1: BEAT, 2: BEAT - timedelta(hours=1)}) == {1: 1.0, 2: 0.5}
    assert silence.look({2: BEAT}) == {2: 0.0}, "and who is gone is forgotten"


def test_after_a_gap_everybody_begins_anew_but_not_for_ever() -> None:
    clock = Clock()
    silence = Silence(clock)
    silence.look({1: BEAT})
    clock.now += 1.5
    assert silence.look({1: BEAT}) == {1: 1.0}, "who looked late counts a little"
    for _ in range(4):
        clock.now += 2.5
        assert silence.look({1: BEAT}) == {1: 0.0}
    clock.now += 2.5
    assert silence.look({1: BEAT}) == {1: 1.0}
    clock.now += 3600
    assert silence.look({1: BEAT}) == {1: 0.0}
