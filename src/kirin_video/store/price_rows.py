"""Price lists and discounts as rows. They are only ever added."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from kirin_video.domain.pricing import Discount, PriceList, PriceVersion
from kirin_video.store.database import Connection, Database, Row


class PriceRows:
    """Reads and adds price lists and discounts.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def in_force(self, connection: Connection, moment: datetime | None = None) -> PriceVersion | None:
        """The price list of a moment, or of now; None where the server's settings hold."""
        row = await self._database.row(connection, "prices_in_force", {"moment": moment})
        return None if row is None else _read_version(row)

    async def all(self, connection: Connection) -> list[tuple[PriceVersion, bool]]:
        """Every price list in the order of its time, and whether it is in force now."""
        rows = await self._database.rows(connection, "list_prices", {})
        return [(_read_version(row), bool(row["in_force"])) for row in rows]

    async def insert(
        self, connection: Connection, prices: PriceList, moment: datetime | None
    ) -> PriceVersion | None:
        """Add a price list, in force from a moment or from now; None if that is past."""
        parameters = {**prices.model_dump(), "moment": moment}
        row = await self._database.row(connection, "insert_prices", parameters)
        if row is None:
            return None
        return PriceVersion(row["version"], prices, row["valid_from"], row["created_at"])

    async def insert_discount(
        self, connection: Connection, account_id: str, percent: Decimal, moment: datetime | None
    ) -> bool:
        """Give an account a discount from a moment or from now; gives whether that is not past."""
        parameters = {"account_id": account_id, "percent": percent, "moment": moment}
        return await self._database.row(connection, "insert_discount", parameters) is not None

    async def discounts(self, connection: Connection, account_id: str) -> list[Discount]:
        """Every discount of an account in the order of its time."""
        rows = await self._database.rows(connection, "list_discounts", {"account_id": account_id})
        return [Discount(row["percent"], row["valid_from"], row["created_at"]) for row in rows]


def _read_version(row: Row) -> PriceVersion:
    prices = PriceList(**{name: row[name] for name in PriceList.model_fields})
    return PriceVersion(row["version"], prices, row["valid_from"], row["created_at"])
