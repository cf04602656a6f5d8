"""What things cost now, and what an operator does about it: set prices, give discounts.

Price lists and discounts are only ever added, each from a moment that is not past, so that what a task was
priced at stays true of its time. A task keeps its own price, whatever comes into force after it was created.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kirin_video.domain.errors import Conflict
from kirin_video.domain.pricing import Discount, PricedList, PriceList, PriceVersion
from kirin_video.services.batch import Batch
from kirin_video.services.budgets import unknown_account
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.database import Database
from kirin_video.store.price_rows import PriceRows

_FRESH_S = 0.8  # everybody goes by a new list within a second
_PAST = "What is past has its price: name a moment to come, or none for now."


class CurrentPrices:
    """The price list in force, looked up about once a second.

    Args:
        database: where price lists are.
        prices: their rows.
        default: the prices of the server's settings, which hold until the first list comes into force.
    """

    def __init__(self, database: Database, prices: PriceRows, default: PriceList) -> None:
        self._database = database
        self._prices = prices
        self._default = PricedList(None, default)
        self._known: tuple[float, PricedList] | None = None
        self._look_up: Batch[None, PricedList] = Batch(self._find, window_s=0.0)

    async def __call__(self) -> PricedList:
        """The prices of now.

        Raises:
            Overloaded: the database cannot be reached.
        """
        known = self._known
        if known is not None and time.monotonic() - known[0] < _FRESH_S:
            return known[1]
        return await self._look_up(None)

    async def _find(self, asked: Sequence[None]) -> list[PricedList]:
        asked_at = time.monotonic()
        async with self._database.connection() as connection:
            version = await self._prices.in_force(connection)
        found = self._default if version is None else PricedList(version.version, version.prices)
        self._known = (asked_at, found)
        return [found] * len(asked)


@dataclass(frozen=True)
class SetPrices:
    """Adds price lists.

    Attributes:
        database: where they are.
        prices: their rows.
    """

    database: Database
    prices: PriceRows

    async def __call__(self, changes: Mapping[str, int], moment: datetime | None = None) -> PriceVersion:
        """Add a price list.

        Args:
            changes: micro-dollars for a second, by the name in ``PriceList``; what is not named costs what it
                does in the list before.
            moment: when it comes into force; now if left out.

        Raises:
            Conflict: not all prices are named, and there is no list before; or the moment is past.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            before = await self.prices.in_force(connection, moment)
            missing = [name for name in PriceList.model_fields if name not in changes]
            if before is None and missing:
                raise Conflict(f"The first price list names every price; left out: {', '.join(missing)}.")
            prices = (before.prices if before else PriceList()).model_copy(update=dict(changes))
            made = await self.prices.insert(connection, prices, moment)
        if made is None:
            raise Conflict(_PAST)
        return made


@dataclass(frozen=True)
class ListPrices:
    """Lists price lists.

    Attributes:
        database: where they are.
        prices: their rows.
    """

    database: Database
    prices: PriceRows

    async def __call__(self) -> list[tuple[PriceVersion, bool]]:
        """Every price list in the order of its time, and whether it is in force now.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.prices.all(connection)


@dataclass(frozen=True)
class GiveDiscount:
    """Gives accounts discounts.

    Attributes:
        database: where they are.
        prices: their rows.
        accounts: whose they are.
    """

    database: Database
    prices: PriceRows
    accounts: AccountRows

    async def __call__(self, account_id: str, percent: Decimal, moment: datetime | None = None) -> None:
        """Give an account a discount on all that it creates from a moment on.

        Args:
            account_id: the account.
            percent: 0 to 100, with two decimals at most.
            moment: when it comes into force; now if left out.

        Raises:
            NotFound: there is no such account.
            Conflict: the moment is past.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            if not await self.accounts.exists(connection, account_id):
                raise unknown_account(account_id)
            if not await self.prices.insert_discount(connection, account_id, percent, moment):
                raise Conflict(_PAST)

    async def history(self, account_id: str) -> list[Discount]:
        """Every discount of an account in the order of its time.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            if not await self.accounts.exists(connection, account_id):
                raise unknown_account(account_id)
            return await self.prices.discounts(connection, account_id)
