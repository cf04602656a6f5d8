from __future__ import annotations

import pytest

from kirin_video.domain.access import WINDOW_S, Standing
from kirin_video.domain.errors import TooManyRequests
from kirin_video.services.rates import CountReads, require_within


class Clock:
    """Monotonic seconds that stand still until they are moved."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_reads_are_counted_by_account_until_the_window_ends() -> None:
    clock = Clock()
    count = CountReads(clock)
    assert [count("a", 3).remaining for _ in range(4)] == [2, 1, 0, 0]
    assert count("b", 3).remaining == 2
    clock.now_s += WINDOW_S - 1
    over = count("a", 3)
    assert (over.is_over, over.reset_s) == (True, 1.0)
    clock.now_s += 1
    assert count("a", 3) == Standing("reads", 3, 1, WINDOW_S)


def test_windows_that_are_over_take_no_room_for_ever() -> None:
    clock = Clock()
    count = CountReads(clock)
    for number in range(9_999):
        count(f"old-{number}", 3)
    clock.now_s += WINDOW_S
    for number in range(5):
        count(f"new-{number}", 3)
    assert len(count._windows) < 10


def test_a_refusal_names_the_limit_what_was_found_and_when_to_come_back() -> None:
    require_within(Standing("creates", 60, 60, 10))
    standing = Standing("creates", 60, 61, 22.2)
    with pytest.raises(TooManyRequests) as caught:
        require_within(standing)
    message = 'This account may make 60 requests a minute of the kind "creates", and this is number 61.'
    assert caught.value.message == f"{message} Try again in 23 s."
    assert caught.value.retry_after_s == 23
    assert caught.value.standing is standing
