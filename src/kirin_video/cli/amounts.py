"""Amounts of money, percentages and moments as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.domain.money import MICRO_PER_USD, usd

if TYPE_CHECKING:
    from datetime import datetime

_LARGEST_USD = 1_000_000_000
_PERCENT = 100
_CENTI = Decimal("0.01")


def read_usd(text: str, option: str, *, negative: bool = False) -> int:
    """Read an amount of US dollars.

    Args:
        text: plain decimal text.
        option: where it was given, for the message.
        negative: whether it may be less than nothing.

    Returns:
        Micro-dollars.

    Raises:
        CommandFailed: it is none, or too large.
    """
    try:
        amount = usd(text.strip().removeprefix("$"))
    except ValueError:
        amount = None
    if amount is None or abs(amount) > _LARGEST_USD * MICRO_PER_USD or (amount < 0 and not negative):
        least = f"-{_LARGEST_USD:,}" if negative else "0"
        raise CommandFailed(
            f'{option} is "{text}"; give US dollars from {least} to {_LARGEST_USD:,} with at most six '
            "decimals, such as 12.50.",
            ExitCode.USAGE,
        )
    return amount


def read_percent(text: str, what: str) -> Decimal:
    """Read a percentage.

    Raises:
        CommandFailed: it is none.
    """
    bare = text.strip().removesuffix("%")
    number = Decimal(bare) if bare.replace(".", "", 1).isdecimal() and bare.isascii() else None
    if number is None or number > _PERCENT or number != number.quantize(_CENTI):
        raise CommandFailed(
            f'{what} is "{text}"; give a percentage from 0 to 100 with at most two decimals, such as 12.5.',
            ExitCode.USAGE,
        )
    return number


def read_moment(text: str | None, option: str) -> datetime | None:
    """Read a moment, in UTC unless it says otherwise; None if it was left out.

    Raises:
        CommandFailed: it is none.
    """
    from datetime import UTC, datetime  # noqa: PLC0415  # `kirin --help` does without

    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CommandFailed(
            f'{option} is "{text}"; give a day or a moment, such as 2027-01-01 or 2027-01-01T06:00+01:00; '
            "it is in UTC unless it says otherwise.",
            ExitCode.USAGE,
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
