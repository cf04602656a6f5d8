"""Money as whole micro-dollars: a millionth of a US dollar, an ``int``, never a float."""

from __future__ import annotations

import re
from decimal import Decimal

MICRO_PER_USD = 1_000_000
"""Micro-dollars in one US dollar."""

_DECIMALS = 6
_MAX_MICRO = 2**63 - 1
_PLAIN = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")


def usd(amount: str | Decimal) -> int:
    """Read an amount of US dollars exactly.

    Args:
        amount: plain decimal text such as ``"0.56"``, or a ``Decimal``.

    Returns:
        The amount in micro-dollars.

    Raises:
        ValueError: not a plain decimal number, finer than a micro-dollar, or beyond 63 bits.
    """
    if isinstance(amount, str):
        if not _PLAIN.fullmatch(amount):
            raise ValueError(f"not a decimal amount of dollars: {amount[:40]!r}")
        amount = Decimal(amount)
    return _scaled(amount)


def _scaled(amount: Decimal) -> int:
    """``amount`` times a million. Digits are counted first, so that no exponent can cost memory."""
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("not a finite amount of dollars")  # noqa: TRY004  # NaN and infinity: a value, not a type
    significant = "".join(map(str, digits)).strip("0")
    if not significant:
        return 0
    exponent += len(digits) - len("".join(map(str, digits)).rstrip("0"))
    if exponent < -_DECIMALS:
        raise ValueError("an amount of dollars has at most six decimals")
    if len(significant) + exponent > len(str(_MAX_MICRO)):
        raise ValueError("an amount of dollars beyond what can be kept")
    micro = int(significant) * 10 ** (exponent + _DECIMALS)
    if micro > _MAX_MICRO:
        raise ValueError("an amount of dollars beyond what can be kept")
    return -micro if sign else micro


def format_usd(micro: int) -> str:
    """Write micro-dollars as dollars: at least two decimals and no needless zeros, such as ``0.56``."""
    whole, part = divmod(abs(micro), MICRO_PER_USD)
    decimals = f"{part:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if micro < 0 else ''}{whole}.{decimals}"
