"""Where an account's callbacks go: list receivers, look at one, enable one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kirin_video.domain.callback import Receiver
from kirin_video.domain.delivery_listing import read_receiver_listing, receiver_cursor
from kirin_video.domain.errors import NotFound
from kirin_video.domain.identities import may_be_id
from kirin_video.services.authenticate import Caller
from kirin_video.store.callback_rows import CallbackRows
from kirin_video.store.database import Connection, Database

_UNKNOWN: Final = "There is no receiver with this id in your account."


@dataclass(frozen=True, slots=True)
class ReceiverPage:
    """A page of a list.

    Attributes:
        receivers: those first that were named first.
        next_cursor: where the next page begins; None if this is the last.
    """

    receivers: tuple[Receiver, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class ListReceivers:
    """Lists receivers of the caller's account.

    Attributes:
        database: where they are.
        callbacks: their rows.
    """

    database: Database
    callbacks: CallbackRows

    async def __call__(self, caller: Caller, query: Sequence[tuple[str, str]]) -> ReceiverPage:
        """Read a page.

        Args:
            caller: who asks.
            query: names and values of the call's query.

        Raises:
            InvalidRequest: the query is not one.
            Overloaded: the database cannot be reached.
        """
        listing = read_receiver_listing(query)
        async with self.database.connection() as connection:
            found = await self.callbacks.receivers(
                connection, caller.account_id, listing.position, listing.limit + 1
            )
        page = found[: listing.limit]
        more = len(found) > len(page)
        return ReceiverPage(tuple(page), receiver_cursor(page[-1].created_at, page[-1].id) if more else None)


@dataclass(frozen=True)
class ReadReceiver:
    """Reads receivers of the caller's account.

    Attributes:
        database: where they are.
        callbacks: their rows.
    """

    database: Database
    callbacks: CallbackRows

    async def __call__(self, caller: Caller, identity: str) -> Receiver:
        """Read a receiver.

        Raises:
            NotFound: the account has no such receiver, whoever else may.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.within(connection, caller, identity)

    async def within(self, connection: Connection, caller: Caller, identity: str) -> Receiver:
        """Read a receiver over a connection that is there.

        Raises:
            NotFound: as above.
        """
        found = None
        if may_be_id(identity):
            found = await self.callbacks.receiver(connection, caller.account_id, identity)
        if found is None:
            raise NotFound(_UNKNOWN)
        return found


@dataclass(frozen=True)
class EnableReceiver:
    """Lets receivers have their deliveries again.

    Attributes:
        database: where they are.
        callbacks: their rows.
        read: finds them.
    """

    database: Database
    callbacks: CallbackRows
    read: ReadReceiver

    async def __call__(self, caller: Caller, identity: str) -> Receiver:
        """Enable a receiver: what has waited for it is sent, its failures are forgotten.

        Raises:
            NotFound: the account has no such receiver.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            await self.read.within(connection, caller, identity)
            await self.callbacks.enable(connection, caller.account_id, identity)
            return await self.read.within(connection, caller, identity)
