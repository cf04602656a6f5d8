"""What an operator does with an account's budget: set it, add to it, take it away.

A budget is what an account may still spend. A task takes its price from it when it is created, and gives back
what is not charged when it ends; so what is held and charged together is never more than was granted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.domain.money import format_usd
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.database import Connection, Database


@dataclass(frozen=True)
class SetBudget:
    """Says what accounts may still spend.

    Attributes:
        database: where their books are.
        budgets: the rows of budgets.
    """

    database: Database
    budgets: BudgetRows

    async def __call__(self, account_id: str, left: int) -> None:
        """Let an account spend this much from now on, besides what is held for its tasks already.

        Args:
            account_id: the account.
            left: micro-dollars.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            had = (await self.budgets.lock(connection, [account_id])).get(account_id)
            if had is not None:
                await self.budgets.grant(connection, account_id, left - had)
                return
            funds = await self.budgets.lock_funds(connection, account_id)
            if funds is None:
                raise unknown_account(account_id)
            await self.budgets.grant(connection, account_id, left - funds)
            await self.budgets.open(connection, account_id, left)


@dataclass(frozen=True)
class AddToBudget:
    """Lets accounts that have a budget spend more, or less.

    Attributes:
        database: where their books are.
        budgets: the rows of budgets.
    """

    database: Database
    budgets: BudgetRows

    async def __call__(self, account_id: str, amount: int) -> int:
        """Add to what an account may still spend.

        Args:
            account_id: the account.
            amount: micro-dollars; less than nothing takes some away.

        Returns:
            What it may spend now, in micro-dollars.

        Raises:
            NotFound: there is no such account.
            Conflict: it has no budget, or less left than is to be taken.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            left = (await self.budgets.lock(connection, [account_id])).get(account_id)
            if left is None:
                await _require_account(connection, self.budgets, account_id)
                raise Conflict(f'Account "{account_id}" has no budget to add to; set one first.')
            if left + amount < 0:
                raise Conflict(f'Account "{account_id}" has ${format_usd(left)} left; no more can be taken.')
            await self.budgets.grant(connection, account_id, amount)
            return left + amount


@dataclass(frozen=True)
class ReadBudget:
    """Tells what accounts may still spend.

    Attributes:
        database: where their books are.
        budgets: the rows of budgets.
    """

    database: Database
    budgets: BudgetRows

    async def __call__(self, account_id: str) -> int | None:
        """What an account may still spend, in micro-dollars; None without a budget.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            left = await self.budgets.find(connection, account_id)
            if left is None:
                await _require_account(connection, self.budgets, account_id)
            return left


@dataclass(frozen=True)
class DropBudget:
    """Lets accounts spend as much as they like.

    Attributes:
        database: where their books are.
        budgets: the rows of budgets.
    """

    database: Database
    budgets: BudgetRows

    async def __call__(self, account_id: str) -> None:
        """Take an account's budget away, if it has one.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            if not await self.budgets.close(connection, account_id):
                await _require_account(connection, self.budgets, account_id)


async def _require_account(connection: Connection, budgets: BudgetRows, account_id: str) -> None:
    if not await budgets.has_account(connection, account_id):
        raise unknown_account(account_id)


def unknown_account(account_id: str) -> NotFound:
    """Say that there is no account of this name."""
    return NotFound(f'There is no account "{account_id}"; "kirin accounts list" shows those there are.')
