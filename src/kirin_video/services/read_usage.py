"""Tell an account what it used and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.usage import GROUP_BY, MAX_LINES, UsageLine, UsageQuery, read_usage_query
from kirin_video.services.authenticate import Caller
from kirin_video.store.database import Database
from kirin_video.store.usage_rows import UsageRows


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What an account used.

    Attributes:
        query: what was asked for.
        lines: the figures, by day, key, model and mode.
    """

    query: UsageQuery
    lines: Sequence[UsageLine]

    @property
    def total(self) -> UsageLine:
        """All lines together."""
        return UsageLine(
            *(None,) * 5,
            completed=sum(line.completed for line in self.lines),
            failed=sum(line.failed for line in self.lines),
            seconds=sum(line.seconds for line in self.lines),
            cost=sum(line.cost for line in self.lines),
            discount=sum(line.discount for line in self.lines),
        )


@dataclass(frozen=True)
class ReadUsage:
    """Reads what the caller's account used.

    Attributes:
        database: where the ledger is.
        usage: adds it up.
    """

    database: Database
    usage: UsageRows

    async def __call__(self, caller: Caller, query: Sequence[tuple[str, str]]) -> UsageReport:
        """Add up what the account used. A task counts on the day on which it ended.

        Args:
            caller: who asks.
            query: names and values of the call's query.

        Raises:
            InvalidRequest: the query is not one, or its answer would be too long.
            Overloaded: the database cannot be reached.
        """
        asked = read_usage_query(query, datetime.now(UTC).date())
        since, until = _midnight(asked.since), _midnight(asked.until + timedelta(days=1))
        async with self.database.connection() as connection:
            lines = await self.usage.add_up(
                connection, caller.account_id, since, until, asked.group_by, MAX_LINES + 1
            )
        if len(lines) > MAX_LINES:
            message = (
                f"The report would have more than {MAX_LINES:,} lines; ask for fewer days, or group by less."
            )
            raise InvalidRequest((Violation(GROUP_BY.name, Fault.INVALID_PARAMETER, message),))
        return UsageReport(asked, lines)


def _midnight(day: date) -> datetime:
    """When a day begins in UTC."""
    return datetime.combine(day, time(), UTC)
