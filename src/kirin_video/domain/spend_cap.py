"""Spend caps of keys: the most that the tasks of a key may cost, in a calendar month or in all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from kirin_video.domain.money import MICRO_PER_USD, format_usd

LARGEST_CAP: Final = 1_000_000_000 * MICRO_PER_USD
"""Micro-dollars that a cap may be at most."""

_MONTHS: Final = 12


class CapPeriod(StrEnum):
    """What a cap counts."""

    MONTH = "month"
    """The tasks created in a calendar month in UTC; with each month it begins anew."""

    TOTAL = "total"
    """All tasks there ever were."""

    @property
    def in_words(self) -> str:
        """As it stands after an amount."""
        return "a month" if self is CapPeriod.MONTH else "in all"


@dataclass(frozen=True, slots=True)
class SpendCap:
    """What a key may spend.

    Attributes:
        amount: micro-dollars.
        period: in what time.
    """

    amount: int
    period: CapPeriod = CapPeriod.MONTH


@dataclass(frozen=True, slots=True)
class CapStanding:
    """A cap and what counts towards it now.

    Attributes:
        cap: what may be spent.
        spent: micro-dollars that completed tasks were charged.
        held: micro-dollars that are held for tasks that have not ended.
    """

    cap: SpendCap
    spent: int = 0
    held: int = 0

    @property
    def left(self) -> int:
        """Micro-dollars that may still be spent; less than nothing if the cap was lowered since."""
        return self.cap.amount - self.spent - self.held

    def holding(self, more: int) -> CapStanding:
        """The same after this many micro-dollars more are held."""
        return replace(self, held=self.held + more)

    def begins_anew_at(self, now: datetime) -> datetime | None:
        """When what was spent counts no more; None for a cap on all."""
        if self.cap.period is CapPeriod.TOTAL:
            return None
        now = now.astimezone(UTC)
        years, month = divmod(now.month, _MONTHS)
        return datetime(now.year + years, month + 1, 1, tzinfo=UTC)

    def shortfall(self, needed: int, now: datetime) -> str:
        """Say that the cap does not cover a price, what counts towards it and what to do.

        Args:
            needed: micro-dollars.
            now: the time; aware.
        """
        anew = self.begins_anew_at(now)
        next_month = "" if anew is None else f"; the cap begins anew on {anew:%Y-%m-%d} (UTC)"
        return (
            f"The task needs ${format_usd(needed)}, and this key's spend cap of "
            f"${format_usd(self.cap.amount)} {self.cap.period.in_words} has ${format_usd(max(0, self.left))} "
            f"left: ${format_usd(self.spent)} is spent and ${format_usd(self.held)} is held for tasks that "
            "have not ended. What is held for a task comes back if it fails or is "
            f"cancelled{next_month}; whoever made the key can raise the cap on the "
            'console\'s page of keys or with "kirin keys cap".'
        )
