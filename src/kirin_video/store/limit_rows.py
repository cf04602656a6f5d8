"""What limits are measured by: windows of creates, and tasks that are not finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kirin_video.domain.access import WINDOW_S
from kirin_video.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Window:
    """An account's window after some creates were counted in it.

    Attributes:
        used: creates counted, those just now included.
        left_s: seconds until the window ends.
    """

    used: int
    left_s: float


class LimitRows:
    """Counts.

    Args:
        database: where the counts are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_creates(self, connection: Connection, creates: Mapping[str, int]) -> Mapping[str, Window]:
        """Count creates in their accounts' windows, whether or not they will be let through.

        Args:
            connection: outside a transaction, so that no row stays locked.
            creates: how many of each account.

        Returns:
            The window of each account.
        """
        accounts = sorted(creates)  # one order everywhere, so that two processes cannot block each other
        parameters = {
            "account_ids": accounts,
            "counts": [creates[account] for account in accounts],
            "window_s": WINDOW_S,
        }
        rows = await self._database.rows(connection, "count_creates", parameters)
        return {row["account_id"]: Window(row["used"], row["left_s"]) for row in rows}

    async def lock_accounts(self, connection: Connection, account_ids: Sequence[str]) -> None:
        """Let no one else create tasks within these accounts' limits until the transaction ends."""
        await self._database.rows(connection, "lock_accounts", {"account_ids": account_ids})

    async def unfinished(self, connection: Connection, account_ids: Sequence[str]) -> dict[str, int]:
        """Count the tasks of accounts that are queued or in progress."""
        rows = await self._database.rows(connection, "count_unfinished", {"account_ids": account_ids})
        return {row["account_id"]: row["unfinished"] for row in rows}
