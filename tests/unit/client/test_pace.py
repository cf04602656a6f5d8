from __future__ import annotations

import pytest

from kirin_video.client.errors import (
    ApiError,
    ConnectionFailed,
    NotFound,
    ServerError,
    TooManyRequests,
    WaitTimeout,
)
from kirin_video.client.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_it_asks_often_at_first_and_every_two_seconds_later() -> None:
    pace = Pace("t", clock=Clock())
    waits = [pace.after_answer() for _ in range(20)]
    assert waits[0] == 0.2
    assert waits == sorted(waits)
    assert waits[-1] == 2.0
    assert sum(waits[:4]) < 1.5


def test_the_timeout_ends_the_waiting_and_cuts_the_last_pause() -> None:
    clock = Clock()
    pace = Pace("task-1", timeout_s=10, clock=clock)
    clock.now += 9.9
    assert pace.after_answer() == pytest.approx(0.1)
    clock.now += 0.2
    with pytest.raises(WaitTimeout, match="task-1 is not done after 10 s") as caught:
        pace.after_answer()
    assert caught.value.task_id == "task-1"
    with pytest.raises(WaitTimeout):
        pace.after_error(ConnectionFailed("gone"))


def test_a_server_that_is_away_is_borne_with_for_two_minutes() -> None:
    clock, gone = Clock(), ConnectionFailed("gone")
    pace = Pace("t", clock=clock)
    for _ in range(59):
        clock.now += pace.after_error(gone)
    assert pace.after_answer() < 2  # it came back: the patience starts anew
    clock.now += 119
    assert pace.after_error(gone) == 2.0
    clock.now += 2
    with pytest.raises(ConnectionFailed):
        pace.after_error(gone)


def test_retry_after_is_honoured() -> None:
    pace = Pace("t", clock=Clock())
    assert pace.after_error(TooManyRequests("", status=429, code="000000429", retry_after_s=17)) == 17
    assert pace.after_error(ServerError("", status=503, code="000000503", retry_after_s=0)) == 0.2
    assert pace.after_error(ServerError("", status=502, code="000000502")) == 2.0


def test_what_time_does_not_heal_is_raised_at_once() -> None:
    error: ApiError = NotFound("no", status=404, code="000000404")
    with pytest.raises(NotFound):
        Pace("t", clock=Clock()).after_error(error)
