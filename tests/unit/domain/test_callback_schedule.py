from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from kirin_video.domain.callback_schedule import (
    DELAYS_S,
    FORGOTTEN_AFTER,
    JITTER,
    MAX_ATTEMPTS,
    MAX_RETRY_AFTER_S,
    SPAN_S,
    is_redirect,
    is_success,
    retry_after_s,
    retry_delay_s,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_ten_attempts_take_about_75_hours() -> None:
    assert MAX_ATTEMPTS == 10
    assert abs(sum(DELAYS_S) / 3600 - 75) < 1
    assert sum(DELAYS_S) < SPAN_S
    assert max(DELAYS_S) * (1 + JITTER) < FORGOTTEN_AFTER.total_seconds()


@pytest.mark.parametrize("failures", range(1, MAX_ATTEMPTS))
def test_delays_are_jittered_around_the_schedule(failures: int) -> None:
    least, middle, most = (retry_delay_s(failures, None, chance) for chance in (0.0, 0.5, 1.0))
    delay_s = DELAYS_S[failures - 1]
    assert (least, middle, most) == pytest.approx((0.9 * delay_s, delay_s, 1.1 * delay_s))


def test_after_the_last_there_is_none() -> None:
    assert retry_delay_s(MAX_ATTEMPTS, 5.0, 0.5) is None


@pytest.mark.parametrize(
    ("asked_s", "waited_s"), [(0.0, 5.0), (2.0, 5.0), (60.0, 60.0), (10**9, MAX_RETRY_AFTER_S)]
)
def test_a_receiver_can_put_the_next_attempt_off_and_never_hasten_it(asked_s: float, waited_s: float) -> None:
    assert retry_delay_s(1, asked_s, 0.5) == waited_s


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("9" * 400, 999_999_999.0),
        (format_datetime(NOW + timedelta(minutes=2), usegmt=True), 120.0),
        (format_datetime(NOW - timedelta(minutes=2), usegmt=True), 0.0),
        ("Sun, 22 Nov 2026 12:00:10 -0000", 10.0),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header, NOW) == seconds


def test_what_counts_as_what() -> None:
    assert [status for status in (None, 199, 200, 204, 299, 300, 410, 500) if is_success(status)] == [
        200,
        204,
        299,
    ]
    assert [status for status in (299, 300, 304, 399, 400) if is_redirect(status)] == [300, 304, 399]
