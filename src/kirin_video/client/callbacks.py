"""Callbacks, from the client: what ``client.callbacks`` is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack
from urllib.parse import quote

import httpx2

from kirin_video.client.answers import read_answer
from kirin_video.client.connection import Connection
from kirin_video.domain.wire_callbacks import (
    CallbackSecret,
    DeliveryList,
    DeliveryRecord,
    DeliveryResource,
    Event,
    ReceiverList,
    ReceiverResource,
    State,
)

Body = dict[str, object]


class DeliveryFilters(TypedDict, total=False):
    """Which deliveries to list, named as the API names it."""

    task: str
    receiver: str
    state: State
    event: Event
    limit: int
    order: Literal["asc", "desc"]


@dataclass(frozen=True)
class Callbacks:
    """What was sent to your ``callback_url``s, and where it goes.

    ```python
    for delivery in client.callbacks.deliveries(state="failed"):
        client.callbacks.resend(delivery.id)
    ```

    Attributes:
        connection: the server.
        send: sends a request: method, URL, body.
    """

    connection: Connection
    send: Callable[[str, str, Body | None], httpx2.Response]

    def deliveries_page(self, after: str | None = None, **which: Unpack[DeliveryFilters]) -> DeliveryList:
        """Read one page of the deliveries, the newest first unless asked otherwise.

        Args:
            after: ``next_cursor`` of the page before.
            **which: filters, limit and order, as the API names them.

        Raises:
            InvalidRequest: a filter is not one.
            ConnectionFailed: the server cannot be reached.
        """
        return read_answer(
            self.send("GET", _url(self.connection, "deliveries", after, which), None), DeliveryList
        )

    def deliveries(self, **which: Unpack[DeliveryFilters]) -> Iterator[DeliveryResource]:
        """Go through all deliveries, page by page.

        Args:
            **which: filters and order, as the API names them.

        Raises:
            InvalidRequest: a filter is not one.
            ConnectionFailed: the server cannot be reached.
        """
        after: str | None = None
        while True:
            page = self.deliveries_page(after, **which)
            yield from page.data
            after = page.next_cursor
            if after is None:
                return

    def get(self, delivery_id: str) -> DeliveryRecord:
        """Ask for a delivery with its attempts.

        Raises:
            NotFound: there is no such delivery in your account.
            ConnectionFailed: the server cannot be reached.
        """
        return read_answer(self.send("GET", _delivery(self.connection, delivery_id), None), DeliveryRecord)

    def resend(self, delivery_id: str) -> DeliveryRecord:
        """Send a delivery again at once, under the same id.

        Raises:
            NotFound: there is no such delivery in your account.
            Conflict: its receiver is disabled.
            ConnectionFailed: the server cannot be reached.
        """
        url = f"{_delivery(self.connection, delivery_id)}/resend"
        return read_answer(self.send("POST", url, None), DeliveryRecord)

    def test(self, url: str) -> DeliveryResource:
        """Send a test to a URL; ask for the delivery a moment later to see how it went.

        Raises:
            InvalidRequest: the URL may not be called.
            Conflict: its receiver is disabled.
            ConnectionFailed: the server cannot be reached.
        """
        where = f"{self.connection.callbacks_url}/test"
        return read_answer(self.send("POST", where, {"url": url}), DeliveryResource)

    def receivers_page(self, after: str | None = None, *, limit: int | None = None) -> ReceiverList:
        """Read one page of the places that callbacks go to.

        Args:
            after: ``next_cursor`` of the page before.
            limit: receivers on a page at most.

        Raises:
            InvalidRequest: the limit or the cursor is not one.
            ConnectionFailed: the server cannot be reached.
        """
        url = _url(self.connection, "receivers", after, {"limit": limit})
        return read_answer(self.send("GET", url, None), ReceiverList)

    def receivers(self) -> Iterator[ReceiverResource]:
        """Go through all places that callbacks go to.

        Raises:
            ConnectionFailed: the server cannot be reached.
        """
        after: str | None = None
        while True:
            page = self.receivers_page(after)
            yield from page.data
            after = page.next_cursor
            if after is None:
                return

    def receiver(self, receiver_id: str) -> ReceiverResource:
        """Ask how a receiver does.

        Raises:
            NotFound: there is no such receiver in your account.
            ConnectionFailed: the server cannot be reached.
        """
        return read_answer(self.send("GET", _receiver(self.connection, receiver_id), None), ReceiverResource)

    def enable(self, receiver_id: str) -> ReceiverResource:
        """Let a receiver that was disabled have its deliveries again.

        Raises:
            NotFound: there is no such receiver in your account.
            ConnectionFailed: the server cannot be reached.
        """
        url = f"{_receiver(self.connection, receiver_id)}/enable"
        return read_answer(self.send("POST", url, None), ReceiverResource)

    def secret(self) -> CallbackSecret:
        """Ask for the secret that callbacks are signed with; the key needs the scope ``admin``.

        Raises:
            Forbidden: it lacks that.
            ConnectionFailed: the server cannot be reached.
        """
        return read_answer(self.send("GET", f"{self.connection.callbacks_url}/secret", None), CallbackSecret)

    def rotate_secret(self, *, overlap_s: int | None = None) -> CallbackSecret:
        """Replace the secret; the key needs the scope ``admin``.

        Args:
            overlap_s: seconds for which the old one signs beside the new one; a day where left out.

        Raises:
            Forbidden: the key lacks the scope.
            ConnectionFailed: the server cannot be reached.
        """
        url = _url(self.connection, "secret/rotate", None, {"overlap_s": overlap_s})
        return read_answer(self.send("POST", url, None), CallbackSecret)


@dataclass(frozen=True)
class AsyncCallbacks:
    """What was sent to your ``callback_url``s, and where it goes; the methods are those of ``Callbacks``.

    Attributes:
        connection: the server.
        send: sends a request: method, URL, body.
    """

    connection: Connection
    send: Callable[[str, str, Body | None], Awaitable[httpx2.Response]]

    async def deliveries_page(
        self, after: str | None = None, **which: Unpack[DeliveryFilters]
    ) -> DeliveryList:
        """Read one page of the deliveries; see ``Callbacks.deliveries_page``."""
        url = _url(self.connection, "deliveries", after, which)
        return read_answer(await self.send("GET", url, None), DeliveryList)

    async def deliveries(self, **which: Unpack[DeliveryFilters]) -> AsyncIterator[DeliveryResource]:
        """Go through all deliveries; see ``Callbacks.deliveries``."""
        after: str | None = None
        while True:
            page = await self.deliveries_page(after, **which)
            for delivery in page.data:
                yield delivery
            after = page.next_cursor
            if after is None:
                return

    async def get(self, delivery_id: str) -> DeliveryRecord:
        """Ask for a delivery with its attempts; see ``Callbacks.get``."""
        url = _delivery(self.connection, delivery_id)
        return read_answer(await self.send("GET", url, None), DeliveryRecord)

    async def resend(self, delivery_id: str) -> DeliveryRecord:
        """Send a delivery again; see ``Callbacks.resend``."""
        url = f"{_delivery(self.connection, delivery_id)}/resend"
        return read_answer(await self.send("POST", url, None), DeliveryRecord)

    async def test(self, url: str) -> DeliveryResource:
        """Send a test to a URL; see ``Callbacks.test``."""
        where = f"{self.connection.callbacks_url}/test"
        return read_answer(await self.send("POST", where, {"url": url}), DeliveryResource)

    async def receivers_page(self, after: str | None = None, *, limit: int | None = None) -> ReceiverList:
        """Read one page of the places that callbacks go to; see ``Callbacks.receivers_page``."""
        url = _url(self.connection, "receivers", after, {"limit": limit})
        return read_answer(await self.send("GET", url, None), ReceiverList)

    async def receivers(self) -> AsyncIterator[ReceiverResource]:
        """Go through all places that callbacks go to."""
        after: str | None = None
        while True:
            page = await self.receivers_page(after)
            for receiver in page.data:
                yield receiver
            after = page.next_cursor
            if after is None:
                return

    async def receiver(self, receiver_id: str) -> ReceiverResource:
        """Ask how a receiver does; see ``Callbacks.receiver``."""
        url = _receiver(self.connection, receiver_id)
        return read_answer(await self.send("GET", url, None), ReceiverResource)

    async def enable(self, receiver_id: str) -> ReceiverResource:
        """Let a receiver have its deliveries again; see ``Callbacks.enable``."""
        url = f"{_receiver(self.connection, receiver_id)}/enable"
        return read_answer(await self.send("POST", url, None), ReceiverResource)

    async def secret(self) -> CallbackSecret:
        """Ask for the secret that callbacks are signed with; see ``Callbacks.secret``."""
        url = f"{self.connection.callbacks_url}/secret"
        return read_answer(await self.send("GET", url, None), CallbackSecret)

    async def rotate_secret(self, *, overlap_s: int | None = None) -> CallbackSecret:
        """Replace the secret; see ``Callbacks.rotate_secret``."""
        url = _url(self.connection, "secret/rotate", None, {"overlap_s": overlap_s})
        return read_answer(await self.send("POST", url, None), CallbackSecret)


def _url(connection: Connection, path: str, after: str | None, which: Mapping[str, object]) -> str:
    """An address below the callbacks, with what is asked for in its query."""
    given = {name: str(value) for name, value in {**which, "after": after}.items() if value is not None}
    return str(httpx2.URL(f"{connection.callbacks_url}/{path}", params=given))


def _delivery(connection: Connection, delivery_id: str) -> str:
    return f"{connection.callbacks_url}/deliveries/{quote(delivery_id, safe='')}"


def _receiver(connection: Connection, receiver_id: str) -> str:
    return f"{connection.callbacks_url}/receivers/{quote(receiver_id, safe='')}"
