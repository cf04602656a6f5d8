"""Accounts as rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.account import Account
from kirin_video.store.database import Connection, Database, Row


class AccountRows:
    """Reads and writes accounts.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, connection: Connection, account_id: str, limits: LimitOverrides) -> bool:
        """Make an account; gives whether the name was free."""
        parameters = {"account_id": account_id, **_limit_parameters(limits)}
        return await self._database.row(connection, "insert_account", parameters) is not None

    async def exists(self, connection: Connection, account_id: str) -> bool:
        """Whether there is an account of this name."""
        return await self._database.row(connection, "find_account", {"account_id": account_id}) is not None

    async def set_limits(
        self, connection: Connection, account_id: str, limits: LimitOverrides, named: Collection[str]
    ) -> bool:
        """Replace the named ones of an account's own limits; gives whether there is such an account."""
        parameters = {"account_id": account_id, "named": list(named), **_limit_parameters(limits)}
        return await self._database.row(connection, "set_account_limits", parameters) is not None

    async def all(self, connection: Connection) -> list[Account]:
        """Read every account, by name."""
        return [_read_account(row) for row in await self._database.rows(connection, "list_accounts", {})]


def read_overrides(row: Row) -> LimitOverrides:
    """What an account may do in a time, from a row that has the columns of these limits."""
    return LimitOverrides(row["creates_per_minute"], row["reads_per_minute"], row["unfinished_tasks"])


def _limit_parameters(limits: LimitOverrides) -> dict[str, int | None]:
    return {
        "creates_per_minute": limits.creates_per_minute,
        "reads_per_minute": limits.reads_per_minute,
        "unfinished_tasks": limits.unfinished_tasks,
        "running_tasks": limits.running_tasks,
        "priority": limits.priority,
    }


def _read_account(row: Row) -> Account:
    limits = replace(read_overrides(row), running_tasks=row["running_tasks"], priority=row["priority"])
    return Account(
        id=row["id"],
        created_at=row["created_at"],
        limits=limits,
        keys=row["keys"],
        unfinished_tasks=row["unfinished"],
        budget_left=row["left_micro"],
        discount_percent=row["discount_percent"],
    )
