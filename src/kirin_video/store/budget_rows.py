"""Budgets as rows: what accounts may still spend."""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.store.database import Connection, Database


class BudgetRows:
    """Reads and changes budgets. What is held, charged and released moves them by itself.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lock(self, connection: Connection, account_ids: Sequence[str]) -> dict[str, int]:
        """Micro-dollars left to each of these accounts that has a budget; nobody else draws on them."""
        rows = await self._database.rows(connection, "lock_budgets", {"account_ids": account_ids})
        return {row["account_id"]: row["left_micro"] for row in rows}

    async def find(self, connection: Connection, account_id: str) -> int | None:
        """Micro-dollars left to an account; None without a budget."""
        row = await self._database.row(connection, "find_budget", {"account_id": account_id})
        return None if row is None else row["left_micro"]

    async def has_account(self, connection: Connection, account_id: str) -> bool:
        """Whether there is such an account, with a budget or without."""
        return await self._database.row(connection, "find_account", {"account_id": account_id}) is not None

    async def lock_funds(self, connection: Connection, account_id: str) -> int | None:
        """Micro-dollars of an account's funds; nobody else moves them. None if there is no account."""
        if await self._database.row(connection, "lock_funds", {"account_id": account_id}) is None:
            return None
        row = await self._database.row(connection, "sum_funds", {"account_id": account_id})
        assert row is not None
        return int(row["funds_micro"])

    async def grant(self, connection: Connection, account_id: str, amount: int) -> None:
        """Give an account funds, or take some away, in micro-dollars."""
        parameters = {"account_id": account_id, "amount_micro": amount}
        await self._database.run(connection, "grant_funds", parameters)

    async def open(self, connection: Connection, account_id: str, left: int) -> None:
        """Hold an account to its funds, which are this many micro-dollars."""
        parameters = {"account_id": account_id, "left_micro": left}
        await self._database.run(connection, "open_budget", parameters)

    async def close(self, connection: Connection, account_id: str) -> bool:
        """Take an account's budget away; gives whether it had one."""
        return await self._database.row(connection, "close_budget", {"account_id": account_id}) is not None
