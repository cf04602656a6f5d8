"""Deliveries as their receivers' owners see them: listed, looked at, sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kirin_video.domain.callback import (
    Attempt,
    Delivery,
    DeliveryEvent,
    DeliveryState,
    Problem,
)
from kirin_video.domain.delivery_listing import DeliveryListing
from kirin_video.domain.listing import Order
from kirin_video.store.database import Connection, Database, Row

_END_OF_NUMBERS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    """A delivery as it is kept.

    Attributes:
        delivery: the delivery.
        body: what is sent; None before the first attempt.
        is_disabled: whether its receiver is disabled.
    """

    delivery: Delivery
    body: str | None
    is_disabled: bool


class DeliveryRows:
    """Reads deliveries, and puts them into the outbox again.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self, connection: Connection, account_id: str, listing: DeliveryListing, task_id: str | None
    ) -> list[Delivery]:
        """Read a page of an account's deliveries, and one more if there is another page."""
        newest_first = listing.order is Order.DESC
        parameters = {
            "account_id": account_id,
            "task_id": task_id,
            "receiver_id": listing.receiver_id,
            "state": listing.state,
            "event": listing.event,
            "position": listing.position or (_END_OF_NUMBERS if newest_first else 0),
            "limit": listing.limit + 1,
        }
        name = "list_deliveries_newest_first" if newest_first else "list_deliveries_oldest_first"
        # Planned anew each time: which index is best depends on the filters.
        rows = await self._database.rows(connection, name, parameters, prepare=False)
        return [_delivery(row) for row in rows]

    async def find(self, connection: Connection, account_id: str, identity: str) -> StoredDelivery | None:
        """Read one delivery of an account."""
        parameters = {"account_id": account_id, "id": identity}
        row = await self._database.row(connection, "find_delivery", parameters)
        return None if row is None else StoredDelivery(_delivery(row), row["body"], row["disabled"])

    async def attempts(self, connection: Connection, identity: str) -> list[Attempt]:
        """Read a delivery's attempts, the first first."""
        rows = await self._database.rows(connection, "list_attempts", {"id": identity})
        return [
            Attempt(
                number=row["number"],
                started_at=row["started_at"],
                duration_ms=row["duration_ms"],
                status=row["status"],
                problem=None if row["problem"] is None else Problem(row["problem"]),
                answer=row["answer"],
            )
            for row in rows
        ]

    async def resend(self, connection: Connection, account_id: str, identity: str, ahead: timedelta) -> None:
        """Send a delivery again from the beginning of the schedule; one that is being tried goes on."""
        parameters = {"account_id": account_id, "id": identity, "ahead": ahead}
        await self._database.run(connection, "resend_delivery", parameters)

    async def insert_test(  # noqa: PLR0913 - a test has this many parts
        self,
        connection: Connection,
        *,
        identity: str,
        account_id: str,
        receiver_id: str,
        url: str,
        body: str,
        ahead: timedelta,
    ) -> None:
        """Put a test into the outbox."""
        parameters = {
            "id": identity,
            "account_id": account_id,
            "receiver_id": receiver_id,
            "url": url,
            "body": body,
            "ahead": ahead,
        }
        await self._database.run(connection, "insert_test", parameters)

    async def forget(self, connection: Connection, kept: timedelta, limit: int, ahead: timedelta) -> int:
        """Forget deliveries that ended longer ago than they are kept; gives how many."""
        parameters = {"kept": kept, "limit": limit, "ahead": ahead}
        return len(await self._database.rows(connection, "forget_deliveries", parameters))


def _delivery(row: Row) -> Delivery:
    return Delivery(
        number=row["number"],
        id=row["id"],
        receiver_id=row["receiver_id"],
        task_id=row["task_id"],
        event=DeliveryEvent(row["event"]),
        url=row["url"],
        state=DeliveryState(row["state"]),
        created_at=row["created_at"],
        next_attempt_at=row["next_attempt_at"],
        attempts=row["attempts"],
        last_status=row["last_status"],
    )
