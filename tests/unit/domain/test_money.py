from decimal import Decimal

import pytest

from kirin_video.domain.money import format_usd, usd


@pytest.mark.parametrize(
    ("text", "micro", "shown"),
    [
        ("0.56", 560_000, "0.56"),
        ("0.084", 84_000, "0.084"),
        ("1", 1_000_000, "1.00"),
        ("0", 0, "0.00"),
        ("-0.5", -500_000, "-0.50"),
        ("0.000001", 1, "0.000001"),
        ("12.3400000000", 12_340_000, "12.34"),
        ("1000000", 10**12, "1000000.00"),
    ],
)
def test_reads_and_writes_dollars(text: str, micro: int, shown: str) -> None:
    assert usd(text) == micro
    assert usd(Decimal(text)) == micro
    assert format_usd(micro) == shown


@pytest.mark.parametrize(
    "text", ["", "1e3", "NaN", "inf", "0.0000001", "1,5", " 1", "1_000", "٣", "9" * 21, "$1"]
)
def test_refuses_what_is_no_exact_amount(text: str) -> None:
    with pytest.raises(ValueError, match="dollars"):
        usd(text)


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "1e-7", "1e999999999", "1e-999999999", "9223372036854.775808"]
)
def test_refuses_decimals_beyond_what_can_be_kept(text: str) -> None:
    with pytest.raises(ValueError, match="dollars"):
        usd(Decimal(text))


def test_keeps_the_largest_amount() -> None:
    assert usd("9223372036854.775807") == 2**63 - 1
