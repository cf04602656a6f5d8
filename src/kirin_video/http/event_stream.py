"""Server-sent events: a stream that beats while nothing happens, and ends with the server."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine

    from starlette.types import Message, Receive, Scope, Send

HEARTBEAT_S = 15.0
"""A comment comes after so long a silence, so that proxies and readers know the stream is alive."""

_STUCK_S = 60.0
_CANCEL_AGAIN_S = 0.1
_RECONNECT_MS = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        id: what ``Last-Event-ID`` will name.
        name: the kind of event.
        data: its content.
    """

    id: int
    name: str
    data: dict[str, object]

    def encoded(self) -> bytes:
        """The event as it is sent."""
        # JSON escapes line breaks, and every other character that could end a line of the stream.
        data = json.dumps(self.data, allow_nan=False, separators=(",", ":"))
        return f"id: {self.id}\nevent: {self.name}\ndata: {data}\n\n".encode("ascii")


class EventStream(Response):
    """Sends events until there are no more, the reader leaves or stops reading, or the server stops.

    An event is only asked for when the one before it is on its way, so a slow reader costs no memory.

    Args:
        events: what to send.
        closing: set when the server stops.
        ends: whatever else ends the stream when it returns.
    """

    def __init__(
        self,
        events: AsyncGenerator[Event],
        closing: asyncio.Event,
        *ends: Callable[[], Coroutine[object, object, None]],
    ) -> None:
        super().__init__(
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        del self.headers["content-length"]
        self._events = events
        self._closing = closing
        self._ends = ends

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        del scope
        sending = asyncio.create_task(self._send_all(send), name="event stream")
        ends = [
            asyncio.create_task(_until_left(receive), name="reader of an event stream"),
            asyncio.create_task(self._until_closing(), name="end of an event stream"),
            *(asyncio.create_task(end(), name="end of an event stream") for end in self._ends),
        ]
        try:
            await asyncio.wait([sending, *ends], return_when=asyncio.FIRST_COMPLETED)
            is_left = ends[0].done()
        finally:
            outcomes = await _stopped(sending, *ends)
        if isinstance(outcomes[0], Exception) and not isinstance(outcomes[0], TimeoutError):
            raise outcomes[0]
        if not is_left and not isinstance(outcomes[0], TimeoutError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_all(self, send: Send) -> None:
        """Send the head, then events with heartbeats in between.

        Raises:
            TimeoutError: the reader has stopped reading.
        """
        head: Message = {
            "type": "http.response.start",
            "status": self.status_code,
            "headers": self.raw_headers,
        }
        await send(head)
        await _push(send, f"retry: {_RECONNECT_MS}\n\n".encode())
        async with aclosing(self._events) as events:
            pending: asyncio.Task[Event] | None = None
            try:
                while True:
                    pending = pending or asyncio.create_task(_next(events), name="next event")
                    await asyncio.wait([pending], timeout=HEARTBEAT_S)
                    if not pending.done():
                        await _push(send, b": heartbeat\n\n")
                        continue
                    event, pending = pending, None
                    await _push(send, event.result().encoded())
            except StopAsyncIteration:
                return
            finally:
                if pending is not None:
                    pending.cancel()
                    await asyncio.gather(pending, return_exceptions=True)

    async def _until_closing(self) -> None:
        await self._closing.wait()


async def _stopped(*tasks: asyncio.Task[None]) -> list[BaseException | None]:
    """Cancel tasks and give how each ended.

    One cancellation may not do: Python 3.11's ``wait_for`` drops it if what it waits for, such as an answer
    of the database, comes in the same moment.
    """
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=_CANCEL_AGAIN_S)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def _next(events: AsyncGenerator[Event]) -> Event:
    return await anext(events)


async def _push(send: Send, chunk: bytes) -> None:
    """Send a piece to a reader that still reads.

    Raises:
        TimeoutError: it does not.
    """
    async with asyncio.timeout(_STUCK_S):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _until_left(receive: Receive) -> None:
    with suppress(OSError):
        while (await receive())["type"] != "http.disconnect":
            pass
