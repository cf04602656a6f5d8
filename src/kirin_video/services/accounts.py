"""What an operator does with accounts: create, list, limit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.account import Account
from kirin_video.domain.errors import Conflict
from kirin_video.services.budgets import unknown_account
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.database import Database


@dataclass(frozen=True)
class CreateAccount:
    """Makes accounts.

    Attributes:
        database: where they are.
        accounts: their rows.
    """

    database: Database
    accounts: AccountRows

    async def __call__(self, account_id: str, limits: LimitOverrides) -> None:
        """Make an account.

        Args:
            account_id: its name, of the form that ``is_account_name`` knows.
            limits: its own; what is left out follows the server's settings.

        Raises:
            Conflict: there is one of this name.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            made = await self.accounts.insert(connection, account_id, limits)
        if not made:
            raise Conflict(f'There is an account "{account_id}" already.')


@dataclass(frozen=True)
class ListAccounts:
    """Lists accounts.

    Attributes:
        database: where they are.
        accounts: their rows.
    """

    database: Database
    accounts: AccountRows

    async def __call__(self) -> list[Account]:
        """List every account, by name.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.accounts.all(connection)


@dataclass(frozen=True)
class LimitAccount:
    """Gives accounts limits of their own.

    Attributes:
        database: where they are.
        accounts: their rows.
    """

    database: Database
    accounts: AccountRows

    async def __call__(self, account_id: str, limits: LimitOverrides, named: Collection[str]) -> None:
        """Replace some of an account's own limits; every process knows within a second.

        Args:
            account_id: the account.
            limits: its new ones.
            named: which of them are meant; the others stay as they are.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            found = await self.accounts.set_limits(connection, account_id, limits, named)
        if not found:
            raise unknown_account(account_id)
