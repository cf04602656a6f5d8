"""When a delivery is tried again, and when it is given up: pure arithmetic.

Ten attempts over about 75 hours, in the steps that the Standard Webhooks specification proposes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

_MINUTE: Final = 60.0
_HOUR: Final = 60 * _MINUTE

DELAYS_S: Final = (
    5.0,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)
"""Seconds from one failed attempt to the next."""

MAX_ATTEMPTS: Final = len(DELAYS_S) + 1

JITTER: Final = 0.1
"""Each delay is stretched or shortened by up to this part of itself, so that a receiver which comes back is
not met by everybody at once."""

MAX_RETRY_AFTER_S: Final = 24 * _HOUR
"""A receiver can put an attempt off for no longer than this."""

SPAN_S: Final = sum(DELAYS_S) * (1 + JITTER)
"""Seconds that the attempts of one delivery take at most, unless its receiver puts them off."""

DISABLED_AFTER: Final = timedelta(days=5)
"""A receiver that has done nothing but fail for so long is disabled."""

FORGOTTEN_AFTER: Final = timedelta(days=2)
"""Failures further apart than this, which no single delivery's are, do not add up."""


def retry_delay_s(failures: int, retry_after_s: float | None, chance: float) -> float | None:
    """Seconds until the next attempt; None if there is none.

    Args:
        failures: attempts that have failed, the last one included.
        retry_after_s: what the receiver asked for, if it did.
        chance: uniform in 0.0 to 1.0, for the jitter.
    """
    if failures >= MAX_ATTEMPTS:
        return None
    jittered = DELAYS_S[failures - 1] * (1 + JITTER * (2 * chance - 1))
    return max(jittered, min(retry_after_s or 0.0, MAX_RETRY_AFTER_S))


def retry_after_s(header: str | None, now: datetime) -> float | None:
    """Read ``Retry-After``: seconds, or a date; None if it is neither.

    Args:
        header: the header's value, if there is one.
        now: the moment of the answer; aware.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def is_success(status: int | None) -> bool:
    """Whether an answer means that the delivery arrived."""
    return status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def is_redirect(status: int) -> bool:
    """Whether an answer sends us elsewhere; we do not go."""
    return HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
