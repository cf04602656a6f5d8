"""What an account does with its deliveries: list them, look at one, send one again, send a test."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kirin_video.domain.callback import DELIVERY_PREFIX, Attempt, Delivery
from kirin_video.domain.callback_requests import read_test_url
from kirin_video.domain.delivery_listing import delivery_cursor, read_delivery_listing
from kirin_video.domain.errors import Conflict, InvalidRequest, NotFound
from kirin_video.domain.identities import may_be_id
from kirin_video.domain.inputs import MODEL
from kirin_video.domain.task import new_task_id
from kirin_video.domain.wire import TaskResource
from kirin_video.services.authenticate import Caller
from kirin_video.services.callback_address import AddressRefusal, callback_violations
from kirin_video.services.callback_secrets import Ahead, no_time_ahead
from kirin_video.services.deliver import encode_body
from kirin_video.services.read_task import ReadTask
from kirin_video.store.callback_rows import CallbackRows
from kirin_video.store.database import Connection, Database
from kirin_video.store.delivery_rows import DeliveryRows, StoredDelivery

TEST_EXTERNAL_ID: Final = "kirin-callback-test"
"""The external_task_id of the task in a test, by which receivers can tell it."""

_UNKNOWN: Final = "There is no delivery with this id in your account."


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A page of a list.

    Attributes:
        deliveries: in the order asked for.
        next_cursor: where the next page begins; None if this is the last.
    """

    deliveries: tuple[Delivery, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery with all that is known of it.

    Attributes:
        delivery: the delivery.
        body: what is sent; None before the first attempt.
        attempts: the first first.
    """

    delivery: Delivery
    body: str | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class ListDeliveries:
    """Lists deliveries of the caller's account.

    Attributes:
        database: where they are.
        deliveries: their rows.
        read_task: finds the task that a filter names.
    """

    database: Database
    deliveries: DeliveryRows
    read_task: ReadTask

    async def __call__(self, caller: Caller, query: Sequence[tuple[str, str]]) -> DeliveryPage:
        """Read a page. Deliveries have numbers that never change: none comes twice.

        Args:
            caller: who asks.
            query: names and values of the call's query.

        Raises:
            InvalidRequest: the query is not one.
            Overloaded: the database cannot be reached.
        """
        listing = read_delivery_listing(query)
        task_id = None
        if listing.task is not None:
            try:
                task_id = (await self.read_task(caller, listing.task)).id
            except NotFound:
                return DeliveryPage((), None)
        async with self.database.connection() as connection:
            found = await self.deliveries.page(connection, caller.account_id, listing, task_id)
        page = found[: listing.limit]
        more = len(found) > len(page)
        return DeliveryPage(tuple(page), delivery_cursor(page[-1].number) if more else None)


@dataclass(frozen=True)
class ReadDelivery:
    """Reads deliveries of the caller's account.

    Attributes:
        database: where they are.
        deliveries: their rows.
    """

    database: Database
    deliveries: DeliveryRows

    async def __call__(self, caller: Caller, identity: str) -> DeliveryRecord:
        """Read a delivery with its attempts.

        Raises:
            NotFound: the account has no such delivery, whoever else may.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.within(connection, caller, identity)

    async def within(self, connection: Connection, caller: Caller, identity: str) -> DeliveryRecord:
        """Read a delivery over a connection that is there.

        Raises:
            NotFound: as above.
        """
        stored = await self.find(connection, caller, identity)
        attempts = await self.deliveries.attempts(connection, identity)
        return DeliveryRecord(stored.delivery, stored.body, tuple(attempts))

    async def find(self, connection: Connection, caller: Caller, identity: str) -> StoredDelivery:
        """Read a delivery without its attempts.

        Raises:
            NotFound: as above.
        """
        found = None
        if may_be_id(identity):
            found = await self.deliveries.find(connection, caller.account_id, identity)
        if found is None:
            raise NotFound(_UNKNOWN)
        return found


@dataclass(frozen=True)
class ResendDelivery:
    """Sends deliveries again.

    Attributes:
        database: where they are.
        deliveries: their rows.
        read: finds them.
        ahead: how far time is ahead.
    """

    database: Database
    deliveries: DeliveryRows
    read: ReadDelivery
    ahead: Ahead = no_time_ahead

    async def __call__(self, caller: Caller, identity: str) -> DeliveryRecord:
        """Send a delivery again at once, under its id and with its bytes, and from the schedule's beginning.

        A receiver that wanted no more of the task gets what comes after it too.

        Raises:
            NotFound: the account has no such delivery.
            Conflict: its receiver is disabled.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            stored = await self.read.find(connection, caller, identity)
            if stored.is_disabled:
                raise disabled(stored.delivery.receiver_id)
            await self.deliveries.resend(connection, caller.account_id, identity, self.ahead())
            return await self.read.within(connection, caller, identity)


@dataclass(frozen=True)
class SendTest:
    """Sends tests.

    Attributes:
        database: where deliveries are.
        deliveries: their rows.
        callbacks: the rows of receivers.
        address_refusal: why a URL may not be connected to, as far as its text tells; None if it may.
        ahead: how far time is ahead.
    """

    database: Database
    deliveries: DeliveryRows
    callbacks: CallbackRows
    address_refusal: AddressRefusal
    ahead: Ahead = no_time_ahead

    async def __call__(self, caller: Caller, raw: object) -> Delivery:
        """Put a test on its way: one attempt at a URL, signed as everything is.

        Args:
            caller: who asks.
            raw: the decoded JSON of the request.

        Raises:
            InvalidRequest: the URL cannot be called.
            Conflict: its receiver is disabled.
            Overloaded: the database cannot be reached.
        """
        url = read_test_url(raw)
        if violations := callback_violations(url, self.address_refusal, "url"):
            raise InvalidRequest(tuple(violations))
        identity = f"{DELIVERY_PREFIX}{new_task_id()}_test"
        async with self.database.transaction() as connection:
            [receiver] = await self.callbacks.name_receivers(connection, [(caller.account_id, url)])
            known = await self.callbacks.receiver(connection, caller.account_id, receiver)
            if known is not None and known.disabled_at is not None:
                raise disabled(receiver)
            await self.deliveries.insert_test(
                connection,
                identity=identity,
                account_id=caller.account_id,
                receiver_id=receiver,
                url=url,
                body=encode_body(_test_task()),
                ahead=self.ahead(),
            )
            stored = await self.deliveries.find(connection, caller.account_id, identity)
        assert stored is not None, "it was written in this transaction"
        return stored.delivery


def disabled(receiver_id: str) -> Conflict:
    """Refuse to send to a receiver that is disabled."""
    return Conflict(
        f"Receiver {receiver_id} is disabled, because every attempt has failed for days. Enable it first: "
        f"POST /model/v1/callbacks/receivers/{receiver_id}/enable."
    )


def _test_task() -> TaskResource:
    """What a test tells: a task that has just begun, and that nobody has made."""
    return TaskResource(
        id=new_task_id(),
        created_at=time.time_ns() // 1_000_000,
        status="in_progress",
        model=MODEL,
        external_task_id=TEST_EXTERNAL_ID,
        progress=0.0,
    )
