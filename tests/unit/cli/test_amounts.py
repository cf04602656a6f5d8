from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from kirin_video.cli.amounts import read_moment, read_percent, read_usd
from kirin_video.cli.exit_codes import CommandFailed, ExitCode


def test_what_people_write() -> None:
    assert read_usd("$12.50", "--set") == 12_500_000
    assert read_usd("-0.000001", "--add", negative=True) == -1
    assert read_percent("12.5%", "PERCENT") == Decimal("12.5")
    assert read_moment("2027-01-01", "--from") == datetime(2027, 1, 1, tzinfo=UTC)
    assert read_moment("2027-01-01T06:00+01:00", "--from") == datetime(
        2027, 1, 1, 6, tzinfo=timezone(timedelta(hours=1))
    )
    assert read_moment(None, "--from") is None


@pytest.mark.parametrize("text", ["", "x", "-1", "1e3", "1000000001", "0.0000001", "1,50", "٣", "nan"])
def test_amounts_that_are_none(text: str) -> None:
    with pytest.raises(CommandFailed, match="US dollars from 0") as caught:
        read_usd(text, "--set")
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("text", ["", "-1", "100.01", "1.001", "1.2.3", "½", "nan", "."])
def test_percentages_that_are_none(text: str) -> None:
    with pytest.raises(CommandFailed, match="percentage from 0 to 100"):
        read_percent(text, "PERCENT")


@pytest.mark.parametrize("text", ["", "tomorrow", "2027-13-01", "1769757744"])
def test_moments_that_are_none(text: str) -> None:
    with pytest.raises(CommandFailed, match="UTC unless it says otherwise"):
        read_moment(text, "--from")
