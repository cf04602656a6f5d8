from __future__ import annotations

import pytest

from kirin_video.supervisor.processes import Backoff, how_it_ended


def test_the_wait_grows_with_each_early_end_and_has_a_limit() -> None:
    backoff = Backoff()
    waits: list[float] = []
    for second in range(8):
        backoff.started(second)
        waits.append(backoff.ended(second + 0.5))
    assert waits == [0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 10.0, 10.0]
    assert backoff.failures == 8


def test_a_long_life_is_forgiven() -> None:
    backoff = Backoff()
    for second in range(4):
        backoff.started(second)
        backoff.ended(second)
    backoff.started(100.0)
    assert backoff.ended(130.0) == 0.0
    assert backoff.failures == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "ended with code 0"),
        (3, "ended with code 3"),
        (-9, "was ended by SIGKILL"),
        (-11, "was ended by SIGSEGV"),
        (-99, "was ended by signal 99"),
    ],
)
def test_return_codes_in_words(code: int, words: str) -> None:
    assert how_it_ended(code) == words
