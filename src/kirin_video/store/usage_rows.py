"""What accounts used, added up from the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kirin_video.domain.usage import Dimension, UsageLine
from kirin_video.store.database import Connection, Database


class UsageRows:
    """Reads what accounts used.

    Args:
        database: where the ledger is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_up(  # noqa: PLR0913, PLR0917 - what, whose and when
        self,
        connection: Connection,
        account_id: str,
        since: datetime,
        until: datetime,
        group_by: Collection[Dimension],
        limit: int,
    ) -> list[UsageLine]:
        """Add up what an account used.

        Args:
            connection: to read by.
            account_id: the account.
            since: only tasks that ended at this moment or later.
            until: only tasks that ended before this moment.
            group_by: what lines are told apart by.
            limit: lines at most.
        """
        parameters = {
            "account_id": account_id,
            "since": since,
            "until": until,
            "limit": limit,
            **{f"by_{dimension}": dimension in group_by for dimension in Dimension},
        }
        # Planned anew each time: a day and a year want different plans.
        rows = await self._database.rows(connection, "usage", parameters, prepare=False)
        return [UsageLine(**row) for row in rows]
